package mail

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
)

// needs returns where a program is. Without it the test cannot be run: here that is said, and
// where CI is set it is a failure.
func needs(t *testing.T, program, from string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil && os.Getenv("CI") != "" {
		t.Fatalf("%s is not installed: apt-get install %s", program, from)
	}
	return path
}

var received = time.Date(2026, 11, 23, 9, 5, 0, 0, time.UTC)

// referral is what is stored of a case that has been sent.
func referral(ref string, c rules.Case) dialog.Referral {
	return dialog.Referral{
		Ref: ref, Kind: dialog.KindReferral, Audience: c.Audience, Status: dialog.Received, Answers: c.Answers,
		Assessment: rules.Assess(c), RuleSet: rules.RuleSetVersion, ReceivedAt: received, DueAt: received.AddDate(0, 0, 5),
	}
}

// vignettes are the family stories, the shortest first.
func vignettes(t testing.TB) []dialog.Referral {
	t.Helper()
	var out []dialog.Referral
	for _, v := range rules.Vignettes() {
		out = append(out, referral("R00-0000-0000-0000-0"+v.ID, v.Case))
	}
	size := func(r dialog.Referral) int { b, _ := json.Marshal(r.Answers); return len(b) }
	slices.SortFunc(out, func(a, b dialog.Referral) int { return cmp.Compare(size(a), size(b)) })
	return out
}

// fullest is a referral with every narrative there is, each of them long, and an alert.
func fullest(t testing.TB) dialog.Referral {
	t.Helper()
	all := vignettes(t)
	r := all[len(all)-1]
	for _, s := range rules.Fields() {
		if s.Type == rules.TypeLongText {
			r.Answers = r.Answers.With(s.Field, strings.TrimSpace(strings.Repeat(string(s.Field)+" was told at length. ", 120)))
		}
	}
	r.Answers = r.Answers.With(rules.ParentName, "Zoë Łukasz Şebnem Nguyễn").With(rules.BabyName, "Ειρήνη Любовь Dvořák")
	r.Heard = []string{"words that raised it"}
	r.Alerts = []dialog.Alert{{Ref: r.Ref, N: 1, Category: "suicide_selfharm", Level: "URGENT", At: received}}
	return r
}

// utmost is a referral with as much in every field as the field takes, and all that clinicians can
// have done with it.
func utmost(t testing.TB) dialog.Referral {
	t.Helper()
	written := map[rules.Type][]string{
		rules.TypeDate: {"2026-06-20"}, rules.TypePhone: {"07700 900199"}, rules.TypeNHSNumber: {"9990001014"}, rules.TypePostcode: {"CM2 9AB"},
		rules.TypeEmail:  {strings.Repeat("long", 15) + "@example.nhs.uk"},
		rules.TypeScores: {"EPDS 14 2026-11-01 item 2", "PHQ-9 12 2026-11-01", "GAD-7 9 2026-11-01"},
		rules.TypeList:   {"Xerxes", "Yolanda", "Zebedee"},
	}
	c := rules.Case{Audience: rules.Professional, Today: rules.DateOf(received), Answers: rules.Answers{}, Service: rules.DefaultService()}
	for _, s := range rules.Fields() {
		values := written[s.Type]
		if values == nil {
			values = s.Values(c)
		}
		if _, most := s.Limits(c.Audience); values == nil {
			values = []string{strings.TrimSpace(strings.Repeat("more ", most/len("more ")))}
		}
		c.Answers = c.Answers.With(s.Field, values...)
	}
	r, anna := referral("R00-0000-0000-0000-UTMOST", c), dialog.Clinician{ID: "U1", Name: "Anna Example"}
	for n := range 5 {
		r.Alerts = append(r.Alerts, dialog.Alert{Ref: r.Ref, N: n + 1, Category: "suicide_selfharm", Level: "EMERGENCY", At: received, Acknowledged: anna, AcknowledgedAt: received})
		r.Heard = append(r.Heard, "words that raised it, at some length, and what came after them")
	}
	r.Stops = []dialog.Stop{{Since: received, Until: received.Add(time.Hour), Why: string(dialog.MoreInfo)}}
	r.Notes = []dialog.Note{{By: anna, At: received, Text: strings.TrimSpace(strings.Repeat("A note at length. ", 110))}}
	return r
}

func mustForm(t testing.TB, r dialog.Referral) []byte {
	t.Helper()
	form, err := Form(r, rules.DefaultService())
	if err != nil {
		t.Fatal(err)
	}
	return form
}

