package dialog

import (
	"slices"
	"strings"

	"referralbot/rules"
)

// answer is a value given to a field.
type answer struct {
	field rules.Field
	value string
}

// settle keeps an answer, does what follows from it, and goes on.
func (t *turn) settle(f rules.Field, values []string, also rules.Answers) {
	if len(values) == 1 {
		if do := insteadOf(t.c.Audience, answer{f, values[0]}); do != nil {
			do(t)
			return
		}
	}
	t.record(f, values, also)
	t.proceed()
}

// record keeps an answer and does what follows from it.
func (t *turn) record(f rules.Field, values []string, also rules.Answers) {
	if t.c.Ref == "" {
		t.c.Ref = t.f.Reference
	}
	answers := t.c.Answers.With(f, values...)
	for g, v := range also {
		if len(v) > 0 {
			answers = answers.With(g, v...)
		}
	}
	t.forget(f)
	t.c.Passed = without(t.c.Passed, f)
	t.trod(f)
	if g, ok := askedWith[f]; ok && t.c.Audience == rules.Parent && len(answers[g]) == 0 {
		t.c.Passed = append(slices.Clip(without(t.c.Passed, g)), g)
	}
	t.set(answers)
	for _, v := range values {
		if then, ok := consequences[answer{f, v}]; ok {
			t.set(then(t.c.Answers))
		}
		t.signpost(answer{f, v})
	}
	if t.bereaved() && (f == rules.Stage || f == rules.EDDStatus) {
		t.condole()
	}
	t.endanger(f, values)
	t.replied(f)
	if f == rules.Private {
		if len(t.c.Waiting) == 0 && !t.done() {
			t.recallCall()
		}
		t.bring()
	}
}

// askedWith are optional questions that a parent may answer in the same words as another, or
// later from the review, so that they are not one more message to get through.
var askedWith = map[rules.Field]rules.Field{
	rules.ParentPhone: rules.ContactTimes,
	rules.Network:     rules.NetworkDetail,
}

// consequences are answers that change other answers.
var consequences = map[answer]func(rules.Answers) rules.Answers{
	{rules.EDDStatus, "baby_born"}: func(a rules.Answers) rules.Answers {
		return a.Without(rules.EDD, rules.EDDStatus).With(rules.Stage, "born")
	},
	{rules.EDDStatus, "typo"}: func(a rules.Answers) rules.Answers { return a.Without(rules.EDD, rules.EDDStatus) },
	{rules.EDDStatus, "ended"}: func(a rules.Answers) rules.Answers {
		return a.Without(rules.EDD, rules.EDDStatus).With(rules.Stage, lossNoBaby)
	},
	// Whoever names a risk is asked whether they are safe, even if they were before.
	{rules.Risk, "self"}: func(a rules.Answers) rules.Answers { return a.Without(rules.SafeNow) },
	{rules.Risk, "baby"}: func(a rules.Answers) rules.Answers { return a.Without(rules.SafeNow) },
	// The guidance works closely with the perinatal service; its own referrals involve it.
	{rules.ReferrerType, "perinatal_mh"}: func(a rules.Answers) rules.Answers { return a.With(rules.PerinatalTeam, "yes") },
	{rules.ParentAddress, "private"}:     func(a rules.Answers) rules.Answers { return a.With(rules.ParentPostcode, "private") },
	{rules.ParentAddress, "refuge"}:      func(a rules.Answers) rules.Answers { return a.With(rules.ParentPostcode, "private") },
}

// insteadOf is what an answer does that is not kept; nil for one that is. A professional
// who says that a parent does not agree has told us something; a parent who says no is
// taken at their word.
func insteadOf(a rules.Audience, given answer) func(*turn) {
	if a != rules.Parent {
		return nil
	}
	switch given {
	case answer{rules.Private, "later"}:
		return (*turn).notNow
	case answer{rules.Private, "urgent"}:
		return (*turn).urgent
	case answer{rules.Consent, "no"}:
		return func(t *turn) { t.leave(lineConsentNo) }
	case answer{rules.Consent, "more"}:
		return func(t *turn) {
			t.lead = append(t.lead, t.line(lineConsentMore))
			t.showAgain()
		}
	}
	return nil
}

// notNow stops because it is not safe to go on. At the first question nothing has been said
// and nothing is kept; later, or once an alert has been raised, what there is is kept, and one
// bland word is said: that the team was told is not for a screen that is not private.
func (t *turn) notNow() {
	if len(t.c.Answers) == 0 && len(t.c.Alerted) == 0 {
		t.leave(linePrivateLater)
		return
	}
	t.lead = []string{t.line(lineHidden)}
	t.move(evStop)
}

// leave keeps nothing and stops.
func (t *turn) leave(l line) {
	t.lead = append(t.lead, t.line(l))
	if len(t.c.Alerted) > 0 {
		t.lead = append(t.lead, t.line(lineToldAlready))
	}
	t.reset()
	t.c.Ref = ""
	t.move(evStop)
}

// condole answers a loss: from here on nothing is asked about a baby.
func (t *turn) condole() {
	text := t.v.flags[flagLossStop]
	if who := t.resources("loss"); who != "" {
		text += "\n\n" + t.line(lineResources, "list", who)
	}
	t.lead = append(t.lead, t.fill(text))
	t.notice(t.fill(t.v.flags[flagLossStop]))
	t.once(string(rules.RuleLoss) + ":" + string(rules.LikelyExcluded))
}

