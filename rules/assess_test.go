package rules

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var update = flag.Bool("update", false, "rewrite testdata/criteria.md")

// change returns c with answers changed: "field=a,b" answers, "field=" takes away.
func change(t *testing.T, c Case, changes ...string) Case {
	t.Helper()
	for _, ch := range changes {
		name, values, ok := strings.Cut(ch, "=")
		if _, known := Lookup(Field(name)); !ok || !known {
			t.Fatalf("change %q: want field=value", ch)
		}
		if values == "" {
			c.Answers = c.Answers.Without(Field(name))
			continue
		}
		c.Answers = c.Answers.With(Field(name), strings.Split(strings.ReplaceAll(values, "_", blank(Field(name))), ",")...)
	}
	return c
}

// blank is what _ stands for in a changed answer: a space, where the answer has spaces.
func blank(f Field) string {
	if s, _ := Lookup(f); s.Type == TypePostcode || s.Type == TypeScores {
		return " "
	}
	return "_"
}

// plain is a referral in which every criterion is clear.
func plain(a Audience) Case {
	c := caseOf(a)
	c.Answers = Answers{
		Consent: {"yes"}, Stage: {"born"}, ParentPostcode: {"CM2 9AB"}, ParentGPArea: {"essex"},
		CarerRelationship: {"mother"}, CarerPrimary: {"yes"}, BabyDOB: {"2026-06-20"}, BabyGPArea: {"same"},
		Circumstances: {"none"}, Indicators: {"cues_misread"}, Pervasive: {"consistent"}, MentalHealth: {"none"},
	}
	return c
}

// expecting is plain while it is awaited.
func expecting(a Audience) Case {
	c := plain(a)
	c.Answers = c.Answers.With(Stage, "pregnant").With(EDD, "2027-03-01").With(Careplan, "yes").
		With(Indicators, "an_no_bond").Without(BabyDOB, BabyGPArea)
	return c
}

// example is a plain referral changed, and the verdict it must come to.
type example struct {
	says    string // the sentence of the guidance, and what the row shows
	changes string // parted by spaces
	want    Verdict
	needs   string // for Unknown, parted by spaces
}

func (ex example) check(t *testing.T, base Case, rule Rule) Case {
	t.Helper()
	c := change(t, base, strings.Fields(ex.changes)...)
	got := Assess(c)
	if got.Verdicts[rule] != ex.want {
		t.Errorf("%s: %s = %s, want %s", ex.says, rule, got.Verdicts[rule], ex.want)
	}
	var needs []string
	for _, f := range got.Needs[rule] {
		needs = append(needs, string(f))
	}
	if got := strings.Join(needs, " "); got != ex.needs {
		t.Errorf("%s: needs %q, want %q", ex.says, got, ex.needs)
	}
	return c
}

