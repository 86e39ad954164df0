package slack

import (
	"slices"
	"strings"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
)

// While it runs, whatever is spoilt at Slack is known within a look, nothing is lost by it,
// and all goes on by itself once it is mended.
func TestSpoiltWhileRunning(t *testing.T) {
	t.Parallel()
	change := func(change func(*sim.SlackChannel)) func(*sim.Slack) {
		return func(s *sim.Slack) { s.ChangeChannel(triage, change) }
	}
	for _, test := range []struct {
		name        string
		spoil, mend func(*sim.Slack)
		code        string
	}{
		{"token revoked", (*sim.Slack).Revoke, (*sim.Slack).Reinstall, "bot_token_token_revoked"},
		{"scope taken", func(s *sim.Slack) { s.DropScope("chat:write") }, (*sim.Slack).Reinstall, "missing_scope_chat_write"},
		{"kicked", func(s *sim.Slack) { s.Leave(triage, sim.SlackBot) }, func(s *sim.Slack) { s.Join(triage, sim.SlackBot) }, "triage_channel_channel_not_found"},
		{"archived", change(func(c *sim.SlackChannel) { c.Archived = true }), change(func(c *sim.SlackChannel) { c.Archived = false }), "triage_channel_archived"},
		{"shared", change(func(c *sim.SlackChannel) { c.ExtShared = true }), change(func(c *sim.SlackChannel) { c.ExtShared = false }), "triage_channel_shared"},
		{"renamed", change(func(c *sim.SlackChannel) { c.Name = "another" }), nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := idleWorld(t, sim.SlackOptions{})
			w.client = w.process(Options{WatchEvery: 20 * time.Millisecond, Trust: time.Nanosecond})
			w.run()
			w.until("all is well", func() bool { return len(w.client.Ailing()) == 0 })
			test.spoil(w.slack)
			if test.code != "" {
				w.until("it is known", func() bool { return slices.Contains(w.client.Ailing(), test.code) })
			}
			w.known(ref) // and its card is in no queue, so that nothing but this test posts it
			d := cardOf(ref)
			_, err := w.client.Deliver(t.Context(), d)
			if (err != nil) != (test.code != "") || len(w.cards(ref)) > 0 != (err == nil) {
				t.Fatalf("posting: %v, %d cards", err, len(w.cards(ref)))
			}
			if test.code == "" {
				return
			}
			if n := strings.Count(w.logged.String(), "code="+test.code+"\n"); n != 1 {
				t.Errorf("the operator is told %d times of %s:\n%s", n, test.code, w.logged)
			}
			test.mend(w.slack)
			if _, err := w.client.Deliver(t.Context(), d); err != nil || len(w.cards(ref)) != 1 {
				t.Errorf("when mended: %v, %d cards", err, len(w.cards(ref)))
			}
			w.until("all is well again", func() bool { return len(w.client.Ailing()) == 0 })
			w.until("it is told so", func() bool { return strings.Contains(w.logged.String(), "doing=mended code="+test.code+"\n") })
			w.slack.Say(visitor, "/start")
			w.until("it hears and answers", func() bool { return len(w.slack.DM(visitor)) > 1 })
		})
	}
}

// An app token that is refused at the start ends the program, which says so. Later it does not:
// parents are still to be heard.
func TestAppTokenRefusedWhileRunning(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.until("all is well", func() bool { return len(w.client.Ailing()) == 0 })
	w.slack.Fault("apps.connections.open", sim.Fault{Kind: sim.Refuse, Error: "invalid_auth", Times: 2})
	w.slack.Drop()
	w.until("it is known", func() bool {
		ailing := w.client.Ailing()
		return slices.Contains(ailing, "app_token_invalid_auth") && slices.Contains(ailing, "no_socket")
	})
	if _, err := w.client.Deliver(t.Context(), delivery("d", bot.KindReply, "slack:"+visitor, "", "", dialog.Reply{Text: "hello"})); err != nil {
		t.Errorf("meanwhile nothing is posted: %v", err)
	}
}

// TestNoSocketIsTold: the operator hears of it that Slack is not connected, and when it is again.
func TestNoSocketIsTold(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	w.client = w.process(Options{WatchEvery: 20 * time.Millisecond})
	w.run()
	w.until("all is well", func() bool { return len(w.client.Ailing()) == 0 })
	w.slack.Fault("apps.connections.open", sim.Fault{Kind: sim.Down, Times: 4})
	w.slack.Drop()
	w.until("it is told", func() bool { return strings.Contains(w.logged.String(), "code=no_socket\n") })
	w.until("it is told that it is mended", func() bool { return strings.Contains(w.logged.String(), "doing=mended code=no_socket\n") })
	if told := strings.Count(w.logged.String(), "code=no_socket\n"); told != 2 {
		t.Errorf("the operator is told %d times:\n%s", told, w.logged)
	}
}
