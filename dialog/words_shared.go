package dialog

import "referralbot/rules"

// NotAnAssessment is what nobody who reads a referral may miss.
const NotAnAssessment = "This is not a parenting assessment."

// flagLossStop is said when there is no living baby or pregnancy: it is condolence, not
// a warning, and nothing is asked about a baby after it.
var flagLossStop = flag{"loss-stop", rules.LikelyExcluded}

// flagSeparation is said of an unborn baby where the rule on contact has something to say.
var flagSeparation = flag{"separation", rules.Discuss}

// Options that both voices word alike.
var (
	yesNoUnsure = []option{
		{"yes", "Yes", nil},
		{"no", "No", nil},
		{"unsure", "Not sure", []string{"i dont know", "dont know", "dunno", "maybe"}},
	}
	relationships = []option{
		{"mother", "Mother", []string{"mum", "mummy", "mam", "mom", "birth mother"}},
		{"father", "Father", []string{"dad", "daddy", "birth father"}},
		{"partner", "Parent's partner", []string{"partner"}},
		{"step_parent", "Step-parent", []string{"stepmum", "stepdad", "step mum", "step dad", "step parent"}},
		{"adoptive_parent", "Adoptive parent", []string{"adopted", "adoptive"}},
		{"same_sex_parent", "Same-sex parent", []string{"other mum", "other dad", "co parent", "same sex parent"}},
		{"grandparent", "Grandparent", []string{"gran", "nan", "grandma", "granddad", "grandmother", "grandfather"}},
		{"aunt_uncle", "Aunt or uncle", []string{"aunt", "auntie", "uncle"}},
		{"other_relative", "Another relative", []string{"relative", "cousin", "sister", "brother"}},
		{"foster_carer", "Foster carer", []string{"foster"}},
		{"other", "Someone else", []string{"other", "friend", "i dont know"}},
	}
)

func councils(other, notSure string) []option {
	var out []option
	for _, c := range []string{"Basildon", "Braintree", "Brentwood", "Castle Point", "Chelmsford", "Colchester", "Epping Forest", "Harlow", "Maldon", "Rochford", "Tendring", "Uttlesford", "Southend", "Thurrock"} {
		out = append(out, option{value: c, label: c})
	}
	return append(out, option{"other", other, []string{"other"}}, option{"not_sure", notSure, []string{"i dont know"}})
}

// callSummary is what a call is called in the calendars of those whose work it is about: its
// reference, and nothing of a family.
func callSummary(ref string) string { return "Call about a referral, " + ref }

// callSummaryAtHome is what it is called in a parent's, whose screen others may see.
const callSummaryAtHome = "Phone call"

// sharedWords are what several audiences read alike. A translation is one more of it.
type sharedWords struct {
	// outcomes are their titles, each at most 24 characters but that which is added to another.
	outcomes map[Code]string
	// sections are the parts of the questionnaire by their first field, each at most 24 characters.
	sections map[rules.Field]string
	weekdays map[string]string // as the service profile names them

	clockRuns, clockStands, askedFor string // what the clock of receipt does, and why it stands
	notKnown                         string // in the place of an answer
	minute, minutes                  string // how long the rest may take
	someDays, watched                string // the days, and hours, at which somebody watches
	at, clock, day                   string // layouts of times
}

var everybody = sharedWords{
	outcomes: map[Code]string{
		MoreInfo:              "More information",
		Advice:                "Advice and consultation",
		Signposted:            "Signposted",
		Accepted:              "Accepted for assessment",
		CallTogether:          "Completed together",
		CallNoAnswer:          "No answer to the call",
		CallNotNeeded:         "Call not needed",
		ReturnedIncomplete:    "Returned as incomplete",
		Assessed:              "Assessed",
		Formulation:           "Team formulation",
		Intervention:          "Intervention",
		SignpostedAfter:       "Signposted afterwards",
		Duplicate:             "Duplicate",
		WithdrawnByParent:     "Withdrawn by the parent",
		NoConsent:             "No consent",
		TransferredOut:        "Transferred out of area",
		EscalatedSafeguarding: "Safeguarding",
		JointWithPerinatal:    "Joint with the perinatal team",
	},

	sections: map[rules.Field]string{
		rules.Private:       "About this referral",
		rules.ParentName:    "The parent",
		rules.ParentGP:      "GP, needs and carer",
		rules.BabyName:      "The baby",
		rules.Circumstances: "What is happening",
		rules.Pervasive:     "How it has been",
		rules.Risk:          "Safety",
		rules.Network:       "Who is involved",
	},

	weekdays: map[string]string{
		"Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday",
	},

	clockRuns:   "runs",
	clockStands: "stands still since {day}: {why}",
	askedFor:    "{outcome} asked for",
	notKnown:    "not known",
	minute:      "a minute",
	minutes:     "{n} minutes",
	someDays:    "{from} to {to}",
	watched:     "{days}, {from} to {to}",
	at:          "Monday 2 January at 15:04",
	clock:       "15:04 on 2 January 2006",
	day:         "Monday 2 January",
}
