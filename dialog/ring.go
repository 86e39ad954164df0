package dialog

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"referralbot/rules"
)

// The steps of the clock of a call. The person is told of the first two.
const (
	stepCallDay  = "call_day"  // a day before
	stepCallHour = "call_hour" // an hour before
	stepCallFree = "call_free" // soon, and nobody has claimed it
	stepCallOver = "call_over" // over, and nothing is said of it
)

// When the clock of a call moves, by its beginning and its end.
const (
	hourBefore = time.Hour
	freeBefore = 2 * time.Hour
	overAfter  = 30 * time.Minute
	fresh      = 6 * time.Hour // who has booked it so lately need not be reminded
)

// News of a call.
const (
	newsCallWith = "CALL_WITH" // who rings
	newsCallSoon = "CALL_SOON" // a reminder
	newsCallOff  = "CALL_OFF"  // it does not take place
	newsCallLast = "CALL_LAST" // nobody has answered as often as we ring
)

// callSteps are the steps of the clock of a call that is to come. Somebody who has just booked it
// is not reminded.
func (r Referral) callSteps(cal rules.Calendar) []rules.ClockStep {
	b := r.Booked
	if !b.ToCome() || !slices.Contains(living, r.Status) {
		return nil
	}
	local := b.From.In(london)
	before := time.Date(local.Year(), local.Month(), local.Day()-1, local.Hour(), local.Minute(), 0, 0, london).UTC()
	var out []rules.ClockStep
	if before.After(b.BookedAt.Add(fresh)) {
		out = append(out, rules.ClockStep{Name: stepCallDay, At: before})
	}
	if at := b.From.Add(-hourBefore); at.After(b.BookedAt.Add(hourBefore)) {
		out = append(out, rules.ClockStep{Name: stepCallHour, At: at})
	}
	if r.Status == Received {
		out = append(out, rules.ClockStep{Name: stepCallFree, At: b.From.Add(-freeBefore)})
	}
	return append(out, rules.ClockStep{Name: stepCallOver, At: cal.NextOpen(b.To.Add(overAfter))})
}

// callEnds is when a call that is to come is over, before which nothing need be done about it;
// zero if there is none.
func (r Referral) callEnds() time.Time {
	if !r.Booked.ToCome() {
		return time.Time{}
	}
	return r.Booked.To
}

// toPerson reports whether a step tells the person something, which waits for no opening of the
// service.
func toPerson(step string) bool { return step == stepCallDay || step == stepCallHour }

// remindOfCall reminds the person of a call, unless it has begun.
func (a *acting) remindOfCall(step string) {
	a.take(step)
	if b := a.r.Booked; a.f.Now.Before(b.From) {
		a.news(newsCallSoon, a.callWords())
	}
}

func (a *acting) callUnclaimed() {
	a.take(stepCallFree)
	a.post(a.said(clinicianVoice.told.callUnclaimed, "when", At(a.r.Booked.From)), cmp.Or(a.leads(), a.r.Booked.With.ID))
}

func (a *acting) callOver() {
	a.take(stepCallOver)
	a.post(a.said(clinicianVoice.told.callOver, "when", At(a.r.Booked.From)), a.holder().ID)
}

// callWords are what is filled into the words of a call that is to come. The sequence shows
// whether they still are right when they come to be said.
func (a *acting) callWords() map[string]string {
	b := a.r.Booked
	with := map[string]string{"when": At(b.From), "call": strconv.Itoa(b.Sequence), "who": "", "from": ""}
	if a.r.Claimant.ID == "" || a.r.Claimant.ID != b.With.ID { // nobody is named who may not ring
		return with
	}
	with["who"] = ringer(a.f, a.r.Claimant).Name
	if c, ok := a.f.Service.Calls.Clinician(a.r.Claimant.ID); ok {
		with["from"] = c.RingsFrom
	}
	return with
}

// outOfDate reports whether a piece of news of a call is no longer right: the call is another one, or
// they have been rung again since.
func (r *Referral) outOfDate(p piece, now time.Time) bool {
	n := r.News[p.n-1]
	switch n.What {
	case string(CallNoAnswer):
		return slices.ContainsFunc(r.News[p.n:], func(later News) bool { return later.What == n.What || later.What == newsCallLast })
	case newsCallOff: // they have chosen another
		return r.Booked.ToCome()
	case newsCallWith, newsCallSoon:
	default:
		return false
	}
	return !r.Booked.ToCome() || n.With["call"] != strconv.Itoa(r.Booked.Sequence) || !r.Booked.To.After(now)
}

