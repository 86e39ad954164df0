package dialog

import (
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
)

var linesOfTrouble = map[Trouble]line{NotSaved: lineNotSaved, OurFault: lineOurFault}

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
	t := dangerIn(why, a, in, f)
	texts := append(slices.Clip(t.card), t.line(linesOfTrouble[why]))
	for i := range t.out.Alerts {
		t.out.Alerts[i].Ref = ""
	}
	return Outcome{
		Replies: []Reply{{Text: strings.Join(texts, "\n\n"), Protect: !in.Forms}},
		Alerts:  t.out.Alerts,
	}, len(t.card)+len(t.out.Alerts) > 0
}

// dangerIn is the beginning of a turn with somebody never heard before: the cards that in
// calls for, whatever was asked, and the alerts. Nothing is asked and nothing is answered.
func dangerIn(why Trouble, a rules.Audience, in Input, f Facts) *turn {
	t := begin(Conversation{Audience: a, Forms: in.Forms}, f)
	t.trouble = why
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
