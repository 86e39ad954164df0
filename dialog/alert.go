package dialog

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"referralbot/rules"
)

// AlertCard is what the safety channel shows of an alert: what is known of the risk, and
// nothing of the person. Passed on, it notifies the next person on the service's list;
// after the last it says where to ring.
func AlertCard(a Alert, f Facts) Card {
	title, w := a.title(), clinicianVoice.lines
	c := Card{Title: title, Summary: title, Lines: []Line{
		w.risk.filled("risk", a.risk()),
		w.reference.filled("ref", cmp.Or(a.Ref, clinicianVoice.phrases.noReference)),
		w.raisedBy.filled("rule", a.Rule),
		w.raisedAt.filled("time", clock(a.At)),
		w.answering.filled("audience", clinicianVoice.audiences[a.Audience]),
		w.contact.filled("contact", clinicianVoice.contacts[a.Contact]),
	}}
	next, ok := nextOnCall(f.Service.Cover, a.Step)
	switch {
	case a.acknowledged():
		c.Lines = append(c.Lines, w.acknowledged.filled("name", a.Acknowledged.Name, "time", clock(a.AcknowledgedAt)))
	case ok:
		c.Lines = append(c.Lines, w.passedOn.filled("name", next.Name))
		c.Notify = next.Slack
	case a.Step > 0:
		c.Lines = append(c.Lines, w.nobodyLeft.filled("telephone", f.Service.Telephone))
	}
	c.Buttons = a.buttons()
	return c
}

func (a Alert) title() string {
	title := clinicianVoice.titles.alert
	switch {
	case a.acknowledged():
		title = clinicianVoice.titles.alertAcknowledged
	case a.Step > 0:
		title = clinicianVoice.titles.alertPassedOn
	}
	return fill(title, "level", clinicianVoice.levels[a.Level])
}

// buttons are what can be done about an alert; nothing, if nothing of it is stored.
func (a Alert) buttons() []Choice {
	if a.Ref == "" {
		return nil
	}
	buttons := []Choice{{Code: string(ActOpen), Label: clinicianVoice.deeds[ActOpen].label}}
	if !a.acknowledged() {
		buttons = append(buttons, Choice{Code: string(ActAcknowledge.of(a.N)), Label: clinicianVoice.phrases.acknowledge, Style: "primary"})
	}
	return buttons
}

// AlertButtons are what whoever reads a referral can do about its alerts: acknowledge each
// that nobody has.
func AlertButtons(r Referral) []Choice {
	var buttons []Choice
	for _, a := range r.Alerts {
		if !a.acknowledged() {
			label := fill(clinicianVoice.phrases.acknowledgeOne, "risk", a.risk())
			buttons = append(buttons, Choice{Code: string(ActAcknowledge.of(a.N)), Label: label, Style: "primary"})
		}
	}
	return buttons
}

// risk is its category in words.
func (a Alert) risk() string { return cmp.Or(clinicianVoice.risks[a.Category], a.Category) }

func (a Alert) acknowledged() bool { return a.Acknowledged.ID != "" }

// state says in a few words where an alert stands.
func (a Alert) state() string {
	if a.acknowledged() {
		return fill(clinicianVoice.phrases.acknowledged, "name", a.Acknowledged.Name)
	}
	return clinicianVoice.phrases.unacknowledged
}

// alertState says where the alerts of a referral stand: open while any of them is.
func alertState(alerts []Alert) string {
	state := ""
	for _, a := range alerts {
		state = a.state()
		if !a.acknowledged() {
			break
		}
	}
	return state
}

// of is the action done to the alert of that number.
func (a Action) of(n int) Action { return Action(fmt.Sprintf("%s:%d", a, n)) }

// nextOnCall is whom an alert is passed on to at a step, the first of which is 1.
func nextOnCall(c rules.Cover, step int) (rules.OnCall, bool) {
	if step < 1 || step > len(c.OnCall) {
		return rules.OnCall{}, false
	}
	return c.OnCall[step-1], true
}

// escalation is when an alert is passed on unless somebody acknowledges it before.
func escalation(a Alert, f Facts) Timer {
	return Timer{Name: string(ActEscalate.of(a.N)), At: acknowledgeBy(f), Ref: a.Ref}
}

// acknowledgeBy is by when somebody is to acknowledge what they are told of now.
func acknowledgeBy(f Facts) time.Time {
	return f.Now.Add(acknowledgeWithin(f))
}

