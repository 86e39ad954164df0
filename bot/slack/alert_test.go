package slack

import (
	"context"
	"slices"
	"strings"
	"testing"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/rules"
)

const safety = sim.SlackSafety

// watched is a world in whose service Daniel is on call.
func watched(t *testing.T) *world {
	t.Helper()
	return worldOf(t, func(s *rules.Service) {
		s.Cover.OnCall = []rules.OnCall{{Name: "Daniel Osei", Slack: daniel}}
	})
}

// disclose lets a parent, of whom nothing is known and who has agreed to nothing, say what
// they do, and returns the reference of their draft and the alert.
func (w *world) disclose(words string) (ref string, alert sim.SlackMessage) {
	w.Helper()
	c, out, err := w.bot.Hear(w.Context(), bot.Heard{
		Chat: dialog.Chat{Platform: "telegram", ID: "7700900"}, Audience: rules.Parent,
		Keys: []string{"telegram:" + words}, Input: dialog.Input{Text: words},
	})
	w.does(err)
	if len(out.Alerts) == 0 {
		w.Fatalf("%q raises no alert", words)
	}
	w.until("the alert is posted", func() bool { return len(w.alerts()) == 1 })
	return c.Ref, w.alerts()[0]
}

// alerts are the messages of the safety channel that lead to somebody. What is told past the
// store, as where the machine is slow, leads nowhere and is not among them.
func (w *world) alerts() []sim.SlackMessage {
	return slices.DeleteFunc(w.slack.Messages(safety), func(m sim.SlackMessage) bool { return !strings.Contains(text(m), "act:open") })
}

// passOn lets the time for an alert to be acknowledged run out.
func (w *world) passOn(ref, key string) {
	w.Helper()
	_, _, err := w.bot.Act(w.Context(), ref, key, dialog.Deed{Action: "escalate:1"})
	w.does(err)
}

// TestAlertOfADraft: the unfinished draft of a parent who has not consented raises an alert. A
// clinician opens what there is of it and acknowledges the alert; a guest may do neither;
// and no name and no word of the parent's stands in any channel.
func TestAlertOfADraft(t *testing.T) {
	t.Parallel()
	w := watched(t)
	ref, alert := w.disclose("my name is " + canary + " and i want to die")
	if got := text(alert); !strings.Contains(got, ref) || !strings.Contains(got, "Suicide or self-harm") || strings.Contains(got, "mrkdwn") {
		t.Errorf("alert %s", got)
	}

	w.slack.Join(safety, guest)
	w.does(w.slack.PressMessage(guest, safety, alert.TS, "act:acknowledge:1"))
	w.until("the guest is refused", func() bool { return count(w.audited(ref), "refused") == 1 })
	w.does(w.slack.PressMessage(guest, safety, alert.TS, "act:open"))
	w.until("the guest is refused again", func() bool { return count(w.audited(ref), "refused") == 2 })
	if w.referral(ref).Alerts[0].Acknowledged.ID != "" || len(w.slack.Views(guest)) > 0 {
		t.Error("a guest was obeyed")
	}

	w.does(w.slack.PressMessage(carys, safety, alert.TS, "act:open"))
	v := w.front(carys, func(v sim.View) bool { return v.Title == ref[:len(v.Title)] })
	for _, want := range []string{"Not sent, and it may be without consent", canary + " and i want to die"} {
		if !strings.Contains(text(v), want) {
			t.Errorf("%q is not shown: %s", want, text(v))
		}
	}

	w.does(w.slack.PressMessage(carys, safety, alert.TS, "act:acknowledge:1"))
	w.until("the alert says who has it", func() bool {
		return strings.Contains(text(w.alerts()), "Acknowledged by\\nCarys Bevan")
	})
	w.until("she is told", func() bool { return strings.Contains(w.told(carys), "You have acknowledged") })
	if all := w.alerts(); len(all) != 1 || strings.Contains(text(all), "act:acknowledge") || !strings.Contains(text(all), "act:open") {
		t.Errorf("not redrawn in place: %s", text(all))
	}
	w.does(w.slack.PressMessage(daniel, safety, alert.TS, "act:open"))
	w.until("it has been opened twice", func() bool { return count(w.audited(ref), "opened") == 2 })
	want := []string{"alerted", "refused", "refused", "opened", "acknowledged", "opened"}
	if got := w.audited(ref); !slices.Equal(got, want) {
		t.Errorf("audit %v", got)
	}
	if cards := w.cards(ref); len(cards) > 0 {
		t.Errorf("a draft has a card: %s", text(cards))
	}
	for _, channel := range []string{safety, triage} {
		if got := text(w.slack.Messages(channel)); strings.Contains(got, canary) || strings.Contains(got, "want to die") {
			t.Errorf("the channel is told %s", got)
		}
	}
	if strings.Contains(w.told(carys)+w.direct(carys)+w.logged.String(), canary) {
		t.Error("a word of the parent's is told or logged")
	}
}

