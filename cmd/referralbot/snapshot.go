package main

import (
	"cmp"
	"slices"

	"referralbot/bot/sim"
	"referralbot/store"
)

// The demo's parent. The people in Slack are those of the local workspace.
const (
	demoParent     = int64(700900123)
	demoParentName = "Maya Thornley"
)

// demo is everybody's screens, and the hands that can be lent to them.
type demo struct {
	telegram *sim.Telegram
	slack    *sim.Slack
	store    store.Store // read by the example, to know what is being asked
	plays    *plays
}

func newDemo(telegram *sim.Telegram, slack *sim.Slack, db store.Store) *demo {
	return &demo{telegram: telegram, slack: slack, store: db, plays: newPlays(true)}
}

// snapshot is what everybody sees now.
type snapshot struct {
	Visitor       person             `json:"visitor"`
	Parent        parent             `json:"parent"`
	Clinicians    []person           `json:"clinicians"`
	Triage        []sim.SlackMessage `json:"triage"`
	Safety        []sim.SlackMessage `json:"safety"`
	TriageChannel string             `json:"triageChannel"`
	SafetyChannel string             `json:"safetyChannel"`
}

// person is the screen of somebody in Slack.
type person struct {
	ID       string             `json:"id"`
	Name     string             `json:"name"`
	Title    string             `json:"title"`
	Messages []sim.SlackMessage `json:"messages"` // to them alone
	View     *sim.View          `json:"view"`     // the window in front, if any
	Error    string             `json:"error"`    // what Slack last told them went wrong
	Play     play               `json:"play"`
}

// parent is the screen of the parent in Telegram.
type parent struct {
	Name     string                `json:"name"`
	Messages []sim.TelegramMessage `json:"messages"`
	Play     play                  `json:"play"`
}

// play is an example on its way: what it has typed and not yet sent.
type play struct {
	On     bool                `json:"on"`
	Text   string              `json:"text"`
	Values map[string][]string `json:"values"` // of the window in front, by block
}

func (d *demo) snapshot() snapshot {
	s := snapshot{
		Parent:        parent{Name: demoParentName, Messages: list(d.telegram.Messages(demoParent)), Play: d.plays.of(asParent)},
		Triage:        list(d.slack.Messages(sim.SlackTriage)),
		Safety:        list(d.slack.Messages(sim.SlackSafety)),
		TriageChannel: sim.SlackTriage,
		SafetyChannel: sim.SlackSafety,
	}
	for _, u := range d.slack.Users() {
		switch p := d.person(u); {
		case u.ID == sim.SlackHealthVisitor:
			p.Play = d.plays.of(asVisitor)
			s.Visitor = p
		case !u.Restricted:
			s.Clinicians = append(s.Clinicians, p)
		}
	}
	return s
}

func (d *demo) person(u sim.SlackUser) person {
	p := person{ID: u.ID, Name: u.RealName, Title: u.Title}
	p.Messages = list(slices.Concat(d.slack.DM(u.ID), d.slack.Ephemerals(u.ID)))
	slices.SortStableFunc(p.Messages, func(a, b sim.SlackMessage) int { return cmp.Compare(a.TS, b.TS) })
	if views := d.slack.Views(u.ID); len(views) > 0 {
		p.View = &views[len(views)-1]
	}
	if errs := d.slack.Errors(u.ID); len(errs) > 0 {
		p.Error = errs[len(errs)-1]
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
