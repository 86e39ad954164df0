package storetest

import (
	"time"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// rotate leaves the store to a process with a new key.
func (f *fixture) rotate() {
	f.Helper()
	keys, err := f.keys.Rotate()
	f.must(err)
	f.keys = keys
	f.reopen()
}

// resealed has everything sealed anew a little at a time, and reads all of it in between.
func resealed(f *fixture) {
	f.commit(f.everything(0, 0, "update 1"))
	f.commit(store.Change{Aside: []store.Aside{{ID: "update 2", Kind: "input", Cause: "panic", At: time.Now()}}})
	f.must(f.hold(ref, slotAt(f, 0, 0), ages))
	f.must(f.book("R1", slotAt(f, 30, 0)))
	f.must(f.try(store.Change{Roster: &dialog.Roster{Blocks: []rules.Block{{ID: "b1"}}}}))
	f.queue("slack:C2", "dead")
	for d := f.take(ages); ; d = f.take(ages) {
		if d.Destination == "slack:C2" {
			f.must(f.Dead(f.ctx(), d, "refused"))
			break
		}
		f.must(f.Retry(f.ctx(), d, 0, "later"))
	}
	done, err := f.Reseal(f.ctx(), 100)
	f.must(err)
	f.same("sealed anew without need", 0, done)

	f.rotate()
	f.intact()
	total := 0
	for round := 0; ; round++ {
		done, err := f.Reseal(f.ctx(), 1)
		f.must(err)
		f.intact()
		if total += done; done == 0 {
			break
		}
		if round == 1 {
			f.reopen() // the next process goes on
		}
	}
	if total < 11 { // a conversation, a referral, two deliveries, two timers, two entries, two slots and the roster at the least
		f.Errorf("only %d records were sealed anew", total)
	}
	f.reopen()
	f.intact()
	done, err = f.Reseal(f.ctx(), 2)
	f.must(err)
	f.same("left", 0, done)
	f.commit(store.Change{Conversation: talk(1), Referral: family(1)})
	f.same("handed over", map[string][]string{here: {"a"}, "slack:C1": {"b"}}, f.drain())
}

// intact reads all that resealed has stored.
func (f *fixture) intact() {
	f.Helper()
	f.same("conversation", *talk(1), f.conversation(chat()))
	f.same("referral", *family(1), f.referral(ref))
	f.same("open", []dialog.Status{dialog.Claimed}, f.openStatuses())
	f.same("timers", 2, len(f.due(noon(), 10)))
	audit, err := f.Audit(f.ctx(), ref)
	f.must(err)
	f.same("audit", []dialog.Entry{entry("sent"), entry("claimed")}, audit)
	f.same("slots", 2, len(f.taken(f.past)))
	roster, err := f.Roster(f.ctx())
	f.must(err)
	f.same("roster", dialog.Roster{Version: 1, Blocks: []rules.Block{{ID: "b1"}}}, roster)
	f.same("set aside", []string{"dead", "update 2"}, f.asides(10))
	f.want(store.ErrDuplicate, f.try(store.Change{Keys: []string{"update 1"}}))
}
