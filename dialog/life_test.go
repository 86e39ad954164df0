package dialog

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/rules"
)

var (
	anna    = Clinician{ID: "U1", Name: "Anna"}
	offDuty = map[string][]string{"reason": {"off_duty"}}
	ben     = Clinician{ID: "U2", Name: "Ben"}
)

func TestLifeOfAReferral(t *testing.T) {
	t.Parallel()
	facts := Facts{Now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), Service: rules.DefaultService()}
	r := Referral{Ref: "R1", Status: Received, Kind: KindReferral, ReceivedAt: facts.Now}
	for _, step := range []struct {
		deed   Deed
		status Status
		holder Clinician
		told   string
		audit  string
	}{
		{Deed{Action: ActRelease, By: anna}, Received, Clinician{}, "Nobody has claimed R1", "refused release"},
		{Deed{Action: ActReassign, By: anna}, Received, Clinician{}, "Only a lead can reassign R1", "refused reassign"},
		{Deed{Action: "outcome:SIGNPOSTED", By: anna}, Received, Clinician{}, "Nobody has claimed R1", "refused outcome:SIGNPOSTED"},
		{Deed{Action: ActAgree, By: anna}, Received, Clinician{}, "No outcome of R1 waits", "refused agree"},
		{Deed{Action: ActClaim, By: anna}, Claimed, anna, "receipt is still to be confirmed", "claimed"},
		{Deed{Action: ActConfirm, By: anna}, Claimed, anna, "Receipt of R1 is confirmed", "receipt_confirmed"},
		{Deed{Action: ActClaim, By: anna}, Claimed, anna, "You already have R1", "refused claim"},
		{Deed{Action: ActConfirm, By: ben}, Claimed, anna, "has been confirmed by Anna", "refused confirm"},
		{Deed{Action: ActClaim, By: ben}, Claimed, anna, "already claimed by Anna", "refused claim"},
		{Deed{Action: ActRelease, By: ben}, Claimed, anna, "claimed by Anna", "refused release"},
		{Deed{Action: "outcome:DUPLICATE", By: ben}, Claimed, anna, "claimed by Anna, so only they", "refused outcome:DUPLICATE"},
		{Deed{Action: "outcome:RETURNED_INCOMPLETE", By: anna}, Claimed, anna, "came through the bot", "refused outcome:RETURNED_INCOMPLETE"},
		{Deed{Action: ActOpen, By: ben}, Claimed, anna, "", "opened"},
		{Deed{Action: ActRefused, By: ben, Reason: "claim"}, Claimed, anna, "Only members", "refused claim"},
		{Deed{Action: ActUnreachable}, Claimed, anna, "", "unreachable"},
		{Deed{Action: ActUnreachable}, Claimed, anna, "", ""},
		{Deed{Action: ActRelease, By: anna}, Claimed, anna, "", "began release"},
		{Deed{Action: ActRelease, By: anna, Turn: 2, Filled: map[string][]string{"reason": {"nonsense"}}}, Claimed, anna, "", ""},
		{Deed{Action: ActRelease, By: anna, Turn: 1, Filled: offDuty}, Claimed, anna, "has changed since you opened this: it is now claimed, with Anna", "refused release"},
		{Deed{Action: ActRelease, By: anna, Turn: 2, Filled: offDuty}, Received, Clinician{}, "You have released R1", "released off_duty"},
		{Deed{Action: ActClaim, By: ben}, Claimed, ben, "You have claimed R1", "claimed"},
		{Deed{Action: ActHandOver, By: ben, Turn: 4, Filled: map[string][]string{"colleague": {"U1", "Anna"}}}, Claimed, anna, "", "handed_over U1"},
		{Deed{Action: ActReopen, By: anna}, Claimed, anna, "You can't reopen R1 now: it is claimed, with Anna", "refused reopen"},
		{Deed{Action: "outcome:DUPLICATE", By: anna, Turn: 5, Filled: map[string][]string{"reason": {"twice"}}}, Closed, anna, "is recorded: duplicate", "outcome DUPLICATE"},
		{Deed{Action: ActClaim, By: ben}, Closed, anna, "You can't claim R1 now: it is closed", "refused claim"},
		{Deed{Action: ActReopen, By: ben}, Claimed, ben, "You have reopened R1", "reopened"},
	} {
		before := r
		next, out, err := Act(r, step.deed, facts)
		if err != nil {
			t.Fatalf("%s: %v", step.deed.Action, err)
		}
		if diff := cmp.Diff(before, r); diff != "" {
			t.Fatalf("Act changed what it was given: %s", diff)
		}
		told, audits := "", []string{}
		for _, n := range out.Notices {
			told = n.Text
		}
		for _, e := range out.Audit {
			audits = append(audits, strings.TrimSpace(e.Action+" "+e.Detail))
		}
		audit := strings.Join(audits, ", ")
		if next.Status != step.status || next.Claimant != step.holder || !strings.Contains(told, step.told) || (step.told == "") != (told == "") || audit != step.audit {
			t.Errorf("%s by %s: %s, held by %q, told %q, audit %q", step.deed.Action, step.deed.By.Name, next.Status, next.Claimant.Name, told, audit)
		}
		r = next
	}
	if _, _, err := Act(r, Deed{Action: "dance"}, facts); err == nil {
		t.Error("an unknown action is no error")
	}
}

