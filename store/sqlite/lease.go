package sqlite

import (
	"cmp"
	"context"
	"time"

	"referralbot/store"
)

// stride is by how much a fence moves with every lease and every end of one. Each delivery
// kept within a lease has a fence of its own between two of these, so that a call for one
// of them is told from a call for the next.
const stride = 1 << 10

// chain is what one change delivers to a destination that is leased to it.
type chain struct {
	fence int64           // of the delivery that comes next
	held  int             // how many deliveries it has
	last  int             // where the latest of them stands among all that are leased
	named map[string]bool // messages that they make or change
}

// takes reports whether d may be leased with what is before it: not if what d does depends
// on what comes of that.
func (ch *chain) takes(d store.Delivery) bool {
	return ch.held == 0 || ch.held < stride && !d.Clears && !ch.named[d.Edits]
}

// add adds d, which will stand at place among all that are leased.
func (ch *chain) add(d store.Delivery, place int) {
	ch.fence, ch.held, ch.last = ch.fence+1, ch.held+1, place
	if name := cmp.Or(d.Name, d.Edits); name != "" {
		ch.named[name] = true
	}
}

// leaseIdle leases the destinations of c where nothing waits and nobody is at work, if c
// asks for it and its deliveries are due.
func (s *Store) leaseIdle(ctx context.Context, db *statements, c store.Change, now time.Time) (map[string]*chain, error) {
	const query = `INSERT INTO destination (key, due, leased, fence) VALUES (?1, ?2, 1, ?3)
		ON CONFLICT (key) DO UPDATE SET due = ?2, leased = 1, fence = fence + ?3 WHERE due IS NULL
		RETURNING fence`
	chains := map[string]*chain{}
	if c.Lease <= 0 || c.At.After(now) {
		return chains, nil
	}
	for _, d := range c.Deliveries {
		ch := &chain{named: map[string]bool{}}
		args := []any{s.destination(d.Destination), micros(now.Add(c.Lease)), stride}
		idle, err := db.one(ctx, query, args, []any{&ch.fence}) // the second time it is not
		if err != nil {
			return nil, err
		}
		if idle {
			chains[d.Destination] = ch
		}
	}
	return chains, nil
}

// leased returns what c delivers to the destinations that are leased to it, the first at
// each of them begun.
func (s *Store) leased(ctx context.Context, db *statements, c store.Change, chains map[string]*chain, now time.Time) ([]store.Delivery, error) {
	var all []store.Delivery
	for _, d := range c.Deliveries {
		ch := chains[d.Destination]
		if ch == nil {
			continue
		}
		if !ch.takes(d) {
			delete(chains, d.Destination) // the rest waits for Take
			continue
		}
		d, err := s.hold(ctx, db, d, ch.fence)
		if err != nil {
			return nil, err
		}
		d.At = instant(micros(c.At))
		if ch.held > 0 {
			all[ch.last].Kept = true
		} else if err := apply(ctx, db, []step{s.begin(d.Destination, now)}); err != nil {
			return nil, err
		}
		ch.add(d, len(all))
		all = append(all, d)
	}
	return all, nil
}

// hold returns d as Take would, held at fence and never begun before.
func (s *Store) hold(ctx context.Context, db *statements, d store.Delivery, fence int64) (store.Delivery, error) {
	held := store.Delivery{
		ID: d.ID, Destination: d.Destination, Kind: d.Kind, Name: d.Name, Edits: d.Edits, Clears: d.Clears, Body: d.Body,
		Fence: fence,
	}
	return held, s.fill(ctx, db, &held)
}

// Lease implements store.Store.
func (s *Store) Lease(ctx context.Context, name, holder string, last time.Duration) (bool, error) {
	const query = `INSERT INTO lease (name, holder, until) VALUES (?1, ?2, ?3)
		ON CONFLICT (name) DO UPDATE SET holder = ?2, until = ?3 WHERE holder = ?2 OR until <= ?4`
	now, has := s.now(), false
	err := s.write(ctx, func(db *statements) error {
		changed, err := db.exec(context.Background(), query, s.part(name), s.holder(holder), micros(now.Add(last)), micros(now))
		has = changed > 0
		return err
	})
	return has && err == nil, within("lease", err)
}
