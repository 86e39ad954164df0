package dialog

import (
	"slices"
	"strings"
	"time"

	"referralbot/rules"
)

// Step hears in and returns the conversation it leaves and what it asks of the world. It
// changes nothing it is given. An error is a bug in this package, never a fault of the
// person's.
func Step(c Conversation, in Input, f Facts) (Conversation, Outcome, error) {
	t := begin(c, f)
	t.hear(in)
	t.write()
	t.raise(c, in)
	t.count(c, in)
	t.link()
	switch {
	case t.err != nil:
		return c, Outcome{}, t.err
	case t.out.Look:
		return c, Outcome{Look: true}, nil
	}
	if in.Timer == "" {
		t.c.HeardAt = f.Now
	}
	return t.c, t.out, nil
}

// turn is one step under way: a copy of the conversation and the outcome so far.
type turn struct {
	c   Conversation
	out Outcome
	f   Facts
	v   *voice
	// noBooking says that the person would rather not be rung after all.
	noBooking bool
	// asksCall says that a call is asked for in this turn.
	asksCall bool
	// call is the call booked or cancelled in this turn, nil for none.
	call *Call
	// worried says that a new sign of risk was found in what was said.
	worried bool
	// askSafe asks that the next question be whether they are safe.
	askSafe bool
	// card is said first of all, in a message of its own.
	card []string
	// given are the keys of the cards of this turn, and told of those given already, while
	// it could not be heard; trouble is why it cannot be, if it cannot.
	given, told []string
	trouble     Trouble
	// lead is said at the head of the next message with a prompt, or by itself.
	lead []string
	// ended says that the draft has come to its end with nothing to send.
	ended bool
	// handBack says that what the clinicians asked for has been answered.
	handBack bool
	// before are the answers as the audit knows them.
	before rules.Answers
	// alerted is the conversation as it began, or as it last raised an alert since.
	alerted Conversation
	// back says that they have come back after so long that nothing kept is shown.
	back bool
	// hold asks that the questions wait because somebody may not be safe.
	hold bool
	// read caches the verdicts on the answers; nil when they have changed.
	read map[rules.Rule]rules.Verdict
	err  error
}

func begin(c Conversation, f Facts) *turn {
	if c.Stage == "" {
		c.Stage = Stopped
	}
	return &turn{c: c, before: c.Answers, alerted: c, f: f, v: voiceOf(c.Audience)}
}

func voiceOf(a rules.Audience) *voice {
	if a == rules.Professional {
		return &professionalVoice
	}
	return &parentVoice
}

// hear understands one input. Words are read for risk before anything else is made of
// them, whatever question they answer.
func (t *turn) hear(in Input) {
	t.c.Forms = t.c.Forms || in.Forms
	t.c.Remind = t.c.Remind && in.Timer != "" // whoever comes back needs no reminder
	if in.Told {
		t.told = dangerIn(Conversation{Audience: t.c.Audience}, "", in, t.f).given
		t.lead = append(t.lead, t.line(lineSavedAgain))
	}
	if in.Lost {
		t.lead = append(t.lead, t.line(lineLost))
	}
	lapsed := t.lapse(in)
	t.listen(in)
	switch {
	case in.Timer != "":
		t.due(in.Timer)
	case lapsed:
		if len(t.card) == 0 {
			t.lead = append(t.lead, t.line(lineBack))
		}
		t.to(Asking, evAsk)
	case in.Media != "":
		t.media()
	case in.Edited:
		t.lead = append(t.lead, t.line(lineEdited))
		t.showAgain()
	case in.Press != nil:
		t.press(*in.Press)
	case in.Form != nil:
		t.form(in.Form)
	default:
		t.words(in.Text, in.Unseen)
	}
	t.handedBack()
	t.reachable()
	t.flush()
	if len(t.card) > 0 {
		t.out.Replies = append([]Reply{{Text: strings.Join(t.card, "\n\n"), Protect: !t.c.Forms}}, t.out.Replies...)
	}
}

// press hears a button. Only a button of the open prompt does anything, but for those that
// do the same however old they are.
func (t *turn) press(p Press) {
	if do := ever(p.Choice); do != nil {
		do(t)
		return
	}
	if p.Prompt == "" || p.Prompt != t.c.Asked.ID || !t.choose(p.Choice) {
		t.lead = append(t.lead, t.line(lineStale))
		t.showAgain()
	}
}

