package dialog

import (
	"slices"
	"strings"
	"unicode"

	"referralbot/rules"
)

// plain writes what was typed as words to be matched: lower case, no punctuation but a
// leading slash, single spaces, apostrophes dropped.
func plain(text string) string {
	var b strings.Builder
	space := false
	for _, r := range strings.ToLower(strings.TrimSpace(text)) {
		switch {
		case r == '\'' || r == '’' || r == '‘':
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || (r == '/' && b.Len() == 0):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		default:
			space = true
		}
	}
	said := b.String()
	if first, _, more := strings.Cut(said, " "); more && first == "/start" {
		return first // what follows a start link carries no meaning and no authority
	}
	return said
}

// match finds the one choice that the words mean. Words are matched to labels and to
// other words for them, never to values: "no" to "Do you feel safe?" is the answer that
// begins with No.
func (t *turn) match(said string, among []Choice) (code string, ok bool) {
	if said == "" {
		return "", false
	}
	also := t.alsoOf(among)
	for _, fits := range []func(label string, also []string) bool{
		func(label string, _ []string) bool { return label == said },
		func(_ string, also []string) bool {
			return slices.Contains(also, said) || dontKnow(said) && slices.Contains(also, heard.maybe)
		},
		func(label string, _ []string) bool { return strings.HasPrefix(label, said+" ") },
		func(label string, _ []string) bool { return len(said) > 3 && strings.Contains(label+" ", " "+said+" ") },
		func(label string, also []string) bool { return !denies(said) && holds(said, label, also) },
	} {
		found := ""
		for i, c := range among {
			if !fits(plain(c.Label), also[i]) {
				continue
			}
			if found != "" {
				return "", false // it could mean either; the person says which
			}
			found = c.Code
		}
		if found != "" {
			return found, true
		}
	}
	return "", false
}

// denies reports whether the words turn something down, so that a word in them may mean
// its opposite.
func denies(said string) bool {
	return slices.ContainsFunc(strings.Fields(said), func(w string) bool {
		return slices.Contains(heard.denying, w)
	})
}

// holds reports whether the words contain the label, or another word for it, whole.
func holds(said, label string, also []string) bool {
	in := " " + said + " "
	if len(strings.Fields(label)) <= 4 && strings.Contains(in, " "+label+" ") {
		return true
	}
	return slices.ContainsFunc(also, func(w string) bool { return len(w) > 3 && strings.Contains(in, " "+w+" ") })
}

// alsoOf are the other words for each of the choices.
func (t *turn) alsoOf(among []Choice) [][]string {
	out := make([][]string, len(among))
	var options []option
	var spec rules.Spec
	if t.c.Asked.Field != "" && !t.c.Asked.Confirming {
		spec, _ = rules.Lookup(t.c.Asked.Field)
		options = t.optionsOf(spec)
	}
	for i, c := range among {
		for _, o := range options {
			if t.code(spec, o.value) == c.Code {
				out[i] = append(o.also, t.v.shared[o.value].also...)
			}
		}
		if o, ok := t.v.shared[c.Code]; ok && out[i] == nil {
			out[i] = o.also
		}
	}
	return out
}

// answerInWords hears words typed to the open question, beyond those of its buttons.
func (t *turn) answerInWords(text string) {
	s, _ := rules.Lookup(t.c.Asked.Field)
	switch {
	case t.c.Forms && !chosen(s.Type):
		t.showAgain() // the prompt says that this one is answered in the form
	case s.Type == rules.TypeMulti:
		t.tickByName(s, text)
	case s.Type == rules.TypeChoice && dontKnow(plain(text)):
		t.lead = append(t.lead, t.line(lineNoneFits))
		t.showAgain()
	case s.Type == rules.TypeChoice:
		t.lead = append(t.lead, t.line(lineNotAnOption))
		t.showAgain()
	case s.Type == rules.TypeLongText:
		t.gather(s, text)
	default:
		t.take(s, text)
	}
}

