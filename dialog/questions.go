package dialog

import (
	"referralbot/rules"
)

// Question is one question of the questionnaire, as it is put to one audience.
type Question struct {
	Field    rules.Field `json:"field"`
	Question string      `json:"question"` // its number in the published question set
	Section  string      `json:"section"`
	Title    string      `json:"title"` // what clinicians know it by
	Text     string      `json:"text"`
	Type     rules.Type  `json:"type"`
	Options  []Option    `json:"options"`
	Why      string      `json:"why"`
}

// Option is an answer to choose: its canonical value and its label.
type Option struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// Questions lists every question an audience may be asked, in asking order, with the
// service's name filled in.
func Questions(a rules.Audience, s *rules.Service) []Question {
	v := voiceOf(a)
	var out []Question
	for _, spec := range table {
		if !spec.For(a) {
			continue
		}
		q := v.questions[spec.Field]
		row := Question{
			Field: spec.Field, Question: spec.Question, Section: sectionOf(spec.Field).title(), Title: clinicianTitle(spec.Field),
			Text: fill(q.text, "service", s.Name), Type: spec.Type, Options: []Option{}, Why: q.why,
		}
		for _, o := range q.options {
			row.Options = append(row.Options, Option{o.value, o.label})
		}
		out = append(out, row)
	}
	return out
}

// Told is one answer in words, and the question that it answers.
type Told struct {
	Field    rules.Field `json:"field"`
	Question string      `json:"question"` // its number in the published question set
	Section  string      `json:"section"`
	Title    string      `json:"title"`  // what clinicians call it
	Asked    string      `json:"asked"`  // the question as it was put
	Answer   string      `json:"answer"` // in the words of its options
}

// Tell lists what has been answered in c, in asking order. It is for whoever may read it all:
// nothing is left out.
func Tell(c rules.Case) []Told {
	told := []Told{}
	for _, q := range Questions(c.Audience, c.Service) {
		if spec, ok := rules.Lookup(q.Field); ok && c.Answers.Has(q.Field) {
			told = append(told, Told{q.Field, q.Question, q.Section, Title(q.Field), q.Text, readable(voiceOf(c.Audience), spec, c)})
		}
	}
	return told
}

// Title returns what clinicians call a field, such as "Baby's date of birth".
func Title(f rules.Field) string { return clinicianTitle(f) }
