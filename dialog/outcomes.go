package dialog

import (
	"slices"
	"strings"

	"referralbot/rules"
)

// Code names an outcome, as the service's reports do.
type Code string

// The outcomes.
const (
	MoreInfo              Code = "MORE_INFO"
	Advice                Code = "ADVICE_CONSULTATION"
	Signposted            Code = "SIGNPOSTED"
	Accepted              Code = "ACCEPTED_FOR_ASSESSMENT"
	ReturnedIncomplete    Code = "RETURNED_INCOMPLETE"
	Assessed              Code = "ASSESSED"
	Formulation           Code = "TEAM_FORMULATION"
	Intervention          Code = "INTERVENTION"
	SignpostedAfter       Code = "SIGNPOSTED_AFTER_ASSESSMENT"
	Duplicate             Code = "DUPLICATE"
	WithdrawnByParent     Code = "WITHDRAWN_BY_PARENT"
	NoConsent             Code = "NO_CONSENT"
	TransferredOut        Code = "TRANSFERRED_OUT_OF_AREA"
	EscalatedSafeguarding Code = "ESCALATED_SAFEGUARDING"
	// JointWithPerinatal is added to another; it is no outcome by itself.
	JointWithPerinatal Code = "JOINT_WITH_PERINATAL"
)

// ending is one outcome: its words to clinicians, the states it can be reached from, what it
// requires, and the event it is, "" for one that leaves the state as it is. What referrers are
// told is under its code in the tables of words.
type ending struct {
	code  Code
	title string // at most 24 characters
	from  []Status
	needs func(Referral, Facts) []item
	event Action
}

var undecided = []Status{Claimed, Awaiting}

// endings are all outcomes, in the order of the menu.
var endings = []ending{
	{MoreInfo, "More information", []Status{Claimed}, askItems, evWait},
	{Advice, "Advice and consultation", undecided, adviceItems, evClose},
	{Signposted, "Signposted", undecided, signpostItems, evClose},
	{Accepted, "Accepted for assessment", undecided, acceptItems, evDecide},
	{CallTogether, "Completed together", undecided, noItems, ""},
	{CallNoAnswer, "No answer to the call", undecided, noAnswerItems, evClose},
	{CallNotNeeded, "Call not needed", undecided, reasonItems, evClose},
	{ReturnedIncomplete, "Returned as incomplete", undecided, returnItems, evClose},
	{Assessed, "Assessed", []Status{Decided}, noItems, ""},
	{Formulation, "Team formulation", []Status{Decided}, noItems, ""},
	{Intervention, "Intervention", []Status{Decided}, noItems, evClose},
	{SignpostedAfter, "Signposted afterwards", []Status{Decided}, signpostItems, evClose},
	{Duplicate, "Duplicate", inHand, reasonItems, evClose},
	{WithdrawnByParent, "Withdrawn by the parent", inHand, reasonItems, evClose},
	{NoConsent, "No consent", inHand, reasonItems, evClose},
	{TransferredOut, "Transferred out of area", inHand, reasonItems, evClose},
	{EscalatedSafeguarding, "Safeguarding", inHand, reasonItems, evClose},
}

func endingOf(code Code) ending {
	for _, e := range endings {
		if e.code == code {
			return e
		}
	}
	return ending{}
}

// Title is the outcome in words for clinicians, "" if there is no such outcome.
func (c Code) Title() string {
	if c == JointWithPerinatal {
		return "Joint with the perinatal team"
	}
	return endingOf(c).title
}

// Outcome is the code of its latest outcome, "" if it has none.
func (r Referral) Outcome() Code {
	if len(r.Results) == 0 {
		return ""
	}
	return r.Results[len(r.Results)-1].Code
}

// outcomeDeeds are the outcomes as what can be done to a referral.
func outcomeDeeds() []deed {
	var out []deed
	for _, e := range endings {
		d := deed{
			action: ActOutcome.with(e.code), label: "Outcome: " + strings.ToLower(e.title[:1]) + e.title[1:],
			verb: "record an outcome of", from: e.from, whose: holders,
			sheet: func(r Referral, _ Clinician, f Facts) sheet { return e.sheet(r, f) },
			do:    func(a *acting) { a.decide(e) },
		}
		if e.code == ReturnedIncomplete {
			d.unless = fromOutside
		}
		if slices.Contains(ofCalls, e.code) {
			d.unless = noCallAsked
		}
		out = append(out, d)
	}
	return out
}

func (a Action) with(code Code) Action { return a + ":" + Action(code) }

func fromOutside(r Referral, _ Clinician) string {
	if r.Entered != "" {
		return ""
	}
	return r.Ref + " came through the bot, which lets nothing incomplete be sent. Please ask for more information instead."
}

