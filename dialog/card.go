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
	c := Card{Title: "Referral " + r.Ref, Summary: "Referral " + r.Ref + ": " + string(r.Status)}
	if r.Kind == KindCall {
		c.Title, c.Summary = "Call asked for "+r.Ref, "Call asked for "+r.Ref+": "+string(r.Status)
	}
	add := func(label, value string) {
		if value != "" {
			c.Lines = append(c.Lines, Line{label, value})
		}
	}
	c.Buttons, c.More = buttonsOf(r)
	switch r.Status {
	case Withdrawn:
		add("Taken back", "by the person who sent it; "+cmp.Or(r.Claimant.Name, "nobody")+" had it")
		add("Alert", alertLine(r.Alerts))
		return c
	case Closed:
		add("Closed", outcomeLine(r))
		if r.Booked != nil && r.Booked.Ended == CallCancelled {
			add("Call", "cancelled by the person who booked it")
		}
		add("Alert", alertLine(r.Alerts))
		return c
	}
	add("From", source(r))
	add("Baby", ageBand(r))
	add("Area", areaBand(r, f))
	if r.Kind == KindReferral || r.Assessment.Bands.Safety > "S0" {
		add("Safety", band(safetyBands[r.Assessment.Bands.Safety], discreet(r.Assessment.Bands.SafetyReasons)))
	}
	if r.Kind == KindReferral {
		add("Relationship", band(r.Assessment.Bands.Relational, r.Assessment.Bands.RelationalReasons))
	}
	add("Flags", flagLine(r.Assessment))
	add("Time", pressures(r.Assessment))
	add("Involved", involved(r.Answers))
	add("Draft", draftLine(r, f))
	add("Call", callLine(r))
	if r.Status == Received && r.Booked.ToCome() {
		c.Notify = r.Booked.With.ID // whose it may well be
	}
	if r.CallWanted && !r.Booked.ToCome() {
		add("Talk first", "asked for a call ("+callWhen(r.CallTimes)+")")
	}
	add("Received", clock(r.ReceivedAt)+arrival(r))
	add(receipt(r, f))
	add("Time left", leftOnCard(r, f))
	add("Outcome", outcomeLine(r))
	add("Alert", alertLine(r.Alerts))
	if r.Unreachable {
		add("Chat", "messages to the referrer are not getting through")
	}
	add("Joined with", strings.Join(r.Family, ", "))
	add("Perhaps", maybeFamily(r))
	if n := len(r.Notes); n > 0 {
		add("Notes", strconv.Itoa(n))
	}
	if r.Claimant.ID != "" {
		add("Claimed by", r.Claimant.Name)
	} else {
		add("Claimed by", "nobody yet")
	}
	return c
}

// receipt says by when a person is to confirm receipt, or that one has.
func receipt(r Referral, f Facts) (label, value string) {
	switch day := rules.DateOf(r.DueAt).Words(); {
	case r.Confirmed.ID != "":
		return "Receipt confirmed", "by " + r.Confirmed.Name + " at " + clock(r.ConfirmedAt)
	case r.due(f).IsZero():
		return "Confirm receipt", "nobody has yet; the clock " + r.stands()
	default:
		return "Confirm receipt by", day + "; nobody has yet"
	}
}

// leftOnCard is how much time is left, and when that was so, for a card is not drawn anew by
// the hour.
func leftOnCard(r Referral, f Facts) string {
	if t := r.timeLeft(f); t != "" {
		return t + " (at " + clock(f.Now) + ")"
	}
	return ""
}

// arrival says how a referral came that did not come through the bot.
func arrival(r Referral) string {
	for _, w := range ways {
		if w.Code == r.Entered {
			return ", " + strings.ToLower(w.Label[:1]) + w.Label[1:]
		}
	}
	return ""
}

// outcomeLine says what was decided last and by whom, or what is proposed.
func outcomeLine(r Referral) string {
	if p := r.Proposed; p != nil {
		return strings.ToLower(endingOf(p.Code).title) + " proposed by " + p.By.Name + "; a second clinician has to agree"
	}
	if len(r.Results) == 0 {
		return ""
	}
	res := r.Results[len(r.Results)-1]
	line := strings.ToLower(endingOf(res.Code).title)
	if joint(res) {
		line += ", jointly with the perinatal team"
	}
	line += ", by " + res.By.Name
	if res.Agreed.ID != "" {
		line += " and " + res.Agreed.Name
	}
	return line + " on " + rules.DateOf(res.At).Words()
}