// bornExamples change a professional's plain referral of a baby already born. Every
// sentence that a rule implements has its rows.
var bornExamples = map[Rule][]example{
	RuleArea: {
		{says: "S31 everybody at home in the area", want: Clear},
		{says: "S32 parent's GP outside", changes: "parent_gp_area=not_essex", want: LikelyExcluded},
		{says: "S32 baby's GP outside", changes: "baby_gp_area=not_essex", want: LikelyExcluded},
		{says: "S32 an excluding GP outweighs what is unanswered", changes: "parent_gp_area=not_essex parent_postcode=", want: LikelyExcluded},
		{says: "S31 parent outside without a GP", changes: "parent_postcode=NR1_1AA parent_gp_area=not_registered", want: LikelyExcluded},
		{says: "S31 baby outside without a GP", changes: "circumstances=lives_elsewhere baby_home=other_parent contact_regular=yes baby_postcode=NR1_1AA baby_gp_area=not_registered", want: LikelyExcluded},
		{says: "parent outside without a GP, baby the same", changes: "parent_postcode=NR1_1AA baby_gp_area=not_registered", want: LikelyExcluded},
		{says: "no stage", changes: "stage=", want: Unknown, needs: "stage"},
		{says: "no postcode", changes: "parent_postcode=", want: Unknown, needs: "parent_postcode"},
		{says: "no GP, and the baby's the same", changes: "parent_gp_area=", want: Unknown, needs: "parent_gp_area"},
		{says: "no GP for the baby", changes: "baby_gp_area=", want: Unknown, needs: "baby_gp_area"},
		{says: "border without a council", changes: "parent_postcode=CM23_1AA", want: Unknown, needs: "parent_council"},
		{says: "district alone on the border", changes: "parent_postcode=CM23", want: Unknown, needs: "parent_council"},
		{says: "border, a council inside", changes: "parent_postcode=CM23_1AA parent_council=Uttlesford", want: Clear},
		{says: "border, another council", changes: "parent_postcode=CM23_1AA parent_council=other", want: Discuss},
		{says: "border, another council, no GP", changes: "parent_postcode=CM23_1AA parent_council=other parent_gp_area=not_registered", want: LikelyExcluded},
		{says: "border, council not sure", changes: "parent_postcode=CM23_1AA parent_council=not_sure", want: Discuss},
		{says: "a council where none is asked is not read", changes: "parent_council=other", want: Clear},
		{says: "baby elsewhere, no postcode", changes: "circumstances=lives_elsewhere baby_home=kinship contact_regular=yes contact_progress=yes", want: Unknown, needs: "baby_postcode"},
		{says: "baby elsewhere on the border", changes: "circumstances=lives_elsewhere baby_home=kinship contact_regular=yes contact_progress=yes baby_postcode=CM23_1AA", want: Discuss},
		{says: "baby's GP outside before the circumstances are told", changes: "baby_gp_area=not_essex circumstances=", want: Unknown, needs: "circumstances"},
		{says: "baby's GP outside before where it lives is told", changes: "baby_gp_area=not_essex circumstances=lives_elsewhere", want: Unknown, needs: "baby_home"},
		{says: "S39 fostered outside, exception met", changes: "baby_gp_area=not_essex circumstances=lives_elsewhere baby_home=foster contact_regular=yes contact_progress=yes baby_postcode=NR1_1AA", want: Discuss},
		{says: "S39 fostered outside, contact not told yet", changes: "baby_gp_area=not_essex circumstances=lives_elsewhere baby_home=foster baby_postcode=NR1_1AA", want: Discuss},
		{says: "S39 fostered outside without a GP", changes: "baby_gp_area=not_registered circumstances=lives_elsewhere baby_home=foster contact_regular=yes contact_progress=yes baby_postcode=NR1_1AA", want: Discuss},
		{says: "S39 fostered outside, exception not met", changes: "baby_gp_area=not_essex circumstances=lives_elsewhere baby_home=foster contact_regular=no contact_progress=yes baby_postcode=NR1_1AA", want: LikelyExcluded},
		{says: "the other parent's GP is no exception", changes: "baby_gp_area=not_essex circumstances=lives_elsewhere baby_home=other_parent contact_regular=yes baby_postcode=NR1_1AA", want: LikelyExcluded},
		{says: "GP not known", changes: "parent_gp_area=unknown baby_gp_area=essex", want: Discuss},
		{says: "baby's GP not known", changes: "baby_gp_area=unknown", want: Discuss},
		{says: "newborn not registered", changes: "baby_gp_area=not_registered", want: Discuss},
		{says: "home outside, both GPs inside", changes: "parent_postcode=NR1_1AA", want: Discuss},
		{says: "refuge", changes: "parent_postcode=refuge", want: Discuss},
		{says: "private", changes: "parent_postcode=private", want: Discuss},
		{says: "no fixed abode", changes: "parent_postcode=ZZ99_3VZ", want: Discuss},
	},
	RuleAge: {
		{says: "S33 born tomorrow", changes: "baby_dob=2026-11-24", want: Unknown, needs: "baby_dob"},
		{says: "S33 born today", changes: "baby_dob=2026-11-23", want: Clear},
		{says: "S33 two tomorrow", changes: "baby_dob=2024-11-24", want: Clear},
		{says: "S33 two today is not over", changes: "baby_dob=2024-11-23", want: Clear},
		{says: "S33 two yesterday", changes: "baby_dob=2024-11-22", want: LikelyExcluded},
		{says: "S33 month whose ends differ", changes: "baby_dob=2024-11", want: Unknown, needs: "baby_dob"},
		{says: "S33 month wholly too old", changes: "baby_dob=2024-10", want: LikelyExcluded},
		{says: "S33 month wholly young enough", changes: "baby_dob=2024-12", want: Clear},
		{says: "S33 this month", changes: "baby_dob=2026-11", want: Clear},
		{says: "S33 next month", changes: "baby_dob=2026-12", want: Unknown, needs: "baby_dob"},
		{says: "no birth", changes: "baby_dob=", want: Unknown, needs: "baby_dob"},
		{says: "no stage, though a birth", changes: "stage=", want: Unknown, needs: "stage"},
		{says: "a due date is not read", changes: "edd=2020-01-01", want: Clear},
	},
	RuleCarer: {
		{says: "S35 mothers", want: Clear},
		{says: "S35 fathers", changes: "carer_relationship=father", want: Clear},
		{says: "S36 same-sex parents", changes: "carer_relationship=same_sex_parent carer_primary=shared", want: Clear},
		{says: "S36 step-parents", changes: "carer_relationship=step_parent", want: Clear},
		{says: "S36 a disability of the body", changes: "needs=physical_access", want: Clear},
		{says: "S35 a parent not the main carer", changes: "carer_primary=no", want: Discuss},
		{says: "S35 a parent unsure", changes: "carer_primary=unsure", want: Discuss},
		{says: "a parent is not asked about consistency", changes: "carer_consistent=no", want: Clear},
		{says: "S37 grandparent raising consistently", changes: "carer_relationship=grandparent carer_consistent=yes", want: Discuss},
		{says: "S37 grandparent perhaps", changes: "carer_relationship=grandparent carer_primary=shared carer_consistent=unsure", want: Discuss},
		{says: "S37 aunt, not said", changes: "carer_relationship=aunt_uncle", want: Unknown, needs: "carer_consistent"},
		{says: "S37 aunt, main carer unsure", changes: "carer_relationship=aunt_uncle carer_primary=unsure", want: Discuss},
		{says: "S37 aunt unsure, not consistent", changes: "carer_relationship=aunt_uncle carer_primary=unsure carer_consistent=no", want: LikelyExcluded},
		{says: "S37 foster carer, not consistent", changes: "carer_relationship=foster_carer carer_consistent=no", want: LikelyExcluded},
		{says: "S37 grandparent, not main carer", changes: "carer_relationship=grandparent carer_primary=no", want: LikelyExcluded},
		{says: "no relationship", changes: "carer_relationship=", want: Unknown, needs: "carer_relationship"},
		{says: "no main carer", changes: "carer_primary=", want: Unknown, needs: "carer_primary"},
		{says: "neither", changes: "carer_relationship= carer_primary=", want: Unknown, needs: "carer_primary carer_relationship"},
	},
	RuleContact: {
		{says: "S38 at home", want: Clear},
		{says: "no circumstances", changes: "circumstances=", want: Unknown, needs: "circumstances"},
		{says: "no stage", changes: "circumstances=lives_elsewhere stage=", want: Unknown, needs: "stage"},
		{says: "where not said", changes: "circumstances=lives_elsewhere", want: Unknown, needs: "baby_home"},
		{says: "S38 shared", changes: "circumstances=lives_elsewhere baby_home=shared", want: Clear},
		{says: "S38 neonatal ward", changes: "circumstances=lives_elsewhere baby_home=hospital", want: Clear},
		{says: "S38 other parent, regular", changes: "circumstances=lives_elsewhere baby_home=other_parent contact_regular=yes", want: Discuss},
		{says: "S38 other parent, unsure", changes: "circumstances=lives_elsewhere baby_home=other_parent contact_regular=unsure", want: Discuss},
		{says: "S38 other parent, none", changes: "circumstances=lives_elsewhere baby_home=other_parent contact_regular=no", want: LikelyExcluded},
		{says: "S38 other parent, not said", changes: "circumstances=lives_elsewhere baby_home=other_parent", want: Unknown, needs: "contact_regular"},
		{says: "S39 both yes", changes: "circumstances=lives_elsewhere baby_home=foster contact_regular=yes contact_progress=yes", want: Discuss},
		{says: "S39 both unsure", changes: "circumstances=lives_elsewhere baby_home=kinship contact_regular=unsure contact_progress=unsure", want: Discuss},
		{says: "S39 no contact", changes: "circumstances=lives_elsewhere baby_home=foster contact_regular=no", want: LikelyExcluded},
		{says: "S39 no progress", changes: "circumstances=lives_elsewhere baby_home=foster contact_progress=no", want: LikelyExcluded},
		{says: "S39 neither said", changes: "circumstances=lives_elsewhere baby_home=foster", want: Unknown, needs: "contact_progress contact_regular"},
		{says: "S39 one said", changes: "circumstances=lives_elsewhere baby_home=foster contact_regular=unsure", want: Unknown, needs: "contact_progress"},
		{says: "S39 adoption", changes: "circumstances=lives_elsewhere baby_home=adoption_plan", want: LikelyExcluded},
		{says: "a home given where none is asked", changes: "baby_home=adoption_plan", want: Clear},
	},
	RuleAssessment: {
		{says: "no circumstances", changes: "circumstances=", want: Unknown, needs: "circumstances"},
		{says: "S40 wanted, purpose not said", changes: "circumstances=assessment", want: Unknown, needs: "assessment_purpose"},
		{says: "S40 help", changes: "circumstances=assessment assessment_purpose=relationship", want: Clear},
		{says: "S40 both", changes: "circumstances=assessment assessment_purpose=both", want: Discuss},
		{says: "S40 only that", changes: "circumstances=assessment assessment_purpose=assessment_only", want: LikelyExcluded},
		{says: "a purpose where none is asked", changes: "assessment_purpose=assessment_only", want: Clear},
	},
	RuleRelationship: {
		{says: "S15 consistent", want: Clear},
		{says: "S9 not answered", changes: "indicators=", want: Unknown, needs: "indicators"},
		{says: "S12 how often not answered", changes: "pervasive=", want: Unknown, needs: "pervasive"},
		{says: "S41 none", changes: "indicators=none", want: LikelyExcluded},
		{says: "S42 help to gather evidence", changes: "indicators=not_observed", want: Discuss},
		{says: "S16 something else", changes: "indicators=other", want: Clear},
		{says: "S14 fleeting", changes: "pervasive=fleeting", want: LikelyExcluded},
		{says: "S14 settled", changes: "pervasive=settled", want: LikelyExcluded},
		{says: "S14 two, fleeting", changes: "indicators=cues_misread,no_engage pervasive=fleeting", want: Discuss},
		{says: "S15 consistent feelings, fleeting", changes: "indicators=neg_consistent pervasive=settled", want: Discuss},
		{says: "S15 comes and goes", changes: "pervasive=comes_and_goes", want: Discuss},
		{says: "S15 unsure", changes: "pervasive=unsure", want: Discuss},
		{says: "signs of a pregnancy say nothing now", changes: "indicators=an_no_bond", want: Unknown, needs: "indicators"},
		{says: "how often is not read when nothing is seen", changes: "indicators=not_observed pervasive=fleeting", want: Discuss},
	},
	RuleAvailability: {
		{says: "no circumstances", changes: "circumstances=", want: Unknown, needs: "circumstances"},
		{says: "S44 hospital", changes: "circumstances=hospital", want: Discuss},
		{says: "S44 prison", changes: "circumstances=prison", want: Discuss},
		{says: "S44 rehabilitation", changes: "circumstances=rehab,loss", want: Discuss},
		{says: "S44 none", want: Clear},
	},
	RuleLearningDisability: {
		{says: "no circumstances", changes: "circumstances=", want: Unknown, needs: "circumstances"},
		{says: "S46 not said how far", changes: "circumstances=ld", want: Unknown, needs: "ld_severity"},
		{says: "S46 severe in both", changes: "circumstances=ld ld_severity=severe", want: Discuss},
		{says: "S46 unsure", changes: "circumstances=ld ld_severity=unsure", want: Discuss},
		{says: "S46 milder", changes: "circumstances=ld ld_severity=mild", want: Clear},
		{says: "S46 autism and such", changes: "needs=neurodivergent", want: Clear},
	},
	RuleMultiple: {
		{says: "no circumstances", changes: "circumstances=", want: Unknown, needs: "circumstances"},
		{says: "no stage", changes: "circumstances=multiple stage=", want: Unknown, needs: "stage"},
		{says: "neither", changes: "circumstances= stage=", want: Unknown, needs: "circumstances stage"},
		{says: "S48 one baby", want: Clear},
		{says: "S48 neither names nor choice", changes: "circumstances=multiple", want: Unknown, needs: "babies_names babies_of_concern"},
		{says: "S48 which not said", changes: "circumstances=multiple babies_names=Ada,Bea", want: Unknown, needs: "babies_of_concern"},
		{says: "S50 one of three", changes: "circumstances=multiple babies_names=Ada,Bea,Cal babies_of_concern=Bea", want: Clear},
		{says: "S49 two", changes: "circumstances=multiple babies_names=Ada,Bea babies_of_concern=Ada,Bea", want: Discuss},
		{says: "S49 one and unsure", changes: "circumstances=multiple babies_names=Ada,Bea babies_of_concern=Ada,unsure", want: Discuss},
		{says: "S49 none of them", changes: "circumstances=multiple babies_names=Ada,Bea babies_of_concern=Zed", want: Discuss},
	},
	RuleLoss: {
		{says: "no circumstances", changes: "circumstances=", want: Unknown, needs: "circumstances"},
		{says: "S52 no living baby", changes: "stage=loss_no_baby", want: LikelyExcluded},
		{says: "S54 impact not said", changes: "circumstances=loss", want: Unknown, needs: "loss_impact"},
		{says: "S54 affects this baby", changes: "circumstances=loss loss_impact=yes loss_main_reason=yes", want: Clear},
		{says: "S52 main reason, no effect", changes: "circumstances=loss loss_impact=no loss_main_reason=yes", want: LikelyExcluded},
		{says: "S54 no effect, not why", changes: "circumstances=loss loss_impact=no loss_main_reason=no", want: Clear},
		{says: "S54 no effect, reason not said", changes: "circumstances=loss loss_impact=no", want: Clear},
		{says: "S54 unsure", changes: "circumstances=loss loss_impact=unsure", want: Discuss},
		{says: "no loss", want: Clear},
	},
	RuleMentalHealth: {
		{says: "not answered", changes: "mental_health=", want: Unknown, needs: "mental_health"},
		{says: "S55 well", want: Clear},
		{says: "S55 in the past", changes: "mental_health=past", want: Clear},
		{says: "S55 unsure", changes: "mental_health=unsure", want: Discuss},
		{says: "S55 impact not answered", changes: "mental_health=current", want: Unknown, needs: "mh_impact"},
		{says: "S55 evidence", changes: "mental_health=current mh_impact=yes_evidence", want: Clear},
		{says: "S55 no evidence yet", changes: "mental_health=current mh_impact=yes_no_evidence", want: Discuss},
		{says: "S55 impact unsure", changes: "mental_health=current mh_impact=unsure", want: Discuss},
		{says: "S56 healthy, yet signs", changes: "mental_health=current mh_impact=no", want: Discuss},
		{says: "S56 healthy, no signs", changes: "mental_health=current mh_impact=no indicators=none", want: LikelyExcluded},
		{says: "S56 healthy, signs not answered", changes: "mental_health=current mh_impact=no indicators=", want: Unknown, needs: "indicators"},
		{says: "S56 healthy, how often not answered", changes: "mental_health=current mh_impact=no pervasive=", want: Unknown, needs: "pervasive"},
		{says: "impact of an illness past is not read", changes: "mental_health=past mh_impact=no indicators=none", want: Clear},
	},
	RuleAntenatal: {
		{says: "no stage", changes: "stage=", want: Unknown, needs: "stage"},
		{says: "S19 born", want: Clear},
	},
	RuleAgreement: {
		{says: "agrees", want: Clear},
		{says: "does not agree", changes: "consent=no", want: Discuss},
		{says: "not asked", changes: "consent=not_asked", want: Unknown, needs: "consent"},
		{says: "not answered", changes: "consent=", want: Unknown, needs: "consent"},
	},
}

