package rules

import "slices"

// cond is a condition on a case. The conditions below are named once and read both by
// the table of fields (when is this asked?) and by the criteria, so that an answer
// given in a branch since closed is never read by anything.
type cond func(*Case) bool

func always(*Case) bool { return true }

// is holds when the answer to f is one of values.
func is(f Field, values ...string) cond {
	return func(c *Case) bool { return c.Answers.Is(f, values...) }
}

// has holds when any of values is among the answers to f.
func has(f Field, values ...string) cond {
	return func(c *Case) bool { return c.Answers.Includes(f, values...) }
}

func answered(f Field) cond { return func(c *Case) bool { return c.Answers.Has(f) } }

func unanswered(f Field) cond { return not(answered(f)) }

func asks(a Audience) cond { return func(c *Case) bool { return c.Audience == a } }

func not(x cond) cond { return func(c *Case) bool { return !x(c) } }

func all(xs ...cond) cond {
	return func(c *Case) bool {
		for _, x := range xs {
			if !x(c) {
				return false
			}
		}
		return true
	}
}

func either(xs ...cond) cond {
	return func(c *Case) bool {
		for _, x := range xs {
			if x(c) {
				return true
			}
		}
		return false
	}
}

// The branches of the questionnaire.
var (
	born     = is(Stage, "born")
	pregnant = is(Stage, "pregnant")
	bereaved = is(Stage, "loss_no_baby") // no living baby and no current pregnancy
	family   = not(bereaved)

	// reachable holds when there is somebody to ring: always, but on the loss path
	// only if a call is wanted.
	reachable = either(family, is(CallWanted, "yes"))
	// unwanted holds when a bereaved family wants no call, and nothing will be sent.
	unwanted = all(bereaved, is(CallWanted, "no"))

	livesElsewhere = all(born, has(Circumstances, "lives_elsewhere"))
	away           = all(livesElsewhere, is(BabyHome, "other_parent", "foster", "kinship"))
	placed         = all(livesElsewhere, is(BabyHome, "foster", "kinship"))
	several        = all(born, has(Circumstances, "multiple"))
	detained       = all(family, has(Circumstances, "hospital", "prison", "rehab"))
	lost           = all(family, has(Circumstances, "loss"))
	disabled       = all(family, has(Circumstances, "ld"))
	assessed       = all(family, has(Circumstances, "assessment"))

	parental  = is(CarerRelationship, "mother", "father", "partner", "step_parent", "adoptive_parent", "same_sex_parent")
	relative  = all(answered(CarerRelationship), not(parental))
	mainCarer = is(CarerPrimary, "yes", "shared")

	unwell  = all(family, is(MentalHealth, "current"))
	atRisk  = all(family, answered(Risk), not(is(Risk, "none")))
	overdue = all(pregnant, func(c *Case) bool { return daysOverdue(c) > 0 })

	// uncertainHome holds when the parent's postcode lies across the border, so that
	// only the council can say which side the home is on.
	uncertainHome = all(family, func(c *Case) bool {
		return c.Service.Home(c.Answers.One(ParentPostcode)) == HomeStraddle
	})
)

// The indicators that the relationship is at risk, after birth and before it.
var (
	bornIndicators     = []string{"neg_consistent", "cues_misread", "avoids_baby", "no_engage", "baby_seeks_others", "other", "not_observed", "none"}
	pregnantIndicators = []string{"an_no_bond", "an_fragile_bond", "an_avoids_thinking", "an_fear_birth", "an_ambivalent", "other", "not_observed", "none"}
)

// indicatorsFor gives the indicators asked about at the stage of c.
func indicatorsFor(c *Case) []string {
	if pregnant(c) {
		return pregnantIndicators
	}
	return bornIndicators
}

// indicated counts the indicators chosen that say something is wrong. Those of a
// pregnancy say nothing once the baby is born.
func indicated(c *Case) int {
	n := 0
	for _, v := range c.Answers[Indicators] {
		if v != "none" && v != "not_observed" && slices.Contains(indicatorsFor(c), v) {
			n++
		}
	}
	return n
}

func troubled(c *Case) bool { return family(c) && indicated(c) > 0 }

// babiesOfConcern returns the names of the babies of concern, and whether any was "unsure".
func babiesOfConcern(c *Case) (names []string, unsure bool) {
	for _, name := range c.Answers[BabiesOfConcern] {
		switch {
		case name == "unsure":
			unsure = true
		case slices.Contains(c.Answers[BabiesNames], name):
			names = append(names, name)
		}
	}
	return names, unsure
}
