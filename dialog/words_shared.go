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
