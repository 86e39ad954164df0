package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// TestCalendars runs the program with a clinician whose calendar it reads and who subscribes to
// their own calls. The address of the calendar is told nowhere, and no name in the feed.
func TestCalendars(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	published := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.URL.Path != "/CANARY-good.ics" {
			http.Error(w, "CANARY", http.StatusGone)
			return
		}
		io.WriteString(w, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:CANARY\r\nEND:VCALENDAR\r\n")
	}))
	t.Cleanup(published.Close)
	clinicians := func(path string) string {
		return ownProfile(t, "  clinicians: []", fmt.Sprintf("  clinicians: [{name: Anna Lund, slack: UANNA, calendars: [%q]}, {name: Ben Okafor, slack: UBEN}]", published.URL+path))
	}
	w := newWorld(t, sim.SlackOptions{})
	address := freeAddress(t)
	w.profile, w.more = clinicians("/CANARY-good.ics"), map[string]string{"LISTEN": address}
	w.book(t, dialog.Clinician{ID: "UANNA", Name: "Anna Lund"})
	wantParts(t, "check", runWith(t, w.env(), "", "check").out, []string{"✓ calendars"})

	listed := runWith(t, map[string]string{"KEYS": w.keys, "SERVICE": w.profile, "PUBLIC_URL": "http://" + address + "/"}, "", "calendars")
	lines := strings.Split(strings.TrimSpace(listed.out), "\n")
	if listed.code != exitFine || len(lines) != 2 || !strings.HasPrefix(lines[0], "Anna Lund ") || !strings.HasPrefix(lines[1], "Ben Okafor ") {
		t.Fatalf("%d %s %s", listed.code, listed.out, listed.err)
	}
	w.serve(t)
	feed := func(line string) string {
		fields := strings.Fields(line)
		status, body := get(t, fields[len(fields)-1])
		if status != http.StatusOK {
			t.Fatalf("%d %s; log:\n%s", status, body, w.log)
		}
		return body
	}
	await(t, w, "the calendar is read", func() bool { return asked.Load() > 1 })
	wantParts(t, "her calls", feed(lines[0]), []string{"METHOD:PUBLISH\r\n", "DTSTART:20990330T090000Z\r\n", "DTEND:20990330T093000Z\r\n", "SUMMARY:Call about a referral\\, R1\r\n", "STATUS:TENTATIVE\r\n"})
	if others := feed(lines[1]); strings.Contains(others, "VEVENT") {
		t.Errorf("his calls: %s", others)
	}
	if status, _ := get(t, "http://"+address+"/calendar/"); status != http.StatusNotFound {
		t.Errorf("all calendars: %d", status)
	}
	for what, text := range map[string]string{"the feed": feed(lines[0]), "the log": w.log.String()} {
		if strings.Contains(text, "CANARY") || strings.Contains(text, "Lund") || strings.Contains(text, published.URL) {
			t.Errorf("%s tells too much:\n%s", what, text)
		}
	}

	w.profile = clinicians("/CANARY-gone.ics")
	got := runWith(t, w.env(), "", "check")
	wantParts(t, "check", got.out, []string{"✗ calendars: calendar 1 of Anna Lund (status_410): the calendar is not there any more"})
	if got.code != exitFailed || strings.Contains(got.out+got.err, "CANARY") {
		t.Errorf("%d %s%s", got.code, got.out, got.err)
	}
}

// book stores a call that somebody is to make, of a family with a name.
func (w *world) book(t *testing.T, who dialog.Clinician) {
	t.Helper()
	db, err := kept{Store: "sqlite:" + w.file, Keys: w.keys}.open()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	from := time.Date(2099, 3, 30, 9, 0, 0, 0, time.UTC)
	r := dialog.Referral{
		Ref: "R1", Kind: dialog.KindCall, Chat: dialog.Chat{Platform: "telegram", ID: "1"}, Status: dialog.Received,
		Answers: rules.Answers{rules.ParentName: {"CANARY"}, rules.ParentPhone: {"CANARY"}},
		Booked:  &dialog.Call{Slot: rules.Slot{Span: rules.Span{From: from, To: from.Add(30 * time.Minute)}}, With: who},
	}
	if _, err := db.Commit(t.Context(), store.Change{Chat: r.Chat, Keys: []string{"k"}, Referral: &r, At: time.Now()}); err != nil {
		t.Fatal(err)
	}
}

// get asks for an address.
func get(t *testing.T, address string) (status int, body string) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(data)
}
