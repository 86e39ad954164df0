package slack

import (
	"strings"
	"testing"

	"referralbot/bot/sim"
)

// TestWhatSlackGoCannotReadIsSetAside: an event is acknowledged then and its sender told; of
// a press Slack tells them, because it is not.
func TestWhatSlackGoCannotReadIsSetAside(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{AckWithin: ackWithin / 2})
	w.slack.Say(visitor, "hello")
	w.until("the bot has answered", func() bool { return w.direct(visitor) != "" })
	const (
		message = `{"team_id":"T1","type":"event_callback","event_id":"Ev900","event":{"type":"message","channel":"D900","channel_type":"im",` +
			`"user":"` + visitor + `","text":"Zanzibar","ts":"1.000001","files":7}}`
		unheardOf = `{"type":"event_callback","event_id":"Ev901","event":{"type":"message","channel":"C1","channel_type":"channel","user":"` + visitor + `","text":7}}`
		press     = `{"type":"block_actions","user":{"id":"` + visitor + `"},"actions":7}`
	)
	for range 2 { // Slack brings what it thinks unheard again
		if !w.slack.Envelope("events_api", message) {
			t.Error("the message is not acknowledged")
		}
	}
	if !w.slack.Envelope("events_api", unheardOf) {
		t.Error("the other event is not acknowledged")
	}
	if w.slack.Envelope("interactive", press) {
		t.Error("the press is acknowledged, so Slack tells nobody that it was not heard")
	}
	w.slack.Envelope("novelty", `{}`)
	w.until("the sender is told", func() bool {
		return strings.Count(w.direct(visitor), "Something went wrong") == 1
	})
	asides, err := w.store.Asides(t.Context(), 10)
	if err != nil || len(asides) != 3 {
		t.Errorf("set aside %v, error %v", asides, err)
	}
	w.slack.Say(visitor, "hello again")
	w.until("the chat goes on", func() bool { return strings.Count(w.direct(visitor), "hello again") == 1 })
	if logged := w.logged.String(); strings.Contains(logged, canary) {
		t.Errorf("logged %s", logged)
	}
}
