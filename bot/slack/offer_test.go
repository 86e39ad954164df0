package slack

import (
	"strings"
	"testing"

	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/rules"
)

// What Slack says of the person is in the form that asks for it, and nowhere else: not in what is
// stored, and not at all where Slack cannot say.
func TestOffersTheProfile(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		spoil func(*sim.Slack)
		email string
		none  bool
	}{
		{"as it is", func(*sim.Slack) {}, "helen.marsh@nhs.example", false},
		{"without the scope", func(s *sim.Slack) { s.DropScope("users:read.email") }, "", false},
		{"Slack is away", func(s *sim.Slack) { s.Fault("users.info", sim.Fault{Kind: sim.Down}) }, "", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := idleWorld(t, sim.SlackOptions{})
			test.spoil(w.slack)
			c := dialog.Conversation{Chat: chatWith(visitor), Audience: rules.Professional, Stage: dialog.Asking, Forms: true,
				More: []rules.Field{rules.ReferrerName, rules.ReferrerType, rules.ReferrerEmail}}
			view := text(w.client.formView(t.Context(), c))
			for part, want := range map[string]bool{
				`"initial_value":"Helen Marsh"`:              !test.none,
				`"initial_option"`:                           !test.none,
				`"initial_value":"` + test.email + `"`:       test.email != "",
				`"block_id":"` + string(rules.ReferrerEmail): true,
			} {
				if got := strings.Contains(view, part); got != want {
					t.Errorf("%s: %v in %s", part, got, view)
				}
			}
		})
	}
}
