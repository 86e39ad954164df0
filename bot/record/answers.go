package record

import (
	"slices"
	"strings"

	"referralbot/dialog"
	"referralbot/rules"
)

// answered draws the answers, and after them how they were read. A field is the linkId of its
// item, and the system of its codes is named after it.
func (d *drawing) answered() {
	status, at := "completed", d.r.ReceivedAt
	if !d.r.Wanted.AnsweredAt.IsZero() {
		status, at = "amended", d.r.Wanted.AnsweredAt
	}
	questionnaire := Base + "Questionnaire/" + string(d.r.Audience)
	if d.r.QuestionSet != "" {
		questionnaire += "|" + d.r.QuestionSet
	}
	source := d.requester()
	if d.has(theReferrer) {
		source = d.to(theReferrer)
	}
	d.put(questionnaireResponse{
		resource: d.as("QuestionnaireResponse", theAnswers), Questionnaire: questionnaire, Status: status, Subject: d.subject(),
		Authored: stamp(at), Author: d.requester(), Source: source, Item: append(d.sections(), d.verdicts()...),
	})
}

// questions are all that a referral may answer, in asking order and in the words of its audience.
// What only the other one is asked may be in a referral that a clinician took down.
func questions(r dialog.Referral, s *rules.Service) []dialog.Question {
	asked := map[rules.Field]dialog.Question{}
	for _, a := range []rules.Audience{rules.Parent, rules.Professional, r.Audience} {
		for _, q := range dialog.Questions(a, s) {
			asked[q.Field] = q
		}
	}
	var out []dialog.Question
	for _, s := range rules.Fields() {
		out = append(out, asked[s.Field])
	}
	return out
}

func (d *drawing) sections() []item {
	var out []item
	for _, q := range d.questions {
		i := item{LinkID: string(q.Field), Text: q.Title, Answer: d.answers(q)}
		if i.Answer == nil {
			continue
		}
		if n := len(out); n == 0 || out[n-1].Text != q.Section {
			out = append(out, item{LinkID: slug(q.Section), Text: q.Section})
		}
		group := &out[len(out)-1]
		group.Item = append(group.Item, i)
	}
	return out
}

// slug is a title as a linkId.
func slug(title string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return r < 'a' || r > 'z' }), "-")
}

const absent = "http://terminology.hl7.org/CodeSystem/data-absent-reason"

// answers are what was answered to a question: a code where one was chosen, a date, or words.
func (d *drawing) answers(q dialog.Question) []answer {
	var out []answer
	for _, v := range d.r.Answers[q.Field] {
		v = clean(v)
		day, isDay := rules.ParseISODate(v)
		switch option := slices.IndexFunc(q.Options, func(o dialog.Option) bool { return o.Value == v }); {
		case v == "":
			continue
		case slices.Contains(dialog.Withheld(d.r), q.Field):
			out = append(out, answer{Coding: &coding{absent, "masked", "Masked"}})
		case option >= 0:
			out = append(out, answer{Coding: &coding{Base + "CodeSystem/" + string(q.Field), v, clean(q.Options[option].Label)}})
		case v == notKnown:
			out = append(out, answer{Coding: &coding{absent, "asked-unknown", "Asked But Unknown"}})
		case q.Type == rules.TypeDate && isDay:
			out = append(out, answer{Date: day.String()})
		default:
			out = append(out, answer{String: v})
		}
	}
	return out
}

// label is the answer that was chosen, in words; "" if none was.
func (d *drawing) label(f rules.Field) string {
	for _, q := range d.questions {
		if q.Field != f {
			continue
		}
		for _, a := range d.answers(q) {
			if a.Coding != nil {
				return a.Coding.Display
			}
		}
	}
	return ""
}

// verdictWords are what the criteria can say, in words that turn nobody away, and that nobody takes
// for a finding about a parent.
var verdictWords = map[rules.Verdict]string{
	rules.Clear: "Met, by the answers", rules.Discuss: "To be discussed", rules.LikelyExcluded: "May not fit; to be discussed", rules.Unknown: "Not known yet",
}

// verdicts are how the answers were read on the day they were sent, if they were.
func (d *drawing) verdicts() []item {
	group := item{LinkID: "criteria", Text: "Criteria: advice, clinician decides. " + dialog.NotAnAssessment}
	for _, c := range rules.Criteria() {
		if v, ok := d.r.Assessment.Verdicts[c.Rule]; ok {
			group.Item = append(group.Item, item{LinkID: "criterion-" + string(c.Rule), Text: "Criterion: " + c.Title, Answer: []answer{
				{Coding: &coding{Base + "CodeSystem/verdict", string(v), verdictWords[v]}},
			}})
		}
	}
	if d.r.RuleSet != "" {
		group.Item = append(group.Item, item{LinkID: "rule-set", Text: "Version of the rules", Answer: []answer{{String: d.r.RuleSet}}})
	}
	if group.Item == nil {
		return nil
	}
	return []item{group}
}
