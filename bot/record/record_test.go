package record

import (
	"bytes"
	"encoding/json"
	commandline "flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/rules"
)

var update = commandline.Bool("update", false, "write the files in testdata anew")

var received = time.Date(2026, 11, 23, 9, 5, 0, 0, time.UTC)

// sent is a case as it is stored once it has been sent.
func sent(ref string, c rules.Case) dialog.Referral {
	c.Service = rules.DefaultService()
	return dialog.Referral{
		Ref: ref, Kind: dialog.KindReferral, Audience: c.Audience, Status: dialog.Received, Answers: c.Answers,
		Assessment: rules.Assess(c), RuleSet: rules.RuleSetVersion, QuestionSet: "0123456789ab", ConsentWording: "ba9876543210",
		ReceivedAt: received, DueAt: received.AddDate(0, 0, 5),
	}
}

// vignettes are the family stories, by their number.
func vignettes(t testing.TB) map[string]rules.Case {
	t.Helper()
	out := map[string]rules.Case{}
	for _, v := range rules.Vignettes() {
		out[v.ID] = v.Case
	}
	return out
}

// told are the vignettes, as each audience would have told them, at every point of their life.
func told(t testing.TB) map[string]dialog.Referral {
	t.Helper()
	anna := dialog.Clinician{ID: "U1", Name: "Anna Reed"}
	statuses := []dialog.Status{dialog.Received, dialog.Claimed, dialog.Awaiting, dialog.Decided, dialog.Closed}
	out := map[string]dialog.Referral{}
	n := 0
	for id, c := range vignettes(t) {
		for _, a := range []rules.Audience{rules.Professional, rules.Parent} {
			c.Audience = a
			r := sent("R26-"+id, c)
			r.Status = statuses[n%len(statuses)]
			if r.Status != dialog.Received {
				r.Claimant, r.ClaimedAt = anna, received.Add(time.Hour)
			}
			if r.Status == dialog.Closed {
				r.Results = []dialog.Result{{Code: dialog.Signposted, By: anna, At: received.Add(2 * time.Hour), Filled: map[string][]string{"joint": {"agreed"}}}}
			}
			out[id+" "+string(a)] = r
			n++
		}
	}
	return out
}

// words are what people may type, and what is worse.
var words = []string{
	"Tess Marlowe", "unknown", "private", "refuge", "=HYPERLINK(\"https://example.org\")", "a\u00a0b\u2028c", "\u0000\u0007x", "  ", "\ufeff",
	"Ειρήνη 𝔘 👩🏽‍🍼", "line one\nline two\tend", "<b>&amp;</b>", "\xff\xfe", "01632 960101", "none", "2026-11", "EPDS 14 2026-11-01 item 2",
}

// made is a referral whose answers are drawn at random, fields left out and values mixed up.
func made(r *rand.Rand) dialog.Referral {
	c := rules.Case{Audience: rules.Professional, Today: rules.DateOf(received), Answers: rules.Answers{}, Service: rules.DefaultService()}
	if r.IntN(2) == 0 {
		c.Audience = rules.Parent
	}
	for _, s := range rules.Fields() {
		if r.IntN(3) == 0 {
			continue
		}
		offered := s.Values(c)
		if offered == nil || r.IntN(20) == 0 {
			offered = words
		}
		n := 1
		if s.Type == rules.TypeMulti || s.Type == rules.TypeList {
			n += r.IntN(3)
		}
		for range n {
			c.Answers[s.Field] = append(c.Answers[s.Field], offered[r.IntN(len(offered))])
		}
	}
	if r.IntN(2) == 0 {
		c.Answers[rules.BabyDOB] = []string{"2026-10-30"}
	}
	drawn := sent(fmt.Sprintf("R26-%d", r.Uint32()), c)
	if r.IntN(5) == 0 {
		drawn.RuleSet, drawn.Assessment, drawn.QuestionSet, drawn.ConsentWording = "", rules.Assessment{}, "", ""
	}
	return drawn
}

func mustBundles(t testing.TB, r dialog.Referral) []json.RawMessage {
	t.Helper()
	out, err := Bundles(r, rules.DefaultService())
	if err != nil || len(out) == 0 {
		t.Fatalf("%s: %d bundles, %v", r.Ref, len(out), err)
	}
	return out
}

func TestBundlesAreSound(t *testing.T) {
	t.Parallel()
	for name, r := range told(t) {
		for _, b := range mustBundles(t, r) {
			if faults := faultsOf(b); faults != nil {
				t.Errorf("%s: %s", name, strings.Join(faults, "\n"))
			}
		}
	}
	for seed := range uint64(500) {
		r := made(rand.New(rand.NewPCG(seed, 1)))
		for _, b := range mustBundles(t, r) {
			if faults := faultsOf(b); faults != nil {
				t.Fatalf("made of %d: %s\n%s", seed, strings.Join(faults, "\n"), b)
			}
		}
	}
}

