package storetest

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

func neverStored(f *fixture) {
	f.same("conversation", dialog.Conversation{Chat: chat()}, f.conversation(chat()))
	_, err := f.Referral(f.ctx(), ref)
	f.want(store.ErrNotFound, err)
}

func conversationRead(f *fixture) {
	for version := range int64(3) {
		f.commit(store.Change{Conversation: talk(version)})
		f.same("conversation", *talk(version + 1), f.conversation(chat()))
	}
	elsewhere := dialog.Chat{Platform: "slack", ID: chat().ID}
	f.same("the same id elsewhere", dialog.Conversation{Chat: elsewhere}, f.conversation(elsewhere))
}

func referralRead(f *fixture) {
	for version := range int64(3) {
		f.commit(store.Change{Referral: family(version)})
		f.same("referral", *family(version + 1), f.referral(ref))
	}
}

func versions(f *fixture) {
	for stored := range int64(3) {
		for offered := range int64(4) {
			f.part(fmt.Sprintf("stored %d offered %d", stored, offered), func(f *fixture) {
				for version := range stored {
					f.commit(store.Change{Conversation: talk(version), Referral: family(version)})
				}
				var want error
				if stored != offered {
					want = store.ErrConflict
				}
				f.want(want, f.try(store.Change{Conversation: talk(offered)}))
				f.want(want, f.try(store.Change{Referral: family(offered)}))
			})
		}
	}
}

func versionRace(f *fixture) {
	f.commit(store.Change{Conversation: talk(0)})
	f.race(store.ErrConflict, func(i int) error {
		return f.try(store.Change{Keys: []string{fmt.Sprint("update ", i)}, Conversation: talk(1)})
	})
	f.same("version", int64(2), f.conversation(chat()).Version)
}

// claimRace is fifty clinicians who each read, claim if nobody holds it, and on a
// conflict read again.
func claimRace(f *fixture) {
	r := family(0)
	r.Status, r.Claimant = dialog.Received, dialog.Clinician{}
	f.commit(store.Change{Referral: r})

	var winner atomic.Value
	f.race(errHeld, func(i int) error {
		me := fmt.Sprint("U", i)
		err := claim(f.Store, me)
		if err == nil {
			winner.Store(me)
		}
		return err
	})
	got := f.referral(ref)
	f.same("claimant", winner.Load(), any(got.Claimant.ID))
	f.same("version", int64(2), got.Version)
	audit, err := f.Audit(f.ctx(), ref)
	f.must(err)
	f.same("audit entries", 1, len(audit))
}

func duplicates(f *fixture) {
	f.commit(store.Change{Keys: []string{"update 1", "message 1"}})
	for _, keys := range [][]string{{"update 1"}, {"message 1"}, {"message 1", "update 2"}, {"update 2", "message 1"}} {
		f.want(store.ErrDuplicate, f.try(store.Change{Keys: keys}))
	}
	f.commit(store.Change{Keys: []string{"update 2"}})
	f.commit(store.Change{})
	f.commit(store.Change{})
}

func keyTwice(f *fixture) {
	f.commit(store.Change{Keys: []string{"update 1", "update 1"}})
	f.want(store.ErrDuplicate, f.try(store.Change{Keys: []string{"update 1"}}))
}

func duplicateBeatsConflict(f *fixture) {
	f.commit(f.everything(0, 0, "update 1"))
	f.want(store.ErrDuplicate, f.try(f.everything(0, 0, "update 1")))
	f.want(store.ErrDuplicate, f.try(f.everything(7, 7, "update 1")))
	gone := f.everything(7, 7)
	gone.Fired = []store.Timer{reminder("never set", 0)}
	f.want(store.ErrDuplicate, f.try(gone))
}

func keyRace(f *fixture) {
	f.race(store.ErrDuplicate, func(int) error {
		return f.try(store.Change{
			Keys: []string{"update 1"}, At: f.past,
			Deliveries: []store.Delivery{message("slack:C1", "a")},
		})
	})
	f.send(f.take(ages), "m1")
	f.idle()
}

