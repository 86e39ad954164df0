package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
)

// TestLostPressesAreOfferedAgain: when nothing has come from a platform for as long as it keeps a
// press, whoever may still wait for what they pressed is shown their question again, once, also
// after a restart; and nobody who has stopped, is elsewhere, or was last heard too long ago.
func TestLostPressesAreOfferedAgain(t *testing.T) {
	t.Parallel()
	const forgets = 150 * time.Second
	v := newVigil(t)
	chats := map[string][]string{"waits": {"hi", "yes"}, "stopped": {"hi", "yes", "stop"}, "long gone": {"hi", "yes"}}
	talk := func(id, platform string) {
		for n, words := range chats[id] {
			h := Heard{Chat: dialog.Chat{Platform: platform, ID: id}, Audience: rules.Parent, Keys: []string{fmt.Sprint(platform, id, n)}, Input: dialog.Input{Text: words}}
			mustHear(t, v.Bot, h)
		}
	}
	offered := func(want ...string) {
		t.Helper()
		var got []string
		for {
			d, ok, err := v.Bot.Store.Take(t.Context(), time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				break
			}
			if strings.Contains(string(d.Body), "If you tapped a button in that time") {
				got = append(got, d.Destination)
			}
			finish(t, v.Bot.Store, d)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("at %s offered again: %q, want %q", v.now.Format("15:04:05"), got, want)
		}
	}
	talk("long gone", "telegram")
	v.now = v.now.Add(40 * time.Minute)
	talk("waits", "telegram")
	talk("stopped", "telegram")
	talk("waits", "elsewhere")
	v.Present(t.Context(), "telegram", forgets)
	v.after(presentEvery)
	v.Present(t.Context(), "telegram", forgets)
	v.after(forgets - time.Second)
	offered()
	v.restart()
	v.after(2 * time.Second)
	offered("telegram:waits")
	v.after(time.Hour)
	offered()

	talk("waits", "telegram") // known, and so not heard
	mustHear(t, v.Bot, Heard{Chat: dialog.Chat{Platform: "telegram", ID: "waits"}, Audience: rules.Parent, Keys: []string{"back"}, Input: dialog.Input{Text: "yes"}})
	v.Present(t.Context(), "telegram", forgets)
	v.after(forgets + 20*time.Minute)
	offered("telegram:waits")
	if left, err := v.Bot.Store.Due(t.Context(), v.now, 10); err != nil || len(left) > 1 { // that of the digest
		t.Errorf("%d timers are left, %v", len(left), err)
	}
}
