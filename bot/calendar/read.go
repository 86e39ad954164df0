package calendar

import (
	"context"
	"io"
	"slices"
	"time"

	"referralbot/rules"
)

// occurrencesMost is how many times of one calendar are looked at.
const occurrencesMost = 50_000

// busy is what a calendar says of a window of time.
type busy struct {
	spans      []rules.Span // in order, none touching the next
	unreadable int          // entries that nobody can tell the time of
}

// read reads when the owner of a calendar is busy within window. What the calendar says they
// are free for counts for nothing, nor does what is cancelled. An entry that cannot be read is
// counted and left out, so that one does not take the others with it. It returns the errors of
// sift, and errTooMuch if there is more than is looked at, or ctx ends.
func read(ctx context.Context, r io.Reader, window rules.Span) (busy, error) {
	s, err := sift(r)
	if err != nil {
		return busy{}, err
	}
	a := &agenda{
		window: window, unreadable: s.unreadable, moved: map[occurrence]bool{},
		zones: newZones(s.found["VTIMEZONE"], window.To.Add(day)),
	}
	for _, text := range s.found["VEVENT"] {
		if ctx.Err() != nil {
			return busy{}, errTooMuch
		}
		a.take(text)
	}
	for _, e := range a.entries {
		if a.add(ctx, e); ctx.Err() != nil || a.seen > occurrencesMost {
			return busy{}, errTooMuch
		}
	}
	return busy{merged(a.spans), a.unreadable}, nil
}

// agenda is a calendar being read.
type agenda struct {
	window     rules.Span
	zones      *zones
	entries    []entry
	moved      map[occurrence]bool // that have an entry of their own
	spans      []rules.Span
	seen       int // occurrences
	unreadable int
}

// occurrence is one time of an entry that comes again and again.
type occurrence struct {
	uid string
	at  int64 // as it is by the rule, in seconds since 1970
}

// take takes an entry in, unless it is over or too far off and changes no other.
func (a *agenda) take(text string) {
	defer a.survive()
	e, err := a.zones.entry(text)
	if err != nil {
		a.unreadable++
		return
	}
	if e.of != nil {
		a.moved[occurrence{e.uid, e.of.moment().Unix()}] = true
	}
	if !e.free && (e.again() || a.window.Overlaps(e.span(e.start))) {
		a.entries = append(a.entries, e)
	}
}

// add adds the times of an entry.
func (a *agenda) add(ctx context.Context, e entry) {
	defer a.survive()
	err := e.each(a.window, func(s rules.Span) bool {
		a.seen++
		moved := e.of == nil && a.moved[occurrence{e.uid, s.From.Unix()}]
		if !moved && s.From.Before(s.To) && s.Overlaps(a.window) {
			a.spans = append(a.spans, s)
		}
		return a.seen <= occurrencesMost && ctx.Err() == nil
	})
	if err != nil {
		a.unreadable++
	}
}

// survive counts an entry on which a library stumbled as one that cannot be read.
func (a *agenda) survive() {
	if recover() != nil {
		a.unreadable++
	}
}

// merged puts spans in order, and those together that touch.
func merged(spans []rules.Span) []rules.Span {
	slices.SortFunc(spans, func(a, b rules.Span) int { return a.From.Compare(b.From) })
	var out []rules.Span
	for _, s := range spans {
		if last := len(out) - 1; last >= 0 && !out[last].To.Before(s.From) {
			out[last].To = later(out[last].To, s.To)
			continue
		}
		out = append(out, s)
	}
	return out
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
