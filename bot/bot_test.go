package bot

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/seal"
	"referralbot/store/sqlite"
)

var someone = dialog.Chat{Platform: "telegram", ID: "1001"}

// stepFunc and actFunc are what stands in for the dialogue.
type (
	stepFunc = func(dialog.Conversation, dialog.Input, dialog.Facts) (dialog.Conversation, dialog.Outcome, error)
	actFunc  = func(dialog.Referral, dialog.Deed, dialog.Facts) (dialog.Referral, dialog.Outcome, error)
)

// newKeys makes keys for a store.
func newKeys(t testing.TB) *seal.Keys {
	t.Helper()
	keys, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func newBot(t testing.TB, step stepFunc, act actFunc) *Bot {
	t.Helper()
	s, err := sqlite.Open(filepath.Join(t.TempDir(), "test.db"), newKeys(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &Bot{
		Store: s, Service: rules.DefaultService(), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Triage: "slack:C1", Safety: "slack:C2", step: step, act: act,
	}
}

// logged makes b log into the buffer returned.
func logged(b *Bot) *syncBuffer {
	var buf syncBuffer
	b.Log = slog.New(slog.NewTextHandler(&buf, nil))
	return &buf
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// asking answers every input it may take as an answer by writing it down and asking the
// next question, and every other by asking again.
func asking(c dialog.Conversation, in dialog.Input, f dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
	if in.Unseen {
		return c, say(dialog.Reply{Prompt: c.Asked.ID, Again: dialog.Moved, Text: "again"}), nil
	}
	c.Trail = append(c.Trail[:len(c.Trail):len(c.Trail)], rules.Field(in.Text))
	c.Asked = dialog.Prompt{ID: f.Nonce}
	return c, say(dialog.Reply{Prompt: f.Nonce, Text: "next"}), nil
}

func say(r ...dialog.Reply) dialog.Outcome { return dialog.Outcome{Replies: r} }

func text(key, message, words string) Heard {
	return Heard{Chat: someone, Audience: rules.Parent, Keys: []string{key}, Message: message, Input: dialog.Input{Text: words}}
}

func mustHear(t testing.TB, b *Bot, h Heard) (dialog.Conversation, dialog.Outcome) {
	t.Helper()
	c, out, err := b.Hear(t.Context(), h)
	if err != nil {
		t.Fatalf("Hear: %v", err)
	}
	return c, out
}

// trail is what has been answered in the chat of someone.
func trail(t testing.TB, b *Bot) string {
	t.Helper()
	c, err := b.Store.Conversation(t.Context(), someone)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, f := range c.Trail {
		words = append(words, string(f))
	}
	return strings.Join(words, " ")
}

// eventually waits until holds does.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not in time: %s", what)
		}
	}
}

// messengerFunc is a platform.
type messengerFunc func(context.Context, store.Delivery) (string, error)

func (f messengerFunc) Deliver(ctx context.Context, d store.Delivery) (string, error) {
	return f(ctx, d)
}

// deliver lets b deliver through m, on both platforms, until the test or stop ends it.
func deliver(t testing.TB, b *Bot, m messengerFunc) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- b.Deliver(ctx, map[string]Messenger{"telegram": m, "slack": m}) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Deliver: %v", err)
		}
	})
	t.Cleanup(stop)
	return stop
}

func stats(t testing.TB, b *Bot) store.Stats {
	t.Helper()
	s, err := b.Store.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sentReferral stores a referral that someone has sent.
func sentReferral(t testing.TB, b *Bot, ref string) {
	t.Helper()
	r := dialog.Referral{Ref: ref, Chat: someone, Status: dialog.Received}
	c := dialog.Conversation{Chat: someone, Ref: ref, Stage: dialog.Sent}
	if _, err := b.Store.Commit(t.Context(), store.Change{Keys: []string{"sent"}, Conversation: &c, Referral: &r, At: time.Now()}); err != nil {
		t.Fatal(err)
	}
}
