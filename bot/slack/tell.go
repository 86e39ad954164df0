package slack

import (
	"context"
	"log/slog"

	"github.com/slack-go/slack"

	"referralbot/bot"
	"referralbot/dialog"
)

// otherwise is where to turn when the bot cannot be reached.
func (c *Client) otherwise() string {
	words := professionals.Danger
	if s := c.bot.Service; s != nil && s.Telephone != "" {
		words += " " + dialog.Fill(professionals.Telephone, s)
	}
	return words
}

// sayNotSaved tells the person who acted that it was not heard.
func (c *Client) sayNotSaved(ctx context.Context, env *envelope, cb *slack.InteractionCallback, err error) {
	c.log(slog.LevelError, "interaction", bot.Code(err))
	c.tell(ctx, env, cb, professionals.NotSaved+" "+c.otherwise())
}

// tell says to the person who acted, where they did, that it has done nothing, and
// acknowledges it. If they cannot be told it stays unacknowledged, and Slack tells them
// that something went wrong.
func (c *Client) tell(ctx context.Context, env *envelope, cb *slack.InteractionCallback, words string) {
	if cb.Type == slack.InteractionTypeViewSubmission {
		env.ack(slack.NewPushViewSubmissionResponse(closing(professionals.NotDone, words)))
		return
	}
	err := c.say(ctx, cb, words)
	c.note(slog.LevelWarn, "telling", err)
	if err == nil {
		env.ack(nil)
	}
}

// say shows words over the view of a press, or beside its message; failing that, in direct
// messages.
func (c *Client) say(ctx context.Context, cb *slack.InteractionCallback, words string) error {
	if cb.Container.ChannelID == "" {
		_, err := c.overlay(ctx, cb, closing(professionals.NotDone, words))
		return err
	}
	if c.whisper(ctx, cb.Container.ChannelID, cb.User.ID, words) == nil {
		return nil
	}
	channel, err := c.directWith(ctx, cb.User.ID)
	if err != nil {
		return err
	}
	_, _, err = c.api.PostMessageContext(ctx, channel, message{text: neutral, blocks: paragraphs(words)}.options()...)
	return err
}

// overlay shows a view over the one the press was made in, or by itself, and returns its id.
func (c *Client) overlay(ctx context.Context, cb *slack.InteractionCallback, view *slack.ModalViewRequest) (string, error) {
	show := c.api.OpenViewContext
	if cb.View.Type == slack.VTModal {
		show = c.api.PushViewContext
	}
	shown, err := show(ctx, cb.TriggerID, *view)
	if err != nil {
		return "", err
	}
	return shown.ID, nil
}

// whisper shows words to one person in a channel. They are not kept, so they only ever say
// that something was not done.
func (c *Client) whisper(ctx context.Context, channel, user, words string) error {
	_, err := c.api.PostEphemeralContext(ctx, channel, user, message{text: neutral, blocks: paragraphs(words)}.options()...)
	return err
}
