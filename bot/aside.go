package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"referralbot/dialog"
	"referralbot/store"
)

// kindInput is the Kind of an input set aside, and causeFault the Cause where hearing it
// meets a fault of ours again and again.
const (
	kindInput  = "input"
	causeFault = "fault"
)

// SetAside gives up an input that an adapter cannot read. It is kept for an operator as it
// came, body, for a cause, a short code, and known by its keys from then on. Whoever sent it
// is told in the same commit, and what could be read of it is answered if it may be danger.
// Of h only the Keys must be set: where its Chat is not known nobody is told. The error is
// the store's, and then the input must not be acknowledged.
func (b *Bot) SetAside(ctx context.Context, h Heard, cause string, body json.RawMessage) error {
	if len(h.Keys) == 0 {
		return fmt.Errorf("%w: nothing to know the input by", ErrFault)
	}
	err := b.leave(ctx, h, cause, body)
	if storeFailed(err) && ctx.Err() == nil && h.Chat.ID != "" {
		b.Meanwhile(ctx, h)
	}
	return err
}

// giveUp sets aside an input that meets a fault of ours again and again. It returns an error
// if that could not be stored. Who fires a timer puts it off instead.
func (b *Bot) giveUp(ctx context.Context, h Heard) error {
	if h.Input.Timer != "" || len(h.Keys) == 0 {
		return nil
	}
	return b.leave(ctx, h, causeFault, h)
}

// leave sets h aside, of which what is kept, and says so to whoever sent it.
func (b *Bot) leave(ctx context.Context, h Heard, cause string, what any) error {
	_, _, err := again(ctx, func() (struct{}, dialog.Outcome, error) {
		return struct{}{}, dialog.Outcome{}, b.setAside(ctx, b.farewell(ctx, h), cause, what)
	})
	return err
}

// giveUpDeed does so for a deed. Who did it is told by the adapter, where they pressed.
func (b *Bot) giveUpDeed(ctx context.Context, r dialog.Referral, key string, deed dialog.Deed) error {
	what := struct {
		Ref  string
		Deed dialog.Deed
	}{r.Ref, deed}
	return b.setAside(ctx, store.Change{Chat: r.Chat, Keys: []string{key}, At: b.now()}, causeFault, what)
}

// setAside commits c with what it gives up, which is known by c's first key.
func (b *Bot) setAside(ctx context.Context, c store.Change, cause string, what any) error {
	body, err := json.Marshal(what)
	if err != nil {
		body = nil // it is told of and acknowledged all the same
	}
	c.Aside = []store.Aside{{ID: c.Keys[0], Kind: kindInput, Cause: cause, At: c.At, Body: body}}
	err = b.commit(ctx, c)
	if errors.Is(err, store.ErrDuplicate) {
		return nil
	}
	if err == nil {
		b.Log.Error("input", "code", "set aside", "cause", cause)
	}
	return err
}

// farewell is what is said to whoever sent an input that will not be heard, nothing where
// the adapter says it, or nobody is known or wants to be told. Where what is stored cannot be
// read, or is itself what is wrong, it is said knowing nothing but the input.
func (b *Bot) farewell(ctx context.Context, h Heard) store.Change {
	var change store.Change
	if h.Chat.ID != "" {
		parting, urgent, err := b.parting(ctx, h)
		if err != nil {
			parting, urgent = b.emergency(dialog.OurFault, h, h.Keys)
		}
		if urgent || !h.answeredThere() {
			change = parting
		}
	}
	if len(change.Deliveries) > 0 {
		answers, _ := b.saidDirectly(h)
		change.Heard = append(h.messages(), answers...)
	}
	change.Chat, change.Keys = h.Chat, h.Keys
	if change.At.IsZero() {
		change.At = b.now()
	}
	return change
}

// parting is what the dialogue makes of an input given up, as a change, and whether somebody
// may be in danger. It fails if what is stored cannot be read, or is itself what is wrong.
func (b *Bot) parting(ctx context.Context, h Heard) (store.Change, bool, error) {
	var c dialog.Conversation
	facts, urgent := b.Facts(h.Chat), false
	next, out, err := guarded(func() (next dialog.Conversation, out dialog.Outcome, err error) {
		if c, _, err = b.conversation(ctx, h); err != nil {
			return next, out, err
		}
		next, out, urgent = dialog.GiveUp(c, h.Input, facts)
		_, err = b.joinReferral(ctx, &out, facts)
		return next, out, err
	})
	if err != nil {
		return store.Change{}, false, err
	}
	change, err := b.change(h.Chat, h.Keys, nil, out, facts.Now)
	if len(out.Alerts) > 0 {
		next.Version = c.Version
		b.remember(&change, c, next)
	}
	return change, urgent, err
}

// answeredThere reports whether an adapter answers h where it was pressed, as it does in a
// chat with forms for what is not a message.
func (h Heard) answeredThere() bool { return h.Input.Forms && h.Message == "" }
