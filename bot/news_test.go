package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

var anna = dialog.Clinician{ID: "U1", Name: "Anna"}

// sentIn stores a referral sent in a professional's chat, and sets the time to hold still.
func sentIn(t *testing.T, chat dialog.Chat, ref string) (*Bot, *time.Time) {
	t.Helper()
	b := newBot(t, nil, nil)
	now := time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC)
	b.Now = func() time.Time { return now }
	answers := rules.Answers{rules.Stage: {"born"}, rules.ParentGP: {"Old Surgery"}}
	r := dialog.Referral{
		Ref: ref, Kind: dialog.KindReferral, Chat: chat, Audience: rules.Professional, Status: dialog.Received,
		Answers: answers, ReceivedAt: now, DueAt: b.Service.Calendar().DueAt(now),
	}
	c := dialog.Conversation{Chat: chat, Audience: rules.Professional, Ref: ref, Answers: answers, Stage: dialog.Sent, Held: true, SentAt: now, Warned: []string{"welcome"}}
	if _, err := b.Store.Commit(t.Context(), store.Change{Keys: []string{"sent" + ref}, Conversation: &c, Referral: &r, At: now}); err != nil {
		t.Fatal(err)
	}
	return b, &now
}

// press does a deed, with its sheet filled in if it has one.
func press(t *testing.T, b *Bot, ref, key string, action dialog.Action, filled map[string][]string) dialog.Referral {
	t.Helper()
	r, out, err := b.Act(t.Context(), ref, key, dialog.Deed{Action: action, By: anna})
	if err == nil && out.Sheet != nil {
		r, out, err = b.Act(t.Context(), ref, key+" filled in", dialog.Deed{Action: action, By: anna, Filled: filled, Turn: out.Sheet.Turn})
	}
	if err != nil || out.Refused != "" || out.Mistakes != nil {
		t.Fatalf("%s: %q %v, %v", action, out.Refused, out.Mistakes, err)
	}
	return r
}

// waiting counts what waits to be handed over, by kind.
func waitingKinds(t *testing.T, b *Bot) map[string]int {
	t.Helper()
	kinds := map[string]int{}
	for {
		d, ok, err := b.Store.Take(t.Context(), time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return kinds
		}
		kinds[d.Kind]++
		if err := deliverOnce(t.Context(), b.Store, d, d.ID); err != nil {
			t.Fatal(err)
		}
	}
}

// TestMoreInformation: what a clinician asks is told and asked in the chat exactly once, however
// often its timer is found, and the answer goes back to the clinician with the clock's stop ended.
func TestMoreInformation(t *testing.T) {
	t.Parallel()
	b, now := sentIn(t, someone, "R1")
	press(t, b, "R1", "claim", dialog.ActClaim, nil)
	press(t, b, "R1", "confirm", dialog.ActConfirm, nil)
	press(t, b, "R1", "ask", "outcome:MORE_INFO", map[string][]string{
		"fields": {"parent_gp"}, "from": {"referrer"}, "by": {"2026-11-23"},
		"contact_with": {"referrer"}, "contact_how": {"phone"}, "contact_on": {"2026-11-16"},
	})
	told := due(t, b, *now)
	if len(told) != 2 {
		t.Fatalf("%d pieces of news are due, want 2", len(told))
	}
	waitingKinds(t, b)
	b.fireDue(t.Context())
	for _, timer := range told { // as another process would that found them too
		if err := b.fire(t.Context(), timer); err != nil {
			t.Error(err)
		}
	}
	if got := waitingKinds(t, b)[KindReply]; got != 3 { // receipt, what is asked, and the question
		t.Errorf("said %d messages, want 3", got)
	}
	*now = now.Add(time.Hour)
	h := text("k1", "", "Lakeside Surgery")
	h.Audience = rules.Professional
	mustHear(t, b, h)
	r, err := b.Store.Referral(t.Context(), "R1")
	if err != nil || r.Status != dialog.Claimed || r.Claimant.ID != "U1" || r.Answers.One(rules.ParentGP) != "Lakeside Surgery" {
		t.Errorf("%s with %s and %s, %v", r.Status, r.Claimant.Name, r.Answers.One(rules.ParentGP), err)
	}
	if len(r.Stops) != 1 || r.Stops[0].Why != "MORE_INFO" || !r.Stops[0].Until.Equal(*now) {
		t.Errorf("the clock stood still: %+v", r.Stops)
	}
	if got := waitingKinds(t, b); got[KindPost] != 1 || got[KindCard] != 1 {
		t.Errorf("the clinicians are told %v", got)
	}
}

