package calendar

import (
	"errors"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/teambition/rrule-go"

	"referralbot/rules"
)

const day = 24 * time.Hour

// How calendars write days and times.
const (
	dayForm  = "20060102"
	wallForm = "20060102T150405"
)

// errUnreadable: nobody can tell the times of an entry.
var errUnreadable = errors.New("unreadable")

// reading is a time on the clock of a zone.
type reading struct {
	wall time.Time
	zone zone
	day  bool // the whole day
}

// moment is when the clock shows it, UTC.
func (r reading) moment() time.Time { return r.zone(r.wall) }

// entry is one entry of a calendar: when it is, and nothing of what.
type entry struct {
	uid   string
	of    *reading // the time that it has instead of, where it is one out of many; or nil
	start reading
	// How long it lasts: days as calendars count them, which on two days a year are not 24
	// hours, and then hours as clocks do.
	days  int
	hours time.Duration
	rule  string // when it comes again, "" for never
	more  []rules.Span
	not   map[int64]bool // the moments at which it does not
	free  bool           // whoever it is for is free all the same, or it is cancelled
}

// freeFor are the states in Outlook in which somebody can be rung.
var freeFor = map[string]bool{"FREE": true, "WORKINGELSEWHERE": true}

// entry reads one component.
func (z *zones) entry(text string) (entry, error) {
	c, err := parse(text)
	if err != nil || len(c.Events()) == 0 {
		return entry{}, errUnreadable
	}
	event := &c.Events()[0].ComponentBase
	e := entry{
		uid: valueOf(event, "UID"), rule: valueOf(event, "RRULE"), not: map[int64]bool{},
		free: strings.EqualFold(valueOf(event, "STATUS"), "CANCELLED") ||
			strings.EqualFold(valueOf(event, "TRANSP"), "TRANSPARENT") ||
			freeFor[strings.ToUpper(valueOf(event, "X-MICROSOFT-CDO-BUSYSTATUS"))],
	}
	starts, err := z.readings(event, "DTSTART")
	if err != nil || len(starts) != 1 {
		return entry{}, errUnreadable
	}
	e.start = starts[0]
	of, errOf := z.readings(event, "RECURRENCE-ID")
	if len(of) > 0 {
		e.of, e.rule = &of[0], ""
	}
	not, errNot := z.readings(event, "EXDATE")
	for _, r := range not {
		e.not[r.moment().Unix()] = true
	}
	return e, errors.Join(errOf, errNot, e.measure(z, event), e.addMore(z, event))
}

// measure finds out how long the entry lasts.
func (e *entry) measure(z *zones, event *ics.ComponentBase) error {
	ends, err := z.readings(event, "DTEND")
	duration := valueOf(event, "DURATION")
	switch {
	case err != nil:
		return err
	case len(ends) > 0 && ends[0].day && e.start.day:
		e.days = int(ends[0].wall.Sub(e.start.wall) / day)
	case len(ends) > 0:
		e.hours = ends[0].moment().Sub(e.start.moment())
	case duration != "":
		e.days, e.hours, err = durationOf(duration)
	case e.start.day:
		e.days = 1
	}
	return err
}

// addMore reads the times that the entry has besides.
func (e *entry) addMore(z *zones, event *ics.ComponentBase) error {
	for _, p := range propertiesOf(event, "RDATE") {
		for _, value := range strings.Split(p.Value, ",") {
			from, to, period := strings.Cut(value, "/")
			r, err := z.reading(p, from)
			if err != nil {
				return err
			}
			s := e.span(r)
			if period {
				if s.To, err = z.endOf(p, r, to); err != nil {
					return err
				}
			}
			e.more = append(e.more, s)
		}
	}
	return nil
}

// endOf reads the end of a period that begins at from: a time, or how long it lasts.
func (z *zones) endOf(p *ics.BaseProperty, from reading, to string) (time.Time, error) {
	if strings.HasPrefix(to, "P") {
		days, hours, err := durationOf(to)
		return entry{days: days, hours: hours}.span(from).To, err
	}
	end, err := z.reading(p, to)
	if err != nil {
		return time.Time{}, err
	}
	return end.moment(), nil
}

// span is the time of the entry when it begins at r.
func (e entry) span(r reading) rules.Span {
	return rules.Span{From: r.moment(), To: r.zone(r.wall.Add(time.Duration(e.days) * day)).Add(e.hours)}
}

// again reports whether the entry comes more than once.
func (e entry) again() bool { return e.rule != "" || len(e.more) > 0 }

// each calls see with every time of the entry that could be within window, as long as see
// returns true. It returns errUnreadable if the rule is none that can be followed.
func (e entry) each(window rules.Span, see func(rules.Span) bool) error {
	goOn := true
	show := func(s rules.Span) bool {
		goOn = goOn && (e.not[s.From.Unix()] || see(s))
		return goOn
	}
	show(e.span(e.start)) // even where the rule does not meet it: rather busy than not
	for _, s := range e.more {
		show(s)
	}
	if e.rule == "" || !goOn {
		return nil
	}
	walls, err := ruleOf(e.rule, e.start.wall, window.To.Add(day))
	if err != nil {
		return err
	}
	last := untilOf(e.rule)
	for wall := range walls {
		s := e.span(reading{wall: wall, zone: e.start.zone})
		if !last(wall, s.From) || !show(s) {
			break
		}
	}
	return nil
}