// TestAlertAcknowledgedTwice tells the second who was the first.
func TestAlertAcknowledgedTwice(t *testing.T) {
	t.Parallel()
	w := watched(t)
	ref, alert := w.disclose("i want to die")
	w.does(w.slack.PressMessage(carys, safety, alert.TS, "act:acknowledge:1"))
	w.does(w.slack.PressMessage(daniel, safety, alert.TS, "act:acknowledge:1"))
	w.until("both are told", func() bool { return w.told(carys) != "" && w.told(daniel) != "" })
	first := w.referral(ref).Alerts[0].Acknowledged
	for _, who := range []string{carys, daniel} {
		want := "was acknowledged by " + first.Name
		if who == first.ID {
			want = "You have acknowledged"
		}
		if got := w.told(who); !strings.Contains(got, want) {
			t.Errorf("%s was told %q, want %q", who, got, want)
		}
	}
	if n := count(w.audited(ref), "acknowledged"); n != 1 {
		t.Errorf("acknowledged %d times", n)
	}
}

// TestAlertAcknowledgedWhileReading: whoever opens an alert acknowledges it there, and what they
// read, and every message of the alert, says so.
func TestAlertAcknowledgedWhileReading(t *testing.T) {
	t.Parallel()
	w := watched(t)
	ref, alert := w.disclose("i want to die")
	if _, _, err := w.bot.Hear(w.Context(), bot.Heard{
		Chat: dialog.Chat{Platform: "telegram", ID: "7700900"}, Audience: rules.Parent,
		Keys: []string{"telegram:second"}, Input: dialog.Input{Text: "he hits me and i am scared of him"},
	}); err != nil {
		t.Fatal(err)
	}
	w.does(w.slack.PressMessage(carys, safety, alert.TS, "act:open"))
	v := w.front(carys, func(v sim.View) bool { return strings.Contains(text(v), "act:acknowledge:1") })
	if got := text(v); !strings.Contains(got, "Acknowledge: Suicide or self-harm") || !strings.Contains(got, "act:acknowledge:2") {
		t.Errorf("she reads %s", got)
	}
	w.does(w.slack.PressView(carys, v.ID, "act:acknowledge:1"))
	v = w.front(carys, func(v sim.View) bool { return strings.Contains(text(v), "acknowledged by Carys Bevan") })
	if got := text(v); strings.Contains(got, "act:acknowledge:1") || !strings.Contains(got, "act:acknowledge:2") {
		t.Errorf("then she reads %s", got)
	}
	w.until("the alert says who has it", func() bool {
		return strings.Contains(text(w.alerts()), "Acknowledged by\\nCarys Bevan")
	})
	w.until("she is told", func() bool { return strings.Contains(w.told(carys), "You have acknowledged") })
	w.passOn(ref, "timer 1")
	r := w.referral(ref)
	if r.Alerts[0].Acknowledged.ID != carys || r.Alerts[0].Step != 0 || r.Alerts[1].Acknowledged.ID != "" {
		t.Errorf("alerts %+v", r.Alerts)
	}
	if got := w.audited(ref); !slices.Equal(got, []string{"alerted", "alerted", "opened", "acknowledged"}) {
		t.Errorf("audit %v", got)
	}
}

