package telegram

import (
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"referralbot/dialog"
)

const (
	textMost  = 4096 // UTF-16 units in a message
	shortMost = 12   // characters of a label that leaves room for another beside it
	asideMost = 30   // characters of the small labels that fit in one row
)

// keyboard makes the buttons of a reply, nil if it has none: the answers in a row each, or
// two to a row if all their labels are short, beneath them the links, and last what stands
// beside the answers, as many to a row as fit.
func keyboard(r dialog.Reply) models.ReplyMarkup {
	rows := slices.Concat(answerRows(r), linkRows(r), asideRows(r))
	if len(rows) == 0 {
		return nil
	}
	return &models.InlineKeyboardMarkup{InlineKeyboard: rows}
}

func answerRows(r dialog.Reply) [][]models.InlineKeyboardButton {
	perRow := 2
	for _, c := range r.Choices {
		if utf8.RuneCountInString(label(c)) > shortMost {
			perRow = 1
		}
	}
	var rows [][]models.InlineKeyboardButton
	for i, c := range r.Choices {
		if i%perRow == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], button(r, c))
	}
	return rows
}

func linkRows(r dialog.Reply) [][]models.InlineKeyboardButton {
	var rows [][]models.InlineKeyboardButton
	for _, l := range r.Links {
		rows = append(rows, []models.InlineKeyboardButton{{Text: l.Label, URL: l.URL}})
	}
	return rows
}

func asideRows(r dialog.Reply) [][]models.InlineKeyboardButton {
	var rows [][]models.InlineKeyboardButton
	left := 0 // characters in the last row
	for _, c := range r.Aside {
		width := utf8.RuneCountInString(label(c))
		if width > left || len(rows) == 0 {
			rows, left = append(rows, nil), asideMost
		}
		left -= width
		rows[len(rows)-1] = append(rows[len(rows)-1], button(r, c))
	}
	return rows
}

func button(r dialog.Reply, c dialog.Choice) models.InlineKeyboardButton {
	return models.InlineKeyboardButton{Text: label(c), CallbackData: r.Prompt + ":" + c.Code}
}

func label(c dialog.Choice) string {
	if c.Ticked {
		return "✓ " + c.Label
	}
	return c.Label
}

// split parts text into pieces of at most limit UTF-16 units, at the end of a paragraph if
// it can, else of a line, else of a word.
func split(text string, limit int) []string {
	var parts []string
	for text = strings.TrimRight(text, "\n "); ; {
		head := prefix(text, limit)
		if head == text {
			return append(parts, text)
		}
		for _, sep := range []string{"\n\n", "\n", " "} {
			if i := strings.LastIndex(head, sep); i > 0 {
				head = head[:i]
				break
			}
		}
		parts = append(parts, head)
		text = strings.TrimLeft(text[len(head):], "\n ")
	}
}

// prefix is as much of text as has at most limit UTF-16 units.
func prefix(text string, limit int) string {
	for i, r := range text {
		if limit -= utf16.RuneLen(r); limit < 0 {
			return text[:i]
		}
	}
	return text
}
