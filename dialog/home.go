package dialog

import (
	"slices"
	"strings"

	"referralbot/rules"
)

// Own is what a professional sees of their own: a referral not sent yet, and those the
// clinicians hold, latest first, each with where it stands and the dates of the same clock that
// the clinicians see. It says nothing of a family: it is on a screen at work.
func Own(c Conversation, held []Referral, f Facts) []Section {
	var out []Section
	if c.Unsent() && len(c.Answers) > 0 {
		out = append(out, Section{Title: "Not sent yet", Lines: []Line{
			{"Last worked on", clock(c.HeardAt)},
			{"Kept until", rules.DateOf(c.Expires(f.Service)).Words() + ", unless you go on with it"},
		}})
	}
	sent := slices.DeleteFunc(slices.Clone(held), func(r Referral) bool { return r.Kind == KindDraft })
	slices.SortStableFunc(sent, func(a, b Referral) int { return b.ReceivedAt.Compare(a.ReceivedAt) })
	for _, r := range sent {
		out = append(out, Section{Title: r.Ref, Lines: r.toItsReferrer(f)})
	}
	return out
}

// referrersStandings are the states as professionals read them.
var referrersStandings = map[Status]string{
	Received: "with the team; nobody has taken it up yet", Claimed: "a clinician is reading it",
	Awaiting: "we have asked you for something more: it is in your messages", Decided: "decided",
	Closed: "closed", Withdrawn: "you have taken it back",
}

// toItsReferrer says where a referral stands to the professional who sent it.
func (r Referral) toItsReferrer(f Facts) []Line {
	what := "Sent"
	if r.Kind == KindCall {
		what = "Call asked for"
	}
	lines := []Line{{what, clock(r.ReceivedAt)}, {"Now", referrersStandings[r.Status]}}
	switch {
	case r.Status == Withdrawn:
	case r.Confirmed.ID != "":
		lines = append(lines, Line{"Receipt", "confirmed at " + clock(r.ConfirmedAt)})
	case r.due(f).IsZero():
		lines = append(lines, Line{"Receipt", "the time to confirm it " + r.stands()})
	case r.due(f).Before(f.Now):
		lines = append(lines, Line{"Receipt", "promised by " + rules.DateOf(r.DueAt).Words() + ", and late: the team is reminded"})
	default:
		lines = append(lines, Line{"Receipt", "a person confirms it by " + rules.DateOf(r.DueAt).Words()})
	}
	if r.Status == Awaiting && r.Wanted.By != "" {
		day, _ := rules.ParseISODate(r.Wanted.By)
		lines = append(lines, Line{"We need it by", day.Words()})
	}
	if b := r.Booked; b.ToCome() && b.To.After(f.Now) {
		lines = append(lines, Line{"A call is booked", At(b.From)})
	}
	if len(r.Results) > 0 && r.Status != Awaiting {
		last := r.Results[len(r.Results)-1]
		lines = append(lines, Line{"Outcome", strings.ToLower(endingOf(last.Code).title) + ", " + rules.DateOf(last.At).Words()})
	}
	return lines
}