// pregnantExamples change a professional's plain referral in pregnancy.
var pregnantExamples = map[Rule][]example{
	RuleArea: {{says: "the parent only", want: Clear}},
	RuleAge: {
		{says: "S19 due in the spring", want: Clear},
		{says: "not answered", changes: "edd=", want: Unknown, needs: "edd"},
		{says: "not known", changes: "edd=unknown", want: Discuss},
		{says: "294 days ahead", changes: "edd=2027-09-13", want: Clear},
		{says: "295 days ahead", changes: "edd=2027-09-14", want: Unknown, needs: "edd"},
		{says: "a month", changes: "edd=2027-03", want: Clear},
		{says: "this month", changes: "edd=2026-11", want: Clear},
		{says: "last month", changes: "edd=2026-10", want: Unknown, needs: "edd_status"},
		{says: "due today", changes: "edd=2026-11-23", want: Clear},
		{says: "due yesterday", changes: "edd=2026-11-22", want: Unknown, needs: "edd_status"},
		{says: "due yesterday, still pregnant", changes: "edd=2026-11-22 edd_status=still_pregnant", want: Clear},
		{says: "21 days past, still pregnant", changes: "edd=2026-11-02 edd_status=still_pregnant", want: Clear},
		{says: "22 days past, still pregnant", changes: "edd=2026-11-01 edd_status=still_pregnant", want: Discuss},
		{says: "past, typed wrongly", changes: "edd=2026-11-02 edd_status=typo", want: Unknown, needs: "edd"},
		{says: "past, born", changes: "edd=2026-11-02 edd_status=baby_born", want: Unknown, needs: "stage"},
		{says: "past, over", changes: "edd=2026-11-02 edd_status=ended", want: Unknown, needs: "stage"},
	},
	RuleContact: {
		{says: "separation not answered", want: Clear},
		{says: "no separation", changes: "separation_plan=no", want: Clear},
		{says: "separation", changes: "separation_plan=yes", want: Discuss},
		{says: "separation unsure", changes: "separation_plan=unsure", want: Discuss},
		{says: "no circumstances", changes: "circumstances= separation_plan=yes", want: Unknown, needs: "circumstances"},
	},
	RuleRelationship: {
		{says: "S20 no bond", want: Clear},
		{says: "S20 not explored", changes: "indicators=not_observed", want: Discuss},
		{says: "signs after a birth say nothing yet", changes: "indicators=avoids_baby", want: Unknown, needs: "indicators"},
	},
	RuleMultiple: {
		{says: "twins to come", changes: "circumstances=multiple", want: Clear},
		{says: "no circumstances", changes: "circumstances=", want: Clear},
	},
	RuleAntenatal: {
		{says: "S22 always discussed", want: Discuss},
		{says: "S22 care plan missing", changes: "careplan=", want: Unknown, needs: "careplan"},
		{says: "S22 no care plan", changes: "careplan=no", want: Discuss},
	},
}

