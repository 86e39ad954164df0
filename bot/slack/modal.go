package slack

import (
	"context"
	"log/slog"

	"github.com/slack-go/slack"

	"referralbot/dialog"
	"referralbot/rules"
)

// submitted hears a section of the questionnaire, and answers with the next, or with what is
// wrong in this one.
func (c *Client) submitted(ctx context.Context, env *envelope, cb *slack.InteractionCallback) {
	in := dialog.Input{Form: entered[rules.Field](cb.View)}
	if len(in.Form) == 0 && c.outOfDate(ctx, env, cb) {
		return
	}
	conversation, outcome, err := c.hear(ctx, env, cb.User.ID, "", []string{keyOf(cb)}, in)
	if err != nil {
		c.sayNotSaved(ctx, env, cb, err)
		return
	}
	if wrong := problems(cb.View, outcome.Problems); len(wrong) > 0 {
		env.ack(slack.NewErrorsViewSubmissionResponse(wrong))
		return
	}
	c.nextView(ctx, env, cb, conversation)
}

// outOfDate shows a review anew if it is no longer of what would be sent, and reports
// whether it was.
func (c *Client) outOfDate(ctx context.Context, env *envelope, cb *slack.InteractionCallback) bool {
	stored, err := c.bot.Store.Conversation(ctx, chatWith(cb.User.ID))
	if err != nil || stored.Asked.ID == cb.View.PrivateMetadata {
		return false
	}
	c.nextView(ctx, env, cb, stored)
	return true
}

// nextView answers a form with the one that follows it, or closes it.
func (c *Client) nextView(ctx context.Context, env *envelope, cb *slack.InteractionCallback, conversation dialog.Conversation) {
	form, ok := dialog.FormFor(conversation, c.facts(ctx, conversation))
	if !ok {
		env.ack(slack.NewClearViewSubmissionResponse())
		return
	}
	c.become(ctx, env, cb, drawForm(form))
}

// become answers a form with another view in its place.
func (c *Client) become(ctx context.Context, env *envelope, cb *slack.InteractionCallback, view *slack.ModalViewRequest) {
	if answer := slack.NewUpdateViewSubmissionResponse(view); weight(answer) < mostAnswer {
		env.ack(answer)
		return
	}
	wait := moment()
	wait.ExternalID = keyOf(cb)
	env.ack(slack.NewUpdateViewSubmissionResponse(wait))
	c.turnOnceShown(ctx, wait.ExternalID, view)
}

// turnOnceShown puts another view in the place of one that is on its way in an
// acknowledgement. Calls can overtake acknowledgements, so it asks until that view is there.
func (c *Client) turnOnceShown(ctx context.Context, external string, view *slack.ModalViewRequest) {
	ctx, cancel := context.WithTimeout(ctx, ackWithin)
	defer cancel()
	for {
		_, err := c.api.UpdateViewContext(ctx, *view, external, "", "")
		if code(err) != "not_found" {
			c.note(slog.LevelWarn, "turning a form", err)
			return
		}
		rest(ctx, overtaken)
	}
}

// openForm opens the form of a conversation, or says where it goes on.
func (c *Client) openForm(ctx context.Context, trigger string, conversation dialog.Conversation) {
	c.openView(ctx, trigger, c.formView(ctx, conversation))
}

// formView draws the form of a conversation, or says where it goes on.
func (c *Client) formView(ctx context.Context, conversation dialog.Conversation) *slack.ModalViewRequest {
	if form, ok := dialog.FormFor(conversation, c.facts(ctx, conversation)); ok {
		return drawForm(form)
	}
	return closing(professionals.GoOn, professionals.GoOnIn)
}

// openView opens a view over what the person is looking at, and returns its id, "" if it
// could not be opened. What can be done in a form can be done in messages too.
func (c *Client) openView(ctx context.Context, trigger string, view *slack.ModalViewRequest) string {
	opened, err := c.api.OpenViewContext(ctx, trigger, *view)
	c.note(slog.LevelWarn, "opening a form", err)
	if err != nil {
		return ""
	}
	return opened.ID
}

// turnView puts another view in the place of an open one.
func (c *Client) turnView(ctx context.Context, id string, view *slack.ModalViewRequest) {
	_, err := c.api.UpdateViewContext(ctx, *view, "", "", id)
	c.note(slog.LevelWarn, "turning a form", err)
}