// whole refuses a change for each reason there is, and looks for what it may have left.
func whole(f *fixture) {
	for _, refusal := range []struct {
		name string
		err  error
		in   func(c *store.Change)
	}{
		{"conversation changed", store.ErrConflict, func(c *store.Change) { c.Conversation.Version = 5 }},
		{"referral changed", store.ErrConflict, func(c *store.Change) { c.Referral.Version = 5 }},
		{"referral not new", store.ErrConflict, func(c *store.Change) { c.Referral.Version = 0 }},
		{"heard before", store.ErrDuplicate, func(c *store.Change) { c.Keys = append(c.Keys, "before") }},
		{"fired before", store.ErrDuplicate, func(c *store.Change) {
			c.Fired = append(c.Fired, reminder("gone", 0))
		}},
	} {
		f.part(refusal.name, func(f *fixture) {
			f.commit(store.Change{
				Keys: []string{"before"}, Conversation: talk(0), Referral: family(0),
				Timers: []store.Timer{reminder("set", 0)},
			})
			c := f.everything(1, 1, "refused")
			c.Conversation.Stage, c.Referral.Status = dialog.Stopped, dialog.Closed
			c.Fired = []store.Timer{reminder("set", 0)}
			refusal.in(&c)
			f.want(refusal.err, f.try(c))
			f.unchanged()
		})
	}
	f.part("given up", func(f *fixture) {
		f.commit(store.Change{Conversation: talk(0), Referral: family(0), Timers: []store.Timer{reminder("set", 0)}})
		ctx, cancel := context.WithCancel(f.ctx())
		cancel()
		for range 10 {
			_, err := f.Commit(ctx, placed(f.everything(1, 1, "refused")))
			f.want(context.Canceled, err)
		}
		f.unchanged()
	})
}

// unchanged sees that nothing is left of a refused change.
func (f *fixture) unchanged() {
	f.Helper()
	f.same("conversation", *talk(1), f.conversation(chat()))
	f.same("referral", *family(1), f.referral(ref))
	f.same("timers", []store.Timer{reminder("set", 0)}, f.due(noon().Add(ages), 10))
	audit, err := f.Audit(f.ctx(), ref)
	f.must(err)
	f.same("audit entries", 0, len(audit))
	f.same("tallies", 0, len(f.tallies("2000-01-01", "2099-12-31")))
	f.idle()
	f.commit(store.Change{Keys: []string{"refused"}}) // its own key was not remembered
}

func timersDue(f *fixture) {
	a, b, c := reminder("a", time.Hour), reminder("b", 0), reminder("c", time.Minute)
	f.commit(store.Change{Timers: []store.Timer{a, b}})
	f.commit(store.Change{Timers: []store.Timer{c}})
	for _, when := range []struct {
		after time.Duration
		n     int
		want  []store.Timer
	}{
		{-time.Second, 10, nil},
		{0, 10, []store.Timer{b}},
		{time.Minute, 10, []store.Timer{b, c}},
		{time.Hour, 10, []store.Timer{b, c, a}},
		{time.Hour, 2, []store.Timer{b, c}},
	} {
		f.same(fmt.Sprintf("due %v after noon", when.after), when.want, f.due(noon().Add(when.after), when.n))
	}
}

// timersApart sets timers of one name for several conversations and referrals.
func timersApart(f *fixture) {
	var all []store.Timer
	for i, owner := range []store.Timer{
		{Chat: chat()},
		{Chat: dialog.Chat{Platform: chat().Platform, ID: "1002"}},
		{Chat: dialog.Chat{Platform: "slack", ID: chat().ID}},
		{Ref: ref},
		{Ref: otherRef},
	} {
		owner.Name, owner.At = "nudge", noon().Add(time.Duration(i)*time.Second)
		all = append(all, owner)
		f.commit(store.Change{Timers: all[i:]})
	}
	f.same("due", all, f.due(noon().Add(time.Hour), 10))
	for len(all) > 0 {
		f.commit(store.Change{Fired: all[:1]})
		all = all[1:]
		f.same("left", append([]store.Timer(nil), all...), f.due(noon().Add(time.Hour), 10))
	}
}