// parentExamples change a parent's own plain referral.
var parentExamples = map[Rule][]example{
	RuleLoss: {
		{says: "parents are not asked the main reason", changes: "circumstances=loss loss_impact=no loss_main_reason=yes", want: Clear},
	},
	RuleMentalHealth: {
		{says: "S55 unwell and consistent", changes: "mental_health=current", want: Clear},
		{says: "S55 unwell, comes and goes", changes: "mental_health=current pervasive=comes_and_goes", want: Discuss},
		{says: "S55 unwell, no signs", changes: "mental_health=current indicators=none", want: Discuss},
		{says: "S55 unwell, not seen", changes: "mental_health=current indicators=not_observed", want: Discuss},
		{says: "S55 unwell, signs not answered", changes: "mental_health=current indicators=", want: Unknown, needs: "indicators"},
		{says: "S55 unwell, how often not answered", changes: "mental_health=current pervasive=", want: Unknown, needs: "pervasive"},
		{says: "parents are not asked the impact", changes: "mental_health=current mh_impact=no indicators=none", want: Discuss},
	},
	RuleAgreement: {{says: "does not agree", changes: "consent=no", want: Discuss}},
	RuleContact:   {{says: "parents are not asked about separation", changes: "stage=pregnant separation_plan=yes", want: Clear}},
}

