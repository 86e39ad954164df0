package slack

import (
	"slices"
	"strings"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/rules"
)

// A professional who is told who can help gets buttons to their pages. Slack brings us a press of
// one: it is acknowledged, and nothing comes of it.
func TestLinks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	ref := numbered(1)
	w.sent(ref, rules.Professional)
	w.claims(carys, ref)
	w.submits(carys, w.chooses(carys, ref, dialog.ActOutcome+":"+dialog.Action(dialog.Signposted)), map[string]any{"resources": []string{"petals", "samaritans"}})
	w.ticking()
	ts, action := w.button(visitor, "Petals website")
	i := slices.IndexFunc(w.slack.DM(visitor), func(m sim.SlackMessage) bool { return m.TS == ts })
	if m := text(w.slack.DM(visitor)[i]); !strings.Contains(m, `"url":"https://petalscharity.org"`) || strings.Count(m, `"url"`) != 1 || !strings.Contains(m, "Samaritans: 116 123") {
		t.Errorf("they read %s", m)
	}
	w.settled(10 * time.Second)
	before, said := w.conversation(visitor), len(w.slack.DM(visitor))
	w.does(w.slack.PressMessage(visitor, w.slack.DM(visitor)[i].Channel, ts, action))
	w.until("the press is acknowledged", func() bool { return w.slack.Unacknowledged() == 0 })
	if errs := w.slack.Errors(visitor); len(errs) > 0 {
		t.Errorf("they saw %v", errs)
	}
	if after := w.conversation(visitor); after.Version != before.Version || len(w.slack.DM(visitor)) != said {
		t.Errorf("the press made version %d of %d, and %d messages of %d", after.Version, before.Version, len(w.slack.DM(visitor)), said)
	}
}

// When a question is answered its buttons go, and links stay: words open nothing here.
func TestLinksStay(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	reply := dialog.Reply{Prompt: "P1", Text: "Petals: petalscharity.org", Choices: []dialog.Choice{{Code: "a", Label: "One"}},
		Links: []dialog.Link{{Label: "Petals website", URL: "https://petalscharity.org"}}}
	ts, err := w.client.Deliver(t.Context(), delivery("d1", bot.KindReply, "slack:"+visitor, "P1", "", reply))
	w.does(err)
	d := delivery("d2", bot.KindRetire, "slack:"+visitor, "", "P1", nil)
	d.Target = ts
	for range 2 {
		_, err := w.client.Deliver(t.Context(), d)
		w.does(err)
		if m := text(w.slack.DM(visitor)); !strings.Contains(m, "https://petalscharity.org") || strings.Contains(m, "p:P1:a") {
			t.Errorf("retired to %s", m)
		}
	}
}

// Home opens the guidance where the profile says what page it is on.
func TestGuidanceAtHome(t *testing.T) {
	t.Parallel()
	w := worldOf(t, func(s *rules.Service) { s.Guidance = "example.org/refer" })
	w.does(w.slack.OpenHome(visitor))
	w.until("Home has the page", func() bool {
		home := w.slack.Home(visitor)
		return home != nil && strings.Contains(text(home), `"url":"https://example.org/refer"`)
	})
}
