package bot

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store/faulttest"
)

// nights are the evenings before the clocks of London changed. They are past: what is to be
// said by a clock in the future waits.
var nights = []time.Time{
	time.Date(2025, 3, 29, 16, 0, 0, 0, time.UTC),
	time.Date(2025, 10, 25, 16, 0, 0, 0, time.UTC),
}

// jumps are by how much a clock is found to be wrong.
var jumps = []time.Duration{time.Hour, -time.Hour, 24 * time.Hour, -24 * time.Hour}

// TestFaultClock has the clock jump by hours and days, there and back, over a night on which
// the clocks change, with a restart after each, while an alert is to be passed on and somebody
// to be reminded. However early or late, each is done once.
func TestFaultClock(t *testing.T) {
	t.Parallel()
	row := faulttest.Row{ID: "F19", Fault: "clock wrong by an hour or a day, both ways, on nights when clocks change", How: "bot on SQLite, two at once"}
	want := overNight(t, nights[0], 0)
	if len(want) < 3 || !slices.Contains(want, "reminder") {
		t.Fatalf("on a quiet night this is said: %q", want)
	}
	for n := range faulttest.Count(4, 50) {
		got := overNight(t, nights[n%len(nights)], 1+rand.IntN(8))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("round %d (-want +got):\n%s", n, diff)
			row.Lost += max(0, len(want)-len(got))
			row.Doubled += max(0, len(got)-len(want))
		}
		row.Count++
	}
	row.Note = fmt.Sprintf("%d things due in each, all done once", len(want))
	faulttest.Report(t, row)
}

// overNight raises an alert that nobody acknowledges, and has somebody ask to be reminded, both
// at from, has the clock jump so often and then be right, and returns what of it was said.
func overNight(t *testing.T, from time.Time, times int) (said []string) {
	t.Helper()
	v := newVigil(t)
	defer v.Bot.Store.Close()
	v.now = from
	mustHear(t, v.Bot, text("danger", "1", "i want to die"))
	saver := someone
	saver.ID = "1002"
	for n, in := range []dialog.Input{
		{Text: "hi"}, {Text: "yes"}, {Text: "yes"}, {Text: "review"}, {Text: "save for later"},
		{Press: &dialog.Press{Prompt: "any", Choice: "remind"}},
	} {
		mustHear(t, v.Bot, Heard{Chat: saver, Audience: rules.Parent, Keys: []string{fmt.Sprint("saver", n)}, Input: in})
	}
	said = v.saidSince()
	for range times {
		v.after(jumps[rand.IntN(len(jumps))] + rand.N(10*time.Minute))
		v.restart()
		said = append(said, v.saidSince()...)
	}
	for v.now = from; v.now.Before(from.AddDate(0, 0, 12)); {
		v.after(time.Hour)
		said = append(said, v.saidSince()...)
	}
	slices.Sort(said)
	return said
}

// saidSince hands over what waits and names what timers have to do with.
func (v *vigil) saidSince() (said []string) {
	v.Helper()
	for {
		d, ok, err := v.Bot.Store.Take(v.Context(), time.Minute)
		if err != nil {
			v.Fatal(err)
		}
		if !ok {
			return said
		}
		switch {
		case d.Kind == KindAlert && d.Name != "":
			said = append(said, "step "+d.Name[strings.LastIndexByte(d.Name, ':')+1:])
		case strings.Contains(string(d.Body), "You have a message. Reply START."):
			said = append(said, "reminder")
		}
		if err := deliverOnce(v.Context(), v.Bot.Store, d, d.ID); err != nil {
			v.Fatal(err)
		}
	}
}