// dontKnow reports whether words say that an answer is not known or not given.
func dontKnow(said string) bool {
	return slices.Contains(heard.dontKnow, said)
}

// tellsOfLoss reports whether words speak of a baby who died or a pregnancy that ended.
func tellsOfLoss(said string) bool {
	return slices.ContainsFunc(heard.loss, func(w string) bool { return strings.Contains(said, w) })
}

// take reads a free answer.
func (t *turn) take(s rules.Spec, text string) {
	said := plain(text)
	r := rules.Read(s.Field, text, t.cas())
	switch {
	case t.worried && s.Field != rules.RiskDetail: // whatever it was meant to answer; the clinicians have the words
		t.showAgain()
	case strings.HasSuffix(strings.TrimSpace(text), "?"):
		t.lead = append(t.lead, t.line(lineQuestion))
		t.showAgain()
	case slices.Contains(heard.goOn, said) && s.Type != rules.TypePhone:
		t.lead = append(t.lead, t.v.problems[rules.ProblemEmpty])
		t.showAgain()
	case dontKnow(said) && t.skippable(s):
		t.skip()
	case dontKnow(said):
		kept := lineKept
		if t.c.Stage == Booking {
			kept = lineCallNoNumber
		}
		t.lead = append(t.lead, t.line(kept))
		t.settle(s.Field, []string{notKnown}, nil)
	case r.Problem != rules.ProblemNone:
		t.c.Asked.Draft, t.c.Asked.Confirming = nil, false
		t.lead = append(t.lead, t.v.problems[r.Problem])
		t.showAgain()
	case r.Confirm:
		t.c.Asked.Draft, t.c.Asked.Confirming = r.Values, true
		t.show(Moved)
	default:
		t.echo(s, r.Values)
		t.settle(s.Field, r.Values, r.Also)
	}
}

// notKnown stands for an answer that is not known or not given: it does not keep a
// referral from being sent, and a person asks later.
const notKnown = "unknown"

// echo says a date back with the month in words.
func (t *turn) echo(s rules.Spec, values []string) {
	if s.Type != rules.TypeDate || len(values) == 0 {
		return
	}
	if _, ok := rules.ParseISODate(values[0]); ok {
		t.lead = append(t.lead, t.line(lineEcho, "title", t.v.questions[s.Field].title, "value", words(s.Type, values)))
	}
}

// tap hears a button of the open question.
func (t *turn) tap(code string) bool {
	f := t.c.Asked.Field
	s, _ := rules.Lookup(f)
	if t.c.Asked.Confirming {
		switch code {
		case codeYes:
			draft := t.c.Asked.Draft
			t.c.Asked.Draft, t.c.Asked.Confirming = nil, false
			t.settle(f, draft, nil)
		case codeNo:
			t.c.Asked.Draft, t.c.Asked.Confirming = nil, false
			t.lead = append(t.lead, t.line(lineConfirmNo))
			t.showAgain()
		default:
			return false
		}
		return true
	}
	if code == codeDone && (s.Type == rules.TypeMulti || s.Type == rules.TypeLongText) {
		t.doneTicking()
		return true
	}
	for _, o := range t.optionsOf(s) {
		if t.code(s, o.value) != code {
			continue
		}
		if s.Type == rules.TypeMulti {
			t.c.Asked.Draft = tick(s, t.c.Asked.Draft, o.value)
			t.show(InPlace)
			return true
		}
		t.chose(s, o.label)
		t.settle(f, []string{o.value}, nil)
		return true
	}
	return false
}

// chose says back what was pressed, since a press leaves no trace in a chat. An answer about
// safety, or that could hurt to read again, is never said back.
func (t *turn) chose(s rules.Spec, label string) {
	if q := t.v.questions[s.Field]; !t.c.Forms && !q.secret && s.Field != rules.Stage {
		t.lead = append(t.lead, "✓ "+label)
	}
}

