package slack

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack/socketmode"
)

// watch knows whether all that must hold at Slack does. The bell wakes whoever looks.
type watch struct {
	bell   chan struct{}
	alarms alarms // what was found wrong, by its code

	mu   sync.Mutex
	open map[*socketmode.Client]bool
	ever bool // a socket has been open
}

// ring has it looked again now.
func (w *watch) ring() {
	select {
	case w.bell <- struct{}{}:
	default: // somebody will
	}
}

// note hears what became of a socket.
func (w *watch) note(s *socketmode.Client, event socketmode.EventType) {
	switch event {
	case socketmode.EventTypeHello:
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.open == nil {
			w.open = map[*socketmode.Client]bool{}
		}
		w.open[s], w.ever = true, true
		w.ring()
	case socketmode.EventTypeConnecting, socketmode.EventTypeConnectionError, socketmode.EventTypeDisconnect:
		w.closed(s)
	}
}

func (w *watch) closed(s *socketmode.Client) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.open, s)
}

// sockets is how many are open, and whether any ever was: then Slack has taken the tokens.
func (w *watch) sockets() (open int, ever bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.open), w.ever
}

// Sockets returns how many connections are open.
func (c *Client) Sockets() int {
	open, _ := c.watch.sockets()
	return open
}

// Ailing returns a code for each thing that keeps the bot from hearing Slack, or from posting
// where it must, as far as it is known now: none if all is well.
func (c *Client) Ailing() []string {
	codes := append(c.watch.alarms.since(time.Time{}), c.alarms.since(c.now().Add(-alarmLasts))...)
	if open, _ := c.watch.sockets(); open == 0 {
		codes = append(codes, noSocket.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// keepWatch looks whether all that must hold at Slack does, every so often, and at once when
// Slack says that something has changed, until ctx ends. It tells the operator of what is
// wrong, again every hour, and when it is mended. It stops nothing: what cannot be posted is
// kept until it can be.
func (c *Client) keepWatch(ctx context.Context) {
	for ctx.Err() == nil {
		c.look(ctx)
		select {
		case <-c.watch.bell:
		case <-time.After(c.o.WatchEvery):
		case <-ctx.Done():
		}
	}
}

// look looks once. Where Slack cannot be asked, what was found before stands.
func (c *Client) look(ctx context.Context) {
	found := slices.DeleteFunc(c.checkBot(ctx), func(p Problem) bool { return p.Remark })
	if ctx.Err() != nil {
		return
	}
	if open, ever := c.watch.sockets(); open == 0 && ever {
		found = append(found, noSocket)
	}
	passing := func(p Problem) bool { return p.passing }
	for _, p := range found {
		if !passing(p) {
			c.tellOnce(p)
		}
	}
	if slices.ContainsFunc(found, passing) {
		return
	}
	for _, code := range c.watch.alarms.since(time.Time{}) {
		still := slices.ContainsFunc(found, func(p Problem) bool { return p.Code == code })
		if open, _ := c.watch.sockets(); !still && (open > 0 || !strings.HasPrefix(code, aboutAppToken)) {
			c.watch.alarms.mended(code)
			c.log(slog.LevelInfo, "mended", code)
		}
	}
}

// tellOnce tells the operator of a problem, but not more than once an hour.
func (c *Client) tellOnce(p Problem) {
	if c.watch.alarms.due(p.Code, p.Code, c.now()) {
		c.bot.Log.Error("slack", "problem", p.What, "mend", p.Mend, "code", p.Code)
	}
}
