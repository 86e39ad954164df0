package dialog

import (
	"log/slog"
	"slices"
	"strconv"
	"strings"
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

// invite is the call of a reference as calendars hold it. One that was called off before it began
// is cancelled; one that took place stays.
func (c Call) invite(ref, summary string) Invite {
	i := Invite{
		UID: ref + "@referralbot", Sequence: 2 * c.Sequence, Stamp: c.BookedAt, Span: c.Span, Summary: summary,
		Cancelled: c.calledOff(),
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

// invited is what the calendar of who referred holds of a call that is not over, once they have
// given an address to send it to.
func invited(r *Referral, now time.Time) (to string, i Invite, ok bool) {
	if r == nil || r.Audience != rules.Professional || r.Booked == nil {
		return "", Invite{}, false
	}
	to, i = first(r.Answers[rules.ReferrerEmail]), r.Booked.invite(r.Ref, callSummary(r.Ref))
	return to, i, to != "" && to != notKnown && i.To.After(now) && (i.Cancelled || r.Booked.ToCome())
}

// Letters are what goes by mail because a referral was was and is is now; was is nil, or another
// one, where there was none.
func Letters(was *Referral, is Referral, s *rules.Service, now time.Time) []Letter {
	to, i, ok := invited(&is, now)
	before, old, had := "", Invite{}, false
	if was != nil && was.Ref == is.Ref {
		before, old, had = invited(was, now)
	}
	said := lineLetterBooked
	switch {
	case !ok, had && before == to && old.Sequence == i.Sequence, !had && i.Cancelled:
		return nil
	case i.Cancelled:
		said = lineLetterOff
	case had && before == to:
		said = lineLetterMoved
	}
	t := begin(Conversation{Audience: is.Audience, Ref: is.Ref}, Facts{Now: now, Service: s})
	subject, text, _ := strings.Cut(t.line(said, "when", At(i.From), "hours", strconv.Itoa(s.Calls.CutOff)), "\n\n")
	return []Letter{{To: to, Subject: subject, Text: text, Invite: i}}
}

// toCalendar gives the person their call as a file for their calendar.
func (t *turn) toCalendar() {
	t.c.Filed = union(t.c.Filed, []string{t.c.Ref})
	t.file(t.c.Ref, *t.booked(), lineCallFile)
	t.showAgain()
}

// refile gives the call as it now is to somebody who has it as a file.
func (t *turn) refile(ref string, c Call) {
	if !slices.Contains(t.c.Filed, ref) || !c.To.After(t.f.Now) {
		return
	}
	said := lineCallFileNew
	if c.calledOff() {
		said = lineCallFileOff
		t.unfile(ref)
	}
	t.file(ref, c, said)
}

// unfile forgets that they have a call as a file: it is over, or taken out.
func (t *turn) unfile(ref string) {
	t.c.Filed = slices.DeleteFunc(slices.Clone(t.c.Filed), func(s string) bool { return s == ref })
}

func (t *turn) file(ref string, c Call, said line) {
	i := c.invite(ref, callSummaryAtHome)
	t.out.Replies = append(t.out.Replies, Reply{Text: t.line(said), Invite: &i})
}
