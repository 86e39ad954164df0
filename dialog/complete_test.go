package dialog

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"referralbot/rules"
)

// TestEverythingIsInATranscript proves that every question, stage, warning, command and
// sentence comes up in some transcript, so that a clinician who reads them has read it all.
func TestEverythingIsInATranscript(t *testing.T) {
	t.Parallel()
	seen, said := map[string]bool{}, map[rules.Audience]string{}
	for _, path := range transcripts(t) {
		k := newTalk(t)
		out := k.run(readTranscript(t, path))
		maps.Copy(seen, k.seen)
		said[k.c.Audience] += strings.ReplaceAll(out, "\n  ", "\n")
	}
	for _, s := range rules.Fields() {
		for _, a := range s.Audiences {
			if !seen["question "+string(a)+" "+string(s.Field)] {
				t.Errorf("%s is never asked of a %s", s.Field, a)
			}
		}
	}
	for _, s := range []Stage{Greeting, Asking, Warning, Booking, Reviewing, Deleting, Recalling, Urgent, Sent, Stopped} {
		if !seen["stage "+string(s)] {
			t.Errorf("the stage %s is never reached", s)
		}
	}
	for _, commands := range [][]string{
		{"start", "start", "refer", "hi", "hello"}, {"urgent"}, {"human"}, {"help"}, {"stop"}, {"hide"}, {"delete"}, {"withdraw"}, {"privacy"},
		{"start again"}, {"back"}, {"why"}, {"skip"}, {"review"}, {"status"},
	} {
		if !slices.ContainsFunc(commands, func(w string) bool { return seen["command "+w] }) {
			t.Errorf("nobody ever says %q", commands[0])
		}
	}
	for _, a := range []rules.Audience{rules.Parent, rules.Professional} {
		for name, text := range sentences(voiceOf(a)) {
			first, _, _ := strings.Cut(text, "{")
			if len(first) < 8 { // what is before the gap says too little to look for
				_, first, _ = strings.Cut(text, "}")
				first, _, _ = strings.Cut(first, "{")
			}
			if !strings.Contains(said[a], strings.TrimSpace(first)) {
				t.Errorf("no %s is ever told %s: %q", a, name, text)
			}
		}
	}
}

// TestEveryRiskIsInATranscript: of each category of risk there is a conversation to read, of a
// parent's and of a professional's, and whoever reads it sees what the safety channel is told.
func TestEveryRiskIsInATranscript(t *testing.T) {
	t.Parallel()
	told := map[rules.Audience]string{}
	for _, path := range transcripts(t) {
		k := newTalk(t)
		out := k.run(readTranscript(t, path))
		told[k.c.Audience] += out
	}
	for a, all := range told {
		for _, category := range []string{rules.CategoryDanger, rules.CategorySuicide, rules.CategoryHarmBaby, rules.CategoryAbuse, rules.CategoryPsychosis} {
			urgent, emergency := "=> safety channel: URGENT "+category+" ", "=> safety channel: EMERGENCY "+category+" "
			if !strings.Contains(all, urgent) && !strings.Contains(all, emergency) {
				t.Errorf("no %s raises an alert of %s", a, category)
			}
		}
	}
	if len(told) != 2 {
		t.Errorf("there are transcripts of %d audiences", len(told))
	}
}

// sentences are everything a voice can say, by name.
func sentences(v *voice) map[string]string {
	out := map[string]string{}
	for l, text := range v.lines {
		out["line "+string(l)] = text
	}
	for p, text := range v.problems {
		out["problem "+string(p)] = text
	}
	for f, text := range v.flags {
		out["flag "+string(f.rule)+":"+string(f.verdict)] = text
	}
	for c, text := range v.cards {
		for i, part := range strings.Split(text, "\n\n") {
			out["card "+c+string(rune('a'+i))] = part
		}
	}
	for f, q := range v.questions {
		out["question "+string(f)] = q.text
	}
	for kind, told := range map[string]map[string]string{"news": v.news, "news of a call": v.newsOfCall, "news after a loss": v.newsOfLoss} {
		for what, text := range told {
			out[kind+" "+what] = text
		}
	}
	for name, text := range out {
		if text == "" {
			delete(out, name)
		}
	}
	return out
}

