package rules

// Who cares for the baby, where the baby is, and whether the parent agrees.

var carerRows = []row{
	{LikelyExcluded, "a relative or other carer is not raising the baby consistently", all(relative, is(CarerConsistent, "no")), nil},
	{LikelyExcluded, "a relative or other carer is not the main carer", all(relative, is(CarerPrimary, "no")), nil},
	{Unknown, "who this person is to the baby is not answered", unanswered(CarerRelationship), []Field{CarerRelationship}},
	{Unknown, "whether they are the main carer is not answered", unanswered(CarerPrimary), []Field{CarerPrimary}},
	{Unknown, "a relative or other carer is the main carer, and whether consistently is not answered", all(relative, mainCarer, unanswered(CarerConsistent)), []Field{CarerConsistent}},
	{Discuss, "a relative or other carer may be raising the baby", relative, nil},
	{Discuss, "a parent is not, or may not be, the main carer", is(CarerPrimary, "no", "unsure"), nil},
	{Clear, "a parent is the main carer, or shares it", always, nil},
}

var contactRows = []row{
	{LikelyExcluded, "the plan is adoption, or that the baby lives elsewhere for good", all(livesElsewhere, is(BabyHome, "adoption_plan")), nil},
	{LikelyExcluded, "the baby lives elsewhere and the parent does not see the baby regularly", all(away, is(ContactRegular, "no")), nil},
	{LikelyExcluded, "the baby is in foster or kinship care and nothing moves towards living together", all(placed, is(ContactProgress, "no")), nil},
	{Unknown, "the circumstances are not given", circumstancesOpen, []Field{Circumstances}},
	{Unknown, "the baby may live elsewhere, and it is not said whether the baby is born", all(unanswered(Stage), has(Circumstances, "lives_elsewhere")), []Field{Stage}},
	{Unknown, "the baby does not live with the parent all the time, and where is not answered", babyHomeOpen, []Field{BabyHome}},
	{Unknown, "the baby lives elsewhere, and whether contact is regular is not answered", all(away, unanswered(ContactRegular)), []Field{ContactRegular}},
	{Unknown, "the baby is in foster or kinship care, and whether there is progress is not answered", all(placed, unanswered(ContactProgress)), []Field{ContactProgress}},
	{Discuss, "the baby lives with the other parent, or in foster or kinship care, and nothing above rules it out", away, nil},
	{Discuss, "in pregnancy, a separation at birth is or may be considered", all(asks(Professional), pregnant, is(SeparationPlan, "yes", "unsure")), nil},
	{Clear, "the baby lives with this parent, is in hospital, or is not born yet", always, nil},
}

var multipleRows = []row{
	{Unknown, "the circumstances are not given", all(not(pregnant), circumstancesOpen), []Field{Circumstances}},
	{Unknown, "there may be more than one baby, and it is not said whether they are born", all(unanswered(Stage), either(circumstancesOpen, has(Circumstances, "multiple"))), []Field{Stage}},
	{Unknown, "the babies' names are not given", all(several, unanswered(BabiesNames)), []Field{BabiesNames}},
	{Unknown, "which baby it is about is not answered", all(several, unanswered(BabiesOfConcern)), []Field{BabiesOfConcern}},
	{Discuss, "it is about more than one of the babies, none, or nobody is sure which", all(several, not(oneBabyChosen)), nil},
	{Clear, "there is one baby, or it is about just one, or none is born yet", always, nil},
}

func oneBabyChosen(c *Case) bool {
	names, unsure := babiesOfConcern(c)
	return several(c) && len(names) == 1 && !unsure
}

var agreementRows = []row{
	{Unknown, "the parent has not been asked", either(unanswered(Consent), is(Consent, "not_asked")), []Field{Consent}},
	{Discuss, "the parent knows and does not agree; advice can be given without a name", is(Consent, "no"), nil},
	{Clear, "the parent agrees", always, nil},
}
