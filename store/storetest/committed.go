package storetest

import (
	"fmt"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"referralbot/store"
)

// hand commits deliveries of each id to the person's own destination, for a lease, and
// returns those that are leased. A backend may not be able to lease what is elsewhere.
func (f *fixture) hand(lease time.Duration, ids ...string) []store.Delivery {
	f.Helper()
	c := store.Change{At: f.past, Lease: lease}
	for _, id := range ids {
		c.Deliveries = append(c.Deliveries, message(here, id))
	}
	return f.lease(c)
}

func (f *fixture) lease(c store.Change) []store.Delivery {
	f.Helper()
	leased, err := f.Commit(f.ctx(), placed(c))
	f.must(err)
	return leased
}

// three hands over three deliveries, which must all be leased.
func (f *fixture) three(lease time.Duration) (a, b, c store.Delivery) {
	f.Helper()
	leased := f.hand(lease, "a", "b", "c")
	f.same("leased", []string{"a", "b", "c"}, idsOf(leased))
	return leased[0], leased[1], leased[2]
}

func idsOf(deliveries []store.Delivery) (ids []string) {
	for _, d := range deliveries {
		ids = append(ids, d.ID)
	}
	return ids
}

func committedLeased(f *fixture) {
	a := message(here, "a")
	a.Name, a.Fence, a.Attempt, a.First, a.Target, a.Kept = "7K3QF2", 99, 98, noon(), "not read", true
	c := f.everything(0, 0, "update 1")
	c.Deliveries = []store.Delivery{a, message("slack:C1", "x"), message(here, "b"), message("slack:C1", "y")}
	c.Lease = ages
	got := map[string][]store.Delivery{}
	for _, d := range f.lease(c) {
		got[d.Destination] = append(got[d.Destination], d)
	}
	want := []store.Delivery{message(here, "a"), message(here, "b")}
	want[0].Name, want[0].Kept = "7K3QF2", true
	want[0].At, want[1].At = f.past, f.past
	if diff := cmp.Diff(want, got[here], cmpopts.IgnoreFields(store.Delivery{}, "Fence"), cmp.Transformer("value", value)); diff != "" {
		f.Fatalf("leased (-want +got):\n%s", diff)
	}
	f.same("conversation", *talk(1), f.conversation(chat()))

	if got["slack:C1"] == nil { // it is left to Take
		f.send(f.take(ages), "")
		f.send(f.take(ages), "")
	} else {
		f.same("leased elsewhere", []string{"x", "y"}, idsOf(got["slack:C1"]))
	}
	f.idle()
	f.queue(here, "c")
	f.idle()
	f.must(f.Done(f.ctx(), got[here][0], "m1"))
	f.idle()
	f.must(f.Done(f.ctx(), got[here][1], "m2"))
	shown, err := f.Shown(f.ctx(), here, "7K3QF2")
	f.must(err)
	f.same("shown", "m1", shown)
	f.same("what came later", []string{"c"}, f.drain()[here])
}

func committedBusy(f *fixture) {
	for _, busy := range []struct {
		with string
		by   func(f *fixture)
		want []string // what is there to be handed over afterwards
	}{
		{"something that waits", func(f *fixture) { f.queue(here, "z") }, []string{"z", "a", "b"}},
		{"something that is not yet due", func(f *fixture) {
			f.commit(store.Change{At: time.Now().Add(ages), Deliveries: []store.Delivery{message(here, "z")}})
		}, nil},
		{"a delivery on its way", func(f *fixture) { f.queue(here, "z"); f.take(ages) }, nil},
		{"a delivery that waits to be tried again", func(f *fixture) {
			f.queue(here, "z")
			f.must(f.Retry(f.ctx(), f.take(ages), ages, "later"))
		}, nil},
		{"what another commit has leased", func(f *fixture) { f.hand(ages, "z") }, nil},
	} {
		f.part(busy.with, func(f *fixture) {
			busy.by(f)
			f.same("leased", []string(nil), idsOf(f.hand(ages, "a", "b")))
			f.same("handed over", busy.want, f.drain()[here])
		})
	}
}

// committedRefused leases nothing where nothing is to be leased.
func committedRefused(f *fixture) {
	f.commit(store.Change{Keys: []string{"update 1"}})
	refused := store.Change{Keys: []string{"update 1"}, At: f.past, Lease: ages, Deliveries: []store.Delivery{message(here, "a")}}
	leased, err := f.Commit(f.ctx(), placed(refused))
	f.want(store.ErrDuplicate, err)
	f.same("leased by a refused change", 0, len(leased))
	f.same("leased without being asked", 0, len(f.hand(0, "b")))
	f.send(f.take(ages), "")
	at := time.Now().Add(ages)
	f.same("leased before it is due", 0, len(f.lease(store.Change{At: at, Lease: ages, Deliveries: []store.Delivery{message(here, "c")}})))
	f.idle()
}

func committedRace(f *fixture) {
	leases := make(chan int, crowd)
	for i := range crowd {
		go func() {
			c := store.Change{At: f.past, Lease: ages, Deliveries: []store.Delivery{message(here, fmt.Sprint(i))}}
			leased, err := f.Commit(f.ctx(), placed(c))
			if err != nil {
				f.Error(err)
			}
			leases <- len(leased)
		}()
	}
	total := 0
	for range crowd {
		total += <-leases
	}
	f.same("leased", 1, total)
	f.idle()
}

