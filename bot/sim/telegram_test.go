package sim_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/bot/sim"
)

const parent = 41

// A tgBot is a bot as bare as can be: it calls the Bot API and reads what comes back.
type tgBot struct {
	t   *testing.T
	sim *sim.Telegram
}

type tgReply struct {
	OK          bool
	Result      json.RawMessage
	ErrorCode   int `json:"error_code"`
	Description string
	Parameters  struct {
		RetryAfter int `json:"retry_after"`
	}
	header http.Header
}

type tgGot struct {
	ID      int `json:"update_id"`
	Message struct {
		ID   int `json:"message_id"`
		Text string
		Chat struct {
			ID   int64
			Type string
		}
	}
	Edited struct {
		Text string
		Date int64 `json:"edit_date"`
	} `json:"edited_message"`
	Press struct {
		ID      string
		Data    string
		Message struct {
			ID   int `json:"message_id"`
			Date int64
		}
	} `json:"callback_query"`
	Member struct {
		New struct{ Status string } `json:"new_chat_member"`
	} `json:"my_chat_member"`
}

func newTgBot(t *testing.T, o sim.TelegramOptions) (*sim.Telegram, *tgBot) {
	t.Helper()
	tg := sim.NewTelegram(o)
	t.Cleanup(tg.Close)
	return tg, &tgBot{t, tg}
}

func (b *tgBot) try(method string, params map[string]any) (tgReply, error) {
	if params == nil {
		params = map[string]any{} // no null
	}
	body, err := json.Marshal(params)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.post(method, "application/json", body)
}

func (b *tgBot) post(method, kind string, body []byte) (tgReply, error) {
	resp, err := http.Post(b.sim.URL()+"/bot"+b.sim.Token()+"/"+method, kind, bytes.NewReader(body))
	if err != nil {
		return tgReply{}, err
	}
	defer resp.Body.Close()
	reply := tgReply{header: resp.Header}
	if err := json.NewDecoder(resp.Body).Decode(&reply); err != nil {
		return tgReply{}, fmt.Errorf("status %d: %w", resp.StatusCode, err)
	}
	if reply.ErrorCode != 0 && reply.ErrorCode != resp.StatusCode {
		b.t.Errorf("%s: error_code %d with status %d", method, reply.ErrorCode, resp.StatusCode)
	}
	return reply, nil
}

func (b *tgBot) call(method string, params map[string]any) tgReply {
	b.t.Helper()
	reply, err := b.try(method, params)
	if err != nil {
		b.t.Fatalf("%s: %v", method, err)
	}
	return reply
}

func (b *tgBot) must(method string, params map[string]any) tgReply {
	b.t.Helper()
	reply := b.call(method, params)
	if !reply.OK {
		b.t.Fatalf("%s: %s", method, reply.Description)
	}
	return reply
}

func (b *tgBot) send(text string, more map[string]any) int {
	b.t.Helper()
	params := map[string]any{"chat_id": parent, "text": text}
	for k, v := range more {
		params[k] = v
	}
	var sent struct {
		ID int `json:"message_id"`
	}
	b.read(b.must("sendMessage", params), &sent)
	return sent.ID
}

func (b *tgBot) updates(params map[string]any) []tgGot {
	b.t.Helper()
	var got []tgGot
	b.read(b.must("getUpdates", params), &got)
	return got
}

func (b *tgBot) read(reply tgReply, into any) {
	b.t.Helper()
	if err := json.Unmarshal(reply.Result, into); err != nil {
		b.t.Fatal(err)
	}
}

func buttons(row ...map[string]any) map[string]any {
	return map[string]any{"inline_keyboard": [][]map[string]any{row}}
}

func button(text, data string) map[string]any {
	return map[string]any{"text": text, "callback_data": data}
}

func updateIDs(got []tgGot) []int {
	ids := []int{}
	for _, u := range got {
		ids = append(ids, u.ID)
	}
	return ids
}

