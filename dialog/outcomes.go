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

// ending is one outcome: the states it can be reached from, what it
// requires, and the event it is, "" for one that leaves the state as it is. What referrers are
// told is under its code in the tables of words.
type ending struct {
	code  Code
	from  []Status
	needs func(Referral, Facts) []item
	event Action
}

var undecided = []Status{Claimed, Awaiting}

// endings are all outcomes, in the order of the menu.
var endings = []ending{
	{MoreInfo, []Status{Claimed}, askItems, evWait},
	{Advice, undecided, adviceItems, evClose},
	{Signposted, undecided, signpostItems, evClose},
	{Accepted, undecided, acceptItems, evDecide},
	{CallTogether, undecided, noItems, ""},
	{CallNoAnswer, undecided, noAnswerItems, evClose},
	{CallNotNeeded, undecided, reasonItems, evClose},
	{ReturnedIncomplete, undecided, returnItems, evClose},
	{Assessed, []Status{Decided}, noItems, ""},
	{Formulation, []Status{Decided}, noItems, ""},
	{Intervention, []Status{Decided}, noItems, evClose},
	{SignpostedAfter, []Status{Decided}, signpostItems, evClose},
	{Duplicate, inHand, reasonItems, evClose},
	{WithdrawnByParent, inHand, reasonItems, evClose},
	{NoConsent, inHand, reasonItems, evClose},
	{TransferredOut, inHand, reasonItems, evClose},
	{EscalatedSafeguarding, inHand, reasonItems, evClose},
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
	return everybody.outcomes[c]
}

// within is its title within a sentence.
func (c Code) within() string { return strings.ToLower(c.Title()) }

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
			action: ActOutcome.with(e.code), from: e.from, whose: holders,
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
	return fill(clinicianVoice.refusals.complete, "ref", r.Ref)
}

func (e ending) sheet(r Referral, f Facts) sheet {
	s := sheet{title: fill(clinicianVoice.sheets[ActOutcome].title, "outcome", e.code.Title()), items: e.needs(r, f)}
	if e.second(r) {
		s.submit, s.notices = clinicianVoice.besides.propose, []string{clinicianVoice.besides.second}
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
	a.post(a.said(clinicianVoice.told.proposed, "name", by.Name, "outcome", e.code.within()), "")
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
	a.tell(a.said(clinicianVoice.told.outcome, "outcome", e.code.within()), a.stillToTell(), toAdd(res))
}

// stillToTell reminds the clinician of a referrer whom the bot cannot tell.
func (a *acting) stillToTell() string {
	if a.r.Chat != (Chat{}) {
		return ""
	}
	return clinicianVoice.told.stillToTell
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
	return fill(clinicianVoice.told.toAdd, "fields", titlesOf(fields))
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
	a.post(a.said(clinicianVoice.told.agreed, "name", a.d.By.Name, "standing", a.r.standing()), res.By.ID)
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
	a.post(a.said(clinicianVoice.told.sentBack, "name", a.d.By.Name), res.By.ID)
}

func agreeSheet(r Referral, _ Clinician, f Facts) sheet {
	res := *r.Proposed
	return sheet{notices: []string{
		fill(clinicianVoice.besides.proposed, "name", res.By.Name, "outcome", res.Code.within()), linesOf(resultLines(r, res, f)),
	}}
}

func sendBackSheet(r Referral, by Clinician, f Facts) sheet {
	s := agreeSheet(r, by, f)
	s.items = []item{{SheetItem: SheetItem{Key: "why", Kind: rules.TypeLongText, Max: 2000}}}
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
		{SheetItem: SheetItem{Key: "joint", Kind: rules.TypeMulti, Optional: true}},
		{SheetItem: SheetItem{Key: "joint_contact", Kind: rules.TypeText, Max: 100, Optional: true}},
	}
}

