package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// stoppable is a store that can be stopped.
type stoppable struct {
	store.Store
	stopped atomic.Bool
}

var errStopped = errors.New("no answer from the disk of canary-7391")

func (s *stoppable) trouble() error {
	if s.stopped.Load() {
		return errStopped
	}
	return nil
}

func (s *stoppable) Conversation(ctx context.Context, chat dialog.Chat) (dialog.Conversation, error) {
	if err := s.trouble(); err != nil {
		return dialog.Conversation{}, err
	}
	return s.Store.Conversation(ctx, chat)
}

func (s *stoppable) Commit(ctx context.Context, c store.Change) ([]store.Delivery, error) {
	if err := s.trouble(); err != nil {
		return nil, err
	}
	return s.Store.Commit(ctx, c)
}

func (s *stoppable) Take(ctx context.Context, lease time.Duration) (store.Delivery, bool, error) {
	if err := s.trouble(); err != nil {
		return store.Delivery{}, false, err
	}
	return s.Store.Take(ctx, lease)
}

// outage is a bot with the real dialogue whose store can be stopped, and what was handed
// over on both platforms.
type outage struct {
	*Bot
	store *stoppable
	mu    sync.Mutex
	calls []store.Delivery
	fails func(store.Delivery) error
}

func newOutage(t *testing.T, changes ...func(*outage)) *outage {
	t.Helper()
	b := newBot(t, nil, nil)
	o := &outage{Bot: b, store: &stoppable{Store: b.Store}}
	b.Store = o.store
	for _, change := range changes {
		change(o)
	}
	deliver(t, b, o.handOver)
	eventually(t, "it delivers", func() bool { return b.messengers.Load() != nil })
	return o
}

func (o *outage) handOver(_ context.Context, d store.Delivery) (string, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.calls = append(o.calls, d)
	if o.fails != nil {
		if err := o.fails(d); err != nil {
			return "", err
		}
	}
	return fmt.Sprint(100 + len(o.calls)), nil
}

// handed are the texts said to people so far, and the alerts raised, by reference.
func (o *outage) handed(t *testing.T) (texts, alerts []string) {
	t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, d := range o.calls {
		var body struct{ Text, Ref, Category string }
		if err := json.Unmarshal(d.Body, &body); err != nil {
			t.Fatal(err)
		}
		switch d.Kind {
		case KindReply:
			texts = append(texts, body.Text)
		case KindAlert:
			alerts = append(alerts, body.Category+" "+body.Ref)
		}
	}
	return texts, alerts
}

// inVain lets o hear h in vain.
func (o *outage) inVain(t *testing.T, h Heard) {
	t.Helper()
	if _, _, err := o.Hear(t.Context(), h); !errors.Is(err, errStopped) {
		t.Fatalf("Hear: %v, want the store's error", err)
	}
}

func TestDangerDoesNotWaitForTheStore(t *testing.T) {
	t.Parallel()
	o := newOutage(t)
	o.store.stopped.Store(true)
	h := text("k1", "7", "I want to die")
	for range 3 { // the platform brings it again
		o.inVain(t, h)
	}
	texts, alerts := o.handed(t)
	if len(texts) != 1 || !strings.Contains(texts[0], "116 123") || !strings.Contains(texts[0], "save") {
		t.Fatalf("said %q, want the card once", texts)
	}
	if diff := cmp.Diff([]string{"suicide_selfharm "}, alerts); diff != "" {
		t.Fatal(diff)
	}

	o.store.stopped.Store(false)
	c, _ := mustHear(t, o.Bot, h)
	eventually(t, "all is said", func() bool { return stats(t, o.Bot).Waiting == 0 })
	texts, alerts = o.handed(t)
	if diff := cmp.Diff([]string{"suicide_selfharm ", "suicide_selfharm " + c.Ref}, alerts); diff != "" || c.Ref == "" {
		t.Error("the alert leads nowhere:", diff)
	}
	if cards := count(texts, "116 123"); cards != 1 {
		t.Errorf("the card was given %d times: %q", cards, texts)
	}

	mustHear(t, o.Bot, text("k2", "8", "hide"))
	eventually(t, "the chat is cleared", func() bool {
		o.mu.Lock()
		defer o.mu.Unlock()
		return slices.ContainsFunc(o.calls, func(d store.Delivery) bool {
			return d.Kind == KindHide && (slices.Contains(d.Messages, "101") || slices.Contains(d.Messages, "102"))
		})
	})
}

// count is how many of the texts have part in them.
func count(texts []string, part string) int {
	n := 0
	for _, text := range texts {
		n += strings.Count(text, part)
	}
	return n
}

