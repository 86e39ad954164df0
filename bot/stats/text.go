package stats

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Text writes the report for a terminal.
func (r Report) Text(w io.Writer) error {
	fmt.Fprintf(w, "%s, %s to %s\n", r.Service, r.From, r.To)
	fmt.Fprintln(w, wrapped(Hidden))
	for _, s := range r.Sections {
		fmt.Fprintf(w, "\n%s\n%s\n", strings.ToUpper(s.Title), wrapped(s.About))
		table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, c := range s.Columns {
			fmt.Fprintf(table, "\t%s", c.Title)
		}
		fmt.Fprintln(table)
		for _, row := range s.Rows {
			fmt.Fprint(table, row.Title)
			for _, c := range row.Cells {
				fmt.Fprintf(table, "\t%s", c)
			}
			fmt.Fprintln(table)
		}
		if err := table.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// Hidden says what is hidden, and why.
const Hidden = "A count from 1 to 4 is shown as <5, and withheld is what it could be worked out from; the numbers beside them are to the nearest five. " +
	"Two reports whose times differ by little may tell more together than each alone: give out one of them."

// lineMost is how many characters a line of prose has at the most.
const lineMost = 96

func wrapped(text string) string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(line)+1+len(word) > lineMost {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return strings.Join(append(lines, line), "\n")
}
