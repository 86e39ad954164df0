package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// says lets a racer say something, or press a button by its code, and returns what they are told.
func says(t *testing.T, b *Bot, n int, words, code string) string {
	t.Helper()
	c, err := b.Store.Conversation(t.Context(), racer(n))
	if err != nil {
		t.Fatal(err)
	}
	in := dialog.Input{Text: words}
	if code != "" {
		in = dialog.Input{Press: &dialog.Press{Prompt: c.Asked.ID, Choice: code}}
	}
	_, out := mustHear(t, b, Heard{Chat: racer(n), Audience: rules.Professional, Keys: []string{fmt.Sprint(n, ":", c.Version)}, Input: in})
	return out.Replies[len(out.Replies)-1].Text
}

// TestCallTaken: of two who choose the same time one has it, and the other is told so and offered
// the next; what a clinician then does to it succeeds, whatever has become of the slot.
func TestCallTaken(t *testing.T) {
	t.Parallel()
	b := raceBot(newBot(t, nil, nil).Store)
	b.Service.Calls.AtOnce = 1
	for n := range 2 {
		says(t, b, n, "human", "")
		if told := says(t, b, n, "01632 960101", ""); !strings.HasPrefix(told, "These are the next times") {
			t.Fatalf("%d is told %q", n, told)
		}
	}
	kept := says(t, b, 0, "", "time_1")
	if told := says(t, b, 1, "", "time_1"); !strings.Contains(kept, "It is kept for you") || !strings.HasPrefix(told, "Sorry, that time has just been taken.") {
		t.Errorf("one is told %q, and the other %q", kept, told)
	}
	if told := says(t, b, 0, "", "book_it"); !strings.HasPrefix(told, "Your call is booked.") {
		t.Errorf("told %q", told)
	}
	open, err := b.Store.Open(t.Context())
	if err != nil || len(open) != 1 {
		t.Fatal(open, err)
	}
	// As after a store was put back: somebody else has the slot.
	if _, err := b.Store.Commit(t.Context(), store.Change{GiveUp: open[0].Ref, At: b.now()}); err != nil {
		t.Fatal(err)
	}
	other := rules.Taken{Slot: open[0].Booked.Slot, Holder: "R99-1"}
	if _, err := b.Store.Commit(t.Context(), store.Change{Take: &other, At: b.now()}); err != nil {
		t.Fatal(err)
	}
	r, _, err := b.Act(t.Context(), open[0].Ref, "press", dialog.Deed{Action: dialog.ActClaim, By: dialog.Clinician{ID: "U1", Name: "Anna"}})
	if err != nil || r.Status != dialog.Claimed {
		t.Errorf("claiming gives %v, %v", r, err)
	}
}

// TestOrdinaryTurnsLookNothingUp: what is known of calls is only read where it is needed.
func TestOrdinaryTurnsLookNothingUp(t *testing.T) {
	t.Parallel()
	b := raceBot(newBot(t, nil, nil).Store)
	looked := 0
	b.Busy = func() map[string][]rules.Span { looked++; return nil }
	for _, words := range []string{"hello", "help", "yes", "human", "back"} {
		says(t, b, 0, words, "")
	}
	if looked != 0 {
		t.Errorf("looked up %d times", looked)
	}
	says(t, b, 0, "human", "")
	says(t, b, 0, "01632 960101", "")
	if looked != 1 {
		t.Errorf("looked up %d times, want once", looked)
	}
}

// called is a bot and the call that has been booked there, which Anna is suggested for.
func called(t *testing.T) (*Bot, dialog.Referral) {
	t.Helper()
	b := raceBot(newBot(t, nil, nil).Store)
	b.Service.Calls.Clinicians = []rules.CallClinician{{Name: "Anna Lund", Slack: "U1"}, {Name: "Ben Ojo", Slack: "U2"}}
	says(t, b, 0, "human", "")
	says(t, b, 0, "01632 960101", "")
	says(t, b, 0, "", "time_1")
	says(t, b, 0, "", "book_it")
	open, err := b.Store.Open(t.Context())
	if err != nil || len(open) != 1 || open[0].Booked.With.ID != "U1" {
		t.Fatal(open, err)
	}
	return b, open[0]
}

