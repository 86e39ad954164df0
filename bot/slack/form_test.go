package slack

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"referralbot/dialog"
	"referralbot/rules"
)

func choices(n int, label string, ticked ...int) []dialog.Choice {
	var out []dialog.Choice
	for i := range n {
		out = append(out, dialog.Choice{Code: fmt.Sprint("c", i), Label: fmt.Sprintf(label, i)})
	}
	for _, i := range ticked {
		out[i].Ticked = true
	}
	return out
}

// Each type of question is drawn as what Slack has for it, with what is known filled in.
func TestDrawInput(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		in    dialog.FormInput
		parts []string // of its JSON
	}{
		{"choice", dialog.FormInput{Type: rules.TypeChoice, Options: choices(10, "%d", 3)}, []string{`"radio_buttons"`, `"initial_option":{"text":{"type":"plain_text","text":"3"`}},
		{"long choice", dialog.FormInput{Type: rules.TypeChoice, Options: choices(11, "%d", 3)}, []string{`"static_select"`, `"initial_option"`}},
		{"multi", dialog.FormInput{Type: rules.TypeMulti, Options: choices(10, "%d", 1, 2)}, []string{`"checkboxes"`, `"initial_options":[{"text":{"type":"plain_text","text":"1"`}},
		{"long multi", dialog.FormInput{Type: rules.TypeMulti, Options: choices(11, "%d", 1, 2)}, []string{`"multi_static_select"`, `"initial_options"`}},
		{"text", dialog.FormInput{Type: rules.TypeName, Initial: "Jo", Max: 80}, []string{`"plain_text_input"`, `"initial_value":"Jo"`, `"max_length":80`}},
		{"long text", dialog.FormInput{Type: rules.TypeLongText, Max: 9000, Optional: true}, []string{`"multiline":true`, `"max_length":3000`, `"optional":true`}},
		{"scores", dialog.FormInput{Type: rules.TypeScores}, []string{`"multiline":true`}},
		{"hint", dialog.FormInput{Type: rules.TypeDate, Hint: "such as 4 May 1990"}, []string{`"hint":{"type":"plain_text","text":"such as 4 May 1990"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.in.Field, test.in.Label = "field_id", "The question?"
			got := text(drawInput(test.in))
			for _, part := range append(test.parts, `"block_id":"field_id"`, `"action_id":"field_id"`, `"The question?"`) {
				if !strings.Contains(got, part) {
					t.Errorf("no %s in %s", part, got)
				}
			}
		})
	}
}

// What of a label does not fit is shown beside it, or with the question.
func TestLongOptions(t *testing.T) {
	t.Parallel()
	middling, long := strings.Repeat("word ", 25)+"end", strings.Repeat("word ", 50)+"end"
	block := drawInput(dialog.FormInput{Field: "f", Label: "Which?", Type: rules.TypeChoice, Options: []dialog.Choice{
		{Code: "a", Label: middling}, {Code: "b", Label: long},
	}})
	options := block.Element.(*slack.RadioButtonsBlockElement).Options
	if got := options[0].Text.Text + " " + options[0].Description.Text; got != middling {
		t.Errorf("%q is shown as %q", middling, got)
	}
	if want := "Which?\n• " + long; block.Label.Text != want {
		t.Errorf("label %q, want %q", block.Label.Text, want)
	}
	for _, o := range options {
		if length(o.Text.Text) > mostOption || length(o.Description.Text) > mostOption {
			t.Errorf("too long: %q %q", o.Text.Text, o.Description.Text)
		}
	}
}

// Few actions stand behind three dots, more in a list; each says what it is about.
func TestActionMenu(t *testing.T) {
	t.Parallel()
	buttons := func() []slack.Block { return actionButtons("R1", choices(2, "button %d")) }
	if got := withMenu(buttons(), actionMenu("R1", nil)); text(got) != text(buttons()) {
		t.Errorf("without a menu it is %s", text(got))
	}
	for n, want := range map[int]string{1: `"type":"overflow"`, mostDots: `"type":"overflow"`, mostDots + 1: `"type":"static_select","placeholder":{"type":"plain_text","text":"More"`} {
		got := withMenu(buttons(), actionMenu("R1", choices(n, "option %d")))
		if len(got) != 1 || !strings.Contains(text(got), want) || strings.Count(text(got), `"value":"R1:c`) != n {
			t.Errorf("%d options are %s", n, text(got))
		}
	}
	full := actionButtons("R1", choices(mostInRow, "button %d"))
	if got := withMenu(full, actionMenu("R1", choices(1, "option %d"))); len(got) != 2 {
		t.Errorf("beside a full row it is %s", text(got))
	}
	if got := withMenu(nil, actionMenu("R1", choices(1, "option %d"))); len(got) != 1 {
		t.Errorf("by itself it is %s", text(got))
	}
}

func TestDrawForm(t *testing.T) {
	t.Parallel()
	v := drawForm(dialog.Form{
		Prompt: "PRMPT1", Title: "A title that is much too long", Notices: []string{"This may not fit."},
		Choices: []dialog.Choice{{Code: "talk", Label: "Talk it over first"}},
		Inputs:  []dialog.FormInput{{Field: "f", Label: "Why?", Type: rules.TypeText}},
	})
	if v.PrivateMetadata != "PRMPT1" || v.CallbackID != formSection || v.Title.Text != "A title that is much…" || v.Submit.Text != "Next" {
		t.Errorf("view %s", text(v))
	}
	var kinds []string
	for _, b := range v.Blocks.BlockSet {
		kinds = append(kinds, string(b.BlockType()))
	}
	if diff := cmp.Diff([]string{"section", "actions", "input"}, kinds); diff != "" {
		t.Error(diff)
	}
	if v := drawForm(dialog.Form{Title: "Almost there", Notices: []string{"Something is missing."}}); v.Submit != nil {
		t.Error("a form with nothing to send can be sent")
	}
}

// Every input of a view is in the form, blank or not.
func TestEntered(t *testing.T) {
	t.Parallel()
	v := slack.View{State: &slack.ViewState{Values: map[string]map[string]slack.BlockAction{
		"text":   {"text": {Value: " as typed "}},
		"blank":  {"blank": {Value: "  "}},
		"choice": {"choice": {SelectedOption: slack.OptionBlockObject{Value: "yes"}}},
		"multi":  {"multi": {SelectedOptions: []slack.OptionBlockObject{{Value: "a"}, {Value: "b"}}}},
	}}}
	for _, f := range []string{"text", "blank", "choice", "multi", "unsaid"} {
		v.Blocks.BlockSet = append(v.Blocks.BlockSet, slack.NewInputBlock(f, nil, nil, nil))
	}
	want := map[rules.Field][]string{"text": {" as typed "}, "blank": {}, "choice": {"yes"}, "multi": {"a", "b"}, "unsaid": {}}
	if diff := cmp.Diff(want, entered[rules.Field](v)); diff != "" {
		t.Error(diff)
	}
	if got := entered[rules.Field](slack.View{}); got == nil || len(got) != 0 {
		t.Errorf("a form without inputs is %v", got)
	}
}

// Slack takes problems only at inputs; what belongs to none is said at the first.
func TestProblems(t *testing.T) {
	t.Parallel()
	var v slack.View
	for _, f := range []string{"first", "second"} {
		v.Blocks.BlockSet = append(v.Blocks.BlockSet, slack.NewInputBlock(f, nil, nil, nil))
	}
	got := problems(v, map[rules.Field]string{"second": "Not a date.", "elsewhere": "Missing."})
	if diff := cmp.Diff(map[string]string{"first": "Missing.", "second": "Not a date."}, got); diff != "" {
		t.Error(diff)
	}
	if got := problems[rules.Field](v, nil); got != nil {
		t.Errorf("problems %v where there are none", got)
	}
}

func TestPromptPress(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]dialog.Press{
		"PRMPT1:yes":     {Prompt: "PRMPT1", Choice: "yes"},
		"":               {},
		"PRMPT1":         {},
		"PRMPT1:yes:and": {},
	} {
		if got := promptPress(value); got != want {
			t.Errorf("promptPress(%q) = %v, want %v", value, got, want)
		}
	}
}
