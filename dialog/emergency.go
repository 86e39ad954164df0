package dialog

import (
	"maps"
	"slices"
	"strings"

	"referralbot/rules"
)

// Trouble is why something said cannot be heard.
type Trouble string

// The troubles.
const (
	NotSaved Trouble = "not_saved" // nothing can be read or written just now
	OurFault Trouble = "our_fault" // hearing it met a fault of ours, and will not be tried again
	TooMuch  Trouble = "too_much"  // it came faster than anybody can write
)

var linesOfTrouble = map[Trouble]line{NotSaved: lineNotSaved, OurFault: lineOurFault, TooMuch: lineTooMuch}

// Emergency is what is said to a person whose input cannot be heard, and what the safety
// channel is told: all that can be done knowing nothing but the input. If there is danger
// in it, or a call for urgent help, the numbers to ring come first and it reports true. To a
// timer, and to somebody who wants the chat hidden, nothing is said.
//
// Its alerts have no reference, since none is kept, and the contact is not known. When the
// input is heard after all, its turn alerts again with the reference: clinicians may be
// told twice of one person, which is better than an alert that leads nowhere.
func Emergency(why Trouble, a rules.Audience, in Input, f Facts) (Outcome, bool) {
	if in.Timer != "" || isHide(in) {
		return Outcome{}, false
	}
	t := dangerIn(Conversation{Audience: a}, why, in, f)
	for i := range t.out.Alerts {
		t.out.Alerts[i].Ref = ""
	}
	return Outcome{Replies: t.sorry(), Alerts: t.out.Alerts}, t.endangered()
}

// GiveUp is Emergency for an input whose hearing meets a fault of ours again and again, while
// what is kept of its conversation can be read. Its alerts are like any other: they have a
// reference and lead to the person. The conversation it returns differs only in what they
// need: where the person is, and what is asked of them, stays as it was. It calls as little as
// it can, since it is not known where the fault is.
func GiveUp(c Conversation, in Input, f Facts) (Conversation, Outcome, bool) {
	if in.Timer != "" || isHide(in) {
		return c, Outcome{}, false
	}
	t := dangerIn(c, OurFault, in, f)
	if len(t.out.Alerts) == 0 {
		return c, Outcome{Replies: t.sorry()}, t.endangered()
	}
	t.out.Referral = &Referral{
		Ref: t.c.Ref, Kind: KindDraft, Chat: t.c.Chat, Audience: t.c.Audience, Status: Draft,
		Answers: maps.Clone(t.c.Answers), ReceivedAt: f.Now, DueAt: acknowledgeBy(f),
		Alerts: t.out.Alerts, Heard: append(slices.Clip(c.Recent), wordsOf(in)...),
	}
	t.out.Replies = t.sorry()
	t.c.HeardAt = f.Now
	return t.c, t.out, true
}

// wordsOf are the free words of an input.
func wordsOf(in Input) []string {
	if in.Text != "" {
		return []string{in.Text}
	}
	var words []string
	for _, s := range table {
		if !chosen(s.Type) {
			words = append(words, in.Form[s.Field]...)
		}
	}
	return words
}

// sorry says the cards, and why what was said is not heard.
func (t *turn) sorry() []Reply {
	texts := append(slices.Clip(t.card), t.line(linesOfTrouble[t.trouble]))
	return []Reply{{Text: strings.Join(texts, "\n\n"), Protect: !t.c.Forms}}
}

// endangered reports whether somebody may be in danger, or asks for urgent help.
func (t *turn) endangered() bool { return len(t.card)+len(t.out.Alerts) > 0 }

// dangerIn is the beginning of a turn with c, which may be of somebody never heard before: the
// cards that in calls for, whatever was asked, and the alerts. Nothing is asked and nothing is
// answered.
func dangerIn(c Conversation, why Trouble, in Input, f Facts) *turn {
	c.Forms = c.Forms || in.Forms
	t := begin(c, f)
	t.trouble = why
	t.lapse(in)
	t.listen(in)
	for _, s := range table {
		t.endanger(s.Field, in.Form[s.Field])
	}
	if in.Press != nil && in.Press.Choice != codeTalk { // a button that stands beside every question
		// Which question a press answers is not known, but these answers belong to one alone.
		t.endanger(rules.Risk, []string{in.Press.Choice})
	}
	if callsForHelp(in) {
		t.card, t.given = append(t.card, t.v.cards[""]), append(t.given, "")
	}
	return t
}

// callsForHelp reports whether urgent help is asked for by name.
func callsForHelp(in Input) bool {
	return in.Press != nil && in.Press.Choice == codeUrgent || isUrgent(plain(in.Text))
}

// isHide reports whether nothing more is to be shown on this screen.
func isHide(in Input) bool {
	return in.Press != nil && in.Press.Choice == codeHide ||
		saysHide(plain(in.Text))
}
