package rules

import (
	"maps"
	"slices"
	"strings"
	"sync"
)

// An idea is a set of concepts that mean risk together, whatever the words and, unless
// ordered, in whatever order. It finds what no list of phrases foresees: the missing
// verbs, tenses and turns of people who write in a hurry or in a second language.
type idea struct {
	terms   []term
	ordered bool
	without []int
}

// A term is one concept of an idea. close means right after the term before it.
type term struct {
	concept int
	close   bool
}

// How far an idea's words may lie apart: between neighbours if it is ordered, and from
// first to last if it is not.
const (
	orderedReach = 5
	looseReach   = 14
)

// A meaning is concepts by their numbers.
type meaning []uint16

func (m meaning) has(concept int) bool { return slices.Contains(m, uint16(concept)) }

// A conceptSet is the concepts of a sentence, a bit each.
type conceptSet []uint64

func (c conceptSet) add(m meaning) {
	for _, concept := range m {
		c[concept>>6] |= 1 << (concept & 63)
	}
}

func (c conceptSet) has(concept int) bool { return c[concept>>6]&(1<<(concept&63)) != 0 }

// A lexicon knows which concepts a word stands for.
type lexicon struct {
	concepts map[string]int
	words    map[string]meaning
	stems    map[string]meaning
	phrases  map[string][]fixedPhrase
	named    map[uint16]string
}

// A fixedPhrase is several words that stand for one concept together; rest follow the first.
type fixedPhrase struct {
	rest    []string
	concept int
}

// concept returns the number of the concept that source names: words of a row parted by
// "|", each a name of riskConcepts in capitals or the word itself. "strangl*" is every
// word that begins so, and "look_after" two words in a row.
func (x *lexicon) concept(source string) int {
	if n, known := x.concepts[source]; known {
		return n
	}
	n := len(x.concepts)
	x.concepts[source] = n
	for name := range strings.SplitSeq(source, "|") {
		x.learn(name, n)
	}
	return n
}

func (x *lexicon) learn(name string, concept int) {
	if group, ok := riskConcepts[name]; ok {
		for word := range strings.FieldsSeq(group) {
			x.learn(word, concept)
		}
		return
	}
	first, rest, several := strings.Cut(name, "_")
	switch {
	case several:
		x.phrases[first] = append(x.phrases[first], fixedPhrase{strings.Split(rest, "_"), concept})
	case strings.HasSuffix(name, "*"):
		teach(x.stems, strings.TrimSuffix(name, "*"), concept)
	default:
		teach(x.words, name, concept)
	}
}

func teach(m map[string]meaning, word string, concept int) {
	m[word] = append(m[word], uint16(concept))
}

// names returns the names of those concepts of m that have one of their own.
func (x *lexicon) names(m meaning) []string {
	var names []string
	for _, concept := range m {
		if name := x.named[concept]; name != "" {
			names = append(names, name)
		}
	}
	return names
}

// A meantWord is a word of a sentence with what it may mean.
type meantWord struct {
	start, end int
	means      meaning
	endsClause bool
}

// leastStem is how many letters the shortest stem has.
const leastStem = 3

// read returns the words of a sentence that mean something, where they stand, and all
// that they mean.
func (x *lexicon) read(text string) ([]meantWord, conceptSet) {
	words := strings.Fields(text)
	read := make([]meantWord, 0, len(words))
	all := make(conceptSet, len(x.concepts)/64+1)
	at := 0
	for i, w := range words {
		start := at + strings.Index(text[at:], w)
		at = start + len(w)
		if w == pause || w == answer {
			continue
		}
		m := meantWord{start: start, end: at, endsClause: w == clauseEnd, means: x.meaningOf(w, words[i+1:])}
		all.add(m.means)
		read = append(read, m)
	}
	return read, all
}

func (x *lexicon) meaningOf(w string, next []string) meaning {
	means := x.words[w]
	means = means[:len(means):len(means)]
	for n := leastStem; n <= len(w); n++ {
		means = append(means, x.stems[w[:n]]...)
	}
	for _, p := range x.phrases[w] {
		if followedBy(next, p.rest) {
			means = append(means, uint16(p.concept))
		}
	}
	return means
}

func followedBy(words, rest []string) bool {
	return len(words) >= len(rest) && slices.Equal(words[:len(rest)], rest)
}