// words hears something typed.
func (t *turn) words(text string, unseen bool) {
	said := plain(text)
	if said == heard.cancel && t.c.Stage == Booking && !t.veiled() && t.choose(codeCancelCall) {
		return // and not only what is being done
	}
	if do, always := command(said); do != nil && (always || t.c.Stage != Urgent) {
		do(t)
		return
	}
	if t.c.Audience == rules.Parent && !t.c.Answers.Has(rules.Stage) && tellsOfLoss(said) {
		t.lead = append(t.lead, t.line(lineLossSorry))
	}
	if unseen && t.c.Asked.ID != "" {
		t.lead = append(t.lead, t.line(lineUnseen))
		t.showAgain()
		return
	}
	if t.c.Audience == rules.Parent && len(t.card) == 0 && rules.FearsRemoval(text) {
		t.lead = append(t.lead, t.line(lineFear))
		if s, ok := rules.Lookup(t.c.Asked.Field); !ok || s.Type != rules.TypeLongText {
			t.showAgain()
			return
		}
	}
	if t.c.Stage == Stopped || (t.c.Stage == Sent && t.c.Asked.ID == "") {
		t.arrive()
		return
	}
	if t.c.Stage == Reviewing && t.changeByName(said) {
		return
	}
	if t.keepable() && (said == plain(t.v.shared[codeKeep].label) || slices.Contains(heard.keep, said)) {
		t.keep()
		return
	}
	if t.takeNumber(text) || t.c.Stage == Booking && t.choosing() && t.timeInWords(text) {
		return
	}
	if code, ok := t.match(said, t.choices()); ok && (t.saysDone(said) || !t.gathers()) && t.choose(code) {
		return
	}
	if t.c.Asked.Field != "" {
		t.answerInWords(text)
		return
	}
	if t.c.Stage == Booking && !t.c.Forms && t.askingTime() && !t.worried {
		t.callAt(text)
		return
	}
	if t.c.Stage != Urgent && t.c.Stage != Sent { // what they offer says all there is to say
		t.lead = append(t.lead, t.line(lineNotAnOption))
	}
	t.showAgain()
}

// gathers reports whether the open question is answered by more than one word or press:
// typed, several answers are all of them at once, and a long one is not looked through for
// the words of a button.
func (t *turn) gathers() bool {
	s, ok := rules.Lookup(t.c.Asked.Field)
	return ok && (s.Type == rules.TypeMulti || s.Type == rules.TypeLongText)
}

// choose does what a button says, if the open prompt has such a button.
func (t *turn) choose(code string) bool {
	for _, o := range offers(t.c.Stage) {
		if o.code == code && (o.when == nil || o.when(t)) {
			o.do(t)
			return true
		}
	}
	if t.c.Stage == Booking && t.chooseTime(code) {
		return true
	}
	if f, ok := strings.CutPrefix(code, "c_"); ok && t.c.Stage == Reviewing {
		return t.change(rules.Field(f))
	}
	if t.c.Asked.Field == "" {
		return false
	}
	if do := aside(code); do != nil {
		do(t)
		return true
	}
	return t.tap(code)
}

// cas is the answers as the rules read them.
func (t *turn) cas() rules.Case {
	return rules.Case{Audience: t.c.Audience, Today: rules.DateOf(t.f.Now), Answers: t.c.Answers, Service: t.f.Service, Heard: t.c.Heard}
}

// verdicts reads the answers against the criteria, once for as long as they stay as they are.
func (t *turn) verdicts() map[rules.Rule]rules.Verdict {
	if t.read == nil {
		t.read = rules.Verdicts(t.cas())
	}
	return t.read
}

// set changes the answers.
func (t *turn) set(a rules.Answers) { t.c.Answers, t.read = a, nil }

// move fires one event of the conversation's machine and says what the stage entered
// says. Nothing else touches the stage.
func (t *turn) move(event string) {
	if t.err != nil {
		return
	}
	if t.hold {
		event = evUrge
	}
	to, err := fire(conversationEvents, string(t.c.Stage), event)
	if err != nil {
		t.err = err
		return
	}
	t.c.Stage = Stage(to)
	t.enter()
}

