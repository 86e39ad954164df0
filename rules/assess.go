package rules

import "slices"

// RuleSetVersion names the criteria as they stand. It changes whenever any answers can
// come to another verdict, and is stored with every referral.
const RuleSetVersion = "1.0.0"

// Assess reads the answers of c against every criterion, on c.Today. It changes
// nothing it is given, turns nobody away, and never fails: what cannot be decided is
// Unknown.
func Assess(c Case) Assessment {
	k := c.ready()
	a := Assessment{Missing: missing(k)}
	a.Verdicts, a.Needs = verdicts(k)
	a.Overall = overall(a.Verdicts)
	r := &appraisal{Case: k, verdicts: a.Verdicts, signals: append(signs(k), k.Heard...)}
	a.Bands = bandsOf(r)
	a.Notes = notesOf(r)
	return a
}

// Verdicts reads the answers of c against every criterion, and leaves out the rest of an
// assessment: it is for every turn of a conversation, and reads none of the free text.
func Verdicts(c Case) map[Rule]Verdict {
	v, _ := verdicts(c.ready())
	return v
}

// NearAgeLimit reports whether the baby is so near the age limit that an assessment may
// run past it.
func NearAgeLimit(c Case) bool { return nearLimit(c.ready()) }

// Under18 reports whether the parent is certainly not yet eighteen. It excludes nobody.
func Under18(c Case) bool { return under18(c.ready()) }

func verdicts(c *Case) (map[Rule]Verdict, map[Rule][]Field) {
	found, lacking := make(map[Rule]Verdict, len(criteria)), map[Rule][]Field{}
	for i := range criteria {
		rule := criteria[i].Rule
		verdict, needs := judge(c, rule, criteria[i].rows)
		found[rule] = verdict
		if verdict == Unknown {
			lacking[rule] = needs
		}
	}
	return found, lacking
}

// row is one row of a decision table: if the condition holds, then the verdict.
type row struct {
	then  Verdict
	when  string // the condition in words, for clinicians
	holds cond
	needs []Field // for Unknown: the fields that would settle it
}

// judge returns the verdict of the first row that holds and, when that is Unknown, the
// fields that any Unknown row which holds asks for. A family that has lost its baby is
// read against the criterion of loss alone: nothing else may be said to them.
func judge(c *Case, rule Rule, rows []row) (Verdict, []Field) {
	if bereaved(c) && rule != RuleLoss {
		return Clear, nil
	}
	i := first(c, rows)
	if rows[i].then != Unknown {
		return rows[i].then, nil
	}
	var needs []Field
	for _, r := range rows[i:] {
		if r.then == Unknown && r.holds(c) {
			needs = append(needs, r.needs...)
		}
	}
	slices.Sort(needs)
	return Unknown, slices.Compact(needs)
}

// first returns the index of the first row that holds. The last row of every table
// always does.
func first(c *Case, rows []row) int {
	for i := range rows {
		if rows[i].holds(c) {
			return i
		}
	}
	return len(rows) - 1
}

// verdictOf returns the verdict of a table, for criteria that read one another.
func verdictOf(c *Case, rows []row) Verdict { return rows[first(c, rows)].then }

// overall is Incomplete if any verdict is Unknown, else the worst of them.
func overall(verdicts map[Rule]Verdict) Verdict {
	worst := Clear
	for _, v := range verdicts {
		switch {
		case v == Unknown:
			return Incomplete
		case v == LikelyExcluded, v == Discuss && worst == Clear:
			worst = v
		}
	}
	return worst
}
