package rules

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Plain words are what riskRows are written in: lower case, one space between words and
// at both ends, no apostrophes, accents or repeats, spelt right as far as riskSpelling
// knows, idioms gone. Punctuation is kept as four words of its own.
const (
	sentenceEnd = "." // . ! and a new line
	clauseEnd   = ";" // also before "but", "because", "and I"
	pause       = "," // also brackets, slashes and dashes
	answer      = ":" // a colon or question mark: an answer may follow
)

// punctuation maps what ends a word to the plain word it leaves; "" leaves a space.
var punctuation = map[rune]string{
	'.': sentenceEnd, '!': sentenceEnd, '\n': sentenceEnd, '\r': sentenceEnd, '…': sentenceEnd, '。': sentenceEnd,
	';': clauseEnd,
	',': pause, '(': pause, ')': pause, '[': pause, ']': pause, '/': pause, '–': pause, '—': pause, '|': pause,
	':': answer, '?': answer, '=': answer,
}

// pictures are the emoji that say what a word would.
var pictures = map[rune]string{
	'🔪': "knife", '🗡': "knife", '💊': "pills", '🪦': "grave", '⚰': "coffin", '🔫': "gun", '🩸': "blood", '👊': "punch",
	'🪢': "rope", '🌉': "bridge", '🚆': "train", '🚂': "train", '👹': "demon", '👿': "demon", '😈': "demon", '🤕': "hurt",
	'😨': "scared", '😱': "scared", '🔥': "fire", '🚑': "ambulance", '🆘': "help", '👶': "baby", '🍼': "bottle",
}

// sameLetter folds letters that look or are meant alike to a-z. Full-width forms are
// folded by arithmetic.
var sameLetter = foldTable(map[rune]string{
	'a': "àáâãäåāăąа@", 'b': "ь", 'c': "çćčс", 'd': "ďđ", 'e': "èéêëēęěе", 'g': "ğģ", 'i': "ìíîïīįıі",
	'k': "ķκ", 'l': "łļĺ", 'n': "ñńňņ", 'o': "òóôõöøōőо", 'p': "р", 'r': "řŕ", 's': "śšşșѕ$", 't': "ťţț",
	'u': "ùúûüūůűų", 'x': "х", 'y': "ýÿу", 'z': "źżž",
})

func foldTable(like map[rune]string) map[rune]rune {
	fold := map[rune]rune{}
	for to, from := range like {
		for _, r := range from {
			fold[r] = to
		}
	}
	return fold
}

// A wording is a text in plain words, sentence by sentence.
type wording struct {
	sentences []sentence
	all       *trigrams
	denied    bool // a row was found, and taken back
}

type sentence struct {
	text     string
	trigrams *trigrams
	words    []meantWord
	means    conceptSet
	over     bool // it says that what it tells of has ended
}

// wordingOf puts text into plain words and rewrites by riskMasks what is not meant.
func wordingOf(text string) *wording {
	plain := plainWords(text)
	said := &wording{all: trigramsOf(plain)}
	for s := range strings.SplitSeq(plain, sentenceEnd) {
		said.sentences = append(said.sentences, sentence{text: s, trigrams: trigramsOf(s)})
	}
	for _, m := range riskMasks() {
		m.apply(said)
	}
	for i := range said.sentences {
		s := &said.sentences[i]
		s.words, s.means = risks().lexicon.read(s.text)
		s.over = overWords.isIn(s) && !sinceThenWords.isIn(s)
	}
	return said
}

// String returns all of the wording.
func (w *wording) String() string {
	texts := make([]string, len(w.sentences))
	for i, s := range w.sentences {
		texts[i] = s.text
	}
	return strings.Join(texts, sentenceEnd)
}

// webAddress says nothing of risk, whatever words it is made of.
var webAddress = regexp.MustCompile(`https?://[^\s|>]*`)

// plainWords puts text into plain words, idioms and all.
func plainWords(text string) string {
	if strings.Contains(text, "://") {
		text = webAddress.ReplaceAllString(text, " ")
	}
	out := make([]byte, 0, len(text)+len(text)/8)
	out = append(out, ' ')
	before := ""
	for w := range strings.FieldsSeq(punctuate(text)) {
		w = spelt(squeeze(w))
		if beginsClause(before, w) {
			out = append(out, clauseEnd+" "...)
		}
		out = append(append(out, w...), ' ')
		before = w
	}
	return string(out)
}

