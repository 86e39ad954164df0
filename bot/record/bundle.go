package record

import (
	"bytes"
	"cmp"
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
)

// Base begins the names of what is our own: systems of identifiers and codes, and the
// questionnaires. They are names and lead nowhere.
const Base = "https://referralbot.example/fhir/"

// Bundles draws r as FHIR R4: one Bundle of type collection, or one for each baby of concern where
// several were born, for each is a relationship of its own. It is shaped as UK Core asks and
// claims no conformance to a message standard. Its ids follow from the reference, so that drawing
// the same referral again gives the same bytes.
func Bundles(r dialog.Referral, s *rules.Service) ([]json.RawMessage, error) {
	var out []json.RawMessage
	for _, baby := range babies(r) {
		d := &drawing{r: r, service: s, questions: questions(r, s), baby: baby}
		var drawn bytes.Buffer
		w := json.NewEncoder(&drawn)
		w.SetEscapeHTML(false)
		if err := w.Encode(d.bundle()); err != nil {
			return nil, err
		}
		out = append(out, bytes.TrimSpace(drawn.Bytes()))
	}
	return out, nil
}

// baby is one whose relationship with the parent a bundle is about.
type baby struct {
	place int // among those born together, from 1; 0 where there is one, or none yet
	name  string
	born  bool
	// alone says that what was answered of "the baby" is of this one for certain.
	alone bool
}

// babies are those whom a referral is about: of several those of concern, and all where nobody is
// sure which. Before a birth, and after a loss, there is one that is not born.
func babies(r dialog.Referral) []baby {
	a := r.Answers
	if !a.Is(rules.Stage, "born") {
		return []baby{{}}
	}
	name := known(r, rules.BabyName)
	var out []baby
	if a.Includes(rules.Circumstances, "multiple") {
		for i, n := range a[rules.BabiesNames] {
			if a.Includes(rules.BabiesOfConcern, n) || a.Includes(rules.BabiesOfConcern, "unsure") || !a.Has(rules.BabiesOfConcern) {
				out = append(out, baby{i + 1, clean(n), true, strings.EqualFold(clean(n), name)})
			}
		}
	}
	if len(out) == 0 {
		return []baby{{0, name, true, true}}
	}
	return out
}

// drawing is a bundle being drawn.
type drawing struct {
	r         dialog.Referral
	service   *rules.Service
	questions []dialog.Question
	baby      baby
	entries   []entry
}

func (d *drawing) bundle() bundle {
	d.draw()
	b := bundle{resource: d.as("Bundle", "bundle"), Type: "collection", Timestamp: stamp(lastChange(d.r)), Entry: d.entries}
	b.Identifier = identifier{System: Base + "id/bundle", Value: d.r.Ref}
	if d.baby.place > 0 {
		b.Identifier.Value += fmt.Sprintf("-%d", d.baby.place)
	}
	return b
}

// The resources of a bundle, by what they are to it.
const (
	theRequest   = "request"
	theInfant    = "infant"
	theParent    = "parent"
	theRelated   = "related"
	theReferrer  = "referrer"
	theRole      = "role"
	theEmployer  = "employer"
	theProvider  = "provider"
	theService   = "service"
	theParentGP  = "parent-gp"
	theInfantGP  = "infant-gp"
	theAnswers   = "answers"
	theSafety    = "safety"
	theAdjusting = "adjustments"
	theAgreement = "agreement"
	theTask      = "task"
	theOrigin    = "origin"
)

// draw draws every resource. The request comes first, and is drawn last: it names the others.
func (d *drawing) draw() {
	d.family()
	d.referrer()
	d.ours()
	d.answered()
	d.flags()
	d.agreed()
	d.put(d.task())
	d.put(d.origin())
	d.entries = slices.Insert(d.entries, 0, d.entry(d.request()))
}

