package slack

import (
	"errors"
	"sync"
	"time"

	"referralbot/bot"
)

const (
	alarmEvery = time.Hour   // for as long as something is not mended
	mendEvery  = time.Minute // how often it is tried whether it is
)

// alarms remembers what is broken, so that the operator is told of it when it breaks and then
// once an hour. The zero value knows of nothing broken.
type alarms struct {
	mu     sync.Mutex
	broken map[string]breakage // by channel, "" for all that is said to one person
}

type breakage struct {
	what string
	told time.Time
}

// due reports whether the operator is to be told of what now. An empty what is mended.
func (a *alarms) due(channel, what string, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if what == "" {
		delete(a.broken, channel)
		return false
	}
	known := a.broken[channel]
	if known.what == what && now.Sub(known.told) < alarmEvery {
		return false
	}
	if a.broken == nil {
		a.broken = map[string]breakage{}
	}
	a.broken[channel] = breakage{what, now}
	return true
}

// alarm tells the operator that nothing can be posted to a place until something is mended,
// but not at every attempt: in between, what cannot be posted is only put off.
func (c *Client) alarm(to place, err error) error {
	channel := to.channel
	if to.user != "" {
		channel = ""
	}
	if err == nil {
		c.alarms.due(channel, "", c.now())
	}
	if !errors.Is(err, bot.ErrBroken) {
		return err
	}
	if !c.alarms.due(channel, err.Error(), c.now()) {
		return &bot.Later{After: mendEvery}
	}
	c.bot.Log.Error("slack", "problem", err.Error(), "channel", channel)
	return err
}
