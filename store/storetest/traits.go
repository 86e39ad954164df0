package storetest

import (
	"fmt"
	"slices"

	"referralbot/dialog"
	"referralbot/store"
)

// known sees which referrals are known by any of some traits.
func (f *fixture) known(want []string, traits ...string) {
	f.Helper()
	all, err := f.Alike(f.ctx(), traits)
	f.must(err)
	got := []string{}
	for _, r := range all {
		f.same("the referral", f.referral(r.Ref), r)
		got = append(got, r.Ref)
	}
	slices.Sort(got)
	f.same("known by "+traits[0], want, got)
}

func traitsFound(f *fixture) {
	const nhs, phone, other = "nhs 9990000000", "phone 07700900123", "phone 07700900124"
	neighbour, far := family(0), family(0)
	neighbour.Ref = otherRef
	far.Chat = dialog.Chat{Platform: "slack", ID: "U0FAR"}
	far.Ref = fmt.Sprintf("R%02d-FAR0-0000-0000-0000", store.Partition(far.Chat))
	f.known([]string{}, nhs)
	f.commit(store.Change{Referral: family(0), Traits: []string{nhs, phone, phone}})
	f.commit(store.Change{Referral: neighbour, Traits: []string{phone, other}})
	f.commit(store.Change{Referral: far, Traits: []string{nhs}})
	f.reopen()
	f.known([]string{ref, far.Ref}, nhs)
	f.must(f.Erase(f.ctx(), store.Erasure{Ref: far.Ref}))
	f.known([]string{ref}, nhs)
	f.known([]string{otherRef, ref}, phone)
	f.known([]string{otherRef, ref}, nhs, other, phone)
	f.known([]string{}, "phone 0770090012", "nhs", "", "07700900123")

	f.commit(store.Change{Referral: family(1), Traits: []string{other}})
	f.want(store.ErrConflict, f.try(store.Change{Referral: family(1), Traits: []string{nhs}}))
	f.known([]string{}, nhs)
	f.known([]string{otherRef}, phone)
	f.known([]string{otherRef, ref}, other)

	f.must(f.Erase(f.ctx(), store.Erasure{Ref: otherRef}))
	f.known([]string{}, phone)
	f.known([]string{ref}, other)
	f.commit(store.Change{Referral: family(2)}) // known by nothing any more
	f.known([]string{}, other)
}
