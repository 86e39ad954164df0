package main

import (
	"context"
	"strings"

	"referralbot/bot/sim"
)

// Those whom the page can act for besides the clinicians, who go by their ids. Parents
// after the first go by the id of their example too, as in "parent-V04".
const (
	asVisitor = "visitor"
	asParent  = "parent"
	asNobody  = "demo" // what is done to the demo itself
)

// act is one thing that somebody does on the page.
type act struct {
	Who     string              `json:"who"`
	Do      string              `json:"do"`
	Text    string              `json:"text"`    // said, or of a command
	Message int                 `json:"message"` // of the button, in Telegram
	Data    string              `json:"data"`    // of the button, in Telegram
	Channel string              `json:"channel"` // and
	TS      string              `json:"ts"`      // of the message, in Slack
	Action  string              `json:"action"`  // of the button or menu, in Slack
	Chosen  []string            `json:"chosen"`  // from the menu
	View    string              `json:"view"`
	Values  map[string][]string `json:"values"` // by block
	Example string              `json:"example"`
	Instant bool                `json:"instant"` // not at a pace that can be followed
}

// answer is what the page is told at once; the rest it sees.
type answer struct {
	Errors map[string]string `json:"errors,omitempty"` // by block
	Error  string            `json:"error,omitempty"`  // what went wrong altogether
	Who    string            `json:"who,omitempty"`    // whose screen to look at
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
		d.telegram.Say(demoParents[a.Who].id, a.Text)
		return answer{}
	},
	{"telegram", "press"}: func(_ context.Context, d *demo, a act) answer {
		d.telegram.Press(demoParents[a.Who].id, a.Message, a.Data)
		return answer{}
	},
	{"slack", "say"}: func(_ context.Context, d *demo, a act) answer {
		if a.Channel != "" {
			d.slack.SayIn(a.user(), a.Channel, "", a.Text)
		} else {
			d.slack.Say(a.user(), a.Text)
		}
		return answer{}
	},
	{"slack", "command"}: func(_ context.Context, d *demo, a act) answer {
		name, text, _ := strings.Cut(a.Text, " ")
		if a.Channel != "" {
			return said(d.slack.CommandIn(a.user(), a.Channel, name, text))
		}
		return said(d.slack.Command(a.user(), name, text))
	},
	{"slack", "home"}: func(_ context.Context, d *demo, a act) answer {
		return said(d.slack.OpenHome(a.user()))
	},
	{"slack", "press"}: func(_ context.Context, d *demo, a act) answer {
		return said(d.slack.PressMessage(a.user(), a.Channel, a.TS, a.Action, a.Chosen...))
	},
	{"slack", "pressView"}: func(_ context.Context, d *demo, a act) answer {
		return said(d.slack.PressView(a.user(), a.View, a.Action, a.Chosen...))
	},
	{"slack", "submit"}: func(_ context.Context, d *demo, a act) answer {
		errors, _, _, err := d.slack.Submit(a.user(), a.View, a.values())
		return answer{Errors: errors, Error: said(err).Error}
	},
	{"slack", "close"}: func(_ context.Context, d *demo, a act) answer {
		return said(d.slack.CloseView(a.user(), a.View))
	},
	{"demo", "example"}: func(ctx context.Context, d *demo, a act) answer {
		e, ok := exampleOf(a.Example)
		if !ok {
			return answer{Error: "There is no such family."}
		}
		d.plays.start(ctx, e.Who, !a.Instant, d.play(e))
		return answer{Who: e.Who}
	},
	{"demo", "stop"}: func(_ context.Context, d *demo, a act) answer {
		d.plays.stop(a.Text)
		return answer{}
	},
	{"demo", "crash"}: func(ctx context.Context, d *demo, _ act) answer {
		go d.crash(ctx)
		return answer{}
	},
	{"demo", "advance"}: func(ctx context.Context, d *demo, a act) answer {
		hop, ok := hops[a.Text]
		if !ok {
			return answer{Error: "The clock cannot be moved like that."}
		}
		go d.advance(ctx, hop(d.clock.now()))
		return answer{}
	},
}

func (a act) kind() kind {
	switch _, isParent := demoParents[a.Who]; {
	case isParent:
		return kind{"telegram", a.Do}
	case a.Who == asNobody:
		return kind{"demo", a.Do}
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