func TestWhatIsSaidWhileTheStoreIsDown(t *testing.T) {
	t.Parallel()
	press := func(choice string) dialog.Input {
		return dialog.Input{Press: &dialog.Press{Prompt: "P1", Choice: choice}}
	}
	forms := func(in dialog.Input) dialog.Input { in.Forms = true; return in }
	tests := []struct {
		name    string
		message string
		in      dialog.Input
		want    string // part of what is said; "" for nothing
		alert   string
	}{
		{"words", "7", dialog.Input{Text: "good morning"}, "can't save", ""},
		{"a voice note", "7", dialog.Input{Media: "voice"}, "can't save", ""},
		{"a press", "", press("yes"), "can't save", ""},
		{"a press where forms are answered", "", forms(press("yes")), "", ""},
		{"a call for help", "", press("urgent"), "116 123", ""},
		{"a call for help where forms are", "", forms(press("urgent")), "116 123", ""},
		{"an answer that is danger", "", press("self"), "116 123", "suicide_selfharm "},
		{"danger in a form", "", forms(dialog.Input{Form: map[rules.Field][]string{rules.Concern: {"I want to die"}}}), "116 123", "suicide_selfharm "},
		{"a timer", "", dialog.Input{Timer: "pause"}, "", ""},
		{"to hide", "", press("hide"), "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := newOutage(t)
			o.store.stopped.Store(true)
			o.inVain(t, Heard{Chat: someone, Audience: rules.Parent, Keys: []string{"k"}, Message: tt.message, Input: tt.in})
			texts, alerts := o.handed(t)
			said, alert := strings.Join(texts, "|"), strings.Join(alerts, "|")
			if !strings.Contains(said, tt.want) || tt.want == "" && said != "" || alert != tt.alert {
				t.Errorf("said %q, alerted %q", said, alert)
			}
		})
	}
}

func TestAChatIsAdvisedOnceAMinuteAndOfEachInputOnce(t *testing.T) {
	t.Parallel()
	now := time.Now()
	o := newOutage(t, func(o *outage) { o.Now = func() time.Time { return now } })
	o.store.stopped.Store(true)
	other := text("k9", "9", "hello")
	other.Chat.ID = "1002"
	steps := []struct {
		after time.Duration
		h     Heard
		want  int
	}{
		{0, text("k1", "1", "hello"), 1},
		{time.Second, text("k2", "2", "anybody there"), 1},
		{0, other, 2},
		{2 * time.Minute, text("k1", "1", "hello"), 2},         // brought again
		{0, text("k2", "2", "anybody there"), 2},               // this too
		{time.Second, text("k3", "3", "hello hello"), 3},       // said since
		{time.Second, text("k4", "4", "I want to die"), 4},     // never too soon
		{time.Second, text("k5", "5", "I want to die now"), 5}, // not for this either
	}
	for i, s := range steps {
		now = now.Add(s.after)
		o.inVain(t, s.h)
		if texts, _ := o.handed(t); len(texts) != s.want {
			t.Fatalf("step %d: said %d times, want %d", i, len(texts), s.want)
		}
	}
}

func TestWhatAPlatformDoesNotAcceptIsTriedAgain(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		err  error
		want []int // how often the card has been tried at once, and after 2 s, 2 minutes and 2 hours
	}{
		{"accepted", nil, []int{1, 1, 1, 1}},
		{"uncertain", ErrUncertain, []int{1, 2, 3, 4}},
		{"broken", ErrBroken, []int{1, 2, 3, 4}},
		{"a minute's wait", &Later{After: time.Minute}, []int{1, 1, 2, 3}},
		{"gone", ErrGone, []int{1, 1, 1, 1}},
		{"refused", ErrRefused, []int{1, 1, 1, 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			now := time.Now()
			o := newOutage(t, func(o *outage) {
				o.fails = func(store.Delivery) error { return tt.err }
				o.Now = func() time.Time { return now }
			})
			o.store.stopped.Store(true)
			h := text("k1", "1", "I want to die")
			var got []int
			for _, after := range []time.Duration{0, 2 * time.Second, 2 * time.Minute, 2 * time.Hour} {
				now = now.Add(after)
				o.inVain(t, h)
				texts, _ := o.handed(t)
				got = append(got, len(texts))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			_, told := o.saidDirectly(h)
			if told != (tt.err == nil) {
				t.Errorf("told: %v", told)
			}
		})
	}
}

// The platform of the alert hangs: the card is given all the same, and the hearing ends.
func TestAPlatformThatHangsHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	b := newBot(t, nil, nil)
	down := &stoppable{Store: b.Store}
	b.Store = down
	var given, hung atomic.Int32
	deliver(t, b, func(ctx context.Context, d store.Delivery) (string, error) {
		if d.Kind == KindAlert {
			hung.Add(1)
			<-ctx.Done()
			return "", ErrUncertain
		}
		given.Add(1)
		return "1", nil
	})
	eventually(t, "it delivers", func() bool { return b.messengers.Load() != nil })
	down.stopped.Store(true)
	if _, _, err := b.Hear(t.Context(), text("k1", "1", "I want to die")); !errors.Is(err, errStopped) {
		t.Error(err)
	}
	if given.Load() != 1 || hung.Load() != 1 {
		t.Errorf("%d cards and %d alerts, want one each", given.Load(), hung.Load())
	}
}

// slow is a store that does not commit before it is let.
type slow struct {
	store.Store
	let chan struct{}
}

func (s slow) Commit(ctx context.Context, c store.Change) ([]store.Delivery, error) {
	<-s.let
	return s.Store.Commit(ctx, c)
}

