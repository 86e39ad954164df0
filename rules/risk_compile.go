package rules

import (
	"math/bits"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
)

// compileRisk reads a pattern: regular expressions over plain words, one to a line or
// parted by " | ", any of which may match. "<name>" stands for one of riskNames, and
// brackets only group. It matches whole words. The patterns are constants of this
// package, so a faulty one stops the program, and every test, at once.
func compileRisk(source string) pattern {
	var p pattern
	for way := range strings.SplitSeq(strings.ReplaceAll(source, " | ", "\n"), "\n") {
		if way = strings.TrimSpace(way); way == "" {
			continue
		}
		way = strings.ReplaceAll(expandRisk(`\b(`+way+`)(\b| |$)`), "(", "(?:")
		way = strings.ReplaceAll(way, "(?:?", "(?")
		p = append(p, expression{re: regexp.MustCompile(way), groups: literalsOf(way)})
	}
	return p
}

func expandRisk(source string) string {
	for _, n := range riskNames {
		source = strings.ReplaceAll(source, "<"+n.name+">", "("+n.means+")")
	}
	return source
}

// A pattern is several expressions any of which may match.
type pattern []expression

func (p pattern) matches(s string) bool {
	return slices.ContainsFunc(p, func(e expression) bool { return e.re.MatchString(s) })
}

// isIn reports whether p matches s, looking for its literals first.
func (p pattern) isIn(s *sentence) bool {
	return slices.ContainsFunc(p, func(e expression) bool { return e.mayMatch(s.trigrams) && e.re.MatchString(s.text) })
}

// An expression is a regular expression and, group by group, literals of which any match
// of it contains at least one. Looking for those first is what keeps long messages cheap.
type expression struct {
	re     *regexp.Regexp
	groups []group
	number int // in the index, if it is in one
}

func (e *expression) mayMatch(s *trigrams) bool {
	for _, g := range e.groups {
		if !s.mayContainAny(g) {
			return false
		}
	}
	return true
}

// likely are the numbers of the expressions that a text may match, a bit each.
type likely []uint64

func (l likely) has(n int) bool { return l[n>>6]&(1<<(n&63)) != 0 }

// An index finds them, by the trigrams that the literals of an expression's first group begin
// with: a text is made of far fewer trigrams than there are expressions.
type index struct {
	size   int
	always []int // those of which nothing is known
	by     [64 * len(trigrams{})][]int
}

// add numbers the expressions of p.
func (x *index) add(p pattern) {
	for i := range p {
		p[i].number = x.size
		if len(p[i].groups) == 0 {
			x.always = append(x.always, x.size)
		} else {
			for _, g := range p[i].groups[0].begins {
				x.by[g] = append(x.by[g], x.size)
			}
		}
		x.size++
	}
}

func (x *index) find(s *trigrams) likely {
	found := make(likely, x.size/64+1)
	for _, n := range x.always {
		found[n>>6] |= 1 << (n & 63)
	}
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			for _, n := range x.by[i<<6+bits.TrailingZeros64(word)] {
				found[n>>6] |= 1 << (n & 63)
			}
		}
	}
	return found
}

// trigrams says which groups of three letters a text may contain, in a few bits each; two
// groups may share a bit, so that it can say yes wrongly but never no.
type trigrams [128]uint64

// A literal is a string by the trigrams it is made of.
type literal []uint16

func trigramsOf(s string) *trigrams {
	var set trigrams
	eachTrigram(s, func(g uint16) { set[g>>6] |= 1 << (g & 63) })
	return &set
}

func literalOf(s string) literal {
	var l literal
	eachTrigram(s, func(g uint16) { l = append(l, g) })
	return l
}

func eachTrigram(s string, do func(uint16)) {
	var g uint32
	for i := range len(s) {
		g = g<<8 | uint32(s[i])
		if i >= 2 {
			do(uint16(g << 8 * 2654435761 >> 19)) // Knuth's multiplicative hash, 13 bits
		}
	}
}

// A group is literals, and the trigrams they begin with, each once: a text with none of
// those has none of the literals.
type group struct {
	begins   literal
	literals []literal
}

func groupOf(strs []string) group {
	var g group
	for _, s := range strs {
		l := literalOf(s)
		g.literals = append(g.literals, l)
		if !slices.Contains(g.begins, l[0]) {
			g.begins = append(g.begins, l[0])
		}
	}
	return g
}

func (t *trigrams) has(g uint16) bool { return t[g>>6&127]&(1<<(g&63)) != 0 }

func (t *trigrams) mayContainAny(g group) bool {
	for _, b := range g.begins {
		if t.has(b) {
			return t.mayContain(g.literals)
		}
	}
	return false
}

