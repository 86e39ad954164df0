package rules

import "slices"

// Spec is one row of the table of fields: what is asked, of whom, when, and what
// answers it can have.
type Spec struct {
	Field     Field
	Question  string // the question it belongs to, such as "Q05"; several fields may share one
	Audiences []Audience
	Type      Type
	Rules     []Rule // the criteria that read it
	// Or names another field whose answer will do instead, or "". A referrer gives a
	// telephone number or an email address.
	Or Field

	values options // nil when the answer is free
	asked  cond
	needed cond
	least  int // the fewest characters of a professional's answer; 0 is 1
	most   int // the most characters of a free answer
}

// options gives the canonical values of a field, in order.
type options func(*Case) []string

// Fields returns the table of fields in asking order, one row each.
func Fields() []Spec { return slices.Clone(fields) }

// Lookup returns the row of f, and whether there is one.
func Lookup(f Field) (Spec, bool) {
	s, ok := specs[f]
	if !ok {
		return Spec{}, false
	}
	return *s, true
}

var specs = func() map[Field]*Spec {
	m := make(map[Field]*Spec, len(fields))
	for i := range fields {
		m[fields[i].Field] = &fields[i]
	}
	return m
}()

// For reports whether the field is ever asked of a.
func (s Spec) For(a Audience) bool { return slices.Contains(s.Audiences, a) }

// Values returns the answers the field can have in c, in order; nil when the answer is
// free. The list may depend on who answers, the stage, and the babies' names.
func (s Spec) Values(c Case) []string {
	if s.values == nil {
		return nil
	}
	return slices.Clone(s.values(c.ready()))
}

// Exclusive reports whether value stands alone among the answers to a multi-choice:
// "none of these" cannot be ticked beside one of these.
func (s Spec) Exclusive(value string) bool {
	return s.Type == TypeMulti && slices.Contains(alone, value)
}

var alone = []string{"none", "not_observed", "none_seen", "no_one", "prefer_not"}

// Limits returns the fewest and the most characters of a free answer from a; the most
// is 0 where the form of the answer is limit enough, as for a date.
func (s Spec) Limits(a Audience) (least, most int) {
	if a == Professional && s.least > 0 {
		return s.least, s.most
	}
	return 1, s.most
}

// Asked reports whether the field is asked in c.
func (s Spec) Asked(c Case) bool { return s.isAsked(c.ready()) }

// Required reports whether c cannot be sent without an answer to the field. A field
// with an alternative is required until that is answered.
func (s Spec) Required(c Case) bool { return s.isRequired(c.ready()) }

// Open reports whether c has no answer to the field that counts: none at all, or one that
// is no longer among those offered.
func (s Spec) Open(c Case) bool { return s.isOpen(c.ready()) }

// Missing lists the fields that must still be answered before c can be sent, in asking
// order. An answer that is no longer among those offered does not count.
func Missing(c Case) []Field { return missing(c.ready()) }

func missing(c *Case) []Field {
	var open []Field
	for i := range fields {
		if s := &fields[i]; s.isOpen(c) && s.isRequired(c) {
			open = append(open, s.Field)
		}
	}
	return open
}

func (s *Spec) isAsked(c *Case) bool {
	return slices.Contains(s.Audiences, c.Audience) && s.asked(c)
}

func (s *Spec) isRequired(c *Case) bool {
	return s.isAsked(c) && s.needed(c) && (s.Or == "" || !c.Answers.Has(s.Or))
}

func (s *Spec) isOpen(c *Case) bool {
	given := c.Answers[s.Field]
	if s.values == nil || len(given) == 0 {
		return len(given) == 0
	}
	offered := s.values(c)
	return !slices.ContainsFunc(given, func(v string) bool { return slices.Contains(offered, v) })
}

// ready returns c for reading, with the default service where it names none.
func (c Case) ready() *Case {
	if c.Service == nil {
		c.Service = DefaultService()
	}
	return &c
}
