package slack

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"referralbot/bot"
)

// post is a message of ours as Slack shows it.
type post struct {
	id     string // its delivery's
	name   string // what the store calls it, "" if nothing
	ts     string
	edited bool
}

// listing is what a channel shows of us, newest first.
type listing struct {
	channel string
	from    time.Time // what came before is not in it
	asked   time.Time // when reading began: what came after may not be
	cursor  string    // where to go on reading
	whole   bool      // all has been read
	posts   []post
}

// earliest is the ts of the earliest post of a delivery, "" if there is none.
func (l *listing) earliest(id string) string {
	ts := ""
	for _, p := range l.posts {
		if p.id == id {
			ts = p.ts
		}
	}
	return ts
}

// called are the posts that the store calls name, the earliest first.
func (l *listing) called(name string) []post {
	var found []post
	for _, p := range l.posts {
		if p.name == name {
			found = append([]post{p}, found...)
		}
	}
	return found
}

// listings keeps the latest listing of each channel, so that one serves all who look for
// something in it, and one that Slack made us break off is gone on with. The zero value has
// none.
type listings struct {
	mu  sync.Mutex
	all map[string]*listing
}

// take takes out the listing of channel.
func (ls *listings) take(channel string) *listing {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	l := ls.all[channel]
	delete(ls.all, channel)
	return l
}

func (ls *listings) put(l *listing) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	if ls.all == nil {
		ls.all = map[string]*listing{}
	}
	ls.all[l.channel] = l
}

// shows lists what channel shows of us from a time on, as it was at after or later. The
// listing is not to be changed; with an error it is empty.
func (c *Client) shows(ctx context.Context, channel string, from, after time.Time) (*listing, error) {
	l := c.listings.take(channel)
	if l == nil || l.from.After(from) || l.asked.Before(after) {
		l = &listing{channel: channel, from: from, asked: c.now()}
	}
	err := c.list(ctx, l)
	_, later := errors.AsType[*bot.Later](judge(place{channel: channel}, err))
	if err == nil || later {
		c.listings.put(l)
	}
	if err != nil {
		return &listing{}, err
	}
	return l, nil
}

// list reads on until l is whole.
func (c *Client) list(ctx context.Context, l *listing) error {
	for !l.whole {
		page, err := c.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: l.channel, Oldest: stamp(l.from), Cursor: l.cursor, Limit: 200, IncludeAllMetadata: true,
		})
		if err != nil {
			return err
		}
		for _, m := range page.Messages {
			if p, ok := c.postOf(m); ok {
				l.posts = append(l.posts, p)
			}
		}
		l.cursor = page.ResponseMetaData.NextCursor
		l.whole = l.cursor == ""
	}
	return nil
}

// postOf reads m as a post of ours, if it is one. Another app can put our mark on a message
// of its own, which is none.
func (c *Client) postOf(m slack.Message) (post, bool) {
	id, ok := m.Metadata.EventPayload[markID].(string)
	if !ok || m.Metadata.EventType != markType || !c.wrote(m.User) {
		return post{}, false
	}
	p := post{id: id, ts: m.Timestamp, edited: m.Edited != nil}
	if len(m.Blocks.BlockSet) > 0 {
		name, ok := strings.CutPrefix(m.Blocks.BlockSet[0].ID(), nameBlock)
		if ok {
			p.name = name
		}
	}
	return p, true
}

// nameBlock begins the id of the block that says what the store calls a message.
const nameBlock = "of:"

// called is m so marked that a copy of it is known by name.
func (m message) called(name string) message {
	if head, ok := m.blocks[0].(*slack.HeaderBlock); ok && name != "" {
		head.BlockID = nameBlock + name
	}
	return m
}

// stamp writes a time as Slack does.
func stamp(t time.Time) string {
	return strconv.FormatInt(max(t.Unix(), 0), 10) + ".000000"
}

// instant reads a time as Slack writes it, to the second.
func instant(ts string) time.Time {
	seconds, _, _ := strings.Cut(ts, ".")
	n, _ := strconv.ParseInt(seconds, 10, 64) // 0, long ago, if it is no number
	return time.Unix(n, 0)
}
