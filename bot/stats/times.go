package stats

import (
	"slices"
	"strconv"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
)

// From how many spans a median and a 90th percentile are told.
const (
	enoughForMedian = 5
	enoughForNinety = 20
)

func times(f facts) Section {
	s := Section{ID: "times", Title: "How long it takes",
		About: "Half of them took no longer than the median, and nine of ten no longer than the 90th percentile. Nights, weekends and the time for which a referrer was waited for are counted. " +
			"To send is from the first word of a draft, whenever it was gone on with, and rounded up to a minute in the first hour and to an hour after it. The others are from sending, to the first time that somebody claimed it, " +
			"that a person confirmed receipt, and that there was an outcome beyond asking for more; and of alerts, from raising one.",
		Columns: []Column{{"n", "Of", Number}, {"median", "Median", Seconds}, {"ninety", "90th percentile", Seconds}}}
	for _, row := range []struct {
		id, title string
		spans     []time.Duration
	}{
		{"to_send_professional", "To send, professionals", f.toSend(rules.Professional)},
		{"to_send_parent", "To send, parents", f.toSend(rules.Parent)},
		{"to_claim", "To be claimed", f.spans(f.firstClaim)},
		{"to_receipt", "To confirmed receipt", f.spans(func(r dialog.Referral) time.Time { return r.ConfirmedAt })},
		{"to_outcome", "To an outcome", f.spans(firstOutcome)},
		{"to_acknowledge", "Alerts, to be acknowledged", f.toAcknowledge()},
	} {
		slices.Sort(row.spans)
		s.Rows = append(s.Rows, Row{ID: row.id, Title: row.title, Cells: []Cell{
			atLeast(len(row.spans)), quantile(row.spans, .5, enoughForMedian), quantile(row.spans, .9, enoughForNinety),
		}})
	}
	return s
}

// toSend are how long drafts took that were begun in the period and sent.
func (f facts) toSend(who rules.Audience) (all []time.Duration) {
	for t, n := range f.Tallies {
		minutes, err := strconv.Atoi(t.By)
		if t.Name != dialog.CountTook || t.Audience != who || err != nil {
			continue
		}
		for range n {
			all = append(all, time.Duration(minutes)*time.Minute)
		}
	}
	return all
}

// spans are how long after they were received referrals came to something.
func (f facts) spans(to func(dialog.Referral) time.Time) (all []time.Duration) {
	for _, r := range f.referrals {
		if at := to(r); !at.IsZero() {
			all = append(all, max(0, at.Sub(r.ReceivedAt)))
		}
	}
	return all
}

// firstClaim is when a referral was first somebody's, which only its audit knows once it has
// been given back.
func (f facts) firstClaim(r dialog.Referral) time.Time {
	for _, e := range f.Audits[r.Ref] {
		if e.Action == "claimed" || e.Action == "handed_over" {
			return e.At
		}
	}
	return time.Time{}
}

func firstOutcome(r dialog.Referral) time.Time {
	for _, res := range r.Results {
		if res.Code != dialog.MoreInfo && !res.Code.OfCall() {
			return res.At
		}
	}
	return time.Time{}
}

func (f facts) toAcknowledge() (all []time.Duration) {
	for _, a := range f.alerts() {
		if a.Acknowledged.ID != "" {
			all = append(all, max(0, a.AcknowledgedAt.Sub(a.At)))
		}
	}
	return all
}
