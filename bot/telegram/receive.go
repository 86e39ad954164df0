package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"

	"referralbot/bot"
)

const (
	batchMost = 100 // updates in a batch: Telegram's own limit
	chatsMost = 16  // chats heard at once
	tellAfter = 16  // updates of a batch committed, before all of it is
	// pressLife is how long Telegram keeps a press that nobody fetches. It keeps words for a day.
	pressLife = 150 * time.Second
)

// Run receives until ctx ends, and then returns nil once what is in hand is heard. It returns
// ErrToken if the token is refused at the start; every other trouble it waits out.
func (c *Client) Run(ctx context.Context, b *bot.Bot) error {
	defer c.courtesies.drain(courteously)
	receive := c.pollInTurn
	if c.public != "" {
		receive = c.beCalled
	}
	if err := receive(ctx, b); ctx.Err() == nil {
		return err
	}
	return nil
}

// pollWhile polls until ctx ends or the token is refused at the start. Telegram is told that
// updates have arrived, by an offset, only when they are committed and so are all before them,
// so that a crash loses nothing: what comes twice is known by its keys. Of a long batch it is
// told in the midst of it, so that a process that is killed again and again gets beyond it.
//
// While something cannot be committed it asks for the same again and again, and so hears
// what has been written since, in which there may be danger. Telegram shows no more than a
// batch of what it has not been told has arrived, and to who asks again within half a
// second only the first of it.
//
// The library has a poller too. It tells Telegram first and hears afterwards, and one
// update that it cannot read keeps it from all others.
func (c *Client) pollWhile(ctx context.Context, b *bot.Bot) error {
	err := c.persist(ctx, func() error { return c.prepare(ctx) })
	if err == nil {
		c.introduce(ctx, b.Service)
	}
	for offset := int64(0); err == nil; {
		err = c.persist(ctx, func() error {
			var err error
			offset, err = c.pollOnce(ctx, ctx, b, offset)
			return err
		})
	}
	return err
}

// pollOnce asks until asking ends for what has happened from offset on, and hears it. It
// returns the offset that will tell Telegram what of it has been committed.
func (c *Client) pollOnce(ctx, asking context.Context, b *bot.Bot, offset int64) (int64, error) {
	events, err := c.poll(asking, offset)
	if err != nil {
		return offset, err
	}
	if len(events) > 0 {
		offset, err = c.hear(ctx, b, events)
	}
	if err == nil {
		b.Present(ctx, Platform, pressLife)
	}
	return offset, err
}

