package rules

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// dateKind says how the dates of one field are understood and which are plausible.
type dateKind struct {
	century   func(c *Case, d Date) Date         // the year meant by two digits
	year      func(c *Case, d Date) (Date, bool) // the year meant by none
	plausible func(c *Case, d Date) Problem
}

var dateKinds = map[Field]dateKind{
	ParentDOB: {century: grownUp, year: noYear, plausible: plausibleParent},
	BabyDOB:   {century: recent, year: noYear, plausible: plausibleBaby},
	EDD:       {century: recent, year: coming, plausible: plausibleDue},
	Screening: {century: recent, year: lately, plausible: plausiblePast},
}

// readDate reads a date, day first, in any of the forms people write. Day and month
// are never swapped in silence: what could be read the other way asks to be confirmed.
func readDate(s *Spec, text string, c *Case) Reading {
	if s.Field == EDD && unknownWords.MatchString(text) {
		return value("unknown")
	}
	d, confirm, p := dateFor(s.Field, text, c)
	if p != ProblemNone {
		return problem(p)
	}
	return Reading{Values: []string{d.String()}, Confirm: confirm}
}

func dateFor(f Field, text string, c *Case) (d Date, confirm bool, p Problem) {
	t, p := parseDate(text, c.Today)
	if p != ProblemNone {
		return Date{}, false, p
	}
	kind, ok := dateKinds[f], true
	switch t.yearDigits {
	case 0:
		if t.date, ok = kind.year(c, t.date); !ok {
			return Date{}, false, ProblemNeedYear
		}
	case 2:
		t.date = kind.century(c, t.date)
	}
	if !exists(t.date) {
		return Date{}, false, ProblemNoSuchDate
	}
	return t.date, t.confirm, kind.plausible(c, t.date)
}

// typed is a date as it was typed. The year has 0, 2 or 4 digits.
type typed struct {
	date       Date
	yearDigits int
	confirm    bool
}

