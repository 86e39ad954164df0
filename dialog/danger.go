package dialog

import (
	"slices"
	"strings"
	"time"

	"referralbot/rules"
)

// Categories of risk that have a card but no phrase.
const (
	categoryTalk  = "wants_to_talk"
	categoryOther = "harm_from_others"
)

// Levels of an alert.
const (
	levelUrgent    = "URGENT"
	levelEmergency = "EMERGENCY"
)

// danger is an answer that says that somebody may not be safe. The card is given and the
// safety channel told at once, before anything else is asked.
type danger struct {
	category, level string
	card            string // the card's key in the voice; "" for none beyond what follows
}

var dangers = map[answer]danger{
	{rules.Risk, "self"}:             {rules.CategorySuicide, levelUrgent, rules.CategorySuicide},
	{rules.Risk, "baby"}:             {rules.CategoryHarmBaby, levelUrgent, rules.CategoryHarmBaby},
	{rules.Risk, "psychosis"}:        {rules.CategoryPsychosis, levelEmergency, rules.CategoryPsychosis},
	{rules.Risk, "from_others"}:      {categoryOther, levelUrgent, rules.CategoryAbuse},
	{rules.Risk, "talk"}:             {categoryTalk, levelUrgent, categoryTalk},
	{rules.SafeNow, "no"}:            {rules.CategoryDanger, levelEmergency, ""},
	{rules.SafeNow, "not_sure"}:      {rules.CategoryDanger, levelEmergency, ""},
	{rules.DomesticAbuse, "current"}: {rules.CategoryAbuse, levelUrgent, rules.CategoryAbuse},
}

// endanger answers a direct question on safety.
func (t *turn) endanger(f rules.Field, values []string) {
	for _, v := range values {
		d, ok := dangers[answer{f, v}]
		if f == rules.Screening && safetyItem(v) {
			d, ok = dangers[answer{rules.Risk, "self"}]
		}
		if ok {
			t.alert(string(f)+"="+v, d.category, d.level, d.card)
		}
	}
}

// safetyItem reports whether a screening line carries a score above 0 on the item that
// asks about self-harm.
func safetyItem(line string) bool {
	_, item, ok := strings.Cut(line, " item ")
	return ok && strings.Trim(item, "0 ") != ""
}

// listen reads free words for risk, in whatever answer they come.
func (t *turn) listen(in Input) {
	for f, values := range in.Form {
		if s, ok := rules.Lookup(f); ok && !chosen(s.Type) {
			t.worry(f, strings.Join(values, "\n"))
		}
	}
	if in.Text == "" {
		return
	}
	t.worry(t.c.Asked.Field, in.Text)
	recent := append(slices.Clip(t.c.Recent), in.Text)
	if s, found := rules.DetectRiskTogether(recent, t.c.Audience); found && !t.heard(s) && news(t.c.Asked.Field, s) { // what comes in pieces
		t.answerRisk(s)
	}
	t.c.Recent = slices.Clone(recent[max(0, len(recent)-recentMost):])
}

// recentMost is how many messages are kept to be read together with the next.
const recentMost = 4

// heard reports whether a sign of risk has been found before in this conversation.
func (t *turn) heard(s rules.Signal) bool {
	return slices.ContainsFunc(t.c.Heard, func(h rules.Signal) bool { return h.Rule == s.Rule })
}

// worry reads the words given to a question.
func (t *turn) worry(f rules.Field, words string) {
	if s, found := rules.DetectRisk(words, t.c.Audience); found && news(f, s) {
		t.answerRisk(s)
	}
}

// news reports whether a sign of risk in the answer to f tells more than is known. Where a
// risk that has just been named, and told, is described, only an emergency does.
func news(f rules.Field, s rules.Signal) bool {
	return f != rules.RiskDetail || s.Level == levelEmergency
}

// answerRisk answers a sign of risk, however often it comes. A parent who may hurt
// themselves or their baby is asked at once whether they are safe.
func (t *turn) answerRisk(s rules.Signal) {
	t.worried = true
	if !t.heard(s) {
		t.c.Heard = append(slices.Clip(t.c.Heard), s)
	}
	if t.c.Audience == rules.Parent && (s.Category == rules.CategorySuicide || s.Category == rules.CategoryHarmBaby) {
		t.askSafe = true
		t.set(t.c.Answers.Without(rules.SafeNow))
	}
	card := s.Category
	if s.Act {
		card = "harm_baby_act"
	}
	if s.Category == rules.CategoryAbuse && t.c.Audience == rules.Parent && !t.c.Answers.Is(rules.Private, "yes") {
		card = "" // nothing about abuse on a screen that others may see
	}
	// The same words again are a new alert, though not while one of them is still fresh.
	fresh := t.f.Now.Truncate(acknowledgeWithin(t.f)).Format(time.RFC3339)
	t.alert(s.Rule+"=words at "+fresh, s.Category, s.Level, card)
}

// alert gives the card, and tells the safety channel once for each reason. An emergency of
// a parent's holds the questions until they say that they are safe or not alone.
func (t *turn) alert(reason, category, level, card string) {
	t.giveCard(card)
	if level == levelEmergency && t.c.Audience == rules.Parent {
		t.hold = true
	}
	if slices.Contains(t.c.Alerted, reason) {
		return
	}
	if t.c.Ref == "" {
		t.c.Ref = t.f.Reference
	}
	t.c.Alerted = append(slices.Clip(t.c.Alerted), reason)
	rule, _, _ := strings.Cut(reason, "=")
	a := Alert{
		Ref: t.c.Ref, N: len(t.c.Alerted), Category: category, Level: level, Rule: rule,
		At: t.f.Now, Audience: t.c.Audience, Contact: contactCode(t.c.Answers),
	}
	t.out.Alerts = append(t.out.Alerts, a)
	t.out.Timers = append(t.out.Timers, escalation(a, t.f))
	t.alerted = t.c
	t.audit("alerted", category)
}

// giveCard says a card, each paragraph once, unless it was given while nothing could be saved.
func (t *turn) giveCard(card string) {
	if card == "" || slices.Contains(t.told, card) {
		return
	}
	t.given = append(t.given, card)
	for text := range strings.SplitSeq(t.fill(t.v.cards[card]), "\n\n") {
		if !slices.Contains(t.card, text) {
			t.card = append(t.card, text)
			t.notice(text)
		}
	}
}

// contactCode says how the person may be reached, without saying where. Nobody may be rung
// who has not said that they may.
func contactCode(a rules.Answers) string {
	for _, c := range []struct{ ticked, code string }{
		{"not_safe", "not_safe"}, {"someone_else_sees", "someone_else_sees"},
		{"call_ok", "ok"}, {"text_ok", "text_only"},
	} {
		if a.Includes(rules.SafeContact, c.ticked) {
			return c.code
		}
	}
	if a.Has(rules.SafeContact) {
		return "no_calls"
	}
	return "not_known"
}

// urgent gives the numbers to call to whoever asks.
func (t *turn) urgent() {
	if !slices.Contains(t.told, "") {
		t.lead = append(t.lead, t.v.cards[""])
	}
	t.to(Urgent, evUrge)
}

// calm goes on once the person says that they are safe, have called, or are not alone.
func (t *turn) calm() {
	t.lead = append(t.lead, t.line(lineUrgentOK))
	if len(t.c.Answers) == 0 && !t.done() {
		t.flush()
		t.arrive()
		return
	}
	t.proceed()
}
