package sqlite

import (
	"context"
	"slices"
	"time"

	"referralbot/dialog"
	"referralbot/store"
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
	steps []step
	err   error // the first payload that could not be made
}

func (p *script) add(miss error, query string, args ...any) {
	p.steps = append(p.steps, step{query: query, args: args, miss: miss})
}

func (p *script) payload(v any) []byte {
	payload, err := encode(v)
	if p.err == nil {
		p.err = err
	}
	return payload
}

// Commit implements store.Store.
func (s *Store) Commit(ctx context.Context, c store.Change) error {
	var p script
	p.hear(c.Keys, s.now())
	p.fire(c.Fired)
	p.conversation(c.Conversation)
	p.referral(c.Referral)
	p.deliveries(c.Deliveries, c.At)
	p.timers(c.Timers)
	p.audit(c.Audit)
	for _, m := range c.Heard {
		p.steps = append(p.steps, stands(m.Destination, m.ID, s.now()))
	}
	p.forget(s.now())
	if p.err != nil {
		return within("commit", p.err)
	}
	return s.apply(ctx, "commit", p.steps...)
}

func (p *script) hear(keys []string, now time.Time) {
	const query = "INSERT INTO heard (key, at) VALUES (?, ?) ON CONFLICT DO NOTHING"
	keys = slices.Clone(keys)
	slices.Sort(keys)
	for _, k := range slices.Compact(keys) {
		p.add(store.ErrDuplicate, query, key(k), micros(now))
	}
}

func (p *script) fire(fired []store.Timer) {
	const query = "DELETE FROM timer WHERE key = ? AND at = ?"
	for _, t := range fired {
		p.add(store.ErrDuplicate, query, timerKey(t), micros(t.At))
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
	p.add(store.ErrConflict, query, p.payload(c), chatKey(c.Chat), c.Version)
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
	p.add(store.ErrConflict, query, p.payload(r), string(r.Status), micros(r.DueAt), key(r.Ref), r.Version)
}

func (p *script) deliveries(all []store.Delivery, at time.Time) {
	const (
		wake = `INSERT INTO destination (key, due) VALUES (?, ?)
			ON CONFLICT (key) DO UPDATE SET due = excluded.due WHERE due IS NULL`
		queue = "INSERT INTO delivery (destination, at, payload) VALUES (?, ?, ?)"
	)
	for _, d := range all {
		body := delivery{ID: d.ID, Destination: d.Destination, Kind: d.Kind, Name: d.Name, Edits: d.Edits, Clears: d.Clears, Body: d.Body}
		p.add(nil, wake, key(d.Destination), micros(at))
		p.add(nil, queue, key(d.Destination), micros(at), p.payload(body))
	}
}

func (p *script) timers(timers []store.Timer) {
	const query = "INSERT INTO timer (key, at, payload) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET at = excluded.at"
	for _, t := range timers {
		p.add(nil, query, timerKey(t), micros(t.At), p.payload(timer{Chat: t.Chat, Ref: t.Ref, Name: t.Name}))
	}
}

func (p *script) audit(entries []dialog.Entry) {
	const query = "INSERT INTO audit (ref, payload) VALUES (?, ?)"
	for _, e := range entries {
		p.add(nil, query, key(e.Ref), p.payload(e))
	}
}

// stands notes that a message stands at a destination.
func stands(destination, id string, now time.Time) step {
	const query = "INSERT INTO standing (destination, at, id) VALUES (?, ?, ?)"
	return step{query, []any{key(destination), micros(now), id}, nil}
}

// forget drops the oldest keys and ids that need no longer be known: a few with every
// change, and more than a change brings, so that no change is slow and none are left over.
func (p *script) forget(now time.Time) {
	const (
		heard    = "DELETE FROM heard WHERE key IN (SELECT key FROM heard WHERE at < ? ORDER BY at LIMIT 8)"
		standing = "DELETE FROM standing WHERE seq < (SELECT min(seq) FROM standing) + 16 AND at < ?"
	)
	p.add(nil, heard, micros(now.Add(-store.DuplicateWindow)))
	p.add(nil, standing, micros(now.Add(-store.MessagesKept)))
}
