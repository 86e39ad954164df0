package slack

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/rules"
)

// start is what begins a referral, or offers to go on with one, however it was asked for.
var start = dialog.Input{Text: "/start"}

// media are the messages that are not words, by Slack's name for them.
var media = map[string]string{"file_share": "file"}

// changed is Slack's name for a message that has been edited. Messages of any other subtype,
// such as a deletion, are not heard.
const changed = "message_changed"

// hear lets the dialogue hear in from user. The message is the ts of the message it came
// in, or "".
func (c *Client) hear(ctx context.Context, env *envelope, user, message string, keys []string, in dialog.Input) (dialog.Conversation, dialog.Outcome, error) {
	in.Forms = true
	return c.bot.Hear(ctx, bot.Heard{
		Chat:     chatWith(user),
		Audience: rules.Professional,
		Keys:     keys,
		Message:  message,
		Queued:   env.queued,
		Input:    in,
	})
}

func chatWith(user string) dialog.Chat { return dialog.Chat{Platform: Platform, ID: user} }

// eventLane says whose an event is.
func eventLane(e slackevents.EventsAPIEvent) string {
	switch inner := e.InnerEvent.Data.(type) {
	case *slackevents.MessageEvent:
		return cmp.Or(author(inner), inner.EventTimeStamp) // ours need not wait for each other
	case *slackevents.AppHomeOpenedEvent:
		return inner.User
	}
	return ""
}

// event hears an event. One that is not acknowledged comes again.
func (c *Client) event(ctx context.Context, env *envelope, e slackevents.EventsAPIEvent) {
	if !c.ours(e.TeamID) {
		env.ack(nil)
		return
	}
	switch inner := e.InnerEvent.Data.(type) {
	case *slackevents.MessageEvent:
		if !inner.IsIM() {
			c.overhear(ctx, inner)
			break
		}
		if err := c.message(ctx, env, eventID(e), inner); err != nil {
			c.log(slog.LevelError, "message", bot.Code(err))
			return
		}
	case *slackevents.AppHomeOpenedEvent:
		c.publishHome(ctx, inner.User)
	case *slackevents.MemberJoinedChannelEvent, *slackevents.MemberLeftChannelEvent:
		c.staff.forget()
		c.watch.ring() // it may have been the bot
	case *slackevents.TokensRevokedEvent, *slackevents.AppUninstalledEvent:
		c.watch.ring()
	}
	env.ack(nil)
}

// message hears words written in direct messages. It returns an error if they must come
// again. Of a fault of ours the bot has told who wrote them.
func (c *Client) message(ctx context.Context, env *envelope, event string, m *slackevents.MessageEvent) error {
	user := author(m)
	if !m.IsIM() || user == "" {
		return nil
	}
	in, ts, ok := words(m)
	if !ok {
		return nil
	}
	_, _, err := c.hear(ctx, env, user, ts, keysOf(event, m), in)
	if errors.Is(err, bot.ErrFault) {
		c.log(slog.LevelError, "message", bot.Code(err))
		return nil
	}
	return err
}

// author is the person who wrote a message, "" for one of ours or of another app's. Of an edit
// it is whoever wrote what was edited.
func author(m *slackevents.MessageEvent) string {
	switch {
	case m.SubType != changed && m.BotID == "":
		return m.User
	case m.SubType == changed && m.Message != nil && m.Message.BotID == "":
		return m.Message.User
	}
	return ""
}

// words reads what a message says, and its ts, if it is one that a person has newly written
// or written anew.
func words(m *slackevents.MessageEvent) (in dialog.Input, ts string, ok bool) {
	if m.SubType == changed {
		return dialog.Input{Text: typed(m.Message.Text), Edited: true}, m.Message.Timestamp, rewritten(m)
	}
	text := typed(m.Text)
	if kind, ok := media[m.SubType]; ok {
		return dialog.Input{Media: kind, Text: text}, m.TimeStamp, true
	}
	if strings.TrimSpace(text) == "" {
		return dialog.Input{Media: "other"}, m.TimeStamp, m.SubType == ""
	}
	return dialog.Input{Text: text}, m.TimeStamp, m.SubType == ""
}

