package sim

import (
	"encoding/json"
	"slices"
	"time"
	"unicode/utf8"
)

// postMessage posts to a channel the bot is in, or by a user's id to the direct messages
// with that user.
func (s *Slack) postMessage(a slArgs) (slJSON, error) {
	c, err := s.postable(a["channel"])
	if err != nil {
		return nil, err
	}
	m, err := s.compose(a)
	if err != nil {
		return nil, err
	}
	if m.Thread = a["thread_ts"]; m.Thread != "" && c.find(m.Thread) == nil {
		return nil, slError{code: "thread_not_found"}
	}
	if err := s.pace(c); err != nil {
		return nil, err
	}
	s.put(c, m)
	s.said(c, m.wire(), nil)
	return slJSON{"channel": c.ID, "ts": m.TS, "message": m.wire()}, nil
}

// postEphemeral shows a message to one member of a channel.
func (s *Slack) postEphemeral(a slArgs) (slJSON, error) {
	if err := a.need("channel", "user"); err != nil {
		return nil, err
	}
	c, err := s.postable(a["channel"])
	if err != nil {
		return nil, err
	}
	m, err := s.compose(a)
	if err != nil {
		return nil, err
	}
	if u := s.users[a["user"]]; u.Deleted || !slices.Contains(c.Members, a["user"]) {
		return nil, slError{code: "user_not_in_channel"}
	}
	if err := s.pace(c); err != nil {
		return nil, err
	}
	m.Thread = a["thread_ts"] // Slack shows it nowhere if there is no such thread
	s.whisper(c, a["user"], m)
	return slJSON{"message_ts": m.TS}, nil
}

// updateMessage rewrites a message of the bot's. What is left out stays as it was, and
// blocks go only by an empty list.
func (s *Slack) updateMessage(a slArgs) (slJSON, error) {
	c, m, err := s.own(a, "cant_update_message")
	if err != nil {
		return nil, err
	}
	next, err := s.compose(a)
	if err != nil {
		return nil, err
	}
	if utf8.RuneCountInString(a["text"]) > slTextUpdate {
		return nil, slError{code: "msg_too_long"}
	}
	before := m.wire()
	m.past = append(m.past, m.Blocks)
	m.Text = next.Text
	if a["blocks"] != "" {
		m.Blocks, m.raw = next.Blocks, next.raw
	}
	if next.Metadata != "" {
		m.Metadata = next.Metadata
	}
	m.Edited = true
	s.watch.wake()
	s.changed(c, "message_changed", slJSON{"message": m.wire(), "previous_message": before})
	return slJSON{"channel": c.ID, "ts": m.TS, "text": m.Text, "message": m.wire()}, nil
}

// deleteMessage removes a message of the bot's.
func (s *Slack) deleteMessage(a slArgs) (slJSON, error) {
	c, m, err := s.own(a, "cant_delete_message")
	if err != nil {
		return nil, err
	}
	s.remove(c, m)
	return slJSON{"channel": c.ID, "ts": m.TS}, nil
}

func (s *Slack) remove(c *slChannel, m *slMessage) {
	c.messages = slices.DeleteFunc(c.messages, func(x *slMessage) bool { return x == m })
	s.watch.wake()
	s.changed(c, "message_deleted", slJSON{"deleted_ts": m.TS, "previous_message": m.wire()})
}

// own finds the message of the bot's that a call names.
func (s *Slack) own(a slArgs, refusal string) (*slChannel, *slMessage, error) {
	if err := a.need("channel", "ts"); err != nil {
		return nil, nil, err
	}
	c := s.channels[a["channel"]]
	if c == nil || !slices.Contains(c.Members, SlackBot) {
		return nil, nil, slError{code: "channel_not_found"}
	}
	m := c.find(a["ts"])
	switch {
	case m == nil:
		return nil, nil, slError{code: "message_not_found"}
	case m.User != SlackBot:
		return nil, nil, slError{code: refusal}
	case c.Archived:
		return nil, nil, slError{code: "is_archived"}
	}
	return c, m, nil
}

