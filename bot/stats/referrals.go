package stats

import (
	"slices"
	"strings"

	"referralbot/dialog"
	"referralbot/rules"
)

// name is a row by what it counts.
type name struct{ id, title string }

// split is a table that splits a whole into parts, with the whole as its last row.
func split(s Section, names []name, counts map[string]int) Section {
	s.Columns, s.Drawn = []Column{{"referrals", "Referrals", Number}, {"share", "Share", Share}}, 1
	var parts []int
	for _, n := range names {
		parts = append(parts, counts[n.id])
	}
	told := protect(parts...)
	all := whole(told, parts...)
	for i, c := range told {
		s.Rows = append(s.Rows, Row{ID: names[i].id, Title: names[i].title, Cells: []Cell{c, share(c, all)}})
	}
	s.Rows = append(s.Rows, Row{ID: "all", Title: "All", Cells: []Cell{all, share(all, all)}, Whole: true})
	return s
}

// count counts referrals by what of says of each. What is not among the names counts as the last.
func count(all []dialog.Referral, names []name, of func(dialog.Referral) string) map[string]int {
	counts := map[string]int{}
	for _, r := range all {
		id := of(r)
		if !slices.ContainsFunc(names, func(n name) bool { return n.id == id }) {
			id = names[len(names)-1].id
		}
		counts[id]++
	}
	return counts
}

// some is a number of the referrals, in which others may be too, and its share.
func (f facts) some(n int) []Cell {
	rest := len(f.referrals) - n
	told := protect(n, rest)
	return []Cell{told[0], share(told[0], whole(told, n, rest))}
}

func namesOf(options []dialog.Option, last name) []name {
	var all []name
	for _, o := range options {
		all = append(all, name{o.Value, o.Label})
	}
	return append(all, last)
}

// unsaid is the row of what was not given.
var unsaid = name{"not_given", "Not given"}

func sources(f facts) Section {
	names := namesOf(dialog.Sources(), unsaid)
	return split(Section{ID: "sources", Title: "Where referrals come from",
		About: "Referrals received in this time, by who referred. The third sector has a row of its own, as the guidance expects less of it."},
		names, count(f.referrals, names, dialog.SourceOf))
}

func ages(f facts) Section {
	var names []name
	for _, band := range dialog.AgeBands() {
		names = append(names, name{band, strings.ToUpper(band[:1]) + band[1:]})
	}
	return split(Section{ID: "stages", Title: "Pregnancy and the baby's age",
		About: "Referrals by the stage, and the baby's age in whole months, on the day they were received."},
		names, count(f.referrals, names, dialog.AgeBand))
}

func kinds(f facts) Section {
	names := []name{{"bot", "Through the bot"}}
	for _, w := range dialog.Ways() {
		names = append(names, name{w.Code, w.Label})
	}
	return split(Section{ID: "ways", Title: "How they came", About: "Referrals sent through the bot, and those that clinicians have entered, by how they came."},
		names, count(f.referrals, names, func(r dialog.Referral) string {
			if r.Entered == "" {
				return "bot"
			}
			return r.Entered
		}))
}

func states(f facts) Section {
	names := []name{
		{string(dialog.Received), "Received, nobody has them"}, {string(dialog.Claimed), "Claimed"}, {string(dialog.Awaiting), "Waiting for more information"},
		{string(dialog.Decided), "Accepted, going on"}, {string(dialog.Closed), "Closed"}, {string(dialog.Withdrawn), "Taken back by whoever referred"},
	}
	return split(Section{ID: "states", Title: "Where they stand now",
		About: "Referrals received in this time, by where they stand as this report is made. One that was taken back is erased after some days, and is then in no table but those of drafts."},
		names, count(f.referrals, names, func(r dialog.Referral) string { return string(r.Status) }))
}

func outcomes(f facts) Section {
	names := []name{{"none", "No outcome yet"}}
	for _, c := range dialog.Codes() {
		names = append(names, name{string(c), c.Title()})
	}
	s := split(Section{ID: "outcomes", Title: "Outcomes",
		About: "The latest outcome of each referral. Joint working with the perinatal team is added to other outcomes, and is counted beside them."},
		names, count(f.referrals, names, func(r dialog.Referral) string {
			if n := len(decided(r)); n > 0 {
				return string(decided(r)[n-1].Code)
			}
			return "none"
		}))
	joint := 0
	for _, r := range f.referrals {
		if slices.ContainsFunc(r.Results, dialog.Result.Joint) {
			joint++
		}
	}
	s.Rows = append(s.Rows, Row{ID: string(dialog.JointWithPerinatal), Title: "Of these, jointly with the perinatal team", Cells: f.some(joint), Whole: true})
	return s
}

// decided are the outcomes of a referral, without those of a call about it.
func decided(r dialog.Referral) []dialog.Result {
	return slices.DeleteFunc(slices.Clone(r.Results), func(res dialog.Result) bool { return res.Code.OfCall() })
}