// beginsClause reports whether w, coming after before, opens a clause of its own: what is
// denied in one clause is not denied in the next.
func beginsClause(before, w string) bool {
	return conjunctions[w] || subjects[w] && links[before]
}

// punctuate folds every rune of text to lower-case letters, digits, spaces and the words
// of punctuation. Only a dash that stands alone is one.
func punctuate(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	for _, r := range strings.ReplaceAll(text, " - ", " : ") {
		switch r = foldRune(r); {
		case isPlain(r):
			b.WriteByte(byte(r))
		case r == '\'' || strings.ContainsRune(withinWords, r) || unicode.In(r, unicode.Cf, unicode.Mn):
		default:
			b.WriteString(" " + punctuation[r] + pictures[r] + " ")
		}
	}
	return b.String()
}

func isPlain(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == ' ' }

// withinWords are dropped, so that "I’m" is im and "k*ll" is kll.
const withinWords = "*’‘`´ʼ′"

func foldRune(r rune) rune {
	if isPlain(r) {
		return r
	}
	if r >= '！' && r <= '～' {
		r -= '！' - '!'
	}
	r = unicode.ToLower(r)
	if to, ok := sameLetter[r]; ok {
		return to
	}
	return r
}

// squeeze shortens what is drawn out: three or more of a vowel to one, of another letter
// to two. "diiiie" is die and "killlll" is kill.
func squeeze(w string) string {
	run, longest := 0, 0
	for i := range len(w) {
		if run++; i > 0 && w[i] != w[i-1] {
			run = 1
		}
		longest = max(longest, run)
	}
	if longest < 3 || w[0] <= '9' {
		return w
	}
	var b strings.Builder
	for i := 0; i < len(w); {
		n := len(w[i:]) - len(strings.TrimLeft(w[i:], w[i:i+1]))
		keep := min(n, 2)
		if n > 2 && strings.IndexByte("aeiouy", w[i]) >= 0 {
			keep = 1
		}
		b.WriteString(strings.Repeat(w[i:i+1], keep))
		i += n
	}
	return b.String()
}

func spelt(w string) string {
	if right, ok := riskSpelling[w]; ok {
		return right
	}
	return risks().spelling.right(w)
}

// A spelling puts right the slips of the thumb in words worth it: a letter too many or
// too few, two letters the wrong way round, "killin" for "killing".
type spelling struct {
	known   map[string]bool
	missing map[string]string
}

// leastSpelt is how many letters a word has that is near no other by chance.
const leastSpelt = 6

func spellingOf(vocabulary []string) spelling {
	s := spelling{map[string]bool{}, map[string]string{}}
	for _, w := range slices.Sorted(slices.Values(vocabulary)) {
		s.known[w] = true
		for i := 1; len(w) > leastSpelt && i < len(w)-1; i++ {
			if short := w[:i] + w[i+1:]; s.missing[short] == "" {
				s.missing[short] = w
			}
		}
	}
	return s
}

func (s spelling) right(w string) string {
	switch {
	case len(w) < 4 || s.known[w] || ordinary[w]:
		return w
	case strings.HasSuffix(w, "in") && s.known[w+"g"]:
		return w + "g"
	case s.missing[w] != "":
		return s.missing[w]
	}
	for i := 1; i < len(w); i++ {
		doubled := w[i] == w[i-1]
		last := i == len(w)-1
		if extra := w[:i] + w[i+1:]; s.known[extra] && (doubled || !last && len(extra) >= leastSpelt) {
			return extra
		}
		if swapped := w[:i-1] + w[i:i+1] + w[i-1:i] + w[i+1:]; i > 1 && len(w) >= leastSpelt && s.known[swapped] {
			return swapped
		}
	}
	return w
}

// ordinary words are near a word of risk and none of it.
var ordinary = words(`county united conversation charming passed nursing quiet massage costed stripped rapped hopping`)

// A riskMask rewrites words that look like risk, or like a denial, and are neither, and
// phrases said in many ways that the rows say in one.
type riskMask struct {
	ways   pattern
	to     string
	reason string
}

