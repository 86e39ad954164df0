package record

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"referralbot/dialog"
	"referralbot/rules"
)

// table is what CSV writes of referrals, as another program reads it: without the mark before it,
// the names of the columns, and each row by them.
func table(t testing.TB, referrals ...dialog.Referral) (names []string, rows []map[string]string) {
	t.Helper()
	var out bytes.Buffer
	if err := CSV(&out, referrals); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(out.String(), byteOrderMark)
	if !marked {
		t.Error("Excel is not told that it is UTF-8")
	}
	if lone := strings.ReplaceAll(text, "\r\n", ""); strings.ContainsAny(lone, "\r\n") {
		t.Error("a line does not end as RFC 4180 has it")
	}
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = cells[i]
		}
		rows = append(rows, row)
	}
	return all[0], rows
}

// TestTableHasEveryAnswer: a row a referral, a column a field, and nothing is lost.
func TestTableHasEveryAnswer(t *testing.T) {
	t.Parallel()
	for name, r := range told(t) {
		names, rows := table(t, r)
		if len(rows) != 1 {
			t.Fatalf("%s: %d rows", name, len(rows))
		}
		if got := rows[0]; got["reference"] != r.Ref || got["criterion_age"] != string(r.Assessment.Verdicts[rules.RuleAge]) ||
			!strings.HasPrefix(got["please_note"], dialog.NotAnAssessment) || got["status"] != string(r.Status) {
			t.Errorf("%s: %v", name, got)
		}
		for f, v := range r.Answers {
			want := strings.Join(v, "; ")
			if slices.Contains(dialog.Withheld(r), f) {
				want = "withheld"
			}
			if got := rows[0][string(f)]; got != want {
				t.Errorf("%s: %s is %q, want %q", name, f, got, want)
			}
		}
		if slices.Sort(names); len(slices.Compact(names)) != len(columns()) {
			t.Errorf("%s: two columns have one name", name)
		}
	}
	if _, rows := table(t); len(rows) != 0 {
		t.Errorf("of none: %v", rows)
	}
}

// TestNoCellIsAFormula: whatever somebody typed, a spreadsheet shows it.
func TestNoCellIsAFormula(t *testing.T) {
	t.Parallel()
	tests := []struct{ typed, want string }{
		{`=HYPERLINK("https://example.org","press")`, `'=HYPERLINK("https://example.org","press")`},
		{"+44 7700 900101", "'+44 7700 900101"},
		{"-1+1", "'-1+1"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"\t=1", "'\t'=1"},
		{"\r=1", "'\r'=1"},
		{"\tindented", "'\tindented"},
		{"\r\nnext", "'\r\nnext"},
		{"  =1", "  '=1"},
		{"\u00a0=1", " '=1"},
		{"\ufeff=1", " '=1"},
		{"\u0000=1", "'=1"},
		{"＝1", "'＝1"},
		{"one;=1", "one;'=1"},
		{"one\n=1", "one\n'=1"},
		{"one\t@x", "one\t'@x"},
		{"2-1=1, me@example.org", "2-1=1, me@example.org"},
		{"07700 900101", "07700 900101"},
		{"2026-11-23", "2026-11-23"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := harmless(tt.typed); got != tt.want {
			t.Errorf("%q becomes %q, want %q", tt.typed, got, tt.want)
		}
	}
	r := sent("R26-X", vignettes(t)["V01"])
	for _, s := range rules.Fields() {
		r.Answers = r.Answers.With(s.Field, "Tess", "=cmd|' /C calc'!A0")
	}
	r.Claimant.Name = "=1+1"
	_, rows := table(t, r)
	for name, cell := range rows[0] {
		if unsafe(cell) {
			t.Errorf("%s is %q", name, cell)
		}
	}
}

// unsafe reports whether a spreadsheet may calculate a cell, or a part of it after a sign that it
// may take for the end of one.
func unsafe(cell string) bool {
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(";\t\r\n", r) }) {
		if part = strings.TrimLeft(part, " "); part != "" && strings.ContainsAny(part[:1], "=+-@") {
			return true
		}
	}
	return cell != "" && strings.ContainsAny(cell[:1], "\t\r\n")
}

func FuzzHarmless(f *testing.F) {
	for _, w := range words {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if cell := harmless(typed); unsafe(cell) {
			t.Errorf("%q becomes %q", typed, cell)
		} else if again := harmless(cell); again != cell {
			t.Errorf("%q becomes %q, and then %q", typed, cell, again)
		}
	})
}
