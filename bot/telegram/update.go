package telegram

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/rules"
)

// update is as much of an update as we need. What else is in it is never decoded, so it
// can neither fail nor be kept.
type update struct {
	ID       int64     `json:"update_id"`
	Message  *message  `json:"message"`
	Edited   *message  `json:"edited_message"`
	Callback *callback `json:"callback_query"`
	Member   *struct {
		Chat chat `json:"chat"`
	} `json:"my_chat_member"`
}

type chat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

type user struct {
	ID int64 `json:"id"`
}

type message struct {
	ID       int64  `json:"message_id"`
	EditDate int64  `json:"edit_date"`
	From     user   `json:"from"`
	Chat     chat   `json:"chat"`
	Text     string `json:"text"`
	Caption  string `json:"caption"` // what is written beneath a picture, a file or a recording
	Contact  *struct {
		Phone  string `json:"phone_number"`
		UserID int64  `json:"user_id"`
	} `json:"contact"`
	Forward   present `json:"forward_origin"`
	Voice     present `json:"voice"`
	Audio     present `json:"audio"`
	VideoNote present `json:"video_note"`
	Photo     present `json:"photo"`
	Sticker   present `json:"sticker"`
	Document  present `json:"document"`
	Location  present `json:"location"`
}

// present notes that something is there and drops what it is.
type present bool

// UnmarshalJSON is called only for what is there, if only as null.
func (p *present) UnmarshalJSON(b []byte) error {
	*p = string(b) != "null"
	return nil
}

type callback struct {
	ID      string `json:"id"`
	From    user   `json:"from"`
	Message *struct {
		Chat chat `json:"chat"`
	} `json:"message"`
	Data string `json:"data"`
}

// event is what an update is to us.
type event struct {
	update   int64
	chat     int64
	heard    *bot.Heard      // nil if there is nothing to hear
	unread   json.RawMessage // the update as it came, if it cannot be read
	callback string          // the press to acknowledge
	group    bool            // it happened where others listen
}

const private = "private"

// eventOf reads an update. One that cannot be read is an event of what little can be read of
// it, which is not to be taken for an answer. Its error is that it has no number.
func eventOf(raw json.RawMessage) (event, error) {
	var u update
	err := json.Unmarshal(raw, &u) // which sets what can be read also where something cannot
	if u.ID <= 0 {
		return event{}, errNoUpdate
	}
	e := u.event()
	if err == nil {
		return e, nil
	}
	e.unread = raw
	switch {
	case e.heard == nil || e.chat == 0:
		e.heard = &bot.Heard{Keys: []string{updateKey(u.ID)}}
	case u.Message != nil:
		e.heard.Input = dialog.Input{Text: strings.TrimSpace(u.Message.Text + "\n" + u.Message.Caption)}
	}
	return e, nil
}

// updateKey is what an update is known by.
func updateKey(id int64) string { return fmt.Sprintf("tg:%d", id) }

func (u update) event() event {
	switch {
	case u.Message != nil:
		return u.said(*u.Message, u.Message.input())
	case u.Edited != nil:
		return u.said(*u.Edited, dialog.Input{Text: u.Edited.Text, Edited: true})
	case u.Callback != nil:
		return u.pressed(*u.Callback)
	case u.Member != nil:
		return event{update: u.ID, chat: u.Member.Chat.ID, group: u.Member.Chat.Type != private}
	}
	return event{update: u.ID}
}

// said is a message, new or edited. The edit of something without words is not heard.
func (u update) said(m message, in dialog.Input) event {
	e := event{update: u.ID, chat: m.Chat.ID, group: m.Chat.Type != private}
	if e.group || in.Edited && in.Text == "" {
		return e
	}
	key := fmt.Sprintf("tg:%d:%d", m.Chat.ID, m.ID)
	if in.Edited {
		key += fmt.Sprintf(":%d", m.EditDate)
	}
	e.heard = u.hear(m.Chat.ID, key, in)
	e.heard.Message = strconv.FormatInt(m.ID, 10)
	return e
}

// pressed is a press of a button. A private chat has the id of the person in it.
func (u update) pressed(p callback) event {
	e := event{update: u.ID, chat: p.From.ID, callback: p.ID}
	if p.Message != nil && p.Message.Chat.Type != private {
		e.chat, e.group = p.Message.Chat.ID, true
		return e
	}
	e.heard = u.hear(p.From.ID, "tg:cb:"+p.ID, dialog.Input{Press: press(p.Data)})
	return e
}

func (u update) hear(chat int64, key string, in dialog.Input) *bot.Heard {
	return &bot.Heard{
		Chat:     dialog.Chat{Platform: Platform, ID: strconv.FormatInt(chat, 10)},
		Audience: rules.Parent,
		Keys:     []string{updateKey(u.ID), key},
		Input:    in,
	}
}

// input is a new message as the dialogue hears it: its words, or what it is instead.
// Nothing is downloaded. A forwarded message is somebody else's words and a shared contact
// somebody's number: only one's own is an answer.
func (m message) input() dialog.Input {
	if m.Contact != nil && m.Contact.UserID == m.From.ID && !bool(m.Forward) {
		return dialog.Input{Text: m.Contact.Phone}
	}
	for _, media := range []struct {
		there present
		kind  string
	}{
		{m.Forward, "forward"},
		{m.Contact != nil, "contact"},
		{m.Voice || m.Audio || m.VideoNote, "voice"},
		{m.Photo, "photo"},
		{m.Sticker, "sticker"},
		{m.Document, "file"},
		{m.Location, "location"},
		{m.Text == "", "other"},
	} {
		if media.there {
			in := dialog.Input{Media: media.kind}
			if !bool(m.Forward) {
				in.Text = m.Caption
			}
			return in
		}
	}
	return dialog.Input{Text: command(m.Text)}
}

// command takes from a command what only Telegram puts there: the bot's name, and what
// a link that opens the chat carries, which anybody can write and means nothing to us.
func command(text string) string {
	if !strings.HasPrefix(text, "/") {
		return text
	}
	word, rest, _ := strings.Cut(text, " ")
	word, _, _ = strings.Cut(word, "@")
	if word == "/start" {
		return word
	}
	return strings.TrimSpace(word + " " + rest)
}

// buttonData is the only data our buttons carry. Anyone can send any other.
var buttonData = regexp.MustCompile(`^([0-9A-Za-z]{1,16}):([0-9A-Za-z_]{1,32})$`)

// press reads what a button carries. What is not ours belongs to no prompt.
func press(data string) *dialog.Press {
	parts := buttonData.FindStringSubmatch(data)
	if parts == nil {
		return &dialog.Press{}
	}
	return &dialog.Press{Prompt: parts[1], Choice: parts[2]}
}