func acknowledgeWithin(f Facts) time.Duration {
	return time.Duration(f.Service.Cover.AcknowledgeWithin) * time.Minute
}

// alert returns the alert of that number to be changed, or nil.
func (a *acting) alert(number string) *Alert {
	a.r.Alerts = slices.Clone(a.r.Alerts)
	for i := range a.r.Alerts {
		if strconv.Itoa(a.r.Alerts[i].N) == number {
			return &a.r.Alerts[i]
		}
	}
	return nil
}

// acknowledge notes who looks into an alert: the first to say so.
func (a *acting) acknowledge(number string) {
	alert := a.alert(number)
	switch {
	case alert == nil:
		a.tell(clinicianVoice.told.noAlert)
	case !alert.acknowledged():
		alert.Acknowledged, alert.AcknowledgedAt = a.d.By, a.f.Now
		a.out.Alerts = []Alert{*alert}
		a.audit("acknowledged", "alert "+number)
		a.tell(a.said(clinicianVoice.told.acknowledged))
	case alert.Acknowledged.ID == a.d.By.ID:
		a.tell(a.said(clinicianVoice.told.acknowledgedBefore))
	default:
		a.tell(a.said(clinicianVoice.told.acknowledgedBy, "name", alert.Acknowledged.Name, "time", clock(alert.AcknowledgedAt)))
	}
	for i := range a.out.Notices {
		a.out.Notices[i].Safety = true
	}
}

// escalate passes an alert on, unless somebody has acknowledged it: to each person on the
// service's list in turn, and then to whoever reads the channel, with the number to ring.
func (a *acting) escalate(number string) {
	alert := a.alert(number)
	if alert == nil || alert.acknowledged() {
		return
	}
	alert.Step++
	a.out.Alerts = []Alert{*alert}
	a.audit("escalated", fmt.Sprintf("alert %s, step %d", number, alert.Step))
	if _, ok := nextOnCall(a.f.Service.Cover, alert.Step); !ok {
		a.audit("unacknowledged", "alert "+number)
		return
	}
	a.out.Timers = []Timer{escalation(*alert, a.f)}
}

// raise gives the clinicians what there is of a conversation that has raised an alert,
// sent or not, agreed to or not, and what has been answered since. Deleted, all of it goes
// but what is needed to reach the person; see leastKept.
func (t *turn) raise(was Conversation, in Input) {
	sent := t.out.Referral
	switch {
	case sent != nil: // it goes with what the person has just sent
	case t.c.Ref != t.alerted.Ref && (len(t.out.Alerts) > 0 || len(t.alerted.Alerted) > 0 && t.alerted.SentAt.IsZero()):
		least := t.alerted
		least.Answers = leastKept(least.Answers)
		sent = (&turn{c: least, f: t.f}).draft()
		sent.Answers = least.Answers
		if !t.audited(sent.Ref) {
			t.auditOf(sent.Ref, "deleted", "")
		}
		t.out.Timers = append(t.out.Timers, Timer{Name: TimerForget, Ref: least.Ref, At: t.f.Now.AddDate(0, 0, t.f.Service.Retention.DraftsDays)})
	case len(t.out.Alerts) > 0, len(t.c.Alerted) > 0 && !t.done() && t.audited(t.c.Ref): // answered since
		sent = t.draft()
	default:
		return
	}
	sent.Alerts = t.out.Alerts
	if len(t.out.Alerts) > 0 && in.Text != "" {
		sent.Heard = append(slices.Clip(was.Recent), in.Text)
	}
	t.out.Referral = sent
}

// draft is what there is of something not sent.
func (t *turn) draft() *Referral {
	r := t.referral(KindDraft, t.f.Now)
	r.Status, r.DueAt = Draft, acknowledgeBy(t.f)
	return r
}

// leastKept is what is kept of a draft that raised an alert once its answers are deleted:
// how to reach the person safely, and what they said of the danger.
func leastKept(a rules.Answers) rules.Answers {
	out := rules.Answers{}
	for _, f := range []rules.Field{
		rules.ParentName, rules.ParentPhone, rules.SafeContact, rules.ContactTimes, rules.ReferrerName, rules.ReferrerPhone,
		rules.Risk, rules.RiskDetail, rules.SafeNow, rules.DomesticAbuse,
	} {
		if a.Has(f) {
			out[f] = a[f]
		}
	}
	return out
}
