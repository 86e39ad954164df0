package stats

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func told(cells []Cell) string {
	var words []string
	for _, c := range cells {
		words = append(words, c.String())
	}
	return strings.Join(words, " ")
}

func TestSmallNumbersAreHidden(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		parts []int
		want  string
	}{
		{[]int{}, ""},
		{[]int{0, 0}, "0 0"},
		{[]int{5, 6, 0}, "5 6 0"},
		{[]int{12, 137}, "12 137"},
		{[]int{3, 4, 20}, "<5 <5 withheld"}, // the smallest of the others goes with them, always
		{[]int{3, 23, 0, 40}, "<5 withheld 0 40"},
		{[]int{2, 2, 17, 18}, "<5 <5 withheld 20"}, // and the rest is told to the nearest five
		{[]int{2, 6, 9, 12, 17}, "<5 withheld 10 10 15"},
		{[]int{0, 1, 0, 8, 31, 0}, "0 <5 0 withheld 30 0"},
		{[]int{4, 1000, 2000, 3001}, "<5 withheld 2000 3000"},
		{[]int{2, 100}, "<5 withheld"},
		{[]int{2, 3, 0}, "<5 <5 0"},                     // nothing else is there: 5 may be 1 and 4
		{[]int{1, 5, 23}, "withheld withheld withheld"}, // 1 and 5 can only make 6 in one way
		{[]int{1, 1, 5, 9}, "withheld withheld withheld withheld"},
		{[]int{1, 1, 6, 9}, "<5 <5 withheld 10"},
		{[]int{4, 4}, "withheld withheld"},
		{[]int{3, 0, 0}, "withheld withheld withheld"}, // too few at all
		{[]int{1, 1}, "withheld withheld"},
	} {
		if got := told(protect(test.parts...)); got != test.want {
			t.Errorf("%v is told as %q, want %q", test.parts, got, test.want)
		}
	}
}

// TestNobodyWorksOutWhatIsHidden plays somebody who knows the sum, and tries every table there
// could be for one that would be told like it: nothing hidden is ever but one number.
func TestNobodyWorksOutWhatIsHidden(t *testing.T) {
	t.Parallel()
	for columns, most := range map[int]int{2: 30, 3: 14, 4: 10} {
		tables(columns, most, nil, func(parts []int) {
			cells, total := protect(parts...), sum(parts)
			if total < least || !slices.ContainsFunc(cells, func(c Cell) bool { return c.kind != plain }) {
				return // the sum is hidden itself, or nothing is
			}
			may := make([]map[int]bool, columns)
			for i := range may {
				may[i] = map[int]bool{}
			}
			suppose(cells, total, nil, func(parts []int) {
				for i, n := range parts {
					may[i][n] = true
				}
			})
			for i, c := range cells {
				if !may[i][parts[i]] {
					t.Fatalf("%v is told as %q, and not thought of", parts, told(cells))
				}
				if c.kind != plain && len(may[i]) < 2 {
					t.Errorf("%v is told as %q, and number %d can only be %v", parts, told(cells), i, may[i])
				}
			}
		})
	}
}

// tables calls see with every table of so many numbers below most.
func tables(columns, most int, parts []int, see func([]int)) {
	if len(parts) == columns {
		see(parts)
		return
	}
	for n := range most {
		tables(columns, most, append(slices.Clip(parts), n), see)
	}
}

// suppose calls see with every table that may be meant by cells with that sum.
func suppose(cells []Cell, total int, parts []int, see func([]int)) {
	if len(parts) == len(cells) {
		if total == 0 {
			see(parts)
		}
		return
	}
	low, high := 0, total
	switch c := cells[len(parts)]; {
	case c.kind == few:
		low, high = 1, least-1
	case c.kind == plain && c.value == 0:
		high = 0
	case c.kind == plain:
		low, high = int(c.value)-2, int(c.value)+2
	case slices.ContainsFunc(cells, func(c Cell) bool { return c.kind == few }):
		low = least
	}
	for n := low; n <= min(high, total); n++ {
		suppose(cells, total-n, append(slices.Clip(parts), n), see)
	}
}

func TestSharesAndSpansTellNoMore(t *testing.T) {
	t.Parallel()
	hidden := Cell{kind: few}
	spans := []time.Duration{time.Minute, 2 * time.Minute, 3 * time.Minute, 4 * time.Minute, 90 * time.Minute}
	for _, test := range []struct {
		what string
		got  Cell
		want string
	}{
		{"a half", share(number(10), number(20)), "50%"},
		{"of nothing", share(number(0), number(0)), "–"},
		{"of something hidden", share(number(0), hidden), "withheld"},
		{"something hidden", share(hidden, number(20)), "withheld"},
		{"few", atLeast(4), "<5"},
		{"none", atLeast(0), "0"},
		{"about seven", about(7), "5"},
		{"about eight", about(8), "10"},
		{"about four", about(4), "<5"},
		{"the median of five", quantile(spans, .5, 5), "3 min"},
		{"the ninetieth of five", quantile(spans, .9, 5), "1 h 30 min"},
		{"the median of four", quantile(spans[:4], .5, 5), "withheld"},
		{"the median of none", quantile(nil, .5, 5), "–"},
		{"two days", Cell{value: (50 * time.Hour).Seconds(), unit: Seconds}, "2 days 2 h"},
		{"no time", Cell{unit: Seconds}, "under 1 min"},
	} {
		if got := test.got.String(); got != test.want {
			t.Errorf("%s is %q, want %q", test.what, got, test.want)
		}
	}
	for _, test := range []struct {
		cell Cell
		want string
	}{{number(7), "7"}, {hidden, `"<5"`}, {Cell{kind: withheld}, `"withheld"`}, {nothing, "null"}, {share(number(1), number(3)), "0.333"}} {
		if got, err := json.Marshal(test.cell); string(got) != test.want {
			// encoding/json writes < as an escape, which is the same
			var read string
			if json.Unmarshal(got, &read) != nil || fmt.Sprintf("%q", read) != test.want {
				t.Errorf("written as %s, %v, want %s", got, err, test.want)
			}
		}
	}
}