// TestWithdrawn: what its sender takes back is nobody's to claim or to read any more, whoever
// had it is told, and an alert of it stays open and leads to it until it is acknowledged.
func TestWithdrawn(t *testing.T) {
	t.Parallel()
	facts := Facts{Now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), Service: rules.DefaultService()}
	for _, c := range []struct {
		name    string
		r       Referral
		told    string // to whoever had it
		card    string
		buttons int
	}{
		{"nobody had it", Referral{Status: Received}, "", "Taken back by the person who sent it; nobody had it", 0},
		{"anna had it", Referral{Status: Claimed, Claimant: anna}, "U1 R1, which you have claimed, has been taken back", "Taken back by the person who sent it; Anna had it", 0},
		{"an alert is open", Referral{Status: Claimed, Claimant: anna, Alerts: []Alert{{N: 1}}}, "U1 R1, which you have claimed, has been taken back by the person who sent it. Please go no further with it. An alert about it is still open", "Taken back by the person who sent it; Anna had it Alert open", 1},
		{"an alert is acknowledged", Referral{Status: Received, Alerts: []Alert{{N: 1, Acknowledged: ben}}}, "", "Taken back by the person who sent it; nobody had it Alert acknowledged by Ben", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.r.Ref, c.r.Kind, c.r.Answers = "R1", KindReferral, secrets
			r, out, err := Act(c.r, Deed{Action: ActWithdraw}, facts)
			if err != nil || r.Status != Withdrawn || len(out.Audit) != 1 || out.Audit[0].Actor != "referrer" || out.Audit[0].Action != "withdrawn" {
				t.Fatalf("%s, audit %+v, %v", r.Status, out.Audit, err)
			}
			told := ""
			for _, n := range out.Notices {
				told = n.To + " " + n.Text
			}
			if !strings.HasPrefix(told, c.told) || (told == "") != (c.told == "") {
				t.Errorf("told %q", told)
			}
			var lines []string
			card := CardOf(r, facts)
			for _, l := range card.Lines {
				lines = append(lines, l.Label+" "+l.Value)
			}
			if got := strings.Join(lines, " "); got != c.card || len(card.Buttons) != c.buttons {
				t.Errorf("the card says %q, with buttons %v", got, card.Buttons)
			}
			if whole := fmt.Sprint(Whole(r, facts)); strings.Contains(whole, "Quillfeather") != (c.buttons > 0) {
				t.Errorf("it reads %s", whole)
			}
			for _, action := range []Action{ActClaim, ActRelease, ActWithdraw} {
				next, out, err := Act(r, Deed{Action: action, By: anna}, facts)
				if err != nil || next.Status != Withdrawn || next.Claimant != r.Claimant || len(out.Audit) != 1 || out.Audit[0].Action != "refused" {
					t.Errorf("%s of it: %s, audit %+v, %v", action, next.Status, out.Audit, err)
				}
			}
		})
	}
}

var (
	cara           = Clinician{ID: "U3", Name: "Cara", Lead: true}
	seen           = Life{Confirmed: anna}
	proposed       = Life{Confirmed: anna, Proposed: &Result{Code: Advice, By: anna}}
	administrative = ends(Duplicate, WithdrawnByParent, NoConsent, TransferredOut, EscalatedSafeguarding)
)

