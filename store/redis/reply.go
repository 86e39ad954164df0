package redis

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
)

// header puts what stands beside a payload before it.
func header(payload []byte, fields ...string) []byte {
	var all bytes.Buffer
	for _, f := range fields {
		all.WriteString(f + " ")
	}
	all.Write(payload)
	return all.Bytes()
}

// fields reads what header made, or returns nil if it has not n fields.
func fields(record string, n int) (beside []string, payload []byte) {
	all := strings.SplitN(record, " ", n+1)
	if len(all) != n+1 {
		return make([]string, n), nil
	}
	return all[:n], []byte(all[n])
}

// code is a short code as a field.
func code(cause string) string { return url.PathEscape(cause) }

// uncode undoes code.
func uncode(field string) string {
	cause, err := url.PathUnescape(field)
	if err != nil {
		return field
	}
	return cause
}

// number reads a field; what is not a number reads as 0, and its payload then opens nowhere.
func number(field string) int64 {
	n, err := strconv.ParseInt(field, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// within a reply, path leads to one thing, and to nil if there is none.
func at(reply any, path ...int) any {
	for _, n := range path {
		all, ok := reply.([]any)
		if !ok || n >= len(all) {
			return nil
		}
		reply = all[n]
	}
	return reply
}

func text(reply any, path ...int) string {
	s, _ := at(reply, path...).(string)
	return s
}

func integer(reply any, path ...int) int64 {
	switch n := at(reply, path...).(type) {
	case int64:
		return n
	case string:
		return number(n)
	}
	return 0
}

// texts returns nil for an empty list.
func texts(reply any, path ...int) (all []string) {
	list, _ := at(reply, path...).([]any)
	for _, v := range list {
		s, _ := v.(string)
		all = append(all, s)
	}
	return all
}
