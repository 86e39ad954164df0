package rules

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// published is one line of the published list of fields.
type published struct {
	question, audience, kind, values, required, rules string
}

func publishedFields(t *testing.T) map[Field]published {
	t.Helper()
	f, err := os.Open("testdata/fields.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	list := map[Field]published{}
	lines := bufio.NewScanner(f)
	lines.Scan() // the heading
	for lines.Scan() {
		p := strings.Split(lines.Text(), "\t")
		if len(p) != 8 {
			t.Fatalf("line of %d parts", len(p))
		}
		name := Field(p[0])
		if was, ok := list[name]; ok { // indicators stands twice, before birth and after
			was.values += "|" + p[4]
			list[name] = was
			continue
		}
		list[name] = published{question: p[1], audience: p[2], kind: p[3], values: p[4], required: p[6], rules: p[7]}
	}
	return list
}

func TestFieldsAsPublished(t *testing.T) {
	t.Parallel()
	want := publishedFields(t)
	if len(Fields()) != len(want) {
		t.Errorf("%d fields, %d published", len(Fields()), len(want))
	}
	for _, s := range Fields() {
		t.Run(string(s.Field), func(t *testing.T) {
			t.Parallel()
			p, ok := want[s.Field]
			if !ok {
				t.Fatal("not published")
			}
			if s.Question != p.question || string(s.Type) != p.kind {
				t.Errorf("%s %s, published %s %s", s.Question, s.Type, p.question, p.kind)
			}
			for a, word := range map[Audience]string{Professional: "professional", Parent: "parent"} {
				if s.For(a) != (p.audience == "both" || p.audience == word) {
					t.Errorf("asked of %s: %t, published %s", a, s.For(a), p.audience)
				}
			}
			var names []string
			for _, r := range s.Rules {
				names = append(names, string(r))
			}
			if got := strings.Join(names, ","); got != p.rules {
				t.Errorf("rules %q, published %q", got, p.rules)
			}
			if s.Type == TypeChoice || s.Type == TypeMulti {
				checkValues(t, s, p.values)
			}
		})
	}
}

// checkValues compares what a field can offer over all cases with the published list.
func checkValues(t *testing.T, s Spec, list string) {
	switch s.Field {
	case BabiesOfConcern: // the names given, or unsure
		list = "Ada|Bea|unsure"
	case Ethnicity: // A-S|Z|99; the letters I, O and Q are not used
		list = "A|B|C|D|E|F|G|H|J|K|L|M|N|P|R|S|Z|99"
	}
	var got []string
	for _, a := range s.Audiences {
		for _, stage := range []string{"born", "pregnant"} {
			c := caseOf(a)
			c.Answers = Answers{Stage: {stage}, BabiesNames: {"Ada", "Bea"}}
			got = append(got, s.Values(c)...)
		}
	}
	want := strings.Split(list, "|")
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(slices.Compact(want), slices.Compact(got)); diff != "" {
		t.Errorf("values (-published +got):\n%s", diff)
	}
}

func TestValuesDependOnTheCase(t *testing.T) {
	t.Parallel()
	for _, ex := range []struct {
		field Field
		c     Case
		want  string
	}{
		{Risk, plain(Parent), "none self baby talk"},
		{Risk, plain(Professional), "none self baby psychosis from_others talk"},
		{Consent, plain(Parent), "yes no"},
		{Consent, plain(Professional), "yes no not_asked"},
		{Indicators, plain(Parent), strings.Join(bornIndicators, " ")},
		{Indicators, expecting(Parent), strings.Join(pregnantIndicators, " ")},
		{BabiesOfConcern, plain(Parent), "unsure"},
		{Concern, plain(Parent), ""},
	} {
		s, _ := Lookup(ex.field)
		if got := strings.Join(s.Values(ex.c), " "); got != ex.want {
			t.Errorf("%s for %s: %s, want %s", ex.field, ex.c.Audience, got, ex.want)
		}
	}
}

func TestExclusive(t *testing.T) {
	t.Parallel()
	for _, ex := range []struct {
		field Field
		value string
		want  bool
	}{
		{Circumstances, "none", true}, {Circumstances, "loss", false}, {Indicators, "not_observed", true},
		{BabyImpact, "none_seen", true}, {Network, "no_one", true}, {Factors, "prefer_not", true},
		{BabiesOfConcern, "unsure", false}, {SafeContact, "not_safe", false}, {MentalHealth, "none", false},
	} {
		s, _ := Lookup(ex.field)
		if got := s.Exclusive(ex.value); got != ex.want {
			t.Errorf("%s %s stands alone: %t", ex.field, ex.value, got)
		}
	}
}

// TestAsked checks when each branch opens: the first change opens it, the second not.
func TestAsked(t *testing.T) {
	t.Parallel()
	prof, parent := plain(Professional), plain(Parent)
	for _, ex := range []struct {
		field Field
		base  Case
		asked string // changes with which it is asked
		not   string // changes with which it is not
	}{
		{Private, parent, "", ""},
		{GPSharing, parent, "", "consent=no"},
		{CallWanted, prof, "stage=loss_no_baby", ""},
		{ReferrerName, prof, "stage=loss_no_baby call_wanted=yes", "stage=loss_no_baby call_wanted=no"},
		{ParentName, parent, "stage=loss_no_baby call_wanted=yes", "stage=loss_no_baby"},
		{ParentDOB, parent, "", "stage=loss_no_baby call_wanted=yes"},
		{ParentCouncil, parent, "parent_postcode=CM23", "parent_postcode=CM23_2AA"},
		{ContactTimes, parent, "", "stage=loss_no_baby"},
		{SafeRoute, parent, "safe_contact=text_ok,not_safe", "safe_contact=text_ok"},
		{NeedsDetail, parent, "needs=bsl,interpreter", "needs=bsl"},
		{CarerConsistent, parent, "carer_relationship=other carer_primary=shared", "carer_relationship=other carer_primary=unsure"},
		{BabyName, parent, "", "stage=pregnant"},
		{BabyGP, prof, "baby_gp_area=essex", "baby_gp_area=same"},
		{EDD, parent, "stage=pregnant", ""},
		{EDDStatus, parent, "stage=pregnant edd=2026-11-22", "stage=pregnant edd=2026-11-23"},
		{CareplanDetail, parent, "stage=pregnant careplan=yes", "stage=pregnant careplan=no"},
		{SeparationPlan, prof, "stage=pregnant", ""},
		{BabiesNames, parent, "circumstances=multiple", "circumstances=multiple stage=pregnant"},
		{BabyHome, parent, "circumstances=lives_elsewhere", "circumstances=lives_elsewhere stage=pregnant"},
		{BabyPostcode, parent, "circumstances=lives_elsewhere baby_home=other_parent", "circumstances=lives_elsewhere baby_home=shared"},
		{ContactProgress, parent, "circumstances=lives_elsewhere baby_home=kinship", "circumstances=lives_elsewhere baby_home=other_parent"},
		{CanAttend, parent, "circumstances=rehab", "circumstances=ld"},
		{LDSeverity, parent, "circumstances=ld", "circumstances=none"},
		{LossImpact, parent, "circumstances=loss", "circumstances=loss stage=loss_no_baby"},
		{AssessmentPurpose, parent, "circumstances=assessment", ""},
		{Indicators, parent, "stage=pregnant", "stage="},
		{IndicatorsOther, parent, "indicators=other", ""},
		{Pervasive, parent, "indicators=other", "indicators=not_observed"},
		{BabyImpact, prof, "", "stage=pregnant"},
		{PerinatalTeam, parent, "mental_health=current", "mental_health=past"},
		{MHDetail, prof, "mental_health=past", "mental_health=none"},
		{MHImpact, prof, "mental_health=current", "mental_health=unsure"},
		{SafeNow, parent, "risk=talk", "risk=none"},
		{RiskDetail, prof, "risk=self", ""},
		{DomesticAbuse, parent, "private=yes", "private=later"},
		{DomesticAbuse, prof, "", "stage=loss_no_baby"},
		{SocialWorker, prof, "safeguarding=early_help", "safeguarding=not_known"},
	} {
		t.Run(string(ex.field), func(t *testing.T) {
			t.Parallel()
			s, _ := Lookup(ex.field)
			if !s.Asked(change(t, ex.base, strings.Fields(ex.asked)...)) {
				t.Errorf("not asked with %q", ex.asked)
			}
			if ex.not != "" && s.Asked(change(t, ex.base, strings.Fields(ex.not)...)) {
				t.Errorf("asked with %q", ex.not)
			}
		})
	}
}

// TestOtherAudience checks that nobody is asked what is not theirs.
func TestOtherAudience(t *testing.T) {
	t.Parallel()
	for _, s := range Fields() {
		for _, c := range []Case{plain(Professional), plain(Parent)} {
			if !s.For(c.Audience) && (s.Asked(c) || s.Required(c)) {
				t.Errorf("%s is asked of %s", s.Field, c.Audience)
			}
		}
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	_, full, err := ParseCase([]byte(fullCase))
	if err != nil {
		t.Fatal(err)
	}
	full.Answers = full.Answers.With(Concern, strings.Repeat("words ", 5))
	for _, ex := range []struct {
		name    string
		c       Case
		changes string
		want    []Field
	}{
		{"nothing", full, "", nil},
		{"optional answers", full, "ethnicity= parent_nhs_number= screening= baby_sex=", nil},
		{"a telephone number or an email address", full, "referrer_phone=", []Field{ReferrerPhone, ReferrerEmail}},
		{"an email address instead", full, "referrer_phone= referrer_email=sam@example.org", nil},
		{"in asking order", full, "network= concern= parent_name=", []Field{ParentName, Concern, Network}},
		{"a branch opened", full, "circumstances=loss,prison", []Field{CanAttend, LossImpact, LossMainReason}},
		{"professionals give factors", full, "factors=", []Field{Factors}},
		{"an answer no longer offered", full, "indicators=an_no_bond", []Field{Indicators}},
		{"risk is told", full, "risk=self", []Field{RiskDetail}},
		{"loss asks whether to ring", Case{Audience: Parent, Today: today}, "private=yes consent=yes gp_sharing=yes stage=loss_no_baby", []Field{CallWanted}},
		{"loss without a call", Case{Audience: Parent, Today: today}, "private=yes consent=yes gp_sharing=yes stage=loss_no_baby call_wanted=no", nil},
		{"loss with a call", Case{Audience: Parent, Today: today}, "private=yes consent=yes gp_sharing=yes stage=loss_no_baby call_wanted=yes", []Field{ParentName, ParentPhone, SafeContact}},
	} {
		t.Run(ex.name, func(t *testing.T) {
			t.Parallel()
			got := Missing(change(t, ex.c, strings.Fields(ex.changes)...))
			if diff := cmp.Diff(ex.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	skipping := full
	skipping.Audience = Parent
	skipping = change(t, skipping, "factors=", "private=yes", "domestic_abuse=skip")
	if got := Missing(skipping); len(got) > 0 {
		t.Errorf("a parent may skip factors and abuse, yet %v are missing", got)
	}
}
