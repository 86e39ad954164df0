package bot

import (
	"context"
	"time"

	"referralbot/rules"
)

// diary is what there is to know of calls. What cannot be read of it leaves more times free than
// there are: the store, which has the last word, keeps two from having the same.
func (b *Bot) diary(ctx context.Context, now time.Time) *rules.Diary {
	var d rules.Diary
	taken, err := b.Store.Taken(ctx, now)
	if err != nil {
		b.Log.Error("diary", "code", "taken")
	}
	roster, err := b.Store.Roster(ctx)
	if err != nil {
		b.Log.Error("diary", "code", "roster")
	}
	d.Taken, d.Blocks = taken, roster.Blocks
	if b.Busy != nil {
		d.Busy = b.Busy()
	}
	return &d
}
