package bot

import (
	"cmp"
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
	workers       = 32                     // calls under way at once, so that a platform that hangs leaves room for the other
	usualLease    = 30 * time.Second       // how long a destination is one worker's
	callsInALease = 3                      // that can be made one after another, however long each takes, so that it never lapses during one
	lookEvery     = 200 * time.Millisecond // what another process has committed is found by looking
	failedPause   = time.Second            // after the store could not say what is due
	brokenPause   = time.Minute
	firstPause    = time.Second
	longestWait   = 5 * time.Minute
)

// Deliver hands over what is due, through the messenger of each platform, until ctx ends;
// then it finishes the calls in hand and returns nil. One destination is served in order
// and by one call at a time, and one that is blocked delays no other. Only what Meanwhile says
// goes past the queue.
func (b *Bot) Deliver(ctx context.Context, messengers map[string]Messenger) error {
	b.messengers.Store(&messengers)
	b.crew.open()
	defer b.crew.close()
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
			b.begin(context.WithoutCancel(ctx), d)
		})
	}
}

// take takes the next delivery that is due, if any.
func (b *Bot) take(ctx context.Context) (store.Delivery, bool) {
	if ctx.Err() != nil {
		return store.Delivery{}, false
	}
	d, ok, err := b.Store.Take(ctx, b.lease())
	if err != nil && ctx.Err() == nil {
		b.Log.Error("delivery", "code", "take")
		pause(ctx, failedPause)
	}
	return d, ok && err == nil
}

// begin makes one attempt at d, which has been taken.
func (b *Bot) begin(ctx context.Context, d store.Delivery) {
	ctx, cancel := context.WithTimeout(ctx, b.lease())
	defer cancel()
	if err := b.Store.Start(ctx, d); err != nil {
		b.Log.Error("delivery", "delivery", d, "code", "start")
		return
	}
	b.handOver(ctx, d)
}

// handOver makes one attempt at d, which has been begun, and reports whether d is settled
// for good. If the store fails on the way the lease runs out and another attempt is made.
func (b *Bot) handOver(ctx context.Context, d store.Delivery) (settled bool) {
	external, err := b.call(ctx, (*b.messengers.Load())[chatOf(d.Destination).Platform], d)
	if err == nil && d.Name != "" {
		b.fresh.put(shownKey(d.Destination, d.Name), lastOf(external))
	}
	settled = err == nil || errors.Is(err, ErrGone) || errors.Is(err, ErrRefused)
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
	return settled && err == nil
}

// lease is how long a destination is one worker's.
func (b *Bot) lease() time.Duration { return cmp.Or(b.Lease, usualLease) }

// callWithin is how long one call may take.
func (b *Bot) callWithin() time.Duration { return b.lease() / callsInALease }

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
	ctx, cancel := context.WithTimeout(ctx, b.callWithin())
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
