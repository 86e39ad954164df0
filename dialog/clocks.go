package dialog

import (
	"slices"
	"strings"
	"time"

	"referralbot/rules"
)

// The steps of a referral's clocks that are not in rules, which a timer of the same name has
// done.
const (
	stepLate   = "answer_late" // the referrer has not given what was asked
	stepSnooze = "snooze_over"

	stepRelease Action = "auto_release" // for nothing has been done
)

// ticks says what each step of a clock does.
var ticks = map[Action]func(*acting){
	rules.ReceiptRemind:     (*acting).remindReceipt,
	rules.ReceiptLead:       (*acting).leadReceipt,
	rules.ReceiptBreach:     (*acting).breach,
	rules.UnclaimedRemind:   (*acting).remindUnclaimed,
	rules.UnclaimedEscalate: (*acting).escalateUnclaimed,
	stepRelease:             (*acting).releaseIdle,
	stepLate:                (*acting).late,
	stepSnooze:              (*acting).wake,
	stepCallDay:             func(a *acting) { a.remindOfCall(stepCallDay) },
	stepCallHour:            func(a *acting) { a.remindOfCall(stepCallHour) },
	stepCallFree:            (*acting).callUnclaimed,
	stepCallOver:            (*acting).callOver,
}

// clocks are the steps that are still to be taken on a referral as it is, each with its moment.
// One whose moment is past is due as soon as the team may be told; what is only written down
// does not wait for that.
func clocks(r Referral, f Facts) []Timer {
	if r.Kind == KindDraft || r.ReceivedAt.IsZero() {
		return nil
	}
	cal := f.Service.Calendar()
	var out []Timer
	for _, s := range stepsOf(r, cal) {
		if slices.Contains(r.Taken, s.Name) {
			continue
		}
		at := s.At
		if !at.After(f.Now) {
			at = f.Now
			if s.Name != rules.ReceiptBreach && !toPerson(s.Name) {
				at = cal.TellAt(f.Now)
			}
		}
		out = append(out, Timer{Name: s.Name, At: at, Ref: r.Ref})
	}
	return out
}

func stepsOf(r Referral, cal rules.Calendar) []rules.ClockStep {
	var out []rules.ClockStep
	if slices.Contains(living, r.Status) && r.Confirmed.ID == "" {
		out = cal.ReceiptSteps(r.ReceivedAt, r.pauses()...)
	}
	out = append(out, r.callSteps(cal)...)
	switch r.Status {
	case Received:
		out = append(out, cal.UnclaimedSteps(latest(r.ReceivedAt, r.FreeAt, r.SnoozedUntil))...)
	case Claimed:
		for _, s := range cal.ClaimedSteps(latest(r.ClaimedAt, r.ActedAt, r.SnoozedUntil, r.callEnds())) {
			out = append(out, rules.ClockStep{Name: string(stepRelease), At: s.At})
		}
	case Awaiting:
		if day, ok := rules.ParseISODate(r.Wanted.By); ok {
			out = append(out, rules.ClockStep{Name: stepLate, At: cal.NextOpen(startOf(day.AddDays(1)))})
		}
	}
	if slices.Contains(living, r.Status) && !r.SnoozedUntil.IsZero() {
		out = append(out, rules.ClockStep{Name: stepSnooze, At: r.SnoozedUntil})
	}
	return out
}

// wound are the timers to set when a referral that was becomes what it is.
func wound(was, is Referral, f Facts) []Timer {
	before := clocks(was, f)
	out := slices.DeleteFunc(clocks(is, f), func(t Timer) bool { return slices.Contains(before, t) })
	if !slices.Equal(Traits(was), Traits(is)) {
		out = append(out, compared(is, f)...)
	}
	return out
}

// compared is the timer by which a referral that can be known again is compared with the others:
// once it is stored, so that of two that come at once one finds the other.
func compared(r Referral, f Facts) []Timer {
	if len(Traits(r)) == 0 {
		return nil
	}
	return []Timer{{Name: string(ActCompare), At: f.Now, Ref: r.Ref}}
}

