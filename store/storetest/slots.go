package storetest

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// slotAt is the slot of half an hour that begins so many minutes after noon of a day to come.
func slotAt(f *fixture, minutes, lane int) rules.Slot {
	from := f.past.Add(24*time.Hour + time.Duration(minutes)*time.Minute)
	return rules.Slot{Span: rules.Span{From: from, To: from.Add(30 * time.Minute)}, Lane: lane}
}

// hold and book take a slot for a reference.
func (f *fixture) hold(ref string, s rules.Slot, last time.Duration) error {
	return f.try(store.Change{At: f.past, Take: &rules.Taken{Slot: s, Holder: ref, With: "U1", Until: f.past.Add(last)}})
}

func (f *fixture) book(ref string, s rules.Slot) error {
	return f.try(store.Change{At: f.past, Take: &rules.Taken{Slot: s, Holder: ref, With: "U1"}})
}

// taken lists what is taken at a time: from when, in which lane, by whom, and how.
func (f *fixture) taken(now time.Time) []string {
	f.Helper()
	all, err := f.Taken(f.ctx(), now)
	f.must(err)
	var out []string
	for _, t := range all {
		how := "booked"
		if !t.Until.IsZero() {
			how = "held until " + fmt.Sprint(t.Until.Sub(f.past))
		}
		out = append(out, fmt.Sprintf("%v lane %d %s %s %s", t.From.Sub(f.past)-24*time.Hour, t.Lane, t.Holder, t.With, how))
	}
	return out
}

func slotsKept(f *fixture) {
	f.same("nothing", 0, len(f.taken(f.past)))
	f.must(f.book("R2", slotAt(f, 60, 0)))
	f.must(f.hold("R1", slotAt(f, 0, 0), 10*time.Minute))
	want := []string{"0s lane 0 R1 U1 held until 10m0s", "1h0m0s lane 0 R2 U1 booked"}
	f.same("taken", want, f.taken(f.past))
	f.reopen()
	f.same("taken, to the next process", want, f.taken(f.past))
	f.same("once the hold has lapsed", want[1:], f.taken(f.past.Add(10*time.Minute)))

	f.must(f.hold("R1", slotAt(f, 30, 0), 10*time.Minute))
	f.same("another instead", []string{"30m0s lane 0 R1 U1 held until 10m0s", want[1]}, f.taken(f.past))
	f.must(f.book("R1", slotAt(f, 30, 0)))
	f.same("booked", []string{"30m0s lane 0 R1 U1 booked", want[1]}, f.taken(f.past))
	f.must(f.book("R1", slotAt(f, 30, 0)))
	f.same("booked again", []string{"30m0s lane 0 R1 U1 booked", want[1]}, f.taken(f.past))

	f.must(f.hold("R1", slotAt(f, 90, 0), 10*time.Minute))
	f.same("both, while it is being changed", []string{"30m0s lane 0 R1 U1 booked", want[1], "1h30m0s lane 0 R1 U1 held until 10m0s"}, f.taken(f.past))
	f.must(f.book("R1", slotAt(f, 90, 0)))
	f.same("changed", []string{want[1], "1h30m0s lane 0 R1 U1 booked"}, f.taken(f.past))

	f.commit(store.Change{At: f.past, GiveUp: "R1"})
	f.same("given up", want[1:], f.taken(f.past))
	f.must(f.Erase(f.ctx(), store.Erasure{Ref: "R2"}))
	f.same("erased", 0, len(f.taken(f.past)))
}

func slotTaken(f *fixture) {
	f.must(f.book("R1", slotAt(f, 0, 0)))
	f.must(f.hold("R2", slotAt(f, 60, 0), 10*time.Minute))
	for _, s := range []struct {
		minutes, lane int
		want          error
	}{
		{0, 0, store.ErrSlotTaken}, {29, 0, store.ErrSlotTaken}, {-29, 0, store.ErrSlotTaken}, {60, 0, store.ErrSlotTaken}, {89, 0, store.ErrSlotTaken},
		{0, 1, nil}, {30, 0, nil}, {-30, 0, nil},
	} {
		f.want(s.want, f.hold("R3", slotAt(f, s.minutes, s.lane), time.Hour))
		f.want(s.want, f.book("R3", slotAt(f, s.minutes, s.lane)))
	}
	f.must(f.hold("R2", slotAt(f, 60, 0), 20*time.Minute)) // one's own is in nobody's way but others'
	f.must(f.book("R1", slotAt(f, 15, 0)))
}

