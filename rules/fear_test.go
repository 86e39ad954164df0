package rules

import "testing"

func TestFearsRemoval(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Are you going to take my baby?":             true,
		"theyre going to take my baby":               true,
		"social services want to take my baby":       true,
		"will you take my baby away":                 true,
		"Will social services take her off me":       true,
		"I'm scared I'll lose my baby if I tell you": true,
		"will they remove him from me":               true,
		"I take my baby to the park":                 false,
		"he takes her to nursery":                    false,
		"we lost our baby in May":                    false,
		"taking him for his jabs tomorrow":           false,
		"I feel nothing when I look at her":          false,
	} {
		if got := FearsRemoval(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
		if _, alert := DetectRisk(text, Parent); alert {
			t.Errorf("%q raises an alert", text)
		}
	}
}
