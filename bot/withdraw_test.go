package bot

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
)

// TestWithdraw: what a person takes back is recalled with the turn in which they say so:
// the card is drawn anew, whoever had it is told, and an open alert goes on being passed on.
func TestWithdraw(t *testing.T) {
	t.Parallel()
	v := newVigil(t)
	mustHear(t, v.Bot, text("k1", "", "i want to die"))
	mustHear(t, v.Bot, text("k2", "", "human"))
	mustHear(t, v.Bot, text("k3", "", "no phone"))
	c, _ := mustHear(t, v.Bot, text("k4", "", "any time"))
	ref := c.Ref
	anna := dialog.Clinician{ID: "U1", Name: "Anna"}
	if r, _, err := v.Act(t.Context(), ref, "claim", dialog.Deed{Action: dialog.ActClaim, By: anna}); err != nil || r.Status != dialog.Claimed {
		t.Fatalf("claimed: %s, %v", r.Status, err)
	}
	v.alerted()

	mustHear(t, v.Bot, text("k5", "", "withdraw"))
	mustHear(t, v.Bot, text("k5a", "", "yes")) // they are somewhere private
	mustHear(t, v.Bot, text("k5b", "", "withdraw"))
	v.alerted()
	c, out := mustHear(t, v.Bot, text("k6", "", "yes"))
	if c.Ref != "" || len(c.Answers) > 0 || c.Held {
		t.Errorf("kept in the conversation: %+v", c.Answers)
	}
	if said := out.Replies[0].Text; !strings.Contains(said, "We had already told the team that you may not be safe") {
		t.Errorf("they are told %q", said)
	}
	r, err := v.Bot.Store.Referral(t.Context(), ref)
	if err != nil || r.Status != dialog.Withdrawn || r.Claimant != anna {
		t.Errorf("stored as %s, with %q, %v", r.Status, r.Claimant.Name, err)
	}
	if audited := v.audited(ref); strings.Count(audited, "withdrawn") != 1 {
		t.Errorf("audited %s", audited)
	}
	var kinds []string
	for {
		d, ok, err := v.Bot.Store.Take(t.Context(), time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			break
		}
		switch d.Kind {
		case KindCard:
			kinds = append(kinds, "card of "+d.Edits)
		case KindNotice:
			var n dialog.Notice
			if err := json.Unmarshal(d.Body, &n); err != nil || !strings.Contains(n.Text, "taken back") {
				t.Errorf("a notice %q, %v", n.Text, err)
			}
			kinds = append(kinds, "notice to "+n.To)
		}
		if err := deliverOnce(t.Context(), v.Bot.Store, d, d.ID); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(kinds)
	if want := []string{"card of " + ref, "notice to U1"}; !slices.Equal(kinds, want) {
		t.Errorf("handed over %q, want %q", kinds, want)
	}
	v.after(16 * time.Minute)
	v.wants("alert:1:1")
}

// TestWithdrawErased: what an operator has erased meanwhile need not be taken back.
func TestWithdrawErased(t *testing.T) {
	t.Parallel()
	b := newBot(t, func(c dialog.Conversation, _ dialog.Input, _ dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
		return c, dialog.Outcome{Deed: &dialog.Deed{Action: dialog.ActWithdraw}, DeedTo: "R404", Replies: []dialog.Reply{{Text: "ok"}}}, nil
	}, nil)
	if _, out, err := b.Hear(t.Context(), Heard{Chat: someone, Audience: rules.Parent, Keys: []string{"k"}, Input: dialog.Input{Text: "x"}}); err != nil || out.Referral != nil {
		t.Errorf("%+v, %v", out.Referral, err)
	}
}
