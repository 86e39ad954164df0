package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/store"
)

// newCalled is a world in which Telegram calls.
func newCalled(t testing.TB, o sim.TelegramOptions) (w *world, url string) {
	t.Helper()
	w = newWorldOf(t, o)
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	w.client.public = server.URL
	// The world may exchange the store before the first call.
	hear := sync.OnceValue(func() http.Handler { return w.client.Webhook(w.bot) })
	mux.HandleFunc(WebhookPath, func(out http.ResponseWriter, r *http.Request) {
		if w.dark.Load() {
			defer w.lost.Add(1)
			http.Error(out, "", http.StatusBadGateway)
			return
		}
		hear().ServeHTTP(out, r)
	})
	return w, server.URL + WebhookPath
}

// update1 is an update that 7 wrote.
const update1 = `{"update_id":1,"message":{"message_id":1,"from":{"id":7},"chat":{"id":7,"type":"private"},"text":"hello"}}`

// call posts body to the webhook as Telegram would, but for what change makes of it, and
// returns the status and the answer.
func (w *world) call(url, body string, change func(*http.Request)) (int, string) {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(secretHeader, w.client.secret())
	if change != nil {
		change(r)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return resp.StatusCode, string(answer)
}

func TestTelegramCalls(t *testing.T) {
	t.Parallel()
	w, _ := newCalled(t, sim.TelegramOptions{})
	w.sim.Say(7, "/start") // before anybody listened
	w.run()
	m := w.answered(7)
	press := w.sim.Press(7, m.ID, m.Buttons[0][0].Data)
	w.sim.Say(8, "/start")
	w.answered(8)
	w.eventually("the press is answered", func() bool {
		a := w.sim.Answers(7)
		return len(a) > 0 && a[0].Press == press
	})
	w.heard()
	w.sim.Repeat(3)
	w.heard()
	if w.turns(7) != 2 || w.turns(8) != 1 {
		t.Errorf("turns %d and %d, want 2 and 1", w.turns(7), w.turns(8))
	}
	if w.called("getUpdates") || w.called("deleteWebhook") || !w.called("setMyCommands") {
		t.Error("it polls beside being called, or offers no commands")
	}
}

func TestTheSecretIsOfTheToken(t *testing.T) {
	t.Parallel()
	secret := newClient(t, "", "1:a").secret()
	if secret != newClient(t, "", "1:a").secret() || secret == newClient(t, "", "1:b").secret() || len(secret) < 32 {
		t.Errorf("secret %q", secret)
	}
}

func TestWhoIsNotTelegramIsRefused(t *testing.T) {
	t.Parallel()
	w, url := newCalled(t, sim.TelegramOptions{})
	set := func(name string, values ...string) func(*http.Request) {
		return func(r *http.Request) { r.Header[http.CanonicalHeaderKey(name)] = values }
	}
	secret := w.client.secret()
	deep := strings.Repeat("[", 20_000)
	tests := []struct {
		name, body string
		change     func(*http.Request)
		want       int
	}{
		{"no secret", update1, set(secretHeader), 401},
		{"an empty secret", update1, set(secretHeader, ""), 401},
		{"a wrong secret", update1, set(secretHeader, secret[1:]+"x"), 401},
		{"part of the secret", update1, set(secretHeader, secret[:20]), 401},
		{"the secret twice", update1, set(secretHeader, secret, secret), 401},
		{"a wrong one and the secret", update1, set(secretHeader, "x", secret), 401},
		{"the token for a secret", update1, set(secretHeader, w.sim.Token()), 401},
		{"rubbish without a secret is not read", "{", set(secretHeader), 401},
		{"another method", update1, func(r *http.Request) { r.Method = http.MethodPut }, 405},
		{"a form", update1, set("Content-Type", "application/x-www-form-urlencoded"), 415},
		{"no type", update1, set("Content-Type"), 415},
		{"1 MiB and more", strings.Repeat(" ", updateMost+1), nil, 413},
		{"100 MB, by its own account", "", func(r *http.Request) {
			r.ContentLength, r.Body = 100<<20, io.NopCloser(io.LimitReader(endless{}, 100<<20))
		}, 413},
		{"more than it says", "", func(r *http.Request) { r.Body = io.NopCloser(io.LimitReader(endless{}, 2<<20)) }, 413},
		{"nothing", "", nil, 400},
		{"not JSON", "{", nil, 400},
		{"two objects", update1 + update1, nil, 400},
		{"a list", "[" + update1 + "]", nil, 400},
		{"null", "null", nil, 400},
		{"no number", `{"message":{}}`, nil, 400},
		{"a number in quotes", `{"update_id":"1"}`, nil, 400},
		{"a number too large", `{"update_id":9223372036854775808}`, nil, 400},
		{"depth", `{"update_id":1,"message":` + deep + `}`, nil, 400},
		{"depth that ends", `{"update_id":1,"message":` + deep + strings.Repeat("]", 20_000) + `}`, nil, 400},
		{"invalid UTF-8 and a lone surrogate", "{\"update_id\":2,\"message\":{\"text\":\"\xff\\ud800\"}}", nil, 200},
		{"nobody's", `{"update_id":3,"message":{"from":null,"chat":null}}`, nil, 200},
		{"a kind nobody knows", `{"update_id":4,"novelty":{}}`, nil, 200},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, answer := w.call(url, tt.body, tt.change)
			if status != tt.want || strings.Contains(answer, "hello") || strings.Contains(answer, secret) || tt.want == 200 && answer != "" {
				t.Errorf("status %d, want %d; answered %q", status, tt.want, answer)
			}
		})
	}
	if w.turns(7) != 0 {
		t.Error("something of it was heard")
	}
	if strings.Contains(w.logs.String(), "hello") || strings.Contains(w.logs.String(), secret) {
		t.Errorf("logged %s", w.logs)
	}
	if status, answer := w.call(url, update1, nil); status != 200 || answer != "" || w.turns(7) != 1 {
		t.Errorf("Telegram itself gets status %d, %q, and %d turns", status, answer, w.turns(7))
	}
}