// await waits until holds is true, which it asks again after every change.
func await(t *testing.T, tg *sim.Telegram, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	changed, end := tg.Watch()
	defer end()
	for !holds() {
		select {
		case <-changed:
		case <-ctx.Done():
			t.Fatalf("%s: %v", what, ctx.Err())
		}
	}
}

func TestTelegramRefusals(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{})
	theirs := tg.Say(parent, "hello")
	ours := bot.send("hello yourself", map[string]any{"reply_markup": buttons(button("Yes", "p1:yes"))})
	const blocked, stranger, group = 42, 43, -44
	tg.Say(blocked, "hello")
	tg.Block(blocked)
	tg.SayIn(group, parent, "/start")
	bot.must("leaveChat", map[string]any{"chat_id": group})
	hundredAndOne := make([]map[string]any, 101)
	for i := range hundredAndOne {
		hundredAndOne[i] = button("b", "b")
	}
	text := func(s string) map[string]any { return map[string]any{"chat_id": parent, "text": s} }
	markup := func(m any) map[string]any {
		return map[string]any{"chat_id": parent, "text": "x", "reply_markup": m}
	}
	command := func(name, description string) map[string]any {
		return map[string]any{"commands": []map[string]any{{"command": name, "description": description}}}
	}

	tests := []struct {
		name   string
		method string
		params map[string]any
		want   string
	}{
		{"no such method", "sendMessages", nil, "Not Found: method not found"},
		{"no chat", "sendMessage", map[string]any{"text": "x"}, "Bad Request: chat_id is empty"},
		{"stranger", "sendMessage", map[string]any{"chat_id": stranger, "text": "x"}, "Bad Request: chat not found"},
		{"blocked", "sendMessage", map[string]any{"chat_id": blocked, "text": "x"}, "Forbidden: bot was blocked by the user"},
		{"left group", "sendMessage", map[string]any{"chat_id": group, "text": "x"}, "Forbidden: bot is not a member of the group chat"},
		{"no text", "sendMessage", text(""), "Bad Request: message text is empty"},
		{"only spaces", "sendMessage", text(" \n"), "Bad Request: text must be non-empty"},
		{"too long", "sendMessage", text(strings.Repeat("é", 4097)), "Bad Request: message is too long"},
		{"too long in UTF-16", "sendMessage", text(strings.Repeat("🙂", 2049)), "Bad Request: message is too long"},
		{"unknown markup", "sendMessage", map[string]any{"chat_id": parent, "text": "x", "parse_mode": "BBCode"}, "Bad Request: unsupported parse_mode"},
		{"long data", "sendMessage", markup(buttons(button("Yes", strings.Repeat("é", 32)+"x"))), "Bad Request: BUTTON_DATA_INVALID"},
		{"button that does nothing", "sendMessage", markup(buttons(map[string]any{"text": "Yes"})),
			"Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
		{"button without label", "sendMessage", markup(buttons(map[string]any{"callback_data": "yes"})),
			`Bad Request: can't parse inline keyboard button: Can't find field "text"`},
		{"button that rings", "sendMessage", markup(buttons(map[string]any{"text": "Ring", "url": "tel:116123"})),
			"Bad Request: inline keyboard button URL 'tel:116123' is invalid: Unsupported URL protocol"},
		{"button to nowhere", "sendMessage", markup(buttons(map[string]any{"text": "Read", "url": "https://localhost/"})),
			"Bad Request: inline keyboard button URL 'https://localhost/' is invalid: Wrong HTTP URL"},
		{"null keyboard", "sendMessage", markup(map[string]any{"inline_keyboard": nil}),
			`Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array`},
		{"too many buttons", "sendMessage", markup(buttons(hundredAndOne...)), "Bad Request: reply markup is too long"},
		{"markup that is no JSON", "sendMessage", markup("{"), "Bad Request: can't parse reply keyboard markup JSON object"},
		{"unchanged", "editMessageText", map[string]any{"chat_id": parent, "message_id": ours, "text": "hello yourself", "reply_markup": buttons(button("Yes", "p1:yes"))},
			"Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"},
		{"edit of theirs", "editMessageText", map[string]any{"chat_id": parent, "message_id": theirs, "text": "x"}, "Bad Request: message can't be edited"},
		{"edit of nothing", "editMessageText", map[string]any{"chat_id": parent, "message_id": 999, "text": "x"}, "Bad Request: message to edit not found"},
		{"edit without id", "editMessageReplyMarkup", map[string]any{"chat_id": parent}, "Bad Request: message identifier is not specified"},
		{"long edit", "editMessageText", map[string]any{"chat_id": parent, "message_id": ours, "text": strings.Repeat("x", 4097)}, "Bad Request: MESSAGE_TOO_LONG"},
		{"delete of nothing", "deleteMessage", map[string]any{"chat_id": parent, "message_id": 999}, "Bad Request: message to delete not found"},
		{"delete of none", "deleteMessages", map[string]any{"chat_id": parent, "message_ids": []int{}}, "Bad Request: message identifiers are not specified"},
		{"delete of many", "deleteMessages", map[string]any{"chat_id": parent, "message_ids": make([]int, 101)}, "Bad Request: too many message identifiers specified"},
		{"unknown press", "answerCallbackQuery", map[string]any{"callback_query_id": "1"}, "Bad Request: query is too old and response timeout expired or query ID is invalid"},
		{"many commands", "setMyCommands", map[string]any{"commands": hundredAndOne}, "Bad Request: BOT_COMMANDS_TOO_MUCH"},
		{"shouted command", "setMyCommands", command("START", "Begin"), "Bad Request: BOT_COMMAND_INVALID"},
		{"long command", "setMyCommands", command(strings.Repeat("a", 33), "Begin"), "Bad Request: command length must not exceed 32"},
		{"undescribed command", "setMyCommands", command("start", ""), "Bad Request: command description must be non-empty"},
		{"leave a person", "leaveChat", map[string]any{"chat_id": parent}, "Bad Request: chat member status can't be changed in private chats"},
		{"overlong command", "setMyCommands", command("start", strings.Repeat("x", 257)), "Bad Request: command description length must not exceed 256"},
		{"nameless command", "setMyCommands", command("/", "Begin"), "Bad Request: command must be non-empty"},
		{"long description", "setMyDescription", map[string]any{"description": strings.Repeat("x", 513)}, "Bad Request: BOT_DESCRIPTION_TOO_LONG"},
		{"long caption", "sendDocument", map[string]any{"chat_id": parent, "document": "file-1", "caption": strings.Repeat("x", 1025)}, "Bad Request: message caption is too long"},
		{"no document", "sendDocument", map[string]any{"chat_id": parent}, "Bad Request: there is no document in the request"},
		{"bad secret", "setWebhook", map[string]any{"url": "http://127.0.0.1:1/", "secret_token": "ä"}, "Bad Request: secret token contains unallowed characters"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			reply := bot.call(tt.method, tt.params)
			if reply.OK || reply.Description != tt.want {
				t.Errorf("got %q, want %q", reply.Description, tt.want)
			}
			calls := tg.Calls()
			if last := calls[len(calls)-1]; last.Refused != tt.want {
				t.Errorf("the log says %q", last.Refused)
			}
		})
	}
	if n := len(tg.Messages(parent)); n != 2 {
		t.Errorf("refused calls left %d messages, want 2", n)
	}
}

