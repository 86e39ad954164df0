package bot

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/store"
)

// asides is what has been set aside.
func asides(t *testing.T, b *Bot) []store.Aside {
	t.Helper()
	all, err := b.Store.Asides(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// poisoned is a dialogue that cannot bear one word.
func poisoned(c dialog.Conversation, in dialog.Input, f dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
	if in.Text == "poison" || in.Press != nil {
		panic("canary-7391")
	}
	return asking(c, in, f)
}

func TestPoisonIsSetAsideAndTheChatGoesOn(t *testing.T) {
	t.Parallel()
	b := newBot(t, poisoned, nil)
	log := logged(b)
	changes := 0
	b.Store = committing{b.Store, func(c store.Change) {
		if len(c.Aside) > 0 {
			changes++
			if len(c.Deliveries) != 1 {
				t.Errorf("told in %d messages in the same commit, want 1", len(c.Deliveries))
			}
		}
	}}
	mustHear(t, b, text("k1", "1", "before"))
	for range 3 {
		if _, _, err := b.Hear(t.Context(), text("k2", "", "poison")); !errors.Is(err, ErrFault) {
			t.Fatalf("Hear: %v", err)
		}
	}
	// Had it been understood by then, as after an update, it would still be known.
	b.step = asking
	if _, out := mustHear(t, b, text("k2", "", "poison")); len(out.Replies) > 0 {
		t.Errorf("heard after all: %d replies", len(out.Replies))
	}
	mustHear(t, b, text("k3", "", "after"))
	if got := trail(t, b); got != "before after" {
		t.Errorf("heard %q", got)
	}
	all := asides(t, b)
	if len(all) != 1 || all[0].ID != "k2" || all[0].Kind != kindInput || all[0].Cause != causeFault {
		t.Fatalf("set aside %v", all)
	}
	var kept Heard
	if err := json.Unmarshal(all[0].Body, &kept); err != nil || kept.Input.Text != "poison" || kept.Chat != someone {
		t.Errorf("kept %s, error %v", all[0].Body, err)
	}
	if s := log.String(); strings.Contains(s, "canary") || strings.Contains(s, "poison\"") || !strings.Contains(s, "set aside") {
		t.Errorf("logged %s", s)
	}
}

// committing is a store that shows what is committed to it.
type committing struct {
	store.Store
	see func(store.Change)
}

func (s committing) Commit(ctx context.Context, c store.Change) ([]store.Delivery, error) {
	d, err := s.Store.Commit(ctx, c)
	if err == nil {
		s.see(c)
	}
	return d, err
}

func TestWhatIsSetAsideAndSaid(t *testing.T) {
	t.Parallel()
	unread := func(chat dialog.Chat, words string) Heard {
		return Heard{Chat: chat, Keys: []string{"k1"}, Message: "7", Input: dialog.Input{Text: words}}
	}
	press := dialog.Input{Press: &dialog.Press{Prompt: "P1", Choice: "yes"}, Forms: true}
	tests := []struct {
		name       string
		set        func(*Bot) error
		cause      string
		said, also string // parts of what is said; "" for nothing
	}{
		{"what cannot be read", func(b *Bot) error {
			return b.SetAside(t.Context(), unread(someone, "hello"), "unreadable", json.RawMessage(`{"a":1}`))
		}, "unreadable", "Something went wrong", ""},
		{"danger in what cannot be read", func(b *Bot) error {
			return b.SetAside(t.Context(), unread(someone, "I want to die"), "unreadable", json.RawMessage(`{"a":1}`))
		}, "unreadable", "116 123", "Something went wrong"},
		{"nobody's", func(b *Bot) error {
			return b.SetAside(t.Context(), unread(dialog.Chat{}, "hello"), "unreadable", json.RawMessage(`{"a":1}`))
		}, "unreadable", "", ""},
		{"what is no JSON", func(b *Bot) error {
			return b.SetAside(t.Context(), unread(someone, "hello"), "unreadable", json.RawMessage(`{`))
		}, "unreadable", "Something went wrong", ""},
		{"a press where forms are answered", func(b *Bot) error {
			_, _, err := b.Hear(t.Context(), Heard{Chat: someone, Keys: []string{"k1"}, Input: press})
			return notFault(err)
		}, causeFault, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := newOutage(t, func(o *outage) { o.step = poisoned })
			for range 2 {
				if err := tt.set(o.Bot); err != nil {
					t.Fatal(err)
				}
			}
			eventually(t, "all is said", func() bool { return stats(t, o.Bot).Waiting == 0 })
			texts, _ := o.handed(t)
			said := strings.Join(texts, "|")
			if !strings.Contains(said, tt.said) || !strings.Contains(said, tt.also) || (tt.said == "") != (said == "") || count(texts, "Something went wrong") > 1 {
				t.Errorf("said %q", said)
			}
			if all := asides(t, o.Bot); len(all) != 1 || all[0].ID != "k1" || all[0].Cause != tt.cause {
				t.Errorf("set aside %v", all)
			}
		})
	}
}

// notFault is err unless it is that a fault of ours was met.
func notFault(err error) error {
	if errors.Is(err, ErrFault) {
		return nil
	}
	return err
}

func TestWhatCannotBeSetAsideIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	o := newOutage(t)
	o.store.stopped.Store(true)
	h := text("k1", "1", "I want to die")
	if err := o.SetAside(t.Context(), h, "unreadable", nil); !errors.Is(err, errStopped) {
		t.Errorf("SetAside: %v", err)
	}
	if texts, _ := o.handed(t); count(texts, "116 123") != 1 {
		t.Errorf("said %q", texts)
	}
	if err := o.SetAside(t.Context(), Heard{}, "unreadable", nil); !errors.Is(err, ErrFault) {
		t.Errorf("with no key: %v", err)
	}
}

func TestADeedThatMeetsAFaultIsSetAside(t *testing.T) {
	t.Parallel()
	b := newBot(t, nil, func(dialog.Referral, dialog.Deed, dialog.Facts) (dialog.Referral, dialog.Outcome, error) {
		panic("canary-7391")
	})
	const ref = "R00-0000-0000-0000-0001"
	sentReferral(t, b, ref)
	for range 2 {
		if _, _, err := b.Act(t.Context(), ref, "press", dialog.Deed{Action: dialog.ActClaim}); !errors.Is(err, ErrFault) {
			t.Fatalf("Act: %v", err)
		}
	}
	all := asides(t, b)
	if !slices.EqualFunc(all, []string{"press"}, func(a store.Aside, id string) bool { return a.ID == id }) {
		t.Fatalf("set aside %v", all)
	}
	if diff := cmp.Diff(true, strings.Contains(string(all[0].Body), ref)); diff != "" {
		t.Errorf("kept %s", all[0].Body)
	}
}

// A panic is a fault wherever in the hearing it happens, such as in the store.
func TestAPanicAnywhereIsAFault(t *testing.T) {
	t.Parallel()
	b := newBot(t, asking, nil)
	b.Store = panicking{b.Store}
	if _, _, err := b.Hear(t.Context(), text("k1", "", "hello")); !errors.Is(err, ErrFault) || strings.Contains(err.Error(), "canary") {
		t.Errorf("Hear: %v", err)
	}
	if all := asides(t, b); len(all) != 1 {
		t.Errorf("set aside %v", all)
	}
}

type panicking struct{ store.Store }

func (panicking) Conversation(context.Context, dialog.Chat) (dialog.Conversation, error) {
	panic("canary-7391")
}