func (t *trigrams) mayContain(literals []literal) bool {
next:
	for _, l := range literals {
		for _, g := range l {
			if !t.has(g) {
				continue next
			}
		}
		return true
	}
	return false
}

// A group longer than mostLiterals, or with a literal shorter than leastLetters, is not
// worth looking for.
const (
	mostLiterals = 120
	leastLetters = 3
)

func literalsOf(source string) []group {
	var groups []group
	for _, g := range requiredStrings(source) {
		groups = append(groups, groupOf(g))
	}
	return groups
}

// requiredStrings returns groups of strings, the shortest group first; every match of
// source contains a string of each.
func requiredStrings(source string) [][]string {
	re, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		return nil
	}
	groups := requiredBy(re.Simplify()).all()
	slices.SortStableFunc(groups, func(a, b []string) int { return len(a) - len(b) })
	return groups
}

// required is what is known of the matches of an expression: whole lists all of them,
// where they are few; a match contains a string of each of parts.
type required struct {
	whole []string
	parts [][]string
}

// all returns the groups worth looking for.
func (q required) all() [][]string {
	if worth(q.whole) {
		return append(slices.Clone(q.parts), q.whole)
	}
	return q.parts
}

func worth(group []string) bool {
	return 0 < len(group) && len(group) <= mostLiterals && shortest(group) >= leastLetters
}

func shortest(group []string) int {
	return len(slices.MinFunc(group, func(a, b string) int { return len(a) - len(b) }))
}

func requiredBy(re *syntax.Regexp) required {
	switch re.Op {
	case syntax.OpLiteral:
		return required{whole: []string{string(re.Rune)}}
	case syntax.OpEmptyMatch, syntax.OpWordBoundary, syntax.OpBeginText, syntax.OpEndText:
		return required{whole: []string{""}}
	case syntax.OpCapture:
		return requiredBy(re.Sub[0])
	case syntax.OpPlus:
		return required{parts: requiredBy(re.Sub[0]).all()}
	case syntax.OpQuest:
		return requiredByEither([]required{requiredBy(re.Sub[0]), {whole: []string{""}}})
	case syntax.OpCharClass:
		return requiredByClass(re.Rune)
	case syntax.OpConcat:
		return requiredBySequence(each(re.Sub))
	case syntax.OpAlternate:
		return requiredByEither(each(re.Sub))
	}
	return required{}
}

func each(subs []*syntax.Regexp) []required {
	all := make([]required, len(subs))
	for i, s := range subs {
		all[i] = requiredBy(s)
	}
	return all
}

// requiredByClass spells out a class of few letters, given as pairs of first and last.
func requiredByClass(pairs []rune) required {
	var whole []string
	for i := 0; i+1 < len(pairs); i += 2 {
		for r := pairs[i]; r <= pairs[i+1]; r++ {
			if len(whole) == 10 {
				return required{}
			}
			whole = append(whole, string(r))
		}
	}
	return required{whole: whole}
}

// requiredByEither is what is known of an expression that is one of several.
func requiredByEither(ways []required) required {
	var whole, part []string
	known, worthy := true, true
	for _, w := range ways {
		known = known && w.whole != nil
		whole = append(whole, w.whole...)
		groups := w.all()
		if worthy = worthy && len(groups) > 0; worthy {
			part = append(part, slices.MinFunc(groups, func(a, b []string) int { return len(a) - len(b) })...)
		}
	}
	switch {
	case known && len(whole) <= mostLiterals:
		return required{whole: whole}
	case worthy && worth(part):
		return required{parts: [][]string{part}}
	}
	return required{}
}

// requiredBySequence is what is known of an expression that is several in a row. The
// wholes of neighbours are joined as far as they are known and few.
func requiredBySequence(steps []required) required {
	run := required{whole: []string{""}}
	var parts [][]string
	broken := false
	for _, s := range steps {
		if joined := join(run.whole, s.whole); joined != nil {
			run.whole = joined
			continue
		}
		broken = true
		parts = append(append(parts, run.all()...), s.parts...)
		run.whole = s.whole
		if run.whole == nil {
			run.whole = []string{""}
		}
	}
	if broken {
		return required{parts: append(parts, run.all()...)}
	}
	return run
}

// join returns every string of a followed by every string of b, or nil if they are too many.
func join(a, b []string) []string {
	if a == nil || b == nil || len(a)*len(b) > mostLiterals {
		return nil
	}
	joined := make([]string, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			joined = append(joined, x+y)
		}
	}
	return joined
}
