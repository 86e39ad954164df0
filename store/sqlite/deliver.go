package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"strings"
	"time"

	"referralbot/store"
)

// Take implements store.Store. A payload that cannot be read is an error, and the lease
// stands: it delays its own destination and no other.
func (s *Store) Take(ctx context.Context, lease time.Duration) (store.Delivery, bool, error) {
	var h head
	var found bool
	err := s.write(ctx, func(db *statements) (err error) {
		h, found, err = take(context.Background(), db, s.now(), lease)
		return err
	})
	if err != nil || !found {
		return store.Delivery{}, false, within("take", err)
	}
	d, err := s.read(ctx, h)
	return d, err == nil, within("take", err)
}

// head is the first of a destination's deliveries, as the file has it.
type head struct {
	destination string
	fence       int64
	attempts    int
	first       sql.NullInt64
	payload     []byte
}

// take leases the destination that has been due longest.
func take(ctx context.Context, db *statements, now time.Time, lease time.Duration) (h head, found bool, err error) {
	const (
		longest = `UPDATE destination SET due = ?, leased = 1, fence = fence + 1
			WHERE key = (SELECT key FROM destination WHERE due <= ? ORDER BY due LIMIT 1)
			RETURNING key, fence`
		first = "SELECT attempts, first, payload FROM delivery WHERE destination = ? ORDER BY seq LIMIT 1"
	)
	found, err = db.one(ctx, longest, []any{micros(now.Add(lease)), micros(now)}, []any{&h.destination, &h.fence})
	if err != nil || !found {
		return h, false, err
	}
	found, err = db.one(ctx, first, []any{h.destination}, []any{&h.attempts, &h.first, &h.payload})
	return h, found, err
}

// read makes the delivery of h. Who holds the lease alone changes what it reads.
func (s *Store) read(ctx context.Context, h head) (store.Delivery, error) {
	const latest = "SELECT latest FROM message WHERE destination = ? AND name = ?"
	var p delivery
	if err := decode(h.payload, &p); err != nil {
		return store.Delivery{}, err
	}
	d := store.Delivery{
		ID: p.ID, Destination: p.Destination, Kind: p.Kind, Name: p.Name, Edits: p.Edits, Clears: p.Clears, Body: p.Body,
		Fence: h.fence, Attempt: h.attempts,
	}
	if h.first.Valid {
		d.First = instant(h.first.Int64)
	}
	var err error
	if d.Edits != "" {
		_, err = s.reads.one(ctx, latest, []any{h.destination, key(d.Edits)}, []any{&d.Target})
	}
	if d.Clears && err == nil {
		d.Messages, err = s.standing(ctx, h.destination)
	}
	return d, err
}

// standing returns the ids of what stands at a destination, newest first.
func (s *Store) standing(ctx context.Context, destination string) (ids []string, err error) {
	const query = "SELECT id FROM standing WHERE destination = ? AND at >= ? ORDER BY seq DESC LIMIT ?"
	args := []any{destination, micros(s.now().Add(-store.MessagesKept)), store.MostMessages}
	err = s.reads.each(ctx, query, args, func(rows *sql.Rows) error {
		ids = append(ids, "")
		return rows.Scan(&ids[len(ids)-1])
	})
	return ids, err
}

// Start implements store.Store.
func (s *Store) Start(ctx context.Context, d store.Delivery) error {
	const (
		leased = "UPDATE destination SET leased = 1 WHERE key = ? AND fence = ? AND due > ?"
		begin  = `UPDATE delivery SET attempts = attempts + 1, first = coalesce(first, ?)
			WHERE seq = (SELECT min(seq) FROM delivery WHERE destination = ?)`
	)
	destination, now := key(d.Destination), micros(s.now())
	return s.apply(ctx, "start",
		step{leased, []any{destination, d.Fence, now}, store.ErrLeaseLost},
		step{begin, []any{now, destination}, nil})
}

// Done implements store.Store.
func (s *Store) Done(ctx context.Context, d store.Delivery, external string) error {
	const (
		named = `INSERT INTO message (destination, name, first, latest) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET latest = excluded.latest`
		cleared = `DELETE FROM standing WHERE destination = ?1 AND seq <=
			(SELECT seq FROM standing WHERE destination = ?1 AND id = ?2 ORDER BY seq DESC LIMIT 1)`
	)
	steps, last := []step{advance(d), remove(d)}, ""
	for id := range strings.FieldsSeq(external) {
		if last = id; id != d.Target {
			steps = append(steps, stands(d.Destination, id, s.now()))
		}
	}
	if name := cmp.Or(d.Name, d.Edits); name != "" && last != "" {
		steps = append(steps, step{named, []any{key(d.Destination), key(name), last, last}, nil})
	}
	if len(d.Messages) > 0 {
		steps = append(steps, step{cleared, []any{key(d.Destination), d.Messages[0]}, nil})
	}
	return s.apply(ctx, "done", steps...)
}

// Retry implements store.Store.
func (s *Store) Retry(ctx context.Context, d store.Delivery, after time.Duration, cause string) error {
	const (
		free = "UPDATE destination SET due = ?, leased = 0, fence = fence + 1 WHERE key = ? AND fence = ?"
		note = "UPDATE delivery SET cause = ? WHERE seq = (SELECT min(seq) FROM delivery WHERE destination = ?)"
	)
	destination := key(d.Destination)
	return s.apply(ctx, "retry",
		step{free, []any{micros(s.now().Add(after)), destination, d.Fence}, store.ErrLeaseLost},
		step{note, []any{cause, destination}, nil})
}

// Dead implements store.Store.
func (s *Store) Dead(ctx context.Context, d store.Delivery, cause string) error {
	const bury = `INSERT INTO dead (destination, at, attempts, first, cause, payload)
		SELECT destination, at, attempts, first, ?, payload FROM delivery WHERE destination = ? ORDER BY seq LIMIT 1`
	return s.apply(ctx, "dead", advance(d), step{bury, []any{cause, key(d.Destination)}, nil}, remove(d))
}

// advance frees the destination of d for the delivery after d. The fence moves here too,
// so that a second call for the same d finds nothing to do it to.
func advance(d store.Delivery) step {
	const query = `UPDATE destination SET leased = 0, fence = fence + 1, due =
			(SELECT at FROM delivery WHERE delivery.destination = destination.key ORDER BY seq LIMIT 1 OFFSET 1)
		WHERE key = ? AND fence = ?`
	return step{query, []any{key(d.Destination), d.Fence}, store.ErrLeaseLost}
}

// remove takes d, which is the head of its destination, off the queue.
func remove(d store.Delivery) step {
	const query = "DELETE FROM delivery WHERE seq = (SELECT min(seq) FROM delivery WHERE destination = ?)"
	return step{query, []any{key(d.Destination)}, nil}
}
