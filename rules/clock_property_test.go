package rules

import (
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// The oracle walks through two years minute by minute, as the clocks on the walls of London
// do, with the bank holidays as they are listed, and looks at every moment by itself. It
// shares no arithmetic with the calendar.

var (
	walkFrom   = time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC) // London keeps UTC
	startsTill = time.Date(2028, time.November, 1, 0, 0, 0, 0, time.UTC)
	walkTill   = time.Date(2029, time.January, 1, 0, 0, 0, 0, time.UTC)
)

// walls is what the clocks and calendars show at every minute of the walk.
type walls struct {
	day      []int    // at each minute: which day of the walk it is
	clock    []int    // at each minute: how many minutes the clocks show after 00:00
	midnight []int    // of each day: its first minute
	date     []string // of each day: "2026-11-01"
	name     []string // of each day: "Sun"
}

var walk = sync.OnceValue(func() walls {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	var w walls
	for t := walkFrom; t.Before(walkTill); t = t.Add(time.Minute) {
		local := t.In(zone)
		hour, minute, _ := local.Clock()
		if hour == 0 && minute == 0 {
			w.midnight = append(w.midnight, len(w.day))
			w.date = append(w.date, local.Format(time.DateOnly))
			w.name = append(w.name, local.Format("Mon"))
		}
		w.day = append(w.day, len(w.midnight)-1)
		w.clock = append(w.clock, 60*hour+minute)
	}
	return w
})

// oracle is the walk as a service lives it.
type oracle struct {
	walls
	s        *Service
	from, to int    // on the clock
	working  []bool // each day
	open     []bool // each minute
	worked   []int  // the minutes at which it works, one after the other
	openings []int  // the minutes at which it begins to
}

func newOracle(s *Service) *oracle {
	o := &oracle{walls: walk(), s: s, from: onClock(s.WorkingHours.From), to: onClock(s.WorkingHours.To)}
	holiday := map[string]bool{}
	for _, year := range listed {
		for _, day := range strings.Fields(year.days) {
			holiday[time.Date(year.year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006-")+day] = true
		}
	}
	for _, day := range s.Closed {
		holiday[day] = true
	}
	for d := range o.date {
		o.working = append(o.working, strings.Contains(strings.Join(s.WorkingHours.Days, " "), o.name[d]) && !holiday[o.date[d]])
	}
	o.open = make([]bool, len(o.day))
	begun := false // and does not end because the clocks go back
	for m, d := range o.day {
		begun = o.clock[m] >= o.from || begun && o.clock[m] > 0
		o.open[m] = o.working[d] && begun && o.clock[m] < o.to
		if o.open[m] {
			o.worked = append(o.worked, m)
			if !o.open[m-1] {
				o.openings = append(o.openings, m)
			}
		}
	}
	return o
}

func onClock(s string) int {
	hour, _ := strconv.Atoi(s[:2])
	minute, _ := strconv.Atoi(s[3:])
	return 60*hour + minute
}

// after returns the minute at which the service works when it has worked n since m.
func (o *oracle) after(m, n int) int { return o.worked[sort.SearchInts(o.worked, m)+n] }

// morning returns the first minute of a day at which the clock shows the opening or more.
func (o *oracle) morning(d int) int {
	return o.shows(d, o.from)
}

// shows returns the first minute of a day at which the clock shows so much or more.
func (o *oracle) shows(d, clock int) int {
	m := o.midnight[d] + max(0, clock-60) // at the earliest, on the day on which an hour is left out
	for o.clock[m] < clock {
		m++
	}
	return m
}

// promised returns the nth day of the promise.
func (o *oracle) promised(received, n int) int {
	d := o.day[received]
	for n > 0 {
		d++
		if !o.s.ConfirmReceipt.Working || o.working[d] {
			n--
		}
	}
	return d
}

// humane moves a step that is wanted at m.
func (o *oracle) humane(m, received, breach int) int {
	if o.s.Triage.OutOfHours {
		return m
	}
	if next := o.after(m, 0); next < breach {
		return next
	}
	if i := sort.SearchInts(o.openings, m) - 1; i >= 0 && o.openings[i] > received {
		return o.openings[i]
	}
	return m
}

// steps returns when receipt is reminded of, the lead told, and the promise broken.
func (o *oracle) steps(received int) [3]int {
	breach := o.midnight[o.promised(received, o.s.ConfirmReceipt.Days)+1]
	remind := o.humane(o.morning(o.promised(received, o.s.ConfirmReceipt.RemindOn)), received, breach)
	lead := o.humane(o.morning(o.promised(received, o.s.ConfirmReceipt.LeadOn)), received, breach)
	if lead == remind {
		lead = (remind + o.shows(o.day[remind], o.to)) / 2
	}
	return [3]int{remind, lead, breach}
}

// workingDayOn returns the minute of the next working day at which the clock shows what it
// shows while the service works at m.
func (o *oracle) workingDayOn(m int) int {
	m = o.after(m, 0)
	d := o.day[m] + 1
	for !o.working[d] {
		d++
	}
	return o.after(o.shows(d, o.clock[m]), 0)
}

func minuteOf(t time.Time) int { return int(t.Sub(walkFrom) / time.Minute) }

func minuteAt(m int) time.Time { return walkFrom.Add(time.Duration(m) * time.Minute) }

// TestClocksOverTwoYears holds every step against the oracle, from start times 37 minutes
// apart, or 97: all weekends, bank holidays and changes of the clocks of two years. Each step comes
// exactly once, in order, never early, never after the breach, and never while the service
// is closed unless the profile says so, or it never opens before the promise is broken.
func TestClocksOverTwoYears(t *testing.T) {
	t.Parallel()
	for _, p := range []struct {
		name    string
		apart   time.Duration
		changes []func(*Service)
	}{
		{"as built in", 37 * time.Minute, nil},
		{"working days", 37 * time.Minute, []func(*Service){inWorkingDays}},
		{"out of hours", 97 * time.Minute, []func(*Service){outOfHours}},
		{"part time", 97 * time.Minute, []func(*Service){partTime}},
		{"part time, working days", 97 * time.Minute, []func(*Service){partTime, inWorkingDays}},
		{"at night", 97 * time.Minute, []func(*Service){nightly}},
	} {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			s := *DefaultService()
			for _, change := range p.changes {
				change(&s)
			}
			o, calendar := newOracle(&s), s.Calendar()
			for at := walkFrom; at.Before(startsTill) && !t.Failed(); at = at.Add(p.apart) {
				o.checkReceipt(t, calendar, at)
				o.checkClaim(t, calendar, at)
			}
		})
	}
}

