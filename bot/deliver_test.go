package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/store"
)

// queue commits n deliveries to destination, named by their place.
func queue(t testing.TB, b *Bot, destination string, n int) {
	t.Helper()
	o := outbox{key: destination}
	for i := range n {
		o.put(destination, KindReply, fmt.Sprint(i), "", dialog.Reply{Text: "canary-7391"})
	}
	if err := b.commit(t.Context(), store.Change{Keys: []string{"queue " + destination}, Deliveries: o.deliveries, At: time.Now()}); err != nil {
		t.Fatal(err)
	}
}

func TestDeliverKeepsOrderAndOneCallAtATime(t *testing.T) {
	t.Parallel()
	b := newBot(t, nil, nil)
	const each = 20
	var (
		mu    sync.Mutex
		got   = map[string][]string{}
		calls = map[string]int{}
	)
	deliver(t, b, func(_ context.Context, d store.Delivery) (string, error) {
		mu.Lock()
		calls[d.Destination]++
		if calls[d.Destination] > 1 {
			t.Error("two calls to one destination at once")
		}
		mu.Unlock()
		defer func() {
			mu.Lock()
			defer mu.Unlock()
			calls[d.Destination]--
		}()
		if d.Name == "3" && d.Attempt == 0 {
			return "", &Later{After: 10 * time.Millisecond}
		}
		mu.Lock()
		defer mu.Unlock()
		got[d.Destination] = append(got[d.Destination], d.Name)
		return "1", nil
	})
	want := map[string][]string{}
	for i := range 5 {
		to := fmt.Sprint("telegram:", i)
		queue(t, b, to, each)
		for n := range each {
			want[to] = append(want[to], fmt.Sprint(n))
		}
	}
	eventually(t, "all is delivered", func() bool { return stats(t, b).Waiting == 0 })
	mu.Lock()
	defer mu.Unlock()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatBecomesOfADelivery(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name          string
		err           error // of the first delivery's first call
		waiting, dead int   // of two
		next          bool  // the second one is delivered now
		logs          string
	}{
		{"delivered", nil, 0, 0, true, ""},
		{"later", &Later{After: time.Hour}, 2, 0, false, ""},
		{"refused", ErrRefused, 0, 1, true, "refused"},
		{"gone", fmt.Errorf("wrapped: %w", ErrGone), 0, 1, true, ""},
		{"broken", ErrBroken, 2, 0, false, "broken"},
		{"a panic", errPanic, 0, 1, true, "refused"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := newBot(t, nil, nil)
			logs := logged(b)
			var mu sync.Mutex
			var delivered []string
			queue(t, b, "telegram:1", 2)
			deliver(t, b, func(_ context.Context, d store.Delivery) (string, error) {
				first := d.Destination == "telegram:1" && d.Name == "0"
				if first && tt.err == errPanic {
					panic("canary-7391")
				}
				if first && tt.err != nil {
					return "", tt.err
				}
				mu.Lock()
				defer mu.Unlock()
				delivered = append(delivered, d.Name)
				return "1", nil
			})
			queue(t, b, "telegram:2", 1) // delivered whatever becomes of the other
			eventually(t, "the outcome", func() bool {
				s := stats(t, b)
				mu.Lock()
				defer mu.Unlock()
				return s.Waiting == tt.waiting && s.Aside == tt.dead && len(delivered) == 1+2-tt.waiting-tt.dead &&
					strings.Contains(logs.String(), tt.logs)
			})
			if strings.Contains(logs.String(), "canary") {
				t.Errorf("logged %s", logs)
			}
		})
	}
}

var errPanic = errors.New("panic instead")

func TestUncertainIsTriedAgain(t *testing.T) {
	t.Parallel()
	b := newBot(t, nil, nil)
	queue(t, b, "telegram:1", 1)
	var mu sync.Mutex
	var attempts []int
	deliver(t, b, func(_ context.Context, d store.Delivery) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		attempts = append(attempts, d.Attempt)
		if d.Attempt == 0 {
			return "", errors.New("something else")
		}
		return "1", nil
	})
	eventually(t, "delivered", func() bool { return stats(t, b).Waiting == 0 })
	mu.Lock()
	defer mu.Unlock()
	if !slices.Equal(attempts, []int{0, 1}) {
		t.Errorf("attempts %v", attempts)
	}
}

