package rules

// Where the family lives, how old the baby is, and whether they can come.

func parentLives(h Home) cond { return func(c *Case) bool { return parentHome(c) == h } }

func babyLives(h Home) cond {
	return all(born, func(c *Case) bool { return babyHome(c) == h })
}

func eitherLives(h Home) cond { return either(parentLives(h), babyLives(h)) }

func babyGPIs(area string) cond {
	return all(born, func(c *Case) bool { return babyGP(c) == area })
}

func eitherGPIs(area string) cond { return either(is(ParentGPArea, area), babyGPIs(area)) }

var (
	// fostered is the away exception: a placement is not the parent's choice, so the
	// baby's address and GP are no obstacle while contact may still meet its criterion.
	fostered = all(placed, func(c *Case) bool { return verdictOf(c, contactRows) != LikelyExcluded })

	circumstancesOpen = unanswered(Circumstances)
	babyHomeOpen      = all(livesElsewhere, unanswered(BabyHome))
	babyGPOutside     = all(babyGPIs("not_essex"), not(fostered))
	babyUnattached    = all(babyLives(HomeOut), babyGPIs("not_registered"), not(fostered))
	babyGPExcludes    = all(babyGPOutside, not(circumstancesOpen), not(babyHomeOpen))
)

var areaRows = []row{
	{LikelyExcluded, "the parent's GP is not in Essex, Southend or Thurrock", is(ParentGPArea, "not_essex"), nil},
	{LikelyExcluded, "the parent lives outside the area and has no GP", all(parentLives(HomeOut), is(ParentGPArea, "not_registered")), nil},
	{LikelyExcluded, "the baby's GP is not in Essex, Southend or Thurrock, and the baby is not in foster or kinship care that the contact criterion may allow", babyGPExcludes, nil},
	{LikelyExcluded, "the baby lives outside the area and has no GP, and is not in foster or kinship care that the contact criterion may allow", babyUnattached, nil},

	{Unknown, "it is not said whether the baby is born", unanswered(Stage), []Field{Stage}},
	{Unknown, "the parent's postcode is not given", unanswered(ParentPostcode), []Field{ParentPostcode}},
	{Unknown, "the parent's postcode crosses the border and no council is given", all(uncertainHome, unanswered(ParentCouncil)), []Field{ParentCouncil}},
	{Unknown, "where the parent's GP is has not been answered", unanswered(ParentGPArea), []Field{ParentGPArea}},
	{Unknown, "where the baby's GP is has not been answered", all(born, unanswered(BabyGPArea)), []Field{BabyGPArea}},
	{Unknown, "the baby lives elsewhere and that postcode is not given", all(away, unanswered(BabyPostcode)), []Field{BabyPostcode}},
	{Unknown, "the baby's GP is outside and the circumstances, which may explain it, are not given", all(babyGPOutside, circumstancesOpen), []Field{Circumstances}},
	{Unknown, "the baby's GP is outside and where the baby lives, which may explain it, is not given", all(babyGPOutside, babyHomeOpen), []Field{BabyHome}},

	{Discuss, "nobody knows where a GP is", eitherGPIs("unknown"), nil},
	{Discuss, "somebody is not registered with a GP yet, which can be mended", eitherGPIs("not_registered"), nil},
	{Discuss, "the baby is in foster or kinship care and has a GP outside", babyGPIs("not_essex"), nil},
	{Discuss, "a home is in a refuge or kept private; it is never asked for", eitherLives(HomeRefuge), nil},
	{Discuss, "a home may lie on either side of the border", eitherLives(HomeStraddle), nil},
	{Discuss, "a home is outside the area, though the GPs are inside or the baby is in foster or kinship care", eitherLives(HomeOut), nil},
	{Discuss, "a home cannot be placed from its postcode", eitherLives(HomeUnknown), nil},
	{Clear, "everybody lives in the area and has an Essex, Southend or Thurrock GP", always, nil},
}

// The longest that a due date can lie ahead or be passed, in days.
const (
	mostAhead   = 294 // 42 weeks
	mostOverdue = 21
)

// birth returns the baby's date of birth.
func birth(c *Case) (Date, bool) { return ParseISODate(c.Answers.One(BabyDOB)) }

