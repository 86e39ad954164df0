package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"referralbot/store"
)

// damaged is the cause of what is set aside because it does not open.
const damaged = "damaged"

// Asides implements store.Store. Of what does not open, the id is that of its row, and the
// kind is the table it comes from.
func (s *Store) Asides(ctx context.Context, n int) ([]store.Aside, error) {
	const query = "SELECT origin, record, owner, at, cause, payload FROM aside WHERE at >= ? ORDER BY at DESC LIMIT ?"
	var all []store.Aside
	args := []any{micros(s.now().Add(-store.AsideKept)), n}
	err := s.reads.each(ctx, query, args, func(rows *sql.Rows) error {
		var origin, record, owner, cause string
		var at int64
		var payload []byte
		if err := rows.Scan(&origin, &record, &owner, &at, &cause, &payload); err != nil {
			return err
		}
		var a store.Aside
		err := s.decode(payload, asidePlace(origin, record, owner), &a)
		if errors.Is(err, store.ErrDamaged) {
			a, cause, err = store.Aside{ID: record, Kind: origin}, damaged, nil
		}
		a.Cause, a.At = cause, instant(at)
		all = append(all, a)
		return err
	})
	return all, within("asides", err)
}

// setTimersAside takes timers that do not open out of the way of the others.
func (s *Store) setTimersAside(ctx context.Context, keys []string) error {
	const (
		keep = `INSERT INTO aside (origin, record, owner, at, cause, payload)
			SELECT 'timer', key, owner, ?, ?, payload FROM timer WHERE key = ?`
		remove = "DELETE FROM timer WHERE key = ?"
	)
	if len(keys) == 0 || s.writer == nil {
		return nil
	}
	var steps []step
	for _, key := range keys {
		steps = append(steps, step{keep, []any{micros(s.now()), damaged, key}, nil}, step{remove, []any{key}, nil})
	}
	return s.apply(ctx, "set aside", steps...)
}
