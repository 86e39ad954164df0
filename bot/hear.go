package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// Bot joins the dialogue to a store. Its exported fields are all set, but for Mailbox, Now and Measure, before
// first use and not changed afterwards. Every method may be called from many goroutines.
type Bot struct {
	Store   store.Store
	Service *rules.Service
	Log     *slog.Logger
	// Triage is the destination of referrals' cards and Safety that of alerts, such as
	// "slack:C1".
	Triage, Safety string
	// Mailbox is the destination of mail about referrals, such as "mail:name@example.org";
	// "" means that none is sent.
	Mailbox string
	// Now gives the time; nil means time.Now.
	Now func() time.Time

	// Busy gives what keeps clinicians busy, by their member ids, as their own calendars say;
	// nil where none is known. It does not wait for anything.
	Busy func() map[string][]rules.Span
	// Feed gives the address at which a clinician, by their member id, subscribes to their own
	// calls, "" for none; nil where there are none.
	Feed func(clinician string) string

	// Lease is for how long what is to be said at one place is one process's to say; what
	// a process leaves behind is taken over after it. Zero means 30 seconds. One call may
	// take a third of it.
	Lease time.Duration
	// Measure, if it is set, is told of every turn. It must be quick.
	Measure func(Turn)
	// Unhurried lets one chat be heard however much it says, as a measurement needs.
	Unhurried bool

	bell bell // rung when something has been committed that may be due
	crew crew // hands over what has just been committed

	messengers atomic.Pointer[map[string]Messenger] // those of Deliver, once it runs
	said       said                                 // past the store
	paces      paces                                // of the chats
	fresh      recent[string]                       // the ids of messages just shown, by shownKey

	// step and act stand in for dialog.Step and dialog.Act in this package's tests.
	step func(dialog.Conversation, dialog.Input, dialog.Facts) (dialog.Conversation, dialog.Outcome, error)
	act  func(dialog.Referral, dialog.Deed, dialog.Facts) (dialog.Referral, dialog.Outcome, error)
}

// Heard is one input from a platform, with what is needed to hear it exactly once.
type Heard struct {
	Chat     dialog.Chat
	Audience rules.Audience
	// Keys are the platform's ids of this input, unique across platforms. There is at
	// least one.
	Keys []string
	// Message is the platform's id of the message, rising within the chat; "" for
	// presses, forms and timers.
	Message string
	// Queued says that the input had to wait for an earlier one of the same chat, so that
	// the answer to that one cannot have been seen when it was sent.
	Queued bool
	Input  dialog.Input

	fired []store.Timer
}

// ErrFault is a bug of ours met while hearing something: hearing the same again would
// most likely fail again. Nothing was changed. Its text names the place and no values.
var ErrFault = errors.New("fault")

// attempts is how often one input is heard before it is given up, whether others keep
// changing what it was heard against or the fault is ours.
const attempts = 5

// Hear hears one input: it reads the conversation, takes the step, and commits the whole
// turn. It returns the conversation as stored and what the turn asked for. An input heard
// before changes nothing and gives the stored conversation, an empty outcome and nil.
// Unless the error is ErrFault it is the store's, and the input must not be acknowledged.
//
// Danger does not wait for the store: if that fails, or takes too long, Hear does what
// Meanwhile says. What meets a fault again and again is set aside, and the sender is told of
// it in the chat. What comes faster than anybody can write is not heard: the conversation is
// then empty, and the chat told.
func (b *Bot) Hear(ctx context.Context, h Heard) (dialog.Conversation, dialog.Outcome, error) {
	began := time.Now()
	if held, err := b.holdBack(ctx, h); held || err != nil {
		b.measure(h.turn(), began, cmp.Or(err, errHeldBack))
		return dialog.Conversation{Chat: h.Chat}, dialog.Outcome{}, err
	}
	late := time.AfterFunc(patience, func() { b.meanwhile(ctx, h, false) })
	c, out, err := again(ctx, func() (dialog.Conversation, dialog.Outcome, error) { return b.turn(ctx, h) })
	late.Stop()
	b.measure(h.turn(), began, err)
	if errors.Is(err, store.ErrDuplicate) {
		c, err = b.Store.Conversation(ctx, h.Chat)
		return c, dialog.Outcome{}, err
	}
	if errors.Is(err, ErrFault) {
		err = cmp.Or(b.giveUp(ctx, h), err)
	}
	if storeFailed(err) && ctx.Err() == nil {
		b.Meanwhile(ctx, h)
	}
	return c, out, err
}

