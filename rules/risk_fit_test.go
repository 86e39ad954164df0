package rules

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A weighed sentence: its features, and whether it means risk.
type weighed struct {
	features []string
	risk     bool
}

// leastSeen is in how many sentences a feature must be to say anything.
const leastSeen = 3

// fitPoints finds the points by logistic regression with weight decay, in a fixed order,
// so that the same sentences always give the same table.
func fitPoints(sentences []weighed) map[string]int {
	seen := map[string]int{}
	for _, s := range sentences {
		for _, f := range s.features {
			seen[f]++
		}
	}
	maps.DeleteFunc(seen, func(_ string, n int) bool { return n < leastSeen })
	names := slices.Sorted(maps.Keys(seen))
	number := map[string]int{}
	for i, f := range names {
		number[f] = i
	}
	all := make([]counted, len(sentences))
	for i, s := range sentences {
		for _, f := range s.features {
			if n, ok := number[f]; ok {
				all[i].features = append(all[i].features, n)
			}
		}
		if s.risk {
			all[i].risk = 1
		}
	}
	points := map[string]int{}
	for i, w := range descend(all, len(names)) {
		if p := int(math.Round(100 * w)); p != 0 {
			points[names[i]] = p
		}
	}
	return points
}

// A counted sentence is a weighed one by the numbers of its features.
type counted struct {
	features []int
	risk     float64
}

func descend(sentences []counted, features int) []float64 {
	const rounds, firstStep, decay = 25, 0.1, 0.03
	weights := make([]float64, features)
	random := rand.New(rand.NewPCG(1, 1))
	for round := range rounds {
		step := firstStep / (1 + float64(round)/5)
		for _, i := range random.Perm(len(sentences)) {
			s := sentences[i]
			z := 0.0
			for _, f := range s.features {
				z += weights[f]
			}
			wrong := 1/(1+math.Exp(-z)) - s.risk
			for _, f := range s.features {
				weights[f] -= step * (wrong + decay*weights[f])
			}
		}
	}
	return weights
}

// allWeighed reads every set. Sentences that are close to a row and never to be mistaken
// count three times.
func allWeighed(t testing.TB) []weighed {
	t.Helper()
	files, err := filepath.Glob("testdata/risk_*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var all []weighed
	for _, f := range files {
		var set []weighed
		for _, e := range riskExamples(t, filepath.Base(f)) {
			gist := gistOf(wordingOf(e.text).sentences)
			set = append(set, weighed{slices.Sorted(maps.Keys(gist)), e.risk})
		}
		all = append(all, set...)
		if slices.Contains(neverMistaken, filepath.Base(f)) {
			all = append(all, slices.Repeat(set, 2)...)
		}
	}
	return all
}

// The table of points is counted on the sentences in testdata, and on nothing else.
func TestRiskPoints(t *testing.T) {
	t.Parallel()
	points := fitPoints(allWeighed(t))
	if *update {
		var b strings.Builder
		for _, f := range slices.Sorted(maps.Keys(points)) {
			fmt.Fprintf(&b, "%s\t%d\n", f, points[f])
		}
		if err := os.WriteFile("risk_points.tsv", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	const rounding = 3 // other machines round otherwise in the last place
	for f, p := range points {
		if have := riskPoints()[f]; have-p > rounding || p-have > rounding {
			t.Errorf("%q has %d points, counted %d: run go test ./rules -run TestRiskPoints -update", f, have, p)
		}
	}
}

// What the points alone would find of sentences they were not counted on.
func TestRiskPointsOnSentencesLeftOut(t *testing.T) {
	t.Parallel()
	var rest, left []weighed
	for i, s := range allWeighed(t) {
		if i%5 == 0 {
			left = append(left, s)
		} else {
			rest = append(rest, s)
		}
	}
	points := fitPoints(rest)
	var y tally
	for _, s := range left {
		total := 0
		for _, f := range s.features {
			total += points[f]
		}
		y.count(total >= enoughPoints, s.risk)
	}
	t.Logf("sensitivity %.3f, specificity %.3f", y.sensitivity(), y.specificity())
	if y.sensitivity() < 0.55 || y.specificity() < 0.90 {
		t.Errorf("sensitivity %.3f and specificity %.3f, want at least 0.55 and 0.90", y.sensitivity(), y.specificity())
	}
}