// goesWith gives a call that is to come to whoever is to ring, nobody if the ID is empty. Once it is
// claimed the person is told.
func (a *acting) goesWith(who Clinician) {
	if !a.r.Booked.ToCome() {
		return
	}
	b := *a.r.Booked
	b.With = who
	if who.ID != "" {
		b.With = ringer(a.f, who)
	}
	a.r.Booked = &b
	if a.f.Now.Before(b.To) {
		a.out.Take = &rules.Taken{Slot: b.Slot, Holder: a.r.Ref, With: who.ID}
	}
	if a.r.Claimant.ID != "" && a.f.Now.Before(b.From) {
		a.news(newsCallWith, a.callWords())
	}
}

// mayBeGivenBack reports whether whoever has it has nothing of theirs under way that would be lost.
func (r *Referral) mayBeGivenBack() bool { return r.Status == Claimed && r.Proposed == nil }

// giveBack takes it from whoever has it and is away when its call is. Who is suggested for the call
// stays so.
func (a *acting) giveBack(string) {
	if !a.r.Booked.ToCome() || !a.r.mayBeGivenBack() {
		a.audit("refused", string(ActGiveBack))
		return
	}
	had := a.r.Claimant
	a.fire(ActRelease)
	a.free(a.r.Booked.With)
	a.audit("given_back", had.ID)
	a.post(a.said(clinicianVoice.told.callGivenBack, "name", had.Name, "when", At(a.r.Booked.From)), had.ID)
}

// callToCome reports whether a call has been asked for or booked that is still to come.
func (r *Referral) callToCome() bool {
	return slices.Contains(living, r.Status) && (r.CallWanted || r.Booked.ToCome())
}

// waitsForCall reports whether nothing else has been asked for.
func (r *Referral) waitsForCall() bool { return r.Kind == KindCall && r.callToCome() }

// reach hears how whoever waits for a call can be reached now. Whoever is to ring is told, unless it
// is only where the invitation goes.
func (a *acting) reach(string) {
	if !a.r.callToCome() {
		a.audit("refused", string(ActReach))
		return
	}
	for f, v := range a.d.Answers {
		a.r.Answers = a.r.Answers.With(f, v...)
	}
	a.entry("referrer", roleOf(a.r.Audience), "reach_given", "")
	if _, mail := a.d.Answers[rules.ReferrerEmail]; a.r.held() && (len(a.d.Answers) > 1 || !mail) {
		a.post(a.said(clinicianVoice.told.callReach), a.r.Claimant.ID)
	}
}

// endCall notes what came of a call, if one is to come, and gives up its slot. It reports
// whether it has ended one before its time.
func (a *acting) endCall(code Code) bool {
	if !a.r.Booked.ToCome() {
		return false
	}
	b := *a.r.Booked
	b.Ended, b.EndedAt = code, a.f.Now
	a.r.Booked = &b
	if a.f.Now.Before(b.From) {
		a.out.GiveUp, a.out.Take = a.r.Ref, nil
		return true
	}
	return false
}

// cancelCall cancels a call for the person. Where there is nothing else, it is closed by that.
func (a *acting) cancelCall(string) {
	if !a.r.Booked.ToCome() {
		a.audit("refused", string(ActCancelCall))
		return
	}
	holder, when := a.holder(), At(a.r.Booked.From)
	a.endCall(CallCancelled)
	a.r.CallWanted = false
	a.entry("referrer", roleOf(a.r.Audience), "call_cancelled", "")
	if a.r.Kind == KindCall && a.can(ActCancelCall) && len(a.r.Alerts) == 0 {
		a.fire(ActCancelCall)
	}
	a.post(a.said(clinicianVoice.told.callCancelled, "when", when), holder.ID)
}

// noCallAsked says why nothing can have come of a call, "" if it can.
func noCallAsked(r Referral, _ Clinician) string {
	if r.Kind == KindCall || r.CallWanted || r.Booked.ToCome() {
		return ""
	}
	return fill(clinicianVoice.refusals.noCall, "ref", r.Ref)
}

// ofCalls are the outcomes of calls alone. They leave a referral that has been sent as it is.
var ofCalls = []Code{CallTogether, CallNoAnswer, CallNotNeeded}

