package dialog

import (
	"log/slog"
	"time"

	"referralbot/rules"
)

// Chat is where a conversation takes place: one person, privately, on one platform.
type Chat struct {
	Platform string `json:"platform"` // the adapter's name for itself
	ID       string `json:"id"`       // that platform's id of the private chat
}

// LogValue withholds the chat's id, which identifies a person.
func (c Chat) LogValue() slog.Value { return slog.StringValue(c.Platform + " chat") }

// String withholds the chat's id, as LogValue does.
func (c Chat) String() string { return c.Platform + " chat" }

// Stage is where a conversation stands. A stage exists only where the same words would
// be understood differently.
type Stage string

// The stages of a conversation.
const (
	Greeting  Stage = "greeting"  // offered to begin, or to go on where they were
	Asking    Stage = "asking"    // a question is open
	Warning   Stage = "warning"   // told that something may not fit; may carry on or talk it over
	Booking   Stage = "booking"   // arranging for a clinician to ring
	Reviewing Stage = "reviewing" // reading their answers before sending
	Deleting  Stage = "deleting"  // asked whether to delete everything
	Recalling Stage = "recalling" // asked whether to take back what the team has
	Urgent    Stage = "urgent"    // given emergency help; the questions wait
	Sent      Stage = "sent"      // the referral is with the team
	Stopped   Stage = "stopped"   // nothing is open
)

// Conversation is everything remembered of one chat. It is a value: Step returns a new
// one and changes nothing it is given.
type Conversation struct {
	Chat     Chat           `json:"chat"`
	Audience rules.Audience `json:"audience"`
	// Version counts the turns stored; zero means that nothing is stored yet. The
	// store compares it, and Step leaves it alone.
	Version int64 `json:"-"`
	Stage   Stage `json:"stage,omitempty"` // empty until the first word, which is read as Stopped
	// Forms says that this person can be shown forms and that what they type in the chat
	// is kept by others, so that identity and free text are taken only in a form.
	Forms bool `json:"forms,omitempty"`
	// Ref is the reference of the referral being made, the same from the first
	// answer to the outcome. Empty while nothing has been begun.
	Ref     string        `json:"ref,omitempty"`
	Answers rules.Answers `json:"answers,omitempty"`
	// Unwritten are the changes of the answers that the audit does not say yet, oldest first.
	Unwritten []Change `json:"unwritten,omitempty"`
	// Passed lists the optional questions the person chose not to answer.
	Passed []rules.Field `json:"passed,omitempty"`
	// Asked is the prompt now open; its ID is the one that buttons must carry.
	Asked Prompt `json:"asked,omitzero"`
	// Trail lists the questions answered, in order, so that Back can undo the last.
	Trail []rules.Field `json:"trail,omitempty"`
	// Changing is the question being changed from the review; empty otherwise.
	Changing rules.Field `json:"changing,omitempty"`
	// Warned lists the warnings already said, as "rule:verdict", so that each is said once.
	Warned []string `json:"warned,omitempty"`
	// Alerted lists the risks already told to the safety channel, so that one answer
	// raises one alert.
	Alerted []string `json:"alerted,omitempty"`
	// Heard are the signs of risk found in what was typed, whatever it answered.
	Heard []rules.Signal `json:"heard,omitempty"`
	// Drafts holds answers half given when something else came between, by question.
	Drafts map[rules.Field][]string `json:"drafts,omitempty"`
	// Notices stand at the top of the next form: what the last one led to.
	Notices []string `json:"notices,omitempty"`
	// Recent holds the last few things typed, so that words of risk that come in pieces
	// are read as one. It goes when the referral is sent.
	Recent []string `json:"recent,omitempty"`
	// Call is set once a discussion with a clinician has been asked for.
	Call bool `json:"call,omitempty"`
	// CallTimes says when a clinician may ring, in the person's words or choice.
	CallTimes string `json:"call_times,omitempty"`
	// Choosing is how far they have come with choosing a time for a call.
	Choosing Choosing `json:"choosing,omitzero"`
	// Filed are the references whose calls they have as a file for their calendar.
	Filed []string `json:"in_calendar,omitempty"`
	// Held says that the clinicians have something of this at the person's own wish: the
	// whole, or that they asked for a call.
	Held bool `json:"held,omitempty"`
	// Remind says that they have asked to be reminded once, and not been heard since.
	Remind bool `json:"remind,omitempty"`
	// Waiting is the news that is still to be told here, each by the reference and its
	// number: a parent has to be somewhere private first.
	Waiting []string `json:"waiting,omitempty"`
	// Owed are the references of referrals about which more has been asked, and More are the
	// questions of this one that are opened again for it and still to be answered.
	Owed []string      `json:"owed,omitempty"`
	More []rules.Field `json:"more,omitempty"`
	// BegunAt is when the draft was begun (UTC), zero for one begun before drafts were counted;
	// Place is where it stands, and Shown are the places where it has stood that are not in the
	// Trail.
	BegunAt time.Time `json:"begun_at,omitzero"`
	Place   Place     `json:"place,omitempty"`
	Shown   []Place   `json:"shown,omitempty"`
	// SentAt is when the referral was sent (UTC); zero before.
	SentAt time.Time `json:"sent_at,omitzero"`
	// HeardAt is when the person was last heard (UTC).
	HeardAt time.Time `json:"heard_at,omitzero"`
}