// endOfLoss ends the conversation after a loss: with a call asked for, or with nothing kept.
func (t *turn) endOfLoss() {
	if t.c.Answers.Is(rules.CallWanted, "yes") {
		t.submit(KindCall)
		t.lead = append(t.lead, t.line(lineCallOnly))
		t.receipt()
		return
	}
	t.ended = true
	t.leave(lineLossEnd)
}

// resources lists who can help in a situation, one a line.
func (t *turn) resources(situation string) string {
	var lines []string
	found := t.f.Service.Resources(situation, t.c.Audience)
	for _, r := range found[:min(mostResources, len(found))] {
		lines = append(lines, "• "+r.Name+": "+r.Contact)
	}
	return strings.Join(lines, "\n")
}

// mostResources is how many of them one message lists: more are not read.
const mostResources = 5

// signposts are answers after which it is said, once, who can help with that.
var signposts = map[answer]string{
	{rules.LossImpact, "yes"}:             "loss",
	{rules.Factors, "birth_trauma"}:       "birth_trauma",
	{rules.Factors, "neonatal_admission"}: "neonatal",
}

// signpost says who can help with what a parent has told; professionals know.
func (t *turn) signpost(given answer) {
	situation, ok := signposts[given]
	if !ok || t.c.Audience != rules.Parent {
		return
	}
	if who := t.resources(situation); who != "" && t.once("resources:"+situation) {
		t.lead = append(t.lead, t.line(lineResources, "list", who))
	}
}

// notice stands at the top of the next form.
func (t *turn) notice(text string) {
	if t.c.Forms {
		t.c.Notices = append(slices.Clip(t.c.Notices), text)
	}
}

// warn says every warning that the answers now decide and that has not been said yet, and
// reports whether there was any. Each is said once.
func (t *turn) warn() bool {
	t.inform()
	verdicts, said := t.verdicts(), t.young()
	for _, rule := range rules.Rules() {
		verdict := verdicts[rule]
		text := t.caution(rule, verdict)
		if text == "" || !t.once(string(rule)+":"+string(verdict)) {
			continue
		}
		text = t.fill(text)
		elsewhere := verdict == rules.LikelyExcluded || rule == rules.RuleLoss
		if who := t.resources(string(rule)); who != "" && elsewhere {
			text += "\n\n" + t.line(lineResources, "list", who)
		}
		t.lead = append(t.lead, text)
		t.notice(text)
		said = true
		if rule == rules.RuleAgreement {
			t.notice(t.line(t.talkOffer())) // a form has no other place for it
		}
		if rule == rules.RuleRelationship && t.c.Audience == rules.Professional && t.once("tools") {
			t.lead = append(t.lead, t.line(lineTools))
			t.notice(t.line(lineTools))
		}
	}
	return said
}

// talkOffer is what may be done about a warning. Without the parent's agreement nothing can be
// sent, whoever would decide.
func (t *turn) talkOffer() line {
	if v := t.verdicts()[rules.RuleAgreement]; t.c.Audience == rules.Professional && t.c.Answers.Has(rules.Consent) && v != rules.Clear {
		return lineTalkUnnamed
	}
	return lineTalkOffer
}

// caution is the warning for a verdict, or "" if there is none to give now.
func (t *turn) caution(rule rules.Rule, verdict rules.Verdict) string {
	text := t.v.flags[flag{rule, verdict}]
	switch {
	case text != "" && rule == rules.RuleContact && t.c.Answers.Is(rules.Stage, "pregnant"):
		return t.v.flags[flagSeparation]
	case rule == rules.RuleAgreement && !t.c.Answers.Has(rules.Consent):
		return "" // nobody has been asked yet
	}
	return text
}

// once reports whether something has not been said before, and notes that it now has.
func (t *turn) once(what string) bool {
	if slices.Contains(t.c.Warned, what) {
		return false
	}
	t.c.Warned = append(slices.Clip(t.c.Warned), what)
	return true
}

// inform says what is good to know and needs no decision.
func (t *turn) inform() {
	if rules.NearAgeLimit(t.cas()) && t.once("age_near_limit") {
		t.lead = append(t.lead, t.line(lineNearLimit))
		t.notice(t.line(lineNearLimit))
	}
}

// young tells whoever refers a parent under 18 that this excludes nobody, and reports whether
// it did: a person is offered there and then.
func (t *turn) young() bool {
	if !rules.Under18(t.cas()) || !t.once("under_18") {
		return false
	}
	t.lead = append(t.lead, t.line(lineUnder18))
	t.notice(t.line(lineUnder18))
	return true
}

// carryOnLabel says what going on past a warning means. Where the guidance leaves least
// room it says that a clinician will look all the same.
func (t *turn) carryOnLabel() string {
	code, v := codeCarryOn, t.verdicts()
	for _, r := range []rules.Rule{rules.RuleAge, rules.RuleCarer, rules.RuleAssessment} {
		if v[r] == rules.LikelyExcluded {
			code = "send_anyway"
		}
	}
	return t.v.shared[code].label
}
