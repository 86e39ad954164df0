package dialog

import (
	"testing"
	"time"

	"referralbot/rules"
)

// TestOffered: a form begins with what a directory says of whoever fills it in. What they have
// answered goes before that, also where they left it out, and nothing of it is an answer.
func TestOffered(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		answered rules.Answers
		field    rules.Field
		says     string
		want     string
	}{
		{"name", nil, rules.ReferrerName, " Helen Marsh ", "Helen Marsh"},
		{"name, answered", rules.Answers{rules.ReferrerName: {"Nell Marsh"}}, rules.ReferrerName, "Helen Marsh", "Nell Marsh"},
		{"telephone, left out", rules.Answers{rules.ReferrerPhone: {}}, rules.ReferrerPhone, "01632 960001", ""},
		{"title", nil, rules.ReferrerType, "Senior Health Visitor, North", "health_visitor"},
		{"title, answered", rules.Answers{rules.ReferrerType: {"gp"}}, rules.ReferrerType, "Midwife", "gp"},
		{"title of no kind", nil, rules.ReferrerType, "Reader in botany", ""},
		{"title of two kinds", nil, rules.ReferrerType, "Midwife and health visitor", ""},
		{"nothing", nil, rules.ReferrerType, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := Conversation{Chat: Chat{"test", "1"}, Audience: rules.Professional, Stage: Asking, Answers: tt.answered}
			f := Facts{Now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), Service: rules.DefaultService(), Offered: map[rules.Field]string{tt.field: tt.says}}
			turn := begin(c, f)
			in := turn.input(tt.field)
			got := in.Initial
			for _, o := range in.Options {
				if o.Ticked {
					got += o.Code
				}
			}
			if got != tt.want {
				t.Errorf("it begins with %q, want %q", got, tt.want)
			}
			if len(turn.c.Answers) != len(tt.answered) {
				t.Errorf("it is taken as an answer: %v", turn.c.Answers)
			}
		})
	}
}
