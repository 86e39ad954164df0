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

// family is what a referral of one family says, with changes: "field=value", or "field=" for
// nothing.
func familyOf(changes ...string) rules.Answers {
	a := rules.Answers{
		rules.Stage: {"born"}, rules.ParentDOB: {"1996-02-11"}, rules.ParentPostcode: {"CM2 9AB"}, rules.ParentPhone: {"07700 900199"},
		rules.ParentNHSNumber: {"9990001014"}, rules.BabyNHSNumber: {"9990001022"}, rules.BabyDOB: {"2026-06-20"}, rules.BabyName: {"Xerxes Quillfeather"},
	}
	for _, change := range changes {
		field, value, _ := strings.Cut(change, "=")
		if a = a.Without(rules.Field(field)); value != "" {
			a = a.With(rules.Field(field), value)
		}
	}
	return a
}

var (
	noNumbers = []string{"parent_nhs_number=", "baby_nhs_number="}
	moved     = append(slices.Clip(noNumbers), "parent_postcode=CO1 1AA", "parent_phone=01632 960001")
)

// TestLikeness: what another referral may be, by what both say. Only a clinician joins them.
func TestLikeness(t *testing.T) {
	t.Parallel()
	pregnant := append(slices.Clip(noNumbers), "baby_dob=", "baby_name=", "stage=pregnant")
	for _, c := range []struct {
		name        string
		one, other  rules.Answers
		want        likeness
		otherStatus Status
	}{
		{"the same", familyOf(), familyOf(), alike, ""},
		{"the same, closed", familyOf(), familyOf(), alike, Closed},
		{"the same, taken back", familyOf(), familyOf(), unlike, Withdrawn},
		{"another family", familyOf(), familyOf("parent_nhs_number=9990001030", "baby_nhs_number=9990001049", "parent_dob=1990-01-01", "parent_phone=01632 960002"), sibling, ""}, // a baby of that day at that postcode
		{"another family altogether", familyOf(), familyOf("parent_nhs_number=9990001030", "baby_nhs_number=9990001049", "parent_dob=1990-01-01", "parent_phone=01632 960002", "parent_postcode=CO1 1AA"), unlike, ""},
		{"by the baby's number only", familyOf(), familyOf(append(moved, "parent_dob=1990-01-01", "baby_dob=2026-06-21", "baby_nhs_number=9990001022")...), alike, ""},
		{"by the parent's number only, with another baby", familyOf(), familyOf("parent_dob=", "parent_phone=none", "parent_postcode=private", "baby_nhs_number=9990001049", "baby_dob=2024-12-20"), sibling, ""},
		{"the mother's number put down as the baby's", familyOf(noNumbers...), familyOf(moved...), alike, ""},
		{"written another way", familyOf(noNumbers...), familyOf(append(noNumbers, "parent_dob=", "baby_dob=", "parent_phone=07700900199")...), alike, ""},
		{"the postcode without its space", familyOf(noNumbers...), familyOf(append(moved, "baby_dob=", "parent_postcode=cm29ab")...), alike, ""},
		{"moved, with another number", familyOf(noNumbers...), familyOf(moved...), alike, ""},
		{"nothing in common but the parent's birthday", familyOf(noNumbers...), familyOf(append(moved, "baby_dob=2026-01-01")...), unlike, ""},
		{"a sibling", familyOf(noNumbers...), familyOf(append(noNumbers, "baby_dob=2024-12-20", "baby_name=Yolanda")...), sibling, ""},
		{"twins", familyOf(noNumbers...), familyOf(append(noNumbers, "baby_name=yolanda quillfeather")...), sibling, ""},
		{"a twin by their numbers", familyOf(), familyOf("baby_nhs_number=9990001049", "baby_name=Xerxes"), sibling, ""},
		{"before birth and after", familyOf(noNumbers...), familyOf(append(pregnant, "edd=2026-07-02")...), alike, ""},
		{"born, and expecting again", familyOf(noNumbers...), familyOf(append(pregnant, "edd=2027-07-02")...), sibling, ""},
		{"expecting, and it is not said when", familyOf(noNumbers...), familyOf(append(pregnant, "edd=unknown")...), alike, ""},
		{"neither has a telephone or says where", familyOf("parent_nhs_number=", "baby_nhs_number=", "parent_phone=none", "parent_postcode=private"),
			familyOf(append(moved, "parent_dob=1990-01-01", "parent_phone=none", "parent_postcode=private")...), unlike, ""},
	} {
		one := Referral{Ref: "R1", Kind: KindReferral, Status: Received, Answers: c.one}
		other := Referral{Ref: "R2", Kind: KindReferral, Status: Received, Answers: c.other}
		if c.otherStatus != "" {
			other.Status = c.otherStatus
		}
		if got := likenessOf(one, other); got != c.want {
			t.Errorf("%s: %d, want %d, by %q and %q", c.name, got, c.want, Traits(one), Traits(other))
		}
		if other.Status != Withdrawn && likenessOf(other, one) != likenessOf(one, other) {
			t.Errorf("%s: the other way round it is another", c.name)
		}
		other.Kind = KindDraft
		if len(Traits(other)) > 0 || likenessOf(one, other) != unlike {
			t.Errorf("%s: a draft is known again", c.name)
		}
	}
}

