package dialog

import "referralbot/rules"

// Form is one section of the questionnaire as a form: the questions of the section that
// are asked now, all at once.
type Form struct {
	// Prompt is the ID of the prompt open when the form was made. It travels with the form.
	Prompt string
	Title  string // at most 24 characters
	// Notices stand above the questions: a warning just raised, or where they are.
	Notices []string
	// Choices are buttons beside the notices, such as Talk it over first.
	Choices []Choice
	Inputs  []FormInput
	// Review lists the answers so far, when the form is the review before sending.
	Review []Line
	Submit string // the words of the submit button, at most 24 characters
}

// FormInput is one question of a form.
type FormInput struct {
	Field    rules.Field
	Label    string
	Hint     string
	Type     rules.Type
	Options  []Choice // for choices and multi-choices; Code is the canonical value
	Initial  string   // text to begin with
	Optional bool
	Max      int // the most characters, 0 for the platform's own limit
}

// Section is a titled part of a referral, for reading.
type Section struct {
	Title string
	Lines []Line
}