func TestDangerDoesNotWaitForASlowStore(t *testing.T) {
	t.Parallel()
	let := make(chan struct{})
	o := newOutage(t, func(o *outage) { o.Store = slow{o.store, let} })
	ended := make(chan error, 2)
	for i, words := range []string{"I want to die", "good morning"} {
		go func() {
			h := text(fmt.Sprint("k", i), "", words)
			h.Chat.ID = fmt.Sprint(i)
			_, _, err := o.Hear(context.Background(), h)
			ended <- err
		}()
	}
	eventually(t, "the card is given", func() bool { texts, _ := o.handed(t); return len(texts) > 0 })
	close(let)
	for range 2 {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	eventually(t, "all is said", func() bool { return stats(t, o.Bot).Waiting == 0 })
	texts, _ := o.handed(t)
	if !strings.Contains(texts[0], "116 123") || count(texts, "can't save") != 1 {
		t.Errorf("said %q", texts)
	}
}

func TestAFaultIsToldToWhoMetIt(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, words string
		forms       bool
		want, alert string
	}{
		{"words", "good morning", false, "Something went wrong", ""},
		{"danger", "I want to die", false, "116 123", "suicide_selfharm "},
		{"where forms are answered", "good morning", true, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := newOutage(t, func(o *outage) {
				o.step = func(dialog.Conversation, dialog.Input, dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
					panic("canary-7391")
				}
			})
			h := text("k1", "", tt.words)
			h.Input.Forms = tt.forms
			for range 2 { // some platforms bring it again
				if _, _, err := o.Hear(t.Context(), h); !errors.Is(err, ErrFault) {
					t.Fatalf("Hear: %v", err)
				}
			}
			eventually(t, "all is said", func() bool { return stats(t, o.Bot).Waiting == 0 })
			texts, alerts := o.handed(t)
			said := strings.Join(texts, "|")
			c, err := o.Store.Conversation(t.Context(), someone)
			if err != nil {
				t.Fatal(err)
			}
			if tt.alert += c.Ref; !strings.Contains(said, tt.want) || count(texts, "Something went wrong") > 1 || (tt.want == "") != (said == "") || strings.Join(alerts, "|") != tt.alert {
				t.Errorf("said %q, alerted %q, want %q", said, alerts, tt.alert)
			}
			if (c.Ref != "") != (tt.alert != "") || len(c.Answers) > 0 || c.Asked.ID != "" {
				t.Errorf("the conversation was changed to one of reference %q", c.Ref)
			}
		})
	}
}

// unreadable is a store whose conversations are damaged.
type unreadable struct {
	store.Store
	damaged atomic.Bool
}

func (u *unreadable) Conversation(ctx context.Context, chat dialog.Chat) (dialog.Conversation, error) {
	if u.damaged.Load() {
		return dialog.Conversation{}, errors.New("damaged")
	}
	return u.Store.Conversation(ctx, chat)
}

func TestAFaultInWhatCannotBeReadIsAlertedAllTheSame(t *testing.T) {
	t.Parallel()
	damage, steps := &unreadable{}, 0
	o := newOutage(t, func(o *outage) {
		damage.Store, o.Store = o.Store, damage
		o.step = func(dialog.Conversation, dialog.Input, dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
			steps++
			damage.damaged.Store(steps%attempts == 0) // when it is given up
			return dialog.Conversation{}, dialog.Outcome{}, errors.New("canary-7391")
		}
	})
	for range 2 {
		damage.damaged.Store(false)
		if _, _, err := o.Hear(t.Context(), text("k1", "", "I want to die")); !errors.Is(err, ErrFault) {
			t.Fatalf("Hear: %v", err)
		}
	}
	eventually(t, "all is said", func() bool { return stats(t, o.Bot).Waiting == 0 })
	texts, alerts := o.handed(t)
	if diff := cmp.Diff([]string{"suicide_selfharm "}, alerts); diff != "" || count(texts, "116 123") != 1 {
		t.Errorf("said %q, alerted %s", texts, diff)
	}
}

func TestAFaultThatCannotBeToldIsHeardAgain(t *testing.T) {
	t.Parallel()
	o := newOutage(t, func(o *outage) {
		o.step = func(dialog.Conversation, dialog.Input, dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
			o.store.stopped.Store(true)
			panic("canary-7391")
		}
	})
	o.inVain(t, text("k1", "", "good morning"))
}

func TestWhatWasSaidIsBounded(t *testing.T) {
	t.Parallel()
	var s said
	now := time.Now()
	for i := range 3 * mostRecent {
		key := fmt.Sprint(i)
		if !s.begin(key, now, once) || s.begin(key, now, once) {
			t.Fatalf("%s is not begun once", key)
		}
		s.end(key, key)
	}
	if n := len(s.remarks.young) + len(s.remarks.old); n > mostRecent {
		t.Errorf("%d are remembered, want at most %d", n, mostRecent)
	}
	latest := fmt.Sprint(3*mostRecent - mostRecent/2)
	if r := s.remarks.get(latest); !r.accepted || r.external != latest {
		t.Errorf("one of the latest is forgotten: %+v", r)
	}
}
