package record

import (
	"encoding/csv"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"referralbot/dialog"
	"referralbot/rules"
)

// byteOrderMark at the beginning tells Excel that a file is UTF-8.
const byteOrderMark = "\ufeff"

// column is one column of a table of referrals.
type column struct {
	name  string
	value func(dialog.Referral) string
}

// about are the columns before those of the answers.
var about = []column{
	{"reference", func(r dialog.Referral) string { return r.Ref }},
	{"please_note", func(dialog.Referral) string { return dialog.NotAnAssessment + " " + advice }},
	{"audience", func(r dialog.Referral) string { return string(r.Audience) }},
	{"status", func(r dialog.Referral) string { return string(r.Status) }},
	{"received_at", func(r dialog.Referral) string { return stamp(r.ReceivedAt) }},
	{"due_at", func(r dialog.Referral) string { return stamp(r.DueAt) }},
	{"claimed_by", func(r dialog.Referral) string { return r.Claimant.Name }},
	{"outcome", func(r dialog.Referral) string { return string(r.Outcome()) }},
	{"alerts", func(r dialog.Referral) string { return strconv.Itoa(len(r.Alerts)) }},
	{"alert_open", func(r dialog.Referral) string {
		if r.Alarming() {
			return "yes"
		}
		return "no"
	}},
	{"safety_band", func(r dialog.Referral) string { return r.Assessment.Bands.Safety }},
	{"relational_band", func(r dialog.Referral) string { return r.Assessment.Bands.Relational }},
	{"criteria_overall", func(r dialog.Referral) string { return string(r.Assessment.Overall) }},
	{"rule_set", func(r dialog.Referral) string { return r.RuleSet }},
	{"question_set", func(r dialog.Referral) string { return r.QuestionSet }},
	{"consent_wording", func(r dialog.Referral) string { return r.ConsentWording }},
}

// columns are all there are: a criterion and a field is a column each, by its name.
func columns() []column {
	out := slices.Clone(about)
	for _, rule := range rules.Rules() {
		out = append(out, column{"criterion_" + strings.ReplaceAll(string(rule), "-", "_"), func(r dialog.Referral) string {
			return string(r.Assessment.Verdicts[rule])
		}})
	}
	for _, s := range rules.Fields() {
		out = append(out, column{string(s.Field), func(r dialog.Referral) string {
			if r.Answers.Has(s.Field) && slices.Contains(dialog.Withheld(r), s.Field) {
				return "withheld"
			}
			return strings.Join(r.Answers[s.Field], "; ")
		}})
	}
	return out
}

// CSV writes referrals as a table: a row each under a row of names, as in RFC 4180, in UTF-8 and
// marked as such for Excel. Several answers to a question stand in one cell, with semicolons
// between them. No cell is a formula to a spreadsheet.
func CSV(out io.Writer, referrals []dialog.Referral) error {
	if _, err := io.WriteString(out, byteOrderMark); err != nil {
		return err
	}
	w := csv.NewWriter(out)
	w.UseCRLF = true
	all := columns()
	row := make([]string, len(all))
	for i, c := range all {
		row[i] = c.name
	}
	if err := w.Write(row); err != nil {
		return err
	}
	for _, r := range referrals {
		for i, c := range all {
			row[i] = harmless(c.value(r))
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// formula finds where a spreadsheet may begin to read a formula: where a cell begins, and after
// whatever it may take for the end of one where its own separator is another than ours.
var formula = regexp.MustCompile(`(^|[;\t\r\n])([ \x{00a0}\x{3000}]*)([=+\-@＝＋－＠])`)

// harmless is text that a spreadsheet shows as it is. An apostrophe stands before what it would
// calculate, and before a tab or a line end with which a cell begins.
func harmless(text string) string {
	text = strings.Map(printable, text)
	text = formula.ReplaceAllString(text, "$1$2'$3")
	if text != "" && strings.ContainsRune("\t\r\n", rune(text[0])) {
		text = "'" + text
	}
	return text
}
