package calendar

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/rules"
)

// inLondon reads a time as people in London say it, such as "2027-03-28 09:30".
func inLondon(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, london)
	if err != nil {
		t.Fatal(err)
	}
	return at.UTC()
}

// calendar is a calendar of those lines.
func calendar(lines ...string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCALENDAR\r\n"
}

// event is an event of those lines, given in one with spaces between.
func event(lines string) string {
	return "BEGIN:VEVENT\r\nUID:one@example.org\r\nDTSTAMP:20270101T000000Z\r\n" + strings.ReplaceAll(lines, " ", "\r\n") + "\r\nEND:VEVENT"
}

// outlookLondon is how Outlook defines the time of London, and under which name.
const outlookLondon = `BEGIN:VTIMEZONE
TZID:GMT Standard Time
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`

// outlookBerlin likewise, with what it says of a zone that somebody made themselves.
const outlookBerlin = `BEGIN:VTIMEZONE
TZID:tzone://Microsoft/Custom
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`

// TestBusyTimes is a table of calendars as Outlook, Google and others write them. What is busy
// is said as London's clocks show it, two times for each stretch.
func TestBusyTimes(t *testing.T) {
	t.Parallel()
	spring, autumn := "2027-03-22 2027-04-05", "2027-10-25 2027-11-08"
	tests := []struct {
		name   string
		window string // two days
		lines  []string
		want   []string
	}{
		{"UTC in winter", spring, []string{event("DTSTART:20270322T100000Z DTEND:20270322T110000Z")}, []string{"2027-03-22 10:00", "2027-03-22 11:00"}},
		{"UTC in summer", spring, []string{event("DTSTART:20270329T100000Z DTEND:20270329T110000Z")}, []string{"2027-03-29 11:00", "2027-03-29 12:00"}},
		{"floating, so London", spring, []string{event("DTSTART:20270329T100000 DTEND:20270329T110000")}, []string{"2027-03-29 10:00", "2027-03-29 11:00"}},
		{"Google's zone", spring, []string{event("DTSTART;TZID=Europe/London:20270329T100000 DTEND;TZID=Europe/London:20270329T110000")},
			[]string{"2027-03-29 10:00", "2027-03-29 11:00"}},
		{"another place's", spring, []string{event("DTSTART;TZID=America/New_York:20270326T060000 DTEND;TZID=America/New_York:20270326T070000")},
			[]string{"2027-03-26 10:00", "2027-03-26 11:00"}}, // four hours that week, since their clocks went first
		{"Outlook's zone", spring, []string{outlookLondon, event(`DTSTART;TZID="GMT\ Standard\ Time":20270329T100000 DTEND;TZID="GMT\ Standard\ Time":20270329T110000`)},
			[]string{"2027-03-29 10:00", "2027-03-29 11:00"}},
		{"a zone of somebody's own", spring, []string{outlookBerlin, event(`DTSTART;TZID="tzone://Microsoft/Custom":20270329T100000 DURATION:PT1H`)},
			[]string{"2027-03-29 09:00", "2027-03-29 10:00"}},
		{"a zone defined nowhere", spring, []string{event(`DTSTART;TZID="GMT\ Standard\ Time":20270329T100000 DURATION:PT1H`)},
			[]string{"2027-03-29 10:00", "2027-03-29 11:00"}},
		{"the machine's own zone is nobody's", spring, []string{event("DTSTART;TZID=Local:20270329T100000 DURATION:PT1H")},
			[]string{"2027-03-29 10:00", "2027-03-29 11:00"}},

		{"a whole day", spring, []string{event("DTSTART;VALUE=DATE:20270325 DTEND;VALUE=DATE:20270326")}, []string{"2027-03-25 00:00", "2027-03-26 00:00"}},
		{"a whole day without an end", spring, []string{event("DTSTART;VALUE=DATE:20270325")}, []string{"2027-03-25 00:00", "2027-03-26 00:00"}},
		{"the day of 23 hours", spring, []string{event("DTSTART;VALUE=DATE:20270328 DTEND;VALUE=DATE:20270329")}, []string{"2027-03-28 00:00", "2027-03-29 00:00"}},
		{"the day of 25 hours", autumn, []string{event("DTSTART;VALUE=DATE:20271031 DURATION:P1D")}, []string{"2027-10-31 00:00", "2027-11-01 00:00"}},
		{"leave that began before and ends after", spring, []string{event("DTSTART;VALUE=DATE:20270301 DTEND;VALUE=DATE:20270501")},
			[]string{"2027-03-01 00:00", "2027-05-01 00:00"}},
		{"a length in weeks, days and hours", spring, []string{event("DTSTART:20270322T100000 DURATION:P1DT2H30M")}, []string{"2027-03-22 10:00", "2027-03-23 12:30"}},
		{"no length", spring, []string{event("DTSTART:20270322T100000")}, nil},
		{"an end before the beginning", spring, []string{event("DTSTART:20270322T100000 DTEND:20270322T090000")}, nil},

		{"free in the calendar", spring, []string{event("DTSTART:20270322T100000Z DTEND:20270322T110000Z TRANSP:TRANSPARENT")}, nil},
		{"free in Outlook", spring, []string{event("DTSTART:20270322T100000Z DTEND:20270322T110000Z X-MICROSOFT-CDO-BUSYSTATUS:FREE")}, nil},
		{"working elsewhere", spring, []string{event("DTSTART;VALUE=DATE:20270322 DTEND;VALUE=DATE:20270323 X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE")}, nil},
		{"out of office", spring, []string{event("DTSTART:20270322T100000Z DTEND:20270322T110000Z TRANSP:OPAQUE X-MICROSOFT-CDO-BUSYSTATUS:OOF")},
			[]string{"2027-03-22 10:00", "2027-03-22 11:00"}},
		{"tentative", spring, []string{event("DTSTART:20270322T100000Z DTEND:20270322T110000Z STATUS:TENTATIVE")}, []string{"2027-03-22 10:00", "2027-03-22 11:00"}},
		{"cancelled", spring, []string{event("DTSTART:20270322T100000Z DTEND:20270322T110000Z STATUS:CANCELLED")}, nil},

		{"each week over the change in spring", spring, []string{outlookLondon,
			event(`DTSTART;TZID="GMT\ Standard\ Time":20270308T090000 DTEND;TZID="GMT\ Standard\ Time":20270308T100000 RRULE:FREQ=WEEKLY;BYDAY=MO`)},
			[]string{"2027-03-22 09:00", "2027-03-22 10:00", "2027-03-29 09:00", "2027-03-29 10:00"}},
		{"each week over the change in autumn", autumn, []string{event("DTSTART;TZID=Europe/London:20270104T090000 DTEND;TZID=Europe/London:20270104T100000 RRULE:FREQ=WEEKLY")},
			[]string{"2027-10-25 09:00", "2027-10-25 10:00", "2027-11-01 09:00", "2027-11-01 10:00"}},
		{"a time that is skipped in spring", "2027-03-27 2027-03-30", []string{event("DTSTART;TZID=Europe/London:20270327T013000 DURATION:PT30M RRULE:FREQ=DAILY;COUNT=3")},
			[]string{"2027-03-27 01:30", "2027-03-27 02:00", "2027-03-28 02:30", "2027-03-28 03:00", "2027-03-29 01:30", "2027-03-29 02:00"}},
		{"the same by Outlook's zone", "2027-03-28 2027-03-29", []string{outlookLondon, event(`DTSTART;TZID="GMT\ Standard\ Time":20270328T013000 DURATION:PT30M`)},
			[]string{"2027-03-28 02:30", "2027-03-28 03:00"}},
		{"every other week", spring, []string{event("DTSTART:20270315T090000 DURATION:PT1H RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")},
			[]string{"2027-03-29 09:00", "2027-03-29 10:00"}},
		{"the last Friday of a month", spring, []string{event("DTSTART:20260130T090000 DURATION:PT1H RRULE:FREQ=MONTHLY;BYDAY=-1FR")},
			[]string{"2027-03-26 09:00", "2027-03-26 10:00"}},
		{"until a moment", spring, []string{event("DTSTART;TZID=Europe/London:20270322T090000 DURATION:PT1H RRULE:FREQ=WEEKLY;UNTIL=20270329T075959Z")},
			[]string{"2027-03-22 09:00", "2027-03-22 10:00"}},
		{"until and with that moment", spring, []string{event("DTSTART;TZID=Europe/London:20270322T090000 DURATION:PT1H RRULE:FREQ=WEEKLY;UNTIL=20270329T080000Z")},
			[]string{"2027-03-22 09:00", "2027-03-22 10:00", "2027-03-29 09:00", "2027-03-29 10:00"}},
		{"until and with a day", spring, []string{event("DTSTART;VALUE=DATE:20270322 RRULE:FREQ=WEEKLY;UNTIL=20270329")},
			[]string{"2027-03-22 00:00", "2027-03-23 00:00", "2027-03-29 00:00", "2027-03-30 00:00"}},
		{"so many times", spring, []string{event("DTSTART:20270315T090000 DURATION:PT1H RRULE:FREQ=WEEKLY;COUNT=2")}, []string{"2027-03-22 09:00", "2027-03-22 10:00"}},
		{"times left out", spring, []string{event("DTSTART;TZID=Europe/London:20270322T090000 DURATION:PT1H RRULE:FREQ=DAILY;COUNT=4 EXDATE;TZID=Europe/London:20270322T090000,20270324T090000 EXDATE:20270325T090000Z")},
			[]string{"2027-03-23 09:00", "2027-03-23 10:00"}},
		{"whole days left out", spring, []string{event("DTSTART;VALUE=DATE:20270327 RRULE:FREQ=DAILY;COUNT=3 EXDATE;VALUE=DATE:20270328")},
			[]string{"2027-03-27 00:00", "2027-03-28 00:00", "2027-03-29 00:00", "2027-03-30 00:00"}},
		{"times besides", spring, []string{event("DTSTART:20270322T090000 DURATION:PT1H RDATE:20270324T090000 RDATE;VALUE=PERIOD:20270325T090000/PT2H,20270326T090000/20270326T093000")},
			[]string{"2027-03-22 09:00", "2027-03-22 10:00", "2027-03-24 09:00", "2027-03-24 10:00", "2027-03-25 09:00", "2027-03-25 11:00", "2027-03-26 09:00", "2027-03-26 09:30"}},
		{"one moved, one cancelled, one made free", spring, []string{
			event("DTSTART;TZID=Europe/London:20270322T090000 DURATION:PT1H RRULE:FREQ=DAILY;COUNT=5"),
			event("RECURRENCE-ID;TZID=Europe/London:20270323T090000 DTSTART;TZID=Europe/London:20270323T140000 DURATION:PT1H"),
			event("RECURRENCE-ID:20270324T090000Z DTSTART:20270324T090000Z DURATION:PT1H STATUS:CANCELLED"),
			event("RECURRENCE-ID;TZID=Europe/London:20270325T090000 DTSTART;TZID=Europe/London:20270325T090000 DURATION:PT1H TRANSP:TRANSPARENT")},
			[]string{"2027-03-22 09:00", "2027-03-22 10:00", "2027-03-23 14:00", "2027-03-23 15:00", "2027-03-26 09:00", "2027-03-26 10:00"}},
		{"one moved into sight before its rule", spring, []string{
			event("RECURRENCE-ID:20270503T090000 DTSTART:20270324T090000 DURATION:PT1H"),
			event("DTSTART:20270503T090000 DURATION:PT1H RRULE:FREQ=DAILY")},
			[]string{"2027-03-24 09:00", "2027-03-24 10:00"}},
		{"one moved out of sight", spring, []string{
			event("DTSTART:20270322T090000 DURATION:PT1H RRULE:FREQ=DAILY;COUNT=1"),
			event("RECURRENCE-ID:20270322T090000 DTSTART:20270522T090000 DURATION:PT1H")}, nil},
		{"for ever, since long ago", spring, []string{event("DTSTART;VALUE=DATE:19700325 RRULE:FREQ=YEARLY")}, []string{"2027-03-25 00:00", "2027-03-26 00:00"}},

		{"those that touch or overlap are one", spring, []string{event("DTSTART:20270322T100000 DURATION:PT1H"), event("DTSTART:20270322T110000 DURATION:PT1H"),
			event("DTSTART:20270322T103000 DURATION:PT15M")}, []string{"2027-03-22 10:00", "2027-03-22 12:00"}},
		{"not in sight", spring, []string{event("DTSTART:20270310T100000 DURATION:PT1H"), event("DTSTART:20270405T000000 DURATION:PT1H")}, nil},
		{"alarms and tasks are no time", spring, []string{
			"BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20270322T100000\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\nDURATION:PT9H\r\nEND:VALARM\r\nDTEND:20270322T103000\r\nEND:VEVENT",
			"BEGIN:VTODO\r\nUID:3\r\nDTSTART:20270323T100000\r\nDURATION:PT1H\r\nEND:VTODO"}, []string{"2027-03-22 10:00", "2027-03-22 10:30"}},
		{"folded anywhere, small letters, and no carriage returns", spring, []string{"begin:vevent\nuid:2\ndtstart;tz\n id=Europe\n /London:20270329\n\tT100000\nDuration:PT1H\nend:vevent"},
			[]string{"2027-03-29 10:00", "2027-03-29 11:00"}},
		{"nothing", spring, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			from, to, _ := strings.Cut(tt.window, " ")
			window := rules.Span{From: inLondon(t, from+" 00:00"), To: inLondon(t, to+" 00:00")}
			text := strings.ReplaceAll(calendar(tt.lines...), `\`+"\r\n", " ")
			got, err := read(t.Context(), strings.NewReader(text), window)
			if err != nil || got.unreadable > 0 {
				t.Fatalf("%d unreadable, %v", got.unreadable, err)
			}
			var want []rules.Span
			for i := 0; i < len(tt.want); i += 2 {
				want = append(want, rules.Span{From: inLondon(t, tt.want[i]), To: inLondon(t, tt.want[i+1])})
			}
			if diff := cmp.Diff(want, got.spans); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestATimeShownTwice has the hour that clocks show twice: the first is meant.
func TestATimeShownTwice(t *testing.T) {
	t.Parallel()
	window := rules.Span{From: inLondon(t, "2027-10-30 00:00"), To: inLondon(t, "2027-11-02 00:00")}
	want := []rules.Span{{From: time.Date(2027, 10, 31, 0, 30, 0, 0, time.UTC), To: time.Date(2027, 10, 31, 1, 30, 0, 0, time.UTC)}}
	for name, text := range map[string]string{
		"by name":       calendar(event("DTSTART;TZID=Europe/London:20271031T013000 DURATION:PT1H")),
		"by definition": calendar(outlookLondon, event("DTSTART;TZID=GMT_Standard_Time:20271031T013000 DURATION:PT1H")),
	} {
		got, err := read(t.Context(), strings.NewReader(strings.ReplaceAll(text, "_", " ")), window)
		if diff := cmp.Diff(want, got.spans); err != nil || diff != "" {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}

// TestDefinedLikeTheDatabase has every hour of a year by Outlook's definition of London's time
// and by the database's.
func TestDefinedLikeTheDatabase(t *testing.T) {
	t.Parallel()
	end := time.Date(2028, 1, 1, 0, 0, 0, 0, time.UTC)
	z := newZones([]string{strings.ReplaceAll(outlookLondon, "\n", "\r\n") + "\r\n"}, end)
	defined, known := z.named("GMT Standard Time"), z.named("Europe/London")
	for wall := end.AddDate(-1, 0, 0); wall.Before(end); wall = wall.Add(15 * time.Minute) {
		if d, k := defined(wall), known(wall); !d.Equal(k) {
			t.Errorf("%v is %v by definition and %v by name", wall, d, k)
		}
	}
}

// TestHostileCalendars has calendars that nobody writes who means well: each ends soon, and one
// entry takes no other with it.
func TestHostileCalendars(t *testing.T) {
	t.Parallel()
	good := event("DTSTART:20270322T100000 DURATION:PT1H")
	tests := []struct {
		name       string
		text       string
		unreadable int
		err        error
	}{
		{"every second", calendar(good, event("DTSTART:19700101T000000 DURATION:PT1S RRULE:FREQ=SECONDLY")), 1, nil},
		{"every second of every minute of every hour", calendar(good, event("DTSTART:19700101T000000 DURATION:PT1S RRULE:FREQ=YEARLY;BYHOUR="+numbers(24)+";BYMINUTE="+numbers(60)+";BYSECOND="+numbers(60))), 1, nil},
		{"a count without end", calendar(good, event("DTSTART:19700101T000000 DURATION:PT0S RRULE:FREQ=DAILY;COUNT=999999999999")), 0, nil},
		{"a count that is no number", calendar(good, event("DTSTART:19700101T000000 RRULE:FREQ=DAILY;COUNT=99999999999999999999")), 1, nil},
		{"an interval that overflows", calendar(good, event("DTSTART:19700101T000000 RRULE:FREQ=DAILY;INTERVAL=9223372036854775807")), 1, nil},
		{"a day that never comes", calendar(good, event("DTSTART:19700101T000000 RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")), 0, nil},
		{"the 53rd Monday of a month", calendar(good, event("DTSTART:19700101T000000 RRULE:FREQ=MONTHLY;BYDAY=53MO")), 1, nil},
		{"no rule", calendar(good, event("DTSTART:19700101T000000 RRULE:FREQ=SOMETIMES")), 1, nil},
		{"no beginning", calendar(good, event("DURATION:PT1H")), 1, nil},
		{"two beginnings", calendar(good, event("DTSTART:20270322T100000 DTSTART:20270322T110000")), 1, nil},
		{"a month 13", calendar(good, event("DTSTART:20271301T000000")), 1, nil},
		{"a parameter without an end", calendar(good, event(`DTSTART;TZID="Europe:20270322T100000`)), 1, nil},
		{"a parameter without a value", calendar(good, event(`DTSTART;TZID:20270322T100000`)), 1, nil},
		{"a zone by a path", calendar(good, event("DTSTART;TZID=../../etc/passwd:20270323T100000 DURATION:PT0S")), 0, nil},
		{"an entry of a megabyte", calendar(good, event("DTSTART:20270322T100000 EXDATE:"+strings.Repeat("20270322T100000,", 1<<16))), 1, nil},
		{"words of ten megabytes", calendar(good, event("DESCRIPTION:"+strings.Repeat("x", 10<<20))), 1, nil},
		{"a zone whose clocks never rest", calendar(good, "BEGIN:VTIMEZONE\r\nTZID:Z\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=DAILY\r\nEND:STANDARD\r\nEND:VTIMEZONE",
			event("DTSTART;TZID=Z:20270325T000000 DURATION:PT0S")), 0, nil},

		{"an empty file", "", 0, errNoCalendar},
		{"a page to log in at", "<!DOCTYPE html>\n<html>BEGIN:VCALENDAR</html>", 0, errNoCalendar},
		{"half a calendar", strings.TrimSuffix(calendar(good), "END:VCALENDAR\r\n"), 0, errNoCalendar},
		{"the wrong end", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", 0, errNoCalendar},
		{"an end before a beginning", "END:VCALENDAR\r\n", 0, errNoCalendar},
		{"an event by itself", event("DTSTART:20270322T100000") + "\r\n", 0, errNoCalendar},
		{"a nest", "BEGIN:VCALENDAR\r\n" + strings.Repeat("BEGIN:VEVENT\r\n", 1<<16), 0, errNoCalendar},
		{"no end", calendar(strings.Repeat("X-A:"+strings.Repeat("x", 1<<20)+"\r\n", 40)), 0, errTooMuch},
		{"each day a hundred thousand times", calendar(strings.Repeat(event("DTSTART:20270101T000000 DURATION:PT1M RRULE:FREQ=DAILY")+"\r\n", 10_000)), 0, errTooMuch},
	}
	window := rules.Span{From: inLondon(t, "2027-03-22 00:00"), To: inLondon(t, "2027-04-05 00:00")}
	want := []rules.Span{{From: inLondon(t, "2027-03-22 10:00"), To: inLondon(t, "2027-03-22 11:00")}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := read(t.Context(), strings.NewReader(tt.text), window)
			if !errors.Is(err, tt.err) || got.unreadable != tt.unreadable {
				t.Fatalf("%d unreadable, %v", got.unreadable, err)
			}
			if diff := cmp.Diff(want, got.spans); err == nil && diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestReadingEnds has rules that each take a while: together they take no longer than they may.
func TestReadingEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	text := calendar(strings.Repeat(event("DTSTART:00010101T000000 RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")+"\r\n", 10_000))
	begun := time.Now()
	if _, err := read(ctx, strings.NewReader(text), rules.Span{From: time.Now(), To: time.Now().Add(day)}); !errors.Is(err, errTooMuch) {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
}

// TestWordsAreNotKept has an entry full of words, of which nothing is kept.
func TestWordsAreNotKept(t *testing.T) {
	t.Parallel()
	s, err := sift(strings.NewReader(calendar("X-WR-CALNAME:CANARY",
		event("DTSTART:20270322T100000Z SUMMARY:CANARY LOCATION:CANARY ATTENDEE;CN=CANARY:mailto:canary@example.org DESCRIPTION;ALTREP=CANARY:CAN\r\n ARY X-ALT-DESC:CANARY"))))
	if err != nil {
		t.Fatal(err)
	}
	if kept := fmt.Sprint(s.found); !strings.Contains(kept, "20270322T100000Z") || strings.Contains(strings.ToUpper(kept), "CANARY") {
		t.Error(kept)
	}
}

func numbers(n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprint(i))
	}
	return strings.Join(all, ",")
}

// FuzzRead has whatever comes: reading it ends, and gives times in order.
func FuzzRead(f *testing.F) {
	f.Add(calendar(outlookLondon, event("DTSTART;TZID=X:20270308T090000 DTEND:20270308T100000Z RRULE:FREQ=WEEKLY;BYDAY=MO,2TU;UNTIL=20270401 EXDATE:20270315T090000Z RDATE;VALUE=PERIOD:20270316T090000/PT1H")))
	f.Add(calendar(event("DTSTART;VALUE=DATE:20270308 RRULE:FREQ=MONTHLY;BYDAY=-1FR;BYSETPOS=-1;COUNT=9"), event("RECURRENCE-ID;VALUE=DATE:20270308 DTSTART:20270308T090000 DURATION:P1W")))
	f.Add(calendar(event("DTSTART:20270308T090000 RRULE:FREQ=YEARLY;BYWEEKNO=53,-1;BYEASTER=400;BYYEARDAY=-366;WKST=SU")))
	window := rules.Span{From: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC)}
	f.Fuzz(func(t *testing.T, text string) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		got, err := read(ctx, strings.NewReader(text), window)
		if err != nil && got.spans != nil {
			t.Error("an error and times")
		}
		for i, s := range got.spans {
			if !s.From.Before(s.To) || !s.Overlaps(window) || i > 0 && !got.spans[i-1].To.Before(s.From) {
				t.Errorf("%v of %v", s, got.spans)
			}
		}
	})
}