// rewritten reports whether an edit is of the words themselves. Slack also edits messages to
// add what a link shows, or to leave a note in the place of one that was deleted.
func rewritten(m *slackevents.MessageEvent) bool {
	if _, sent := media[m.Message.SubType]; !sent && m.Message.SubType != "" {
		return false
	}
	before := m.PreviousMessage
	return strings.TrimSpace(m.Message.Text) != "" && (before == nil || before.Text != m.Message.Text)
}

// commands says how each slash command is heard.
var commands = map[string]func(*Client, context.Context, *envelope, slack.SlashCommand){
	"/refer":      (*Client).atRefer,
	commandTriage: (*Client).atTriage,
	commandCalls:  (*Client).atAvailability,
}

// command hears a slash command. One that we do not know is of another manifest than ours.
func (c *Client) command(ctx context.Context, env *envelope, cmd slack.SlashCommand) {
	hear, known := commands[cmd.Command]
	if !known || !c.ours(cmd.TeamID) {
		env.ack(nil)
		return
	}
	hear(c, ctx, env, cmd)
}

// keyOfCommand is what a command is known by.
func keyOfCommand(cmd slack.SlashCommand) string {
	return fingerprint(cmd.TeamID, cmd.UserID, "command", cmd.Command, cmd.TriggerID)
}

// atRefer hears /refer.
func (c *Client) atRefer(ctx context.Context, env *envelope, cmd slack.SlashCommand) {
	conversation, _, err := c.hear(ctx, env, cmd.UserID, "", []string{keyOfCommand(cmd)}, start)
	if err != nil {
		c.log(slog.LevelError, "command", bot.Code(err))
		env.ack(map[string]string{"response_type": "ephemeral", "text": professionals.NotSaved + " " + c.otherwise()})
		return
	}
	env.ack(nil)
	c.openForm(ctx, cmd.TriggerID, conversation)
}

// beginFrom hears that somebody asked for a referral by a shortcut or a button. Nothing of
// the message it was asked on is taken.
func (c *Client) beginFrom(ctx context.Context, env *envelope, cb *slack.InteractionCallback) {
	conversation, _, err := c.hear(ctx, env, cb.User.ID, "", []string{keyOf(cb)}, start)
	if err != nil {
		c.sayNotSaved(ctx, env, cb, err)
		return
	}
	env.ack(nil)
	c.openForm(ctx, cb.TriggerID, conversation)
}

// ours reports whether team is the workspace's own, as far as Slack says which it is.
func (c *Client) ours(team string) bool {
	home := c.home()
	return team == "" || home == "" || team == home
}

// eventID is Slack's id of an event, the same however often it comes.
func eventID(e slackevents.EventsAPIEvent) string {
	if callback, ok := e.Data.(*slackevents.EventsAPICallbackEvent); ok {
		return callback.EventID
	}
	return ""
}

// keysOf are the names one message may come under. Slack has been seen to bring one twice
// as two events.
func keysOf(event string, m *slackevents.MessageEvent) []string {
	keys := []string{messageKey(m.Channel, m.TimeStamp)}
	if event != "" {
		keys = append(keys, "slack:event:"+event)
	}
	if m.ClientMsgID != "" {
		keys = append(keys, "slack:client:"+m.ClientMsgID)
	}
	return keys
}

// messageKey is what a message is known by, however it is come by.
func messageKey(channel, ts string) string { return "slack:message:" + channel + ":" + ts }

// keyOf is the same for one interaction however often it comes, and for no other.
func keyOf(cb *slack.InteractionCallback) string {
	parts := []string{cb.Team.ID, cb.User.ID, string(cb.Type), cb.Container.MessageTs, cb.View.ID, cb.View.Hash}
	if len(cb.ActionCallback.BlockActions) == 0 {
		return fingerprint(append(parts, cb.TriggerID)...)
	}
	for _, a := range cb.ActionCallback.BlockActions {
		parts = append(parts, a.ActionTs, a.ActionID, a.Value, a.SelectedOption.Value)
	}
	return fingerprint(parts...)
}

// fingerprint makes a key of parts that gives none of them away.
func fingerprint(parts ...string) string {
	raw, err := json.Marshal(parts)
	if err != nil {
		panic(err) // strings can always be marshalled
	}
	sum := sha256.Sum256(raw)
	return "slack:" + hex.EncodeToString(sum[:])
}
