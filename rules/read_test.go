package rules

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var today = Date{2026, 11, 23}

func caseOf(a Audience) Case {
	return Case{Audience: a, Today: today, Answers: Answers{}, Service: DefaultService()}
}

// reads is one example: what a person typed, and what is made of it.
type reads struct {
	text    string
	want    string // values joined by "|"
	problem Problem
	confirm bool
	also    Answers
}

func (r reads) reading() Reading {
	want := Reading{Problem: r.problem, Confirm: r.confirm, Also: r.also}
	if r.want != "" {
		want.Values = strings.Split(r.want, "|")
	}
	return want
}

func checkReads(t *testing.T, f Field, a Audience, examples []reads) {
	t.Helper()
	for _, ex := range examples {
		t.Run(string(f)+"/"+ex.text, func(t *testing.T) {
			t.Parallel()
			got := Read(f, ex.text, caseOf(a))
			if diff := cmp.Diff(ex.reading(), got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("Read(%s, %q) (-want +got):\n%s", f, ex.text, diff)
			}
		})
	}
}

func TestReadDate(t *testing.T) {
	t.Parallel()
	checkReads(t, EDD, Professional, []reads{
		{text: "23/11/2026", want: "2026-11-23"},
		{text: "23-11-26", want: "2026-11-23"},
		{text: "23.11.2026", want: "2026-11-23"},
		{text: "23 11 2026", want: "2026-11-23"},
		{text: "23 Nov 2026", want: "2026-11-23"},
		{text: "23nov2026", want: "2026-11-23"},
		{text: "23rd November 2026", want: "2026-11-23"},
		{text: "23rd of November, 2026", want: "2026-11-23"},
		{text: "Nov 23 2026", want: "2026-11-23"},
		{text: "November 23rd, 2026", want: "2026-11-23"},
		{text: "Monday 23 November 2026", want: "2026-11-23"},
		{text: "2026-11-23", want: "2026-11-23"},
		{text: "2027-03-04", want: "2027-03-04"},
		{text: "٢٣/١١/٢٠٢٦", want: "2026-11-23"},
		{text: "23\u200b/11/2026", want: "2026-11-23"},
		{text: "231126", want: "2026-11-23", confirm: true},
		{text: "23112026", want: "2026-11-23", confirm: true},
		{text: "030427", problem: ProblemDate},
		{text: "23 November", want: "2026-11-23"},
		{text: "20 November", want: "2026-11-20"},
		{text: "4 March", want: "2027-03-04"},
		{text: "3/4", want: "2027-04-03", confirm: true},
		{text: "due in March", want: "2027-03"},
		{text: "February 2027", want: "2027-02"},
		{text: "02/2027", want: "2027-02"},
		{text: "today", want: "2026-11-23"},
		{text: "Yesterday", want: "2026-11-22"},
		{text: "unknown", want: "unknown"},
		{text: "I don't know", want: "unknown"},
		{text: "don’t know yet", want: "unknown"},
		{text: "11/23/2026", problem: ProblemMonthFirst},
		{text: "03/04/2027", want: "2027-04-03", confirm: true},
		{text: "04/04/2027", want: "2027-04-04"},
		{text: "31/02/2027", problem: ProblemNoSuchDate},
		{text: "29 Feb 2027", problem: ProblemNoSuchDate},
		{text: "29 Feb", problem: ProblemNoSuchDate},
		{text: "32/01/2027", problem: ProblemNoSuchDate},
		{text: "23/13/2026", problem: ProblemNoSuchDate},
		{text: "0/1/2027", problem: ProblemNoSuchDate},
		{text: "32 weeks", problem: ProblemNeedDate},
		{text: "32weeks", problem: ProblemNeedDate},
		{text: "13/09/2027", want: "2027-09-13"},
		{text: "14/09/2027", problem: ProblemTooFarAhead},
		{text: "01/10/2025", problem: ProblemLongAgo},
		{text: "soon", problem: ProblemDate},
		{text: "Monday", problem: ProblemDate},
		{text: "2026", problem: ProblemDate},
		{text: "", problem: ProblemEmpty},
		{text: "  \u200b ", problem: ProblemEmpty},
	})
	checkReads(t, BabyDOB, Parent, []reads{
		{text: "3/4/24", want: "2024-04-03", confirm: true},
		{text: "03/04/2024", want: "2024-04-03", confirm: true},
		{text: "20 June 2026", want: "2026-06-20"},
		{text: "march 2026", want: "2026-03"},
		{text: "2026-11", want: "2026-11"},
		{text: "today", want: "2026-11-23"},
		{text: "24/11/2026", problem: ProblemFuture},
		{text: "tomorrow", problem: ProblemFuture},
		{text: "23 November", problem: ProblemNeedYear},
		{text: "June", problem: ProblemNeedYear},
		{text: "5 months old", problem: ProblemNeedDate},
		{text: "22/11/2021", problem: ProblemLongAgo},
		{text: "23/11/2021", want: "2021-11-23"},
		{text: "unknown", problem: ProblemDate},
		{text: "Tuesday", problem: ProblemDate},
	})
	checkReads(t, ParentDOB, Parent, []reads{
		{text: "4 March 1996", want: "1996-03-04"},
		{text: "4/3/96", want: "1996-03-04", confirm: true},
		{text: "13/11/16", want: "2016-11-13"},
	})
	checkReads(t, ParentDOB, Professional, []reads{
		{text: "24/11/16", problem: ProblemLongAgo},
		{text: "24/11/2016", problem: ProblemTooYoung},
		{text: "23/11/2016", want: "2016-11-23"},
		{text: "24/11/1950", want: "1950-11-24"},
		{text: "23/11/1950", problem: ProblemLongAgo},
		{text: "March 1996", want: "1996-03"},
		{text: "24/11/2026", problem: ProblemFuture},
		{text: "13 27 1990", problem: ProblemNoSuchDate},
	})
}