// criteria are the rows of what is told of each criterion, with the number it has in reports.
func criteria() []name {
	var all []name
	for i, c := range rules.Criteria() {
		all = append(all, name{string(c.Rule), reasonCode(i) + " " + c.Title})
	}
	return all
}

// reasonCode is the code of the criterion of that place, from 0: R01 to R13.
func reasonCode(i int) string { return "R" + string(rune('0'+(i+1)/10)) + string(rune('0'+(i+1)%10)) }

// readings are what a criterion may say of a referral that was sent.
var readings = []struct {
	verdict rules.Verdict
	title   string
}{
	{rules.Clear, "Clear"}, {rules.Discuss, "To discuss"}, {rules.LikelyExcluded, "May not fit"}, {rules.Unknown, "Not known"},
}

// verdictsOf counts the verdicts of one criterion, in the order of readings.
func verdictsOf(all []dialog.Referral, rule rules.Rule) []int {
	counts := make([]int, len(readings))
	for _, r := range all {
		for i, reading := range readings {
			if r.Assessment.Verdicts[rule] == reading.verdict || r.Assessment.Verdicts[rule] == "" && reading.verdict == rules.Unknown {
				counts[i]++
			}
		}
	}
	return counts
}

func verdicts(f facts) Section {
	s := Section{ID: "verdicts", Title: "What the criteria said", Drawn: len(readings),
		About: "Each criterion's reading of the answers on the day they were sent. It orders the reading and decides nothing."}
	for _, reading := range readings {
		s.Columns = append(s.Columns, Column{string(reading.verdict), reading.title, Number})
	}
	for _, c := range criteria() {
		s.Rows = append(s.Rows, Row{ID: c.id, Title: c.title, Cells: protect(verdictsOf(f.referrals, rules.Rule(c.id))...)})
	}
	return s
}

// What an outcome says of a flag.
type says int

const (
	silent    says = iota // nothing
	undecided             // nothing yet
	agreed
	otherwise
)

// taken are the outcomes by which a family is taken on, elsewhere those by which it is better
// helped by others, and talked those that nobody comes to without having talked it over.
var (
	taken     = []dialog.Code{dialog.Accepted, dialog.Assessed, dialog.Formulation, dialog.Intervention, dialog.SignpostedAfter}
	elsewhere = []dialog.Code{dialog.Advice, dialog.Signposted, dialog.TransferredOut}
	talked    = []dialog.Code{dialog.MoreInfo, dialog.Advice, dialog.Signposted, dialog.ReturnedIncomplete, dialog.CallTogether}
)

// saysOf is what has become of a referral says of a flag that a criterion raised about it.
func saysOf(r dialog.Referral, rule rules.Rule, flag rules.Verdict) says {
	had := func(codes []dialog.Code) bool {
		return slices.ContainsFunc(r.Results, func(res dialog.Result) bool { return slices.Contains(codes, res.Code) })
	}
	agrees := had(elsewhere) && !had(taken)
	named := reasons(r)
	agrees = agrees && (len(named) == 0 || slices.Contains(named, rule)) // or it turned on others
	if flag == rules.Discuss {
		agrees = had(talked)
	}
	switch {
	case agrees:
		return agreed
	case had(taken):
		return otherwise
	}
	return silent
}

func agreement(f facts) Section {
	s := Section{ID: "agreement", Title: "Whether clinicians agreed with the flags", Drawn: 3,
		About: "Of what the criteria flagged, what outcomes say of it. A clinician agreed that a referral may not fit if it ended in advice, " +
			"signposting or a transfer and the family was never accepted for assessment, unless whoever decided named other criteria that it turned on; and that something was to be discussed " +
			"if more information was asked for, it was completed together in a call, or it ended in advice, signposting or a return, all of which are talked over. Accepted without either is otherwise. " +
			"There is nothing to say where there is no outcome yet, nor of duplicates, withdrawals, missing consent and safeguarding. " +
			"One outcome may answer several flags, so this shows where to look, and not who was right. All flags are to the nearest five.",
		Columns: []Column{
			{"agreed", "Agreed", Number}, {"otherwise", "Otherwise", Number}, {"silent", "Nothing to say", Number}, {"share", "Agreed, of those that say", Share},
		}}
	flags := readings[1:3]
	all := make([][3]int, len(flags))
	var rows []Row
	for _, c := range criteria() {
		told := protect(verdictsOf(f.referrals, rules.Rule(c.id))...)
		for i, flag := range flags {
			counts := f.said(rules.Rule(c.id), flag.verdict)
			if sum(counts[:]) == 0 {
				continue
			}
			for n := range counts {
				all[i][n] += counts[n]
			}
			cells := protect(counts[:]...)
			if told[1+i].kind != plain {
				cells = []Cell{{kind: withheld}, {kind: withheld}, {kind: withheld}}
			}
			rows = append(rows, Row{ID: c.id + ":" + string(flag.verdict), Title: c.title + ": " + strings.ToLower(flag.title), Cells: withShare(cells)})
		}
	}
	for i, flag := range flags {
		cells := protect(all[i][:]...)
		for n, c := range cells {
			if c.kind == plain {
				cells[n] = about(int(c.value))
			}
		}
		s.Rows = append(s.Rows, Row{ID: "all:" + string(flag.verdict), Title: "All flags: " + strings.ToLower(flag.title), Cells: withShare(cells)})
	}
	s.Rows = append(s.Rows, rows...)
	return s
}

