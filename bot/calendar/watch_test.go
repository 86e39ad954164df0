package calendar

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/rules"
)

// tomorrow is an hour of tomorrow, and the event of it.
func tomorrow() (rules.Span, string) {
	from := time.Now().Add(day).UTC().Truncate(time.Hour)
	s := rules.Span{From: from, To: from.Add(time.Hour)}
	return s, event(fmt.Sprintf("DTSTART:%s DTEND:%s SUMMARY:CANARY", s.From.Format(wallForm+"Z"), s.To.Format(wallForm+"Z")))
}

// TestARealCalendarServer has Radicale serve a clinician's calendar: what was put there one by
// one, by the names of zones that Outlook has, is busy.
func TestARealCalendarServer(t *testing.T) {
	t.Parallel()
	server := newRadicale(t)
	if server == nil {
		return
	}
	address := server.put(t, "/anna/busy/", strings.ReplaceAll(calendar(outlookLondon,
		event(`DTSTART;TZID=GMT_Standard_Time:20270315T090000 DTEND;TZID=GMT_Standard_Time:20270315T100000 RRULE:FREQ=WEEKLY;BYDAY=MO EXDATE;TZID=GMT_Standard_Time:20270322T090000 SUMMARY:CANARY`)), "_", " "))
	server.put(t, "/anna/busy/leave.ics", calendar(strings.ReplaceAll(event("DTSTART;VALUE=DATE:20270331 DTEND;VALUE=DATE:20270402 SUMMARY:CANARY"), "one@", "two@")))
	server.put(t, "/anna/busy/free.ics", calendar(strings.ReplaceAll(event("DTSTART:20270323T090000Z DTEND:20270323T100000Z TRANSP:TRANSPARENT"), "one@", "three@")))
	window := rules.Span{From: inLondon(t, "2027-03-22 00:00"), To: inLondon(t, "2027-04-05 00:00")}
	got, err := newFetcher().fetch(t.Context(), address, window)
	if err != nil || got.unreadable > 0 {
		t.Fatalf("%d unreadable, %v", got.unreadable, err)
	}
	want := []rules.Span{
		{From: inLondon(t, "2027-03-29 09:00"), To: inLondon(t, "2027-03-29 10:00")},
		{From: inLondon(t, "2027-03-31 00:00"), To: inLondon(t, "2027-04-02 00:00")},
	}
	if diff := cmp.Diff(want, got.spans); diff != "" {
		t.Error(diff)
	}
}

// TestWhatCannotBeFetched is a table of what may be wrong with an address: each has its code,
// how to mend it, and nothing of the address.
func TestWhatCannotBeFetched(t *testing.T) {
	t.Parallel()
	p := newPublisher(t)
	_, good := tomorrow()
	encrypted := httptest.NewUnstartedServer(publish(calendar(good)))
	encrypted.Config.ErrorLog = log.New(io.Discard, "", 0)
	encrypted.StartTLS() // by a certificate that nobody believes
	t.Cleanup(encrypted.Close)
	redirect := func(to string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }
	}
	tests := []struct {
		name    string
		address rules.Secret
		want    string
	}{
		{"a calendar", p.answer("/CANARY/a.ics", publish(calendar(good))), ""},
		{"an empty calendar", p.answer("/CANARY/empty.ics", publish(calendar())), ""},
		{"sent on", p.answer("/CANARY/on.ics", redirect(p.URL+"/CANARY/a.ics")), ""},
		{"taken away", rules.Secret(p.URL + "/CANARY/none.ics"), "status_404"},
		{"forbidden", p.answer("/CANARY/no.ics", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "CANARY", http.StatusForbidden) }), "status_403"},
		{"a page", p.answer("/CANARY/page", publish("<html>CANARY</html>")), "not_a_calendar"},
		{"cut off", p.answer("/CANARY/cut.ics", func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "BEGIN:VCALENDAR\r\n")
			panic(http.ErrAbortHandler)
		}), "no_answer"},
		{"without end", p.answer("/CANARY/long.ics", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, "BEGIN:VCALENDAR\r\n")
			for line := "X-CANARY:" + strings.Repeat("x", 1<<20) + "\r\n"; ; {
				if _, err := io.WriteString(w, line); err != nil {
					return
				}
			}
		}), "too_much"},
		{"sent round and round", p.answer("/CANARY/round.ics", redirect(p.URL+"/CANARY/round.ics")), "sent_elsewhere"},
		{"sent elsewhere without encryption", p.answer("/CANARY/plain.ics", redirect("http://calendar.example.org/CANARY.ics")), "sent_elsewhere"},
		{"sent to a file", p.answer("/CANARY/file.ics", redirect("file:///etc/CANARY")), "sent_elsewhere"},
		{"nobody there", rules.Secret("http://" + freeAddress(t) + "/CANARY.ics"), "no_answer"},
		{"somebody else", rules.Secret(encrypted.URL + "/CANARY.ics"), "not_who_it_says"},
		{"without encryption", "http://calendar.example.org/CANARY.ics", "no_address"},
		{"no address", "CANARY", "no_address"},
		{"no host", "https:///CANARY", "no_address"},
		{"a control character", "https://example.org/CANARY\x7f", "no_address"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w, logged := watch(tt.address)
			err := w.refresh(t.Context(), w.sources[0])
			if codeOf(err) != tt.want {
				t.Errorf("%v, want %q", err, tt.want)
			}
			faults, _ := w.Check(t.Context())
			if (len(faults) > 0) != (tt.want != "") || len(faults) > 0 && !strings.HasPrefix(faults[0], "calendar 1 of Anna ("+tt.want+"): ") {
				t.Error(faults)
			}
			for _, text := range append(faults, logged.String(), fmt.Sprintf("%v %+v %#v", w.sources[0].who, w.sources[0].who, w.sources[0].who)) {
				if strings.Contains(text, "CANARY") || strings.Contains(text, "127.0.0.1") || strings.Contains(text, "example.org") {
					t.Errorf("tells of the address: %s", text)
				}
			}
			if want := tt.want != ""; strings.Contains(logged.String(), "code="+tt.want+" taken") != want {
				t.Errorf("logged %q", logged)
			}
		})
	}
}

