package sim

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// How getUpdates behaves.
const (
	tgMaxBatch     = 100
	tgMaxPoll      = 50      // of Telegram's seconds
	tgMaxUpdate    = 1 << 16 // bytes of JSON; larger updates are dropped
	tgUpdateLife   = 24 * time.Hour
	tgFirstUpdate  = 510_000_001
	tgHurried      = 3 * time.Second        // asking again so soon for the same is made to wait
	tgVeryHurried  = 500 * time.Millisecond // and then gets one update at a time
	tgHurriedWaits = 3                      // of Telegram's seconds
	tgFuture       = 10                     // an offset further ahead is not believed
)

// tgUpdateKinds are the kinds of update this server sends; a bot gets all unless it says
// otherwise.
var tgUpdateKinds = []string{"message", "edited_message", "callback_query", "my_chat_member"}

// tgQueue is what Telegram keeps for a bot until the bot has confirmed it.
type tgQueue struct {
	nextID    int
	waiting   []tgUpdate
	confirmed []tgUpdate    // the latest, oldest first, for Repeat
	given     map[int]int64 // the lines of what is with the bot, by the updates' numbers
	repeated  []tgUpdate    // given once more with the next answer, whatever its offset
	reversed  bool          // the next answer is given backwards
	allowed   []string

	poll     *tgPoll // the getUpdates that waits
	lastPoll struct {
		offset int
		at     time.Time
	}
	webhook *tgWebhook
}

// tgUpdate is one update. Those of one line are delivered one after another to a webhook:
// a chat's messages are one line, a person's presses another.
type tgUpdate struct {
	id      int
	line    int64
	expires time.Time
	body    json.RawMessage
}

// tgPoll is a getUpdates that waits.
type tgPoll struct {
	offset, limit int

	ended chan struct{} // closed once why is set
	why   string
}

func newTgQueue() tgQueue {
	return tgQueue{nextID: tgFirstUpdate, allowed: tgUpdateKinds}
}

// Pending returns how many updates wait to be confirmed by the bot.
func (t *Telegram) Pending() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.expire()
	return len(t.queue.waiting)
}

// PressWaits reports whether a press of user's waits to be confirmed by the bot, or is with the bot
// now. One that is neither has been confirmed, or was kept too long and is lost.
func (t *Telegram) PressWaits(user int64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.expire()
	q, line := &t.queue, tgPressLine(user)
	return slices.Contains(slices.Collect(maps.Values(q.given)), line) || q.webhook != nil && q.webhook.busy[line] ||
		slices.ContainsFunc(q.waiting, func(u tgUpdate) bool { return u.line == line })
}

// Repeat gives the last n confirmed updates to the bot once more, with the ids they had,
// as happens when an answer or a confirmation is lost.
func (t *Telegram) Repeat(n int) {
	t.mu.Lock()
	confirmed := t.queue.confirmed
	again := slices.Clone(confirmed[max(0, len(confirmed)-n):])
	if t.queue.webhook != nil {
		t.queue.waiting = append(again, t.queue.waiting...)
		t.pump()
	} else {
		t.queue.repeated = append(t.queue.repeated, again...)
	}
	t.mu.Unlock()
	t.changes.wake()
}

// Reverse lets the next answer of getUpdates list its updates backwards.
func (t *Telegram) Reverse() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.queue.reversed = true
}

// enqueue puts an update of one kind into the bot's queue. It wants t.mu; its caller wakes
// those who wait once it has let go of that.
func (t *Telegram) enqueue(kind string, line int64, life time.Duration, object map[string]any) {
	if !slices.Contains(t.queue.allowed, kind) {
		return
	}
	id := t.queue.nextID
	body, err := json.Marshal(map[string]any{"update_id": id, kind: object})
	if err != nil {
		panic("sim: " + err.Error()) // the object is made of plain values
	}
	if len(body) > tgMaxUpdate {
		return
	}
	t.queue.nextID++
	t.queue.waiting = append(t.queue.waiting, tgUpdate{id, line, t.now().Add(life), body})
	t.pump()
}

// expire forgets what waited too long. It wants t.mu.
func (t *Telegram) expire() {
	now := t.now()
	t.queue.waiting = slices.DeleteFunc(t.queue.waiting, func(u tgUpdate) bool { return !u.expires.After(now) })
}

// confirm forgets the updates that done is true of. It wants t.mu.
func (q *tgQueue) confirm(done func(tgUpdate) bool) {
	q.waiting = slices.DeleteFunc(q.waiting, func(u tgUpdate) bool {
		if !done(u) {
			return false
		}
		q.confirmed = append(q.confirmed, u)
		return true
	})
	q.confirmed = q.confirmed[max(0, len(q.confirmed)-tgMaxBatch):]
}

// setAllowed keeps the kinds of update that params ask for, if they do. Names it does not
// know count for nothing, and none at all means the default.
func (q *tgQueue) setAllowed(params tgParams) {
	var asked []string
	if json.Unmarshal([]byte(params["allowed_updates"]), &asked) != nil {
		return
	}
	q.allowed = slices.DeleteFunc(asked, func(kind string) bool { return !slices.Contains(tgUpdateKinds, kind) })
	if len(q.allowed) == 0 {
		q.allowed = tgUpdateKinds
	}
}

