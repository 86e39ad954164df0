package rules

import (
	"cmp"
	"fmt"
	"maps"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Calls is when a clinician can be talked to, in Europe/London. A service that has no hours
// for it offers nobody a time, and rings whoever asks to be rung.
type Calls struct {
	// Hours are the stretches of each day of the week, such as Mon: ["09:30-12:00",
	// "13:30-16:00"]. On closed days and bank holidays there are none.
	Hours   map[string][]string `yaml:"hours"`
	Length  int                 `yaml:"length_minutes"`
	Buffer  int                 `yaml:"buffer_minutes"` // between two calls
	Notice  int                 `yaml:"notice_hours"`   // how soon a call may be
	Horizon int                 `yaml:"horizon_days"`   // and how far ahead
	// AtOnce is how many calls there may be at once, where no clinicians are listed.
	AtOnce int `yaml:"at_once"`
	// CutOff is until how many hours before it a call can be changed or cancelled in the chat.
	CutOff int `yaml:"change_until_hours"`
	Hold   int `yaml:"hold_minutes"` // for how long a time is kept for who chooses it
	// Attempts is how often somebody who does not answer is rung.
	Attempts   int             `yaml:"attempts"`
	Clinicians []CallClinician `yaml:"clinicians"`
}

// CallClinician is somebody who rings.
type CallClinician struct {
	Name  string `yaml:"name"`  // as the person who is rung is told it
	Slack string `yaml:"slack"` // their member id, such as U012AB3CD
	// Calendars are the private iCalendar addresses of what keeps them busy. Who has one can
	// read the calendar: they are secret, and in no log.
	Calendars []Secret `yaml:"calendars"`
	// RingsFrom is the number that is seen when they ring, "" where none is.
	RingsFrom string `yaml:"rings_from"`
	// Feed is the number of the address at which their calls are served as a calendar.
	Feed int `yaml:"feed"`
}

// Secret is a word that is not to be shown.
type Secret string

// String withholds it.
func (Secret) String() string { return "(secret)" }

// GoString withholds it.
func (Secret) GoString() string { return "(secret)" }

// private reports whether s is an address that can be asked without anybody on the way learning
// it: by https, which webcal stands for, or on this machine.
func (s Secret) private() bool {
	u, err := url.Parse(string(s))
	if err != nil || u.Host == "" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	here := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	return u.Scheme == "https" || u.Scheme == "webcal" || u.Scheme == "http" && here
}

// Offered reports whether people are offered times.
func (c Calls) Offered() bool { return len(c.Hours) > 0 }

// Clinician returns the clinician with the member id, and whether the profile lists one.
func (c Calls) Clinician(id string) (CallClinician, bool) {
	for _, who := range c.Clinicians {
		if who.Slack == id {
			return who, true
		}
	}
	return CallClinician{}, false
}

// Slot is the time of one call, in one of the lanes that there are for calls at once. Two
// calls in one lane never have a moment in common.
type Slot struct {
	Span
	Lane int `json:"lane,omitempty"`
}

// Taken is a slot that is somebody's.
type Taken struct {
	Slot
	Holder string    `json:"holder"`         // the reference of whose it is
	With   string    `json:"with,omitempty"` // the member id of who is to ring, "" for nobody yet
	Until  time.Time `json:"until,omitzero"` // until when it is only held (UTC); zero if it is booked
}

// Compare orders slots by when they begin, and by their lanes.
func (t Taken) Compare(u Taken) int {
	return cmp.Or(t.From.Compare(u.From), cmp.Compare(t.Lane, u.Lane))
}

// Block is a time that a clinician has added to when they can be talked to, or taken from it.
type Block struct {
	ID  string `json:"id"`
	Who string `json:"who"` // their member id
	// Name is theirs, as colleagues know them.
	Name string `json:"name,omitempty"`
	Span
	Free bool `json:"free,omitempty"` // added
}

// Diary is what there is to know of calls beside the profile.
type Diary struct {
	Taken  []Taken
	Blocks []Block
	Busy   map[string][]Span // by member id: from their own calendars
}

// booked counts the calls that are booked with a clinician from now on, but for a holder's own.
func (d Diary) booked(who, holder string, now time.Time) int {
	n := 0
	for _, t := range d.Taken {
		if t.Until.IsZero() && t.With == who && t.Holder != holder && t.To.After(now) {
			n++
		}
	}
	return n
}

// FreeCall is a slot to be had, and the clinicians who have nothing else then, in the order of
// who has the fewest other calls; none if nobody can be named.
type FreeCall struct {
	Slot
	Who []string
}

// FreeCalls returns the slots that a holder can have, the soonest first. What is the holder's own
// keeps nothing from them.
func (s *Service) FreeCalls(now time.Time, d Diary, holder string) []FreeCall {
	buffer := minutes(s.Calls.Buffer)
	var free []FreeCall
	for _, span := range s.callSpans(now, d.Blocks) {
		who, others := s.present(span, d)
		atOnce := len(who) + others
		var lanes []int
		for _, t := range d.Taken {
			if t.Holder == holder || !t.Overlaps(Span{span.From.Add(-buffer), span.To.Add(buffer)}) {
				continue
			}
			if !slices.Contains(lanes, t.Lane) {
				lanes = append(lanes, t.Lane)
			}
			who = slices.DeleteFunc(who, func(w string) bool { return w == t.With })
		}
		if len(lanes) >= atOnce {
			continue
		}
		lane := 0
		for slices.Contains(lanes, lane) {
			lane++
		}
		slices.SortStableFunc(who, func(a, b string) int { return cmp.Compare(d.booked(a, holder, now), d.booked(b, holder, now)) })
		free = append(free, FreeCall{Slot{span, lane}, who})
	}
	return free
}

// callSpans are all the times that a call could have, the soonest first.
func (s *Service) callSpans(now time.Time, blocks []Block) []Span {
	c := s.Calls
	if !c.Offered() || c.Length <= 0 {
		return nil
	}
	first, last := now.Add(time.Duration(c.Notice)*time.Hour), DateOf(now).AddDays(c.Horizon)
	var spans []Span
	add := func(stretch Span) {
		for from := stretch.From; !from.Add(minutes(c.Length)).After(stretch.To); from = from.Add(minutes(c.Length + c.Buffer)) {
			span := Span{from, from.Add(minutes(c.Length))}
			if !from.Before(first) && DateOf(from).Compare(last) <= 0 && !slices.Contains(spans, span) {
				spans = append(spans, span)
			}
		}
	}
	for d := DateOf(now); d.Compare(last) <= 0; d = d.AddDays(1) {
		for _, stretch := range s.callHours(d) {
			add(stretch)
		}
	}
	for _, b := range blocks {
		if b.Free {
			add(b.Span)
		}
	}
	slices.SortFunc(spans, func(a, b Span) int { return a.From.Compare(b.From) })
	return spans
}

// callHours are the stretches of one day in which calls are taken.
func (s *Service) callHours(d Date) []Span {
	if BankHoliday(d) != "" || slices.Contains(s.Closed, d.String()) {
		return nil
	}
	var out []Span
	for _, stretch := range s.Calls.Hours[d.weekday().String()[:3]] {
		from, to, _ := strings.Cut(stretch, "-")
		out = append(out, Span{wallTime(d, wallClock(from)), wallTime(d, wallClock(to))})
	}
	return out
}

// present returns the clinicians who can take a call then, by their ids, and how many more
// there are whose names are not known.
func (s *Service) present(span Span, d Diary) (who []string, others int) {
	in := slices.ContainsFunc(s.callHours(DateOf(span.From)), span.Within)
	for _, c := range s.Calls.Clinicians {
		if in {
			who = append(who, c.Slack)
		}
	}
	for _, b := range d.Blocks {
		if b.Free && span.Within(b.Span) && !slices.Contains(who, b.Who) {
			who = append(who, b.Who)
		}
	}
	away := d.Away(span)
	if in && len(s.Calls.Clinicians) == 0 {
		for _, a := range away {
			if !slices.Contains(who, a) {
				others--
			}
		}
		others = max(0, others+s.Calls.AtOnce)
	}
	return slices.DeleteFunc(who, func(w string) bool { return slices.Contains(away, w) }), others
}

// Away lists those who have said, or whose calendars say, that they have something else then.
func (d Diary) Away(span Span) []string {
	var out []string
	for who, busy := range d.Busy {
		if slices.ContainsFunc(busy, span.Overlaps) {
			out = append(out, who)
		}
	}
	for _, b := range d.Blocks {
		if !b.Free && span.Overlaps(b.Span) && !slices.Contains(out, b.Who) {
			out = append(out, b.Who)
		}
	}
	return out
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

var stretchForm = regexp.MustCompile(`^(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:[01][0-9]|2[0-3]):[0-5][0-9]$`)

func (c Calls) check(p *faults) {
	for _, day := range slices.Sorted(maps.Keys(c.Hours)) {
		p.unless(slices.Contains(weekdays, day), "calls.hours: %q is not a day; want one of %s", day, strings.Join(weekdays, ", "))
		c.checkDay("calls.hours."+day, c.Hours[day], p)
	}
	for i, who := range c.Clinicians {
		at := fmt.Sprintf("calls.clinicians[%d]", i)
		p.unless(strings.TrimSpace(who.Name) != "", "%s.name: missing; write it as the person who is rung is to be told it", at)
		p.unless(memberForm.MatchString(who.Slack), "%s.slack: %q is not a Slack member id; want one such as U012AB3CD", at, who.Slack)
		p.unless(slices.IndexFunc(c.Clinicians, func(o CallClinician) bool { return o.Slack == who.Slack }) == i, "%s.slack: %q stands twice; list everybody once", at, who.Slack)
		for n, address := range who.Calendars {
			// The address is not repeated: it is secret.
			p.unless(address.private(), "%s.calendars[%d]: not an address by which a calendar stays private; want one such as https://example.org/calendar.ics", at, n)
		}
	}
	if !c.Offered() {
		return
	}
	for _, n := range []struct {
		key         string
		n, min, max int
		example     string
	}{
		{"length_minutes", c.Length, 5, 240, "30"}, {"buffer_minutes", c.Buffer, 0, 240, "10"}, {"notice_hours", c.Notice, 0, 168, "4"},
		{"horizon_days", c.Horizon, 1, 90, "14"}, {"change_until_hours", c.CutOff, 0, 168, "2"}, {"hold_minutes", c.Hold, 1, 60, "10"},
		{"attempts", c.Attempts, 1, 10, "3"},
	} {
		p.unless(n.min <= n.n && n.n <= n.max, "calls.%s: want a number from %d to %d, such as %s", n.key, n.min, n.max, n.example)
	}
	p.unless(len(c.Clinicians) > 0 || c.AtOnce > 0, "calls.at_once: want a number above 0, such as 1, or list the clinicians who ring")
}

func (c Calls) checkDay(at string, stretches []string, p *faults) {
	p.unless(len(stretches) > 0, `%s: missing; list stretches such as "09:30-12:00", or leave the day out`, at)
	for i, stretch := range stretches {
		from, to, _ := strings.Cut(stretch, "-")
		ok := stretchForm.MatchString(stretch) && from < to
		p.unless(ok, `%s: %q is no stretch of a day; want one such as "09:30-12:00"`, at, stretch)
		if !ok {
			continue
		}
		p.unless(wallClock(to)-wallClock(from) >= minutes(c.Length), "%s: %s is shorter than a call", at, stretch)
		p.unless(i == 0 || stretches[i-1][min(len(stretches[i-1]), len("09:30-")):] <= from, "%s: %s begins before the one above it has ended; put them in order", at, stretch)
	}
}
