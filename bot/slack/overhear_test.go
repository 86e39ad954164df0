package slack

import (
	"strings"
	"testing"

	"referralbot/bot/sim"
	"referralbot/dialog"
)

// Whoever writes a name under a card is warned, there and alone, and can write a note instead.
// What they wrote is kept nowhere.
func TestNameUnderACard(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	card := w.refer(ref)
	w.slack.SayIn(carys, triage, card.TS, "I can take this one, on Tuesday at 10:30")
	w.slack.SayIn(carys, triage, card.TS, canary+" rang back")
	w.until("she is warned", func() bool { return len(w.slack.Ephemerals(carys)) > 0 })
	warning := w.slack.Ephemerals(carys)[0]
	if got := text(warning); !strings.Contains(got, "may say who a family is") || strings.Contains(got, canary) || warning.Thread != card.TS || warning.Channel != triage {
		t.Errorf("warned in %s under %q: %s", warning.Channel, warning.Thread, got)
	}
	w.does(w.slack.PressMessage(carys, triage, warning.TS, "act:note"))
	v := w.sheet(carys)
	if got, action, _ := about(v.PrivateMetadata); got != ref || action != dialog.ActNote {
		t.Errorf("the note is about %s, %s", got, action)
	}
	if n := len(w.slack.Ephemerals(carys)); n != 1 {
		t.Errorf("warned %d times", n)
	}
	if len(w.slack.Ephemerals(daniel)) > 0 || len(w.cards(ref)) != 1 {
		t.Error("others are told")
	}
	for _, person := range []string{carys, daniel} {
		if c := w.conversation(person); c.Version != 0 {
			t.Errorf("it was heard as a conversation: %+v", c)
		}
	}
	if strings.Contains(w.logged.String(), canary) {
		t.Errorf("logged %s", w.logged)
	}
}

// In the channel itself, and in the channel of alerts, what identifies by its form is found too,
// also in what is written anew. Where it is not known whom it is about, the note is about whom
// the clinician says.
func TestNumberInTheChannel(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.refer(ref)
	w.keep(numbered(1))
	ts := w.slack.SayIn(daniel, triage, "", "nothing to see")
	w.does(w.slack.Edit(daniel, triage, ts, "ring 07700 900555 about it"))
	w.until("he is warned", func() bool { return len(w.slack.Ephemerals(daniel)) > 0 })
	warning := w.slack.Ephemerals(daniel)[0]
	w.does(w.slack.PressMessage(daniel, triage, warning.TS, "menu", numbered(1)+":note"))
	if got, action, _ := about(w.sheet(daniel).PrivateMetadata); got != numbered(1) || action != dialog.ActNote {
		t.Errorf("the note is about %s, %s", got, action)
	}
	w.slack.SayIn(carys, safety, "", "it is "+canary+" Parent")
	w.until("she is warned", func() bool { return strings.Contains(w.told(carys), "act:note") })
	if got := w.told(carys); !strings.Contains(got, ref) && !strings.Contains(got, numbered(1)) {
		t.Errorf("offered no note: %s", got)
	}
}