// endless is spaces without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// TestNoCallIsAcknowledgedThatIsNotKept: with the store down, or slow, the answer is 503, in
// good time, and the next one after that is 200.
func TestNoCallIsAcknowledgedThatIsNotKept(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		trouble func(context.Context, *sync.WaitGroup) error
	}{
		{"down", func(context.Context, *sync.WaitGroup) error { return errors.New("disk full of " + canary) }},
		{"hanging", func(_ context.Context, end *sync.WaitGroup) error { end.Wait(); return errors.New(canary) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w, url := newCalled(t, sim.TelegramOptions{})
			var end sync.WaitGroup
			end.Add(1)
			real := w.bot.Store
			faulty := &troubled{Store: real}
			faulty.set(func(ctx context.Context) error { return tt.trouble(ctx, &end) })
			w.bot.Store = faulty
			go w.bot.Deliver(t.Context(), map[string]bot.Messenger{Platform: w.client, "slack": nobody{}})
			w.sim.Say(7, "I want to die") // and nobody has asked Telegram for it
			began := time.Now()
			status, answer := w.call(url, strings.Replace(update1, "hello", "I want to die", 1), nil)
			if took := time.Since(began); status != 503 || took > 2500*time.Millisecond || strings.Contains(answer, canary) {
				t.Errorf("status %d after %v: %q", status, took, answer)
			}
			w.eventually("danger is answered all the same", func() bool { return count(w.said(7), "116 123") == 1 })
			faulty.set(nil)
			end.Done()
			for range 2 {
				if status, _ := w.call(url, strings.Replace(update1, "hello", "I want to die", 1), nil); status != 200 {
					t.Errorf("status %d once the store is back", status)
				}
			}
			if w.turns(7) != 1 {
				t.Errorf("%d turns, want 1", w.turns(7))
			}
			if strings.Contains(w.logs.String(), canary) {
				t.Errorf("logged %s", w.logs)
			}
		})
	}
}

// troubled is a store that can be in trouble.
type troubled struct {
	store.Store
	mu      sync.Mutex
	trouble func(context.Context) error
}

func (s *troubled) set(trouble func(context.Context) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trouble = trouble
}

func (s *troubled) meet(ctx context.Context) error {
	s.mu.Lock()
	trouble := s.trouble
	s.mu.Unlock()
	if trouble == nil {
		return nil
	}
	return trouble(ctx)
}

func (s *troubled) Conversation(ctx context.Context, chat dialog.Chat) (dialog.Conversation, error) {
	if err := s.meet(ctx); err != nil {
		return dialog.Conversation{}, err
	}
	return s.Store.Conversation(ctx, chat)
}

func (s *troubled) Commit(ctx context.Context, c store.Change) ([]store.Delivery, error) {
	if err := s.meet(ctx); err != nil {
		return nil, err
	}
	return s.Store.Commit(ctx, c)
}

// nobody is the messenger of a platform that no test looks at.
type nobody struct{}

func (nobody) Deliver(context.Context, store.Delivery) (string, error) { return "", nil }

// accepting is the messenger of a platform that shows everything under the same id.
type accepting struct{}

func (accepting) Deliver(context.Context, store.Delivery) (string, error) { return "1", nil }

