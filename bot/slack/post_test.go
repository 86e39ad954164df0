package slack

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// another runs a second process beside the first, on the same store and in the same workspace.
func (w *world) another() {
	w.Helper()
	b := &bot.Bot{Store: w.bot.Store, Service: w.bot.Service, Log: w.bot.Log, Triage: w.bot.Triage, Safety: w.bot.Safety, Now: w.bot.Now}
	other := &world{T: w.T, slack: w.slack, store: w.store, bot: b, logged: w.logged}
	other.client = New(b, Options{AppToken: w.slack.AppToken(), BotToken: w.slack.BotToken(), URL: w.slack.URL()})
	ctx, cancel := context.WithCancel(w.Context())
	var running sync.WaitGroup
	running.Go(func() { other.client.Run(ctx) })
	running.Go(func() { b.Deliver(ctx, map[string]bot.Messenger{Platform: other.client, "telegram": &other.phone}) })
	w.Cleanup(func() { cancel(); running.Wait() })
	other.ticking()
}

// TestDigestOnce sums up each working morning what is open, once, though two processes run and
// a third starts later that morning.
func TestDigestOnce(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	calendar := w.bot.Service.Calendar()
	morning := calendar.NextDigest(time.Now().AddDate(0, 0, -14)) // past, so that nothing waits for its time
	var clock atomic.Int64
	clock.Store(morning.Add(-time.Minute).UnixNano())
	w.bot.Now = func() time.Time { return time.Unix(0, clock.Load()) }
	w.run()
	w.another()
	w.until("the second process runs", func() bool { return w.slack.Sockets() == 4 })
	w.ticking()
	w.keep(numbered(1))
	w.keep(numbered(2))
	said := func() []sim.SlackMessage {
		return slices.DeleteFunc(w.slack.Messages(triage), func(m sim.SlackMessage) bool { return !strings.Contains(text(m), "This morning") })
	}
	planned := func(at time.Time) func() bool {
		return func() bool {
			due, err := w.store.Due(t.Context(), at, 10)
			return err == nil && slices.ContainsFunc(due, func(s store.Timer) bool { return s.At.Equal(at) })
		}
	}
	w.until("it is planned", planned(morning))
	clock.Store(morning.UnixNano())
	next := calendar.NextDigest(morning)
	w.until("the next is planned", planned(next))
	w.until("it is said", func() bool { return len(said()) == 1 })
	clock.Store(morning.Add(time.Minute).UnixNano())
	w.another()
	w.until("the third process runs", func() bool { return w.slack.Sockets() == 6 })
	clock.Store(next.UnixNano())
	w.until("the one after that is planned", planned(calendar.NextDigest(next)))
	w.until("the next is said", func() bool { return len(said()) == 2 })
	w.settled(10 * time.Second)
	all := said()
	if len(all) != 2 {
		t.Errorf("said %d times", len(all))
	}
	for _, ref := range []string{numbered(1), numbered(2)} {
		if got := text(all[0]); !strings.Contains(got, ref) || strings.Contains(got, canary) {
			t.Errorf("it says %s", got)
		}
	}
}

// TestPost says something about a referral in the channel, notifies whom it is for, and leads to
// the referral; told again because nobody knows whether it was, it stands there once.
func TestPost(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	w.client.o.Quiet = time.Nanosecond
	d := delivery("p1", bot.KindPost, "slack:"+triage, "", "", dialog.Post{Ref: ref, Text: "Nobody has claimed <!channel> " + ref + " yet.", Notify: daniel})
	w.slack.Fault("chat.postMessage", sim.Fault{Kind: sim.Down, After: true})
	if _, err := w.client.Deliver(t.Context(), d); err == nil {
		t.Fatal("no answer was taken for one")
	}
	d.Attempt, d.First = 1, time.Now()
	if _, err := w.client.Deliver(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	all := w.slack.Messages(triage)
	if len(all) != 1 || !slices.Equal(mentioned(all[0]), []string{"<@" + daniel + ">"}) || !strings.Contains(text(all[0]), "act:open") {
		t.Errorf("the channel shows %s", text(all))
	}
	w.slack.ChangeChannel(triage, func(c *sim.SlackChannel) { c.Private = false })
	w.client.rooms.fit = nil
	d.ID = "p2"
	if _, err := w.client.Deliver(t.Context(), d); err == nil || len(w.slack.Messages(triage)) != 1 {
		t.Errorf("posted to everybody: %v", err)
	}
}

// TestHome shows a professional what they have begun and sent, as it stands when they look, and
// nobody else's.
func TestHome(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	looks := func(user, words string) string {
		w.does(w.slack.OpenHome(user))
		w.until("the Home tab says "+words, func() bool { return strings.Contains(text(w.slack.Home(user)), words) })
		return text(w.slack.Home(user))
	}
	looks(visitor, "You have none here yet")
	w.sent(ref, rules.Professional)
	if got := looks(visitor, ref); !strings.Contains(got, "nobody has taken it up yet") || !strings.Contains(got, "a person confirms it by") || strings.Contains(got, canary) {
		t.Errorf("she sees %s", got)
	}
	w.claims(carys, ref)
	looks(visitor, "a clinician is reading it")
	w.submits(carys, w.chooses(carys, ref, outcome(dialog.Accepted)), nil)
	w.shows(ref, "accepted for assessment")
	if got := looks(visitor, "accepted for assessment"); !strings.Contains(got, "Make a referral") {
		t.Errorf("she sees %s", got)
	}
	if got := looks(carys, "You have none here yet"); strings.Contains(got, ref) {
		t.Errorf("somebody else sees %s", got)
	}

	w.does(w.slack.Command(daniel, "/refer", ""))
	v := w.front(daniel, func(v sim.View) bool { return v.CallbackID == formSection })
	_, _, _, err := w.slack.Submit(daniel, v.ID, fill(v, family()))
	w.does(err)
	looks(daniel, "Not sent yet")
}
