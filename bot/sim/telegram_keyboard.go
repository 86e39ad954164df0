package sim

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Limits of a keyboard.
const (
	tgMaxData    = 64 // bytes of a button's data
	tgMaxButtons = 100
)

// tgReadKeyboard reads the inline keyboard of a call; none is nil. Like Telegram it leaves
// out buttons without a label, and takes an empty keyboard for none.
func tgReadKeyboard(params tgParams) ([][]TelegramButton, *tgRefusal) {
	text := params["reply_markup"]
	if text == "" {
		return nil, nil
	}
	if !json.Valid([]byte(text)) {
		return nil, tgBad("can't parse reply keyboard markup JSON object")
	}
	var markup map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &markup) != nil || markup == nil {
		return nil, tgBad("object expected as reply markup")
	}
	raw, ok := markup["inline_keyboard"]
	if !ok {
		return nil, nil // a reply keyboard, its removal, a forced reply: nothing under the message
	}
	return tgReadRows(raw)
}

func tgReadRows(raw json.RawMessage) ([][]TelegramButton, *tgRefusal) {
	var rows []json.RawMessage
	if json.Unmarshal(raw, &rows) != nil || rows == nil {
		return nil, tgBad(`field "inline_keyboard" of the InlineKeyboardMarkup must be an Array`)
	}
	var keyboard [][]TelegramButton
	count := 0
	for _, rawRow := range rows {
		row, refusal := tgReadRow(rawRow)
		if refusal != nil {
			return nil, refusal
		}
		if len(row) > 0 {
			keyboard = append(keyboard, row)
			count += len(row)
		}
	}
	if count > tgMaxButtons {
		return nil, tgBad("reply markup is too long")
	}
	return keyboard, nil
}

func tgReadRow(raw json.RawMessage) ([]TelegramButton, *tgRefusal) {
	var buttons []json.RawMessage
	if json.Unmarshal(raw, &buttons) != nil || buttons == nil {
		return nil, tgBad(`field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays`)
	}
	var row []TelegramButton
	for _, rawButton := range buttons {
		button, refusal := tgReadButton(rawButton)
		if refusal != nil {
			return nil, refusal
		}
		if button.Text != "" {
			row = append(row, button)
		}
	}
	return row, nil
}

func tgReadButton(raw json.RawMessage) (TelegramButton, *tgRefusal) {
	var b struct {
		Text *string `json:"text"`
		Data string  `json:"callback_data"`
		URL  string  `json:"url"`
	}
	wrong := func(what string) (TelegramButton, *tgRefusal) {
		return TelegramButton{}, tgBad(fmt.Sprintf("can't parse inline keyboard button: %s", what))
	}
	switch err := json.Unmarshal(raw, &b); {
	case err != nil:
		return wrong("InlineKeyboardButton must be an Object")
	case b.Text == nil:
		return wrong(`Can't find field "text"`)
	case b.URL == "" && b.Data == "":
		return wrong("Text buttons are unallowed in the inline keyboard")
	case len(b.Data) > tgMaxData:
		return TelegramButton{}, tgBad("BUTTON_DATA_INVALID")
	}
	if why := tgWrongURL(b.URL); why != "" {
		return TelegramButton{}, tgBad(fmt.Sprintf("inline keyboard button URL '%s' is invalid: %s", b.URL, why))
	}
	return TelegramButton{Text: *b.Text, Data: b.Data, URL: b.URL}, nil
}

// tgWrongURL says why a button cannot open address, "" if it can or there is none. Telegram
// opens pages on the web and links into itself, and rings nobody.
func tgWrongURL(address string) string {
	u, err := url.Parse(address)
	switch {
	case address == "":
		return ""
	case err != nil:
		return "Wrong HTTP URL"
	case u.Scheme == "tg":
		return ""
	case !slices.Contains([]string{"", "http", "https"}, u.Scheme):
		return "Unsupported URL protocol"
	case !strings.Contains(u.Host+u.Path, "."):
		return "Wrong HTTP URL"
	}
	return ""
}

func tgKeyboardJSON(rows [][]TelegramButton) map[string]any {
	var keyboard [][]map[string]any
	for _, row := range rows {
		var buttons []map[string]any
		for _, b := range row {
			buttons = append(buttons, tgButtonJSON(b))
		}
		keyboard = append(keyboard, buttons)
	}
	return map[string]any{"inline_keyboard": keyboard}
}

func tgButtonJSON(b TelegramButton) map[string]any {
	if b.URL != "" {
		return map[string]any{"text": b.Text, "url": b.URL}
	}
	return map[string]any{"text": b.Text, "callback_data": b.Data}
}