// TestSentences checks the criteria example by example, and that every row of every
// decision table decides at least one.
func TestSentences(t *testing.T) {
	t.Parallel()
	decided := map[string]bool{}
	for _, set := range []struct {
		name     string
		base     Case
		examples map[Rule][]example
	}{
		{"born", plain(Professional), bornExamples},
		{"pregnant", expecting(Professional), pregnantExamples},
		{"parent", plain(Parent), parentExamples},
	} {
		for rule, examples := range set.examples {
			for _, ex := range examples {
				t.Run(set.name+"/"+string(rule)+"/"+ex.says, func(t *testing.T) {
					c := ex.check(t, set.base, rule)
					decided[deciding(c, rule)] = true
				})
			}
		}
	}
	for _, cr := range criteria {
		for i, r := range cr.rows {
			if !decided[fmt.Sprint(cr.Rule, i)] {
				t.Errorf("%s: no example is decided by %q", cr.Rule, r.when)
			}
		}
	}
}

func deciding(c Case, rule Rule) string {
	for _, cr := range criteria {
		if cr.Rule == rule {
			return fmt.Sprint(rule, first(&c, cr.rows))
		}
	}
	return ""
}

// TestLossIsAlone checks that a family without a baby is read against loss and
// nothing else.
func TestLossIsAlone(t *testing.T) {
	t.Parallel()
	for _, a := range []Audience{Professional, Parent} {
		c := caseOf(a)
		c.Answers = Answers{Stage: {"loss_no_baby"}, ParentGPArea: {"not_essex"}, Circumstances: {"prison"}, BabyDOB: {"2020-01-01"}}
		got := Assess(c)
		for _, cr := range criteria {
			want := Clear
			if cr.Rule == RuleLoss {
				want = LikelyExcluded
			}
			if got.Verdicts[cr.Rule] != want {
				t.Errorf("%s: %s = %s, want %s", a, cr.Rule, got.Verdicts[cr.Rule], want)
			}
		}
		if got.Overall != LikelyExcluded {
			t.Errorf("%s: overall = %s", a, got.Overall)
		}
	}
}