func TestTelegramTokens(t *testing.T) {
	t.Parallel()
	tg, _ := newTgBot(t, sim.TelegramOptions{})
	for path, want := range map[string]int{
		"/bot" + tg.Token() + "/getMe": http.StatusOK,
		"/bot" + tg.Token() + "/GETME": http.StatusOK,
		"/botwrong/getMe":              http.StatusUnauthorized,
		"/" + tg.Token() + "/getMe":    http.StatusNotFound,
		"/":                            http.StatusNotFound,
	} {
		resp, err := http.Get(tg.URL() + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: status %d, want %d", path, resp.StatusCode, want)
		}
	}
}

func TestTelegramBodies(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{})
	tg.Say(parent, "hello")
	keyboard := `{"inline_keyboard":[[{"text":"Yes","callback_data":"yes","copy_text":{"text":""}}]]}`
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	for k, v := range map[string]string{"chat_id": "41", "text": "hi", "reply_markup": keyboard, "protect_content": "true"} {
		w.WriteField(k, v)
	}
	w.Close()
	values := url.Values{"chat_id": {"41"}, "text": {"hi"}, "reply_markup": {keyboard}, "protect_content": {"True"}}
	object := `{"chat_id":41,"text":"hi","reply_markup":` + keyboard + `,"protect_content":true}`

	want := sim.TelegramMessage{
		FromBot: true, Kind: "text", Text: "hi", Protected: true,
		Buttons: [][]sim.TelegramButton{{{Text: "Yes", Data: "yes"}}},
	}
	for kind, body := range map[string][]byte{
		w.FormDataContentType():             form.Bytes(),
		"application/x-www-form-urlencoded": []byte(values.Encode()),
		"application/json; charset=utf-8":   []byte(object),
	} {
		reply, err := bot.post("sendMessage", kind, body)
		if err != nil || !reply.OK {
			t.Fatalf("%s: %v %s", kind, err, reply.Description)
		}
		messages := tg.Messages(parent)
		got := messages[len(messages)-1]
		got.ID, got.Sent = 0, time.Time{}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", kind, diff)
		}
	}
	if reply, err := bot.post("getMe", w.FormDataContentType(), nil); err != nil || !reply.OK {
		t.Errorf("a form without fields: %v %s", err, reply.Description)
	}
	if reply, err := bot.post("sendMessage", "application/json", []byte("{")); err != nil || reply.ErrorCode != 400 {
		t.Errorf("half a body: %v %+v", err, reply)
	}
}

