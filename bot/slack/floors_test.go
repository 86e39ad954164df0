package slack

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
)

// Once Slack has asked to wait, nothing more is posted in that channel, whatever it is, until
// the time is over; other channels do not wait.
func TestFloor(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	w.keep(ref)
	w.slack.Fault("chat.postMessage", sim.Fault{Kind: sim.RateLimit, RetryAfter: time.Minute})
	card := func(id string) error {
		_, err := w.client.Deliver(t.Context(), delivery(id, bot.KindCard, "slack:"+triage, id, "", bot.CardBody{Ref: ref}))
		return err
	}
	notice := func(channel string) error {
		_, err := w.client.Deliver(t.Context(), delivery("n", bot.KindNotice, "slack:"+channel+"/"+carys, "", "", dialog.Notice{To: carys, Text: "x"}))
		return err
	}
	for i, err := range []error{card("first"), card("second"), notice(triage)} {
		if later, ok := errors.AsType[*bot.Later](err); !ok || later.After < 50*time.Second || later.After > time.Minute {
			t.Errorf("%d: %v, want to wait for a minute", i, err)
		}
	}
	if err := notice(safety); err != nil {
		t.Errorf("another channel waited: %v", err)
	}
	made := 0
	for _, call := range w.slack.Calls() {
		if strings.HasPrefix(call.Method, "chat.post") {
			made++
		}
	}
	if made != 2 {
		t.Errorf("%d calls were made, want the refused one and the one of the other channel", made)
	}
}

// Cards come in the order in which they were committed, and none before Slack's time is over,
// however it holds them up.
func TestOrderThroughLimits(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	w.slack.Fault("chat.postMessage", sim.Fault{Kind: sim.RateLimit, RetryAfter: time.Second})
	want := []string{"R-1", "R-2", "R-3", "R-4"}
	for _, ref := range want {
		w.keep(ref)
	}
	w.deliverAll()
	var got []string
	for _, m := range w.slack.Messages(triage) {
		got = append(got, strings.TrimPrefix(m.Blocks[0].ID, nameBlock))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var posts []sim.Call
	for _, call := range w.slack.Calls() {
		if call.Method == "chat.postMessage" {
			posts = append(posts, call)
		}
	}
	if wait := posts[1].At.Sub(posts[0].At); len(posts) != 5 || wait < time.Second {
		t.Errorf("%d calls, the second %v after the first", len(posts), wait)
	}
}

// The floor is as high as Slack says, and goes.
func TestFloorGoes(t *testing.T) {
	t.Parallel()
	f := &floors{}
	f.raise("a", time.Hour)
	f.raise("b", -time.Second)
	if f.wait("a") < 59*time.Minute || f.wait("b") > 0 || f.wait("c") > 0 {
		t.Errorf("wait %v, %v, %v", f.wait("a"), f.wait("b"), f.wait("c"))
	}
	if _, kept := f.until["b"]; kept {
		t.Error("what has passed is remembered")
	}
	r, err := http.NewRequest("POST", "https://slack.test/api/chat.postEphemeral", strings.NewReader("channel=C1&user=U1"))
	if err != nil {
		t.Fatal(err)
	}
	if got := kindOf(r); got != "chat.postMessage C1" {
		t.Errorf("kind %q", got)
	}
}