// FuzzBundles puts words wherever there may be words.
func FuzzBundles(f *testing.F) {
	for i, w := range words {
		f.Add(uint64(i), w)
	}
	f.Fuzz(func(t *testing.T, seed uint64, typed string) {
		r := made(rand.New(rand.NewPCG(seed, 3)))
		for _, s := range rules.Fields() {
			if s.Values(rules.Case{Audience: r.Audience, Answers: r.Answers}) == nil {
				r.Answers = r.Answers.With(s.Field, typed)
			}
		}
		for _, b := range mustBundles(t, r) {
			if faults := faultsOf(b); faults != nil {
				t.Errorf("%s", strings.Join(faults, "\n"))
			}
		}
	})
}

// TestBundlesStayTheSame: what is drawn twice is the same, and what becomes of a referral leaves
// its ids as they are.
func TestBundlesStayTheSame(t *testing.T) {
	t.Parallel()
	r := sent("R26-V01", vignettes(t)["V01"])
	first, again := mustBundles(t, r), mustBundles(t, r)
	if !bytes.Equal(first[0], again[0]) {
		t.Error("drawn twice it is another")
	}
	ids := func(b json.RawMessage) (out []string) {
		for _, e := range entriesOf(t, b) {
			out = append(out, e.FullURL)
		}
		return out
	}
	before := ids(first[0])
	r.Status, r.Claimant = dialog.Claimed, dialog.Clinician{ID: "U1", Name: "Anna Reed"}
	if diff := cmp.Diff(before, ids(mustBundles(t, r)[0])); diff != "" {
		t.Errorf("once it is claimed:\n%s", diff)
	}
	r.Ref = "R26-V02"
	for _, id := range ids(mustBundles(t, r)[0]) {
		if slices.Contains(before, id) {
			t.Errorf("two referrals have the id %s", id)
		}
	}
}

// read is an entry as somebody else reads it.
type read struct {
	FullURL  string
	Resource object
}

func entriesOf(t testing.TB, b json.RawMessage) []read {
	t.Helper()
	var out struct{ Entry []read }
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out.Entry
}

// resources are those of a kind.
func resources(t testing.TB, b json.RawMessage, kind string) (out []object) {
	t.Helper()
	for _, e := range entriesOf(t, b) {
		if e.Resource["resourceType"] == kind {
			out = append(out, e.Resource)
		}
	}
	return out
}

