package bot

import (
	"context"
	"errors"
	"math"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// Drafts returns every draft there is, in no order. One that does not open is not among them.
func Drafts(ctx context.Context, s store.Store) ([]dialog.Conversation, error) {
	// Each has a timer at which it is forgotten.
	timers, err := s.Due(ctx, time.Unix(math.MaxUint32, 0), math.MaxInt32)
	if err != nil {
		return nil, err
	}
	var all []dialog.Conversation
	for _, t := range timers {
		if t.Name != dialog.TimerForget || t.Ref != "" {
			continue
		}
		c, err := s.Conversation(ctx, t.Chat)
		if err != nil && !errors.Is(err, store.ErrDamaged) {
			return nil, err
		}
		if c.Unsent() {
			all = append(all, c)
		}
	}
	return all, nil
}
