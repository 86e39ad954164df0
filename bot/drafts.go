package bot

import (
	"context"
	"errors"
	"math"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// Drafts returns every draft there is, in no order. It returns those that open together with
// store.ErrDamaged, if one does not.
func Drafts(ctx context.Context, s store.Store) ([]dialog.Conversation, error) {
	// Each has a timer at which it is forgotten.
	timers, err := s.Due(ctx, time.Unix(math.MaxUint32, 0), math.MaxInt32)
	if err != nil {
		return nil, err
	}
	var all []dialog.Conversation
	var damaged error
	for _, t := range timers {
		if t.Name != dialog.TimerForget || t.Ref != "" {
			continue
		}
		c, err := s.Conversation(ctx, t.Chat)
		if errors.Is(err, store.ErrDamaged) {
			damaged = err
		} else if err != nil {
			return nil, err
		}
		if c.Unsent() {
			all = append(all, c)
		}
	}
	return all, damaged
}
