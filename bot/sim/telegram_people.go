package sim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// Say lets user write text to the bot and returns the id of the message. As in Telegram's
// own apps, a text over 4,096 characters goes out as several messages; the id is the
// last one's.
func (t *Telegram) Say(user int64, text string) (messageID int) {
	return t.SayIn(user, user, text)
}

// SayIn lets user write text in a group the bot was brought into; groups have negative
// ids. A bot that left hears nothing.
func (t *Telegram) SayIn(group, user int64, text string) (messageID int) {
	for _, part := range tgSplit(text) {
		messageID = t.write(group, user, "text", part, tgContent(part))
	}
	return messageID
}

// Send lets user send something that is not a text and returns the id of the message. The
// kinds are voice, photo, video, video_note, audio, animation, sticker, document,
// location, poll, dice, story, contact (their own), contact_other (somebody else's) and
// forward (a text written by somebody else). Any other kind is sent as an empty object of
// that name, as a newer Telegram would do.
func (t *Telegram) Send(user int64, kind string) (messageID int) {
	content, ok := tgMedia(user)[kind]
	if !ok {
		content = map[string]any{kind: map[string]any{}}
	}
	return t.write(user, user, kind, "", content)
}

// write adds a person's message to a chat and tells the bot.
func (t *Telegram) write(chatID, user int64, kind, text string, content map[string]any) int {
	defer t.wake(chatID)
	t.mu.Lock()
	defer t.mu.Unlock()
	chat := t.chat(chatID)
	if chatID > 0 && chat.closed != "" {
		t.unblock(chat) // Telegram's apps offer nothing else in a blocked chat
	}
	m := t.add(chat, tgMessage{
		TelegramMessage: TelegramMessage{From: user, Kind: kind, Text: text},
		content:         content,
	})
	if chat.closed == "" {
		t.enqueueMessage("message", chatID, m)
	}
	return m.ID
}

// Edit lets user change the text of one of their messages. It does nothing if there is no
// such message, or if the text is the same.
func (t *Telegram) Edit(user int64, messageID int, text string) {
	defer t.wake(user)
	t.mu.Lock()
	defer t.mu.Unlock()
	m := t.chat(user).find(messageID)
	if m == nil || m.FromBot || m.Kind != "text" || m.Text == text {
		return
	}
	m.Text, m.content, m.Edited = text, tgContent(text), t.now()
	t.enqueueMessage("edited_message", user, m)
}

// Delete lets user delete a message of either side. Telegram does not tell the bot.
func (t *Telegram) Delete(user int64, messageID int) {
	defer t.wake(user)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.chat(user).remove(messageID)
}

// Press lets user press a button with this data under a message of their chat, and returns
// the id of the press. There need be no such button, nor such a message: old and dishonest
// apps send what they like.
func (t *Telegram) Press(user int64, messageID int, data string) (press string) {
	defer t.wake(user)
	t.mu.Lock()
	defer t.mu.Unlock()
	press = strconv.Itoa(4_382_000_000_001 + len(t.presses))
	t.presses[press] = &tgPress{user: user, at: t.now()}
	var message map[string]any
	if m := t.chat(user).find(messageID); m != nil {
		message = t.messageJSON(user, m)
	} else {
		message = map[string]any{"chat": t.chatJSON(user), "message_id": messageID, "date": 0}
	}
	t.enqueue("callback_query", tgPressLine(user), tgPressLife*t.second, map[string]any{
		"id": press, "from": t.userJSON(user), "message": message,
		"chat_instance": strconv.FormatInt(-user*7919, 10), "data": data,
	})
	return press
}

// PressLabel lets user press the button with this label under the latest message that has
// one, and returns the id of the press. It fails if there is no such button.
func (t *Telegram) PressLabel(user int64, label string) (press string, err error) {
	messages := t.Messages(user)
	slices.Reverse(messages)
	for _, m := range messages {
		for _, b := range slices.Concat(m.Buttons...) {
			if b.Text == label {
				return t.Press(user, m.ID, b.Data), nil
			}
		}
	}
	return "", fmt.Errorf("no button %q", label)
}

// Block lets user block the bot, which hears of it and can no longer write to them.
func (t *Telegram) Block(user int64) {
	defer t.wake(user)
	t.mu.Lock()
	defer t.mu.Unlock()
	chat := t.chat(user)
	if chat.closed == "" {
		chat.closed = "bot was blocked by the user"
		t.memberChange(user, "member", "kicked")
	}
}

