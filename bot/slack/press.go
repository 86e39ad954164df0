package slack

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"referralbot/dialog"
)

// How the ids of buttons and shortcuts begin, or what they are.
const (
	pressPrompt  = "p:"            // a choice of a prompt: p:<prompt>:<code>
	pressAction  = "act:"          // an action on a referral: act:<action>, with its reference as value
	pressMenu    = "menu"          // a menu of actions on referrals, each with "<reference>:<action>" as value
	pressBoard   = "board"         // another page of the board, with its number as value
	pressPage    = "page"          // another page of a referral being read, with "<reference>:<page>" as value
	pressLink    = "link:"         // a page on the web: Slack opens it, and a press of it asks nothing of us
	pressRefer   = "refer"         // the button on the Home tab, and the shortcut of the same purpose
	referMessage = "refer_message" // the shortcut on a message
	openTheForm  = "form"          // the code of the choice that opens the form of the prompt
)

// Callback ids of our forms.
const (
	formSection = "section" // a section of the questionnaire, or the review
	formSheet   = "sheet"   // what is filled in before something is done to a referral
)

type interactionHandler = func(*Client, context.Context, *envelope, *slack.InteractionCallback)

// presses says what each kind of button does, by how its id begins.
var presses = []struct {
	prefix string
	hear   interactionHandler
}{
	{pressPrompt, (*Client).pressedPrompt},
	{pressAction, (*Client).pressedAction},
	{pressMenu, (*Client).pressedAction},
	{pressBoard, (*Client).pressedBoard},
	{pressPage, (*Client).pressedPage},
	{pressRefer, (*Client).beginFrom},
}

// submissions says what sending each form does.
var submissions = map[string]interactionHandler{
	formSection: (*Client).submitted,
	formSheet:   (*Client).filled,
}

// shortcuts says what each shortcut does.
var shortcuts = map[string]interactionHandler{
	pressRefer:   (*Client).beginFrom,
	referMessage: (*Client).beginFrom,
}

// interaction hears a press, a form sent, or a shortcut. Slack brings none of them twice, so
// what cannot be heard is answered there and then.
func (c *Client) interaction(ctx context.Context, env *envelope, cb *slack.InteractionCallback) {
	hear := handlerOf(cb)
	if hear == nil || !c.ours(cb.Team.ID) {
		env.ack(nil)
		return
	}
	hear(c, ctx, env, cb)
}

// handlerOf looks up what an interaction does, nil if it is none of ours.
func handlerOf(cb *slack.InteractionCallback) interactionHandler {
	switch cb.Type {
	case slack.InteractionTypeViewSubmission:
		return submissions[cb.View.CallbackID]
	case slack.InteractionTypeShortcut, slack.InteractionTypeMessageAction:
		return shortcuts[cb.CallbackID]
	case slack.InteractionTypeBlockActions:
		return pressOf(cb)
	}
	return nil
}

func pressOf(cb *slack.InteractionCallback) interactionHandler {
	if len(cb.ActionCallback.BlockActions) == 0 {
		return nil
	}
	for _, p := range presses {
		if strings.HasPrefix(cb.ActionCallback.BlockActions[0].ActionID, p.prefix) {
			return p.hear
		}
	}
	return nil
}

// pressedPrompt hears the press of a choice. Whether the prompt is still open is for the
// dialogue to say.
func (c *Client) pressedPrompt(ctx context.Context, env *envelope, cb *slack.InteractionCallback) {
	press := promptPress(cb.ActionCallback.BlockActions[0].Value)
	if press.Choice == openTheForm && c.reopened(ctx, env, cb) {
		return
	}
	conversation, _, err := c.hear(ctx, env, cb.User.ID, "", []string{keyOf(cb)}, dialog.Input{Press: &press})
	if err != nil {
		c.sayNotSaved(ctx, env, cb, err)
		return
	}
	env.ack(nil)
	if cb.View.ID != "" {
		c.turnView(ctx, cb.View.ID, c.formView(ctx, conversation))
	}
}

// promptPress reads the value of a button of a prompt. Anything that is not of its shape
// belongs to no prompt.
func promptPress(value string) dialog.Press {
	prompt, choice, ok := strings.Cut(value, ":")
	if !ok || strings.Contains(choice, ":") {
		return dialog.Press{}
	}
	return dialog.Press{Prompt: prompt, Choice: choice}
}

// reopened opens the form of the conversation as it stands, which changes nothing, and
// reports whether there was one to open.
func (c *Client) reopened(ctx context.Context, env *envelope, cb *slack.InteractionCallback) bool {
	conversation, err := c.bot.Store.Conversation(ctx, chatWith(cb.User.ID))
	if err != nil {
		c.sayNotSaved(ctx, env, cb, err)
		return true
	}
	form, ok := dialog.FormFor(conversation, c.facts(ctx, conversation))
	if !ok {
		return false
	}
	env.ack(nil)
	c.openView(ctx, cb.TriggerID, drawForm(form))
	return true
}
