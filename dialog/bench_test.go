package dialog

import (
	"strings"
	"testing"

	"referralbot/rules"
)

// at plays a transcript up to the nth thing the person does.
func at(tb testing.TB, transcript string, n int) (*talk, Input) {
	tb.Helper()
	k := newTalk(tb)
	var next Input
	for l := range strings.SplitSeq(readTranscript(tb, transcript), "\n") {
		if !strings.HasPrefix(l, ">") {
			continue
		}
		next = k.input(strings.TrimSpace(strings.TrimPrefix(l, ">")))
		if k.turns == n {
			return k, next
		}
		k.hear(next)
	}
	tb.Fatalf("%s is shorter than %d turns", transcript, n)
	return nil, next
}

// The cost of a turn must not grow with the length of the conversation.
func BenchmarkStep(b *testing.B) {
	for _, bench := range []struct {
		name  string
		turns int // things already done in parent_born.txt
	}{
		{"question1", 1},
		{"question10", 11},
		{"question25", 32},
	} {
		b.Run(bench.name, func(b *testing.B) {
			k, in := at(b, "testdata/parent_born.txt", bench.turns)
			facts := k.facts()
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := Step(k.c, in, facts); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFormFor(b *testing.B) {
	k := newTalk(b)
	k.c.Audience = rules.Professional
	k.hear(Input{Text: "/start", Forms: true})
	facts := k.facts()
	for b.Loop() {
		FormFor(k.c, facts)
	}
}
