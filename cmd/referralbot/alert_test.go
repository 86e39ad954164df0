package main

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

var visitorChat = dialog.Chat{Platform: "slack", ID: sim.SlackHealthVisitor}

// TestAlertsOutliveTheProgram: two people who have agreed to nothing and sent nothing raise an
// alert, one on each platform. One is acknowledged and one is not; the program is killed before
// the time to do so runs out, and killed again after. What is not acknowledged is passed on
// once, and what is never.
func TestAlertsOutliveTheProgram(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	program := w.serve(t)
	w.telegram.Say(demoParent, "i want to die")
	w.slack.Say(sim.SlackHealthVisitor, "mum says she wants to kill herself")
	await(t, w, "both alerts", func() bool { return len(w.alerts("")) == 2 })
	parent, visitor := w.unsent(t, parentChat), w.unsent(t, visitorChat)
	alert := w.alerts(parent)[0]
	if err := w.slack.PressMessage(sim.SlackClinicianA, sim.SlackSafety, alert.TS, action(alert, "acknowledge:1")); err != nil {
		t.Fatal(err)
	}
	await(t, w, "the alert to say who has it", func() bool { return strings.Contains(asJSON(w.alerts(parent)), "Acknowledged by") })

	kill := func() {
		program.Process.Kill()
		program.Wait()
	}
	kill()
	w.timeRunsOut(t, parent, visitor)
	program = w.serve(t)
	await(t, w, "the other alert to be passed on", func() bool { return len(w.alerts(visitor)) == 2 })
	kill()
	w.serve(t)
	db := w.reader(t)
	await(t, w, "nothing more to be due", func() bool {
		due, err := db.Due(t.Context(), time.Now().Add(time.Hour), 9)
		ofPeople := slices.DeleteFunc(due, func(d store.Timer) bool { return d.Name == dialog.TimerAway })
		return err == nil && len(ofPeople) == 0
	})
	for ref, want := range map[string]string{parent: "alerted acknowledged", visitor: "alerted escalated unacknowledged"} {
		entries, err := db.Audit(t.Context(), ref)
		if err != nil {
			t.Fatal(err)
		}
		var did []string
		for _, e := range entries {
			did = append(did, e.Action)
		}
		if got := strings.Join(did, " "); got != want {
			t.Errorf("audit %q, want %q", got, want)
		}
	}
	if p, v := w.alerts(parent), w.alerts(visitor); len(p) != 1 || len(v) != 2 || !strings.Contains(asJSON(v[1]), "nobody has acknowledged") {
		t.Errorf("the safety channel shows %s and %s", asJSON(p), asJSON(v))
	}
}

// alerts returns the messages about ref in the safety channel.
func (w *world) alerts(ref string) []sim.SlackMessage {
	var found []sim.SlackMessage
	for _, m := range cards(w.slack.Messages(sim.SlackSafety)) {
		if strings.Contains(asJSON(m), ref) {
			found = append(found, m)
		}
	}
	return found
}

// unsent returns the reference of what somebody has begun, and neither sent nor agreed to.
func (w *world) unsent(t *testing.T, chat dialog.Chat) string {
	t.Helper()
	db := w.reader(t)
	c, err := db.Conversation(t.Context(), chat)
	if err != nil || c.Ref == "" || !c.SentAt.IsZero() || c.Answers.Has(rules.Consent) {
		t.Fatalf("%s: reference %q, consent %v, %v", chat.Platform, c.Ref, c.Answers[rules.Consent], err)
	}
	r, err := db.Referral(t.Context(), c.Ref)
	if err != nil || r.Status != dialog.Draft {
		t.Fatalf("%s: held as %s, %v", chat.Platform, r.Status, err)
	}
	return c.Ref
}

