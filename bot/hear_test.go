package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

func TestHearCommitsBeforeItReturns(t *testing.T) {
	t.Parallel()
	b := newBot(t, asking, nil)
	c, out := mustHear(t, b, text("k1", "1", "one"))
	if c.Version != 1 || len(out.Replies) != 1 {
		t.Errorf("version %d with %d replies, want 1 and 1", c.Version, len(out.Replies))
	}
	if got := trail(t, b); got != "one" {
		t.Errorf("stored %q", got)
	}
	if got := stats(t, b).Waiting; got != 1 {
		t.Errorf("%d deliveries are waiting, want 1", got)
	}
}

func TestHeardTwiceIsHeardOnce(t *testing.T) {
	t.Parallel()
	b := newBot(t, asking, nil)
	h := text("k1", "", "one")
	h.Keys = []string{"k1", "k2"}
	mustHear(t, b, h)
	h.Keys = []string{"another", "k2"}
	c, out := mustHear(t, b, h)
	if c.Version != 1 || len(out.Replies) != 0 {
		t.Errorf("the second time: version %d with %d replies, want 1 and none", c.Version, len(out.Replies))
	}
	if got := trail(t, b); got != "one" {
		t.Errorf("stored %q", got)
	}
}

func TestManyAtOnceAreEachHeardOnce(t *testing.T) {
	t.Parallel()
	b := newBot(t, asking, nil)
	const inputs, times = 12, 2
	var all sync.WaitGroup
	for i := range inputs * times {
		all.Go(func() {
			h := text(fmt.Sprint("k", i%inputs), "", fmt.Sprint(i%inputs))
			for {
				_, _, err := b.Hear(t.Context(), h)
				if !errors.Is(err, store.ErrConflict) {
					if err != nil {
						t.Error(err)
					}
					return
				}
			}
		})
	}
	all.Wait()
	if got := len(strings.Fields(trail(t, b))); got != inputs {
		t.Errorf("%d inputs took effect, want %d: %s", got, inputs, trail(t, b))
	}
}

func TestYesTwiceAnswersOneQuestion(t *testing.T) {
	t.Parallel()
	b := newBot(t, asking, nil)
	id := 100
	var mu sync.Mutex
	next := func() string {
		mu.Lock()
		defer mu.Unlock()
		id++
		return fmt.Sprint(id)
	}
	deliver(t, b, func(_ context.Context, d store.Delivery) (string, error) {
		time.Sleep(20 * time.Millisecond) // the way to Telegram and back
		return next(), nil
	})
	mustHear(t, b, text("k0", next(), "hello"))
	c, _ := b.Store.Conversation(t.Context(), someone)
	eventually(t, "the first question is shown", func() bool {
		shown, _ := b.Store.Shown(t.Context(), destination(someone), c.Asked.ID)
		return shown != ""
	})
	one, two := next(), next() // both are written before the second question is shown
	mustHear(t, b, text("k1", one, "yes"))
	mustHear(t, b, text("k2", two, "yes"))
	if got := trail(t, b); got != "hello yes" {
		t.Errorf("answered %q, want one yes", got)
	}
	mustHear(t, b, text("k3", next(), "later")) // and this one after it
	if got := trail(t, b); got != "hello yes later" {
		t.Errorf("answered %q", got)
	}
}

func TestWaitingToBeShown(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		queued bool
		least  time.Duration
		most   time.Duration
	}{
		{"a prompt on its way is waited for", false, shownWithin, 2 * shownWithin},
		{"who queued cannot have seen it", true, 0, shownWithin / 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := newBot(t, asking, nil) // and nobody delivers
			mustHear(t, b, text("k1", "1", "one"))
			h := text("k2", "2", "two")
			h.Queued = tt.queued
			began := time.Now()
			mustHear(t, b, h)
			if took := time.Since(began); took < tt.least || took > tt.most {
				t.Errorf("took %v, want %v to %v", took, tt.least, tt.most)
			}
			if got := trail(t, b); got != "one" {
				t.Errorf("answered %q", got)
			}
		})
	}
}

func TestEarlier(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b string
		want bool
	}{
		{"9", "10", true},
		{"10", "9", false},
		{"10", "10", false},
		{"1712345678.000100", "1712345678.000200", true},
		{"1712345679.000100", "1712345678.000200", false},
		{"x", "10", false},
	}
	for _, tt := range tests {
		if got := earlier(tt.a, tt.b); got != tt.want {
			t.Errorf("earlier(%q, %q) = %v", tt.a, tt.b, got)
		}
	}
}