// TestWhatIsDrawn: of each case how many resources of a kind there are, and what is and is not
// in the bundle.
func TestWhatIsDrawn(t *testing.T) {
	t.Parallel()
	v := vignettes(t)
	with := func(c rules.Case, pairs ...any) dialog.Referral {
		for i := 0; i < len(pairs); i += 2 {
			c.Answers = c.Answers.With(pairs[i].(rules.Field), pairs[i+1].([]string)...)
		}
		return sent("R26-X", c)
	}
	entered := sent("R26-X", v["V01"])
	entered.Entered, entered.QuestionSet, entered.ConsentWording = "letter", "", ""
	unread := with(v["V01"], rules.ParentAddress, []string{"7 Canary Row"})
	unread.RuleSet, unread.Assessment = "", rules.Assessment{}
	tests := []struct {
		name   string
		r      dialog.Referral
		counts map[string]int
		has    []string
		not    []string
	}{
		{"a professional's", sent("R26-X", v["V01"]),
			map[string]int{"Patient": 2, "RelatedPerson": 1, "Practitioner": 1, "PractitionerRole": 1, "Flag": 0, "Consent": 1, "Task": 1, "Provenance": 1},
			[]string{`"value":"9990001014"`, `"code":"02"`, `"code":"03"`, "By the word of the referrer, the parent agrees", "(wording ba9876543210)", `"code":"MTH"`, "Questionnaire/professional|0123456789ab"},
			[]string{`"gender"`, `"security"`}},
		{"a parent's own", sent("R26-X", v["V04"]),
			map[string]int{"Patient": 2, "RelatedPerson": 1, "Practitioner": 0, "PractitionerRole": 0},
			[]string{`"code":"310434002"`, `"text":"The parent agrees to this referral`}, nil},
		{"before the birth", sent("R26-X", v["V03"]),
			map[string]int{"Patient": 1, "RelatedPerson": 0}, []string{"Concern in pregnancy"}, []string{`"link"`, `"multipleBirthBoolean"`}},
		{"a parent's own before the birth", sent("R26-X", v["V05"]),
			map[string]int{"Patient": 1, "RelatedPerson": 0, "PractitionerRole": 0}, nil, nil},
		{"a newborn without a number", with(v["V01"], rules.BabyDOB, []string{"2026-11-01"}), nil, []string{`"code":"08"`}, nil},
		{"the address of one in danger", with(v["V01"], rules.DomesticAbuse, []string{"current"}, rules.ParentAddress, []string{"7 Canary Row"}),
			map[string]int{"Flag": 1}, []string{`"code":"masked"`, `"code":"R"`, "safety answers before contact"}, []string{"Canary Row", "CM2 9AB"}},
		{"a number that is not safe", with(v["V01"], rules.SafeContact, []string{"not_safe"}), map[string]int{"Flag": 1}, nil, []string{`"value":"07700 900101"`}},
		{"an interpreter", with(v["V01"], rules.Needs, []string{"interpreter"}), map[string]int{"Flag": 1}, []string{`"valueBoolean":true`, "Reasonable adjustments are needed"}, nil},
		{"no interpreter", with(v["V01"], rules.Needs, []string{"none"}), map[string]int{"Flag": 0}, []string{`"valueBoolean":false`}, nil},
		{"risk", with(v["V01"], rules.Risk, []string{"self"}), map[string]int{"Flag": 1}, []string{"safety answers before contact"}, nil},
		{"no agreement", with(v["V01"], rules.Consent, []string{"no"}), map[string]int{"Consent": 1}, []string{`"status":"rejected"`, "does not agree"}, nil},
		{"nobody asked", with(v["V01"], rules.Consent, []string{"not_asked"}), map[string]int{"Consent": 0}, nil, nil},
		{"a GP for both", with(v["V01"], rules.ParentGP, []string{"Example Surgery"}, rules.BabyGPArea, []string{"same"}),
			map[string]int{"Organization": 2}, []string{`"name":"Example Surgery"`}, nil},
		{"another GP for the baby", with(v["V01"], rules.ParentGP, []string{"Example Surgery"}, rules.BabyGP, []string{"Other Surgery"}),
			map[string]int{"Organization": 3}, []string{`"name":"Other Surgery"`}, nil},
		{"what is not known", with(v["V01"], rules.ParentDOB, []string{"unknown"}, rules.ParentPhone, []string{"none"}), nil,
			[]string{`"code":"asked-unknown"`}, []string{`"value":"none"`, `"birthDate":"unknown"`}},
		{"a month of birth", with(v["V01"], rules.ParentDOB, []string{"1996-02"}), nil, []string{`"birthDate":"1996-02"`, `"valueDate":"1996-02"`}, nil},
		{"a health visitor's", with(v["V01"], rules.ReferrerType, []string{"health_visitor"}), nil, []string{`"code":"1052681000000105"`}, nil},
		{"a charity's", with(v["V01"], rules.ReferrerType, []string{"third_sector"}), nil, []string{`"text":"Charity or third sector"`}, []string{`"code":"1052681000000105"`}},
		{"what a fault of ours kept from being read", unread, map[string]int{"Flag": 1}, []string{`"code":"masked"`}, []string{"Canary Row", `"linkId":"criteria"`}},
		{"what a clinician took down", entered, nil, []string{"wording not recorded", "entered by the team", `Questionnaire/professional"`}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			all := mustBundles(t, tt.r)
			if len(all) != 1 {
				t.Fatalf("%d bundles", len(all))
			}
			if faults := faultsOf(all[0]); faults != nil {
				t.Errorf("%s", strings.Join(faults, "\n"))
			}
			for kind, want := range tt.counts {
				if got := len(resources(t, all[0], kind)); got != want {
					t.Errorf("%d of %s, want %d", got, kind, want)
				}
			}
			for _, part := range tt.has {
				if !bytes.Contains(all[0], []byte(part)) {
					t.Errorf("%s is not in it", part)
				}
			}
			for _, part := range tt.not {
				if bytes.Contains(all[0], []byte(part)) {
					t.Errorf("%s is in it", part)
				}
			}
		})
	}
}

