package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// tool is a screening tool: how its name is written, the scores it can give, and the
// number of its question about self-harm, 0 if it has none. Its items are its
// owners' and are not reproduced.
type tool struct {
	name        string
	form        *regexp.Regexp
	least, most int
	safetyItem  int
}

func named(pattern string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:` + pattern + `)(?:\b|$)`)
}

var tools = []tool{
	{"PBQ", named(`pbq`), 0, 125, 0},
	{"MORS-SF", named(`mors(?:[ -]?sf)?`), 0, 35, 0}, // each of its two scales
	{"MPAS", named(`mpas`), 19, 95, 0},
	{"PAI", named(`pai`), 21, 84, 0},
	{"MAAS", named(`maas`), 19, 95, 0},
	{"EPDS", named(`epds|edinburgh(?: scale)?`), 0, 30, 10},
	{"PHQ-9", named(`phq(?:[ -]?9)?`), 0, 27, 9},
	{"GAD-7", named(`gad(?:[ -]?7)?`), 0, 21, 0},
	{"ASQ:SE-2", named(`asq[ :-]*se(?:[ -]?2)?`), 0, 540, 0},
	{"other", named(`other`), 0, 999, 0},
}

var (
	scoreForm = regexp.MustCompile(`(?i)^[\s:=,-]*(?:(?:total|score|scored)\s*(?:of|was|is|:)?\s*)?([0-9]{1,3})(?:\s*/\s*([0-9]{2,3})\b)?(?:[\s,;.]|$)`)
	itemForm  = regexp.MustCompile(`(?i)[\s,(]*\b(?:item|question|q)\s*(?:([0-9]{1,2})\s*[:=]\s*|(9|10)\s+(?:was\s+|is\s+|scored\s+)?)?([0-9])\b\)?`)
	entryEnd  = regexp.MustCompile(`[\n;]+`)
)

const safetyItemMost = 3 // each answer scores 0 to 3

// score is one line of a screening answer.
type score struct {
	tool  *tool
	total int
	date  string // "" when it was not given
	item  int    // the score of the safety item, -1 when it was not given

	confirm bool // the date could be read the other way round
}

// String returns the canonical line: "EPDS 14 2026-11-01 item 2".
func (s score) String() string {
	line := s.tool.name + " " + strconv.Itoa(s.total)
	if s.date != "" {
		line += " " + s.date
	}
	if s.item >= 0 {
		line += fmt.Sprintf(" item %d", s.item)
	}
	return line
}

// readScores reads screening tools, one a line or parted by semicolons: the tool's
// name, its score, and when it was used and what the safety item scored, if that is
// known.
func readScores(s *Spec, text string, c *Case) Reading {
	var r Reading
	for _, entry := range entryEnd.Split(text, -1) {
		if entry = strings.TrimSpace(entry); entry == "" {
			continue
		}
		score, p := readScore(entry, c)
		if p != ProblemNone {
			return problem(p)
		}
		r.Values = append(r.Values, score.String())
		r.Confirm = r.Confirm || score.confirm
	}
	switch {
	case len(r.Values) == 0:
		return problem(ProblemEmpty)
	case len(r.Values) > mostScores:
		return problem(ProblemTooLong)
	}
	return r
}

const mostScores = 20

func readScore(entry string, c *Case) (score, Problem) {
	t, rest := toolNamed(entry)
	if t == nil {
		return score{}, ProblemScores
	}
	s := score{tool: t, item: -1}
	m := scoreForm.FindStringSubmatchIndex(rest)
	if m == nil {
		return score{}, ProblemScores
	}
	s.total = number(rest[m[2]:m[3]])
	rest = rest[m[1]:]

	if m := itemForm.FindStringSubmatchIndex(rest); m != nil {
		which := rest[max(m[2], 0):max(m[3], 0)] + rest[max(m[4], 0):max(m[5], 0)]
		if which != "" && number(which) != t.safetyItem {
			return score{}, ProblemScores
		}
		s.item = number(rest[m[6]:m[7]])
		rest = rest[:m[0]] + " " + rest[m[1]:]
	}
	if strings.Trim(rest, " ,.;:()-") != "" {
		d, confirm, p := dateFor(Screening, rest, c)
		if p != ProblemNone {
			return score{}, p
		}
		s.date, s.confirm = d.String(), confirm
	}
	return s, s.problem()
}

// problem reports a score that the tool cannot give.
func (s score) problem() Problem {
	switch {
	case s.item >= 0 && s.tool.safetyItem == 0:
		return ProblemScores
	case s.total < s.tool.least || s.total > s.tool.most || s.item > safetyItemMost:
		return ProblemScoreRange
	}
	return ProblemNone
}

func toolNamed(entry string) (t *tool, rest string) {
	for i := range tools {
		if at := tools[i].form.FindStringIndex(entry); at != nil {
			return &tools[i], entry[at[1]:]
		}
	}
	return nil, ""
}

// parseScore reads a canonical line.
func parseScore(line string) (score, bool) {
	head, item, withItem := strings.Cut(line, " item ")
	parts := strings.Fields(head)
	s := score{item: -1}
	if len(parts) < 2 || len(parts) > 3 {
		return score{}, false
	}
	i := slices.IndexFunc(tools, func(t tool) bool { return t.name == parts[0] })
	if i < 0 {
		return score{}, false
	}
	s.tool = &tools[i]
	var err error
	if s.total, err = strconv.Atoi(parts[1]); err != nil {
		return score{}, false
	}
	if len(parts) == 3 {
		s.date = parts[2]
	}
	if withItem {
		s.item, err = strconv.Atoi(item)
	}
	return s, err == nil
}
