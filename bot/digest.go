package bot

import (
	"context"
	"errors"
	"strings"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// KindDigest is the kind of delivery that sums up in the triage channel what is open. It holds
// nothing: it is drawn from what is stored when it is sent.
const KindDigest = "digest"

// timerDigest is how the names of digests' timers begin. Each has the day it is of: a day has
// one digest, however many processes there are and however often they start.
const timerDigest = "digest:"

// digestWithin is how late a digest may be, as after a stop. Later there is none that day.
const digestWithin = 4 * time.Hour

// nextDigest is the timer of the first digest after t. Its chat is the triage channel.
func (b *Bot) nextDigest(t time.Time) store.Timer {
	at := b.Service.Calendar().NextDigest(t)
	return store.Timer{Chat: chatOf(b.Triage), Name: timerDigest + rules.DateOf(at).String(), At: at}
}

// planDigest sets the first digest from now on, and reports whether it could. Set again, as by
// every process that starts, it is the same.
func (b *Bot) planDigest(ctx context.Context) bool {
	now := b.now()
	err := b.commit(ctx, store.Change{Chat: chatOf(b.Triage), Timers: []store.Timer{b.nextDigest(now)}, At: now})
	if err != nil && ctx.Err() == nil {
		b.Log.Error("digest", "code", Code(err))
	}
	return err == nil
}

// digest has the digest that is due said, once, and sets the next.
func (b *Bot) digest(ctx context.Context, due store.Timer) error {
	now := b.now()
	change := store.Change{Chat: due.Chat, Fired: []store.Timer{due}, Timers: []store.Timer{b.nextDigest(now)}, At: now}
	if now.Sub(due.At) < digestWithin {
		o := outbox{key: due.Name}
		o.put(b.Triage, KindDigest, "", "", nil)
		said := change
		said.Keys, said.Deliveries = []string{due.Name}, o.deliveries
		if err := b.commit(ctx, said); !errors.Is(err, store.ErrDuplicate) {
			return err
		}
	}
	err := b.commit(ctx, change)
	if errors.Is(err, store.ErrDuplicate) {
		return nil // another process was first
	}
	return err
}

// isDigest reports whether t is that of a digest.
func isDigest(t store.Timer) bool {
	return t.Chat != (dialog.Chat{}) && strings.HasPrefix(t.Name, timerDigest)
}
