package calendar

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// What is read of one calendar: a clinician's of ten years has some megabytes.
const (
	bytesMost  = 32 << 20
	keptMost   = 64 << 10 // of the lines of one component
	nestedMost = 8
)

// Errors of reading a calendar, each by its code.
var (
	errNoCalendar = failure("not_a_calendar")
	errTooMuch    = failure("too_much")
)

// wanted are the properties that say when somebody is busy. No other line is kept.
var wanted = map[string]bool{
	"BEGIN": true, "END": true, "UID": true, "RECURRENCE-ID": true,
	"DTSTART": true, "DTEND": true, "DURATION": true, "RRULE": true, "RDATE": true, "EXDATE": true,
	"STATUS": true, "TRANSP": true, "X-MICROSOFT-CDO-BUSYSTATUS": true,
	"TZID": true, "TZOFFSETFROM": true, "TZOFFSETTO": true,
}

// components are those that are kept, and how deep: what is within an event is its alarms.
var components = map[string]int{"VEVENT": 2, "VTIMEZONE": 3}

// sieve keeps what is wanted of a calendar: its components one by one, each as the lines that
// are wanted of it.
type sieve struct {
	open       []string // the components that have begun and not ended
	kept       strings.Builder
	over       bool                // the open component has more to it than is kept
	found      map[string][]string // by the name of the component
	unreadable int                 // events that had more
}

// sift reads a calendar. It returns errNoCalendar if that is not what it reads, or not all of
// it, errTooMuch if it does not end in time, and the errors of r.
func sift(r io.Reader) (*sieve, error) {
	s := &sieve{found: map[string][]string{}}
	whole := &io.LimitedReader{R: r, N: bytesMost + 1}
	in, line := bufio.NewReader(whole), []byte(nil)
	for {
		part, err := physical(in)
		if whole.N == 0 {
			return nil, errTooMuch
		}
		if err == nil && len(part) > 0 && (part[0] == ' ' || part[0] == '\t') {
			line = append(line, part[1:min(len(part), 1+max(0, keptMost-len(line)))]...)
			continue
		}
		if fault := s.hear(line); fault != nil {
			return nil, fault
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		line = append(line[:0], part...)
	}
	if len(s.open) > 0 || len(s.found["VCALENDAR"]) == 0 {
		return nil, errNoCalendar
	}
	return s, nil
}

// physical reads one line as it stands, without its end and without what is beyond keptMost
// of it. io.EOF comes by itself, after the last line.
func physical(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part[:min(len(part), 1+max(0, keptMost-len(line)))]...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(line) > 0, err == nil:
			return bytes.TrimRight(line, "\r\n"), nil
		}
		return nil, err
	}
}

// hear hears one unfolded line.
func (s *sieve) hear(line []byte) error {
	line = bytes.TrimPrefix(line, []byte("\ufeff"))
	name, component := nameOf(line)
	if component != "" {
		line = []byte(name + ":" + component)
	}
	if name == "BEGIN" {
		s.open = append(s.open, component)
	}
	if len(s.open) == 0 && len(line) > 0 || len(s.open) > 0 && s.open[0] != "VCALENDAR" || len(s.open) > nestedMost {
		return errNoCalendar
	}
	if wanted[name] && len(s.open) > 1 && len(s.open) <= components[s.open[1]] {
		s.keep(line)
	}
	if name == "END" {
		return s.end(component)
	}
	return nil
}

// keep keeps a line of the open component.
func (s *sieve) keep(line []byte) {
	if s.over = s.over || s.kept.Len()+len(line) > keptMost; !s.over {
		s.kept.Write(line)
		s.kept.WriteString("\r\n")
	}
}

// end ends the innermost component.
func (s *sieve) end(name string) error {
	last := len(s.open) - 1
	if name != s.open[last] {
		return errNoCalendar
	}
	if s.open = s.open[:last]; last > 1 {
		return nil
	}
	switch {
	case !s.over:
		s.found[name] = append(s.found[name], s.kept.String())
	case name == "VEVENT":
		s.unreadable++
	}
	s.kept.Reset()
	s.over = false
	return nil
}

// nameOf returns the name of a line's property in capitals and, where that begins or ends a
// component, the component's.
func nameOf(line []byte) (name, component string) {
	end := bytes.IndexAny(line, ":;")
	if end < 0 || end > 32 {
		return "", ""
	}
	name = strings.ToUpper(string(line[:end]))
	if name == "BEGIN" || name == "END" {
		component = strings.ToUpper(strings.TrimSpace(string(line[end+1:])))
	}
	return name, component
}
