package dialog

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"referralbot/rules"
)

// wish is a time as somebody types it: what is left out is zero.
type wish struct {
	day     rules.Date
	weekday string        // "tue"
	half    string        // codeMornings or codeAfternoons
	clock   time.Duration // since midnight, by the clock; with hasClock
	timed   bool
}

var (
	clockWords = regexp.MustCompile(`\b(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\b`)
	dayWord    = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b`)
	monthFirst = regexp.MustCompile(`\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(\d{1,2})(?:st|nd|rd|th)?\b`)
	nthWord    = regexp.MustCompile(`\b(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)\b`)
	weekWord   = regexp.MustCompile(`\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b`)
	monthNames = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
)

// wishIn reads a time, and reports whether there was any.
func (t *turn) wishIn(text string) (w wish, ok bool) {
	said := strings.ToLower(text)
	today := rules.DateOf(t.f.Now)
	take := func(form *regexp.Regexp) []string {
		found := form.FindStringSubmatch(said)
		if found != nil {
			said = strings.Replace(said, found[0], " ", 1)
		}
		return found
	}
	day := func(number, month string) {
		n, _ := strconv.Atoi(number)
		d := rules.Date{Year: today.Year, Month: time.Month(slices.Index(monthNames, month) + 1), Day: n}
		if d.Compare(today) < 0 {
			d.Year++
		}
		w.day, ok = d, true
	}
	if m := take(dayWord); m != nil {
		day(m[1], m[2])
	} else if m := take(monthFirst); m != nil {
		day(m[2], m[1])
	} else if m := take(nthWord); m != nil {
		n, _ := strconv.Atoi(m[1])
		d := rules.Date{Year: today.Year, Month: today.Month, Day: n}
		if d.Compare(today) < 0 {
			d = rules.Date{Year: today.Year, Month: today.Month, Day: 1}.AddMonths(1)
			d.Day = n
		}
		w.day, ok = d, true
	}
	if m := take(weekWord); m != nil && w.day.IsZero() {
		w.weekday, ok = m[1], true
	}
	words := strings.Fields(plain(said))
	has := func(any ...string) bool {
		found := slices.ContainsFunc(any, func(word string) bool { return slices.Contains(words, word) })
		ok = ok || found
		return found
	}
	switch {
	case has("today"):
		w.day = today
	case has("tomorrow"):
		w.day = today.AddDays(1)
	}
	switch {
	case has("morning", "mornings"):
		w.half = codeMornings
	case has("afternoon", "afternoons", "evening"):
		w.half = codeAfternoons
	case has("noon", "midday"):
		w.clock, w.timed = 12*time.Hour, true
	}
	if m := clockWords.FindStringSubmatch(said); m != nil {
		hour, _ := strconv.Atoi(m[1])
		minute, _ := strconv.Atoi(m[2])
		switch {
		case m[3] == "pm" && hour < 12, m[3] == "" && hour < 8:
			hour += 12
		case m[3] == "am" && hour == 12:
			hour = 0
		}
		w.clock, w.timed, ok = time.Duration(hour)*time.Hour+time.Duration(minute)*time.Minute, true, true
	}
	return w, ok
}

// fits reports whether a time is as it is wished.
func (w wish) fits(at time.Time) bool {
	local := at.In(london)
	clock := time.Duration(local.Hour())*time.Hour + time.Duration(local.Minute())*time.Minute
	return (w.day.IsZero() || rules.DateOf(at) == w.day) && (w.weekday == "" || strings.EqualFold(local.Weekday().String()[:3], w.weekday)) &&
		(w.half == "" || halfOf(at) == w.half) && (!w.timed || clock == w.clock)
}

// timeInWords hears a time typed: the number of one of those offered, or a day, a time of day or
// both. It reports whether it was one.
func (t *turn) timeInWords(text string) bool {
	if n, err := strconv.Atoi(plain(text)); err == nil && 1 <= n && n <= len(t.timeChoices()) {
		return t.chooseTime(t.timeChoices()[n-1].Code)
	}
	w, ok := t.wishIn(text)
	if !ok {
		return false
	}
	var shown, found []time.Time
	for _, f := range t.free() {
		if !w.fits(f.From) {
			continue
		}
		found = append(found, f.From)
		if slices.ContainsFunc(t.c.Choosing.Shown, f.From.Equal) {
			shown = append(shown, f.From)
		}
	}
	switch {
	case t.out.Look:
	case len(found) == 0:
		t.lead = append(t.lead, t.line(lineCallNotThen))
		t.c.Choosing = Choosing{Changing: t.c.Choosing.Changing, After: t.nearest(w)}
		t.offerTimes()
	case len(found) == 1, w.timed:
		t.keepTime(append(shown, found...)[0])
	default:
		t.c.Choosing = Choosing{Changing: t.c.Choosing.Changing, Half: w.half, After: found[0]}
		if w.weekday != "" || !w.day.IsZero() {
			t.c.Choosing.Day = rules.DateOf(found[0]).String()
		}
		t.offerTimes()
	}
	return true
}

// nearest is from when on times are offered where there is none as it was wished.
func (t *turn) nearest(w wish) time.Time {
	for _, f := range t.free() {
		w := w
		w.half, w.timed = "", false
		if w.fits(f.From) {
			return f.From
		}
	}
	if !w.day.IsZero() {
		return startOf(w.day)
	}
	return time.Time{}
}
