package bot

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/rules"
	"referralbot/store"
)

// TestDigest lets three processes run over Easter and the change of the clocks, each starting anew
// now and then. Each working morning has one digest, at its time; after a stop it comes late, or
// not at all.
func TestDigest(t *testing.T) {
	t.Parallel()
	first := newBot(t, nil, nil)
	bots := []*Bot{first, sibling(first), sibling(first)}
	r := rand.New(rand.NewPCG(1, 2))
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}

	got := map[string][]string{}
	step := func(day rules.Date, clock string) {
		at, err := time.ParseInLocation("2006-01-02 15:04", day.String()+" "+clock, london)
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for _, b := range bots {
			b.Now = func() time.Time { return at }
			starts := r.IntN(3) == 0
			all.Go(func() {
				if starts && !b.planDigest(t.Context()) {
					t.Error("could not be planned")
				}
				b.fireDue(t.Context())
			})
		}
		all.Wait()
		for range digests(t, first) {
			got[day.String()] = append(got[day.String()], clock)
		}
	}
	mornings := []string{"00:10", "08:40", "08:59", "09:00", "09:01", "09:30", "11:00", "15:00", "23:50"}
	for d, n := (rules.Date{Year: 2026, Month: time.March, Day: 26}), 0; n < 14; d, n = d.AddDays(1), n+1 {
		for _, clock := range mornings {
			stopped := d.Day == 31 && clock > "08:50" && clock < "11:00" || d.Day == 1 && clock > "08:50" && clock < "15:00"
			if !stopped {
				step(d, clock)
			}
		}
	}

	want := map[string][]string{
		"2026-03-26": {"09:00"}, "2026-03-27": {"09:00"}, // the clocks go forward on the 29th
		"2026-03-30": {"09:00"}, "2026-03-31": {"11:00"}, // on the 1st it would come too late
		"2026-04-02": {"09:00"}, // Good Friday to Easter Monday
		"2026-04-07": {"09:00"}, "2026-04-08": {"09:00"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// sibling is another process on the same store.
func sibling(b *Bot) *Bot {
	return &Bot{Store: b.Store, Service: b.Service, Log: b.Log, Triage: b.Triage, Safety: b.Safety}
}

// digests takes the digests that wait.
func digests(t *testing.T, b *Bot) []store.Delivery {
	t.Helper()
	var found []store.Delivery
	for {
		d, ok, err := b.Store.Take(t.Context(), time.Minute)
		if err != nil || !ok {
			if err != nil {
				t.Fatal(err)
			}
			return found
		}
		if err := b.Store.Done(t.Context(), d, "1.0"); err != nil {
			t.Fatal(err)
		}
		if d.Kind == KindDigest && d.Destination == b.Triage {
			found = append(found, d)
		}
	}
}