func TestNothingAnswered(t *testing.T) {
	t.Parallel()
	for _, a := range []Audience{Professional, Parent} {
		got := Assess(Case{Audience: a, Today: today})
		for _, cr := range criteria {
			if got.Verdicts[cr.Rule] != Unknown {
				t.Errorf("%s: %s = %s, want unknown", a, cr.Rule, got.Verdicts[cr.Rule])
			}
		}
		if got.Overall != Incomplete || got.Bands.Safety != "S0" || got.Bands.Relational != "L0" || len(got.Notes) != 0 {
			t.Errorf("%s: overall %s, bands %+v, notes %v", a, got.Overall, got.Bands, got.Notes)
		}
	}
}

func TestAgeBoundaries(t *testing.T) {
	t.Parallel()
	for _, ex := range []struct {
		born, today string
		want        Verdict
		near        bool
	}{
		{"2024-11-24", "2026-11-23", Clear, true},
		{"2024-11-23", "2026-11-23", Clear, true},
		{"2024-11-22", "2026-11-23", LikelyExcluded, false},
		{"2024-02-29", "2026-03-01", Clear, true},
		{"2024-02-29", "2026-03-02", LikelyExcluded, false},
		{"2024-08-31", "2026-08-31", Clear, true},
		{"2024-08-31", "2026-09-01", LikelyExcluded, false},
		{"2025-01-18", "2026-11-23", Clear, true},
		{"2025-01-19", "2026-11-23", Clear, false},
		{"2025-01", "2026-11-23", Clear, true},
		{"2025-02", "2026-11-23", Clear, false},
	} {
		t.Run(ex.born+" on "+ex.today, func(t *testing.T) {
			t.Parallel()
			c := change(t, plain(Professional), "baby_dob="+ex.born)
			c.Today, _ = ParseISODate(ex.today)
			got := Assess(c)
			if got.Verdicts[RuleAge] != ex.want {
				t.Errorf("age = %s, want %s", got.Verdicts[RuleAge], ex.want)
			}
			if near := slices.Contains(got.Notes, "age_near_limit"); near != ex.near {
				t.Errorf("age_near_limit = %t, want %t", near, ex.near)
			}
		})
	}
}

// TestNotes checks, for every note, a case that has it and one just beside that has not.
func TestNotes(t *testing.T) {
	t.Parallel()
	examples := map[Note]struct {
		base      Case
		with, not string
	}{
		"stop_baby_questions":        {plain(Parent), "stage=loss_no_baby", "circumstances=loss"},
		"bereavement_resources":      {plain(Parent), "circumstances=loss", "loss_impact=yes"},
		"under_18":                   {plain(Parent), "parent_dob=2008-11-24", "parent_dob=2008-11-23"},
		"age_near_limit":             {plain(Parent), "baby_dob=2024-11-24", "baby_dob=2024-11-22"},
		"edd_passed_confirmed":       {expecting(Parent), "edd=2026-11-18 edd_status=still_pregnant", "edd=2026-11-18"},
		"near_term_priority":         {expecting(Parent), "edd=2027-01-04", "edd=2027-01-05"},
		"fixable:register_infant_gp": {plain(Parent), "baby_gp_area=not_essex", "parent_gp_area=not_essex baby_gp_area=not_essex"},
		"border_resolved_by_council": {plain(Parent), "parent_postcode=CM23_1AA parent_council=other", "parent_postcode=CM23_1AA parent_council=not_sure"},
		"suppress_address":           {plain(Parent), "parent_address=refuge", "domestic_abuse=past"},
		"safeguarding_looked_after":  {plain(Professional), "safeguarding=looked_after", "safeguarding=child_protection"},
		"reasonable_adjustments":     {plain(Parent), "needs=bsl", "needs=interpreter"},
		"normalise":                  {plain(Parent), "pervasive=settled", "indicators=none pervasive=settled"},
		"health_visitor_resources":   {plain(Parent), "indicators=none", "pervasive=unsure"},
		"joint_working":              {plain(Parent), "mental_health=current", "mental_health=current indicators=none"},
		"crisis_card":                {plain(Parent), "risk=talk", "risk=none"},
		"priority_alert":             {plain(Professional), "risk=psychosis", "risk=none"},
	}
	for _, r := range remarks {
		t.Run(string(r.note), func(t *testing.T) {
			t.Parallel()
			ex, ok := examples[r.note]
			if !ok {
				t.Fatal("no example")
			}
			if NoteMeaning(r.note) == "" {
				t.Error("no meaning")
			}
			if !slices.Contains(Assess(change(t, ex.base, strings.Fields(ex.with)...)).Notes, r.note) {
				t.Errorf("not noted with %s", ex.with)
			}
			if slices.Contains(Assess(change(t, ex.base, strings.Fields(ex.not)...)).Notes, r.note) {
				t.Errorf("noted with %s", ex.not)
			}
		})
	}
}