// storeFailed reports whether err, of hearing something, means that the store could not be
// read or written.
func storeFailed(err error) bool {
	return err != nil && !errors.Is(err, ErrFault) && !errors.Is(err, store.ErrConflict) && !errors.Is(err, store.ErrSlotTaken)
}

// Act does one deed to a referral, on behalf of the clinician who pressed, or the service.
// The key makes it happen once; the rest is as in Hear. It returns store.ErrNotFound if
// there is no such referral.
func (b *Bot) Act(ctx context.Context, ref, key string, deed dialog.Deed) (dialog.Referral, dialog.Outcome, error) {
	return b.actOn(ctx, ref, key, deed, nil)
}

func (b *Bot) actOn(ctx context.Context, ref, key string, deed dialog.Deed, fired []store.Timer) (dialog.Referral, dialog.Outcome, error) {
	began := time.Now()
	r, out, err := again(ctx, func() (dialog.Referral, dialog.Outcome, error) { return b.deed(ctx, ref, key, deed, fired) })
	b.measure(b.turnOf(deed), began, err)
	if errors.Is(err, store.ErrDuplicate) {
		r, err = b.Store.Referral(ctx, ref)
		return r, dialog.Outcome{}, err
	}
	if errors.Is(err, ErrFault) && len(fired) == 0 {
		err = cmp.Or(b.giveUpDeed(ctx, r, key, deed), err)
	}
	return r, out, err
}

// Enter takes down a referral that came by another way, on behalf of whoever refers, from the
// values of the sheet for dialog.ActEnter; if they are nil the outcome has the sheet. The rest
// is as in Act.
func (b *Bot) Enter(ctx context.Context, key string, by dialog.Clinician, filled map[string][]string) (dialog.Referral, dialog.Outcome, error) {
	nothing := dialog.Referral{}
	deed := dialog.Deed{Action: dialog.ActEnter, By: by, Filled: filled, Turn: nothing.Turn()}
	began := time.Now()
	r, out, err := again(ctx, func() (dialog.Referral, dialog.Outcome, error) { return b.done(ctx, nothing, key, deed, nil) })
	b.measure(b.turnOf(deed), began, err)
	if errors.Is(err, store.ErrDuplicate) {
		return nothing, dialog.Outcome{}, nil
	}
	return r, out, err
}

// Arrange changes when a clinician can be talked to, from the values of the sheet for
// dialog.ActArrange; if they are nil the outcome has the sheet. The rest is as in Act.
func (b *Bot) Arrange(ctx context.Context, key string, by dialog.Clinician, filled map[string][]string) (dialog.Outcome, error) {
	_, out, err := again(ctx, func() (dialog.Roster, dialog.Outcome, error) { return b.arrange(ctx, key, by, filled) })
	if errors.Is(err, store.ErrDuplicate) {
		return dialog.Outcome{}, nil
	}
	return out, err
}

