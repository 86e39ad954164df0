package rules

import "time"

// Span is a stretch of time: from From until just before To, both UTC.
type Span struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// Overlaps reports whether s and other have a moment in common.
func (s Span) Overlaps(other Span) bool { return s.From.Before(other.To) && other.From.Before(s.To) }

// Within reports whether all of s lies in other.
func (s Span) Within(other Span) bool { return !s.From.Before(other.From) && !s.To.After(other.To) }
