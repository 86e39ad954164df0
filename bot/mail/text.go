package mail

import (
	"strings"
	"sync"
	"unicode"

	"github.com/go-fonts/dejavu/dejavusanscondensed"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"

	"referralbot/dialog"
)

// lacking stands on a form in place of what cannot be printed.
const lacking = "□"

// scripts are those that are printed: letters of others stand the other way round, or change
// with their neighbours, and would be misread.
var scripts = []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Armenian, unicode.Georgian, unicode.Common, unicode.Inherited}

var font = sync.OnceValue(func() *sfnt.Font {
	f, err := sfnt.Parse(dejavusanscondensed.TTF)
	if err != nil {
		panic(err) // it is built in
	}
	return f
})

// hasGlyph reports whether the letters of a form have r. The form's library knows no
// characters past the first 65,536.
func hasGlyph(r rune) bool {
	i, err := font().GlyphIndex(nil, r)
	return err == nil && i != 0 && r < 1<<16
}

// printable returns sections as they can be printed, and whether that is all of them.
func printable(sections []dialog.Section) (out []dialog.Section, whole bool) {
	whole = true
	clean := func(s string) string {
		s, all := printed(s)
		whole = whole && all
		return s
	}
	for _, s := range sections {
		c := dialog.Section{Title: clean(s.Title)}
		for _, l := range s.Lines {
			c.Lines = append(c.Lines, dialog.Line{Label: clean(l.Label), Value: clean(l.Value)})
		}
		out = append(out, c)
	}
	return out, whole
}

// printed returns s with one sign for each run of what cannot be printed, and whether there
// was none. Marks are joined to their letters, and what has no look of its own is left out.
func printed(s string) (string, bool) {
	var b strings.Builder
	whole, in := true, false
	for _, r := range norm.NFC.String(s) {
		switch {
		case r == '\n':
			b.WriteRune('\n')
		case unicode.IsSpace(r):
			b.WriteRune(' ')
		case unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector):
			continue
		case unicode.In(r, scripts...) && hasGlyph(r):
			b.WriteRune(r)
		default:
			if !in {
				b.WriteString(lacking)
			}
			whole, in = false, true
			continue
		}
		in = false
	}
	return b.String(), whole
}

// wrapped parts s into lines no wider than w in the letters that are set. Words are parted
// only where one alone is too wide.
func (p *paper) wrapped(s string, w float64) []string {
	var lines []string
	for part := range strings.SplitSeq(s, "\n") {
		line := ""
		for _, word := range strings.Fields(part) {
			if joined := strings.TrimSpace(line + " " + word); p.pdf.GetStringWidth(joined) <= w {
				line = joined
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			for line = word; p.pdf.GetStringWidth(line) > w; {
				head := p.fitting(line, w)
				lines, line = append(lines, line[:head]), line[head:]
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// fitting returns how many bytes of a word, at least one character, fit into w.
func (p *paper) fitting(word string, w float64) int {
	fits := 0
	for i := range word {
		if fits > 0 && p.pdf.GetStringWidth(word[:i]) > w {
			break
		}
		fits = i
	}
	return fits
}
