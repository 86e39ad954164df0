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
	change, wrong := b.change(h.Chat, keys, out, facts.Now)
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
	return len(h.Keys) > 0 && !(h.Input.Forms && h.Message == "") &&
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
		b.said.put(d.ID, remark{until: b.now().Add(later.After)})
	default:
		b.said.put(d.ID, remark{until: b.now().Add(firstPause)})
	}
	b.Log.Error("emergency", "delivery", d, "code", "not said")
}

// saidDirectly reports whether h has been answered directly, and in which messages.
func (b *Bot) saidDirectly(h Heard) ([]store.Message, bool) {
	if len(h.Keys) == 0 {
		return nil, false
	}
	answer := b.said.get(deliveryID(directly(h.Keys)[0], 0))
	var messages []store.Message
	for id := range strings.FieldsSeq(answer.external) {
		messages = append(messages, store.Message{Destination: destination(h.Chat), ID: id})
	}
	return messages, answer.accepted
}

// giveUp tells somebody whose input meets a fault of ours again and again that it was not
// used, and answers what may be danger in it. It is known by its keys from then on. It
// returns an error if that could not be stored.
func (b *Bot) giveUp(ctx context.Context, h Heard) error {
	_, _, err := again(ctx, func() (struct{}, dialog.Outcome, error) {
		change, urgent, err := b.parting(ctx, h)
		if err != nil { // then it is done knowing nothing but the input
			change, urgent = b.emergency(dialog.OurFault, h, h.Keys)
		}
		if h.Input.Forms && h.Message == "" && !urgent || len(change.Deliveries) == 0 {
			return struct{}{}, dialog.Outcome{}, nil // of a press, the adapter says so where they pressed
		}
		answers, _ := b.saidDirectly(h)
		change.Heard = append(h.messages(), answers...)
		return struct{}{}, dialog.Outcome{}, b.commit(ctx, change)
	})
	if errors.Is(err, store.ErrDuplicate) {
		return nil
	}
	return err
}

// parting is what the dialogue makes of an input given up, as a change, and whether somebody
// may be in danger. It fails if what is stored cannot be read, or is itself what is wrong.
func (b *Bot) parting(ctx context.Context, h Heard) (store.Change, bool, error) {
	c, err := b.conversation(ctx, h)
	if err != nil {
		return store.Change{}, false, err
	}
	facts, urgent := b.Facts(h.Chat), false
	next, out, err := guarded(func() (next dialog.Conversation, out dialog.Outcome, _ error) {
		next, out, urgent = dialog.GiveUp(c, h.Input, facts)
		return next, out, nil
	})
	if err == nil {
		err = b.joinReferral(ctx, &out)
	}
	if err != nil {
		return store.Change{}, false, err
	}
	change, err := b.change(h.Chat, h.Keys, out, facts.Now)
	if len(out.Alerts) > 0 {
		next.Version = c.Version
		b.remember(&change, c, next)
	}
	return change, urgent, err
}

// mostSaid is how much is remembered of what was said directly, and once is for how long
// what was said is not said again.
const (
	mostSaid = 10_000
	once     = store.DuplicateWindow
)

// said remembers the latest of what was said directly. The zero value is ready to use.
type said struct {
	mu         sync.Mutex
	young, old map[string]remark // once the young are many they are the old
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
	if now.Before(s.find(key).until) {
		return false
	}
	s.keep(key, remark{until: now.Add(again)})
	return true
}

// end notes that it was accepted, and under which id.
func (s *said) end(key, external string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.find(key)
	r.accepted, r.external = true, external
	s.keep(key, r)
}

func (s *said) put(key string, r remark) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keep(key, r)
}

func (s *said) get(key string) remark {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.find(key)
}

func (s *said) find(key string) remark {
	if r, ok := s.young[key]; ok {
		return r
	}
	return s.old[key]
}

func (s *said) keep(key string, r remark) {
	if s.young == nil || len(s.young) >= mostSaid/2 {
		s.young, s.old = map[string]remark{}, s.young
	}
	s.young[key] = r
}