// LogValue withholds everything a person said.
func (c Conversation) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("chat", c.Chat), slog.String("stage", string(c.Stage)))
}

// String withholds everything a person said.
func (c Conversation) String() string { return "conversation at " + string(c.Stage) }

// Unsent reports whether c is a draft: something has been begun and not been sent.
func (c Conversation) Unsent() bool { return c.Ref != "" && c.SentAt.IsZero() }

// Expires returns when a draft is erased if nothing more is heard (UTC).
func (c Conversation) Expires(s *rules.Service) time.Time {
	return c.HeardAt.AddDate(0, 0, s.Retention.DraftsDays)
}

// TimerAway is the name of the timer at which it is found that what was pressed in the last
// minutes may have been lost. Whoever may still be at the open question is shown it again.
const TimerAway = "away"

// TimerForget is the name of the timer at which a draft, or a referral taken back, is to be
// erased. Neither Step nor Act hears it.
const TimerForget = "forget"

// Prompt is a question put to the person, or an offer of things to press.
type Prompt struct {
	// ID is carried by every button of the prompt. A press with another ID is stale.
	ID string `json:"id,omitempty"`
	// Field is the question asked, empty for an offer such as a warning or the review.
	Field rules.Field `json:"field,omitempty"`
	// Draft holds what has been gathered towards the answer but not yet settled:
	// the boxes ticked so far, or the messages of a long answer, or a date waiting for
	// its "yes".
	Draft []string `json:"draft,omitempty"`
	// Confirming says that Draft is a reading waiting for "yes".
	Confirming bool `json:"confirming,omitempty"`
}

// Input is one thing heard: words, a press of a button, a form sent, or a timer due.
// Exactly one of Text, Press, Form, Media and Timer is set, but that Media may come with
// Text written beneath it, which is read for risk and is no answer.
type Input struct {
	// Text is what was typed, as it came, or "".
	Text string
	// Press is the button pressed, or nil.
	Press *Press
	// Form holds the values of a form by field, as typed or chosen (canonical values
	// for choices), or nil. An empty list means the input was left blank.
	Form map[rules.Field][]string
	// Media names something sent that is not words: "voice", "photo", "file",
	// "sticker", "contact", "location", "forward" or "other".
	Media string
	// Timer names the timer that is due.
	Timer string
	// Forms says that the chat it came from has forms; see Conversation.
	Forms bool
	// Unseen says that the sender had not been shown the open prompt when they wrote,
	// so that their words cannot be an answer to it.
	Unseen bool
	// Edited says that this replaces words heard before.
	Edited bool
	// Told says that what Emergency makes of this has been said already, before it could
	// be heard. What it would give again is not given again; alerts are.
	Told bool
	// Lost says that what was kept of the conversation cannot be read any more, so that it
	// begins anew.
	Lost bool
}

// LogValue withholds what was said.
func (in Input) LogValue() slog.Value { return slog.StringValue(in.String()) }

// String names the kind of input and nothing of its content.
func (in Input) String() string {
	switch {
	case in.Press != nil:
		return "press"
	case in.Form != nil:
		return "form"
	case in.Media != "":
		return "media"
	case in.Timer != "":
		return "timer"
	}
	return "text"
}

// Press is a button pressed in a conversation.
type Press struct {
	Prompt string // the ID of the prompt the button belongs to
	Choice string // the code of the choice
}

// Facts is everything a step may know of the world besides the conversation.
type Facts struct {
	Now time.Time // UTC
	// Reference is fresh on every turn: it names the referral if this turn begins one.
	Reference string
	// Nonce is fresh on every turn: short, unguessable, and the ID of the prompt if
	// this turn opens one.
	Nonce   string
	Service *rules.Service
	// Referral is what the clinicians hold of the referral that About names; nil if they
	// hold nothing.
	Referral *Referral
	// Alike are the referrals that share a trait with the one a deed is done to; none where
	// they have not been looked up. See Compares.
	Alike []Referral
	// Diary is what there is to know of calls; nil where it has not been looked up.
	Diary *rules.Diary
	// Offered is what a directory at their work says of the person, as it stands there. A form
	// begins with it, to be looked over: it is nobody's answer until they send it.
	Offered map[rules.Field]string
	// Feed is the address at which a clinician subscribes to their own calls, "" for none. It is
	// theirs alone.
	Feed string
}
