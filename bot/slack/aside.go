package slack

import (
	"context"
	"encoding/json"
	"log/slog"

	"github.com/slack-go/slack/socketmode"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/rules"
)

// raw is something that came over a socket, as it came.
type raw struct {
	Kind     string          `json:"type"`
	Envelope string          `json:"envelope_id"`
	Payload  json.RawMessage `json:"payload"`
}

// The kinds of what comes over a socket that are about people.
const kindEvent = socketmode.RequestTypeEventsAPI

var ofPeople = map[string]bool{
	kindEvent:                           true,
	socketmode.RequestTypeInteractive:   true,
	socketmode.RequestTypeSlashCommands: true,
}

// scrap is what may be read of something that cannot be.
type scrap struct {
	EventID string `json:"event_id"`
	UserID  string `json:"user_id"`
	User    struct {
		ID string `json:"id"`
	} `json:"user"`
	Event struct {
		Type        string `json:"type"`
		Channel     string `json:"channel"`
		ChannelType string `json:"channel_type"`
		User        string `json:"user"`
		BotID       string `json:"bot_id"`
		Text        string `json:"text"`
		TS          string `json:"ts"`
	} `json:"event"`
}

// unreadable sets aside what slack-go could not read, in the lane of whoever it came from.
func (c *Client) unreadable(socket *socketmode.Client, message json.RawMessage) {
	var r raw
	if json.Unmarshal(message, &r) != nil || !ofPeople[r.Kind] {
		c.log(slog.LevelWarn, "hearing", "unknown_envelope")
		return
	}
	env := &envelope{socket: socket, id: r.Envelope}
	c.lanes.do(r.heard().Chat.ID, func(bool) {
		ctx, cancel := context.WithTimeout(context.Background(), workWithin)
		defer cancel()
		c.setAside(ctx, env, r, "unreadable")
	})
}

// setAside gives r up. An event is then acknowledged, for it would come again and again;
// whoever pressed or sent something else is told by Slack that it was not heard.
func (c *Client) setAside(ctx context.Context, env *envelope, r raw, cause string) {
	err := c.bot.SetAside(ctx, r.heard(), cause, r.Payload)
	if err != nil {
		c.log(slog.LevelError, "setting aside", bot.Code(err))
		return
	}
	if r.Kind == kindEvent {
		env.ack(nil)
	}
}

// heard is as much of r as can be read. Of events only what somebody wrote to the bot is
// theirs to be told of.
func (r raw) heard() bot.Heard {
	var s scrap
	_ = json.Unmarshal(r.Payload, &s) // which reads what it can
	h := bot.Heard{
		Audience: rules.Professional,
		Keys:     []string{fingerprint("unheard", string(r.Payload))},
		Input:    dialog.Input{Forms: true},
	}
	user := s.User.ID + s.UserID
	if r.Kind == kindEvent {
		h.Keys = append(h.Keys, "slack:event:"+s.EventID)
		if user = ""; s.Event.Type == "message" && s.Event.ChannelType == "im" && s.Event.BotID == "" {
			user, h.Message, h.Input.Text = s.Event.User, s.Event.TS, typed(s.Event.Text)
			h.Keys = append(h.Keys, messageKey(s.Event.Channel, s.Event.TS))
		}
	}
	if user != "" {
		h.Chat = chatWith(user)
	}
	return h
}
