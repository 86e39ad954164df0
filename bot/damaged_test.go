package bot

import (
	"context"
	"errors"
	"strings"
	"testing"

	"referralbot/dialog"
	"referralbot/store"
)

// damaged is a store whose conversations do not open any more.
type damaged struct{ store.Store }

func (d damaged) Conversation(ctx context.Context, chat dialog.Chat) (dialog.Conversation, error) {
	c, err := d.Store.Conversation(ctx, chat)
	return dialog.Conversation{Chat: chat, Version: c.Version}, errors.Join(store.ErrDamaged, err)
}

func TestDamagedConversationBeginsAnew(t *testing.T) {
	t.Parallel()
	b := newBot(t, nil, nil)
	mustHear(t, b, text("k1", "", "hello"))
	sound := b.Store
	b.Store = damaged{sound}

	if _, _, err := b.Hear(t.Context(), Heard{Chat: someone, Keys: []string{"t1"}, Input: dialog.Input{Timer: "remind"}}); !errors.Is(err, ErrFault) {
		t.Errorf("a timer: %v", err)
	}
	if c, err := sound.Conversation(t.Context(), someone); err != nil || c.Version != 1 {
		t.Errorf("a timer left it at version %d, %v", c.Version, err)
	}
	_, out := mustHear(t, b, text("k2", "", "I want to die"))
	if len(out.Replies) < 2 || !strings.Contains(out.Replies[0].Text, "116 123") || !strings.Contains(out.Replies[1].Text, "can't open") || len(out.Alerts) != 1 {
		t.Errorf("said %v, alerts %v", out.Replies, out.Alerts)
	}
	if c, err := sound.Conversation(t.Context(), someone); err != nil || c.Version != 2 {
		t.Errorf("it is at version %d, %v", c.Version, err)
	}
}
