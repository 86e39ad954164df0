package main

import (
	"sync/atomic"
	"time"
)

// clock is the time of a demo: this machine's, or ahead of it. It never goes back.
type clock struct{ ahead atomic.Int64 }

// now returns the time by the clock.
func (c *clock) now() time.Time { return time.Now().Add(c.is()) }

// is returns by how much the clock is ahead of this machine's.
func (c *clock) is() time.Duration { return time.Duration(c.ahead.Load()) }

// set moves the clock so far ahead of this machine's.
func (c *clock) set(ahead time.Duration) { c.ahead.Store(int64(ahead)) }
