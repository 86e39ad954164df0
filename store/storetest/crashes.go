package storetest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"referralbot/store"
)

// work hands over deliveries until none waits: it calls the platform between call and over.
func work(s store.Store, call, over func(store.Delivery)) error {
	ctx := context.Background()
	for {
		waiting, err := s.Stats(ctx)
		if err != nil || waiting.Waiting == 0 {
			return err
		}
		d, found, err := s.Take(ctx, ages)
		if err == nil && !found {
			time.Sleep(time.Millisecond) // another worker has it, or a lease must run out
			continue
		}
		if err == nil {
			err = s.Start(ctx, d)
		}
		if err == nil {
			call(d)
			over(d)
			err = s.Done(ctx, d, d.ID)
		}
		if err != nil && !errors.Is(err, store.ErrLeaseLost) {
			return err
		}
	}
}

func reopened(f *fixture) {
	f.commit(f.everything(0, 0, "update 1"))
	f.commit(store.Change{At: f.past, Deliveries: []store.Delivery{{ID: "c", Destination: "slack:C2", Kind: "card", Name: ref}}})
	d := f.take(ages)
	for d.ID != "c" {
		d = f.take(ages)
	}
	f.send(d, "m1")
	f.reopen()

	f.same("conversation", *talk(1), f.conversation(chat()))
	f.same("referral", *family(1), f.referral(ref))
	f.same("timers", 2, len(f.due(noon(), 10)))
	f.want(store.ErrDuplicate, f.try(store.Change{Keys: []string{"update 1"}}))
	audit, err := f.Audit(f.ctx(), ref)
	f.must(err)
	f.same("audit entries", 2, len(audit))
	f.same("tallies", 1, len(f.tallies("2026-03-02", "2026-03-02")))
	id, err := f.Shown(f.ctx(), "slack:C2", ref)
	f.must(err)
	f.same("shown", "m1", id)
	got, err := f.Stats(f.ctx())
	f.must(err)
	f.same("waiting", 2, got.Waiting)
}

// crashes lets a worker vanish at each step of the first of two deliveries, alone or with
// its process, and then has another hand over what is left. Every call to the platform
// is noted, with the attempts that the store says came before it.
func crashes(f *fixture) {
	for _, crash := range []struct {
		when string
		do   func(f *fixture, call func(store.Delivery)) // what the worker still did
		want []string
	}{
		{"before Take", func(*fixture, func(store.Delivery)) {}, []string{"a after 0", "b after 0"}},
		{"after Take", func(f *fixture, _ func(store.Delivery)) {
			f.take(brief)
		}, []string{"a after 0", "b after 0"}},
		{"after Start", func(f *fixture, _ func(store.Delivery)) {
			f.begin(brief)
		}, []string{"a after 1", "b after 0"}},
		{"after the call", func(f *fixture, call func(store.Delivery)) {
			call(f.begin(brief))
		}, []string{"a after 0", "a after 1", "b after 0"}},
		{"after Done", func(f *fixture, call func(store.Delivery)) {
			d := f.begin(brief)
			call(d)
			f.must(f.Done(f.ctx(), d, "m1"))
		}, []string{"a after 0", "b after 0"}},
		{"after Retry", func(f *fixture, _ func(store.Delivery)) {
			f.must(f.Retry(f.ctx(), f.begin(brief), brief, "later"))
		}, []string{"a after 1", "b after 0"}},
	} {
		for _, who := range []struct {
			name string
			dies func(*fixture)
		}{{"worker", func(*fixture) {}}, {"process", (*fixture).reopen}} {
			f.part(who.name+" "+crash.when, func(f *fixture) {
				var calls []string
				call := func(d store.Delivery) {
					calls = append(calls, fmt.Sprintf("%s after %d", d.ID, d.Attempt))
					if (d.Attempt == 0) != d.First.IsZero() {
						f.Errorf("first attempt at %v after %d attempts", d.First, d.Attempt)
					}
				}
				f.queue("slack:C1", "a", "b")
				crash.do(f, call)
				who.dies(f)
				f.must(work(f.Store, call, func(store.Delivery) {}))
				f.same("calls", crash.want, calls)
			})
		}
	}
}
