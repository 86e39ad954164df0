package dialog

import (
	"slices"
	"time"

	"referralbot/rules"
)

// arrive hears somebody come, for the first time or again.
func (t *turn) arrive() {
	if len(t.c.Waiting) > 0 {
		t.veil() // whoever answers to news may be somebody else
	}
	switch {
	case t.veiled(), len(t.c.More) > 0:
		t.to(Asking, evAsk)
	case t.done() && t.mourns():
		t.say(t.line(lineResumeLoss) + " " + t.afterLoss())
	case t.done() && t.c.Audience == rules.Professional:
		t.lead = append(t.lead, t.resumeSent()...)
		t.another()
	case t.done():
		t.lead = append(t.lead, t.resumeSent()...)
		t.to(Sent, evRest)
	case len(t.c.Answers) > 0:
		t.to(Greeting, evGreet)
	default:
		if t.c.Ref == "" {
			t.c.Ref = t.f.Reference
		}
		t.to(Asking, evAsk)
	}
}

// resumeSent says that what was sent is with the team, while it is.
func (t *turn) resumeSent() []string {
	if r := t.f.Referral; r != nil && r.Ref == t.c.Ref && r.Status == Closed {
		return nil
	}
	return []string{t.line(lineResumeSent)}
}

// welcomed is noted among the warnings once the welcome has been said.
const welcomed = "welcome"

// welcome says what this is, once, before the first question. What cannot wait comes first.
func (t *turn) welcome() {
	if !t.once(welcomed) {
		return
	}
	t.flush()
	t.say(t.line(lineStart))
	t.say(t.line(lineLimits))
	t.say(t.away())
}

// reset begins a referral anew, keeping only who is talking and where.
func (t *turn) reset() {
	t.retire()
	t.set(nil)
	t.before = nil
	t.c = Conversation{
		Chat: t.c.Chat, Audience: t.c.Audience, Version: t.c.Version, Stage: t.c.Stage,
		Forms: t.c.Forms, Ref: t.f.Reference, Waiting: t.c.Waiting, Owed: t.c.Owed, Filed: t.c.Filed,
	}
}

// another begins a new referral.
func (t *turn) another() {
	t.reset()
	t.c.Warned = []string{welcomed}
	t.to(Asking, evAsk)
}

// wipe deletes what there is and begins a new referral.
func (t *turn) wipe() {
	if t.onlyCalls() {
		t.lead = append(t.lead, t.line(lineCallDeleted))
	}
	if len(t.c.Alerted) > 0 {
		t.lead = append(t.lead, t.line(lineToldAlready))
	}
	t.another()
}

func (t *turn) stop() {
	l := lineStopped
	switch {
	case t.veiled():
		l = lineHidden
	case t.done():
		t.status()
		return
	}
	t.lead = append(t.lead, t.line(l))
	t.recallCall()
	t.to(Stopped, evStop)
}

func (t *turn) save() {
	t.lead = append(t.lead, t.line(lineSaved))
	t.to(Stopped, evStop)
	t.offerReminder()
}

// offerReminder offers a parent who has saved something to be reminded of it, if nobody
// else may see what comes on their phone.
func (t *turn) offerReminder() {
	if t.mayRemind() && t.c.Stage == Stopped {
		t.flush()
		last := &t.out.Replies[len(t.out.Replies)-1]
		last.Prompt, last.Aside = t.f.Nonce, t.buttons(codeRemind, codeHide)
	}
}

func (t *turn) mayRemind() bool {
	return t.c.Audience == rules.Parent && t.c.Unsent() && mayWrite(t.c.Answers)
}

// remind promises one message tomorrow, in the middle of the morning, which says nothing.
func (t *turn) remind() {
	if !t.mayRemind() {
		t.lead = append(t.lead, t.line(lineStale))
		t.showAgain()
		return
	}
	t.c.Remind = true
	day := t.f.Now.In(london)
	at := time.Date(day.Year(), day.Month(), day.Day()+1, 10, 30, 0, 0, london).UTC()
	t.out.Timers = append(t.out.Timers, Timer{Name: timerRemind, At: at})
	t.lead = append(t.lead, t.line(lineRemindSet))
	if t.c.Stage != Stopped {
		t.move(evStop)
	}
}

// askDelete asks before it deletes; there is nothing to ask where there is nothing kept.
// Whoever deletes what the team has may want it back from there too.
func (t *turn) askDelete() {
	switch {
	case t.c.Held:
		t.withdraw()
	case len(t.c.Answers) == 0 || t.c.Stage == Deleting: // said again is said for certain
		t.erase()
	default:
		t.to(Deleting, evDelete)
	}
}

// withdraw asks before it takes back what the team has.
func (t *turn) withdraw() {
	if t.c.Held {
		t.to(Recalling, evRecall)
		return
	}
	t.lead = append(t.lead, t.line(lineNothingSent))
	if len(t.c.Alerted) > 0 {
		t.lead = append(t.lead, t.line(lineToldAlready))
	}
	t.showAgain()
}

// onlyCalls reports whether all that the team has is a wish to talk that is still open.
func (t *turn) onlyCalls() bool {
	r := t.f.Referral
	return r != nil && r.Ref == t.c.Ref && r.waitsForCall()
}

// takeBack takes back what the team has, and keeps nothing here. An alert cannot be taken
// back, and whoever raised one is told so.
func (t *turn) takeBack() {
	t.out.Deed, t.out.DeedTo = &Deed{Action: ActWithdraw}, t.c.Ref
	if b := t.booked(); b != nil {
		t.refile(t.c.Ref, b.cancelled(t.f.Now))
	}
	t.leave(lineWithdrawn)
}

func (t *turn) erase() {
	l := lineDeleted
	switch {
	case t.onlyCalls():
		l = lineCallDeleted
	case t.c.Held:
		l = lineDeletedSent
	}
	t.lead = append(t.lead, t.line(l))
	if len(t.c.Alerted) > 0 {
		t.lead = append(t.lead, t.line(lineToldAlready))
	}
	if t.c.Ref != "" {
		t.audit("deleted", "")
	}
	t.reset()
	t.c.Ref = ""
	if t.c.Stage != Stopped {
		t.move(evStop)
	}
}

// restart clears the answers and begins. Where some are kept it asks first.
func (t *turn) restart() {
	if len(t.c.Answers) > 0 && !t.done() {
		t.to(Deleting, evDelete)
		return
	}
	t.reset()
	t.to(Asking, evAsk)
}

func (t *turn) status() {
	if len(t.c.Waiting) > 0 {
		t.arrive()
		return
	}
	if t.done() {
		t.to(Sent, evRest)
		return
	}
	if !slices.Contains([]Stage{Booking, Greeting, Stopped}, t.c.Stage) { // which say it themselves
		t.recallCall()
	}
	t.showAgain()
}

// recallCall says that a call is to come, before something that would not.
func (t *turn) recallCall() {
	if b := t.booked(); b != nil && !t.veiled() {
		t.lead = append(t.lead, t.line(lineCallStands, "when", At(b.From)))
	}
}