func TestTelegramChat(t *testing.T) {
	t.Parallel()
	clock := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	tg, bot := newTgBot(t, sim.TelegramOptions{Now: func() time.Time { return clock }})
	first := tg.Say(parent, "hello")
	second := bot.send("Which?", map[string]any{"disable_notification": true, "reply_markup": buttons(button("A", "a"), button("B", "b"))})
	third := tg.Say(parent, "never mind")
	if second != first+1 || third != second+1 {
		t.Errorf("ids %d, %d, %d do not rise by one", first, second, third)
	}
	tg.Edit(parent, first, "hello there")
	bot.must("editMessageText", map[string]any{"chat_id": parent, "message_id": second, "text": "You chose A."})
	bot.must("deleteMessages", map[string]any{"chat_id": parent, "message_ids": []int{third, 999}})

	want := []sim.TelegramMessage{
		{ID: first, From: parent, Kind: "text", Text: "hello there", Sent: clock, Edited: clock},
		{ID: second, FromBot: true, Kind: "text", Text: "You chose A.", Sent: clock, Edited: clock, Silent: true},
	}
	if diff := cmp.Diff(want, tg.Messages(parent)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	clock = clock.Add(48*time.Hour - time.Second)
	bot.must("deleteMessage", map[string]any{"chat_id": parent, "message_id": first})
	clock = clock.Add(time.Second)
	reply := bot.call("deleteMessage", map[string]any{"chat_id": parent, "message_id": second})
	if reply.Description != "Bad Request: message can't be deleted" {
		t.Errorf("after 48 hours: %q", reply.Description)
	}
}

func TestTelegramGrants(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{Names: map[int64]string{parent: "Sam"}})
	tg.Say(parent, "hello")
	link := map[string]any{"text": "Read", "url": "https://example.org/"}
	tests := []struct {
		method string
		params map[string]any
		want   string // in the result
	}{
		{"getMe", nil, `"id":7000001`},
		{"getChat", map[string]any{"chat_id": "41"}, `"first_name":"Sam"`},
		{"sendDocument", map[string]any{"chat_id": parent, "document": "file-1", "caption": "A leaflet"}, `"caption":"A leaflet"`},
		{"sendMessage", map[string]any{"chat_id": parent, "text": "x", "reply_markup": buttons(link)}, `"url":"https://example.org/"`},
		{"sendMessage", map[string]any{"chat_id": parent, "text": strings.Repeat("é", 4096)}, `"date"`},
		{"sendMessage", map[string]any{"chat_id": parent, "text": "x", "reply_markup": buttons(button("Yes", strings.Repeat("é", 32)))}, `"callback_data"`},
		{"sendMessage", map[string]any{"chat_id": parent, "text": "x", "reply_markup": map[string]any{"inline_keyboard": []any{}}}, `"text":"x"`},
		{"setMyCommands", map[string]any{"commands": []map[string]any{{"command": "/start", "description": "Begin"}}}, "true"},
		{"setMyDescription", map[string]any{"description": strings.Repeat("é", 512)}, "true"},
		{"setMyShortDescription", nil, "true"},
		{"deleteWebhook", nil, "true"},
	}
	for _, tt := range tests {
		if got := string(bot.must(tt.method, tt.params).Result); !strings.Contains(got, tt.want) {
			t.Errorf("%s: %s, want %s", tt.method, got, tt.want)
		}
	}
	if menu := tg.Commands(); len(menu) != 1 || menu[0] != (sim.TelegramCommand{Command: "start", Description: "Begin"}) {
		t.Errorf("the menu is %v", menu)
	}
}

