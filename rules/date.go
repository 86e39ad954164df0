package rules

import (
	"cmp"
	"fmt"
	"sync"
	"time"
	_ "time/tzdata" // the zone must be the same on a machine without zone files
)

// Date is a day of the civil calendar, or a month when Day is 0. It has no time and no
// zone, so it cannot slip a day on its way through UTC. The zero Date is no date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day it is in Europe/London at t.
func DateOf(t time.Time) Date {
	return civil(t.In(london()))
}

var london = sync.OnceValue(func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // the zones are embedded
	}
	return l
})

// ParseISODate reads "2026-11-23" or, for a month, "2026-11". It reports false for
// anything else, days that do not exist included.
func ParseISODate(s string) (Date, bool) {
	layout, month := time.DateOnly, len(s) == len("2006-01")
	if month {
		layout = "2006-01"
	} else if len(s) != len(layout) {
		return Date{}, false // before the parser, whose errors are dear
	}
	t, err := time.Parse(layout, s)
	if err != nil || t.Year() == 0 {
		return Date{}, false
	}
	d := civil(t)
	if month {
		d.Day = 0
	}
	return d, true
}

// String returns the form that ParseISODate reads, or "" for no date.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Words returns the date as people write it: "3 April 2024", or "April 2024" for a month.
func (d Date) Words() string {
	switch {
	case d.IsZero():
		return ""
	case d.Day == 0:
		return fmt.Sprintf("%s %d", d.Month, d.Year)
	}
	return fmt.Sprintf("%d %s %d", d.Day, d.Month, d.Year)
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Compare returns -1, 0 or +1 as d is before, the same as or after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// First returns the first day d can mean: the first of the month, or d itself.
func (d Date) First() Date {
	if d.Day == 0 {
		d.Day = 1
	}
	return d
}

// Last returns the last day d can mean: the last of the month, or d itself.
func (d Date) Last() Date {
	if d.Day == 0 {
		return civil(time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC))
	}
	return d
}

// AddDays returns the day n days after d.
func (d Date) AddDays(n int) Date { return civil(d.midnight().AddDate(0, 0, n)) }

// AddYears returns the same day n years on; 29 February becomes 1 March in a year
// that has none.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// AddMonths returns the same day n months on, running over into the next month where
// there is no such day.
func (d Date) AddMonths(n int) Date { return civil(d.midnight().AddDate(0, n, 0)) }

// DaysUntil returns the number of days from d to e, negative if e is the earlier.
func (d Date) DaysUntil(e Date) int {
	return int(e.midnight().Sub(d.midnight()) / (24 * time.Hour))
}

func (d Date) midnight() time.Time {
	d = d.First()
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

func civil(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}