// enter says what the stage says when it is entered. It cannot fail and never moves.
func (t *turn) enter() {
	switch t.c.Stage {
	case Asking:
		if t.askSafe {
			t.askSafe, t.c.Changing = false, rules.SafeNow
		}
		t.welcome()
		t.open(t.nextField())
	case Booking:
		t.enterBooking()
	case Stopped:
		t.close()
	case Greeting, Warning, Reviewing, Deleting, Recalling, Urgent, Sent:
		t.open("")
	}
}

// proceed goes on to whatever comes next: what has just been found out is said first,
// then the next question, and when nothing is left to ask, the review.
func (t *turn) proceed() {
	t.c.Changing = ""
	if t.askSafe {
		t.askSafe, t.c.Changing = false, rules.SafeNow
	}
	next := t.nextField()
	switch {
	case t.hold:
		t.to(Urgent, evUrge)
	case t.c.Stage == Booking && !t.c.Call && !t.noBooking && t.hasNumber() && !t.atBooked():
		t.enter()
	case len(t.c.More) > 0:
		t.to(Asking, evAsk)
	case t.done():
		t.to(Sent, evRest)
	case t.warn():
		t.to(Warning, evWarn)
	case next == "" && t.bereaved():
		t.endOfLoss()
	case next == "":
		t.to(Reviewing, evReview)
	case t.c.Stage == Asking:
		t.open(next)
	default:
		t.move(evAsk)
	}
}

// to moves to a stage, or, if the conversation is there already, says it again.
func (t *turn) to(s Stage, event string) {
	if t.veiled() && slices.Contains(telling, s) {
		s, event = Asking, evAsk
	}
	if t.hold {
		s, event = Urgent, evUrge
	}
	if t.c.Stage == s {
		t.enter()
		return
	}
	t.move(event)
}

// done reports whether what was being made has been sent.
func (t *turn) done() bool { return !t.c.SentAt.IsZero() }

// nextField is the first question that is asked now, and neither answered nor passed; ""
// when there is none. It is worked out from the answers every time, so that going back is
// deleting an answer and a changed answer opens just what depends on it.
func (t *turn) nextField() rules.Field {
	if t.c.Changing != "" {
		return t.c.Changing
	}
	if len(t.c.More) > 0 && !t.veiled() {
		return t.c.More[0]
	}
	c := t.cas()
	for _, s := range table {
		if t.isOpen(s, c) {
			return s.Field
		}
	}
	return ""
}

// table is the fields in asking order.
var table = rules.Fields()

func (t *turn) isOpen(s rules.Spec, c rules.Case) bool {
	if c.Answers.Has(s.Field) && !s.Open(c) || !s.Asked(c) || slices.Contains(t.c.Passed, s.Field) && t.skippable(s) {
		return false
	}
	// After a loss nothing is asked of anybody who does not want a call.
	return !c.Answers.Is(rules.CallWanted, "no") || !c.Answers.Is(rules.Stage, lossNoBaby)
}

const lossNoBaby = "loss_no_baby"

// bereaved reports whether there is no living baby or pregnancy.
func (t *turn) bereaved() bool { return t.c.Answers.Is(rules.Stage, lossNoBaby) }

// mourns reports whether the loss is this person's own: nothing is said to them of a baby.
func (t *turn) mourns() bool { return t.bereaved() && t.c.Audience == rules.Parent }

func (t *turn) help() {
	t.lead = append(t.lead, t.line(lineHelp))
	t.showAgain()
}

// privacy says what is done with what a person tells, in whole.
func (t *turn) privacy() {
	t.lead = append(t.lead, t.line(linePrivacy))
	t.showAgain()
}

// media answers what cannot be read. Where it comes in answer to a question on safety it
// may be somebody trying to tell: it counts as a wish to talk.
func (t *turn) media() {
	l := lineNotMedia
	if t.c.Audience == rules.Parent && (t.c.Stage == Urgent || slices.Contains([]rules.Field{rules.Risk, rules.SafeNow, rules.DomesticAbuse}, t.c.Asked.Field)) {
		l = lineMediaRisk
		t.alert("media=voice", categoryTalk, levelUrgent, "")
	}
	t.lead = append(t.lead, t.line(l))
	t.showAgain()
}

