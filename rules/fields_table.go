package rules

import "slices"

// The words of the table below.
var (
	everyone      = []Audience{Professional, Parent}
	professionals = []Audience{Professional}
	parents       = []Audience{Parent}

	must = cond(always)
	may  = not(always)

	yesNo       = oneOf("yes", "no")
	yesNoUnsure = oneOf("yes", "no", "unsure")
)

// The most characters of each kind of free answer.
const (
	mostName = 100
	mostText = 500
	mostWish = 1000
	mostLong = 2000
)

func oneOf(values ...string) options { return func(*Case) []string { return values } }

// forEach offers professionals and parents different answers.
func forEach(professional, parent []string) options {
	return func(c *Case) []string {
		if c.Audience == Parent {
			return parent
		}
		return professional
	}
}

func councils(c *Case) []string {
	return slices.Concat(c.Service.Councils, []string{"other", "not_sure"})
}

func babiesAndUnsure(c *Case) []string {
	return slices.Concat(c.Answers[BabiesNames], []string{"unsure"})
}

func r(rules ...Rule) []Rule { return rules }

// fields is the questionnaire, in asking order.
var fields = []Spec{
	{Field: Private, Question: "Q01", Audiences: parents, Type: TypeChoice, values: oneOf("yes", "later", "urgent"), asked: always, needed: must},
	{Field: Consent, Question: "Q02", Audiences: everyone, Type: TypeChoice, values: forEach([]string{"yes", "no", "not_asked"}, []string{"yes", "no"}), asked: always, needed: must, Rules: r(RuleAgreement)},
	{Field: GPSharing, Question: "Q02", Audiences: parents, Type: TypeChoice, values: yesNo, asked: is(Consent, "yes"), needed: must},
	{Field: Stage, Question: "Q03", Audiences: everyone, Type: TypeChoice, values: oneOf("born", "pregnant", "loss_no_baby"), asked: always, needed: must, Rules: r(RuleAge, RuleLoss, RuleAntenatal)},
	{Field: CallWanted, Question: "Q03", Audiences: everyone, Type: TypeChoice, values: yesNo, asked: bereaved, needed: must},

	{Field: ReferrerName, Question: "Q04", Audiences: professionals, Type: TypeText, most: mostName, asked: not(unwanted), needed: must},
	{Field: ReferrerType, Question: "Q04", Audiences: professionals, Type: TypeChoice, values: oneOf("gp", "health_visitor", "midwife", "paediatrics", "early_years", "perinatal_mh", "other_secondary", "social_care", "third_sector", "other"), asked: not(unwanted), needed: must},
	{Field: ReferrerOrganisation, Question: "Q04", Audiences: professionals, Type: TypeText, most: mostText, asked: not(unwanted), needed: must},
	{Field: ReferrerPhone, Question: "Q04", Audiences: professionals, Type: TypePhone, Or: ReferrerEmail, asked: not(unwanted), needed: must},
	{Field: ReferrerEmail, Question: "Q04", Audiences: professionals, Type: TypeEmail, Or: ReferrerPhone, asked: not(unwanted), needed: must},

	{Field: ParentName, Question: "Q05", Audiences: everyone, Type: TypeName, most: mostName, asked: reachable, needed: must},
	{Field: ParentDOB, Question: "Q06", Audiences: everyone, Type: TypeDate, asked: family, needed: must},
	{Field: ParentNHSNumber, Question: "Q07", Audiences: professionals, Type: TypeNHSNumber, asked: family, needed: may},
	{Field: ParentAddress, Question: "Q08", Audiences: everyone, Type: TypeText, most: mostText, asked: family, needed: must},
	{Field: ParentPostcode, Question: "Q08", Audiences: everyone, Type: TypePostcode, asked: family, needed: must, Rules: r(RuleArea)},
	{Field: ParentCouncil, Question: "Q08b", Audiences: everyone, Type: TypeChoice, values: councils, asked: uncertainHome, needed: must, Rules: r(RuleArea)},
	{Field: ParentPhone, Question: "Q09", Audiences: everyone, Type: TypePhone, asked: reachable, needed: must},
	{Field: ContactTimes, Question: "Q09", Audiences: everyone, Type: TypeText, most: mostText, asked: reachable, needed: may},
	{Field: SafeContact, Question: "Q10", Audiences: everyone, Type: TypeMulti, values: oneOf("call_ok", "text_ok", "voicemail_ok", "letter_ok", "say_nhs_ok", "someone_else_sees", "not_safe"), asked: reachable, needed: must},
	{Field: SafeRoute, Question: "Q10", Audiences: everyone, Type: TypeText, most: mostText, asked: all(reachable, has(SafeContact, "not_safe")), needed: must},
	{Field: ParentGP, Question: "Q11", Audiences: everyone, Type: TypeText, most: mostText, asked: family, needed: must},
	{Field: ParentGPArea, Question: "Q11", Audiences: everyone, Type: TypeChoice, values: oneOf("essex", "not_essex", "not_registered", "unknown"), asked: family, needed: must, Rules: r(RuleArea)},
	{Field: Needs, Question: "Q12", Audiences: everyone, Type: TypeMulti, values: oneOf("none", "interpreter", "bsl", "easy_read", "hearing_or_sight", "physical_access", "neurodivergent", "other"), asked: family, needed: must},
	{Field: NeedsDetail, Question: "Q12", Audiences: everyone, Type: TypeText, most: mostText, asked: all(family, has(Needs, "interpreter", "other")), needed: may},

	{Field: CarerRelationship, Question: "Q13", Audiences: everyone, Type: TypeChoice, values: oneOf("mother", "father", "partner", "step_parent", "adoptive_parent", "same_sex_parent", "grandparent", "aunt_uncle", "other_relative", "foster_carer", "other"), asked: family, needed: must, Rules: r(RuleCarer)},
	{Field: CarerPrimary, Question: "Q13", Audiences: everyone, Type: TypeChoice, values: oneOf("yes", "shared", "no", "unsure"), asked: family, needed: must, Rules: r(RuleCarer)},
	{Field: CarerConsistent, Question: "Q13b", Audiences: everyone, Type: TypeChoice, values: yesNoUnsure, asked: all(family, relative, mainCarer), needed: must, Rules: r(RuleCarer)},

	{Field: BabyName, Question: "Q14", Audiences: everyone, Type: TypeName, most: mostName, asked: born, needed: must},
	{Field: BabyDOB, Question: "Q14", Audiences: everyone, Type: TypeDate, asked: born, needed: must, Rules: r(RuleAge)},
	{Field: BabySex, Question: "Q14", Audiences: professionals, Type: TypeChoice, values: oneOf("female", "male", "not_known"), asked: born, needed: may},
	{Field: BabyNHSNumber, Question: "Q14", Audiences: professionals, Type: TypeNHSNumber, asked: born, needed: may},
	{Field: BabyGPArea, Question: "Q15", Audiences: everyone, Type: TypeChoice, values: oneOf("same", "essex", "not_essex", "not_registered", "unknown"), asked: born, needed: must, Rules: r(RuleArea)},
	{Field: BabyGP, Question: "Q15", Audiences: professionals, Type: TypeText, most: mostText, asked: all(born, is(BabyGPArea, "essex", "not_essex")), needed: may},

	{Field: EDD, Question: "Q17", Audiences: everyone, Type: TypeDate, asked: pregnant, needed: must, Rules: r(RuleAge)},
	{Field: EDDStatus, Question: "Q17b", Audiences: everyone, Type: TypeChoice, values: oneOf("still_pregnant", "baby_born", "ended", "typo"), asked: overdue, needed: must, Rules: r(RuleAge)},
	{Field: MaternityUnit, Question: "Q17", Audiences: everyone, Type: TypeText, most: mostText, asked: pregnant, needed: may},
	{Field: Careplan, Question: "Q17", Audiences: everyone, Type: TypeChoice, values: yesNoUnsure, asked: pregnant, needed: must, Rules: r(RuleAntenatal)},
	{Field: CareplanDetail, Question: "Q17", Audiences: everyone, Type: TypeText, most: mostText, asked: all(pregnant, is(Careplan, "yes")), needed: may},
	{Field: SeparationPlan, Question: "Q17", Audiences: professionals, Type: TypeChoice, values: yesNoUnsure, asked: pregnant, needed: must, Rules: r(RuleContact)},

	{Field: Circumstances, Question: "Q18", Audiences: everyone, Type: TypeMulti, values: oneOf("hospital", "prison", "rehab", "ld", "lives_elsewhere", "loss", "multiple", "assessment", "none"), asked: family, needed: must, Rules: r(RuleAvailability, RuleLearningDisability, RuleContact, RuleLoss, RuleMultiple, RuleAssessment)},
	{Field: BabiesNames, Question: "Q14b", Audiences: everyone, Type: TypeList, most: mostName, asked: several, needed: must, Rules: r(RuleMultiple)},
	{Field: BabiesOfConcern, Question: "Q14b", Audiences: everyone, Type: TypeMulti, values: babiesAndUnsure, asked: several, needed: must, Rules: r(RuleMultiple)},
	{Field: BabyHome, Question: "Q16", Audiences: everyone, Type: TypeChoice, values: oneOf("shared", "other_parent", "foster", "kinship", "hospital", "adoption_plan"), asked: livesElsewhere, needed: must, Rules: r(RuleContact)},
	{Field: BabyPostcode, Question: "Q16", Audiences: everyone, Type: TypePostcode, asked: away, needed: must, Rules: r(RuleArea)},
	{Field: ContactRegular, Question: "Q16b", Audiences: everyone, Type: TypeChoice, values: yesNoUnsure, asked: away, needed: must, Rules: r(RuleContact)},
	{Field: ContactProgress, Question: "Q16c", Audiences: everyone, Type: TypeChoice, values: yesNoUnsure, asked: placed, needed: must, Rules: r(RuleContact)},
	{Field: AwayUntil, Question: "Q18h", Audiences: everyone, Type: TypeText, most: mostText, asked: detained, needed: may},
	{Field: CanAttend, Question: "Q18h", Audiences: everyone, Type: TypeChoice, values: yesNoUnsure, asked: detained, needed: must},
	{Field: LDSeverity, Question: "Q18l", Audiences: everyone, Type: TypeChoice, values: oneOf("severe", "mild", "unsure"), asked: disabled, needed: must, Rules: r(RuleLearningDisability)},
	{Field: LossImpact, Question: "Q18p", Audiences: everyone, Type: TypeChoice, values: yesNoUnsure, asked: lost, needed: must, Rules: r(RuleLoss)},
	{Field: LossMainReason, Question: "Q18p", Audiences: professionals, Type: TypeChoice, values: yesNo, asked: lost, needed: must, Rules: r(RuleLoss)},
	{Field: AssessmentPurpose, Question: "Q18a", Audiences: everyone, Type: TypeChoice, values: oneOf("relationship", "both", "assessment_only"), asked: assessed, needed: must, Rules: r(RuleAssessment)},
	{Field: AssessmentDetail, Question: "Q18a", Audiences: professionals, Type: TypeText, most: mostText, asked: assessed, needed: may},

	{Field: Concern, Question: "Q19", Audiences: everyone, Type: TypeLongText, least: 20, most: mostLong, asked: family, needed: must},
	{Field: Indicators, Question: "Q20", Audiences: everyone, Type: TypeMulti, values: indicatorsFor, asked: either(born, pregnant), needed: must, Rules: r(RuleRelationship)},
	{Field: IndicatorsOther, Question: "Q20", Audiences: everyone, Type: TypeText, most: mostText, asked: all(family, has(Indicators, "other")), needed: may},
	{Field: Pervasive, Question: "Q21", Audiences: everyone, Type: TypeChoice, values: oneOf("consistent", "comes_and_goes", "fleeting", "settled", "unsure"), asked: troubled, needed: must, Rules: r(RuleRelationship)},
	{Field: BabyImpact, Question: "Q22", Audiences: professionals, Type: TypeMulti, values: oneOf("settling_crying", "feeding_weight", "sleep", "eye_contact_social", "development", "withdrawn", "none_seen", "not_observed"), asked: born, needed: must},
	{Field: Factors, Question: "Q23", Audiences: everyone, Type: TypeMulti, values: oneOf("relational_trauma", "pregnancy_difficulty", "birth_trauma", "neonatal_admission", "unsafe_relationship", "substance_misuse", "unplanned", "conceived_through_trauma", "previous_loss", "fetal_concern", "previous_birth_trauma", "fear_of_birth", "housing_money_isolation", "other", "prefer_not"), asked: family, needed: asks(Professional)},
	{Field: MentalHealth, Question: "Q24", Audiences: everyone, Type: TypeChoice, values: oneOf("none", "current", "past", "unsure"), asked: family, needed: must, Rules: r(RuleMentalHealth)},
	{Field: PerinatalTeam, Question: "Q24", Audiences: everyone, Type: TypeChoice, values: yesNoUnsure, asked: unwell, needed: must},
	{Field: MHDetail, Question: "Q24", Audiences: professionals, Type: TypeText, most: mostText, asked: all(family, is(MentalHealth, "current", "past")), needed: may},
	{Field: MHImpact, Question: "Q24b", Audiences: professionals, Type: TypeChoice, values: oneOf("yes_evidence", "yes_no_evidence", "no", "unsure"), asked: unwell, needed: must, Rules: r(RuleMentalHealth)},
	{Field: Screening, Question: "Q25", Audiences: professionals, Type: TypeScores, most: mostText, asked: family, needed: may},
	{Field: Risk, Question: "Q26", Audiences: everyone, Type: TypeMulti, values: forEach([]string{"none", "self", "baby", "psychosis", "from_others", "talk"}, []string{"none", "self", "baby", "talk"}), asked: family, needed: must},
	{Field: RiskDetail, Question: "Q26", Audiences: professionals, Type: TypeText, most: mostWish, asked: atRisk, needed: must},
	{Field: SafeNow, Question: "Q26", Audiences: parents, Type: TypeChoice, values: oneOf("yes", "no", "not_sure"), asked: atRisk, needed: must},
	{Field: DomesticAbuse, Question: "Q27", Audiences: everyone, Type: TypeChoice, values: oneOf("none_known", "past", "current", "unsure", "skip"), asked: all(family, either(asks(Professional), is(Private, "yes"))), needed: must},
	{Field: Safeguarding, Question: "Q28", Audiences: professionals, Type: TypeChoice, values: oneOf("none_known", "early_help", "child_in_need", "child_protection", "looked_after", "pre_birth", "previous_removal", "not_known"), asked: family, needed: must},
	{Field: SocialWorker, Question: "Q28", Audiences: professionals, Type: TypeText, most: mostText, asked: all(family, answered(Safeguarding), not(is(Safeguarding, "none_known", "not_known"))), needed: may},
	{Field: Network, Question: "Q29", Audiences: everyone, Type: TypeMulti, values: oneOf("health_visitor", "midwife", "gp", "perinatal_mh", "social_worker", "nursery", "charity", "family_friends", "no_one"), asked: family, needed: must},
	{Field: NetworkDetail, Question: "Q29", Audiences: everyone, Type: TypeText, most: mostText, asked: family, needed: may},
	{Field: Wishes, Question: "Q30", Audiences: professionals, Type: TypeLongText, most: mostWish, asked: family, needed: may},
	{Field: Ethnicity, Question: "Q31", Audiences: professionals, Type: TypeChoice, values: oneOf("A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P", "R", "S", "Z", "99"), asked: family, needed: may},
}
