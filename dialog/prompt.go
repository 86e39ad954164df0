package dialog

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"referralbot/rules"
)

// say adds a plain message.
func (t *turn) say(text string) {
	if text != "" {
		t.out.Replies = append(t.out.Replies, Reply{Text: text, Protect: !t.c.Forms})
	}
}

// flush says what was to lead a prompt, when no prompt came.
func (t *turn) flush() {
	if len(t.lead) > 0 {
		t.say(strings.Join(t.lead, "\n\n"))
		t.lead = nil
	}
}

// retire takes the buttons from the open prompt and closes it.
func (t *turn) retire() {
	if t.c.Asked.ID != "" {
		t.out.Retire = append(t.out.Retire, t.c.Asked.ID)
	}
	t.putAside()
	t.c.Asked = Prompt{}
}

// putAside keeps an answer half given, for when its question is asked again.
func (t *turn) putAside() {
	asked := t.c.Asked
	if asked.Field == "" || len(asked.Draft) == 0 || asked.Confirming {
		return
	}
	drafts := maps.Clone(t.c.Drafts)
	if drafts == nil {
		drafts = map[rules.Field][]string{}
	}
	drafts[asked.Field] = asked.Draft
	t.c.Drafts = drafts
}

// forget drops an answer half given, since there is a whole one now or none is wanted.
func (t *turn) forget(f rules.Field) {
	if t.c.Asked.Field == f {
		t.c.Asked.Draft, t.c.Asked.Confirming = nil, false
	}
	if _, kept := t.c.Drafts[f]; kept {
		t.c.Drafts = maps.Clone(t.c.Drafts)
		delete(t.c.Drafts, f)
	}
}

// open opens a new prompt, for a question or for what the stage offers, in the place of
// the one before.
func (t *turn) open(f rules.Field) {
	t.retire()
	t.c.Asked = Prompt{ID: t.f.Nonce, Field: f, Draft: t.c.Drafts[f]}
	t.show(First)
}

// close leaves nothing open.
func (t *turn) close() { t.retire() }

// showAgain says the open prompt once more, at the end of the chat. Where nothing is open
// it is as if they had just come.
func (t *turn) showAgain() {
	if len(t.card) > 0 {
		t.lead = nil // nothing was wrong with what was said
	}
	switch {
	case t.hold:
		t.to(Urgent, evUrge)
	case t.askSafe, t.back:
		t.to(Asking, evAsk)
	case t.c.Asked.ID != "":
		t.show(Moved)
	default:
		t.arrive()
	}
}

// show says the open prompt, led by whatever was to be said first.
func (t *turn) show(again Again) {
	r := Reply{Prompt: t.c.Asked.ID, Again: again, Protect: !t.c.Forms}
	if t.c.Asked.Field != "" {
		t.showQuestion(&r)
	} else {
		r.Text = t.offerText(again)
		r.Choices = t.choices()
	}
	if t.c.Audience == rules.Parent {
		r.Aside = append(r.Aside, t.buttons(codeHide)...)
	}
	if again != InPlace && len(t.lead) > 0 {
		r.Text = strings.Join(append(t.lead, r.Text), "\n\n")
		t.lead = nil
	}
	if footer := t.line(lineFooter); footer != "" && t.c.Stage != Urgent {
		r.Text += "\n\n" + footer
	}
	t.out.Replies = append(t.out.Replies, r)
}

// offerText is what a stage without a question says above its buttons.
func (t *turn) offerText(again Again) string {
	switch t.c.Stage {
	case Greeting:
		if b := t.booked(); b != nil {
			return t.line(lineResume) + "\n\n" + t.line(lineCallStands, "when", At(b.From))
		}
		return t.line(lineResume)
	case Warning:
		return t.line(t.talkOffer())
	case Booking:
		return t.callText()
	case Reviewing:
		return t.reviewText()
	case Deleting:
		return t.line(lineDeleteAsk)
	case Recalling:
		if t.onlyCalls() {
			return t.line(lineCallRecall)
		}
		return t.line(lineWithdrawAsk)
	case Urgent:
		if again == First && t.hold {
			return t.line(lineSafeNow)
		}
		return t.line(lineUrgentWait)
	}
	if b := t.booked(); b != nil && !t.mourns() {
		return t.line(lineCallStands, "when", At(b.From)) + "\n\n" + t.standing()
	}
	return t.standing()
}