// TestRedirectsTellNobody has the address of a calendar stay untold where it leads.
func TestRedirectsTellNobody(t *testing.T) {
	t.Parallel()
	p := newPublisher(t)
	var told string
	p.answer("/there.ics", func(w http.ResponseWriter, r *http.Request) {
		told = r.Referer()
		io.WriteString(w, calendar())
	})
	address := p.answer("/secret.ics", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, p.URL+"/there.ics", http.StatusFound)
	})
	if _, err := newFetcher().fetch(t.Context(), address, rules.Span{}); err != nil || told != "" {
		t.Errorf("%v, told %q", err, told)
	}
}

// TestKeptWhileItCannotBeRead has a calendar be read, fail, be kept for a day, be given up, and
// be read again.
func TestKeptWhileItCannotBeRead(t *testing.T) {
	t.Parallel()
	p := newPublisher(t)
	span, good := tomorrow()
	address := p.answer("/CANARY.ics", publish(calendar(good)))
	w, log := watch(address)
	s, now := w.sources[0], time.Now()
	busyAt := func(at time.Time) []rules.Span { return w.Busy(at)["UANNA"] }
	if got := busyAt(now); !slices.Equal(got, []rules.Span{everything}) {
		t.Errorf("before it has been read: %v", got)
	}
	w.refresh(t.Context(), s)
	if got := busyAt(now); !slices.Equal(got, []rules.Span{span}) {
		t.Errorf("read: %v", got)
	}
	p.answer("/CANARY.ics", publish("gone"))
	for range 3 {
		w.refresh(t.Context(), s)
	}
	if got := busyAt(now.Add(keptFor - time.Minute)); !slices.Equal(got, []rules.Span{span}) {
		t.Errorf("kept: %v", got)
	}
	if got := busyAt(now.Add(keptFor + time.Minute)); !slices.Equal(got, []rules.Span{everything}) {
		t.Errorf("given up: %v", got)
	}
	s.readAt = s.readAt.Add(-keptFor - time.Minute)
	w.refresh(t.Context(), s)
	p.answer("/CANARY.ics", publish(calendar(good, event("DTSTART:SOON"))))
	w.refresh(t.Context(), s)
	w.refresh(t.Context(), s)
	if got := busyAt(time.Now()); !slices.Equal(got, []rules.Span{span}) {
		t.Errorf("read again: %v", got)
	}
	var codes []string
	for line := range strings.Lines(log.String()) {
		_, said, _ := strings.Cut(strings.TrimSpace(line), "msg=calendar ")
		codes = append(codes, said)
	}
	want := []string{
		"clinician=UANNA calendar=1 code=not_a_calendar taken_as_busy=false",
		"clinician=UANNA calendar=1 code=not_a_calendar taken_as_busy=true",
		"clinician=UANNA calendar=1 code=read_again",
		"clinician=UANNA calendar=1 code=unreadable_entries entries=1",
	}
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Error(diff)
	}
}

// TestRunReadsAgainAndAgain has two calendars of a clinician be followed, one of which fails
// at first and then changes.
func TestRunReadsAgainAndAgain(t *testing.T) {
	t.Parallel()
	p := newPublisher(t)
	span, good := tomorrow()
	leave := event("DTSTART;VALUE=DATE:20200101 DTEND;VALUE=DATE:20990101")
	w, _ := watch(p.answer("/a.ics", publish(calendar(good))), rules.Secret(p.URL+"/b.ics"))
	w.every = time.Millisecond
	run(t, w)
	eventually(t, "the second has been asked for", func() bool { return p.times("/b.ics") > 2 })
	if got := w.Busy(time.Now())["UANNA"]; !slices.Contains(got, everything) {
		t.Errorf("with one unknown: %v", got)
	}
	p.answer("/b.ics", publish(calendar()))
	eventually(t, "both are known", func() bool { return slices.Equal(w.Busy(time.Now())["UANNA"], []rules.Span{span}) })
	p.answer("/b.ics", publish(calendar(leave)))
	eventually(t, "the second has changed", func() bool { return len(w.Busy(time.Now())["UANNA"]) == 2 })
}

// TestCheckTellsOfEntries has entries that cannot be read be told, by how many they are.
func TestCheckTellsOfEntries(t *testing.T) {
	t.Parallel()
	p := newPublisher(t)
	w, _ := watch(p.answer("/a.ics", publish(calendar(event("DTSTART:CANARY"), event("DURATION:PT1H")))))
	faults, remarks := w.Check(t.Context())
	if len(faults) > 0 || len(remarks) != 1 || !strings.Contains(remarks[0], "calendar 1 of Anna: nobody can tell when 2 of its entries are") || strings.Contains(remarks[0], "CANARY") {
		t.Errorf("%q %q", faults, remarks)
	}
}
