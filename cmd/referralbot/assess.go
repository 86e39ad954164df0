package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"referralbot/rules"
)

// assessCmd reads cases against the criteria.
type assessCmd struct {
	File    string `arg:"" optional:"" help:"File of JSON lines; standard input if left out."`
	Service string `env:"SERVICE" placeholder:"FILE" help:"Profile of your service (YAML)."`
}

// errBadLines says that some lines could not be read; each has said so in its place.
var errBadLines = errors.New("some lines could not be read")

// assessed is one line of output.
type assessed struct {
	ID string `json:"id"`
	rules.Assessment
}

// unread is the line of output for a case that could not be read.
type unread struct {
	ID    string `json:"id"`
	Error string `json:"error"`
}

// Run writes a line for every line it reads, blank ones excepted. A line that cannot be
// read does not stop the others; the error then is errBadLines.
func (c assessCmd) Run(io streams) error {
	service, err := readService(c.Service)
	if err != nil {
		return usageError{"SERVICE " + err.Error()}
	}
	in, err := input(c.File, "cases as JSON, one to a line", io)
	if err != nil {
		return err
	}
	defer in.Close()
	return assessLines(in, io.out, service)
}

func assessLines(in io.Reader, out io.Writer, service *rules.Service) error {
	w := json.NewEncoder(out)
	w.SetEscapeHTML(false)
	bad := 0
	err := eachLine(in, func(n int, line []byte, err error) error {
		line = bytes.TrimSpace(line)
		if err == nil && len(line) == 0 {
			return nil
		}
		result, err := assessLine(line, err, service)
		if err != nil {
			bad++
			return w.Encode(unread{orLine(result.ID, n), err.Error()})
		}
		return w.Encode(result)
	})
	if err == nil && bad > 0 {
		return errBadLines
	}
	return err
}

// assessLine reads one case. fault is what was wrong with the line before it was parsed.
// The ID is set whenever it could be read, whatever else could not.
func assessLine(line []byte, fault error, service *rules.Service) (assessed, error) {
	if fault != nil {
		return assessed{}, fault
	}
	id, c, err := rules.ParseCase(line)
	if err != nil {
		return assessed{ID: id}, err
	}
	c.Service = service
	a := rules.Assess(c)
	a.Missing, a.Notes = list(a.Missing), list(a.Notes)
	a.Bands.SafetyReasons, a.Bands.RelationalReasons = list(a.Bands.SafetyReasons), list(a.Bands.RelationalReasons)
	return assessed{id, a}, nil
}

// orLine names a case that has no id of its own by its line.
func orLine(id string, n int) string {
	if id == "" {
		return fmt.Sprintf("line %d", n)
	}
	return id
}