// TestVoicesSpeakAlike: both voices have every sentence, and every question they are asked.
func TestVoicesSpeakAlike(t *testing.T) {
	t.Parallel()
	for l := range parentVoice.lines {
		if _, ok := professionalVoice.lines[l]; !ok {
			t.Errorf("professionals have no line %q", l)
		}
	}
	for l := range professionalVoice.lines {
		if _, ok := parentVoice.lines[l]; !ok {
			t.Errorf("parents have no line %q", l)
		}
	}
	for _, s := range rules.Fields() {
		for _, a := range []rules.Audience{rules.Parent, rules.Professional} {
			q, ok := voiceOf(a).questions[s.Field]
			if ok != s.For(a) {
				t.Errorf("%s for a %s: asked %v, worded %v", s.Field, a, s.For(a), ok)
			}
			if !ok {
				continue
			}
			if q.title == "" || q.text == "" || q.why == "" {
				t.Errorf("%s for a %s lacks its title, text or why", s.Field, a)
			}
			for _, stage := range []string{"born", "pregnant"} {
				c := rules.Case{Audience: a, Answers: rules.Answers{rules.Stage: {stage}}, Service: rules.DefaultService()}
				for _, value := range s.Values(c) {
					if !slices.ContainsFunc(q.options, func(o option) bool { return o.value == value }) {
						t.Errorf("%s=%s for a %s has no label", s.Field, value, a)
					}
				}
			}
		}
	}
}

// TestWordsToParents: words that would hurt, promise or judge are in no sentence.
func TestWordsToParents(t *testing.T) {
	t.Parallel()
	forbidden := []string{
		"reject", "exclu", "ineligible", "fail", "invalid", "don't worry", "criteria", "attachment", "abuse",
		"i understand how you feel", "everything will be", "removed", "taken away",
		"score", "diagnos", "disorder", "psycho", "promise", "secret", "confidential", "bad mother", "bad parent", "how would you do it",
	}
	for name, text := range toldParents() {
		for _, word := range forbidden {
			if strings.Contains(strings.ToLower(text), word) {
				t.Errorf("%s says %q: %s", name, word, text)
			}
		}
		if emoji := strings.IndexFunc(text, func(r rune) bool { return r >= 0x2600 && r != '✓' }); emoji >= 0 {
			t.Errorf("%s has a picture in it: %s", name, text[emoji:])
		}
	}
}

// toldParents is everything a parent can be told: sentences, reasons, hints and labels.
func toldParents() map[string]string {
	texts := sentences(&parentVoice)
	for f, q := range parentVoice.questions {
		texts["why "+string(f)], texts["hint "+string(f)] = q.why, q.hint
		for _, o := range q.options {
			texts["option "+string(f)+"="+o.value] = o.label
		}
	}
	for _, o := range parentVoice.shared {
		texts["button "+o.value] = o.label
	}
	return texts
}

// TestReadingAge: nothing that a parent is told is above US grade 7, at which a child of
// twelve reads, and most of it is far below. Each paragraph is measured by itself, so that
// an easy one does not hide a hard one. Shorter ones are labels and names, which the formula
// is not made for.
func TestReadingAge(t *testing.T) {
	t.Parallel()
	const hardest, shortest = 7.0, 8 // US grade; words
	for name, text := range toldParents() {
		for paragraph := range strings.SplitSeq(text, "\n\n") {
			if grade := grade(paragraph); grade > hardest && len(strings.Fields(paragraph)) >= shortest {
				t.Errorf("%s is at grade %.1f: %s", name, grade, paragraph)
			}
		}
	}
}

// TestGrade holds the measure itself to texts whose words were counted by hand.
func TestGrade(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{
		"The cat sat on the mat.":               -1.4, // 6 words, 1 sentence, 6 syllables
		"The cat sat.\nThe little apple fell.":  0.9,  // 7, 2, 9
		"A clinician considers every referral.": 17.0, // 5, 1, 13
		"Make the bed. Take the table.":         -0.7, // 6, 2, 7
	} {
		if got := grade(text); math.Abs(got-want) > 0.1 {
			t.Errorf("%q is at grade %.1f, want %.1f", text, got, want)
		}
	}
}

// grade is the Flesch-Kincaid grade of a text: of words to a sentence and syllables to a
// word. A line of a list is a sentence. Groups of vowels stand for syllables, so that a
// final e counts only after a consonant and l, as in "table".
func grade(text string) float64 {
	words, sentences, syllables := 0, 0, 0
	for line := range strings.Lines(text) {
		before := sentences
		for w := range strings.FieldsSeq(line) {
			words++
			if strings.ContainsAny(w, ".?!:") {
				sentences++
			}
			syllables += syllablesOf(strings.ToLower(strings.Trim(w, `.,;?!:"()`)))
		}
		if sentences == before && strings.TrimSpace(line) != "" {
			sentences++
		}
	}
	if words == 0 {
		return 0
	}
	return 0.39*float64(words)/float64(sentences) + 11.8*float64(syllables)/float64(words) - 15.59
}

func syllablesOf(word string) int {
	n := len(vowels.FindAllString(word, -1))
	if silentE.MatchString(word) && !soundedE.MatchString(word) {
		n--
	}
	return max(n, 1)
}

var (
	vowels   = regexp.MustCompile(`[aeiouy]+`)
	silentE  = regexp.MustCompile(`[^aeiouy]e$`)
	soundedE = regexp.MustCompile(`[^aeiouy]le$`)
)
