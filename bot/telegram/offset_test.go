package telegram

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/store"
)

// mortal is a store that lets a process hear so many updates, new ones or not, and then
// kills it.
type mortal struct {
	store.Store
	left atomic.Int32
	die  func()
}

var errDead = errors.New("dead")

func (m *mortal) Commit(ctx context.Context, c store.Change) ([]store.Delivery, error) {
	if c.Conversation == nil {
		return m.Store.Commit(ctx, c)
	}
	if m.left.Add(-1) < 0 {
		m.die()
		return nil, errDead
	}
	return m.Store.Commit(ctx, c)
}

func TestProgress(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		batch, committed []int64
		offset           int64
		whole            bool
	}{
		{"nothing", []int64{41, 42}, nil, 41, false},
		{"the first", []int64{41, 42}, []int64{41}, 42, false},
		{"all but the first", []int64{41, 42, 43}, []int64{43, 42}, 41, false},
		{"all, the first last", []int64{41, 42, 43}, []int64{43, 42, 41}, 44, true},
		{"backwards", []int64{43, 42, 41}, []int64{43, 42, 41}, 44, true},
		{"backwards, the last", []int64{43, 42, 41}, []int64{41}, 42, false},
		{"a number that is left out", []int64{41, 45}, []int64{41}, 45, false},
		{"the same twice", []int64{41, 41, 42}, []int64{41}, 42, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var events []event
			for _, n := range tt.batch {
				events = append(events, event{update: n})
			}
			p := progressOf(events)
			for _, n := range tt.committed {
				p.commit(n)
			}
			if p.offset() != tt.offset || p.whole() != tt.whole {
				t.Errorf("offset %d, whole %v; want %d, %v", p.offset(), p.whole(), tt.offset, tt.whole)
			}
		})
	}
}

// TestWhoIsKilledInABatchGetsBeyondIt kills process after process before it can have heard
// more than a part of what waits at Telegram. Each begins where Telegram has been told that
// those before it came to, and so all is heard in the end; and Telegram is never told of what
// is not committed.
func TestWhoIsKilledInABatchGetsBeyondIt(t *testing.T) {
	t.Parallel()
	const chats, heardInALife, lives = 150, 40, 40
	w := newWorld(t)
	for n := range int64(chats) {
		w.sim.Say(n+1, "hello")
	}
	db := w.bot.Store
	for life := 0; w.sim.Pending() > 0; life++ {
		if life == lives {
			t.Fatalf("after %d lives %d updates are still to be heard", life, w.sim.Pending())
		}
		ctx, die := context.WithCancel(t.Context())
		m := &mortal{Store: db, die: die}
		m.left.Store(heardInALife)
		w.bot.Store = m
		w.client = newClient(t, w.sim.URL(), w.sim.Token())
		w.client.log = w.bot.Log
		go func() { // it may also get to the end of all that waits
			for ctx.Err() == nil && w.sim.Pending() > 0 {
				time.Sleep(time.Millisecond)
			}
			die()
		}()
		if err := w.client.pollWhile(ctx, w.bot); ctx.Err() == nil {
			t.Fatal(err)
		}
		w.bot.Store = db
		for n := range int64(chats - w.sim.Pending()) {
			if w.turns(n+1) != 1 {
				t.Fatalf("Telegram was told of update %d, of which there are %d turns", n+1, w.turns(n+1))
			}
		}
	}
}

// TestNothingIsConfirmedBeforeItIsCommitted: the first update of a batch is committed when all
// others are but one. Telegram is told of those before that one, and not of those after it.
func TestNothingIsConfirmedBeforeItIsCommitted(t *testing.T) {
	t.Parallel()
	const chats, slow = 60, tellAfter + 1
	w := newWorld(t)
	var left atomic.Int32
	left.Store(chats)
	first, goOn := make(chan struct{}), make(chan struct{})
	w.bot.Store = watched{w.bot.Store, func(c store.Change) {
		if left.Add(-1) == 0 {
			close(first)
		}
		switch c.Chat.ID {
		case "1":
			<-first
		case itoa(slow):
			<-goOn
		}
	}}
	for n := range int64(chats) {
		w.sim.Say(n+1, "hello")
	}
	w.run()
	w.eventually("some are confirmed", func() bool { return w.sim.Pending() < chats })
	if n := chats - w.sim.Pending(); n != slow-1 {
		t.Errorf("%d are confirmed, want the %d before the one that is not committed", n, slow-1)
	}
	close(goOn)
	w.heard()
}

// TestWhatIsBeforeAFailureIsConfirmed: what one chat waits for keeps Telegram from being told
// of nothing but that and what came after it.
func TestWhatIsBeforeAFailureIsConfirmed(t *testing.T) {
	t.Parallel()
	for name, order := range map[string]func(*sim.Telegram){"in order": func(*sim.Telegram) {}, "backwards": (*sim.Telegram).Reverse} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			down := &refusing{Store: w.bot.Store, chat: "8"}
			down.on.Store(true)
			w.bot.Store = down
			for _, user := range []int64{7, 7, 8, 9, 8} {
				w.sim.Say(user, "hello")
			}
			order(w.sim)
			w.run()
			w.eventually("all others are heard", func() bool { return w.turns(7) == 2 && w.turns(9) == 1 })
			w.eventually("the first two are confirmed", func() bool { return w.sim.Pending() == 3 })
			asked := down.asked.Load()
			w.eventually("the rest is asked for again", func() bool { return down.asked.Load() > asked+1 })
			if n := w.sim.Pending(); n != 3 {
				t.Errorf("%d are pending, want three", n)
			}
			down.on.Store(false)
			w.heard()
			if w.turns(7) != 2 || w.turns(8) != 2 || w.turns(9) != 1 {
				t.Errorf("turns %d, %d and %d, want 2, 2 and 1", w.turns(7), w.turns(8), w.turns(9))
			}
		})
	}
}

// refusing is a store that takes nothing of one chat while it is on.
type refusing struct {
	store.Store
	chat  string
	on    atomic.Bool
	asked atomic.Int32
}

func (r *refusing) Commit(ctx context.Context, c store.Change) ([]store.Delivery, error) {
	if c.Chat.ID == r.chat && r.on.Load() {
		r.asked.Add(1)
		return nil, errors.New("not now")
	}
	return r.Store.Commit(ctx, c)
}
