package slack

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"referralbot/bot"
	"referralbot/store"
)

// A new message carries the id of its delivery, so that a card that Slack accepted without
// letting us know can be found before it is posted a second time.
const (
	markType = "referralbot_delivery"
	markID   = "id"
)

// mark is what a message carries of its delivery. Other apps can read it.
func mark(d store.Delivery) slack.SlackMetadata {
	return slack.SlackMetadata{EventType: markType, EventPayload: map[string]any{markID: d.ID}}
}

// attempts remembers how the attempts at each delivery ended, as far as this process made
// them, so that only a delivery that may have been accepted is looked for.
type attempts struct {
	mu   sync.Mutex
	past map[string]past
}

type past struct {
	refused int       // attempts of which nothing can have come
	unsure  time.Time // when the last of the others can have been made
}

// note remembers how an attempt ended.
func (a *attempts) note(d store.Delivery, err error, at time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	_, definite := errors.AsType[*bot.Later](err)
	definite = definite || errors.Is(err, bot.ErrBroken)
	p := a.past[d.ID]
	switch {
	case definite:
		p.refused++
	case errors.Is(err, bot.ErrUncertain):
		p.unsure = at
	default:
		delete(a.past, d.ID)
		return
	}
	a.keep(d, p)
}

// doubt reports whether an earlier attempt at d may have been accepted, and when the last
// such can have been made. Of attempts that another process made nothing is known but that
// they are over now.
func (a *attempts) doubt(d store.Delivery, now time.Time) (since time.Time, doubtful bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	p := a.past[d.ID]
	if d.Attempt <= p.refused {
		return time.Time{}, false
	}
	if p.unsure.IsZero() {
		p.unsure = now
		a.keep(d, p)
	}
	return p.unsure, true
}

func (a *attempts) keep(d store.Delivery, p past) {
	if a.past == nil {
		a.past = map[string]past{}
	}
	a.past[d.ID] = p
}

// before reports whether d was waiting when this process started. A process before it may
// have posted d without living to write that down, or it was written down after the backup
// was made from which the store was restored.
func (c *Client) before(d store.Delivery) bool {
	return !d.At.IsZero() && d.At.Before(c.started)
}

// foundAgain looks in channel for a message that an earlier attempt at d may have made, and
// returns its ts, or "" if there is none. Slack may take a message late and show it later
// still, so it does not look until all has been quiet for a while.
func (c *Client) foundAgain(ctx context.Context, channel string, d store.Delivery) (string, error) {
	since, doubtful := c.attempts.doubt(d, c.now())
	after := since.Add(c.o.Quiet)
	switch {
	case !doubtful && !c.before(d):
		return "", nil
	case !doubtful:
		after = c.started
	case after.After(c.now()):
		return "", &bot.Later{After: after.Sub(c.now())}
	}
	l, err := c.shows(ctx, channel, from(d), after)
	return l.earliest(d.ID), err
}

// already is the ts under which d stands in channel, "" if it does not or that cannot be
// known: it is for what had better be said twice than late.
func (c *Client) already(ctx context.Context, channel string, d store.Delivery) string {
	after := c.started
	if _, doubtful := c.attempts.doubt(d, c.now()); doubtful {
		after = c.now()
	} else if d.Target != "" || !c.before(d) {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, ackWithin)
	defer cancel()
	l, err := c.shows(ctx, channel, from(d), after)
	if err != nil {
		return ""
	}
	return l.earliest(d.ID)
}

// skew is by how much Slack's clock may differ from the store's.
const skew = time.Minute

// from is the time before which nothing of d can have been posted.
func from(d store.Delivery) time.Time {
	if d.At.IsZero() || !d.First.IsZero() && d.First.Before(d.At) {
		return d.First.Add(-skew)
	}
	return d.At.Add(-skew)
}
