package dialog

import (
	"log/slog"
	"slices"
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
	RuleSet    string           `json:"rule_set"` // the version of the rules that made it
	// QuestionSet and ConsentWording are the versions of the questions, and of the words in which
	// agreement was asked for, in which it was told to the bot: "" if it was not, or before they
	// were kept.
	QuestionSet    string    `json:"question_set,omitempty"`
	ConsentWording string    `json:"consent_wording,omitempty"`
	ReceivedAt     time.Time `json:"received_at"` // UTC
	DueAt          time.Time `json:"due_at"`      // by when a person confirms receipt (UTC)
	// Claimant holds the referral; empty ID when nobody does.
	Claimant  Clinician `json:"claimant,omitzero"`
	ClaimedAt time.Time `json:"claimed_at,omitzero"`
	// CallWanted says that the referrer asked to talk to a clinician.
	CallWanted bool `json:"call_wanted,omitempty"`
	// CallTimes says when they may be rung: morning, afternoon, any_time, or their words.
	CallTimes string `json:"call_times,omitempty"`
	// Booked is the call that has been booked, nil if none has been.
	Booked *Call `json:"booked,omitempty"`
	// Unreachable says that messages to the referrer's chat are refused by the platform.
	Unreachable bool `json:"unreachable,omitempty"`
	// Alerts are all that it has raised, oldest first.
	Alerts []Alert `json:"alerts,omitempty"`
	// Heard are the words that raised alerts, as they were typed. They may be in no
	// answer, for words are read for risk wherever they come.
	Heard []string `json:"heard,omitempty"`
	// Life is what clinicians have done with it.
	Life
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
	// Lead says that they may do what only a lead may. It is of the moment, and not kept.
	Lead bool `json:"-"`
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

	ActConfirm  Action = "confirm"   // say that a person has seen it
	ActHandOver Action = "hand_over" // give it to a colleague
	ActReassign Action = "reassign"  // a lead gives it to somebody
	ActReopen   Action = "reopen"
	ActNote     Action = "note"
	ActSnooze   Action = "snooze" // put it off until a day
	ActJoin     Action = "join"   // to another referral of the same family
	ActUnjoin   Action = "unjoin"
	ActEnter    Action = "enter" // take down a referral that came by another way
	// ActOutcome carries the code of an outcome: "outcome:SIGNPOSTED".
	ActOutcome  Action = "outcome"
	ActAgree    Action = "agree"     // to the outcome that a colleague proposes
	ActSendBack Action = "send_back" // the same outcome, to think again

	ActCancelCall Action = "cancel_call" // the person cancels the call that is booked
	ActGiveBack   Action = "give_back"   // the person chooses a time at which whoever has it is away
	ActReach      Action = "reach"       // the person says how to reach them for the call

	ActAnswer Action = "answer" // the referrer gives what they were asked for
	ActJoined Action = "joined" // the other side of ActJoin, with its reference: "joined:R1"
	ActParted Action = "parted" // likewise of ActUnjoin

	ActCompare Action = "compare" // with other referrals that may be of the same family; heard from its timer
	ActAlike   Action = "alike"   // another may be of the same family, by its reference: "alike:R1"
	ActSibling Action = "sibling" // another may be of a sibling, likewise

	// These are of one alert, and carry its number: "acknowledge:1".
	ActAcknowledge Action = "acknowledge" // say that one looks into it
	ActEscalate    Action = "escalate"    // nobody has: pass it on; heard from its timer
)

// Deed is one press or command on a referral.
type Deed struct {
	Action Action
	By     Clinician
	Reason string // which action was refused, or which page was opened; never clinical content
	// Filled are the values of the sheet for the action, by key, or nil if none has been
	// filled in: then, if there is one to fill in, the outcome has it and nothing is done yet.
	Filled map[string][]string
	// Turn is that of the sheet filled in.
	Turn int
	// Answers are what the referrer answers.
	Answers rules.Answers
}