func TestBands(t *testing.T) {
	t.Parallel()
	for _, ex := range []struct {
		name               string
		base               Case
		changes            string
		safety, relational string
		reasons            string
	}{
		{"plain", plain(Professional), "", "S0", "L2", ""},
		{"not safe now", plain(Parent), "risk=self safe_now=not_sure", "S3", "L2", "not safe now"},
		{"safe now", plain(Parent), "risk=self,baby safe_now=yes", "S2", "L2", "self-harm, baby's safety"},
		{"talk", plain(Parent), "risk=talk", "S2", "L2", "wants to talk"},
		{"psychosis", plain(Professional), "risk=psychosis", "S3", "L2", "psychosis"},
		{"from others", plain(Professional), "risk=from_others", "S2", "L2", "harm by others"},
		{"abuse now", plain(Professional), "domestic_abuse=current", "S2", "L2", "unsafe home"},
		{"abuse past", plain(Professional), "domestic_abuse=past safeguarding=early_help", "S1", "L2", "early help, unsafe before"},
		{"screening item", plain(Professional), "screening=EPDS_14_2026-11-01_item_1", "S2", "L2", "screening item"},
		{"screening item nought", plain(Professional), "screening=EPDS_14_2026-11-01_item_0", "S0", "L2", ""},
		{"substances", plain(Professional), "factors=substance_misuse", "S1", "L2", "substance use"},
		{"withdrawn", plain(Professional), "baby_impact=withdrawn", "S0", "L3", ""},
		{"avoidance", plain(Professional), "indicators=avoids_baby", "S0", "L3", ""},
		{"three signs", plain(Professional), "indicators=neg_consistent,cues_misread,no_engage", "S0", "L3", ""},
		{"seeks others", plain(Professional), "indicators=baby_seeks_others", "S0", "L3", ""},
		{"comes and goes", plain(Professional), "pervasive=comes_and_goes indicators=avoids_baby", "S0", "L1", ""},
		{"unsure", plain(Professional), "pervasive=unsure", "S0", "L1", ""},
		{"fleeting", plain(Professional), "pervasive=fleeting", "S0", "L0", ""},
		{"none", plain(Professional), "indicators=none", "S0", "L0", ""},
		{"not observed", plain(Professional), "indicators=not_observed", "S0", "L0", ""},
	} {
		t.Run(ex.name, func(t *testing.T) {
			t.Parallel()
			b := Assess(change(t, ex.base, strings.Fields(ex.changes)...)).Bands
			if b.Safety != ex.safety || b.Relational != ex.relational {
				t.Errorf("bands = %s %s, want %s %s", b.Safety, b.Relational, ex.safety, ex.relational)
			}
			if got := strings.Join(b.SafetyReasons, ", "); got != ex.reasons {
				t.Errorf("reasons = %q, want %q", got, ex.reasons)
			}
		})
	}
}

// TestWordsRaiseTheBand checks that what is said is weighed, and by whom.
func TestWordsRaiseTheBand(t *testing.T) {
	t.Parallel()
	c := plain(Parent)
	c.Answers = c.Answers.With(Concern, "I want to die")
	got := Assess(c)
	if got.Bands.Safety < "S2" || !slices.Contains(got.Notes, "priority_alert") {
		t.Errorf("parent: %s %v", got.Bands.Safety, got.Notes)
	}
	c.Audience = Professional
	got = Assess(c)
	if got.Bands.Safety < "S2" || slices.Contains(got.Notes, "crisis_card") {
		t.Errorf("professional: %s %v", got.Bands.Safety, got.Notes)
	}
}

// random returns a case answered by chance: mostly what is asked, now and then what is
// not, in pregnancy and out of it.
func random(rng *rand.Rand) Case {
	c := caseOf([]Audience{Professional, Parent}[rng.IntN(2)])
	for _, s := range Fields() {
		asked := s.Asked(c)
		if asked && rng.IntN(8) == 0 || !asked && rng.IntN(8) != 0 {
			continue
		}
		if v := randomAnswer(rng, s, c); len(v) > 0 {
			c.Answers[s.Field] = v
		}
	}
	return c
}

func randomAnswer(rng *rand.Rand, s Spec, c Case) []string {
	values := s.Values(c)
	switch {
	case s.Type == TypeDate:
		d := today.AddDays(rng.IntN(1100) - 800)
		if rng.IntN(6) == 0 {
			d.Day = 0
		}
		return []string{d.String()}
	case s.Type == TypePostcode:
		values = []string{"CM2 9AB", "NR1 1AA", "CM23 1AA", "private", "ZZ99 3VZ", "RM15"}
	case s.Type == TypeList:
		return [][]string{{"Ada"}, {"Ada", "Bea"}, {"Ada", "Bea", "Cal"}}[rng.IntN(3)]
	case values == nil:
		return nil // words are not weighed by any criterion
	}
	v := []string{values[rng.IntN(len(values))]}
	if more := values[rng.IntN(len(values))]; s.Type == TypeMulti && more != v[0] && !s.Exclusive(more) && !s.Exclusive(v[0]) {
		v = append(v, more)
	}
	return v
}

const randomCases = 600

// TestLaws checks what must hold of every assessment, on cases made by chance.
func TestLaws(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range randomCases {
		c := random(rng)
		before := maps.Clone(c.Answers)
		got := Assess(c)
		if !cmp.Equal(before, c.Answers) {
			t.Fatal("the answers were changed")
		}
		checkOverall(t, got)
		checkNeeds(t, c, got)
		checkBranches(t, c, got)
		checkMore(t, rng, c, got)
		if t.Failed() {
			t.Fatalf("case: %s %v", c.Audience, c.Answers)
		}
	}
}