func TestReadPostcode(t *testing.T) {
	t.Parallel()
	checkReads(t, ParentPostcode, Professional, []reads{
		{text: "CM9 6EG", want: "CM9 6EG"},
		{text: "cm96eg", want: "CM9 6EG"},
		{text: "cm 9 6 eg", want: "CM9 6EG"},
		{text: "SS0 0AA", want: "SS0 0AA"},
		{text: "SS0 OAA", want: "SS0 0AA"},
		{text: "CM2 IAB", want: "CM2 1AB"},
		{text: "E4 7QJ", want: "E4 7QJ"},
		{text: "W1A 1HQ", want: "W1A 1HQ"},
		{text: "EC1A 1BB", want: "EC1A 1BB"},
		{text: "M1 1AE", want: "M1 1AE"},
		{text: "CM77 8AA", want: "CM77 8AA"},
		{text: "GIR 0AA", want: "GIR 0AA"},
		{text: "bfpo 58", want: "BFPO 58"},
		{text: "ZZ99 3VZ", want: "ZZ99 3VZ"},
		{text: "CM23", want: "CM23"},
		{text: "CM9 6", want: "CM9"},
		{text: "private", want: "private"},
		{text: "It's private, please", want: "private"},
		{text: "It's private", want: "private"},
		{text: "refuge", want: "refuge"},
		{text: "we are in a refuge at CM9 6EG", want: "refuge"},
		{text: "no fixed abode", want: "ZZ99 3VZ"},
		{text: "not sure", want: "ZZ99 3WZ"},
		{text: "12 High Street, Maldon, CM9 6EG", want: "CM9 6EG", also: Answers{ParentAddress: {"12 High Street, Maldon, CM9 6EG"}}},
		{text: "CM9 6E", problem: ProblemPostcode},
		{text: "CM9  6EC1", problem: ProblemPostcode},
		{text: "QM1 1AA", problem: ProblemPostcode},
		{text: "CM2 9CI", problem: ProblemPostcode},
		{text: "12345", problem: ProblemPostcode},
		{text: "CM2 O1A", problem: ProblemPostcode},
		{text: "SSO 0AA", problem: ProblemPostcode},
		{text: "", problem: ProblemEmpty},
	})
	checkReads(t, BabyPostcode, Professional, []reads{
		{text: "12 High Street CM9 6EG", want: "CM9 6EG"},
		{text: "private", want: "private"},
	})
	checkReads(t, ParentAddress, Parent, []reads{
		{text: "12 High Street, Maldon", want: "12 High Street, Maldon"},
		{text: "12 High Street\nMaldon cm96eg", want: "12 High Street\nMaldon cm96eg", also: Answers{ParentPostcode: {"CM9 6EG"}}},
		{text: "Private", want: "private", also: Answers{ParentPostcode: {"private"}}},
		{text: "in a refuge", want: "refuge", also: Answers{ParentPostcode: {"refuge"}}},
		{text: "Refuge, 3 Hidden Way CM1 1AA", want: "refuge", also: Answers{ParentPostcode: {"refuge"}}},
		{text: "4 Refuge Lane", want: "4 Refuge Lane"},
		{text: strings.Repeat("x", 501), problem: ProblemTooLong},
		{text: " \n ", problem: ProblemEmpty},
	})
}