func (t *Telegram) getUpdates(ctx context.Context, params tgParams) (any, *tgRefusal) {
	offset := params.integer("offset", 0, -1<<31, 1<<31)
	limit := params.integer("limit", tgMaxBatch, 1, tgMaxBatch)
	wait := params.integer("timeout", 0, 0, tgMaxPoll)

	changed, end := t.changes.watch()
	defer end()

	t.mu.Lock()
	if t.queue.webhook != nil {
		t.mu.Unlock()
		return nil, tgConflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	t.queue.setAllowed(params)
	limit, wait = t.queue.hurry(offset, limit, wait)
	updates := t.take(offset, limit)
	if len(updates) > 0 || wait == 0 {
		t.mu.Unlock()
		return updates, nil
	}
	t.endPoll("terminated by other getUpdates request; make sure that only one bot instance is running")
	poll := &tgPoll{offset: offset, limit: limit, ended: make(chan struct{})}
	t.queue.poll = poll
	t.mu.Unlock()
	return t.await(ctx, poll, changed, time.Duration(wait)*t.second)
}

// await lets poll wait until there are updates, for the time of wait at most.
func (t *Telegram) await(ctx context.Context, poll *tgPoll, changed <-chan struct{}, wait time.Duration) (any, *tgRefusal) {
	timeout := time.NewTimer(wait)
	defer timeout.Stop()
	for {
		last := false
		select {
		case <-poll.ended:
			return nil, tgConflict(poll.why)
		case <-changed:
		case <-timeout.C:
			last = true
		case <-ctx.Done():
			last = true
		}
		if updates, done := t.lookAgain(ctx, poll, last); done {
			return updates, nil
		}
	}
}

// lookAgain reports whether poll is done with, and what it gets. It gets nothing if its
// caller has gone.
func (t *Telegram) lookAgain(ctx context.Context, poll *tgPoll, last bool) (updates []json.RawMessage, done bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.queue.poll != poll {
		return nil, false // it was ended
	}
	updates = []json.RawMessage{}
	if ctx.Err() == nil {
		updates = t.take(poll.offset, poll.limit)
	}
	done = last || len(updates) > 0
	if done {
		t.queue.poll = nil
	}
	return updates, done
}

// hurry holds a bot back that asks for the same again at once, as one does that fails on
// what it got.
func (q *tgQueue) hurry(offset, limit, wait int) (int, int) {
	now := time.Now()
	if offset == q.lastPoll.offset {
		since := now.Sub(q.lastPoll.at)
		if since < tgHurried {
			wait = max(wait, tgHurriedWaits)
		}
		if since < tgVeryHurried {
			limit = 1
		}
	}
	q.lastPoll.offset, q.lastPoll.at = offset, now
	return limit, wait
}

// take confirms what comes before offset and returns what comes next. It wants t.mu.
func (t *Telegram) take(offset, limit int) []json.RawMessage {
	t.expire()
	q := &t.queue
	if offset < 0 {
		offset += q.nextID
	}
	if offset <= q.nextID+tgFuture {
		q.confirm(func(u tgUpdate) bool { return u.id < offset })
	}
	next := slices.Concat(q.repeated, q.waiting[:min(limit, len(q.waiting))])
	q.repeated = nil
	if q.reversed && len(next) > 0 {
		slices.Reverse(next)
		q.reversed = false
	}
	q.keep(offset)
	bodies := make([]json.RawMessage, len(next))
	for i, u := range next {
		bodies[i], q.given[u.id] = u.body, u.line
	}
	return bodies
}

// keep forgets what the bot no longer has of what it was given, as it asks for what comes from
// offset on: what it has so confirmed, or, if that is nothing, all, for which it asks anew.
func (q *tgQueue) keep(offset int) {
	had := len(q.given)
	maps.DeleteFunc(q.given, func(id int, _ int64) bool { return id < offset })
	if q.given == nil || len(q.given) == had {
		q.given = map[int]int64{}
	}
}

// endPoll answers the getUpdates that waits, if any, with a conflict. It wants t.mu.
func (t *Telegram) endPoll(why string) {
	if poll := t.queue.poll; poll != nil {
		poll.why = why
		close(poll.ended)
		t.queue.poll = nil
	}
}

func tgConflict(words string) *tgRefusal { return &tgRefusal{code: 409, words: words} }

// The lines of updates: a chat's messages by its id, a person's presses apart from them.

func tgMessageLine(chat int64) int64 { return chat }
func tgPressLine(user int64) int64   { return user + 3<<33 }

// enqueueMessage tells the bot of a person's message. It wants t.mu.
func (t *Telegram) enqueueMessage(kind string, chat int64, m *tgMessage) {
	t.enqueue(kind, tgMessageLine(chat), tgUpdateLife, t.messageJSON(chat, m))
}
