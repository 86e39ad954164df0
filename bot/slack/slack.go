// Package slack joins the bot to Slack: it hears what professionals and clinicians do there,
// draws what dialog says as messages, cards and forms, and hands it over. It wraps slack-go.
//
// It decides nothing that dialog could decide, knows no question and no criterion, and keeps
// nothing but short-lived copies of what Slack itself said. It does not know how the store
// works, nor that there is any platform but this one.
package slack

import (
	"cmp"
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"referralbot/bot"
)

// Platform is the name by which chats and destinations are Slack's.
const Platform = "slack"

// Options are what a Client is told.
type Options struct {
	AppToken string // xapp-…, for the sockets
	BotToken string // xoxb-…, for everything else
	// URL is the address of the Web API with a slash at its end; "" is Slack's own.
	URL string
	// Sockets is how many connections to keep, 1 to 10; 0 means 2, so that one carries on
	// while Slack renews the other.
	Sockets int

	// What follows are times, for each of which 0 means the usual one.

	// CallWithin is how long one call of the Web API may take: 8 s.
	CallWithin time.Duration
	// Quiet is how long after an attempt a message that Slack accepted is sure to be found: 1 min.
	Quiet time.Duration
	// Trust is how long what Slack said of people and channels is relied on: 1 min. Somebody
	// who has left the team can do nothing after that, even if Slack's word of it was lost.
	Trust time.Duration
	// SweepEvery is how often second copies of a message are looked for: 10 min.
	SweepEvery time.Duration
	// ReadEvery is how often direct messages are read back, besides at the start and after
	// every gap: 10 min.
	ReadEvery time.Duration
	// Pace is the time between two such readings, which Slack limits to 50 a minute: 1.2 s.
	Pace time.Duration
	// WatchEvery is how often it is looked whether all that must hold at Slack still does: 1 min.
	WatchEvery time.Duration
	// Lease is how long another process that does one of these is waited for: 30 s.
	Lease time.Duration
}

// usual fills what is not set.
func (o Options) usual() Options {
	o.Sockets = cmp.Or(o.Sockets, 2)
	o.CallWithin = cmp.Or(o.CallWithin, 8*time.Second)
	o.Quiet = cmp.Or(o.Quiet, time.Minute)
	o.Trust = cmp.Or(o.Trust, time.Minute)
	o.SweepEvery = cmp.Or(o.SweepEvery, 10*time.Minute)
	o.ReadEvery = cmp.Or(o.ReadEvery, 10*time.Minute)
	o.WatchEvery = cmp.Or(o.WatchEvery, time.Minute)
	o.Pace = cmp.Or(o.Pace, 1200*time.Millisecond)
	o.Lease = cmp.Or(o.Lease, 30*time.Second)
	return o
}

// Client is the bot's presence in one workspace. Its methods may be called from many
// goroutines.
type Client struct {
	bot      *bot.Bot
	api      *slack.Client
	o        Options
	started  time.Time
	holder   string // names this process where only one at a time does something
	lanes    lanes
	gaps     gaps
	staff    staff
	rooms    rooms
	alarms   alarms
	watch    watch
	attempts attempts
	listings listings
	swept    map[string]bool      // referrals whose card is known to be gone, for sweep alone
	read     map[string]time.Time // how far direct messages have been read back, for catchUp alone

	mu     sync.Mutex
	direct map[string]string // channels of direct messages, by user
	team   string            // the workspace's own id
	self   string            // the bot's own user
}

// New returns a Client for b, whose fields Triage and Safety name channels of the workspace.
// It connects to nothing yet.
func New(b *bot.Bot, o Options) *Client {
	o = o.usual()
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 32
	options := []slack.Option{
		slack.OptionAppLevelToken(o.AppToken),
		slack.OptionHTTPClient(&http.Client{Timeout: o.CallWithin, Transport: &floors{next: transport}}),
	}
	if o.URL != "" {
		options = append(options, slack.OptionAPIURL(o.URL))
	}
	c := &Client{
		bot:    b,
		api:    slack.New(o.BotToken, options...),
		o:      o,
		holder: rand.Text(),
		gaps:   make(gaps, 1),
		watch:  watch{bell: make(chan struct{}, 1)},
		swept:  map[string]bool{},
		read:   map[string]time.Time{},
		direct: map[string]string{},
	}
	c.started = c.now()
	return c
}

// place is where a message goes: a person's direct messages, a channel, or one person's
// screen in a channel.
type place struct{ channel, user string }

// placeOf reads a destination such as "slack:U1", "slack:C1" or "slack:C1/U1".
func placeOf(destination string) place {
	id := strings.TrimPrefix(destination, Platform+":")
	channel, user, private := strings.Cut(id, "/")
	if !private && strings.HasPrefix(id, "U") || strings.HasPrefix(id, "W") {
		return place{user: id}
	}
	return place{channel: channel, user: user}
}

// triage is the channel in which referrals are claimed.
func (c *Client) triage() string { return placeOf(c.bot.Triage).channel }

// safety is the channel that is told of alerts.
func (c *Client) safety() string { return placeOf(c.bot.Safety).channel }

// directWith returns the channel of the direct messages with user, opening it if need be.
func (c *Client) directWith(ctx context.Context, user string) (string, error) {
	c.mu.Lock()
	id, ok := c.direct[user]
	c.mu.Unlock()
	if ok {
		return id, nil
	}
	opened, _, _, err := c.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{user}})
	if err != nil {
		return "", err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.direct[user] = opened.ID
	return opened.ID, nil
}

// home is the workspace's own id, "" until introduce has learnt it.
func (c *Client) home() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.team
}

// introduce asks Slack which workspace the bot is at home in.
func (c *Client) introduce(ctx context.Context) error {
	me, err := c.api.AuthTestContext(ctx)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.team, c.self = me.TeamID, me.UserID
	return nil
}

// wrote reports whether user is the bot itself, as far as Slack says who that is.
func (c *Client) wrote(user string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.self == "" || user == c.self
}

// log writes down that something went wrong: what was being done, and a code.
func (c *Client) log(level slog.Level, doing, code string) {
	c.bot.Log.Log(context.Background(), level, "slack", "doing", doing, "code", code)
}

// note logs an error of Slack's, if it is one.
func (c *Client) note(level slog.Level, doing string, err error) {
	if err != nil {
		c.log(level, doing, code(err))
	}
}

// now is the time as the bot has it.
func (c *Client) now() time.Time {
	if c.bot.Now == nil {
		return time.Now()
	}
	return c.bot.Now()
}