// TestOneBundleForEachBaby: each of several is a relationship of its own, and what was answered of
// "the baby" is of the one that is named.
func TestOneBundleForEachBaby(t *testing.T) {
	t.Parallel()
	c := vignettes(t)["V01"]
	c.Answers = c.Answers.With(rules.Circumstances, "multiple").With(rules.BabiesNames, "Rowan Marlowe", "Ash Marlowe", "Elm Marlowe").
		With(rules.BabyNHSNumber, "9990002010").With(rules.BabySex, "male")
	for _, tt := range []struct {
		concern []string
		want    []string
	}{
		{[]string{"unsure"}, []string{"1 Rowan Marlowe 9990002010 male", "2 Ash Marlowe", "3 Elm Marlowe"}},
		{[]string{"Ash Marlowe"}, []string{"2 Ash Marlowe"}},
		{[]string{"Elm Marlowe", "Rowan Marlowe"}, []string{"1 Rowan Marlowe 9990002010 male", "3 Elm Marlowe"}},
		{nil, []string{"1 Rowan Marlowe 9990002010 male", "2 Ash Marlowe", "3 Elm Marlowe"}},
	} {
		c.Answers = c.Answers.Without(rules.BabiesOfConcern)
		if tt.concern != nil {
			c.Answers = c.Answers.With(rules.BabiesOfConcern, tt.concern...)
		}
		var got []string
		for _, b := range mustBundles(t, sent("R26-X", c)) {
			if faults := faultsOf(b); faults != nil {
				t.Error(faults)
			}
			var drawn bundle
			var infant patient
			if err := json.Unmarshal(b, &drawn); err != nil {
				t.Fatal(err)
			}
			data, _ := json.Marshal(resources(t, b, "Patient")[0])
			if err := json.Unmarshal(data, &infant); err != nil {
				t.Fatal(err)
			}
			place := strings.TrimPrefix(drawn.Identifier.Value, "R26-X-")
			got = append(got, strings.TrimSpace(strings.Join([]string{place, infant.Name[0].Text, infant.Identifier[0].Value, infant.Gender}, " ")))
			if !infant.MultipleBirthBoolean {
				t.Errorf("%s: not born with others", place)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%v are of concern:\n%s", tt.concern, diff)
		}
	}
}

// TestEveryAnswerIsDrawn: nothing that was answered is lost, but where it is withheld.
func TestEveryAnswerIsDrawn(t *testing.T) {
	t.Parallel()
	for name, r := range told(t) {
		b := mustBundles(t, r)[0]
		for f, values := range r.Answers {
			if slices.Contains(dialog.Withheld(r), f) {
				continue
			}
			for _, v := range values {
				quoted, _ := json.Marshal(v)
				if !bytes.Contains(b, []byte(`"linkId":"`+string(f)+`"`)) || !bytes.Contains(b, quoted) {
					t.Errorf("%s: %s is not in it", name, f)
				}
			}
		}
	}
}

func TestRefusal(t *testing.T) {
	t.Parallel()
	r := sent("R26-X", vignettes(t)["V01"])
	if err := Refusal(r); err != nil {
		t.Error(err)
	}
	r.Status, r.Results = dialog.Claimed, []dialog.Result{{Code: dialog.NoConsent}} // and reopened since
	if err := Refusal(r); err != nil {
		t.Error(err)
	}
	for want, change := range map[string]func(*dialog.Referral){
		"taken back": func(r *dialog.Referral) { r.Status = dialog.Withdrawn },
		"never sent": func(r *dialog.Referral) { r.Kind, r.Status = dialog.KindDraft, dialog.Draft },
		"does not agree": func(r *dialog.Referral) {
			r.Status, r.Results = dialog.Closed, []dialog.Result{{Code: dialog.Signposted}, {Code: dialog.NoConsent}}
		},
		"the parent does not agree": func(r *dialog.Referral) {
			r.Status, r.Results = dialog.Closed, []dialog.Result{{Code: dialog.WithdrawnByParent}}
		},
		"a request to talk": func(r *dialog.Referral) { r.Kind = dialog.KindCall },
	} {
		other := r
		change(&other)
		if err := Refusal(other); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), r.Ref) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// TestGolden: whole bundles and a table, for people to read. -update writes them anew.
func TestGolden(t *testing.T) {
	t.Parallel()
	v := vignettes(t)
	for name, r := range map[string]dialog.Referral{
		"professional": sent("R26-0000-0000-0000-00V1", v["V01"]),
		"parent":       sent("R26-0000-0000-0000-00V4", v["V04"]),
		"pregnant":     sent("R26-0000-0000-0000-00V3", v["V03"]),
	} {
		var indented bytes.Buffer
		if err := json.Indent(&indented, mustBundles(t, r)[0], "", "  "); err != nil {
			t.Fatal(err)
		}
		indented.WriteByte('\n')
		golden(t, name+".json", indented.Bytes())
	}
	var table bytes.Buffer
	if err := CSV(&table, []dialog.Referral{sent("R26-0000-0000-0000-00V1", v["V01"]), sent("R26-0000-0000-0000-00V5", v["V05"])}); err != nil {
		t.Fatal(err)
	}
	golden(t, "two.csv", table.Bytes())
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is another; see with -update whether it should be:\n%s", name, diff)
	}
}
