package storetest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/store"
	"referralbot/store/seal"
)

const (
	ages  = time.Hour             // a lease or a wait that no test outlives
	brief = 40 * time.Millisecond // one that a test waits out
	crowd = 50                    // how many race
)

// fixture is one test and its store.
type fixture struct {
	*testing.T
	store.Store
	open  Open
	place string
	keys  *seal.Keys
	past  time.Time // a minute ago, when everything the test queues was due
}

func newFixture(t *testing.T, open Open) *fixture {
	f := &fixture{T: t, open: open, place: t.TempDir()}
	f.past = time.Now().UTC().Add(-time.Minute).Truncate(time.Second)
	keys, err := seal.New()
	f.must(err)
	f.keys = keys
	f.Store = open(t, f.place, f.keys)
	t.Cleanup(func() { f.must(f.Close()) })
	return f
}

// part runs fn as a subtest, on a store of its own.
func (f *fixture) part(name string, fn func(f *fixture)) {
	f.Run(name, func(t *testing.T) { fn(newFixture(t, f.open)) })
}

// reopen leaves the store to the next process.
func (f *fixture) reopen() {
	f.Helper()
	f.must(f.Close())
	f.Store = f.open(f.T, f.place, f.keys)
}

func (f *fixture) ctx() context.Context { return context.Background() }

func (f *fixture) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) want(want, got error) {
	f.Helper()
	if !errors.Is(got, want) {
		f.Fatalf("got error %v, want %v", got, want)
	}
}

func (f *fixture) same(what string, want, got any) {
	f.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		f.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

// placed says whose turn c is, where it does not say so: that of whom it names first, or
// else of the person of talk and family.
func placed(c store.Change) store.Change {
	switch {
	case c.Chat != dialog.Chat{}, c.Roster != nil:
		return c
	case c.Conversation != nil:
		c.Chat = c.Conversation.Chat
	case c.Referral != nil:
		c.Chat = c.Referral.Chat
	case len(c.Timers) > 0:
		c.Chat = c.Timers[0].Chat
	case len(c.Fired) > 0:
		c.Chat = c.Fired[0].Chat
	}
	if c.Chat == (dialog.Chat{}) {
		c.Chat = chat()
	}
	return c
}

// try commits c, and leases nothing.
func (f *fixture) try(c store.Change) error {
	leased, err := f.Commit(f.ctx(), placed(c))
	f.same("leased unasked", 0, len(leased))
	return err
}

func (f *fixture) commit(c store.Change) {
	f.Helper()
	f.must(f.try(c))
}

func (f *fixture) conversation(chat dialog.Chat) dialog.Conversation {
	f.Helper()
	c, err := f.Conversation(f.ctx(), chat)
	f.must(err)
	return c
}

func (f *fixture) referral(ref string) dialog.Referral {
	f.Helper()
	r, err := f.Referral(f.ctx(), ref)
	f.must(err)
	return r
}

func (f *fixture) due(now time.Time, n int) []store.Timer {
	f.Helper()
	due, err := f.Due(f.ctx(), now, n)
	f.must(err)
	return append([]store.Timer(nil), due...) // none is nil, whatever the backend says
}

// queue commits a plain delivery for each id, one change after another.
func (f *fixture) queue(destination string, ids ...string) {
	f.Helper()
	for _, id := range ids {
		f.commit(store.Change{At: f.past, Deliveries: []store.Delivery{message(destination, id)}})
	}
}

// take takes the delivery that must be due.
func (f *fixture) take(lease time.Duration) store.Delivery {
	f.Helper()
	d, found, err := f.Take(f.ctx(), lease)
	f.must(err)
	if !found {
		f.Fatal("Take found nothing due")
	}
	return d
}

// takeSoon takes the next delivery as soon as it is due.
func (f *fixture) takeSoon(lease time.Duration) store.Delivery {
	f.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if d, found, err := f.Take(f.ctx(), lease); err != nil || found {
			f.must(err)
			return d
		}
	}
	f.Fatal("nothing has become due")
	return store.Delivery{}
}

// idle sees that nothing is due.
func (f *fixture) idle() {
	f.Helper()
	d, found, err := f.Take(f.ctx(), ages)
	f.must(err)
	if found {
		f.Fatalf("Take found %v, want nothing", d)
	}
}

// send hands over d, and has the platform call it external.
func (f *fixture) send(d store.Delivery, external string) {
	f.Helper()
	f.must(f.Start(f.ctx(), d))
	f.must(f.Done(f.ctx(), d, external))
}

// race has a crowd do the same at once, and sees that one of them succeeds and all the
// others get want.
func (f *fixture) race(want error, do func(i int) error) {
	f.Helper()
	errs := make([]error, crowd)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { errs[i] = do(i) })
	}
	all.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if !errors.Is(err, want) {
			f.Errorf("a loser got %v, want %v", err, want)
		}
	}
	if won != 1 {
		f.Fatalf("%d of %d won, want one", won, crowd)
	}
}
