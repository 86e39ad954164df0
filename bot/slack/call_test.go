package slack

import (
	"strings"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/rules"
)

// calling is a world whose service takes calls every day, rung by Carys.
func calling(t *testing.T) *world {
	t.Helper()
	w := worldOf(t, func(s *rules.Service) {
		s.Calls = rules.Calls{
			Hours: map[string][]string{}, Length: 30, Buffer: 10, Horizon: 14, Notice: 4, CutOff: 2, Hold: 10, Attempts: 2,
			Clinicians: []rules.CallClinician{{Name: "Carys Ellis", Slack: carys, RingsFrom: "01632 960100"}},
		}
		for _, day := range []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"} {
			s.Calls.Hours[day] = []string{"08:00-20:00"}
		}
	})
	w.ticking()
	return w
}

// hears does something and waits until user is told the words once more.
func (w *world) hears(user, words string, do func()) {
	w.Helper()
	before := strings.Count(w.direct(user), words)
	do()
	w.until("they read "+words, func() bool { return strings.Count(w.direct(user), words) > before })
}

// presses presses a button in user's direct messages and waits until they are told the words.
func (w *world) presses(user, label, words string) {
	w.Helper()
	ts, action := w.button(user, label)
	w.hears(user, words, func() { w.does(w.slack.PressMessage(user, w.slack.DM(user)[0].Channel, ts, action)) })
}

// books lets the visitor book the second of the times, in a form for the number unless it is known.
func (w *world) books() {
	w.Helper()
	if !strings.Contains(w.direct(visitor), "Your call is booked.") {
		w.slack.Say(visitor, "human")
		ts, open := w.button(visitor, "Open the form")
		w.does(w.slack.PressMessage(visitor, w.slack.DM(visitor)[0].Channel, ts, open))
		v := w.front(visitor, func(v sim.View) bool { return v.CallbackID == formSection })
		w.hears(visitor, "These are the next times", func() {
			w.submits(visitor, v, map[string]any{string(rules.ReferrerPhone): "01632 960101"})
		})
	} else {
		w.hears(visitor, "These are the next times", func() { w.slack.Say(visitor, "human") })
	}
	w.hears(visitor, "Shall I book it?", func() { w.slack.Say(visitor, "2") })
	w.presses(visitor, "Yes, book it", "Your call is booked.")
}

// TestACall is booked by a professional, in a form for the number and by button for the time;
// claimed, so that they hear who rings; not answered, twice, which ends it under its reference.
func TestACall(t *testing.T) {
	t.Parallel()
	w := calling(t)
	w.books()
	taken, err := w.store.Taken(t.Context(), time.Now())
	if err != nil || len(taken) != 1 || taken[0].With != carys || !taken[0].Until.IsZero() {
		t.Fatalf("taken: %+v, %v", taken, err)
	}
	ref, when := taken[0].Holder, dialog.At(taken[0].From)
	w.shows(ref, when)
	if card := text(w.cards(ref)); !strings.Contains(card, "1 of 32 questions answered") || !strings.Contains(card, "suggested: Carys Ellis") || strings.Contains(card, "960101") {
		t.Errorf("the card shows %s", card)
	}
	w.claims(carys, ref)
	w.until("they hear who rings", func() bool {
		return strings.Contains(w.direct(visitor), "Carys Ellis will ring you about "+ref+" on "+when+". The call comes from 01632 960100.")
	})
	w.does(w.slack.PressMessage(carys, triage, w.cards(ref)[0].TS, "act:open"))
	whole := w.front(carys, func(v sim.View) bool { return strings.Contains(text(v), "Still unknown") })
	w.does(w.slack.CloseView(carys, whole.ID))

	for n, told := range []string{"did not reach you", "several times"} {
		w.submits(carys, w.chooses(carys, ref, outcome(dialog.CallNoAnswer)), map[string]any{"tried": "yes"})
		w.until("they are told so", func() bool { return strings.Contains(w.direct(visitor), told) })
		if r := w.referral(ref); r.Unanswered != n+1 || (r.Status == dialog.Closed) != (n == 1) || r.Booked.ToCome() {
			t.Errorf("after %d calls without an answer it is %s, %+v", n+1, r.Status, r.Booked)
		}
	}
	if taken, err := w.store.Taken(t.Context(), time.Now()); err != nil || len(taken) > 0 {
		t.Errorf("still taken: %v, %v", taken, err)
	}
	w.settled(10 * time.Second)
	if logged := w.logged.String(); strings.Contains(logged, "960101") {
		t.Errorf("the log has a number:\n%s", logged)
	}
}

