package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// A platform may forget a press that nobody has fetched in time, and nothing tells of it. So,
// for as long as it is fetched from, a timer is set ahead of the time that it forgets after.
// Should that ever be due, by whichever process and after whatever it was, presses may have been
// lost, and those who may still wait for what they pressed are shown their question again.

// presentEvery is how often a platform is noted to be there.
const presentEvery = 30 * time.Second

// mostWaiting is how many of those who may be waiting are looked at.
const mostWaiting = 10_000

// Present notes that what happens at platform, which forgets a press after so long, arrives.
func (b *Bot) Present(ctx context.Context, platform string, forgets time.Duration) {
	now := b.now()
	if !b.said.begin("present:"+platform, now, presentEvery) {
		return
	}
	away := store.Timer{Chat: dialog.Chat{Platform: platform, ID: dialog.TimerAway}, Name: dialog.TimerAway, At: now.Add(forgets)}
	if err := b.commit(ctx, store.Change{Chat: away.Chat, Timers: []store.Timer{away}, At: now}); err != nil && ctx.Err() == nil {
		b.Log.Error("present", "code", Code(err))
	}
}

// isAway reports whether t is due because nothing has arrived from a platform for too long.
func isAway(t store.Timer) bool { return t.Name == dialog.TimerAway && t.Chat.ID == dialog.TimerAway }

// offerAgain shows whoever has a draft at the platform of t the question that is open there, if
// they may be waiting; the dialogue knows who may.
func (b *Bot) offerAgain(ctx context.Context, t store.Timer) error {
	b.Log.Warn("presses may have been lost", "platform", t.Chat.Platform)
	now := b.now()
	drafts, err := b.Store.Due(ctx, now.AddDate(1, 0, 0), mostWaiting) // each has a timer by which it is forgotten
	for _, d := range drafts {
		if err != nil {
			break
		}
		if d.Name == dialog.TimerForget && d.Chat.Platform == t.Chat.Platform {
			key := fmt.Sprintf("away:%d:%s", t.At.UnixNano(), destination(d.Chat))
			_, _, err = b.Hear(ctx, Heard{Chat: d.Chat, Keys: []string{key}, Input: dialog.Input{Timer: dialog.TimerAway}})
		}
		if errors.Is(err, ErrFault) {
			b.Log.Error("offering again", "code", Code(err))
			err = nil
		}
	}
	if err != nil {
		return err
	}
	err = b.commit(ctx, store.Change{Chat: t.Chat, Fired: []store.Timer{t}, At: now})
	if errors.Is(err, store.ErrDuplicate) {
		return nil // another process was as fast, or what happens arrives again
	}
	return err
}
