package rules

import (
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// An example of the test sets: what it should raise, and every category that would do.
type riskExample struct {
	id, text   string
	risk       bool
	categories []string
	level      string
}

func riskExamples(t testing.TB, name string) []riskExample {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []riskExample
	for _, l := range lines[1:] {
		all = append(all, riskExample{l[0], l[1], l[2] == "1", strings.Split(l[3], "|"), l[4]})
	}
	return all
}

// tally counts how a set of phrases was judged.
type tally struct{ hits, misses, quiet, falseAlerts, wrong int }

func (y tally) sensitivity() float64 { return float64(y.hits) / float64(y.hits+y.misses) }
func (y tally) specificity() float64 { return float64(y.quiet) / float64(y.quiet+y.falseAlerts) }

func (y *tally) count(found, risk bool) {
	switch {
	case found && risk:
		y.hits++
	case found:
		y.falseAlerts++
	case risk:
		y.misses++
	default:
		y.quiet++
	}
}

// neverMistaken are the sets no sentence of which may raise an alert.
var neverMistaken = []string{"risk_everyday.tsv", "risk_answers.tsv"}

func tallyOf(t *testing.T, name string) tally {
	t.Helper()
	var y tally
	for _, p := range riskExamples(t, name) {
		got, found := DetectRisk(p.text, Parent)
		y.count(found, p.risk)
		switch {
		case found && p.risk && (!slices.Contains(p.categories, got.Category) || got.Level != p.level):
			y.wrong++
			t.Logf("%s %q: got %v, want %s %s", p.id, p.text, got, p.categories, p.level)
		case found && !p.risk:
			t.Logf("%s %q: false alert %v in %q", p.id, p.text, got, wordingOf(p.text))
		case p.risk && !found:
			t.Logf("%s %q: missed %s in %q", p.id, p.text, p.categories, wordingOf(p.text))
		}
	}
	t.Logf("%s: %d sentences, sensitivity %.3f, specificity %.3f, %d with another category or level",
		name, y.hits+y.misses+y.quiet+y.falseAlerts, y.sensitivity(), y.specificity(), y.wrong)
	return y
}

func TestDetectRiskAgreesWithPublishedSentences(t *testing.T) {
	t.Parallel()
	for _, p := range riskExamples(t, "risk_phrases.tsv") {
		t.Run(p.id, func(t *testing.T) {
			t.Parallel()
			got, found := DetectRisk(p.text, Parent)
			if found != p.risk {
				t.Fatalf("%q: found %v (%v), want %v", p.text, found, got, p.risk)
			}
			if found && (!slices.Contains(p.categories, got.Category) || got.Level != p.level) {
				t.Errorf("%q: got %v, want one of %v at %s", p.text, got, p.categories, p.level)
			}
		})
	}
}

// The second set was written in four batches, each before the rows were tuned on it. At
// first sight the rows found 0.93 (M), 0.73 (N), 0.62 (P, written to evade them) and 0.87
// (Q) of the risks, with 0.96 to 0.99 of the rest quiet: that is what to expect of words
// nobody has shown them. The figures here only keep what has been learnt from being lost.
func TestDetectRiskOnOtherSentences(t *testing.T) {
	t.Parallel()
	y := tallyOf(t, "risk_more.tsv")
	if y.sensitivity() < 0.95 {
		t.Errorf("sensitivity %.3f, want at least 0.95", y.sensitivity())
	}
	if y.specificity() < 0.90 {
		t.Errorf("specificity %.3f, want at least 0.90", y.specificity())
	}
	if share := float64(y.wrong) / float64(y.hits); share > 0.03 {
		t.Errorf("another category or level in %.3f of the hits, want at most 0.03", share)
	}
}

// These sets were written after the others, each before the rows were widened for it, and
// most by people who had not read them. Of the unseen ones the second was made to be unlike
// every row; the third says things plainly. At first sight 0.63, 0.23 and 0.83 of the risks
// were found and 0.88, 0.98 and all of the rest left alone. Of the four sets for development
// it was 0.60, 0.59, 0.70 and 0.91 of the risks, and 0.94, 0.98, 0.93 and 0.85 of the rest;
// the last with the points counted on the first three. The bounds keep what has been won,
// and say nothing of sentences that are still unseen.
func TestDetectRiskOnSentencesOnceUnseen(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"risk_unseen.tsv", "risk_unseen_second.tsv", "risk_unseen_third.tsv",
		"risk_dev_first.tsv", "risk_dev_second.tsv", "risk_dev_third.tsv", "risk_dev_fourth.tsv", "risk_own.tsv",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			y := tallyOf(t, name)
			if y.sensitivity() < 0.90 || y.specificity() < 0.90 {
				t.Errorf("sensitivity %.3f and specificity %.3f, want at least 0.90 of both", y.sensitivity(), y.specificity())
			}
		})
	}
}

