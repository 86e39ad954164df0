package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/rules"
)

// TestWitnessed: an entry says who did what, as what, known how and where, by which words and
// rules, and what the referral was before and is after: between two entries it is the same.
func TestWitnessed(t *testing.T) {
	t.Parallel()
	b, now := sentIn(t, someone, "R1")
	b.Triage = "slack:C1"
	lead := anna
	lead.Lead = true
	press(t, b, "R1", "open", dialog.ActOpen, nil)
	press(t, b, "R1", "claim", dialog.ActClaim, nil)
	for _, deed := range []dialog.Deed{
		{Action: dialog.ActRefused, By: dialog.Clinician{ID: "U9"}, Reason: "claim"},
		{Action: dialog.ActOpen, By: lead},
	} {
		if _, _, err := b.Act(t.Context(), "R1", deed.By.ID, deed); err != nil {
			t.Fatal(err)
		}
	}
	press(t, b, "R1", "ask", "outcome:MORE_INFO", map[string][]string{
		"fields": {"parent_gp"}, "from": {"referrer"}, "by": {"2026-11-23"},
		"contact_with": {"referrer"}, "contact_how": {"phone"}, "contact_on": {"2026-11-16"},
	})
	b.fireDue(t.Context())
	h := text("k1", "", "Lakeside Surgery")
	h.Audience = rules.Professional
	mustHear(t, b, h)
	*now = now.Add(20 * 24 * time.Hour)
	b.fireDue(t.Context())
	if err := b.Erase(t.Context(), "R1", "sam", "asked"); err != nil {
		t.Fatal(err)
	}
	entries, err := b.Store.Audit(t.Context(), "R1")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	ids, last := map[string]bool{}, dialog.Entry{}
	if q, c := dialog.QuestionSet(rules.Professional), dialog.ConsentWording(rules.Professional); q == "" || c == "" || q == dialog.QuestionSet(rules.Parent) || c == dialog.ConsentWording(rules.Parent) {
		t.Errorf("the versions are %q and %q, whoever is asked", q, c)
	}
	for _, e := range entries {
		got = append(got, strings.Join([]string{e.Actor, string(e.Role), e.Auth, e.Channel, e.Action, e.Detail, e.Result}, " "))
		if e.ID == "" || ids[e.ID] {
			t.Errorf("%s has the id %q", e.Action, e.ID)
		}
		ids[e.ID] = true
		if e.Action == "erased" {
			continue
		}
		sameChange := e.Before == last.Before && e.After == last.After
		if e.Before == "" || e.After == "" || last.After != "" && e.Before != last.After && !sameChange {
			t.Errorf("%s: the referral was %q before, and %q after what came before", e.Action, e.Before, last.After)
		}
		if last = e; e.QuestionSet != dialog.QuestionSet(rules.Professional) || e.Consent != dialog.ConsentWording(rules.Professional) {
			t.Errorf("%s is of questions %q and consent %q", e.Action, e.QuestionSet, e.Consent)
		}
	}
	if diff := cmp.Diff([]string{
		"U1 clinician channel_membership slack opened  success",
		"U1 clinician channel_membership slack claimed  success",
		"U9 outsider workspace_account slack refused claim failure",
		"U1 lead channel_membership slack opened  success",
		"U1 clinician channel_membership slack began outcome:MORE_INFO success",
		"U1 clinician channel_membership slack outcome MORE_INFO success",
		"service service   told MORE_INFO success",
		"referrer professional workspace_account telegram edited parent_gp success",
		"referrer professional workspace_account telegram gave_more  success",
		"service service   receipt_breach  success",
		"sam operator system_account command_line erased asked success",
	}, got); diff != "" {
		t.Error(diff)
	}
}
