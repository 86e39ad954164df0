package slack

import (
	"errors"
	"strings"
	"sync"
	"time"

	"referralbot/bot"
)

const (
	alarmEvery = time.Hour   // for as long as something is not mended
	mendEvery  = time.Minute // how often it is tried whether it is
	alarmLasts = 3 * mendEvery
)

// alarms remembers what is broken, so that the operator is told of it when it breaks and then
// once an hour. The zero value knows of nothing broken.
type alarms struct {
	mu     sync.Mutex
	broken map[string]breakage // by what is broken
}

type breakage struct {
	code       string
	told, seen time.Time
}

// due notes that something is broken, and reports whether the operator is to be told of it now.
func (a *alarms) due(about, code string, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	known := a.broken[about]
	due := known.code != code || now.Sub(known.told) >= alarmEvery
	if due {
		known = breakage{code: code, told: now}
	}
	known.seen = now
	if a.broken == nil {
		a.broken = map[string]breakage{}
	}
	a.broken[about] = known
	return due
}

// mended notes that something is not broken, and reports whether it was.
func (a *alarms) mended(about string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	_, was := a.broken[about]
	delete(a.broken, about)
	return was
}

// since returns the codes of what was seen to be broken at t or later.
func (a *alarms) since(t time.Time) (codes []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, b := range a.broken {
		if !b.seen.Before(t) {
			codes = append(codes, b.code)
		}
	}
	return codes
}

// alarm tells the operator that nothing can be posted to a place until something is mended,
// but not at every attempt: in between, what cannot be posted is only put off.
func (c *Client) alarm(to place, err error) error {
	at := to.channel
	if to.user != "" {
		at = "" // one for all that is said to one person
	}
	if err == nil {
		c.alarms.mended(at)
	}
	if !errors.Is(err, bot.ErrBroken) {
		return err
	}
	if !c.alarms.due(at, c.codeAt(at)+"_"+reason(err), c.now()) {
		return &bot.Later{After: mendEvery}
	}
	c.bot.Log.Error("slack", "problem", err.Error(), "channel", at)
	return err
}

// codeAt is what a place is called in codes.
func (c *Client) codeAt(id string) string {
	for _, ch := range c.channels() {
		if ch.id == id {
			return ch.code
		}
	}
	return "direct_messages"
}

// reason is the last word of a judged error, which is Slack's code or ours.
func reason(err error) string {
	words := strings.Fields(err.Error())
	return words[len(words)-1]
}
