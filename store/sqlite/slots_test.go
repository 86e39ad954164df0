package sqlite

import (
	"fmt"
	"testing"

	"referralbot/store/faulttest"
	"referralbot/store/storetest"
)

// TestFaultSlots has many people want one of a few slots at once, and sees that none is two
// people's.
func TestFaultSlots(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	rounds, people, slots := faulttest.Count(2, 200), faulttest.Count(40, 200), 20
	row := faulttest.Row{ID: "F7", Fault: fmt.Sprintf("%d people want one of %d slots at once", people, slots), How: "the store on SQLite", Count: rounds}
	for round := range rounds {
		lost, doubled := storetest.Scramble(t, s, round, people, slots)
		row.Lost, row.Doubled = row.Lost+lost, row.Doubled+doubled
	}
	row.Note = "who was told so has a slot, and nobody the same"
	faulttest.Report(t, row)
}