// timeRunsOut lets the time to acknowledge the first alert of each reference run out, while the
// program does not run.
func (w *world) timeRunsOut(t *testing.T, refs ...string) {
	t.Helper()
	db, err := kept{Store: "sqlite:" + w.file, Keys: w.keys}.open()
	if err != nil {
		t.Fatal(err)
	}
	change := store.Change{At: time.Now().UTC()}
	for _, ref := range refs {
		change.Timers = append(change.Timers, store.Timer{Ref: ref, Name: "escalate:1", At: change.At})
	}
	_, err = db.Commit(t.Context(), change)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// stoppable is a store that can be stopped.
type stoppable struct {
	store.Store
	stopped atomic.Bool
}

var errStopped = errors.New("the store is stopped")

func (s *stoppable) Conversation(ctx context.Context, chat dialog.Chat) (dialog.Conversation, error) {
	if s.stopped.Load() {
		return dialog.Conversation{}, errStopped
	}
	return s.Store.Conversation(ctx, chat)
}

func (s *stoppable) Commit(ctx context.Context, c store.Change) ([]store.Delivery, error) {
	if s.stopped.Load() {
		return nil, errStopped
	}
	return s.Store.Commit(ctx, c)
}

func (s *stoppable) Take(ctx context.Context, lease time.Duration) (store.Delivery, bool, error) {
	if s.stopped.Load() {
		return store.Delivery{}, false, errStopped
	}
	return s.Store.Take(ctx, lease)
}

// TestDangerWithTheStoreStopped: on both platforms the card comes within a second though nothing
// can be stored, and the safety channel is told; once the store is back what was said is
// committed, and the safety channel is told where it leads.
func TestDangerWithTheStoreStopped(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{Redeliver: []time.Duration{100 * time.Millisecond, 100 * time.Millisecond, 100 * time.Millisecond, 500 * time.Millisecond, time.Second, time.Second}})
	s := settings{
		TelegramToken: w.telegram.Token(), TelegramAPIURL: w.telegram.URL(),
		SlackAppToken: w.slack.AppToken(), SlackBotToken: w.slack.BotToken(), SlackAPIURL: w.slack.URL(),
		TriageChannel: sim.SlackTriage, SafetyChannel: sim.SlackSafety, Service: w.profile,
		kept: kept{Store: "sqlite:" + w.file, Keys: w.keys},
	}
	keys, err := s.keys()
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.assemble(slog.New(slog.NewTextHandler(w.log, nil)), keys)
	if err != nil {
		t.Fatal(err)
	}
	down := &stoppable{Store: p.store}
	p.bot.Store = down
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("run: %v", err)
		}
		p.store.Close()
	})
	w.telegram.Say(demoParent, "/start")
	await(t, w, "the program to hear both platforms", func() bool { return w.told("private") && w.slack.Sockets() > 0 })

	down.stopped.Store(true)
	for _, channel := range []struct {
		name, card string
		says       func()
	}{
		{"Telegram", "116 123", func() { w.telegram.Say(demoParent, "I want to die") }},
		{"Slack", "0345 603 7627", func() { w.slack.Say(sim.SlackHealthVisitor, "mum says she wants to die") }},
	} {
		said := time.Now()
		channel.says()
		await(t, w, "the card in "+channel.name, func() bool { return w.told(channel.card) })
		if took := time.Since(said); took > time.Second {
			t.Errorf("the card in %s took %v", channel.name, took)
		}
	}
	await(t, w, "the alerts", func() bool {
		return strings.Count(asJSON(w.slack.Messages(sim.SlackSafety)), "none: nothing could be saved") == 2
	})

	down.stopped.Store(false)
	for _, chat := range []dialog.Chat{parentChat, visitorChat} {
		await(t, w, "what was said to be committed", func() bool {
			c, err := p.store.Conversation(t.Context(), chat)
			return err == nil && len(c.Alerted) == 1 && len(w.alerts(c.Ref)) == 1
		})
		w.unsent(t, chat)
	}
}

// told reports whether the parent or the health visitor has been told something.
func (w *world) told(words string) bool {
	return strings.Contains(asJSON(w.telegram.Messages(demoParent))+asJSON(w.slack.DM(sim.SlackHealthVisitor)), words)
}
