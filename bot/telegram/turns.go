package telegram

import (
	"context"
	"errors"
	"time"

	"referralbot/bot"
	"referralbot/store"
)

// Of several processes one polls: Telegram gives what happens to whoever asked last, and
// sends the other away. pollLease is the part it has leased of the store, and leaseFor for
// how long if nothing else is said. The rest are parts of that time.
const (
	pollLease  = "telegram-poll"
	leaseFor   = 30 * time.Second
	renewals   = 4  // tries to renew it before it is nearly over
	standBys   = 60 // looks of another process whether it is free
	lookFor    = 5 * time.Second
	giveBackIn = time.Second
)

// pollInTurn polls while no other process does, and stands by meanwhile.
//
// It polls too when the store cannot say whose turn it is. Then nothing can be committed and
// so nothing is acknowledged, but somebody in danger is answered all the same. Should the
// store be away from this process alone, Telegram tells that another is polling.
func (c *Client) pollInTurn(ctx context.Context, b *bot.Bot) error {
	for ctx.Err() == nil {
		asked := time.Now()
		mine, err := c.askTurn(ctx, b.Store, c.lease)
		if mine {
			err = c.pollFor(ctx, b, asked)
		} else if err != nil {
			err = c.lookForDanger(ctx, b)
		}
		if c.hopeless(err) {
			return err
		}
		rest(ctx, c.lease/standBys)
	}
	return nil
}

// askTurn asks for the turn, for so long, and reports whether this process has it.
func (c *Client) askTurn(ctx context.Context, db store.Store, last time.Duration) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, c.lease/renewals)
	defer cancel()
	return db.Lease(ctx, pollLease, c.holder, last)
}

// pollFor polls as long as the turn, asked for at asked, is this process's, and then gives it
// back. What it was hearing when the turn was lost comes again, and is known by its keys.
func (c *Client) pollFor(ctx context.Context, b *bot.Bot, asked time.Time) error {
	mine, lose := context.WithCancel(ctx)
	defer lose()
	go c.keepTurn(mine, lose, b.Store, asked)
	c.log.Info("telegram", "code", "polling")
	err := c.pollWhile(mine, b)
	c.ails.Store(nil) // it is another's trouble now
	lose()
	back, cancel := context.WithTimeout(context.WithoutCancel(ctx), giveBackIn)
	defer cancel()
	c.askTurn(back, b.Store, 0) // if that fails the others wait a little longer
	return err
}

// keepTurn renews the turn until ctx ends, and calls lose before it is over if that cannot be
// done, or at once if another process has it. How long it lasts is measured from before it
// was asked for, on the clock that does not jump.
func (c *Client) keepTurn(ctx context.Context, lose func(), db store.Store, asked time.Time) {
	last := c.lease - c.lease/(2*renewals)
	over := time.AfterFunc(last-time.Since(asked), lose)
	defer over.Stop()
	for rest(ctx, c.lease/renewals) {
		asked := time.Now()
		mine, err := c.askTurn(ctx, db, c.lease)
		if err == nil && !mine {
			lose()
			return
		}
		if err == nil {
			over.Reset(last - time.Since(asked))
		}
	}
}

// lookForDanger asks once for what waits and tries to hear it. If another process is polling
// it leaves that alone for a while.
func (c *Client) lookForDanger(ctx context.Context, b *bot.Bot) error {
	asking, cancel := context.WithTimeout(ctx, min(lookFor, c.lease/renewals))
	defer cancel()
	_, err := c.pollOnce(ctx, asking, b, 0)
	if errors.Is(err, errOther) {
		rest(ctx, c.lease)
	}
	return err
}

// rest waits for d and reports whether it could do so before ctx ended.
func rest(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}
