package storetest

import (
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// erasure is that of the person of talk and family.
func erasure(version int64) store.Erasure {
	return store.Erasure{Ref: ref, Chat: chat(), Version: version, Destination: here, Audit: []dialog.Entry{entry("erased")}}
}

func erased(f *fixture) {
	neighbour, another := talk(0), family(0)
	neighbour.Chat.ID, another.Ref = chat().ID+"2", otherRef
	near := []store.Timer{
		{Chat: neighbour.Chat, Name: "nudge", At: noon()},
		{Ref: another.Ref, Name: "unclaimed", At: noon().Add(time.Minute)},
	}
	f.send(f.named(here, "7K3QF2", ""), "41")
	f.queue(here, "dead")
	f.must(f.Dead(f.ctx(), f.take(ages), "refused"))
	f.heard(here, "40")
	f.heard(elsewhere, "50")
	f.commit(f.everything(0, 0))
	f.commit(store.Change{Conversation: neighbour, Timers: near[:1]})
	f.commit(store.Change{Referral: another, Timers: near[1:], Audit: []dialog.Entry{entry("opened")}})
	f.commit(store.Change{Aside: []store.Aside{{ID: "update 1", Kind: "input", Cause: "panic", At: time.Now()}}})
	f.commit(store.Change{Chat: neighbour.Chat, Aside: []store.Aside{{ID: "update 2", Kind: "input", Cause: "panic", At: time.Now()}}})

	f.must(f.Erase(f.ctx(), erasure(1)))
	f.reopen()
	f.same("conversation", dialog.Conversation{Chat: chat()}, f.conversation(chat()))
	_, err := f.Referral(f.ctx(), ref)
	f.want(store.ErrNotFound, err)
	f.same("timers", near, f.due(noon().Add(time.Hour), 10))
	shown, err := f.Shown(f.ctx(), here, "7K3QF2")
	f.must(err)
	f.same("shown", "", shown)
	audit, err := f.Audit(f.ctx(), ref)
	f.must(err)
	f.same("audit", []dialog.Entry{entry("sent"), entry("claimed"), entry("opened"), entry("erased")}, audit)

	f.same("another's conversation", int64(1), f.conversation(neighbour.Chat).Version)
	all, err := f.Referrals(f.ctx())
	f.must(err)
	f.same("referrals left", 1, len(all))
	f.same("the other referral", f.referral(another.Ref), all[0])
	f.same("what waits elsewhere", "slack:C1", f.take(ages).Destination)
	f.idle()
	f.same("what stands elsewhere", []string{"50"}, f.clearing(elsewhere).Messages)
	f.same("what stands here", []string(nil), f.clearing(here).Messages)
	f.same("set aside", []string{"update 2"}, f.asides(10))

	f.commit(store.Change{Conversation: talk(0), Referral: family(0)}) // as if for the first time
	f.must(f.Erase(f.ctx(), store.Erasure{Ref: "R404"}))
}

func erasedMeanwhile(f *fixture) {
	f.commit(f.everything(0, 0))
	f.commit(store.Change{Conversation: talk(1)})
	f.want(store.ErrConflict, f.Erase(f.ctx(), erasure(1)))
	f.same("conversation", int64(2), f.conversation(chat()).Version)
	f.same("referral", int64(1), f.referral(ref).Version)
	f.same("timers", 2, len(f.due(noon(), 10)))
	audit, err := f.Audit(f.ctx(), ref)
	f.must(err)
	f.same("audit", []dialog.Entry{entry("sent"), entry("claimed")}, audit)
}

func erasedLeased(f *fixture) {
	f.queue(here, "a", "b")
	d := f.take(ages)
	f.must(f.Start(f.ctx(), d))
	f.must(f.Erase(f.ctx(), store.Erasure{Destination: here}))
	f.want(store.ErrLeaseLost, f.Done(f.ctx(), d, "1"))
	f.idle()
	f.queue(here, "c")
	f.same("the next", "c", f.take(ages).ID)
}
