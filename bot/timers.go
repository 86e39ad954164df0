package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// How often timers are looked for, how many at once, and for how long one that met a
// fault of ours is put off.
const (
	timersEvery  = time.Second
	timersAtOnce = 32
	putOff       = time.Hour
)

// Timers lets every timer that is due be heard, until ctx ends; then it returns nil.
func (b *Bot) Timers(ctx context.Context) error {
	planned := false
	for {
		planned = planned || b.planDigest(ctx)
		b.fireDue(ctx)
		if !pause(ctx, timersEvery) {
			return nil
		}
	}
}

// fireDue fires what is due now.
func (b *Bot) fireDue(ctx context.Context) {
	due, err := b.Store.Due(ctx, b.now(), timersAtOnce)
	if err != nil && ctx.Err() == nil {
		b.Log.Error("timer", "code", "due")
	}
	for _, t := range due {
		if err := b.fire(ctx, t); err != nil && ctx.Err() == nil {
			b.Log.Error("timer", "name", t.Name, "ref", t.Ref, "code", Code(err))
		}
	}
}

// fire lets t be heard by what it belongs to. If that is gone the timer goes too; if
// hearing it meets a fault of ours it is put off, so that it keeps no other waiting.
func (b *Bot) fire(ctx context.Context, t store.Timer) error {
	err := b.hearTimer(ctx, t)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return b.commit(ctx, store.Change{Chat: t.Chat, Fired: []store.Timer{t}, At: b.now()})
	case errors.Is(err, ErrFault):
		t.At = b.now().Add(putOff)
		return errors.Join(err, b.commit(ctx, store.Change{Chat: t.Chat, Timers: []store.Timer{t}, At: b.now()}))
	}
	return err
}

func (b *Bot) hearTimer(ctx context.Context, t store.Timer) error {
	switch {
	case t.Name == dialog.TimerForget:
		return b.forget(ctx, t)
	case isDigest(t):
		return b.digest(ctx, t)
	case isAway(t):
		return b.offerAgain(ctx, t)
	}
	key := fmt.Sprintf("timer:%s:%s:%s:%s:%d", t.Chat.Platform, t.Chat.ID, t.Ref, t.Name, t.At.UnixNano())
	fired := []store.Timer{t}
	if ref, deed, ok := dialog.Elsewhere(dialog.Timer{Name: t.Name, At: t.At, Ref: t.Ref}); ok {
		_, _, err := b.Act(ctx, ref, key, deed)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if err := b.commit(ctx, store.Change{Chat: t.Chat, Fired: fired, At: b.now()}); !errors.Is(err, store.ErrDuplicate) {
			return err
		}
		return nil
	}
	if t.Ref != "" {
		_, _, err := b.actOn(ctx, t.Ref, key, dialog.Deed{Action: dialog.Action(t.Name)}, fired)
		return err
	}
	_, _, err := b.Hear(ctx, Heard{Chat: t.Chat, Keys: []string{key}, Input: dialog.Input{Timer: t.Name}, fired: fired})
	return err
}
