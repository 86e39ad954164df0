package dialog

import (
	"slices"

	"referralbot/rules"
)

// Own is what a professional sees of their own: a referral not sent yet, and those the
// clinicians hold, latest first, each with where it stands and the dates of the same clock that
// the clinicians see. It says nothing of a family: it is on a screen at work.
func Own(c Conversation, held []Referral, f Facts) []Section {
	var out []Section
	if c.Unsent() && len(c.Answers) > 0 {
		w := ToProfessionals.own
		out = append(out, Section{Title: w.unsent, Lines: []Line{
			w.workedOn.filled("time", clock(c.HeardAt)), w.kept.filled("day", rules.DateOf(c.Expires(f.Service)).Words()),
		}})
	}
	sent := slices.DeleteFunc(slices.Clone(held), func(r Referral) bool { return r.Kind == KindDraft })
	slices.SortStableFunc(sent, func(a, b Referral) int { return b.ReceivedAt.Compare(a.ReceivedAt) })
	for _, r := range sent {
		out = append(out, Section{Title: r.Ref, Lines: r.toItsReferrer(f)})
	}
	return out
}

// toItsReferrer says where a referral stands to the professional who sent it.
func (r Referral) toItsReferrer(f Facts) []Line {
	w := ToProfessionals.own
	sent, due := w.sent, rules.DateOf(r.DueAt).Words()
	if r.Kind == KindCall {
		sent = w.callWanted
	}
	lines := []Line{sent.filled("time", clock(r.ReceivedAt)), w.now.filled("standing", w.standings[r.Status])}
	switch {
	case r.Status == Withdrawn:
	case r.Confirmed.ID != "":
		lines = append(lines, w.confirmed.filled("time", clock(r.ConfirmedAt)))
	case r.due(f).IsZero():
		lines = append(lines, w.stands.filled("clock", r.stands()))
	case r.due(f).Before(f.Now):
		lines = append(lines, w.late.filled("day", due))
	default:
		lines = append(lines, w.promised.filled("day", due))
	}
	if r.Status == Awaiting && r.Wanted.By != "" {
		lines = append(lines, w.wanted.filled("day", dayWords(r.Wanted.By)))
	}
	if b := r.Booked; b.ToCome() && b.To.After(f.Now) {
		lines = append(lines, w.call.filled("when", At(b.From)))
	}
	if len(r.Results) > 0 && r.Status != Awaiting {
		last := r.Results[len(r.Results)-1]
		lines = append(lines, w.outcome.filled("outcome", last.Code.within(), "day", rules.DateOf(last.At).Words()))
	}
	return lines
}
