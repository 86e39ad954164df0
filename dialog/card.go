package dialog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"referralbot/rules"
)

// CardOf is what the triage channel shows of a referral: where it comes from, in bands,
// what it needs first, and who has it. It holds nothing that could say who the family is,
// no words of theirs, and nothing about abuse, drink or drugs.
func CardOf(r Referral, f Facts) Card {
	titles, w := clinicianVoice.titles, clinicianVoice.lines
	title, summary := titles.referral, titles.referralIs
	if r.Kind == KindCall {
		title, summary = titles.call, titles.callIs
	}
	c := Card{Title: fill(title, "ref", r.Ref), Summary: fill(summary, "ref", r.Ref, "status", clinicianVoice.statuses[r.Status])}
	add := func(l Line, pairs ...string) {
		if l = l.filled(pairs...); l.Value != "" {
			c.Lines = append(c.Lines, l)
		}
	}
	c.Buttons, c.More = buttonsOf(r)
	switch r.Status {
	case Withdrawn:
		add(w.takenBack, "name", cmp.Or(r.Claimant.Name, clinicianVoice.phrases.nobody))
		add(w.alert, "state", alertState(r.Alerts))
		return c
	case Closed:
		add(w.closed, "outcome", decided(r))
		if r.Booked != nil && r.Booked.Ended == CallCancelled {
			add(w.callCancelled)
		}
		add(w.alert, "state", alertState(r.Alerts))
		return c
	}
	add(w.from, "source", source(r))
	add(w.baby, "age", AgeBand(r))
	add(w.area, "home", homeBand(r, f))
	if r.Kind == KindReferral || r.Assessment.Bands.Safety > "S0" {
		add(w.safety, "band", band(r.Assessment.Bands.Safety, discreet(r.Assessment.Bands.SafetyReasons)))
	}
	if r.Kind == KindReferral {
		add(w.relationship, "band", band(r.Assessment.Bands.Relational, r.Assessment.Bands.RelationalReasons))
	}
	add(w.flags, "flags", flags(r.Assessment))
	add(w.time, "pressures", pressures(r.Assessment))
	add(w.involved, "network", involved(r.Answers))
	add(draftLine(r, f))
	add(callLine(r))
	if r.Status == Received && r.Booked.ToCome() {
		c.Notify = r.Booked.With.ID // whose it may well be
	}
	if r.CallWanted && !r.Booked.ToCome() {
		add(w.talkFirst, "when", callWhen(r.CallTimes))
	}
	add(arrival(r))
	add(receipt(r, f))
	if left := r.timeLeft(f); left != "" { // and when that was so, for a card is not drawn anew by the hour
		add(w.left, "left", left, "time", clock(f.Now))
	}
	add(w.outcome, "outcome", decided(r))
	add(w.alert, "state", alertState(r.Alerts))
	if r.Unreachable {
		add(w.chat)
	}
	add(w.family, "refs", strings.Join(r.Family, ", "))
	add(w.perhaps, "likeness", maybeFamily(r))
	if n := len(r.Notes); n > 0 {
		add(w.notes, "n", strconv.Itoa(n))
	}
	if r.Claimant.ID != "" {
		add(w.claimed, "name", r.Claimant.Name)
	} else {
		add(w.unclaimed)
	}
	return c
}

// receipt says by when a person is to confirm receipt, or that one has.
func receipt(r Referral, f Facts) Line {
	w := clinicianVoice.lines
	switch {
	case r.Confirmed.ID != "":
		return w.confirmed.filled("name", r.Confirmed.Name, "time", clock(r.ConfirmedAt))
	case r.due(f).IsZero():
		return w.confirm.filled("clock", r.stands())
	default:
		return w.confirmBy.filled("day", rules.DateOf(r.DueAt).Words())
	}
}

// arrival says when a referral came, and how, if that was not through the bot.
func arrival(r Referral) Line {
	for _, w := range Ways() {
		if w.Code == r.Entered {
			return clinicianVoice.lines.receivedBy.filled("time", clock(r.ReceivedAt), "way", strings.ToLower(w.Label[:1])+w.Label[1:])
		}
	}
	return clinicianVoice.lines.received.filled("time", clock(r.ReceivedAt))
}

// decided says what was decided last and by whom, or what is proposed.
func decided(r Referral) string {
	w := clinicianVoice.phrases
	if p := r.Proposed; p != nil {
		return fill(w.proposed, "outcome", p.Code.within(), "name", p.By.Name)
	}
	if len(r.Results) == 0 {
		return ""
	}
	res := r.Results[len(r.Results)-1]
	outcome, name := res.Code.within(), res.By.Name
	if joint(res) {
		outcome = fill(w.jointly, "outcome", outcome)
	}
	if res.Agreed.ID != "" {
		name = fill(w.both, "name", name, "second", res.Agreed.Name)
	}
	return fill(w.decided, "outcome", outcome, "name", name, "day", rules.DateOf(res.At).Words())
}

// band is a band in words, with what it is for.
func band(code string, reasons []string) string {
	band := cmp.Or(clinicianVoice.bands[code], code)
	if len(reasons) == 0 {
		return band
	}
	return band + ": " + strings.Join(reasons, ", ")
}

