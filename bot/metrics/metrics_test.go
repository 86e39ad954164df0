package metrics

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// scrape is what Prometheus is told.
func scrape(t *testing.T, m *Meter) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if w.Code != 200 {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func wantLines(t *testing.T, body string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(body, "referralbot_"+line+"\n") {
			t.Errorf("%q is missing", line)
		}
	}
}

// answering is a store, or a platform, that answers everything with one error.
type answering struct {
	store.Store
	err error
}

func (a answering) Commit(context.Context, store.Change) ([]store.Delivery, error) { return nil, a.err }

func (a answering) Take(context.Context, time.Duration) (store.Delivery, bool, error) {
	return store.Delivery{ID: "d1"}, true, a.err
}

func (a answering) Deliver(context.Context, store.Delivery) (string, error) { return "m1", a.err }

func TestCallsAreCountedByTheirAnswer(t *testing.T) {
	t.Parallel()
	m := New()
	for err, word := range map[error]string{
		nil: "ok", fmt.Errorf("sqlite: commit: %w", store.ErrConflict): "conflict", store.ErrDuplicate: "duplicate",
		store.ErrDamaged: "damaged", context.Canceled: "canceled", errors.New("canary: disk full"): "error",
	} {
		if _, got := m.Store(answering{err: err}).Commit(t.Context(), store.Change{}); got != err {
			t.Errorf("%v became %v", err, got)
		}
		wantLines(t, scrape(t, m), fmt.Sprintf("store_calls_total{call=%q,result=%q} 1", "commit", word))
	}
	if d, ok, err := m.Store(answering{}).Take(t.Context(), time.Second); d.ID != "d1" || !ok || err != nil {
		t.Errorf("took %v, %v, %v", d, ok, err)
	}
	body := scrape(t, m)
	wantLines(t, body, `store_seconds_count{call="commit"} 6`, `store_calls_total{call="take",result="ok"} 1`)
	if strings.Contains(body, "canary") {
		t.Error("an error's text is told")
	}
}

func TestDeliveriesAreCountedByWhatBecameOfThem(t *testing.T) {
	t.Parallel()
	m := New()
	d := store.Delivery{ID: "canary", Destination: "telegram:canary", Kind: bot.KindReply, Name: "canary", At: time.Now().Add(-2 * time.Second)}
	for err, word := range map[error]string{
		nil: "done", &bot.Later{After: time.Second}: "later", bot.ErrGone: "gone", fmt.Errorf("%w: no_such", bot.ErrRefused): "refused",
		bot.ErrBroken: "broken", bot.ErrUncertain: "uncertain", errors.New("canary"): "uncertain",
	} {
		if id, got := m.Messenger(answering{err: err}).Deliver(t.Context(), d); got != err || id != "m1" {
			t.Errorf("%v became %v, as %q", err, got, id)
		}
		if body := scrape(t, m); !strings.Contains(body, fmt.Sprintf("deliveries_total{kind=%q,result=%q}", "reply", word)) {
			t.Errorf("nothing is %s", word)
		}
	}
	body := scrape(t, m)
	wantLines(t, body, `deliveries_total{kind="reply",result="uncertain"} 2`, `delivery_seconds_bucket{kind="reply",le="1"} 0`,
		`delivery_seconds_bucket{kind="reply",le="5"} 1`, `delivery_seconds_count{kind="reply"} 1`)
	if strings.Contains(body, "canary") {
		t.Error("something of the delivery is told")
	}
}

// held is a store that holds referrals.
type held struct {
	store.Store
	all  []dialog.Referral
	err  error
	asks *int
}

func (h held) Stats(context.Context) (store.Stats, error) {
	*h.asks++
	return store.Stats{
		Conversations: 7, Waiting: 3, OldestWaiting: 90 * time.Second, Aside: 2,
		Referrals: map[dialog.Status]int{dialog.Received: 1, dialog.Withdrawn: 2},
	}, h.err
}

func (h held) Referrals(context.Context) ([]dialog.Referral, error) { return h.all, nil }

