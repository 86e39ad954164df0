package dialog

import (
	"slices"
	"strings"
	"time"

	"referralbot/rules"
)

// review shows the answers, at any time.
func (t *turn) review() {
	if t.done() {
		t.status()
		return
	}
	if len(t.c.Answers) == 0 {
		t.arrive()
		return
	}
	t.c.Changing = ""
	t.to(Reviewing, evReview)
}

// missing is what must still be answered before this can be sent. Beyond the fields it is
// the parent's agreement: an answer that there is none does not do.
func (t *turn) missing() []rules.Field {
	m := rules.Missing(t.cas())
	if t.c.Answers.Has(rules.Consent) && !t.c.Answers.Is(rules.Consent, "yes") && !slices.Contains(m, rules.Consent) {
		m = append([]rules.Field{rules.Consent}, m...)
	}
	return m
}

func (t *turn) reviewText() string {
	if t.changingWhich() {
		return t.line(lineChangeWhich)
	}
	if m := t.missing(); len(m) > 0 {
		return t.line(lineMissing, "list", t.titles(m))
	}
	if t.c.Forms {
		return t.line(lineReviewForm)
	}
	var b strings.Builder
	for _, l := range t.reviewLines() {
		b.WriteString(l.Label + ": " + l.Value + "\n")
	}
	return t.line(lineReview, "list", strings.TrimSpace(b.String()))
}

func (t *turn) titles(fields []rules.Field) string {
	var names []string
	for _, f := range fields {
		if name := t.v.questions[f].title; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, "; ")
}

// reviewLines are the answers as they will be sent. An answer about safety, or in
// somebody's own words, is only said to be there.
func (t *turn) reviewLines() []Line {
	c := t.cas()
	var out []Line
	for _, s := range table {
		q := t.v.questions[s.Field]
		if !s.Asked(c) || q.title == "" || s.Field == rules.Private {
			continue
		}
		value := readable(t.v, s, c)
		switch {
		case !c.Answers.Has(s.Field) && !slices.Contains(t.c.Passed, s.Field):
			continue
		case !c.Answers.Has(s.Field):
			value = t.line(lineSkipped)
		case q.secret && !t.c.Forms:
			value = t.line(lineAnswered)
		}
		if n := len(out); q.secret && n > 0 && out[n-1] == (Line{q.title, value}) {
			continue
		}
		out = append(out, Line{q.title, value})
	}
	return out
}

// readable is an answer in the words of its options.
func readable(v *voice, s rules.Spec, c rules.Case) string {
	values := c.Answers[s.Field]
	if !chosen(s.Type) {
		if len(values) == 1 && values[0] == notKnown {
			return everybody.notKnown
		}
		return words(s.Type, values)
	}
	options := optionsOf(v, s, c)
	labels := make([]string, 0, len(values))
	for _, value := range values {
		label := value
		for _, o := range options {
			if o.value == value {
				label = o.label
			}
		}
		labels = append(labels, label)
	}
	return strings.Join(labels, ", ")
}

// changingWhich reports whether the open prompt of the review asks what to change.
func (t *turn) changingWhich() bool {
	return t.c.Stage == Reviewing && slices.Equal(t.c.Asked.Draft, []string{codeChange})
}

func (t *turn) offerChanges() {
	t.retire()
	t.c.Asked = Prompt{ID: t.f.Nonce, Draft: []string{codeChange}}
	t.show(First)
}

// changeable are the answers that can be changed. With forms it is a whole section at a time.
func (t *turn) changeable() []Choice {
	c := t.cas()
	var out []Choice
	for _, s := range table {
		title := t.v.questions[s.Field].title
		if t.c.Forms {
			title = sectionOf(s.Field).title()
		}
		if !s.Asked(c) || title == "" || s.Field == rules.Private || !c.Answers.Has(s.Field) && !slices.Contains(t.c.Passed, s.Field) && !slices.Contains(t.missing(), s.Field) {
			continue
		}
		if slices.ContainsFunc(out, func(o Choice) bool { return o.Label == title }) {
			continue
		}
		out = append(out, Choice{Code: "c_" + string(s.Field), Label: title})
	}
	return out
}

// change opens one question from the review; its old answer stands until there is a new one.
func (t *turn) change(f rules.Field) bool {
	s, ok := rules.Lookup(f)
	if !ok || !s.Asked(t.cas()) {
		return false
	}
	t.c.Changing = f
	t.move(evAsk)
	return true
}

// changeByName hears "change my phone number", or just "phone number".
func (t *turn) changeByName(said string) bool {
	said = strings.TrimPrefix(strings.TrimPrefix(said, heard.change), heard.mine)
	found := rules.Field("")
	for _, c := range t.changeable() {
		if title := plain(c.Label); title == said || strings.TrimPrefix(title, heard.yours) == said {
			found = rules.Field(strings.TrimPrefix(c.Code, "c_"))
		}
	}
	return found != "" && t.change(found)
}

// send sends the referral, unless something needed is missing, or the day's date has
// changed a verdict since the person last saw it.
func (t *turn) send() {
	if len(t.missing()) > 0 {
		t.showAgain()
		return
	}
	if t.warn() {
		t.to(Warning, evWarn)
		return
	}
	t.submit(KindReferral)
	t.c.Recent = nil
	t.out.Mails = append(t.out.Mails, Mail{t.c.Ref, WhySent})
	t.audit("sent", "")
	t.lead = append(t.lead, t.line(lineReceipt))
	t.receipt()
}

// receipt closes the conversation with the reference, alone in its message so that it can
// be found again. It may be taken back there and then, and a parent may empty the chat.
func (t *turn) receipt() {
	text := strings.Join(t.lead, "\n\n")
	t.lead = nil
	t.retire()
	from := string(t.c.Stage)
	if !can(conversationEvents, from, evSend) { // the form of the review, while its prompt is not the open one
		from = string(Reviewing)
	}
	to, err := fire(conversationEvents, from, evSend)
	if err != nil {
		t.err = err
		return
	}
	t.c.Stage = Stage(to)
	t.say(text)
	last := &t.out.Replies[len(t.out.Replies)-1]
	last.Prompt, last.Aside = t.f.Nonce, t.buttons(codeWithdraw)
	if t.c.Audience == rules.Parent {
		last.Aside = append(last.Aside, t.buttons(codeHide)...)
	}
}

// clock is a time of day as people say it, in Europe/London.
func clock(at time.Time) string { return at.In(london).Format(everybody.clock) }

var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil { // the zones are embedded by package rules
		panic(err)
	}
	return l
}()