func (e ending) sheet(r Referral, f Facts) sheet {
	s := sheet{title: e.title, submit: "Record", items: e.needs(r, f)}
	if e.second(r) {
		s.submit = "Propose"
		s.notices = []string{"An alert has been raised about this referral, so a second clinician has to agree."}
	}
	if e.event != "" && !slices.Contains(e.from, Decided) && !slices.Contains(ofCalls, e.code) {
		s.items, s.also = append(s.items, jointItems()...), whole
	}
	return s
}

// second reports whether a second clinician has to agree: whenever an alert has been raised,
// for all that ends or settles something.
func (e ending) second(r Referral) bool {
	return !slices.Contains([]Code{MoreInfo, CallNoAnswer, CallTogether}, e.code) && len(r.Alerts) > 0
}

// decide records an outcome, or proposes it where a second clinician has to agree.
func (a *acting) decide(e ending) {
	by := a.d.By
	by.Lead = false
	res := Result{Code: e.code, By: by, At: a.f.Now, Filled: a.d.Filled}
	if !e.second(a.r) {
		a.conclude(res)
		return
	}
	a.r.Proposed = &res
	a.r.Turns++
	a.audit("proposed", string(e.code))
	a.post(by.Name+" proposes an outcome of "+a.r.Ref+": "+strings.ToLower(e.title)+". An alert has been raised about it, so a second clinician has to agree.", "")
}

// conclude makes an outcome so: the referrer is told, and whoever decided has confirmed
// receipt by it. Whoever asks for more has not: that clock stands still, and goes on.
func (a *acting) conclude(res Result) {
	e := endingOf(res.Code)
	if res.Code != MoreInfo {
		a.seen()
	}
	a.r.Proposed = nil
	waited := a.r.Status == Awaiting
	event := e.eventOf(a.r, a.f)
	what := a.afterCall(e)
	if event != "" {
		a.fire(event)
	} else {
		a.r.Turns++
	}
	if waited && event != "" {
		a.r = a.r.resumed(a.f)
	}
	a.r.Results = append(slices.Clip(a.r.Results), res)
	detail := string(res.Code)
	if joint(res) {
		detail += " " + string(JointWithPerinatal)
	}
	a.audit("outcome", detail)
	if res.Code == MoreInfo {
		a.wait(res)
		if len(a.r.Wanted.Fields) == 0 {
			what = newsTalk
		}
	}
	a.news(what, a.wordsOf(res))
	a.tell("The outcome of " + a.r.Ref + " is recorded: " + strings.ToLower(e.title) + "." + a.stillToTell() + toAdd(res))
}

// stillToTell reminds the clinician of a referrer whom the bot cannot tell.
func (a *acting) stillToTell() string {
	if a.r.Chat != (Chat{}) {
		return ""
	}
	return " It did not come through the bot, so please tell whoever referred."
}

// toAdd lists what is missing of a referral that is returned, for whoever tells its referrer.
func toAdd(res Result) string {
	if len(res.Filled["missing"]) == 0 {
		return ""
	}
	var fields []rules.Field
	for _, f := range res.Filled["missing"] {
		fields = append(fields, rules.Field(f))
	}
	return " What they have to add: " + titlesOf(fields) + "."
}

// wait asks the referrer for more. The clock stands still until it comes.
func (a *acting) wait(res Result) {
	a.r.Wanted = Wanted{By: first(res.Filled["by"])}
	for _, f := range res.Filled["fields"] {
		a.r.Wanted.Fields = append(a.r.Wanted.Fields, rules.Field(f))
	}
	a.r.Stops = append(slices.Clip(a.r.Stops), Stop{Since: a.f.Now, Why: string(MoreInfo)})
	a.r.Taken = slices.DeleteFunc(slices.Clone(a.r.Taken), func(s string) bool { return s == stepLate })
}

// agree makes so what a colleague has proposed.
func (a *acting) agree() {
	res := *a.r.Proposed
	res.Agreed = a.d.By
	res.Agreed.Lead = false
	a.audit("agreed", string(res.Code))
	a.conclude(res)
	a.post(a.d.By.Name+" agrees: "+a.r.Ref+" is "+a.r.standing()+".", res.By.ID)
}

// sendBack leaves what a colleague has proposed for them to think again.
func (a *acting) sendBack() {
	res := *a.r.Proposed
	a.r.Proposed = nil
	a.r.Turns++
	by := a.d.By
	by.Lead = false
	a.r.Notes = append(slices.Clip(a.r.Notes), Note{By: by, At: a.f.Now, Text: a.filled("why")})
	a.audit("sent_back", string(res.Code))
	a.post(a.d.By.Name+" sends the outcome of "+a.r.Ref+" back. Open shows why.", res.By.ID)
}

