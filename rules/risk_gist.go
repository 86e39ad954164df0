package rules

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// riskPointsTable says how much each word speaks for risk or against it, in hundredths,
// as counted on every sentence in testdata; TestRiskPoints counts again. It is the last
// to be asked and can only add: nothing in it takes back what a row has found.
//
//go:embed risk_points.tsv
var riskPointsTable string

// enoughPoints is where a message begins to sound like risk. It is set so that about one
// harmless message in twenty that no row speaks for gets there.
const enoughPoints = 120

// gistKinds are the concepts that tell what kind of risk a text sounds like. Of two kinds
// with as many the first is taken: what is hinted at is most often suicide.
var gistKinds = []struct {
	category string
	concepts map[string]bool
}{
	{CategorySuicide, words(`WISH DIE ALIVE GONE FOREVER TIRED BETTER LATER PILLS HEIGHT WATER MEANS ARRANGED SELF LIFE_WORDS LEAVING`)},
	{CategoryAbuse, words(`PARTNER HE VIOLENT BRUTAL SHUT FREEDOM CONTROL MYTHINGS CAPTIVE FAR_MONEY FEAR ME`)},
	{CategoryHarmBaby, words(`BABY HIM CRUEL ROUGH MARK UNEXPLAINED LOST_CONTROL HOLDING STRONG SHARP`)},
	{CategoryPsychosis, words(`THEY NOBODY SPY DEVICE VISIONS OMEN SENDS POWER BIZARRE SLEEPLESS HIGH EVIL RELIGION OTHER_FACE SECRET_MEANING PLANT TALK`)},
}

const gistRule = "sounds-like-risk"

// gistSignal is what a text raises that only sounds like risk: always urgent and never
// more, since what it is is for a human to tell.
func gistSignal(gist map[string]bool) Signal {
	kind, most := CategorySuicide, 0
	for _, k := range gistKinds {
		n := 0
		for name := range gist {
			if k.concepts[name] {
				n++
			}
		}
		if n > most {
			kind, most = k.category, n
		}
	}
	return Signal{Category: kind, Level: LevelUrgent, Rule: gistRule}
}

// riskPoints maps a feature of a text to its points.
var riskPoints = sync.OnceValue(func() map[string]int {
	points := map[string]int{}
	for line := range strings.Lines(riskPointsTable) {
		feature, value, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if n, err := strconv.Atoi(value); err == nil {
			points[feature] = n
		}
	}
	return points
})

// wholeText is the feature every text has: where the points start from.
const wholeText = "^"

// soundsLikeRisk looks at the weight of all the words together, for what is hinted at in
// words that no row foresees: of a short message as a whole, of a long one sentence by
// sentence.
func soundsLikeRisk(said *wording) bool {
	words := 0
	for _, s := range said.sentences {
		words += len(s.words)
	}
	switch {
	case words < fewestWords:
		return false
	case words <= shortMessage:
		return pointsOf(said.sentences) >= enoughPoints
	}
	return slices.ContainsFunc(said.sentences, func(s sentence) bool {
		return pointsOf([]sentence{s}) >= enoughPoints
	})
}

// How many words make a thought at least, and one thought at most.
const (
	fewestWords  = 5
	shortMessage = 40
)

func pointsOf(sentences []sentence) int {
	points := riskPoints()
	total := 0
	for f := range gistOf(sentences) {
		total += points[f]
	}
	return total
}

// gistOf returns the features of sentences: its words by how they begin, and the names of
// the concepts they stand for, apart where a no stands just before.
func gistOf(sentences []sentence) map[string]bool {
	gist := map[string]bool{wholeText: true}
	for _, s := range sentences {
		sinceNo := noReach
		for _, w := range s.words {
			word := s.text[w.start:w.end]
			if w.endsClause {
				sinceNo = noReach
				continue
			}
			gist[word[:min(len(word), stemLetters)]] = true
			sinceNo++
			for _, name := range risks().lexicon.names(w.means) {
				gist[name] = true
				if sinceNo <= noReach {
					gist["NOT "+name] = true
				}
			}
			if nearNegators[word] || listNegators[word] {
				sinceNo = 0
			}
		}
	}
	return gist
}

// noReach is how many words after a no are still said under it.
const noReach = 3

// stemLetters is how much of a word tells what it is, whatever its ending.
const stemLetters = 6
