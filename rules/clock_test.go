package rules

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// profile is the built-in one with a change.
func profile(change func(*Service)) Calendar {
	s := *DefaultService()
	change(&s)
	return s.Calendar()
}

func asBuiltIn(*Service) {}

func inWorkingDays(s *Service) { s.ConfirmReceipt.Working = true }

func outOfHours(s *Service) { s.Triage.OutOfHours = true }

// partTime works three days a week and not at Christmas.
func partTime(s *Service) {
	s.WorkingHours = Hours{Days: []string{"Mon", "Wed", "Thu"}, From: "08:30", To: "16:45"}
	s.Closed = []string{"2026-12-24", "2026-12-30", "2026-12-31", "2027-12-29", "2027-12-30"}
}

// nightly works through the hour that comes twice, or never.
func nightly(s *Service) {
	s.WorkingHours = Hours{Days: weekdays, From: "01:30", To: "05:30"}
	s.Triage.RemindAfterHours = 2
}

const stamp = "Mon 2006-01-02 15:04" // a moment as the tests write it, in Europe/London

// moment reads "Mon 2026-11-23 10:00".
func moment(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation(stamp, s, london())
	if err != nil {
		t.Fatal(err)
	}
	if at.Format(stamp) != s {
		t.Fatalf("%s is a %s", s, at.Weekday())
	}
	return at
}

func stopped(t *testing.T, from, to string) Pause {
	p := Pause{From: moment(t, from)}
	if to != "" {
		p.To = moment(t, to)
	}
	return p
}

// told writes steps as the tests do.
func told(steps []ClockStep) string {
	var lines []string
	for _, s := range steps {
		lines = append(lines, s.Name+" "+s.At.In(london()).Format(stamp))
	}
	return strings.Join(lines, "\n")
}

func TestDueAt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		received string
		calendar Calendar
		pauses   []Pause
		want     string
	}{
		{"calendar days", "Mon 2026-11-23 10:00", profile(asBuiltIn), nil, "2026-11-28T23:59:59Z"},
		{"just after midnight of summer time", "Tue 2026-06-02 00:30", profile(asBuiltIn), nil, "2026-06-07T22:59:59Z"},
		{"into summer time", "Thu 2027-03-25 10:00", profile(asBuiltIn), nil, "2027-03-30T22:59:59Z"},
		{"out of summer time", "Thu 2027-10-28 10:00", profile(asBuiltIn), nil, "2027-11-02T23:59:59Z"},
		{"working days", "Thu 2026-11-26 10:00", profile(inWorkingDays), nil, "2026-12-03T23:59:59Z"},
		{"working days, received on a Sunday", "Sun 2026-11-29 10:00", profile(inWorkingDays), nil, "2026-12-04T23:59:59Z"},
		{"working days over Christmas and New Year", "Wed 2026-12-23 10:00", profile(inWorkingDays), nil, "2027-01-04T23:59:59Z"},
		{"working days over closed days", "Wed 2026-12-23 10:00", profile(func(s *Service) { inWorkingDays(s); partTime(s) }), nil, "2027-01-13T23:59:59Z"},
		{"stopped within a day", "Mon 2026-11-23 10:00", profile(asBuiltIn), []Pause{stopped(t, "Tue 2026-11-24 09:00", "Tue 2026-11-24 23:59")}, "2026-11-28T23:59:59Z"},
		{"stopped over two midnights", "Mon 2026-11-23 10:00", profile(asBuiltIn), []Pause{stopped(t, "Tue 2026-11-24 09:00", "Thu 2026-11-26 08:00")}, "2026-11-30T23:59:59Z"},
		{"stopped from the first day, over the change of clocks", "Sat 2027-03-27 10:00", profile(asBuiltIn), []Pause{stopped(t, "Sat 2027-03-27 12:00", "Mon 2027-03-29 08:00")}, "2027-04-03T22:59:59Z"},
		{"stopped twice, overlapping, in no order", "Mon 2026-11-23 10:00", profile(asBuiltIn), []Pause{stopped(t, "Wed 2026-11-25 09:00", "Fri 2026-11-27 08:00"), stopped(t, "Tue 2026-11-24 09:00", "Thu 2026-11-26 08:00")}, "2026-12-01T23:59:59Z"},
		{"a weekend stopped is no working day lost", "Mon 2026-11-23 10:00", profile(inWorkingDays), []Pause{stopped(t, "Sat 2026-11-28 09:00", "Mon 2026-11-30 08:00")}, "2026-11-30T23:59:59Z"},
		{"stopped still", "Mon 2026-11-23 10:00", profile(asBuiltIn), []Pause{stopped(t, "Tue 2026-11-24 09:00", "")}, "0001-01-01T00:00:00Z"},
		{"stopped only after it was due", "Mon 2026-11-23 10:00", profile(asBuiltIn), []Pause{stopped(t, "Mon 2026-11-30 09:00", "")}, "2026-11-28T23:59:59Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := c.calendar.DueAt(moment(t, c.received), c.pauses...).Format(time.RFC3339); got != c.want {
				t.Errorf("due %s, want %s", got, c.want)
			}
		})
	}
}

