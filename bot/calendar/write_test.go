package calendar

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/rules"
)

// booked is a call just before the clocks go forward, that ends after.
var booked = dialog.Invite{
	UID: "R1-call@example.org", Stamp: time.Date(2027, 3, 20, 12, 0, 0, 0, time.UTC), Summary: "Call about a referral, R1",
	Span: rules.Span{From: time.Date(2027, 3, 28, 0, 30, 0, 0, time.UTC), To: time.Date(2027, 3, 28, 1, 15, 0, 0, time.UTC)},
}

// changed is the same on the day on which they go back, and cancelled is that no more.
var changed, cancelled = func() (dialog.Invite, dialog.Invite) {
	c := booked
	c.Sequence, c.Stamp = 1, c.Stamp.Add(time.Hour)
	c.From, c.To = time.Date(2027, 10, 31, 0, 30, 0, 0, time.UTC), time.Date(2027, 10, 31, 1, 0, 0, 0, time.UTC)
	gone := c
	gone.Sequence, gone.Cancelled = 2, true
	return c, gone
}()

// TestWritten has vobject validate what is written and read it as it is meant.
func TestWritten(t *testing.T) {
	t.Parallel()
	tentative := booked
	tentative.UID, tentative.Tentative = "R2", true
	awkward := booked
	awkward.Summary = strings.Repeat("Ein Gespräch; über, 電話\\", 12)
	const line = "R1-call@example.org\t%d\t%s\t%s\t%s\t%s"
	tests := []struct {
		name     string
		calendar []byte
		want     []string
	}{
		{"an invitation", Invitation(booked, "team@example.org", "sam@example.org"), []string{"REQUEST",
			fmt.Sprintf(line, 0, "CONFIRMED", "2027-03-28 00:30 UTC", "2027-03-28 01:15 UTC", booked.Summary)}},
		{"a change", Invitation(changed, "team@example.org", "sam@example.org"), []string{"REQUEST",
			fmt.Sprintf(line, 1, "CONFIRMED", "2027-10-31 00:30 UTC", "2027-10-31 01:00 UTC", booked.Summary)}},
		{"a cancellation", Invitation(cancelled, "team@example.org", "sam@example.org"), []string{"CANCEL",
			fmt.Sprintf(line, 2, "CANCELLED", "2027-10-31 00:30 UTC", "2027-10-31 01:00 UTC", booked.Summary)}},
		{"a file", File(booked), []string{"PUBLISH",
			fmt.Sprintf(line, 0, "CONFIRMED", "2027-03-28 00:30 UTC", "2027-03-28 01:15 UTC", booked.Summary)}},
		{"a file to take it out", File(cancelled), []string{"CANCEL",
			fmt.Sprintf(line, 2, "CANCELLED", "2027-10-31 00:30 UTC", "2027-10-31 01:00 UTC", booked.Summary)}},
		{"words of many letters", File(awkward), []string{"PUBLISH",
			fmt.Sprintf(line, 0, "CONFIRMED", "2027-03-28 00:30 UTC", "2027-03-28 01:15 UTC", awkward.Summary)}},
		{"a feed", feed("Calls", []dialog.Invite{booked, tentative}), []string{"PUBLISH",
			fmt.Sprintf(line, 0, "CONFIRMED", "2027-03-28 00:30 UTC", "2027-03-28 01:15 UTC", booked.Summary),
			"R2\t0\tTENTATIVE\t2027-03-28 00:30 UTC\t2027-03-28 01:15 UTC\t" + booked.Summary}},
		{"a feed of nothing", feed("Calls", nil), []string{"PUBLISH"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			wellFormed(t, tt.calendar)
			if got := validated(t, tt.calendar); got != nil {
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

// TestAnInvitationWhole has one whole, for who wants to see what is in it.
func TestAnInvitationWhole(t *testing.T) {
	t.Parallel()
	want := strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//referralbot//calls//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:R1-call@example.org
DTSTAMP:20270320T120000Z
SEQUENCE:1
DTSTART:20271031T003000Z
DTEND:20271031T010000Z
SUMMARY:Call about a referral\, R1
CLASS:PRIVATE
STATUS:CONFIRMED
TRANSP:OPAQUE
ORGANIZER:mailto:team@example.org
ATTENDEE;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT:mailto:sam@example.org
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")
	e := changed
	e.Stamp = booked.Stamp
	if diff := cmp.Diff(want, string(Invitation(e, "team@example.org", "sam@example.org"))); diff != "" {
		t.Error(diff)
	}
}

// TestWrittenIsReadAsBusy has what is written here be read here.
func TestWrittenIsReadAsBusy(t *testing.T) {
	t.Parallel()
	got, err := read(t.Context(), bytes.NewReader(feed("Calls", []dialog.Invite{booked, cancelled})), rules.Span{From: booked.From.Add(-day), To: cancelled.To.Add(day)})
	if diff := cmp.Diff([]rules.Span{booked.Span}, got.spans); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

// feeds are those of two clinicians, one with a call.
func feeds() Feeds {
	return Feeds{
		Clinicians: []rules.CallClinician{{Name: "Anna", Slack: "UANNA"}, {Name: "Ben", Slack: "UBEN", Feed: 1}},
		Name:       func(parts ...string) string { return strings.ReplaceAll(strings.Join(parts, "-"), " ", "-") },
		Title:      "Calls",
		Calls: func(_ context.Context, who string) ([]dialog.Invite, error) {
			switch who {
			case "UANNA":
				return []dialog.Invite{booked}, nil
			case "UBEN":
				return nil, errors.New("CANARY")
			}
			return nil, nil
		},
	}
}

// ask asks for a path.
func ask(f Feeds, method, path, ifNot string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("If-None-Match", ifNot)
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	return w
}

// TestFeed has the feed of a clinician be served, and nothing to anybody else.
func TestFeed(t *testing.T) {
	t.Parallel()
	f := feeds()
	path := f.Path(f.Clinicians[0])
	first := ask(f, http.MethodGet, path, "")
	if first.Code != http.StatusOK || !bytes.Equal(first.Body.Bytes(), feed("Calls", []dialog.Invite{booked})) {
		t.Fatalf("%d %s", first.Code, first.Body)
	}
	for name, want := range map[string]string{"Content-Type": "text/calendar; charset=utf-8", "Cache-Control": "private, no-cache"} {
		if got := first.Header().Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	again := ask(f, http.MethodGet, path, first.Header().Get("ETag"))
	if again.Code != http.StatusNotModified || again.Body.Len() > 0 {
		t.Errorf("asked again: %d %q", again.Code, again.Body)
	}
	if head := ask(f, http.MethodHead, path, ""); head.Code != http.StatusOK || head.Body.Len() > 0 {
		t.Errorf("HEAD: %d %q", head.Code, head.Body)
	}
	if failed := ask(f, http.MethodGet, f.Path(f.Clinicians[1]), ""); failed.Code != http.StatusServiceUnavailable || strings.Contains(failed.Body.String(), "CANARY") {
		t.Errorf("a store that fails: %d %q", failed.Code, failed.Body)
	}
	never := ask(f, http.MethodGet, FeedPath+"nobody.ics", "")
	f.Clinicians[0].Feed++
	for name, path := range map[string]string{"revoked": path, "without its end": strings.TrimSuffix(path, ".ics"), "all of them": FeedPath} {
		if got := ask(f, http.MethodGet, path, ""); got.Code != http.StatusNotFound || got.Body.String() != never.Body.String() || !cmp.Equal(got.Header(), never.Header()) {
			t.Errorf("%s: %d %q %v", name, got.Code, got.Body, got.Header())
		}
	}
	if now := ask(f, http.MethodGet, f.Path(f.Clinicians[0]), ""); now.Code != http.StatusOK {
		t.Errorf("its new address: %d", now.Code)
	}
}