func (b *Bot) arrange(ctx context.Context, key string, by dialog.Clinician, filled map[string][]string) (dialog.Roster, dialog.Outcome, error) {
	r, err := b.Store.Roster(ctx)
	if err != nil && !errors.Is(err, store.ErrDamaged) { // what is damaged begins anew
		return r, dialog.Outcome{}, err
	}
	facts := b.Facts(dialog.Chat{})
	facts.Diary = b.diary(ctx, facts.Now)
	if b.Feed != nil {
		facts.Feed = b.Feed(by.ID)
	}
	next, out, err := guarded(func() (dialog.Roster, dialog.Outcome, error) {
		return dialog.Arrange(r, dialog.Deed{Action: dialog.ActArrange, By: by, Filled: filled}, facts)
	})
	if err != nil || out.Sheet != nil || out.Mistakes != nil {
		return r, out, err
	}
	change, err := b.change(dialog.Chat{}, []string{key}, nil, out, facts.Now)
	if err != nil {
		return r, dialog.Outcome{}, err
	}
	change.Roster = &next
	return next, out, b.commit(ctx, change)
}

// Facts is what a turn in chat may know of the world now.
func (b *Bot) Facts(chat dialog.Chat) dialog.Facts {
	return dialog.Facts{Now: b.now(), Reference: newReference(chat), Nonce: newNonce(), Service: b.Service}
}

func (b *Bot) now() time.Time {
	if b.Now == nil {
		return time.Now().UTC()
	}
	return b.Now().UTC()
}

// turn hears h once.
func (b *Bot) turn(ctx context.Context, h Heard) (dialog.Conversation, dialog.Outcome, error) {
	c, lost, err := b.conversation(ctx, h)
	if err != nil {
		return c, dialog.Outcome{}, err
	}
	h.Input.Lost = lost
	unseen, err := b.unseen(ctx, c, h)
	if err != nil {
		return c, dialog.Outcome{}, err
	}
	h.Input.Unseen = h.Input.Unseen || unseen
	answers, told := b.saidDirectly(h)
	h.Input.Told = told
	facts := b.Facts(h.Chat)
	if facts.Referral, err = b.named(ctx, dialog.About(c, h.Input)); err != nil {
		return c, dialog.Outcome{}, err
	}
	next, out, err := b.takeStep(c, h.Input, facts)
	if err == nil && out.Look {
		facts.Diary = b.diary(ctx, facts.Now)
		next, out, err = b.takeStep(c, h.Input, facts)
	}
	if err != nil {
		return c, dialog.Outcome{}, err
	}
	was, err := b.joinReferral(ctx, &out, facts)
	if err != nil {
		return c, dialog.Outcome{}, err
	}
	held, err := b.personsDeed(ctx, &out, facts)
	if err != nil {
		return c, dialog.Outcome{}, err
	}
	change, err := b.change(h.Chat, h.Keys, cmp.Or(was, held, facts.Referral), out, facts.Now)
	if err != nil {
		return c, dialog.Outcome{}, err
	}
	change.Fired = h.fired
	b.remember(&change, c, next)
	change.Heard = append(h.messages(), answers...)
	if err := b.commit(ctx, change); err != nil {
		return c, dialog.Outcome{}, err
	}
	next.Version++
	return next, out, nil
}

// conversation is the one that h belongs to, as it is stored. One that does not open any more
// begins anew when somebody says something in it, and is left alone by timers.
func (b *Bot) conversation(ctx context.Context, h Heard) (c dialog.Conversation, lost bool, err error) {
	c, err = b.Store.Conversation(ctx, h.Chat)
	if errors.Is(err, store.ErrDamaged) {
		b.Log.Error("conversation", "code", "damaged")
		lost = true
		if err = nil; h.Input.Timer != "" {
			err = fmt.Errorf("%w: a damaged conversation", ErrFault)
		}
	}
	if h.Audience != "" { // a timer does not know who it is for; the conversation does
		c.Audience = h.Audience
	}
	return c, lost, err
}

// remember adds to a change that c becomes next, and when that is to be forgotten if it has
// only now become something to forget.
func (b *Bot) remember(change *store.Change, c, next dialog.Conversation) {
	change.Conversation = &next
	if next.Unsent() && !c.Unsent() {
		change.Timers = append(change.Timers, store.Timer{Chat: c.Chat, Name: dialog.TimerForget, At: next.Expires(b.Service)})
	}
}

