package metrics

import (
	"context"
	"errors"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// measured is a store whose calls are counted: those that turns, deliveries and timers make.
type measured struct {
	store.Store
	m *Meter
}

// Store returns s, with the calls that are made of it counted.
func (m *Meter) Store(s store.Store) store.Store { return measured{s, m} }

// answers are what a store may answer, each in a word. What is none of these is an error.
var answers = []struct {
	err  error
	word string
}{
	{nil, "ok"}, {store.ErrConflict, "conflict"}, {store.ErrDuplicate, "duplicate"}, {store.ErrNotFound, "not_found"},
	{store.ErrLeaseLost, "lease_lost"}, {store.ErrDamaged, "damaged"}, {context.Canceled, "canceled"},
}

func answerOf(err error) string {
	for _, a := range answers {
		if errors.Is(err, a.err) {
			return a.word
		}
	}
	return "error"
}

// timed makes a call and counts it.
func timed[T any](s measured, call string, do func() (T, error)) (T, error) {
	began := time.Now()
	v, err := do()
	s.m.calls.WithLabelValues(call, answerOf(err)).Inc()
	s.m.call.WithLabelValues(call).Observe(time.Since(began).Seconds())
	return v, err
}

func timedOnly(s measured, call string, do func() error) error {
	_, err := timed(s, call, func() (struct{}, error) { return struct{}{}, do() })
	return err
}

func (s measured) Conversation(ctx context.Context, chat dialog.Chat) (dialog.Conversation, error) {
	return timed(s, "conversation", func() (dialog.Conversation, error) { return s.Store.Conversation(ctx, chat) })
}

func (s measured) Referral(ctx context.Context, ref string) (dialog.Referral, error) {
	return timed(s, "referral", func() (dialog.Referral, error) { return s.Store.Referral(ctx, ref) })
}

func (s measured) Open(ctx context.Context) ([]dialog.Referral, error) {
	return timed(s, "open", func() ([]dialog.Referral, error) { return s.Store.Open(ctx) })
}

func (s measured) Commit(ctx context.Context, c store.Change) ([]store.Delivery, error) {
	return timed(s, "commit", func() ([]store.Delivery, error) { return s.Store.Commit(ctx, c) })
}

func (s measured) Erase(ctx context.Context, e store.Erasure) error {
	return timedOnly(s, "erase", func() error { return s.Store.Erase(ctx, e) })
}

func (s measured) Shown(ctx context.Context, destination, name string) (string, error) {
	return timed(s, "shown", func() (string, error) { return s.Store.Shown(ctx, destination, name) })
}

func (s measured) Take(ctx context.Context, lease time.Duration) (d store.Delivery, ok bool, err error) {
	d, err = timed(s, "take", func() (store.Delivery, error) {
		var d store.Delivery
		d, ok, err = s.Store.Take(ctx, lease)
		return d, err
	})
	return d, ok, err
}

func (s measured) Start(ctx context.Context, d store.Delivery) error {
	return timedOnly(s, "start", func() error { return s.Store.Start(ctx, d) })
}

func (s measured) Done(ctx context.Context, d store.Delivery, external string) error {
	return timedOnly(s, "done", func() error { return s.Store.Done(ctx, d, external) })
}

func (s measured) Retry(ctx context.Context, d store.Delivery, after time.Duration, cause string) error {
	return timedOnly(s, "retry", func() error { return s.Store.Retry(ctx, d, after, cause) })
}

func (s measured) Dead(ctx context.Context, d store.Delivery, cause string) error {
	return timedOnly(s, "dead", func() error { return s.Store.Dead(ctx, d, cause) })
}

func (s measured) Due(ctx context.Context, now time.Time, n int) ([]store.Timer, error) {
	return timed(s, "due", func() ([]store.Timer, error) { return s.Store.Due(ctx, now, n) })
}