// TestCallAtWhichItsClinicianIsAway: a call is changed to a time at which whoever has claimed it is
// busy. They lose it in the same change, audited; the slot and the call are whoever is suggested's,
// and what was meanwhile pressed on the old state is refused.
func TestCallAtWhichItsClinicianIsAway(t *testing.T) {
	t.Parallel()
	b, r := called(t)
	ref, booked := r.Ref, r.Booked.Slot
	if _, _, err := b.Act(t.Context(), ref, "claim", dialog.Deed{Action: dialog.ActClaim, By: dialog.Clinician{ID: "U1", Name: "Anna"}}); err != nil {
		t.Fatal(err)
	}
	b.Busy = func() map[string][]rules.Span {
		return map[string][]rules.Span{"U1": {{From: booked.To, To: booked.To.Add(time.Hour)}}}
	}
	says(t, b, 0, "", "change_call")
	says(t, b, 0, "", "time_2")
	if told := says(t, b, 0, "", "book_it"); !strings.Contains(told, "A clinician will ring you") || strings.Contains(told, "Lund") {
		t.Errorf("the caller is told %q", told)
	}
	r, err := b.Store.Referral(t.Context(), ref)
	if err != nil || r.Status != dialog.Received || r.Claimant.ID != "" || r.Booked.With.ID != "U2" || r.Booked.From.Equal(booked.From) {
		t.Fatalf("it is %s, with %q, and %+v is to ring; %v", r.Status, r.Claimant.ID, r.Booked, err)
	}
	taken, err := b.Store.Taken(t.Context(), b.now())
	if err != nil || len(taken) != 1 || taken[0].With != "U2" || !taken[0].From.Equal(r.Booked.From) {
		t.Errorf("taken %+v, %v", taken, err)
	}
	audit, err := b.Store.Audit(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	given := slices.IndexFunc(audit, func(e dialog.Entry) bool { return e.Action == "given_back" })
	if given < 0 || audit[given].Detail != "U1" || audit[given].Result != dialog.Success || audit[given].Before == audit[given].After {
		t.Errorf("the audit says %+v", audit)
	}
	_, out, err := b.Act(t.Context(), ref, "release", dialog.Deed{Action: dialog.ActRelease, By: dialog.Clinician{ID: "U1", Name: "Anna"}})
	if err != nil || out.Refused == "" {
		t.Errorf("they release what they have not: %+v, %v", out, err)
	}
}

// TestHandedOverWhileItsCallIsMoved: whoever has it and is away at the new time hands it over just
// then to somebody who is there. That colleague keeps it.
func TestHandedOverWhileItsCallIsMoved(t *testing.T) {
	t.Parallel()
	b, r := called(t)
	ref, booked, anna := r.Ref, r.Booked.Slot, dialog.Clinician{ID: "U1", Name: "Anna"}
	claimed, _, err := b.Act(t.Context(), ref, "claim", dialog.Deed{Action: dialog.ActClaim, By: anna})
	if err != nil {
		t.Fatal(err)
	}
	b.Busy = func() map[string][]rules.Span {
		return map[string][]rules.Span{"U1": {{From: booked.To, To: booked.To.Add(time.Hour)}}}
	}
	says(t, b, 0, "", "change_call")
	says(t, b, 0, "", "time_2")
	b.step = func(c dialog.Conversation, in dialog.Input, f dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
		next, out, err := dialog.Step(c, in, f)
		if out.Deed != nil && out.Deed.Action == dialog.ActGiveBack {
			deed := dialog.Deed{Action: dialog.ActHandOver, By: anna, Filled: map[string][]string{"colleague": {"U2"}}, Turn: claimed.Turn()}
			if _, _, err := b.Act(t.Context(), ref, "hand_over", deed); err != nil {
				t.Error(err)
			}
		}
		return next, out, err
	}
	says(t, b, 0, "", "book_it")
	r, err = b.Store.Referral(t.Context(), ref)
	if err != nil || r.Claimant.ID != "U2" || r.Booked.With.ID != "U2" || r.Booked.From.Equal(booked.From) {
		t.Errorf("%q has it, and %+v is to ring; %v", r.Claimant.ID, r.Booked, err)
	}
}

// TestInvitationWaitsForItsAddress: a professional who books a call and gives an address after it is
// sent the invitation with that turn, and nothing more for it when they answer on.
func TestInvitationWaitsForItsAddress(t *testing.T) {
	t.Parallel()
	b := raceBot(newBot(t, nil, nil).Store)
	b.Mailbox = "mail:team@example.org"
	letters := func() (to []string) {
		for {
			d, ok, err := b.Store.Take(t.Context(), time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				return to
			}
			if err := b.Store.Done(t.Context(), d, ""); err != nil {
				t.Fatal(err)
			}
			if d.Kind == KindLetter {
				to = append(to, d.Destination)
			}
		}
	}
	says(t, b, 0, "human", "")
	says(t, b, 0, "01632 960101", "")
	says(t, b, 0, "", "time_1")
	says(t, b, 0, "", "book_it")
	says(t, b, 0, "", "carry_on")
	for _, said := range []string{"yes", "born", "Sam Okafor", "health visitor", "Mid Essex health visiting"} {
		says(t, b, 0, said, "")
	}
	if early := letters(); early != nil {
		t.Fatalf("letters to %v before there is an address", early)
	}
	says(t, b, 0, "sam@example.org", "")
	if got := letters(); !slices.Equal(got, []string{"mail:sam@example.org"}) {
		t.Fatalf("letters to %v", got)
	}
	says(t, b, 0, "Tess Marlowe", "")
	says(t, b, 0, "3 April 1996", "")
	if again := letters(); again != nil {
		t.Errorf("letters to %v again", again)
	}
	open, err := b.Store.Open(t.Context())
	if err != nil || len(open) != 1 || open[0].Kind != dialog.KindCall || open[0].Answers.Has(rules.ParentName) {
		t.Errorf("the clinicians have %v, %v", open, err)
	}
}