// messages is the message that h came in, none if it stood in the chat before.
func (h Heard) messages() []store.Message {
	if h.Message == "" || h.Input.Edited {
		return nil
	}
	return []store.Message{{Destination: destination(h.Chat), ID: h.Message}}
}

// takeStep lets the dialogue decide.
func (b *Bot) takeStep(c dialog.Conversation, in dialog.Input, facts dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
	step := dialog.Step
	if b.step != nil {
		step = b.step
	}
	next, out, err := guarded(func() (dialog.Conversation, dialog.Outcome, error) { return step(c, in, facts) })
	if err != nil {
		return c, out, fmt.Errorf("%w, hearing %s while %s", err, in, c.Stage)
	}
	next.Version = c.Version
	return next, out, nil
}

// joinReferral joins a referral just sent to the one of the same reference that the
// clinicians may already hold, as when a request for a call becomes a referral. It returns that
// one, nil if there is none.
func (b *Bot) joinReferral(ctx context.Context, out *dialog.Outcome, facts dialog.Facts) (*dialog.Referral, error) {
	if out.Referral == nil {
		return nil, nil
	}
	stored, err := b.known(ctx, out.Referral.Ref, facts)
	if stored == nil || err != nil {
		return nil, err
	}
	joined := dialog.Merge(*stored, *out.Referral)
	joined.Version = stored.Version
	out.Referral = &joined
	return stored, nil
}

// named is the referral of that reference, nil if there is none.
func (b *Bot) named(ctx context.Context, ref string) (*dialog.Referral, error) {
	if ref == "" {
		return nil, nil
	}
	r, err := b.Store.Referral(ctx, ref)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	return &r, err
}

// known is the referral of that reference, nil if there is none: as the turn went by it, if it did,
// so that whatever has come of it since is a conflict, and the turn is heard anew.
func (b *Bot) known(ctx context.Context, ref string, facts dialog.Facts) (*dialog.Referral, error) {
	if r := facts.Referral; r != nil && r.Ref == ref {
		return r, nil
	}
	return b.named(ctx, ref)
}

// personsDeed does to the clinicians' referral what out says the person does to it, as part
// of the same turn, and returns that as it was before. Of what has been erased in the meantime
// nothing is left to do it to.
func (b *Bot) personsDeed(ctx context.Context, out *dialog.Outcome, facts dialog.Facts) (*dialog.Referral, error) {
	if out.Deed == nil {
		return nil, nil
	}
	held := out.Referral
	if held == nil {
		var err error
		if held, err = b.known(ctx, out.DeedTo, facts); held == nil {
			return nil, err
		}
	}
	_, done, err := b.takeAct(*held, *out.Deed, facts)
	if err != nil {
		return nil, err
	}
	if done.Referral != nil {
		out.Referral = done.Referral
	}
	out.Take, out.GiveUp = cmp.Or(done.Take, out.Take), cmp.Or(done.GiveUp, out.GiveUp)
	out.Notices = append(out.Notices, done.Notices...)
	out.Posts = append(out.Posts, done.Posts...)
	out.Timers = append(out.Timers, done.Timers...)
	out.Audit = append(out.Audit, done.Audit...)
	return held, nil
}

// deed does one deed once.
func (b *Bot) deed(ctx context.Context, ref, key string, deed dialog.Deed, fired []store.Timer) (dialog.Referral, dialog.Outcome, error) {
	r, err := b.Store.Referral(ctx, ref)
	if err != nil {
		return r, dialog.Outcome{}, err
	}
	return b.done(ctx, r, key, deed, fired)
}

