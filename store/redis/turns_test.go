package redis

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"referralbot/dialog"
	"referralbot/store"
)

// TestManyAtOnceInOnePart: of one process many change one referral at once, and each has something
// written down of it and something said elsewhere. All of it is done, with as many trips to the
// server as one after another would make: nobody meets another's, or does another's work again.
func TestManyAtOnceInOnePart(t *testing.T) {
	t.Parallel()
	s, counted := benchStore(t)
	const people, trips = 100, 6 // the end of the chain, the commit, what waits to be brought, and to bring one and forget it
	view(t, s, inA)              // the scripts are loaded
	commit(t, s, card(talker(0), 0))
	counted.n.Store(0)
	var all sync.WaitGroup
	for n := range people {
		all.Go(func() {
			_, err := s.Commit(context.Background(), store.Change{
				Audit:      []dialog.Entry{{Ref: inA, Actor: fmt.Sprint("U", n), Action: "opened"}},
				Deliveries: []store.Delivery{{ID: fmt.Sprint(n), Destination: fmt.Sprint("slack:C1/U", n), Kind: "notice"}},
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := counted.n.Load(); n > people*trips {
		t.Errorf("%d trips for %d commits, want %d at the most", n, people, people*trips)
	}
	if entries, err := s.Audit(t.Context(), inA); err != nil || len(entries) != people+1 {
		t.Errorf("%d entries, %v; want %d", len(entries), err, people+1)
	}
	must(t, s.relayAll(t.Context()))
	if stats, err := s.Stats(t.Context()); err != nil || stats.Waiting != people+1 {
		t.Errorf("%d deliveries wait, %v; want %d", stats.Waiting, err, people+1)
	}
}
