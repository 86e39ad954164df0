package storetest

import (
	"fmt"
	"slices"
	"strings"

	"referralbot/dialog"
	"referralbot/store"
)

const here, elsewhere = "telegram:1001", "telegram:1002"

// heard commits that messages were heard in a chat, of which this is the destination.
func (f *fixture) heard(destination string, ids ...string) {
	f.Helper()
	platform, id, _ := strings.Cut(destination, ":")
	c := store.Change{Chat: dialog.Chat{Platform: platform, ID: id}}
	for _, id := range ids {
		c.Heard = append(c.Heard, store.Message{Destination: destination, ID: id})
	}
	f.commit(c)
}

// clearing queues a delivery that clears a destination, and takes it.
func (f *fixture) clearing(destination string) store.Delivery {
	f.Helper()
	d := message(destination, "clear")
	d.Clears = true
	f.commit(store.Change{At: f.past, Deliveries: []store.Delivery{d}})
	d = f.take(ages)
	f.same("clears", true, d.Clears)
	return d
}

func standing(f *fixture) {
	d := f.clearing(here)
	f.same("nothing yet", []string(nil), d.Messages)
	f.must(f.Retry(f.ctx(), d, 0, "later"))
	f.reopen()
	f.send(f.take(ages), "")

	f.heard(here, "1")
	f.heard(elsewhere, "2")
	f.send(f.named(here, "7K3QF2", ""), "3 4 5")
	f.same("an edit finds the last of several", "5", f.target(here, "7K3QF2"))
	f.send(f.named(elsewhere, "", ""), "6")
	f.heard(here, "7", "8")
	f.send(f.named(here, "A1B2C3", ""), "")
	f.must(f.Dead(f.ctx(), f.named(here, "", ""), "refused"))
	f.same("standing", []string{"8", "7", "5", "4", "3", "1"}, f.clearing(here).Messages)
	f.same("standing elsewhere", []string{"6", "2"}, f.clearing(elsewhere).Messages)
}

// target edits a message without making a new one, and returns which it was.
func (f *fixture) target(destination, name string) string {
	f.Helper()
	d := f.named(destination, "", name)
	f.send(d, d.Target)
	return d.Target
}

func cleared(f *fixture) {
	f.heard(here, "1")
	f.heard(elsewhere, "2")
	d := f.clearing(here)
	f.must(f.Start(f.ctx(), d))
	f.must(f.Retry(f.ctx(), d, 0, "later"))
	f.reopen()
	d = f.take(ages)
	f.same("still standing", []string{"1"}, d.Messages)
	f.heard(here, "3") // meanwhile
	f.send(d, "")

	d = f.clearing(here)
	f.same("left", []string{"3"}, d.Messages)
	f.send(d, "")
	f.same("nothing left", []string(nil), f.clearing(here).Messages)
	f.same("left elsewhere", []string{"2"}, f.clearing(elsewhere).Messages)
}

func mostStanding(f *fixture) {
	var ids []string
	for n := range store.MostMessages + 10 {
		ids = append(ids, fmt.Sprint(n))
	}
	f.heard(here, ids...)
	d := f.clearing(here)
	slices.Reverse(ids)
	f.same("standing", ids[:store.MostMessages], d.Messages)
	f.send(d, "")
	f.same("nothing left", []string(nil), f.clearing(here).Messages)
}

// heardOnce: what changes nothing leaves no message either.
func heardOnce(f *fixture) {
	c := store.Change{Keys: []string{"update 1"}, Conversation: talk(0), Heard: []store.Message{{Destination: here, ID: "1"}}}
	f.commit(c)
	f.want(store.ErrDuplicate, f.try(c))
	c.Keys = nil
	f.want(store.ErrConflict, f.try(c))
	f.same("standing", []string{"1"}, f.clearing(here).Messages)
}
