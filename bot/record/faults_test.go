package record

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"referralbot/dialog"
)

// object is an object of JSON.
type object = map[string]any

// required is what a resource of each kind that is drawn must have.
var required = map[string][]string{
	"Bundle":                {"type", "timestamp", "identifier", "entry"},
	"Consent":               {"status", "scope", "category", "patient", "policyRule", "dateTime"}, // ppc-1, ppc-2
	"Flag":                  {"status", "code", "subject", "category"},
	"HealthcareService":     {"name", "providedBy"},
	"Organization":          {"name"}, // org-1: or an identifier
	"Patient":               {"identifier"},
	"Practitioner":          {},
	"PractitionerRole":      {},
	"Provenance":            {"target", "recorded", "agent"},
	"QuestionnaireResponse": {"status", "questionnaire", "subject", "authored", "item"},
	"RelatedPerson":         {"patient"},
	"ServiceRequest":        {"status", "intent", "subject", "requester", "authoredOn", "note", "extension"},
	"Task":                  {"status", "intent", "focus", "for"},
}

// coded are the codes that a property can have here.
var coded = map[string][]string{
	"Consent.status":               {"active", "rejected"},
	"Flag.status":                  {"active"},
	"QuestionnaireResponse.status": {"completed", "amended"},
	"ServiceRequest.status":        {"active", "completed"},
	"ServiceRequest.intent":        {"order"},
	"Task.status":                  {"requested", "accepted", "on-hold", "in-progress", "completed"},
	"Task.intent":                  {"order"},
	"Bundle.type":                  {"collection"},
	"Patient.gender":               {"female", "male", "unknown"},
}

var (
	uuidForm    = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	days        = []string{"birthDate", "valueDate"}
	instants    = []string{"timestamp", "authoredOn", "authored", "dateTime", "recorded", "lastModified"}
	answerTypes = []string{"valueString", "valueDate", "valueCoding"}
)

// faultsOf is what is wrong with a bundle, as far as one of these tests can tell: above all what
// the validators pass over.
func faultsOf(drawn []byte) []string {
	var b object
	if err := json.Unmarshal(drawn, &b); err != nil {
		return []string{err.Error()}
	}
	f := &finding{urls: map[string]bool{}, pointed: map[string]bool{}}
	entries, _ := b["entry"].([]any)
	for _, e := range entries {
		e, _ := e.(object)
		url, _ := e["fullUrl"].(string)
		if f.urls[url] {
			f.add("two resources at %s", url)
		}
		f.urls[url] = true
		r, ok := e["resource"].(object)
		if !ok {
			f.add("an entry without a resource")
			continue
		}
		if id, _ := r["id"].(string); "urn:uuid:"+id != url || !uuidForm.MatchString(id) {
			f.add("%s at %s", id, url)
		}
		f.resource(r)
	}
	f.resource(b)
	f.walk("Bundle", b)
	for _, e := range entries {
		f.unpointed(e)
	}
	return f.faults
}

type finding struct {
	urls    map[string]bool // of the entries
	pointed map[string]bool // those that something refers to
	faults  []string
}

func (f *finding) add(format string, args ...any) {
	f.faults = append(f.faults, fmt.Sprintf(format, args...))
}

