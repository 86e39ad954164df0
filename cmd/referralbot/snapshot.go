package main

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"referralbot/bot/sim"
	"referralbot/dialog"
)

// The demo's first parent. The people in Slack are those of the local workspace.
const (
	demoParent     = int64(700900123)
	demoParentName = "Maya Thornley"
)

// snapshot is what everybody sees now.
type snapshot struct {
	Now           time.Time             `json:"now"`
	Moving        *time.Time            `json:"moving"` // where the clock is on its way to
	Bot           vitals                `json:"bot"`
	Visitor       person                `json:"visitor"`
	Parents       []parent              `json:"parents"` // the first, and those who have written
	Commands      []sim.TelegramCommand `json:"commands"`
	Clinicians    []person              `json:"clinicians"`
	Triage        []sim.SlackMessage    `json:"triage"`
	Safety        []sim.SlackMessage    `json:"safety"`
	TriageChannel string                `json:"triageChannel"`
	SafetyChannel string                `json:"safetyChannel"`
}

// vitals are how the bot's process fares.
type vitals struct {
	Up    bool   `json:"up"`
	Apart bool   `json:"apart"` // somebody else runs it, so that it cannot be killed here, nor its clock moved
	Crash *crash `json:"crash"` // the last
}

// person is the screen of somebody in Slack.
type person struct {
	ID       string             `json:"id"`
	Name     string             `json:"name"`
	Title    string             `json:"title"`
	Messages []sim.SlackMessage `json:"messages"` // to them alone
	Home     *sim.View          `json:"home"`
	View     *sim.View          `json:"view"`   // the window in front, if any
	Errors   []string           `json:"errors"` // what Slack told them went wrong
	Play     play               `json:"play"`
	Knows    *knows             `json:"knows,omitempty"` // what the bot knows from them
}

// parent is the screen of a parent in Telegram.
type parent struct {
	Who      string                `json:"who"`
	Name     string                `json:"name"`
	Messages []sim.TelegramMessage `json:"messages"`
	Toast    string                `json:"toast"` // what was last said to a press
	Play     play                  `json:"play"`
	Knows    knows                 `json:"knows"`
}

// play is an example on its way: what it has typed and not yet sent.
type play struct {
	On     bool                `json:"on"`
	Text   string              `json:"text"`
	Values map[string][]string `json:"values"` // of the window in front, by block
	slowly bool                // at a pace that can be followed
}

func (d *demo) snapshot(ctx context.Context) snapshot {
	s := snapshot{
		Now:           d.clock.now(),
		Moving:        d.goal.Load(),
		Bot:           vitals{Up: d.up(), Apart: d.bot == nil, Crash: d.last.Load()},
		Commands:      list(d.telegram.Commands()),
		Triage:        list(d.slack.Messages(sim.SlackTriage)),
		Safety:        list(d.slack.Messages(sim.SlackSafety)),
		TriageChannel: sim.SlackTriage,
		SafetyChannel: sim.SlackSafety,
	}
	for _, who := range slices.Sorted(maps.Keys(demoParents)) {
		if p := d.parent(ctx, who); who == asParent || p.Play.On || len(p.Messages) > 0 {
			s.Parents = append(s.Parents, p)
		}
	}
	for _, u := range d.slack.Users() {
		switch p := d.person(u); {
		case u.ID == sim.SlackHealthVisitor:
			p.Play = d.plays.of(asVisitor)
			k := d.knows(ctx, demoVisitorChat)
			p.Knows = &k
			s.Visitor = p
		case !u.Restricted:
			s.Clinicians = append(s.Clinicians, p)
		}
	}
	return s
}

func (d *demo) person(u sim.SlackUser) person {
	p := person{ID: u.ID, Name: u.RealName, Title: u.Title, Home: d.slack.Home(u.ID), Errors: list(d.slack.Errors(u.ID))}
	p.Messages = list(slices.Concat(d.slack.DM(u.ID), d.slack.Ephemerals(u.ID)))
	slices.SortStableFunc(p.Messages, func(a, b sim.SlackMessage) int { return cmp.Compare(a.TS, b.TS) })
	if views := d.slack.Views(u.ID); len(views) > 0 {
		p.View = &views[len(views)-1]
	}
	return p
}

func (d *demo) parent(ctx context.Context, who string) parent {
	known := demoParents[who]
	p := parent{Who: who, Name: known.name, Messages: list(d.telegram.Messages(known.id)), Play: d.plays.of(who)}
	if len(p.Messages) > 0 {
		p.Knows = d.knows(ctx, chatOf(known.id))
	} else {
		p.Knows = d.appraise(dialog.Conversation{Chat: chatOf(known.id)})
	}
	for _, a := range slices.Backward(d.telegram.Answers(known.id)) {
		if a.Text != "" {
			p.Toast = a.Text
			break
		}
	}
	return p
}

// list makes an empty list of none, which JSON tells apart.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
