package slack

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// What a clinician is told, to themselves, of a press that did nothing.
const (
	notAsked = "We could not check with Slack that you are one of the team. Please try again in a moment."
	notThere = "That referral is not here any more."
	tooLate  = "It could not be opened in time. Please press again."
)

// reasons are why a referral can be released.
var reasons = []dialog.Choice{
	{Code: "wrong_person", Label: "It is for somebody else"},
	{Code: "off_duty", Label: "I am going off duty"},
	{Code: "another_clinician", Label: "It needs another clinician"},
	{Code: "other", Label: "Another reason"},
}

// reasonField is the only input of the form that asks for a reason.
const reasonField = "reason"

// actions says what the press of each action on a referral does.
var actions = map[dialog.Action]func(*Client, context.Context, *envelope, *slack.InteractionCallback, string, dialog.Deed){
	dialog.ActClaim:       (*Client).do,
	dialog.ActOpen:        (*Client).open,
	dialog.ActRelease:     (*Client).askReason,
	dialog.ActAcknowledge: (*Client).do,
}

// pressedAction hears the press of an action on a referral, or on an alert of it by number.
func (c *Client) pressedAction(ctx context.Context, env *envelope, cb *slack.InteractionCallback) {
	press := cb.ActionCallback.BlockActions[0]
	action := dialog.Action(strings.TrimPrefix(press.ActionID, pressAction))
	kind, _, _ := strings.Cut(string(action), ":")
	hear, ok := actions[dialog.Action(kind)]
	if !ok {
		env.ack(nil)
		return
	}
	if who, ok := c.admit(ctx, env, cb, press.Value, action); ok {
		hear(c, ctx, env, cb, press.Value, dialog.Deed{Action: action, By: who})
	}
}

// do does what needs no more asking, such as claiming. What came of it, the dialogue says;
// where it was pressed by somebody reading, what they read says so too.
func (c *Client) do(ctx context.Context, env *envelope, cb *slack.InteractionCallback, ref string, deed dialog.Deed) {
	r, done := c.act(ctx, env, cb, ref, deed)
	if !done {
		return
	}
	env.ack(nil)
	if cb.View.ID != "" {
		c.showWhole(ctx, cb.View.ID, r, 0, nil)
	}
}

// admit reports whether the person who pressed may act on referrals, and who they are. If
// not, they have been told.
func (c *Client) admit(ctx context.Context, env *envelope, cb *slack.InteractionCallback, ref string, action dialog.Action) (dialog.Clinician, bool) {
	who, may := c.entitled(ctx, cb.User.ID, c.teamFor(cb)...)
	switch may {
	case unknown:
		c.tell(ctx, env, cb, notAsked)
	case refused:
		c.refuse(ctx, env, cb, ref, dialog.Deed{Action: dialog.ActRefused, By: who, Reason: string(action)})
	}
	return who, may == allowed
}

// teamFor lists the channels in any of which somebody must be for a press of theirs to be
// obeyed, none if it comes from a place where nobody's is. The triage channel's buttons are
// its members' alone; those of an alert, and of a view, are for the members of both.
func (c *Client) teamFor(cb *slack.InteractionCallback) []string {
	switch {
	case cb.View.ID == "" && cb.Container.ChannelID == c.triage():
		return []string{c.triage()}
	case cb.View.ID != "", cb.Container.ChannelID == c.safety():
		return []string{c.triage(), c.safety()}
	}
	return nil
}

// refuse writes down that somebody pressed what they may not; the dialogue tells them so.
// Whether there is such a referral is none of their business.
func (c *Client) refuse(ctx context.Context, env *envelope, cb *slack.InteractionCallback, ref string, deed dialog.Deed) {
	_, _, err := c.bot.Act(ctx, ref, keyOf(cb), deed)
	switch {
	case errors.Is(err, store.ErrNotFound):
		c.tell(ctx, env, cb, dialog.NotTheTeam)
	case err != nil:
		c.sayNotSaved(ctx, env, cb, err)
	default:
		env.ack(nil)
	}
}

// act does a deed and reports whether it was written down, and the referral that it left. If
// not, the person has been told.
func (c *Client) act(ctx context.Context, env *envelope, cb *slack.InteractionCallback, ref string, deed dialog.Deed) (dialog.Referral, bool) {
	r, _, err := c.bot.Act(ctx, ref, keyOf(cb), deed)
	switch {
	case errors.Is(err, store.ErrNotFound):
		c.tell(ctx, env, cb, notThere)
	case err != nil:
		c.sayNotSaved(ctx, env, cb, err)
	}
	return r, err == nil
}