// TestThreeTimesAndShuffled has each update brought by several callers at once.
func TestThreeTimesAndShuffled(t *testing.T) {
	t.Parallel()
	w, url := newCalled(t, sim.TelegramOptions{})
	go w.bot.Deliver(t.Context(), map[string]bot.Messenger{Platform: accepting{}, "slack": nobody{}})
	const chats, each = 10, 6
	var all sync.WaitGroup
	for range 3 {
		for chat := range chats {
			all.Go(func() {
				for n := range each { // as Telegram does, one after another
					body := fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"from":{"id":%d},"chat":{"id":%d,"type":"private"},"text":"hello"}}`,
						1000+chat*each+n, n+1, chat+1, chat+1)
					for status := 0; status != 200; {
						status, _ = w.call(url, body, nil)
					}
				}
			})
		}
	}
	all.Wait()
	var sum int64
	for chat := range int64(chats) {
		sum += w.turns(chat + 1)
	}
	if sum != chats*each {
		t.Errorf("%d turns, want %d", sum, chats*each)
	}
}

// TestTheHearingInHandIsFinished: Run returns only once what was brought has been heard.
func TestTheHearingInHandIsFinished(t *testing.T) {
	t.Parallel()
	w, url := newCalled(t, sim.TelegramOptions{})
	begun, let := make(chan struct{}), make(chan struct{})
	w.bot.Store = watched{w.bot.Store, func(store.Change) { close(begun); <-let }}
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan error, 1)
	go func() { stopped <- w.client.Run(ctx, w.bot) }()
	status := make(chan int, 1)
	go func() {
		got, _ := w.call(url, update1, nil)
		status <- got
	}()
	<-begun
	stop()
	select {
	case <-stopped:
		t.Fatal("it did not wait")
	case <-time.After(50 * time.Millisecond):
	}
	close(let)
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	if got := <-status; got != 200 || w.turns(7) != 1 {
		t.Errorf("status %d, %d turns", got, w.turns(7))
	}
}

func TestARefusedWebhookIsToldAndTriedAgain(t *testing.T) {
	t.Parallel()
	w, _ := newCalled(t, sim.TelegramOptions{})
	w.sim.Fault("setWebhook", sim.Fault{Kind: sim.Refuse, Error: "Bad Request: bad webhook: HTTPS url must be provided for " + canary})
	w.run()
	w.sim.Say(7, "/start")
	w.answered(7)
	if logged := w.logs.String(); !strings.Contains(logged, "PUBLIC_URL") || strings.Contains(logged, canary) {
		t.Errorf("logged %s", logged)
	}
}

// TestAnOutageLosesOnlyPresses: what was written in it is applied. A press that Telegram
// kept too long is gone and nobody can know of it; the same button, pressed again, works, and
// so does its answer in words.
func TestAnOutageLosesOnlyPresses(t *testing.T) {
	t.Parallel()
	for _, called := range []bool{true, false} {
		t.Run(fmt.Sprintf("called %v", called), func(t *testing.T) {
			t.Parallel()
			clock := &clock{now: time.Now()}
			w, _ := newCalled(t, sim.TelegramOptions{Now: clock.read})
			if !called {
				w.client.public = ""
			}
			stop := w.run()
			w.sim.Say(7, "/start")
			m := w.answered(7)
			w.sim.Say(8, "/start")
			w.answered(8)
			if !called {
				stop()
				w.client = newClient(t, w.sim.URL(), w.sim.Token())
			}
			w.dark.Store(true)
			w.sim.Press(7, m.ID, m.Buttons[0][0].Data)
			w.sim.Say(8, "yes")
			w.eventually("both are brought in vain", func() bool { return !called || w.lost.Load() == 2 })
			clock.pass(10 * time.Minute)
			w.dark.Store(false)
			if !called {
				w.run()
			}
			w.heard()
			w.eventually("what was written is applied", func() bool { return w.turns(8) == 2 })
			if w.turns(7) != 1 {
				t.Fatalf("%d turns of who pressed, want 1: the press is gone", w.turns(7))
			}
			w.sim.Press(7, m.ID, m.Buttons[0][0].Data)
			w.eventually("the press counts now", func() bool { return w.turns(7) == 2 })
			w.eventually("there is a next question", func() bool {
				ms := w.sim.Messages(7)
				return len(ms[len(ms)-1].Buttons) > 0 && ms[len(ms)-1].ID != m.ID
			})
			if strings.Contains(strings.Join(w.said(7), "\n"), "older") {
				t.Error("the button is called old")
			}
		})
	}
}

// clock is a clock that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) read() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
