package bot

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

func setTimers(t *testing.T, b *Bot, timers ...store.Timer) {
	t.Helper()
	if _, err := b.Store.Commit(t.Context(), store.Change{Keys: []string{"timers"}, Timers: timers, At: time.Now()}); err != nil {
		t.Fatal(err)
	}
}

func due(t *testing.T, b *Bot, at time.Time) []store.Timer {
	t.Helper()
	timers, err := b.Store.Due(t.Context(), at, 10)
	if err != nil {
		t.Fatal(err)
	}
	return timers
}

func TestTimersAreHeardOnceByWhatTheyBelongTo(t *testing.T) {
	t.Parallel()
	var heard, done atomic.Int32
	b := newBot(t, func(c dialog.Conversation, in dialog.Input, f dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
		if in.Timer == "nudge" {
			heard.Add(1)
		}
		return c, say(dialog.Reply{Text: "still there?"}), nil
	}, func(r dialog.Referral, d dialog.Deed, f dialog.Facts) (dialog.Referral, dialog.Outcome, error) {
		if d.Action == "remind" {
			done.Add(1)
		}
		return r, dialog.Outcome{}, nil
	})
	sentReferral(t, b, "R1")
	past := time.Now().Add(-time.Second)
	setTimers(t, b,
		store.Timer{Chat: someone, Name: "nudge", At: past},
		store.Timer{Ref: "R1", Name: "remind", At: past},
		store.Timer{Ref: "R404", Name: "remind", At: past}, // erased since
		store.Timer{Chat: someone, Name: "later", At: time.Now().Add(time.Hour)},
	)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	for range 2 { // as two processes would
		go func() { ended <- b.Timers(ctx) }()
	}
	eventually(t, "nothing more is due", func() bool { return len(due(t, b, time.Now())) == 0 })
	cancel()
	for range 2 {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	if got := stats(t, b).Waiting; got != 1 {
		t.Errorf("said %d times", got)
	}
	if left := slices.DeleteFunc(due(t, b, time.Now().Add(2*time.Hour)), isDigest); len(left) != 1 {
		t.Errorf("%d timers are left, want the one not due", len(left))
	}
	if heard.Load() == 0 || done.Load() == 0 {
		t.Error("one of them was not heard")
	}
}

func TestATimerThatMeetsAFaultIsPutOff(t *testing.T) {
	t.Parallel()
	b := newBot(t, func(c dialog.Conversation, in dialog.Input, f dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
		panic("canary-7391")
	}, nil)
	logs := logged(b)
	setTimers(t, b, store.Timer{Chat: someone, Name: "nudge", At: time.Now().Add(-time.Second)})
	b.fireDue(t.Context())
	if n := len(due(t, b, time.Now())); n != 0 {
		t.Error("it is still due and keeps others waiting")
	}
	if n := len(due(t, b, time.Now().Add(2*putOff))); n != 1 {
		t.Error("it is lost")
	}
	if s := logs.String(); !strings.Contains(s, "fault") || strings.Contains(s, "canary") || strings.Contains(s, someone.ID) {
		t.Errorf("logged %s", s)
	}
}
