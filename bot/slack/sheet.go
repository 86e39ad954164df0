package slack

import (
	"cmp"
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

// ask does what may first have to be asked about, such as an outcome. The view is opened
// before anything is read, for Slack gives only three seconds for that; it then becomes the
// sheet to fill in or, if there is none, what came of it.
func (c *Client) ask(ctx context.Context, env *envelope, cb *slack.InteractionCallback, ref string, deed dialog.Deed) {
	view, err := c.overlay(ctx, cb, moment())
	if err != nil {
		c.tell(ctx, env, cb, clinicians.TooLate)
		return
	}
	r, out, err := c.deed(ctx, ref, keyOf(cb), deed)
	env.ack(nil)
	c.turnView(ctx, view, c.cameOf(r, deed, out, err))
}

// deed does a deed to a referral, takes down one that came by another way, or changes when a
// clinician can be talked to.
func (c *Client) deed(ctx context.Context, ref, key string, deed dialog.Deed) (dialog.Referral, dialog.Outcome, error) {
	switch deed.Action {
	case dialog.ActEnter:
		return c.bot.Enter(ctx, key, deed.By, deed.Filled)
	case dialog.ActArrange:
		out, err := c.bot.Arrange(ctx, key, deed.By, deed.Filled)
		return dialog.Referral{}, out, err
	}
	return c.bot.Act(ctx, ref, key, deed)
}

// cameOf is the view of what came of a deed: a sheet to fill in, or words.
func (c *Client) cameOf(r dialog.Referral, deed dialog.Deed, out dialog.Outcome, err error) *slack.ModalViewRequest {
	switch {
	case errors.Is(err, store.ErrNotFound):
		return closing(professionals.NotDone, clinicians.Gone)
	case err != nil:
		c.log(slog.LevelError, "ask", bot.Code(err))
		return closing(professionals.NotDone, professionals.NotSaved+" "+c.otherwise())
	case out.Sheet != nil:
		return drawSheet(r.Ref, deed.Action, *out.Sheet)
	}
	return closing(r.Ref, cmp.Or(out.Refused, said(out, deed.By)))
}

// said is what an outcome says to one clinician.
func said(out dialog.Outcome, to dialog.Clinician) string {
	var words []string
	for _, n := range out.Notices {
		if n.To == to.ID {
			words = append(words, n.Text)
		}
	}
	if words == nil {
		return clinicians.Static
	}
	return strings.Join(words, "\n\n")
}

// filled hears a sheet filled in. What is wrong with it is said in it, and it stays open.
func (c *Client) filled(ctx context.Context, env *envelope, cb *slack.InteractionCallback) {
	ref, action, turn := about(cb.View.PrivateMetadata)
	who, ok := c.admit(ctx, env, cb, ref, action)
	if !ok {
		return
	}
	values, wrong := c.named(ctx, colleaguesIn(cb.View), entered[string](cb.View))
	if len(wrong) > 0 {
		env.ack(slack.NewErrorsViewSubmissionResponse(problems(cb.View, wrong)))
		return
	}
	deed := dialog.Deed{Action: action, By: who, Filled: values, Turn: turn}
	r, out, err := c.deed(ctx, ref, keyOf(cb), deed)
	switch {
	case errors.Is(err, store.ErrNotFound):
		c.tell(ctx, env, cb, clinicians.Gone)
	case err != nil:
		c.sayNotSaved(ctx, env, cb, err)
	case len(out.Mistakes) > 0:
		env.ack(slack.NewErrorsViewSubmissionResponse(problems(cb.View, out.Mistakes)))
	case out.Sheet != nil:
		c.become(ctx, env, cb, drawSheet(r.Ref, action, *out.Sheet))
	case out.Refused != "":
		env.ack(slack.NewUpdateViewSubmissionResponse(closing(professionals.NotDone, out.Refused)))
	default:
		env.ack(slack.NewClearViewSubmissionResponse())
	}
}

// named puts the names of colleagues beside their ids, and says which of them cannot be given
// anything.
func (c *Client) named(ctx context.Context, keys []string, values map[string][]string) (map[string][]string, map[string]string) {
	wrong := map[string]string{}
	for _, key := range keys {
		if len(values[key]) == 0 {
			continue
		}
		who, may := c.entitled(ctx, values[key][0], c.triage())
		values[key] = []string{who.ID, who.Name}
		switch may {
		case refused:
			wrong[key] = clinicians.NotOfTheTeam
		case unknown:
			wrong[key] = clinicians.AskedFor
		}
	}
	return values, wrong
}

// colleaguesIn lists the inputs of a view that are filled in with a person.
func colleaguesIn(v slack.View) []string {
	var keys []string
	if v.State == nil {
		return nil
	}
	for key, actions := range v.State.Values {
		for _, a := range actions {
			if string(a.Type) == slack.OptTypeUser {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// drawSheet draws a sheet as a modal. It carries what it is about and no more.
func drawSheet(ref string, action dialog.Action, s dialog.Sheet) *slack.ModalViewRequest {
	var blocks []slack.Block
	for _, notice := range s.Notices {
		blocks = append(blocks, paragraphs(notice)...)
	}
	for _, item := range s.Items {
		blocks = append(blocks, drawItem(item))
	}
	view := modal(s.Title, blocks)
	view.CallbackID = formSheet
	view.PrivateMetadata = strings.Join([]string{ref, strconv.Itoa(s.Turn), string(action)}, "|")
	view.Submit = plain(s.Submit, mostTitle)
	return view
}

// about reads what a sheet carries.
func about(metadata string) (ref string, action dialog.Action, turn int) {
	ref, rest, _ := strings.Cut(metadata, "|")
	number, name, _ := strings.Cut(rest, "|")
	turn, _ = strconv.Atoi(number) // we wrote it
	return ref, dialog.Action(name), turn
}

// pickers says what the kinds that a sheet has and the questionnaire has not are filled in with.
var pickers = map[rules.Type]func(dialog.SheetItem) slack.BlockElement{
	rules.TypeDate:   aDay,
	dialog.Colleague: aPerson,
}

// drawItem draws one item of a sheet.
func drawItem(item dialog.SheetItem) *slack.InputBlock {
	block := drawInput(inputOf(item))
	if pick, ok := pickers[item.Kind]; ok {
		block.Element = pick(item)
	}
	return block
}

// inputOf is an item as a question of the questionnaire.
func inputOf(item dialog.SheetItem) dialog.FormInput {
	in := dialog.FormInput{
		Field: rules.Field(item.Key), Label: item.Label, Hint: item.Hint, Type: item.Kind,
		Options: slices.Clone(item.Options), Optional: item.Optional, Max: item.Max,
		Initial: strings.Join(item.Initial, "\n"),
	}
	for i, o := range in.Options {
		in.Options[i].Ticked = o.Ticked || slices.Contains(item.Initial, o.Code)
	}
	return in
}

func aDay(item dialog.SheetItem) slack.BlockElement {
	picker := slack.NewDatePickerBlockElement(item.Key)
	if len(item.Initial) > 0 {
		picker.InitialDate = item.Initial[0]
	}
	return picker
}

func aPerson(item dialog.SheetItem) slack.BlockElement {
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, nil, item.Key)
	if len(item.Initial) > 0 {
		menu.InitialUser = item.Initial[0]
	}
	return menu
}

// moment stands while something is being read.
func moment() *slack.ModalViewRequest { return closing(professionals.Wait, professionals.Waiting) }
