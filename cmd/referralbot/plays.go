package main

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// plays are the examples on their way, by whose they are. While one plays, what it has
// typed so far is on its person's screen.
type plays struct {
	seen  watchers // who sees it
	mu    sync.Mutex
	now   map[string]play
	stops map[string]context.CancelFunc
}

func newPlays() *plays {
	return &plays{now: map[string]play{}, stops: map[string]context.CancelFunc{}}
}

// start begins to play for who, unless something plays already. Slowly is at a pace that can
// be followed.
func (p *plays) start(ctx context.Context, who string, slowly bool, example func(context.Context, pen)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stops[who] != nil {
		return
	}
	ctx, stop := context.WithCancel(ctx)
	p.stops[who] = stop
	p.show(who, play{On: true, slowly: slowly})
	go func() {
		defer p.end(who, stop)
		example(ctx, pen{p, who})
	}()
}

// stop stops what plays for who.
func (p *plays) stop(who string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if stop := p.stops[who]; stop != nil {
		stop()
	}
}

func (p *plays) end(who string, stop context.CancelFunc) {
	stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.stops, who)
	p.show(who, play{})
}

// of returns what plays for who.
func (p *plays) of(who string) play {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now[who]
}

// show puts what is played on the screen. The caller holds the lock.
func (p *plays) show(who string, now play) {
	p.now[who] = now
	p.seen.wake()
}

// The pace of an example, in which a person can follow it.
const (
	stroke    = 30 * time.Millisecond // between two groups of letters
	strokes   = 24                    // groups to a text, however long
	breath    = 450 * time.Millisecond
	turnPage  = 900 * time.Millisecond
	tickPause = 180 * time.Millisecond
)

// pen writes on one person's screen.
type pen struct {
	plays *plays
	who   string
}

// write types text where messages are written. It reports whether it could finish.
func (p pen) write(ctx context.Context, text string) bool {
	return p.typed(ctx, text, func(now *play, part string) { now.Text = part })
}

// fill types the one text of an answer into a field of the window in front.
func (p pen) fill(ctx context.Context, block string, text []string) bool {
	return p.typed(ctx, text[0], func(now *play, part string) { now.set(block, part) })
}

// tick chooses values, one after the other, in a field of the window in front.
func (p pen) tick(ctx context.Context, block string, values []string) bool {
	for n := range values {
		p.change(func(now *play) { now.set(block, values[:n+1]...) })
		if !p.rest(ctx, tickPause) {
			return false
		}
	}
	return true
}

// rest waits for d, if anybody is to follow. It reports whether ctx has not ended.
func (p pen) rest(ctx context.Context, d time.Duration) bool {
	if !p.plays.of(p.who).slowly {
		return ctx.Err() == nil
	}
	return rest(ctx, d)
}

// clear takes away what has been typed, as sending does.
func (p pen) clear() { p.change(func(now *play) { now.Text, now.Values = "", nil }) }

func (p pen) typed(ctx context.Context, text string, set func(now *play, part string)) bool {
	letters := []rune(text)
	group := len(letters)/strokes + 1
	if !p.plays.of(p.who).slowly {
		group = len(letters)
	}
	for n := group; n < len(letters)+group; n += group {
		p.change(func(now *play) { set(now, string(letters[:min(n, len(letters))])) })
		if !p.rest(ctx, stroke) {
			return false
		}
	}
	return true
}

func (p pen) change(f func(*play)) {
	p.plays.mu.Lock()
	defer p.plays.mu.Unlock()
	now := p.plays.now[p.who]
	f(&now)
	p.plays.show(p.who, now)
}

// set replaces the values of block. It copies, since a snapshot may be reading the others.
func (p *play) set(block string, values ...string) {
	p.Values = maps.Clone(p.Values)
	if p.Values == nil {
		p.Values = map[string][]string{}
	}
	p.Values[block] = slices.Clone(values)
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
