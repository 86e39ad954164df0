package dialog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Act does one deed to a referral and returns the referral it leaves and what it asks of
// the world. It changes nothing it is given. A deed that is not possible now is answered
// with a notice to whoever tried and with an audit entry; an error is a bug in this
// package.
func Act(r Referral, d Deed, f Facts) (Referral, Outcome, error) {
	a := &acting{r: r, d: d, f: f}
	action, number, _ := strings.Cut(string(d.Action), ":")
	if done, ok := deedFor(d.Action); ok {
		a.press(done)
	} else if does, ok := byItself[Action(action)]; ok {
		does(a, number)
	} else if _, ok := ticks[Action(action)]; ok {
		a.tick(action)
	} else {
		return r, Outcome{}, fmt.Errorf("dialog: no action %q", d.Action)
	}
	if a.err != nil {
		return r, Outcome{}, a.err
	}
	a.out.Timers = append(a.out.Timers, wound(r, a.r, f)...)
	return a.r, a.out, nil
}

// byItself is what is done to a referral, or an alert of it, that is no choice of its card.
var byItself = map[Action]func(*acting, string){
	ActRefused:     (*acting).refused,
	ActWithdraw:    (*acting).withdraw,
	ActCancelCall:  (*acting).cancelCall,
	ActGiveBack:    (*acting).giveBack,
	ActReach:       (*acting).reach,
	ActAnswer:      (*acting).answered,
	ActUnreachable: (*acting).unreachable,
	ActAcknowledge: (*acting).acknowledge,
	ActEscalate:    (*acting).escalate,
	ActJoined:      (*acting).joined,
	ActParted:      (*acting).parted,
	ActCompare:     (*acting).compare,
	ActAlike:       (*acting).mayBe,
	ActSibling:     (*acting).maySibling,
}

// acting is one deed under way.
type acting struct {
	r   Referral
	d   Deed
	f   Facts
	out Outcome
	err error
}

// press does a deed if it may be done now, or gives the sheet to be filled in before. A sheet
// that is asked for counts as something done by whoever has the referral.
func (a *acting) press(done deed) {
	if why := done.against(a.r, a.d.By); why != "" {
		a.refuse(why)
		return
	}
	if done.sheet != nil && !a.fill(done) {
		return
	}
	done.do(a)
	if a.err == nil && done.action != ActOpen {
		a.acted()
	}
}

// fill reports whether the sheet for a deed has been filled in, and as it should be.
func (a *acting) fill(done deed) bool {
	s := done.toFill(a.r, a.d.By, a.f)
	switch {
	case a.d.Filled == nil:
		a.out.Sheet = s.shown(a.r)
		if done.action != ActEnter {
			a.audit("began", string(done.action))
		}
		a.acted()
		return false
	case a.d.Turn != a.r.Turn():
		a.refuse(fill(clinicianVoice.refusals.changed, "ref", a.r.Ref, "standing", a.r.standing()))
		return false
	}
	a.d.Filled, a.out.Mistakes = s.read(a.d.Filled, a.f)
	return a.out.Mistakes == nil
}

// refuse does not do a deed, and says why.
func (a *acting) refuse(why string) {
	a.out.Refused = why
	a.audit("refused", string(a.d.Action))
	a.tell(why)
}

// acted notes that whoever has the referral has done something about it.
func (a *acting) acted() {
	if a.r.held() && a.r.Claimant.ID == a.d.By.ID {
		a.r.ActedAt = a.f.Now
	}
}

func (a *acting) refused(string) {
	a.audit("refused", a.d.Reason)
	a.tell(ToClinicians.NotTheTeam)
}

func (a *acting) unreachable(string) {
	if !a.r.Unreachable {
		a.r.Unreachable = true
		a.audit("unreachable", "")
	}
}

