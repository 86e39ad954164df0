package dialog

import (
	"slices"
	"strings"
	"time"

	"referralbot/rules"
)

// callTimes is the answer to when a clinician may ring. It belongs to the call, not to
// the referral, and so is not among its fields.
const callTimes rules.Field = "call_times"

// book arranges for a clinician to ring. It is reachable from every step, before anything
// that says who somebody is, and leaves the answers as they are.
func (t *turn) book() {
	t.c.Call, t.c.Choosing = false, Choosing{}
	if t.c.Ref == "" {
		t.c.Ref = t.f.Reference
	}
	if t.veiled() && t.booked() != nil {
		t.to(Asking, evAsk) // when it is, is not for everybody to see
		return
	}
	t.to(Booking, evBook)
}

// numberField is where the number to ring is kept.
func (t *turn) numberField() rules.Field {
	if t.c.Audience == rules.Professional {
		return rules.ReferrerPhone
	}
	return rules.ParentPhone
}

// enterBooking asks for a number if there is none, and then offers times or, where the service
// has none, asks when to ring. What is booked or asked for already is said.
func (t *turn) enterBooking() {
	switch {
	case t.c.Call || t.atBooked():
		t.open("")
	case !t.hasNumber():
		t.open(t.numberField())
	case t.offersTimes():
		t.offerTimes()
	default:
		t.open("")
	}
}

// askingWhen reports whether the time of a call is what is being asked.
func (t *turn) askingWhen() bool { return !t.c.Call && t.c.Asked.Field == "" }

// hasNumber reports whether the number to ring is settled, if only that there is none: the
// wish to talk reaches the clinicians all the same.
func (t *turn) hasNumber() bool { return t.c.Answers.Has(t.numberField()) }

// numberless reports whether they have said that there is no number to ring.
func (t *turn) numberless() bool {
	v := t.c.Answers.One(t.numberField())
	return v == notKnown || v == "none"
}

// takeNumber hears a number that was missing, wherever the booking stands.
func (t *turn) takeNumber(text string) bool {
	if t.c.Stage != Booking || t.c.Asked.Field != "" || t.c.Forms || !t.numberless() {
		return false
	}
	r := rules.Read(t.numberField(), text, t.cas())
	if r.Problem != rules.ProblemNone || len(r.Values) == 0 || r.Values[0] == "none" {
		return false
	}
	t.record(t.numberField(), r.Values, nil)
	t.showAgain()
	return true
}

// noCall leaves the arranging of a call.
func (t *turn) noCall() {
	if t.confirming() && t.booked() == nil {
		t.out.GiveUp = t.c.Ref
	}
	t.noBooking, t.c.Choosing = true, Choosing{}
	t.proceed()
}

// callAt asks the team to ring, at the time chosen or in the person's own words.
func (t *turn) callAt(when string) {
	t.c.Call, t.c.CallTimes, t.asksCall = true, strings.TrimSpace(when), true
	t.submit(KindCall) // what was sent before stays what it is: see Merge
	t.audit("call_requested", "")
	t.open("")
}

// reaches are the answers by which somebody who has asked for a call is reached.
var reaches = map[rules.Audience][]rules.Field{
	rules.Parent:       {rules.ParentPhone, rules.ContactTimes, rules.SafeContact, rules.SafeRoute},
	rules.Professional: {rules.ReferrerPhone, rules.ReferrerEmail},
}

// reachable gives the clinicians what has just been said of how to reach whoever waits for a call,
// whatever else they have sent: they may be about to ring, and an invitation may wait for its address.
func (t *turn) reachable() {
	r := t.f.Referral
	if t.out.Referral != nil || t.out.Deed != nil || r == nil || r.Ref != t.c.Ref || !r.callToCome() {
		return
	}
	said, kept := rules.Answers{}, t.kept()
	for _, f := range reaches[t.c.Audience] {
		if v := kept[f]; len(v) > 0 && !slices.Equal(v, r.Answers[f]) {
			said[f] = v
		}
	}
	if len(said) > 0 {
		t.out.Deed, t.out.DeedTo = &Deed{Action: ActReach, Answers: said}, t.c.Ref
	}
}

// submit puts what there is before the clinicians: the whole referral, or only the wish to
// talk. The reference is the same throughout.
func (t *turn) submit(kind Kind) {
	received := t.f.Now
	if t.done() {
		received = t.c.SentAt
	} else if kind == KindReferral || t.bereaved() {
		t.c.SentAt = t.f.Now
	}
	t.c.Held = true
	t.out.Referral = t.referral(kind, received)
	t.out.Timers = append(t.out.Timers, wound(Referral{}, *t.out.Referral, t.f)...)
}

// referral is what there is, as the clinicians hold it.
func (t *turn) referral(kind Kind, received time.Time) *Referral {
	return &Referral{
		Ref: t.c.Ref, Kind: kind, Chat: t.c.Chat, Audience: t.c.Audience, Status: Received,
		Answers: t.kept(), Assessment: rules.Assess(t.cas()), RuleSet: rules.RuleSetVersion,
		QuestionSet: QuestionSet(t.c.Audience), ConsentWording: ConsentWording(t.c.Audience),
		ReceivedAt: received, DueAt: t.f.Service.Calendar().DueAt(received),
		CallWanted: t.wantsCall() || t.c.Answers.Is(rules.CallWanted, "yes"), CallTimes: t.c.CallTimes,
	}
}

// kept are the answers that belong to the referral: those of questions that are asked, and
// what was said beside them. An answer on a branch since left is not sent, but the number is:
// whoever asks for a call before anything else gives it there.
func (t *turn) kept() rules.Answers {
	c := t.cas()
	beside := func(f rules.Field) bool {
		return optionalBeside[f] != "" || f == rules.SafeNow || f == t.numberField()
	}
	out := rules.Answers{}
	for _, s := range table {
		if v := c.Answers[s.Field]; len(v) > 0 && (s.Asked(c) || beside(s.Field)) {
			out[s.Field] = slices.Clone(v)
		}
	}
	return out
}