// ends are the actions of outcomes.
func ends(codes ...Code) []Action {
	var out []Action
	for _, c := range codes {
		out = append(out, ActOutcome.with(c))
	}
	return out
}

func TestCan(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		r    Referral
		by   Clinician
		want []Action
	}{
		{Referral{Status: Draft}, anna, []Action{ActOpen}},
		{Referral{Status: Received}, anna, []Action{ActClaim, ActOpen, ActConfirm, ActNote, ActSnooze, ActJoin}},
		{Referral{Status: Received}, cara, []Action{ActClaim, ActOpen, ActConfirm, ActReassign, ActNote, ActSnooze, ActJoin}},
		{Referral{Status: Claimed, Claimant: anna, Life: seen}, anna, slices.Concat([]Action{ActOpen}, ends(MoreInfo, Advice, Signposted, Accepted), administrative,
			[]Action{ActRelease, ActHandOver, ActNote, ActSnooze, ActJoin})},
		{Referral{Status: Claimed, Claimant: anna, Life: seen}, ben, []Action{ActOpen, ActNote, ActJoin}},
		{Referral{Status: Claimed, Claimant: anna, Life: Life{Confirmed: anna, Entered: "phone", Family: []string{"R2"}}}, ben, []Action{ActOpen, ActNote, ActJoin, ActUnjoin}},
		{Referral{Status: Claimed, Claimant: anna, Life: proposed}, ben, []Action{ActAgree, ActSendBack, ActOpen, ActNote, ActJoin}},
		{Referral{Status: Awaiting, Claimant: anna, Life: seen}, anna, slices.Concat([]Action{ActOpen}, ends(Advice, Signposted, Accepted), administrative,
			[]Action{ActHandOver, ActNote, ActSnooze, ActJoin})},
		{Referral{Status: Decided, Claimant: anna, Life: seen}, anna, slices.Concat([]Action{ActOpen}, ends(Assessed, Formulation, Intervention, SignpostedAfter), administrative,
			[]Action{ActHandOver, ActReopen, ActNote, ActSnooze, ActJoin})},
		{Referral{Status: Decided, Claimant: anna, Life: seen}, cara, []Action{ActOpen, ActReassign, ActNote, ActJoin}},
		{Referral{Status: Closed, Claimant: anna}, ben, []Action{ActOpen, ActReopen, ActNote, ActJoin}},
		{Referral{Status: Withdrawn}, anna, []Action{}},
		{Referral{Status: Withdrawn, Alerts: []Alert{{N: 1}}}, anna, []Action{ActOpen}},
	} {
		if got := Can(c.r, c.by); !slices.Equal(got, c.want) {
			t.Errorf("%s by %s can %v, want %v", c.r.Status, c.by.Name, got, c.want)
		}
	}
}

// TestMerge: a call asked for becomes the referral under the same reference, and whoever
// has it keeps it; a call asked for after sending changes nothing but that.
func TestMerge(t *testing.T) {
	t.Parallel()
	early, late := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC), time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	call := Referral{Ref: "R1", Kind: KindCall, Status: Claimed, Claimant: anna, CallWanted: true, CallTimes: "morning", ReceivedAt: early}
	sent := Referral{Ref: "R1", Kind: KindReferral, Status: Received, ReceivedAt: late, Answers: rules.Answers{rules.Stage: {"born"}}}
	got := Merge(call, sent)
	if got.Kind != KindReferral || got.Status != Claimed || got.Claimant != anna || !got.CallWanted || got.CallTimes != "morning" || got.ReceivedAt != late {
		t.Errorf("the call did not become the referral: %+v", got)
	}
	again := Merge(got, Referral{Ref: "R1", Kind: KindCall, CallWanted: true, CallTimes: "afternoon", ReceivedAt: late.Add(time.Hour)})
	if again.Kind != KindReferral || again.ReceivedAt != late || again.CallTimes != "afternoon" || !again.Answers.Has(rules.Stage) {
		t.Errorf("a call after sending changed the referral: %+v", again)
	}
}

