package redis

import (
	"cmp"
	"context"
	crypto "crypto/rand"
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"referralbot/dialog"
	"referralbot/store"
)

// addition is what is to be added to a chain that ends with head.
type addition struct {
	ref     string // its name
	head    string // the last record, "" if there is none
	entries []dialog.Entry
	last    store.Link
}

// chainTries is how often a write is made anew because others have added to the same chain, and
// chainPause how long it then waits at the most.
const (
	chainTries = 100
	chainPause = 5 * time.Millisecond
)

var errGoneOn = errors.New("others add to the same audit all the time")

// chained has a script write entries, each to the chain of its referral, and again if the chain
// has gone on since its end was read. That is nobody's conflict: what was read need not be. Within
// this process one at a time adds to the chains of a part, so that however many want to only other
// processes can come between.
func (s *Store) chained(ctx context.Context, number int, entries []dialog.Entry, write func([]addition) (any, error)) (any, error) {
	if len(entries) > 0 {
		if err := s.chaining.await(ctx, number); err != nil {
			return nil, err
		}
		defer s.chaining.end(number)
	}
	for range chainTries {
		ends, err := s.ends(ctx, s.part(number), entries)
		if err != nil {
			return nil, err
		}
		reply, err := write(ends)
		if err != nil || text(reply, 0) != "gone on" {
			return reply, err
		}
		if err := pause(ctx, rand.N(chainPause)); err != nil {
			return nil, err
		}
	}
	return nil, errGoneOn
}

// ends reads where the chains end that entries are to be added to.
func (s *Store) ends(ctx context.Context, p part, entries []dialog.Entry) (all []addition, err error) {
	at := map[string]int{}
	for _, e := range entries {
		ref := s.codec.ref(e.Ref)
		if _, known := at[ref]; !known {
			at[ref] = len(all)
			all = append(all, addition{ref: ref})
		}
		l := &all[at[ref]]
		l.entries = append(l.entries, e)
	}
	if len(all) == 0 {
		return nil, nil
	}
	pipe := s.client.Pipeline()
	heads, lengths := make([]*goredis.StringCmd, len(all)), make([]*goredis.IntCmd, len(all))
	for i, l := range all {
		key := p.keyOf(kindAudit, l.ref)
		heads[i], lengths[i] = pipe.LIndex(ctx, key, -1), pipe.LLen(ctx, key)
	}
	_, _ = pipe.Exec(ctx) // each has its own error
	for i := range all {
		if err := cmp.Or(found(heads[i].Err()), lengths[i].Err()); err != nil {
			return nil, err
		}
		all[i].head = heads[i].Val()
		all[i].last = s.last(all[i].ref, all[i].head, lengths[i].Val())
	}
	return all, nil
}

// last is the last link of a chain. Where that does not open, only its place is known: the chain
// goes on, and the damage shows in what is before.
func (s *Store) last(ref, record string, length int64) store.Link {
	link, damaged := s.link(ref, record)
	if damaged != nil {
		link.N = length
	}
	return link
}

// audit passes what is added to each chain, and with which link it must end.
func (s *Store) audit(p *call, all []addition) {
	p.arg(len(all))
	for _, l := range all {
		p.key(kindAudit, l.ref).arg(l.ref, l.head, len(l.entries))
		last := l.last
		for _, e := range l.entries {
			next, err := last.Next(e, s.keys.Sum)
			if err != nil {
				p.sealed(nil, err)
				continue
			}
			record := crypto.Text()
			payload, err := s.codec.seal(next, auditPlace(record, l.ref))
			p.sealed(header(payload, record), err)
			last = next
		}
	}
}

// Audit implements store.Store.
func (s *Store) Audit(ctx context.Context, ref string) ([]dialog.Entry, error) {
	name := s.codec.ref(ref)
	records, err := s.client.LRange(ctx, s.part(partOfRef(ref)).keyOf(kindAudit, name), 0, -1).Result()
	links, damaged := s.links(name, records)
	return store.Chain{Links: links}.Entries(), within("audit", cmp.Or(err, damaged))
}

// link reads a link. If it does not open it is zero.
func (s *Store) link(ref, record string) (store.Link, error) {
	beside, payload := fields(record, 1)
	var link store.Link
	if err := s.codec.open(payload, auditPlace(beside[0], ref), &link); err != nil {
		return store.Link{}, err
	}
	return link, nil
}

// links reads the chain of the records that are kept under ref, and returns store.ErrDamaged
// beside it if not all of it opens.
func (s *Store) links(ref string, records []string) (links []store.Link, damaged error) {
	for _, record := range records {
		link, err := s.link(ref, record)
		links, damaged = append(links, link), cmp.Or(damaged, err)
	}
	return links, damaged
}

// Chains implements store.Store.
func (s *Store) Chains(ctx context.Context, known []string, see func(store.Chain) error) error {
	refs := map[string]string{}
	for _, ref := range known {
		refs[s.codec.ref(ref)] = ref
	}
	names := map[int][]string{}
	err := each(ctx, s, everyPart(), func(pipe goredis.Pipeliner, p part) *goredis.StringSliceCmd {
		return pipe.SMembers(ctx, p.key("audited"))
	}, func(p part, all []string) { names[p.number] = all })
	if err != nil {
		return within("chains", err)
	}
	for number, all := range names {
		for some := range slices.Chunk(all, chainsAtOnce) {
			chains, err := s.chains(ctx, s.part(number), some)
			if err != nil {
				return within("chains", err)
			}
			for n, c := range chains {
				c.Ref = cmp.Or(refs[some[n]], some[n])
				if err := see(c.Named()); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// chainsAtOnce is how many chains are read in one pipeline.
const chainsAtOnce = 64

// chains reads those that the part keeps under names.
func (s *Store) chains(ctx context.Context, p part, names []string) ([]store.Chain, error) {
	pipe := s.client.Pipeline()
	cmds := make([]*goredis.StringSliceCmd, len(names))
	for i, name := range names {
		cmds[i] = pipe.LRange(ctx, p.keyOf(kindAudit, name), 0, -1)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, err
	}
	chains := make([]store.Chain, len(names))
	for i, cmd := range cmds {
		chains[i].Links, _ = s.links(names[i], cmd.Val())
	}
	return chains, nil
}