// due returns the due date; false if it is unanswered or not known.
func due(c *Case) (Date, bool) { return ParseISODate(c.Answers.One(EDD)) }

// limit returns the last day on which a baby born on d is young enough: the birthday
// itself is not over the limit.
func limit(c *Case, d Date) Date { return d.AddMonths(c.Service.AgeLimitMonths) }

// daysOverdue returns how many days ago the due date was; not above 0 if it was not.
// A month is past once all of it is.
func daysOverdue(c *Case) int {
	d, ok := due(c)
	if !ok {
		return 0
	}
	return d.Last().DaysUntil(c.Today)
}

func birthIs(test func(c *Case, d Date) bool) cond {
	return all(born, func(c *Case) bool {
		d, ok := birth(c)
		return ok && test(c, d)
	})
}

// A birth of which only the month is known has two ends: it is too old, or to come,
// only if both ends are.
var (
	birthAhead   = birthIs(func(c *Case, d Date) bool { return d.First().Compare(c.Today) > 0 })
	surelyTooOld = birthIs(func(c *Case, d Date) bool { return c.Today.Compare(limit(c, d.Last())) > 0 })
	maybeTooOld  = birthIs(func(c *Case, d Date) bool { return c.Today.Compare(limit(c, d.First())) > 0 })

	dueUnknown      = all(pregnant, is(EDD, "unknown"))
	dueTooFar       = all(pregnant, func(c *Case) bool { d, ok := due(c); return ok && c.Today.DaysUntil(d.First()) > mostAhead })
	stillPregnant   = all(overdue, is(EDDStatus, "still_pregnant"))
	longOverdue     = all(stillPregnant, func(c *Case) bool { return daysOverdue(c) > mostOverdue })
	birthUnanswered = all(born, func(c *Case) bool { _, ok := birth(c); return !ok })
	dueUnanswered   = all(pregnant, not(dueUnknown), func(c *Case) bool { _, ok := due(c); return !ok })
)

var ageRows = []row{
	{LikelyExcluded, "the baby's second birthday is past", surelyTooOld, nil},
	{Unknown, "it is not said whether the baby is born", unanswered(Stage), []Field{Stage}},
	{Unknown, "the baby's date of birth is not given", birthUnanswered, []Field{BabyDOB}},
	{Unknown, "the baby's date of birth is still to come", birthAhead, []Field{BabyDOB}},
	{Unknown, "only the month of birth is known, and the second birthday may be past", maybeTooOld, []Field{BabyDOB}},
	{Unknown, "the due date is not given", dueUnanswered, []Field{EDD}},
	{Unknown, "the due date is more than 294 days ahead", dueTooFar, []Field{EDD}},
	{Unknown, "the due date is past, and nobody has said how things are", all(overdue, unanswered(EDDStatus)), []Field{EDDStatus}},
	{Unknown, "the due date is past because it was typed wrongly", all(overdue, is(EDDStatus, "typo")), []Field{EDD}},
	{Unknown, "the due date is past and the pregnancy is over", all(overdue, is(EDDStatus, "baby_born", "ended")), []Field{Stage}},
	{Discuss, "the due date is more than 21 days past and they are still pregnant; the maternity unit should be rung today", longOverdue, nil},
	{Discuss, "nobody knows the due date", dueUnknown, nil},
	{Clear, "the baby is not past the second birthday, or is not born yet", always, nil},
}

var availabilityRows = []row{
	{Unknown, "the circumstances are not given", circumstancesOpen, []Field{Circumstances}},
	{Discuss, "the parent is in hospital, in prison or in residential rehabilitation", detained, nil},
	{Clear, "the parent can come", always, nil},
}

var antenatalRows = []row{
	{Unknown, "it is not said whether the baby is born", unanswered(Stage), []Field{Stage}},
	{Unknown, "in pregnancy, the care plan is not answered", all(pregnant, unanswered(Careplan)), []Field{Careplan}},
	{Discuss, "in pregnancy, always: which other services are involved, and the care plan", pregnant, nil},
	{Clear, "the baby is born", always, nil},
}
