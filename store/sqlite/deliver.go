package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"referralbot/store"
)

// Take implements store.Store. A delivery that does not open is set aside, and the next
// is taken.
func (s *Store) Take(ctx context.Context, lease time.Duration) (store.Delivery, bool, error) {
	for {
		h, found, err := s.take(ctx, lease)
		if err != nil || !found {
			return store.Delivery{}, false, within("take", err)
		}
		d, err := s.read(ctx, h)
		if !errors.Is(err, store.ErrDamaged) {
			return d, err == nil, within("take", err)
		}
		if err := s.bury(ctx, h.destination, store.Delivery{Fence: h.fence}, damaged); err != nil && !errors.Is(err, store.ErrLeaseLost) {
			return store.Delivery{}, false, within("take", err)
		}
	}
}

// head is the first of a destination's deliveries, as the file has it.
type head struct {
	destination, record string
	fence               int64
	at                  int64
	attempts            int
	first               sql.NullInt64
	payload             []byte
}

// take leases the destination that has been due longest.
func (s *Store) take(ctx context.Context, lease time.Duration) (h head, found bool, err error) {
	const (
		longest = `UPDATE destination SET due = ?, leased = 1, fence = fence + ?
			WHERE key = (SELECT key FROM destination WHERE due <= ? ORDER BY due LIMIT 1)
			RETURNING key, fence`
		first = "SELECT record, at, attempts, first, payload FROM delivery WHERE destination = ? ORDER BY seq LIMIT 1"
	)
	err = s.write(ctx, func(db *statements) (err error) {
		ctx, now := context.Background(), s.now()
		found, err = db.one(ctx, longest, []any{micros(now.Add(lease)), stride, micros(now)}, []any{&h.destination, &h.fence})
		if err != nil || !found {
			return err
		}
		found, err = db.one(ctx, first, []any{h.destination}, []any{&h.record, &h.at, &h.attempts, &h.first, &h.payload})
		return err
	})
	return h, found, err
}

// read makes the delivery of h. Who holds the lease alone changes what it reads.
func (s *Store) read(ctx context.Context, h head) (store.Delivery, error) {
	var d store.Delivery
	if err := s.decode(h.payload, deliveryPlace(h.record, h.destination), &d); err != nil {
		return store.Delivery{}, err
	}
	d.At, d.Fence, d.Attempt = instant(h.at), h.fence, h.attempts
	if h.first.Valid {
		d.First = instant(h.first.Int64)
	}
	return d, s.fill(ctx, s.reads, &d)
}

// fill looks up what d is to change or to delete.
func (s *Store) fill(ctx context.Context, db *statements, d *store.Delivery) (err error) {
	const latest = "SELECT latest FROM message WHERE destination = ? AND name = ?"
	if d.Edits != "" {
		args := []any{s.destination(d.Destination), s.message(d.Destination, d.Edits)}
		_, err = db.one(ctx, latest, args, []any{&d.Target})
	}
	if d.Clears && err == nil {
		d.Messages, err = s.standing(ctx, db, d.Destination)
	}
	return err
}

// standing returns the ids of what stands at a destination, newest first.
func (s *Store) standing(ctx context.Context, db *statements, destination string) (ids []string, err error) {
	const query = "SELECT id FROM standing WHERE destination = ? AND at >= ? ORDER BY seq DESC LIMIT ?"
	args := []any{s.destination(destination), micros(s.now().Add(-store.MessagesKept)), store.MostMessages}
	err = db.each(ctx, query, args, func(rows *sql.Rows) error {
		ids = append(ids, "")
		return rows.Scan(&ids[len(ids)-1])
	})
	return ids, err
}

// Start implements store.Store.
func (s *Store) Start(ctx context.Context, d store.Delivery) error {
	const leased = "UPDATE destination SET leased = 1 WHERE key = ? AND fence = ? AND due > ?"
	now := s.now()
	return s.apply(ctx, "start",
		step{leased, []any{s.destination(d.Destination), d.Fence, micros(now)}, store.ErrLeaseLost},
		s.begin(d.Destination, now))
}

// begin notes that an attempt at the head of a destination begins.
func (c codec) begin(destination string, now time.Time) step {
	const query = `UPDATE delivery SET attempts = attempts + 1, first = coalesce(first, ?)
		WHERE seq = (SELECT min(seq) FROM delivery WHERE destination = ?)`
	return step{query, []any{micros(now), c.destination(destination)}, nil}
}