func TestReceiptSteps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		received string
		calendar Calendar
		pauses   []Pause
		want     []string
	}{
		{"in the week", "Mon 2026-11-23 10:00", profile(asBuiltIn), nil,
			[]string{"Thu 2026-11-26 09:00", "Fri 2026-11-27 09:00", "Sun 2026-11-29 00:00"}},
		{"at any hour of the day", "Mon 2026-11-23 23:59", profile(asBuiltIn), nil,
			[]string{"Thu 2026-11-26 09:00", "Fri 2026-11-27 09:00", "Sun 2026-11-29 00:00"}},
		{"the lead's day is closed, and so is the last", "Tue 2026-11-24 10:00", profile(asBuiltIn), nil,
			[]string{"Fri 2026-11-27 09:00", "Fri 2026-11-27 13:00", "Mon 2026-11-30 00:00"}},
		{"both days are closed, and the last is open", "Wed 2026-11-25 10:00", profile(asBuiltIn), nil,
			[]string{"Mon 2026-11-30 09:00", "Mon 2026-11-30 13:00", "Tue 2026-12-01 00:00"}},
		{"the reminder's day is closed", "Fri 2026-11-27 10:00", profile(asBuiltIn), nil,
			[]string{"Mon 2026-11-30 09:00", "Tue 2026-12-01 09:00", "Thu 2026-12-03 00:00"}},
		{"Easter, and the clocks go forward", "Wed 2027-03-24 10:00", profile(asBuiltIn), nil,
			[]string{"Thu 2027-03-25 09:00", "Thu 2027-03-25 13:00", "Tue 2027-03-30 00:00"}},
		{"the same, and the profile lets them come", "Wed 2027-03-24 10:00", profile(outOfHours), nil,
			[]string{"Sat 2027-03-27 09:00", "Sun 2027-03-28 09:00", "Tue 2027-03-30 00:00"}},
		{"no opening until the promise is broken", "Thu 2026-12-24 10:00", profile(func(s *Service) { s.Closed = []string{"2026-12-24", "2026-12-29"} }), nil,
			[]string{"Sun 2026-12-27 09:00", "Mon 2026-12-28 09:00", "Wed 2026-12-30 00:00"}},
		{"working days", "Thu 2026-11-26 10:00", profile(inWorkingDays), nil,
			[]string{"Tue 2026-12-01 09:00", "Wed 2026-12-02 09:00", "Fri 2026-12-04 00:00"}},
		{"both on one day by the profile", "Mon 2026-11-23 10:00", profile(func(s *Service) { s.ConfirmReceipt = ConfirmReceipt{Days: 1, RemindOn: 1, LeadOn: 1} }), nil,
			[]string{"Tue 2026-11-24 09:00", "Tue 2026-11-24 13:00", "Wed 2026-11-25 00:00"}},
		{"stopped over two midnights", "Mon 2026-11-23 10:00", profile(asBuiltIn), []Pause{stopped(t, "Tue 2026-11-24 09:00", "Thu 2026-11-26 08:00")},
			[]string{"Mon 2026-11-30 09:00", "Mon 2026-11-30 13:00", "Tue 2026-12-01 00:00"}},
		{"stopped at the opening", "Mon 2026-11-23 10:00", profile(asBuiltIn), []Pause{stopped(t, "Thu 2026-11-26 08:00", "Thu 2026-11-26 15:00")},
			[]string{"Thu 2026-11-26 15:00", "Fri 2026-11-27 09:00", "Sun 2026-11-29 00:00"}},
		{"stopped at the opening, until the evening", "Mon 2026-11-23 10:00", profile(asBuiltIn), []Pause{stopped(t, "Thu 2026-11-26 08:00", "Thu 2026-11-26 20:00")},
			[]string{"Fri 2026-11-27 09:00", "Fri 2026-11-27 13:00", "Sun 2026-11-29 00:00"}},
		{"both on one day, stopped until the evening, and the profile lets them come", "Mon 2026-11-23 10:00", profile(func(s *Service) { outOfHours(s); s.ConfirmReceipt = ConfirmReceipt{Days: 1, RemindOn: 1, LeadOn: 1} }),
			[]Pause{stopped(t, "Tue 2026-11-24 08:00", "Tue 2026-11-24 20:00")},
			[]string{"Tue 2026-11-24 20:00", "Tue 2026-11-24 22:00", "Wed 2026-11-25 00:00"}},
		{"stopped for the rest of the reminder's day, which is the last", "Wed 2026-11-25 10:00", profile(asBuiltIn), []Pause{stopped(t, "Mon 2026-11-30 10:00", "Mon 2026-11-30 20:00")},
			[]string{"Mon 2026-11-30 09:00", "Mon 2026-11-30 09:00", "Tue 2026-12-01 00:00"}},
		{"stopped until the end of the only day", "Mon 2026-11-23 10:00", profile(func(s *Service) { s.ConfirmReceipt = ConfirmReceipt{Days: 1, RemindOn: 1, LeadOn: 1} }),
			[]Pause{stopped(t, "Tue 2026-11-24 08:00", "Wed 2026-11-25 00:00")},
			[]string{"Wed 2026-11-25 00:00", "Wed 2026-11-25 00:00", "Wed 2026-11-25 00:00"}},
		{"stopped still", "Mon 2026-11-23 10:00", profile(asBuiltIn), []Pause{stopped(t, "Tue 2026-11-24 09:00", "")}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var want []string
			for i, at := range c.want {
				want = append(want, []string{ReceiptRemind, ReceiptLead, ReceiptBreach}[i]+" "+at)
			}
			if diff := cmp.Diff(strings.Join(want, "\n"), told(c.calendar.ReceiptSteps(moment(t, c.received), c.pauses...))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestClaimSteps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, since, remind, escalate string }{
		{"in the morning", "Mon 2026-11-23 10:00", "Mon 2026-11-23 14:00", "Tue 2026-11-24 10:00"},
		{"until the closing", "Mon 2026-11-23 13:00", "Tue 2026-11-24 09:00", "Tue 2026-11-24 13:00"},
		{"over a night", "Mon 2026-11-23 15:30", "Tue 2026-11-24 11:30", "Tue 2026-11-24 15:30"},
		{"over a weekend", "Fri 2026-11-27 16:59", "Mon 2026-11-30 12:59", "Mon 2026-11-30 16:59"},
		{"at the closing", "Fri 2026-11-27 17:00", "Mon 2026-11-30 13:00", "Tue 2026-12-01 09:00"},
		{"before the opening", "Mon 2026-11-23 03:00", "Mon 2026-11-23 13:00", "Tue 2026-11-24 09:00"},
		{"on a Sunday", "Sun 2026-11-29 12:00", "Mon 2026-11-30 13:00", "Tue 2026-12-01 09:00"},
		{"over Christmas", "Thu 2026-12-24 16:00", "Tue 2026-12-29 12:00", "Tue 2026-12-29 16:00"},
		{"over Easter and the change of clocks", "Thu 2027-03-25 16:00", "Tue 2027-03-30 12:00", "Tue 2027-03-30 16:00"},
		{"over the other change of clocks", "Fri 2027-10-29 16:00", "Mon 2027-11-01 12:00", "Mon 2027-11-01 16:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			calendar, since := profile(asBuiltIn), moment(t, c.since)
			want := UnclaimedRemind + " " + c.remind + "\n" + UnclaimedEscalate + " " + c.escalate + "\n" + Release + " " + c.escalate
			if diff := cmp.Diff(want, told(append(calendar.UnclaimedSteps(since), calendar.ClaimedSteps(since)...))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	if got := profile(asBuiltIn).AddWorkingHours(moment(t, "Mon 2026-11-23 15:30").Add(time.Second+time.Nanosecond), 4); !got.Equal(moment(t, "Tue 2026-11-24 11:30").Add(time.Second + time.Nanosecond)) {
		t.Errorf("a second later: %s", got)
	}
}

// TestAddWorkingDaysFromTheHourThatComesTwice: a time of day that is open when the clocks go
// back is not open on the day after.
func TestAddWorkingDaysFromTheHourThatComesTwice(t *testing.T) {
	t.Parallel()
	again := time.Date(2028, time.October, 29, 1, 15, 0, 0, time.UTC) // a quarter past one, the second time
	if got, want := profile(nightly).AddWorkingDays(again, 1), moment(t, "Mon 2028-10-30 01:30"); !got.Equal(want) {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestMornings(t *testing.T) {
	t.Parallel()
	late := func(s *Service) { s.Triage.DigestAt = "09:30" }
	for _, c := range []struct{ at, open, tell, morning, digest string }{
		{"Mon 2026-11-23 08:59", "Mon 2026-11-23 09:00", "Mon 2026-11-23 09:00", "Mon 2026-11-23 09:00", "Mon 2026-11-23 09:30"},
		{"Mon 2026-11-23 09:00", "Mon 2026-11-23 09:00", "Mon 2026-11-23 09:00", "Tue 2026-11-24 09:00", "Mon 2026-11-23 09:30"},
		{"Fri 2026-11-27 16:59", "Fri 2026-11-27 16:59", "Fri 2026-11-27 16:59", "Mon 2026-11-30 09:00", "Mon 2026-11-30 09:30"},
		{"Fri 2026-11-27 17:00", "Mon 2026-11-30 09:00", "Mon 2026-11-30 09:00", "Mon 2026-11-30 09:00", "Mon 2026-11-30 09:30"},
		{"Fri 2026-12-25 12:00", "Tue 2026-12-29 09:00", "Tue 2026-12-29 09:00", "Tue 2026-12-29 09:00", "Tue 2026-12-29 09:30"},
	} {
		calendar, at := profile(late), moment(t, c.at)
		for _, x := range []struct {
			name string
			got  time.Time
			want string
		}{
			{"NextOpen", calendar.NextOpen(at), c.open},
			{"TellAt", calendar.TellAt(at), c.tell},
			{"TellAt, at any hour", profile(outOfHours).TellAt(at), c.at},
			{"NextWorkingMorning", calendar.NextWorkingMorning(at), c.morning},
			{"NextDigest", calendar.NextDigest(at), c.digest},
		} {
			if got := x.got.In(london()).Format(stamp); got != x.want || x.got.Location() != time.UTC {
				t.Errorf("%s(%s) = %s in %s, want %s", x.name, c.at, got, x.got.Location(), x.want)
			}
		}
	}
}

// TestClocksOfNoTime: what was never received, as a mistake of ours would have it, has its steps like
// anything else, and keeps nobody waiting for them.
func TestClocksOfNoTime(t *testing.T) {
	t.Parallel()
	c := profile(asBuiltIn)
	for _, steps := range [][]ClockStep{c.ReceiptSteps(time.Time{}), c.UnclaimedSteps(time.Time{}), c.ClaimedSteps(time.Time{})} {
		if len(steps) == 0 || steps[0].At.Year() != 1 {
			t.Errorf("%s", told(steps))
		}
	}
}

// TestWallTime: what the clocks show twice is the first, what they never show is the change.
func TestWallTime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ day, clock, want string }{
		{"2027-03-28", "00:59", "2027-03-28T00:59:00Z"},
		{"2027-03-28", "01:30", "2027-03-28T01:00:00Z"},
		{"2027-03-28", "02:00", "2027-03-28T01:00:00Z"},
		{"2027-10-31", "01:30", "2027-10-31T00:30:00Z"},
		{"2027-10-31", "02:00", "2027-10-31T02:00:00Z"},
		{"2028-03-26", "01:00", "2028-03-26T01:00:00Z"},
		{"2028-10-29", "01:00", "2028-10-29T00:00:00Z"},
		{"2026-07-01", "00:00", "2026-06-30T23:00:00Z"},
		{"2026-12-01", "00:00", "2026-12-01T00:00:00Z"},
		{"2099-07-01", "09:00", "2099-07-01T08:00:00Z"},
		{"1846-07-01", "09:00", "1846-07-01T09:01:15Z"}, // London's own time, before it kept Greenwich's
	} {
		d, _ := ParseISODate(c.day)
		if got := wallTime(d, wallClock(c.clock)).Format(time.RFC3339); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.day, c.clock, got, c.want)
		}
	}
}
