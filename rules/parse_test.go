package rules

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseCase(t *testing.T) {
	t.Parallel()
	id, c, err := ParseCase([]byte(`{"id":"A","title":"passed over","audience":"professional","today":"2026-11-23","answers":{
		"stage":"born","parent_postcode":"cm2 9ab","baby_postcode":"who knows","circumstances":["loss","multiple"],"network":"gp",
		"babies_names":["Ada","Bea"],"babies_of_concern":["Ada","unsure"],"edd":"unknown","baby_dob":"2030-01",
		"indicators":["an_no_bond"],"concern":"","needs":[],
		"screening":[{"tool":"EPDS","score":14,"date":"2026-11-01","safety_item":2},{"tool":"PHQ-9","score":3}]}}`))
	if err != nil || id != "A" {
		t.Fatalf("id %q, %v", id, err)
	}
	want := Answers{
		Stage: {"born"}, ParentPostcode: {"CM2 9AB"}, BabyPostcode: {"who knows"}, Circumstances: {"loss", "multiple"}, Network: {"gp"},
		BabiesNames: {"Ada", "Bea"}, BabiesOfConcern: {"Ada", "unsure"}, EDD: {"unknown"}, BabyDOB: {"2030-01"},
		Indicators: {"an_no_bond"}, Screening: {"EPDS 14 2026-11-01 item 2", "PHQ-9 3"},
	}
	if diff := cmp.Diff(want, c.Answers); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	if c.Audience != Professional || c.Today != today || c.Service == nil {
		t.Errorf("case = %s on %s", c.Audience, c.Today)
	}
}

func TestParseCaseErrors(t *testing.T) {
	t.Parallel()
	for _, ex := range []struct{ answers, want string }{
		{`{"stag":"born"}`, "stag: no such field"},
		{`{"Please call Tess":"born"}`, "answers: no such field"},
		{`{"stage":"Born"}`, "stage: want one of born, pregnant, loss_no_baby"},
		{`{"stage":["born","pregnant"]}`, "stage: want one value"},
		{`{"stage":7}`, "stage: want a string, or a list of strings"},
		{`{"stage":{"a":1}}`, "stage: want a string, or a list of strings"},
		{`{"circumstances":["none","loss"]}`, "circumstances: want none alone"},
		{`{"circumstances":["nothing"]}`, "circumstances: want one of hospital,"},
		{`{"babies_of_concern":["Ada"]}`, "babies_of_concern: want one of unsure"},
		{`{"baby_dob":"2026-02-30"}`, "baby_dob: want a date"},
		{`{"baby_dob":"unknown"}`, "baby_dob: want a date"},
		{`{"edd":"soon"}`, "edd: want a date"},
		{`{"screening":[{"tool":"XYZ","score":1}]}`, "screening: want a tool"},
		{`{"screening":[{"tool":"EPDS"}]}`, "screening: want a tool that is listed, and its score"},
		{`{"screening":[{"tool":"EPDS","score":"high"}]}`, "screening: want a list of"},
		{`{"screening":[{"tool":"EPDS","score":1,"date":"1 May"}]}`, "screening: want tool, score and date"},
	} {
		t.Run(ex.answers, func(t *testing.T) {
			t.Parallel()
			id, _, err := ParseCase([]byte(`{"id":"A","audience":"parent","today":"2026-11-23","answers":` + ex.answers + `}`))
			if err == nil || !strings.Contains(err.Error(), ex.want) || id != "A" {
				t.Errorf("id %q, error %v, want %s", id, err, ex.want)
			}
		})
	}
	for _, line := range []string{``, `[]`, `{"id":"A"`, `{"id":"A","audience":"doctor","today":"2026-11-23","answers":{}}`,
		`{"id":"A","audience":"parent","today":"2026-11","answers":{}}`, `{"id":"A","audience":"parent","today":"2026-11-23"}`} {
		if _, _, err := ParseCase([]byte(line)); err == nil {
			t.Errorf("%s: no error", line)
		}
	}
}

// TestParseCaseTellsEverything checks that every fault is named at once, and that no
// answer is repeated.
func TestParseCaseTellsEverything(t *testing.T) {
	t.Parallel()
	_, _, err := ParseCase([]byte(`{"id":"A","audience":"nobody","today":"now","answers":{"stage":"Quokka","edd":"Quokka","Quokka!":"Quokka"}}`))
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"audience:", "today:", "stage:", "edd:", "answers: no such field"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not told in %v", want, err)
		}
	}
	if strings.Contains(err.Error(), "Quokka") {
		t.Errorf("an answer is repeated: %v", err)
	}
}

func FuzzParseCase(f *testing.F) {
	f.Add([]byte(fullCase))
	f.Add([]byte(`{"id":"A","audience":"parent","today":"2026-11-23","answers":{"stage":"pregnant","edd":"2026-11"}}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		_, c, err := ParseCase(line)
		if err != nil {
			return
		}
		if a := Assess(c); a.Overall == "" || len(a.Verdicts) != len(Rules()) {
			t.Fatalf("assessment %v", a)
		}
	})
}