// Done implements store.Store. Where the next delivery is kept, it is begun here, unless
// the lease has run out.
func (s *Store) Done(ctx context.Context, d store.Delivery, external string) error {
	now, destination := s.now(), s.destination(d.Destination)
	err := s.write(ctx, func(db *statements) error {
		ctx := context.Background()
		kept, err := keep(ctx, db, destination, d, now)
		if err != nil {
			return err
		}
		var steps []step
		if kept {
			steps = append(steps, remove(destination), s.begin(d.Destination, now))
		} else {
			steps = append(steps, advance(destination, d.Fence), remove(destination))
		}
		return apply(ctx, db, append(steps, s.accepted(d, external, now)...))
	})
	return within("done", err)
}

// keep leaves the lease to the delivery after d, if that is kept and the lease still runs.
func keep(ctx context.Context, db *statements, destination string, d store.Delivery, now time.Time) (bool, error) {
	const query = "UPDATE destination SET fence = fence + 1 WHERE key = ? AND fence = ? AND due > ?"
	if !d.Kept {
		return false, nil
	}
	changed, err := db.exec(ctx, query, destination, d.Fence, micros(now))
	return changed > 0, err
}

// accepted notes under which ids the platform accepted d.
func (c codec) accepted(d store.Delivery, external string, now time.Time) (steps []step) {
	const (
		named = `INSERT INTO message (destination, name, first, latest) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET latest = excluded.latest`
		cleared = `DELETE FROM standing WHERE destination = ?1 AND seq <=
			(SELECT seq FROM standing WHERE destination = ?1 AND id = ?2 ORDER BY seq DESC LIMIT 1)`
	)
	last := ""
	for id := range strings.FieldsSeq(external) {
		if last = id; id != d.Target {
			steps = append(steps, c.stands(d.Destination, id, now))
		}
	}
	destination := c.destination(d.Destination)
	if name := cmp.Or(d.Name, d.Edits); name != "" && last != "" {
		steps = append(steps, step{named, []any{destination, c.message(d.Destination, name), last, last}, nil})
	}
	if len(d.Messages) > 0 {
		steps = append(steps, step{cleared, []any{destination, d.Messages[0]}, nil})
	}
	return steps
}

// Retry implements store.Store.
func (s *Store) Retry(ctx context.Context, d store.Delivery, after time.Duration, cause string) error {
	const (
		free = "UPDATE destination SET due = ?, leased = 0, fence = fence + ? WHERE key = ? AND fence = ?"
		note = "UPDATE delivery SET cause = ? WHERE seq = (SELECT min(seq) FROM delivery WHERE destination = ?)"
	)
	destination := s.destination(d.Destination)
	return s.apply(ctx, "retry",
		step{free, []any{micros(s.now().Add(after)), stride, destination, d.Fence}, store.ErrLeaseLost},
		step{note, []any{cause, destination}, nil})
}

// Dead implements store.Store. The lease goes to the next as in Done.
func (s *Store) Dead(ctx context.Context, d store.Delivery, cause string) error {
	return within("dead", s.bury(ctx, s.destination(d.Destination), d, cause))
}

// bury sets the head of a destination, which is d, aside as it is sealed.
func (s *Store) bury(ctx context.Context, destination string, d store.Delivery, cause string) error {
	const query = `INSERT INTO aside (origin, record, owner, at, cause, payload)
		SELECT 'delivery', record, destination, ?, ?, payload FROM delivery WHERE destination = ? ORDER BY seq LIMIT 1`
	now := s.now()
	aside := step{query, []any{micros(now), cause, destination}, nil}
	return s.write(ctx, func(db *statements) error {
		ctx := context.Background()
		kept, err := keep(ctx, db, destination, d, now)
		if err != nil {
			return err
		}
		if kept {
			return apply(ctx, db, []step{aside, remove(destination), s.begin(d.Destination, now)})
		}
		return apply(ctx, db, []step{advance(destination, d.Fence), aside, remove(destination)})
	})
}

// advance frees a destination for the delivery after its head. The fence moves here too,
// so that a second call for the same delivery finds nothing to do it to.
func advance(destination string, fence int64) step {
	const query = `UPDATE destination SET leased = 0, fence = fence + ?, due =
			(SELECT at FROM delivery WHERE delivery.destination = destination.key ORDER BY seq LIMIT 1 OFFSET 1)
		WHERE key = ? AND fence = ?`
	return step{query, []any{stride, destination, fence}, store.ErrLeaseLost}
}

// remove takes the head of a destination off the queue.
func remove(destination string) step {
	const query = "DELETE FROM delivery WHERE seq = (SELECT min(seq) FROM delivery WHERE destination = ?)"
	return step{query, []any{destination}, nil}
}
