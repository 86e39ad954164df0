package telegram

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/seal"
	"referralbot/store/sqlite"
)

func itoa(n int) string { return strconv.Itoa(n) }

// world is a Telegram, a bot and a store.
type world struct {
	t      testing.TB
	sim    *sim.Telegram
	bot    *bot.Bot
	client *Client
	logs   *logs
	file   string
	keys   *seal.Keys
	dark   atomic.Bool  // Telegram's calls do not get through
	lost   atomic.Int32 // those that did not
}

func newWorld(t testing.TB) *world { return newWorldOf(t, sim.TelegramOptions{}) }

func newWorldOf(t testing.TB, o sim.TelegramOptions) *world {
	t.Helper()
	keys, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, sim: sim.NewTelegram(o), logs: &logs{}, file: filepath.Join(t.TempDir(), "test.db"), keys: keys}
	t.Cleanup(w.sim.Close)
	db := w.open()
	log := slog.New(slog.NewTextHandler(w.logs, nil))
	w.client = newClient(t, w.sim.URL(), w.sim.Token())
	w.client.log = log
	w.bot = &bot.Bot{Store: db, Service: rules.DefaultService(), Log: log, Triage: "slack:C1", Safety: "slack:C2"}
	return w
}

func (w *world) open() *sqlite.Store {
	w.t.Helper()
	db, err := sqlite.Open(w.file, w.keys)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { db.Close() })
	return db
}

// restart leaves what is stored to a new bot, as by the next process.
func (w *world) restart() {
	w.t.Helper()
	if err := w.bot.Store.Close(); err != nil {
		w.t.Fatal(err)
	}
	w.client = newClient(w.t, w.sim.URL(), w.sim.Token())
	w.client.log = w.bot.Log
	w.bot = &bot.Bot{Store: w.open(), Service: w.bot.Service, Log: w.bot.Log, Triage: w.bot.Triage, Safety: w.bot.Safety}
}

type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// run receives and delivers until the test or stop ends it.
func (w *world) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 2)
	go func() { ended <- w.client.Run(ctx, w.bot) }()
	go func() { ended <- w.bot.Deliver(ctx, map[string]bot.Messenger{Platform: w.client}) }()
	stop = sync.OnceFunc(func() {
		cancel()
		for range 2 {
			if err := <-ended; err != nil {
				w.t.Error(err)
			}
		}
	})
	w.t.Cleanup(stop)
	return stop
}

// heard waits until all that happened at Telegram has been confirmed.
func (w *world) heard() {
	w.t.Helper()
	w.eventually("everything is heard", func() bool { return w.sim.Pending() == 0 })
}

func (w *world) eventually(what string, holds func() bool) {
	w.t.Helper()
	for end := time.Now().Add(15 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			w.t.Fatalf("not in time: %s\n%s", what, w.logs)
		}
	}
}

// answered waits until the last message of the chat is the bot's and has buttons.
func (w *world) answered(user int64) sim.TelegramMessage {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	var m sim.TelegramMessage
	if err := w.sim.Wait(ctx, user, func(ms []sim.TelegramMessage) bool {
		if len(ms) == 0 {
			return false
		}
		m = ms[len(ms)-1]
		return m.FromBot && len(m.Buttons) > 0
	}); err != nil {
		w.t.Fatalf("%d is not answered\n%s", user, w.logs)
	}
	return m
}

// turns is how many inputs of user have taken effect.
func (w *world) turns(user int64) int64 {
	w.t.Helper()
	c, err := w.bot.Store.Conversation(w.t.Context(), dialog.Chat{Platform: Platform, ID: strconv.FormatInt(user, 10)})
	if err != nil {
		w.t.Fatal(err)
	}
	return c.Version
}

