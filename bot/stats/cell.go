package stats

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"
)

// Cell is one number of a table, or says why there is none.
type Cell struct {
	value float64
	kind  kind
	unit  Unit
}

type kind int

const (
	plain    kind = iota
	few           // from 1 to 4
	withheld      // or another could be worked out from it
	none          // there is nothing to say
)

// least is the fewest that are told.
const least = 5

func number(n int) Cell { return Cell{value: float64(n), unit: Number} }

// nothing stands where there is nothing to say.
var nothing = Cell{kind: none}

// share is a part of a whole, where both may be told.
func share(part, whole Cell) Cell {
	switch {
	case part.kind == few || part.kind == withheld || whole.kind == few || whole.kind == withheld:
		return Cell{kind: withheld, unit: Share}
	case whole.value == 0:
		return nothing
	}
	return Cell{value: part.value / whole.value, unit: Share}
}

// atLeast is a number that stands in no sum: hidden if it is small.
func atLeast(n int) Cell {
	if 0 < n && n < least {
		return Cell{kind: few, unit: Number}
	}
	return number(n)
}

// about is n to the nearest five, from which no smaller number can be worked out.
func about(n int) Cell {
	if c := atLeast(n); c.kind == few {
		return c
	}
	return number((n + 2) / 5 * 5)
}

// protect is the parts of a whole that is told, as they may be told: those from 1 to 4 are
// hidden, and the smallest of the others with them, always, so that doing it tells nothing. What
// is left is told to the nearest five, since some of it may stand in another table too. If the
// hidden could be worked out all the same, all are withheld.
func protect(parts ...int) []Cell {
	cells := make([]Cell, len(parts))
	var hidden, shown []int
	for i, n := range parts {
		cells[i] = atLeast(n)
		switch {
		case cells[i].kind == few:
			hidden = append(hidden, i)
		case n > 0:
			shown = append(shown, i)
		}
	}
	if len(hidden) == 0 {
		return cells
	}
	slices.SortStableFunc(shown, func(a, b int) int { return cmp.Compare(parts[a], parts[b]) })
	if len(shown) > 0 {
		cells[shown[0]] = Cell{kind: withheld, unit: Number}
		hidden, shown = append(hidden, shown[0]), shown[1:]
	}
	if !vague(parts, hidden) || sum(parts) < least {
		for i := range cells {
			cells[i] = Cell{kind: withheld, unit: Number}
		}
		return cells
	}
	for _, i := range shown {
		cells[i] = about(parts[i])
	}
	return cells
}

// whole is what parts are of that are told like this.
func whole(told []Cell, parts ...int) Cell {
	for _, c := range told {
		if c.kind != plain {
			return about(sum(parts))
		}
	}
	return number(sum(parts))
}

// vague reports whether each of the hidden parts may be at least two numbers, for somebody who
// knows their sum, and of each whether it is small.
func vague(parts, hidden []int) bool {
	total, lows, highs := 0, 0, 0
	bounds := func(i int) (low, high int) {
		if parts[i] < least {
			return 1, least - 1
		}
		return least, math.MaxInt32
	}
	for _, i := range hidden {
		low, high := bounds(i)
		total, lows, highs = total+parts[i], lows+low, highs+high
	}
	for _, i := range hidden {
		low, high := bounds(i)
		if min(high, total-(lows-low)) <= max(low, total-(highs-high)) {
			return false
		}
	}
	return true
}

func sum(parts []int) (total int) {
	for _, n := range parts {
		total += n
	}
	return total
}

// quantile is the smallest span that a share of them, which are sorted, does not exceed, where
// there are enough that it is nobody's own.
func quantile(spans []time.Duration, of float64, enough int) Cell {
	if len(spans) == 0 {
		return nothing
	}
	if len(spans) < enough {
		return Cell{kind: withheld, unit: Seconds}
	}
	at := int(math.Ceil(of*float64(len(spans)))) - 1
	return Cell{value: spans[max(0, at)].Seconds(), unit: Seconds}
}

// String is the cell as people read it.
func (c Cell) String() string {
	switch {
	case c.kind == few:
		return "<" + strconv.Itoa(least)
	case c.kind == withheld:
		return "withheld"
	case c.kind == none:
		return "–"
	case c.unit == Share:
		return fmt.Sprintf("%.0f%%", 100*c.value)
	case c.unit == Seconds:
		return spanWords(time.Duration(c.value * float64(time.Second)))
	}
	return strconv.FormatFloat(c.value, 'f', -1, 64)
}

// MarshalJSON writes a number, "<5", "withheld", or null.
func (c Cell) MarshalJSON() ([]byte, error) {
	switch c.kind {
	case none:
		return []byte("null"), nil
	case plain:
		return json.Marshal(math.Round(c.value*1000) / 1000)
	}
	return []byte(strconv.Quote(c.String())), nil
}

// spanWords is d in the two greatest units that matter.
func spanWords(d time.Duration) string {
	minutes := int(math.Round(d.Minutes()))
	switch {
	case minutes < 1:
		return "under 1 min"
	case minutes < 60:
		return fmt.Sprintf("%d min", minutes)
	case minutes < 48*60:
		return fmt.Sprintf("%d h %d min", minutes/60, minutes%60)
	}
	return fmt.Sprintf("%d days %d h", minutes/60/24, minutes/60%24)
}
