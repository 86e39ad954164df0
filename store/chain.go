package store

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"referralbot/dialog"
)

// Link is one entry of the audit, chained to the one before it of the same referral: its Sum
// is over that of the one before, its own place and the entry. Whoever has not got the keys can
// make no link. It shows when one is changed, missing, put in or moved, and, against a Head kept
// elsewhere, when the last ones are.
type Link struct {
	N     int64           `json:"n"`     // its place, from 1; 0 for one that does not open
	Entry json.RawMessage `json:"entry"` // a dialog.Entry, as it was summed
	Sum   string          `json:"sum"`
}

// Sum sums parts under a key, as seal.Keys does.
type Sum func(parts ...string) string

// sum is what the Sum of l must be after before.
func (l Link) sum(before Link, sum Sum) string {
	return sum("audit", before.Sum, strconv.FormatInt(l.N, 10), string(l.Entry))
}

// Next returns the link of e after l, which is zero for the first of a chain.
func (l Link) Next(e dialog.Entry, sum Sum) (Link, error) {
	e.At = e.At.UTC()
	entry, err := json.Marshal(e)
	next := Link{N: l.N + 1, Entry: entry}
	next.Sum = next.sum(l, sum)
	return next, err
}

// Read returns the entry of l.
func (l Link) Read() (e dialog.Entry, err error) {
	return e, json.Unmarshal(l.Entry, &e)
}

// Chain is the audit of one referral as it is stored.
type Chain struct {
	// Ref is the reference, or, of a chain of which nothing opens, what the store calls it.
	Ref   string
	Links []Link // in the order in which they are stored; one that does not open is zero
}

// Named returns c with the reference that its entries have, if one of them opens.
func (c Chain) Named() Chain {
	if all := c.Entries(); len(all) > 0 {
		c.Ref = all[0].Ref
	}
	return c
}

// Entries returns those that open.
func (c Chain) Entries() (all []dialog.Entry) {
	for _, l := range c.Links {
		if e, err := l.Read(); err == nil {
			all = append(all, e)
		}
	}
	return all
}

// Head is the last link of a chain at some time. It tells nothing of what was done.
type Head struct {
	Ref string
	N   int64
	Sum string
}

// Head returns that of c, with N 0 if nothing of c opens.
func (c Chain) Head() Head {
	all := c.placed().links
	last := slices.Max(append(slices.Collect(maps.Keys(all)), 0))
	return Head{Ref: c.Ref, N: last, Sum: all[last].Sum}
}

// Wrong is what is wrong with an entry of a chain.
type Wrong string

// What can be wrong. The last three show only against a Head.
const (
	Changed   Wrong = "changed"
	Missing   Wrong = "missing"
	Inserted  Wrong = "inserted"
	Misplaced Wrong = "out of order"
	Cut       Wrong = "cut off, or the store was put back to before it"
	Other     Wrong = "not the one that was exported: the store was put back, and has gone on from there"
	Gone      Wrong = "gone, with all the others"
)

// Fault is something wrong with the chain of the referral Ref, from the entry From on.
type Fault struct {
	Ref  string
	From int64
	What Wrong
}

// String says it in one line.
func (f Fault) String() string {
	return f.Ref + ": entry " + strconv.FormatInt(f.From, 10) + " is " + string(f.What)
}

// placed is which links of a chain are where they say they belong.
type placed struct {
	links    map[int64]Link // by place
	damaged  map[int64]bool // the places of those that do not open
	inserted []int64        // before which place there is one too many
	moved    []int64        // the places of those that come after a later one
}

func (c Chain) placed() placed {
	p := placed{links: map[int64]Link{}, damaged: map[int64]bool{}}
	for _, l := range c.Links {
		if _, twice := p.links[l.N]; l.N > 0 && !twice {
			p.links[l.N] = l
		}
	}
	last, seen := int64(0), map[int64]bool{}
	for _, l := range c.Links {
		_, taken := p.links[last+1]
		switch {
		case l.N == 0 && taken:
			p.inserted = append(p.inserted, last+1)
			continue
		case l.N == 0:
			p.damaged[last+1] = true
			last++
			continue
		case seen[l.N]:
			p.inserted = append(p.inserted, l.N)
			continue
		case l.N <= last:
			p.moved = append(p.moved, l.N)
		}
		last, seen[l.N] = l.N, true
	}
	return p
}

// Faults returns everything that is wrong with c by itself, by place. It cannot tell that the
// last links are missing.
func (c Chain) Faults(sum Sum) (faults []Fault) {
	p := c.placed()
	add := func(what Wrong, places ...int64) {
		for _, n := range places {
			faults = append(faults, Fault{c.Ref, n, what})
		}
	}
	add(Inserted, p.inserted...)
	add(Misplaced, p.moved...)
	before := int64(0)
	places := slices.Concat(slices.Collect(maps.Keys(p.links)), slices.Collect(maps.Keys(p.damaged)))
	for _, n := range slices.Compact(slices.Sorted(slices.Values(places))) {
		if n > before+1 {
			add(Missing, before+1)
		}
		link, opens := p.links[n]
		last, known := p.links[n-1]
		if !opens || (known || n == 1) && link.Sum != link.sum(last, sum) {
			add(Changed, n)
		}
		before = n
	}
	slices.SortStableFunc(faults, func(a, b Fault) int { return cmp.Compare(a.From, b.From) })
	return faults
}

// Since returns what is wrong with c against a head it had before, which must be of the same
// referral, if anything is. What Faults returns it does not return again.
func (c Chain) Since(h Head) (Fault, bool) {
	p := c.placed()
	link, opens := p.links[h.N]
	last := c.Head().N
	switch {
	case len(c.Links) == 0:
		return Fault{h.Ref, 1, Gone}, true
	case opens && link.Sum != h.Sum:
		return Fault{h.Ref, h.N, Other}, true
	case opens, last >= h.N, p.damaged[h.N]:
		return Fault{}, false
	}
	for last++; p.damaged[last]; last++ {
	}
	return Fault{h.Ref, last, Cut}, true
}
