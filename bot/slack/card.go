package slack

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"regexp"
	"strings"

	"github.com/slack-go/slack"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/store"
)

// deliverCard posts or redraws the card of a referral, from the referral as it is now, so
// that a card is never older than the last time it was drawn, whatever the order of draws.
func (c *Client) deliverCard(ctx context.Context, to place, d store.Delivery) (string, error) {
	b, err := body[bot.CardBody](d)
	if err != nil {
		return "", err
	}
	if err := c.secluded(ctx, to.channel); err != nil {
		return "", err
	}
	if d.Target == "" {
		if ts, err := c.foundAgain(ctx, to.channel, d); err != nil || ts != "" {
			return ts, err
		}
	}
	r, err := c.bot.Store.Referral(ctx, b.Ref)
	if errors.Is(err, store.ErrNotFound) {
		return d.Target, nil // erased since; there is nothing to show
	}
	if err != nil {
		return "", &bot.Later{After: patience} // the store's trouble, and nothing was sent
	}
	card := dialog.CardOf(r, c.bot.Facts(r.Chat))
	ts, err := c.pin(ctx, to.channel, d, r.Ref, drawCard(r.Ref, card))
	if errors.Is(judge(to, err), bot.ErrRefused) {
		c.log(slog.LevelError, "card", code(err))
		return c.pin(ctx, to.channel, d, r.Ref, plainCard(r.Ref))
	}
	return ts, err
}

// pin puts a message about ref in a channel, of which there is to be one. If the one that d
// names is gone, another copy of it, if there is one, takes its place.
func (c *Client) pin(ctx context.Context, channel string, d store.Delivery, ref string, m message) (string, error) {
	name := cmp.Or(d.Name, d.Edits)
	if ref == "" {
		name = "" // others of the same name are about something else
	}
	m = m.called(name)
	if there, err := c.edit(ctx, channel, d.Target, m); there || err != nil {
		return d.Target, err
	}
	twin, err := c.twin(ctx, channel, d, name)
	if err != nil {
		return "", err
	}
	if there, err := c.edit(ctx, channel, twin, m); there || err != nil {
		return twin, err
	}
	return c.post(ctx, channel, d, m)
}

// twin finds the message that stands in for the one d edits, which is gone; "" if none does.
func (c *Client) twin(ctx context.Context, channel string, d store.Delivery, name string) (string, error) {
	if d.Target == "" || name == "" {
		return "", nil
	}
	after := d.First
	if since, doubtful := c.attempts.doubt(d, c.now()); doubtful {
		after = since.Add(c.o.Quiet)
	}
	if wait := after.Sub(c.now()); wait > 0 {
		return "", &bot.Later{After: wait}
	}
	if after.IsZero() {
		after = c.now()
	}
	l, err := c.shows(ctx, channel, instant(d.Target).Add(-sweepBack), after)
	if copies := l.called(name); len(copies) > 0 {
		return live(copies, "").ts, err
	}
	return "", err
}

// drawCard draws a card; one of a single line takes no more than that. What a notification shows
// of it names nobody.
func drawCard(ref string, card dialog.Card) message {
	pressed := withMenu(actionButtons(ref, card.Buttons), actionMenu(ref, card.More))
	if len(card.Lines) == 1 {
		only := paragraphs(card.Title + " · " + card.Lines[0].Label + ": " + card.Lines[0].Value)
		return message{text: clean(card.Summary), blocks: append(only, pressed...)}
	}
	blocks := append([]slack.Block{heading(card.Title)}, fields(card.Lines)...)
	blocks = append(blocks, pressed...)
	blocks = append(blocks, remark(clinicians.OpenIsWritten))
	return message{text: clean(card.Summary), blocks: blocks}
}

// plainCard is what is posted if Slack will not have the card: enough to work with.
func plainCard(ref string) message {
	open := dialog.Choice{Code: string(dialog.ActOpen), Label: clinicians.Open}
	return message{text: clinicians.Notification, blocks: append([]slack.Block{heading(dialog.Fill(clinicians.Card, nil, "ref", ref))},
		actionButtons(ref, []dialog.Choice{open})...)}
}

// deliverAlert tells a channel that somebody may be at risk. Unlike a card it is not waited
// for before it is posted a second time: told twice is better than told late.
func (c *Client) deliverAlert(ctx context.Context, to place, d store.Delivery) (string, error) {
	alert, err := body[dialog.Alert](d)
	if err != nil {
		return "", err
	}
	if err := c.secluded(ctx, to.channel); err != nil {
		return "", err
	}
	if ts := c.already(ctx, to.channel, d); ts != "" {
		return ts, nil
	}
	alert = c.latest(ctx, alert)
	card := dialog.AlertCard(alert, c.bot.Facts(dialog.Chat{}))
	return c.pin(ctx, to.channel, d, alert.Ref, drawAlert(alert.Ref, card))
}

// latest is an alert as it is stored now, at the step it is told of. If the store cannot be
// asked, or has none such, it is told as it was given.
func (c *Client) latest(ctx context.Context, told dialog.Alert) dialog.Alert {
	if told.Ref == "" {
		return told
	}
	r, err := c.bot.Store.Referral(ctx, told.Ref)
	if err != nil {
		return told
	}
	for _, a := range r.Alerts {
		if a.N == told.N {
			a.Step = told.Step
			return a
		}
	}
	return told
}

// drawAlert draws an alert: what is known of the risk, and nothing of the person.
func drawAlert(ref string, card dialog.Card) message {
	blocks := []slack.Block{heading(card.Title)}
	if who := mention(card.Notify); who != nil {
		blocks = append(blocks, who)
	}
	blocks = append(blocks, fields(card.Lines)...)
	blocks = append(blocks, actionButtons(ref, card.Buttons)...)
	return message{text: clean(card.Summary), blocks: blocks}
}

// member is what the id of a person is: nothing else may stand in a mention.
var member = regexp.MustCompile(`^[UW][A-Z0-9]+$`)

// mention notifies people, by their ids with spaces between them; nil for nobody. It is the
// only markup in all we post.
func mention(ids string) slack.Block {
	var all []string
	for id := range strings.SplitSeq(ids, " ") {
		if member.MatchString(id) {
			all = append(all, "<@"+id+">")
		}
	}
	if all == nil {
		return nil
	}
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, strings.Join(all, " "), false, false), nil, nil)
}
