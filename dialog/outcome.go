package dialog

import (
	"log/slog"
	"time"

	"referralbot/rules"
)

// Outcome is everything a step may ask of the world. It is data.
type Outcome struct {
	// Replies are said to the person, in order.
	Replies []Reply
	// Hide asks that everything said in this chat, by either side, be deleted from it, as
	// far as the platform lets it be, before the replies are said.
	Hide bool
	// Retire names prompts of this chat whose buttons are to be taken away.
	Retire []string
	// Referral is the referral as the person has now sent it, or their request for a
	// call, or a change to either; nil otherwise.
	Referral *Referral
	// Deed is what the person does to what the clinicians hold under DeedTo, nil for
	// nothing: they take it back, or answer what they were asked. It is to be done in the
	// same change.
	Deed   *Deed
	DeedTo string
	// Look asks that the step be taken again with Facts.Diary, without which it cannot be
	// taken; of the outcome there is nothing else then.
	Look bool
	// Take is a slot that is held or, if its Until is zero, booked for the reference it names,
	// in the same change; nil for none. Whoever books a slot gives up all others.
	Take *rules.Taken
	// GiveUp is the reference whose slots are given up, "" for none.
	GiveUp string
	// Notices are said to clinicians, each privately to one of them.
	Notices []Notice
	// Posts are said in the triage channel.
	Posts []Post
	// Refused says why a deed was not done, "" if it was: whoever tried is told it by a
	// notice too.
	Refused string
	// Sheet is to be filled in before the deed can be done; nil if there is none. Nothing
	// has been done yet, but that it is known who has begun.
	Sheet *Sheet
	// Mistakes are what is wrong with a sheet, by key, in words for who filled it in. If
	// there are any it stays open, and nothing was done.
	Mistakes map[string]string
	// Alerts go to the safety channel: a new one, one passed on, or one acknowledged,
	// which changes what was said of it there.
	Alerts []Alert
	// Mails tell the service's mailbox of referrals.
	Mails []Mail
	// Timers are set, replacing any of the same name for this chat or referral.
	Timers []Timer
	// Tallies are counted with the change, or not at all.
	Tallies []Tally
	// Audit is written with the change, or not at all.
	Audit []Entry
	// Problems are what is wrong with a form, by field, in words for its sender. If
	// there are any, the form stays open and the good answers in it are kept.
	Problems map[rules.Field]string
}

// Reply is one message to the person of a conversation.
type Reply struct {
	// Prompt is the ID of the prompt this message asks, or "" for a plain message.
	Prompt string `json:"prompt,omitempty"`
	// Again says that the prompt was shown before and this message takes its place:
	// a ticked box redraws it, a repeated question moves it to the end.
	Again Again `json:"again,omitempty"`
	// Text is plain text with blank lines between paragraphs. It has no markup.
	Text string `json:"text"`
	// Choices are the buttons, in order.
	Choices []Choice `json:"choices,omitempty"`
	// Aside are smaller buttons beside the answers: back, why do you ask, urgent help.
	Aside []Choice `json:"aside,omitempty"`
	// Links are the pages on the web that the words speak of, each a button beneath them.
	Links []Link `json:"links,omitempty"`
	// Form says that the section's form is offered beside the choices.
	Form bool `json:"form,omitempty"`
	// Multi says that the choices tick and untick, with Done among them.
	Multi bool `json:"multi,omitempty"`
	// Protect asks that the message cannot be forwarded or saved.
	Protect bool `json:"protect,omitempty"`
	// Invite is a call that goes along as a file for the person's calendar, nil for none. A
	// message with one has no buttons.
	Invite *Invite `json:"invite,omitempty"`
}

// LogValue withholds the words.
func (r Reply) LogValue() slog.Value { return slog.StringValue("reply") }

// String withholds the words.
func (r Reply) String() string { return "reply" }

// Again says how a reply stands to an earlier showing of the same prompt.
type Again string

// The ways of showing a prompt again.
const (
	First   Again = ""        // a new message
	InPlace Again = "inplace" // the earlier message is edited
	Moved   Again = "moved"   // a new message; the earlier one loses its buttons
)

// Choice is a button.
type Choice struct {
	Code   string `json:"code"`  // at most 32 bytes of letters, digits and _
	Label  string `json:"label"` // at most 75 characters
	Ticked bool   `json:"ticked,omitempty"`
	// Style is "primary" or "danger" where it matters, else "".
	Style string `json:"style,omitempty"`
}

// Alert tells the safety channel that a person may be at risk. It has no name, no
// words and no number of a family's.
type Alert struct {
	Ref      string         `json:"ref"`
	N        int            `json:"n"`        // which of the reference's alerts it is, from 1
	Category string         `json:"category"` // suicide_selfharm, harm_baby, domestic_abuse, psychosis, immediate_danger, harm_from_others, wants_to_talk
	Level    string         `json:"level"`    // URGENT or EMERGENCY
	Rule     string         `json:"rule"`     // the question or phrase rule that raised it
	At       time.Time      `json:"at"`       // UTC
	Audience rules.Audience `json:"audience"`
	// Contact is the safe-contact code: "ok", "text_only", "no_calls",
	// "someone_else_sees", "not_safe" or "not_known".
	Contact string `json:"contact"`
	// Step is how often it has been passed on because nobody had acknowledged it.
	Step int `json:"step,omitempty"`
	// Acknowledged is who has said that they look into it, nobody if the ID is empty,
	// and AcknowledgedAt is when they did (UTC).
	Acknowledged   Clinician `json:"acknowledged,omitzero"`
	AcknowledgedAt time.Time `json:"acknowledged_at,omitzero"`
}

// Notice is said privately to one clinician, about one press of theirs.
type Notice struct {
	To   string `json:"to"` // the clinician's id
	Text string `json:"text"`
	// Safety says that it is said in the safety channel, where they pressed.
	Safety bool `json:"safety,omitempty"`
}

// Post is said in the triage channel about a referral, or, without a reference, about all of
// them. It says nothing of a family.
type Post struct {
	Ref  string `json:"ref,omitempty"`
	Text string `json:"text"`
	// Notify are the ids of the clinicians who are to be notified of it, separated by spaces,
	// "" for nobody more than others.
	Notify string `json:"notify,omitempty"`
}

// Mail tells the service's mailbox of a referral. It names it and no more: what is written is
// drawn from the referral as it stands when it is sent.
type Mail struct {
	Ref string `json:"ref"`
	Why Why    `json:"why"`
}

// Why says what a mail is about.
type Why string

// The reasons for a mail.
const (
	WhySent   Why = "sent"   // the referral has been sent; its form goes along if the mailbox may carry it
	WhyBreach Why = "breach" // nobody has confirmed receipt in time; only the reference is told
)

// Timer is something to be reminded of: at At (UTC), the input or press named Name is
// heard by the conversation or the referral it belongs to.
type Timer struct {
	Name string
	At   time.Time
	// Ref is the referral it belongs to; empty for the conversation's own.
	Ref string
}