// id is the name-based UUID (RFC 9562, version 5) of a resource of this bundle.
func (d *drawing) id(what string) string {
	sum := sha1.Sum(fmt.Appendf(nil, "%s%s/%d/%s", Base, d.r.Ref, d.baby.place, what))
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// to refers to a resource of this bundle.
func (d *drawing) to(what string) reference { return reference{Reference: "urn:uuid:" + d.id(what)} }

// profiled are the kinds of resources that UK Core has a profile of.
var profiled = []string{
	"Bundle", "Consent", "Flag", "HealthcareService", "Organization", "Patient", "Practitioner", "PractitionerRole",
	"QuestionnaireResponse", "RelatedPerson", "ServiceRequest", "Task",
}

// as begins a resource. Where the address is withheld, all that could lead to it is restricted.
func (d *drawing) as(kind, what string) resource {
	r := resource{ResourceType: kind, ID: d.id(what)}
	if slices.Contains(profiled, kind) {
		r.Meta.Profile = []string{"https://fhir.hl7.org.uk/StructureDefinition/UKCore-" + kind}
	}
	if restricted := []string{"Bundle", "Patient", "RelatedPerson", "QuestionnaireResponse"}; slices.Contains(restricted, kind) && dialog.Withheld(d.r) != nil {
		r.Meta.Security = []coding{{"http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", "restricted"}}
	}
	return r
}

func (r resource) fullURL() string { return "urn:uuid:" + r.ID }

func (d *drawing) entry(r interface{ fullURL() string }) entry { return entry{r.fullURL(), r} }

func (d *drawing) put(r interface{ fullURL() string }) { d.entries = append(d.entries, d.entry(r)) }

// has reports whether a resource has been drawn.
func (d *drawing) has(what string) bool {
	return slices.ContainsFunc(d.entries, func(e entry) bool { return e.FullURL == d.to(what).Reference })
}

// those are references to what has been drawn of these.
func (d *drawing) those(what ...string) []reference {
	var out []reference
	for _, w := range what {
		if d.has(w) {
			out = append(out, d.to(w))
		}
	}
	return out
}

// subject is whose referral it is: the infant's, or before the birth the parent's.
func (d *drawing) subject() reference {
	if d.baby.born {
		return d.to(theInfant)
	}
	return d.to(theParent)
}

// requester is who referred.
func (d *drawing) requester() reference {
	switch {
	case d.r.Audience == rules.Professional:
		return d.to(theRole)
	case d.baby.born:
		return d.to(theRelated)
	}
	return d.to(theParent)
}

// sources are the codes of who referred that SNOMED CT has and UK Core uses. It has none for the
// others, and their words have to do.
var sources = map[string]coding{
	"gp":             {snomed, "108161000000109", "Referred by general practitioner"},
	"health_visitor": {snomed, "1052681000000105", "Referred by health visitor"},
	"midwife":        {snomed, "185363009", "Referred by midwife"},
}

const snomed = "http://snomed.info/sct"

// source is by whom the family was referred.
func (d *drawing) source() concept {
	if d.r.Audience == rules.Parent {
		return concept{[]coding{{snomed, "310434002", "Self-referral to service"}}, "Parent (self-referral)"}
	}
	c := concept{Text: cmp.Or(d.label(rules.ReferrerType), "Professional")}
	if code, ok := sources[d.r.Answers.One(rules.ReferrerType)]; ok {
		c.Coding = []coding{code}
	}
	return c
}

// requestStatus is where a referral stands, as FHIR says it. Of what is never drawn there is
// none.
var requestStatus = map[dialog.Status]string{
	dialog.Received: "active", dialog.Claimed: "active", dialog.Awaiting: "active", dialog.Decided: "active", dialog.Closed: "completed",
}

// reasons say why it is made, by the stage. They say no more than that somebody is concerned:
// the answers say the rest.
var reasons = map[string]string{
	"born":         "Concern about the relationship between parent and infant; see the answers",
	"pregnant":     "Concern in pregnancy about the relationship between parent and infant; see the answers",
	"loss_no_baby": "Loss of a baby; see the answers",
}

func (d *drawing) request() serviceRequest {
	source := d.source()
	return serviceRequest{
		resource:   d.as("ServiceRequest", theRequest),
		Extension:  []extension{{URL: ukCore + "Extension-UKCore-SourceOfServiceRequest", Concept: &source}},
		Identifier: []identifier{{System: Base + "id/referral", Value: d.r.Ref}},
		Status:     requestStatus[d.r.Status],
		Intent:     "order",
		Category:   []concept{{[]coding{{snomed, "3457005", "Patient referral"}}, "Referral to a parent-infant mental health service"}},
		Code:       concept{Text: "Parent-infant relationship: assessment and help"},
		Subject:    d.subject(),
		AuthoredOn: stamp(d.r.ReceivedAt),
		Requester:  d.requester(),
		Performer:  []reference{d.to(theService)},
		ReasonCode: []concept{{Text: cmp.Or(reasons[d.r.Answers.One(rules.Stage)], "See the answers")}},
		SupportingInfo: slices.DeleteFunc(d.those(theAnswers, theSafety, theAdjusting, theAgreement, theParent),
			func(r reference) bool { return r == d.subject() }),
		Note: []annotation{{dialog.NotAnAssessment + " " + advice}},
	}
}

const ukCore = "https://fhir.hl7.org.uk/StructureDefinition/"

// advice is what the verdicts are.
const advice = "What the answers were read as is advice; a clinician decides."

// ours draws the service that is asked to help.
func (d *drawing) ours() {
	d.put(organization{d.as("Organization", theProvider), clean(d.service.Provider)})
	d.put(healthcareService{
		resource: d.as("HealthcareService", theService), Active: true, ProvidedBy: d.to(theProvider),
		Name: clean(d.service.Name + ", " + d.service.Team), Telecom: phone(d.service.Telephone, "work"),
	})
}

// flags draws what nobody may miss before they make contact, and says no more than that it is
// there.
func (d *drawing) flags() {
	a := d.r.Answers
	contact := a.Includes(rules.SafeContact, "not_safe", "someone_else_sees")
	if contact || len(d.r.Alerts) > 0 || d.r.Assessment.Bands.Safety != "S0" || dialog.Withheld(d.r) != nil {
		d.flag(theSafety, concept{Coding: []coding{{"http://terminology.hl7.org/CodeSystem/flag-category", "safety", "Safety"}}},
			"Clinician to review the safety answers before contact")
	}
	if a.Has(rules.Needs) && !a.Is(rules.Needs, "none") || slices.Contains(d.r.Assessment.Notes, "reasonable_adjustments") {
		d.flag(theAdjusting, concept{Text: "Reasonable adjustment"}, "Reasonable adjustments are needed: see the answers")
	}
}

func (d *drawing) flag(what string, category concept, says string) {
	d.put(flag{d.as("Flag", what), "active", []concept{category}, concept{Text: says}, d.to(theParent)})
}

// agreements are what was answered to whether the parent agrees, as FHIR says it.
var agreements = map[string]struct{ status, words string }{
	"yes": {"active", "agrees"},
	"no":  {"rejected", "does not agree"},
}

// agreed draws the parent's agreement, if they were asked for it.
func (d *drawing) agreed() {
	agreement, asked := agreements[d.r.Answers.One(rules.Consent)]
	if !asked {
		return
	}
	says := "The parent " + agreement.words + " to this referral"
	if d.r.Audience == rules.Professional {
		says = "By the word of the referrer, the parent " + agreement.words + " to this referral"
	}
	d.put(consent{
		resource:   d.as("Consent", theAgreement),
		Status:     agreement.status,
		Scope:      concept{Coding: []coding{{"http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", "Privacy Consent"}}},
		Category:   []concept{{Coding: []coding{{"http://terminology.hl7.org/CodeSystem/v3-ActCode", "INFA", "information access"}}}},
		Patient:    d.to(theParent),
		DateTime:   stamp(d.r.ReceivedAt),
		PolicyRule: concept{Text: says + " (" + d.wording() + ")"},
	})
}

// wording says in which words it was asked.
func (d *drawing) wording() string {
	if d.r.ConsentWording == "" {
		return "wording not recorded"
	}
	return "wording " + d.r.ConsentWording
}

// taskStatus is how far the clinicians are. None of them turns anyone away.
var taskStatus = map[dialog.Status]string{
	dialog.Received: "requested", dialog.Claimed: "accepted", dialog.Awaiting: "on-hold", dialog.Decided: "in-progress", dialog.Closed: "completed",
}

// task draws what has become of it.
func (d *drawing) task() task {
	t := task{
		resource: d.as("Task", theTask), Status: taskStatus[d.r.Status], Intent: "order",
		Code:  concept{Coding: []coding{{"http://hl7.org/fhir/CodeSystem/task-code", "fulfill", "Fulfill the focal request"}}},
		Focus: d.to(theRequest), For: d.subject(), Requester: d.requester(),
		AuthoredOn: stamp(d.r.ReceivedAt), LastModified: stamp(lastChange(d.r)),
		Owner: reference{Display: clean(d.r.Claimant.Name)},
	}
	if n := len(d.r.Results); n > 0 {
		last := d.r.Results[n-1]
		t.BusinessStatus = concept{[]coding{{Base + "CodeSystem/outcome", string(last.Code), last.Code.Title()}}, last.Code.Title()}
		if len(last.Filled["joint"]) > 0 {
			t.BusinessStatus.Text += "; " + dialog.JointWithPerinatal.Title()
		}
	}
	return t
}

// origin draws whose word it is, and through what it came.
func (d *drawing) origin() provenance {
	through := reference{Display: "referralbot"}
	if d.r.RuleSet != "" {
		through.Display += ", rules " + d.r.RuleSet
	}
	if d.r.Entered != "" {
		through.Display += ", entered by the team"
	}
	return provenance{
		resource: d.as("Provenance", theOrigin), Target: []reference{d.to(theRequest), d.to(theAnswers)}, Recorded: stamp(d.r.ReceivedAt),
		Agent: []agent{{participant("author", "Author"), d.requester()}, {participant("assembler", "Assembler"), through}},
	}
}

func participant(code, display string) concept {
	return concept{Coding: []coding{{"http://terminology.hl7.org/CodeSystem/provenance-participant-type", code, display}}}
}

// lastChange is when something of what is drawn last changed.
func lastChange(r dialog.Referral) time.Time {
	last := r.ReceivedAt
	for _, at := range []time.Time{r.ClaimedAt, r.FreeAt, r.Wanted.AnsweredAt} {
		if at.After(last) {
			last = at
		}
	}
	for _, res := range r.Results {
		if res.At.After(last) {
			last = res.At
		}
	}
	return last
}

// stamp is a time as FHIR writes it.
func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339) }
