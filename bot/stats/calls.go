package stats

import (
	"slices"

	"referralbot/dialog"
)

// asked reports whether the referrer has asked to talk to a clinician, whatever came of it.
func asked(r dialog.Referral) bool {
	return r.CallWanted || r.CallTimes != "" || r.Booked != nil || slices.ContainsFunc(r.Results, func(res dialog.Result) bool { return res.Code.OfCall() })
}

// toTalk are those received in the period, sent or not, of which the referrer has asked to talk.
func (f facts) toTalk() (all []dialog.Referral) {
	for _, r := range f.Referrals {
		if f.period.has(r.ReceivedAt) && asked(r) {
			all = append(all, r)
		}
	}
	return all
}

func calls(f facts) Section {
	s := Section{ID: "calls", Title: "Talking it over", About: "Whoever asked, in this time, to talk to a clinician, before sending anything or with it: those who chose a time, and those who are rung when it suits.",
		Columns: []Column{{"booked", "At a time they chose", Number}, {"rung", "Rung when it suits", Number}, {"asked", "Asked", Number}}, Drawn: 2}
	for _, who := range audiences {
		var booked, rung int
		for _, r := range f.toTalk() {
			switch {
			case r.Audience != who.audience:
			case r.Booked != nil:
				booked++
			default:
				rung++
			}
		}
		told := protect(booked, rung)
		s.Rows = append(s.Rows, Row{ID: string(who.audience), Title: who.title, Cells: append(told, whole(told, booked, rung))})
	}
	return s
}

func endsOfCalls(f facts) Section {
	names := []name{
		{"to_come", "To come"}, {string(dialog.CallTogether), "Completed together"}, {string(dialog.CallNoAnswer), "No answer"},
		{string(dialog.CallNotNeeded), "Not needed"}, {string(dialog.CallCancelled), "Cancelled by the person"}, {"ended", "The referral came to an outcome"}, {"open", "Not rung yet, or nothing noted"},
	}
	return split(Section{ID: "ends_of_calls", Title: "What came of wishing to talk", About: "The latest of what came of each wish to talk."},
		names, count(f.toTalk(), names, endOfCall))
}

// endOfCall is the latest of what came of a wish to talk. A cancelled call is no outcome of the
// referral, and is on the call alone.
func endOfCall(r dialog.Referral) string {
	ends := slices.DeleteFunc(slices.Clone(r.Results), func(res dialog.Result) bool { return !res.Code.OfCall() })
	cancelled := r.Booked != nil && r.Booked.Ended == dialog.CallCancelled
	switch {
	case r.Booked.ToCome():
		return "to_come"
	case cancelled && !slices.ContainsFunc(ends, func(res dialog.Result) bool { return res.At.After(r.Booked.EndedAt) }):
		return string(dialog.CallCancelled)
	case len(ends) > 0:
		return string(ends[len(ends)-1].Code)
	case len(decided(r)) > 0:
		return "ended"
	}
	return "open"
}
