package slack

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/store"
)

// swift is a process whose clocks run fast.
func swift() Options {
	return Options{
		Quiet: time.Millisecond, SweepEvery: 20 * time.Millisecond, ReadEvery: 20 * time.Millisecond,
		Pace: time.Millisecond, Lease: 20 * time.Millisecond,
	}
}

// calls counts the calls of a method that Slack took.
func (w *world) calls(method string) int {
	n := 0
	for _, call := range w.slack.Calls() {
		if call.Method == method && call.Refused == "" {
			n++
		}
	}
	return n
}

// pinned posts a card past the queue, as an attempt does of which nothing came to be known.
func (w *world) pinned(d store.Delivery) sim.SlackMessage {
	w.Helper()
	_, err := w.client.pin(w.Context(), triage, d, ref, plainCard(ref))
	w.does(err)
	cards := w.cards(ref)
	return cards[len(cards)-1]
}

// recorded takes the card waiting to be posted off the queue as if it had been posted as ts.
func (w *world) recorded(ts string) {
	w.Helper()
	d, ok, err := w.store.Take(w.Context(), time.Minute)
	if err != nil || !ok {
		w.Fatalf("nothing waits: %v", err)
	}
	w.does(w.store.Start(w.Context(), d))
	w.does(w.store.Done(w.Context(), d, ts))
}

// Of several copies one stays: the one that is edited from now on.
func TestSweepLeavesOne(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		before  func(w *world, cards []sim.SlackMessage)
		survive int
	}{
		{"the earliest", func(*world, []sim.SlackMessage) {}, 0},
		{"the one that the store addresses", func(w *world, cards []sim.SlackMessage) { w.recorded(cards[1].TS) }, 1},
		{"the one that was edited", func(w *world, cards []sim.SlackMessage) {
			_, err := w.client.edit(w.Context(), triage, cards[2].TS, plainCard(ref).called(ref))
			w.does(err)
		}, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := idleWorld(t, sim.SlackOptions{})
			d := w.keep(ref)
			cards := []sim.SlackMessage{w.pinned(d), w.pinned(d), w.pinned(d)}
			test.before(w, cards)
			w.client.o.Quiet = 0
			w.client.sweep(t.Context())
			if left := w.cards(ref); len(left) != 1 || left[0].TS != cards[test.survive].TS {
				t.Errorf("%d are left: %s", len(left), text(left))
			}
			if got := w.slack.Messages(triage)[0].Metadata; !strings.Contains(got, ref) || hasAny(got, secrets(w)) {
				t.Errorf("metadata %s", got)
			}
		})
	}
}

// Every copy of a card does the same, and an edit goes to the copy that is left, whichever
// the store addressed.
func TestCopiesAreHarmless(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	first := w.refer(ref)
	d := delivery("the same", bot.KindCard, "slack:"+triage, ref, "", bot.CardBody{Ref: ref})
	r := w.referral(ref)
	_, err := w.client.pin(t.Context(), triage, d, ref, drawCard(ref, dialog.CardOf(r, w.bot.Facts(r.Chat))))
	w.does(err)
	second := w.cards(ref)[1]

	w.does(w.slack.PressMessage(carys, triage, second.TS, "act:claim"))
	w.until("she has it", func() bool { return w.referral(ref).Claimant.ID == carys })
	w.does(w.slack.PressMessage(daniel, triage, first.TS, "act:claim"))
	w.until("he is told who has it", func() bool { return strings.Contains(w.told(daniel), "already claimed by Carys Bevan") })
	w.does(w.slack.PressMessage(carys, triage, first.TS, "act:claim"))
	w.until("she is told she has it", func() bool { return strings.Contains(w.told(carys), "You already have") })
	for i, ts := range []string{first.TS, second.TS} {
		w.does(w.slack.PressMessage(daniel, triage, ts, "act:open"))
		w.until("he reads it", func() bool { return count(w.audited(ref), "opened") == i+1 })
	}

	_, _, err = w.client.api.DeleteMessage(triage, first.TS)
	w.does(err)
	_, _, err = w.bot.Act(t.Context(), ref, "release", dialog.Deed{
		Action: dialog.ActRelease, By: dialog.Clinician{ID: carys}, Filled: map[string][]string{"reason": {"other"}}, Turn: w.referral(ref).Turn(),
	})
	w.does(err)
	w.until("it is nobody's", func() bool { return w.referral(ref).Claimant.ID == "" })
	w.does(w.slack.PressMessage(daniel, triage, second.TS, "act:claim"))
	w.until("a card says who has it", func() bool { return strings.Contains(text(w.cards(ref)), "Daniel Osei") })
	if left := w.cards(ref); len(left) != 1 || left[0].TS != second.TS {
		t.Errorf("%s", text(left))
	}
}

// What may still be under way is left alone, and so is what only looks like ours.
func TestSweepLeavesAlone(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	d := w.keep(ref)
	w.pinned(d)
	w.pinned(d)
	w.client.sweep(t.Context())
	if n := len(w.cards(ref)); n != 2 {
		t.Errorf("of two just posted %d are left", n)
	}
	l := &listing{asked: time.Now(), posts: []post{{id: "a", ts: "2.0"}, {id: "b", ts: "1.0"}, {id: "c", name: "n", ts: "0.0"}}}
	if found := l.copies(0); len(found) > 0 {
		t.Errorf("taken for copies: %v", found)
	}
	w.client.self = "U0SOMEBODYELSE"
	if l, err := w.client.shows(t.Context(), triage, time.Now().Add(-time.Hour), time.Now()); err != nil || len(l.posts) > 0 {
		t.Errorf("messages of another app are taken for ours: %v, %v", l.posts, err)
	}
}

