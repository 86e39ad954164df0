package rules

// Why help is asked for, and what else bears on it.

var assessmentRows = []row{
	{LikelyExcluded, "only a parenting assessment is wanted", all(assessed, is(AssessmentPurpose, "assessment_only")), nil},
	{Unknown, "the circumstances are not given", circumstancesOpen, []Field{Circumstances}},
	{Unknown, "an assessment is wanted, and whether help is too is not answered", all(assessed, unanswered(AssessmentPurpose)), []Field{AssessmentPurpose}},
	{Discuss, "help with the relationship is wanted, and an assessment too; no opinion on capacity will be given", all(assessed, is(AssessmentPurpose, "both")), nil},
	{Clear, "help with the relationship is wanted", always, nil},
}

var (
	passing = is(Pervasive, "fleeting", "settled")
	slight  = func(c *Case) bool { return indicated(c) == 1 && !c.Answers.Includes(Indicators, "neg_consistent") }

	indicatorsOpen = func(c *Case) bool { return !troubled(c) && !c.Answers.Includes(Indicators, "none", "not_observed") }
)

var relationshipRows = []row{
	{LikelyExcluded, "one sign is seen, which comes only now and then or is over, and it is not a consistent bad feeling", all(slight, passing), nil},
	{LikelyExcluded, "none of the signs is seen", all(not(troubled), is(Indicators, "none")), nil},
	{Unknown, "which signs are seen is not answered", indicatorsOpen, []Field{Indicators}},
	{Unknown, "how much of the time is not answered", all(troubled, unanswered(Pervasive)), []Field{Pervasive}},
	{Discuss, "signs are not seen yet, or help is wanted to gather evidence", not(troubled), nil},
	{Discuss, "several signs, or consistent bad feelings, are said to come only now and then or to be over", passing, nil},
	{Discuss, "signs come and go, or nobody is sure how often", is(Pervasive, "comes_and_goes", "unsure"), nil},
	{Clear, "signs are seen most of the time", always, nil},
}

var disabilityRows = []row{
	{Unknown, "the circumstances are not given", circumstancesOpen, []Field{Circumstances}},
	{Unknown, "how far the learning disability affects the parent is not answered", all(disabled, unanswered(LDSeverity)), []Field{LDSeverity}},
	{Discuss, "it severely affects both understanding and daily living, or nobody is sure", all(disabled, is(LDSeverity, "severe", "unsure")), nil},
	{Clear, "there is none, or it is milder", always, nil},
}

var lossRows = []row{
	{LikelyExcluded, "there is no living baby and no pregnancy; the family is not asked anything more", bereaved, nil},
	{LikelyExcluded, "a loss is the main reason, and does not affect things with this baby", all(asks(Professional), lost, is(LossImpact, "no"), is(LossMainReason, "yes")), nil},
	{Unknown, "the circumstances are not given", circumstancesOpen, []Field{Circumstances}},
	{Unknown, "there was a loss, and whether it affects things with this baby is not answered", all(lost, unanswered(LossImpact)), []Field{LossImpact}},
	{Discuss, "there was a loss, and nobody is sure whether it affects things with this baby", all(lost, is(LossImpact, "unsure")), nil},
	{Clear, "there was no loss, or it affects things with this baby, or it is not why help is asked for", always, nil},
}

// impact returns how far the parent's illness is known to affect the baby. Parents are
// not asked: for them it follows from what they see and how often, and is "" until
// both are answered.
func impact(c *Case) string {
	switch {
	case c.Audience == Professional:
		return c.Answers.One(MHImpact)
	case indicatorsOpen(c), troubled(c) && !c.Answers.Has(Pervasive):
		return ""
	case troubled(c) && c.Answers.Is(Pervasive, "consistent"):
		return "yes_evidence"
	}
	return "unsure"
}

func impactIs(values ...string) cond {
	return all(unwell, func(c *Case) bool {
		for _, v := range values {
			if impact(c) == v {
				return true
			}
		}
		return false
	})
}

func relationshipIs(v Verdict) cond {
	return func(c *Case) bool { return verdictOf(c, relationshipRows) == v }
}

var mentalHealthRows = []row{
	{LikelyExcluded, "the parent is unwell now without any impact on the baby, and the relationship may not be at risk", all(impactIs("no"), relationshipIs(LikelyExcluded)), nil},
	{Unknown, "the parent's mental health is not answered", unanswered(MentalHealth), []Field{MentalHealth}},
	{Unknown, "the parent is unwell now, and the impact on the baby is not answered", all(asks(Professional), impactIs("")), []Field{MHImpact}},
	{Unknown, "the parent is unwell now, and what they see and feel is not answered", all(asks(Parent), impactIs(""), indicatorsOpen), []Field{Indicators}},
	{Unknown, "the parent is unwell now, and how often they feel so is not answered", all(asks(Parent), impactIs(""), troubled), []Field{Pervasive}},
	{Unknown, "the parent is unwell now without any impact on the baby, and which signs are seen is not answered", all(impactIs("no"), indicatorsOpen), []Field{Indicators}},
	{Unknown, "the parent is unwell now without any impact on the baby, and how often signs are seen is not answered", all(impactIs("no"), relationshipIs(Unknown), troubled), []Field{Pervasive}},
	{Discuss, "nobody is sure of the parent's mental health", is(MentalHealth, "unsure"), nil},
	{Discuss, "the parent is unwell now, and the impact on the baby is not sure or not evidenced", impactIs("yes_no_evidence", "unsure"), nil},
	{Discuss, "the parent is unwell now, said to be without impact, yet signs are reported", impactIs("no"), nil},
	{Clear, "the parent is not unwell now, or the impact on the baby is evidenced", always, nil},
}
