package bot

import (
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/store"
)

func TestChangeSaysWhatGoesWhere(t *testing.T) {
	t.Parallel()
	b := &Bot{Triage: "slack:C1", Safety: "slack:C2", Mailbox: "mail:box@example.org"}
	tests := []struct {
		name string
		out  dialog.Outcome
		want []string // destination kind name edits
	}{
		{"nothing", dialog.Outcome{}, nil},
		{"plain words", say(dialog.Reply{Text: "hello"}), []string{"telegram:1001 reply - -"}},
		{"a prompt", say(dialog.Reply{Prompt: "P1"}), []string{"telegram:1001 reply P1 -"}},
		{"in place", say(dialog.Reply{Prompt: "P1", Again: dialog.InPlace}), []string{"telegram:1001 reply - P1"}},
		{"moved", say(dialog.Reply{Prompt: "P1", Again: dialog.Moved}), []string{
			"telegram:1001 retire - P1", "telegram:1001 reply P1 -"}},
		{"retired before said", dialog.Outcome{Retire: []string{"P0"}, Replies: []dialog.Reply{{Prompt: "P1"}}}, []string{
			"telegram:1001 retire - P0", "telegram:1001 reply P1 -"}},
		{"hidden before said", dialog.Outcome{Hide: true, Replies: []dialog.Reply{{Text: "OK."}}}, []string{
			"telegram:1001 hide - -", "telegram:1001 reply - -"}},
		{"a new referral", dialog.Outcome{Referral: &dialog.Referral{Ref: "R1"}}, []string{"slack:C1 card R1 -"}},
		{"a changed referral", dialog.Outcome{Referral: &dialog.Referral{Ref: "R1", Version: 3}}, []string{"slack:C1 card - R1"}},
		{"an alert", dialog.Outcome{Alerts: []dialog.Alert{{Ref: "R1", N: 1}}}, []string{"slack:C2 alert alert:R1:1:0 -"}},
		{"an alert passed on", dialog.Outcome{Alerts: []dialog.Alert{{Ref: "R1", N: 2, Step: 1}}}, []string{"slack:C2 alert alert:R1:2:1 -"}},
		{"an alert acknowledged", dialog.Outcome{Alerts: []dialog.Alert{{Ref: "R1", N: 1, Step: 1, Acknowledged: dialog.Clinician{ID: "U7"}}}}, []string{
			"slack:C2 alert - alert:R1:1:1", "slack:C2 alert - alert:R1:1:0"}},
		{"a draft", dialog.Outcome{Referral: &dialog.Referral{Ref: "R1", Kind: dialog.KindDraft}}, nil},
		{"a notice about an alert", dialog.Outcome{Notices: []dialog.Notice{{To: "U7", Safety: true}}}, []string{"slack:C2/U7 notice - -"}},
		{"a mail", dialog.Outcome{Mails: []dialog.Mail{{Ref: "R1", Why: dialog.WhySent}}}, []string{"mail:box@example.org mail - -"}},
		{"a notice", dialog.Outcome{Notices: []dialog.Notice{{To: "U7"}}}, []string{"slack:C1/U7 notice - -"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			change, err := b.change(someone, []string{"k"}, nil, tt.out, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range change.Deliveries {
				got = append(got, d.Destination+" "+d.Kind+" "+dash(d.Name)+" "+dash(d.Edits))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWithoutAMailboxNoMailPilesUp(t *testing.T) {
	t.Parallel()
	change, err := new(Bot).change(someone, []string{"k"}, nil, dialog.Outcome{Mails: []dialog.Mail{{Ref: "R1", Why: dialog.WhySent}}}, time.Now())
	if len(change.Deliveries) != 0 || err != nil {
		t.Errorf("%d deliveries, %v", len(change.Deliveries), err)
	}
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func TestTimersBelongToTheirReferralOrTheChat(t *testing.T) {
	t.Parallel()
	at := time.Now()
	change, err := new(Bot).change(someone, []string{"k"}, nil, dialog.Outcome{Timers: []dialog.Timer{
		{Name: "nudge", At: at}, {Name: "remind", At: at, Ref: "R1"},
	}}, at)
	want := []store.Timer{{Chat: someone, Name: "nudge", At: at}, {Ref: "R1", Name: "remind", At: at}}
	if diff := cmp.Diff(want, change.Timers); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func TestDeliveryIDsAreTheSameEachTimeAndDifferent(t *testing.T) {
	t.Parallel()
	out := say(dialog.Reply{Text: "same"}, dialog.Reply{Text: "same"})
	ids := func(key string) [2]string {
		c, err := new(Bot).change(someone, []string{key}, nil, out, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		return [2]string{c.Deliveries[0].ID, c.Deliveries[1].ID}
	}
	one, again, other := ids("k1"), ids("k1"), ids("k2")
	if one != again {
		t.Error("made anew, the ids differ")
	}
	if one[0] == one[1] || one[0] == other[0] {
		t.Error("two deliveries have one id")
	}
}

func TestChangeWithoutAKeyIsAFault(t *testing.T) {
	t.Parallel()
	if _, err := new(Bot).change(someone, nil, nil, dialog.Outcome{}, time.Now()); err == nil {
		t.Error("want an error: it could be heard twice")
	}
}

func TestReferences(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^R([0-5][0-9]|6[0-3])(-[0-9A-HJKMNP-TV-Z]{4}){4}$`)
	seen := map[string]bool{}
	for range 1000 {
		ref := newReference(someone)
		if !form.MatchString(ref) || seen[ref] || ref[:3] != newReference(someone)[:3] {
			t.Fatalf("reference %s", ref)
		}
		seen[ref] = true
	}
	if nonce := newNonce(); len(nonce) != 6 || nonce == newNonce() {
		t.Errorf("nonce %s", nonce)
	}
}