func timerReplaced(f *fixture) {
	sooner, later := reminder("nudge", 0), reminder("nudge", time.Hour)
	f.commit(store.Change{Timers: []store.Timer{sooner}})
	f.commit(store.Change{Timers: []store.Timer{later}})
	f.same("due at noon", []store.Timer(nil), f.due(noon(), 10))
	f.want(store.ErrDuplicate, f.try(store.Change{Fired: []store.Timer{sooner}}))
	f.same("due later", []store.Timer{later}, f.due(later.At, 10))
}

func timerFires(f *fixture) {
	nudge, again := reminder("nudge", 0), reminder("nudge", time.Hour)
	f.commit(store.Change{Timers: []store.Timer{nudge, reminder("stays", 0)}})
	f.same("still there until it is fired", f.due(noon(), 10), f.due(noon(), 10))
	f.commit(store.Change{Fired: []store.Timer{nudge}})
	f.same("left", []store.Timer{reminder("stays", 0)}, f.due(noon(), 10))
	f.want(store.ErrDuplicate, f.try(store.Change{Fired: []store.Timer{nudge}}))

	f.commit(store.Change{Timers: []store.Timer{nudge}})
	f.commit(store.Change{Fired: []store.Timer{nudge}, Timers: []store.Timer{again}})
	f.same("fired and set again at once", []store.Timer{reminder("stays", 0), again}, f.due(again.At, 10))
}

func timerRace(f *fixture) {
	f.commit(store.Change{Timers: []store.Timer{reminder("nudge", 0)}})
	f.race(store.ErrDuplicate, func(int) error {
		return f.try(store.Change{Fired: []store.Timer{reminder("nudge", 0)}})
	})
}

func openListed(f *fixture) {
	days := map[dialog.Status]int{
		dialog.Received: 5, dialog.Claimed: 2, dialog.Awaiting: 4, dialog.Decided: 3,
		dialog.Closed: 1, dialog.Withdrawn: 0,
	}
	refs := map[dialog.Status]string{}
	for status, day := range days {
		r := family(0)
		refs[status] = fmt.Sprintf("%s-%d", otherRef, day)
		r.Ref, r.Status, r.DueAt = refs[status], status, noon().AddDate(0, 0, day)
		f.commit(store.Change{Referral: r})
	}
	f.same("open", []dialog.Status{dialog.Claimed, dialog.Decided, dialog.Awaiting, dialog.Received}, f.openStatuses())

	r := f.referral(refs[dialog.Decided])
	r.Status = dialog.Closed
	f.commit(store.Change{Referral: &r})
	r = f.referral(refs[dialog.Received])
	r.DueAt = noon()
	f.commit(store.Change{Referral: &r})
	f.same("open after a change", []dialog.Status{dialog.Received, dialog.Claimed, dialog.Awaiting}, f.openStatuses())
	all, err := f.Referrals(f.ctx())
	f.must(err)
	f.same("all", len(days), len(all))
}

func (f *fixture) openStatuses() (statuses []dialog.Status) {
	f.Helper()
	open, err := f.Open(f.ctx())
	f.must(err)
	for _, r := range open {
		f.same("listed as read", f.referral(r.Ref), r)
		statuses = append(statuses, r.Status)
	}
	return statuses
}

func auditOrder(f *fixture) {
	elsewhere := entry("sent")
	elsewhere.Ref = otherRef
	f.commit(store.Change{Audit: []dialog.Entry{entry("sent"), elsewhere, entry("claimed")}})
	f.commit(store.Change{Audit: []dialog.Entry{entry("released")}})
	audit, err := f.Audit(f.ctx(), ref)
	f.must(err)
	f.same("audit", []dialog.Entry{entry("sent"), entry("claimed"), entry("released")}, audit)
}

func stats(f *fixture) {
	f.commit(f.everything(0, 0))
	f.queue("slack:C2", "c")
	f.must(f.Dead(f.ctx(), f.take(ages), "refused"))
	got, err := f.Stats(f.ctx())
	f.must(err)
	if got.OldestWaiting < time.Minute || got.OldestWaiting > ages {
		f.Errorf("the oldest has waited %v, want a minute or little more", got.OldestWaiting)
	}
	got.OldestWaiting = 0
	f.same("stats", store.Stats{
		Conversations: 1, Referrals: map[dialog.Status]int{dialog.Claimed: 1}, Waiting: 2, Aside: 1,
	}, got)
}