func (o *oracle) checkReceipt(t *testing.T, calendar Calendar, at time.Time) {
	received := minuteOf(at)
	want := o.steps(received)
	steps := calendar.ReceiptSteps(at)
	if len(steps) != 3 || !calendar.DueAt(at).Equal(minuteAt(want[2]).Add(-time.Second)) {
		t.Fatalf("received %s: due %s, steps\n%s", at, calendar.DueAt(at), told(steps))
	}
	for i, name := range []string{ReceiptRemind, ReceiptLead, ReceiptBreach} {
		if steps[i].Name != name || !steps[i].At.Equal(minuteAt(want[i])) {
			t.Errorf("received %s: %s at %s, want %s at %s", at, steps[i].Name, steps[i].At, name, minuteAt(want[i]))
		}
	}
	if !steps[0].At.Before(steps[1].At) || !steps[1].At.Before(steps[2].At) {
		t.Errorf("received %s: in no order:\n%s", at, told(steps))
	}
	for i, day := range []int{o.s.ConfirmReceipt.RemindOn, o.s.ConfirmReceipt.LeadOn} {
		m, d := minuteOf(steps[i].At), o.promised(received, day)
		first := sort.SearchInts(o.openings, received+1)
		if opens := o.openings[first] < want[2]; opens && !o.open[m] && !o.s.Triage.OutOfHours {
			t.Errorf("received %s: %s comes while the service is closed: %s", at, steps[i].Name, steps[i].At)
		}
		if inTime := o.after(o.midnight[d], 0) < want[2]; m < o.midnight[d] && inTime {
			t.Errorf("received %s: %s comes early: %s", at, steps[i].Name, steps[i].At)
		}
	}
}