// postable finds where a post goes, and refuses it where the bot may not write.
func (s *Slack) postable(id string) (*slChannel, error) {
	c := s.channels[id]
	if s.users[id].ID != "" {
		c = s.dm(id)
	}
	switch {
	case c == nil, c.IM != "" && s.users[c.IM].Deleted:
		return nil, slError{code: "channel_not_found"}
	case c.Archived:
		return nil, slError{code: "is_archived"}
	case !slices.Contains(c.Members, SlackBot):
		return nil, slError{code: s.unseen(c)}
	}
	return c, nil
}

// unseen is what the bot hears of a channel that it is not in.
func (s *Slack) unseen(c *slChannel) string {
	if c.Private {
		return "channel_not_found"
	}
	return "not_in_channel"
}

// pace holds posts to one channel to the rate the options ask for.
func (s *Slack) pace(c *slChannel) error {
	now := time.Now()
	if wait := c.nextPost.Sub(now); s.o.PostEvery > 0 && wait > 0 {
		return slError{code: "ratelimited", after: wait}
	}
	c.nextPost = now.Add(s.o.PostEvery)
	return nil
}

// compose makes a message of the bot's from a call's text, blocks and metadata.
func (s *Slack) compose(a slArgs) (*slMessage, error) {
	m := &slMessage{SlackMessage: SlackMessage{User: SlackBot, Text: slCut(a["text"], slTextKept)}}
	raw, err := s.messageBlocks(a)
	if err != nil {
		return nil, err
	}
	m.raw, m.Blocks = raw, s.blocks(raw)
	if m.Text == "" && len(m.Blocks) == 0 && a["blocks"] == "" {
		return nil, slError{code: "no_text"}
	}
	m.Metadata, err = slMetadata(a)
	return m, err
}

func (s *Slack) messageBlocks(a slArgs) ([]any, error) {
	if a["blocks"] == "" {
		return nil, nil
	}
	v, err := a.decode("blocks")
	raw, ok := v.([]any)
	if err != nil || !ok {
		return nil, slError{code: "invalid_blocks_format"}
	}
	if faults := s.schema.message.faults("/blocks", v); faults != nil {
		return nil, slInvalid("invalid_blocks", faults...)
	}
	if utf8.RuneCountInString(a["blocks"]) > slBlocksSize {
		return nil, slError{code: "msg_blocks_too_long"}
	}
	return raw, nil
}

func slMetadata(a slArgs) (string, error) {
	if a["metadata"] == "" {
		return "", nil
	}
	var metadata struct {
		Type    string         `json:"event_type"`
		Payload map[string]any `json:"event_payload"`
	}
	if json.Unmarshal([]byte(a["metadata"]), &metadata) != nil || metadata.Type == "" || metadata.Payload == nil {
		return "", slError{code: "invalid_metadata_format"}
	}
	return a["metadata"], nil
}

// put adds a message to a channel.
func (s *Slack) put(c *slChannel, m *slMessage) {
	m.Channel, m.TS, m.At = c.ID, s.ts(), s.o.Now()
	c.messages = append(c.messages, m)
	s.watch.wake()
}

// whisper shows a message to one user only.
func (s *Slack) whisper(c *slChannel, user string, m *slMessage) {
	m.Channel, m.TS, m.At, m.Ephemeral = c.ID, s.ts(), s.o.Now(), true
	s.ephemerals[user] = append(s.ephemerals[user], m)
	s.watch.wake()
}

// wire is the message as Slack sends it.
func (m *slMessage) wire() slJSON {
	w := slJSON{"type": "message", "user": m.User, "ts": m.TS, "text": m.Text, "team": slTeam}
	if m.User == SlackBot {
		w["bot_id"], w["app_id"] = slBotID, slAppID
	} else {
		w["text"] = slTyped(m.Text)
	}
	if m.client != "" {
		w["client_msg_id"] = m.client
	}
	if m.raw != nil {
		w["blocks"] = m.raw
	}
	if m.Thread != "" {
		w["thread_ts"] = m.Thread
	}
	if m.Edited {
		w["edited"] = slJSON{"user": m.User, "ts": m.TS}
	}
	return w
}

func slCut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most])
}
