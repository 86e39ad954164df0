package bot

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/store"
	"referralbot/store/faulttest"
)

// TestFaultHurried has one chat say more than anybody can write. What is beyond that is not
// heard, and the chat is told once a minute; danger is heard all the same, and so is the wish
// to have the chat hidden; others notice nothing.
func TestFaultHurried(t *testing.T) {
	t.Parallel()
	now := time.Now().Add(-time.Hour)
	b := newBot(t, func(c dialog.Conversation, _ dialog.Input, _ dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
		return c, say(dialog.Reply{Text: "heard"}), nil
	}, nil)
	b.Now = func() time.Time { return now }
	says := func(id, n int, words string) {
		h := text(fmt.Sprint(id, ":", n), fmt.Sprint(n), words)
		h.Chat.ID = fmt.Sprint(id)
		mustHear(t, b, h)
	}
	version := func(id int) int64 {
		c, err := b.Store.Conversation(t.Context(), dialog.Chat{Platform: "telegram", ID: fmt.Sprint(id)})
		if err != nil {
			t.Fatal(err)
		}
		return c.Version
	}
	times := faulttest.Count(400, 12_000)
	for n := range times {
		says(1, n, "hello")
	}
	says(2, 0, "hello")
	if version(1) != heardAtOnce || version(2) != 1 {
		t.Errorf("heard %d and %d, want %d and 1", version(1), version(2), heardAtOnce)
	}
	if n := told(t, b, "telegram:1", "faster than I can read"); n != 1 {
		t.Errorf("told %d times, want once", n)
	}
	says(1, times, "I want to die")
	says(1, times+1, "hide")
	if version(1) != heardAtOnce+2 {
		t.Errorf("danger and the wish to hide: version %d, want %d", version(1), heardAtOnce+2)
	}
	now = now.Add(toldEvery)
	for n := range heardAtOnce + 1 {
		says(1, times+2+n, "hello")
	}
	if version(1) != 2*heardAtOnce+2 {
		t.Errorf("a minute later: version %d, want %d", version(1), 2*heardAtOnce+2)
	}
	if n := told(t, b, "telegram:1", "faster than I can read"); n != 1 {
		t.Errorf("told %d times more, want once", n)
	}
	faulttest.Report(t, faulttest.Row{ID: "F25", Fault: "one chat says far too much at once", How: "bot on SQLite", Count: times})
}

// told hands over what waits and counts what of it says so at one destination.
func told(t *testing.T, b *Bot, destination, words string) (n int) {
	t.Helper()
	for {
		d, found, err := b.Store.Take(context.Background(), time.Minute)
		if err != nil || !found {
			return n
		}
		if d.Destination == destination && strings.Contains(string(d.Body), words) {
			n++
		}
		finish(t, b.Store, d)
	}
}

func finish(t *testing.T, s store.Store, d store.Delivery) {
	t.Helper()
	if err := s.Start(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := s.Done(t.Context(), d, "1"); err != nil {
		t.Fatal(err)
	}
}
