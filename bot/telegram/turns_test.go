package telegram

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/store"
)

// process is one of several with the same token and the same store.
type process struct {
	store *cut
	stop  func()
	ended chan struct{}
}

// cut is a store that can be cut off from one process.
type cut struct {
	store.Store
	off atomic.Bool
}

var errCut = errors.New("cut off")

func (c *cut) Lease(ctx context.Context, name, holder string, last time.Duration) (bool, error) {
	if c.off.Load() {
		return false, errCut
	}
	return c.Store.Lease(ctx, name, holder, last)
}

func (c *cut) Conversation(ctx context.Context, chat dialog.Chat) (dialog.Conversation, error) {
	if c.off.Load() {
		return dialog.Conversation{}, errCut
	}
	return c.Store.Conversation(ctx, chat)
}

func (c *cut) Commit(ctx context.Context, ch store.Change) ([]store.Delivery, error) {
	if c.off.Load() {
		return nil, errCut
	}
	return c.Store.Commit(ctx, ch)
}

// turnLease is short, so that the tests need not wait.
const turnLease = 800 * time.Millisecond

// start starts another process beside those of w.
func (w *world) start(lease time.Duration) *process {
	w.t.Helper()
	p := &process{store: &cut{Store: w.bot.Store}, ended: make(chan struct{})}
	client := newClient(w.t, w.sim.URL(), w.sim.Token())
	client.log, client.lease = w.bot.Log, lease
	b := &bot.Bot{Store: p.store, Service: w.bot.Service, Log: w.bot.Log, Triage: w.bot.Triage, Safety: w.bot.Safety}
	ctx, cancel := context.WithCancel(context.Background())
	var both sync.WaitGroup
	both.Go(func() {
		if err := client.Run(ctx, b); err != nil {
			w.t.Error(err)
		}
	})
	both.Go(func() { b.Deliver(ctx, map[string]bot.Messenger{Platform: client, "slack": nobody{}}) })
	go func() { both.Wait(); close(p.ended) }()
	p.stop = func() { cancel(); <-p.ended }
	w.t.Cleanup(p.stop)
	return p
}

// conflicts counts how often Telegram sent a poll away because of another.
func (w *world) conflicts() int {
	n := 0
	for _, c := range w.sim.Calls() {
		if c.Method == "getUpdates" && strings.Contains(c.Refused, "Conflict") {
			n++
		}
	}
	return n
}

// TestOneOfSeveralPolls: the others stand by, and one of them takes over at once if it stops
// in order, or when its lease is over if it is killed. Everything is heard once.
func TestOneOfSeveralPolls(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name          string
		lease, within time.Duration
		end           func(*process)
	}{
		{"stopped", 4 * time.Second, time.Second, func(p *process) { p.stop() }},
		// A process that is killed says nothing to the store any more.
		{"killed", turnLease, 2 * turnLease, func(p *process) { p.store.off.Store(true); p.stop() }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			first := w.start(tt.lease)
			w.sim.Say(1, "/start")
			w.answered(1)
			w.start(tt.lease)
			w.start(tt.lease)
			for user := range int64(20) {
				w.sim.Say(user+1, "hello")
			}
			w.heard()
			time.Sleep(turnLease + turnLease/4) // longer than the shorter lease, if it is not renewed
			if n := w.conflicts(); n != 0 {
				t.Errorf("Telegram saw %d conflicts", n)
			}
			w.sim.Say(1, "hello")
			tt.end(first)
			ended := time.Now()
			w.sim.Say(2, "hello")
			w.heard()
			if took := time.Since(ended); took > tt.within {
				t.Errorf("nobody took over for %v", took)
			}
			w.sim.Repeat(10)
			w.heard()
			var sum int64
			for user := range int64(20) {
				sum += w.turns(user + 1)
			}
			if sum != 23 {
				t.Errorf("%d turns, want 23", sum)
			}
		})
	}
}

// TestWhoCannotRenewStops before its lease is over. From then on it only looks now and then
// for somebody in danger, until Telegram tells it that another process is polling.
func TestWhoCannotRenewStops(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.start(turnLease)
	w.sim.Say(1, "/start")
	w.answered(1)
	first.store.off.Store(true)
	w.start(turnLease)
	w.sim.Say(2, "hello")
	w.eventually("another has taken over", func() bool { return w.turns(2) > 0 })
	said := w.turns(1)
	before := w.conflicts()
	for range 5 {
		w.sim.Say(1, "hello")
	}
	w.heard()
	time.Sleep(2 * turnLease)
	if got := w.turns(1) - said; got != 5 {
		t.Errorf("%d turns, want 5", got)
	}
	if n := w.conflicts() - before; n > 6 { // about two a lease, one for each of them
		t.Errorf("Telegram saw %d conflicts", n)
	}
	first.store.off.Store(false)
}

// TestDangerIsAnsweredThoughNobodyHasTheTurn: the store is away for longer than a lease.
func TestDangerIsAnsweredThoughNobodyHasTheTurn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.start(turnLease)
	w.sim.Say(7, "/start")
	w.answered(7)
	p.store.off.Store(true)
	time.Sleep(turnLease + turnLease/2)
	w.sim.Say(7, "I want to die")
	w.eventually("the card is given", func() bool { return count(w.said(7), "116 123") == 1 })
	if w.sim.Pending() != 1 || w.turns(7) != 1 {
		t.Errorf("%d are pending, %d turns", w.sim.Pending(), w.turns(7))
	}
	p.store.off.Store(false)
	w.heard()
	if w.turns(7) != 2 || count(w.said(7), "116 123") != 1 {
		t.Errorf("%d turns; said %q", w.turns(7), w.said(7))
	}
}
