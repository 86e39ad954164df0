package rules

import "time"

// ClockStep is something that is due on a referral at a moment, in UTC.
type ClockStep struct {
	Name string
	At   time.Time
}

// The steps of a referral's clocks.
const (
	ReceiptRemind     = "receipt_remind"     // the channel: nobody has confirmed receipt yet
	ReceiptLead       = "receipt_lead"       // the leads: the same
	ReceiptBreach     = "receipt_breach"     // for the record: the promise was not kept
	UnclaimedRemind   = "unclaimed_remind"   // the channel: nobody has claimed it yet
	UnclaimedEscalate = "unclaimed_escalate" // the leads: the same
	Release           = "release"            // it is given back, for nothing has been done
)

// Pause is a time for which the receipt clock stands still, To excluded. To is zero while
// it lasts. Pauses may overlap and come in any order.
type Pause struct{ From, To time.Time }

func (p Pause) holds(t time.Time) bool {
	return !t.Before(p.From) && (p.To.IsZero() || t.Before(p.To))
}

// DueAt returns the last second in which receipt of what was received at the given time is
// confirmed as promised: the end of the last day in Europe/London, as UTC. The day of
// receipt is day 0. Pauses move it by whole days: a day at whose end the clock stands still
// is not counted. The time is zero while a pause lasts and nothing is due.
func (c Calendar) DueAt(received time.Time, pauses ...Pause) time.Time {
	last, ok := c.receiptDay(c.s.ConfirmReceipt.Days, received, pauses)
	if !ok {
		return time.Time{}
	}
	return endOf(last).Add(-time.Second)
}

// ReceiptSteps returns ReceiptRemind, ReceiptLead and ReceiptBreach in this order, each
// once, or nothing while a pause lasts. Which of them have been taken the caller must
// remember: a pause may move one that has been.
//
// The breach is the midnight after DueAt. The others come at the opening of their day or, if
// the clock stands still then, when it goes on. Outside the working hours, and unless the
// profile says out_of_hours, that is moved: to the next opening or, where the promise would
// be broken by then, back to the last opening since receipt. Where there is neither, a
// promise matters more than quiet and the step keeps its moment. Should both steps fall
// together, the leads are told halfway from there to the closing, if the clock runs then, so
// that the channel has had a chance. A step whose moment is past and that has not been taken
// is due: TellAt says when.
func (c Calendar) ReceiptSteps(received time.Time, pauses ...Pause) []ClockStep {
	last, ok := c.receiptDay(c.s.ConfirmReceipt.Days, received, pauses)
	if !ok {
		return nil
	}
	p := promise{received: received, breach: endOf(last), pauses: pauses}
	remind := c.receiptStep(c.s.ConfirmReceipt.RemindOn, p)
	lead := c.receiptStep(c.s.ConfirmReceipt.LeadOn, p)
	if !lead.After(remind) {
		lead = later(remind, c.humane(c.halfway(remind, p.breach), p))
	}
	return []ClockStep{{ReceiptRemind, remind}, {ReceiptLead, lead}, {ReceiptBreach, p.breach}}
}

// UnclaimedSteps returns UnclaimedRemind and UnclaimedEscalate of a referral that has been
// free to claim since then. Both come within the working hours.
func (c Calendar) UnclaimedSteps(since time.Time) []ClockStep {
	return []ClockStep{
		{UnclaimedRemind, c.AddWorkingHours(since, c.s.Triage.RemindAfterHours)},
		{UnclaimedEscalate, c.AddWorkingDays(since, c.s.Triage.EscalateAfterDays)},
	}
}

// ClaimedSteps returns Release of a referral that was claimed, or last acted on, at the
// given time. It comes within the working hours.
func (c Calendar) ClaimedSteps(acted time.Time) []ClockStep {
	return []ClockStep{{Release, c.AddWorkingDays(acted, c.s.Triage.ReleaseAfterDays)}}
}

// promise is a receipt to be confirmed before the breach.
type promise struct {
	received, breach time.Time
	pauses           []Pause
}

// receiptDay returns the nth day of the promise; false if a pause that still lasts keeps it
// from coming.
func (c Calendar) receiptDay(n int, received time.Time, pauses []Pause) (Date, bool) {
	counted := -1
	for d := DateOf(received); ; d = d.AddDays(1) {
		end := endOf(d)
		going, ok := running(end, pauses)
		switch {
		case !ok:
			return Date{}, false
		case going.After(end):
			continue
		case c.s.ConfirmReceipt.Working && counted >= 0 && !c.IsWorkingDay(d):
			continue
		}
		if counted++; counted == n {
			return d, true
		}
	}
}

func (c Calendar) receiptStep(day int, p promise) time.Time {
	d, _ := c.receiptDay(day, p.received, p.pauses) // it comes no later than the last
	return c.humane(c.opening(d), p)
}

// humane moves what is wanted at t as ReceiptSteps says.
func (c Calendar) humane(t time.Time, p promise) time.Time {
	t, _ = running(t, p.pauses) // the clock goes on before the breach
	if c.s.Triage.OutOfHours {
		return t
	}
	if next, ok := c.nextRunning(t, p.pauses); ok && next.Before(p.breach) {
		return next
	}
	for d := DateOf(t); c.opening(d).After(p.received); d = d.AddDays(-1) {
		at := c.opening(d)
		if going, ok := running(at, p.pauses); c.IsWorkingDay(d) && ok && going.Equal(at) && at.Before(t) {
			return at
		}
	}
	return t
}

// nextRunning returns the first moment from t on at which the service works and the clock
// runs; false if there is none before a pause that still lasts.
func (c Calendar) nextRunning(t time.Time, pauses []Pause) (time.Time, bool) {
	for {
		open := c.NextOpen(t)
		going, ok := running(open, pauses)
		if !ok || going.Equal(open) {
			return open, ok
		}
		t = going
	}
}

// halfway returns the minute halfway from t to the closing of its day, or to the breach
// where the closing is past or comes too late.
func (c Calendar) halfway(t, breach time.Time) time.Time {
	end := c.closing(DateOf(t))
	if !end.After(t) || end.After(breach) {
		end = breach
	}
	return t.Add(end.Sub(t) / 2).Truncate(time.Minute)
}

// running returns t or, if the clock stands still then, when it goes on; false if that is
// not known yet.
func running(t time.Time, pauses []Pause) (time.Time, bool) {
	for _, p := range pauses {
		if !p.holds(t) {
			continue
		}
		if p.To.IsZero() {
			return time.Time{}, false
		}
		return running(p.To.UTC(), pauses)
	}
	return t, true
}

// endOf is the midnight at which d ends in Europe/London.
func endOf(d Date) time.Time { return wallTime(d.AddDays(1), 0) }
