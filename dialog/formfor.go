package dialog

import (
	"cmp"
	"slices"
	"strings"

	"referralbot/rules"
)

// FormFor is the form now open in a conversation: the questions of the next section with
// whatever earlier answers have opened since, or the review with its Send. It reports
// false where there is nothing to fill in.
func FormFor(c Conversation, f Facts) (Form, bool) {
	t := begin(c, f)
	if !c.Forms || t.done() && len(c.More) == 0 || c.Stage == Urgent || c.Stage == Deleting || c.Stage == Recalling || c.Stage == Stopped || c.Stage == "" {
		return Form{}, false
	}
	form := Form{Prompt: c.Asked.ID, Notices: c.Notices, Submit: ToProfessionals.form.next}
	if c.Stage == Booking {
		return t.bookingForm(form)
	}
	if c.Stage == Warning {
		form.Submit = ToProfessionals.form.carryOn
	}
	if len(form.Notices) > 0 {
		form.Choices = t.buttons(codeTalk)
	}
	page := t.page()
	switch {
	case len(page) > 0:
		form.Title = sectionOf(page[len(page)-1]).title()
		if len(t.c.More) > 0 {
			form.Title = ToProfessionals.form.more
		}
		for _, f := range page {
			form.Inputs = append(form.Inputs, t.input(f))
		}
	case len(t.missing()) > 0:
		form.Title, form.Submit = ToProfessionals.form.missing, ""
		form.Notices = append(slices.Clone(form.Notices), t.line(lineMissing, "list", t.titles(t.missing())))
		form.Review, form.Choices = t.reviewLines(), append(t.buttons(codeTalk, codeSave), t.changeable()...)
	default:
		form.Title, form.Submit = ToProfessionals.form.review, ToProfessionals.form.send
		form.Review, form.Choices = t.reviewLines(), append(t.buttons(codeTalk, codeSave), t.changeable()...)
	}
	if t.c.Changing == "" && t.c.Stage == Reviewing {
		t.labelChanges(form.Choices)
	}
	return form, true
}

// labelChanges makes the buttons of sections say what they do.
func (t *turn) labelChanges(choices []Choice) {
	for i := range choices {
		if strings.HasPrefix(choices[i].Code, "c_") {
			choices[i].Label = fill(ToProfessionals.form.change, "section", choices[i].Label)
		}
	}
}

// page is the questions of the form: those opened by earlier answers, and the first
// section of which nothing has been answered; or, when changing an answer, its section.
func (t *turn) page() []rules.Field {
	c := t.cas()
	if t.c.Stage == Reviewing {
		return nil
	}
	if len(t.c.More) > 0 {
		return t.c.More
	}
	var out []rules.Field
	if t.c.Changing != "" {
		for _, s := range table {
			if sectionIndex[s.Field] == sectionIndex[t.c.Changing] && (s.Asked(c) || t.shownBeside(s.Field, out)) {
				out = append(out, s.Field)
			}
		}
		return out
	}
	begun := map[int]bool{}
	for f := range t.c.Answers {
		begun[sectionIndex[f]] = true
	}
	for _, f := range t.c.Passed {
		begun[sectionIndex[f]] = true
	}
	last := len(sections)
	for _, s := range table {
		i := sectionIndex[s.Field]
		if s.Field == rules.BabiesOfConcern && !c.Answers.Has(rules.BabiesNames) {
			continue // its answers are the names, which are on this page
		}
		if i > last || !(t.isOpen(s, c) || t.shownBeside(s.Field, out) && !c.Answers.Has(s.Field)) {
			continue
		}
		if !begun[i] {
			last = i
		}
		out = append(out, s.Field)
	}
	return out
}

func (t *turn) shownBeside(f rules.Field, page []rules.Field) bool {
	beside, ok := optionalBeside[f]
	s, _ := rules.Lookup(f)
	return ok && s.For(t.c.Audience) && slices.Contains(page, beside)
}

// input is one question as an input of a form.
func (t *turn) input(f rules.Field) FormInput {
	s, _ := rules.Lookup(f)
	q := t.v.questions[f]
	in := FormInput{Field: f, Label: t.fill(q.text), Hint: q.hint, Type: s.Type, Optional: !s.Required(t.cas()) || s.Or != ""}
	_, in.Max = s.Limits(t.c.Audience)
	given, answered := t.c.Answers[f]
	offered := ""
	if !answered {
		offered = strings.TrimSpace(t.f.Offered[f])
	}
	if !chosen(s.Type) {
		in.Initial = cmp.Or(initial(s.Type, given), offered)
		return in
	}
	if meant, ok := meant(offered, t.optionsOf(s)); ok {
		given = []string{meant}
	}
	for _, o := range t.optionsOf(s) {
		code := o.value
		if f == rules.BabiesOfConcern {
			code = t.code(s, o.value)
		}
		in.Options = append(in.Options, Choice{Code: code, Label: o.label, Ticked: slices.Contains(given, o.value)})
	}
	return in
}

// meant is the one option whose words are in what a directory says, such as a title.
func meant(said string, among []option) (value string, one bool) {
	for _, o := range among {
		if said == "" || !holds(plain(said), plain(o.label), o.also) {
			continue
		}
		if one {
			return "", false
		}
		value, one = o.value, true
	}
	return value, one
}

func initial(ty rules.Type, given []string) string {
	if ty == rules.TypeScores {
		return strings.Join(given, "\n")
	}
	return words(ty, given)
}

