package sqlite

import (
	"context"

	"referralbot/dialog"
	"referralbot/store"
)

// Erase implements store.Store.
func (s *Store) Erase(ctx context.Context, e store.Erasure) error {
	var p script
	if e.Chat != (dialog.Chat{}) {
		p.eraseConversation(e)
	}
	if e.Ref != "" {
		p.add(nil, "DELETE FROM referral WHERE ref = ?", key(e.Ref))
		p.eraseTimers(key("", "", e.Ref))
	}
	if e.Destination != "" {
		p.eraseDestination(key(e.Destination))
	}
	p.audit(e.Audit)
	if p.err != nil {
		return within("erase", p.err)
	}
	return s.apply(ctx, "erase", p.steps...)
}

func (p *script) eraseConversation(e store.Erasure) {
	const query = "DELETE FROM conversation WHERE chat = ? AND version = ?"
	p.add(store.ErrConflict, query, chatKey(e.Chat), e.Version)
	p.eraseTimers(key(e.Chat.Platform, e.Chat.ID, ""))
}

// eraseTimers drops every timer whose key is owner's and a name.
func (p *script) eraseTimers(owner string) {
	const after = " " // follows the separator of keys in order, so that the two bound all names
	p.add(nil, "DELETE FROM timer WHERE key > ? AND key < ?", key(owner, ""), owner+after)
}

// eraseDestination drops all that is known of a destination but its fence, which never goes
// back: whoever is saying something there now is told that the lease is lost.
func (p *script) eraseDestination(destination string) {
	p.add(nil, "UPDATE destination SET due = NULL, leased = 0, fence = fence + 1 WHERE key = ?", destination)
	for _, query := range []string{
		"DELETE FROM delivery WHERE destination = ?",
		"DELETE FROM dead WHERE destination = ?",
		"DELETE FROM message WHERE destination = ?",
		"DELETE FROM standing WHERE destination = ?",
	} {
		p.add(nil, query, destination)
	}
}
