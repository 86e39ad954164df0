package calendar

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// zone says which moment a wall clock shows. A wall clock's time is held as if it were UTC, so
// that days and hours can be added to it as calendars do. A time that a clock skips in spring
// is read by the offset before, and of one that it shows twice in autumn the first is meant,
// as RFC 5545 says in 3.3.5.
type zone func(wall time.Time) time.Time

// utc is the zone of times that end in Z.
func utc(wall time.Time) time.Time { return wall }

// located is the zone of a place that the time zone database knows.
func located(l *time.Location) zone {
	return func(wall time.Time) time.Time {
		_, before := wall.Add(-day).In(l).Zone()
		_, after := wall.Add(day).In(l).Zone()
		first := wall.Add(-time.Duration(before) * time.Second)
		if _, then := first.In(l).Zone(); then == before || before == after {
			return first
		}
		second := wall.Add(-time.Duration(after) * time.Second)
		if _, then := second.In(l).Zone(); then == after {
			return second
		}
		return first
	}
}

// zones are those that a calendar names, by the names it has for them: the database's where
// it knows the name, and else as the calendar itself defines them, as that of Outlook does
// "GMT Standard Time". What neither knows is taken for Europe/London.
type zones struct {
	defined map[string]*ics.VTimezone
	known   map[string]zone
	until   time.Time // no later time is asked for
}

// newZones reads the definitions that a calendar brings. Those that cannot be read are left out.
func newZones(components []string, until time.Time) *zones {
	z := &zones{defined: map[string]*ics.VTimezone{}, known: map[string]zone{"": located(london)}, until: until}
	for _, text := range components {
		c, err := parse(text)
		if err != nil || len(c.Timezones()) == 0 {
			continue
		}
		t := c.Timezones()[0]
		z.defined[valueOf(&t.ComponentBase, "TZID")] = t
	}
	return z
}

// named returns the zone of that name.
func (z *zones) named(name string) zone {
	found, known := z.known[name]
	if !known {
		found = z.find(name)
		z.known[name] = found
	}
	return found
}

func (z *zones) find(name string) zone {
	if l, err := time.LoadLocation(name); err == nil && name != "Local" {
		return located(l)
	}
	if t := z.defined[name]; t != nil {
		if shifts := shiftsOf(t, z.until); len(shifts) > 0 {
			return shifted(shifts)
		}
	}
	return located(london)
}

// shift is a change of the clocks: from the moment at which they show the time at, they are
// so far ahead of UTC instead.
type shift struct {
	at       time.Time // as a wall clock shows it before the change
	from, to time.Duration
}

// shifted is the zone whose clocks change so, in order of time.
func shifted(shifts []shift) zone {
	return func(wall time.Time) time.Time {
		n := sort.Search(len(shifts), func(i int) bool {
			return wall.Before(shifts[i].at.Add(max(0, shifts[i].to-shifts[i].from)))
		})
		if n == 0 {
			return wall.Add(-shifts[0].from)
		}
		return wall.Add(-shifts[n-1].to)
	}
}

// shiftsMost is how many changes of clocks are worked out for a zone: in 1601 Outlook begins.
const shiftsMost = 2000

// shiftsOf are the changes of the clocks that a calendar defines, in order of time.
func shiftsOf(t *ics.VTimezone, until time.Time) []shift {
	var shifts []shift
	for _, c := range t.Components {
		var base *ics.ComponentBase
		switch c := c.(type) {
		case *ics.Standard:
			base = &c.ComponentBase
		case *ics.Daylight:
			base = &c.ComponentBase
		default:
			continue
		}
		from, okFrom := offsetOf(valueOf(base, "TZOFFSETFROM"))
		to, okTo := offsetOf(valueOf(base, "TZOFFSETTO"))
		onset, err := time.Parse(wallForm, valueOf(base, "DTSTART"))
		if !okFrom || !okTo || err != nil {
			continue
		}
		add := func(at time.Time) bool {
			shifts = append(shifts, shift{at, from, to})
			return len(shifts) < shiftsMost
		}
		add(onset)
		if rule, err := ruleOf(valueOf(base, "RRULE"), onset, until); err == nil {
			rule(add)
		}
	}
	slices.SortFunc(shifts, func(a, b shift) int { return a.at.Compare(b.at) })
	return shifts
}

// offsetOf reads an offset such as +0100.
func offsetOf(s string) (time.Duration, bool) {
	digits := strings.TrimLeft(s, "+-")
	if len(s)-len(digits) != 1 || len(digits) != 4 && len(digits) != 6 {
		return 0, false
	}
	n, err := strconv.ParseUint(digits+strings.Repeat("0", 6-len(digits)), 10, 32)
	offset := time.Duration(n/10000)*time.Hour + time.Duration(n/100%100)*time.Minute + time.Duration(n%100)*time.Second
	if s[0] == '-' {
		offset = -offset
	}
	return offset, err == nil && offset.Abs() < day
}
