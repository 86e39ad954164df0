package telegram

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/store"
)

func newClient(t testing.TB, url, token string) *Client {
	t.Helper()
	c, err := New(Options{Token: token, URL: url, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	c.pause = 5 * time.Millisecond
	return c
}

func newSim(t testing.TB) *sim.Telegram {
	s := sim.NewTelegram(sim.TelegramOptions{})
	t.Cleanup(s.Close)
	return s
}

// reply is a delivery to the person 7.
func reply(id string, r dialog.Reply) store.Delivery {
	body, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	return store.Delivery{ID: id, Destination: "telegram:7", Kind: bot.KindReply, Body: body}
}

const canary = "canary-7391"

func TestWhatTelegramAnswersMeans(t *testing.T) {
	t.Parallel()
	later := func(d time.Duration) error { return &bot.Later{After: d} }
	refused := func(code, words string) string {
		return `{"ok":false,"error_code":` + code + `,"description":"` + words + ` ` + canary + `"}`
	}
	tests := []struct {
		name   string
		status int
		body   string
		want   error
	}{
		{"sent", 200, `{"ok":true,"result":{"message_id":3}}`, nil},
		{"not modified", 400, refused("400", "Bad Request: message is not modified"), nil},
		{"deleted by the person", 400, refused("400", "Bad Request: message to edit not found"), nil},
		{"no such chat", 400, refused("400", "Bad Request: chat not found"), bot.ErrGone},
		{"our fault", 400, refused("400", "Bad Request: can't parse"), bot.ErrRefused},
		{"blocked", 403, refused("403", "Forbidden: bot was blocked by the user"), bot.ErrGone},
		{"token revoked", 401, refused("401", "Unauthorized"), bot.ErrBroken},
		{"token malformed", 404, refused("404", "Not Found"), bot.ErrBroken},
		{"slower", 429, `{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":7}}`, later(7 * time.Second)},
		{"slower, for no time", 429, `{"ok":false,"error_code":429,"description":"Too Many Requests"}`, later(time.Second)},
		{"a page", 502, `<html>` + canary + `</html>`, bot.ErrUncertain},
		{"an inner error", 500, refused("500", "Internal"), bot.ErrUncertain},
		{"elsewhere", 302, ``, bot.ErrUncertain},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				io.Copy(io.Discard, r.Body)
				w.Header().Set("Location", "/elsewhere")
				w.WriteHeader(tt.status)
				io.WriteString(w, tt.body)
			}))
			defer server.Close()
			_, err := newClient(t, server.URL, "1:"+canary).Deliver(t.Context(), reply("d1", dialog.Reply{Text: canary}))
			sameError(t, err, tt.want)
		})
	}
}

func TestWhatTheWireDoesMeans(t *testing.T) {
	t.Parallel()
	t.Run("nobody listens", func(t *testing.T) {
		t.Parallel()
		server := httptest.NewServer(http.NotFoundHandler())
		server.Close()
		_, err := newClient(t, server.URL, "1:"+canary).Deliver(t.Context(), reply("d1", dialog.Reply{Text: canary}))
		sameError(t, err, &bot.Later{After: time.Second})
	})
	t.Run("cut off", func(t *testing.T) {
		t.Parallel()
		s := newSim(t)
		s.Say(7, "hello")
		s.Fault("sendMessage", sim.Fault{Kind: sim.Reset, After: true})
		_, err := newClient(t, s.URL(), s.Token()).Deliver(t.Context(), reply("d1", dialog.Reply{Text: canary}))
		sameError(t, err, bot.ErrUncertain)
	})
}

// sameError compares kinds of error, and sees that nothing from outside came with one.
func sameError(t *testing.T, got, want error) {
	t.Helper()
	var gotLater, wantLater *bot.Later
	switch {
	case errors.As(want, &wantLater):
		if !errors.As(got, &gotLater) || *gotLater != *wantLater {
			t.Errorf("got %v, want %v", got, want)
		}
	case !errors.Is(got, want):
		t.Errorf("got %v, want %v", got, want)
	}
	if got != nil && (strings.Contains(got.Error(), canary) || strings.Contains(got.Error(), "http")) {
		t.Errorf("the error tells too much: %v", got)
	}
}

