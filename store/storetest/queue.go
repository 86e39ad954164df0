package storetest

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"referralbot/store"
)

func deliveryTaken(f *fixture) {
	f.idle()
	want := store.Delivery{
		ID: "d1", Destination: "telegram:1001", Kind: "reply", Name: "7K3QF2", Edits: "A1B2C3",
		Body: json.RawMessage(`{"text":"<b>“good”</b> & so on\n","choices":[{"code":"yes"}],"n":1.50}`),
	}
	filled := want
	filled.Fence, filled.Attempt, filled.First, filled.Target = 99, 98, noon(), "not read"
	bare := store.Delivery{ID: "d2", Destination: "slack:C1", Kind: "retire"}
	f.commit(store.Change{At: f.past, Deliveries: []store.Delivery{filled}})
	f.commit(store.Change{At: f.past.Add(time.Second), Deliveries: []store.Delivery{bare}})
	want.At, bare.At = f.past, f.past.Add(time.Second)
	for _, want := range []store.Delivery{want, bare} {
		got := f.take(ages)
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(store.Delivery{}, "Fence"), cmp.Transformer("value", value)); diff != "" {
			f.Errorf("taken (-want +got):\n%s", diff)
		}
	}
	f.idle()
}

// value is what a body says. How it is spaced and escaped is the backend's affair.
func value(body json.RawMessage) (v any) {
	if len(body) > 0 && json.Unmarshal(body, &v) != nil {
		return "not JSON"
	}
	return v
}

func inOrder(f *fixture) {
	f.queue("slack:C1", "a", "b")
	f.commit(store.Change{At: f.past, Deliveries: []store.Delivery{
		message("slack:C1", "c"), message("slack:C2", "1"), message("slack:C1", "d"), message("slack:C2", "2"),
	}})
	earlier := f.past.Add(-time.Hour) // a clock put back does not let it overtake
	f.commit(store.Change{At: earlier, Deliveries: []store.Delivery{message("slack:C1", "e")}})
	f.queue("slack:C2", "3")
	f.same("order", map[string][]string{"slack:C1": {"a", "b", "c", "d", "e"}, "slack:C2": {"1", "2", "3"}}, f.drain())

	f.queue("slack:C1", "f", "g")
	f.same("order when filled again", map[string][]string{"slack:C1": {"f", "g"}}, f.drain())
}

// drain hands over all that is due and returns the ids by destination.
func (f *fixture) drain() map[string][]string {
	f.Helper()
	order := map[string][]string{}
	for {
		d, found, err := f.Take(f.ctx(), ages)
		f.must(err)
		if !found {
			return order
		}
		f.send(d, "")
		order[d.Destination] = append(order[d.Destination], d.ID)
	}
}

func longestDueFirst(f *fixture) {
	for _, q := range []struct {
		destination string
		after       time.Duration
	}{{"slack:C3", 3 * time.Second}, {"slack:C1", time.Second}, {"slack:C4", 4 * time.Second}, {"slack:C2", 2 * time.Second}} {
		f.commit(store.Change{At: f.past.Add(q.after), Deliveries: []store.Delivery{message(q.destination, "a")}})
	}
	for _, want := range []string{"slack:C1", "slack:C2", "slack:C3", "slack:C4"} {
		f.same("destination", want, f.take(ages).Destination)
	}
}

func notYetDue(f *fixture) {
	f.commit(store.Change{At: time.Now().Add(ages), Deliveries: []store.Delivery{message("slack:C1", "a")}})
	f.idle()
	at := time.Now().Add(brief)
	f.commit(store.Change{At: at, Deliveries: []store.Delivery{message("slack:C2", "b")}})
	f.same("taken", "b", f.takeSoon(ages).ID)
	if early := time.Until(at.Truncate(time.Millisecond)); early > 0 {
		f.Errorf("taken %v before it was due", early)
	}
}

func blockedDelaysNone(f *fixture) {
	f.queue("slack:C1", "a", "b")
	f.must(f.Retry(f.ctx(), f.take(ages), ages, "later"))
	f.queue("slack:C2", "c", "d")
	f.take(ages)
	f.queue("slack:C3", "e", "f")
	f.same("handed over", map[string][]string{"slack:C3": {"e", "f"}}, f.drain())
}

func retryWaits(f *fixture) {
	f.queue("slack:C1", "a", "b")
	d := f.take(ages)
	f.must(f.Start(f.ctx(), d))
	start := time.Now()
	f.must(f.Retry(f.ctx(), d, brief, "later"))
	again := f.takeSoon(ages)
	if waited := time.Since(start); waited < brief-time.Millisecond {
		f.Errorf("due again after %v, want %v", waited, brief)
	}
	f.same("taken again", "a", again.ID)
	f.same("attempts begun", 1, again.Attempt)
	if again.Fence <= d.Fence {
		f.Errorf("fence %d after %d, want a higher one", again.Fence, d.Fence)
	}
	f.send(again, "")
	f.same("the rest", map[string][]string{"slack:C1": {"b"}}, f.drain())
}

func deadSetAside(f *fixture) {
	f.queue("slack:C1", "a", "b", "c")
	f.send(f.take(ages), "")
	d := f.take(ages)
	f.must(f.Start(f.ctx(), d))
	f.must(f.Dead(f.ctx(), d, "refused"))
	f.same("the rest", map[string][]string{"slack:C1": {"c"}}, f.drain())
	got, err := f.Stats(f.ctx())
	f.must(err)
	f.same("dead", 1, got.Aside)
	f.same("waiting", 0, got.Waiting)
}

// workers hands over many deliveries by several workers at once, and sees that each
// destination had one call at a time, in order.
func workers(f *fixture) {
	const destinations, each = 10, 10
	for n := range each {
		var c store.Change
		for i := range destinations {
			c.Deliveries = append(c.Deliveries, message(fmt.Sprint("slack:C", i), fmt.Sprint(n)))
		}
		f.commit(c)
	}
	var mu sync.Mutex
	calling, calls := map[string]bool{}, map[string][]string{}
	call := func(d store.Delivery) {
		mu.Lock()
		defer mu.Unlock()
		if calling[d.Destination] {
			f.Errorf("two calls at once to %s", d.Destination)
		}
		calling[d.Destination] = true
		calls[d.Destination] = append(calls[d.Destination], d.ID)
	}
	over := func(d store.Delivery) {
		mu.Lock()
		defer mu.Unlock()
		calling[d.Destination] = false
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := work(f.Store, call, over); err != nil {
				f.Error(err)
			}
		})
	}
	all.Wait()
	for destination, got := range calls {
		f.same(destination, each, len(got))
		f.same(destination+" in order", true, slices.IsSorted(got))
	}
	f.same("destinations", destinations, len(calls))
}

func queueCounted(f *fixture) {
	count := func(destination string, waiting, attempts int) {
		f.Helper()
		q, err := f.Queue(f.ctx(), destination)
		f.must(err)
		if old := q.Oldest > 50*time.Second && q.Oldest < time.Hour; q.Waiting != waiting || q.Attempts != attempts || old != (waiting > 0) {
			f.Fatalf("at %s: %+v, want %d that wait and %d attempts", destination, q, waiting, attempts)
		}
	}
	count(here, 0, 0)
	f.queue(here, "a", "b")
	f.queue(elsewhere, "c")
	count(here, 2, 0)
	d := f.take(ages)
	for d.Destination != here {
		d = f.take(ages)
	}
	f.must(f.Start(f.ctx(), d))
	f.must(f.Retry(f.ctx(), d, ages, "later"))
	count(here, 2, 1)
	count(elsewhere, 1, 0)
}