func TestTelegramWatch(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{})
	changed, end := tg.Watch()
	changes := map[string]func(){
		"says":    func() { tg.Say(parent, "hello") },
		"hears":   func() { bot.send("hello", nil) },
		"deletes": func() { tg.Delete(parent, 1) },
	}
	for _, deed := range []string{"says", "hears", "deletes"} {
		for len(changed) > 0 {
			<-changed
		}
		changes[deed]()
		select {
		case <-changed:
		default:
			t.Errorf("%s: nobody was woken", deed)
		}
	}
	end()
	for len(changed) > 0 {
		<-changed
	}
	tg.Say(parent, "hello")
	if len(changed) > 0 {
		t.Error("woken after the end of the watch")
	}
	if n := len(tg.Messages(parent)); n != 2 {
		t.Errorf("%d messages, want the bot's and the last one", n)
	}
}

func TestTelegramOffsets(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{Second: time.Millisecond})
	for i := range 5 {
		tg.Say(parent, fmt.Sprint("text ", i))
	}
	all := bot.updates(nil)
	if len(all) != 5 {
		t.Fatalf("%d updates, want 5", len(all))
	}
	for i, u := range all {
		if u.ID != all[0].ID+i || u.Message.Text != fmt.Sprint("text ", i) {
			t.Errorf("update %d is %d %q", i, u.ID, u.Message.Text)
		}
	}
	first := all[0].ID
	steps := []struct {
		name          string
		offset, limit int
		want          []int
		pending       int
	}{
		{"of long ago", 1, 2, []int{first, first + 1}, 5},
		{"confirms", first + 2, 2, []int{first + 2, first + 3}, 3},
		{"has forgotten", first, 100, []int{first + 2, first + 3, first + 4}, 3},
		{"from the end", -1, 100, []int{first + 4}, 1},
		{"from the future", first + 1000, 100, []int{first + 4}, 1},
		{"all", first + 5, 100, []int{}, 0},
	}
	for _, s := range steps {
		got := bot.updates(map[string]any{"offset": s.offset, "limit": s.limit})
		if diff := cmp.Diff(s.want, updateIDs(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", s.name, diff)
		}
		if n := tg.Pending(); n != s.pending {
			t.Errorf("%s: %d pending, want %d", s.name, n, s.pending)
		}
	}
}

func TestTelegramHoldsBackTheHurried(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{})
	tg.Say(parent, "one")
	tg.Say(parent, "two")
	if n := len(bot.updates(map[string]any{"offset": 7})); n != 2 {
		t.Errorf("first asked: %d updates, want 2", n)
	}
	if n := len(bot.updates(map[string]any{"offset": 7})); n != 1 {
		t.Errorf("asked again at once: %d updates, want 1", n)
	}
}

