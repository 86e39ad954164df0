package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// ErrAlarming: an alert is open, and what would be erased leads to who may be at risk.
var ErrAlarming = errors.New("an alert about it is open: acknowledge it first")

// ErrLegalHold: the service's profile says that nothing may be erased.
var ErrLegalHold = errors.New("the profile has legal_hold: true, so nothing may be erased")

// Erase forgets a referral, and the conversation it came from if that is still about it,
// with whatever waits to be said there. What stays is the audit, with who erased it and
// why, which is never clinical content. It returns store.ErrNotFound if there is no such
// referral, and ErrAlarming or ErrLegalHold if it must be kept for now; whatever error there
// is, nothing was changed.
func (b *Bot) Erase(ctx context.Context, ref, by, reason string) error {
	if b.Service.Retention.LegalHold {
		return ErrLegalHold
	}
	r, err := b.Store.Referral(ctx, ref)
	if err != nil {
		return err
	}
	if r.Alarming() {
		return ErrAlarming
	}
	c, err := b.Store.Conversation(ctx, r.Chat)
	if err != nil {
		return err
	}
	e := store.Erasure{Ref: ref, Audit: b.erased(ref, by, dialog.RoleOperator, reason)}
	if c.Ref == ref {
		e.Chat, e.Version, e.Destination, e.Tallies = c.Chat, c.Version, destination(c.Chat), c.Left()
	}
	return b.Store.Erase(ctx, e)
}

// forgetAgain is how long what may not be erased yet is left before it is looked at again.
const forgetAgain = 24 * time.Hour

// forget erases what its timer says has been kept for long enough, if that is still so.
func (b *Bot) forget(ctx context.Context, t store.Timer) error {
	e, again, err := b.overdue(ctx, t)
	switch {
	case err != nil:
		return err
	case !again.IsZero():
		t.At = again
		return b.commit(ctx, store.Change{Chat: t.Chat, Timers: []store.Timer{t}, At: b.now()})
	case e.Audit == nil: // sent, or erased, or begun anew in the meantime
		return b.commit(ctx, store.Change{Chat: t.Chat, Fired: []store.Timer{t}, At: b.now()})
	}
	return b.Store.Erase(ctx, e)
}

// overdue returns what is to be erased now at t, with no audit if nothing is, or when to
// look again. Nothing is erased under legal hold, or while an alert is open: what leads to
// somebody who may be at risk waits until a clinician has seen it.
func (b *Bot) overdue(ctx context.Context, t store.Timer) (store.Erasure, time.Time, error) {
	e, due, err := b.kept(ctx, t)
	if err != nil || e.Audit == nil || b.now().Before(due) {
		return e, due, err
	}
	ref := e.Audit[0].Ref
	r, err := b.Store.Referral(ctx, ref)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return e, due, err
	}
	if b.Service.Retention.LegalHold || r.Alarming() {
		return e, b.now().Add(forgetAgain), nil
	}
	if r.Kind == dialog.KindDraft {
		e.Ref = ref
	}
	return e, time.Time{}, nil
}

// kept is what t would have erased, and when it is due.
func (b *Bot) kept(ctx context.Context, t store.Timer) (store.Erasure, time.Time, error) {
	if t.Ref != "" {
		r, err := b.Store.Referral(ctx, t.Ref)
		if err != nil || r.Status != dialog.Withdrawn && r.Kind != dialog.KindDraft {
			return store.Erasure{}, time.Time{}, err
		}
		return store.Erasure{Ref: t.Ref, Audit: b.erased(t.Ref, "service", dialog.RoleService, "retention")}, t.At, nil
	}
	c, err := b.Store.Conversation(ctx, t.Chat)
	if err != nil || !c.Unsent() {
		return store.Erasure{}, time.Time{}, err
	}
	return store.Erasure{
		Chat: c.Chat, Version: c.Version, Destination: destination(c.Chat),
		Audit: b.erased(c.Ref, "service", dialog.RoleService, "retention"), Tallies: c.Left(),
	}, c.Expires(b.Service), nil
}

func (b *Bot) erased(ref, by string, role dialog.Role, reason string) []dialog.Entry {
	return []dialog.Entry{b.placed(dialog.Noted(ref, b.now(), by, role, "erased", reason), dialog.Chat{}, rand.Text(), 0)}
}