// The bounds of a rule. More than once a day neither Outlook nor Google lets anything come.
const (
	ruleMost     = 500    // characters
	intervalMost = 10_000 // days, weeks, months or years between two times
	timesMost    = 24     // a day
)

// ruleOf follows a rule by the wall clock, from start to the first time after until or to the
// rule's own end, give or take a day. It returns errUnreadable if the rule is none, or none
// that can be followed in reasonable time.
func ruleOf(text string, start, until time.Time) (iter.Seq[time.Time], error) {
	o, err := rrule.StrToROption(strings.ToUpper(strings.TrimSpace(text)))
	if err != nil || len(text) > ruleMost || o.Freq > rrule.DAILY || o.Interval > intervalMost ||
		max(1, len(o.Byhour))*max(1, len(o.Byminute))*max(1, len(o.Bysecond)) > timesMost {
		return nil, errUnreadable
	}
	if end := o.Until.Add(2 * day); o.Until.IsZero() || end.After(until) {
		o.Until = until
	} else {
		o.Until = end
	}
	o.Dtstart = start
	rule, err := rrule.NewRRule(*o)
	if err != nil {
		return nil, errUnreadable
	}
	return func(yield func(time.Time) bool) {
		next := rule.Iterator()
		for wall, ok := next(); ok && yield(wall); wall, ok = next() {
		}
	}, nil
}

var untilPart = regexp.MustCompile(`(?i)UNTIL=([0-9]{8})(T[0-9]{6})?(Z?)`)

// untilOf returns whether a time is not after the end that a rule states: a day, a time on the
// wall clock, or a moment.
func untilOf(rule string) func(wall, moment time.Time) bool {
	m := untilPart.FindStringSubmatch(rule)
	if m == nil {
		return func(time.Time, time.Time) bool { return true }
	}
	if m[2] == "" {
		last, _ := time.Parse(dayForm, m[1])
		return func(wall, _ time.Time) bool { return wall.Before(last.Add(day)) }
	}
	last, _ := time.Parse(wallForm, m[1]+strings.ToUpper(m[2]))
	return func(wall, moment time.Time) bool {
		if m[3] != "" {
			wall = moment
		}
		return !wall.After(last)
	}
}

// readings reads every time of a property, which may be there several times and have several
// times.
func (z *zones) readings(c *ics.ComponentBase, name string) ([]reading, error) {
	var all []reading
	for _, p := range propertiesOf(c, name) {
		for _, value := range strings.Split(p.Value, ",") {
			r, err := z.reading(p, value)
			if err != nil {
				return nil, err
			}
			all = append(all, r)
		}
	}
	return all, nil
}

// reading reads one time of a property.
func (z *zones) reading(p *ics.BaseProperty, value string) (reading, error) {
	value = strings.ToUpper(strings.TrimSpace(value))
	if wall, err := time.Parse(dayForm, value); err == nil {
		return reading{wall, z.named(""), true}, nil
	}
	if wall, err := time.Parse(wallForm+"Z", value); err == nil {
		return reading{wall, utc, false}, nil
	}
	wall, err := time.Parse(wallForm, value)
	if err != nil {
		return reading{}, errUnreadable
	}
	return reading{wall, z.named(parameterOf(p, "TZID")), false}, nil
}

var lasting = regexp.MustCompile(`^\+?P(?:([0-9]{1,4})W)?(?:([0-9]{1,4})D)?(?:T(?:([0-9]{1,5})H)?(?:([0-9]{1,5})M)?(?:([0-9]{1,6})S)?)?$`)

// durationOf reads a duration such as P1DT2H, by its days and its hours.
func durationOf(s string) (days int, hours time.Duration, err error) {
	m := lasting.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(s)))
	if m == nil {
		return 0, 0, errUnreadable
	}
	n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v }
	hours = time.Duration(n(3))*time.Hour + time.Duration(n(4))*time.Minute + time.Duration(n(5))*time.Second
	return n(1)*7 + n(2), hours, nil
}

// parse parses one component.
func parse(component string) (*ics.Calendar, error) {
	return ics.ParseCalendar(strings.NewReader("BEGIN:VCALENDAR\r\n" + component + "END:VCALENDAR\r\n"))
}

// propertiesOf are the properties of that name; names are written in either case.
func propertiesOf(c *ics.ComponentBase, name string) []*ics.BaseProperty {
	var all []*ics.BaseProperty
	for i := range c.Properties {
		if strings.EqualFold(c.Properties[i].IANAToken, name) {
			all = append(all, &c.Properties[i].BaseProperty)
		}
	}
	return all
}

// valueOf is the value of the first property of that name, "" if there is none.
func valueOf(c *ics.ComponentBase, name string) string {
	if all := propertiesOf(c, name); len(all) > 0 {
		return strings.TrimSpace(all[0].Value)
	}
	return ""
}

// parameterOf is the value of a property's parameter, "" if it has none.
func parameterOf(p *ics.BaseProperty, name string) string {
	for key, values := range p.ICalParameters {
		if strings.EqualFold(key, name) && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}