// TestJoin: each side knows of the other, though no change holds both, and both forget it again.
func TestJoin(t *testing.T) {
	t.Parallel()
	b, now := sentIn(t, someone, "R1")
	other := dialog.Referral{Ref: "R2", Kind: dialog.KindReferral, Audience: rules.Parent, Status: dialog.Received, ReceivedAt: *now}
	if _, err := b.Store.Commit(t.Context(), store.Change{Keys: []string{"other"}, Referral: &other, At: *now}); err != nil {
		t.Fatal(err)
	}
	_, out, err := b.Act(t.Context(), "R1", "none", dialog.Deed{Action: dialog.ActJoin, By: anna, Turn: 1, Filled: map[string][]string{"ref": {"R404"}}})
	if err != nil || out.Mistakes["ref"] == "" {
		t.Errorf("joined to nothing: %+v, %v", out, err)
	}
	press(t, b, "R1", "join", dialog.ActJoin, map[string][]string{"ref": {"r2"}})
	for _, step := range []struct {
		action dialog.Action
		want   [2]string
	}{{"", [2]string{"R2", "R1"}}, {dialog.ActUnjoin, [2]string{"", ""}}} {
		if step.action != "" {
			press(t, b, "R1", "part", step.action, map[string][]string{"ref": {"R2"}})
		}
		b.fireDue(t.Context())
		for i, ref := range []string{"R1", "R2"} {
			if r, err := b.Store.Referral(t.Context(), ref); err != nil || strings.Join(r.Family, " ") != step.want[i] {
				t.Errorf("%s is joined to %v, want %q, %v", ref, r.Family, step.want[i], err)
			}
		}
	}
	if left := due(t, b, *now); len(left) > 0 {
		t.Errorf("still due: %v", left)
	}
}

// TestEnter: a referral that came by another way is taken down once, has a card and clocks, and
// can be returned as incomplete.
func TestEnter(t *testing.T) {
	t.Parallel()
	b, now := sentIn(t, someone, "R1")
	waitingKinds(t, b)
	_, out, err := b.Enter(t.Context(), "open", anna, nil)
	if err != nil || out.Sheet == nil {
		t.Fatalf("no sheet: %+v, %v", out, err)
	}
	filled := map[string][]string{"way": {"phone"}, "received": {"2026-11-16"}, "referrer_type": {"gp"}, "parent_name": {"Tess Marlowe"}, "parent_dob": {"nonsense"}}
	if _, out, err = b.Enter(t.Context(), "wrong", anna, filled); err != nil || out.Mistakes["parent_dob"] == "" {
		t.Fatalf("%+v, %v", out, err)
	}
	filled["parent_dob"] = []string{"3 April 1996"}
	r, out, err := b.Enter(t.Context(), "enter", anna, filled)
	if err != nil || out.Referral == nil || r.Entered != "phone" || r.Answers.One(rules.ParentDOB) != "1996-04-03" {
		t.Fatalf("%v, %v, %v", r, out.Mistakes, err)
	}
	if _, again, err := b.Enter(t.Context(), "enter", anna, filled); err != nil || again.Referral != nil {
		t.Errorf("taken down twice: %v", err)
	}
	if got := waitingKinds(t, b); got[KindCard] != 1 || got[KindNotice] != 1 {
		t.Errorf("handed over %v", got)
	}
	var names []string
	for _, timer := range due(t, b, now.AddDate(0, 0, 30)) {
		if timer.Ref == r.Ref {
			names = append(names, timer.Name)
		}
	}
	slices.Sort(names)
	if want := []string{"receipt_breach", "receipt_lead", "receipt_remind", "unclaimed_escalate", "unclaimed_remind"}; !slices.Equal(names, want) {
		t.Errorf("its clocks are %v", names)
	}
	press(t, b, r.Ref, "claim", dialog.ActClaim, nil)
	r = press(t, b, r.Ref, "return", "outcome:RETURNED_INCOMPLETE", map[string][]string{
		"missing": {"consent"}, "contact_with": {"referrer"}, "contact_how": {"phone"}, "contact_on": {"2026-11-16"},
	})
	if r.Status != dialog.Closed {
		t.Errorf("it is %s", r.Status)
	}
}