func TestTelegramLongPoll(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{})
	got := make(chan []tgGot)
	go func() { got <- bot.updates(map[string]any{"timeout": 50}) }()
	await(t, tg, "poll", func() bool { return len(tg.Calls()) == 1 })
	select {
	case <-got:
		t.Fatal("the poll did not wait")
	case <-time.After(20 * time.Millisecond):
	}
	tg.Say(parent, "hello")
	if u := <-got; len(u) != 1 || u[0].Message.Text != "hello" {
		t.Errorf("got %+v", u)
	}
}

func TestTelegramLongPollEnds(t *testing.T) {
	t.Parallel()
	_, bot := newTgBot(t, sim.TelegramOptions{Second: time.Millisecond})
	if got := bot.updates(map[string]any{"timeout": 5}); got == nil || len(got) != 0 {
		t.Errorf("got %+v, want an empty list", got)
	}
}

func TestTelegramTwoPollers(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{})
	replies := make(chan tgReply)
	for range 2 {
		go func() { replies <- bot.call("getUpdates", map[string]any{"timeout": 50}) }()
	}
	loser := <-replies
	want := "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
	if loser.ErrorCode != 409 || loser.Description != want {
		t.Errorf("got %d %q", loser.ErrorCode, loser.Description)
	}
	tg.Say(parent, "hello")
	if winner := <-replies; !winner.OK {
		t.Errorf("the other poller got %q", winner.Description)
	}
}

func TestTelegramWebhookEndsPoll(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{})
	for attempt := 1; ; attempt++ { // the poll may come too late to be waiting
		poll := make(chan tgReply)
		go func() { poll <- bot.call("getUpdates", map[string]any{"timeout": 50}) }()
		await(t, tg, "poll", func() bool { return len(tg.Calls()) == 3*attempt-2 })
		bot.must("setWebhook", map[string]any{"url": "http://127.0.0.1:1/"})
		reply := <-poll
		bot.must("deleteWebhook", nil)
		if reply.ErrorCode != 409 {
			t.Fatalf("got %d %q", reply.ErrorCode, reply.Description)
		}
		if reply.Description == "Conflict: terminated by setWebhook request" {
			return
		}
		if attempt == 50 {
			t.Fatalf("never ended by the webhook: %q", reply.Description)
		}
	}
}

func TestTelegramPress(t *testing.T) {
	t.Parallel()
	clock := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	tg, bot := newTgBot(t, sim.TelegramOptions{Now: func() time.Time { return clock }})
	tg.Say(parent, "hello")
	bot.send("Old?", map[string]any{"reply_markup": buttons(button("Yes", "p1:yes"))})
	latest := bot.send("New?", map[string]any{"reply_markup": buttons(button("Yes", "p2:yes"), button("No", "p2:no"))})
	press, err := tg.PressLabel(parent, "Yes")
	if err != nil {
		t.Fatal(err)
	}
	tg.Press(parent, 999, "forged")
	if _, err := tg.PressLabel(parent, "Perhaps"); err == nil {
		t.Error("a button that is not there was pressed")
	}
	got := bot.updates(map[string]any{"offset": 1})
	if len(got) != 3 {
		t.Fatalf("%d updates, want 3", len(got))
	}
	if p := got[1].Press; p.ID != press || p.Data != "p2:yes" || p.Message.ID != latest || p.Message.Date == 0 {
		t.Errorf("pressed %+v", p)
	}
	if p := got[2].Press; p.Data != "forged" || p.Message.ID != 999 || p.Message.Date != 0 {
		t.Errorf("forged %+v", p)
	}

	bot.must("answerCallbackQuery", map[string]any{"callback_query_id": press, "text": "Thank you", "show_alert": true})
	want := []sim.TelegramAnswer{{Press: press, User: parent, Text: "Thank you", Alert: true}}
	if diff := cmp.Diff(want, tg.Answers(parent)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	reply := bot.call("answerCallbackQuery", map[string]any{"callback_query_id": press, "text": strings.Repeat("x", 201)})
	if reply.Description != "Bad Request: MESSAGE_TOO_LONG" {
		t.Errorf("long answer: %q", reply.Description)
	}

	clock = clock.Add(150 * time.Second)
	reply = bot.call("answerCallbackQuery", map[string]any{"callback_query_id": press})
	if reply.Description != "Bad Request: query is too old and response timeout expired or query ID is invalid" {
		t.Errorf("late answer: %q", reply.Description)
	}
	if n := tg.Pending(); n != 1 {
		t.Errorf("after 150 seconds %d updates wait, want only the text", n)
	}
	clock = clock.Add(24 * time.Hour)
	if n := tg.Pending(); n != 0 {
		t.Errorf("after a day %d updates wait, want none", n)
	}
}

func TestTelegramBlock(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{})
	tg.Say(parent, "hello")
	tg.Block(parent)
	tg.Block(parent)
	tg.Edit(parent, 1, "hello") // nothing new
	tg.Say(parent, "I am back")
	tg.Block(parent)
	tg.Unblock(parent)
	bot.send("Welcome back", nil)
	got := bot.updates(nil)
	if len(got) != 6 {
		t.Fatalf("%d updates, want 6", len(got))
	}
	if status := got[5].Member.New.Status; status != "member" {
		t.Errorf("unblocked by hand: %q", status)
	}
	if status := got[1].Member.New.Status; status != "kicked" {
		t.Errorf("blocked: %q", status)
	}
	if status := got[2].Member.New.Status; status != "member" {
		t.Errorf("unblocked: %q", status)
	}
}