func agreeSheet(r Referral, _ Clinician, f Facts) sheet {
	res := *r.Proposed
	return sheet{title: "Second clinician", submit: "Agree", notices: []string{
		res.By.Name + " proposes: " + strings.ToLower(endingOf(res.Code).title) + ".", linesOf(resultLines(r, res, f)),
	}}
}

func sendBackSheet(r Referral, by Clinician, f Facts) sheet {
	s := agreeSheet(r, by, f)
	s.submit = "Send back"
	s.items = []item{{SheetItem: SheetItem{Key: "why", Label: "Why?", Hint: "It is kept as a note.", Kind: rules.TypeLongText, Max: 2000}}}
	return s
}

func linesOf(lines []Line) string {
	var out []string
	for _, l := range lines {
		out = append(out, l.Label+": "+l.Value)
	}
	return strings.Join(out, "\n")
}

func joint(res Result) bool { return len(res.Filled["joint"]) > 0 }

// jointItems are for joint working, which can be added to an outcome.
func jointItems() []item {
	return []item{
		{SheetItem: SheetItem{Key: "joint", Label: JointWithPerinatal.Title(), Kind: rules.TypeMulti, Optional: true,
			Options: choices("agreed", "Joint working is agreed with them")}},
		{SheetItem: SheetItem{Key: "joint_contact", Label: "Contact in the perinatal team", Kind: rules.TypeText, Max: 100, Optional: true}},
	}
}

// whole finds what does not go together in the sheet of an outcome.
func whole(filled map[string][]string, _ Facts) map[string]string {
	if first(filled["from"]) == "other" && len(filled["fields"]) > 0 {
		return map[string]string{"fields": "Only the person who referred can be asked in their chat."}
	}
	switch agreed, named := len(filled["joint"]) > 0, len(filled["joint_contact"]) > 0; {
	case agreed && !named:
		return map[string]string{"joint_contact": "Please name the contact in the perinatal team."}
	case named && !agreed:
		return map[string]string{"joint": "Please tick that it is agreed, or leave the contact out."}
	}
	return nil
}

// contactItems ask for the contact made with the referrer.
func contactItems(f Facts) []item {
	return []item{
		{SheetItem: SheetItem{Key: "contact_with", Label: "Who was contacted?", Kind: rules.TypeChoice,
			Options: choices("referrer", "The person who referred", "parent", "The parent", "other", "Somebody else in their care")}},
		{SheetItem: SheetItem{Key: "contact_how", Label: "How?", Kind: rules.TypeChoice,
			Options: choices("phone", "By telephone", "meeting", "In person or by video", "email", "By secure email", "bot", "By this bot")}},
		{days: lately, SheetItem: SheetItem{Key: "contact_on", Label: "When?", Kind: rules.TypeDate, Initial: []string{rules.DateOf(f.Now).String()}}},
	}
}

func askItems(r Referral, f Facts) []item {
	week := rules.DateOf(f.Now).AddDays(7)
	return append([]item{
		{SheetItem: SheetItem{Key: "fields", Label: "Questions to ask again", Hint: "They are asked in the referrer's own chat. Tick none to ask only for a talk.",
			Kind: rules.TypeMulti, Options: askable(r, f), Optional: true}},
		{SheetItem: SheetItem{Key: "from", Label: "Who is to give it?", Kind: rules.TypeChoice, Initial: []string{"referrer"},
			Options: choices("referrer", "The person who referred", "other", "Somebody else in their care")}},
		{days: ahead, SheetItem: SheetItem{Key: "by", Label: "By when?", Kind: rules.TypeDate, Initial: []string{week.String()}}},
	}, contactItems(f)...)
}

// askable are the questions that can be asked again.
func askable(r Referral, f Facts) []Choice {
	c := rules.Case{Audience: r.Audience, Today: rules.DateOf(f.Now), Answers: r.Answers, Service: f.Service}
	var out []Choice
	for _, s := range table {
		if s.Asked(c) && s.Field != rules.Private && s.Field != rules.Consent && s.Field != rules.SafeNow {
			out = append(out, Choice{Code: string(s.Field), Label: clinicianTitle(s.Field)})
		}
	}
	return out
}

func adviceItems(_ Referral, f Facts) []item {
	return append([]item{{SheetItem: SheetItem{Key: "recorded", Label: "Summary of the advice", Kind: rules.TypeChoice,
		Options: choices("yes", "It is in the clinical record")}}, criteriaItem()}, contactItems(f)...)
}