// TestWhatComesOfCalls books one call after another, each of which ends in another way: the clinician
// records it in a modal, the time is free again, and the referrer reads what came of it.
func TestWhatComesOfCalls(t *testing.T) {
	t.Parallel()
	w := calling(t)
	for _, end := range []struct {
		step
		status dialog.Status
		off    bool // they are told, too, that the call does not take place
	}{
		{step{dialog.Advice, nil, "advice and consultation", "given advice and consultation. Nothing more is planned", ""}, dialog.Closed, true},
		{step{dialog.Signposted, map[string]any{"resources": []string{"samaritans"}}, "signposted", "Samaritans: 116 123", ""}, dialog.Closed, true},
		{step{dialog.CallNotNeeded, map[string]any{"reason": "They have found another team"}, "call not needed", "is planned now", ""}, dialog.Closed, false},
		{step{dialog.CallTogether, nil, "Claimed by", "is ready to be finished and sent", ""}, dialog.Claimed, false},
	} {
		w.books()
		taken, err := w.store.Taken(t.Context(), time.Now())
		if err != nil || len(taken) != 1 {
			t.Fatalf("before %s these are taken: %+v, %v", end.code, taken, err)
		}
		ref := taken[0].Holder
		w.hears(visitor, "Carys Ellis will ring you about "+ref, func() { w.claims(carys, ref) })
		off := strings.Count(w.direct(visitor), "will not take place")
		w.hears(visitor, end.professional, func() { w.submits(carys, w.chooses(carys, ref, outcome(end.code)), end.values) })
		w.shows(ref, end.card)
		w.settled(10 * time.Second)
		if told := strings.Count(w.direct(visitor), "will not take place") > off; told != end.off {
			t.Errorf("after %s they are told that the call is off: %t", end.code, told)
		}
		if r := w.referral(ref); r.Status != end.status || r.Booked.Ended != end.code || r.Outcome() != end.code {
			t.Errorf("after %s it is %s, %+v", end.code, r.Status, r.Booked)
		}
		if taken, err := w.store.Taken(t.Context(), time.Now()); err != nil || len(taken) > 0 {
			t.Errorf("after %s these are still taken: %v, %v", end.code, taken, err)
		}
		w.hears(visitor, "Shall we go on from where you were?", func() { w.slack.Say(visitor, "status") })
	}
	if said := text(w.slack.Messages(triage)) + w.logged.String(); strings.Contains(said, "960101") || strings.Contains(said, "another team") {
		t.Errorf("the channel or the log tells of people: %s", said)
	}
}

// TestAvailability blocks a clinician's day, which nobody is offered then, and takes it out again;
// nobody else may.
func TestAvailability(t *testing.T) {
	t.Parallel()
	w := calling(t)
	free := func(day rules.Date) (n int) {
		t.Helper()
		roster, err := w.store.Roster(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range w.bot.Service.FreeCalls(time.Now(), rules.Diary{Blocks: roster.Blocks}, "") {
			if rules.DateOf(f.From) == day {
				n++
			}
		}
		return n
	}
	day := rules.DateOf(time.Now()).AddDays(3)
	for rules.BankHoliday(day) != "" {
		day = day.AddDays(1)
	}
	before := free(day)
	w.does(w.slack.Command(visitor, "/availability", ""))
	w.until("they are refused", func() bool { return strings.Contains(text(w.slack.Ephemerals(visitor)), "Only members") })

	w.does(w.slack.Command(carys, "/availability", ""))
	v := w.sheet(carys)
	problems, _, _, err := w.slack.Submit(carys, v.ID, map[string]any{"what": "block", "day": day.String(), "from": "lunch", "to": "20:00"})
	if err != nil || !strings.Contains(problems["from"], "09:30") {
		t.Fatalf("problems %v, %v", problems, err)
	}
	w.submits(carys, v, map[string]any{"what": "block", "day": day.String(), "from": "8", "to": "20:00"})
	w.until("the day is blocked", func() bool { return free(day) == 0 })
	w.until("they are told", func() bool { return strings.Contains(text(w.slack.Ephemerals(carys)), "It is noted: away") })

	w.does(w.slack.Command(carys, "/availability", ""))
	v = w.front(carys, func(v sim.View) bool { return strings.Contains(text(v), "Take out") })
	roster, err := w.store.Roster(t.Context())
	if err != nil || len(roster.Blocks) != 1 {
		t.Fatalf("the roster is %+v, %v", roster, err)
	}
	w.submits(carys, v, map[string]any{"what": "nothing", "remove": []string{roster.Blocks[0].ID}})
	w.until("the day is free", func() bool { return free(day) == before && before > 0 })
}
