package dialog

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"referralbot/rules"
)

// Links are those of the pages that we know, where their addresses stand by themselves.
func TestLinks(t *testing.T) {
	t.Parallel()
	petals, commissioner := Link{"Petals website", "https://petalscharity.org"}, Link{"Information Commissioner website", "https://ico.org.uk"}
	for text, want := range map[string][]Link{
		"• Petals: petalscharity.org\n• Sands: 0808 164 3332": {petals},
		"Ask petalscharity.org. Or see (ico.org.uk).":         {commissioner, petals},
		"Mail to somebody@petalscharity.org":                  nil,
		"mypetalscharity.org and petalscharity.org.example":   nil,
		"petalscharity.org/?family=Marlowe":                   nil,
		"example.org is what somebody typed":                  nil,
		"Bliss: bliss.org.uk, which nobody has checked":       nil,
		"Call 116 123, or 111 and choose option 2":            nil,
	} {
		k := begin(Conversation{Audience: rules.Parent}, Facts{Service: rules.DefaultService()})
		k.out.Replies = []Reply{{Text: text}, {Text: text, Invite: &Invite{}}}
		k.link()
		if diff := cmp.Diff(want, k.out.Replies[0].Links); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
		if k.out.Replies[1].Links != nil {
			t.Errorf("%q: a file has buttons", text)
		}
	}
}

// Every label fits a button, and every page is found by its address.
func TestPages(t *testing.T) {
	t.Parallel()
	service := *rules.DefaultService()
	service.Guidance = "example.org/refer"
	for _, a := range []rules.Audience{rules.Parent, rules.Professional} {
		k := begin(Conversation{Audience: a}, Facts{Service: &service})
		for _, p := range k.pages() {
			if n := len([]rune(p.Label)); n == 0 || n > 75 {
				t.Errorf("a %s's label has %d characters: %q", a, n, p.Label)
			}
			if cmp.Diff([]string{p.address}, addresses(p.address)) != "" {
				t.Errorf("%q cannot be found", p.address)
			}
		}
	}
}
