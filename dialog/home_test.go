package dialog

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/rules"
)

// TestOwn shows a professional where their own referrals stand, latest first, and nothing of a
// family.
func TestOwn(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	facts := Facts{Now: now, Service: rules.DefaultService()}
	draft := Conversation{Ref: "R3", Answers: secrets, HeardAt: now}
	held := []Referral{
		{Ref: "R1", Kind: KindReferral, Status: Received, ReceivedAt: now.AddDate(0, 0, -2), DueAt: now.AddDate(0, 0, 3), Answers: secrets},
		{Ref: "R2", Kind: KindReferral, Status: Decided, ReceivedAt: now.AddDate(0, 0, -1), Answers: secrets, Life: Life{
			Confirmed: Clinician{ID: "U1", Name: "Carys Bevan"}, ConfirmedAt: now, Results: []Result{{Code: Accepted, At: now}},
		}},
		{Ref: "R0", Kind: KindDraft, Status: Draft, Answers: secrets},
		{Ref: "R4", Kind: KindReferral, Status: Awaiting, ReceivedAt: now.AddDate(0, 0, -3), DueAt: now, Life: Life{Wanted: Wanted{By: "2026-11-30"}, Results: []Result{{Code: MoreInfo, At: now}}}},
		{Ref: "R6", Kind: KindReferral, Status: Awaiting, ReceivedAt: now.AddDate(0, 0, -5), Life: Life{Wanted: Wanted{By: "2026-11-30"},
			Stops: []Stop{{Since: now.AddDate(0, 0, -4), Why: string(MoreInfo)}}}},
		{Ref: "R7", Kind: KindReferral, Status: Claimed, ReceivedAt: now.AddDate(0, 0, -6), DueAt: now.AddDate(0, 0, -1)},
		{Ref: "R5", Kind: KindCall, Status: Withdrawn, ReceivedAt: now.AddDate(0, 0, -4), DueAt: now},
	}
	want := []Section{
		{"Not sent yet", []Line{{"Last worked on", "10:00 on 23 November 2026"}, {"Kept until", "7 December 2026, unless you go on with it"}}},
		{"R2", []Line{{"Sent", "10:00 on 22 November 2026"}, {"Now", "decided"}, {"Receipt", "confirmed at 10:00 on 23 November 2026"}, {"Outcome", "accepted for assessment, 23 November 2026"}}},
		{"R1", []Line{{"Sent", "10:00 on 21 November 2026"}, {"Now", "with the team; nobody has taken it up yet"}, {"Receipt", "a person confirms it by 26 November 2026"}}},
		{"R4", []Line{{"Sent", "10:00 on 20 November 2026"}, {"Now", "we have asked you for something more: it is in your messages"}, {"Receipt", "a person confirms it by 23 November 2026"}, {"We need it by", "30 November 2026"}}},
		{"R5", []Line{{"Call asked for", "10:00 on 19 November 2026"}, {"Now", "you have taken it back"}}},
		{"R6", []Line{{"Sent", "10:00 on 18 November 2026"}, {"Now", "we have asked you for something more: it is in your messages"},
			{"Receipt", "the time to confirm it stands still since 19 November 2026: more information asked for"}, {"We need it by", "30 November 2026"}}},
		{"R7", []Line{{"Sent", "10:00 on 17 November 2026"}, {"Now", "a clinician is reading it"}, {"Receipt", "promised by 22 November 2026, and late: the team is reminded"}}},
	}
	if diff := cmp.Diff(want, Own(draft, held, facts)); diff != "" {
		t.Error(diff)
	}
	if got := Own(Conversation{}, nil, facts); got != nil {
		t.Errorf("somebody with nothing is shown %v", got)
	}
}