func TestReadPhone(t *testing.T) {
	t.Parallel()
	checkReads(t, ParentPhone, Parent, []reads{
		{text: "07700 900123", want: "07700 900123"},
		{text: "07700900123", want: "07700 900123"},
		{text: "+447700900123", want: "07700 900123"},
		{text: "+44 (0)7700 900 123", want: "07700 900123"},
		{text: "0044 7700 900123", want: "07700 900123"},
		{text: "07700-900-123", want: "07700 900123"},
		{text: "٠٧٧٠٠٩٠٠١٢٣", want: "07700 900123"},
		{text: "01632 960123", want: "01632 960123"},
		{text: "(01632) 960123", want: "01632 960123"},
		{text: "020 7946 0123", want: "020 7946 0123"},
		{text: "0113 496 0123", want: "0113 496 0123"},
		{text: "07700 900123, after 6pm", want: "07700 900123", also: Answers{ContactTimes: {"after 6pm"}}},
		{text: "07700 900123 10am to 12", want: "07700 900123", also: Answers{ContactTimes: {"10am to 12"}}},
		{text: "07700 900123 10-12", want: "07700 900123", also: Answers{ContactTimes: {"10-12"}}},
		{text: "mornings: 07700 900123", want: "07700 900123", also: Answers{ContactTimes: {"mornings"}}},
		{text: "none", want: "none"},
		{text: "No phone", want: "none"},
		{text: "I don't have one", want: "none"},
		{text: "07700 90012", problem: ProblemPhone},
		{text: "+353 1 234 5678", problem: ProblemPhone},
		{text: "07012 345678", problem: ProblemPhone},
		{text: "call my mum", problem: ProblemPhone},
		{text: "", problem: ProblemEmpty},
	})
	checkReads(t, ReferrerPhone, Professional, []reads{
		{text: "01632 960101 mornings", want: "01632 960101"},
		{text: "none", problem: ProblemPhone},
	})
}

func TestReadNHSNumber(t *testing.T) {
	t.Parallel()
	checkReads(t, ParentNHSNumber, Professional, []reads{
		{text: "999 000 0018", want: "9990000018"},
		{text: "999-000-1014", want: "9990001014"},
		{text: "9990123454", want: "9990123454"},
		{text: "999 543 2102", want: "9995432102"},
		{text: "NHS no: 999 888 7771", want: "9998887771"},
		{text: "nhs number 9434765919", want: "9434765919"},
		{text: "999 123 4560", problem: ProblemNHSCheck},
		{text: "999 012 3455", problem: ProblemNHSCheck},
		{text: "999 012 345", problem: ProblemNHSNumber},
		{text: "000 000 0000", problem: ProblemNHSCheck},
		{text: "999 999 9999", problem: ProblemNHSCheck},
		{text: "A99 000 0018", problem: ProblemNHSNumber},
		{text: "", problem: ProblemEmpty},
	})
}

func TestReadNames(t *testing.T) {
	t.Parallel()
	checkReads(t, ParentName, Parent, []reads{
		{text: "Tess", want: "Tess"},
		{text: " Siân  O’Hara-Jones ", want: "Siân O’Hara-Jones"},
		{text: "D'Arcy St. John", want: "D'Arcy St. John"},
		{text: "أميرة سيد", want: "أميرة سيد"},
		{text: "Te\u202ess", want: "Tess"},
		{text: "T3ss", problem: ProblemName},
		{text: "---", problem: ProblemName},
		{text: "Tess\xff", problem: ProblemName},
		{text: strings.Repeat("é", 100), want: strings.Repeat("é", 100)},
		{text: strings.Repeat("é", 101), problem: ProblemTooLong},
		{text: "", problem: ProblemEmpty},
	})
	checkReads(t, BabiesNames, Parent, []reads{
		{text: "Ada, Bea and Cal", want: "Ada|Bea|Cal"},
		{text: "Ada\nBea\n\nCal", want: "Ada|Bea|Cal"},
		{text: "Max & Leo", want: "Max|Leo"},
		{text: "Ada, Bea, and Ada", want: "Ada|Bea"},
		{text: "Andy and Sandy", want: "Andy|Sandy"},
		{text: "Ada, B2", problem: ProblemName},
		{text: ",", problem: ProblemEmpty},
		{text: "A,B,C,D,E,F,G,H,I", problem: ProblemTooLong},
	})
	checkReads(t, ReferrerEmail, Professional, []reads{
		{text: "sam.okafor@nhs.net", want: "sam.okafor@nhs.net"},
		{text: "Sam.Okafor@NHS.NET", want: "Sam.Okafor@nhs.net"},
		{text: "Sam <sam@example.org>", want: "sam@example.org"},
		{text: "mailto:sam@example.org", want: "sam@example.org"},
		{text: "sam@nhs", problem: ProblemEmail},
		{text: "sam@example.org or jo@example.org", problem: ProblemEmail},
		{text: "sam at nhs.net", problem: ProblemEmail},
		{text: "", problem: ProblemEmpty},
	})
}

