package main

import (
	"context"
	"time"

	"referralbot/rules"
)

// hops are the ways to move the clock, each from the present time to a later one.
var hops = map[string]func(now time.Time) time.Time{
	"hour":    func(now time.Time) time.Time { return now.Add(time.Hour) },
	"morning": func(now time.Time) time.Time { return rules.DefaultService().Calendar().NextWorkingMorning(now) },
	"day":     func(now time.Time) time.Time { return now.AddDate(0, 0, 1) },
	"week":    func(now time.Time) time.Time { return now.AddDate(0, 0, 7) },
}

const (
	leastHop   = 10 * time.Minute // what falls due within it happens together
	settleOnce = 5 * time.Second  // the longest to wait until all that is due has happened
)

// advance moves the clock to goal. It stops at whatever falls due on the way until that has
// happened, so that everything happens at its time.
func (d *demo) advance(ctx context.Context, goal time.Time) {
	if d.bot == nil || !d.goal.CompareAndSwap(nil, &goal) {
		return // the bot goes by its own clock, or this one is on its way
	}
	defer d.wake()
	defer d.goal.Store(nil)
	d.settle(ctx)
	for now := d.clock.now(); now.Before(goal) && ctx.Err() == nil; now = d.clock.now() {
		next := goal
		if due, err := d.store.Due(ctx, goal, 1); err == nil && len(due) > 0 {
			next = earlier(goal, later(due[0].At.Add(time.Second), now.Add(leastHop)))
		}
		if d.bot.move(d.clock.is()+next.Sub(now)) != nil {
			return // it has been killed, and goes on from here
		}
		d.wake()
		d.settle(ctx)
	}
}

// settle waits until all that is due has happened, but not for ever.
func (d *demo) settle(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, settleOnce)
	defer cancel()
	d.until(ctx, func() bool {
		stats, err := d.store.Stats(ctx)
		due, failed := d.store.Due(ctx, d.clock.now(), 1)
		return err == nil && failed == nil && stats.Waiting == 0 && len(due) == 0 && d.telegram.Pending() == 0
	})
}

// until waits until holds does, and reports whether it did before ctx ended.
func (d *demo) until(ctx context.Context, holds func() bool) bool {
	for !holds() {
		if !rest(ctx, look) {
			return false
		}
	}
	return true
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
