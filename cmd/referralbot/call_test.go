package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/dialog"
)

// callsProfile is the profile of a service that takes calls on every day, so that a test can book
// one whenever it runs.
func callsProfile(t *testing.T, more ...string) string {
	t.Helper()
	var days []string
	for _, day := range []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"} {
		days = append(days, day+`: ["08:00-20:00"]`)
	}
	return ownProfile(t, append([]string{
		"  hours: {}\n", "  hours: {" + strings.Join(days, ", ") + "}\n",
		"  clinicians: []\n", "  clinicians: [{name: Carys Ellis, slack: " + sim.SlackClinicianA + ", rings_from: 01632 960100}]\n",
	}, more...)...)
}

// asks says something to the parent's bot, or presses the button in brackets, and waits until the
// last message has the words.
func (w *world) asks(t *testing.T, does, answer string) sim.TelegramMessage {
	t.Helper()
	before := len(w.telegram.Messages(demoParent))
	if label := strings.Trim(does, "[]"); label != does {
		if _, err := w.telegram.PressLabel(demoParent, label); err != nil {
			t.Fatal(err)
		}
	} else {
		w.telegram.Say(demoParent, does)
		before++
	}
	var last sim.TelegramMessage
	await(t, w, fmt.Sprintf("%q after %s", answer, does), func() bool {
		all := w.telegram.Messages(demoParent)
		if len(all) > 0 {
			last = all[len(all)-1]
		}
		return len(all) > before && strings.Contains(last.Text, answer)
	})
	return last
}

// TestParentBooksACall books a call before anything is said of who it is, has it claimed, hears
// who rings only once the parent is somewhere private, and cancels it: with a restart between.
func TestParentBooksACall(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.profile = callsProfile(t)
	program := w.serve(t)
	w.asks(t, "hello", "Are you somewhere private")
	w.asks(t, "[Yes, go on]", "Can we keep your answers")
	w.asks(t, "human", "What is the best number?")
	first := w.asks(t, "07700 900104", "the next times").Buttons[0][0].Text
	kept := w.asks(t, "["+first+"]", "Shall I book it?")
	if !strings.Contains(kept.Text, first) {
		t.Errorf("%q is kept as %q", first, kept.Text)
	}
	program.Process.Kill()
	program.Wait()
	w.serve(t)
	if booked := w.asks(t, "[Yes, book it]", "Your call is booked."); !strings.Contains(booked.Text, first) {
		t.Errorf("%q is booked as %q", first, booked.Text)
	}

	await(t, w, "the card", func() bool { return len(cards(w.slack.Messages(sim.SlackTriage))) == 1 })
	card := cards(w.slack.Messages(sim.SlackTriage))[0]
	if shown := asJSON(card); !strings.Contains(shown, first) || !strings.Contains(shown, "suggested: Carys Ellis") || strings.Contains(shown, "900104") {
		t.Errorf("the card shows %s", shown)
	}
	db := w.reader(t)
	taken, err := db.Taken(t.Context(), time.Now())
	if err != nil || len(taken) != 1 || !taken[0].Until.IsZero() || taken[0].With != sim.SlackClinicianA {
		t.Fatalf("taken: %+v, %v", taken, err)
	}
	if err := w.slack.PressMessage(sim.SlackClinicianA, card.Channel, card.TS, action(card, "claim")); err != nil {
		t.Fatal(err)
	}
	says := func(words string) func() bool {
		return func() bool {
			all := w.telegram.Messages(demoParent)
			return strings.Contains(all[len(all)-1].Text, words)
		}
	}
	await(t, w, "the neutral line", says("You have a message. Reply START."))
	if slices.ContainsFunc(w.telegram.Messages(demoParent), func(m sim.TelegramMessage) bool { return strings.Contains(m.Text, "Carys") }) {
		t.Error("the chat says who rings before it is private")
	}
	w.asks(t, "start", "Are you somewhere private")
	w.asks(t, "[Yes, go on]", "")
	await(t, w, "who rings", func() bool {
		return slices.ContainsFunc(w.telegram.Messages(demoParent), func(m sim.TelegramMessage) bool {
			return strings.Contains(m.Text, "Carys Ellis will ring you on "+first) && strings.Contains(m.Text, "01632 960100")
		})
	})
	w.asks(t, "human", "Your call is booked. Carys Ellis will ring you")
	w.asks(t, "[Cancel the call]", "Can we keep your answers")
	await(t, w, "the slot to be free", func() bool {
		taken, err := db.Taken(t.Context(), time.Now())
		return err == nil && len(taken) == 0
	})
	await(t, w, "the channel to be told", func() bool {
		return strings.Contains(asJSON(w.slack.Messages(sim.SlackTriage)), "has been cancelled by the person who booked it")
	})
	if logged := w.log.String(); strings.Contains(logged, "900104") || strings.Contains(logged, "Carys") {
		t.Errorf("the log tells of people:\n%s", logged)
	}
}

