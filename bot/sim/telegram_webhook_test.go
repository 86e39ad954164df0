package sim_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/bot/sim"
)

// A tgHook is the bot's side of a webhook. It fails each text as often as fail says.
type tgHook struct {
	mu     sync.Mutex
	fail   map[string]int
	heard  []string
	secret string
}

func (h *tgHook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var got tgGot
	json.NewDecoder(r.Body).Decode(&got)
	text := got.Message.Text + got.Press.Data
	h.mu.Lock()
	defer h.mu.Unlock()
	h.secret = r.Header.Get("X-Telegram-Bot-Api-Secret-Token")
	if h.fail[text] > 0 {
		h.fail[text]--
		h.heard = append(h.heard, text+" failed")
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	h.heard = append(h.heard, text)
}

func TestTelegramWebhook(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{Second: time.Millisecond})
	hook := &tgHook{fail: map[string]int{"one": 2}}
	server := httptest.NewServer(hook)
	t.Cleanup(server.Close)
	tg.Say(parent, "one")
	tg.Say(parent, "two")
	tg.Say(42, "other chat")
	tg.Press(parent, 1, "press")
	bot.must("setWebhook", map[string]any{"url": server.URL, "secret_token": "s-1"})
	await(t, tg, "delivery", func() bool { return tg.Pending() == 0 })

	hook.mu.Lock()
	defer hook.mu.Unlock()
	var chat []string
	for _, text := range hook.heard {
		if slices.Contains([]string{"one failed", "one", "two"}, text) {
			chat = append(chat, text)
		}
	}
	if diff := cmp.Diff([]string{"one failed", "one failed", "one", "two"}, chat); diff != "" {
		t.Errorf("one chat's messages in their order (-want +got):\n%s", diff)
	}
	if len(hook.heard) != 6 {
		t.Errorf("heard %q, want the other chat and the press too", hook.heard)
	}
	if hook.secret != "s-1" {
		t.Errorf("secret %q", hook.secret)
	}
}

func TestTelegramWebhookRepeats(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{})
	hook := &tgHook{}
	server := httptest.NewServer(hook)
	t.Cleanup(server.Close)
	bot.must("setWebhook", map[string]any{"url": server.URL})
	tg.Say(parent, "one")
	await(t, tg, "delivery", func() bool { return tg.Pending() == 0 })
	tg.Repeat(1)
	await(t, tg, "repetition", func() bool { return tg.Pending() == 0 })
	hook.mu.Lock()
	defer hook.mu.Unlock()
	if diff := cmp.Diff([]string{"one", "one"}, hook.heard); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTelegramWebhookInfo(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{})
	hook := &tgHook{fail: map[string]int{"one": 1}}
	server := httptest.NewServer(hook)
	t.Cleanup(server.Close)
	bot.must("setWebhook", map[string]any{"url": server.URL})
	tg.Say(parent, "one")
	type info struct {
		URL       string
		Pending   int    `json:"pending_update_count"`
		LastError string `json:"last_error_message"`
	}
	read := func() (i info) {
		bot.read(bot.must("getWebhookInfo", nil), &i)
		return i
	}
	await(t, tg, "failure", func() bool { return read().LastError != "" })
	want := info{server.URL, 1, "wrong response from the webhook: 503 Service Unavailable"}
	if diff := cmp.Diff(want, read()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	reply := bot.call("getUpdates", nil)
	if reply.Description != "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first" {
		t.Errorf("poll beside a webhook: %q", reply.Description)
	}
	bot.must("deleteWebhook", nil)
	if got := bot.updates(nil); len(got) != 1 {
		t.Errorf("%d updates after deleteWebhook, want the one that failed", len(got))
	}
	tg.Say(parent, "two")
	bot.must("deleteWebhook", map[string]any{"drop_pending_updates": true})
	if n := tg.Pending(); n != 0 {
		t.Errorf("%d updates wait after they were dropped", n)
	}
}
