package main

import (
	"context"

	"referralbot/bot/sim"
)

// Those whom the page can act for besides the clinicians, who go by their ids.
const (
	asVisitor = "visitor"
	asParent  = "parent"
)

// act is one thing that somebody does on the page.
type act struct {
	Who     string              `json:"who"`
	Do      string              `json:"do"`
	Text    string              `json:"text"`    // said
	Message int                 `json:"message"` // of the button, in Telegram
	Data    string              `json:"data"`    // of the button, in Telegram
	Channel string              `json:"channel"` // and
	TS      string              `json:"ts"`      // of the message, in Slack
	Action  string              `json:"action"`  // of the button or menu, in Slack
	Chosen  []string            `json:"chosen"`  // from the menu
	View    string              `json:"view"`
	Values  map[string][]string `json:"values"` // by block
}

// answer is what the page is told at once; the rest it sees.
type answer struct {
	Errors map[string]string `json:"errors,omitempty"` // by block
	Error  string            `json:"error,omitempty"`  // what went wrong altogether
}

func said(err error) answer {
	if err == nil {
		return answer{}
	}
	return answer{Error: err.Error()}
}

// kind is where somebody is, and what they do there.
type kind struct{ where, do string }

// acts is everything that can be done on the page.
var acts = map[kind]func(context.Context, *demo, act) answer{
	{"telegram", "say"}: func(_ context.Context, d *demo, a act) answer {
		d.telegram.Say(demoParent, a.Text)
		return answer{}
	},
	{"telegram", "press"}: func(_ context.Context, d *demo, a act) answer {
		d.telegram.Press(demoParent, a.Message, a.Data)
		return answer{}
	},
	{"telegram", "example"}: func(ctx context.Context, d *demo, a act) answer {
		d.plays.toggle(ctx, asParent, d.playParent)
		return answer{}
	},
	{"slack", "say"}: func(_ context.Context, d *demo, a act) answer {
		d.slack.Say(a.user(), a.Text)
		return answer{}
	},
	{"slack", "command"}: func(_ context.Context, d *demo, a act) answer {
		return said(d.slack.Command(a.user(), "/refer", ""))
	},
	{"slack", "triage"}: func(_ context.Context, d *demo, a act) answer {
		return said(d.slack.CommandIn(a.user(), sim.SlackTriage, "/triage", a.Text))
	},
	{"slack", "press"}: func(_ context.Context, d *demo, a act) answer {
		return said(d.slack.PressMessage(a.user(), a.Channel, a.TS, a.Action, a.Chosen...))
	},
	{"slack", "pressView"}: func(_ context.Context, d *demo, a act) answer {
		return said(d.slack.PressView(a.user(), a.View, a.Action))
	},
	{"slack", "submit"}: func(_ context.Context, d *demo, a act) answer {
		errors, _, _, err := d.slack.Submit(a.user(), a.View, a.values())
		return answer{Errors: errors, Error: said(err).Error}
	},
	{"slack", "close"}: func(_ context.Context, d *demo, a act) answer {
		return said(d.slack.CloseView(a.user(), a.View))
	},
	{"slack", "example"}: func(ctx context.Context, d *demo, a act) answer {
		d.plays.toggle(ctx, asVisitor, d.playVisitor)
		return answer{}
	},
}

func (a act) kind() kind {
	if a.Who == asParent {
		return kind{"telegram", a.Do}
	}
	return kind{"slack", a.Do}
}

// user returns the id in Slack of the one who acts.
func (a act) user() string {
	if a.Who == asVisitor {
		return sim.SlackHealthVisitor
	}
	return a.Who
}

// values returns what is entered, as the workspace takes it.
func (a act) values() map[string]any {
	values := map[string]any{}
	for block, v := range a.Values {
		values[block] = v
	}
	return values
}
