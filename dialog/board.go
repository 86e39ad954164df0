package dialog

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"referralbot/rules"
)

// Board lists the open referrals for one clinician, what needs a human first: each line's
// label is the reference, and its value what it waits for and how much time is left.
func Board(open []Referral, by Clinician, f Facts) []Line {
	var out []Line
	for _, w := range waits(open, f) {
		text := w.text(f)
		if w.r.held() && w.r.Claimant.ID == by.ID {
			text += "; " + clinicianVoice.phrases.yours
		}
		out = append(out, Line{w.r.Ref, text})
	}
	return out
}

// Digest sums up in the morning what is open: its lines are as those of Board.
func Digest(open []Referral, f Facts) Card {
	w, lines := clinicianVoice.titles, Board(open, Clinician{}, f)
	if len(lines) == 0 {
		return Card{Title: w.morning, Summary: w.morningNothing, Lines: []Line{clinicianVoice.lines.nothing}}
	}
	var counts []string
	all := waits(open, f)
	for _, u := range urgencies {
		if n := len(slices.DeleteFunc(slices.Clone(all), func(w waiting) bool { return w.what != u.what })); n > 0 {
			counts = append(counts, fill(w.morningN, "referrals", clinicianVoice.phrases.referrals.of(n), "waits", clinicianVoice.waits[u.what]))
		}
	}
	return Card{Title: w.morning, Lines: lines, Summary: fill(w.morningIs, "counts", strings.Join(counts, ", "))}
}

// wait is what a referral waits for.
type wait string

const (
	waitsAlert     wait = "alert"
	waitsPutOff    wait = "put_off"
	waitsOverdue   wait = "overdue"
	waitsSecond    wait = "second"
	waitsReceipt   wait = "receipt"
	waitsClaim     wait = "claim"
	waitsClinician wait = "clinician"
	waitsReferrer  wait = "referrer"
	waitsNothing   wait = "nothing"
)

// urgencies are what a referral may wait for, what needs a human first at the top.
var urgencies = []struct {
	what  wait
	holds func(Referral, Facts) bool
}{
	{waitsAlert, func(r Referral, _ Facts) bool { return r.Alarming() }},
	{waitsPutOff, func(r Referral, f Facts) bool { return r.SnoozedUntil.After(f.Now) && r.Confirmed.ID != "" }},
	{waitsOverdue, func(r Referral, f Facts) bool { return r.unconfirmed() && r.due(f).Before(f.Now) }},
	{waitsSecond, func(r Referral, _ Facts) bool { return r.Proposed != nil }},
	{waitsReceipt, func(r Referral, _ Facts) bool { return r.unconfirmed() }},
	{waitsClaim, func(r Referral, _ Facts) bool { return r.Status == Received }},
	{waitsClinician, func(r Referral, _ Facts) bool { return r.Status == Claimed }},
	{waitsReferrer, func(r Referral, _ Facts) bool { return r.Status == Awaiting }},
	{waitsNothing, func(Referral, Facts) bool { return true }},
}

// waiting is an open referral, and what for.
type waiting struct {
	r    Referral
	rank int
	what wait
}

// waits are the open referrals in the order in which they need a human. What is not sent is
// among them only while an alert of it is open.
func waits(open []Referral, f Facts) []waiting {
	var out []waiting
	for _, r := range open {
		if r.Status == Closed || r.recalled() || r.Kind == KindDraft && !r.Alarming() {
			continue
		}
		for i, u := range urgencies {
			if u.holds(r, f) {
				rank := i
				if u.what == waitsPutOff {
					rank = len(urgencies)
				}
				out = append(out, waiting{r, rank, u.what})
				break
			}
		}
	}
	slices.SortStableFunc(out, func(a, b waiting) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), -strings.Compare(a.r.Assessment.Bands.Safety, b.r.Assessment.Bands.Safety),
			a.r.due(f).Compare(b.r.due(f)), strings.Compare(a.r.Ref, b.r.Ref))
	})
	return out
}

// text says what it waits for, who has it, and how much time is left.
func (w waiting) text(f Facts) string {
	text := clinicianVoice.waits[w.what]
	if w.r.held() {
		text += "; " + fill(clinicianVoice.phrases.with, "name", w.r.Claimant.Name)
	}
	if t := w.r.timeLeft(f); t != "" {
		text += "; " + t
	}
	return text
}

// unconfirmed reports whether nobody has confirmed receipt of what is to be confirmed.
func (r Referral) unconfirmed() bool {
	return r.Kind != KindDraft && slices.Contains(living, r.Status) && r.Confirmed.ID == ""
}

// due is by when receipt is promised, zero while that stands still.
func (r Referral) due(f Facts) time.Time {
	if r.ReceivedAt.IsZero() {
		return time.Time{}
	}
	return f.Service.Calendar().DueAt(r.ReceivedAt, r.pauses()...)
}

// stands says since when and why the clock of receipt stands still.
func (r Referral) stands() string {
	for _, s := range r.Stops {
		if s.Until.IsZero() {
			return fill(everybody.clockStands, "day", rules.DateOf(s.Since).Words(), "why", s.because())
		}
	}
	return everybody.clockRuns
}

// because is why a clock stood still, in words.
func (s Stop) because() string { return fill(everybody.askedFor, "outcome", Code(s.Why).within()) }

// timeLeft says how much time is left for what comes next, "" if nothing is due.
func (r Referral) timeLeft(f Facts) string {
	day, asked := rules.ParseISODate(r.Wanted.By)
	w := clinicianVoice.phrases
	switch {
	case r.Kind == KindDraft:
		return ""
	case r.unconfirmed() && r.due(f).IsZero():
		return fill(w.clockStands, "clock", r.stands())
	case r.unconfirmed():
		return fill(w.receiptLeft, "left", left(f.Now, r.due(f)))
	case r.SnoozedUntil.After(f.Now):
		return fill(w.putOff, "day", rules.DateOf(r.SnoozedUntil).Words())
	case r.Status == Claimed:
		for _, t := range clocks(r, f) {
			if t.Name == string(stepRelease) {
				return fill(w.releasedAt, "time", clock(t.At))
			}
		}
	case r.Status == Awaiting && asked:
		return fill(w.answerLeft, "left", left(f.Now, startOf(day.AddDays(1))))
	}
	return ""
}
