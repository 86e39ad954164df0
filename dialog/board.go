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
			text += "; yours"
		}
		out = append(out, Line{w.r.Ref, text})
	}
	return out
}

// Digest sums up in the morning what is open: its lines are as those of Board.
func Digest(open []Referral, f Facts) Card {
	lines := Board(open, Clinician{}, f)
	if len(lines) == 0 {
		return Card{Title: "This morning", Summary: "Nothing is open this morning.", Lines: []Line{{"Open", "nothing"}}}
	}
	var counts []string
	all := waits(open, f)
	for _, u := range urgencies {
		if n := len(slices.DeleteFunc(slices.Clone(all), func(w waiting) bool { return w.what != u.name })); n > 0 {
			counts = append(counts, plural(n, "referral")+" "+u.name)
		}
	}
	return Card{Title: "This morning", Lines: lines, Summary: "This morning: " + strings.Join(counts, ", ") + "."}
}

// urgencies are what a referral may wait for, what needs a human first at the top.
var urgencies = []struct {
	name  string
	holds func(Referral, Facts) bool
}{
	{"with an open alert", func(r Referral, _ Facts) bool { return r.Alarming() }},
	{"put off", func(r Referral, f Facts) bool { return r.SnoozedUntil.After(f.Now) && r.Confirmed.ID != "" }},
	{"overdue for receipt", func(r Referral, f Facts) bool { return r.unconfirmed() && r.due(f).Before(f.Now) }},
	{"waiting for a second clinician", func(r Referral, _ Facts) bool { return r.Proposed != nil }},
	{"waiting for receipt", func(r Referral, _ Facts) bool { return r.unconfirmed() }},
	{"free to claim", func(r Referral, _ Facts) bool { return r.Status == Received }},
	{"claimed", func(r Referral, _ Facts) bool { return r.Status == Claimed }},
	{"waiting for the referrer", func(r Referral, _ Facts) bool { return r.Status == Awaiting }},
	{"decided", func(Referral, Facts) bool { return true }},
}

// waiting is an open referral, and what for.
type waiting struct {
	r    Referral
	rank int
	what string
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
				if u.name == "put off" {
					rank = len(urgencies)
				}
				out = append(out, waiting{r, rank, u.name})
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
	text := w.what
	if w.r.held() {
		text += "; with " + w.r.Claimant.Name
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
			return "stands still since " + rules.DateOf(s.Since).Words() + ": " + s.because()
		}
	}
	return "runs"
}

// because is why a clock stood still, in words.
func (s Stop) because() string { return strings.ToLower(endingOf(Code(s.Why)).title) + " asked for" }

// timeLeft says how much time is left for what comes next, "" if nothing is due.
func (r Referral) timeLeft(f Facts) string {
	day, asked := rules.ParseISODate(r.Wanted.By)
	switch {
	case r.Kind == KindDraft:
		return ""
	case r.unconfirmed() && r.due(f).IsZero():
		return "the clock of receipt " + r.stands()
	case r.unconfirmed():
		return "receipt: " + left(f.Now, r.due(f))
	case r.SnoozedUntil.After(f.Now):
		return "put off until " + rules.DateOf(r.SnoozedUntil).Words()
	case r.Status == Claimed:
		for _, t := range clocks(r, f) {
			if t.Name == string(stepRelease) {
				return "released at " + clock(t.At) + " unless something is done"
			}
		}
	case r.Status == Awaiting && asked:
		return "answer: " + left(f.Now, startOf(day.AddDays(1)))
	}
	return ""
}
