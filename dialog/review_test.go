package dialog

import (
	"testing"

	"referralbot/rules"
)

// TestFormSentOnComingBack: a professional who comes back to a draft that is whole, or has a call booked
// for it, can send it from the form that is offered there.
func TestFormSentOnComingBack(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"start", "human"} {
		k := called(t, rules.Professional)
		k.c.Passed = []rules.Field{rules.ReferrerEmail, rules.ParentNHSNumber, rules.ContactTimes, rules.BabyNHSNumber, rules.Screening, rules.NetworkDetail, rules.Wishes, rules.Ethnicity}
		k.hear(Input{Text: said})
		if k.hear(Input{Form: map[rules.Field][]string{}}); k.r.Kind != KindReferral || k.c.Stage != Sent {
			t.Errorf("after %q it is a %s, and the chat is at %s:\n%s", said, k.r.Kind, k.c.Stage, k.out.String())
		}
	}
}
