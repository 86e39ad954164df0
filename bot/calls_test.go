package bot

import (
	"fmt"
	"strings"
	"testing"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// says lets a racer say something, or press a button by its code, and returns what they are told.
func says(t *testing.T, b *Bot, n int, words, code string) string {
	t.Helper()
	c, err := b.Store.Conversation(t.Context(), racer(n))
	if err != nil {
		t.Fatal(err)
	}
	in := dialog.Input{Text: words}
	if code != "" {
		in = dialog.Input{Press: &dialog.Press{Prompt: c.Asked.ID, Choice: code}}
	}
	_, out := mustHear(t, b, Heard{Chat: racer(n), Audience: rules.Professional, Keys: []string{fmt.Sprint(n, ":", c.Version)}, Input: in})
	return out.Replies[len(out.Replies)-1].Text
}

// TestCallTaken: of two who choose the same time one has it, and the other is told so and offered
// the next; what a clinician then does to it succeeds, whatever has become of the slot.
func TestCallTaken(t *testing.T) {
	t.Parallel()
	b := raceBot(newBot(t, nil, nil).Store)
	b.Service.Calls.AtOnce = 1
	for n := range 2 {
		says(t, b, n, "human", "")
		if told := says(t, b, n, "01632 960101", ""); !strings.HasPrefix(told, "These are the next times") {
			t.Fatalf("%d is told %q", n, told)
		}
	}
	kept := says(t, b, 0, "", "time_1")
	if told := says(t, b, 1, "", "time_1"); !strings.Contains(kept, "It is kept for you") || !strings.HasPrefix(told, "Sorry, that time has just been taken.") {
		t.Errorf("one is told %q, and the other %q", kept, told)
	}
	if told := says(t, b, 0, "", "book_it"); !strings.HasPrefix(told, "Your call is booked.") {
		t.Errorf("told %q", told)
	}
	open, err := b.Store.Open(t.Context())
	if err != nil || len(open) != 1 {
		t.Fatal(open, err)
	}
	// As after a store was put back: somebody else has the slot.
	if _, err := b.Store.Commit(t.Context(), store.Change{GiveUp: open[0].Ref, At: b.now()}); err != nil {
		t.Fatal(err)
	}
	other := rules.Taken{Slot: open[0].Booked.Slot, Holder: "R99-1"}
	if _, err := b.Store.Commit(t.Context(), store.Change{Take: &other, At: b.now()}); err != nil {
		t.Fatal(err)
	}
	r, _, err := b.Act(t.Context(), open[0].Ref, "press", dialog.Deed{Action: dialog.ActClaim, By: dialog.Clinician{ID: "U1", Name: "Anna"}})
	if err != nil || r.Status != dialog.Claimed {
		t.Errorf("claiming gives %v, %v", r, err)
	}
}

// TestOrdinaryTurnsLookNothingUp: what is known of calls is only read where it is needed.
func TestOrdinaryTurnsLookNothingUp(t *testing.T) {
	t.Parallel()
	b := raceBot(newBot(t, nil, nil).Store)
	looked := 0
	b.Busy = func() map[string][]rules.Span { looked++; return nil }
	for _, words := range []string{"hello", "help", "yes", "human", "back"} {
		says(t, b, 0, words, "")
	}
	if looked != 0 {
		t.Errorf("looked up %d times", looked)
	}
	says(t, b, 0, "human", "")
	says(t, b, 0, "01632 960101", "")
	if looked != 1 {
		t.Errorf("looked up %d times, want once", looked)
	}
}