func checkOverall(t *testing.T, a Assessment) {
	seen := slices.Collect(maps.Values(a.Verdicts))
	if len(seen) != len(Rules()) {
		t.Errorf("%d verdicts", len(seen))
	}
	for _, v := range []struct{ any, then Verdict }{{Unknown, Incomplete}, {LikelyExcluded, LikelyExcluded}, {Discuss, Discuss}, {Clear, Clear}} {
		if slices.Contains(seen, v.any) {
			if a.Overall != v.then {
				t.Errorf("overall = %s with %v", a.Overall, a.Verdicts)
			}
			return
		}
	}
}

// checkNeeds: each unknown names fields, and each of them can be asked now.
func checkNeeds(t *testing.T, c Case, a Assessment) {
	for rule, v := range a.Verdicts {
		if (v == Unknown) != (len(a.Needs[rule]) > 0) {
			t.Errorf("%s is %s and needs %v", rule, v, a.Needs[rule])
		}
		for _, f := range a.Needs[rule] {
			if s, _ := Lookup(f); !s.Asked(c) && c.Answers.Has(Stage) {
				t.Errorf("%s needs %s, which is not asked", rule, f)
			}
		}
	}
}

// checkBranches: an answer to what is not asked changes no verdict. Whether a relative
// raises the baby consistently is read even where it need not be asked.
func checkBranches(t *testing.T, c Case, a Assessment) {
	trimmed := c
	trimmed.Answers = maps.Clone(c.Answers)
	for _, s := range slices.Backward(Fields()) {
		if !s.Asked(trimmed) && s.Field != CarerConsistent && s.Field != Indicators {
			delete(trimmed.Answers, s.Field)
		}
	}
	again := Assess(trimmed)
	if diff := cmp.Diff(a.Verdicts, again.Verdicts); diff != "" {
		t.Errorf("answers outside their branch were read:\n%s", diff)
	}
	if diff := cmp.Diff(a.Missing, again.Missing, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("missing differs:\n%s", diff)
	}
}

// checkMore: one more answer makes a verdict unknown only by opening a branch, whose
// questions it then needs.
func checkMore(t *testing.T, rng *rand.Rand, c Case, a Assessment) {
	for i := range fields {
		s := fields[i]
		if !s.Asked(c) || c.Answers.Has(s.Field) || len(s.Rules) == 0 {
			continue
		}
		v := randomAnswer(rng, s, c)
		if len(v) == 0 {
			continue
		}
		more := c
		more.Answers = c.Answers.With(s.Field, v...)
		after := Assess(more)
		for rule, verdict := range after.Verdicts {
			if verdict != Unknown || a.Verdicts[rule] == Unknown {
				continue
			}
			if !slices.ContainsFunc(after.Needs[rule], func(f Field) bool { n, _ := Lookup(f); return !n.Asked(c) }) {
				t.Errorf("%s=%v turned %s from %s to unknown, needing %v", s.Field, v, rule, a.Verdicts[rule], after.Needs[rule])
			}
		}
	}
}

// TestCriteria writes the criteria as prose for clinicians, and fails when the file
// they read is stale.
func TestCriteria(t *testing.T) {
	t.Parallel()
	const file = "testdata/criteria.md"
	var b strings.Builder
	fmt.Fprintf(&b, "# The criteria, version %s\n\nIn each list the first line that holds decides. Nobody is turned away by any of them.\n", RuleSetVersion)
	for _, c := range Criteria() {
		fmt.Fprintf(&b, "\n## %s (%s)\n\n> %s\n\nSentences %s.\n\n%s", c.Title, c.Rule, c.Source, c.Sentences, c.Prose)
	}
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(stored), b.String()); diff != "" {
		t.Errorf("%s is stale; run go test ./rules -run TestCriteria -update (-stored +now):\n%s", file, diff)
	}
}

func BenchmarkAssess(b *testing.B) {
	_, c, err := ParseCase([]byte(fullCase))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		Assess(c)
	}
}

// fullCase answers every question of an ordinary referral but the free text, whose
// reading for risk has its own measure.
const fullCase = `{"id":"F","audience":"professional","today":"2026-11-23","answers":{
"consent":"yes","gp_sharing":"yes","stage":"born","referrer_name":"Sam Okafor","referrer_type":"health_visitor",
"referrer_organisation":"Maldon health visiting","referrer_phone":"01632 960101","parent_name":"Tess Marlowe",
"parent_dob":"1996-02-11","parent_nhs_number":"9990001014","parent_address":"1 Example Road, Chelmsford",
"parent_postcode":"CM2 9AB","parent_phone":"07700 900101","safe_contact":["call_ok","text_ok"],
"parent_gp":"Example Surgery, Chelmsford","parent_gp_area":"essex","needs":["none"],"carer_relationship":"mother",
"carer_primary":"yes","baby_name":"Rowan Marlowe","baby_dob":"2026-06-20","baby_sex":"male","baby_gp_area":"same",
"circumstances":["none"],"indicators":["neg_consistent","cues_misread","avoids_baby","baby_seeks_others"],
"pervasive":"consistent","baby_impact":["settling_crying"],"factors":["birth_trauma","neonatal_admission"],
"mental_health":"current","perinatal_team":"no","mh_impact":"yes_evidence","screening":[{"tool":"EPDS","score":14,"date":"2026-11-01","safety_item":0}],
"risk":["none"],"domestic_abuse":"none_known","safeguarding":"none_known","network":["health_visitor","gp"],"ethnicity":"A"}}`