// bookingForm asks for a number to ring, where there is none, and for a time.
func (t *turn) bookingForm(form Form) (Form, bool) {
	field := t.c.Asked.Field
	if t.c.Call || t.atBooked() || t.offersTimes() && field == "" {
		return Form{}, false
	}
	form.Title, form.Submit = ToProfessionals.form.call, ToProfessionals.form.askCall
	if t.offersTimes() {
		form.Submit = ToProfessionals.form.pickCall
	}
	if field != "" {
		in := t.input(field)
		in.Label, in.Optional = t.line(lineCallNumber), false
		form.Inputs = append(form.Inputs, in)
	}
	if t.offersTimes() {
		return form, true
	}
	form.Inputs = append(form.Inputs, FormInput{
		Field: callTimes, Label: t.line(lineCallTimes), Type: rules.TypeChoice,
		Options: t.buttons(codeMorning, codeAfternoon, codeAnyTime),
	})
	return form, true
}

// form hears a form. Good answers are kept even where others need another look.
func (t *turn) form(values map[rules.Field][]string) {
	t.c.Notices = nil
	switch {
	case t.done() && len(t.c.More) == 0 || t.c.Stage == Stopped || t.c.Stage == Urgent || t.c.Stage == Deleting || t.c.Stage == Recalling:
		t.showAgain()
	case t.c.Stage == Booking && !t.c.Call && !t.atBooked():
		t.bookByForm(values)
	case len(values) == 0 && t.nextField() == "":
		t.send()
	default:
		t.fillIn(values)
	}
}

func (t *turn) bookByForm(values map[rules.Field][]string) {
	f := t.numberField()
	if given, ok := values[f]; ok {
		if value, problem := t.readInput(f, given); problem != "" {
			t.problem(f, problem)
			return
		} else if len(value.Values) > 0 {
			t.record(f, value.Values, nil)
		}
	}
	if t.offersTimes() {
		t.proceed()
		return
	}
	when := codeAnyTime
	if v := values[callTimes]; len(v) > 0 {
		when = v[0]
	}
	t.callAt(when)
}

func (t *turn) problem(f rules.Field, text string) {
	if t.out.Problems == nil {
		t.out.Problems = map[rules.Field]string{}
	}
	t.out.Problems[f] = text
}

// fillIn keeps the answers of a form in asking order, and goes on if all are good.
func (t *turn) fillIn(values map[rules.Field][]string) {
	for _, s := range table {
		given, ok := values[s.Field]
		if !ok {
			continue
		}
		r, problem := t.readInput(s.Field, given)
		switch {
		case problem != "":
			t.problem(s.Field, problem)
		case len(r.Values) > 0:
			t.echoInForm(s, r.Values, given)
			t.record(s.Field, r.Values, r.Also)
		case s.Asked(t.cas()) && !t.c.Answers.Has(s.Field):
			t.c.Passed = append(slices.Clip(without(t.c.Passed, s.Field)), s.Field)
			t.trod(s.Field)
			t.replied(s.Field)
		default:
			t.replied(s.Field)
		}
	}
	for _, s := range table { // a blank that turns out to be needed, such as both phone and email
		if given, ok := values[s.Field]; ok && len(given) == 0 && s.Required(t.cas()) && !t.c.Answers.Has(s.Field) {
			text := t.v.problems[rules.ProblemEmpty]
			if s.Or != "" {
				text = t.line(lineOneOf)
			}
			t.problem(s.Field, text)
			t.c.Passed = without(t.c.Passed, s.Field)
		}
	}
	if len(t.out.Problems) > 0 {
		t.lead = nil // what follows from the good answers is said when the form is whole, but for a card
		return
	}
	t.proceed()
}

// readInput reads what was put into one input. Blank is no answer and no problem.
func (t *turn) readInput(f rules.Field, given []string) (rules.Reading, string) {
	if len(given) == 0 || len(given) == 1 && strings.TrimSpace(given[0]) == "" {
		return rules.Reading{}, ""
	}
	s, ok := rules.Lookup(f)
	if !ok {
		return rules.Reading{}, ""
	}
	if !chosen(s.Type) {
		if said := plain(given[0]); dontKnow(said) && s.Type != rules.TypeLongText {
			return rules.Reading{Values: []string{notKnown}}, ""
		}
		r := rules.Read(f, strings.Join(given, "\n"), t.cas())
		if r.Confirm {
			return r, t.line(lineRetypeDate, "value", words(s.Type, r.Values))
		}
		return r, t.v.problems[r.Problem]
	}
	var r rules.Reading
	for _, o := range t.optionsOf(s) {
		if slices.Contains(given, o.value) || slices.Contains(given, t.code(s, o.value)) {
			r.Values = append(r.Values, o.value)
		}
	}
	if len(r.Values) == 0 {
		return r, t.line(lineNotAnOption)
	}
	if len(r.Values) > 1 && slices.ContainsFunc(r.Values, s.Exclusive) {
		return r, t.line(lineAlone)
	}
	return r, ""
}

// echoInForm says a date back at the top of the next form, where it stays out of the
// message history.
func (t *turn) echoInForm(s rules.Spec, values, given []string) {
	if s.Type == rules.TypeDate && !slices.Equal(values, given) && !slices.Equal(values, t.c.Answers[s.Field]) {
		t.notice(t.line(lineEcho, "title", t.v.questions[s.Field].title, "value", words(s.Type, values)))
	}
}