// choices are the buttons of the open prompt that answer it.
func (t *turn) choices() []Choice {
	if t.c.Asked.Field != "" {
		return t.questionChoices()
	}
	if t.changingWhich() {
		return append(t.changeable(), t.buttons(codeKeep)...)
	}
	var out []Choice
	if t.c.Stage == Booking {
		out = t.timeChoices()
	}
	for _, o := range offers(t.c.Stage) {
		if o.when != nil && !o.when(t) {
			continue
		}
		choice := t.buttons(o.code)[0]
		switch {
		case t.c.Stage == Warning && o.code == codeCarryOn:
			choice.Label = t.carryOnLabel()
		case t.c.Stage == Sent && o.code == codeTalk: // nothing comes after it
			choice.Label = t.v.shared["talk_now"].label
		case t.c.Stage == Deleting && o.code == codeRestart:
			choice.Label = t.v.shared["wipe"].label
		}
		out = append(out, choice)
	}
	return out
}

func (t *turn) buttons(codes ...string) []Choice {
	out := make([]Choice, len(codes))
	for i, code := range codes {
		out[i] = Choice{Code: code, Label: t.v.shared[code].label}
	}
	return out
}

// showQuestion writes the open question into r.
func (t *turn) showQuestion(r *Reply) {
	asked := t.c.Asked
	q := t.v.questions[asked.Field]
	s, _ := rules.Lookup(asked.Field)
	r.Choices, r.Aside = t.choices(), t.asides(s)
	if t.c.Forms {
		r.Form = true
		if !chosen(s.Type) {
			r.Text = t.line(lineFormNext, "section", sectionOf(asked.Field).title()) + " " + t.line(lineFormOnly)
			if t.c.Stage == Booking {
				r.Text = t.line(lineCallNumber) + " " + t.line(lineFormOnly)
			}
			r.Choices = nil
			return
		}
	}
	switch {
	case asked.Confirming:
		r.Text = t.line(lineConfirmDate, "value", words(s.Type, asked.Draft))
	case s.Type == rules.TypeLongText && len(asked.Draft) > 0 && r.Again == First:
		r.Text = t.questionText(q) + "\n\n" + t.line(lineDraftKept)
	case s.Type == rules.TypeLongText && len(asked.Draft) > 0:
		r.Text = t.line(lineMore)
	default:
		r.Text = t.questionText(q)
		r.Multi = s.Type == rules.TypeMulti
	}
}

// questionText is the question, its example, and how much is left where a section begins.
func (t *turn) questionText(q question) string {
	text := t.fill(q.text)
	if t.c.Stage == Booking {
		return t.line(lineCallNumber)
	}
	if t.mourns() { // as little as can be, and nothing of forms
		switch t.c.Asked.Field {
		case rules.ParentName:
			text = t.line(lineLossName)
		case rules.SafeNow:
			text = t.line(lineLossSafe)
		}
		return text
	}
	if q.hint != "" {
		text = strings.TrimSuffix(text, ".")
		if !strings.HasSuffix(text, "?") {
			text += "."
		}
		text += " " + q.hint
	}
	if away := t.away(); away != "" && t.c.Asked.Field == rules.Risk { // said before it is asked
		text = away + "\n\n" + text
	}
	if t.c.Changing != "" || len(t.c.More) > 0 {
		if t.keepable() {
			text += "\n\n" + t.line(lineChangeKeep)
		}
		return text
	}
	if t.veiled() {
		return text
	}
	if n := len(t.c.Trail); n == 0 || sectionOf(t.c.Trail[n-1]).title() != sectionOf(t.c.Asked.Field).title() {
		text += "\n\n" + t.progress()
	}
	return text
}

// keepable reports whether the open question has an answer that may stay as it is.
func (t *turn) keepable() bool {
	again := t.c.Changing != "" || slices.Contains(t.c.More, t.c.Asked.Field)
	return again && t.c.Answers.Has(t.c.Asked.Field)
}

// progress says in words how long the rest will take, at twenty seconds a question.
func (t *turn) progress() string {
	c, n := t.cas(), 0
	for _, s := range table {
		if t.isOpen(s, c) {
			n++
		}
	}
	minutes := everybody.minute
	if m := (n + 2) / 3; m > 1 {
		minutes = fill(everybody.minutes, "n", strconv.Itoa(m))
	}
	return t.line(lineProgress, "minutes", minutes)
}

// questionChoices are the answers to the open question, with those ticked so far.
func (t *turn) questionChoices() []Choice {
	asked := t.c.Asked
	s, _ := rules.Lookup(asked.Field)
	if asked.Confirming {
		return t.buttons(codeYes, codeNo)
	}
	var out []Choice
	for _, o := range t.optionsOf(s) {
		ch := Choice{Code: t.code(s, o.value), Label: o.label}
		ch.Ticked = s.Type == rules.TypeMulti && slices.Contains(asked.Draft, o.value)
		out = append(out, ch)
	}
	if s.Type == rules.TypeMulti || s.Type == rules.TypeLongText && len(asked.Draft) > 0 {
		out = append(out, t.buttons(codeDone)...)
	}
	return out
}