func TestBackoffGrowsToALimit(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		attempt int
		most    time.Duration
	}{{0, time.Second}, {3, 8 * time.Second}, {9, 5 * time.Minute}, {1000, 5 * time.Minute}} {
		longest := time.Duration(0)
		for range 200 {
			longest = max(longest, backoff(tt.attempt))
		}
		if longest > tt.most+time.Millisecond || longest < tt.most/2 {
			t.Errorf("after %d attempts up to %v, want up to %v", tt.attempt, longest, tt.most)
		}
	}
}

func TestAPlatformLeftOutIsWaitedFor(t *testing.T) {
	t.Parallel()
	b := newBot(t, nil, nil)
	logs := logged(b)
	queue(t, b, "elsewhere:1", 1)
	deliver(t, b, func(context.Context, store.Delivery) (string, error) { return "1", nil })
	eventually(t, "it is logged", func() bool { return strings.Contains(logs.String(), "broken") })
	if s := stats(t, b); s.Waiting != 1 || s.Aside != 0 {
		t.Errorf("waiting %d, dead %d", s.Waiting, s.Aside)
	}
}

func TestOneThatHangsDelaysNoOther(t *testing.T) {
	t.Parallel()
	b := newBot(t, nil, nil)
	for i := range workers - 1 {
		queue(t, b, fmt.Sprint("slack:hangs", i), 1)
	}
	release := make(chan struct{})
	reached := make(chan struct{})
	stop := deliver(t, b, func(_ context.Context, d store.Delivery) (string, error) {
		if d.Destination == "telegram:1" {
			close(reached)
			return "1", nil
		}
		<-release
		return "1", nil
	})
	queue(t, b, "telegram:1", 1)
	select {
	case <-reached:
	case <-time.After(5 * time.Second):
		t.Error("it waited for those that hang")
	}
	close(release)
	stop()
}

func TestDeliverFinishesTheCallInHand(t *testing.T) {
	t.Parallel()
	b := newBot(t, nil, nil)
	queue(t, b, "telegram:1", 2)
	began, release := make(chan struct{}), make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- b.Deliver(ctx, map[string]Messenger{"telegram": messengerFunc(func(ctx context.Context, d store.Delivery) (string, error) {
			close(began)
			<-release
			return "1", ctx.Err()
		})})
	}()
	<-began
	cancel()
	select {
	case <-ended:
		t.Fatal("it did not finish the call")
	case <-time.After(20 * time.Millisecond):
	}
	close(release)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if got := stats(t, b).Waiting; got != 1 {
		t.Errorf("%d are waiting, want the second one only", got)
	}
}

func TestGoneTellsTheClinicians(t *testing.T) {
	t.Parallel()
	b := newBot(t, nil, func(r dialog.Referral, d dialog.Deed, f dialog.Facts) (dialog.Referral, dialog.Outcome, error) {
		r.Unreachable = d.Action == dialog.ActUnreachable
		return r, dialog.Outcome{}, nil
	})
	sentReferral(t, b, "R1")
	queue(t, b, destination(someone), 2)
	cards := make(chan string, 4)
	deliver(t, b, func(_ context.Context, d store.Delivery) (string, error) {
		if d.Destination == destination(someone) {
			return "", ErrGone
		}
		cards <- d.Kind + " " + d.Edits
		return "1", nil
	})
	if got := <-cards; got != "card R1" {
		t.Errorf("the triage channel got %q", got)
	}
	eventually(t, "both are set aside", func() bool { s := stats(t, b); return s.Aside == 2 && s.Waiting == 0 })
	if r, _ := b.Store.Referral(t.Context(), "R1"); !r.Unreachable || r.Version != 2 {
		t.Errorf("unreachable %v at version %d, want it noted once", r.Unreachable, r.Version)
	}
}

// TestEndingIsNotPutOff: with the platform hanging, a turn's messages end with the one in hand.
func TestEndingIsNotPutOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := &Bot{}
		b.crew.open()
		if !b.crew.join() || b.crew.late() {
			t.Fatal("there is no place, or it is late before the end")
		}
		closed := make(chan struct{})
		go func() { b.crew.close(); close(closed) }()
		synctest.Wait()
		if b.crew.join() || b.crew.late() {
			t.Error("somebody joins at the end, or what is in hand may not be finished")
		}
		time.Sleep(finishWithin + time.Second)
		if !b.crew.late() {
			t.Error("it goes on for ever")
		}
		b.crew.leave()
		<-closed
	})
}