func TestTelegramKindsOfUpdate(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{})
	bot.updates(map[string]any{"allowed_updates": []string{"message", "edited_message"}})
	id := tg.Say(parent, "hello")
	tg.Edit(parent, id, "hello!")
	tg.Press(parent, id, "x")
	tg.Block(parent)
	got := bot.updates(map[string]any{"offset": 1})
	if len(got) != 2 || got[1].Edited.Text != "hello!" || got[1].Edited.Date == 0 {
		t.Errorf("got %+v, want a message and its edit", got)
	}
}

func TestTelegramSay(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{})
	tg.Say(parent, strings.Repeat("🙂", 2048)+"x")
	tg.Press(parent, 1, strings.Repeat("x", 1<<16)) // too large: it never reaches the bot
	tg.SayIn(-7, parent, "/help")
	got := bot.updates(nil)
	if len(got) != 3 || len([]rune(got[0].Message.Text)) != 2048 || got[1].Message.Text != "x" {
		t.Fatalf("a long text was not cut at 4096 UTF-16 units")
	}
	if chat := got[2].Message.Chat; chat.ID != -7 || chat.Type != "group" {
		t.Errorf("group: %+v", chat)
	}
}

func TestTelegramSend(t *testing.T) {
	t.Parallel()
	for kind, field := range map[string]string{
		"voice": "voice", "photo": "photo", "sticker": "sticker", "document": "document", "poll": "poll",
		"contact": "contact", "contact_other": "contact", "forward": "forward_origin", "hologram": "hologram",
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			tg, bot := newTgBot(t, sim.TelegramOptions{})
			tg.Send(parent, kind)
			var got []struct{ Message map[string]any }
			bot.read(bot.must("getUpdates", nil), &got)
			if len(got) != 1 || got[0].Message[field] == nil {
				t.Fatalf("no field %q in %v", field, got)
			}
			if contact, ok := got[0].Message["contact"].(map[string]any); ok {
				if own := contact["user_id"] == float64(parent); own != (kind == "contact") {
					t.Errorf("contact of user %v", contact["user_id"])
				}
			}
		})
	}
}

