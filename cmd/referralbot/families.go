package main

import (
	"maps"
	"slices"
	"strings"

	"referralbot/rules"
)

// family is what somebody who refers would answer, by field. Typed answers are as typed.
type family map[rules.Field][]string

// example is a family to refer in the demo, and who refers it.
type example struct {
	ID       string         `json:"id"`
	Title    string         `json:"title"`
	Audience rules.Audience `json:"audience"`
	Who      string         `json:"who"` // refers it
	person   string         // its parent
	answers  func(today rules.Date) family
}

// examples are two families with an answer to everything, and the stories by which the
// criteria are held to the guidance. Each parent has a telephone of their own; all
// professionals are the one health visitor.
var examples = append([]example{
	{ID: "mother", Title: "A mother refers herself, every question answered", Audience: rules.Parent, Who: asParent, person: demoParentName, answers: motherReferring},
	{ID: "visitor", Title: "A health visitor refers a family, every question answered", Audience: rules.Professional, Who: asVisitor, answers: visitorReferring},
}, stories()...)

func stories() []example {
	var all []example
	for _, v := range rules.Vignettes() {
		e := example{ID: v.ID, Title: v.Title, Audience: v.Case.Audience, Who: asVisitor, answers: func(today rules.Date) family { return retold(v, today) }}
		if e.Audience == rules.Parent {
			e.Who, e.person = asParent+"-"+v.ID, v.Case.Answers.One(rules.ParentName)
		}
		all = append(all, e)
	}
	return all
}

// exampleOf returns the example with that id.
func exampleOf(id string) (example, bool) {
	n := slices.IndexFunc(examples, func(e example) bool { return e.ID == id })
	if n < 0 {
		return example{}, false
	}
	return examples[n], true
}

// motherReferring answers for the parent in Telegram.
func motherReferring(today rules.Date) family {
	return family{
		rules.Private:           {"yes"},
		rules.Consent:           {"yes"},
		rules.GPSharing:         {"yes"},
		rules.Stage:             {"born"},
		rules.ParentName:        {demoParentName},
		rules.ParentDOB:         {"14 March 1997"},
		rules.ParentAddress:     {"8 Sample Street, Chelmsford, CM2 9AB"},
		rules.ParentPostcode:    {"CM2 9AB"},
		rules.ParentPhone:       {"07700 900123, weekday mornings"},
		rules.ContactTimes:      {"Weekday mornings"},
		rules.SafeContact:       {"call_ok", "text_ok"},
		rules.ParentGP:          {"Sample Street Surgery, Chelmsford"},
		rules.ParentGPArea:      {"essex"},
		rules.Needs:             {"none"},
		rules.CarerRelationship: {"mother"},
		rules.CarerPrimary:      {"yes"},
		rules.BabyName:          {"Robin Thornley"},
		rules.BabyDOB:           {today.AddDays(-131).Words()},
		rules.BabyGPArea:        {"same"},
		rules.Circumstances:     {"none"},
		rules.Concern: {"The birth was frightening and we were apart for a week. I look after him, " +
			"but most days I feel nothing when I hold him, and I can't tell what he wants from me."},
		rules.Indicators:      {"neg_consistent", "cues_misread"},
		rules.Pervasive:       {"consistent"},
		rules.Factors:         {"birth_trauma", "neonatal_admission"},
		rules.MentalHealth:    {"none"},
		rules.Risk:            {"none"},
		rules.DomesticAbuse:   {"none_known"},
		rules.Network:         {"health_visitor", "family_friends"},
		rules.PerinatalTeam:   {"no"},
		rules.ParentCouncil:   {"Chelmsford"},
		rules.CarerConsistent: {"yes"},
	}
}

