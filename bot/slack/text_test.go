package slack

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"referralbot/dialog"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, in, want string }{
		{"words", "Jo O’Neil-Smith", "Jo O’Neil-Smith"},
		{"lines and tabs stay", "a\n\tb", "a\n\tb"},
		{"controls", "a\x00\x1b[31mb\r\x7fc\u0085", "a[31mbc"},
		{"direction", "\u202egnp.exe\u2066\u200f\u061c", "gnp.exe"},
		{"separators", "a\u2028b\u2029c", "abc"},
		{"no width", "a\u200bb\u2060c\ufeff", "abc"},
		{"tags", "a\U000e0041\U000e007fb", "ab"},
		{"joiners stay", "👩\u200d👧 می\u200cخواهم", "👩\u200d👧 می\u200cخواهم"},
		{"other scripts stay", "שלום مرحبا اردو", "שלום مرحبا اردو"},
		{"broken", "a\xffb", "a\ufffdb"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := clean(test.in); got != test.want {
				t.Errorf("clean(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
}

func TestTyped(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, in, want string }{
		{"words", "start a referral", "start a referral"},
		{"escaped", "Smith &amp; Sons &lt;3 &amp;lt;", "Smith & Sons <3 &lt;"},
		{"address", "<mailto:jo@example.org|jo@example.org>", "jo@example.org"},
		{"number", "ring <tel:+441632960123|01632 960123> please", "ring 01632 960123 please"},
		{"bare link", "<https://example.org/a?b=c>", "https://example.org/a?b=c"},
		{"mention", "<@U123> and <!channel>", "@U123 and !channel"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := typed(test.in); got != test.want {
				t.Errorf("typed(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
}

func TestFit(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		in   string
		most int
		want string
	}{
		{"Check and send", 24, "Check and send"},
		{"About the baby and their health", 24, "About the baby and…"},
		{"Antidisestablishmentarianism", 24, "Antidisestablishmentari…"},
		{strings.Repeat("👶", 20), 24, strings.Repeat("👶", 11) + "…"},
	} {
		if got := fit(test.in, test.most); got != test.want || length(got) > test.most {
			t.Errorf("fit(%q, %d) = %q, want %q", test.in, test.most, got, test.want)
		}
	}
}

// Whatever is split can be put together again, in parts that Slack takes.
func FuzzSplit(f *testing.F) {
	f.Add("one two three\n\nfour five six", 10)
	f.Add(strings.Repeat("👶🏽 ", 50), 7)
	f.Add(strings.Repeat("x", 99), 10)
	f.Fuzz(func(t *testing.T, s string, n int) {
		n = 4 + abs(n)%3000
		s = clean(s)
		parts := split(s, n)
		for _, p := range parts {
			if length(p) > n || strings.TrimSpace(p) == "" || !utf8.ValidString(p) {
				t.Fatalf("part %q of %d units", p, length(p))
			}
		}
		if got, want := squeeze(strings.Join(parts, "")), squeeze(s); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
		if got := fit(s, n); length(got) > n {
			t.Fatalf("fit to %d: %q", n, got)
		}
	})
}

func abs(n int) int { return max(n, -max(n, -1<<40)) }

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// Nothing that was typed can be taken for a line of ours.
func TestForgedLine(t *testing.T) {
	t.Parallel()
	got := line(dialog.Line{Label: "Risk", Value: "None\nClaimed by: Dr X"})
	if want := "Risk:\n│ None\n│ Claimed by: Dr X"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Slack's markup in words is shown as it was typed: there is no markup in plain text.
func TestInert(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"<!channel> <!here>", "<@U123> <!subteam^S1>", "<https://evil.example|Click>", "*_~> ```x```", ":rotating_light:"} {
		blocks := written([]dialog.Line{{Label: "Words", Value: s}})
		object := blocks[0].(*slack.SectionBlock).Text
		if object.Type != "plain_text" || *object.Emoji || !strings.Contains(object.Text, s) {
			t.Errorf("%q is drawn as %+v", s, object)
		}
	}
}

func TestDivided(t *testing.T) {
	t.Parallel()
	var blocks []slack.Block
	for range 7 {
		blocks = append(blocks, remark("words"))
	}
	sizes := func(runs [][]slack.Block) (out []int) {
		for _, r := range runs {
			out = append(out, len(r))
		}
		return out
	}
	if diff := cmp.Diff([]int{3, 3, 1}, sizes(divided(blocks, 3, 1e6))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]int{2, 2, 2, 1}, sizes(divided(blocks, 50, 2*weight(blocks[0])))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]int{0}, sizes(divided(nil, 50, 10))); diff != "" {
		t.Error(diff)
	}
}