// criteriaItem asks for the reasons by which outcomes are reported: the criteria themselves, so that
// a service learns which of its flags its clinicians find to be so.
func criteriaItem() item {
	var all []string
	for _, c := range rules.Criteria() {
		all = append(all, string(c.Rule), c.Title)
	}
	return item{SheetItem: SheetItem{Key: "criteria", Label: "Which criteria did it turn on?", Hint: "Whoever referred is not told.",
		Kind: rules.TypeMulti, Options: choices(all...), Optional: true}}
}

func signpostItems(r Referral, f Facts) []item {
	return append([]item{
		{SheetItem: SheetItem{Key: "resources", Label: "Where to?", Kind: rules.TypeMulti, Options: places(r, f)}},
		{SheetItem: SheetItem{Key: "next_step", Label: "Who takes the next step?", Kind: rules.TypeChoice,
			Options: choices("referrer", "The person who referred", "parent", "The parent", "team", "This team")}},
		criteriaItem(),
	}, contactItems(f)...)
}

// places are the resources that may be given to the referrer.
func places(r Referral, f Facts) []Choice {
	hidden := f.Service.Hidden()
	var out []Choice
	for _, p := range f.Service.Places {
		if p.For(r.Audience) && !slices.ContainsFunc(hidden, func(h rules.Resource) bool { return h.ID == p.ID }) {
			out = append(out, Choice{Code: p.ID, Label: p.Name})
		}
	}
	return out
}

func acceptItems(_ Referral, f Facts) []item {
	return []item{
		{SheetItem: SheetItem{Key: "practitioner", Label: "Practitioner or team", Kind: rules.TypeText, Max: 100}},
		{days: ahead, SheetItem: SheetItem{Key: "first_contact", Label: "First contact by", Kind: rules.TypeDate, Initial: []string{rules.DateOf(f.Now).AddDays(14).String()}}},
	}
}

func returnItems(r Referral, f Facts) []item {
	c := rules.Case{Audience: r.Audience, Today: rules.DateOf(f.Now), Answers: r.Answers, Service: f.Service}
	missing := SheetItem{Key: "missing", Label: "What is missing?", Kind: rules.TypeMulti, Options: askable(r, f)}
	for _, field := range rules.Missing(c) {
		missing.Initial = append(missing.Initial, string(field))
		if o := (Choice{Code: string(field), Label: clinicianTitle(field)}); !slices.Contains(missing.Options, o) {
			missing.Options = append(missing.Options, o)
		}
	}
	return append([]item{{SheetItem: missing}}, contactItems(f)...)
}

func noItems(Referral, Facts) []item { return nil }

func reasonItems(Referral, Facts) []item {
	return []item{{SheetItem: SheetItem{Key: "reason", Label: "Reason", Kind: rules.TypeLongText, Max: 500,
		Hint: "It is shown to whoever opens the referral, and to nobody else."}}}
}

// wordsOf is what is filled into the words that tell a referrer of an outcome.
func (a *acting) wordsOf(res Result) map[string]string {
	words := map[string]string{}
	if by := first(res.Filled["by"]); by != "" {
		words["day"] = dayWords(by)
	}
	if by := first(res.Filled["first_contact"]); by != "" {
		words["day"] = dayWords(by)
	}
	var list []string
	for _, p := range a.f.Service.Places {
		if slices.Contains(res.Filled["resources"], p.ID) {
			list = append(list, "• "+p.Name+": "+p.Contact)
		}
	}
	if joint(res) {
		words["joint"] = "yes"
	}
	if list != nil {
		words["list"] = strings.Join(list, "\n")
	}
	return words
}

// resultLines are an outcome for whoever opens the referral.
func resultLines(r Referral, res Result, f Facts) []Line {
	e := endingOf(res.Code)
	lines := []Line{{"Outcome", e.title + ", by " + res.By.Name + " at " + clock(res.At)}}
	if res.Agreed.ID != "" {
		lines = append(lines, Line{"Agreed by", res.Agreed.Name})
	}
	for _, i := range e.sheet(r, f).items {
		if given := res.Filled[i.Key]; len(given) > 0 {
			lines = append(lines, Line{i.Label, i.readable(given)})
		}
	}
	return lines
}

// readable is what was filled in, in words.
func (i SheetItem) readable(given []string) string {
	var out []string
	for _, v := range given {
		for _, o := range i.Options {
			if o.Code == v {
				v = o.Label
			}
		}
		out = append(out, v)
	}
	return words(i.Kind, out)
}

// first is the first value of an item, "" for none.
func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}