func TestAConversation(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run()
	w.sim.Say(7, "/start")
	m := w.answered(7)
	press := w.sim.Press(7, m.ID, m.Buttons[0][0].Data)
	w.eventually("the press is answered", func() bool {
		a := w.sim.Answers(7)
		return len(a) > 0 && a[0].Press == press
	})
	w.sim.Press(7, m.ID, "anything: at all")
	w.heard()
	if got := w.turns(7); got != 3 {
		t.Errorf("%d turns, want 3", got)
	}
	for _, method := range []string{"deleteWebhook", "setMyCommands"} {
		if !w.called(method) {
			t.Errorf("%s was not called", method)
		}
	}
}

func (w *world) called(method string) bool {
	for _, c := range w.sim.Calls() {
		if strings.EqualFold(c.Method, method) && c.Refused == "" {
			return true
		}
	}
	return false
}

// watched is a store that tells which turns are committed to it, before they are.
type watched struct {
	store.Store
	commit func(store.Change)
}

func (s watched) Commit(ctx context.Context, c store.Change) ([]store.Delivery, error) {
	if c.Conversation != nil {
		s.commit(c)
	}
	return s.Store.Commit(ctx, c)
}

func TestManyChatsEachInOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var mu sync.Mutex
	order := map[string][]int{}
	w.bot.Store = watched{w.bot.Store, func(c store.Change) {
		mu.Lock()
		defer mu.Unlock()
		part := strings.Split(c.Keys[1], ":") // tg:<chat>:<message>
		id, _ := strconv.Atoi(part[2])
		order[part[1]] = append(order[part[1]], id)
	}}
	const users, each = 30, 4
	for range each {
		for u := range int64(users) {
			w.sim.Say(u+1, "hello")
		}
	}
	w.run()
	w.heard()
	for u := range int64(users) {
		if got := w.turns(u + 1); got != each {
			t.Errorf("%d: %d turns, want %d", u+1, got, each)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	for chat, ids := range order {
		if len(ids) != each || !slices.IsSorted(ids) {
			t.Errorf("%s: heard in the order %v", chat, ids)
		}
	}
}

func TestChatsAreHeardBesideEachOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := make(chan struct{})
	w.bot.Store = watched{w.bot.Store, func(c store.Change) {
		if c.Conversation.Chat.ID == "8" {
			close(other)
			return
		}
		select {
		case <-other:
		case <-time.After(10 * time.Second):
			t.Error("the second chat waited for the first")
		}
	}}
	w.sim.Say(7, "hello")
	w.sim.Say(8, "hello")
	w.run()
	w.heard()
}

func TestYesTwiceAnswersOneQuestion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run()
	w.sim.Say(7, "/start")
	w.answered(7)
	w.sim.Say(7, "yes")
	w.sim.Say(7, "yes")
	w.heard()
	c, err := w.bot.Store.Conversation(t.Context(), dialog.Chat{Platform: Platform, ID: "7"})
	if err != nil || c.Version != 3 || len(c.Trail) != 1 {
		t.Errorf("%d turns answered %v, error %v; want 3 turns and one answer", c.Version, c.Trail, err)
	}
}

func TestCrashBetweenCommitAndOffset(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 5 {
		w.sim.Say(7, "hello")
	}
	events, err := w.client.poll(t.Context(), 0)
	if err != nil || len(events) != 5 {
		t.Fatalf("%d events, error %v", len(events), err)
	}
	if _, err := w.client.hear(t.Context(), w.bot, events); err != nil {
		t.Fatal(err)
	}
	// The process ends here. Telegram was told nothing, and gives all of it again.
	if got := w.sim.Pending(); got != 5 {
		t.Fatalf("%d are pending, want all: they were confirmed too early", got)
	}
	w.run()
	w.heard()
	w.sim.Repeat(5)
	w.sim.Say(8, "hello")
	w.answered(8)
	if got := w.turns(7); got != 5 {
		t.Errorf("%d turns, want 5", got)
	}
}

// failing is a store that fails to commit for some time.
type failing struct {
	store.Store
	times atomic.Int32
}

func (f *failing) Commit(ctx context.Context, c store.Change) ([]store.Delivery, error) {
	if f.times.Add(-1) >= 0 {
		return nil, errors.New("disk full of " + canary)
	}
	return f.Store.Commit(ctx, c)
}

func TestStoreDownIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	down := &failing{Store: w.bot.Store}
	down.times.Store(1 << 20)
	w.bot.Store = down
	w.run()
	w.sim.Say(7, "hello")
	w.sim.Say(8, "hello")
	press := w.sim.Press(9, 1, "K7Q2MX:yes")
	w.eventually("it has failed", func() bool { return down.times.Load() < 1<<20-6 })
	if got := w.sim.Pending(); got != 3 {
		t.Errorf("%d are pending, want all", got)
	}
	if a := w.sim.Answers(9); len(a) != 0 {
		t.Errorf("the press was answered before it was heard: %v", a)
	}
	down.times.Store(0)
	w.heard()
	w.eventually("the press is answered", func() bool {
		a := w.sim.Answers(9)
		return len(a) > 0 && a[0].Press == press
	})
	if w.turns(7) != 1 || w.turns(8) != 1 {
		t.Errorf("turns %d and %d, want 1 each", w.turns(7), w.turns(8))
	}
	if strings.Contains(w.logs.String(), canary) {
		t.Errorf("logged %s", w.logs)
	}
}

// said are the texts the bot has said to user.
func (w *world) said(user int64) []string {
	var out []string
	for _, m := range w.sim.Messages(user) {
		if m.FromBot {
			out = append(out, m.Text)
		}
	}
	return out
}

// count is how many of the texts have part in them.
func count(texts []string, part string) int {
	return len(slices.DeleteFunc(slices.Clone(texts), func(s string) bool { return !strings.Contains(s, part) }))
}

// With the store down danger is answered at once, whatever waits before it, and whoever
// wrote before; and all of it is heard when the store returns.
func TestDangerWhileTheStoreIsDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	down := &failing{Store: w.bot.Store}
	down.times.Store(1 << 20)
	w.bot.Store = down
	w.run()
	const card = "116 123"
	w.sim.Say(7, "hello")
	w.eventually("it is said that nothing can be saved", func() bool { return count(w.said(7), "can't save") == 1 })
	w.sim.Say(7, "I want to die") // behind what is not heard
	w.sim.Say(8, "I want to die") // beside it
	w.eventually("both are answered", func() bool { return count(w.said(7), card) == 1 && count(w.said(8), card) == 1 })
	failed := down.times.Load()
	w.eventually("all have been heard in vain again", func() bool { return down.times.Load() < failed-4 })
	if got := w.sim.Pending(); got != 3 {
		t.Errorf("%d are pending, want all", got)
	}
	down.times.Store(0)
	w.heard()
	w.answered(7)
	w.eventually("all is said", func() bool {
		s, err := w.bot.Store.Stats(t.Context())
		return err == nil && s.Waiting <= 2 // the alerts, for which there is no Slack here
	})
	if w.turns(7) != 2 || w.turns(8) != 1 {
		t.Errorf("turns %d and %d, want 2 and 1", w.turns(7), w.turns(8))
	}
	for _, user := range []int64{7, 8} {
		if n := count(w.said(user), card); n != 1 {
			t.Errorf("%d was given the card %d times: %q", user, n, w.said(user))
		}
	}
	if count(w.said(7), "can save what you write again") == 0 {
		t.Errorf("it is not said that all is well again: %q", w.said(7))
	}
}

func TestWhatNoLibraryCanReadHarmsNoOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sim.Say(7, "hello")
	w.sim.Poison(8)
	w.sim.Send(8, "a_kind_nobody_knows")
	w.sim.Say(9, "hello")
	w.run()
	w.answered(7)
	w.answered(9)
	w.heard()
}

// broken is a store that gives one chat a conversation that the dialogue cannot go on with.
type broken struct {
	store.Store
	chat string
}

func (b broken) Conversation(ctx context.Context, chat dialog.Chat) (dialog.Conversation, error) {
	c, err := b.Store.Conversation(ctx, chat)
	if chat.ID == b.chat {
		c.Stage = "no such stage"
	}
	return c, err
}

func TestAFaultOfOursHarmsNoOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.bot.Store = broken{w.bot.Store, "7"}
	w.sim.Say(7, "/start")
	w.sim.Say(8, "/start")
	w.run()
	w.answered(8)
	w.heard()
	w.eventually("it is told", func() bool { return count(w.said(7), "Something went wrong on my side") == 1 })
	if w.turns(7) != 0 || !strings.Contains(w.logs.String(), "fault") {
		t.Errorf("%d turns of the faulty one; logged %s", w.turns(7), w.logs)
	}
}

func TestFloodControlIsObeyed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sim.Fault("sendMessage", sim.Fault{Kind: sim.RateLimit, RetryAfter: time.Second})
	w.run()
	w.sim.Say(7, "hello")
	w.answered(7)
	var calls []sim.Call
	for _, c := range w.sim.Calls() {
		if strings.EqualFold(c.Method, "sendMessage") {
			calls = append(calls, c)
		}
	}
	if len(calls) < 2 || calls[0].Refused == "" || calls[1].At.Sub(calls[0].At) < time.Second {
		t.Errorf("calls %+v", calls)
	}
}

func TestABlockedChatDelaysNoOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sim.Say(7, "hello")
	w.sim.Block(7)
	w.sim.Say(8, "hello")
	w.run()
	w.answered(8)
	w.eventually("what was for the first is set aside", func() bool {
		s, err := w.bot.Store.Stats(t.Context())
		return err == nil && s.Aside > 0 && s.Waiting == 0
	})
}

func TestGroupsAreLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run()
	w.sim.SayIn(-3, 7, "/start")
	w.eventually("it has left", func() bool { return w.called("leaveChat") })
	w.heard()
	if w.turns(7) != 0 || w.turns(-3) != 0 || w.called("sendMessage") {
		t.Error("it heard or spoke in a group")
	}
}

func TestARefusedTokenEndsRun(t *testing.T) {
	t.Parallel()
	for name, token := range map[string]string{"another's": "1:" + canary, "not one": canary} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			c := newClient(t, w.sim.URL(), token)
			err := c.Run(t.Context(), w.bot)
			if !errors.Is(err, ErrToken) || strings.Contains(err.Error(), canary) {
				t.Errorf("Run: %v", err)
			}
			if _, err := c.Check(t.Context()); !errors.Is(err, ErrToken) {
				t.Errorf("Check: %v", err)
			}
		})
	}
	for _, token := range []string{"", "1:\x7f"} {
		if _, err := New(Options{Token: token}); !errors.Is(err, ErrToken) {
			t.Errorf("New with %q: %v", token, err)
		}
	}
}

// A token that is refused later does not end Run: it may be taken again, and meanwhile the rest
// of the program has its work.
func TestATokenRefusedLaterIsWaitedOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.client.pause = time.Millisecond
	w.run()
	w.eventually("it polls", func() bool { return w.called("getUpdates") })
	if ailing := w.client.Ailing(); ailing != nil {
		t.Errorf("while all is well: %v", ailing)
	}
	w.sim.Revoke(true)
	w.sim.Say(7, "hello") // ends the poll under way
	w.eventually("it is known", func() bool { return slices.Equal(w.client.Ailing(), []string{"token_refused"}) })
	w.sim.Say(8, "hello")
	w.sim.Revoke(false)
	w.answered(8)
	w.sim.Revoke(true)
	w.sim.Say(9, "hello")
	w.eventually("it is known again", func() bool { return w.client.Ailing() != nil })
	w.sim.Revoke(false) // and nobody says a word
	w.eventually("all is well again", func() bool { return w.client.Ailing() == nil })
	if n := strings.Count(w.logs.String(), ErrToken.Error()); n > 2 {
		t.Errorf("the operator is told %d times", n)
	}
}