// TestWhatComesOfAParentsCalls has two calls of a parent end, one in other help and one with the
// answers gone through together. A clinician records it in a modal; the parent reads it behind a
// line that says nothing, and can go on. What she has put into her calendar is taken out, as neither
// call takes place when it was to.
func TestWhatComesOfAParentsCalls(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.profile = callsProfile(t)
	w.serve(t)
	db := w.reader(t)
	w.asks(t, "hello", "Are you somewhere private")
	w.asks(t, "[Yes, go on]", "Can we keep your answers")
	w.asks(t, "human", "What is the best number?")
	offered := w.asks(t, "07700 900104", "the next times")
	for _, end := range []struct {
		code   dialog.Code
		values map[string]any
		words  string
	}{
		{dialog.Signposted, map[string]any{"resources": []string{"samaritans"}, "next_step": "parent", "contact_with": "parent", "contact_how": "phone"}, "Samaritans: 116 123"},
		{dialog.CallTogether, nil, "Thank you for talking with us."},
	} {
		w.asks(t, "["+offered.Buttons[0][0].Text+"]", "Shall I book it?")
		w.asks(t, "[Yes, book it]", "Your call is booked.")
		w.asks(t, "[Put it in my calendar]", "Your call is booked.")
		taken, err := db.Taken(t.Context(), time.Now())
		if err != nil || len(taken) != 1 {
			t.Fatalf("taken: %+v, %v", taken, err)
		}
		ref := taken[0].Holder
		w.presses(t, "the claim button", func(c sim.SlackMessage) []string { return []string{action(c, "claim")} })
		w.opens(t, "Carys Ellis will ring you")
		option := ref + ":outcome:" + string(end.code)
		w.presses(t, option+" in the menu", func(c sim.SlackMessage) []string {
			if !strings.Contains(asJSON(c), option) {
				return []string{""}
			}
			return []string{"menu", option}
		})
		var views []sim.View
		await(t, w, "the sheet", func() bool {
			views = w.slack.Views(sim.SlackClinicianA)
			return len(views) == 1 && views[0].Submit == "Record"
		})
		if problems, _, cleared, err := w.slack.Submit(sim.SlackClinicianA, views[0].ID, end.values); err != nil || !cleared {
			t.Fatalf("%s: problems %v, %v", end.code, problems, err)
		}
		w.opens(t, end.words)
		r, err := db.Referral(t.Context(), ref)
		if err != nil || r.Booked.Ended != end.code || r.Outcome() != end.code {
			t.Errorf("after %s it is %s, %+v, %v", end.code, r.Status, r.Booked, err)
		}
		offered = w.asks(t, "human", "the next times")
	}
	var files []string
	for _, m := range w.telegram.Messages(demoParent) {
		if m.Kind == "document" {
			method, sequence, summary := calendarRead(t, m.File)
			files = append(files, method+" "+sequence+" "+summary)
		}
	}
	if want := []string{"PUBLISH 0 Phone call", "CANCEL 1 Phone call", "PUBLISH 2 Phone call", "CANCEL 3 Phone call"}; !slices.Equal(files, want) {
		t.Errorf("her calendar is given %q, want %q", files, want)
	}
	if said := asJSON(w.slack.Messages(sim.SlackTriage)) + w.log.String(); strings.Contains(said, "900104") {
		t.Errorf("the channel or the log has the number:\n%s", said)
	}
}

// presses has the clinician press something on the only card, once it is there.
func (w *world) presses(t *testing.T, what string, on func(sim.SlackMessage) []string) {
	t.Helper()
	var card sim.SlackMessage
	await(t, w, what, func() bool {
		all := cards(w.slack.Messages(sim.SlackTriage))
		if len(all) == 1 {
			card = all[0]
		}
		return len(all) == 1 && on(card)[0] != ""
	})
	pressed := on(card)
	if err := w.slack.PressMessage(sim.SlackClinicianA, card.Channel, card.TS, pressed[0], pressed[1:]...); err != nil {
		t.Fatal(err)
	}
}

// opens waits for the line that says that there is something, and reads the words in private, before
// which they are not to be seen once more.
func (w *world) opens(t *testing.T, words string) {
	t.Helper()
	told := func() (n int) {
		for _, m := range w.telegram.Messages(demoParent) {
			n += strings.Count(m.Text, words)
		}
		return n
	}
	before := told()
	await(t, w, "the neutral line", func() bool {
		all := w.telegram.Messages(demoParent)
		return strings.Contains(all[len(all)-1].Text, "You have a message. Reply START.")
	})
	w.asks(t, "start", "Are you somewhere private")
	if told() > before {
		t.Errorf("%q is said before the chat is private", words)
	}
	w.asks(t, "[Yes, go on]", "")
	await(t, w, words, func() bool { return told() > before })
}