// said counts what outcomes say of the flags of one sort that a criterion raised: agreed,
// otherwise, or nothing.
func (f facts) said(rule rules.Rule, flag rules.Verdict) (counts [3]int) {
	for _, r := range f.referrals {
		if r.Assessment.Verdicts[rule] != flag {
			continue
		}
		switch saysOf(r, rule, flag) {
		case agreed:
			counts[0]++
		case otherwise:
			counts[1]++
		default:
			counts[2]++
		}
	}
	return counts
}

// withShare adds to those who agreed and those who did not the share of the first.
func withShare(cells []Cell) []Cell {
	if cells[0].kind != plain || cells[1].kind != plain {
		return append(cells, Cell{kind: withheld, unit: Share})
	}
	return append(cells, share(cells[0], number(int(cells[0].value+cells[1].value))))
}

// reasons are the criteria that the outcomes of a referral turned on, where any were named.
func reasons(r dialog.Referral) (all []rules.Rule) {
	for _, res := range r.Results {
		all = append(all, res.Criteria()...)
	}
	return all
}

func turnedOn(f facts) Section {
	s := Section{ID: "reasons", Title: "What outcomes turned on", Drawn: 1,
		About:   "The criteria that clinicians named with advice or signposting, whatever the flags had said. There may be several to one referral, so the rows have no sum.",
		Columns: []Column{{"referrals", "Referrals", Number}, {"share", "Share", Share}}}
	for _, c := range criteria() {
		n := 0
		for _, r := range f.referrals {
			if slices.Contains(reasons(r), rules.Rule(c.id)) {
				n++
			}
		}
		s.Rows = append(s.Rows, Row{ID: c.id, Title: c.title, Cells: f.some(n)})
	}
	return s
}

func receipts(f facts) Section {
	names := []name{
		{"in_time", "Confirmed in time"}, {"late", "Confirmed late"}, {"breached", "Not confirmed, and the time is over"}, {"open", "Not confirmed, with time left"},
		{"over", "Ended before anybody confirmed"},
	}
	return split(Section{ID: "receipts", Title: "Confirming receipt",
		About: "A person confirms receipt within the days that the service promises. A breach is noted when they are over, whatever comes after: breaches are the second and the third row."},
		names, count(f.referrals, names, func(r dialog.Referral) string {
			switch {
			case r.Confirmed.ID != "" && r.BreachedAt.IsZero():
				return "in_time"
			case r.Confirmed.ID != "":
				return "late"
			case !r.BreachedAt.IsZero():
				return "breached"
			case r.Status == dialog.Closed || r.Status == dialog.Withdrawn:
				return "over"
			}
			return "open"
		}))
}

func alerts(f facts) Section {
	within := f.service.Cover.AcknowledgeWithin
	names := []name{{"in_time", "Acknowledged in time"}, {"late", "Acknowledged later"}, {"open", "Not acknowledged"}}
	s := Section{ID: "alerts", Title: "Safety alerts", Drawn: len(names),
		About: "Alerts raised in this time, also by what was never sent, by how urgent they were. In time is within the minutes after which an alert is passed on, by the profile as it is now."}
	for _, n := range names {
		s.Columns = append(s.Columns, Column{n.id, n.title, Number})
	}
	s.Columns = append(s.Columns, Column{"raised", "Raised", Number})
	for _, level := range []name{{rules.LevelEmergency, "Emergency"}, {rules.LevelUrgent, "Urgent"}} {
		counts := make([]int, len(names))
		for _, a := range f.alerts() {
			if a.Level != level.id {
				continue
			}
			switch took := a.AcknowledgedAt.Sub(a.At); {
			case a.Acknowledged.ID == "":
				counts[2]++
			case took.Minutes() <= float64(within):
				counts[0]++
			default:
				counts[1]++
			}
		}
		s.Rows = append(s.Rows, Row{ID: strings.ToLower(level.id), Title: level.title, Cells: append(protect(counts...), whole(protect(counts...), counts...))})
	}
	return s
}

// alerts are those raised in the period.
func (f facts) alerts() (all []dialog.Alert) {
	for _, r := range f.Referrals {
		for _, a := range r.Alerts {
			if f.period.has(a.At) {
				all = append(all, a)
			}
		}
	}
	return all
}

var audiences = []struct {
	audience rules.Audience
	title    string
}{{rules.Professional, "Professionals"}, {rules.Parent, "Parents"}}
