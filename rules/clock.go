package rules

import (
	"slices"
	"time"
)

// Calendar tells when a service works, in Europe/London. Every time it returns is in UTC.
// It is of a profile that ParseService has read, so there is always a next working day.
type Calendar struct {
	days     [7]bool       // by time.Weekday
	from, to time.Duration // by the clock on the wall
	digest   time.Duration
	closed   map[Date]bool
	s        *Service
}

// Calendar returns the calendar of the profile.
func (s *Service) Calendar() Calendar {
	c := Calendar{
		from: wallClock(s.WorkingHours.From), to: wallClock(s.WorkingHours.To), digest: wallClock(s.Triage.DigestAt),
		closed: make(map[Date]bool, len(s.Closed)), s: s,
	}
	for i := range c.days {
		c.days[i] = slices.Contains(s.WorkingHours.Days, time.Weekday(i).String()[:3])
	}
	for _, day := range s.Closed {
		d, _ := ParseISODate(day)
		c.closed[d] = true
	}
	return c
}

// wallClock reads "09:00" as the time since midnight.
func wallClock(s string) time.Duration {
	t, _ := time.Parse("15:04", s)
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// IsWorkingDay reports whether the service works on d: a day of its week that is neither a
// bank holiday nor closed by the profile.
func (c Calendar) IsWorkingDay(d Date) bool {
	return c.days[d.weekday()] && !c.closed[d] && BankHoliday(d) == ""
}

// IsOpen reports whether the service works at t: from the opening on, until the closing.
func (c Calendar) IsOpen(t time.Time) bool {
	d := DateOf(t)
	return c.IsWorkingDay(d) && !t.Before(c.opening(d)) && t.Before(c.closing(d))
}

// NextOpen returns t while the service works, and otherwise its next opening.
func (c Calendar) NextOpen(t time.Time) time.Time {
	d := DateOf(t)
	if !t.Before(c.closing(d)) {
		d = d.AddDays(1)
	}
	return later(t.UTC(), c.opening(c.workingDay(d)))
}

// TellAt returns when the team may be told what came up at t: at once while the service
// works, or always if the profile says out_of_hours; otherwise at its next opening.
func (c Calendar) TellAt(t time.Time) time.Time {
	if c.s.Triage.OutOfHours {
		return t.UTC()
	}
	return c.NextOpen(t)
}

// NextWorkingMorning returns the first opening after t.
func (c Calendar) NextWorkingMorning(t time.Time) time.Time { return c.next(c.from, t) }

// NextDigest returns when after t the next digest is due.
func (c Calendar) NextDigest(t time.Time) time.Time { return c.next(c.digest, t) }

// next returns when after t it is next such a time of a working day.
func (c Calendar) next(clock time.Duration, t time.Time) time.Time {
	d := DateOf(t)
	if !t.Before(wallTime(d, clock)) {
		d = d.AddDays(1)
	}
	return wallTime(c.workingDay(d), clock)
}

// AddWorkingHours returns the first moment at which the service works and n hours of its
// work have passed since t. Four hours from 13:00 are over at 17:00; where that is the
// closing, the moment is the next opening.
func (c Calendar) AddWorkingHours(t time.Time, n int) time.Time {
	left := time.Duration(n) * time.Hour
	for {
		t = c.NextOpen(t)
		closing := c.closing(DateOf(t))
		if t.Add(left).Before(closing) {
			return t.Add(left)
		}
		left -= closing.Sub(t)
		t = closing
	}
}

// AddWorkingDays returns the same time of day n working days after t. What begins while the
// service is closed begins with its next opening.
func (c Calendar) AddWorkingDays(t time.Time, n int) time.Time {
	t = c.NextOpen(t)
	d, local := DateOf(t), t.In(london())
	clock := time.Duration(local.Hour())*time.Hour + time.Duration(local.Minute())*time.Minute +
		time.Duration(local.Second())*time.Second + time.Duration(local.Nanosecond())
	for range n {
		d = c.workingDay(d.AddDays(1))
	}
	return c.NextOpen(wallTime(d, clock)) // the hour that comes twice may lie before the opening the next day
}

// workingDay returns d or, if it is none, the first working day after it.
func (c Calendar) workingDay(d Date) Date {
	for !c.IsWorkingDay(d) {
		d = d.AddDays(1)
	}
	return d
}

func (c Calendar) opening(d Date) time.Time { return wallTime(d, c.from) }

func (c Calendar) closing(d Date) time.Time { return wallTime(d, c.to) }

// wallTime returns when clocks in London show so long after midnight on d: the first time
// if they do so twice, and the moment they go forward if they never do. (time.Date
// promises neither.)
func wallTime(d Date, clock time.Duration) time.Time {
	shown := d.midnight().Add(clock)
	for _, near := range []time.Time{shown.AddDate(0, 0, -1), shown.AddDate(0, 0, 1)} {
		if t := shown.Add(-ahead(near)); ahead(t) == ahead(near) {
			return t
		}
	}
	_, forward := shown.AddDate(0, 0, -1).In(london()).ZoneBounds()
	return forward.UTC()
}

// ahead is by how much the clocks in London are ahead of UTC at t: by less than nothing
// before 1847.
func ahead(t time.Time) time.Duration {
	_, seconds := t.In(london()).Zone()
	return time.Duration(seconds) * time.Second
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
