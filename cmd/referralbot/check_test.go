package main

import (
	"strings"
	"testing"
	"time"
)

// TestCheckNamesOldNumbers: the built-in numbers were last looked at on 13 September 2026.
func TestCheckNamesOldNumbers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		day       string
		says, not string
	}{
		{"2026-11-23", "hidden from people, because nobody has checked these yet: Bliss, ", "Samaritans"},
		{"2027-03-13", "Bliss", "six months"},
		{"2027-03-14", "nobody has checked these in six months: Emergency services, NHS 111 mental health option, Samaritans, Shout, ", "six months: Bliss"},
	} {
		t.Run(tt.day, func(t *testing.T) {
			t.Parallel()
			day, err := time.Parse(time.DateOnly, tt.day)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(checkCmd{}.oldNumbers(day), "\n")
			if !strings.Contains(got, tt.says) || strings.Contains(got, tt.not) {
				t.Errorf("want %q and no %q, got:\n%s", tt.says, tt.not, got)
			}
		})
	}
}
