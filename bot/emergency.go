package bot

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// The times of what is said past the store.
const (
	// patience is how long the store may take to hear somebody who may be in danger, who is
	// to be answered within a second. It is longer than shownWithin, so that only the store
	// can be what is slow.
	patience       = shownWithin + shownWithin/2
	directlyWithin = time.Second // for all that is said directly of one input
	advisedEvery   = time.Minute // how often one chat is told that nothing can be saved
)

// Meanwhile does for h, which cannot be heard yet, what cannot wait: it answers signs of
// danger and calls for urgent help, and tells the safety channel, by calling the platforms
// directly. To anybody else it says, at most once a minute in a chat, that nothing can be
// saved, unless the adapter says so itself where they pressed. Each input is dealt with
// once, though what a platform has not accepted is tried again when Meanwhile is called
// again; that is known to this process alone and for the latest few thousand only. It
// takes no longer than a second, and does nothing while Deliver does not run.
//
// Hear calls it if the store fails. An adapter calls it for what it must hold back because
// something before it was not heard.
//
// When h is heard after all, what was said here is not said again. Its alert is told
// again: this time it has the reference, and so leads to the person.
func (b *Bot) Meanwhile(ctx context.Context, h Heard) { b.meanwhile(ctx, h, true) }

func (b *Bot) meanwhile(ctx context.Context, h Heard, advise bool) {
	if b.messengers.Load() == nil {
		return // nobody to say it yet, and nothing is to be thought said
	}
	change, urgent := b.emergency(dialog.NotSaved, h, directly(h.Keys))
	if !urgent && !(advise && b.mayAdvise(h)) {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), directlyWithin)
	defer cancel()
	var all sync.WaitGroup
	for _, d := range change.Deliveries {
		all.Go(func() { b.sayDirectly(ctx, d) })
	}
	all.Wait()
}

// directly makes other keys of an input's, so that what is said directly is not taken for
// what is said when it is heard.
func directly(keys []string) []string {
	if len(keys) == 0 {
		return nil
	}
	return []string{"direct:" + keys[0]}
}

// emergency is what the dialogue makes of h knowing nothing else, as a change, and whether
// somebody may be in danger. The reply, if there is one, is its first delivery.
func (b *Bot) emergency(why dialog.Trouble, h Heard, keys []string) (store.Change, bool) {
	facts := b.Facts(h.Chat)
	urgent, out, err := guarded(func() (bool, dialog.Outcome, error) {
		out, urgent := dialog.Emergency(why, h.Audience, h.Input, facts)
		return urgent, out, nil
	})
	change, wrong := b.change(h.Chat, keys, nil, out, facts.Now)
	if err = errors.Join(err, wrong); err != nil {
		b.Log.Error("emergency", "code", Code(err))
		return store.Change{}, false
	}
	return change, urgent
}

// mayAdvise reports whether h is to be answered that nothing can be saved: it has not been
// considered before, and its chat has not been told for a while. In a chat with forms, what
// is not a message is answered where it was pressed.
func (b *Bot) mayAdvise(h Heard) bool {
	return len(h.Keys) > 0 && !h.answeredThere() &&
		b.said.begin("considered:"+h.Keys[0], b.now(), once) &&
		b.said.begin("advised:"+destination(h.Chat), b.now(), advisedEvery)
}

// sayDirectly makes one attempt at d, unless it is too early for another.
func (b *Bot) sayDirectly(ctx context.Context, d store.Delivery) {
	if !b.said.begin(d.ID, b.now(), once) {
		return
	}
	external, err := b.call(ctx, (*b.messengers.Load())[chatOf(d.Destination).Platform], d)
	var later *Later
	switch {
	case err == nil:
		b.said.end(d.ID, external)
		b.Log.Warn("emergency", "delivery", d, "code", "said directly")
		return
	case errors.Is(err, ErrGone), errors.Is(err, ErrRefused):
	case errors.As(err, &later):
		b.said.remarks.put(d.ID, remark{until: b.now().Add(later.After)})
	default:
		b.said.remarks.put(d.ID, remark{until: b.now().Add(firstPause)})
	}
	b.Log.Error("emergency", "delivery", d, "code", "not said")
}

// saidDirectly reports whether h has been answered directly, and in which messages.
func (b *Bot) saidDirectly(h Heard) ([]store.Message, bool) {
	if len(h.Keys) == 0 {
		return nil, false
	}
	answer := b.said.remarks.get(deliveryID(directly(h.Keys)[0], 0))
	var messages []store.Message
	for id := range strings.FieldsSeq(answer.external) {
		messages = append(messages, store.Message{Destination: destination(h.Chat), ID: id})
	}
	return messages, answer.accepted
}

// once is for how long what was said directly is not said again.
const once = store.DuplicateWindow

// said remembers the latest of what was said directly. The zero value is ready to use.
type said struct {
	mu      sync.Mutex
	remarks recent[remark]
}

// remark is something said, or being said.
type remark struct {
	until    time.Time // when it may be said again
	accepted bool
	external string // the platform's id of it
}

// begin reports whether something may be said now, and keeps it from being said again for
// some time.
func (s *said) begin(key string, now time.Time, again time.Duration) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now.Before(s.remarks.get(key).until) {
		return false
	}
	s.remarks.put(key, remark{until: now.Add(again)})
	return true
}

// end notes that it was accepted, and under which id.
func (s *said) end(key, external string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.remarks.get(key)
	r.accepted, r.external = true, external
	s.remarks.put(key, r)
}
