package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"referralbot/dialog"
)

// seed is a fault put into a bundle that had none.
type seed struct {
	name  string
	spoil func(b object)
	// ours says that no validator finds it, and the tests of this package must.
	ours bool
}

// first returns the first resource of a kind in a bundle.
func first(b object, kind string) object {
	for _, e := range b["entry"].([]any) {
		if r := e.(object)["resource"].(object); r["resourceType"] == kind {
			return r
		}
	}
	panic("no " + kind)
}

func set(kind, property string, v any) func(object) {
	return func(b object) { first(b, kind)[property] = v }
}

func without(kind, property string) func(object) {
	return func(b object) { delete(first(b, kind), property) }
}

// at is the nth entry of a bundle.
func at(b object, n int) object { return b["entry"].([]any)[n].(object) }

var seeds = []seed{
	{"a date day first", set("Patient", "birthDate", "23/11/2025"), false},
	{"a day that does not exist", set("Patient", "birthDate", "2025-02-31"), true},
	{"a time without a zone", set("Provenance", "recorded", "2026-11-23T09:05:00"), false},
	{"a number for a date", set("Patient", "birthDate", 20260620), false},
	{"a gender of our own", set("Patient", "gender", "girl"), false},
	{"a status of our own", set("ServiceRequest", "status", "received"), false},
	{"a status of another resource", set("Task", "status", "active"), false},
	{"a status of an agreement of our own", set("Consent", "status", "yes"), false},
	{"no status", without("QuestionnaireResponse", "status"), false},
	{"no intent", without("ServiceRequest", "intent"), false},
	{"no subject", without("ServiceRequest", "subject"), false},
	{"nobody's relative", without("RelatedPerson", "patient"), false},
	{"an agreement of nobody", without("Consent", "patient"), true},
	{"an agreement to nothing", without("Consent", "policyRule"), true},
	{"an agreement without a scope", without("Consent", "scope"), false},
	{"a trace of nothing", without("Provenance", "target"), false},
	{"an item without a linkId", func(b object) { delete(first(b, "QuestionnaireResponse")["item"].([]any)[0].(object), "linkId") }, false},
	{"a property of our own", set("Patient", "nhsNumber", "9990001014"), false},
	{"a misspelt property", set("Patient", "birthdate", "2026-06-20"), false},
	{"an empty text", set("Organization", "name", ""), false},
	{"an empty list", set("Patient", "name", []any{}), true},
	{"an empty object", set("ServiceRequest", "code", object{}), true},
	{"nothing", set("Patient", "gender", nil), false},
	{"one for several", set("Patient", "name", object{"text": "Tess Marlowe"}), false},
	{"a text for a truth", set("RelatedPerson", "active", "true"), false},
	{"an organization without a name", without("Organization", "name"), true},
	{"a telephone of no system", func(b object) {
		first(b, "Practitioner")["telecom"].([]any)[0].(object)["system"] = "mobile"
	}, false},
	{"an id with a space", set("Patient", "id", "one two"), false},
	{"another id than the address", set("Patient", "id", "985547ca-0b06-539b-b488-000000000000"), true},
	{"a resource nobody knows", func(b object) { first(b, "Task")["resourceType"] = "Referral" }, false},
	{"two at one address", func(b object) { at(b, 1)["fullUrl"] = at(b, 2)["fullUrl"] }, false},
	{"a reference to nowhere", func(b object) {
		first(b, "ServiceRequest")["subject"] = object{"reference": "urn:uuid:985547ca-0b06-539b-b488-000000000000"}
	}, true},
	{"a bundle of no type", func(b object) { b["type"] = "bag" }, false},
	{"two values to an answer", func(b object) {
		section := first(b, "QuestionnaireResponse")["item"].([]any)[0].(object)
		section["item"].([]any)[0].(object)["answer"].([]any)[0].(object)["valueString"] = "yes"
	}, true},
	{"not said what it is not", without("ServiceRequest", "note"), true},
}