func TestFaultsChangeNothingAndTellNothing(t *testing.T) {
	t.Parallel()
	const secret = "canary-7391"
	tests := map[string]stepFunc{
		"panic": func(c dialog.Conversation, in dialog.Input, f dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
			panic("about " + in.Text)
		},
		"error": func(c dialog.Conversation, in dialog.Input, f dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
			return c, dialog.Outcome{}, fmt.Errorf("about %q", in.Text)
		},
	}
	for name, step := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tries := 0
			b := newBot(t, func(c dialog.Conversation, in dialog.Input, f dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
				tries++
				return step(c, in, f)
			}, nil)
			_, _, err := b.Hear(t.Context(), text("k1", "1", secret))
			if !errors.Is(err, ErrFault) || tries != attempts {
				t.Errorf("error %v after %d tries, want a fault after %d", err, tries, attempts)
			}
			if said := err.Error() + Code(err); strings.Contains(said, secret) {
				t.Errorf("the error tells what was said: %s", said)
			}
			if name == "panic" && !strings.Contains(err.Error(), "hear_test.go") && !strings.Contains(err.Error(), "TestFaults") {
				t.Errorf("the error does not say where: %v", err)
			}
			if c, _ := b.Store.Conversation(t.Context(), someone); c.Version != 0 {
				t.Error("something was stored")
			}
		})
	}
}

func TestStoreErrorsAreReturned(t *testing.T) {
	t.Parallel()
	b := newBot(t, asking, nil)
	b.Store.Close()
	_, _, err := b.Hear(t.Context(), text("k1", "1", "one"))
	if err == nil || errors.Is(err, ErrFault) || errors.Is(err, store.ErrDuplicate) {
		t.Errorf("got %v, want the store's error", err)
	}
}

func TestReferralSentAgainKeepsItsPlace(t *testing.T) {
	t.Parallel()
	send := func(c dialog.Conversation, in dialog.Input, f dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
		return c, dialog.Outcome{Referral: &dialog.Referral{Ref: "R1", Chat: c.Chat, Status: dialog.Received, Kind: dialog.Kind(in.Text)}}, nil
	}
	b := newBot(t, send, nil)
	mustHear(t, b, text("k1", "", "call"))
	mustHear(t, b, text("k2", "", "referral"))
	r, err := b.Store.Referral(t.Context(), "R1")
	if err != nil || r.Version != 2 || r.Kind != dialog.KindReferral {
		t.Errorf("kept %s at version %d, error %v", r.Kind, r.Version, err)
	}
}

// claiming lets the first claimant have it and tells everybody who does.
func claiming(r dialog.Referral, d dialog.Deed, f dialog.Facts) (dialog.Referral, dialog.Outcome, error) {
	if d.Action == dialog.ActClaim && r.Claimant.ID == "" {
		r.Status, r.Claimant, r.ClaimedAt = dialog.Claimed, d.By, f.Now
	}
	return r, dialog.Outcome{
		Notices: []dialog.Notice{{To: d.By.ID, Text: r.Claimant.ID}},
		Audit:   []dialog.Entry{{Ref: r.Ref, At: f.Now, Actor: d.By.ID, Action: string(d.Action)}},
	}, nil
}

func TestFiftyClaimsOneWinner(t *testing.T) {
	t.Parallel()
	b := newBot(t, nil, claiming)
	sentReferral(t, b, "R1")
	const presses = 50
	holders := make([]string, presses)
	var all sync.WaitGroup
	for i := range presses {
		all.Go(func() {
			r, _, err := b.Act(t.Context(), "R1", fmt.Sprint("press", i), dialog.Deed{Action: dialog.ActClaim, By: dialog.Clinician{ID: fmt.Sprint("U", i)}})
			if err != nil {
				t.Error(err)
			}
			holders[i] = r.Claimant.ID
		})
	}
	all.Wait()
	for i, h := range holders {
		if h == "" || h != holders[0] {
			t.Fatalf("press %d was told that %q has it, press 0 that %q has", i, h, holders[0])
		}
	}
	entries, err := b.Store.Audit(t.Context(), "R1")
	if err != nil || len(entries) != presses {
		t.Errorf("%d audit entries, error %v", len(entries), err)
	}
	if r, _ := b.Store.Referral(t.Context(), "R1"); r.Version != 2 {
		t.Errorf("version %d, want 2: received and claimed", r.Version)
	}
}

func TestActOnNothing(t *testing.T) {
	t.Parallel()
	b := newBot(t, nil, claiming)
	if _, _, err := b.Act(t.Context(), "R404", "k", dialog.Deed{Action: dialog.ActClaim}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func BenchmarkHear(b *testing.B) {
	bot := newBot(b, func(c dialog.Conversation, in dialog.Input, f dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
		return c, say(dialog.Reply{Text: "next"}), nil
	}, nil)
	for n := 0; b.Loop(); n++ {
		mustHear(b, bot, text(fmt.Sprint("k", n), "", "yes"))
	}
}