// done does one deed to r and commits it.
func (b *Bot) done(ctx context.Context, r dialog.Referral, key string, deed dialog.Deed, fired []store.Timer) (dialog.Referral, dialog.Outcome, error) {
	var err error
	facts := b.Facts(r.Chat)
	if facts.Referral, err = b.named(ctx, dialog.Named(deed)); err != nil {
		return r, dialog.Outcome{}, err
	}
	if dialog.Compares(deed) {
		if facts.Alike, err = b.Store.Alike(ctx, dialog.Traits(r)); err != nil {
			return r, dialog.Outcome{}, err
		}
	}
	next, out, err := b.takeAct(r, deed, facts)
	if err != nil {
		return r, dialog.Outcome{}, err
	}
	change, err := b.change(r.Chat, []string{key}, &r, out, facts.Now)
	if err != nil {
		return r, dialog.Outcome{}, err
	}
	change.Fired = fired
	err = b.commit(ctx, change)
	if errors.Is(err, store.ErrSlotTaken) { // who is to ring is not worth failing for
		b.Log.Error("slot", "ref", r.Ref, "code", "taken")
		change.Take = nil
		err = b.commit(ctx, change)
	}
	if err != nil {
		return r, dialog.Outcome{}, err
	}
	if out.Referral != nil {
		next.Version++
	}
	return next, out, nil
}

// takeAct lets the dialogue decide. The outcome has the referral if the deed changed it:
// what a deed leaves as it was, such as a reading, is only audited, and its card stays.
func (b *Bot) takeAct(r dialog.Referral, deed dialog.Deed, facts dialog.Facts) (dialog.Referral, dialog.Outcome, error) {
	act := dialog.Act
	if b.act != nil {
		act = b.act
	}
	next, out, err := guarded(func() (dialog.Referral, dialog.Outcome, error) { return act(r, deed, facts) })
	if err != nil {
		return r, out, fmt.Errorf("%w, doing %s while %s", err, deed.Action, r.Status)
	}
	next.Version = r.Version
	out.Referral = nil
	if !reflect.DeepEqual(r, next) {
		out.Referral = &next
	}
	return next, out, nil
}

// again makes a turn until it neither meets another's change nor a fault, or attempts are
// used up. The waits between are random, so that two who collide do not do so again.
func again[T any](ctx context.Context, turn func() (T, dialog.Outcome, error)) (T, dialog.Outcome, error) {
	for n := 1; ; n++ {
		t, out, err := caught(turn)
		if n == attempts || !errors.Is(err, store.ErrConflict) && !errors.Is(err, store.ErrSlotTaken) && !errors.Is(err, ErrFault) {
			return t, out, err
		}
		if !pause(ctx, rand.N(5*time.Millisecond<<n)) {
			return t, out, ctx.Err()
		}
	}
}

// guarded takes a step and turns an error of it into ErrFault. Its text is dropped, since it
// may hold what a person said.
func guarded[T any](step func() (T, dialog.Outcome, error)) (T, dialog.Outcome, error) {
	t, out, err := caught(step)
	if err != nil && !errors.Is(err, ErrFault) {
		err = fmt.Errorf("%w: an error", ErrFault)
	}
	return t, out, err
}

// caught turns a panic of f into ErrFault, and drops its text too.
func caught[T any](f func() (T, dialog.Outcome, error)) (t T, out dialog.Outcome, err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("%w: panic at %s", ErrFault, panicked())
		}
	}()
	return f()
}

// Code reduces an error of Hear or Act to words that are safe to log.
func Code(err error) string {
	if errors.Is(err, ErrFault) {
		return err.Error()
	}
	for _, known := range []error{store.ErrConflict, store.ErrSlotTaken, store.ErrNotFound, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return "store"
}

// panicked names the function and line that the panic being recovered from came from.
func panicked() string {
	var stack [32]uintptr
	frames := runtime.CallersFrames(stack[:runtime.Callers(2, stack[:])])
	inRuntime := false
	for {
		f, more := frames.Next()
		wasRuntime := inRuntime
		inRuntime = strings.HasPrefix(f.Function, "runtime.")
		if wasRuntime && !inRuntime {
			return fmt.Sprintf("%s:%d", f.Function, f.Line)
		}
		if !more {
			return "an unknown place"
		}
	}
}

// pause waits for d and reports whether it could do so before ctx ended.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}
