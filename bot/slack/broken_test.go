package slack

import (
	"errors"
	"strings"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/bot/sim"
)

// While a channel cannot be posted to, nothing is, everything is kept, the operator is told
// once an hour, and it goes on by itself when it has been mended.
func TestBroken(t *testing.T) {
	t.Parallel()
	change := func(change func(*sim.SlackChannel)) func(*sim.Slack) {
		return func(s *sim.Slack) { s.ChangeChannel(triage, change) }
	}
	for _, test := range []struct {
		name        string
		spoil, mend func(*sim.Slack)
	}{
		{name: "kicked", spoil: func(s *sim.Slack) { s.Leave(triage, sim.SlackBot) }, mend: func(s *sim.Slack) { s.Join(triage, sim.SlackBot) }},
		{name: "archived", spoil: change(func(c *sim.SlackChannel) { c.Archived = true }), mend: change(func(c *sim.SlackChannel) { c.Archived = false })},
		{name: "public", spoil: change(func(c *sim.SlackChannel) { c.Private = false }), mend: change(func(c *sim.SlackChannel) { c.Private = true })},
		{name: "shared", spoil: change(func(c *sim.SlackChannel) { c.ExtShared = true }), mend: change(func(c *sim.SlackChannel) { c.ExtShared = false })},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := idleWorld(t, sim.SlackOptions{})
			now := time.Now()
			w.bot.Now = func() time.Time { return now }
			d := w.keep(ref)
			test.spoil(w.slack)
			var told []int
			for minute := range 125 {
				_, err := w.client.Deliver(t.Context(), d)
				later, put := errors.AsType[*bot.Later](err)
				switch {
				case errors.Is(err, bot.ErrBroken):
					told = append(told, minute)
				case !put || later.After > time.Minute:
					t.Fatalf("after %d minutes: %v", minute, err)
				}
				d.Attempt++
				now = now.Add(time.Minute)
			}
			if len(told) != 3 || strings.Count(w.logged.String(), "problem=") != 3 || len(w.slack.Messages(triage)) > 0 {
				t.Errorf("told after minutes %v, %d messages, log %s", told, len(w.slack.Messages(triage)), w.logged)
			}
			test.mend(w.slack)
			if _, err := w.client.Deliver(t.Context(), d); err != nil || len(w.cards(ref)) != 1 {
				t.Errorf("when mended: %v, %d cards", err, len(w.cards(ref)))
			}
			test.spoil(w.slack)
			now = now.Add(2 * time.Minute)
			d.ID = "another"
			if _, err := w.client.Deliver(t.Context(), d); !errors.Is(err, bot.ErrBroken) {
				t.Errorf("when broken again: %v", err)
			}
		})
	}
}

// A channel that was fit is looked at again within a minute, and somebody who has left the
// team is refused within one, even if Slack never said that they did.
func TestTrustEnds(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	now := time.Now()
	w.bot.Now = func() time.Time { return now }
	who := func() answer {
		_, may := w.client.entitled(t.Context(), daniel, triage)
		return may
	}
	if who() != allowed || w.client.secluded(t.Context(), triage) != nil {
		t.Fatal("nothing is as it should be at first")
	}
	w.slack.Leave(triage, daniel)
	w.slack.ChangeChannel(triage, func(c *sim.SlackChannel) { c.ExtShared = true })
	now = now.Add(time.Minute)
	if who() != refused || w.client.secluded(t.Context(), triage) == nil {
		t.Error("what was true a minute ago is relied on")
	}
	w.slack.Fault("users.info", sim.Fault{Kind: sim.Down})
	now = now.Add(time.Minute)
	if who() != unknown {
		t.Error("what is not known is taken for known")
	}
}
