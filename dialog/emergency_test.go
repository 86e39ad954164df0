package dialog

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"referralbot/rules"
)

func TestEmergency(t *testing.T) {
	t.Parallel()
	press := func(choice string) Input { return Input{Press: &Press{Prompt: "P1", Choice: choice}} }
	form := func(f rules.Field, values ...string) Input {
		return Input{Forms: true, Form: map[rules.Field][]string{f: values}}
	}
	tests := []struct {
		name   string
		as     rules.Audience
		in     Input
		card   string // the category of the card given; "none" for none
		alerts []string
	}{
		{"words", rules.Parent, Input{Text: "I want to die"}, "suicide_selfharm", []string{"URGENT suicide_selfharm"}},
		{"words of a professional", rules.Professional, Input{Text: "Mum says she wants to die", Forms: true}, "suicide_selfharm", []string{"URGENT suicide_selfharm"}},
		{"an edited message", rules.Parent, Input{Text: "I want to die", Edited: true}, "suicide_selfharm", []string{"URGENT suicide_selfharm"}},
		{"too soon", rules.Parent, Input{Text: "I want to die", Unseen: true}, "suicide_selfharm", []string{"URGENT suicide_selfharm"}},
		{"nothing about abuse on a screen others may see", rules.Parent, Input{Text: "he is hurting me"}, "none", []string{"URGENT domestic_abuse"}},
		{"the answer to the direct question", rules.Parent, press("baby"), "harm_baby", []string{"URGENT harm_baby"}},
		{"the button beside every question", rules.Parent, press(codeTalk), "none", nil},
		{"an answer to some question", rules.Parent, press("no"), "none", nil},
		{"choices in a form", rules.Professional, form(rules.Risk, "psychosis"), "psychosis", []string{"EMERGENCY psychosis"}},
		{"words in a form", rules.Professional, form(rules.Concern, "She wants to die"), "suicide_selfharm", []string{"URGENT suicide_selfharm"}},
		{"a call for help", rules.Parent, Input{Text: "999"}, "", nil},
		{"a press for help", rules.Professional, press("urgent"), "", nil},
		{"other words", rules.Parent, Input{Text: "good morning"}, "none", nil},
		{"a picture", rules.Parent, Input{Media: "photo"}, "none", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out, urgent := Emergency(NotSaved, tt.as, tt.in, newTalk(t).facts())
			if len(out.Replies) != 1 || urgent != (tt.card != "none" || tt.alerts != nil) {
				t.Fatalf("%d replies, urgent %v", len(out.Replies), urgent)
			}
			card, advice := out.Replies[0].Text, newTalk(t).line(tt.as, lineNotSaved)
			if !strings.HasSuffix(card, advice) || (tt.card == "none") != (card == advice) || tt.card != "none" && !strings.HasPrefix(card, firstWords(voiceOf(tt.as).cards[tt.card])) {
				t.Errorf("said %q", card)
			}
			var alerts []string
			for _, a := range out.Alerts {
				alerts = append(alerts, a.Level+" "+a.Category)
				if a.Ref != "" || a.Contact != "not_known" {
					t.Errorf("an alert of something not stored: %+v", a)
				}
			}
			if diff := cmp.Diff(tt.alerts, alerts); diff != "" {
				t.Error(diff)
			}
		})
	}
	for _, in := range []Input{{Timer: "pause"}, {Text: "Hide"}, press("hide")} {
		if out, urgent := Emergency(NotSaved, rules.Parent, in, newTalk(t).facts()); urgent || len(out.Replies) > 0 {
			t.Errorf("%s is answered: %v", in, out.Replies)
		}
	}
}

// line is a sentence as it is said.
func (k *talk) line(a rules.Audience, l line) string {
	return begin(Conversation{Audience: a}, k.facts()).line(l)
}

// firstWords are the words of a card before anything is filled in.
func firstWords(card string) string {
	words, _, _ := strings.Cut(card, "{")
	return words
}

// What Emergency has said is not said again, but everything else is, and the alert.
func TestToldIsNotToldAgain(t *testing.T) {
	t.Parallel()
	private := rules.Answers{rules.Private: {"yes"}}
	tests := []struct {
		name    string
		answers rules.Answers
		in      Input
		card    string
		again   bool
	}{
		{"a card", nil, Input{Text: "I want to die"}, "suicide_selfharm", false},
		{"the numbers", nil, Input{Text: "urgent"}, "", false},
		{"a card that could not be given", private, Input{Text: "he is hurting me"}, "domestic_abuse", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newTalk(t).facts()
			c := Conversation{Audience: rules.Parent, Stage: Asking, Answers: tt.answers, Asked: Prompt{ID: "P1", Field: rules.ParentName}, HeardAt: f.Now}
			for told, want := range map[bool]bool{false: true, true: tt.again} {
				tt.in.Told = told
				_, out, err := Step(c, tt.in, f)
				if err != nil {
					t.Fatal(err)
				}
				said := ""
				for _, r := range out.Replies {
					said += r.Text + "\n"
				}
				if got := strings.Contains(said, firstWords(voiceOf(rules.Parent).cards[tt.card])); got != want {
					t.Errorf("told %v: the card is given: %v, in %q", told, got, said)
				}
				if len(out.Alerts) == 0 && tt.card != "" {
					t.Errorf("told %v: nobody is alerted", told)
				}
			}
		})
	}
}
