package dialog

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"referralbot/rules"
)

// Tally is one more of what is counted of drafts. It belongs to the day on which the draft was
// begun, so that all that is counted of the drafts begun in some time adds up: each was sent,
// ended, or left, or is still kept. It says nothing of a person, and stays when all else that
// is known of the draft is erased.
type Tally struct {
	Name     Count
	Audience rules.Audience
	By       string // a Place, or for CountTook a number of minutes; "" where nothing more is counted by
	Day      rules.Date
}

// Count names what is counted.
type Count string

// What is counted. Shown and skipped are counted once for a draft and place, when it is done with.
const (
	CountBegun   Count = "begun"   // somebody has begun
	CountSent    Count = "sent"    // it was sent, or after a loss a call was asked for
	CountEnded   Count = "ended"   // it came to its end with nothing to send, after a loss
	CountLeft    Count = "left"    // it was deleted, refused, begun anew or forgotten, by where it stood
	CountShown   Count = "shown"   // a question was put, or something offered
	CountSkipped Count = "skipped" // a question was put and passed
	CountTook    Count = "took"    // how long it took from its first word to being sent
)

// Place is where a draft stands: at the question last put, by its field, or at one of the offers
// below. A form that is offered is its first question until it comes back.
type Place string

// The offers that are places.
const (
	PlaceWarning Place = Place(Warning)
	PlaceBooking Place = Place(Booking)
	PlaceReview  Place = Place(Reviewing)
	PlaceStart   Place = "start" // nothing had been put yet
)

// Places returns every place, in asking order.
func Places() []Place {
	var all []Place
	for _, s := range table {
		all = append(all, Place(s.Field))
	}
	return append(all, PlaceWarning, PlaceBooking, PlaceReview, PlaceStart)
}

// Tallies returns every tally there can be of one day, without the day.
func Tallies() []Tally {
	var all []Tally
	for _, a := range []rules.Audience{rules.Professional, rules.Parent} {
		for _, name := range []Count{CountBegun, CountSent, CountEnded} {
			all = append(all, Tally{Name: name, Audience: a})
		}
		for _, p := range Places() {
			for _, name := range []Count{CountLeft, CountShown, CountSkipped} {
				all = append(all, Tally{Name: name, Audience: a, By: string(p)})
			}
		}
		for minutes := 1; minutes <= longestSpan; minutes += stepOf(minutes) {
			all = append(all, Tally{Name: CountTook, Audience: a, By: strconv.Itoa(minutes)})
		}
	}
	return all
}

// longestSpan is the most minutes that are told apart: a month.
const longestSpan = 31 * 24 * 60

// stepOf is how finely a span of so many minutes is counted: by the minute in the first hour, by
// the hour on the first two days, and by the day.
func stepOf(minutes int) int {
	switch {
	case minutes < 60:
		return 1
	case minutes < 48*60:
		return 60
	}
	return 24 * 60
}

// minutesOf is d in minutes, rounded up as finely as it is counted.
func minutesOf(d time.Duration) string {
	minutes := max(1, int((d+time.Minute-1)/time.Minute))
	step := stepOf(minutes - 1)
	return strconv.Itoa(min(longestSpan, (minutes+step-1)/step*step))
}

// Left returns what is counted of a draft that nobody will go on with, such as one that is
// erased because nothing more was heard; nothing of what is no draft, or was begun before drafts
// were counted.
func (c Conversation) Left() []Tally {
	if !c.Unsent() {
		return nil
	}
	return c.counted(CountLeft, string(cmp.Or(c.Place, PlaceStart)))
}

// counted is what is counted of a draft once it is done with.
func (c Conversation) counted(name Count, by string) []Tally {
	if c.BegunAt.IsZero() {
		return nil
	}
	out := []Tally{c.tally(name, by)}
	for i, f := range c.Trail {
		if slices.Contains(c.Trail[:i], f) { // passed once more
			continue
		}
		out = append(out, c.tally(CountShown, string(f)))
		if slices.Contains(c.Passed, f) {
			out = append(out, c.tally(CountSkipped, string(f)))
		}
	}
	for _, p := range c.Shown {
		out = append(out, c.tally(CountShown, string(p)))
	}
	return out
}

func (c Conversation) tally(name Count, by string) Tally {
	return Tally{Name: name, Audience: c.Audience, By: by, Day: rules.DateOf(c.BegunAt)}
}

// count notes where the draft stands after a turn, and counts it when it is begun and when it is
// done with.
func (t *turn) count(was Conversation, in Input) {
	if was.Ref != t.c.Ref {
		was.Shown = was.put(in, was.Trail)
		if t.ended {
			t.tally(was.counted(CountEnded, "")...)
		} else {
			t.tally(was.Left()...)
		}
		if was = (Conversation{}); t.c.Ref != "" {
			t.c.BegunAt = t.f.Now
			t.tally(t.c.tally(CountBegun, ""))
		}
	}
	if t.c.BegunAt.IsZero() || !was.SentAt.IsZero() {
		return
	}
	t.c.Shown = was.put(in, t.c.Trail)
	if p := t.c.stands(); p != "" && t.c.Asked.ID != was.Asked.ID {
		t.c.Place = p
		t.c.Shown = add(t.c.Shown, t.c.Trail, p)
	}
	if t.done() {
		t.tally(t.c.counted(CountSent, "")...)
		t.tally(t.c.tally(CountTook, minutesOf(t.f.Now.Sub(t.c.BegunAt))))
	}
}

func (t *turn) tally(all ...Tally) { t.out.Tallies = append(t.out.Tallies, all...) }

// put is where the draft has stood, in being a form too, that is not in the trail.
func (c Conversation) put(in Input, trail []rules.Field) (all []Place) {
	for _, p := range c.Shown {
		all = add(all, trail, p)
	}
	for _, f := range c.Trail { // it may be open again
		all = add(all, trail, Place(f))
	}
	for _, s := range table {
		if _, ok := in.Form[s.Field]; ok {
			all = add(all, trail, Place(s.Field))
		}
	}
	return all
}

func add(all []Place, trail []rules.Field, p Place) []Place {
	if slices.Contains(all, p) || slices.Contains(trail, rules.Field(p)) {
		return all
	}
	return append(all, p)
}

// stands is where the open prompt is, "" if that is no place.
func (c Conversation) stands() Place {
	switch {
	case c.Asked.ID == "":
		return ""
	case c.Asked.Field != "":
		return Place(c.Asked.Field)
	case slices.Contains([]Stage{Warning, Booking, Reviewing}, c.Stage):
		return Place(c.Stage)
	}
	return ""
}
