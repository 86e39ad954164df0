package storetest

import (
	"fmt"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// tally is one more of a thing on a day.
func tally(name dialog.Count, by, day string) dialog.Tally {
	on, _ := rules.ParseISODate(day)
	return dialog.Tally{Name: name, Audience: rules.Parent, By: by, Day: on}
}

// tallies are those of a time, as "2026-03-01" to "2026-03-31".
func (f *fixture) tallies(first, last string) map[dialog.Tally]int {
	f.Helper()
	from, ok := rules.ParseISODate(first)
	to, known := rules.ParseISODate(last)
	if !ok || !known {
		f.Fatalf("no dates: %s, %s", first, last)
	}
	all, err := f.Tallies(f.ctx(), from, to)
	f.must(err)
	return all
}

// tallied counts for several people, who may be in several parts of the store.
func tallied(f *fixture) {
	f.same("before anything", map[dialog.Tally]int{}, f.tallies("2000-01-01", "2099-12-31"))
	begun := tally(dialog.CountBegun, "", "2026-03-01")
	shown, later := tally(dialog.CountShown, "consent", "2026-03-01"), tally(dialog.CountShown, "consent", "2026-03-31")
	theirs := shown
	theirs.Audience = rules.Professional
	for n := range 20 {
		c := store.Change{Chat: dialog.Chat{Platform: "telegram", ID: fmt.Sprint(n)}, Tallies: []dialog.Tally{begun, shown, later, shown, theirs}}
		f.commit(c)
	}
	f.commit(store.Change{Tallies: []dialog.Tally{tally("never heard of", "", "2026-03-01")}})
	whole := map[dialog.Tally]int{begun: 20, shown: 40, later: 20, theirs: 20}
	f.same("all", whole, f.tallies("2026-03-01", "2026-03-31"))
	f.same("all but the last day", map[dialog.Tally]int{begun: 20, shown: 40, theirs: 20}, f.tallies("2026-03-01", "2026-03-30"))
	f.same("the last day", map[dialog.Tally]int{later: 20}, f.tallies("2026-03-31", "2026-03-31"))
	f.same("none", map[dialog.Tally]int{}, f.tallies("2026-03-02", "2026-03-30"))
	f.reopen()
	f.same("all, for the next process", whole, f.tallies("2026-03-01", "2026-03-31"))
}

// talliedOnce counts with what is refused, or heard twice, or heard by many at once.
func talliedOnce(f *fixture) {
	begun := tally(dialog.CountBegun, "", "2026-03-01")
	count := func(keys ...string) store.Change {
		return store.Change{Keys: keys, Tallies: []dialog.Tally{begun}}
	}
	f.commit(count("update 1"))
	f.want(store.ErrDuplicate, f.try(count("update 1")))
	stale := count("update 2")
	stale.Conversation = talk(7)
	f.want(store.ErrConflict, f.try(stale))
	f.race(store.ErrDuplicate, func(int) error { return f.try(count("update 3")) })
	f.same("counted", map[dialog.Tally]int{begun: 2}, f.tallies("2026-03-01", "2026-03-01"))
}

// talliesKept erases what was counted from, and counts that.
func talliesKept(f *fixture) {
	begun, left := tally(dialog.CountBegun, "", "2026-03-01"), tally(dialog.CountLeft, "consent", "2026-03-01")
	f.commit(store.Change{Conversation: talk(0), Referral: family(0), Tallies: []dialog.Tally{begun}})
	e := erasure(7)
	e.Tallies = []dialog.Tally{left}
	f.want(store.ErrConflict, f.Erase(f.ctx(), e))
	f.same("not erased", map[dialog.Tally]int{begun: 1}, f.tallies("2026-03-01", "2026-03-01"))
	e.Version = 1
	f.must(f.Erase(f.ctx(), e))
	f.same("erased", map[dialog.Tally]int{begun: 1, left: 1}, f.tallies("2026-03-01", "2026-03-01"))
}