func (h held) Open(context.Context) ([]dialog.Referral, error) {
	return slices.DeleteFunc(slices.Clone(h.all), func(r dialog.Referral) bool { return r.Status == dialog.Withdrawn }), nil
}

func TestHowThingsStand(t *testing.T) {
	t.Parallel()
	anna, asks := dialog.Clinician{ID: "canary", Name: "canary"}, 0
	seen := dialog.Alert{Ref: "canary", At: time.Now().Add(-5 * time.Hour), Acknowledged: anna}
	open := func(age time.Duration) dialog.Alert { return dialog.Alert{Ref: "canary", At: time.Now().Add(-age)} }
	h := held{asks: &asks, all: []dialog.Referral{
		{Ref: "canary1", Alerts: []dialog.Alert{seen, open(time.Minute)}, Answers: rules.Answers{rules.ParentName: {"canary"}}},
		{Ref: "canary2", Status: dialog.Withdrawn, Alerts: []dialog.Alert{open(time.Hour)}},
		{Ref: "canary3", Life: dialog.Life{BreachedAt: time.Now()}},
	}}
	m := New()
	m.Watch(h, func() int { return 2 })
	body := scrape(t, m)
	wantLines(t, body, "store_up 1", "slack_sockets 2", "conversations 7", "outbox_waiting 3", "outbox_oldest_seconds 90", "dead_letters 2",
		`referrals{status="received"} 1`, `referrals{status="withdrawn"} 2`, `referrals{status="closed"} 0`, "alerts_open 2", "receipt_breaches 1")
	if !strings.Contains(body, "alert_oldest_seconds 3600.") {
		t.Error("the oldest open alert has not waited an hour")
	}
	if strings.Contains(body, "canary") {
		t.Error("something of a referral is told")
	}
	scrape(t, m)
	if asks != 1 {
		t.Errorf("the store was read %d times for two questions at once", asks)
	}

	// Soon after, only what is open is read: what is over is as it was.
	s := &standing{store: h}
	s.look()
	h.all[0].Alerts[1].Acknowledged, h.all[1].Alerts, h.all[2].Status = anna, nil, dialog.Withdrawn
	if now := s.look(); now.open != 1 || now.breached != 1 {
		t.Errorf("%d alerts are open, %d receipts are breached", now.open, now.breached)
	}
	s.all = time.Now().Add(-overAgain)
	if now := s.look(); now.open != 0 || now.breached != 1 {
		t.Errorf("after a while %d alerts are open, %d receipts are breached", now.open, now.breached)
	}

	m = New()
	m.Watch(held{asks: &asks, err: errors.New("canary: away")}, func() int { return 0 })
	body = scrape(t, m)
	wantLines(t, body, "store_up 0", "slack_sockets 0")
	for _, out := range []string{"alerts_open", "outbox", "canary", "referrals"} {
		if strings.Contains(body, "referralbot_"+out) || strings.Contains(body, "canary") {
			t.Errorf("%s is told though the store is away", out)
		}
	}
}

func TestTurnsAreCounted(t *testing.T) {
	t.Parallel()
	m := New()
	m.Turn(bot.Turn{Platform: "telegram", Who: "parent", Result: bot.ResultCommitted, Took: 20 * time.Millisecond})
	m.Turn(bot.Turn{Platform: "telegram", Who: "parent", Result: bot.ResultDuplicate, Took: time.Second})
	m.Turn(bot.Turn{Who: "service", Result: bot.ResultCommitted})
	body := scrape(t, m)
	wantLines(t, body, `turns_total{result="committed",who="parent"} 1`, `turns_total{result="duplicate",who="parent"} 1`,
		`turn_seconds_bucket{who="parent",le="0.01"} 0`, `turn_seconds_count{who="parent"} 1`, `turns_total{result="committed",who="service"} 1`)
	if !strings.Contains(body, `last_heard_timestamp_seconds{platform="telegram"}`) || strings.Contains(body, `platform=""`) {
		t.Error("what was last heard is not told by platform")
	}
}
