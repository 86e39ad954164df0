package dialog

import (
	"log/slog"
	"time"

	"referralbot/rules"
)

// Invite is a call as calendars hold it: its time, and words that may stand on any screen.
type Invite struct {
	// UID is the same as long as the reference has a call, however often that is changed, and
	// no other call's.
	UID string `json:"uid"`
	// Sequence grows with everything that becomes of the call: by it a calendar knows the latest.
	Sequence int `json:"sequence"`
	// Stamp is when the call became what it is (UTC).
	Stamp time.Time `json:"stamp"`
	rules.Span
	Summary   string `json:"summary"`
	Tentative bool   `json:"tentative,omitempty"` // nobody has said yet that they will ring
	Cancelled bool   `json:"cancelled,omitempty"`
}

// invite is the call of a reference as calendars hold it. It is not to ring any more once
// something has come of it.
func (c Call) invite(ref, summary string) Invite {
	i := Invite{
		UID: ref + "@referralbot", Sequence: 2 * c.Sequence, Stamp: c.BookedAt, Span: c.Span,
		Summary: summary, Cancelled: c.Ended == CallCancelled,
	}
	if i.Cancelled {
		i.Sequence, i.Stamp = i.Sequence+1, c.EndedAt
	}
	return i
}

// Agenda are the calls to come among referrals that are one clinician's, as their calendar
// holds them: those of others, and what is known of anybody, are not in it.
func Agenda(referrals []Referral, clinician string) []Invite {
	var out []Invite
	for _, r := range referrals {
		if r.Booked.ToCome() && r.Booked.With.ID == clinician {
			i := r.Booked.invite(r.Ref, callSummary(r.Ref))
			i.Tentative = r.Claimant.ID != clinician
			out = append(out, i)
		}
	}
	return out
}

// Letter goes by mail to a professional, to the address that they gave. It says nothing of a
// family.
type Letter struct {
	To      string `json:"to"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
	// Invite goes with it.
	Invite Invite `json:"invite"`
}

// LogValue withholds the address and the words.
func (l Letter) LogValue() slog.Value { return slog.StringValue("letter") }

// String withholds the address and the words.
func (l Letter) String() string { return "letter" }