// whole finds what does not go together in the sheet of an outcome.
func whole(filled map[string][]string, _ Facts) map[string]string {
	if first(filled["from"]) == "other" && len(filled["fields"]) > 0 {
		return map[string]string{"fields": clinicianVoice.mistakes.referrerOnly}
	}
	switch agreed, named := len(filled["joint"]) > 0, len(filled["joint_contact"]) > 0; {
	case agreed && !named:
		return map[string]string{"joint_contact": clinicianVoice.mistakes.jointContact}
	case named && !agreed:
		return map[string]string{"joint": clinicianVoice.mistakes.jointTick}
	}
	return nil
}

// contactItems ask for the contact made with the referrer.
func contactItems(f Facts) []item {
	return []item{
		{SheetItem: SheetItem{Key: "contact_with", Kind: rules.TypeChoice}},
		{SheetItem: SheetItem{Key: "contact_how", Kind: rules.TypeChoice}},
		{days: lately, SheetItem: SheetItem{Key: "contact_on", Kind: rules.TypeDate, Initial: []string{rules.DateOf(f.Now).String()}}},
	}
}

func askItems(r Referral, f Facts) []item {
	week := rules.DateOf(f.Now).AddDays(7)
	return append([]item{
		{SheetItem: SheetItem{Key: "fields", Kind: rules.TypeMulti, Options: askable(r, f), Optional: true}},
		{SheetItem: SheetItem{Key: "from", Kind: rules.TypeChoice, Initial: []string{"referrer"}}},
		{days: ahead, SheetItem: SheetItem{Key: "by", Kind: rules.TypeDate, Initial: []string{week.String()}}},
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
	return append([]item{{SheetItem: SheetItem{Key: "recorded", Kind: rules.TypeChoice}}, criteriaItem()}, contactItems(f)...)
}

// criteriaItem asks for the reasons by which outcomes are reported: the criteria themselves, so that
// a service learns which of its flags its clinicians find to be so.
func criteriaItem() item {
	var all []Choice
	for _, c := range rules.Criteria() {
		all = append(all, Choice{Code: string(c.Rule), Label: c.Title})
	}
	return item{SheetItem: SheetItem{Key: "criteria", Kind: rules.TypeMulti, Options: all, Optional: true}}
}

func signpostItems(r Referral, f Facts) []item {
	return append([]item{
		{SheetItem: SheetItem{Key: "resources", Kind: rules.TypeMulti, Options: places(r, f)}},
		{SheetItem: SheetItem{Key: "next_step", Kind: rules.TypeChoice}},
		criteriaItem(),
	}, contactItems(f)...)
}

// places are the resources that may be given to the referrer.
func places(r Referral, f Facts) []Choice {
	var out []Choice
	for _, p := range f.Service.Shown() {
		if p.For(r.Audience) {
			out = append(out, Choice{Code: p.ID, Label: p.Name})
		}
	}
	return out
}

func acceptItems(_ Referral, f Facts) []item {
	return []item{
		{SheetItem: SheetItem{Key: "practitioner", Kind: rules.TypeText, Max: 100}},
		{days: ahead, SheetItem: SheetItem{Key: "first_contact", Kind: rules.TypeDate, Initial: []string{rules.DateOf(f.Now).AddDays(14).String()}}},
	}
}

func returnItems(r Referral, f Facts) []item {
	c := rules.Case{Audience: r.Audience, Today: rules.DateOf(f.Now), Answers: r.Answers, Service: f.Service}
	missing := SheetItem{Key: "missing", Kind: rules.TypeMulti, Options: askable(r, f)}
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
	return []item{{SheetItem: SheetItem{Key: "reason", Kind: rules.TypeLongText, Max: 500}}}
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
	w := clinicianVoice.lines
	lines := []Line{w.result.filled("outcome", res.Code.Title(), "name", res.By.Name, "time", clock(res.At))}
	if res.Agreed.ID != "" {
		lines = append(lines, w.agreed.filled("name", res.Agreed.Name))
	}
	for _, i := range e.sheet(r, f).worded(ActOutcome).items {
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
