package dialog

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/rules"
)

// TestLetters is a table of what may become of a call, and what is sent by mail for it: what the
// calendar of who referred must hold, and nothing twice.
func TestLetters(t *testing.T) {
	t.Parallel()
	now := time.Date(2027, 3, 26, 12, 0, 0, 0, time.UTC)
	booked := Referral{
		Ref: "R1", Audience: rules.Professional, Answers: rules.Answers{rules.ReferrerEmail: {"sam@example.org"}, rules.ParentName: {"CANARY"}},
		Booked: &Call{Slot: rules.Slot{Span: rules.Span{From: now.Add(72 * time.Hour), To: now.Add(73 * time.Hour)}}, BookedAt: now},
	}
	with := func(change func(r *Referral)) Referral {
		r, call := booked, *booked.Booked
		r.Booked = &call
		change(&r)
		return r
	}
	none := with(func(r *Referral) { r.Booked = nil })
	unaddressed := with(func(r *Referral) { r.Answers = nil })
	moved := with(func(r *Referral) { r.Booked.Sequence, r.Booked.From = 1, r.Booked.From.Add(-time.Hour) })
	off := with(func(r *Referral) { r.Booked.Ended, r.Booked.EndedAt = CallCancelled, now })
	again := with(func(r *Referral) { r.Booked.Sequence = 1 })
	for _, tt := range []struct {
		name    string
		was     *Referral
		is      Referral
		subject string // "" for nothing
		n       int    // the sequence
	}{
		{"booked", &none, booked, "Call about a referral, R1", 0},
		{"booked with all else", nil, booked, "Call about a referral, R1", 0},
		{"booked by who has another referral", &Referral{Ref: "R2", Audience: rules.Professional, Booked: booked.Booked, Answers: booked.Answers}, booked, "Call about a referral, R1", 0},
		{"an address at last", &unaddressed, booked, "Call about a referral, R1", 0},
		{"another address", new(with(func(r *Referral) { r.Answers = rules.Answers{rules.ReferrerEmail: {"jo@example.org"}} })), booked, "Call about a referral, R1", 0},
		{"changed", &booked, moved, "Changed: call about a referral, R1", 2},
		{"cancelled", &booked, off, "Cancelled: call about a referral, R1", 1},
		{"booked anew", &off, again, "Changed: call about a referral, R1", 2},
		{"closed before it began", &booked, with(func(r *Referral) { r.Booked.Ended, r.Booked.EndedAt = Advice, now }), "Cancelled: call about a referral, R1", 1},
		{"claimed", &booked, with(func(r *Referral) { r.Claimant, r.Booked.With = anna, anna }), "", 0},
		{"held", &booked, with(func(r *Referral) { r.Booked.Ended, r.Booked.EndedAt = CallTogether, r.Booked.To }), "", 0},
		{"cancelled, and never sent", &unaddressed, off, "", 0},
		{"no address", &none, unaddressed, "", 0},
		{"an address they do not know", &none, with(func(r *Referral) { r.Answers = rules.Answers{rules.ReferrerEmail: {notKnown}} }), "", 0},
		{"not needed", &booked, with(func(r *Referral) { r.Booked.Ended, r.Booked.EndedAt = CallNotNeeded, now }), "Cancelled: call about a referral, R1", 1},
		{"not reached before its time", &booked, with(func(r *Referral) { r.Booked.Ended, r.Booked.EndedAt = CallNoAnswer, now }), "Cancelled: call about a referral, R1", 1},
		{"called off, and told before", &off, off, "", 0},
		{"no call", nil, none, "", 0},
		{"over long ago", &none, with(func(r *Referral) { r.Booked.From, r.Booked.To = now.Add(-2*time.Hour), now.Add(-time.Hour) }), "", 0},
		{"a parent's", &none, with(func(r *Referral) { r.Audience = rules.Parent }), "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := Letters(tt.was, tt.is, callsService, now)
			if tt.subject == "" {
				if len(got) > 0 {
					t.Fatalf("%+v", got[0].Invite)
				}
				return
			}
			if len(got) != 1 {
				t.Fatalf("%d letters", len(got))
			}
			l := got[0]
			if l.Subject != tt.subject || l.To != "sam@example.org" || l.Invite.Sequence != tt.n || l.Invite.Cancelled != strings.HasPrefix(tt.subject, "Cancelled") {
				t.Errorf("%s to %s, %+v", l.Subject, l.To, l.Invite)
			}
			if !strings.Contains(l.Text, At(tt.is.Booked.From)) || !strings.Contains(l.Text, "R1") || strings.Contains(l.Text+l.Subject+l.Invite.Summary, "CANARY") {
				t.Errorf("it says %s", l.Text)
			}
			if said := l.String() + l.LogValue().String(); said != "letterletter" {
				t.Errorf("a log would say %s", said)
			}
		})
	}
}

// TestAgenda has of several calls only a clinician's own that are to come, certain once claimed.
func TestAgenda(t *testing.T) {
	t.Parallel()
	call := func(ref string, with, by Clinician, ended Code) Referral {
		return Referral{Ref: ref, Claimant: by, Booked: &Call{With: with, Ended: ended}}
	}
	got := Agenda([]Referral{
		call("R1", anna, Clinician{}, ""), call("R2", anna, anna, ""), call("R3", ben, ben, ""), call("R4", anna, anna, CallTogether), {Ref: "R5", Claimant: anna},
	}, anna.ID)
	want := []Invite{
		{UID: "R1@referralbot", Summary: "Call about a referral, R1", Tentative: true},
		{UID: "R2@referralbot", Summary: "Call about a referral, R2"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
