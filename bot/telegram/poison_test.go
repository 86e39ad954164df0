package telegram

import (
	"strings"
	"testing"

	"referralbot/bot/sim"
)

// TestPoisonIsSetAside: what cannot be read is kept as it came, its sender told, and all
// else goes on, in that chat too.
func TestPoisonIsSetAside(t *testing.T) {
	t.Parallel()
	w, url := newCalled(t, sim.TelegramOptions{})
	w.run()
	w.sim.Say(7, "/start")
	w.answered(7)
	poison := `{"update_id":9,"message":{"message_id":900,"from":{"id":7},"chat":{"id":7,"type":"private"},"text":"I want to die ` + canary + `","photo":[],"contact":7}}`
	for range 3 {
		if status, _ := w.call(url, poison, nil); status != 200 {
			t.Fatalf("status %d", status)
		}
	}
	if status, _ := w.call(url, `{"update_id":10,"message":[]}`, nil); status != 200 {
		t.Fatalf("status %d of what is nobody's", status)
	}
	w.sim.Say(7, "hello")
	w.heard()
	w.eventually("the sender is told and given the card", func() bool {
		return count(w.said(7), "Something went wrong on my side") == 1 && count(w.said(7), "116 123") == 1
	})
	if got := w.turns(7); got != 3 { // the alert leads to the conversation
		t.Errorf("%d turns, want 3", got)
	}
	asides, err := w.bot.Store.Asides(t.Context(), 10)
	if err != nil || len(asides) != 2 {
		t.Fatalf("%d are set aside, error %v", len(asides), err)
	}
	for _, a := range asides {
		if a.Kind != "input" || a.Cause != "unreadable" || a.ID == "tg:9" && string(a.Body) != poison {
			t.Errorf("set aside %v for %s: %s", a, a.Cause, a.Body)
		}
	}
	if strings.Contains(w.logs.String(), canary) {
		t.Errorf("logged %s", w.logs)
	}
}
