package main

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/bot/sim"
	"referralbot/bot/telegram"
	"referralbot/dialog"
	"referralbot/rules"
)

// figures are the program's own metrics by name and labels, as they are written.
type figures map[string]float64

// metrics asks the program for its metrics.
func (w *world) metrics(t *testing.T, address string) (figures, string) {
	t.Helper()
	status, body := askedFor(t, address, "/metrics")
	if status != http.StatusOK {
		t.Fatalf("status %d: %s", status, body)
	}
	all := figures{}
	for line := range strings.Lines(body) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if i := strings.LastIndex(line, "} "); i >= 0 {
			name, value = line[:i+1], strings.TrimSpace(line[i+2:])
		}
		n, err := strconv.ParseFloat(value, 64)
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		all[strings.TrimPrefix(name, "referralbot_")] = n
	}
	return all, body
}

// labelled are the labels of a metric of the program's own.
var labelled = regexp.MustCompile(`(?m)^referralbot_\w+(?:\{([^}]*)\})? `)

// TestMetricsAgreeWithTheStore: forty parents write at once, two families are referred, one of
// them by somebody at risk, and one is claimed. What the program then tells Prometheus is what
// is stored, and nothing of anybody.
func TestMetricsAgreeWithTheStore(t *testing.T) {
	t.Parallel()
	const people, first = 40, 7_771_000
	w := newWorld(t, sim.SlackOptions{})
	address := freeAddress(t)
	w.more = map[string]string{"LISTEN": address}
	w.serve(t)
	var all sync.WaitGroup
	for n := range people {
		all.Go(func() {
			for _, words := range []string{"/start", "yes", "yes", "canary"} {
				w.telegram.Say(int64(first+n), words)
			}
		})
	}
	all.Wait()
	mother := motherReferring(rules.DateOf(time.Now()))
	mother[rules.ParentName] = []string{"Zanthe Quillfeather"}
	mother[rules.Concern] = []string{"canary: I want to kill myself and nobody knows"}
	w.parentRefers(t, mother)
	w.visitorRefers(t, visitorReferring(rules.DateOf(time.Now())))
	await(t, w, "both cards and an alert", func() bool {
		return len(cards(w.slack.Messages(sim.SlackTriage))) == 2 && len(w.slack.Messages(sim.SlackSafety)) > 0
	})
	card := cards(w.slack.Messages(sim.SlackTriage))[0]
	if err := w.slack.PressMessage(sim.SlackClinicianA, card.Channel, card.TS, action(card, "claim")); err != nil {
		t.Fatal(err)
	}

	db := w.reader(t)
	heard := func() (turns int) {
		for n := range people {
			c, err := db.Conversation(t.Context(), dialog.Chat{Platform: telegram.Platform, ID: fmt.Sprint(first + n)})
			if err != nil {
				t.Fatal(err)
			}
			turns += int(c.Version)
		}
		return turns
	}
	await(t, w, "all to be heard and answered", func() bool {
		s, err := db.Stats(t.Context())
		return err == nil && heard() == 4*people && s.Waiting == 0 && s.Referrals[dialog.Claimed] == 1
	})
	want := figures{"store_up": 1, "slack_sockets": float64(w.slack.Sockets()), "receipt_breaches": 0}
	stats, err := db.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want["conversations"], want["outbox_waiting"], want["dead_letters"] = float64(stats.Conversations), float64(stats.Waiting), float64(stats.Aside)
	for _, status := range []dialog.Status{"draft", "received", "claimed", "awaiting", "decided", "closed", "withdrawn"} {
		want[fmt.Sprintf("referrals{status=%q}", status)] = float64(stats.Referrals[status])
	}
	referrals, err := db.Referrals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range referrals {
		want["alerts_open"] += float64(len(r.Alerts))
	}
	if want["alerts_open"] == 0 {
		t.Error("no alert was raised")
	}
	mothers, err := db.Conversation(t.Context(), parentChat)
	if err != nil {
		t.Fatal(err)
	}
	visitors, err := db.Conversation(t.Context(), visitorChat)
	if err != nil {
		t.Fatal(err)
	}
	want[`turns_total{result="committed",who="parent"}`] = float64(4*people) + float64(mothers.Version)
	want[`turns_total{result="committed",who="professional"}`] = float64(visitors.Version)
	want[`turns_total{result="committed",who="clinician"}`] = 1
	var got figures
	var body string
	agree := func() string {
		now := figures{}
		got, body = w.metrics(t, address)
		for name := range want {
			now[name] = got[name]
		}
		return cmp.Diff(want, now)
	}
	for deadline := time.Now().Add(10 * time.Second); agree() != "" && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
	}
	if diff := agree(); diff != "" {
		t.Errorf("what is stored, and told (-want +got):\n%s", diff)
	}
	done := 0.0
	for name, n := range got {
		if strings.HasPrefix(name, "deliveries_total") && strings.Contains(name, `result="done"`) {
			done += n
		}
	}
	if settled := got[`store_calls_total{call="done",result="ok"}`]; done == 0 || done != settled {
		t.Errorf("%v deliveries were handed over, and %v are settled", done, settled)
	}
	if n := got[`turn_seconds_count{who="parent"}`]; n != want[`turns_total{result="committed",who="parent"}`] {
		t.Errorf("%v turns of parents were timed", n)
	}
	for _, platform := range []string{"slack", "telegram"} {
		at := time.Unix(int64(got[fmt.Sprintf("last_heard_timestamp_seconds{platform=%q}", platform)]), 0)
		if time.Since(at) > time.Minute {
			t.Errorf("%s was last heard at %v", platform, at)
		}
	}
	if got["alert_oldest_seconds"] <= 0 || got["go_goroutines"] == 0 {
		t.Errorf("the oldest alert has waited %v s; %v goroutines", got["alert_oldest_seconds"], got["go_goroutines"])
	}
	for _, canary := range []string{"canary", "Zanthe", strconv.Itoa(first)[:4], w.telegram.Token(), sim.SlackClinicianA, sim.SlackHealthVisitor, referrals[0].Ref, "R0", "CM2"} {
		if strings.Contains(body, canary) {
			t.Errorf("%q is in the metrics", canary)
		}
	}
	word := regexp.MustCompile(`^(le="[0-9.e+]+|le="\+Inf|(who|result|platform|kind|call|status)="[a-z_]+)"$`)
	for _, labels := range labelled.FindAllStringSubmatch(body, -1) {
		for label := range strings.SplitSeq(labels[1], ",") {
			if label != "" && !word.MatchString(label) {
				t.Errorf("a label is %s", label)
			}
		}
	}
}
