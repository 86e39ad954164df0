package slack

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"referralbot/bot"
	"referralbot/dialog"
)

// sweepBack is how far back copies are looked for.
const sweepBack = 7 * 24 * time.Hour

// What only one process at a time does.
const (
	partSweep   = "slack-sweep"
	partCatchUp = "slack-catch-up"
)

// holds asks for a part for so long, and reports whether it is ours.
func (c *Client) holds(ctx context.Context, part string, last time.Duration) bool {
	ours, err := c.bot.Store.Lease(ctx, part, c.holder, last)
	return ours && err == nil
}

// giveBack lets another process have a part at once.
func (c *Client) giveBack(ctx context.Context, part string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	c.holds(ctx, part, 0)
}

// keepSwept sweeps now and every so often until ctx ends, while no other process does.
func (c *Client) keepSwept(ctx context.Context) {
	defer c.giveBack(ctx, partSweep)
	for ctx.Err() == nil {
		if !c.holds(ctx, partSweep, c.o.SweepEvery+c.o.Lease) {
			rest(ctx, c.o.Lease)
			continue
		}
		c.sweep(ctx)
		rest(ctx, c.o.SweepEvery)
	}
}

// sweep leaves one copy of every card and alert of the last days. There can be more where an
// attempt was accepted so late that it could not be found in time.
func (c *Client) sweep(ctx context.Context) {
	for _, destination := range []string{c.bot.Triage, c.bot.Safety} {
		l, err := c.sweepOne(ctx, destination)
		if err == nil && destination == c.bot.Triage {
			err = c.missing(ctx, l)
		}
		if err != nil && ctx.Err() == nil {
			c.log(slog.LevelWarn, "sweeping", code(err))
		}
	}
}

// sweepOne sweeps one channel and returns what was in it.
func (c *Client) sweepOne(ctx context.Context, destination string) (*listing, error) {
	to := placeOf(destination)
	l := &listing{channel: to.channel, asked: c.now(), from: c.now().Add(-sweepBack)}
	if err := c.insist(ctx, to, func() error { return c.list(ctx, l) }); err != nil {
		return l, err
	}
	c.listings.put(l) // whoever looks for something there need not ask again
	for name, copies := range l.copies(c.o.Quiet) {
		addressed, err := c.bot.Store.Shown(ctx, destination, name)
		if err != nil {
			return l, err
		}
		if err := c.leave(ctx, to, live(copies, addressed), copies); err != nil {
			return l, err
		}
	}
	return l, nil
}

// leave deletes all copies but one.
func (c *Client) leave(ctx context.Context, to place, kept post, copies []post) error {
	for _, p := range copies {
		if p == kept {
			continue
		}
		err := c.insist(ctx, to, func() error {
			_, _, err := c.api.DeleteMessageContext(ctx, to.channel, p.ts)
			if code(err) == "message_not_found" {
				err = nil
			}
			return err
		})
		if err != nil {
			return err
		}
		c.log(slog.LevelInfo, "sweeping", "copy_deleted")
	}
	return nil
}

// copies are the posts of which there are several, the earliest first, by what the store
// calls them, or by their deliveries if it calls them nothing. Those among which one is
// younger than quiet are left for the next time: an attempt at them may be under way.
func (l *listing) copies(quiet time.Duration) map[string][]post {
	several := map[string][]post{}
	for _, p := range l.posts {
		key := p.name
		if key == "" {
			key = p.id
		}
		several[key] = append([]post{p}, several[key]...)
	}
	for key, all := range several {
		if len(all) < 2 || l.asked.Sub(instant(all[len(all)-1].ts)) < quiet {
			delete(several, key)
		}
	}
	return several
}

// live chooses which of several copies stays, so that what stays is the one that is edited
// from now on: the one that the store addresses; failing that, the last that was edited, for
// an edit goes where the store addresses it; failing that, the earliest. Should the store
// address another all the same, the next edit finds that one gone and takes to the one that
// stayed.
func live(copies []post, addressed string) post {
	kept := copies[0]
	for _, p := range copies {
		if p.ts == addressed {
			return p
		}
		if p.edited {
			kept = p
		}
	}
	return kept
}

// missing tells the operator, once, of every referral whose card was posted and is gone from
// the channel. It is not posted anew: somebody has deleted it.
func (c *Client) missing(ctx context.Context, l *listing) error {
	open, err := c.bot.Store.Open(ctx)
	if err != nil {
		return err
	}
	for _, r := range open {
		gone, err := c.gone(ctx, l, r)
		if err != nil {
			return err
		}
		if !gone {
			delete(c.swept, r.Ref)
			continue
		}
		if !c.swept[r.Ref] {
			c.bot.Log.Error("slack", "problem", "the card of a referral has been deleted", "referral", r.Ref,
				"mend", "read it with: referralbot referrals show "+r.Ref)
		}
		c.swept[r.Ref] = true
	}
	return nil
}

// gone reports whether the card of r must be in l and is not.
func (c *Client) gone(ctx context.Context, l *listing, r dialog.Referral) (bool, error) {
	ts, err := c.bot.Store.Shown(ctx, c.bot.Triage, r.Ref)
	posted := instant(ts)
	if err != nil || posted.Before(l.from) || l.asked.Sub(posted) < c.o.Quiet {
		return false, err
	}
	return len(l.called(r.Ref)) == 0, nil
}

// mostTries is how often a call is made again whose outcome is not known.
const mostTries = 6

// insist makes a call that may be made any number of times, until it is known how it ended:
// again after as long as Slack asks for, and, a few times, if it cannot be known.
func (c *Client) insist(ctx context.Context, to place, call func() error) error {
	for unsure := 0; ; {
		err := call()
		wait := patience << unsure
		if later, ok := errors.AsType[*bot.Later](judge(to, err)); ok {
			wait = later.After
		} else if unsure++; !errors.Is(judge(to, err), bot.ErrUncertain) || unsure == mostTries {
			return err
		}
		if rest(ctx, wait); ctx.Err() != nil {
			return ctx.Err()
		}
	}
}