// compileIdeas reads ideas, one to a line: "he > SHUT > ME" is ordered, "WISH GONE" is
// not, "!work" must not be said in the same sentence, and ">>" means right after.
func (x *lexicon) compileIdeas(source string) []idea {
	var ideas []idea
	for line := range strings.Lines(source) {
		if line = strings.TrimSpace(line); line != "" {
			ideas = append(ideas, x.compileIdea(line))
		}
	}
	return ideas
}

func (x *lexicon) compileIdea(line string) idea {
	var d idea
	closely := false
	for _, w := range strings.Fields(line) {
		switch without, negative := strings.CutPrefix(w, "!"); {
		case w == ">":
			d.ordered = true
		case w == ">>":
			d.ordered, closely = true, true
		case negative:
			d.without = append(d.without, x.concept(without))
		default:
			d.terms = append(d.terms, term{x.concept(w), closely})
			closely = false
		}
	}
	return d
}

// find calls took with where the idea's words stand in s, until it returns false.
func (d *idea) find(s *sentence, took func(start, end int) bool) {
	if !d.mayBeIn(s.means) {
		return
	}
	if d.ordered {
		d.findOrdered(s.words, took)
		return
	}
	d.findLoose(s.words, took)
}

func (d *idea) mayBeIn(all conceptSet) bool {
	for _, t := range d.terms {
		if !all.has(t.concept) {
			return false
		}
	}
	return !slices.ContainsFunc(d.without, all.has)
}

func (d *idea) findLoose(words []meantWord, took func(start, end int) bool) {
	last := make([]int, len(d.terms))
	for i := range last {
		last[i] = -1
	}
	for at := range words {
		w := &words[at]
		moved := false
		for i, t := range d.terms {
			if w.means.has(t.concept) {
				last[i], moved = at, true
			}
		}
		if !moved {
			continue
		}
		if first := slices.Min(last); first >= 0 && at-first <= looseReach && !took(words[first].start, w.end) {
			return
		}
	}
}

// findOrdered keeps for each term where it was last found in order, and where what ends
// there began.
func (d *idea) findOrdered(words []meantWord, took func(start, end int) bool) {
	found := make([]struct{ first, last int }, len(d.terms))
	for i := range found {
		found[i].first = -1
	}
	for at := range words {
		w := &words[at]
		if w.endsClause {
			for i := range found {
				found[i].first = -1
			}
			continue
		}
		for i := len(d.terms) - 1; i >= 0; i-- {
			if !w.means.has(d.terms[i].concept) {
				continue
			}
			first := at
			if i > 0 {
				before := found[i-1]
				reach := orderedReach
				if d.terms[i].close {
					reach = 1
				}
				if before.first < 0 || at-before.last > reach {
					continue
				}
				first = before.first
			}
			found[i].first, found[i].last = first, at
			if i == len(d.terms)-1 && !took(words[first].start, w.end) {
				return
			}
		}
	}
}

// A riskBook is all that is known of risk: the rows in order of importance and the
// lexicon that their ideas are written in.
type riskBook struct {
	rows     []riskRow
	index    *index // of the expressions of the rows
	lexicon  *lexicon
	spelling spelling
}

// risks is compiled when first needed.
var risks = sync.OnceValue(func() riskBook {
	x := &lexicon{map[string]int{}, map[string]meaning{}, map[string]meaning{}, map[string][]fixedPhrase{}, map[uint16]string{}}
	rows := riskRows()
	for _, r := range riskIdeas() {
		r.ideas = x.compileIdeas(r.source)
		rows = append(rows, r)
	}
	for _, name := range slices.Sorted(maps.Keys(riskConcepts)) {
		x.named[uint16(x.concept(name))] = name
	}
	slices.SortStableFunc(rows, func(a, b riskRow) int { return importance(a.Signal) - importance(b.Signal) })
	all := &index{}
	for _, r := range rows {
		all.add(r.ways)
	}
	return riskBook{rows, all, x, spellingOf(riskVocabulary())}
})

func importance(s Signal) int {
	order := []string{CategoryDanger, CategoryPsychosis, CategoryHarmBaby, CategorySuicide, CategoryAbuse}
	return slices.Index(order, s.Category)
}

// riskVocabulary returns the words that are worth spelling right.
func riskVocabulary() []string {
	var all []string
	for _, group := range riskConcepts {
		for w := range strings.FieldsSeq(group) {
			all = append(all, strings.Split(strings.TrimSuffix(w, "*"), "_")...)
		}
	}
	for _, right := range riskSpelling {
		all = append(all, right)
	}
	return all
}