func TestReadText(t *testing.T) {
	t.Parallel()
	checkReads(t, Concern, Professional, []reads{
		{text: strings.Repeat("ß", 19), problem: ProblemTooShort},
		{text: strings.Repeat("ß", 20), want: strings.Repeat("ß", 20)},
		{text: strings.Repeat("ß", 2000), want: strings.Repeat("ß", 2000)},
		{text: strings.Repeat("ß", 2001), problem: ProblemTooLong},
		{text: "She props the bottle \x07and\u202e turns\r\naway. 👩‍👧", want: "She props the bottle and turns\naway. 👩‍👧"},
	})
	checkReads(t, Concern, Parent, []reads{
		{text: "x", want: "x"},
		{text: "bad\xffbyte", want: "bad\uFFFDbyte"},
		{text: "\u202e", problem: ProblemEmpty},
	})
	checkReads(t, Stage, Parent, []reads{{text: "born", problem: ProblemEmpty}})
	checkReads(t, "nonsense", Parent, []reads{{text: "born", problem: ProblemEmpty}})
}

func TestReadScores(t *testing.T) {
	t.Parallel()
	checkReads(t, Screening, Professional, []reads{
		{text: "EPDS 14 on 1 Nov, item 10: 2", want: "EPDS 14 2026-11-01 item 2"},
		{text: "EPDS 14 2026-11-01 item 2", want: "EPDS 14 2026-11-01 item 2"},
		{text: "epds: 14/30 13/10/2026", want: "EPDS 14 2026-10-13"},
		{text: "EPDS 14 01/11/2026", want: "EPDS 14 2026-11-01", confirm: true},
		{text: "PHQ9 score 17, q9 1; GAD-7 = 12", want: "PHQ-9 17 item 1|GAD-7 12"},
		{text: "PHQ 9 14\nMORS 12 December 2025", want: "PHQ-9 14|MORS-SF 12 2025-12"},
		{text: "EPDS 14 20 December", want: "EPDS 14 2025-12-20"},
		{text: "ASQ:SE-2 60", want: "ASQ:SE-2 60"},
		{text: "EPDS 31", problem: ProblemScoreRange},
		{text: "MPAS 18", problem: ProblemScoreRange},
		{text: "PHQ-9 12 item 9: 4", problem: ProblemScoreRange},
		{text: "EPDS 12 item 9: 1", problem: ProblemScores},
		{text: "PBQ 30 item 1", problem: ProblemScores},
		{text: "EPDS 14 24/11/2026", problem: ProblemFuture},
		{text: "EPDS 14 11/23/2026", problem: ProblemMonthFirst},
		{text: "EPDS high", problem: ProblemScores},
		{text: "fine", problem: ProblemScores},
		{text: " ;\n", problem: ProblemEmpty},
	})
}

// FuzzRead throws words at every field. What is read must be valid, readable again to
// the same answer, and never both an answer and a problem.
func FuzzRead(f *testing.F) {
	for _, text := range []string{"23/11/2026", "CM9 6EG", "07700 900123 after 6", "EPDS 14 on 1 Nov, item 10: 2", "999 000 0018",
		"Ada, Bea and Cal", "private", "12 High St CM9 6EG", "\xff\u202e٢٣", "don't know", "sam@nhs.net", "Nov 23", "031126"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for i := range fields {
			s := &fields[i]
			for _, a := range s.Audiences {
				checkRead(t, s, text, caseOf(a))
			}
		}
	})
}

func checkRead(t *testing.T, s *Spec, text string, c Case) {
	got := Read(s.Field, text, c)
	if (len(got.Values) == 0) != (got.Problem != ProblemNone) {
		t.Fatalf("%s: Read(%q) = %d values and problem %q", s.Field, text, len(got.Values), got.Problem)
	}
	for _, v := range got.Values {
		if v == "" || !utf8.ValidString(v) {
			t.Fatalf("%s: Read(%q) gives %q", s.Field, text, v)
		}
	}
	if s.Type == TypeList || s.Type == TypeScores || len(got.Values) == 0 {
		return
	}
	again := Read(s.Field, got.Values[0], c)
	if !cmp.Equal(again.Values, got.Values) && s.Type != TypeText && s.Type != TypeLongText {
		t.Fatalf("%s: Read(%q) = %q, which reads as %q", s.Field, text, got.Values, again.Values)
	}
}
