package dialog

import (
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
	switch Action(action) {
	case ActClaim:
		a.claim()
	case ActRelease:
		a.release()
	case ActOpen:
		a.audit("opened", d.Reason)
	case ActRefused:
		a.audit("refused", d.Reason)
		a.tell(NotTheTeam)
	case ActWithdraw:
		a.withdraw()
	case ActUnreachable:
		if !r.Unreachable {
			a.r.Unreachable = true
			a.audit("unreachable", "")
		}
	case ActAcknowledge:
		a.acknowledge(number)
	case ActEscalate:
		a.escalate(number)
	default:
		return r, Outcome{}, fmt.Errorf("dialog: no action %q", d.Action)
	}
	if a.err != nil {
		return r, Outcome{}, a.err
	}
	return a.r, a.out, nil
}

// NotTheTeam is said to somebody who pressed what only clinicians may press.
const NotTheTeam = "Only members of the clinicians' channel can do that. Nothing has changed."

// acting is one deed under way.
type acting struct {
	r   Referral
	d   Deed
	f   Facts
	out Outcome
	err error
}

func (a *acting) claim() {
	switch {
	case a.r.Status == Withdrawn:
		a.tooLate("claim")
	case a.r.Claimant.ID == a.d.By.ID:
		a.tell("You already have " + a.r.Ref + ".")
	case a.r.Claimant.ID != "":
		a.audit("refused", "claim")
		a.tell(a.r.Ref + " is already claimed by " + a.r.Claimant.Name + ".")
	case !a.can(ActClaim):
		a.audit("refused", "claim")
		a.tell(a.r.Ref + " can't be claimed now: it is " + string(a.r.Status) + ".")
	default:
		a.fire(ActClaim)
		a.r.Claimant, a.r.ClaimedAt = a.d.By, a.f.Now
		a.audit("claimed", "")
		a.tell("You have claimed " + a.r.Ref + ". Open shows the whole referral.")
	}
}

func (a *acting) release() {
	switch {
	case a.r.Status == Withdrawn:
		a.tooLate("release")
	case a.r.Claimant.ID == "":
		a.tell("Nobody has claimed " + a.r.Ref + ".")
	case a.r.Claimant.ID != a.d.By.ID:
		a.audit("refused", "release")
		a.tell(a.r.Ref + " is claimed by " + a.r.Claimant.Name + ", so only they can release it.")
	default:
		a.fire(ActRelease)
		a.r.Claimant, a.r.ClaimedAt = Clinician{}, time.Time{}
		a.audit("released", a.d.Reason)
		a.tell("You have released " + a.r.Ref + ".")
	}
}

// tooLate answers whoever would still do something to what has been taken back.
func (a *acting) tooLate(action string) {
	a.audit("refused", action)
	a.tell(a.r.Ref + " has been taken back by the person who sent it. Nothing has changed.")
}

// withdraw takes a referral back for the person who sent it. Whoever has it is told. An
// alert of it stays as it is: somebody may still be at risk.
func (a *acting) withdraw() {
	if !a.can(ActWithdraw) {
		a.audit("refused", "withdraw")
		return
	}
	a.fire(ActWithdraw)
	a.out.Audit = append(a.out.Audit, Entry{Ref: a.r.Ref, At: a.f.Now, Actor: "referrer", Action: "withdrawn", RuleSet: a.r.RuleSet})
	a.out.Timers = []Timer{{Name: TimerForget, At: a.f.Now.AddDate(0, 0, a.f.Service.Retention.HandedOverDays), Ref: a.r.Ref}}
	if a.r.Claimant.ID == "" {
		return
	}
	text := a.r.Ref + ", which you have claimed, has been taken back by the person who sent it. Please go no further with it."
	if a.r.Alarming() {
		text += " An alert about it is still open: please see to that first."
	}
	a.out.Notices = append(a.out.Notices, Notice{To: a.r.Claimant.ID, Text: text})
}

func (a *acting) can(action Action) bool {
	return can(referralEvents, string(a.r.Status), string(action))
}

func (a *acting) fire(action Action) {
	to, err := fire(referralEvents, string(a.r.Status), string(action))
	a.r.Status, a.err = Status(to), err
}

func (a *acting) tell(text string) {
	if a.d.By.ID != "" {
		a.out.Notices = append(a.out.Notices, Notice{To: a.d.By.ID, Text: text})
	}
}

func (a *acting) audit(action, detail string) {
	actor := a.d.By.ID
	if actor == "" {
		actor = "service"
	}
	a.out.Audit = append(a.out.Audit, Entry{Ref: a.r.Ref, At: a.f.Now, Actor: actor, Action: action, Detail: detail, RuleSet: a.r.RuleSet})
}

// Can lists the actions that are valid now for a clinician: what buttons there are.
func Can(r Referral, by Clinician) []Action {
	out := []Action{}
	for _, m := range referralMoves {
		if m.action == ActWithdraw || !slices.Contains(m.from, r.Status) || m.action == ActRelease && r.Claimant.ID != by.ID {
			continue
		}
		out = append(out, m.action)
	}
	if r.recalled() {
		return out
	}
	return append(out, ActOpen)
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
	if stored.Status != Draft {
		sent.Status, sent.Claimant, sent.ClaimedAt = stored.Status, stored.Claimant, stored.ClaimedAt
	}
	sent.Alerts = slices.Concat(stored.Alerts, sent.Alerts)
	sent.Heard = union(stored.Heard, sent.Heard)
	if sent.Kind == KindDraft {
		sent.Kind, sent.ReceivedAt, sent.DueAt = stored.Kind, stored.ReceivedAt, stored.DueAt
	}
	if sent.RuleSet == "" { // not assessed, for a fault of ours; see GiveUp
		sent.Assessment, sent.RuleSet = stored.Assessment, stored.RuleSet
	}
	sent.Unreachable = stored.Unreachable
	sent.CallWanted = sent.CallWanted || stored.CallWanted
	if sent.CallTimes == "" {
		sent.CallTimes = stored.CallTimes
	}
	if stored.Kind == KindReferral { // the clock of the referral does not start again
		sent.Kind, sent.ReceivedAt, sent.DueAt = KindReferral, stored.ReceivedAt, stored.DueAt
		sent.Answers, sent.Assessment, sent.RuleSet = stored.Answers, stored.Assessment, stored.RuleSet
	}
	return sent
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