// safetyBands are the bands in words. They order the reading; a clinician sets the priority.
var safetyBands = map[string]string{"S3": "S3 now", "S2": "S2 same day", "S1": "S1 known", "S0": "S0 none known"}

func band(band string, reasons []string) string {
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
		if slices.Contains([]string{"unsafe home", "unsafe before", "safety unsure", "harm by others", "substance use"}, r) {
			r = "safety question"
		}
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

func source(r Referral) string {
	if r.Audience == rules.Parent {
		return "Parent (self-referral)"
	}
	s, _ := rules.Lookup(rules.ReferrerType)
	if l := readable(&professionalVoice, s, rules.Case{Audience: r.Audience, Answers: r.Answers}); l != "" {
		return l
	}
	return "Professional"
}

// ageBand is the stage, or the baby's age in bands of months.
func ageBand(r Referral) string {
	switch r.Answers.One(rules.Stage) {
	case "":
		return "not said yet"
	case "pregnant":
		return "pregnant"
	case lossNoBaby:
		return "after a loss"
	}
	d, ok := rules.ParseISODate(r.Answers.One(rules.BabyDOB))
	if !ok {
		return "born, age not given"
	}
	received := rules.DateOf(r.ReceivedAt)
	months := (received.Year-d.Year)*12 + int(received.Month) - int(d.Month)
	if d.Day > received.Day {
		months--
	}
	switch {
	case r.Assessment.Verdicts[rules.RuleAge] == rules.LikelyExcluded:
		return "over 24 months"
	case months <= 3:
		return "0–3 months"
	case months <= 11:
		return "4–11 months"
	}
	return "12–23 months"
}

// areaBand is where the home is, as a band; the postcode stays in the referral.
func areaBand(r Referral, f Facts) string {
	if f.Service == nil || !r.Answers.Has(rules.ParentPostcode) {
		return ""
	}
	switch f.Service.Home(r.Answers.One(rules.ParentPostcode)) {
	case rules.HomeIn:
		return "home in the area"
	case rules.HomeOut:
		return "home outside the area"
	case rules.HomeStraddle:
		return "home at the border"
	case rules.HomeRefuge:
		return "address withheld"
	}
	return "home not known"
}

var verdictWords = map[rules.Verdict]string{
	rules.Discuss: "discuss", rules.LikelyExcluded: "may not fit",
}

func flagLine(a rules.Assessment) string {
	var out []string
	for _, rule := range rules.Rules() {
		if w := verdictWords[a.Verdicts[rule]]; w != "" {
			out = append(out, string(rule)+": "+w)
		}
	}
	if len(out) == 0 {
		return "none"
	}
	return strings.Join(out, "; ")
}

// pressures are the notes about time. Dates themselves stay in the referral.
func pressures(a rules.Assessment) string {
	var out []string
	for _, p := range []struct {
		note rules.Note
		says string
	}{
		{"age_near_limit", "baby is two within eight weeks"},
		{"near_term_priority", "due within six weeks, or overdue"},
	} {
		if slices.Contains(a.Notes, p.note) {
			out = append(out, p.says)
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
	return "time in the referral"
}

// Whole is the whole referral, for a private view by a clinician: every answer, the
// criteria with their verdicts, and what the service says it is not. Of what has been taken
// back it shows no more than that, unless an alert of it is open.
func Whole(r Referral, f Facts) []Section {
	if r.recalled() {
		return []Section{{Title: "This referral", Lines: []Line{{"Reference", r.Ref}, {"Taken back", "by the person who sent it. There is nothing more to read."}}}}
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
	a := r.Assessment
	about := Section{Title: "This referral", Lines: append(standing(r), reading(r)...)}
	if len(a.Notes) > 0 {
		var notes []string
		for _, n := range a.Notes {
			notes = append(notes, rules.NoteMeaning(n))
		}
		about.Lines = append(about.Lines, Line{"Notes", strings.Join(notes, "; ")})
	}
	about.Lines = append(about.Lines, callLines(r, f)...)
	if r.CallWanted && !r.Booked.ToCome() {
		when := callWhen(r.CallTimes)
		if _, fixed := professionalVoice.shared[r.CallTimes]; !fixed && r.CallTimes != "" {
			when = r.CallTimes
		}
		about.Lines = append(about.Lines, Line{"Call asked for", when})
	}
	about.Lines = append(about.Lines, Line{"Please note", NotAnAssessment + " The bands and flags order the reading; a clinician decides."})
	out := []Section{about}
	if len(r.Alerts) > 0 {
		out = append(out, alerts(r))
	}
	if since := history(r, f); len(since.Lines) > 0 {
		out = append(out, since)
	}
	c := rules.Case{Audience: r.Audience, Today: rules.DateOf(r.ReceivedAt), Answers: r.Answers, Service: f.Service}
	for _, i := range readingOrder {
		part := Section{Title: sections[i].title}
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
	s := Section{Title: "Since then"}
	for _, res := range r.Results {
		s.Lines = append(s.Lines, resultLines(r, res, f)...)
	}
	for _, stop := range r.Stops {
		s.Lines = append(s.Lines, Line{"Clock of receipt", stop.line()})
	}
	if !r.Wanted.AnsweredAt.IsZero() {
		s.Lines = append(s.Lines, Line{"More information", "given by the referrer at " + clock(r.Wanted.AnsweredAt)})
	}
	for _, n := range r.Notes {
		s.Lines = append(s.Lines, Line{"Note by " + n.By.Name, n.Text})
	}
	return s
}

// line says for how long a clock stood still, and why.
func (s Stop) line() string {
	until := ""
	if !s.Until.IsZero() {
		until = " until " + clock(s.Until)
	}
	return "stood still from " + clock(s.Since) + until + ": " + s.because()
}

// reading says how the answers were read.
func reading(r Referral) []Line {
	if r.RuleSet == "" {
		return []Line{{"Not read yet", "A fault of ours kept the answers from being read against the criteria."}}
	}
	a := r.Assessment
	return []Line{
		{"Safety band", band(safetyBands[a.Bands.Safety], a.Bands.SafetyReasons)},
		{"Relationship band", band(a.Bands.Relational, a.Bands.RelationalReasons)},
		{"Criteria", flagLine(a)},
	}
}

// standing says what it is that is being read.
func standing(r Referral) []Line {
	lines := []Line{{"Reference", r.Ref}, {"From", source(r)}}
	if r.Kind == KindDraft {
		return append(lines, Line{"Draft", "Not sent, and it may be without consent. It is shown because of an alert, to protect somebody's vital interests."},
			Line{"First alert", clock(r.ReceivedAt)})
	}
	return append(lines, Line{"Received", clock(r.ReceivedAt) + arrival(r)}, Line{"Confirm receipt by", rules.DateOf(r.DueAt).Words()})
}

// alerts are what the alerts of a referral say, with the words that raised them.
func alerts(r Referral) Section {
	s := Section{Title: "Alerts"}
	for _, a := range r.Alerts {
		s.Lines = append(s.Lines, Line{clock(a.At), a.Level + ": " + cmp.Or(risksInWords[a.Category], a.Category) + "; " + a.state()})
	}
	if len(r.Heard) > 0 {
		s.Lines = append(s.Lines, Line{"Words that raised it", strings.Join(r.Heard, "\n")})
	}
	return s
}

// readingOrder puts what a clinician reads first first: what is happening and whether
// anybody is in danger, then who they are and how to reach them.
var readingOrder = []int{4, 6, 5, 1, 2, 3, 7, 0}

// clinicianTitle is what a field is called to clinicians.
func clinicianTitle(f rules.Field) string {
	for _, titled := range []struct {
		field rules.Field
		title string
	}{
		{rules.ReferrerName, "Referrer's name"}, {rules.ReferrerType, "Referrer's role"}, {rules.ReferrerOrganisation, "Referrer's organisation"},
		{rules.ReferrerPhone, "Referrer's phone"}, {rules.ReferrerEmail, "Referrer's email"},
		{rules.Private, "In a private place"}, {rules.GPSharing, "May tell the GP"}, {rules.SafeNow, "Able to keep safe now"},
	} {
		if titled.field == f {
			return titled.title
		}
	}
	if q, ok := professionalVoice.questions[f]; ok {
		return q.title
	}
	return parentVoice.questions[f].title
}
