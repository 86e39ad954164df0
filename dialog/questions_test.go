package dialog

import (
	"testing"

	"referralbot/rules"
)

// TestTell sees that every answer of every family story is told, with the question it
// answers and in words.
func TestTell(t *testing.T) {
	t.Parallel()
	for _, v := range rules.Vignettes() {
		told := map[rules.Field]Told{}
		for _, x := range Tell(v.Case) {
			told[x.Field] = x
			if x.Question == "" || x.Section == "" || x.Title == "" || x.Asked == "" || x.Answer == "" {
				t.Errorf("%s: %+v", v.ID, x)
			}
		}
		for f := range v.Case.Answers {
			if _, ok := told[f]; !ok {
				t.Errorf("%s: the answer to %s is not told", v.ID, f)
			}
		}
	}
	got := Tell(rules.Case{Audience: rules.Parent, Answers: rules.Answers{rules.BabyDOB: {"2026-06-20"}, rules.Pervasive: {"comes_and_goes"}}, Service: rules.DefaultService()})
	if len(got) != 2 || got[0].Title != "Baby's date of birth" || got[0].Answer != "20 June 2026" || got[1].Question != "Q21" {
		t.Errorf("%+v", got)
	}
}
