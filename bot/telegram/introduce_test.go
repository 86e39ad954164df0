package telegram

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
)

// TestIntroducedInTheServicesName: by itself, once, and again only where something is not as it
// should be.
func TestIntroducedInTheServicesName(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run()
	want := map[string]string{
		"description":       dialog.Fill(dialog.ToParents.Introduction, w.bot.Service),
		"short_description": dialog.Fill(dialog.ToParents.Summary, w.bot.Service),
		"menu_button":       "commands",
	}
	w.eventually("it is introduced", func() bool { return cmp.Equal(want, w.sim.Profile()) })
	newClient(t, w.sim.URL(), w.sim.Token()).introduce(t.Context(), w.bot.Service)
	w.eventually("it has looked again", func() bool { return callsOf(w, "setChatMenuButton") == 2 })
	for _, method := range []string{"setMyDescription", "setMyShortDescription"} {
		if n := callsOf(w, method); n != 1 {
			t.Errorf("%s is called %d times", method, n)
		}
	}
}

// callsOf is how often a method was called.
func callsOf(w *world, method string) (n int) {
	for _, c := range w.sim.Calls() {
		if c.Method == method {
			n++
		}
	}
	return n
}