func TestTroubleIsWaitedOutAndLoggedInCodes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.client.token = w.sim.Token()
	for _, f := range []sim.Fault{
		{Kind: sim.Down},
		{Kind: sim.Reset},
		{Kind: sim.Reset, After: true},
		{Kind: sim.RateLimit, RetryAfter: time.Millisecond},
	} {
		w.sim.Fault("getUpdates", f)
	}
	w.sim.Fault("deleteWebhook", sim.Fault{Kind: sim.Down})
	w.sim.Fault("sendMessage", sim.Fault{Kind: sim.Down})
	w.sim.Say(987654321, canary)
	w.run()
	w.answered(987654321)
	w.heard()
	logged := w.logs.String()
	for _, secret := range []string{canary, w.sim.Token(), "987654321", "http://", "nginx"} {
		if strings.Contains(logged, secret) {
			t.Errorf("%q is in the log:\n%s", secret, logged)
		}
	}
	if !strings.Contains(logged, "unreachable") || !strings.Contains(logged, "status 502") {
		t.Errorf("the log does not say what was wrong:\n%s", logged)
	}
}

// TestTroubleIsToldUntilItIsMended: the operator hears of it when it begins, again after a while,
// and when it is over, in the codes that /readyz has.
func TestTroubleIsToldUntilItIsMended(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		tellAgain time.Duration
		want      int
	}{"again each time": {0, 3}, "again in an hour": {time.Hour, 1}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.client.tellAgain = tt.tellAgain
			w.sim.Fault("getUpdates", sim.Fault{Kind: sim.Down, Times: 3})
			w.sim.Say(7, "hello")
			w.run()
			w.answered(7)
			w.eventually("it to be told that it is mended", func() bool { return strings.Contains(w.logs.String(), "mended=unreadable_status_502\n") })
			if logged := w.logs.String(); strings.Count(logged, "code=unreadable_status_502\n") != tt.want || strings.Count(logged, "mended=") != 1 {
				t.Errorf("want it told %d times, and once that it is mended:\n%s", tt.want, logged)
			}
		})
	}
}

// TestCodes: what is told of trouble is one word, the same however long it lasts.
func TestCodes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		err  error
		want string
	}{
		{ErrToken, "token_refused"},
		{errOther, "another_program_is_receiving_with_this_token"},
		{errWebhook, "webhook_refused"},
		{&bot.Later{After: 1500 * time.Millisecond}, "rate_limited"},
		{unheard("store"), "not_heard"},
		{trouble("status 502"), "status_502"},
		{trouble("unreadable, status 502"), "unreadable_status_502"},
	} {
		if got := codeOf(tt.err); got != tt.want {
			t.Errorf("%v is %q, want %q", tt.err, got, tt.want)
		}
	}
}

func TestAnotherPollerIsWaitedOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := newClient(t, w.sim.URL(), w.sim.Token())
	w.run()
	w.eventually("the first one polls", func() bool { return w.called("setMyCommands") })
	if _, err := other.poll(timeout(t, 50*time.Millisecond), 0); err == nil {
		t.Error("want it to have waited in vain")
	}
	w.sim.Say(7, "hello")
	w.answered(7)
}

func timeout(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

// BenchmarkTurn is one turn, all of it: a person writes, the update is received, heard and
// committed, and the answer is delivered.
func BenchmarkTurn(b *testing.B) {
	w := newWorld(b)
	w.run()
	user := int64(0)
	for b.Loop() {
		user++
		w.sim.Say(user, "/start")
		w.answered(user)
	}
}

// TestIsPresent sees that it is noted that what happens arrives, whether Telegram is polled or
// calls, so that it is known when presses may have been lost.
func TestIsPresent(t *testing.T) {
	t.Parallel()
	called, _ := newCalled(t, sim.TelegramOptions{})
	for name, w := range map[string]*world{"polled": newWorld(t), "called": called} {
		w.run()
		w.sim.Say(7, "hello")
		w.eventually(name+": it to be noted", func() bool {
			due, err := w.bot.Store.Due(t.Context(), time.Now().Add(pressLife), 10)
			return err == nil && slices.ContainsFunc(due, func(t store.Timer) bool { return t.Name == dialog.TimerAway && time.Until(t.At) > pressLife/2 })
		})
	}
}
