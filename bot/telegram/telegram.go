// Package telegram wraps Telegram. It hears what parents write and press there, in the
// order they did so, and hands over what is to be said to them. It does not know what any
// of it means, and it keeps nothing: what is heard is committed by bot before Telegram is
// told that it has arrived.
package telegram

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-telegram/bot/models"

	"referralbot/bot"
	"referralbot/dialog"
)

// Platform is what chats and destinations here begin with.
const Platform = "telegram"

// ErrToken: Telegram refuses the token. Only an operator can mend that.
var ErrToken = errors.New("telegram: the token is refused; ask @BotFather for the current one")

// Options are what a Client needs.
type Options struct {
	Token string
	URL   string // of the Bot API; "" means Telegram's own
	Log   *slog.Logger
	// Public is the address at which Telegram reaches this program, without a path, such as
	// "https://bot.example". Telegram then brings what happens to Webhook; if it is "" the
	// client polls.
	Public string
	// Lease is for how long one of several processes polls unless it says again that it is
	// there; zero means 30 seconds.
	Lease time.Duration
	// File writes a call as a file for somebody's calendar.
	File func(dialog.Invite) []byte
}

// Client is one bot at Telegram.
type Client struct {
	token, url string
	log        *slog.Logger
	http       *http.Client
	file       func(dialog.Invite) []byte
	pause      time.Duration // before the first of several new tries

	// sent remembers the ids of the parts of a long message that were accepted before a
	// later part was not, by the delivery's id.
	sent sync.Map

	courtesies places // calls that nobody waits for
	hearings   places // updates that were brought

	taken     atomic.Bool // Telegram has taken the token
	ails      atomic.Pointer[ailment]
	tellAgain time.Duration // of the same ailment

	public string        // see Options
	holder string        // this process, among those that would poll
	lease  time.Duration // see Options
}

// The times of calls. Telegram itself ends a long poll after 50 s.
const (
	pollFor      = 50 * time.Second
	pollSpare    = 15 * time.Second // beyond what Telegram is asked to wait
	sendWithin   = 15 * time.Second
	courteously  = 5 * time.Second
	firstPause   = 250 * time.Millisecond
	longestPause = 30 * time.Second
	unheardPause = 600 * time.Millisecond
)

// idleMost is how many connections are kept: as many calls as bot makes at once.
const idleMost = 512

// New returns a client, or ErrToken if there is no token or it could be none. It makes no
// call yet.
func New(o Options) (*Client, error) {
	if o.URL == "" {
		o.URL = "https://api.telegram.org"
	}
	if _, err := url.Parse(o.URL + "/bot" + o.Token); err != nil || o.Token == "" {
		return nil, ErrToken
	}
	return &Client{
		token:      o.Token,
		url:        strings.TrimRight(o.URL, "/"),
		log:        o.Log,
		http:       client(),
		file:       o.File,
		pause:      firstPause,
		tellAgain:  time.Hour,
		courtesies: make(places, 64),
		hearings:   make(places, hearingsMost),
		public:     strings.TrimRight(o.Public, "/"),
		holder:     rand.Text(),
		lease:      cmp.Or(o.Lease, leaseFor),
	}, nil
}

// client keeps its connections, where the standard one would open a new one for nearly
// every call of a busy bot, and follows nobody elsewhere with the token.
func client() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = idleMost, idleMost
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Check reports whether Telegram can be reached and accepts the token: ErrToken if not the
// latter. Its remarks are what is odd without keeping the bot from its work. It changes nothing.
func (c *Client) Check(ctx context.Context) (remarks []string, err error) {
	var me models.User
	if err := c.call(ctx, "getMe", nil, &me); err != nil {
		return nil, tokenOr(err)
	}
	var called models.WebhookInfo
	if err := c.call(ctx, "getWebhookInfo", nil, &called); err != nil {
		return nil, tokenOr(err)
	}
	address := ""
	if c.public != "" {
		address = c.public + WebhookPath
	}
	if me.CanJoinGroups {
		remarks = append(remarks, "the bot can be put into groups, which it leaves at once: turn Allow Groups off at @BotFather")
	}
	if called.URL != "" && called.URL != address {
		remarks = append(remarks, "Telegram now brings what happens to another address, which serve ends: if that is another program's, give each a bot of its own")
	}
	if called.URL == address && called.LastErrorMessage != "" {
		remarks = append(remarks, fmt.Sprintf("Telegram could not bring something to PUBLIC_URL at %s: see that it is reached from outside, over https, with a certificate that all believe",
			time.Unix(int64(called.LastErrorDate), 0).UTC().Format("15:04 on 2 January 2006 MST")))
	}
	return remarks, nil
}

// ailment is what keeps the bot from hearing Telegram, and when the operator was last told.
type ailment struct {
	code string
	told time.Time
}

// Ailing returns a code for what keeps the bot from hearing Telegram now, none if nothing does.
func (c *Client) Ailing() []string {
	if a := c.ails.Load(); a != nil {
		return []string{a.code}
	}
	return nil
}

// note keeps what became of an attempt to receive. It tells the operator of what is wrong, again
// every hour, and when it is mended.
func (c *Client) note(ctx context.Context, err error) {
	before := c.ails.Load()
	if err == nil {
		if c.ails.Store(nil); before != nil {
			c.log.Info("telegram", "mended", before.code)
		}
		return
	}
	now := &ailment{code: codeOf(err), told: time.Now()}
	if before != nil && before.code == now.code && time.Since(before.told) < c.tellAgain {
		return
	}
	c.ails.Store(now)
	c.log.Log(ctx, levelOf(err), "telegram", "problem", err.Error(), "code", now.code)
}

// codeOf is an error of receiving as one word.
func codeOf(err error) string {
	switch {
	case errors.Is(err, ErrToken):
		return "token_refused"
	case errors.Is(err, errWebhook):
		return "webhook_refused"
	case errors.As(err, new(*bot.Later)):
		return "rate_limited"
	case errors.As(err, new(unheard)):
		return "not_heard"
	}
	return strings.NewReplacer(" ", "_", ",", "").Replace(strings.TrimPrefix(err.Error(), "telegram: "))
}

// hopeless reports whether err is that the token is refused, and was never taken. One that is
// refused later may be taken again, and meanwhile the rest of the program has its work.
func (c *Client) hopeless(err error) bool { return errors.Is(err, ErrToken) && !c.taken.Load() }

// kinds are the kinds of update that are asked for.
var kinds = []string{"message", "edited_message", "callback_query", "my_chat_member"}

// prepare readies the bot's side at Telegram for receiving by polls.
func (c *Client) prepare(ctx context.Context) error {
	err := c.call(ctx, "deleteWebhook", nil, nil)
	if err == nil {
		c.taken.Store(true)
		err = c.setCommands(ctx)
	}
	return tokenOr(err)
}

// tokenOr makes ErrToken of bot.ErrBroken, which at Telegram has no other cause.
func tokenOr(err error) error {
	if errors.Is(err, bot.ErrBroken) {
		return ErrToken
	}
	return err
}

// trouble is a passing failure of receiving, by a word that is safe to log.
type trouble string

func (t trouble) Error() string { return fmt.Sprintf("telegram: %s", string(t)) }

const (
	errOther    = trouble("another program is receiving with this token")
	errNoUpdate = trouble("an update without a number")
	errWebhook  = trouble("the webhook is refused: Telegram must be able to reach PUBLIC_URL")
)

// unheard is that the store has not taken something, by a word that is safe to log.
type unheard string

func (u unheard) Error() string { return fmt.Sprintf("telegram: not heard: %s", string(u)) }
