package sqlite

import (
	"context"
	"crypto/rand"
	"reflect"
	"slices"
	"time"

	"referralbot/dialog"
	"referralbot/store"
	"referralbot/store/seal"
)

// step is one statement of a write.
type step struct {
	query string
	args  []any
	miss  error // the outcome of the whole write if no row is changed; may be nil
}

// apply runs the steps of a write until one misses.
func apply(ctx context.Context, db *statements, steps []step) error {
	for _, st := range steps {
		changed, err := db.exec(ctx, st.query, st.args...)
		if err != nil {
			return err
		}
		if changed == 0 && st.miss != nil {
			return st.miss
		}
	}
	return nil
}

func (s *Store) apply(ctx context.Context, what string, steps ...step) error {
	err := s.write(ctx, func(db *statements) error { return apply(context.Background(), db, steps) })
	return within(what, err)
}

// script gathers the steps of a change.
type script struct {
	codec
	steps []step
	err   error // the first payload that could not be made
}

func (p *script) add(miss error, query string, args ...any) {
	p.steps = append(p.steps, step{query: query, args: args, miss: miss})
}

func (p *script) payload(v any, at seal.Place) []byte {
	payload, err := p.encode(v, at)
	if p.err == nil {
		p.err = err
	}
	return payload
}

// Commit implements store.Store.
func (s *Store) Commit(ctx context.Context, c store.Change) ([]store.Delivery, error) {
	if s.beside {
		return nil, within("commit", s.note(ctx, c))
	}
	now := s.now()
	p := script{codec: s.codec}
	p.hear(c.Keys, now)
	p.fire(c.Fired)
	p.conversation(c.Conversation)
	p.referral(c.Referral)
	p.traits(c.Referral, c.Traits)
	p.roster(c.Roster)
	p.take(c.Take, c.At)
	p.giveUp(c.GiveUp)
	p.timers(c.Timers)
	p.aside(c.Chat, c.Aside)
	p.tallies(c.Tallies)
	for _, m := range c.Heard {
		p.steps = append(p.steps, p.stands(m.Destination, m.ID, now))
	}
	p.forget(now)
	queue := script{codec: s.codec}
	queue.deliveries(c.Deliveries, c.At)
	for _, err := range []error{p.err, queue.err} {
		if err != nil {
			return nil, within("commit", err)
		}
	}
	var leased []store.Delivery
	err := s.write(ctx, func(db *statements) (err error) {
		ctx := context.Background()
		if err := apply(ctx, db, p.steps); err != nil {
			return err
		}
		if err := s.chain(ctx, db, c.Audit); err != nil {
			return err
		}
		leases, err := s.leaseIdle(ctx, db, c, now)
		if err != nil {
			return err
		}
		if err := apply(ctx, db, queue.steps); err != nil {
			return err
		}
		leased, err = s.leased(ctx, db, c, leases, now)
		return err
	})
	if err != nil {
		return nil, within("commit", err)
	}
	return leased, nil
}

// note writes a change that has nothing but its audit.
func (s *Store) note(ctx context.Context, c store.Change) error {
	if !reflect.DeepEqual(c, store.Change{Audit: c.Audit, At: c.At}) {
		return errReadOnly
	}
	return s.writeTo(ctx, func(db *statements) error { return s.chain(context.Background(), db, c.Audit) })
}

func (p *script) hear(keys []string, now time.Time) {
	const query = "INSERT INTO heard (key, at) VALUES (?, ?) ON CONFLICT DO NOTHING"
	keys = slices.Clone(keys)
	slices.Sort(keys)
	for _, k := range slices.Compact(keys) {
		p.add(store.ErrDuplicate, query, p.heard(k), micros(now))
	}
}

func (p *script) fire(fired []store.Timer) {
	const query = "DELETE FROM timer WHERE key = ? AND at = ?"
	for _, t := range fired {
		p.add(store.ErrDuplicate, query, p.timer(t), micros(t.At))
	}
}

func (p *script) conversation(c *dialog.Conversation) {
	const (
		insert = "INSERT INTO conversation (payload, chat, version) VALUES (?, ?, ? + 1) ON CONFLICT DO NOTHING"
		update = "UPDATE conversation SET payload = ?, version = version + 1 WHERE chat = ? AND version = ?"
	)
	if c == nil {
		return
	}
	query := update
	if c.Version == 0 {
		query = insert
	}
	chat := p.chat(c.Chat)
	p.add(store.ErrConflict, query, p.payload(c, conversationPlace(chat, c.Version+1)), chat, c.Version)
}