// written puts a form where other programs can read it.
func written(t *testing.T, form []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "form.pdf")
	if err := os.WriteFile(file, form, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// furniture is what stands at the foot of every page.
var furniture = regexp.MustCompile(`R[0-9A-Z-]+ · This is not a parenting assessment\.\s+Page \d+ of \d+`)

// extracted is the text of a form as pdftotext reads it, in one line and without what stands
// at the foot of the pages, and how many pages it has.
func extracted(t *testing.T, pdftotext string, form []byte) (string, int) {
	t.Helper()
	out, err := exec.Command(pdftotext, "-raw", written(t, form), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Count(string(out), "\f")
	text := furniture.ReplaceAllString(strings.Join(strings.Fields(string(out)), " "), "")
	text = strings.ReplaceAll(text, continued, "")
	return squeezed(text), pages
}

// squeezed is a text without its spaces: where a line ends is no matter.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

// TestFormTellsNobodyWhereTheyAre: where home is not safe the address is not in the form, and of
// others it is.
func TestFormTellsNobodyWhereTheyAre(t *testing.T) {
	t.Parallel()
	for _, abused := range []bool{false, true} {
		r := fullest(t)
		r.RuleSet = rules.RuleSetVersion
		r.Answers = r.Answers.With(rules.ParentAddress, "7 Larch Way, Maldon")
		r.Assessment.Notes = nil
		if abused {
			r.Assessment.Notes = []rules.Note{rules.NoteSuppressAddress}
		}
		said := fmt.Sprint(formSections(r, rules.DefaultService()))
		for _, f := range []rules.Field{rules.ParentAddress, rules.ParentPostcode} {
			if there := strings.Contains(said, r.Answers.One(f)); r.Answers.One(f) == "" || there == abused {
				t.Errorf("home is unsafe: %v; %s is there: %v", abused, f, there)
			}
		}
	}
}

// TestFormsHaveEveryAnswer reads the forms with another program than the one that made them.
func TestFormsHaveEveryAnswer(t *testing.T) {
	t.Parallel()
	pdftotext := needs(t, "pdftotext", "poppler-utils")
	if pdftotext == "" {
		t.Log("NOT TESTED: pdftotext is not installed (poppler-utils)")
		return
	}
	for _, r := range append(vignettes(t), fullest(t), utmost(t)) {
		t.Run(r.Ref, func(t *testing.T) {
			t.Parallel()
			text, pages := extracted(t, pdftotext, mustForm(t, r))
			for _, s := range dialog.PassedOn(r, dialog.Facts{Service: rules.DefaultService()}) {
				for _, l := range append(s.Lines, dialog.Line{Label: s.Title}) {
					if !strings.Contains(text, squeezed(l.Label+" "+l.Value)) {
						t.Errorf("not in the form: %s: %s", l.Label, l.Value)
					}
				}
			}
			for _, want := range []string{"Referral form", r.Ref, dialog.NotAnAssessment, "Together with Baby", "CM9 6EG", "01621 866900"} {
				if !strings.Contains(text, squeezed(want)) {
					t.Errorf("not in the form: %s", want)
				}
			}
			if strings.Contains(text, lacking) {
				t.Error("something is marked as not printable")
			}
			if pages == 0 || pages > 2 && len(r.Heard) == 0 {
				t.Errorf("%d pages", pages)
			}
		})
	}
}

// TestTheSameFormTwice: a form is made of the referral and of nothing else.
func TestTheSameFormTwice(t *testing.T) {
	t.Parallel()
	r := fullest(t)
	for range 2 {
		if !bytes.Equal(mustForm(t, r), mustForm(t, r)) {
			t.Fatal("two forms of one referral differ")
		}
	}
}

// TestPrinted says what can be printed, and what stands in place of the rest.
func TestPrinted(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, given, want string }{
		{"names of Europe", "Zoë Łukasz Şebnem Nguyễn Ōtani Ŵyn Þóra O’Neill", "Zoë Łukasz Şebnem Nguyễn Ōtani Ŵyn Þóra O’Neill"},
		{"Greek and Cyrillic", "Ειρήνη Любовь Їжак", "Ειρήνη Любовь Їжак"},
		{"a mark after its letter", "Zoe\u0308 Nguye\u0302\u0303n", "Zoë Nguyễn"},
		{"Arabic", "Amira أميرة Sayed", "Amira □ Sayed"},
		{"Bengali, words", "আমার ছেলে died", "□ □ died"},
		{"Chinese", "李明", "□"},
		{"a picture", "thank you 🙏🏽.", "thank you □."},
		{"a picture of several", "👩‍👧", "□"},
		{"signs without a look", "a\u200bb\u00adc\u202ed\x00e", "abcde"},
		{"lines", "one\ntwo\tthree\u00a0four", "one\ntwo three four"},
		{"a sign past the first 65,536", "𝒜", "□"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, whole := printed(tt.given)
			if got != tt.want || whole != !strings.Contains(tt.want, lacking) {
				t.Errorf("%q, whole: %t; want %q", got, whole, tt.want)
			}
		})
	}
}

// TestAFormSaysWhatItLacks: nothing is lost without a word.
func TestAFormSaysWhatItLacks(t *testing.T) {
	t.Parallel()
	pdftotext := needs(t, "pdftotext", "poppler-utils")
	if pdftotext == "" {
		t.Log("NOT TESTED: pdftotext is not installed (poppler-utils)")
		return
	}
	r := vignette(t, "V01")
	r.Answers = r.Answers.With(rules.ParentName, "Amira أميرة Sayed")
	text, _ := extracted(t, pdftotext, mustForm(t, r))
	for _, want := range []string{"Parent's name Amira □ Sayed", "The bot has all of it: open " + r.Ref + " in Slack."} {
		if !strings.Contains(text, squeezed(want)) {
			t.Errorf("not in the form: %s", want)
		}
	}
}

// TestNothingIsCutOff measures every line that is drawn: one word may be longer than a line.
func TestNothingIsCutOff(t *testing.T) {
	t.Parallel()
	p := draw(fullest(t), rules.DefaultService(), nil, true, 0)
	p.letters("", normal, 0)
	for _, text := range []string{
		strings.Repeat("W", 3000), strings.Repeat("a word ", 500), "x\n\n" + strings.Repeat("Ñandú-", 200) + " end", "", "\n", strings.Repeat("e\u0316", 400),
	} {
		lines := p.wrapped(text, valueWidth)
		for _, line := range lines {
			if w := p.pdf.GetStringWidth(line); w > valueWidth {
				t.Errorf("a line of %.1f mm in %.1f mm", w, valueWidth)
			}
		}
		if got := squeezed(strings.Join(lines, "")); got != squeezed(text) {
			t.Errorf("%.40s… has lost something", text)
		}
	}
}
