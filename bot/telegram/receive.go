package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"

	"referralbot/bot"
)

const (
	batchMost = 100 // updates in a batch: Telegram's own limit
	chatsMost = 16  // chats heard at once
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

// pollWhile polls until ctx ends or the token is refused at the start. Telegram is told that a batch has
// arrived, by the next poll's offset, only when all of it is committed, so that a crash loses
// nothing: what comes twice is known by its keys.
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
			next, err := c.pollOnce(ctx, ctx, b, offset)
			if err == nil {
				offset = next
			}
			return err
		})
	}
	return err
}

// pollOnce asks until asking ends for what has happened from offset on, and hears it. It
// returns the offset that will tell Telegram that all of it has arrived.
func (c *Client) pollOnce(ctx, asking context.Context, b *bot.Bot, offset int64) (int64, error) {
	events, next, err := c.poll(asking, offset)
	if err != nil {
		return offset, err
	}
	if err = c.hear(ctx, b, events); err == nil {
		b.Present(ctx, Platform, pressLife)
	}
	return next, err
}

// persist tries until it succeeds or ctx ends or the token is refused at the start, waiting
// longer and longer in between, and no less than was asked for. One trouble after another of
// the same kind is logged once.
func (c *Client) persist(ctx context.Context, try func() error) error {
	for wait := c.pause; ; wait = min(2*wait, longestPause) {
		err := try()
		if c.hopeless(err) || ctx.Err() != nil {
			return err
		}
		news := c.note(err)
		if err == nil {
			return nil
		}
		if news {
			c.log.Log(ctx, levelOf(err), "telegram", "code", err.Error())
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
// It returns the offset that will tell Telegram that all of it has arrived.
func (c *Client) poll(ctx context.Context, offset int64) ([]event, int64, error) {
	wait := int(pollFor.Seconds())
	if c.trouble.Load() != nil {
		wait = 0 // so that it is known at once when it is over
	}
	var batch []json.RawMessage
	err := c.post(ctx, pollWithin, "getUpdates", map[string]any{
		"offset":          offset,
		"limit":           batchMost,
		"timeout":         wait,
		"allowed_updates": kinds,
	}, &batch)
	if err != nil {
		return nil, offset, pollTrouble(err)
	}
	return eventsOf(batch, offset)
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
func eventsOf(batch []json.RawMessage, offset int64) ([]event, int64, error) {
	if len(batch) == 0 {
		return nil, offset, nil
	}
	var (
		events []event
		next   int64 // not from offset: after a week of silence the numbers start anywhere
	)
	for _, raw := range batch {
		e, err := eventOf(raw)
		if err != nil {
			return nil, offset, err
		}
		next = max(next, e.update+1)
		events = append(events, e)
	}
	return events, next, nil
}

// hear hears a batch: the events of one chat in order, those of several at once. It
// returns an error if any of them was not committed; all may then be heard again.
func (c *Client) hear(ctx context.Context, b *bot.Bot, events []event) error {
	var (
		free   = make(chan struct{}, chatsMost)
		all    sync.WaitGroup
		mu     sync.Mutex
		failed error
	)
	for _, chat := range byChat(events) {
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			if err := c.hearChat(ctx, b, chat); err != nil {
				mu.Lock()
				defer mu.Unlock()
				failed = err
			}
		})
	}
	all.Wait()
	return failed
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
// comes after that has to wait for it, but for danger.
func (c *Client) hearChat(ctx context.Context, b *bot.Bot, events []event) error {
	var failed error
	for i, e := range events {
		if failed != nil {
			e.meanwhile(ctx, b)
			continue
		}
		if failed = c.hearOne(ctx, b, e, i > 0); failed == nil {
			c.acknowledge(ctx, e)
		}
	}
	return failed
}

// hearOne returns an error if e was not committed. What cannot be read is set aside, and so
// is, by the bot, what meets a fault of ours again and again.
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