// The sentences from outside were written by people who had seen neither a row nor another
// sentence of ours, one as the clinical safety officer would, one as a mother and interpreter,
// two as assessors. Nobody has read them while writing a row, and no point is counted on them,
// nor may be: they alone say what to expect of words nobody has shown us. At first sight it
// was 0.958 of the risks, and 0.912 of the rest left alone.
func TestDetectRiskOnSentencesFromOutside(t *testing.T) {
	t.Parallel()
	var all tally
	for _, name := range []string{"outside_risk_first.tsv", "outside_risk_second.tsv", "outside_risk_third.tsv", "outside_risk_fourth.tsv"} {
		y := tallyOf(t, name)
		all.hits, all.misses = all.hits+y.hits, all.misses+y.misses
		all.quiet, all.falseAlerts = all.quiet+y.quiet, all.falseAlerts+y.falseAlerts
	}
	if all.sensitivity() < 0.90 || all.specificity() < 0.90 {
		t.Errorf("sensitivity %.3f and specificity %.3f, want at least 0.90 of both", all.sensitivity(), all.specificity())
	}
}

// Sentences of every day that are close to a row, and answers the bot itself asks for: they
// keep what finds more from going too far.
func TestDetectRiskLeavesEverydayAlone(t *testing.T) {
	t.Parallel()
	for _, name := range neverMistaken {
		if y := tallyOf(t, name); y.falseAlerts > 0 {
			t.Errorf("%s: %d false alerts, want none", name, y.falseAlerts)
		}
	}
}

// Danger to life and psychosis may never be missed in these words, by either audience.
func TestDetectRiskPinnedEmergencies(t *testing.T) {
	t.Parallel()
	pinned := append(riskExamples(t, "risk_phrases.tsv"), riskExamples(t, "risk_more.tsv")...)
	for _, p := range pinned {
		if !slices.Contains(p.categories, CategoryDanger) && !slices.Contains(p.categories, CategoryPsychosis) {
			continue
		}
		for _, audience := range []Audience{Parent, Professional} {
			t.Run(p.id+"/"+string(audience), func(t *testing.T) {
				t.Parallel()
				got, found := DetectRisk(p.text, audience)
				if !found || !slices.Contains(p.categories, got.Category) || got.Level != p.level {
					t.Errorf("%q: got %v, want one of %v at %s", p.text, got, p.categories, p.level)
				}
			})
		}
	}
}

func TestDetectRiskTellsActFromThought(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text  string
		act   bool
		level string
	}{
		{"I shook her", true, LevelEmergency},
		{"I nearly shook her", false, LevelUrgent},
		{"I keep thinking I will shake her", false, LevelUrgent},
		{"I hit my baby", true, LevelEmergency},
		{"I wanted to hit my baby", false, LevelUrgent},
		{"I held a pillow over his face", true, LevelEmergency},
		{"thoughts of holding a pillow over his face", false, LevelUrgent},
		{"my partner slapped the baby", true, LevelEmergency},
		{"Father disclosed he slapped the infant during a night feed", true, LevelUrgent},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			got, _ := DetectRisk(tt.text, Parent)
			want := Signal{Category: CategoryHarmBaby, Level: tt.level, Rule: got.Rule, Act: tt.act}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("signal (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDetectRiskReportsTheGravest(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, category, level string }{
		{"She says she wants to die and shook the baby", CategoryHarmBaby, LevelEmergency},
		{"I took pills", CategoryDanger, LevelEmergency},
		{"ive taken some tablets", CategoryDanger, LevelEmergency},
		{"I took my tablets this morning like the doctor said", "", ""},
		{"thinking of taking all the 💊💊💊", CategorySuicide, LevelUrgent},
		{"keep cuttin myslef, dont tell my hsuband", CategorySuicide, LevelUrgent},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			if got, _ := DetectRisk(tt.text, Parent); got.Category != tt.category || got.Level != tt.level {
				t.Errorf("got %v, want %s %s", got, tt.category, tt.level)
			}
		})
	}
}

