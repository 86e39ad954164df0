package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/store"
)

// hiding is a delivery that deletes messages from the chat of 7.
func hiding(messages ...string) store.Delivery {
	return store.Delivery{ID: "h1", Destination: "telegram:7", Kind: bot.KindHide, Clears: true, Messages: messages}
}

func TestHideInBatches(t *testing.T) {
	t.Parallel()
	s := newSim(t)
	var ids []string
	for range 250 {
		ids = append(ids, itoa(s.Say(7, "hello")))
	}
	kept := s.Say(7, "kept")
	mustDeliver(t, newClient(t, s.URL(), s.Token()), hiding(ids...))
	if seen := s.Messages(7); len(seen) != 1 || seen[0].ID != kept {
		t.Errorf("%d messages are left", len(seen))
	}
	if n := len(s.Calls()); n != 3 {
		t.Errorf("it took %d calls, want 3", n)
	}
}

// TestHideLeavesOnlyWhatCannotBeDeleted has a Telegram that refuses to delete any message
// of a batch with one that it cannot delete.
func TestHideLeavesOnlyWhatCannotBeDeleted(t *testing.T) {
	t.Parallel()
	stuck := []int{3, 64, 99}
	deleted, calls := map[int]bool{}, 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls++
		var p struct {
			Some []int `json:"message_ids"`
		}
		if err := json.NewDecoder(r.Body).Decode(&p); err != nil {
			t.Error(err)
		}
		some := p.Some
		if slices.ContainsFunc(some, func(id int) bool { return slices.Contains(stuck, id) }) {
			w.WriteHeader(http.StatusBadRequest)
			io.WriteString(w, `{"ok":false,"error_code":400,"description":"Bad Request: message can't be deleted"}`)
			return
		}
		for _, id := range some {
			deleted[id] = true
		}
		io.WriteString(w, `{"ok":true,"result":true}`)
	}))
	defer server.Close()
	var ids []string
	for id := range 100 {
		ids = append(ids, itoa(id))
	}
	mustDeliver(t, newClient(t, server.URL, "1:x"), hiding(ids...))
	for id := range 100 {
		if deleted[id] == slices.Contains(stuck, id) {
			t.Errorf("%d deleted: %v", id, deleted[id])
		}
	}
	if calls > 50 {
		t.Errorf("it took %d calls", calls)
	}
}

func TestHideIsTriedAgain(t *testing.T) {
	t.Parallel()
	s := newSim(t)
	c := newClient(t, s.URL(), s.Token())
	d := hiding("not one of ours", itoa(s.Say(7, "hello")))
	s.Fault("deleteMessages", sim.Fault{Kind: sim.RateLimit, RetryAfter: 4 * time.Second})
	s.Fault("deleteMessages", sim.Fault{Kind: sim.Reset, After: true})
	_, err := c.Deliver(t.Context(), d)
	sameError(t, err, &bot.Later{After: 4 * time.Second})
	_, err = c.Deliver(t.Context(), d)
	sameError(t, err, bot.ErrUncertain)
	mustDeliver(t, c, d)
	s.Block(7)
	if _, err := c.Deliver(t.Context(), d); !errors.Is(err, bot.ErrGone) {
		t.Errorf("of one who has blocked the bot: %v", err)
	}
	if left := s.Messages(7); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// TestNothingIsLeftToRead has a parent talk, with a message too long for one, a voice note,
// an edit, and a restart in the middle, and then hide the chat.
func TestNothingIsLeftToRead(t *testing.T) {
	t.Parallel()
	for _, hide := range []struct {
		by string
		do func(w *world) error
	}{
		{"a word", func(w *world) error { w.sim.Say(7, "hide"); return nil }},
		{"a command", func(w *world) error { w.sim.Say(7, "/hide"); return nil }},
		{"a button", func(w *world) error { _, err := w.sim.PressLabel(7, "Hide this chat"); return err }},
	} {
		t.Run(hide.by, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			stop := w.run()
			said := w.sim.Say(7, "/start")
			w.sim.Say(8, "/start") // somebody else's chat stays
			for _, answer := range []string{"yes", "yes", "no", "my baby is here", "Nadia Benali"} {
				w.answered(7)
				w.sim.Say(7, answer)
			}
			w.answered(7)
			w.sim.Send(7, "voice")
			w.answered(7)
			w.sim.Edit(7, said, "hello")
			w.heard()
			w.long(7)
			stop()
			w.restart()
			w.run()
			w.sim.Say(7, "why")
			w.answered(7)
			w.answered(8)
			others := len(w.sim.Messages(8))
			if err := hide.do(w); err != nil {
				t.Fatal(err)
			}
			w.shows(7, "OK.")
			if n := len(w.sim.Messages(8)); n != others {
				t.Errorf("somebody else has %d messages, had %d", n, others)
			}

			w.sim.Say(7, "hi")
			w.answered(7)
			w.heard()
			seen := w.sim.Messages(7)
			if len(seen) != 3 || !strings.HasPrefix(seen[2].Text, "Are you somewhere private") {
				t.Errorf("asked after that: %v", texts(seen))
			}
			w.sim.Say(7, "hide")
			w.shows(7, "OK.")
		})
	}
}

// long has the bot say something that takes several messages, and waits for it.
func (w *world) long(user int64) {
	w.t.Helper()
	before := len(w.sim.Messages(user))
	body, err := json.Marshal(dialog.Reply{Text: strings.Repeat("word ", 2500) + "end"})
	if err != nil {
		w.t.Fatal(err)
	}
	d := store.Delivery{ID: "long", Destination: fmt.Sprint("telegram:", user), Kind: bot.KindReply, Body: body}
	if _, err := w.bot.Store.Commit(w.t.Context(), store.Change{Deliveries: []store.Delivery{d}, At: time.Now()}); err != nil {
		w.t.Fatal(err)
	}
	w.eventually("it is said", func() bool {
		s, err := w.bot.Store.Stats(w.t.Context())
		return err == nil && s.Waiting == 0
	})
	if n := len(w.sim.Messages(user)); n < before+4 {
		w.t.Fatalf("said in %d messages", n-before)
	}
}

// shows waits until the chat of user shows nothing but text.
func (w *world) shows(user int64, text string) {
	w.t.Helper()
	ends := time.Now().Add(15 * time.Second)
	for got := []string{""}; !cmp.Equal(got, []string{text}); got = texts(w.sim.Messages(user)) {
		if time.Now().After(ends) {
			w.t.Fatalf("the chat still shows %q", got)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

func texts(messages []sim.TelegramMessage) (texts []string) {
	for _, m := range messages {
		texts = append(texts, m.Text)
	}
	return texts
}
