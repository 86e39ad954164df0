package slack

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"referralbot/bot"
	"referralbot/store"
)

const (
	// overlap is by how much a conversation is read back further than it was heard: presses
	// come even while messages are lost.
	overlap = time.Hour
	// readBack is the furthest. What was heard before is recognised for longer.
	readBack = store.DuplicateWindow - 24*time.Hour
	// mostDirect is how many conversations are read back at a time.
	mostDirect = 1000
)

// keepCaughtUp reads direct messages back once the sockets are open, after every gap, and
// every so often, since Slack may lose events without a gap to be seen. It does so until ctx
// ends, while no other process does.
func (c *Client) keepCaughtUp(ctx context.Context) {
	for c.gaps.wait(ctx, c.o.ReadEvery, c.o.Pace) {
		for !c.holds(ctx, partCatchUp, c.o.Lease) {
			if rest(ctx, c.o.Lease); ctx.Err() != nil {
				return
			}
		}
		err := c.catchUp(ctx)
		if err != nil && ctx.Err() == nil {
			c.log(slog.LevelWarn, "catching up", code(err))
		}
		c.giveBack(ctx, partCatchUp)
	}
}

// direct is an open conversation with one person.
type direct struct {
	channel, user string
	heard         time.Time // when they were last heard, zero if never
}

// catchUp hears what was said in direct messages and did not come, in the order in which it
// was said. What was heard before is recognised, and so changes nothing.
func (c *Client) catchUp(ctx context.Context) error {
	all, err := c.directs(ctx)
	if err != nil {
		return err
	}
	for _, d := range all {
		if !c.holds(ctx, partCatchUp, c.o.Lease) {
			return ctx.Err() // another process does it
		}
		c.catchUpWith(ctx, d)
		if rest(ctx, c.o.Pace); ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// catchUpWith hears what one person said. What could not be read or heard is left for the
// next time.
func (c *Client) catchUpWith(ctx context.Context, d direct) {
	asked := c.now()
	missed, err := c.since(ctx, d, c.readFrom(d))
	if err != nil {
		c.log(slog.LevelWarn, "catching up", code(err))
		return
	}
	if c.hearAgain(ctx, d.user, missed) {
		c.read[d.channel] = asked.Add(-c.o.Quiet) // Slack shows what is new with some delay
	}
}

// directs lists the conversations that are open, those heard last first.
func (c *Client) directs(ctx context.Context) ([]direct, error) {
	var all []direct
	p := &slack.GetConversationsForUserParameters{Types: []string{"im"}, Limit: 200}
	for {
		var page []slack.Channel
		err := c.insist(ctx, place{}, func() (err error) {
			page, p.Cursor, err = c.api.GetConversationsForUserContext(ctx, p)
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, ch := range page {
			if ch.IsUserDeleted {
				continue
			}
			d, err := c.directOf(ctx, ch)
			if err != nil {
				return nil, err
			}
			all = append(all, d)
		}
		if p.Cursor == "" {
			break
		}
	}
	slices.SortStableFunc(all, func(a, b direct) int { return b.heard.Compare(a.heard) })
	return all[:min(len(all), mostDirect)], nil
}

func (c *Client) directOf(ctx context.Context, ch slack.Channel) (direct, error) {
	heard, err := c.bot.Store.Conversation(ctx, chatWith(ch.User))
	return direct{ch.ID, ch.User, heard.HeardAt}, err
}

// readFrom is from when on a conversation is read back: from where it last was, or else from
// some time before the person was last heard.
func (c *Client) readFrom(d direct) time.Time {
	from, ok := c.read[d.channel]
	if !ok {
		from = d.heard.Add(-overlap)
	}
	if furthest := c.now().Add(-readBack); from.Before(furthest) {
		return furthest
	}
	return from
}

// since returns what the other person has said in a conversation, the earliest first.
func (c *Client) since(ctx context.Context, d direct, from time.Time) ([]*slackevents.MessageEvent, error) {
	var said []*slackevents.MessageEvent
	p := &slack.GetConversationHistoryParameters{ChannelID: d.channel, Oldest: stamp(from), Limit: 200}
	for {
		var page *slack.GetConversationHistoryResponse
		err := c.insist(ctx, place{}, func() (err error) {
			page, err = c.api.GetConversationHistoryContext(ctx, p)
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, m := range page.Messages {
			if m.User == d.user {
				said = append(said, eventOf(d.channel, m))
			}
		}
		if p.Cursor = page.ResponseMetaData.NextCursor; p.Cursor == "" {
			slices.Reverse(said)
			return said, nil
		}
	}
}

// eventOf is m as the event would have brought it.
func eventOf(channel string, m slack.Message) *slackevents.MessageEvent {
	return &slackevents.MessageEvent{
		Type: string(slackevents.Message), Channel: channel, ChannelType: slackevents.ChannelTypeIM, User: m.User, BotID: m.BotID, SubType: m.SubType,
		Text: m.Text, TimeStamp: m.Timestamp, ThreadTimeStamp: m.ThreadTimestamp, ClientMsgID: m.ClientMsgID,
	}
}

// hearAgain hears messages of one person in their lane, and reports whether all were heard.
func (c *Client) hearAgain(ctx context.Context, user string, messages []*slackevents.MessageEvent) bool {
	if len(messages) == 0 {
		return true
	}
	heard := make(chan bool, 1)
	taken := c.lanes.do(user, func(queued bool) {
		heard <- c.hearAll(ctx, queued, messages)
	})
	if !taken {
		return false
	}
	select {
	case all := <-heard:
		return all
	case <-ctx.Done():
		return false
	}
}

// hearAll hears messages of one person until one must be heard again.
func (c *Client) hearAll(ctx context.Context, queued bool, messages []*slackevents.MessageEvent) bool {
	for i, m := range messages {
		if err := c.hearMissed(ctx, queued || i > 0, m); err != nil {
			c.log(slog.LevelError, "message", bot.Code(err))
			return false
		}
	}
	return true
}

// hearMissed hears one message as if it had come over a socket.
func (c *Client) hearMissed(ctx context.Context, queued bool, m *slackevents.MessageEvent) (err error) {
	ctx, cancel := context.WithTimeout(ctx, workWithin)
	defer cancel()
	env := &envelope{acked: true, queued: queued}
	if c.guard(func() { err = c.message(ctx, env, "", m) }) {
		payload, _ := json.Marshal(map[string]any{"event": m}) // of plain strings
		c.setAside(ctx, env, raw{Kind: kindEvent, Payload: payload}, "panic")
	}
	return err
}