// asides are the smaller buttons beside a question.
func (t *turn) asides(s rules.Spec) []Choice {
	var codes []string
	if t.keepable() {
		codes = append(codes, codeKeep)
	} else {
		if t.skippable(s) {
			codes = append(codes, codeSkip)
		}
		if len(t.c.Trail) > 0 && !t.veiled() && len(t.c.More) == 0 {
			codes = append(codes, codeBack)
		}
	}
	codes = append(codes, codeWhy)
	if s.Field != rules.Private && t.c.Stage != Booking { // which is where it leads
		codes = append(codes, codeTalk)
	}
	if s.Field != rules.Private { // it has Urgent help among its answers
		codes = append(codes, codeUrgent)
	}
	return t.buttons(codes...)
}

// optionsOf are the answers to choose among, in order, as they are worded. The extra
// choice of a parent who wants to know more before agreeing is not an answer.
func (t *turn) optionsOf(s rules.Spec) []option { return optionsOf(t.v, s, t.cas()) }

func optionsOf(v *voice, s rules.Spec, c rules.Case) []option {
	q := v.questions[s.Field]
	values := s.Values(c)
	out := make([]option, 0, len(values))
	for _, value := range values {
		i := slices.IndexFunc(q.options, func(o option) bool { return o.value == value })
		if i < 0 { // a name the person gave
			out = append(out, option{value: value, label: value})
			continue
		}
		out = append(out, q.options[i])
	}
	for _, o := range q.options {
		if insteadOf(c.Audience, answer{s.Field, o.value}) != nil && !slices.Contains(values, o.value) {
			out = append(out, o)
		}
	}
	return out
}

// code is what a button carries for a value. A name the person gave never goes into one.
func (t *turn) code(s rules.Spec, value string) string {
	if s.Field == rules.BabiesOfConcern {
		return "o" + strconv.Itoa(slices.Index(s.Values(t.cas()), value))
	}
	return strings.ReplaceAll(value, " ", "_")
}

// chosen reports whether a question is answered by choosing.
func chosen(t rules.Type) bool { return t == rules.TypeChoice || t == rules.TypeMulti }

// line is a fixed sentence with the service's particulars and pairs filled in.
func (t *turn) line(l line, pairs ...string) string { return t.fill(t.v.lines[l], pairs...) }

func (t *turn) fill(text string, pairs ...string) string {
	return filledIn(text, func(name string) (string, bool) {
		if value, given := pairedWith(name, pairs); given {
			return value, true
		}
		return t.filling(name)
	})
}

// filling is what stands for a name in braces wherever words are said, and whether it is one.
func (t *turn) filling(name string) (value string, known bool) {
	s := t.f.Service
	switch name {
	case "service":
		return s.Name, true
	case "telephone":
		return s.Telephone, true
	case "mailbox":
		return s.Mailbox, true
	case "provider":
		return s.Provider, true
	case "address":
		return s.Address, true
	case "hours":
		return hours(s.Cover), true
	case "days":
		return strconv.Itoa(s.ConfirmReceipt.Days), true
	case "date":
		return rules.DateOf(s.Calendar().DueAt(t.c.SentAt)).Words(), true
	case "time":
		return clock(t.c.SentAt), true
	case "ref":
		return t.c.Ref, true
	case "told":
		return t.whoIsTold(), true
	case "deleted":
		return t.whatIsDeleted(), true
	case "drafts":
		return t.howLongDraftsStay(), true
	case "guidance":
		return t.whereGuidanceIs(), true
	}
	return "", false
}

// whoIsTold says how far the team has been told of danger.
func (t *turn) whoIsTold() string {
	switch {
	case t.trouble == NotSaved:
		return t.line(lineTelling)
	case t.away() != "":
		return t.line(lineToldAway)
	}
	return t.line(lineTold)
}

func (t *turn) whatIsDeleted() string {
	if len(t.c.Alerted) > 0 {
		return t.line(lineMostDeleted)
	}
	return t.line(lineAllDeleted)
}

func (t *turn) howLongDraftsStay() string {
	if t.f.Service.Retention.LegalHold {
		return ""
	}
	return t.line(lineDrafts, "draft_days", strconv.Itoa(t.f.Service.Retention.DraftsDays))
}

// whereGuidanceIs says where a professional reads whom to refer, if the profile does.
func (t *turn) whereGuidanceIs() string {
	if t.f.Service.Guidance == "" {
		return ""
	}
	return t.line(lineGuidance, "page", t.f.Service.Guidance)
}

// words is a canonical value as a person would write it.
func words(ty rules.Type, values []string) string {
	if ty == rules.TypeDate && len(values) > 0 {
		if d, ok := rules.ParseISODate(values[0]); ok {
			return d.Words()
		}
	}
	return strings.Join(values, ", ")
}
