package storetest

import (
	"errors"
	"fmt"
	"sync"

	"referralbot/dialog"
	"referralbot/store"
)

// chains returns every chain, by its reference, and sees that nothing is wrong with any.
func (f *fixture) chains() map[string]store.Chain {
	f.Helper()
	all := map[string]store.Chain{}
	f.must(f.Chains(f.ctx(), nil, func(c store.Chain) error {
		f.Helper()
		if faults := c.Faults(f.keys.Sum); len(faults) > 0 {
			f.Errorf("faults: %v", faults)
		}
		if _, twice := all[c.Ref]; twice {
			f.Errorf("two chains of %s", c.Ref)
		}
		all[c.Ref] = c
		return nil
	}))
	return all
}

// length is how many links a chain has, of which each is an entry.
func (f *fixture) length(c store.Chain) int64 {
	f.Helper()
	f.same("entries of "+c.Ref, len(c.Links), len(c.Entries()))
	f.same("last of "+c.Ref, int64(len(c.Links)), c.Head().N)
	return c.Head().N
}

// chained has many write to few chains at once, and some of them in vain.
func chained(f *fixture) {
	const workers, commits = 20, 10
	refs := []string{ref, otherRef, otherRef + "-3"}
	f.commit(store.Change{Referral: family(0)})
	view := func(worker, n int) dialog.Entry {
		e := entry(fmt.Sprint("view ", n))
		e.Ref, e.Actor = refs[(worker+n)%len(refs)], fmt.Sprint("U", worker)
		return e
	}
	var all sync.WaitGroup
	for worker := range workers {
		all.Go(func() {
			for n := range commits {
				c := store.Change{Keys: []string{fmt.Sprintf("%d press %d", worker, n)}, Audit: []dialog.Entry{view(worker, n)}}
				if err := f.try(c); err != nil {
					f.Errorf("a view fails because of another: %v", err)
				}
				if err := f.try(c); !errors.Is(err, store.ErrDuplicate) {
					f.Errorf("heard twice: %v", err)
				}
				c.Keys, c.Referral = nil, family(7)
				if err := f.try(c); !errors.Is(err, store.ErrConflict) {
					f.Errorf("of a referral that has changed: %v", err)
				}
			}
		})
	}
	all.Wait()
	f.reopen()
	total, last := int64(0), map[string]string{}
	for ref, c := range f.chains() {
		total += f.length(c)
		for _, e := range c.Entries() {
			who := e.Actor + " " + ref
			if e.Ref != ref || e.Action <= last[who] {
				f.Errorf("in the chain of %s there is %+v after %s", ref, e, last[who])
			}
			last[who] = e.Action
		}
	}
	f.same("entries", int64(workers*commits), total)
}

// chainKept follows a chain through an erasure, another key, and the next process.
func chainKept(f *fixture) {
	elsewhere := entry("sent")
	elsewhere.Ref = otherRef
	c := f.everything(0, 0)
	c.Audit = append(c.Audit, elsewhere, entry("opened"))
	f.commit(c)
	before := f.chains()
	f.same("chains", 2, len(before))
	f.must(f.Erase(f.ctx(), erasure(1)))
	f.commit(store.Change{Audit: []dialog.Entry{entry("shown")}})
	f.rotate()
	for done := 1; done > 0; {
		var err error
		done, err = f.Reseal(f.ctx(), 3)
		f.must(err)
	}
	f.commit(store.Change{Audit: []dialog.Entry{entry("shown")}})
	after := f.chains()
	f.same("links", int64(6), f.length(after[ref]))
	f.same("the links of before", before[ref].Links, after[ref].Links[:3])
	f.same("the other chain", before[otherRef], after[otherRef])
	for _, c := range before {
		if fault, wrong := after[c.Ref].Since(c.Head()); wrong {
			f.Errorf("against what it was: %v", fault)
		}
	}
	read, err := f.Audit(f.ctx(), ref)
	f.must(err)
	f.same("audit", after[ref].Entries(), read)

	enough := errors.New("enough")
	f.want(enough, f.Chains(f.ctx(), nil, func(store.Chain) error { return enough }))
}
