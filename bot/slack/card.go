package slack

import (
	"context"
	"errors"
	"log/slog"
	"regexp"

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
	ts, err := c.put(ctx, to.channel, d, drawCard(r.Ref, card))
	if errors.Is(judge(to, err), bot.ErrRefused) {
		c.log(slog.LevelError, "card", code(err))
		return c.put(ctx, to.channel, d, plainCard(r.Ref))
	}
	return ts, err
}

// drawCard draws a card. What a notification shows of it names nobody.
func drawCard(ref string, card dialog.Card) message {
	blocks := []slack.Block{heading(card.Title)}
	blocks = append(blocks, fields(card.Lines)...)
	blocks = append(blocks, actionButtons(ref, card.Buttons)...)
	blocks = append(blocks, remark("Open shows the whole referral to you alone, and is written down."))
	return message{text: clean(card.Summary), blocks: blocks}
}

// plainCard is what is posted if Slack will not have the card: enough to work with.
func plainCard(ref string) message {
	open := dialog.Choice{Code: string(dialog.ActOpen), Label: "Open"}
	return message{text: neutralCard, blocks: append([]slack.Block{heading("Referral " + ref)},
		actionButtons(ref, []dialog.Choice{open})...)}
}

// deliverAlert tells a channel that somebody may be at risk. Unlike a card it does not wait for
// all to be quiet before it is posted a second time: told twice is better than told late.
func (c *Client) deliverAlert(ctx context.Context, to place, d store.Delivery) (string, error) {
	alert, err := body[dialog.Alert](d)
	if err != nil {
		return "", err
	}
	if err := c.secluded(ctx, to.channel); err != nil {
		return "", err
	}
	if d.Target == "" {
		if ts := c.toldBefore(ctx, to.channel, d); ts != "" {
			return ts, nil
		}
	}
	alert = c.latest(ctx, alert)
	card := dialog.AlertCard(alert, c.bot.Facts(dialog.Chat{}))
	return c.put(ctx, to.channel, d, drawAlert(alert.Ref, card))
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

// mention notifies one person, nil for nobody. It is the only markup in all we post.
func mention(id string) slack.Block {
	if !member.MatchString(id) {
		return nil
	}
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, "<@"+id+">", false, false), nil, nil)
}
