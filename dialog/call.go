package dialog

import (
	"time"

	"referralbot/rules"
)

// Call is a talk with a clinician at a set time.
type Call struct {
	rules.Slot
	// Sequence counts, from 0, how often the time has been changed.
	Sequence int       `json:"sequence,omitempty"`
	BookedAt time.Time `json:"booked_at"` // UTC: when this time was chosen
	// With is who rings: who is suggested, until somebody has claimed it. Nobody if the ID is
	// empty.
	With Clinician `json:"with,omitzero"`
	// Ended is what came of it, or CallCancelled, and EndedAt when that was so (UTC); empty
	// while it is to come.
	Ended   Code      `json:"ended,omitempty"`
	EndedAt time.Time `json:"ended_at,omitzero"`
}

// Roster is what clinicians have added to the hours of calls, or taken from them. It is a value,
// like Conversation.
type Roster struct {
	Version int64         `json:"-"` // as in Conversation
	Blocks  []rules.Block `json:"blocks,omitempty"`
}

// ToCome reports whether a call is booked and nothing has come of it yet.
func (c *Call) ToCome() bool { return c != nil && c.Ended == "" }

// calledOff reports whether it came to its end before it was to begin, and so does not take place.
func (c *Call) calledOff() bool { return c != nil && c.Ended != "" && c.EndedAt.Before(c.From) }

// cancelled is the call once the person cancels it.
func (c Call) cancelled(now time.Time) Call {
	c.Ended, c.EndedAt = CallCancelled, now
	return c
}

// What becomes of a call, beside the outcomes of referrals.
const (
	CallCancelled Code = "CALL_CANCELLED"          // by the person
	CallTogether  Code = "CALL_COMPLETED_TOGETHER" // they have finished the draft together
	CallNoAnswer  Code = "CALL_NO_ANSWER"
	CallNotNeeded Code = "CALL_NOT_NEEDED"
)

// At is a time of day with its day in words, in Europe/London: "Tuesday 30 March at 10:00".
func At(t time.Time) string { return t.In(london).Format(everybody.at) }