// open shows the whole of a referral to one clinician, once it has been written down that
// they read it. The view is opened first, for Slack gives only three seconds for that.
func (c *Client) open(ctx context.Context, env *envelope, cb *slack.InteractionCallback, ref string, deed dialog.Deed) {
	view := c.openView(ctx, cb.TriggerID, closing("One moment", "One moment, please."))
	if view == "" {
		c.tell(ctx, env, cb, tooLate)
		return
	}
	r, _, err := c.bot.Act(ctx, ref, keyOf(cb), deed)
	env.ack(nil)
	c.showWhole(ctx, view, r, 0, err)
}

// pressedPage turns the page of a referral being read, once that is written down too.
func (c *Client) pressedPage(ctx context.Context, env *envelope, cb *slack.InteractionCallback) {
	ref, number, _ := strings.Cut(cb.ActionCallback.BlockActions[0].Value, ":")
	who, ok := c.admit(ctx, env, cb, ref, dialog.ActOpen)
	if !ok {
		return
	}
	page, _ := strconv.Atoi(number) // 0, the first page, if it is no number
	deed := dialog.Deed{Action: dialog.ActOpen, By: who, Reason: "page " + strconv.Itoa(page+1)}
	r, _, err := c.bot.Act(ctx, ref, keyOf(cb), deed)
	env.ack(nil)
	c.showWhole(ctx, cb.View.ID, r, page, err)
}

// showWhole turns a view to a page of a referral, or, if there is an error, to saying so.
func (c *Client) showWhole(ctx context.Context, view string, r dialog.Referral, page int, err error) {
	switch {
	case errors.Is(err, store.ErrNotFound):
		c.turnView(ctx, view, closing("Not opened", notThere))
	case err != nil:
		c.log(slog.LevelError, "open", bot.Code(err))
		c.turnView(ctx, view, closing("Not opened", notSaved))
	default:
		c.turnView(ctx, view, c.drawWhole(r, page))
	}
}

// drawWhole draws one page of the whole of a referral. The first begins with what is to be done
// about its alerts.
func (c *Client) drawWhole(r dialog.Referral, page int) *slack.ModalViewRequest {
	var blocks []slack.Block
	for _, s := range dialog.Whole(r, c.bot.Facts(r.Chat)) {
		blocks = append(blocks, heading(s.Title))
		blocks = append(blocks, written(s.Lines)...)
	}
	all := divided(blocks, mostBlocks, mostView)
	page = min(max(page, 0), len(all)-1)
	var urgent []slack.Block
	if page == 0 {
		urgent = actionButtons(r.Ref, dialog.AlertButtons(r))
	}
	return modal(r.Ref, slices.Concat(urgent, all[page], pageButtons(r.Ref, page, len(all))))
}

// pageButtons are for the pages before and after, where there are any.
func pageButtons(ref string, page, count int) []slack.Block {
	var buttons []slack.BlockElement
	turn := func(to int, words string) {
		if to >= 0 && to < count {
			buttons = append(buttons, button(pressPage+strconv.Itoa(to), ref+":"+strconv.Itoa(to), words, ""))
		}
	}
	turn(page-1, "Earlier")
	turn(page+1, "More")
	if buttons == nil {
		return nil
	}
	return []slack.Block{slack.NewActionBlock("", buttons...)}
}

// askReason asks why a referral is released, if it is theirs to release. If not, the
// dialogue says why.
func (c *Client) askReason(ctx context.Context, env *envelope, cb *slack.InteractionCallback, ref string, deed dialog.Deed) {
	r, err := c.bot.Store.Referral(ctx, ref)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		c.sayNotSaved(ctx, env, cb, err)
		return
	}
	if err != nil || !slices.Contains(dialog.Can(r, deed.By), dialog.ActRelease) {
		c.do(ctx, env, cb, ref, deed)
		return
	}
	env.ack(nil)
	c.openView(ctx, cb.TriggerID, reasonView(ref))
}

func reasonView(ref string) *slack.ModalViewRequest {
	view := modal("Release", []slack.Block{drawInput(dialog.FormInput{
		Field: reasonField, Label: "Why are you releasing it?", Type: rules.TypeChoice, Options: reasons,
	})})
	view.CallbackID, view.PrivateMetadata, view.Submit = formRelease, ref, plain("Release", mostTitle)
	return view
}

// released hears why a referral is released.
func (c *Client) released(ctx context.Context, env *envelope, cb *slack.InteractionCallback) {
	ref := cb.View.PrivateMetadata
	who, ok := c.admit(ctx, env, cb, ref, dialog.ActRelease)
	if !ok {
		return
	}
	deed := dialog.Deed{Action: dialog.ActRelease, By: who, Reason: reasonIn(cb.View)}
	if _, done := c.act(ctx, env, cb, ref, deed); done {
		env.ack(slack.NewClearViewSubmissionResponse())
	}
}

// reasonIn returns the reason chosen: the code of one of ours, whatever was sent.
func reasonIn(v slack.View) string {
	given := entered(v)[reasonField]
	for _, r := range reasons {
		if slices.Contains(given, r.Code) {
			return r.Code
		}
	}
	return "other"
}
