package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
)

// chatCmd holds one conversation in a terminal. Nothing is stored and nothing is sent: it
// is the dialogue and the terminal, with nothing between them.
type chatCmd struct {
	As      string `required:"" enum:"parent,professional" placeholder:"parent|professional" help:"Who you are: parent or professional."`
	Service string `env:"SERVICE" placeholder:"FILE" help:"Profile of your service (YAML)."`
}

// Run talks until the input ends.
func (c chatCmd) Run(_ context.Context, s streams) error {
	service, err := readService(c.Service)
	if err != nil {
		return usageError{"SERVICE " + err.Error()}
	}
	fmt.Fprint(s.out, "Type a number to press a button, or words to say them. Ctrl-D ends.\n\n")
	t := &terminal{
		out:     s.out,
		service: service,
		talk: dialog.Conversation{
			Chat:     dialog.Chat{Platform: "terminal", ID: "1"},
			Audience: rules.Audience(c.As),
		},
	}
	if err := t.hear("/start"); err != nil {
		return err
	}
	return eachLine(s.in, func(_ int, line []byte, err error) error {
		if err != nil {
			return err
		}
		return t.hear(string(line))
	})
}

// terminal is one conversation and what can be pressed in it.
type terminal struct {
	out     io.Writer
	service *rules.Service
	talk    dialog.Conversation
	held    *dialog.Referral // what clinicians would have of it
	turn    int
	prompt  string          // of the buttons last shown
	buttons []dialog.Choice // numbered from 1
}

// hear takes one line typed and prints what comes of it.
func (t *terminal) hear(line string) error {
	t.turn++
	now := time.Now().UTC()
	facts := dialog.Facts{
		Now:       now,
		Reference: "R00-0000-0000-0000-0001",
		Nonce:     strconv.Itoa(t.turn),
		Service:   t.service,
		Referral:  t.held,
		Diary:     &rules.Diary{}, // nobody else is here
	}
	talk, out, err := dialog.Step(t.talk, t.input(line), facts)
	if err != nil {
		return err
	}
	t.talk = talk
	if err := t.hold(out, facts); err != nil {
		return err
	}
	for _, r := range out.Replies {
		t.say(r)
	}
	for _, a := range out.Alerts {
		fmt.Fprintf(t.out, "[safety channel] %s %s\n\n", a.Level, a.Category)
	}
	if out.Referral != nil && out.Referral.Kind != dialog.KindDraft {
		t.showCard(dialog.CardOf(*out.Referral, dialog.Facts{Now: now, Service: t.service}))
	}
	return nil
}

// hold keeps what the clinicians would hold.
func (t *terminal) hold(out dialog.Outcome, facts dialog.Facts) error {
	if r := out.Referral; r != nil {
		if t.held != nil && t.held.Ref == r.Ref {
			joined := dialog.Merge(*t.held, *r)
			r = &joined
		}
		t.held = r
	}
	if out.Deed == nil || t.held == nil {
		return nil
	}
	r, _, err := dialog.Act(*t.held, *out.Deed, facts)
	t.held = &r
	return err
}

// input reads a number as a press of the button so numbered, and all else as words.
func (t *terminal) input(line string) dialog.Input {
	n, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || n < 1 || n > len(t.buttons) {
		return dialog.Input{Text: line}
	}
	return dialog.Input{Press: &dialog.Press{Prompt: t.prompt, Choice: t.buttons[n-1].Code}}
}

func (t *terminal) say(r dialog.Reply) {
	fmt.Fprintf(t.out, "%s\n", r.Text)
	buttons := slices.Concat(r.Choices, r.Aside)
	if r.Prompt != "" {
		t.prompt, t.buttons = r.Prompt, buttons
	}
	for i, c := range buttons {
		tick := ""
		if c.Ticked {
			tick = "✓ "
		}
		fmt.Fprintf(t.out, "  %d. %s%s\n", i+1, tick, c.Label)
	}
	fmt.Fprintln(t.out)
}

func (t *terminal) showCard(card dialog.Card) {
	fmt.Fprintf(t.out, "[triage channel] %s\n", card.Title)
	for _, l := range card.Lines {
		fmt.Fprintf(t.out, "  %s: %s\n", l.Label, l.Value)
	}
	fmt.Fprintln(t.out)
}
