package sqlite

import (
	"context"

	"referralbot/dialog"
	"referralbot/store"
)

// Erase implements store.Store.
func (s *Store) Erase(ctx context.Context, e store.Erasure) error {
	p := script{codec: s.codec}
	if e.Chat != (dialog.Chat{}) {
		p.eraseConversation(e)
	}
	if e.Ref != "" {
		p.add(nil, "DELETE FROM referral WHERE ref = ?", p.ref(e.Ref))
		p.eraseTimers(dialog.Chat{}, e.Ref)
		p.eraseTraits(p.ref(e.Ref))
		p.giveUp(e.Ref)
	}
	if e.Destination != "" {
		p.eraseDestination(p.destination(e.Destination))
	}
	p.tallies(e.Tallies)
	err := s.write(ctx, func(db *statements) error {
		ctx := context.Background()
		if err := apply(ctx, db, p.steps); err != nil {
			return err
		}
		return s.chain(ctx, db, e.Audit)
	})
	return within("erase", err)
}

func (p *script) eraseConversation(e store.Erasure) {
	const query = "DELETE FROM conversation WHERE chat = ? AND version = ?"
	p.add(store.ErrConflict, query, p.chat(e.Chat), e.Version)
	p.eraseTimers(e.Chat, "")
	p.eraseAsides(p.chat(e.Chat))
}

func (p *script) eraseTimers(chat dialog.Chat, ref string) {
	p.add(nil, "DELETE FROM timer WHERE owner = ?", p.owner(chat, ref))
	p.eraseAsides(p.owner(chat, ref))
}

func (p *script) eraseTraits(ref string) {
	p.add(nil, "DELETE FROM trait WHERE ref = ?", ref)
}

func (p *script) eraseAsides(owner string) {
	p.add(nil, "DELETE FROM aside WHERE owner = ?", owner)
}

// eraseDestination drops all that is known of a destination but its fence, which never goes
// back: whoever is saying something there now is told that the lease is lost.
func (p *script) eraseDestination(destination string) {
	const free = "UPDATE destination SET due = NULL, leased = 0, fence = fence + ? WHERE key = ?"
	p.add(nil, free, stride, destination)
	for _, query := range []string{
		"DELETE FROM delivery WHERE destination = ?",
		"DELETE FROM message WHERE destination = ?",
		"DELETE FROM standing WHERE destination = ?",
	} {
		p.add(nil, query, destination)
	}
	p.eraseAsides(destination)
}