func (a *acting) claim() {
	a.fire(ActClaim)
	a.give(a.d.By)
	a.audit("claimed", "")
	call := ""
	if b := a.r.Booked; b.ToCome() && a.f.Now.Before(b.To) {
		call = a.said(clinicianVoice.told.claimedCall, "when", At(a.r.Booked.From))
	}
	a.tell(a.said(clinicianVoice.told.claimed), call, a.stillToConfirm())
}

// stillToConfirm says that receipt is still to be confirmed, if it is: having a referral is not
// yet saying so to who sent it.
func (a *acting) stillToConfirm() string {
	if !a.r.unconfirmed() {
		return ""
	}
	if a.r.Chat == (Chat{}) {
		return clinicianVoice.told.confirmByHand
	}
	return clinicianVoice.told.stillToConfirm
}

// give puts the referral into somebody's hands.
func (a *acting) give(to Clinician) {
	to.Lead = false
	a.r.Claimant, a.r.ClaimedAt, a.r.ActedAt = to, a.f.Now, a.f.Now
	a.r.Taken = slices.DeleteFunc(slices.Clone(a.r.Taken), func(s string) bool { return strings.HasPrefix(s, "unclaimed_") })
	a.goesWith(to)
}

// free takes it out of them. An outcome that was only proposed goes with it. A call that is to come
// is left to next, nobody if the ID is empty.
func (a *acting) free(next Clinician) {
	a.r.Claimant, a.r.ClaimedAt, a.r.ActedAt, a.r.Proposed = Clinician{}, time.Time{}, time.Time{}, nil
	a.r.FreeAt = a.f.Now
	a.goesWith(next)
}

func (a *acting) release() {
	a.fire(ActRelease)
	a.free(Clinician{})
	a.audit("released", a.filled("reason"))
	a.tell(a.said(clinicianVoice.told.released))
}

// handOver gives it to a colleague, who is told where everybody is.
func (a *acting) handOver() {
	from, to := a.r.Claimant, a.colleague()
	if a.r.Status == Received {
		a.fire(ActReassign)
	} else {
		a.r.Turns++
	}
	a.give(to)
	a.audit("handed_over", to.ID)
	text := clinicianVoice.told.handedOver
	if from.ID != "" && from.ID != a.d.By.ID {
		text = clinicianVoice.told.handedOn
	}
	a.post(a.said(text, "to", to.Name, "by", a.d.By.Name, "from", from.Name), to.ID)
}

func (a *acting) colleague() Clinician {
	c := Clinician{ID: a.filled("colleague")}
	if v := a.d.Filled["colleague"]; len(v) > 1 {
		c.Name = v[1]
	}
	return c
}

// confirm confirms receipt, once, and tells the referrer.
func (a *acting) confirm() {
	if a.seen() {
		a.news(newsSeen, nil)
	}
}

// seen notes that a person has confirmed receipt, and reports whether nobody had before.
func (a *acting) seen() bool {
	if a.r.Confirmed.ID != "" {
		return false
	}
	a.r.Confirmed, a.r.ConfirmedAt = a.d.By, a.f.Now
	a.r.Confirmed.Lead = false
	a.audit("receipt_confirmed", "")
	return true
}

func (a *acting) confirmReceipt() {
	a.confirm()
	if a.r.Chat == (Chat{}) {
		a.tell(a.said(clinicianVoice.told.confirmed), a.stillToTell())
		return
	}
	a.tell(a.said(clinicianVoice.told.confirmedAndTold))
}

// reopen takes up again what was decided. It belongs to whoever does.
func (a *acting) reopen() {
	a.fire(ActReopen)
	a.give(a.d.By)
	a.audit("reopened", "")
	a.news(newsReopened, nil)
	a.tell(a.said(clinicianVoice.told.reopened))
}

func (a *acting) note() {
	by := a.d.By
	by.Lead = false
	a.r.Notes = append(slices.Clip(a.r.Notes), Note{By: by, At: a.f.Now, Text: a.filled("note")})
	a.audit("noted", "")
	a.tell(a.said(clinicianVoice.told.noted))
}