func TestTelegramDisorder(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{})
	tg.Say(parent, "one")
	tg.Say(parent, "two")
	tg.Poison(parent)
	tg.Reverse()
	ids := updateIDs(bot.updates(map[string]any{"offset": 1}))
	if ids[0] != ids[2]+2 {
		t.Errorf("reversed: %v", ids)
	}
	next := ids[0] + 1
	bot.updates(map[string]any{"offset": next})
	tg.Repeat(2)
	again := updateIDs(bot.updates(map[string]any{"offset": next + 1}))
	if diff := cmp.Diff([]int{next - 2, next - 1}, again); diff != "" {
		t.Errorf("repeated (-want +got):\n%s", diff)
	}
	if last := updateIDs(bot.updates(map[string]any{"offset": -5})); len(last) != 0 {
		t.Errorf("repeated twice: %v", last)
	}
}

func TestTelegramFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		fault   sim.Fault
		want    string // in the description or the error
		arrives bool
		refused string
	}{
		{"rate limit", sim.Fault{RetryAfter: 2500 * time.Millisecond}, "Too Many Requests: retry after 3", false, "Too Many Requests: retry after 3"},
		{"refusal", sim.Fault{Kind: sim.Refuse, Error: "Forbidden: user is deactivated"}, "Forbidden: user is deactivated", false, "Forbidden: user is deactivated"},
		{"down", sim.Fault{Kind: sim.Down}, "status 502", false, ""},
		{"down after", sim.Fault{Kind: sim.Down, Status: 504, After: true}, "status 504", true, ""},
		{"reset", sim.Fault{Kind: sim.Reset}, "reset by peer", false, ""},
		{"reset after", sim.Fault{Kind: sim.Reset, After: true}, "reset by peer", true, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tg, bot := newTgBot(t, sim.TelegramOptions{})
			tg.Say(parent, "hello")
			tt.fault.Times = 2
			tg.Fault("sendMessage", tt.fault)
			for range 2 {
				reply, err := bot.try("sendMessage", map[string]any{"chat_id": parent, "text": "hi"})
				if got := fmt.Sprint(reply.Description, err); !strings.Contains(got, tt.want) {
					t.Errorf("got %q, want %q", got, tt.want)
				}
				if tt.fault.Kind == sim.RateLimit && (reply.Parameters.RetryAfter != 3 || reply.header.Get("Retry-After") != "3") {
					t.Errorf("retry_after %d, Retry-After %q", reply.Parameters.RetryAfter, reply.header.Get("Retry-After"))
				}
			}
			if got := len(tg.Messages(parent)) == 3; got != tt.arrives {
				t.Errorf("arrived: %v, want %v", got, tt.arrives)
			}
			if got := tg.Calls()[0].Refused; got != tt.refused {
				t.Errorf("the log says %q, want %q", got, tt.refused)
			}
			bot.send("hi", nil) // the fault is over
		})
	}
}

func TestTelegramHang(t *testing.T) {
	t.Parallel()
	tg, _ := newTgBot(t, sim.TelegramOptions{})
	tg.Fault("", sim.Fault{Kind: sim.Hang})
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, tg.URL()+"/bot"+tg.Token()+"/getMe", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := http.DefaultClient.Do(req); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want no answer in time", err)
	}
}

// TestPressIsWithTheBot: a press that the bot was given, and has neither confirmed nor asked for
// anew, is not lost, though Telegram keeps it no more.
func TestPressIsWithTheBot(t *testing.T) {
	t.Parallel()
	tg, bot := newTgBot(t, sim.TelegramOptions{Second: 100 * time.Microsecond})
	tg.Press(parent, 1, "x")
	tg.Press(parent+1, 1, "x")
	got := bot.updates(nil)
	for deadline := time.Now().Add(5 * time.Second); tg.Pending() > 0 && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	if len(got) != 2 || tg.Pending() > 0 {
		t.Fatalf("%d were given, and %d are kept", len(got), tg.Pending())
	}
	waits := func(want ...bool) {
		t.Helper()
		if is := []bool{tg.PressWaits(parent), tg.PressWaits(parent + 1)}; !cmp.Equal(is, want) {
			t.Errorf("with the bot: %v, want %v", is, want)
		}
	}
	waits(true, true)
	bot.updates(map[string]any{"offset": got[1].ID, "limit": 1})
	waits(false, true)
	bot.updates(nil)
	waits(false, false)
}
