package rules

import (
	"testing"
	"time"
)

func TestDateOf(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{
		"2026-08-30T22:59:59Z":      "2026-08-30",
		"2026-08-30T23:00:00Z":      "2026-08-31", // midnight by summer time
		"2026-11-23T23:59:59Z":      "2026-11-23",
		"2026-11-23T23:59:59-05:00": "2026-11-24",
	} {
		when, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := DateOf(when).String(); got != want {
			t.Errorf("DateOf(%s) = %s, want %s", at, got, want)
		}
	}
}

func TestParseISODate(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Date{
		"2026-11-23": {2026, time.November, 23},
		"2026-11":    {2026, time.November, 0},
		"2024-02-29": {2024, time.February, 29},
		"2026-02-29": {}, "2026-13": {}, "2026-13-01": {}, "2026": {}, "": {}, "23/11/2026": {}, "2026-1-02": {}, "0000-01-01": {}, "202x-01-01": {},
	} {
		got, ok := ParseISODate(text)
		if got != want || ok == want.IsZero() {
			t.Errorf("ParseISODate(%q) = %v, %t", text, got, ok)
		}
		if ok && got.String() != text {
			t.Errorf("%q is written %q", text, got)
		}
	}
}

func TestDateWords(t *testing.T) {
	t.Parallel()
	for _, ex := range []struct {
		d    Date
		want string
	}{{Date{2024, time.April, 3}, "3 April 2024"}, {Date{2024, time.April, 0}, "April 2024"}, {Date{}, ""}} {
		if got := ex.d.Words(); got != ex.want {
			t.Errorf("Words = %q, want %q", got, ex.want)
		}
	}
	if got := (Date{}).String(); got != "" {
		t.Errorf("no date is written %q", got)
	}
}

func TestDateArithmetic(t *testing.T) {
	t.Parallel()
	leap := Date{2024, time.February, 29}
	for _, ex := range []struct {
		name      string
		got, want Date
	}{
		{"two years after 29 February", leap.AddYears(2), Date{2026, time.March, 1}},
		{"four years after 29 February", leap.AddYears(4), Date{2028, time.February, 29}},
		{"24 months", leap.AddMonths(24), Date{2026, time.March, 1}},
		{"the day after", leap.AddDays(1), Date{2024, time.March, 1}},
		{"over a change of clocks", Date{2026, time.March, 28}.AddDays(2), Date{2026, time.March, 30}},
		{"last of a month", Date{2024, time.February, 0}.Last(), leap},
		{"last of December", Date{2024, time.December, 0}.Last(), Date{2024, time.December, 31}},
		{"first of a month", Date{2024, time.February, 0}.First(), Date{2024, time.February, 1}},
		{"a day is its own first and last", leap.First().Last(), leap},
	} {
		if ex.got != ex.want {
			t.Errorf("%s: %s, want %s", ex.name, ex.got, ex.want)
		}
	}
	if n := (Date{2026, time.March, 28}).DaysUntil(Date{2026, time.March, 30}); n != 2 {
		t.Errorf("two days over a change of clocks count %d", n)
	}
	if n := leap.DaysUntil(Date{2024, time.February, 28}); n != -1 {
		t.Errorf("the day before counts %d", n)
	}
	if leap.Compare(leap) != 0 || leap.Compare(leap.AddDays(1)) != -1 || leap.Compare(leap.AddDays(-1)) != 1 {
		t.Error("days compare wrongly")
	}
}
