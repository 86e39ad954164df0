package dialog

import (
	"slices"

	"referralbot/rules"
)

// What follows is what reports count referrals by, and what each of it is called to clinicians.

// SelfReferral is the source of a referral by a parent; the others are the types of referrer.
const SelfReferral = "self"

// Sources returns where referrals come from: the types of referrer, and parents themselves.
func Sources() []Option {
	return append(Labels(rules.ReferrerType), Option{SelfReferral, clinicianVoice.phrases.self})
}

// SourceOf is where a referral comes from, "" where its referrer has not said.
func SourceOf(r Referral) string {
	if r.Audience == rules.Parent {
		return SelfReferral
	}
	return r.Answers.One(rules.ReferrerType)
}

// Labels returns the answers that a professional may choose for a field, in order.
func Labels(f rules.Field) []Option {
	var out []Option
	for _, o := range professionalVoice.questions[f].options {
		out = append(out, Option{o.value, o.label})
	}
	return out
}

// AgeBands returns the bands by which the channel knows babies, in order.
func AgeBands() []string {
	var out []string
	for _, a := range ages {
		out = append(out, clinicianVoice.ages[a])
	}
	return out
}

// AgeBand is the band of the baby of a referral on the day it was received.
func AgeBand(r Referral) string { return clinicianVoice.ages[ageOf(r)] }

// Ways returns how a referral can come, beside the bot.
func Ways() []Choice { return choices(clinicianVoice.sheets[ActEnter].items["way"].options) }

// Codes returns the outcomes of referrals, in the order of the menu.
func Codes() []Code {
	var all []Code
	for _, e := range endings {
		if !e.code.OfCall() {
			all = append(all, e.code)
		}
	}
	return all
}

// OfCall reports whether an outcome is of a call alone.
func (c Code) OfCall() bool { return slices.Contains(ofCalls, c) }

// Criteria are those that an outcome turned on, where whoever decided has named any.
func (r Result) Criteria() []rules.Rule {
	var all []rules.Rule
	for _, c := range r.Filled["criteria"] {
		all = append(all, rules.Rule(c))
	}
	return all
}

// Joint reports whether joint working with the perinatal team was agreed with an outcome.
func (r Result) Joint() bool { return joint(r) }

// Title is what a place is called.
func (p Place) Title() string {
	if title, ok := clinicianVoice.places[p]; ok {
		return title
	}
	return clinicianTitle(rules.Field(p))
}