func (a *acting) snooze() {
	until := a.filled("until")
	a.r.SnoozedUntil = a.openingOf(until)
	a.audit("snoozed", until)
	a.tell(a.said(clinicianVoice.told.putOff, "day", dayWords(until)))
}

// answered hears what the referrer was asked for. It goes back to who asked.
func (a *acting) answered(string) {
	for f, v := range a.d.Answers {
		a.r.Answers = a.r.Answers.With(f, v...)
	}
	a.r.Wanted.AnsweredAt = a.f.Now
	a.r.Unreachable = false
	a.entry("referrer", roleOf(a.r.Audience), "gave_more", "")
	if a.can(ActAnswer) {
		a.fire(ActAnswer)
		a.r = a.r.resumed(a.f)
		a.r.ActedAt = a.f.Now
	}
	a.post(a.said(clinicianVoice.told.answered), a.holder().ID)
}

// resumed is r with the clock of its receipt going on.
func (r Referral) resumed(f Facts) Referral {
	r.Stops = slices.Clone(r.Stops)
	for i := range r.Stops {
		if r.Stops[i].Until.IsZero() {
			r.Stops[i].Until = f.Now
		}
	}
	if due := r.due(f); !due.IsZero() {
		r.DueAt = due
	}
	return r
}

// withdraw takes a referral back for the person who sent it. Whoever has it is told. An
// alert of it stays as it is: somebody may still be at risk.
func (a *acting) withdraw(string) {
	if !a.can(ActWithdraw) {
		a.audit("refused", "withdraw")
		return
	}
	holder := a.holder()
	a.fire(ActWithdraw)
	a.r.Proposed = nil
	a.endCall(CallCancelled)
	a.entry("referrer", roleOf(a.r.Audience), "withdrawn", "")
	a.out.Timers = []Timer{{Name: TimerForget, At: a.f.Now.AddDate(0, 0, a.f.Service.Retention.HandedOverDays), Ref: a.r.Ref}}
	if holder.ID == "" {
		return
	}
	text, alarming := a.said(clinicianVoice.told.takenBack), ""
	if a.r.Alarming() {
		alarming = clinicianVoice.told.takenBackAlert
	}
	a.out.Notices = append(a.out.Notices, Notice{To: holder.ID, Text: inTurn(text, alarming)})
}

// holder is who has it now.
func (a *acting) holder() Clinician {
	if !a.r.held() {
		return Clinician{}
	}
	return a.r.Claimant
}

func (a *acting) can(action Action) bool {
	return can(referralEvents, string(a.r.Status), string(action))
}

func (a *acting) fire(action Action) {
	to, err := fire(referralEvents, string(a.r.Status), string(action))
	a.r.Status, a.err = Status(to), err
	a.r.Turns++
}