// A channel too long for one page is swept, and found in, however seldom it may be read.
func TestSweepThroughLimits(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{ReadEvery: 900 * time.Millisecond})
	w.client.o.Quiet = 0
	d := w.keep(ref)
	w.pinned(d)
	for i := range 200 {
		other := delivery(fmt.Sprint("other", i), bot.KindCard, "slack:"+triage, fmt.Sprint("other", i), "", nil)
		_, err := w.client.pin(t.Context(), triage, other, "other", plainCard("other"))
		w.does(err)
	}
	w.pinned(d)
	w.client.sweep(t.Context())
	if n := len(w.cards(ref)); n != 1 {
		t.Errorf("%d cards", n)
	}
	if n := w.calls("conversations.history"); n != 3 { // two pages, and the safety channel
		t.Errorf("history was read %d times", n)
	}
}

// A look through a long channel that Slack breaks off is gone on with where it ended.
func TestListingGoesOn(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{ReadEvery: 900 * time.Millisecond})
	first := w.pinned(w.keep(ref))
	for range 200 {
		_, _, err := w.client.api.PostMessage(triage, plainCard("other").options()...)
		w.does(err)
	}
	d := delivery(ref, bot.KindCard, "slack:"+triage, ref, "", bot.CardBody{Ref: ref})
	d.At = time.Now().Add(-time.Second)
	w.client.started = time.Now()
	var later *bot.Later
	if _, err := w.client.Deliver(t.Context(), d); !errors.As(err, &later) {
		t.Fatalf("with half of it read: %v", err)
	}
	ts := ""
	w.does(w.client.insist(t.Context(), place{}, func() (err error) {
		ts, err = w.client.Deliver(t.Context(), d)
		return err
	}))
	if n := w.calls("conversations.history"); ts != first.TS || n != 2 {
		t.Errorf("found %q after reading %d pages, want %q after 2", ts, n, first.TS)
	}
}

// A referral whose card somebody has deleted is told to the operator once, and not posted
// anew.
func TestCardDeletedByHand(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	w.client = w.process(swift())
	w.run()
	card := w.refer(ref)
	w.until("it has been swept", func() bool { return w.calls("conversations.history") > 2 })
	if strings.Contains(w.logged.String(), "has been deleted") {
		t.Errorf("told of a card that is there: %s", w.logged)
	}
	_, _, err := w.client.api.DeleteMessage(triage, card.TS)
	w.does(err)
	w.until("the operator is told", func() bool { return strings.Contains(w.logged.String(), "has been deleted") })
	seen := w.calls("conversations.history")
	w.until("it has been swept again", func() bool { return w.calls("conversations.history") > seen+4 })
	if n := strings.Count(w.logged.String(), "has been deleted"); n != 1 || len(w.cards(ref)) > 0 {
		t.Errorf("told %d times, %d cards", n, len(w.cards(ref)))
	}
}

// Of two processes one sweeps, and the other once that has ended.
func TestOneSweeps(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	w.client = w.process(swift())
	other := w.process(swift())
	if !other.holds(t.Context(), partSweep, time.Hour) {
		t.Fatal("the part is not to be had")
	}
	w.client.o.ReadEvery = time.Hour
	stop := w.start()
	w.until("it has caught up", func() bool { return w.calls("users.conversations") > 0 })
	if n := w.calls("conversations.history"); n > 0 {
		t.Errorf("swept %d times beside another", n)
	}
	other.giveBack(t.Context(), partSweep)
	w.until("it sweeps", func() bool { return w.calls("conversations.history") > 0 })
	stop()
	if !other.holds(t.Context(), partSweep, time.Hour) {
		t.Error("the part was not given back")
	}
}

// After a start what waited before it is looked for before it is posted, with one reading for
// all of it; what is committed later is not.
func TestLookUpFirst(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	safetyAt, dm := "slack:"+safety, "slack:"+visitor
	var waiting []store.Delivery
	for i := range 20 {
		waiting = append(waiting, delivery(fmt.Sprint("card", i), bot.KindCard, "slack:"+triage, ref, "", bot.CardBody{Ref: ref}))
	}
	waiting = append(waiting,
		delivery("alert", bot.KindAlert, safetyAt, "alert:"+ref+":1:0", "", dialog.Alert{Ref: ref, N: 1, Category: "psychosis"}),
		delivery("reply", bot.KindReply, dm, "P1", "", dialog.Reply{Prompt: "P1", Text: "A question"}))
	w.keep(ref)
	shown := map[string]string{}
	for i, d := range waiting {
		waiting[i].At = time.Now()
		ts, err := w.client.Deliver(t.Context(), waiting[i])
		w.does(err)
		shown[d.ID] = ts
	}
	if n := w.calls("conversations.history"); n > 0 {
		t.Errorf("history was read %d times for what was committed after the start", n)
	}

	posted := w.calls("chat.postMessage")
	restored := w.process(Options{})
	late := delivery("late", bot.KindCard, "slack:"+triage, "late", "", bot.CardBody{Ref: ref})
	late.At = restored.started.Add(-time.Millisecond)
	for _, d := range append(slices.Clone(waiting), late) {
		ts, err := restored.Deliver(t.Context(), d)
		if err != nil || ts == "" || d.ID != "late" && ts != shown[d.ID] {
			t.Errorf("%s: found as %q, %v, want %q", d.ID, ts, err, shown[d.ID])
		}
	}
	if n := w.calls("chat.postMessage") - posted; n != 1 {
		t.Errorf("%d were posted, want only the one that had not been", n)
	}
	if n := w.calls("conversations.history"); n != 3 {
		t.Errorf("history was read %d times, want once for each of three channels", n)
	}
}