// TestMergeKeepsTheReading: a draft that a fault of ours kept from being read against the criteria
// does not take away the reading there was.
func TestMergeKeepsTheReading(t *testing.T) {
	t.Parallel()
	read := func(version, band string) Referral {
		return Referral{Ref: "R1", Kind: KindDraft, Status: Draft, RuleSet: version, Assessment: rules.Assessment{Bands: rules.Bands{Safety: band}}}
	}
	for _, c := range []struct {
		stored, sent Referral
		want         string
	}{
		{read("1.0", "S2"), read("", ""), "1.0 S2"},
		{read("1.0", "S2"), read("1.1", "S3"), "1.1 S3"},
		{read("", ""), read("1.1", "S3"), "1.1 S3"},
	} {
		r := Merge(c.stored, c.sent)
		if got := r.RuleSet + " " + r.Assessment.Bands.Safety; got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
		if strings.Contains(fmt.Sprint(Whole(r, Facts{Service: rules.DefaultService()})), "Not read yet") {
			t.Error("it is said not to have been read")
		}
	}
}

// secrets are answers that could say who somebody is, or what must not stand in a channel.
var secrets = rules.Answers{
	rules.ParentName: {"Zanzibar Quillfeather"}, rules.ParentDOB: {"1996-02-11"}, rules.ParentNHSNumber: {"9990001014"},
	rules.ParentAddress: {"77 Canary Wharf Lane"}, rules.ParentPostcode: {"CM2 9AB"}, rules.ParentPhone: {"07700 900199"},
	rules.ParentGP: {"Canarygate Surgery"}, rules.BabyName: {"Xerxes Quillfeather"}, rules.BabyDOB: {"2026-06-20"},
	rules.Concern: {"Canary words that nobody else says"}, rules.RiskDetail: {"canary plan"}, rules.SocialWorker: {"Canary Worker"},
	rules.ReferrerName: {"Canary Referrer"}, rules.ReferrerPhone: {"01632 960199"}, rules.ReferrerEmail: {"canary@example.nhs.uk"},
	rules.BabiesNames: {"Xerxes", "Yolanda"}, rules.BabiesOfConcern: {"Xerxes"}, rules.Circumstances: {"multiple", "prison"},
	rules.Stage: {"born"}, rules.Consent: {"yes"}, rules.DomesticAbuse: {"current"}, rules.Factors: {"substance_misuse", "conceived_through_trauma"},
	rules.Risk: {"self"}, rules.Ethnicity: {"A"}, rules.NetworkDetail: {"Canary Visitor"}, rules.Network: {"health_visitor"},
	rules.ReferrerType: {"health_visitor"}, rules.Screening: {"EPDS 14 2026-11-01 item 2"},
}

func TestCardTellsNobodyWhoTheyAre(t *testing.T) {
	t.Parallel()
	facts := Facts{Now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), Service: rules.DefaultService()}
	for _, a := range []rules.Audience{rules.Parent, rules.Professional} {
		c := rules.Case{Audience: a, Today: rules.DateOf(facts.Now), Answers: secrets, Service: facts.Service}
		r := Referral{Ref: "R1", Kind: KindReferral, Audience: a, Status: Received, Answers: secrets, Assessment: rules.Assess(c), ReceivedAt: facts.Now, CallWanted: true, CallTimes: "canary o'clock"}
		card := fmt.Sprintf("%+v", CardOf(r, facts))
		for _, leak := range []string{"Quillfeather", "Xerxes", "Yolanda", "1996", "11 February", "2026-06-20", "20 June", "999000", "Canary", "canary", "CM2", "07700", "01632", "example", "prison", "abuse", "unsafe", "substance", "trauma", "EPDS"} {
			if strings.Contains(card, leak) {
				t.Errorf("the card of a %s's referral says %q: %s", a, leak, card)
			}
		}
		for _, has := range []string{"4–11 months", "S2 same day", "self-harm", "home in the area"} {
			if !strings.Contains(card, has) {
				t.Errorf("the card lacks %q: %s", has, card)
			}
		}
		whole := fmt.Sprintf("%+v", Whole(r, facts))
		for _, has := range []string{"Zanzibar Quillfeather", "11 February 1996", "Canary words", "not a parenting assessment", "canary o'clock"} {
			if !strings.Contains(whole, has) {
				t.Errorf("the whole referral lacks %q", has)
			}
		}
		if s := fmt.Sprintf("%v %v", r, Conversation{Answers: secrets}); strings.Contains(s, "anary") || strings.Contains(s, "Quill") {
			t.Errorf("printing a value shows %s", s)
		}
	}
}