// visitorReferring answers for the health visitor in Slack, about another family.
func visitorReferring(today rules.Date) family {
	return family{
		rules.Consent:              {"yes"},
		rules.GPSharing:            {"yes"},
		rules.Stage:                {"born"},
		rules.ReferrerName:         {"Helen Marsh"},
		rules.ReferrerType:         {"health_visitor"},
		rules.ReferrerOrganisation: {"Health visiting, Mid Essex"},
		rules.ReferrerPhone:        {"01632 960145"},
		rules.ReferrerEmail:        {"helen.marsh@example.nhs.uk"},
		rules.ParentName:           {"Tess Marlowe"},
		rules.ParentDOB:            {"11 February 1996"},
		rules.ParentAddress:        {"3 Example Lane, Maldon"},
		rules.ParentPostcode:       {"CM9 6EG"},
		rules.ParentPhone:          {"07700 900101"},
		rules.ContactTimes:         {"Afternoons"},
		rules.SafeContact:          {"call_ok", "voicemail_ok"},
		rules.ParentGP:             {"Example Lane Surgery, Maldon"},
		rules.ParentGPArea:         {"essex"},
		rules.Needs:                {"none"},
		rules.CarerRelationship:    {"mother"},
		rules.CarerPrimary:         {"yes"},
		rules.BabyName:             {"Ivy Marlowe"},
		rules.BabyDOB:              {today.AddDays(-156).Words()},
		rules.BabySex:              {"female"},
		rules.BabyGPArea:           {"same"},
		rules.Circumstances:        {"none"},
		rules.Concern: {"Emergency section, then nine days on the neonatal unit. Tess says she feels nothing when " +
			"she looks at Ivy, and this has not shifted in four months. She turns away when Ivy cries; " +
			"her mother does most feeds."},
		rules.Indicators:      {"neg_consistent", "avoids_baby", "baby_seeks_others"},
		rules.Pervasive:       {"consistent"},
		rules.BabyImpact:      {"eye_contact_social", "feeding_weight"},
		rules.Factors:         {"birth_trauma", "neonatal_admission"},
		rules.MentalHealth:    {"none"},
		rules.Risk:            {"none"},
		rules.DomesticAbuse:   {"none_known"},
		rules.Safeguarding:    {"none_known"},
		rules.Network:         {"health_visitor", "family_friends"},
		rules.Wishes:          {"To enjoy being with her daughter."},
		rules.CarerConsistent: {"yes"},
	}
}

// beside are the fields that a story may leave to the family with an answer to everything:
// nothing in them bears on the criteria. Who refers is always the one at the screen.
var (
	beside = []rules.Field{rules.Private, rules.GPSharing, rules.ParentAddress, rules.ContactTimes, rules.SafeContact, rules.ParentGP,
		rules.ParentDOB, rules.Needs, rules.Network, rules.Risk, rules.DomesticAbuse, rules.Safeguarding, rules.CarerConsistent}
	referrer = []rules.Field{rules.ReferrerName, rules.ReferrerType, rules.ReferrerOrganisation, rules.ReferrerPhone, rules.ReferrerEmail}
)

// retold is a story as it would be told today: its dates are as long ago as they were on its
// day, and what it does not say and somebody may ask is filled in.
func retold(v rules.Vignette, today rules.Date) family {
	usual := visitorReferring(today)
	if v.Case.Audience == rules.Parent {
		usual = motherReferring(today)
	}
	f := family{rules.ParentAddress: {"8 Sample Street"}}
	for _, field := range slices.Concat(beside, referrer) {
		if answer, ok := usual[field]; ok && !f.has(field) {
			f[field] = answer
		}
	}
	for field, answer := range v.Case.Answers {
		if !slices.Contains(referrer, field) {
			f[field] = spoken(field, answer, v.Case.Today, today)
		}
	}
	return f
}

func (f family) has(field rules.Field) bool { return len(f[field]) > 0 }

// spoken is an answer as somebody would type it today.
func spoken(field rules.Field, answer []string, then, today rules.Date) []string {
	spec, _ := rules.Lookup(field)
	switch spec.Type {
	case rules.TypeDate:
		if d, ok := rules.ParseISODate(answer[0]); ok && field != rules.ParentDOB {
			return []string{moved(d, then, today).Words()}
		} else if ok {
			return []string{d.Words()}
		}
	case rules.TypeList:
		return []string{strings.Join(answer, ", ")}
	}
	return answer
}

// moved is the day that lies as d lay, seen from then, seen from today: by months and days,
// so that a birthday stays one.
func moved(d, then, today rules.Date) rules.Date {
	months := 12*(d.Year-then.Year) + int(d.Month-then.Month)
	return today.AddMonths(months).AddDays(d.Day - then.Day)
}

// demoParents are the parents who have a telephone in the demo, by who they are on the
// page, with the number that Telegram knows each by.
var demoParents = func() map[string]demoPerson {
	all := map[string]demoPerson{}
	for _, e := range examples {
		if e.Audience == rules.Parent {
			all[e.Who] = demoPerson{demoParent + int64(len(all)), e.person}
		}
	}
	return all
}()

// demoPerson is a person in Telegram.
type demoPerson struct {
	id   int64
	name string
}

// firstNames are what Telegram knows the parents by.
func firstNames() map[int64]string {
	names := map[int64]string{}
	for p := range maps.Values(demoParents) {
		names[p.id], _, _ = strings.Cut(p.name, " ")
	}
	return names
}