// tick takes a step, if it is still to be taken and its moment has come.
func (a *acting) tick(name string) {
	for _, t := range clocks(a.r, a.f) {
		switch {
		case t.Name != name:
		case t.At.After(a.f.Now):
			a.out.Timers = []Timer{t}
		default:
			ticks[Action(name)](a)
			a.audit(name, "")
		}
	}
}

// take notes that a step has been taken.
func (a *acting) take(step string) { a.r.Taken = append(slices.Clip(a.r.Taken), step) }

func (a *acting) remindReceipt() {
	a.take(rules.ReceiptRemind)
	a.post(a.said(clinicianVoice.told.unconfirmed, "day", rules.DateOf(a.r.DueAt).Words()), a.holder().ID)
}

func (a *acting) leadReceipt() {
	a.take(rules.ReceiptLead)
	a.post(a.said(clinicianVoice.told.stillUnconfirmed, "day", rules.DateOf(a.r.DueAt).Words()), a.leads())
}

// breach writes down that the promise was not kept, and tells the mailbox.
func (a *acting) breach() {
	a.take(rules.ReceiptBreach)
	a.r.BreachedAt = a.f.Now
	a.out.Mails = append(a.out.Mails, Mail{a.r.Ref, WhyBreach})
}

func (a *acting) remindUnclaimed() {
	a.take(rules.UnclaimedRemind)
	a.post(a.said(clinicianVoice.told.unclaimed), "")
}

func (a *acting) escalateUnclaimed() {
	a.take(rules.UnclaimedEscalate)
	a.post(a.said(clinicianVoice.told.stillUnclaimed), a.leads())
}

// releaseIdle gives back what nothing has been done about. What waits for a second clinician
// is brought to mind instead, for then it is not its claimant who has done nothing.
func (a *acting) releaseIdle() {
	if a.r.Proposed != nil {
		a.r.ActedAt = a.f.Now
		a.post(a.said(clinicianVoice.told.stillProposed), "")
		return
	}
	had := a.r.Claimant
	a.fire(stepRelease)
	a.free(Clinician{})
	a.post(a.said(clinicianVoice.told.freeAgain, "name", had.Name), had.ID)
}

func (a *acting) late() {
	a.take(stepLate)
	a.post(a.said(clinicianVoice.told.unanswered, "day", dayWords(a.r.Wanted.By)), a.holder().ID)
}

// wake brings to mind what was put off. The clocks of whoever is to act begin with that.
func (a *acting) wake() {
	a.r.SnoozedUntil = time.Time{}
	if a.r.Status == Received {
		a.r.FreeAt = a.f.Now
	} else {
		a.r.ActedAt = a.f.Now
	}
	a.post(a.said(clinicianVoice.told.putOffUntilToday), a.holder().ID)
}

func (a *acting) leads() string { return strings.Join(a.f.Service.Triage.Leads, " ") }

// openingOf is when the service opens on a day, or first after it.
func (a *acting) openingOf(iso string) time.Time {
	day, _ := rules.ParseISODate(iso)
	return a.f.Service.Calendar().NextOpen(startOf(day))
}

// startOf is the midnight at which a day begins in Europe/London, as UTC.
func startOf(d rules.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, london).UTC()
}

func latest(times ...time.Time) time.Time {
	return slices.MaxFunc(times, time.Time.Compare)
}

// pauses are the times for which the clock stood still.
func (r Referral) pauses() []rules.Pause {
	var out []rules.Pause
	for _, s := range r.Stops {
		out = append(out, rules.Pause{From: s.Since, To: s.Until})
	}
	return out
}

// left says how much time there is until a moment, or how long it is past.
func left(now, until time.Time) string {
	d := until.Sub(now)
	if d < 0 {
		return fill(clinicianVoice.phrases.overdue, "span", span(-d))
	}
	return fill(clinicianVoice.phrases.left, "span", span(d))
}

// span is a length of time in words, without more detail than matters.
func span(d time.Duration) string {
	w := clinicianVoice.phrases
	for _, u := range []struct {
		unit  time.Duration
		words count
	}{{24 * time.Hour, w.days}, {time.Hour, w.hours}, {time.Minute, w.minutes}} {
		if n := int(d / u.unit); n > 0 {
			return u.words.of(n)
		}
	}
	return w.moment
}