// spoilt are the bundle of the golden file with a fault each.
func spoilt(t *testing.T) map[string]json.RawMessage {
	t.Helper()
	whole, err := os.ReadFile("testdata/professional.json")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]json.RawMessage{}
	for _, s := range seeds {
		var b object
		if err := json.Unmarshal(whole, &b); err != nil {
			t.Fatal(err)
		}
		s.spoil(b)
		spoilt, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		out[s.name] = spoilt
	}
	return out
}

// TestSeededFaults: what the validators pass over is found here.
func TestSeededFaults(t *testing.T) {
	t.Parallel()
	all, found := spoilt(t), 0
	for _, s := range seeds {
		faults := faultsOf(all[s.name])
		if faults == nil && s.ours {
			t.Errorf("%s is not found", s.name)
		}
		if faults != nil {
			found++
		}
	}
	t.Logf("%d of %d seeded faults are found by the tests of this package alone", found, len(seeds))
}

// verdict is what the validators say is wrong with a bundle.
type verdict struct {
	Name   string
	Errors map[string][]string
}

// validated asks three validators, each of somebody else's making, about bundles by name.
func validated(t *testing.T, bundles map[string]json.RawMessage) map[string]verdict {
	t.Helper()
	folder := os.Getenv("FHIR_VALIDATORS")
	if folder == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("FHIR_VALIDATORS names no folder in which bot/record/testdata/validators is installed")
		}
		t.Skip("NOT TESTED against FHIR validators: copy bot/record/testdata/validators, run npm ci there, and name the folder in FHIR_VALIDATORS")
	}
	var in bytes.Buffer
	for name, b := range bundles {
		fmt.Fprintf(&in, `{"name":%q,"bundle":%s}`+"\n", name, b)
	}
	node := exec.Command("node", filepath.Join("testdata", "validators", "validate.mjs"), folder)
	node.Stdin, node.Stderr = &in, os.Stderr
	said, err := node.Output()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]verdict{}
	for dec := json.NewDecoder(bytes.NewReader(said)); dec.More(); {
		var v verdict
		if err := dec.Decode(&v); err != nil {
			t.Fatal(err)
		}
		out[v.Name] = v
	}
	if len(out) != len(bundles) {
		t.Fatalf("%d of %d bundles came back", len(out), len(bundles))
	}
	return out
}

// TestValidators: no validator finds anything wrong with any bundle that is drawn, and together
// they find every seeded fault but those that the tests of this package are for.
func TestValidators(t *testing.T) {
	t.Parallel()
	bundles := spoilt(t)
	drawn := map[string]dialog.Referral{}
	for name, r := range told(t) {
		drawn["drawn "+name] = r
	}
	for seed := range uint64(60) {
		drawn[fmt.Sprint("drawn made of ", seed)] = made(rand.New(rand.NewPCG(seed, 2)))
	}
	for name, r := range drawn {
		for i, b := range mustBundles(t, r) {
			bundles[fmt.Sprintf("%s, bundle %d", name, i+1)] = b
		}
	}
	verdicts := validated(t, bundles)
	sound := 0
	for name, v := range verdicts {
		if strings.HasPrefix(name, "drawn ") {
			sound++
			for validator, errors := range v.Errors {
				if len(errors) > 0 {
					t.Errorf("%s, %s: %s", name, validator, strings.Join(errors, "\n"))
				}
			}
		}
	}
	caught, together := map[string]int{}, 0
	for _, s := range seeds {
		var by []string
		for validator, errors := range verdicts[s.name].Errors {
			if len(errors) > 0 {
				caught[validator]++
				by = append(by, validator)
			}
		}
		slices.Sort(by)
		t.Logf("%s: %s", s.name, strings.Join(by, ", "))
		if len(by) > 0 {
			together++
		}
		if (len(by) == 0) != s.ours {
			t.Errorf("%s: found by %v", s.name, by)
		}
	}
	t.Logf("%d bundles are sound; of %d seeded faults %d are found by the validators together, and by each %v", sound, len(seeds), together, caught)
	if len(caught) != 3 {
		t.Errorf("only %v found anything", caught)
	}
}