// Unblock lets user take that back.
func (t *Telegram) Unblock(user int64) {
	defer t.wake(user)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unblock(t.chat(user))
}

func (t *Telegram) unblock(chat *tgChat) {
	if chat.closed != "" {
		chat.closed = ""
		t.memberChange(chat.id, "kicked", "member")
	}
}

// memberChange tells the bot that user blocked or unblocked it. It wants t.mu.
func (t *Telegram) memberChange(user int64, from, to string) {
	member := func(status string) map[string]any {
		m := map[string]any{"user": t.botJSON(), "status": status}
		if status == "kicked" {
			m["until_date"] = 0
		}
		return m
	}
	t.enqueue("my_chat_member", tgMessageLine(user), tgUpdateLife, map[string]any{
		"chat": t.chatJSON(user), "from": t.userJSON(user), "date": t.now().Unix(),
		"old_chat_member": member(from), "new_chat_member": member(to),
	})
}

// Poison lets user send a message that a library made for an older Bot API cannot decode:
// a union type of it has a kind nobody knew. It returns the id of the message.
func (t *Telegram) Poison(user int64) (messageID int) {
	return t.write(user, user, "paid_media", "", map[string]any{
		"paid_media": map[string]any{
			"star_count": 1,
			"paid_media": []any{map[string]any{"type": "hologram"}},
		},
	})
}

// tgSplit cuts a text into parts that each fit a message.
func tgSplit(text string) []string {
	var parts []string
	length, start := 0, 0
	for i, r := range text {
		n := utf16.RuneLen(r)
		if length+n > tgMaxText {
			parts = append(parts, text[start:i])
			length, start = 0, i
		}
		length += n
	}
	return append(parts, text[start:])
}

// tgMedia says what a message of each kind holds when user sends it. The numbers are of
// the ranges kept for fiction.
func tgMedia(user int64) map[string]map[string]any {
	file := func(more map[string]any) map[string]any {
		return tgMerge(map[string]any{"file_id": "file-1", "file_unique_id": "unique-1", "file_size": 2048}, more)
	}
	picture := file(map[string]any{"width": 640, "height": 480})
	somebody := map[string]any{"id": 999_000_001, "is_bot": false, "first_name": "Somebody"}
	return map[string]map[string]any{
		"voice":      {"voice": file(map[string]any{"duration": 4})},
		"audio":      {"audio": file(map[string]any{"duration": 4})},
		"photo":      {"photo": []any{picture}},
		"video":      {"video": tgMerge(picture, map[string]any{"duration": 4})},
		"video_note": {"video_note": file(map[string]any{"duration": 4, "length": 240})},
		"animation":  {"animation": tgMerge(picture, map[string]any{"duration": 4})},
		"sticker": {"sticker": tgMerge(picture, map[string]any{
			"type": "regular", "is_animated": false, "is_video": false, "emoji": "🙂"})},
		"document": {"document": file(map[string]any{"file_name": "letter.pdf"})},
		"location": {"location": map[string]any{"latitude": 53.4, "longitude": -2.1}},
		"dice":     {"dice": map[string]any{"emoji": "🎲", "value": 4}},
		"story":    {"story": map[string]any{"id": 1, "chat": map[string]any{"id": user, "type": "private"}}},
		"poll": {"poll": map[string]any{
			"id": "1", "question": "Which?", "options": []any{}, "total_voter_count": 0, "is_closed": false,
			"is_anonymous": true, "type": "regular", "allows_multiple_answers": false}},
		"contact": {"contact": map[string]any{
			"phone_number": "+447700900123", "first_name": "Person", "user_id": user}},
		"contact_other": {"contact": map[string]any{
			"phone_number": "+447700900456", "first_name": "Somebody", "user_id": somebody["id"]}},
		"forward": tgMerge(tgContent("words of somebody else"), map[string]any{
			"forward_origin": map[string]any{"type": "user", "date": time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC).Unix(), "sender_user": somebody}}),
	}
}

// tgContent is what the API says of a text: the text and the command it begins with.
func tgContent(text string) map[string]any {
	content := map[string]any{"text": text}
	if strings.HasPrefix(text, "/") {
		length := tgLength(strings.Fields(text)[0])
		content["entities"] = []any{map[string]any{"type": "bot_command", "offset": 0, "length": length}}
	}
	return content
}
