package rules

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// ParseCase reads one line of JSON: {"id", "audience", "today", "answers": {field:
// value}}. A value is a string, a list of strings, or for screening a list of {tool,
// score, date, safety_item}. It checks form only, that the fields are known, the values
// among those a field can ever have, and the dates dates; whether they are plausible is
// for Assess. Other keys beside these four are passed over. The error names every field
// at fault and what is wanted there, and quotes nothing that was answered. The id is
// returned even then, if it could be read.
func ParseCase(line []byte) (id string, c Case, err error) {
	var in struct {
		ID       string                     `json:"id"`
		Audience Audience                   `json:"audience"`
		Today    string                     `json:"today"`
		Answers  map[string]json.RawMessage `json:"answers"`
	}
	if err := json.Unmarshal(line, &in); err != nil {
		return in.ID, Case{}, errors.New(`want one JSON object with "id", "audience", "today" and "answers"`)
	}
	c = Case{Audience: in.Audience, Answers: make(Answers, len(in.Answers)), Service: DefaultService()}
	var p faults
	p.unless(in.Audience == Professional || in.Audience == Parent, "audience: want professional or parent")
	var ok bool
	c.Today, ok = ParseISODate(in.Today)
	p.unless(ok && c.Today.Day > 0, "today: want a day such as 2026-11-23")
	p.unless(in.Answers != nil, "answers: want an object of fields and values")
	c.parseAnswers(in.Answers, &p)
	if len(p) > 0 {
		return in.ID, Case{}, errors.New(strings.Join(p.lines(), "; "))
	}
	return in.ID, c, nil
}

func (f faults) lines() []string {
	out := make([]string, len(f))
	for i, err := range f {
		out[i] = err.Error()
	}
	return out
}

// parseAnswers reads the answers in asking order, since the values of some fields
// depend on others before them.
func (c *Case) parseAnswers(raw map[string]json.RawMessage, p *faults) {
	for i := range fields {
		s := &fields[i]
		data, given := raw[string(s.Field)]
		if !given {
			continue
		}
		delete(raw, string(s.Field))
		values, err := s.parse(data, c)
		p.unless(err == nil, "%s: %w", s.Field, err)
		if err == nil && len(values) > 0 {
			c.Answers[s.Field] = values
		}
	}
	for name := range raw {
		p.unless(false, "%s: no such field", fieldName(name))
	}
}

var fieldForm = regexp.MustCompile(`^[a-z_]{1,40}$`)

// fieldName quotes a name only if it has the form of a field's.
func fieldName(name string) string {
	if fieldForm.MatchString(name) {
		return name
	}
	return "answers"
}

// parse reads the JSON value of one field; nothing for a value that is empty.
func (s *Spec) parse(data json.RawMessage, c *Case) ([]string, error) {
	values, err := s.decode(data)
	if err != nil {
		return nil, err
	}
	values = slices.DeleteFunc(values, func(v string) bool { return strings.TrimSpace(v) == "" })
	if s.single() && len(values) > 1 {
		return nil, errors.New("want one value")
	}
	for i, v := range values {
		if values[i], err = s.check(v, c); err != nil {
			return nil, err
		}
		if s.Exclusive(v) && len(values) > 1 {
			return nil, fmt.Errorf("want %s alone, or without it", v)
		}
	}
	return values, nil
}

func (s *Spec) single() bool {
	return s.Type != TypeMulti && s.Type != TypeList && s.Type != TypeScores
}

func (s *Spec) decode(data json.RawMessage) ([]string, error) {
	var one string
	if json.Unmarshal(data, &one) == nil {
		return []string{one}, nil
	}
	var several []string
	if json.Unmarshal(data, &several) == nil {
		return several, nil
	}
	if s.Type == TypeScores {
		return decodeScores(data)
	}
	return nil, errors.New("want a string, or a list of strings")
}

func decodeScores(data json.RawMessage) ([]string, error) {
	var in []struct {
		Tool       string `json:"tool"`
		Score      *int   `json:"score"`
		Date       string `json:"date"`
		SafetyItem *int   `json:"safety_item"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return nil, errors.New("want a list of {tool, score, date, safety_item}, the scores whole numbers")
	}
	lines := make([]string, len(in))
	for i, x := range in {
		t, rest := toolNamed(x.Tool)
		if t == nil || rest != "" || x.Score == nil {
			return nil, errors.New("want a tool that is listed, and its score")
		}
		s := score{tool: t, total: *x.Score, date: x.Date, item: -1}
		if x.SafetyItem != nil {
			s.item = *x.SafetyItem
		}
		lines[i] = s.String()
	}
	return lines, nil
}

// check returns a single value in canonical form.
func (s *Spec) check(v string, c *Case) (string, error) {
	switch {
	case s.values != nil && !s.everOffers(v, c):
		return "", fmt.Errorf("want one of %s", strings.Join(s.values(c), ", "))
	case s.Type == TypeDate:
		_, ok := ParseISODate(v)
		if !ok && !(s.Field == EDD && v == "unknown") {
			return "", errors.New("want a date such as 2026-11-23, or 2026-11")
		}
	case s.Type == TypeScores:
		score, ok := parseScore(v)
		if _, dated := ParseISODate(score.date); !ok || score.date != "" && !dated {
			return "", errors.New("want tool, score and date, such as EPDS 14 2026-11-01")
		}
	case s.Type == TypePostcode:
		if r := Read(s.Field, v, *c); r.Problem == ProblemNone {
			return r.Values[0], nil
		}
	}
	return v, nil
}

// everOffers reports whether any case can have v among the answers to the field: an
// answer from a branch since closed is passed over, not refused.
func (s *Spec) everOffers(v string, c *Case) bool {
	for _, a := range everyone {
		for _, stage := range []string{"born", "pregnant"} {
			other := Case{Audience: a, Service: c.Service, Answers: Answers{Stage: {stage}, BabiesNames: c.Answers[BabiesNames]}}
			if slices.Contains(s.values(&other), v) {
				return true
			}
		}
	}
	return false
}
