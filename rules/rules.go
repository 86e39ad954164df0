// Package rules holds what the service's referral guidance says: the fields of a
// referral, the criteria it is read against, the area, and the service's own
// particulars. It is tables and pure functions. It knows no clock, no storage, no
// platform and no wording for people; the day's date and the answers are handed in.
package rules

import "slices"

// Audience says who is giving the answers.
type Audience string

// The two audiences: a professional referring a family, and a parent referring themselves.
const (
	Professional Audience = "professional"
	Parent       Audience = "parent"
)

// Field names one answer of a referral. The names are the contract of fields, files
// and exports; they never change meaning.
type Field string

// The fields, in the order in which they are asked.
const (
	Private              Field = "private"
	Consent              Field = "consent"
	GPSharing            Field = "gp_sharing"
	Stage                Field = "stage"
	CallWanted           Field = "call_wanted"
	ReferrerName         Field = "referrer_name"
	ReferrerType         Field = "referrer_type"
	ReferrerOrganisation Field = "referrer_organisation"
	ReferrerPhone        Field = "referrer_phone"
	ReferrerEmail        Field = "referrer_email"
	ParentName           Field = "parent_name"
	ParentDOB            Field = "parent_dob"
	ParentNHSNumber      Field = "parent_nhs_number"
	ParentAddress        Field = "parent_address"
	ParentPostcode       Field = "parent_postcode"
	ParentCouncil        Field = "parent_council"
	ParentPhone          Field = "parent_phone"
	ContactTimes         Field = "contact_times"
	SafeContact          Field = "safe_contact"
	SafeRoute            Field = "safe_route"
	ParentGP             Field = "parent_gp"
	ParentGPArea         Field = "parent_gp_area"
	Needs                Field = "needs"
	NeedsDetail          Field = "needs_detail"
	CarerRelationship    Field = "carer_relationship"
	CarerPrimary         Field = "carer_primary"
	CarerConsistent      Field = "carer_consistent"
	BabyName             Field = "baby_name"
	BabyDOB              Field = "baby_dob"
	BabySex              Field = "baby_sex"
	BabyNHSNumber        Field = "baby_nhs_number"
	BabyGPArea           Field = "baby_gp_area"
	BabyGP               Field = "baby_gp"
	EDD                  Field = "edd"
	EDDStatus            Field = "edd_status"
	MaternityUnit        Field = "maternity_unit"
	Careplan             Field = "careplan"
	CareplanDetail       Field = "careplan_detail"
	SeparationPlan       Field = "separation_plan"
	Circumstances        Field = "circumstances"
	BabiesNames          Field = "babies_names"
	BabiesOfConcern      Field = "babies_of_concern"
	BabyHome             Field = "baby_home"
	BabyPostcode         Field = "baby_postcode"
	ContactRegular       Field = "contact_regular"
	ContactProgress      Field = "contact_progress"
	AwayUntil            Field = "away_until"
	CanAttend            Field = "can_attend"
	LDSeverity           Field = "ld_severity"
	LossImpact           Field = "loss_impact"
	LossMainReason       Field = "loss_main_reason"
	AssessmentPurpose    Field = "assessment_purpose"
	AssessmentDetail     Field = "assessment_detail"
	Concern              Field = "concern"
	Indicators           Field = "indicators"
	IndicatorsOther      Field = "indicators_other"
	Pervasive            Field = "pervasive"
	BabyImpact           Field = "baby_impact"
	Factors              Field = "factors"
	MentalHealth         Field = "mental_health"
	PerinatalTeam        Field = "perinatal_team"
	MHDetail             Field = "mh_detail"
	MHImpact             Field = "mh_impact"
	Screening            Field = "screening"
	Risk                 Field = "risk"
	RiskDetail           Field = "risk_detail"
	SafeNow              Field = "safe_now"
	DomesticAbuse        Field = "domestic_abuse"
	Safeguarding         Field = "safeguarding"
	SocialWorker         Field = "social_worker"
	Network              Field = "network"
	NetworkDetail        Field = "network_detail"
	Wishes               Field = "wishes"
	Ethnicity            Field = "ethnicity"
)

// Answers holds what has been answered, in canonical form: a choice is one value, a
// multi-choice or list several, a date "2026-11-23" or "2026-11", a screening tool one
// line "EPDS 14 2026-11-01 item 2". A field that is absent is unanswered; an answer
// that says "I don't know" is an answer. Answers are read, never changed in place:
// With and Without return copies.
type Answers map[Field][]string

