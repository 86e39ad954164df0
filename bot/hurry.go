package bot

import (
	"context"
	"sync"
	"time"

	"referralbot/dialog"
)

// How much of one chat is heard, however fast it comes: more than anybody can write or press.
const (
	heardAtOnce = 160                    // inputs
	heardEvery  = 250 * time.Millisecond // one more
	toldEvery   = time.Minute            // that it is too much
)

// holdBack reports whether h is too much of one chat at once, and then does not hear it. The
// chat is told so, once a minute. What may be danger, a call for help, and the wish to have
// the chat hidden are never too much, nor is a form or a timer.
func (b *Bot) holdBack(ctx context.Context, h Heard) (bool, error) {
	if b.Unhurried || h.Input.Timer != "" || h.answeredThere() || len(h.Keys) == 0 {
		return false, nil
	}
	where, now := destination(h.Chat), b.now()
	if b.paces.allow(where, now) {
		return false, nil
	}
	change, urgent := b.emergency(dialog.TooMuch, h, h.Keys)
	if urgent || len(change.Deliveries) == 0 {
		return false, nil
	}
	if !b.said.begin("hurried:"+where, now, toldEvery) {
		return true, nil
	}
	b.Log.Warn("input", "code", "too much at once")
	change.Chat, change.Keys, change.Heard = h.Chat, h.Keys, h.messages()
	return true, b.commit(ctx, change)
}

// paces remembers of the latest chats when all that was heard of each would have been heard
// at the pace of one in heardEvery. The zero value is ready to use.
type paces struct {
	mu   sync.Mutex
	even recent[time.Time]
}

// allow reports whether one more input of where may be heard now, and counts it if so.
func (p *paces) allow(where string, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	even := p.even.get(where)
	if even.Before(now) {
		even = now
	}
	if even.Sub(now) > (heardAtOnce-1)*heardEvery {
		return false
	}
	p.even.put(where, even.Add(heardEvery))
	return true
}