func TestDetectRiskReadsThroughDisguise(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, category string }{
		{"capitals", "I WANT TO DIE", CategorySuicide},
		{"curly quote", "I don’t want to be here anymore", CategorySuicide},
		{"full width", "Ｉ ｗａｎｔ ｔｏ ｄｉｅ", CategorySuicide},
		{"accents", "I wánt to dïe", CategorySuicide},
		{"Cyrillic look-alikes", "suiсidаl", CategorySuicide},
		{"drawn out", "i want to dieeeee", CategorySuicide},
		{"asterisk", "k*ll myself", CategorySuicide},
		{"zero width", "su\u200bicidal", CategorySuicide},
		{"hyphen", "self-harm again", CategorySuicide},
		{"new lines", "hello\nmy baby is not breathing\nthanks", CategoryDanger},
		{"written apart", "going to kill my self", CategorySuicide},
		{"after a denial in another clause", "I'm not eating and I want to die", CategorySuicide},
		{"after a denial without a stop", "im not well i want to die", CategorySuicide},
		{"after a denial of another thing", "No psychosis. Mum is suicidal.", CategorySuicide},
		{"after a past that is over", "I self-harmed as a teenager. Now I want to die", CategorySuicide},
		{"back again", "I used to self-harm as a teenager and it has started again", CategorySuicide},
		{"compulsion", "I can't stop thinking about killing myself", CategorySuicide},
		{"secret", "I haven't told anyone but I want to die", CategorySuicide},
		{"worst of two", "he hits me and my baby is not breathing", CategoryDanger},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got, _ := DetectRisk(tt.text, Parent); got.Category != tt.category {
				t.Errorf("%q: got %v, want %s", tt.text, got, tt.category)
			}
		})
	}
}

func TestDetectRiskHearsProfessionalsAbbreviations(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want map[Audience]string
	}{
		{"Concerns around DA at home", map[Audience]string{Professional: CategoryAbuse}},
		{"Fleeting SI, no plan", map[Audience]string{Professional: CategorySuicide}},
		{"Denies SI", nil},
		{"Maria da Silva", nil},
		{"Suicidal ideation, no current plan", map[Audience]string{Professional: CategorySuicide, Parent: CategorySuicide}},
		{"thoughts of suicide with no plans or intent", map[Audience]string{Professional: CategorySuicide, Parent: CategorySuicide}},
		{"suicidal thoughts but denies intent", map[Audience]string{Professional: CategorySuicide, Parent: CategorySuicide}},
		{"No suicidal thoughts, no plans or intent", nil},
		{"Suicidal ideation: nil current", nil},
		{"Mum is suicidal", map[Audience]string{Professional: CategorySuicide, Parent: CategorySuicide}},
	}
	for _, tt := range tests {
		for _, audience := range []Audience{Parent, Professional} {
			t.Run(tt.text+"/"+string(audience), func(t *testing.T) {
				t.Parallel()
				if got, _ := DetectRisk(tt.text, audience); got.Category != tt.want[audience] {
					t.Errorf("got %v, want %q", got, tt.want[audience])
				}
			})
		}
	}
}

func TestDetectRiskTogether(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		recent []string
		want   string
	}{
		{"nothing", nil, ""},
		{"quiet", []string{"hello", "Sam", "CO3 4QJ"}, ""},
		{"split over messages", []string{"i keep thinking about", "killing", "myself"}, CategorySuicide},
		{"split where a word would be expected", []string{"mum says the baby", "isnt", "breathing"}, CategoryDanger},
		{"worst wins", []string{"my baby isn't breathing", "he hits me", "ok"}, CategoryDanger},
		{"sixth from the end is not read", []string{"i want to die", "1", "2", "3", "4", "5"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			before := slices.Clone(tt.recent)
			got, found := DetectRiskTogether(tt.recent, Parent)
			if got.Category != tt.want || found != (tt.want != "") {
				t.Errorf("got %v %v, want %q", got, found, tt.want)
			}
			if diff := cmp.Diff(before, tt.recent); diff != "" {
				t.Errorf("messages changed (-before +after):\n%s", diff)
			}
		})
	}
}