func TestReplyAsItIsSeen(t *testing.T) {
	t.Parallel()
	s := newSim(t)
	s.Say(7, "hello")
	c := newClient(t, s.URL(), s.Token())
	words := "<b>*Not* markup</b> https://example.org"
	first := reply("d1", dialog.Reply{Prompt: "P1", Text: words, Protect: true, Choices: []dialog.Choice{{Code: "a", Label: "Sleep"}}})
	id := mustDeliver(t, c, first)
	m := last(s)
	if m.Text != words || !m.Protected || !m.Silent || len(m.Buttons) != 1 || m.Buttons[0][0].Data != "P1:a" {
		t.Errorf("sent %+v", m)
	}
	if call := s.Calls()[len(s.Calls())-1]; !strings.Contains(call.Params["link_preview_options"], `"is_disabled":true`) || call.Params["parse_mode"] != "" {
		t.Errorf("called with %v", call.Params)
	}

	again := reply("d2", dialog.Reply{Prompt: "P1", Text: "Which?", Choices: []dialog.Choice{{Code: "a", Label: "Sleep", Ticked: true}}})
	again.Edits, again.Target = "P1", id
	mustDeliver(t, c, again)
	mustDeliver(t, c, again) // "not modified"
	if m := last(s); m.Text != "Which?" || m.Buttons[0][0].Text != "✓ Sleep" {
		t.Errorf("edited to %+v", m)
	}

	retire := store.Delivery{ID: "d3", Destination: "telegram:7", Kind: bot.KindRetire, Edits: "P1", Target: id}
	mustDeliver(t, c, retire)
	mustDeliver(t, c, retire)
	if m := last(s); m.Text != "Which?" || len(m.Buttons) != 0 {
		t.Errorf("retired to %+v", m)
	}
	retire.Target = "" // never shown
	mustDeliver(t, c, retire)

	read := sim.TelegramButton{Text: "Petals website", URL: "https://petalscharity.org"}
	mustDeliver(t, c, reply("d4", dialog.Reply{Text: "Petals: petalscharity.org", Links: []dialog.Link{{Label: read.Text, URL: read.URL}}}))
	if m := last(s); len(m.Buttons) != 1 || m.Buttons[0][0] != read {
		t.Errorf("a link is sent as %+v", m.Buttons)
	}
}

func TestEditOfWhatWasNeverShownIsSent(t *testing.T) {
	t.Parallel()
	s := newSim(t)
	s.Say(7, "hello")
	d := reply("d1", dialog.Reply{Prompt: "P1", Text: "Which?"})
	d.Edits = "P1"
	if id := mustDeliver(t, newClient(t, s.URL(), s.Token()), d); id == "" || last(s).Text != "Which?" {
		t.Errorf("id %q, last message %+v", id, last(s))
	}
}

func TestLongReplyIsSentOnceInParts(t *testing.T) {
	t.Parallel()
	s := newSim(t)
	s.Say(7, "hello")
	c := newClient(t, s.URL(), s.Token())
	paragraph := strings.Repeat("word ", 500) + "end"
	d := reply("d1", dialog.Reply{Prompt: "P1", Text: paragraph + "\n\n" + paragraph + "\n\n" + paragraph, Choices: []dialog.Choice{{Code: "a", Label: "Send"}}})
	s.Fault("sendMessage", sim.Fault{Kind: sim.Down})
	if _, err := c.Deliver(t.Context(), d); !errors.Is(err, bot.ErrUncertain) {
		t.Fatal(err)
	}
	ids := mustDeliver(t, c, d)
	seen := s.Messages(7)[1:]
	if len(seen) != 3 || len(seen[0].Buttons)+len(seen[1].Buttons) != 0 || len(seen[2].Buttons) != 1 {
		t.Fatalf("sent %d parts", len(seen))
	}
	var want []string
	for _, m := range seen {
		want = append(want, itoa(m.ID))
		if m.Text != paragraph {
			t.Errorf("a part of %d characters", len(m.Text))
		}
	}
	if ids != strings.Join(want, " ") {
		t.Errorf("the ids are %s, want %s", ids, want)
	}
}

func TestLongReplyGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	var texts []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var p struct{ Text string }
		if err := json.NewDecoder(r.Body).Decode(&p); err != nil {
			t.Error(err)
		}
		texts = append(texts, p.Text)
		if len(texts) == 2 {
			w.WriteHeader(429)
			io.WriteString(w, `{"ok":false,"error_code":429,"parameters":{"retry_after":3}}`)
			return
		}
		io.WriteString(w, `{"ok":true,"result":{"message_id":`+itoa(len(texts))+`}}`)
	}))
	defer server.Close()
	c := newClient(t, server.URL, "1:x")
	one, two := strings.Repeat("1", 4000), strings.Repeat("2", 4000)
	d := reply("d1", dialog.Reply{Text: one + "\n\n" + two})
	_, err := c.Deliver(t.Context(), d)
	sameError(t, err, &bot.Later{After: 3 * time.Second})
	if ids := mustDeliver(t, c, d); ids != "1 3" || len(texts) != 3 || texts[2] != two {
		t.Errorf("ids %s after %d calls", ids, len(texts))
	}
}

func TestDeliverRefusesWhatIsNotForTelegram(t *testing.T) {
	t.Parallel()
	c := newClient(t, "http://127.0.0.1:1", "1:x")
	for name, d := range map[string]store.Delivery{
		"a card":          {Destination: "telegram:7", Kind: bot.KindCard, Body: json.RawMessage(`{}`)},
		"no chat":         {Destination: "telegram:x", Kind: bot.KindReply, Body: json.RawMessage(`{}`)},
		"not one of ours": {Destination: "telegram:7", Kind: bot.KindReply, Body: json.RawMessage(`[`)},
	} {
		if _, err := c.Deliver(t.Context(), d); !errors.Is(err, bot.ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func mustDeliver(t *testing.T, c *Client, d store.Delivery) string {
	t.Helper()
	id, err := c.Deliver(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// last is the message at the end of the chat of 7.
func last(s *sim.Telegram) sim.TelegramMessage {
	m := s.Messages(7)
	return m[len(m)-1]
}
