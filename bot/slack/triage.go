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
	"referralbot/store"
)

// actions says how what people may do to a referral is done: at once, or with a view in which
// something may have to be filled in first.
var actions = map[dialog.Action]func(*Client, context.Context, *envelope, *slack.InteractionCallback, string, dialog.Deed){
	dialog.ActOpen:        (*Client).open,
	dialog.ActClaim:       (*Client).do,
	dialog.ActConfirm:     (*Client).do,
	dialog.ActAcknowledge: (*Client).do,
	dialog.ActReopen:      (*Client).do,
	dialog.ActAgree:       (*Client).ask,
	dialog.ActRelease:     (*Client).ask,
	dialog.ActHandOver:    (*Client).ask,
	dialog.ActReassign:    (*Client).ask,
	dialog.ActOutcome:     (*Client).ask,
	dialog.ActSendBack:    (*Client).ask,
	dialog.ActNote:        (*Client).ask,
	dialog.ActSnooze:      (*Client).ask,
	dialog.ActJoin:        (*Client).ask,
	dialog.ActUnjoin:      (*Client).ask,
}

// pressedAction hears the press of an action on a referral, or on an alert of it by number.
func (c *Client) pressedAction(ctx context.Context, env *envelope, cb *slack.InteractionCallback) {
	ref, action := pressed(cb.ActionCallback.BlockActions[0])
	kind, _, _ := strings.Cut(string(action), ":")
	hear, ok := actions[dialog.Action(kind)]
	if !ok {
		env.ack(nil)
		return
	}
	if who, ok := c.admit(ctx, env, cb, ref, action); ok {
		hear(c, ctx, env, cb, ref, dialog.Deed{Action: action, By: who})
	}
}

// pressed reads which action on which referral was pressed, or chosen from a menu.
func pressed(a *slack.BlockAction) (ref string, action dialog.Action) {
	if chosen := a.SelectedOption.Value; chosen != "" {
		ref, name, _ := strings.Cut(chosen, ":")
		return ref, dialog.Action(name)
	}
	return a.Value, dialog.Action(strings.TrimPrefix(a.ActionID, pressAction))
}

// do does what needs no more asking, such as claiming. What came of it, the dialogue says;
// where it was pressed by somebody reading, what they read says so too.
func (c *Client) do(ctx context.Context, env *envelope, cb *slack.InteractionCallback, ref string, deed dialog.Deed) {
	r, out, err := c.bot.Act(ctx, ref, keyOf(cb), deed)
	switch {
	case errors.Is(err, store.ErrNotFound):
		c.tell(ctx, env, cb, clinicians.Gone)
		return
	case err != nil:
		c.sayNotSaved(ctx, env, cb, err)
		return
	}
	env.ack(nil)
	switch {
	case out.Sheet != nil:
		_, err := c.overlay(ctx, cb, drawSheet(ref, deed.Action, *out.Sheet))
		c.note(slog.LevelWarn, "opening a sheet", err)
	case cb.View.ID != "":
		c.showWhole(ctx, cb.View.ID, r, 0, nil)
	}
}

// admit reports whether the person who pressed may act on referrals, and who they are. If
// not, they have been told.
func (c *Client) admit(ctx context.Context, env *envelope, cb *slack.InteractionCallback, ref string, action dialog.Action) (dialog.Clinician, bool) {
	who, may := c.entitled(ctx, cb.User.ID, c.teamFor(cb)...)
	switch may {
	case unknown:
		c.tell(ctx, env, cb, clinicians.NotAsked)
	case refused:
		c.refuse(ctx, env, cb, ref, dialog.Deed{Action: dialog.ActRefused, By: who, Reason: string(action)})
	}
	return who, may == allowed
}

// teamFor lists the channels in any of which somebody must be for a press of theirs to be
// obeyed, none if it comes from a place where nobody's is. The triage channel's buttons are
// its members' alone, and so are sheets and what is shown to one of them alone elsewhere; those
// of an alert, and of any other view, are for the members of both.
func (c *Client) teamFor(cb *slack.InteractionCallback) []string {
	switch {
	case cb.View.CallbackID == formSheet, cb.View.ID == "" && cb.Container.ChannelID == c.triage(), cb.Container.IsEphemeral:
		return []string{c.triage()}
	case cb.View.ID != "", cb.Container.ChannelID == c.safety():
		return []string{c.triage(), c.safety()}
	}
	return nil
}

// refuse writes down that somebody pressed what they may not; the dialogue tells them so.
// Whether there is such a referral is none of their business. What is about no referral is
// only logged.
func (c *Client) refuse(ctx context.Context, env *envelope, cb *slack.InteractionCallback, ref string, deed dialog.Deed) {
	if ref == "" {
		c.log(slog.LevelWarn, "press", "not_the_team")
		c.tell(ctx, env, cb, clinicians.NotTheTeam)
		return
	}
	_, _, err := c.bot.Act(ctx, ref, keyOf(cb), deed)
	switch {
	case errors.Is(err, store.ErrNotFound):
		c.tell(ctx, env, cb, clinicians.NotTheTeam)
	case err != nil:
		c.sayNotSaved(ctx, env, cb, err)
	default:
		env.ack(nil)
	}
}

// open shows the whole of a referral to one clinician, once it has been written down that
// they read it. The view is opened first, for Slack gives only three seconds for that.
func (c *Client) open(ctx context.Context, env *envelope, cb *slack.InteractionCallback, ref string, deed dialog.Deed) {
	view := c.openView(ctx, cb.TriggerID, moment())
	if view == "" {
		c.tell(ctx, env, cb, clinicians.TooLate)
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
		c.turnView(ctx, view, closing(clinicians.NotOpened, clinicians.Gone))
	case err != nil:
		c.log(slog.LevelError, "open", bot.Code(err))
		c.turnView(ctx, view, closing(clinicians.NotOpened, professionals.NotSaved))
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
	return modal(r.Ref, slices.Concat(urgent, all[page], turning(page, len(all), func(to int) (id, value string) {
		return pressPage + strconv.Itoa(to), r.Ref + ":" + strconv.Itoa(to)
	})))
}

// turning are the buttons for the pages before and after, where there are any, named by page.
func turning(page, count int, names func(to int) (id, value string)) []slack.Block {
	var buttons []slack.BlockElement
	turn := func(to int, words string) {
		if to >= 0 && to < count {
			id, value := names(to)
			buttons = append(buttons, button(id, value, words, ""))
		}
	}
	turn(page-1, clinicians.Earlier)
	turn(page+1, clinicians.More)
	if buttons == nil {
		return nil
	}
	return []slack.Block{slack.NewActionBlock("", buttons...)}
}
