package stats

import (
	"slices"
	"strings"

	"referralbot/dialog"
	"referralbot/rules"
)

func ethnicities(f facts) Section {
	names := namesOf(dialog.Labels(rules.Ethnicity), unsaid)
	return split(Section{ID: "ethnicity", Title: "The parent's ethnicity",
		About: "By the ethnic categories of the NHS, where a professional gave one. Parents are not asked."},
		names, count(f.referrals, names, func(r dialog.Referral) string { return r.Answers.One(rules.Ethnicity) }))
}

func needs(f facts) Section {
	s := Section{ID: "needs", Title: "Language and access", Drawn: 1,
		About:   "What the parent needs, an interpreter among it. There may be several of one parent, so the rows have no sum.",
		Columns: []Column{{"referrals", "Referrals", Number}, {"share", "Share", Share}}}
	for _, o := range dialog.Labels(rules.Needs) {
		n := 0
		for _, r := range f.referrals {
			if slices.Contains(r.Answers[rules.Needs], o.Value) {
				n++
			}
		}
		s.Rows = append(s.Rows, Row{ID: o.Value, Title: o.Label, Cells: f.some(n)})
	}
	return s
}

// districts counts by the first half of the postcode: who lives outside the area, or has not
// said, is not told apart further.
func districts(f facts) Section {
	const outside, kept = "outside", "private"
	of := func(r dialog.Referral) string {
		postcode := r.Answers.One(rules.ParentPostcode)
		district, _, _ := strings.Cut(postcode, " ")
		switch f.service.Home(postcode) {
		case rules.HomeRefuge:
			return kept
		case rules.HomeUnknown:
			return unsaid.id
		case rules.HomeOut:
			return outside
		}
		return district
	}
	var names []name
	for _, r := range f.referrals {
		d := of(r)
		if n := (name{d, d}); d != outside && d != kept && d != unsaid.id && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	slices.SortFunc(names, func(a, b name) int { return strings.Compare(a.id, b.id) })
	names = append(names, name{outside, "Outside the area"}, name{kept, "Kept private"}, unsaid)
	return split(Section{ID: "districts", Title: "Where families live", About: "By the postcode district of the parent's home."},
		names, count(f.referrals, names, of))
}

func standing(f facts) Section {
	s := Section{ID: "now", Title: "What is stored now", About: "As this report is made, and not of its time.",
		Columns: []Column{{"n", "Now", Number}}}
	open := 0
	for status, n := range f.Standing.Referrals {
		if status != dialog.Closed && status != dialog.Withdrawn {
			open += n
		}
	}
	for _, row := range []struct {
		id, title string
		cell      Cell
	}{
		{"conversations", "Conversations", atLeast(f.Standing.Conversations)},
		{"open", "Referrals that are open, drafts with an alert among them", atLeast(open)},
		{"waiting", "Messages waiting to be handed over", number(f.Standing.Waiting)},
		{"oldest", "Age of the oldest of them", Cell{value: f.Standing.OldestWaiting.Seconds(), unit: Seconds}},
		{"mail", "Of these, mail that waits", number(f.Mail.Waiting)},
		{"aside", "Set aside for an operator", number(f.Standing.Aside)},
		{"refused", "Of these, mail that was refused for good", number(f.Refused)},
	} {
		s.Rows = append(s.Rows, Row{ID: row.id, Title: row.title, Cells: []Cell{row.cell}})
	}
	return s
}
