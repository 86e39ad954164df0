package main

import (
	"encoding/json"

	"referralbot/rules"
)

// riskCmd looks for signs of risk in words.
type riskCmd struct {
	File     string `arg:"" optional:"" help:"File of text lines; standard input if left out."`
	Audience string `enum:"parent,professional" default:"parent" help:"Whose words they are: parent or professional."`
}

// risk is one line of output.
type risk struct {
	Text     string `json:"text"`
	Alert    bool   `json:"alert"`
	Category string `json:"category"`
	Level    string `json:"level"`
}

// Run writes a line for every line it reads. One that is too long does not stop the others; the
// error then is errBadLines.
func (c riskCmd) Run(io streams) error {
	in, err := input(c.File, "words to look at, a text to a line", io)
	if err != nil {
		return err
	}
	defer in.Close()
	w := json.NewEncoder(io.out)
	w.SetEscapeHTML(false)
	bad := 0
	err = eachLine(in, func(n int, line []byte, err error) error {
		if err != nil {
			bad++
			return w.Encode(unread{orLine("", n), err.Error()})
		}
		text := string(line)
		signal, alert := rules.DetectRisk(text, rules.Audience(c.Audience))
		return w.Encode(risk{text, alert, signal.Category, signal.Level})
	})
	if err == nil && bad > 0 {
		return errBadLines
	}
	return err
}