func TestRiskRowsAreWellFormed(t *testing.T) {
	t.Parallel()
	categories := []string{CategoryDanger, CategoryPsychosis, CategoryHarmBaby, CategorySuicide, CategoryAbuse}
	seen := map[string]bool{}
	for _, r := range risks().rows {
		if seen[r.Rule] {
			t.Errorf("%s: two rows of this id", r.Rule)
		}
		seen[r.Rule] = true
		if !slices.Contains(categories, r.Category) {
			t.Errorf("%s: category %q", r.Rule, r.Category)
		}
		if r.Level != LevelUrgent && r.Level != LevelEmergency {
			t.Errorf("%s: level %q", r.Rule, r.Level)
		}
		if r.Act && r.Category != CategoryHarmBaby {
			t.Errorf("%s: an act that is not against the baby", r.Rule)
		}
		if r.reason == "" {
			t.Errorf("%s: no reason", r.Rule)
		}
		if len(r.ways)+len(r.ideas) == 0 {
			t.Errorf("%s: says nothing", r.Rule)
		}
		for _, way := range r.ways {
			if way.groups == nil {
				t.Errorf("%s: no literals, so it would be tried on every text: %s", r.Rule, way.re)
			}
			if way.re.MatchString(plainWords(harmless)) {
				t.Errorf("%s: matches the word idioms are rewritten to", r.Rule)
			}
		}
	}
	for _, m := range riskMasks() {
		if m.reason == "" {
			t.Errorf("mask to %q: no reason", m.to)
		}
		for _, way := range m.ways {
			if way.groups == nil {
				t.Errorf("mask to %q: no literals, so it would be tried on every text: %s", m.to, way.re)
			}
		}
	}
}

// The literals only spare work: what they let through must be all that matches.
func TestRequiredStrings(t *testing.T) {
	t.Parallel()
	tests := []struct {
		source string
		want   [][]string
	}{
		{`kill`, [][]string{{"kill"}}},
		{`kill|harm`, [][]string{{"kill", "harm"}}},
		{`hurts?`, [][]string{{"hurts", "hurt"}}},
		{`(?:want|wish) to die`, [][]string{{"want to die", "wish to die"}}},
		{`(?:[a-z]+ ){0,3}knife`, [][]string{{"knife"}}},
		{`(?:want|wish) (?:[a-z]+ ){0,3}die`, [][]string{{"die"}, {"want ", "wish "}}},
		{`kill|[a-z]+`, nil},
		{`(?:kill)?`, nil},
		{`[a-z]+`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.source, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, requiredStrings(tt.source)); diff != "" {
				t.Errorf("literals (-want +got):\n%s", diff)
			}
		})
	}
	for _, p := range riskExamples(t, "risk_phrases.tsv") {
		plain := plainWords(p.text)
		trigrams := trigramsOf(plain)
		likely := risks().index.find(trigrams)
		for _, r := range risks().rows {
			for _, way := range r.ways {
				if way.re.MatchString(plain) && !(way.mayMatch(trigrams) && likely.has(way.number)) {
					t.Errorf("%s: matches %q, which its literals would have kept from it", r.Rule, plain)
				}
			}
		}
	}
}

func FuzzDetectRisk(f *testing.F) {
	for _, p := range append(riskExamples(f, "risk_phrases.tsv"), riskExamples(f, "risk_more.tsv")...) {
		f.Add(p.text)
	}
	words := regexp.MustCompile(`^ ([a-z0-9]+ |[.,;:] )*$`)
	f.Fuzz(func(t *testing.T, text string) {
		first, found := DetectRisk(text, Parent)
		again, _ := DetectRisk(text, Parent)
		if first != again {
			t.Fatalf("%q: first %v, then %v", text, first, again)
		}
		if found == (first == Signal{}) {
			t.Fatalf("%q: found %v with %v", text, found, first)
		}
		if plain := plainWords(text); !words.MatchString(plain) {
			t.Fatalf("%q: not plain words: %q", text, plain)
		}
		upper, _ := DetectRisk(strings.ToUpper(text), Parent)
		if isASCII(text) && upper != first {
			t.Fatalf("%q: capitals change %v to %v", text, first, upper)
		}
	})
}

func isASCII(s string) bool {
	for _, r := range s {
		if r >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func BenchmarkDetectRisk(b *testing.B) {
	const narrative = `I was referred by my health visitor because I find it hard to feel close to my son. ` +
		`The birth was long and frightening and we were apart for the first two days. He cries for hours in the evening ` +
		`and I do not know what he wants. My partner works away, my mum helps at weekends. I feel guilty all the time. `
	const repeated = `I would never hurt my baby and he does not hit me and i do not want to die `
	const message = "she cries all night and i feel like a bad mum, i dont know what to do and my partner works away"
	b.Run("message", func(b *testing.B) {
		DetectRisk(message, Parent)
		for b.Loop() {
			DetectRisk(message, Parent)
		}
	})
	texts := map[string]string{"narrative": narrative, "every row tried": repeated}
	for name, text := range texts {
		for _, length := range []int{2_000, 20_000} {
			text := strings.Repeat(text, length/len(text)+1)[:length]
			b.Run(fmt.Sprintf("%s/%d", name, length), func(b *testing.B) {
				for b.Loop() {
					DetectRisk(text, Parent)
				}
			})
		}
	}
}