// tick ticks or unticks a value. One that stands alone clears the others, and they it.
func tick(s rules.Spec, ticked []string, value string) []string {
	if slices.Contains(ticked, value) {
		return slices.DeleteFunc(slices.Clone(ticked), func(v string) bool { return v == value })
	}
	if s.Exclusive(value) {
		return []string{value}
	}
	kept := slices.DeleteFunc(slices.Clone(ticked), s.Exclusive)
	return append(kept, value)
}

// doneTicking settles what was ticked, or the long answer gathered.
func (t *turn) doneTicking() {
	f, draft := t.c.Asked.Field, t.c.Asked.Draft
	s, _ := rules.Lookup(f)
	if s.Type == rules.TypeLongText {
		text := strings.Join(draft, "\n")
		if r := rules.Read(f, text, t.cas()); r.Problem != rules.ProblemNone {
			t.lead = append(t.lead, t.v.problems[r.Problem])
			t.showAgain()
			return
		}
		t.settle(f, []string{text}, nil)
		return
	}
	if len(draft) == 0 {
		if !s.Required(t.cas()) {
			t.skip()
			return
		}
		t.lead = append(t.lead, t.line(lineTickOne))
		t.showAgain()
		return
	}
	t.chose(s, readable(t.v, s, rules.Case{Audience: t.c.Audience, Answers: t.c.Answers.With(f, draft...), Service: t.f.Service}))
	t.settle(f, draft, nil)
}

// tickByName hears several answers typed at once, such as "hospital, twins". If every one
// is understood the question is answered; else those that are stay ticked.
func (t *turn) tickByName(s rules.Spec, text string) {
	ticked, all := t.c.Asked.Draft, true
	for part := range strings.FieldsFuncSeq(strings.ReplaceAll(text, heard.and, ","), func(r rune) bool { return r == ',' || r == ';' || r == '\n' || r == '&' }) {
		said := plain(part)
		if said == "" {
			continue
		}
		code, ok := t.match(said, t.questionChoices())
		if !ok || code == codeDone {
			all = false
			continue
		}
		for _, o := range t.optionsOf(s) {
			if t.code(s, o.value) == code && !slices.Contains(ticked, o.value) {
				ticked = tick(s, ticked, o.value)
			}
		}
	}
	if !all { // "none of these" is not to be taken from words only half understood
		ticked = slices.DeleteFunc(slices.Clone(ticked), s.Exclusive)
	}
	t.c.Asked.Draft = ticked
	if all && len(ticked) > 0 {
		t.settle(s.Field, ticked, nil)
		return
	}
	l := lineNotAnOption
	if dontKnow(plain(text)) {
		l = lineNoneFits
	}
	t.lead = append(t.lead, t.line(l))
	t.showAgain()
}

// saysDone reports whether a whole message says that there is no more to come. Words that
// only hold such words are part of a long answer.
func (t *turn) saysDone(said string) bool {
	done := t.v.shared[codeDone]
	return said == plain(done.label) || slices.Contains(done.also, said)
}

// gather adds a message to a long answer. Nothing typed is dropped without saying so.
func (t *turn) gather(s rules.Spec, text string) {
	text = strings.TrimSpace(text)
	said := plain(text)
	if (said == "" || t.saysDone(said)) && len(t.c.Asked.Draft) == 0 {
		t.lead = append(t.lead, t.v.problems[rules.ProblemEmpty])
		t.showAgain()
		return
	}
	draft := append(slices.Clip(t.c.Asked.Draft), text)
	switch r := rules.Read(s.Field, strings.Join(draft, "\n"), t.cas()); {
	case r.Problem == rules.ProblemTooLong && len(t.c.Asked.Draft) > 0:
		t.lead = append(t.lead, t.line(lineLongFull))
	case r.Problem != rules.ProblemNone && r.Problem != rules.ProblemTooShort:
		t.lead = append(t.lead, t.v.problems[r.Problem])
	default:
		t.c.Asked.Draft = draft
		t.out.Timers = append(t.out.Timers, Timer{Name: timerPause, At: t.f.Now.Add(pause)})
	}
	t.showAgain()
}