// TestCompare: the card says what others may be and not who they are, the other side is told, and
// what a clinician has joined is no longer only perhaps.
func TestCompare(t *testing.T) {
	t.Parallel()
	f := Facts{Now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), Service: rules.DefaultService()}
	referral := func(ref string, a rules.Answers) Referral {
		return Referral{Ref: ref, Kind: KindReferral, Status: Received, Answers: a, ReceivedAt: f.Now, DueAt: f.Now}
	}
	r, twice, twin := referral("R1", familyOf(noNumbers...)), referral("R2", familyOf()), referral("R3", familyOf(append(noNumbers, "baby_name=Yolanda")...))
	f.Alike = []Referral{r, twice, twin, referral("R4", familyOf(append(moved, "baby_dob=2026-01-01")...))}
	r, out, err := Act(r, Deed{Action: ActCompare}, f)
	var told, audits []string
	for _, timer := range out.Timers {
		ref, deed, ok := Elsewhere(timer)
		if !ok {
			t.Fatalf("timer %s is for nobody else", timer.Name)
		}
		told = append(told, ref+" "+string(deed.Action))
		other := map[string]*Referral{"R2": &twice, "R3": &twin}[ref]
		for range 2 { // a second time it changes nothing
			var back Outcome
			if *other, back, err = Act(*other, deed, f); err != nil {
				t.Fatal(err)
			}
			for _, e := range back.Audit {
				audits = append(audits, e.Ref+" "+e.Action+" "+e.Detail)
			}
		}
	}
	for _, e := range out.Audit {
		audits = append(audits, e.Ref+" "+e.Action+" "+e.Detail)
	}
	if diff := cmp.Diff([]string{"R2 alike:R1", "R3 sibling:R1"}, told); diff != "" || err != nil {
		t.Error(err, diff)
	}
	if diff := cmp.Diff([]string{"R2 alike R1", "R3 sibling R1", "R1 alike R2", "R1 sibling R3"}, audits); diff != "" {
		t.Error(diff)
	}
	card := fmt.Sprint(CardOf(r, f))
	if !strings.Contains(card, "may be the same family as R2; may be a sibling of R3") || strings.Contains(card, "Quill") || strings.Contains(card, "R4") {
		t.Errorf("the card says %s", card)
	}
	if card := fmt.Sprint(CardOf(twin, f)); !strings.Contains(card, "may be a sibling of R1") {
		t.Errorf("the other's card says %s", card)
	}
	if s := SheetFor(r, ActJoin, anna, f); !slices.Equal(s.Items[0].Initial, []string{"R2"}) {
		t.Errorf("joining begins with %v", s.Items[0].Initial)
	}
	f.Referral = &twice
	r, out, err = Act(r, Deed{Action: ActJoin, By: anna, Turn: r.Turn(), Filled: map[string][]string{"ref": {"R2"}}}, f)
	if err != nil || len(out.Mistakes) > 0 || !slices.Equal(r.Family, []string{"R2"}) || len(r.Alike) > 0 || !slices.Equal(r.Siblings, []string{"R3"}) {
		t.Errorf("joined: %v, perhaps %v and %v; %v %v", r.Family, r.Alike, r.Siblings, out.Mistakes, err)
	}
	if r, _, err = Act(r, Deed{Action: ActCompare}, f); err != nil || len(r.Alike) > 0 {
		t.Errorf("once joined it is only perhaps again: %v, %v", r.Alike, err)
	}
}

// TestKnownBy: all that was sent from one chat is found by that, and makes nobody alike.
func TestKnownBy(t *testing.T) {
	t.Parallel()
	chat := Chat{Platform: "slack", ID: "UHV"}
	one := Referral{Ref: "R-1", Chat: chat, Kind: KindReferral, Answers: familyOf()}
	other := Referral{Ref: "R-2", Chat: chat, Status: Withdrawn, Answers: familyOf("parent_nhs_number=9990001030")}
	for _, r := range []Referral{one, other} {
		if got := KnownBy(r); !slices.Contains(got, SentFrom(chat)) {
			t.Errorf("%s is known by %q", r.Ref, got)
		}
	}
	if likenessOf(one, other) != unlike {
		t.Error("what one person refers is taken for one family")
	}
	if got := KnownBy(Referral{}); len(got) > 0 {
		t.Errorf("what was entered by hand is known by %q", got)
	}
}