// persist tries until it succeeds or ctx ends or the token is refused at the start, waiting
// longer and longer in between, and no less than was asked for.
func (c *Client) persist(ctx context.Context, try func() error) error {
	for wait := c.pause; ; wait = min(2*wait, longestPause) {
		err := try()
		if c.hopeless(err) || ctx.Err() != nil {
			return err
		}
		c.note(ctx, err)
		if err == nil {
			return nil
		}
		select {
		case <-time.After(pauseAfter(err, wait)):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// levelOf is how loudly err is to be told: what an operator has to mend, aloud.
func levelOf(err error) slog.Level {
	if errors.Is(err, ErrToken) {
		return slog.LevelError
	}
	return slog.LevelWarn
}

// pauseAfter is how long to wait after err, which is about wait unless there is a reason.
func pauseAfter(err error, wait time.Duration) time.Duration {
	wait = wait/2 + rand.N(wait/2)
	if later := (*bot.Later)(nil); errors.As(err, &later) {
		wait += later.After
	}
	if errors.As(err, new(unheard)) {
		wait = unheardPause // no longer: what has been written since may be of danger
	}
	return wait
}

// poll asks for what has happened from offset on, and waits for something if nothing has.
func (c *Client) poll(ctx context.Context, offset int64) ([]event, error) {
	wait := pollFor
	if c.ails.Load() != nil {
		wait = 0 // so that it is known at once when it is over
	}
	batch, err := c.getUpdates(ctx, offset, batchMost, wait)
	if err != nil {
		return nil, pollTrouble(err)
	}
	return eventsOf(batch)
}

// getUpdates tells Telegram that what is before offset has arrived, and asks for what is not.
func (c *Client) getUpdates(ctx context.Context, offset int64, limit int, wait time.Duration) (batch []json.RawMessage, err error) {
	err = c.post(ctx, wait+pollSpare, "getUpdates", map[string]any{
		"offset":          offset,
		"limit":           limit,
		"timeout":         int(wait.Seconds()),
		"allowed_updates": kinds,
	}, &batch)
	return batch, err
}

// pollTrouble makes of an error of post's one that is safe to log.
func pollTrouble(err error) error {
	var known trouble
	refused := (*refusal)(nil)
	switch {
	case errors.As(err, &known):
		return known
	case !errors.As(err, &refused):
		return trouble("unreachable")
	}
	switch refused.status {
	case http.StatusUnauthorized, http.StatusNotFound:
		return ErrToken
	case http.StatusTooManyRequests:
		return &bot.Later{After: refused.after}
	case http.StatusConflict:
		return errOther
	}
	return trouble("status " + strconv.Itoa(refused.status))
}

// eventsOf reads each update by itself, so that one that cannot be read harms no other.
func eventsOf(batch []json.RawMessage) ([]event, error) {
	var events []event
	for _, raw := range batch {
		e, err := eventOf(raw)
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	return events, nil
}

// progress is how much of a batch is committed.
type progress struct {
	updates   []int64 // the numbers of the batch, rising
	committed map[int64]bool
	run       int // so many of the first are committed
}

func progressOf(events []event) *progress {
	p := &progress{committed: map[int64]bool{}}
	for _, e := range events {
		p.updates = append(p.updates, e.update)
	}
	slices.Sort(p.updates)
	return p
}

func (p *progress) commit(update int64) {
	p.committed[update] = true
	for !p.whole() && p.committed[p.updates[p.run]] {
		p.run++
	}
}

// whole reports whether all of the batch is committed.
func (p *progress) whole() bool { return p.run == len(p.updates) }

// offset tells Telegram that what is before the first that is not committed has arrived. It
// may be less than the one before: after a week of silence the numbers start anywhere.
func (p *progress) offset() int64 {
	if p.whole() {
		return p.updates[p.run-1] + 1
	}
	return p.updates[p.run]
}

// hear hears a batch, in which there is something. It returns the offset that will tell Telegram
// what of it is committed, and an error if that is not all. What is not may be heard again, and
// so may what comes after it.
func (c *Client) hear(ctx context.Context, b *bot.Bot, events []event) (offset int64, err error) {
	p, told := progressOf(events), 0
	for o := range c.hearAll(ctx, b, events) {
		if o.err != nil {
			err = o.err
			continue
		}
		if p.commit(o.update); p.run >= told+tellAfter && !p.whole() {
			_, _ = c.getUpdates(ctx, p.offset(), 1, 0) // what it is not told now it is with the next poll
			told = p.run
		}
	}
	return p.offset(), err
}

// outcome is what became of an update that was heard: err is nil if it is committed.
type outcome struct {
	update int64
	err    error
}

// hearAll hears the events of one chat in order, those of several chats at once, and tells
// what becomes of each.
func (c *Client) hearAll(ctx context.Context, b *bot.Bot, events []event) <-chan outcome {
	outcomes := make(chan outcome, len(events))
	free := make(chan struct{}, chatsMost)
	var all sync.WaitGroup
	all.Go(func() {
		for _, chat := range byChat(events) {
			free <- struct{}{}
			all.Go(func() {
				defer func() { <-free }()
				c.hearChat(ctx, b, chat, outcomes)
			})
		}
	})
	go func() {
		all.Wait()
		close(outcomes)
	}()
	return outcomes
}

// byChat parts events by chat and keeps their order.
func byChat(events []event) [][]event {
	var chats [][]event
	place := map[int64]int{}
	for _, e := range events {
		i, known := place[e.chat]
		if !known {
			i = len(chats)
			place[e.chat] = i
			chats = append(chats, nil)
		}
		chats[i] = append(chats[i], e)
	}
	return chats
}

// hearChat hears the events of one chat up to the first that the store does not take. What
// comes after that has to wait for it, but for danger, and has no outcome yet.
func (c *Client) hearChat(ctx context.Context, b *bot.Bot, events []event, outcomes chan<- outcome) {
	var failed error
	for i, e := range events {
		if failed != nil {
			e.meanwhile(ctx, b)
			continue
		}
		failed = c.hearOne(ctx, b, e, i > 0)
		outcomes <- outcome{e.update, failed}
	}
}

// hearOne hears e and acknowledges it, or returns an error if it was not committed. What cannot
// be read is set aside, and so is, by the bot, what meets a fault of ours again and again.
func (c *Client) hearOne(ctx context.Context, b *bot.Bot, e event, queued bool) error {
	var err error
	switch {
	case e.unread != nil:
		err = b.SetAside(ctx, *e.heard, "unreadable", e.unread)
	case e.heard != nil:
		e.heard.Queued = queued
		_, _, err = b.Hear(ctx, *e.heard)
	}
	if err != nil && !errors.Is(err, bot.ErrFault) {
		return unheard(bot.Code(err))
	}
	if err != nil {
		c.log.Error("telegram", "code", bot.Code(err), "update", e.update)
	}
	c.acknowledge(ctx, e)
	return nil
}

// meanwhile does for e, which has to wait, what cannot.
func (e event) meanwhile(ctx context.Context, b *bot.Bot) {
	if e.heard != nil && e.heard.Chat.ID != "" {
		b.Meanwhile(ctx, *e.heard)
	}
}

// acknowledge ends the waiting sign on a pressed button and leaves groups, where nothing
// about a family may be said. Neither is waited for, and neither matters if it fails.
func (c *Client) acknowledge(ctx context.Context, e event) {
	if e.callback != "" {
		c.courtesy(ctx, func(ctx context.Context) {
			c.call(ctx, "answerCallbackQuery", &tg.AnswerCallbackQueryParams{CallbackQueryID: e.callback}, nil)
		})
	}
	if e.group {
		c.courtesy(ctx, func(ctx context.Context) {
			c.call(ctx, "leaveChat", &tg.LeaveChatParams{ChatID: e.chat}, nil)
		})
	}
}

// courtesy makes a call beside the rest, or not at all while there are too many.
func (c *Client) courtesy(ctx context.Context, call func(context.Context)) {
	c.courtesies.try(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), courteously)
		defer cancel()
		call(ctx)
	})
}

// places are the places for what is done at once; each thing under way holds one.
type places chan struct{}

// try does work beside the rest and reports true, or false if there is no place.
func (p places) try(work func()) bool {
	select {
	case p <- struct{}{}:
	default:
		return false
	}
	go func() {
		defer func() { <-p }()
		work()
	}()
	return true
}

// drain lets nothing more begin and waits for what is under way, but no longer than within.
func (p places) drain(within time.Duration) {
	late := time.After(within)
	for range cap(p) {
		select {
		case p <- struct{}{}:
		case <-late:
			return
		}
	}
}