// discreet leaves out of a list of reasons those that would tell a channel about abuse,
// drink or drugs.
func discreet(reasons []string) []string {
	var out []string
	for _, r := range reasons {
		out = union(out, []string{cmp.Or(clinicianVoice.discreet[r], r)})
	}
	return out
}

func source(r Referral) string {
	if r.Audience == rules.Parent {
		return clinicianVoice.phrases.self
	}
	s, _ := rules.Lookup(rules.ReferrerType)
	if l := readable(&professionalVoice, s, rules.Case{Audience: r.Audience, Answers: r.Answers}); l != "" {
		return l
	}
	return clinicianVoice.phrases.professional
}

// age is a band of months by which the channel knows a baby, or what there is in its place.
type age string

const (
	agePregnant age = "pregnant"
	ageTo3      age = "0_to_3"
	ageTo11     age = "4_to_11"
	ageTo23     age = "12_to_23"
	ageOver     age = "over_24"
	ageUnknown  age = "unknown"
	ageLoss     age = "loss"
	ageUnsaid   age = "unsaid"
)

// ages are all of them, in order.
var ages = []age{agePregnant, ageTo3, ageTo11, ageTo23, ageOver, ageUnknown, ageLoss, ageUnsaid}

// ageOf is the stage, or the baby's age in bands of months.
func ageOf(r Referral) age {
	switch r.Answers.One(rules.Stage) {
	case "":
		return ageUnsaid
	case "pregnant":
		return agePregnant
	case lossNoBaby:
		return ageLoss
	}
	d, ok := rules.ParseISODate(r.Answers.One(rules.BabyDOB))
	if !ok {
		return ageUnknown
	}
	received := rules.DateOf(r.ReceivedAt)
	months := (received.Year-d.Year)*12 + int(received.Month) - int(d.Month)
	if d.Day > received.Day {
		months--
	}
	switch {
	case r.Assessment.Verdicts[rules.RuleAge] == rules.LikelyExcluded:
		return ageOver
	case months <= 3:
		return ageTo3
	case months <= 11:
		return ageTo11
	}
	return ageTo23
}

// homeBand is where the home is, as a band; the postcode stays in the referral.
func homeBand(r Referral, f Facts) string {
	if f.Service == nil || !r.Answers.Has(rules.ParentPostcode) {
		return ""
	}
	return clinicianVoice.homes[f.Service.Home(r.Answers.One(rules.ParentPostcode))]
}

func flags(a rules.Assessment) string {
	var out []string
	for _, rule := range rules.Rules() {
		if verdict, ok := clinicianVoice.verdicts[a.Verdicts[rule]]; ok {
			out = append(out, fill(clinicianVoice.phrases.flag, "rule", string(rule), "verdict", verdict))
		}
	}
	if len(out) == 0 {
		return clinicianVoice.phrases.noFlags
	}
	return strings.Join(out, "; ")
}

// The notes about time.
const (
	noteNearLimit rules.Note = "age_near_limit"
	noteNearTerm  rules.Note = "near_term_priority"
)

// pressures are the notes about time. Dates themselves stay in the referral.
func pressures(a rules.Assessment) string {
	var out []string
	for _, note := range []rules.Note{noteNearLimit, noteNearTerm} {
		if slices.Contains(a.Notes, note) {
			out = append(out, clinicianVoice.pressures[note])
		}
	}
	return strings.Join(out, "; ")
}

func involved(a rules.Answers) string {
	s, _ := rules.Lookup(rules.Network)
	return readable(&professionalVoice, s, rules.Case{Audience: rules.Professional, Answers: a})
}

func callWhen(times string) string {
	if o, ok := professionalVoice.shared[times]; ok {
		return strings.ToLower(o.label)
	}
	return clinicianVoice.phrases.sometime
}

// Whole is the whole referral, for a private view by a clinician: every answer, the
// criteria with their verdicts, and what the service says it is not. Of what has been taken
// back it shows no more than that, unless an alert of it is open.
func Whole(r Referral, f Facts) []Section {
	if r.recalled() {
		w := clinicianVoice.lines
		return []Section{{Title: clinicianVoice.titles.about, Lines: []Line{w.reference.filled("ref", r.Ref), w.nothingLeft}}}
	}
	return Held(r, f)
}

// Held is everything of a referral in the words it was asked in, taken back or not: what
// the person it is about may ask to see.
func Held(r Referral, f Facts) []Section { return held(r, f, nil) }

// PassedOn is Held as it may leave the service's own hands, as by mail: without what Withheld
// lists, of which it says where it can be read.
func PassedOn(r Referral, f Facts) []Section { return held(r, f, Withheld(r)) }

// Withheld are the answers that could tell somebody dangerous where the family is. They stay
// where the referral is opened, and go nowhere else.
func Withheld(r Referral) []rules.Field {
	read := r.RuleSet != "" // else nobody knows yet
	if read && !slices.Contains(r.Assessment.Notes, rules.NoteSuppressAddress) {
		return nil
	}
	return []rules.Field{rules.ParentAddress, rules.ParentPostcode}
}

