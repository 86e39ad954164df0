package rules

// level is one row of a table of bands: if the condition holds, the referral is in at
// least this band, for this reason. A reason is a word or two and says nothing that
// could not be read over a shoulder.
type level struct {
	band   string
	reason string
	holds  func(*appraisal) bool
}

// appraisal is a case with what has been made of it, for bands and notes.
type appraisal struct {
	*Case
	verdicts map[Rule]Verdict
	signals  []Signal
}

// on reads a condition on the answers as one on the appraisal.
func on(x cond) func(*appraisal) bool { return func(r *appraisal) bool { return x(r.Case) } }

// heard holds when the words of an answer raised a signal that fits.
func heard(fits func(Signal) bool) func(*appraisal) bool {
	return func(r *appraisal) bool {
		for _, s := range r.signals {
			if fits(s) {
				return true
			}
		}
		return false
	}
}

// freeText are the fields whose words are listened to for risk.
var freeText = []Field{Concern, RiskDetail, IndicatorsOther, MHDetail, Wishes}

// signs returns the signals of risk in the words of c.
func signs(c *Case) []Signal {
	var found []Signal
	for _, f := range freeText {
		if !c.Answers.Has(f) {
			continue
		}
		if s, ok := DetectRisk(c.Answers.One(f), c.Audience); ok {
			found = append(found, s)
		}
	}
	return found
}

// safety orders by danger. The highest band that holds decides.
var safety = []level{
	{"S3", "not safe now", on(all(asks(Parent), atRisk, is(SafeNow, "no", "not_sure")))},
	{"S3", "psychosis", on(all(family, has(Risk, "psychosis")))},
	{"S3", "psychosis words", heard(func(s Signal) bool { return s.Category == CategoryPsychosis })},
	{"S3", "emergency words", heard(func(s Signal) bool { return s.Level == LevelEmergency && s.Category != CategoryPsychosis })},
	{"S2", "self-harm", on(all(family, has(Risk, "self")))},
	{"S2", "baby's safety", on(all(family, has(Risk, "baby")))},
	{"S2", "harm by others", on(all(family, has(Risk, "from_others")))},
	{"S2", "wants to talk", on(all(family, has(Risk, "talk")))},
	{"S2", "worrying words", heard(func(s Signal) bool { return s.Level == LevelUrgent && s.Category != CategoryPsychosis })},
	{"S2", "unsafe home", on(all(family, is(DomesticAbuse, "current")))},
	{"S2", "screening item", on(all(family, safetyItem))},
	{"S1", "early help", on(all(family, is(Safeguarding, "early_help")))},
	{"S1", "child in need", on(all(family, is(Safeguarding, "child_in_need")))},
	{"S1", "child protection", on(all(family, is(Safeguarding, "child_protection")))},
	{"S1", "looked after", on(lookedAfter)},
	{"S1", "pre-birth", on(all(family, is(Safeguarding, "pre_birth")))},
	{"S1", "previous removal", on(all(family, is(Safeguarding, "previous_removal")))},
	{"S1", "unsafe before", on(all(family, is(DomesticAbuse, "past")))},
	{"S1", "safety unsure", on(all(family, either(is(DomesticAbuse, "unsure"), has(Factors, "unsafe_relationship"))))},
	{"S1", "substance use", on(all(family, has(Factors, "substance_misuse")))},
}

// relational orders by how much the relationship is at risk.
var relational = []level{
	{"L3", "avoidance", on(all(consistent, has(Indicators, "avoids_baby", "an_avoids_thinking")))},
	{"L3", "seeks others", on(all(consistent, has(Indicators, "baby_seeks_others")))},
	{"L3", "several signs", on(all(consistent, func(c *Case) bool { return indicated(c) >= 3 }))},
	{"L3", "withdrawn baby", on(all(consistent, asks(Professional), born, has(BabyImpact, "withdrawn")))},
	{"L2", "consistent", on(consistent)},
	{"L1", "comes and goes", on(all(troubled, is(Pervasive, "comes_and_goes")))},
	{"L1", "unsure", on(all(troubled, is(Pervasive, "unsure")))},
}

var (
	consistent  = all(troubled, is(Pervasive, "consistent"))
	lookedAfter = all(family, either(is(Safeguarding, "looked_after"), all(livesElsewhere, is(BabyHome, "foster"))))
)

// safetyItem holds when a screening tool's question about self-harm was answered with
// anything but never.
func safetyItem(c *Case) bool {
	for _, line := range c.Answers[Screening] {
		if s, ok := parseScore(line); ok && s.item > 0 {
			return true
		}
	}
	return false
}

func bandsOf(r *appraisal) Bands {
	var b Bands
	b.Safety, b.SafetyReasons = highest(r, safety, "S0")
	b.Relational, b.RelationalReasons = highest(r, relational, "L0")
	return b
}

// highest returns the first band of the table that holds, with every reason for it, or
// else the lowest.
func highest(r *appraisal, table []level, lowest string) (band string, reasons []string) {
	for i := range table {
		l := &table[i]
		if band != "" && l.band != band {
			break
		}
		if l.holds(r) {
			band, reasons = l.band, append(reasons, l.reason)
		}
	}
	if band == "" {
		return lowest, nil
	}
	return band, reasons
}