// Life is what has become of a referral with the clinicians, beyond who has it.
type Life struct {
	// Turns counts how often it has changed hands or state.
	Turns int `json:"turns,omitempty"`
	// Confirmed is who has confirmed its receipt, nobody if the ID is empty, and ConfirmedAt
	// is when they did (UTC).
	Confirmed   Clinician `json:"confirmed,omitzero"`
	ConfirmedAt time.Time `json:"confirmed_at,omitzero"`
	// BreachedAt is when receipt should have been confirmed and had not been (UTC).
	BreachedAt time.Time `json:"breached_at,omitzero"`
	// ActedAt is when whoever has it last did something about it, and FreeAt is when it was
	// last given back, if it ever was (UTC).
	ActedAt time.Time `json:"acted_at,omitzero"`
	FreeAt  time.Time `json:"free_at,omitzero"`
	// SnoozedUntil is when it is brought to mind again, if it has been put off (UTC).
	SnoozedUntil time.Time `json:"snoozed_until,omitzero"`
	// Taken are the steps of its clocks that have been taken.
	Taken []string `json:"taken,omitempty"`
	// Stops are the times for which the clock of its receipt stood still.
	Stops []Stop `json:"stops,omitempty"`
	// Wanted is what its referrer has last been asked for.
	Wanted Wanted `json:"wanted,omitzero"`
	// Unanswered counts how often its referrer has been rung and has not answered.
	Unanswered int `json:"unanswered,omitempty"`
	// Results are its outcomes, oldest first, and Proposed is one that waits for a second
	// clinician, nil if none does.
	Results  []Result `json:"results,omitempty"`
	Proposed *Result  `json:"proposed,omitempty"`
	Notes    []Note   `json:"notes,omitempty"`
	// Family are the references of other referrals of the same family, joined to it by a
	// clinician; Alike are those that may be, and Siblings those that may be of another baby of
	// the same family.
	Family   []string `json:"family,omitempty"`
	Alike    []string `json:"alike,omitempty"`
	Siblings []string `json:"siblings,omitempty"`
	// News is what its referrer is told of all this, oldest first.
	News []News `json:"news,omitempty"`
	// Entered says how it came, if not through the bot.
	Entered string `json:"entered,omitempty"`
}

// Stop is a time for which a clock stood still, and why. Until is zero while it does.
type Stop struct {
	Since time.Time `json:"since"`
	Until time.Time `json:"until,omitzero"`
	Why   string    `json:"why"`
}

// Wanted is more information asked of a referrer: the questions that are opened again, and
// the day by which it is wanted. AnsweredAt is when it came (UTC), zero before.
type Wanted struct {
	Fields     []rules.Field `json:"fields,omitempty"`
	By         string        `json:"by,omitempty"` // "2026-11-30"
	AnsweredAt time.Time     `json:"answered_at,omitzero"`
}

// Result is an outcome: what was decided, by whom, and what the clinicians wrote with it.
type Result struct {
	Code   Code                `json:"code"`
	By     Clinician           `json:"by"`
	At     time.Time           `json:"at"` // UTC
	Filled map[string][]string `json:"filled,omitempty"`
	// Agreed is the second clinician, where there had to be one.
	Agreed Clinician `json:"agreed,omitzero"`
}

// Note is what a clinician wrote down for colleagues.
type Note struct {
	By   Clinician `json:"by"`
	At   time.Time `json:"at"` // UTC
	Text string    `json:"text"`
}

// News is one thing for the referrer to be told: the key of its words, and what is filled
// into them.
type News struct {
	What string            `json:"what"`
	At   time.Time         `json:"at"` // UTC
	With map[string]string `json:"with,omitempty"`
}

// Turn is what a sheet for the referral is opened in.
func (r Referral) Turn() int { return r.Turns + 1 }

// held reports whether somebody has it.
func (r Referral) held() bool { return slices.Contains([]Status{Claimed, Awaiting, Decided}, r.Status) }

// Card is what the triage channel shows of a referral. It holds nothing that could say
// who the family is.
type Card struct {
	Title string
	// Lines are label and value, in order.
	Lines []Line
	// Buttons are the actions that matter now, each with its label, and More is a menu of
	// the others.
	Buttons, More []Choice
	// Summary is one line for notifications and screen readers.
	Summary string
	// Notify are the ids of the clinicians who are to be notified of it, separated by
	// spaces, "" for nobody more than others.
	Notify string
}

// Line is a label and what stands beside it.
type Line struct {
	Label string
	Value string
}