// undo goes back to the question answered last: deleting its answer opens it again.
func (t *turn) undo() {
	if t.done() {
		t.status()
		return
	}
	if t.c.Asked.Confirming || t.c.Changing != "" {
		// What was half said here goes first.
		t.keep()
		return
	}
	n := len(t.c.Trail)
	if n == 0 || t.veiled() {
		t.lead = append(t.lead, t.line(lineNothingBack))
		t.showAgain()
		return
	}
	last := t.c.Trail[n-1]
	t.c.Trail = slices.Clone(t.c.Trail[:n-1])
	t.set(t.c.Answers.Without(append(companions[last], last)...))
	t.c.Passed = without(t.c.Passed, last)
	t.proceed()
}

// companions are the answers that may be given in the same words as another's.
var companions = map[rules.Field][]rules.Field{
	rules.ParentAddress: {rules.ParentPostcode},
	rules.ParentPhone:   {rules.ContactTimes},
}

// keep leaves a question as it was: what was half said is dropped, the answer stands.
func (t *turn) keep() {
	t.forget(t.c.Asked.Field)
	t.replied(t.c.Asked.Field)
	t.proceed()
}

// why says why the open question is asked.
func (t *turn) why() {
	q, ok := t.v.questions[t.c.Asked.Field]
	if !ok {
		t.lead = append(t.lead, t.line(lineWhyNothing))
	} else {
		t.lead = append(t.lead, q.why)
	}
	t.showAgain()
}

// trod puts a question into the trail, once.
func (t *turn) trod(f rules.Field) {
	if !slices.Contains(t.c.Trail, f) {
		t.c.Trail = append(slices.Clip(t.c.Trail), f)
	}
}

// skip passes an optional question.
func (t *turn) skip() {
	f := t.c.Asked.Field
	if f == "" {
		t.showAgain()
		return
	}
	s, _ := rules.Lookup(f)
	if slices.Contains(s.Values(t.cas()), "skip") { // "I'd rather not say" is an answer here
		t.settle(f, []string{"skip"}, nil)
		return
	}
	if !t.skippable(s) {
		t.lead = append(t.lead, t.line(lineCannotSkip))
		t.showAgain()
		return
	}
	if t.c.Stage == Booking {
		t.lead = append(t.lead, t.line(lineCallNoNumber))
		if t.c.Audience == rules.Parent { // the team hear of the wish to talk all the same
			t.settle(f, []string{notKnown}, nil)
			return
		}
	}
	t.c.Passed = append(slices.Clip(without(t.c.Passed, f)), f)
	t.trod(f)
	t.replied(f)
	t.proceed()
}

// skippable reports whether a question may be passed: it is optional, or another that does
// as well is still to come.
func (t *turn) skippable(s rules.Spec) bool {
	if s.Field == rules.SafeNow {
		return false
	}
	return !s.Required(t.cas()) || s.Or != "" && !slices.Contains(t.c.Passed, s.Or)
}

func without(fields []rules.Field, f rules.Field) []rules.Field {
	return slices.DeleteFunc(slices.Clone(fields), func(g rules.Field) bool { return g == f })
}

// due hears a timer.
func (t *turn) due(name string) {
	if name == timerRemind && t.c.Remind {
		t.c.Remind = false
		t.say(t.line(lineReminder))
	}
	if lead := t.line(lineGap); name == TimerAway && lead != "" && t.c.Asked.ID != "" && t.f.Now.Sub(t.c.HeardAt) < privateFor {
		t.lead = append(t.lead, lead)
		t.showAgain()
	}
	if p, ok := strings.CutPrefix(name, timerNews+":"); ok {
		t.newsDue(pieceOf(p))
	}
	if name != timerPause {
		return
	}
	// A pause in a long answer settles it, if it is still open.
	if s, ok := rules.Lookup(t.c.Asked.Field); ok && s.Type == rules.TypeLongText && len(t.c.Asked.Draft) > 0 {
		t.doneTicking()
	}
}

const (
	timerPause  = "pause"
	timerRemind = "remind"
	pause       = 10 * time.Minute
)

// audit notes what was done.
func (t *turn) audit(action, detail string) { t.auditOf(t.c.Ref, action, detail) }

func (t *turn) auditOf(ref, action, detail string) { t.auditAt(t.f.Now, ref, action, detail) }

func (t *turn) auditAt(at time.Time, ref, action, detail string) {
	e := Noted(ref, at, "referrer", roleOf(t.c.Audience), action, detail)
	t.out.Audit = append(t.out.Audit, e.asked(t.c.Audience, rules.RuleSetVersion))
}
