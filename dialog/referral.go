package dialog

import (
	"log/slog"
	"time"

	"referralbot/rules"
)

// Status is where a referral stands with the clinicians.
type Status string

// The states of a referral's life.
const (
	Draft     Status = "draft" // not sent; the clinicians have it because of an alert
	Received  Status = "received"
	Claimed   Status = "claimed"
	Awaiting  Status = "awaiting" // more information has been asked of the referrer
	Decided   Status = "decided"  // an outcome is recorded
	Closed    Status = "closed"
	Withdrawn Status = "withdrawn"
)

// Kind says what was sent: a whole referral, only a request to talk, or nothing yet.
type Kind string

// The kinds.
const (
	KindReferral Kind = "referral"
	KindCall     Kind = "call"
	// KindDraft is what there is of something not sent, perhaps without consent, that
	// raised an alert. Clinicians may open it; it has no card.
	KindDraft Kind = "draft"
)

// Referral is what the clinicians hold: the answers as sent, and what has become of
// them. It is a value, like Conversation.
type Referral struct {
	Ref      string         `json:"ref"`
	Version  int64          `json:"-"` // as in Conversation
	Kind     Kind           `json:"kind"`
	Chat     Chat           `json:"chat"` // of the referrer
	Audience rules.Audience `json:"audience"`
	Status   Status         `json:"status"`
	Answers  rules.Answers  `json:"answers"`
	// Assessment is the reading on the day it was sent, kept as it was then.
	Assessment rules.Assessment `json:"assessment"`
	RuleSet    string           `json:"rule_set"`    // the version of the rules that made it
	ReceivedAt time.Time        `json:"received_at"` // UTC
	DueAt      time.Time        `json:"due_at"`      // by when a person confirms receipt (UTC)
	// Claimant holds the referral; empty ID when nobody does.
	Claimant  Clinician `json:"claimant,omitzero"`
	ClaimedAt time.Time `json:"claimed_at,omitzero"`
	// CallWanted says that the referrer asked to talk to a clinician.
	CallWanted bool `json:"call_wanted,omitempty"`
	// CallTimes says when they may be rung: morning, afternoon, any_time, or their words.
	CallTimes string `json:"call_times,omitempty"`
	// Unreachable says that messages to the referrer's chat are refused by the platform.
	Unreachable bool `json:"unreachable,omitempty"`
	// Alerts are all that it has raised, oldest first.
	Alerts []Alert `json:"alerts,omitempty"`
	// Heard are the words that raised alerts, as they were typed. They may be in no
	// answer, for words are read for risk wherever they come.
	Heard []string `json:"heard,omitempty"`
}

// LogValue withholds everything but the reference and status.
func (r Referral) LogValue() slog.Value {
	return slog.GroupValue(slog.String("ref", r.Ref), slog.String("status", string(r.Status)))
}

// String withholds everything but the reference and status.
func (r Referral) String() string { return r.Ref + " " + string(r.Status) }

// Clinician is a member of the triage channel or, for alerts, of the safety channel.
type Clinician struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"` // as colleagues know them
}

// Action is something a clinician, or the service itself, does to a referral.
type Action string

// The actions.
const (
	ActClaim       Action = "claim"
	ActRelease     Action = "release"
	ActOpen        Action = "open"        // read the whole referral; changes nothing but the audit
	ActRefused     Action = "refused"     // somebody not entitled pressed something; only audited
	ActWithdraw    Action = "withdraw"    // the person who sent it takes it back
	ActUnreachable Action = "unreachable" // the referrer's chat refuses messages

	// These are of one alert, and carry its number: "acknowledge:1".
	ActAcknowledge Action = "acknowledge" // say that one looks into it
	ActEscalate    Action = "escalate"    // nobody has: pass it on; heard from its timer
)

// Deed is one press or command on a referral.
type Deed struct {
	Action Action
	By     Clinician
	Reason string // why it is released, which action was refused, or which page was opened; never clinical content
}

// Card is what the triage channel shows of a referral. It holds nothing that could say
// who the family is.
type Card struct {
	Title string
	// Lines are label and value, in order.
	Lines []Line
	// Buttons are the actions valid now, each with its label.
	Buttons []Choice
	// Summary is one line for notifications and screen readers.
	Summary string
	// Notify is the id of the clinician who is to be notified of it, "" for nobody more
	// than others.
	Notify string
}

// Line is a label and what stands beside it.
type Line struct {
	Label string
	Value string
}
