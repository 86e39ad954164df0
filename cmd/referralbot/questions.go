package main

import (
	"encoding/json"
	"fmt"
	"io"

	"referralbot/dialog"
	"referralbot/rules"
)

// questionsCmd prints the questionnaire.
type questionsCmd struct {
	Audience string `required:"" enum:"parent,professional" placeholder:"parent|professional" help:"Who is asked: parent or professional."`
	JSON     bool   `name:"json" help:"Print a JSON list."`
	Service  string `env:"SERVICE" placeholder:"FILE" help:"Profile of your service (YAML)."`
}

// Run prints every question that the audience may be asked, in order.
func (c questionsCmd) Run(s streams) error {
	service, err := readService(c.Service)
	if err != nil {
		return usageError{"SERVICE " + err.Error()}
	}
	questions := dialog.Questions(rules.Audience(c.Audience), service)
	if c.JSON {
		w := json.NewEncoder(s.out)
		w.SetEscapeHTML(false)
		w.SetIndent("", "  ")
		return w.Encode(questions)
	}
	for _, q := range questions {
		if err := printQuestion(s.out, q); err != nil {
			return err
		}
	}
	return nil
}

func printQuestion(out io.Writer, q dialog.Question) error {
	fmt.Fprintf(out, "%s %s (%s)\n%s\n", q.Question, q.Field, q.Type, q.Text)
	for _, o := range q.Options {
		fmt.Fprintf(out, "  %s: %s\n", o.Value, o.Label)
	}
	_, err := fmt.Fprintln(out)
	return err
}