func (o *oracle) checkClaim(t *testing.T, calendar Calendar, at time.Time) {
	since := minuteOf(at)
	if calendar.IsOpen(at) != o.open[since] || !calendar.NextOpen(at).Equal(minuteAt(o.after(since, 0))) {
		t.Errorf("%s: open %t, next %s", at, calendar.IsOpen(at), calendar.NextOpen(at))
	}
	morning := minuteAt(o.openings[sort.SearchInts(o.openings, since+1)])
	if got := calendar.NextWorkingMorning(at); !got.Equal(morning) {
		t.Errorf("%s: the next working morning is %s, want %s", at, got, morning)
	}
	steps := append(calendar.UnclaimedSteps(at), calendar.ClaimedSteps(at)...)
	day := o.workingDayOn(since)
	want := []int{o.after(since, o.s.Triage.RemindAfterHours*60), day, day}
	if len(steps) != len(want) || !steps[0].At.Before(steps[1].At) {
		t.Fatalf("free since %s:\n%s", at, told(steps))
	}
	for i, name := range []string{UnclaimedRemind, UnclaimedEscalate, Release} {
		if steps[i].Name != name || !steps[i].At.Equal(minuteAt(want[i])) || !o.open[want[i]] {
			t.Errorf("free since %s: %s at %s, want %s at %s", at, steps[i].Name, steps[i].At, name, minuteAt(want[i]))
		}
	}
}

// TestPausedClocksOverTwoYears: pauses of every length at every hour move the promise by the
// midnights in them, and no step comes within one, early, out of order or after the breach.
func TestPausedClocksOverTwoYears(t *testing.T) {
	t.Parallel()
	for _, p := range []struct {
		name    string
		changes []func(*Service)
	}{
		{"as built in", nil},
		{"working days", []func(*Service){inWorkingDays}},
		{"part time", []func(*Service){partTime}},
	} {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			s := *DefaultService()
			for _, change := range p.changes {
				change(&s)
			}
			o, calendar := newOracle(&s), s.Calendar()
			for i, at := 0, walkFrom; at.Before(startsTill) && !t.Failed(); i, at = i+1, at.Add(211*time.Minute) {
				from := at.Add(time.Duration(i*1009%(4*24*60)) * time.Minute)
				second := from.Add(time.Duration(i*503%(2*24*60)) * time.Minute)
				o.checkPaused(t, calendar, at, []Pause{
					{second, second.Add(time.Duration(i*331%(30*60)) * time.Minute)},
					{from, from.Add(time.Duration(i*769%(3*24*60)) * time.Minute)},
				})
			}
		})
	}
}

func (o *oracle) checkPaused(t *testing.T, calendar Calendar, at time.Time, pauses []Pause) {
	stands := func(m int) bool {
		t := minuteAt(m)
		return !t.Before(pauses[0].From) && t.Before(pauses[0].To) || !t.Before(pauses[1].From) && t.Before(pauses[1].To)
	}
	// The nth midnight at which the clock runs, after that which ends the day of receipt.
	ends := func(n int) int {
		counted := -1
		for d := o.day[minuteOf(at)]; ; d++ {
			if !stands(o.midnight[d+1]) && (counted < 0 || o.working[d] || !o.s.ConfirmReceipt.Working) {
				counted++
			}
			if counted == n {
				return o.midnight[d+1]
			}
		}
	}
	steps := calendar.ReceiptSteps(at, pauses...)
	if len(steps) != 3 || steps[0].Name != ReceiptRemind || steps[1].Name != ReceiptLead || steps[2].Name != ReceiptBreach {
		t.Fatalf("received %s, paused %v:\n%s", at, pauses, told(steps))
	}
	breach := ends(o.s.ConfirmReceipt.Days)
	if !steps[2].At.Equal(minuteAt(breach)) || !calendar.DueAt(at, pauses...).Equal(minuteAt(breach).Add(-time.Second)) {
		t.Errorf("received %s, paused %v: broken at %s, want %s", at, pauses, steps[2].At, minuteAt(breach))
	}
	if steps[0].At.After(steps[1].At) || steps[1].At.After(steps[2].At) || !steps[0].At.After(at) {
		t.Errorf("received %s, paused %v: in no order:\n%s", at, pauses, told(steps))
	}
	// room reports whether from m on there is a moment for a step before the breach.
	room := func(minutes []int, m int) bool {
		for _, x := range minutes[sort.SearchInts(minutes, m):] {
			if x >= breach || !stands(x) {
				return x < breach
			}
		}
		return false
	}
	for i, day := range []int{o.s.ConfirmReceipt.RemindOn, o.s.ConfirmReceipt.LeadOn} {
		m, first := minuteOf(steps[i].At), o.midnight[o.day[ends(day)-1]]
		if stands(m) || !o.open[m] && room(o.openings, minuteOf(at)+1) {
			t.Errorf("received %s, paused %v: %s comes while all stands still: %s", at, pauses, steps[i].Name, steps[i].At)
		}
		if m < first && room(o.worked, first) {
			t.Errorf("received %s, paused %v: %s comes early: %s", at, pauses, steps[i].Name, steps[i].At)
		}
	}
}
