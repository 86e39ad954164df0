package rules

import (
	"slices"
	"strings"
)

// Signal is a sign of risk found in somebody's words. It holds none of them.
type Signal struct {
	// Category is one of the Category constants.
	Category string `json:"category"`
	// Level is LevelUrgent or LevelEmergency.
	Level string `json:"level"`
	// Rule is the id of the row that matched.
	Rule string `json:"rule"`
	// Act reports, in CategoryHarmBaby, that something was done to the baby and not
	// only feared, imagined or wished.
	Act bool `json:"act,omitempty"`
}

// The categories of risk.
const (
	CategoryDanger    = "immediate_danger"
	CategoryPsychosis = "psychosis"
	CategoryHarmBaby  = "harm_baby"
	CategorySuicide   = "suicide_selfharm"
	CategoryAbuse     = "domestic_abuse"
)

// The levels of risk: a clinician today, or 999 now.
const (
	LevelUrgent    = "URGENT"
	LevelEmergency = "EMERGENCY"
)

// recentMessages is how far back DetectRiskTogether reads: far enough for a thought typed
// line by line, near enough that two subjects are not read as one.
const recentMessages = 5

// DetectRisk looks in text for the worst sign of risk that riskRows knows, and reports
// whether there is one. It only ever asks for a human to look: it misses implicit and
// unusual wording, so its silence means nothing, and a direct question is still asked.
// Equal texts always give equal signals, in time linear in their length.
func DetectRisk(text string, a Audience) (Signal, bool) {
	said := wordingOf(text)
	worst := said.worst(a)
	if worst.Level == "" && !said.denied && !FearsRemoval(text) && soundsLikeRisk(said) {
		worst = gistSignal(gistOf(said.sentences))
	}
	return worst, worst != Signal{}
}

// worst returns the gravest of what the rows find.
func (w *wording) worst(a Audience) Signal {
	var worst Signal
	likely := risks().index.find(w.all)
	for _, r := range risks().rows {
		if r.Level == worst.Level || worst.Level == LevelEmergency {
			continue
		}
		if r.speaks(a) && r.isIn(w, likely) {
			worst = r.Signal
		}
	}
	return worst
}

// DetectRiskTogether looks for risk in what a person's last five messages, newest last, say
// as one, since people type a thought over several. It asks only the rows. What each message
// says by itself is DetectRisk's to find, when it comes.
func DetectRiskTogether(recent []string, a Audience) (Signal, bool) {
	recent = recent[max(0, len(recent)-recentMessages):]
	worst := wordingOf(strings.Join(recent, " ")).worst(a)
	return worst, worst != Signal{}
}

// A riskRow is one way of saying that somebody is at risk.
type riskRow struct {
	Signal
	traits trait
	reason string
	ways   pattern
	source string
	ideas  []idea
}

// trait says how a row's words may be taken back, and where they may stand.
type trait uint8

const (
	// negatable: "I would never …" and "denies …" cancel it. Rows without this trait
	// say something by the very negation: "don't want to be here".
	negatable trait = 1 << iota
	// done: it counts only if it happened, so "nearly" and "want to" cancel it.
	done
	// past: "… as a teenager" and "… ten years ago" cancel it.
	past
	// across: the words may be spread over several sentences.
	across
	// professionalOnly: the words mean risk in a professional's note alone.
	professionalOnly
)

func (t trait) has(u trait) bool { return t&u != 0 }

func (r *riskRow) speaks(a Audience) bool {
	return a == Professional || !r.traits.has(professionalOnly)
}

// isIn reports whether the row's words stand in said, which may match what is likely, and are
// not taken back there.
func (r *riskRow) isIn(said *wording, likely likely) bool {
	for i := range r.ways {
		way := &r.ways[i]
		if !likely.has(way.number) || !way.mayMatch(said.all) {
			continue
		}
		if r.traits.has(across) && way.re.MatchString(said.String()) {
			return true
		}
		if slices.ContainsFunc(said.sentences, func(s sentence) bool { return r.isInSentence(said, way, s) }) {
			return true
		}
	}
	return slices.ContainsFunc(said.sentences, func(s sentence) bool { return r.meansIt(said, s) })
}

// meansIt reports whether one of the row's ideas is in s and not taken back.
func (r *riskRow) meansIt(said *wording, s sentence) bool {
	meant := false
	for i := range r.ideas {
		r.ideas[i].find(&s, func(start, end int) bool {
			meant = !r.takenBack(s, start, end) && !r.takenBack(s, start, start+wordLength(s.text[start:]))
			said.denied = said.denied || !meant
			return !meant
		})
		if meant {
			return true
		}
	}
	return false
}

func wordLength(text string) int { return strings.IndexByte(text+" ", ' ') }

func (r *riskRow) isInSentence(said *wording, way *expression, s sentence) bool {
	if !way.mayMatch(s.trigrams) {
		return false
	}
	for _, at := range way.re.FindAllStringIndex(s.text, -1) {
		if !r.takenBack(s, at[0], at[1]) {
			return true
		}
		said.denied = true
	}
	return false
}

func (r *riskRow) takenBack(s sentence, start, end int) bool {
	sentence, over := s.text, s.over
	return r.traits.has(negatable) && (governed(sentence, start, end, negations) || deniedAfter(sentence[end:])) ||
		r.traits.has(done) && governed(sentence, start, end, unreal) ||
		r.traits.has(past) && (longAgo(clauseAround(sentence, start, end)) || over)
}

// nearReach is how many words before a match a near governor may stand.
const nearReach = 5

// governors are words that take back what follows them in the same clause. The near ones
// reach a few words, and not over a pause or one of stop: "I'm not well I want to die"
// denies nothing. The far ones, which begin a professional's list, reach all of it.
type governors struct{ near, far, stop map[string]bool }

// longestList is how many letters before a match a list may begin that denies it.
const longestList = 400

// governed reports whether one of by governs the words sentence[start:end], reading
// backwards from their end.
func governed(sentence string, start, end int, by governors) bool {
	from := strings.LastIndex(sentence[max(0, start-longestList):start], clauseEnd) + 1
	clause := sentence[max(0, start-longestList)+from : end]
	reach := nearReach + len(strings.Fields(sentence[start:end]))
	after := ""
	for _, word := range slices.Backward(strings.Fields(clause)) {
		switch {
		case by.far[word], reach > 0 && by.near[word]:
			return true
		case word == pause && listEnds[after]:
			return false
		case by.stop[word], word == pause:
			reach = 0
		}
		reach--
		after = word
	}
	return false
}

// deniedAfter reports whether rest, the words after a match, answers it with a no.
func deniedAfter(rest string) bool { return answeredNo.MatchString(rest) }

// longAgo reports whether clause speaks of a past that it does not bring up to today.
func longAgo(clause string) bool {
	return longAgoWords.matches(clause) && !sinceThenWords.matches(clause)
}

func clauseAround(sentence string, start, end int) string {
	sentence = sentence[:min(len(sentence), end+longestList)]
	from := max(0, start-longestList)
	from += strings.LastIndex(sentence[from:start], clauseEnd) + 1
	if to := strings.Index(sentence[end:], clauseEnd); to >= 0 {
		return sentence[from : end+to]
	}
	return sentence[from:]
}
