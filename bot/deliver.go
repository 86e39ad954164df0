package bot

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// The times of delivery.
const (
	workers     = 32                     // calls under way at once, so that a platform that hangs leaves room for the other
	lease       = 30 * time.Second       // how long a destination is one worker's
	callWithin  = 10 * time.Second       // well within the lease, so that it never lapses during a call
	lookEvery   = 200 * time.Millisecond // what another process has committed is found by looking
	failedPause = time.Second            // after the store could not say what is due
	brokenPause = time.Minute
	firstPause  = time.Second
	longestWait = 5 * time.Minute
)

// Deliver hands over what is due, through the messenger of each platform, until ctx ends;
// then it finishes the calls in hand and returns nil. One destination is served in order
// and by one call at a time, and one that is blocked delays no other. Only what Meanwhile says
// goes past the queue.
func (b *Bot) Deliver(ctx context.Context, messengers map[string]Messenger) error {
	b.messengers.Store(&messengers) // for what cannot wait for the store
	var busy sync.WaitGroup
	defer busy.Wait()
	free := make(chan struct{}, workers)
	for {
		select {
		case free <- struct{}{}:
		case <-ctx.Done():
			return nil
		}
		d, ok := b.take(ctx)
		if !ok {
			<-free
			if !b.bell.wait(ctx, lookEvery) {
				return nil
			}
			continue
		}
		busy.Go(func() {
			defer func() { <-free; b.bell.ring() }()
			b.handOver(context.WithoutCancel(ctx), messengers, d)
		})
	}
}

// take takes the next delivery that is due, if any.
func (b *Bot) take(ctx context.Context) (store.Delivery, bool) {
	if ctx.Err() != nil {
		return store.Delivery{}, false
	}
	d, ok, err := b.Store.Take(ctx, lease)
	if err != nil && ctx.Err() == nil {
		b.Log.Error("delivery", "code", "take")
		pause(ctx, failedPause)
	}
	return d, ok && err == nil
}

// handOver makes one attempt at d. If the store fails on the way the lease runs out and
// another attempt is made.
func (b *Bot) handOver(ctx context.Context, messengers map[string]Messenger, d store.Delivery) {
	ctx, cancel := context.WithTimeout(ctx, lease)
	defer cancel()
	if err := b.Store.Start(ctx, d); err != nil {
		b.Log.Error("delivery", "delivery", d, "code", "start")
		return
	}
	external, err := b.call(ctx, messengers[chatOf(d.Destination).Platform], d)
	settle := b.settlement(ctx, d, external, err)
	// The call has been made: it is worth some patience to write down how it ended.
	for err = settle(); err != nil && !errors.Is(err, store.ErrLeaseLost); err = settle() {
		if !pause(ctx, lookEvery) {
			break
		}
	}
	if err != nil {
		b.Log.Error("delivery", "delivery", d, "code", "unsettled")
	}
}

// call hands d to its messenger.
func (b *Bot) call(ctx context.Context, m Messenger, d store.Delivery) (external string, err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("%w: panic at %s", ErrRefused, panicked())
		}
	}()
	if m == nil {
		return "", fmt.Errorf("%w: no such platform", ErrBroken)
	}
	ctx, cancel := context.WithTimeout(ctx, callWithin)
	defer cancel()
	return m.Deliver(ctx, d)
}

// settlement chooses what becomes of d after its call.
func (b *Bot) settlement(ctx context.Context, d store.Delivery, external string, err error) func() error {
	var later *Later
	switch {
	case err == nil:
		return func() error { return b.Store.Done(ctx, d, external) }
	case errors.As(err, &later):
		return func() error { return b.Store.Retry(ctx, d, later.After, "later") }
	case errors.Is(err, ErrGone):
		return func() error { return b.gone(ctx, d) }
	case errors.Is(err, ErrRefused):
		b.Log.Error("delivery", "delivery", d, "code", "refused")
		return func() error { return b.Store.Dead(ctx, d, "refused") }
	case errors.Is(err, ErrBroken):
		b.Log.Error("delivery", "delivery", d, "code", "broken", "platform", chatOf(d.Destination).Platform)
		return func() error { return b.Store.Retry(ctx, d, brokenPause, "broken") }
	}
	b.Log.Warn("delivery", "delivery", d, "code", "uncertain")
	wait := backoff(d.Attempt)
	return func() error { return b.Store.Retry(ctx, d, wait, "uncertain") }
}

// gone sets d aside and, if it was meant for somebody whose referral the clinicians hold,
// tells them that the person cannot be reached.
func (b *Bot) gone(ctx context.Context, d store.Delivery) error {
	c, err := b.Store.Conversation(ctx, chatOf(d.Destination))
	if err != nil {
		return err
	}
	if c.Ref != "" {
		_, _, err := b.Act(ctx, c.Ref, "gone:"+d.ID, dialog.Deed{Action: dialog.ActUnreachable})
		if errors.Is(err, ErrFault) {
			b.Log.Error("delivery", "delivery", d, "code", Code(err))
		} else if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	return b.Store.Dead(ctx, d, "gone")
}

// backoff is how long to wait after so many attempts: random, so that many who failed
// together do not come back together, and doubling on the whole up to a limit.
func backoff(attempt int) time.Duration {
	limit := longestWait
	if attempt < 16 {
		limit = min(firstPause<<attempt, longestWait)
	}
	return rand.N(limit) + time.Millisecond
}

// bell wakes one waiter. Rings while nobody waits are kept as one.
type bell struct {
	once sync.Once
	c    chan struct{}
}

func (b *bell) channel() chan struct{} {
	b.once.Do(func() { b.c = make(chan struct{}, 1) })
	return b.c
}

func (b *bell) ring() {
	select {
	case b.channel() <- struct{}{}:
	default:
	}
}

// wait returns after a ring or d, and reports whether it did so before ctx ended.
func (b *bell) wait(ctx context.Context, d time.Duration) bool {
	select {
	case <-b.channel():
		return true
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}