// eventOf is the event that an ending is for a referral, "" for none. Somebody who has not
// answered as often as we ring is not rung again; whoever may be at risk stays open.
func (e ending) eventOf(r Referral, f Facts) Action {
	switch {
	case !slices.Contains(ofCalls, e.code):
		return e.event
	case r.Kind != KindCall:
		return ""
	case e.code == CallNoAnswer && (len(r.Alerts) > 0 || r.Unanswered+1 < attempts(f)):
		return ""
	}
	return e.event
}

// attempts is how often somebody is rung who does not answer.
func attempts(f Facts) int { return cmp.Or(f.Service.Calls.Attempts, usualAttempts) }

const usualAttempts = 3

// afterCall does what follows for a call from an outcome, and returns what the person is told.
func (a *acting) afterCall(e ending) string {
	what := string(e.code)
	if e.code == CallNoAnswer {
		a.r.Unanswered++
		if a.r.Unanswered >= attempts(a.f) {
			what = newsCallLast
		}
	}
	if slices.Contains(ofCalls, e.code) || e.eventOf(a.r, a.f) == evClose {
		if when := a.r.Booked; a.endCall(e.code) && !slices.Contains(ofCalls, e.code) {
			a.news(newsCallOff, map[string]string{"when": At(when.From)})
		}
	}
	if e.code == CallTogether || e.code == CallNotNeeded {
		a.r.CallWanted = false
	}
	return what
}

// noAnswerItems say how often somebody has been rung.
func noAnswerItems(r Referral, f Facts) []item {
	again := clinicianVoice.besides.again
	if r.Unanswered+1 >= attempts(f) {
		again = clinicianVoice.besides.notAgain
	}
	return []item{{SheetItem: SheetItem{Key: "tried", Kind: rules.TypeChoice, Initial: []string{"yes"}},
		fill: []string{"again", again, "n", strconv.Itoa(r.Unanswered + 1), "most", strconv.Itoa(attempts(f))}}}
}

// line is a call in words: when it is, and who is to ring.
func (c Call) line(words Line) Line {
	return words.filled("when", At(c.From), "to", c.To.In(london).Format("15:04"), "name", cmp.Or(c.With.Name, clinicianVoice.phrases.colleague))
}

// callLine is a call to come for the card, nothing if there is none.
func callLine(r Referral) Line {
	b := r.Booked
	if !b.ToCome() {
		return Line{}
	}
	w := clinicianVoice.lines.call
	if b.With.ID != "" && (!r.held() || b.With.ID != r.Claimant.ID) {
		w = clinicianVoice.lines.callSuggested
	}
	return b.line(w)
}

// draftLine says how much there is of what has not been sent, and nothing of what it says.
func draftLine(r Referral, f Facts) Line {
	if r.Kind != KindCall {
		return Line{}
	}
	answered, asked := 0, 0
	c := caseOf(r, f)
	for _, s := range table {
		if s.Asked(c) {
			asked++
			if c.Answers.Has(s.Field) {
				answered++
			}
		}
	}
	return clinicianVoice.lines.draft.filled("n", strconv.Itoa(answered), "all", strconv.Itoa(asked))
}

func caseOf(r Referral, f Facts) rules.Case {
	return rules.Case{Audience: r.Audience, Today: rules.DateOf(f.Now), Answers: r.Answers, Service: f.Service}
}

// callLines are a call for whoever opens the referral: when, who, what came of it, and what the
// draft still lacks.
func callLines(r Referral, f Facts) []Line {
	var lines []Line
	w := clinicianVoice.lines
	if b := r.Booked; b != nil {
		lines = append(lines, b.line(w.call))
		if b.With.ID != "" {
			lines = append(lines, b.line(w.rings))
		}
		if b.Ended != "" {
			lines = append(lines, w.endOfCall.filled("outcome", cmp.Or(b.Ended.within(), clinicianVoice.phrases.cancelled), "time", clock(b.EndedAt)))
		}
	}
	if r.Unanswered > 0 {
		lines = append(lines, w.rung.filled("n", strconv.Itoa(r.Unanswered), "most", strconv.Itoa(attempts(f))))
	}
	if r.Kind == KindCall {
		if missing := rules.Missing(caseOf(r, f)); len(missing) > 0 {
			lines = append(lines, w.missing.filled("fields", titlesOf(missing)))
		}
	}
	return lines
}
