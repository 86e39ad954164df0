package slack

import (
	"context"
	"time"

	"github.com/slack-go/slack/socketmode"
)

// gaps holds a value once a socket has opened. Until then another may have been open or
// none: what was said meanwhile may never come.
type gaps chan struct{}

// note hears what became of a socket.
func (g gaps) note(event socketmode.EventType) {
	if event != socketmode.EventTypeHello {
		return
	}
	select {
	case g <- struct{}{}:
	default: // it is known
	}
}

// wait returns after a gap, the start included, or after every, and reports whether it did so
// before ctx ended. Sockets that open within settle of each other end one gap.
func (g gaps) wait(ctx context.Context, every, settle time.Duration) bool {
	select {
	case <-g:
		rest(ctx, settle)
	case <-time.After(every):
	case <-ctx.Done():
	}
	select {
	case <-g:
	default:
	}
	return ctx.Err() == nil
}
