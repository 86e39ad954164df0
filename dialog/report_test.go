package dialog

import (
	"slices"
	"testing"

	"referralbot/rules"
)

// TestReportsMissNothing: whatever a referral may be counted by has a row.
func TestReportsMissNothing(t *testing.T) {
	t.Parallel()
	for _, v := range rules.Vignettes() {
		r := Referral{Audience: v.Case.Audience, Answers: v.Case.Answers, Assessment: rules.Assess(v.Case)}
		for _, r := range []Referral{r, {Answers: rules.Answers{}}, {Answers: rules.Answers{rules.Stage: {"born"}}}} {
			if band := AgeBand(r); !slices.Contains(AgeBands(), band) {
				t.Errorf("%s: there is no band %q", v.ID, band)
			}
		}
	}
	s, _ := rules.Lookup(rules.ReferrerType)
	sources := Sources()
	for _, value := range append(s.Values(rules.Case{Audience: rules.Professional}), SelfReferral) {
		if !slices.ContainsFunc(sources, func(o Option) bool { return o.Value == value }) {
			t.Errorf("there is no source %s", value)
		}
	}
	titles := map[string]Place{}
	for _, p := range Places() {
		if title := p.Title(); title == "" || titles[title] != "" {
			t.Errorf("%s and %s are both called %q", p, titles[title], title)
		} else {
			titles[title] = p
		}
	}
}
