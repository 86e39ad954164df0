package stats

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"
)

// JSON writes the report for programs. A cell is a number, "<5", "withheld", or null.
func (r Report) JSON(w io.Writer) error {
	to := json.NewEncoder(w)
	to.SetEscapeHTML(false)
	to.SetIndent("", "  ")
	return to.Encode(r)
}

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"drawing": drawing, "numeric": func(c Cell) bool { return c.kind == plain }, "hidden": func() string { return Hidden },
}).Parse(pageText))

// HTML writes the report as one page that asks for nothing else.
func (r Report) HTML(w io.Writer) error { return page.Execute(w, r) }

// chart is a drawing of a section: a line of bars for each row.
type chart struct {
	Section Section
	Lines   []line
	Height  int
	Keys    []Column // what the bars are, where there are several to a line
}

// line is one row, drawn.
type line struct {
	Title string
	Y     int
	Bars  []bar
	// Said stands at the end of the bars: what they are of, or why there are none.
	Said  string
	SaidX float64
}

// bar is one cell, drawn.
type bar struct {
	Class string
	X     float64
	Width float64
}

// The measures of a drawing.
const (
	lineHeight = 26
	barsFrom   = 300.0 // beside the titles
	barsWide   = 340.0
	barGap     = 2.0 // between two bars of one line
	drawnWide  = 760 // with room for what is said
)

// drawing draws a section, or nothing where there is nothing to draw. What is hidden is not
// drawn, and said.
func drawing(s Section) *chart {
	if s.Drawn == 0 {
		return nil
	}
	c := &chart{Section: s}
	if s.Drawn > 1 {
		c.Keys = s.Columns[:s.Drawn]
	}
	most := 0.0
	for _, row := range s.Rows {
		if !row.Whole {
			most = max(most, lengthOf(row, s.Drawn))
		}
	}
	if most == 0 {
		return nil
	}
	for _, row := range s.Rows {
		if row.Whole {
			continue
		}
		l := line{Title: short(row.Title), Y: len(c.Lines) * lineHeight}
		x := barsFrom
		var said []string
		hidden := ""
		for i, cell := range row.Cells[:s.Drawn] {
			if cell.value > 0 {
				wide := cell.value / most * barsWide
				l.Bars = append(l.Bars, bar{Class: fmt.Sprint("bar", i+1), X: x, Width: max(1, wide-barGap)})
				x += wide
			}
			if cell.kind == plain && (s.Drawn == 1 || cell.value > 0) {
				said = append(said, cell.String())
			} else if cell.kind == few || cell.kind == withheld {
				hidden = "hidden"
				if s.Drawn == 1 {
					hidden = cell.String()
				}
			}
		}
		if hidden != "" {
			said = append(said, hidden)
		}
		l.Said, l.SaidX = strings.Join(said, " · "), x+6
		c.Lines = append(c.Lines, l)
	}
	c.Height = len(c.Lines) * lineHeight
	return c
}

// lengthOf is how long the bars of a row are together.
func lengthOf(row Row, drawn int) (length float64) {
	for _, c := range row.Cells[:drawn] {
		length += c.value
	}
	return length
}

// short is a title that fits beside the bars.
func short(title string) string {
	const most = 42
	if r := []rune(title); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return title
}

// Middle is the height at which the words of a line stand.
func (l line) Middle() int { return l.Y + lineHeight/2 + 5 }

// Top is where its bars begin, and Tall how high they are.
func (l line) Top() int  { return l.Y + 4 }
func (l line) Tall() int { return lineHeight - 8 }

// Wide is how wide the drawing is.
func (c chart) Wide() int { return drawnWide }

// From is where the bars begin.
func (c chart) From() float64 { return barsFrom }
