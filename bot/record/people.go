package record

import (
	"strings"

	"referralbot/dialog"
	"referralbot/rules"
)

// family draws the infant, if it is born, and the parent. What was not asked is not said: a name
// is left whole, and nobody's gender follows from what they are to the baby.
func (d *drawing) family() {
	d.practices()
	if d.baby.born {
		d.put(d.infant())
	}
	d.put(d.parent())
	if d.baby.born {
		d.put(relatedPerson{
			resource: d.as("RelatedPerson", theRelated), Active: true, Patient: d.to(theInfant),
			Relationship: d.relationship(), Name: named(known(d.r, rules.ParentName)),
		})
	}
}

func (d *drawing) infant() patient {
	a := d.r.Answers
	p := patient{
		resource: d.as("Patient", theInfant), Identifier: []identifier{d.nhsNumber(rules.BabyNHSNumber, d.baby.alone, d.newborn())},
		Name: named(d.baby.name), BirthDate: d.day(rules.BabyDOB), MultipleBirthBoolean: d.baby.place > 0,
	}
	if d.baby.alone {
		p.Gender = map[string]string{"female": "female", "male": "male", "not_known": "unknown"}[a.One(rules.BabySex)]
	}
	if postcode := known(d.r, rules.BabyPostcode); given(postcode) && dialog.Withheld(d.r) == nil {
		p.Address = []address{{Use: "home", PostalCode: postcode}}
	}
	p.GeneralPractitioner = d.those(theInfantGP)
	if a.Is(rules.BabyGPArea, "same") {
		p.GeneralPractitioner = d.those(theParentGP)
	}
	return p
}

// newborn reports whether the baby was for certain under six weeks old when it was referred.
func (d *drawing) newborn() bool {
	born, ok := rules.ParseISODate(d.r.Answers.One(rules.BabyDOB))
	return ok && born.First().DaysUntil(rules.DateOf(d.r.ReceivedAt)) < 6*7
}

func (d *drawing) parent() patient {
	a := d.r.Answers
	p := patient{
		resource: d.as("Patient", theParent), Identifier: []identifier{d.nhsNumber(rules.ParentNHSNumber, true, false)},
		Name: named(known(d.r, rules.ParentName)), BirthDate: d.day(rules.ParentDOB), GeneralPractitioner: d.those(theParentGP),
	}
	if a.Has(rules.Needs) {
		wanted := a.Includes(rules.Needs, "interpreter", "bsl")
		p.Extension = []extension{{URL: "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired", Boolean: &wanted}}
	}
	if !a.Includes(rules.SafeContact, "not_safe") { // a system may write to a number by itself
		p.Telecom = phone(known(d.r, rules.ParentPhone), "")
	}
	home := address{Use: "home", Text: known(d.r, rules.ParentAddress), PostalCode: known(d.r, rules.ParentPostcode)}
	if dialog.Withheld(d.r) == nil && given(home.Text+home.PostalCode) {
		p.Address = []address{home}
	}
	if d.baby.born {
		p.Link = []link{{d.to(theRelated), "seealso"}}
	}
	return p
}

// given reports whether there is something to it, and it is not kept private.
func given(place string) bool { return place != "" && place != "private" && place != "refuge" }

// The NHS Data Dictionary's codes of how far an NHS number is known. Whoever has not given one is
// still to be traced: that there is no need to is nobody's here to say.
var (
	numberNotTraced = coding{numberStatuses, "02", "Number present but not traced"}
	traceRequired   = coding{numberStatuses, "03", "Trace required"}
	tracePostponed  = coding{numberStatuses, "08", "Trace postponed (baby under six weeks old)"}
)

const numberStatuses = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland"

// nhsNumber is a number as it was given, if it is of this person, and says that nobody has traced
// it, or that it is still to be traced.
func (d *drawing) nhsNumber(f rules.Field, theirs, newborn bool) identifier {
	var n identifier
	status := traceRequired
	if number := known(d.r, f); theirs && number != "" {
		n.System, n.Value, status = "https://fhir.nhs.uk/Id/nhs-number", number, numberNotTraced
	} else if newborn {
		status = tracePostponed
	}
	n.Extension = []extension{{URL: ukCore + "Extension-UKCore-NHSNumberVerificationStatus", Concept: &concept{Coding: []coding{status}}}}
	return n
}

// roles are the codes of what somebody is to the baby, where there is one that says no more than
// was answered.
var roles = map[string]coding{
	"mother":          {roleCode, "MTH", "mother"},
	"father":          {roleCode, "FTH", "father"},
	"step_parent":     {roleCode, "STPPRN", "step parent"},
	"adoptive_parent": {roleCode, "ADOPTP", "adoptive parent"},
	"same_sex_parent": {roleCode, "PRN", "parent"},
	"grandparent":     {roleCode, "GRPRN", "grandparent"},
	"aunt_uncle":      {roleCode, "EXT", "extended family member"},
	"other_relative":  {roleCode, "EXT", "extended family member"},
	"foster_carer":    {roleCode, "PRNFOST", "foster parent"},
}

const roleCode = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"

func (d *drawing) relationship() []concept {
	label := d.label(rules.CarerRelationship)
	if label == "" {
		return nil
	}
	c := concept{Text: label}
	if code, ok := roles[d.r.Answers.One(rules.CarerRelationship)]; ok {
		c.Coding = []coding{code}
	}
	return []concept{c}
}

// practices draws the GP practices that are named.
func (d *drawing) practices() {
	if name := known(d.r, rules.ParentGP); name != "" {
		d.put(organization{d.as("Organization", theParentGP), name})
	}
	if name := known(d.r, rules.BabyGP); name != "" && d.baby.born && !d.r.Answers.Is(rules.BabyGPArea, "same") {
		d.put(organization{d.as("Organization", theInfantGP), name})
	}
}

// referrer draws the professional who referred, as far as they are known.
func (d *drawing) referrer() {
	if d.r.Audience != rules.Professional {
		return
	}
	p := practitioner{
		resource: d.as("Practitioner", theReferrer), Name: named(known(d.r, rules.ReferrerName)),
		Telecom: phone(known(d.r, rules.ReferrerPhone), "work"),
	}
	if email := known(d.r, rules.ReferrerEmail); email != "" {
		p.Telecom = append(p.Telecom, contactPoint{"email", email, "work"})
	}
	role := practitionerRole{resource: d.as("PractitionerRole", theRole)}
	if p.Name != nil || p.Telecom != nil {
		d.put(p)
		role.Practitioner = d.to(theReferrer)
	}
	if name := known(d.r, rules.ReferrerOrganisation); name != "" {
		d.put(organization{d.as("Organization", theEmployer), name})
		role.Organization = d.to(theEmployer)
	}
	if label := d.label(rules.ReferrerType); label != "" {
		role.Code = []concept{{Text: label}}
	}
	d.put(role)
}

// named is somebody's name as it was given.
func named(name string) []humanName {
	if name == "" {
		return nil
	}
	return []humanName{{Use: "usual", Text: name}}
}

// phone is a telephone number, if it is one.
func phone(number, use string) []contactPoint {
	if !strings.ContainsAny(number, "0123456789") {
		return nil
	}
	return []contactPoint{{"phone", clean(number), use}}
}

// day is a date or a month that was answered, "" if there is none.
func (d *drawing) day(f rules.Field) string {
	day, _ := rules.ParseISODate(d.r.Answers.One(f))
	return day.String()
}