// resource looks at what a kind of resource must have.
func (f *finding) resource(r object) {
	kind, _ := r["resourceType"].(string)
	must, known := required[kind]
	if !known {
		f.add("a resource of the kind %q", kind)
	}
	for _, p := range must {
		if _, has := r[p]; !has {
			f.add("%s has no %s", kind, p)
		}
	}
	for p, v := range r {
		if codes := coded[kind+"."+p]; codes != nil && !slices.ContainsFunc(codes, func(c string) bool { return c == v }) {
			f.add("%s.%s is %v", kind, p, v)
		}
	}
	meta, _ := r["meta"].(object)
	if profile, _ := meta["profile"].([]any); kind != "Provenance" && !slices.Contains(profile, any("https://fhir.hl7.org.uk/StructureDefinition/UKCore-"+kind)) {
		f.add("%s names no profile", kind)
	}
	switch kind {
	case "ServiceRequest":
		if text := fmt.Sprint(r["note"]); !strings.Contains(text, dialog.NotAnAssessment) {
			f.add("ServiceRequest does not say what it is not")
		}
	case "Provenance":
		if targets, _ := r["target"].([]any); len(targets) != 2 {
			f.add("Provenance of %d, not of the request and the answers", len(targets))
		}
	case "QuestionnaireResponse":
		items, _ := r["item"].([]any)
		f.items(items, map[string]bool{})
	}
}

// items looks at the items of a questionnaire's answers.
func (f *finding) items(items []any, ids map[string]bool) {
	for _, i := range items {
		i, _ := i.(object)
		id, _ := i["linkId"].(string)
		if id == "" || ids[id] {
			f.add("an item with the linkId %q", id)
		}
		ids[id] = true
		answers, _ := i["answer"].([]any)
		below, _ := i["item"].([]any)
		if len(answers)+len(below) == 0 {
			f.add("the item %s has nothing", id)
		}
		for _, a := range answers {
			a, _ := a.(object)
			if n := len(slices.DeleteFunc(slices.Clone(answerTypes), func(t string) bool { return a[t] == nil })); n != 1 || len(a) != 1 {
				f.add("an answer to %s with %d values", id, n)
			}
		}
		f.items(below, ids)
	}
}

// walk looks at every value below a place.
func (f *finding) walk(place string, v any) {
	switch v := v.(type) {
	case nil:
		f.add("%s is null", place)
	case string:
		if strings.TrimSpace(v) == "" || strings.TrimSpace(v) != v {
			f.add("%s is empty, or has spaces at its ends", place)
		}
	case []any:
		if len(v) == 0 {
			f.add("%s is an empty list", place)
		}
		for i, e := range v {
			f.walk(fmt.Sprintf("%s[%d]", place, i), e)
		}
	case object:
		if len(v) == 0 {
			f.add("%s is an empty object", place)
		}
		for name, e := range v {
			f.property(place+"."+name, name, e)
			f.walk(place+"."+name, e)
		}
	}
}

// property looks at a value by what it is called.
func (f *finding) property(place, name string, v any) {
	text, isText := v.(string)
	switch {
	case slices.Contains(days, name):
		_, day := time.Parse(time.DateOnly, text)
		_, month := time.Parse("2006-01", text)
		if day != nil && month != nil {
			f.add("%s is no date", place)
		}
	case slices.Contains(instants, name):
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			f.add("%s is no time", place)
		}
	case name == "reference":
		if !f.urls[text] {
			f.add("%s leads nowhere", place)
		}
		f.pointed[text] = true
	case name == "coding" || name == "valueCoding":
		codings, several := v.([]any)
		if !several {
			codings = []any{v}
		}
		for _, c := range codings {
			if c, _ := c.(object); c["system"] == nil || c["code"] == nil {
				f.add("%s has no system or no code", place)
			}
		}
	case name == "code" && !isText, name == "scope", name == "policyRule", name == "businessStatus":
		concepts, several := v.([]any)
		if !several {
			concepts = []any{v}
		}
		for _, c := range concepts {
			if c, _ := c.(object); c["text"] == nil && c["coding"] == nil {
				f.add("%s says nothing", place)
			}
		}
	}
}

// unpointed looks for what nothing refers to.
func (f *finding) unpointed(e any) {
	o, _ := e.(object)
	r, _ := o["resource"].(object)
	kind, _ := r["resourceType"].(string)
	url, _ := o["fullUrl"].(string)
	if !f.pointed[url] && kind != "Task" && kind != "Provenance" {
		f.add("nothing refers to the %s %s", kind, url)
	}
}