// One returns the first value of f, or "".
func (a Answers) One(f Field) string {
	if v := a[f]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// Has reports whether f has been answered.
func (a Answers) Has(f Field) bool { return len(a[f]) > 0 }

// Is reports whether the answer to f is one of values.
func (a Answers) Is(f Field, values ...string) bool {
	v := a[f]
	return len(v) > 0 && slices.Contains(values, v[0])
}

// Includes reports whether any of values is among the values of f.
func (a Answers) Includes(f Field, values ...string) bool {
	return slices.ContainsFunc(a[f], func(v string) bool { return slices.Contains(values, v) })
}

// With returns a copy in which f is answered by values.
func (a Answers) With(f Field, values ...string) Answers {
	c := make(Answers, len(a)+1)
	for k, v := range a {
		c[k] = v
	}
	c[f] = slices.Clone(values)
	return c
}

// Without returns a copy in which none of fields is answered.
func (a Answers) Without(fields ...Field) Answers {
	c := make(Answers, len(a))
	for k, v := range a {
		if !slices.Contains(fields, k) {
			c[k] = v
		}
	}
	return c
}

// Type says what form the answer to a field takes.
type Type string

// The types of answers, as in the published list of fields.
const (
	TypeChoice    Type = "choice"
	TypeMulti     Type = "multi"
	TypeText      Type = "text"
	TypeLongText  Type = "longtext"
	TypeName      Type = "name"
	TypeDate      Type = "date"
	TypePhone     Type = "phone"
	TypeEmail     Type = "email"
	TypePostcode  Type = "postcode"
	TypeNHSNumber Type = "nhs_number"
	TypeList      Type = "list"
	TypeScores    Type = "scores"
)

// Case is everything a rule may look at: who answers, the day's date in Europe/London,
// the answers so far, and the service whose guidance applies.
type Case struct {
	Audience Audience
	Today    Date
	Answers  Answers
	Service  *Service
	// Heard are signs of risk found in words that are not among the answers. They raise
	// the safety band and never change a verdict.
	Heard []Signal
}

// Rule names one criterion of the guidance.
type Rule string

// The thirteen criteria.
const (
	RuleArea               Rule = "area"
	RuleAge                Rule = "age"
	RuleCarer              Rule = "carer"
	RuleContact            Rule = "contact"
	RuleAssessment         Rule = "assessment"
	RuleRelationship       Rule = "relationship"
	RuleAvailability       Rule = "availability"
	RuleLearningDisability Rule = "learning-disability"
	RuleMultiple           Rule = "multiple"
	RuleLoss               Rule = "loss"
	RuleMentalHealth       Rule = "mental-health"
	RuleAntenatal          Rule = "antenatal"
	RuleAgreement          Rule = "agreement"
)

// Rules returns the thirteen criteria in the order of the guidance.
func Rules() []Rule {
	return []Rule{
		RuleArea, RuleAge, RuleCarer, RuleContact, RuleAssessment, RuleRelationship, RuleAvailability,
		RuleLearningDisability, RuleMultiple, RuleLoss, RuleMentalHealth, RuleAntenatal, RuleAgreement,
	}
}

// Verdict is what a criterion says of the answers so far.
type Verdict string

// The verdicts. None of them turns anyone away: LikelyExcluded means "this may not
// fit, and a clinician will look".
const (
	Clear          Verdict = "clear"
	Discuss        Verdict = "discuss"
	LikelyExcluded Verdict = "likely_excluded"
	Unknown        Verdict = "unknown"
)

// Incomplete is the overall verdict while any criterion is Unknown.
const Incomplete Verdict = "incomplete"

// Note is something a clinician should know that is not a verdict, such as
// "age_near_limit" or "fixable:register_infant_gp".
type Note string

// NoteSuppressAddress is the note that the family's address is not to be shown.
const NoteSuppressAddress Note = "suppress_address"

// Assessment is the reading of one case against every criterion.
type Assessment struct {
	Verdicts map[Rule]Verdict `json:"verdicts"`
	// Needs names, for each Unknown criterion, the fields that would settle it.
	Needs map[Rule][]Field `json:"needs"`
	// Overall is Incomplete if any verdict is Unknown, else the worst of them.
	Overall Verdict `json:"overall"`
	// Missing lists the required fields not yet answered, in asking order.
	Missing []Field `json:"missing"`
	Bands   Bands   `json:"bands"`
	Notes   []Note  `json:"notes"`
}

// Bands put referrals in an order for reading, each with its reasons. They are never
// combined into one number, and a clinician sets the real priority.
type Bands struct {
	Safety            string   `json:"safety"` // S0 (none known) to S3 (emergency)
	SafetyReasons     []string `json:"safety_reasons"`
	Relational        string   `json:"relational"` // L0 to L3
	RelationalReasons []string `json:"relational_reasons"`
}

// Reading is what was made of words typed in answer to a field.
type Reading struct {
	// Values is the canonical answer, empty when the words could not be used.
	Values []string
	// Problem says what was wrong, empty when nothing was. The wording for people
	// belongs to the dialogue.
	Problem Problem
	// Confirm asks that the person be shown the reading and say yes before it is
	// kept, as for 03/04/2024.
	Confirm bool
	// Also holds answers to neighbouring fields found in the same words: the
	// postcode in an address, the times beside a telephone number.
	Also Answers
}

// Problem says why typed words could not be used as they stand.
type Problem string

// The problems. Every one of them has a sentence and an example in the dialogue.
const (
	ProblemNone        Problem = ""
	ProblemEmpty       Problem = "empty"         // nothing that can be read as an answer
	ProblemTooShort    Problem = "too_short"     // less than the field needs
	ProblemTooLong     Problem = "too_long"      // more than the field holds
	ProblemName        Problem = "name"          // not letters, spaces, ' - . or ’
	ProblemDate        Problem = "date"          // not a date
	ProblemMonthFirst  Problem = "month_first"   // 11/23/2026
	ProblemNoSuchDate  Problem = "no_such_date"  // 31/02/2026
	ProblemNeedYear    Problem = "need_year"     // 23 November, for a birth
	ProblemNeedDate    Problem = "need_date"     // "5 months old", "32 weeks"
	ProblemFuture      Problem = "future"        // a birth that has not happened yet
	ProblemLongAgo     Problem = "long_ago"      // a birth too long ago to be meant
	ProblemTooYoung    Problem = "too_young"     // a parent under ten years old
	ProblemTooFarAhead Problem = "too_far_ahead" // a due date over 294 days ahead
	ProblemPhone       Problem = "phone"         // not a UK telephone number
	ProblemEmail       Problem = "email"         // not an email address
	ProblemPostcode    Problem = "postcode"      // not a UK postcode
	ProblemNHSNumber   Problem = "nhs_number"    // not ten digits
	ProblemNHSCheck    Problem = "nhs_check"     // ten digits whose check digit is wrong
	ProblemScores      Problem = "scores"        // not "tool score date"
	ProblemScoreRange  Problem = "score_range"   // a score the tool cannot give
)
