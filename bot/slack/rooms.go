package slack

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"referralbot/bot"
)

// rooms remembers for a short while which channels are fit to be told of referrals. The
// zero value remembers none.
type rooms struct {
	mu  sync.Mutex
	fit map[string]time.Time // when each was found fit
}

// flaws is all that can make a channel unfit to be told of referrals, with how to mend it.
// What does not bar posting is left to Slack to refuse.
var flaws = []struct {
	bars bool
	has  func(*slack.Channel) bool
	Problem
}{
	{true, func(c *slack.Channel) bool { return c.IsArchived },
		Problem{Code: "archived", What: "is archived", Mend: "unarchive it, or name another"}},
	{true, func(c *slack.Channel) bool { return !c.IsPrivate },
		Problem{Code: "public", What: "is not private", Mend: "make it private, or name a private one: everybody in the workspace can read it"}},
	{true, func(c *slack.Channel) bool {
		return c.IsExtShared || c.IsPendingExtShared || c.IsOrgShared || c.IsGlobalShared
	}, Problem{Code: "shared", What: "is shared with others", Mend: "stop sharing it, or name one that is not shared: people outside can read it"}},
	{false, func(c *slack.Channel) bool { return !c.IsMember },
		Problem{Code: "not_in_channel", What: "does not have the bot among its members", Mend: "invite the bot in it"}},
}

// secluded returns nil if channel may be told of referrals: it is private, shared with
// nobody, and in use. An error says that nothing may be posted there.
func (c *Client) secluded(ctx context.Context, channel string) error {
	c.rooms.mu.Lock()
	found := c.rooms.fit[channel]
	c.rooms.mu.Unlock()
	if c.fresh(found) {
		return nil
	}
	asked := c.now()
	info, err := c.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: channel})
	if err != nil {
		return unlooked(channel, err)
	}
	for _, f := range flaws {
		if f.bars && f.has(info) {
			return fmt.Errorf("slack: %w: channel %s", bot.ErrBroken, f.Code)
		}
	}
	c.rooms.mu.Lock()
	defer c.rooms.mu.Unlock()
	if c.rooms.fit == nil {
		c.rooms.fit = map[string]time.Time{}
	}
	c.rooms.fit[channel] = asked
	return nil
}

// unlooked is what it means that a channel could not be looked at. Nothing was posted, so
// there is nothing uncertain in it.
func unlooked(channel string, err error) error {
	err = judge(place{channel: channel}, err)
	if _, later := errors.AsType[*bot.Later](err); later || errors.Is(err, bot.ErrBroken) {
		return err
	}
	return &bot.Later{After: patience}
}