// TestAlertPassedOn notifies the next person, by a mention and nothing else, and then says
// where to ring; acknowledged, all its messages say so.
func TestAlertPassedOn(t *testing.T) {
	t.Parallel()
	w := watched(t)
	ref, first := w.disclose("<!channel> <@U0CANARY0> i want to die, " + canary)
	w.passOn(ref, "timer 1")
	w.until("it is passed on", func() bool { return len(w.alerts()) == 2 })
	second := w.alerts()[1]
	if got := mentioned(second); !slices.Equal(got, []string{"<@" + daniel + ">"}) {
		t.Errorf("it mentions %q: %s", got, text(second))
	}
	w.passOn(ref, "timer 2")
	w.until("it is told to all", func() bool { return len(w.alerts()) == 3 })
	third := w.alerts()[2]
	if !strings.Contains(text(third), w.bot.Service.Telephone) || len(mentioned(third)) > 0 || len(mentioned(first)) > 0 {
		t.Errorf("the last says %s", text(third))
	}
	w.does(w.slack.PressMessage(daniel, safety, second.TS, "act:acknowledge:1"))
	w.until("all three say who has it", func() bool {
		return strings.Count(text(w.alerts()), "Acknowledged by") == 3
	})
	all := text(w.alerts())
	if len(w.alerts()) != 3 || strings.Contains(all, "<@") || strings.Contains(all, canary) || strings.Contains(all, "CANARY") {
		t.Errorf("the channel shows %s", all)
	}
	if got := w.audited(ref); !slices.Equal(got, []string{"alerted", "escalated", "escalated", "unacknowledged", "acknowledged"}) {
		t.Errorf("audit %v", got)
	}
}

// mentioned lists all the text of a message that is read with markup.
func mentioned(m sim.SlackMessage) []string {
	var all []string
	for _, b := range m.Blocks {
		if b.Text != nil && b.Text.Type == "mrkdwn" {
			all = append(all, b.Text.Text)
		}
	}
	return all
}

// TestMentionsOnlyPeople: whatever should come to stand in the profile, a mention is of people
// or not at all.
func TestMentionsOnlyPeople(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]bool{
		"U0DANIEL": true, "W012AB3CD": true, "": false, "here": false, "!channel": false, "U1> <!channel": false, "u0daniel": false, "U1\n": false,
	} {
		if got := mention(id) != nil; got != want {
			t.Errorf("%q: mentioned %v", id, got)
		}
	}
	if got := text(mention("U0DANIEL !here W012AB3CD")); !strings.Contains(got, `\u003c@U0DANIEL\u003e \u003c@W012AB3CD\u003e`) || strings.Contains(got, "here") {
		t.Errorf("two leads are mentioned as %s", got)
	}
}

// TestAlertWithTheStoreDown is told as it was given.
func TestAlertWithTheStoreDown(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	w.store.Close()
	d := delivery("d", bot.KindAlert, "slack:"+safety, "", "", dialog.Alert{Ref: ref, N: 1, Level: "URGENT", Category: "psychosis"})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if _, err := w.client.Deliver(ctx, d); err != nil {
		t.Fatal(err)
	}
	if got := text(w.alerts()); !strings.Contains(got, "Signs of psychosis") || !strings.Contains(got, "act:acknowledge:1") {
		t.Errorf("told %s", got)
	}
}

// TestWhoMayAcknowledge: a member of either channel, in the safety channel.
func TestWhoMayAcknowledge(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		left string // the channel left
		may  bool
	}{
		{"only in the safety channel", triage, true},
		{"only in the triage channel", safety, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := watched(t)
			ref, alert := w.disclose("i want to die")
			w.slack.Leave(test.left, daniel)
			w.does(w.slack.PressMessage(daniel, safety, alert.TS, "act:acknowledge:1"))
			w.until("he has it", func() bool { return w.referral(ref).Alerts[0].Acknowledged.ID == daniel })
			w.until("he is told", func() bool { return strings.Contains(w.told(daniel)+w.direct(daniel), "You have acknowledged") })
		})
	}
}

// TestCheckPeople finds who is on call, or a lead, and would not be notified.
func TestCheckPeople(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	service := *rules.DefaultService()
	service.Cover.OnCall = []rules.OnCall{{Name: "Carys Bevan", Slack: carys}, {Name: "Helen Marsh", Slack: visitor}, {Name: "Nobody", Slack: "U0NOBODY"}}
	service.Triage.Leads = []string{daniel, guest}
	w.bot.Service = &service
	found := text(w.client.Check(t.Context()))
	for id, want := range map[string]bool{carys: false, visitor: true, "U0NOBODY": true, daniel: false, guest: true} {
		if got := strings.Contains(found, id); got != want {
			t.Errorf("%s found %v in %s", id, got, found)
		}
	}
}
