package dialog

import (
	"strings"
	"testing"
	"time"

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

// TestGiveUp: what is given up changes nothing but what its alert needs, and keeps the words
// that raised it wherever they stood.
func TestGiveUp(t *testing.T) {
	t.Parallel()
	asked := Prompt{ID: "P1", Field: rules.ParentName}
	tests := []struct {
		name  string
		as    rules.Audience
		in    Input
		heard []string // nil for no alert
	}{
		{"words", rules.Parent, Input{Text: "I want to die"}, []string{"before", "I want to die"}},
		{"words in a form", rules.Professional, Input{Forms: true, Form: map[rules.Field][]string{rules.Concern: {"She wants to die"}, rules.Stage: {"born"}}}, []string{"before", "She wants to die"}},
		{"an answer", rules.Parent, Input{Press: &Press{Prompt: "P1", Choice: "baby"}}, []string{"before"}},
		{"a call for help", rules.Parent, Input{Text: "999"}, nil},
		{"other words", rules.Parent, Input{Text: "good morning"}, nil},
		{"a timer", rules.Parent, Input{Timer: "pause"}, nil},
		{"to hide", rules.Parent, Input{Text: "hide"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newTalk(t).facts()
			c := Conversation{
				Audience: tt.as, Stage: Asking, Ref: "R9", Asked: asked, HeardAt: f.Now.Add(-time.Minute), Recent: []string{"before"},
				Answers: rules.Answers{rules.Private: {"yes"}, rules.SafeContact: {"text_ok"}}, Alerted: []string{"earlier"},
			}
			next, out, urgent := GiveUp(c, tt.in, f)
			if tt.heard == nil {
				if diff := cmp.Diff(c, next); diff != "" || out.Referral != nil || len(out.Alerts)+len(out.Timers) > 0 || urgent != (tt.in.Text == "999") {
					t.Errorf("urgent %v, held %v, changed %s", urgent, out.Referral, diff)
				}
				return
			}
			if !urgent || len(out.Alerts) != 1 || len(out.Timers) != 1 || out.Referral == nil {
				t.Fatalf("urgent %v, %+v", urgent, out)
			}
			if a := out.Alerts[0]; a.Ref != "R9" || a.N != 2 || a.Contact != "text_only" {
				t.Errorf("alert %+v", a)
			}
			if diff := cmp.Diff(tt.heard, out.Referral.Heard); diff != "" || !out.Referral.Answers.Has(rules.SafeContact) {
				t.Errorf("held %v, heard %s", sorted(out.Referral.Answers), diff)
			}
			if next.Stage != c.Stage || next.Asked.ID != asked.ID || len(next.Alerted) != 2 || !next.HeardAt.Equal(f.Now) || !next.Answers.Is(rules.Private, "yes") {
				t.Errorf("left at %s", next.Stage)
			}
		})
	}
}

// Whoever writes after half an hour may be somebody else: nothing is said of being hurt
// before they have said that they are private.
func TestNothingIsSaidOfAbuseAfterAPause(t *testing.T) {
	t.Parallel()
	f := newTalk(t).facts()
	card := firstWords(voiceOf(rules.Parent).cards[rules.CategoryAbuse])
	for after, want := range map[time.Duration]bool{privateFor - time.Second: true, privateFor: false} {
		c := Conversation{
			Audience: rules.Parent, Stage: Asking, Ref: "R9", Asked: Prompt{ID: "P1", Field: rules.ParentName}, Warned: []string{welcomed},
			Answers: rules.Answers{rules.Private: {"yes"}, rules.Consent: {"yes"}}, HeardAt: f.Now.Add(-after),
		}
		in := Input{Text: "he is hurting me"}
		_, heard, err := Step(c, in, f)
		_, given, _ := GiveUp(c, in, f)
		if err != nil {
			t.Fatal(err)
		}
		for name, out := range map[string]Outcome{"heard": heard, "given up": given} {
			said := ""
			for _, r := range out.Replies {
				said += r.Text + "\n"
			}
			if got := strings.Contains(said, card); got != want || len(out.Alerts) != 1 {
				t.Errorf("%s, %v later: the card is given: %v, %d alerts; said %q", name, after, got, len(out.Alerts), said)
			}
		}
	}
}
