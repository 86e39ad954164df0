package main

import (
	"context"
	"time"

	"referralbot/dialog"
)

// crash is how the bot was killed and came back.
type crash struct {
	At     time.Time `json:"at"`     // by the demo's clock
	Before tally     `json:"before"` // as it was killed
	After  *tally    `json:"after"`  // once it has come back and caught up; nil until then
}

// tally counts what is stored.
type tally struct {
	Answers   int `json:"answers"`   // of everybody on the page
	Referrals int `json:"referrals"` // with the clinicians
	Waiting   int `json:"waiting"`   // messages not yet handed over
	Unheard   int `json:"unheard"`   // messages that wait at Telegram to be heard
}

func (d *demo) tally(ctx context.Context) tally {
	t := tally{Unheard: d.telegram.Pending()}
	chats := []dialog.Chat{demoVisitorChat}
	for _, p := range demoParents {
		chats = append(chats, chatOf(p.id))
	}
	for _, chat := range chats {
		if c, err := d.store.Conversation(ctx, chat); err == nil {
			t.Answers += len(c.Answers)
		}
	}
	if stats, err := d.store.Stats(ctx); err == nil {
		t.Waiting = stats.Waiting
		for _, n := range stats.Referrals {
			t.Referrals += n
		}
	}
	return t
}

// crash kills the bot, and counts once more when it is back.
func (d *demo) crash(ctx context.Context) {
	c := crash{At: d.clock.now(), Before: d.tally(ctx)}
	if d.bot == nil || !d.bot.crash() {
		return
	}
	d.last.Store(&c)
	d.wake()
	down := func() bool { return !d.up() }
	if !d.until(ctx, down) || !d.until(ctx, d.up) {
		return
	}
	d.settle(ctx)
	after := d.tally(ctx)
	d.last.Store(&crash{c.At, c.Before, &after})
	d.wake()
}
