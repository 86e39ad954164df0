package bot

import (
	"context"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// TestHideIsGivenWhatStandsInTheChat: what was heard and said, by either side, and nothing
// of another chat.
func TestHideIsGivenWhatStandsInTheChat(t *testing.T) {
	t.Parallel()
	step := func(c dialog.Conversation, in dialog.Input, _ dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
		out := say(dialog.Reply{Text: in.Text})
		out.Hide = in.Text == "hide"
		return c, out, nil
	}
	b := newBot(t, step, nil)
	var mu sync.Mutex
	var hidden [][]string
	deliver(t, b, func(_ context.Context, d store.Delivery) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		if d.Kind == KindHide {
			hidden = append(hidden, d.Messages)
			return "", nil
		}
		return "said-1-" + d.Destination + " said-2-" + d.Destination, nil
	})
	done := func() {
		t.Helper()
		eventually(t, "all is said", func() bool { return stats(t, b).Waiting == 0 })
	}
	elsewhere := text("k0", "90", "hello")
	elsewhere.Chat.ID = "1002"
	mustHear(t, b, elsewhere)
	mustHear(t, b, text("k1", "91", "hello"))
	done()
	edited := text("k2", "91", "hello again")
	edited.Input.Edited = true
	mustHear(t, b, edited)
	done()
	mustHear(t, b, Heard{Chat: someone, Audience: rules.Parent, Keys: []string{"k3"}, Input: dialog.Input{Press: &dialog.Press{}}})
	done()
	mustHear(t, b, text("k4", "92", "hide"))
	mustHear(t, b, text("k4", "92", "hide")) // heard before
	done()
	mustHear(t, b, text("k5", "93", "hide"))
	done()
	mu.Lock()
	defer mu.Unlock()
	one, two := "said-1-telegram:1001", "said-2-telegram:1001"
	want := [][]string{{"92", two, one, two, one, two, one, "91"}, {"93", two, one}}
	if diff := cmp.Diff(want, hidden); diff != "" {
		t.Error(diff)
	}
}