func (p *script) referral(r *dialog.Referral) {
	const (
		insert = "INSERT INTO referral (payload, status, due, ref, version) VALUES (?, ?, ?, ?, ? + 1) ON CONFLICT DO NOTHING"
		update = "UPDATE referral SET payload = ?, status = ?, due = ?, version = version + 1 WHERE ref = ? AND version = ?"
	)
	if r == nil {
		return
	}
	query := update
	if r.Version == 0 {
		query = insert
	}
	ref, status, due := p.ref(r.Ref), string(r.Status), micros(r.DueAt)
	payload := p.payload(r, referralPlace(ref, r.Version+1, status, due))
	p.add(store.ErrConflict, query, payload, status, due, ref, r.Version)
}

// traits puts what a referral is known by in place of what it was known by.
func (p *script) traits(r *dialog.Referral, traits []string) {
	const query = "INSERT INTO trait (token, ref) VALUES (?, ?) ON CONFLICT DO NOTHING"
	if r == nil {
		return
	}
	ref := p.ref(r.Ref)
	p.eraseTraits(ref)
	for _, t := range traits {
		p.add(nil, query, p.keys.Blind(t), ref)
	}
}

func (p *script) deliveries(all []store.Delivery, at time.Time) {
	const (
		wake = `INSERT INTO destination (key, due) VALUES (?, ?)
			ON CONFLICT (key) DO UPDATE SET due = excluded.due WHERE due IS NULL`
		queue = "INSERT INTO delivery (record, destination, at, payload) VALUES (?, ?, ?, ?)"
	)
	for _, d := range all {
		record, destination := rand.Text(), p.destination(d.Destination)
		p.add(nil, wake, destination, micros(at))
		p.add(nil, queue, record, destination, micros(at), p.payload(d, deliveryPlace(record, destination)))
	}
}

func (p *script) timers(timers []store.Timer) {
	const query = `INSERT INTO timer (key, owner, at, payload) VALUES (?, ?, ?, ?)
		ON CONFLICT (key) DO UPDATE SET at = excluded.at, payload = excluded.payload`
	for _, t := range timers {
		key, owner, at := p.timer(t), p.owner(t.Chat, t.Ref), micros(t.At)
		p.add(nil, query, key, owner, at, p.payload(t, timerPlace(key, owner, at)))
	}
}

func (p *script) aside(chat dialog.Chat, all []store.Aside) {
	const query = "INSERT INTO aside (origin, record, owner, at, cause, payload) VALUES ('aside', ?, ?, ?, ?, ?)"
	for _, a := range all {
		record, owner := rand.Text(), p.chat(chat)
		p.add(nil, query, record, owner, micros(a.At), a.Cause, p.payload(a, asidePlace("aside", record, owner)))
	}
}

func (p *script) tallies(all []dialog.Tally) {
	const query = "INSERT INTO tally (day, name, n) VALUES (?, ?, 1) ON CONFLICT (day, name) DO UPDATE SET n = n + 1"
	for _, t := range all {
		p.add(nil, query, t.Day.String(), p.tally(t))
	}
}

// stands notes that a message stands at a destination.
func (c codec) stands(destination, id string, now time.Time) step {
	const query = "INSERT INTO standing (destination, at, id) VALUES (?, ?, ?)"
	return step{query, []any{c.destination(destination), micros(now), id}, nil}
}

// forget drops the oldest of what need no longer be known: a few rows with every change,
// and more than a change brings, so that no change is slow and none are left over.
func (p *script) forget(now time.Time) {
	const (
		heard    = "DELETE FROM heard WHERE key IN (SELECT key FROM heard WHERE at < ? ORDER BY at LIMIT 8)"
		standing = "DELETE FROM standing WHERE seq < (SELECT min(seq) FROM standing) + 16 AND at < ?"
		aside    = "DELETE FROM aside WHERE seq IN (SELECT seq FROM aside WHERE at < ? ORDER BY at LIMIT 8)"
	)
	p.add(nil, heard, micros(now.Add(-store.DuplicateWindow)))
	p.add(nil, standing, micros(now.Add(-store.MessagesKept)))
	p.add(nil, aside, micros(now.Add(-store.AsideKept)))
}
