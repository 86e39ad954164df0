package sim

import (
	"cmp"
	"context"
	"encoding/json"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of the Bot API.
const (
	tgMaxText     = 4096
	tgMaxCaption  = 1024
	tgMaxAnswer   = 200
	tgMaxDeletes  = 100
	tgMaxCommands = 100
	tgDeletable   = 48 * time.Hour
	tgPressLife   = 150 // of Telegram's seconds
)

// A tgMethod does one call of the Bot API.
type tgMethod func(t *Telegram, ctx context.Context, params tgParams) (any, *tgRefusal)

// tgMethods are the methods there are, by name in lower case: Telegram does not mind case.
var tgMethods = map[string]tgMethod{
	"getme":                  tgLocked((*Telegram).getMe),
	"getchat":                tgLocked((*Telegram).getChat),
	"leavechat":              tgLocked((*Telegram).leaveChat),
	"sendmessage":            tgLocked((*Telegram).sendMessage),
	"senddocument":           tgLocked((*Telegram).sendDocument),
	"editmessagetext":        tgLocked((*Telegram).editMessageText),
	"editmessagereplymarkup": tgLocked((*Telegram).editMessageReplyMarkup),
	"deletemessage":          tgLocked((*Telegram).deleteMessage),
	"deletemessages":         tgLocked((*Telegram).deleteMessages),
	"answercallbackquery":    tgLocked((*Telegram).answerCallbackQuery),
	"setmycommands":          tgLocked((*Telegram).setMyCommands),
	"setmydescription":       tgProfileSet("description", 512),
	"setmyshortdescription":  tgProfileSet("short_description", 120),
	"getmydescription":       tgProfileGet("description"),
	"getmyshortdescription":  tgProfileGet("short_description"),
	"setchatmenubutton":      tgLocked((*Telegram).setMenuButton),
	"getupdates":             (*Telegram).getUpdates,
	"setwebhook":             tgLocked((*Telegram).setWebhook),
	"deletewebhook":          tgLocked((*Telegram).deleteWebhook),
	"getwebhookinfo":         tgLocked((*Telegram).getWebhookInfo),
}

// tgLocked is a method that is done at once, holding t.mu.
func tgLocked(do func(*Telegram, tgParams) (any, *tgRefusal)) tgMethod {
	return func(t *Telegram, _ context.Context, params tgParams) (any, *tgRefusal) {
		t.mu.Lock()
		defer t.mu.Unlock()
		return do(t, params)
	}
}

// tgProfileSet is a method that sets a text of at most limit characters beside the bot's name.
func tgProfileSet(param string, limit int) tgMethod {
	return tgLocked(func(t *Telegram, params tgParams) (any, *tgRefusal) {
		if tgLength(params[param]) > limit {
			return nil, tgBad("BOT_" + strings.ToUpper(param) + "_TOO_LONG")
		}
		t.profile[param] = params[param]
		return true, nil
	})
}

// tgProfileGet is a method that returns such a text.
func tgProfileGet(param string) tgMethod {
	return tgLocked(func(t *Telegram, _ tgParams) (any, *tgRefusal) {
		return map[string]any{param: t.profile[param]}, nil
	})
}

func (t *Telegram) setMenuButton(params tgParams) (any, *tgRefusal) {
	var button struct{ Type string }
	if json.Unmarshal([]byte(params["menu_button"]), &button) != nil || button.Type != "commands" && button.Type != "default" {
		return nil, tgBad("MenuButton has unsupported type")
	}
	t.profile["menu_button"] = button.Type
	return true, nil
}

func (t *Telegram) getMe(tgParams) (any, *tgRefusal) {
	return tgMerge(t.botJSON(), map[string]any{
		"can_join_groups": t.joins, "can_read_all_group_messages": false, "supports_inline_queries": false,
	}), nil
}

func (t *Telegram) getChat(params tgParams) (any, *tgRefusal) {
	chat, refusal := t.chatOf(params)
	if refusal != nil {
		return nil, refusal
	}
	return tgMerge(t.chatJSON(chat.id), map[string]any{
		"accent_color_id": 0, "max_reaction_count": 11,
		"accepted_gift_types": map[string]any{},
	}), nil
}

func (t *Telegram) leaveChat(params tgParams) (any, *tgRefusal) {
	chat, refusal := t.openChatOf(params)
	switch {
	case refusal != nil:
		return nil, refusal
	case chat.id > 0:
		return nil, tgBad("chat member status can't be changed in private chats")
	}
	chat.closed = "bot is not a member of the group chat"
	return true, nil
}

func (t *Telegram) sendMessage(params tgParams) (any, *tgRefusal) {
	text, refusal := tgReadText(params, "message is too long")
	if refusal != nil {
		return nil, refusal
	}
	return t.send(params, "text", text, tgContent(text))
}

func (t *Telegram) sendDocument(params tgParams) (any, *tgRefusal) {
	name, ok := params["document"]
	switch {
	case !ok:
		return nil, tgBad("there is no document in the request")
	case tgLength(params["caption"]) > tgMaxCaption:
		return nil, tgBad("message caption is too long")
	}
	return t.send(params, "document", params["caption"], map[string]any{
		"caption":  params["caption"],
		"document": map[string]any{"file_id": "document-" + name, "file_unique_id": name, "file_name": name},
	})
}

// send adds a message of the bot's to the chat that params name.
func (t *Telegram) send(params tgParams, kind, text string, content map[string]any) (any, *tgRefusal) {
	chat, refusal := t.openChatOf(params)
	if refusal != nil {
		return nil, refusal
	}
	buttons, refusal := tgReadKeyboard(params)
	if refusal != nil {
		return nil, refusal
	}
	m := t.add(chat, tgMessage{
		TelegramMessage: TelegramMessage{
			FromBot: true, Kind: kind, Text: text, Buttons: buttons,
			Protected: params.flag("protect_content"),
			Silent:    params.flag("disable_notification"),
			File:      params[tgFile+kind],
		},
		content: content,
	})
	return t.messageJSON(chat.id, m), nil
}

func (t *Telegram) editMessageText(params tgParams) (any, *tgRefusal) {
	text, refusal := tgReadText(params, "MESSAGE_TOO_LONG")
	if refusal != nil {
		return nil, refusal
	}
	return t.edit(params, func(m *tgMessage) { m.Text, m.content = text, tgContent(text) })
}

func (t *Telegram) editMessageReplyMarkup(params tgParams) (any, *tgRefusal) {
	return t.edit(params, func(*tgMessage) {})
}

// edit gives a message of the bot's the keyboard in params, none if there is none, and
// whatever else change does to it.
func (t *Telegram) edit(params tgParams, change func(*tgMessage)) (any, *tgRefusal) {
	chat, m, refusal := t.messageOf(params, "edit")
	if refusal != nil {
		return nil, refusal
	}
	buttons, refusal := tgReadKeyboard(params)
	switch {
	case refusal != nil:
		return nil, refusal
	case !m.FromBot:
		return nil, tgBad("message can't be edited")
	}
	before := *m
	m.Buttons = buttons
	change(m)
	if m.Text == before.Text && reflect.DeepEqual(m.Buttons, before.Buttons) {
		return nil, tgBad("message is not modified: specified new message content and reply markup" +
			" are exactly the same as a current content and reply markup of the message")
	}
	m.Edited = t.now()
	return t.messageJSON(chat.id, m), nil
}

func (t *Telegram) deleteMessage(params tgParams) (any, *tgRefusal) {
	chat, m, refusal := t.messageOf(params, "delete")
	switch {
	case refusal != nil:
		return nil, refusal
	case t.now().Sub(m.Sent) >= tgDeletable:
		return nil, tgBad("message can't be deleted")
	}
	chat.remove(m.ID)
	return true, nil
}

// deleteMessages deletes what it can, and says yes to the rest.
func (t *Telegram) deleteMessages(params tgParams) (any, *tgRefusal) {
	chat, refusal := t.openChatOf(params)
	if refusal != nil {
		return nil, refusal
	}
	var ids []int
	switch err := json.Unmarshal([]byte(params["message_ids"]), &ids); {
	case err != nil:
		return nil, tgBad("can't parse message identifiers JSON object")
	case len(ids) == 0:
		return nil, tgBad("message identifiers are not specified")
	case len(ids) > tgMaxDeletes:
		return nil, tgBad("too many message identifiers specified")
	}
	for _, id := range ids {
		if m := chat.find(id); m != nil && t.now().Sub(m.Sent) < tgDeletable {
			chat.remove(id)
		}
	}
	return true, nil
}

func (t *Telegram) answerCallbackQuery(params tgParams) (any, *tgRefusal) {
	id := params["callback_query_id"]
	press := t.presses[id]
	switch {
	case press == nil || t.now().Sub(press.at) >= tgPressLife*t.second:
		return nil, tgBad("query is too old and response timeout expired or query ID is invalid")
	case tgLength(params["text"]) > tgMaxAnswer:
		return nil, tgBad("MESSAGE_TOO_LONG")
	}
	t.answers = append(t.answers, TelegramAnswer{
		Press: id, User: press.user, Text: params["text"], Alert: params.flag("show_alert"),
	})
	return true, nil
}

var tgCommandName = regexp.MustCompile(`^[a-z0-9_]*$`)

func (t *Telegram) setMyCommands(params tgParams) (any, *tgRefusal) {
	var commands []TelegramCommand
	if json.Unmarshal([]byte(params["commands"]), &commands) != nil {
		return nil, tgBad("can't parse commands JSON object")
	}
	if len(commands) > tgMaxCommands {
		return nil, tgBad("BOT_COMMANDS_TOO_MUCH")
	}
	for i := range commands {
		c := &commands[i]
		c.Command = strings.TrimPrefix(c.Command, "/")
		if fault := tgCommandFault(c.Command, c.Description); fault != "" {
			return nil, tgBad(fault)
		}
	}
	t.commands = commands
	t.changes.wake()
	return true, nil
}

// tgCommandFault says what is wrong with a command; empty if nothing is.
func tgCommandFault(name, description string) string {
	switch {
	case name == "":
		return "command must be non-empty"
	case tgLength(name) > 32:
		return "command length must not exceed 32"
	case !tgCommandName.MatchString(name):
		return "BOT_COMMAND_INVALID"
	case description == "":
		return "command description must be non-empty"
	case tgLength(description) > 256:
		return "command description length must not exceed 256"
	}
	return ""
}

// tgReadText reads the text of a call; tooLong is what an overlong one is refused with.
func tgReadText(params tgParams, tooLong string) (string, *tgRefusal) {
	text := strings.TrimSpace(params["text"])
	mode := strings.ToLower(cmp.Or(params["parse_mode"], "none"))
	switch {
	case params["text"] == "":
		return "", tgBad("message text is empty")
	case !utf8.ValidString(text):
		return "", tgBad("strings must be encoded in UTF-8")
	case mode != "none":
		return "", tgBad("unsupported parse_mode")
	case text == "":
		return "", tgBad("text must be non-empty")
	case tgLength(text) > tgMaxText:
		return "", tgBad(tooLong)
	}
	return text, nil
}

// chatOf returns the chat that params name. A bot knows nobody who never wrote to it.
func (t *Telegram) chatOf(params tgParams) (*tgChat, *tgRefusal) {
	text := strings.TrimSpace(params["chat_id"])
	if text == "" {
		return nil, tgBad("chat_id is empty")
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if chat := t.chats[id]; err == nil && chat != nil {
		return chat, nil
	}
	return nil, tgBad("chat not found")
}

// openChatOf returns the chat that params name if the bot may do something in it.
func (t *Telegram) openChatOf(params tgParams) (*tgChat, *tgRefusal) {
	chat, refusal := t.chatOf(params)
	switch {
	case refusal != nil:
		return nil, refusal
	case chat.closed != "":
		return nil, tgForbidden(chat.closed)
	}
	return chat, nil
}

// messageOf returns the message that params name, which the bot wants to edit or delete.
func (t *Telegram) messageOf(params tgParams, deed string) (*tgChat, *tgMessage, *tgRefusal) {
	chat, refusal := t.openChatOf(params)
	if refusal != nil {
		return nil, nil, refusal
	}
	id, _ := strconv.Atoi(params["message_id"])
	if id <= 0 {
		return nil, nil, tgBad("message identifier is not specified")
	}
	m := chat.find(id)
	if m == nil {
		return nil, nil, tgBad("message to " + deed + " not found")
	}
	return chat, m, nil
}
