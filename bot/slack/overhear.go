package slack

import (
	"context"
	"log/slog"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"referralbot/bot"
	"referralbot/dialog"
)

// overhear warns whoever writes in a channel of ours, beside the cards or under one, what may say
// who a family is. What was written is looked at and not kept.
func (c *Client) overhear(ctx context.Context, m *slackevents.MessageEvent) {
	user := author(m)
	if user == "" || m.Channel != c.triage() && m.Channel != c.safety() {
		return
	}
	in, _, ok := words(m)
	if !ok {
		return
	}
	open, err := c.bot.Store.Open(ctx)
	if err != nil {
		c.log(slog.LevelWarn, "overhearing", bot.Code(err)) // what identifies by its form is found all the same
	}
	ref, named := dialog.Naming(in.Text, open, c.bot.Facts(dialog.Chat{}))
	if !named {
		return
	}
	thread := threadOf(m)
	if under := c.cardAt(ctx, m.Channel, thread); under != "" {
		ref = under
	}
	warning := message{text: neutral, blocks: append(paragraphs(clinicians.NamesSomebody), notes(ref, open)...)}
	options := warning.options()
	if thread != "" {
		options = append(options, slack.MsgOptionTS(thread))
	}
	_, err = c.api.PostEphemeralContext(ctx, m.Channel, user, options...)
	c.note(slog.LevelWarn, "warning", err)
}

// threadOf is the ts of the message under which m was written, "" if under none.
func threadOf(m *slackevents.MessageEvent) string {
	if m.SubType == changed {
		return m.Message.ThreadTimestamp
	}
	return m.ThreadTimeStamp
}

// cardAt is the reference of the referral whose card stands at ts, "" if none does.
func (c *Client) cardAt(ctx context.Context, channel, ts string) string {
	if ts == "" {
		return ""
	}
	blocks, err := c.blocksOf(ctx, channel, ts)
	c.note(slog.LevelInfo, "looking for a card", err)
	for _, b := range blocks {
		row, ok := b.(*slack.ActionBlock)
		if !ok || row.Elements == nil {
			continue
		}
		for _, e := range row.Elements.ElementSet {
			if press, ok := e.(*slack.ButtonBlockElement); ok && strings.HasPrefix(press.ActionID, pressAction) {
				return press.Value
			}
		}
	}
	return ""
}

// notes offers to write a note instead: about one referral if it is known which, or else about
// any that is open.
func notes(ref string, open []dialog.Referral) []slack.Block {
	if ref != "" {
		return actionButtons(ref, []dialog.Choice{{Code: string(dialog.ActNote), Label: clinicians.WriteNote, Style: string(slack.StylePrimary)}})
	}
	var options []*slack.OptionBlockObject
	for _, r := range open[:min(len(open), mostOptions)] {
		options = append(options, slack.NewOptionBlockObject(r.Ref+":"+string(dialog.ActNote), plain(r.Ref, mostOption), nil))
	}
	if options == nil {
		return nil
	}
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(clinicians.NoteOn, mostButton), pressMenu, options...)
	return []slack.Block{slack.NewActionBlock("", menu)}
}