func (m *riskMask) apply(said *wording) {
	changed := false
	for i := range m.ways {
		way := &m.ways[i]
		if !way.mayMatch(said.all) {
			continue
		}
		for j := range said.sentences {
			s := &said.sentences[j]
			if !way.mayMatch(s.trigrams) || !way.re.MatchString(s.text) {
				continue
			}
			s.text = way.re.ReplaceAllString(s.text, m.to)
			s.trigrams = trigramsOf(s.text)
			changed = true
		}
	}
	if changed {
		said.all = trigramsOf(said.String())
	}
}

// words makes a set of the words in s.
func words(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

var (
	nearNegators = words(`no not never neither nor dont doesnt didnt isnt arent wasnt werent wouldnt wont couldnt
		havent hasnt hadnt aint none`)
	unrealWords = words(`nearly almost could might would want wants going thought thoughts think thinking imagine imagining
		like if feel scared worried afraid fear urge urges tempted about wish may id close inches`)
	listEnds     = words(`wants feels reports says thinks threatens threatened disclosed discloses admits has states stated feeling wanting currently suicidal`)
	listNegators = words(`nil denies denied denying`)
	conjunctions = words(`but although though however because cos coz cuz except whereas`)
	links        = words(`and so then , :`)
	subjects     = words(`i im ive id ill he hes she shes they theyre theyve we`)
	speakers     = words(`i im ive he hes hed she shes shed they theyre theyve we you mum dad`)

	answeredNo = regexp.MustCompile(`^(?: [a-z0-9]+){0,4} (?:` +
		`[:,] (?:none|nil|negative|denied|denies)(?: [;,:.]| ?$| (?:at|reported|currently|known|noted|identified|disclosed|expressed|concerns?|disclosures?|issues?|evidence|risks?|current|history|thoughts|present|to)\b)` +
		`|: not [a-z]+` +
		`|: (?:no|n|nope|never|0)(?: [;,:.]| ?$)` +
		`|(?:is |was |were |are |been )?(?:denied|nil|negative|ruled out|(?:not|never) (?:been )?(?:reported|disclosed|identified|present|evident|known|expressed|indicated|applicable|voiced|noted|suspected))\b` +
		`|[,:] (?:[a-z0-9,]+ ){0,6}(?:no|nil) (?:concerns?|disclosures?|issues?|evidence) (?:[;,:.]|$))`)
	longAgoWords = compileRisk(`
		years (ago|back) | decades? ago
		(as|when i was|when she was|when he was) (a |an |just |only )?(little|young|younger|small|kid|child|teen|teenager|student)
		when (i|she|he) was (at (school|uni|university|college)|\d+|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)
		(in|during) (my |her |his |their )?(teens|twenties|adolescence|childhood|youth)
		(in|since|from) (19\d\d|20[01]\d) | (in|during|back in) the ([a-z]+ )?(fifties|sixties|seventies|eighties|nineties|noughties)
		before (i|he|she|we|you|they) (was|were) (even )?born | historic | historical | historically | former partner
		(at|aged?|when i was|when she was) (1\d|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)
		previous (partner|relationship|history|marriage) | past (history|relationship)`)
	overWords = compileRisk(`
		(no|nil|zero|without any) (further )?contact( with| since| [;,.]| ?$) | not (heard|seen|spoken) ([a-z]+ ){0,3}since
		(years|long|all|well|firmly|far) behind (me|us|her) | divorced (for|now|since|\d) | theyve divorced | were divorced
		(its|its all|all|thats) behind (me|us|her) | fully recovered | full recovery | closed now
		(i|she) left (him|my ex|her ex|that relationship) ([a-z]+ ){0,3}(years|months) ago`)
	sinceThenWords = compileRisk(`
		again | now | still | ongoing | recent | recently | lately | today | yesterday | tonight
		restarted | started | returned | continues | escalating | current | currently`)
)

var (
	negations = governors{near: nearNegators, far: listNegators, stop: union(speakers, words(`and then id ill`))}
	unreal    = governors{near: unrealWords, stop: union(speakers, words(`and then`))}
)

func union(sets ...map[string]bool) map[string]bool {
	all := map[string]bool{}
	for _, s := range sets {
		maps.Copy(all, s)
	}
	return all
}