// keptLost ends a lease in the middle in each way there is.
func keptLost(f *fixture) {
	f.part("Retry", func(f *fixture) {
		a, b, c := f.three(ages)
		f.must(f.Done(f.ctx(), a, "m1"))
		f.must(f.Retry(f.ctx(), b, 0, "later"))
		for _, d := range []store.Delivery{a, b, c} {
			f.want(store.ErrLeaseLost, f.Done(f.ctx(), d, "late"))
		}
		for _, want := range []string{"b after 1", "c after 0"} {
			d := f.takeSoon(ages)
			f.same("left", want, fmt.Sprintf("%s after %d", d.ID, d.Attempt))
			f.want(store.ErrLeaseLost, f.Done(f.ctx(), c, "late"))
			f.send(d, "")
		}
		f.idle()
	})
	f.part("Erase", func(f *fixture) {
		a, b, _ := f.three(ages)
		f.must(f.Done(f.ctx(), a, "m1"))
		f.must(f.Erase(f.ctx(), store.Erasure{Destination: here}))
		f.want(store.ErrLeaseLost, f.Done(f.ctx(), b, "m2"))
		f.idle()
	})
	f.part("Retry of the first", func(f *fixture) {
		a, b, c := f.three(ages)
		f.must(f.Retry(f.ctx(), a, ages, "later"))
		for _, d := range []store.Delivery{a, b, c} {
			f.want(store.ErrLeaseLost, f.Done(f.ctx(), d, "late"))
		}
		f.idle()
	})
}

// keptDead has the middle one set aside: the lease goes on to the next, which is begun.
func keptDead(f *fixture) {
	a, b, c := f.three(ages)
	f.must(f.Done(f.ctx(), a, "m1"))
	f.must(f.Dead(f.ctx(), b, "refused"))
	f.want(store.ErrLeaseLost, f.Dead(f.ctx(), b, "late"))
	f.idle()
	f.same("set aside", []string{"b"}, f.asides(10))
	f.must(f.Retry(f.ctx(), c, 0, "later"))
	d := f.takeSoon(ages)
	f.same("left", "c after 1", fmt.Sprintf("%s after %d", d.ID, d.Attempt))
	f.send(d, "")
	f.idle()
}

// keptTurns calls for each delivery before and after its turn.
func keptTurns(f *fixture) {
	a, b, c := f.three(ages)
	for _, early := range []store.Delivery{b, c} {
		f.want(store.ErrLeaseLost, f.Done(f.ctx(), early, "early"))
		f.want(store.ErrLeaseLost, f.Retry(f.ctx(), early, 0, "early"))
	}
	f.must(f.Done(f.ctx(), a, "m1"))
	f.want(store.ErrLeaseLost, f.Done(f.ctx(), a, "m1"))
	f.want(store.ErrLeaseLost, f.Dead(f.ctx(), a, "late"))
	f.must(f.Done(f.ctx(), b, "m2"))
	f.must(f.Retry(f.ctx(), c, 0, "later"))
	d := f.takeSoon(ages)
	f.same("tried again", "c", d.ID)
	f.same("attempts", 1, d.Attempt)
	f.send(d, "")
	f.same("leased once all are done", []string{"d"}, idsOf(f.hand(ages, "d")))
}

func committedLapses(f *fixture) {
	for _, who := range []struct {
		name string
		dies func(*fixture)
	}{{"worker", func(*fixture) {}}, {"process", (*fixture).reopen}} {
		f.part(who.name, func(f *fixture) {
			a, b, c := f.three(brief)
			who.dies(f)
			taken := f.takeSoon(ages)
			f.same("taken", "a", taken.ID)
			f.same("attempts", 1, taken.Attempt)
			f.same("first attempt is known", false, taken.First.IsZero())
			if taken.Fence <= c.Fence {
				f.Errorf("fence %d after %d, want a higher one", taken.Fence, c.Fence)
			}
			for _, d := range []store.Delivery{a, b, c} {
				f.want(store.ErrLeaseLost, f.Done(f.ctx(), d, "late"))
			}
			f.send(taken, "")
			d := f.takeSoon(ages)
			f.same("next", "b", d.ID)
			f.same("attempts of the next", 0, d.Attempt)
		})
	}
}

func keptLapses(f *fixture) {
	start := time.Now()
	a, b, _ := f.three(brief)
	time.Sleep(time.Until(start.Add(2 * brief))) // nobody may take it, so there is nothing to wait for but the time
	f.must(f.Done(f.ctx(), a, "m1"))
	d := f.take(ages)
	f.same("taken", "b", d.ID)
	f.same("attempts", 0, d.Attempt)
	f.want(store.ErrLeaseLost, f.Done(f.ctx(), b, "late"))
	f.send(d, "")
}

// committedFilled sees that each delivery finds its message, though the message may be
// that of a delivery just before it.
func committedFilled(f *fixture) {
	f.send(f.named(here, "old", ""), "m0")
	edit := func(id, name, edits string) store.Delivery {
		d := message(here, id)
		d.Name, d.Edits = name, edits
		return d
	}
	clear := message(here, "clear")
	clear.Clears = true
	leased := f.lease(store.Change{At: f.past, Lease: ages, Deliveries: []store.Delivery{
		edit("retire", "", "old"), edit("card", "card", ""), edit("redraw", "", "card"), edit("again", "", "card"), clear,
	}})
	targets := map[string]string{}
	see := func(d store.Delivery) {
		targets[d.ID] = d.Target
		if d.Clears {
			f.same("messages", []string{"m1", "m0"}, d.Messages)
		}
		external := d.Target
		if d.ID == "card" {
			external = "m1"
		}
		f.must(f.Done(f.ctx(), d, external))
	}
	for _, d := range leased {
		see(d)
	}
	for range 5 - len(leased) {
		see(f.takeSoon(ages))
	}
	f.same("targets", map[string]string{"retire": "m0", "card": "", "redraw": "m1", "again": "m1", "clear": ""}, targets)
	f.idle()
}
