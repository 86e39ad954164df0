package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

const (
	workWithin  = 10 * time.Second      // for one thing heard, answer and all
	ackWithin   = 3 * time.Second       // Slack waits no longer
	overtaken   = 50 * time.Millisecond // between looks for what an acknowledgement shows
	drainWithin = 8 * time.Second
	startAgain  = time.Second      // before a socket that ended is opened anew
	longestDark = 10 * time.Second // slack-go waits up to five minutes
)

// ErrToken means that Slack does not take one of the tokens, and that trying again is of no
// use until somebody has mended that.
var ErrToken = errors.New("slack: token refused")

// fatal are the codes after which a connection is not tried again.
var fatal = map[string]bool{
	"invalid_auth": true, "not_authed": true, "account_inactive": true, "token_revoked": true,
	"token_expired": true, "not_allowed_token_type": true, "http_404": true,
}

// Run hears Slack until ctx ends, then finishes what is in hand and returns nil. It returns
// an error that wraps ErrToken if Slack does not take a token at the start. Everything else it
// outlives, also that a token is revoked later: it goes on by itself once that is mended.
func (c *Client) Run(ctx context.Context) error {
	open, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	defer stop(nil)
	if err := c.untilKnown(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	hearing, deaf := context.WithCancel(ctx)
	defer deaf()
	var beside sync.WaitGroup
	for range c.o.Sockets {
		beside.Go(func() { stop(c.supervise(open, hearing)) })
	}
	beside.Go(func() { c.keepSwept(hearing) })
	beside.Go(func() { c.keepCaughtUp(hearing) })
	beside.Go(func() { c.keepWatch(hearing) })
	select {
	case <-ctx.Done():
		c.lanes.finish(drainWithin) // with the sockets still open, for the acknowledgements
	case <-open.Done():
	}
	deaf()
	stop(nil)
	beside.Wait()
	if err := context.Cause(open); errors.Is(err, ErrToken) {
		return err
	}
	return nil
}

// untilKnown asks Slack who we are until it says, so that nothing from elsewhere is heard.
func (c *Client) untilKnown(ctx context.Context) error {
	for {
		err := c.introduce(ctx)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		if fatal[code(err)] {
			return fmt.Errorf("%w: bot token: %s", ErrToken, code(err))
		}
		c.log(slog.LevelWarn, "starting", code(err))
		rest(ctx, startAgain)
	}
}

// supervise keeps one socket open until open ends. It hears nothing new once hearing ended.
func (c *Client) supervise(open, hearing context.Context) error {
	for {
		err := c.connect(open, hearing)
		if open.Err() != nil {
			return nil
		}
		if !fatal[code(err)] {
			c.log(slog.LevelWarn, "socket", code(err))
			rest(open, startAgain)
			continue
		}
		if _, ever := c.watch.sockets(); !ever {
			return fmt.Errorf("%w: app token: %s", ErrToken, code(err))
		}
		c.tellOnce(problem(aboutAppToken, "Slack opens no socket any more", err, mendAppToken))
		rest(open, longestDark)
	}
}

// connect opens a socket and hears what comes over it until it ends for good.
func (c *Client) connect(open, hearing context.Context) error {
	ctx, cancel := context.WithCancel(open)
	defer cancel()
	socket := socketmode.New(c.api)
	ended := make(chan error, 1)
	go func() { ended <- socket.RunContext(ctx) }()
	defer c.watch.closed(socket)
	for {
		select {
		case err := <-ended:
			return err
		case e := <-socket.Events:
			c.gaps.note(e.Type)
			c.watch.note(socket, e.Type)
			if failed, ok := e.Data.(*slack.ConnectionErrorEvent); ok && c.tooDark(failed) {
				cancel()
				rest(open, longestDark)
			}
			if hearing.Err() == nil {
				c.take(socket, e)
			}
		}
	}
}

// tooDark reports whether slack-go means to wait too long before it tries again. What
// Slack itself asks for is waited out.
func (c *Client) tooDark(e *slack.ConnectionErrorEvent) bool {
	if errors.Is(e.ErrorObj, context.Canceled) {
		return false // it is being closed
	}
	c.log(slog.LevelWarn, "connecting", code(e.ErrorObj))
	_, asked := errors.AsType[*slack.RateLimitedError](e.ErrorObj)
	return !asked && e.Backoff > longestDark
}

// envelope is one thing that came over a socket. Whoever has committed what it says, or
// knows that there is nothing to commit, acknowledges it.
type envelope struct {
	socket *socketmode.Client
	id     string
	queued bool // it had to wait for an earlier one of the same person
	acked  bool
}

// ack acknowledges the envelope, with an answer or nil, the first time it is called.
func (e *envelope) ack(answer any) {
	if e.acked {
		return
	}
	e.acked = true
	ctx, cancel := context.WithTimeout(context.Background(), ackWithin)
	defer cancel()
	// An acknowledgement that is lost costs a redelivery, which is recognised.
	_ = e.socket.AckCtx(ctx, e.id, answer)
}

// take gives what came over a socket to the lane of the person it came from.
func (c *Client) take(socket *socketmode.Client, e socketmode.Event) {
	if bad, ok := e.Data.(*socketmode.ErrorBadMessage); ok {
		c.unreadable(socket, bad.Message)
		return
	}
	lane, hear := c.hearing(e)
	if hear == nil || e.Request == nil {
		return
	}
	env := &envelope{socket: socket, id: e.Request.EnvelopeID}
	taken := c.lanes.do(lane, func(queued bool) {
		ctx, cancel := context.WithTimeout(context.Background(), workWithin)
		defer cancel()
		env.queued = queued
		if c.guard(func() { hear(ctx, env) }) {
			c.setAside(ctx, env, raw{Kind: e.Request.Type, Payload: e.Request.Payload}, "panic")
		}
	})
	if !taken {
		c.log(slog.LevelWarn, "hearing", "not_taken")
	}
}

// hearing says whose e is and how it is heard; nil means that it is not for us.
func (c *Client) hearing(e socketmode.Event) (lane string, hear func(context.Context, *envelope)) {
	switch data := e.Data.(type) {
	case slackevents.EventsAPIEvent:
		return eventLane(data), func(ctx context.Context, env *envelope) { c.event(ctx, env, data) }
	case slack.SlashCommand:
		return data.UserID, func(ctx context.Context, env *envelope) { c.command(ctx, env, data) }
	case slack.InteractionCallback:
		return data.User.ID, func(ctx context.Context, env *envelope) { c.interaction(ctx, env, &data) }
	case *socketmode.ErrorWriteFailed:
		c.log(slog.LevelWarn, "acknowledging", "write_failed")
	}
	return "", nil
}

// guard keeps a fault of ours in hearing one thing from ending everything, and reports
// whether there was one.
func (c *Client) guard(hear func()) (fault bool) {
	defer func() {
		if fault = recover() != nil; fault {
			c.log(slog.LevelError, "hearing", "panic")
		}
	}()
	hear()
	return false
}

// rest waits for d or until ctx ends.
func rest(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
