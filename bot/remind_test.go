package bot

import (
	"strings"
	"testing"
	"time"

	"referralbot/dialog"
)

// TestReminder: whoever asks for it is sent one message the next morning, through a restart,
// and nobody who has come back, or hidden the chat, in the meantime.
func TestReminder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		then string // said before the next morning
		want int
	}{{"left alone", "", 1}, {"come back", "start", 0}, {"hidden", "hide", 0}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			v := newVigil(t)
			v.now = time.Date(2026, 3, 28, 16, 0, 0, 0, time.UTC) // the clocks go forward that night
			for _, words := range []string{"hi", "yes", "yes", "review", "save for later"} {
				mustHear(t, v.Bot, text(words+v.now.String(), "", words))
				v.now = v.now.Add(time.Minute)
			}
			press := dialog.Input{Press: &dialog.Press{Prompt: "any", Choice: "remind"}}
			mustHear(t, v.Bot, Heard{Chat: someone, Audience: "parent", Keys: []string{"press"}, Input: press})
			if c.then != "" {
				mustHear(t, v.Bot, text("then", "", c.then))
			}
			v.reminded(0)
			v.restart()
			v.now = time.Date(2026, 3, 29, 9, 29, 0, 0, time.UTC)
			v.after(0)
			v.reminded(0)
			v.after(time.Minute)
			v.reminded(c.want)
			v.days(2)
			v.reminded(0)
		})
	}
}

// reminded hands over what waits and sees how many reminders are among it.
func (v *vigil) reminded(want int) {
	v.Helper()
	got := 0
	for {
		d, ok, err := v.Bot.Store.Take(v.Context(), time.Minute)
		if err != nil {
			v.Fatal(err)
		}
		if !ok {
			break
		}
		if strings.Contains(string(d.Body), "You have a message. Reply START.") {
			got++
		}
		if err := deliverOnce(v.Context(), v.Bot.Store, d, d.ID); err != nil {
			v.Fatal(err)
		}
	}
	if got != want {
		v.Errorf("at %s reminded %d times, want %d", v.now.Format(time.DateTime), got, want)
	}
}