// filled is the first value of a sheet's item.
func (a *acting) filled(key string) string {
	if v := a.d.Filled[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// said is a sentence about the referral.
func (a *acting) said(text string, pairs ...string) string {
	return fill(text, append(pairs, "ref", a.r.Ref)...)
}

// tell says sentences to whoever does the deed.
func (a *acting) tell(sentences ...string) {
	if a.d.By.ID != "" {
		a.out.Notices = append(a.out.Notices, Notice{To: a.d.By.ID, Text: inTurn(sentences...)})
	}
}

// post says something in the triage channel, to somebody above all if there is such a person.
func (a *acting) post(text, notify string) {
	a.out.Posts = append(a.out.Posts, Post{Ref: a.r.Ref, Text: text, Notify: notify})
}

func (a *acting) audit(action, detail string) {
	role := RoleClinician
	switch {
	case a.d.By.ID == "":
		a.entry("service", RoleService, action, detail)
		return
	case a.d.Action == ActRefused:
		role = RoleOutsider
	case a.d.By.Lead:
		role = RoleLead
	}
	a.entry(a.d.By.ID, role, action, detail)
}

func (a *acting) entry(actor string, role Role, action, detail string) {
	e := Noted(a.r.Ref, a.f.Now, actor, role, action, detail)
	if action == "refused" {
		e.Result = Failure
	}
	a.out.Audit = append(a.out.Audit, e.asked(a.r.Audience, a.r.RuleSet))
}

// recalled reports whether a referral has been taken back and is nobody's to read any more.
// While an alert is open it is: somebody must be able to see who may be at risk.
func (r Referral) recalled() bool { return r.Status == Withdrawn && !r.Alarming() }

// Alarming reports whether an alert of it is open, that is, nobody has acknowledged it.
func (r Referral) Alarming() bool {
	return slices.ContainsFunc(r.Alerts, func(a Alert) bool { return !a.acknowledged() })
}

// Merge joins what a referrer has now sent to what the clinicians hold under the same
// reference: a draft or a request to talk becomes the referral, whoever has it keeps it,
// and no alert is lost.
func Merge(stored, sent Referral) Referral {
	fresh := sent.ReceivedAt
	if stored.Status != Draft {
		sent.Status, sent.Claimant, sent.ClaimedAt = stored.Status, stored.Claimant, stored.ClaimedAt
	}
	sent.Life = stored.Life
	sent.Alerts = slices.Concat(stored.Alerts, sent.Alerts)
	sent.Heard = union(stored.Heard, sent.Heard)
	asks := sent.Kind != KindDraft
	if sent.Kind == KindDraft {
		sent.Kind, sent.ReceivedAt, sent.DueAt = stored.Kind, stored.ReceivedAt, stored.DueAt
	}
	if sent.RuleSet == "" { // not assessed, for a fault of ours; see GiveUp
		sent.Assessment, sent.RuleSet = stored.Assessment, stored.RuleSet
	}
	sent.Unreachable = stored.Unreachable
	sent.Booked, sent.Taken = booked(stored, sent), slices.Clone(sent.Taken)
	if sent.Booked != stored.Booked {
		sent.Taken = slices.DeleteFunc(sent.Taken, func(s string) bool { return strings.HasPrefix(s, "call_") })
	}
	sent.CallWanted = sent.CallWanted || stored.CallWanted && stored.Status != Closed // what is closed asks for nothing
	if sent.CallTimes == "" {
		sent.CallTimes = stored.CallTimes
	}
	if stored.Kind == KindCall && sent.Kind == KindReferral { // its receipt is another one
		sent.Confirmed, sent.ConfirmedAt, sent.Taken = Clinician{}, time.Time{}, nil
	}
	if stored.Kind == KindCall && sent.Kind == KindCall && stored.Status != Closed { // a call is changed
		sent.ReceivedAt, sent.DueAt = stored.ReceivedAt, stored.DueAt
	}
	if stored.Kind == KindReferral { // the clock of the referral does not start again
		sent.Kind, sent.ReceivedAt, sent.DueAt = KindReferral, stored.ReceivedAt, stored.DueAt
		sent.Answers, sent.Assessment, sent.RuleSet = stored.Answers, stored.Assessment, stored.RuleSet
		sent.QuestionSet, sent.ConsentWording = stored.QuestionSet, stored.ConsentWording
	}
	if asks && stored.Status == Closed { // nobody would see it
		sent.Status, sent.Claimant, sent.ClaimedAt, sent.FreeAt = Received, Clinician{}, time.Time{}, fresh
		sent.Turns++
	}
	return sent
}

// booked is the call that is booked once what has been sent is joined to what is stored.
func booked(stored, sent Referral) *Call {
	if sent.Booked == nil || stored.Booked == nil {
		return cmp.Or(sent.Booked, stored.Booked)
	}
	b := *sent.Booked
	b.Sequence = stored.Booked.Sequence + 1
	return &b
}

func union(all, more []string) []string {
	all = slices.Clip(all)
	for _, s := range more {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}
