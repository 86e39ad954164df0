package telegram

import (
	"strings"
	"testing"

	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
)

func TestKeyboard(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		choices []dialog.Choice
		aside   []dialog.Choice
		links   []dialog.Link
		want    []string // a row each: label=data
	}{
		{"none", nil, nil, nil, nil},
		{"short ones side by side", []dialog.Choice{{Code: "yes", Label: "Yes"}, {Code: "no", Label: "No"}, {Code: "unsure", Label: "Not sure"}}, nil, nil,
			[]string{"Yes=P1:yes No=P1:no", "Not sure=P1:unsure"}},
		{"one long one", []dialog.Choice{{Code: "yes", Label: "Yes"}, {Code: "no", Label: "I'd rather not say"}}, nil, nil,
			[]string{"Yes=P1:yes", "I'd rather not say=P1:no"}},
		{"ticked", []dialog.Choice{{Code: "a", Label: "Sleep", Ticked: true}, {Code: "b", Label: "Feeding"}}, nil, nil,
			[]string{"✓ Sleep=P1:a Feeding=P1:b"}},
		{"asides beneath, as many to a row as fit", []dialog.Choice{{Code: "yes", Label: "Yes"}},
			[]dialog.Choice{{Code: "back", Label: "Back"}, {Code: "why", Label: "Why?"}, {Code: "talk", Label: "Talk it over first"}, {Code: "urgent", Label: "Urgent help"}}, nil,
			[]string{"Yes=P1:yes", "Back=P1:back Why?=P1:why Talk it over first=P1:talk", "Urgent help=P1:urgent"}},
		{"links between them, each in a row", []dialog.Choice{{Code: "yes", Label: "Yes"}}, []dialog.Choice{{Code: "why", Label: "Why?"}},
			[]dialog.Link{{Label: "One", URL: "https://one.example"}, {Label: "Two", URL: "https://two.example"}},
			[]string{"Yes=P1:yes", "One=https://one.example", "Two=https://two.example", "Why?=P1:why"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			if markup, ok := keyboard(dialog.Reply{Prompt: "P1", Choices: tt.choices, Aside: tt.aside, Links: tt.links}).(*models.InlineKeyboardMarkup); ok {
				for _, row := range markup.InlineKeyboard {
					var cells []string
					for _, b := range row {
						cells = append(cells, b.Text+"="+b.CallbackData+b.URL)
					}
					got = append(got, strings.Join(cells, " "))
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSplit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"fits", "one two", []string{"one two"}},
		{"exactly fits", "0123456789", []string{"0123456789"}},
		{"paragraphs", "one\ntwo\n\nthree", []string{"one\ntwo", "three"}},
		{"lines", "one two\nthree", []string{"one two", "three"}},
		{"words", "one two three", []string{"one two", "three"}},
		{"one long word", "0123456789abc", []string{"0123456789", "abc"}},
		{"letters of two units", "🙂🙂🙂🙂🙂🙂", []string{"🙂🙂🙂🙂🙂", "🙂"}},
		{"nothing left over", "0123456789\n\n \n", []string{"0123456789"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, split(tt.text, 10)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