var (
	ageWords  = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:weeks?|wks?|months?|mths?|days?|years?|yrs?|old|pregnant|trimester)(?:$|[^a-z])`)
	dateParts = regexp.MustCompile(`[0-9]+|\pL+`)

	// padding are words that say nothing about which day is meant.
	padding = []string{"st", "nd", "rd", "th", "of", "the", "on", "in", "it", "is", "was", "born", "due", "about", "around",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"}

	relativeDays = map[string]int{"today": 0, "yesterday": -1, "tomorrow": 1}
)

func parseDate(text string, today Date) (typed, Problem) {
	text = strings.ToLower(text)
	if n, ok := relativeDays[strings.Trim(text, " .!")]; ok {
		return typed{date: today.AddDays(n), yearDigits: 4}, ProblemNone
	}
	if ageWords.MatchString(text) {
		return typed{}, ProblemNeedDate
	}
	parts := slices.DeleteFunc(dateParts.FindAllString(text, -1), func(p string) bool { return slices.Contains(padding, p) })
	shape := shapeOf(parts)
	if parse, ok := dateShapes[shape]; ok {
		return parse(parts)
	}
	if text == "" {
		return typed{}, ProblemEmpty
	}
	return typed{}, ProblemDate
}

// shapeOf writes each part as one letter: n for one or two digits, y for four, M for a
// month's name, 6 and 8 for dates run together, ? for anything else.
func shapeOf(parts []string) string {
	shape := make([]byte, len(parts))
	for i, p := range parts {
		shape[i] = shapeOfPart(p)
	}
	return string(shape)
}

func shapeOfPart(p string) byte {
	if p[0] < '0' || p[0] > '9' {
		if monthNamed(p) != 0 {
			return 'M'
		}
		return '?'
	}
	switch len(p) {
	case 1, 2:
		return 'n'
	case 4:
		return 'y'
	case 6:
		return '6'
	case 8:
		return '8'
	}
	return '?'
}

// monthNamed returns the month of which word is the name or begins it, at three
// letters or more; 0 if there is none.
func monthNamed(word string) time.Month {
	for m := time.January; m <= time.December; m++ {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), word) {
			return m
		}
	}
	return 0
}

// dateShapes are the forms of date understood.
var dateShapes = map[string]func(p []string) (typed, Problem){
	"nny": func(p []string) (typed, Problem) { return dayFirst(p[0], p[1], p[2]) },
	"nnn": func(p []string) (typed, Problem) { return dayFirst(p[0], p[1], p[2]) },
	"ynn": func(p []string) (typed, Problem) { return full(p[2], month(p[1]), p[0]) },
	"nMy": func(p []string) (typed, Problem) { return full(p[0], monthNamed(p[1]), p[2]) },
	"nMn": func(p []string) (typed, Problem) { return full(p[0], monthNamed(p[1]), p[2]) },
	"Mny": func(p []string) (typed, Problem) { return full(p[1], monthNamed(p[0]), p[2]) },
	"Mnn": func(p []string) (typed, Problem) { return full(p[1], monthNamed(p[0]), p[2]) },
	"yMn": func(p []string) (typed, Problem) { return full(p[2], monthNamed(p[1]), p[0]) },
	"6":   func(p []string) (typed, Problem) { return runTogether(p[0]) },
	"8":   func(p []string) (typed, Problem) { return runTogether(p[0]) },
	"nM":  func(p []string) (typed, Problem) { return full(p[0], monthNamed(p[1]), "") },
	"Mn":  func(p []string) (typed, Problem) { return full(p[1], monthNamed(p[0]), "") },
	"nn":  func(p []string) (typed, Problem) { return dayFirst(p[0], p[1], "") },
	"My":  func(p []string) (typed, Problem) { return full("", monthNamed(p[0]), p[1]) },
	"yM":  func(p []string) (typed, Problem) { return full("", monthNamed(p[1]), p[0]) },
	"ny":  func(p []string) (typed, Problem) { return full("", month(p[0]), p[1]) },
	"yn":  func(p []string) (typed, Problem) { return full("", month(p[1]), p[0]) },
	"M":   func(p []string) (typed, Problem) { return full("", monthNamed(p[0]), "") },
}

// dayFirst reads numbers in the order of the United Kingdom.
func dayFirst(day, mon, year string) (typed, Problem) {
	d, m := number(day), number(mon)
	if m > 12 && m <= 31 && d >= 1 && d <= 12 {
		return typed{}, ProblemMonthFirst
	}
	t, p := full(day, month(mon), year)
	t.confirm = d <= 12 && m <= 12 && d != m
	return t, p
}

// runTogether reads 231126 and 23112026. They are always confirmed, and refused when
// the day and the month could change places.
func runTogether(digits string) (typed, Problem) {
	t, p := dayFirst(digits[:2], digits[2:4], digits[4:])
	if p == ProblemNone && t.confirm {
		return typed{}, ProblemDate
	}
	t.confirm = true
	return t, p
}

// full puts a date together; the day or the year may be "". That the day exists in its
// month can be told only once the year is known.
func full(day string, m time.Month, year string) (typed, Problem) {
	d := Date{Year: number(year), Month: m, Day: number(day)}
	if m < time.January || m > time.December || d.Day > 31 || day != "" && d.Day == 0 {
		return typed{}, ProblemNoSuchDate
	}
	if len(year) == 1 {
		return typed{}, ProblemDate
	}
	return typed{date: d, yearDigits: len(year)}, ProblemNone
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits) // at most eight digits, or none
	return n
}

func month(digits string) time.Month { return time.Month(number(digits)) }

// exists reports whether the calendar has d.
func exists(d Date) bool {
	return d.Year >= 1 && d.Day <= Date{Year: d.Year, Month: d.Month}.Last().Day
}

func recent(_ *Case, d Date) Date {
	d.Year += 2000
	return d
}

// grownUp takes two digits for a year of this century unless that makes the parent
// younger than ten.
func grownUp(c *Case, d Date) Date {
	d.Year += 2000
	if d.AddYears(youngest).Compare(c.Today) > 0 {
		d.Year -= 100
	}
	return d
}

func noYear(*Case, Date) (Date, bool) { return Date{}, false }

// coming takes the latest year that a due date can be in.
func coming(c *Case, d Date) (Date, bool) {
	return latest(d, c.Today.Year+1, func(d Date) bool { return c.Today.DaysUntil(d.First()) <= mostAhead })
}

// lately takes the latest year that is not still to come.
func lately(c *Case, d Date) (Date, bool) {
	return latest(d, c.Today.Year, func(d Date) bool { return c.Today.DaysUntil(d.First()) <= 0 })
}

func latest(d Date, year int, fits func(Date) bool) (Date, bool) {
	for d.Year = year; d.Year > year-3; d.Year-- {
		if exists(d) && fits(d) {
			return d, true
		}
	}
	return Date{Year: year, Month: d.Month, Day: d.Day}, true
}

// The ages, in years, between which a date of birth is believed at first asking.
const (
	youngest  = 10 // a parent
	oldest    = 75
	infantFor = 5 // a baby
)

func plausibleParent(c *Case, d Date) Problem {
	switch {
	case d.First().Compare(c.Today) > 0:
		return ProblemFuture
	case d.First().AddYears(youngest).Compare(c.Today) > 0:
		return ProblemTooYoung
	case d.Last().AddYears(oldest+1).Compare(c.Today) <= 0:
		return ProblemLongAgo
	}
	return ProblemNone
}

func plausibleBaby(c *Case, d Date) Problem {
	switch {
	case d.First().Compare(c.Today) > 0:
		return ProblemFuture
	case d.Last().AddYears(infantFor).Compare(c.Today) < 0:
		return ProblemLongAgo
	}
	return ProblemNone
}

func plausibleDue(c *Case, d Date) Problem {
	switch {
	case c.Today.DaysUntil(d.First()) > mostAhead:
		return ProblemTooFarAhead
	case d.Last().AddYears(1).Compare(c.Today) < 0:
		return ProblemLongAgo
	}
	return ProblemNone
}

func plausiblePast(c *Case, d Date) Problem {
	if d.First().Compare(c.Today) > 0 {
		return ProblemFuture
	}
	return ProblemNone
}
