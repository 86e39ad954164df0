package slack

import (
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/slack-go/slack"
)

// Slack's limits, in characters. A text object takes 3,000 of them, but messages near that
// have been posted twice, so ours stop short.
const (
	mostText     = 2900
	mostField    = 2000
	mostHeader   = 150
	mostLabel    = 2000
	mostOption   = 75
	mostButton   = 75
	mostTitle    = 24
	mostTyped    = 3000
	mostMetadata = 3000
)

// plain returns s as text that Slack shows as it stands: no markup, no mention, no link, no
// emoji made out of words between colons.
func plain(s string, most int) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, fit(clean(s), most), false, false)
}

// hidden are the characters that show nothing themselves and can make other text show
// falsely: marks that turn the direction of writing, spaces without width, tags.
const hidden = "\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"

// clean takes out of s what has no place in words: control characters but newline and tab,
// and whatever could forge the look of other text. Joiners stay, for emoji and for Persian.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < 0x20, r >= 0x7f && r < 0xa0, r >= 0xe0000 && r <= 0xe007f, strings.ContainsRune(hidden, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// length counts s as Slack's clients do, in UTF-16 units.
func length(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// head returns as much of s as has at most n units.
func head(s string, n int) string {
	for i, r := range s {
		if n -= max(1, utf16.RuneLen(r)); n < 0 {
			return s[:i]
		}
	}
	return s
}

// fit returns s, or its beginning up to the end of a word and "…" if s is longer than most.
func fit(s string, most int) string {
	if length(s) <= most {
		return s
	}
	first, _ := divide(s, most-1)
	return strings.TrimRight(first, " ,;:.\n\t") + "…"
}

// split returns s in parts of at most n units, divided where a paragraph ends if it can be,
// else a line, else a word. No part is blank.
func split(s string, n int) []string {
	var parts []string
	for s = strings.TrimSpace(s); s != ""; {
		var part string
		part, s = divide(s, n)
		parts = append(parts, part)
	}
	return parts
}

// divide returns a beginning of s of at most n units, and the rest. It looks for the best
// place to part them in the latter half of that beginning.
func divide(s string, n int) (first, rest string) {
	first = head(s, n)
	if first == s {
		return s, ""
	}
	for _, mark := range []string{"\n\n", "\n", " "} {
		if i := strings.LastIndex(s[:min(len(s), len(first)+len(mark))], mark); i > len(first)/2 {
			return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i:])
		}
	}
	return first, s[len(first):]
}

// link is what Slack makes of an address, a mention or a number in words that were typed:
// <target> or <target|label>.
var link = regexp.MustCompile(`<([^<>|]*)(?:\|([^<>]*))?>`)

// entities are the only characters Slack escapes in words that were typed.
var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// typed returns the words of a message as the person typed them.
func typed(s string) string {
	s = link.ReplaceAllStringFunc(s, func(l string) string {
		parts := link.FindStringSubmatch(l)
		if parts[2] != "" {
			return parts[2]
		}
		return parts[1]
	})
	return entities.Replace(s)
}
