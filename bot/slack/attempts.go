package slack

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
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
	unsure  time.Time // when the last of the others was made
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
	if a.past == nil {
		a.past = map[string]past{}
	}
	a.past[d.ID] = p
}

// doubt reports whether an earlier attempt at d may have been accepted, and when that was.
func (a *attempts) doubt(d store.Delivery) (since time.Time, doubtful bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	p := a.past[d.ID]
	if p.unsure.IsZero() {
		p.unsure = d.First
	}
	return p.unsure, d.Attempt > p.refused
}

// foundAgain looks in channel for a message that an earlier attempt at d may have made, and
// returns its ts, or "" if there is none. Slack may take a message late and show it later
// still, so it does not look until all has been quiet for a while.
func (c *Client) foundAgain(ctx context.Context, channel string, d store.Delivery) (string, error) {
	since, doubtful := c.attempts.doubt(d)
	if !doubtful {
		return "", nil
	}
	if wait := since.Add(c.quiet).Sub(c.now()); wait > 0 {
		return "", &bot.Later{After: wait}
	}
	return c.search(ctx, channel, d)
}

// toldBefore looks in channel, once and not for long, for what an earlier attempt at d may have
// made, as before the program was killed. It returns its ts, "" if it is not to be seen.
func (c *Client) toldBefore(ctx context.Context, channel string, d store.Delivery) string {
	if _, doubtful := c.attempts.doubt(d); !doubtful {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, ackWithin)
	defer cancel()
	ts, err := c.search(ctx, channel, d)
	c.note(slog.LevelWarn, "looking for an alert", err)
	return ts
}

// search looks through all that was posted since the first attempt at d.
func (c *Client) search(ctx context.Context, channel string, d store.Delivery) (string, error) {
	p := &slack.GetConversationHistoryParameters{
		ChannelID: channel, Oldest: stamp(d.First.Add(-5 * time.Second)), Limit: 200, IncludeAllMetadata: true,
	}
	found := ""
	for {
		page, err := c.api.GetConversationHistoryContext(ctx, p)
		if err != nil {
			return "", err
		}
		for _, m := range page.Messages { // newest first, and the earliest is the one to keep
			if m.Metadata.EventType == markType && m.Metadata.EventPayload[markID] == d.ID {
				found = m.Timestamp
			}
		}
		if p.Cursor = page.ResponseMetaData.NextCursor; p.Cursor == "" {
			return found, nil
		}
	}
}

// stamp writes a time as Slack does.
func stamp(t time.Time) string {
	return strconv.FormatInt(t.Unix(), 10) + ".000000"
}