func held(r Referral, f Facts, withheld []rules.Field) []Section {
	a, w := r.Assessment, clinicianVoice.lines
	about := Section{Title: clinicianVoice.titles.about, Lines: append(standing(r), reading(r)...)}
	if len(a.Notes) > 0 {
		var notes []string
		for _, n := range a.Notes {
			notes = append(notes, rules.NoteMeaning(n))
		}
		about.Lines = append(about.Lines, w.meanings.filled("meanings", strings.Join(notes, "; ")))
	}
	about.Lines = append(about.Lines, callLines(r, f)...)
	if r.CallWanted && !r.Booked.ToCome() {
		when := callWhen(r.CallTimes)
		if _, fixed := professionalVoice.shared[r.CallTimes]; !fixed && r.CallTimes != "" {
			when = r.CallTimes
		}
		about.Lines = append(about.Lines, w.callWanted.filled("when", when))
	}
	about.Lines = append(about.Lines, w.pleaseNote)
	out := []Section{about}
	if len(r.Alerts) > 0 {
		out = append(out, alerts(r))
	}
	if since := history(r, f); len(since.Lines) > 0 {
		out = append(out, since)
	}
	c := rules.Case{Audience: r.Audience, Today: rules.DateOf(r.ReceivedAt), Answers: r.Answers, Service: f.Service}
	for _, i := range readingOrder {
		part := Section{Title: sections[i].title()}
		for _, s := range table {
			if sectionIndex[s.Field] != i || !r.Answers.Has(s.Field) {
				continue
			}
			said := readable(voiceOf(r.Audience), s, c)
			if slices.Contains(withheld, s.Field) {
				said = ToClinicians.FormWithheld
			}
			part.Lines = append(part.Lines, Line{clinicianTitle(s.Field), said})
		}
		if len(part.Lines) > 0 {
			out = append(out, part)
		}
	}
	return out
}

// history is what clinicians have done with it and written about it.
func history(r Referral, f Facts) Section {
	s, w := Section{Title: clinicianVoice.titles.history}, clinicianVoice.lines
	for _, res := range r.Results {
		s.Lines = append(s.Lines, resultLines(r, res, f)...)
	}
	for _, stop := range r.Stops {
		s.Lines = append(s.Lines, stop.line())
	}
	if !r.Wanted.AnsweredAt.IsZero() {
		s.Lines = append(s.Lines, w.more.filled("time", clock(r.Wanted.AnsweredAt)))
	}
	for _, n := range r.Notes {
		s.Lines = append(s.Lines, w.note.filled("name", n.By.Name, "note", n.Text))
	}
	return s
}

// line says for how long a clock stood still, and why.
func (s Stop) line() Line {
	w := clinicianVoice.lines.standsStill
	if !s.Until.IsZero() {
		w = clinicianVoice.lines.stoodStill
	}
	return w.filled("since", clock(s.Since), "until", clock(s.Until), "why", s.because())
}

// reading says how the answers were read.
func reading(r Referral) []Line {
	w := clinicianVoice.lines
	if r.RuleSet == "" {
		return []Line{w.unread}
	}
	a := r.Assessment
	return []Line{
		w.safetyBand.filled("band", band(a.Bands.Safety, a.Bands.SafetyReasons)),
		w.relationshipBand.filled("band", band(a.Bands.Relational, a.Bands.RelationalReasons)),
		w.criteria.filled("flags", flags(a)),
	}
}

// standing says what it is that is being read.
func standing(r Referral) []Line {
	w := clinicianVoice.lines
	lines := []Line{w.reference.filled("ref", r.Ref), w.from.filled("source", source(r))}
	if r.Kind == KindDraft {
		return append(lines, w.unsent, w.firstAlert.filled("time", clock(r.ReceivedAt)))
	}
	return append(lines, arrival(r), w.promised.filled("day", rules.DateOf(r.DueAt).Words()))
}

// alerts are what the alerts of a referral say, with the words that raised them.
func alerts(r Referral) Section {
	s, w := Section{Title: clinicianVoice.titles.alerts}, clinicianVoice.lines
	for _, a := range r.Alerts {
		s.Lines = append(s.Lines, w.alerted.filled("time", clock(a.At), "level", clinicianVoice.levels[a.Level], "risk", a.risk(), "state", a.state()))
	}
	if len(r.Heard) > 0 {
		s.Lines = append(s.Lines, w.words.filled("words", strings.Join(r.Heard, "\n")))
	}
	return s
}

// readingOrder puts what a clinician reads first first: what is happening and whether
// anybody is in danger, then who they are and how to reach them.
var readingOrder = []int{4, 6, 5, 1, 2, 3, 7, 0}

// clinicianTitle is what a field is called to clinicians.
func clinicianTitle(f rules.Field) string {
	if title, ok := clinicianVoice.fields[f]; ok {
		return title
	}
	if q, ok := professionalVoice.questions[f]; ok {
		return q.title
	}
	return parentVoice.questions[f].title
}
