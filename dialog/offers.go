package dialog

import (
	"slices"

	"referralbot/rules"
)

// offered is one thing that may be chosen at a stage: its button, what it does, and when
// there is such a button (nil for always).
type offered struct {
	code string
	do   func(*turn)
	when func(*turn) bool
}

// offers are the buttons of each stage that belong to no question, in order.
func offers(s Stage) []offered {
	switch s {
	case Greeting:
		return []offered{{codeCarryOn, (*turn).proceed, nil}, {codeRestart, (*turn).restart, nil}, {codeTalk, (*turn).book, nil}}
	case Warning:
		return []offered{{codeTalk, (*turn).book, nil}, {codeCarryOn, (*turn).proceed, nil}}
	case Booking:
		return []offered{
			{codeBookIt, (*turn).bookIt, (*turn).confirming},
			{codeOtherTime, (*turn).otherTime, (*turn).confirming},
			{codeEarlier, func(t *turn) { t.turnPage(-1) }, (*turn).earlier},
			{codeLater, func(t *turn) { t.turnPage(1) }, (*turn).later},
			{codeAnotherDay, (*turn).anotherDay, (*turn).amongTimes},
			{codeMornings, func(t *turn) { t.half(codeMornings) }, func(t *turn) bool { return t.amongTimes() && t.c.Choosing.Half != codeMornings }},
			{codeAfternoons, func(t *turn) { t.half(codeAfternoons) }, func(t *turn) bool { return t.amongTimes() && t.c.Choosing.Half != codeAfternoons }},
			{codeRingMe, (*turn).someoneRings, func(t *turn) bool { return t.choosing() && t.booked() == nil }},
			{codeMorning, func(t *turn) { t.callAt(codeMorning) }, (*turn).askingTime},
			{codeAfternoon, func(t *turn) { t.callAt(codeAfternoon) }, (*turn).askingTime},
			{codeAnyTime, func(t *turn) { t.callAt(codeAnyTime) }, (*turn).askingTime},
			{codeCarryOn, (*turn).proceed, func(t *turn) bool { return t.c.Call || t.atBooked() }},
			{codeChangeCall, (*turn).changeCall, (*turn).atBooked},
			{codeCancelCall, (*turn).cancelCall, (*turn).atBooked},
			{codeToCalendar, (*turn).toCalendar, func(t *turn) bool { return t.atBooked() && t.c.Audience == rules.Parent }},
			{codeKeepCall, (*turn).keepCall, func(t *turn) bool { return t.c.Choosing.Changing && t.booked() != nil }},
			{codeNotNow, (*turn).noCall, func(t *turn) bool { return t.askingWhen() && t.booked() == nil }},
		}
	case Reviewing:
		return []offered{
			{codeSend, (*turn).send, func(t *turn) bool { return len(t.missing()) == 0 }},
			{codeCarryOn, (*turn).proceed, func(t *turn) bool { return t.nextField() != "" }},
			{codeChange, (*turn).offerChanges, nil},
			{codeTalk, (*turn).book, nil},
			{codeSave, (*turn).save, nil},
			{codeDelete, (*turn).askDelete, nil},
			{codeKeep, (*turn).keep, (*turn).changingWhich},
		}
	case Deleting:
		return []offered{{codeDelete, (*turn).erase, nil}, {codeRestart, (*turn).wipe, nil}, {codeKeep, (*turn).proceed, nil}}
	case Recalling:
		return []offered{{codeTakeBack, (*turn).takeBack, nil}, {codeForget, (*turn).erase, nil}, {codeKeep, (*turn).proceed, nil}}
	case Urgent:
		parent := func(t *turn) bool { return t.c.Audience == rules.Parent }
		return []offered{
			{codeCalled, (*turn).calm, parent}, {codeSafe, (*turn).calm, nil}, {codeWithMe, (*turn).calm, parent},
			{codeTalk, (*turn).book, nil},
		}
	case Sent:
		return []offered{{codeAnswer, (*turn).answerNow, func(t *turn) bool { return len(t.c.Owed) > 0 }}, {codeNewOne, (*turn).another, func(t *turn) bool { return !t.mourns() }}, {codeTalk, (*turn).book, nil}, {codeWithdraw, (*turn).withdraw, nil}}
	}
	return nil
}

// ever is what a button does however old its prompt is; nil if it is none of those.
func ever(code string) func(*turn) {
	switch code {
	case codeUrgent:
		return (*turn).urgent
	case codeHide:
		return (*turn).hide
	case codeWithdraw:
		return (*turn).withdraw
	case codeRemind:
		return (*turn).remind
	case codeAnswer:
		return (*turn).answerNow
	}
	return nil
}

// aside is what a button beside a question does; nil if it is none of those.
func aside(code string) func(*turn) {
	switch code {
	case codeBack:
		return (*turn).undo
	case codeWhy:
		return (*turn).why
	case codeSkip:
		return (*turn).skip
	case codeTalk:
		return (*turn).book
	case codeKeep:
		return (*turn).keep
	case codeForm:
		return (*turn).showAgain
	}
	return nil
}

// command is what a whole message of these words does at every stage; nil if it is an
// ordinary message. While urgent help stands, only those marked always are heard.
func command(said string) (do func(*turn), always bool) {
	for _, c := range []struct {
		words  []string
		do     func(*turn)
		always bool
	}{
		{heard.urgent, (*turn).urgent, true},
		{heard.hide, (*turn).hide, true},
		{heard.talk, (*turn).book, true},
		{heard.help, (*turn).help, true},
		{heard.privacy, (*turn).privacy, true},
		{heard.stop, (*turn).stop, true},
		{heard.delete, (*turn).askDelete, true},
		{heard.withdraw, (*turn).withdraw, true},
		{heard.start, (*turn).arrive, false},
		{heard.restart, (*turn).restart, false},
		{heard.back, (*turn).undo, false},
		{heard.why, (*turn).why, false},
		{heard.skip, (*turn).skip, false},
		{heard.review, (*turn).review, false},
		{heard.answer, (*turn).answerNow, false},
		{heard.status, (*turn).status, false},
	} {
		if slices.Contains(c.words, said) {
			return c.do, c.always
		}
	}
	return nil, false
}

// saysHide reports whether a whole message of these words asks that the chat be cleared.
func saysHide(said string) bool { return slices.Contains(heard.hide, said) }

// isUrgent reports whether a whole message of these words asks for urgent help.
func isUrgent(said string) bool { return slices.Contains(heard.urgent, said) }