// slotWhole sees that a change whose slot is another's changes nothing, and that one which is
// not made books nothing.
func slotWhole(f *fixture) {
	f.must(f.book("R1", slotAt(f, 0, 0)))
	c := f.everything(0, 0, "update 1")
	c.Take = &rules.Taken{Slot: slotAt(f, 0, 0), Holder: ref}
	f.want(store.ErrSlotTaken, f.try(c))
	f.same("conversation", int64(0), f.conversation(chat()).Version)
	f.idle()

	c.Take.Slot = slotAt(f, 30, 0)
	f.commit(c)
	f.same("booked", []string{"0s lane 0 R1 U1 booked", "30m0s lane 0 " + ref + "  booked"}, f.taken(f.past))
	c.Take = &rules.Taken{Slot: slotAt(f, 60, 0), Holder: ref}
	f.want(store.ErrDuplicate, f.try(c))
	c.Keys = []string{"update 2"}
	f.want(store.ErrConflict, f.try(c))
	c.Take, c.GiveUp = nil, ref
	f.want(store.ErrConflict, f.try(c))
	all, err := f.Taken(f.ctx(), f.past)
	f.must(err)
	booked := slices.DeleteFunc(all, func(t rules.Taken) bool { return t.Holder != ref || t.From != slotAt(f, 30, 0).From })
	f.same("still booked", 1, len(booked))
}

// slotRace has a crowd book the same slot at once.
func slotRace(f *fixture) {
	f.race(store.ErrSlotTaken, func(i int) error { return f.book(fmt.Sprintf("R%02d-%d", i, i), slotAt(f, 0, 0)) })
	f.same("taken", 1, len(f.taken(f.past)))
}

// slotsRace has a crowd hold, book and change slots that overlap, and sees at the end that none
// does.
func slotsRace(f *fixture) {
	var all sync.WaitGroup
	for i := range crowd {
		all.Go(func() {
			who := fmt.Sprintf("R%02d-%d", i, i)
			for n := range 4 {
				s := slotAt(f, (i*7+n*35)%120, 0)
				if err := f.hold(who, s, time.Hour); err != nil && !errors.Is(err, store.ErrSlotTaken) {
					f.Error(err)
				}
				if err := f.book(who, s); err != nil && !errors.Is(err, store.ErrSlotTaken) {
					f.Error(err)
				}
			}
		})
	}
	all.Wait()
	booked, err := f.Taken(f.ctx(), f.past)
	f.must(err)
	booked = slices.DeleteFunc(booked, func(t rules.Taken) bool { return !t.Until.IsZero() })
	for i, a := range booked {
		for _, b := range booked[i+1:] {
			if a.Overlaps(b.Span) || a.Holder == b.Holder {
				f.Errorf("both booked: %v for %s, %v for %s", a.Span, a.Holder, b.Span, b.Holder)
			}
		}
	}
	if len(booked) < 2 {
		f.Errorf("%d are booked", len(booked))
	}
}

func rosterKept(f *fixture) {
	none, err := f.Roster(f.ctx())
	f.must(err)
	f.same("none", dialog.Roster{}, none)
	first := dialog.Roster{Blocks: []rules.Block{{ID: "b1", Who: "U1", Span: slotAt(f, 0, 0).Span, Free: true}}}
	f.must(f.try(store.Change{At: f.past, Keys: []string{"view 1"}, Roster: &first, Deliveries: []store.Delivery{message("slack:C1/U1", "a")}}))
	first.Version = 1
	got, err := f.Roster(f.ctx())
	f.must(err)
	f.same("kept", first, got)
	f.want(store.ErrConflict, f.try(store.Change{At: f.past, Roster: &dialog.Roster{}}))
	f.reopen()
	f.must(f.try(store.Change{At: f.past, Roster: &dialog.Roster{Version: 1}}))
	got, err = f.Roster(f.ctx())
	f.must(err)
	f.same("changed", dialog.Roster{Version: 2}, got)
}

func rosterRace(f *fixture) {
	f.race(store.ErrConflict, func(i int) error {
		return f.try(store.Change{At: f.past, Roster: &dialog.Roster{Blocks: []rules.Block{{ID: fmt.Sprint(i)}}}})
	})
}
