package rules

import "strings"

// remark is one row of the table of notes.
type remark struct {
	note  Note
	why   string // what it tells the clinician
	holds func(*appraisal) bool
}

// The spans of the notes about time, in days.
const (
	nearLimitDays = 56 // an assessment takes about eight weeks
	nearTermDays  = 42
)

func verdictIs(rule Rule, verdicts ...Verdict) func(*appraisal) bool {
	return func(r *appraisal) bool {
		for _, v := range verdicts {
			if r.verdicts[rule] == v {
				return true
			}
		}
		return false
	}
}

// parentSaid holds when a parent's own words raised a signal that fits. A professional's
// words report what others did and felt: they are weighed in the bands, and it is the
// professional's answer to the question of risk that alerts.
func parentSaid(fits func(Signal) bool) func(*appraisal) bool {
	return func(r *appraisal) bool { return r.Audience == Parent && heard(fits)(r) }
}

func anything(Signal) bool { return true }

func aboutAbuse(s Signal) bool { return s.Category == CategoryAbuse }

// inDanger holds when a risk was named, or a parent's words raised a signal.
func inDanger(r *appraisal) bool { return atRisk(r.Case) || parentSaid(anything)(r) }

func nearLimit(c *Case) bool {
	d, ok := birth(c)
	return ok && born(c) &&
		c.Today.DaysUntil(limit(c, d.First())) <= nearLimitDays && c.Today.DaysUntil(limit(c, d.Last())) >= 0
}

func nearTerm(c *Case) bool {
	d, ok := due(c)
	if !ok || !pregnant(c) || daysOverdue(c) > 0 {
		return stillPregnant(c)
	}
	return c.Today.DaysUntil(d.First()) <= nearTermDays
}

func under18(c *Case) bool {
	d, ok := ParseISODate(c.Answers.One(ParentDOB))
	return ok && c.Today.Compare(d.Last().AddYears(18)) < 0
}

// hideAddress holds when the address could tell somebody dangerous where the family is.
func hideAddress(r *appraisal) bool { return hidden(r.Case) || parentSaid(aboutAbuse)(r) }

// jointWorking holds when the perinatal team and this one may work together. While
// somebody is in danger it is left unsaid: that comes first.
func jointWorking(r *appraisal) bool {
	return unwell(r.Case) && !inDanger(r) &&
		(r.Answers.Is(PerinatalTeam, "yes") || verdictIs(RuleRelationship, Clear, Discuss)(r))
}

var (
	borderSettled = all(uncertainHome, answered(ParentCouncil), not(is(ParentCouncil, "not_sure")))
	hidden        = all(family, either(
		is(ParentPostcode, "private", "refuge"), is(ParentAddress, "private", "refuge"), is(DomesticAbuse, "current")))
	adjusted = all(family, either(disabled, has(Needs, "bsl", "easy_read", "hearing_or_sight", "physical_access", "neurodivergent")))
)

// remarks are all the notes there are, in the order in which they are given.
var remarks = []remark{
	{"stop_baby_questions", "no living baby and no pregnancy: nothing more may be asked about a baby", on(bereaved)},
	{"bereavement_resources", "a loss: the services for bereaved families are offered", on(either(bereaved, lost))},
	{"under_18", "the parent is under 18: not an exclusion, but safeguarding and the children's service should know", on(all(family, under18))},
	{"age_near_limit", "the baby is within 56 days of the age limit, and assessment may run past it", on(nearLimit)},
	{"edd_passed_confirmed", "the due date is past and they have said they are still pregnant", on(stillPregnant)},
	{"near_term_priority", "the baby is due within 42 days, or overdue", on(nearTerm)},
	{"fixable:register_infant_gp", "only the baby's GP stands in the way; registering the baby in Essex mends it", on(all(babyGPExcludes, is(ParentGPArea, "essex")))},
	{"border_resolved_by_council", "the postcode crosses the border, and the council has settled which side", on(borderSettled)},
	{NoteSuppressAddress, "the address is private, or home is not safe: it is shown only where the referral is opened", hideAddress},
	{"safeguarding_looked_after", "the baby is looked after; the social worker is part of any plan", on(lookedAfter)},
	{"reasonable_adjustments", "the parent needs something done differently to be able to take part", on(adjusted)},
	{"normalise", "hard days that pass: say that many parents have them", on(all(troubled, passing))},
	{"health_visitor_resources", "the relationship may not be at risk: the health visitor and the helplines are offered", verdictIs(RuleRelationship, LikelyExcluded)},
	{"joint_working", "the parent is unwell and the relationship under stress: the perinatal team may work alongside", jointWorking},
	{"crisis_card", "somebody may be in danger: emergency help was shown at once", inDanger},
	{"priority_alert", "somebody may be in danger: the safety channel was told", inDanger},
}

// NoteMeaning says what a note tells the clinician; "" if there is no such note.
func NoteMeaning(n Note) string {
	if name, ok := chosenBaby(n); ok {
		return "more than one baby was born, and the referral is about " + name + " alone"
	}
	for i := range remarks {
		if remarks[i].note == n {
			return remarks[i].why
		}
	}
	return ""
}

// notesOf returns the notes that hold, in the order of the table, then the name of the
// one baby chosen among several.
func notesOf(r *appraisal) []Note {
	var found []Note
	for i := range remarks {
		if remarks[i].holds(r) {
			found = append(found, remarks[i].note)
		}
	}
	if oneBabyChosen(r.Case) {
		names, _ := babiesOfConcern(r.Case)
		found = append(found, oneSelected+Note(names[0]))
	}
	return found
}

// oneSelected begins the note that names the one baby of several it is about.
const oneSelected Note = "multiple_one_selected:"

func chosenBaby(n Note) (name string, ok bool) {
	return strings.CutPrefix(string(n), string(oneSelected))
}
