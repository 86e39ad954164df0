package dialog

import (
	"testing"
	"time"

	"referralbot/rules"
)

// TestReminderIsOffered to a parent whose phone nobody else sees, and to nobody else.
func TestReminderIsOffered(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		audience rules.Audience
		contact  []string
		want     bool
	}{
		{"a parent", rules.Parent, nil, true},
		{"a parent who may be rung", rules.Parent, []string{"call_ok"}, true},
		{"a phone that others see", rules.Parent, []string{"call_ok", "someone_else_sees"}, false},
		{"a phone that is not safe", rules.Parent, []string{"not_safe"}, false},
		{"a professional", rules.Professional, nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			k := newTalk(t)
			k.c.Audience, k.c.Ref, k.c.Stage, k.c.Asked = c.audience, "R9", Reviewing, Prompt{ID: "x"}
			k.c.Answers = rules.Answers{rules.Private: {"yes"}, rules.Stage: {"born"}}
			if c.contact != nil {
				k.c.Answers[rules.SafeContact] = c.contact
			}
			k.hear(Input{Press: &Press{Prompt: "x", Choice: codeSave}})
			if got := k.code("Remind me tomorrow") != ""; got != c.want {
				t.Errorf("offered: %v", got)
			}
			out := k.hear(Input{Press: &Press{Prompt: "old", Choice: codeRemind}})
			if got := k.c.Remind && len(out.Timers) == 1; got != c.want {
				t.Errorf("promised: %v", got)
			}
			before := len(k.c.Answers)
			k.now = k.now.Add(18 * time.Hour)
			if k.hear(Input{Timer: timerRemind}); len(k.c.Answers) != before {
				t.Error("the reminder changes the answers: it is not the parent who is back")
			}
		})
	}
}
