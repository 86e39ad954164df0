package dialog

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"referralbot/rules"
)

// TestAnswersAreAudited: every answer that is given, changed or taken back is an entry once
// anybody else has the referral, with when it was; of a draft deleted before that there is none.
func TestAnswersAreAudited(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		says []string
		want []string
	}{
		{"a draft of their own", []string{"/start", "yes", "yes", "yes", "[My baby is here]"}, nil},
		{"deleted", []string{"/start", "yes", "yes", "yes", "[My baby is here]", "/delete", "[Delete]"}, []string{"deleted "}},
		{"shared", []string{"/start", "yes", "yes", "yes", "[My baby is here]", "back", "[I'm pregnant (or my partner is)]", "/talk", "07700 900104", "[Any time]"},
			[]string{"answered consent", "answered gp_sharing", "answered stage", "cleared stage", "answered stage", "answered parent_phone", "call_requested "}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			k := newTalk(t)
			var got []string
			for _, said := range tt.says {
				for _, e := range k.try(k.input(said)).Audit {
					got = append(got, fmt.Sprint(e.Action, " ", e.Detail))
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("the audit says (-want +got):\n%s\n%s", diff, k.out.String())
			}
		})
	}
}

// TestUnwrittenHasAnEnd: a draft does not grow for ever with what is changed in it.
func TestUnwrittenHasAnEnd(t *testing.T) {
	t.Parallel()
	k := newTalk(t)
	for _, said := range []string{"/start", "yes", "yes", "yes"} {
		k.try(k.input(said))
	}
	written := 0
	for n := range 2 * mostUnwritten {
		said := "[My baby is here]"
		if n%2 == 1 {
			said = "back"
		}
		written += len(k.try(k.input(said)).Audit)
		if len(k.c.Unwritten) > mostUnwritten {
			t.Fatalf("%d changes are carried along", len(k.c.Unwritten))
		}
	}
	if written == 0 || !k.c.Answers.Has(rules.Consent) {
		t.Errorf("%d entries", written)
	}
}
