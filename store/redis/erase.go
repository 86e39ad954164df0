package redis

import (
	"context"

	"referralbot/dialog"
	"referralbot/store"
)

// Erase implements store.Store.
func (s *Store) Erase(ctx context.Context, e store.Erasure) error {
	number, err := ofErasure(e)
	if err != nil {
		return within("erase", err)
	}
	if err := s.relayAll(ctx); err != nil { // or it would be said after all
		return within("erase", err)
	}
	reply, err := s.chained(ctx, number, e.Audit, func(audit []addition) (any, error) {
		return s.run(ctx, eraseScript, s.eraseCall(number, e, audit))
	})
	if text(reply, 0) == "conflict" {
		return store.ErrConflict
	}
	if err == nil && e.Ref != "" {
		settling, _ := s.settling(store.Change{GiveUp: e.Ref})
		for _, entry := range settling {
			err = s.bring(ctx, string(entry))
		}
	}
	return within("erase", err)
}

func (s *Store) eraseCall(number int, e store.Erasure, audit []addition) *call {
	chat, ref, destination := "", "", ""
	var owners []any // of timers, and of what was set aside
	if e.Chat != (dialog.Chat{}) {
		chat = s.codec.chat(e.Chat)
		owners = append(owners, chat, s.codec.owner(e.Chat, ""))
	}
	if e.Ref != "" {
		ref = s.codec.ref(e.Ref)
		owners = append(owners, s.codec.owner(dialog.Chat{}, e.Ref))
	}
	if e.Destination != "" {
		destination = s.codec.to(e.Destination)
		owners = append(owners, destination)
	}
	c := s.call(number).keys(kindConversation, kindReferral, "open", "count", kindTimer, "timers", "due", "lease")
	c.key("queue", destination).key("shown", destination).key("standing", destination).keys(kindAside, "audited", kindTally, "known", "traits")
	c.arg(chat, e.Version, ref, destination, len(owners)).arg(owners...)
	s.audit(c, audit)
	s.tallied(c, e.Tallies)
	return c
}
