package telegram

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/rules"
)

func TestUpdatesAsTheyAreHeard(t *testing.T) {
	t.Parallel()
	const from, chat = `"from":{"id":7},`, `"chat":{"id":7,"type":"private"}`
	message := func(rest string) string {
		return `{"update_id":5,"message":{"message_id":9,` + from + chat + rest + `}}`
	}
	said := func(in dialog.Input, key string) event {
		return event{update: 5, chat: 7, heard: &bot.Heard{
			Chat:     dialog.Chat{Platform: "telegram", ID: "7"},
			Audience: rules.Parent,
			Keys:     []string{"tg:5", key},
			Message:  "9",
			Input:    in,
		}}
	}
	words := func(s string) event { return said(dialog.Input{Text: s}, "tg:7:9") }
	media := func(kind string) event { return said(dialog.Input{Media: kind}, "tg:7:9") }
	pressed := func(p dialog.Press) event {
		e := said(dialog.Input{Press: &p}, "tg:cb:55")
		e.heard.Message, e.callback = "", "55"
		return e
	}
	callback := func(data string) string {
		return `{"update_id":5,"callback_query":{"id":"55",` + from + `"message":{"message_id":8,` + chat + `},"data":` + data + `}}`
	}
	tests := []struct {
		name, json string
		want       event
	}{
		{"words", message(`,"text":"She is three months old"`), words("She is three months old")},
		{"markup is words", message(`,"text":"<b>*x*</b> [y](tg://user?id=1)"`), words("<b>*x*</b> [y](tg://user?id=1)")},
		{"a lone surrogate", message(`,"text":"a\ud83d"`), words("a\uFFFD")},
		{"a command", message(`,"text":"/help"`), words("/help")},
		{"a command to us by name", message(`,"text":"/help@our_bot"`), words("/help")},
		{"a link's payload", message(`,"text":"/start ../R17-7K3Q"`), words("/start")},
		{"words after a command", message(`,"text":"/stop please"`), words("/stop please")},
		{"voice", message(`,"voice":{"file_id":"x"}`), media("voice")},
		{"video note", message(`,"video_note":{}`), media("voice")},
		{"photo with a caption", message(`,"photo":[{}],"caption":"look"`), said(dialog.Input{Media: "photo", Text: "look"}, "tg:7:9")},
		{"sticker", message(`,"sticker":{}`), media("sticker")},
		{"document", message(`,"document":{"file_name":"letter.pdf"}`), media("file")},
		{"location", message(`,"location":{}`), media("location")},
		{"poll", message(`,"poll":{"type":"unheard of"}`), media("other")},
		{"null is nothing", message(`,"voice":null,"text":"hello"`), words("hello")},
		{"own contact", message(`,"contact":{"phone_number":"07700900123","user_id":7}`), words("07700900123")},
		{"somebody's contact", message(`,"contact":{"phone_number":"07700900123","user_id":8}`), media("contact")},
		{"a contact of nobody here", message(`,"contact":{"phone_number":"07700900123"}`), media("contact")},
		{"forwarded", message(`,"forward_origin":{"type":"unheard of"},"text":"not mine"`), media("forward")},
		{"edited", `{"update_id":5,"edited_message":{"message_id":9,"edit_date":77,` + from + chat + `,"text":"no"}}`,
			said(dialog.Input{Text: "no", Edited: true}, "tg:7:9:77")},
		{"edited caption", `{"update_id":5,"edited_message":{"message_id":9,` + from + chat + `,"caption":"no"}}`, event{update: 5, chat: 7}},
		{"press", callback(`"K7Q2MX:yes"`), pressed(dialog.Press{Prompt: "K7Q2MX", Choice: "yes"})},
		{"press without a message", `{"update_id":5,"callback_query":{"id":"55",` + from + `"data":"K7Q2MX:yes"}}`,
			pressed(dialog.Press{Prompt: "K7Q2MX", Choice: "yes"})},
		{"press without data", callback(`""`), pressed(dialog.Press{})},
		{"press of no prompt", callback(`":yes"`), pressed(dialog.Press{})},
		{"press of too much", callback(`"K7Q2MX:yes:no"`), pressed(dialog.Press{})},
		{"press of 64 bytes", callback(`"` + strings.Repeat("x", 64) + `"`), pressed(dialog.Press{})},
		{"press of what is not ours", callback(`"K7Q2MX:../\u0000"`), pressed(dialog.Press{})},
		{"a group", `{"update_id":5,"message":{"message_id":9,` + from + `"chat":{"id":-3,"type":"group"},"text":"hello"}}`,
			event{update: 5, chat: -3, group: true}},
		{"press in a group", `{"update_id":5,"callback_query":{"id":"55",` + from + `"message":{"chat":{"id":-3,"type":"supergroup"}},"data":"K7Q2MX:yes"}}`,
			event{update: 5, chat: -3, group: true, callback: "55"}},
		{"brought into a group", `{"update_id":5,"my_chat_member":{"chat":{"id":-3,"type":"group"},"new_chat_member":{"status":"member"}}}`,
			event{update: 5, chat: -3, group: true}},
		{"blocked", `{"update_id":5,"my_chat_member":{"chat":{"id":7,"type":"private"},"new_chat_member":{"status":"kicked"}}}`,
			event{update: 5, chat: 7}},
		{"unheard of", `{"update_id":5,"ephemeral_thing":{"text":"x"}}`, event{update: 5}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var u update
			if err := json.Unmarshal([]byte(tt.json), &u); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, u.event(), cmp.AllowUnexported(event{}), cmpopts.IgnoreUnexported(bot.Heard{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestWhatCannotBeReadHarmsNoOther: it is an event like the others, to be set aside, and
// whose it is known if that can be read.
func TestWhatCannotBeReadHarmsNoOther(t *testing.T) {
	t.Parallel()
	good := `{"update_id":%,"message":{"message_id":1,"chat":{"id":7,"type":"private"},"text":"x"}}`
	const readable = "readable"
	tests := []struct {
		name  string
		batch []string
		whose []string // of each event: readable, or else the chat it is set aside for
		wrong bool
	}{
		{"nothing", nil, nil, false},
		{"all good", []string{`41`, `42`}, []string{readable, readable}, false},
		{"text that is a number", []string{`41`, `{"update_id":42,"message":{"chat":{"id":7,"type":"private"},"text":7}}`}, []string{readable, "7"}, false},
		{"a bad press", []string{`{"update_id":41,"callback_query":{"id":1,"from":{"id":7}}}`}, []string{"7"}, false},
		{"an id too large", []string{`{"update_id":41,"message":{"message_id":9223372036854775808}}`, `42`}, []string{"", readable}, false},
		{"a chat too large", []string{`{"update_id":41,"message":{"chat":{"id":9223372036854775808,"type":"private"}}}`}, []string{""}, false},
		{"an id in quotes", []string{`{"update_id":41,"message":{"chat":{"id":"7","type":"private"}}}`}, []string{""}, false},
		{"in a group", []string{`{"update_id":41,"message":{"chat":{"id":-7,"type":"group"},"text":7}}`}, []string{""}, false},
		{"a list for a chat", []string{`{"update_id":41,"message":{"chat":[]}}`}, []string{""}, false},
		{"deeply nested", []string{`{"update_id":41,"message":{"text":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}}`}, nil, true},
		{"no number", []string{`{"update_id":"41"}`}, nil, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var batch []json.RawMessage
			for _, s := range tt.batch {
				if !strings.HasPrefix(s, "{") {
					s = strings.Replace(good, "%", s, 1)
				}
				batch = append(batch, json.RawMessage(s))
			}
			events, err := eventsOf(batch)
			var whose []string
			for i, e := range events {
				if e.unread == nil {
					whose = append(whose, readable)
					continue
				}
				whose = append(whose, e.heard.Chat.ID)
				if string(e.unread) != string(batch[i]) {
					t.Errorf("%s is kept as %s", batch[i], e.unread)
				}
			}
			if diff := cmp.Diff(tt.whose, whose); diff != "" || (err != nil) != tt.wrong {
				t.Errorf("error %v, whose %s", err, diff)
			}
		})
	}
}

func FuzzUpdate(f *testing.F) {
	f.Add(`{"update_id":1,"message":{"message_id":1,"chat":{"id":7,"type":"private"},"text":"/start@x y"}}`)
	f.Add(`{"update_id":1,"callback_query":{"id":"1","data":"K7Q2MX:yes"}}`)
	f.Add(`{"update_id":1,"edited_message":{"voice":null}}`)
	f.Fuzz(func(t *testing.T, s string) {
		e, err := eventOf(json.RawMessage(s))
		switch {
		case err != nil:
		case e.unread != nil:
			if len(e.heard.Keys) == 0 {
				t.Errorf("nothing to know it by: %+v", e)
			}
		case e.heard != nil && (e.group || len(e.heard.Keys) != 2):
			t.Errorf("heard %+v", e)
		}
	})
}
