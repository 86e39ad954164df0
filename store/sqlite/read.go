package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// Conversation implements store.Store.
func (s *Store) Conversation(ctx context.Context, chat dialog.Chat) (dialog.Conversation, error) {
	const query = "SELECT version, payload FROM conversation WHERE chat = ?"
	c, key := dialog.Conversation{Chat: chat}, s.chat(chat)
	var version int64
	var payload []byte
	found, err := s.reads.one(ctx, query, []any{key}, []any{&version, &payload})
	if err == nil && found {
		err = s.decode(payload, conversationPlace(key, version), &c)
	}
	if err != nil {
		c = dialog.Conversation{Chat: chat}
	}
	c.Version = version
	return c, within("conversation", err)
}

// Referral implements store.Store.
func (s *Store) Referral(ctx context.Context, ref string) (dialog.Referral, error) {
	const query = "SELECT ref, version, status, due, payload FROM referral WHERE ref = ?"
	found, err := s.referrals(ctx, query, s.ref(ref))
	if err == nil && len(found) == 0 {
		return dialog.Referral{}, store.ErrNotFound
	}
	if err != nil {
		return dialog.Referral{}, within("referral", err)
	}
	return found[0], nil
}

// Open implements store.Store.
func (s *Store) Open(ctx context.Context) ([]dialog.Referral, error) {
	const query = `SELECT ref, version, status, due, payload FROM referral
		WHERE status NOT IN ('closed', 'withdrawn') ORDER BY due, ref`
	open, err := s.referrals(ctx, query)
	return open, within("open referrals", err)
}

const allReferrals = "SELECT ref, version, status, due, payload FROM referral ORDER BY due, ref"

// Referrals implements store.Store.
func (s *Store) Referrals(ctx context.Context) ([]dialog.Referral, error) {
	all, err := s.referrals(ctx, allReferrals)
	return all, within("referrals", err)
}

// Alike implements store.Store.
func (s *Store) Alike(ctx context.Context, traits []string) ([]dialog.Referral, error) {
	const query = `SELECT referral.ref, version, status, due, payload
		FROM trait JOIN referral ON referral.ref = trait.ref WHERE token = ?`
	var all []dialog.Referral
	var damaged error
	for _, t := range traits {
		some, err := s.referrals(ctx, query, s.keys.Blind(t))
		if err != nil && !errors.Is(err, store.ErrDamaged) {
			return nil, within("alike", err)
		}
		damaged = cmp.Or(damaged, err)
		for _, r := range some {
			if !slices.ContainsFunc(all, func(known dialog.Referral) bool { return known.Ref == r.Ref }) {
				all = append(all, r)
			}
		}
	}
	return all, within("alike", damaged)
}

// referrals returns those that open, and store.ErrDamaged if there are others.
func (s *Store) referrals(ctx context.Context, query string, args ...any) (all []dialog.Referral, err error) {
	var damaged error
	err = s.reads.each(ctx, query, args, func(rows *sql.Rows) error {
		var ref, status string
		var version, due int64
		var payload []byte
		if err := rows.Scan(&ref, &version, &status, &due, &payload); err != nil {
			return err
		}
		var r dialog.Referral
		if err := s.decode(payload, referralPlace(ref, version, status, due), &r); err != nil {
			damaged = err
			return nil
		}
		r.Version = version
		all = append(all, r)
		return nil
	})
	return all, cmp.Or(err, damaged)
}

// Shown implements store.Store.
func (s *Store) Shown(ctx context.Context, destination, name string) (string, error) {
	const query = "SELECT first FROM message WHERE destination = ? AND name = ?"
	var first string
	_, err := s.reads.one(ctx, query, []any{s.destination(destination), s.message(destination, name)}, []any{&first})
	return first, within("shown", err)
}

// Due implements store.Store.
func (s *Store) Due(ctx context.Context, now time.Time, n int) ([]store.Timer, error) {
	const query = "SELECT key, owner, at, payload FROM timer WHERE at <= ? ORDER BY at LIMIT ?"
	var due []store.Timer
	var damaged []string
	err := s.reads.each(ctx, query, []any{micros(now), n}, func(rows *sql.Rows) error {
		var key, owner string
		var at int64
		var payload []byte
		if err := rows.Scan(&key, &owner, &at, &payload); err != nil {
			return err
		}
		var t store.Timer
		if err := s.decode(payload, timerPlace(key, owner, at), &t); err != nil {
			damaged = append(damaged, key)
			return nil
		}
		t.At = instant(at)
		due = append(due, t)
		return nil
	})
	if err == nil {
		err = s.setTimersAside(ctx, damaged)
	}
	return due, within("due", err)
}

// Tallies implements store.Store.
func (s *Store) Tallies(ctx context.Context, first, last rules.Date) (map[dialog.Tally]int, error) {
	const query = "SELECT day, name, n FROM tally WHERE day BETWEEN ? AND ?"
	known := map[string]dialog.Tally{}
	for _, t := range dialog.Tallies() {
		known[s.tally(t)] = t
	}
	all := map[dialog.Tally]int{}
	err := s.reads.each(ctx, query, []any{first.String(), last.String()}, func(rows *sql.Rows) error {
		var day, name string
		var n int
		err := rows.Scan(&day, &name, &n)
		if t, ok := known[name]; ok {
			t.Day, _ = rules.ParseISODate(day)
			all[t] = n
		}
		return err
	})
	return all, within("tallies", err)
}

// Queue implements store.Store.
func (s *Store) Queue(ctx context.Context, destination string) (store.Queue, error) {
	const (
		count = "SELECT count(*) FROM delivery WHERE destination = ?"
		head  = "SELECT at, attempts FROM delivery WHERE destination = ? ORDER BY seq LIMIT 1"
	)
	var q store.Queue
	var at int64
	key := []any{s.destination(destination)}
	if _, err := s.reads.one(ctx, count, key, []any{&q.Waiting}); err != nil {
		return q, within("queue", err)
	}
	found, err := s.reads.one(ctx, head, key, []any{&at, &q.Attempts})
	if found {
		q.Oldest = s.now().Sub(instant(at))
	}
	return q, within("queue", err)
}

// Stats implements store.Store.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	stats := store.Stats{Referrals: map[dialog.Status]int{}}
	var oldest sql.NullInt64
	for _, count := range []struct {
		query string
		args  []any
		dest  []any
	}{
		{"SELECT count(*) FROM conversation", nil, []any{&stats.Conversations}},
		{"SELECT count(*), min(at) FROM delivery", nil, []any{&stats.Waiting, &oldest}},
		{"SELECT count(*) FROM aside WHERE at >= ?", []any{micros(s.now().Add(-store.AsideKept))}, []any{&stats.Aside}},
	} {
		if _, err := s.reads.one(ctx, count.query, count.args, count.dest); err != nil {
			return stats, within("stats", err)
		}
	}
	if oldest.Valid {
		stats.OldestWaiting = s.now().Sub(instant(oldest.Int64))
	}
	const query = "SELECT status, count(*) FROM referral GROUP BY status"
	err := s.reads.each(ctx, query, nil, func(rows *sql.Rows) error {
		var status dialog.Status
		var n int
		err := rows.Scan(&status, &n)
		stats.Referrals[status] = n
		return err
	})
	return stats, within("stats", err)
}

// within says where err came about.
func within(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("sqlite: %s: %w", what, err)
}
