package storetest

import (
	"context"
	"errors"
	"time"

	"referralbot/store"
)

func leasedOnce(f *fixture) {
	f.queue("slack:C1", "a", "b")
	d := f.take(ages)
	f.idle()
	f.must(f.Start(f.ctx(), d))
	f.idle()
	f.queue("slack:C1", "c")
	f.idle()
}

func leaseRunsOut(f *fixture) {
	f.queue("slack:C1", "a", "b")
	start := time.Now()
	lost := f.take(brief)
	taken := f.takeSoon(ages)
	if held := time.Since(start); held < brief-time.Millisecond {
		f.Errorf("taken again after %v, leased for %v", held, brief)
	}
	f.same("taken again", "a", taken.ID)
	if taken.Fence <= lost.Fence {
		f.Errorf("fence %d after %d, want a higher one", taken.Fence, lost.Fence)
	}
}

// begin takes and starts the next delivery. Where the machine is so slow that the lease
// is over by then, nothing was begun and it takes it again.
func (f *fixture) begin(lease time.Duration) store.Delivery {
	f.Helper()
	for {
		d := f.takeSoon(lease)
		if err := f.Start(f.ctx(), d); !errors.Is(err, store.ErrLeaseLost) {
			f.must(err)
			return d
		}
	}
}

// leaseLost makes every call that a lease is needed for, after each way of losing it.
func leaseLost(f *fixture) {
	calls := map[string]func(s store.Store, d store.Delivery) error{
		"Start": func(s store.Store, d store.Delivery) error { return s.Start(context.Background(), d) },
		"Done":  func(s store.Store, d store.Delivery) error { return s.Done(context.Background(), d, "late") },
		"Retry": func(s store.Store, d store.Delivery) error { return s.Retry(context.Background(), d, ages, "late") },
		"Dead":  func(s store.Store, d store.Delivery) error { return s.Dead(context.Background(), d, "late") },
	}
	ways := map[string]func(f *fixture, d store.Delivery) (next string){
		"Done":  func(f *fixture, d store.Delivery) string { f.must(f.Done(f.ctx(), d, "m1")); return "b" },
		"Retry": func(f *fixture, d store.Delivery) string { f.must(f.Retry(f.ctx(), d, 0, "later")); return "a" },
		"Dead":  func(f *fixture, d store.Delivery) string { f.must(f.Dead(f.ctx(), d, "refused")); return "b" },
	}
	for call, late := range calls {
		f.part(call+" after the lease was taken by another", func(f *fixture) {
			f.queue("slack:C1", "a", "b")
			lost := f.take(brief)
			holder := f.takeSoon(ages)
			f.want(store.ErrLeaseLost, late(f.Store, lost))
			f.idle() // the other's lease stands
			f.send(holder, "")
			f.same("the rest", map[string][]string{"slack:C1": {"b"}}, f.drain())
		})
		for way, lose := range ways {
			f.part(call+" after "+way, func(f *fixture) {
				f.queue("slack:C1", "a", "b")
				d := f.take(ages)
				next := lose(f, d)
				f.want(store.ErrLeaseLost, late(f.Store, d))
				taken := f.takeSoon(ages)
				f.same("next", next, taken.ID)
				f.want(store.ErrLeaseLost, late(f.Store, d))
				f.must(f.Start(f.ctx(), taken))
			})
		}
	}
}

func lateStart(f *fixture) {
	f.queue("slack:C1", "a")
	f.queue("slack:C2", "b")
	start := time.Now()
	d := f.take(brief)
	time.Sleep(time.Until(start.Add(2 * brief))) // nobody may take it, so there is nothing to wait for but the time
	f.want(store.ErrLeaseLost, f.Start(f.ctx(), d))
	again := f.takeSoon(ages)
	for again.Destination != d.Destination {
		again = f.takeSoon(ages)
	}
	f.same("attempts begun", 0, again.Attempt)
}

func lateDone(f *fixture) {
	f.queue("slack:C1", "a", "b")
	start := time.Now()
	d := f.take(brief)
	time.Sleep(time.Until(start.Add(2 * brief)))
	f.must(f.Done(f.ctx(), d, "m1"))
	f.same("the rest", map[string][]string{"slack:C1": {"b"}}, f.drain())
}

func attempts(f *fixture) {
	f.queue("slack:C1", "a")
	d := f.take(ages)
	f.same("attempts", 0, d.Attempt)
	f.same("first", time.Time{}, d.First)
	f.must(f.Retry(f.ctx(), d, 0, "not begun"))

	d = f.takeSoon(ages)
	f.same("attempts when none was begun", 0, d.Attempt)
	before := time.Now().Truncate(time.Millisecond)
	f.must(f.Start(f.ctx(), d))
	after := time.Now()
	f.must(f.Retry(f.ctx(), d, 0, "uncertain"))

	d = f.takeSoon(ages)
	f.same("attempts after one", 1, d.Attempt)
	if d.First.Before(before) || d.First.After(after) || d.First.Location() != time.UTC {
		f.Errorf("first attempt at %v, want between %v and %v, in UTC", d.First, before, after)
	}
	f.must(f.Start(f.ctx(), d))
	first := d.First
	f.must(f.Retry(f.ctx(), d, 0, "uncertain"))

	d = f.takeSoon(ages)
	f.same("attempts after two", 2, d.Attempt)
	f.same("first stays", first, d.First)
}
