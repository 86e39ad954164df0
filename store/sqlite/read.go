package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// Conversation implements store.Store.
func (s *Store) Conversation(ctx context.Context, chat dialog.Chat) (dialog.Conversation, error) {
	const query = "SELECT version, payload FROM conversation WHERE chat = ?"
	c := dialog.Conversation{Chat: chat}
	version, _, err := s.record(ctx, query, chatKey(chat), &c)
	c.Version = version
	return c, within("conversation", err)
}

// Referral implements store.Store.
func (s *Store) Referral(ctx context.Context, ref string) (dialog.Referral, error) {
	const query = "SELECT version, payload FROM referral WHERE ref = ?"
	var r dialog.Referral
	version, found, err := s.record(ctx, query, key(ref), &r)
	if err == nil && !found {
		return r, store.ErrNotFound
	}
	r.Version = version
	return r, within("referral", err)
}

// record reads the one row of query into v.
func (s *Store) record(ctx context.Context, query, key string, v any) (version int64, found bool, err error) {
	var payload []byte
	found, err = s.reads.one(ctx, query, []any{key}, []any{&version, &payload})
	if !found || err != nil {
		return 0, false, err
	}
	return version, true, decode(payload, v)
}

// Open implements store.Store.
func (s *Store) Open(ctx context.Context) ([]dialog.Referral, error) {
	const query = "SELECT version, payload FROM referral WHERE status NOT IN ('closed', 'withdrawn') ORDER BY due, ref"
	open, err := s.referrals(ctx, query)
	return open, within("open referrals", err)
}

const allReferrals = "SELECT version, payload FROM referral ORDER BY due, ref"

// Referrals implements store.Store.
func (s *Store) Referrals(ctx context.Context) ([]dialog.Referral, error) {
	all, err := s.referrals(ctx, allReferrals)
	return all, within("referrals", err)
}

func (s *Store) referrals(ctx context.Context, query string) (all []dialog.Referral, err error) {
	err = s.reads.each(ctx, query, nil, func(rows *sql.Rows) error {
		var r dialog.Referral
		var version int64
		err := scan(rows, &r, &version)
		r.Version = version
		all = append(all, r)
		return err
	})
	return all, err
}

// Audit implements store.Store.
func (s *Store) Audit(ctx context.Context, ref string) ([]dialog.Entry, error) {
	const query = "SELECT payload FROM audit WHERE ref = ? ORDER BY seq"
	var entries []dialog.Entry
	err := s.reads.each(ctx, query, []any{key(ref)}, func(rows *sql.Rows) error {
		var e dialog.Entry
		err := scan(rows, &e)
		entries = append(entries, e)
		return err
	})
	return entries, within("audit", err)
}

// Shown implements store.Store.
func (s *Store) Shown(ctx context.Context, destination, name string) (string, error) {
	const query = "SELECT first FROM message WHERE destination = ? AND name = ?"
	var first string
	_, err := s.reads.one(ctx, query, []any{key(destination), key(name)}, []any{&first})
	return first, within("shown", err)
}

// Due implements store.Store.
func (s *Store) Due(ctx context.Context, now time.Time, n int) ([]store.Timer, error) {
	const query = "SELECT at, payload FROM timer WHERE at <= ? ORDER BY at LIMIT ?"
	var due []store.Timer
	err := s.reads.each(ctx, query, []any{micros(now), n}, func(rows *sql.Rows) error {
		var t timer
		var at int64
		err := scan(rows, &t, &at)
		due = append(due, store.Timer{Chat: t.Chat, Ref: t.Ref, Name: t.Name, At: instant(at)})
		return err
	})
	return due, within("due", err)
}

// Stats implements store.Store.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	stats := store.Stats{Referrals: map[dialog.Status]int{}}
	var oldest sql.NullInt64
	for _, count := range []struct {
		query string
		dest  []any
	}{
		{"SELECT count(*) FROM conversation", []any{&stats.Conversations}},
		{"SELECT count(*), min(at) FROM delivery", []any{&stats.Waiting, &oldest}},
		{"SELECT count(*) FROM dead", []any{&stats.Dead}},
	} {
		if _, err := s.reads.one(ctx, count.query, nil, count.dest); err != nil {
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

// scan reads the columns before the payload into before, and the payload, which comes
// last, into v.
func scan(rows *sql.Rows, v any, before ...any) error {
	var payload []byte
	if err := rows.Scan(append(before, &payload)...); err != nil {
		return err
	}
	return decode(payload, v)
}

// within says where err came about.
func within(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("sqlite: %s: %w", what, err)
}
