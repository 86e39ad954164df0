package slack

import (
	"context"

	"github.com/slack-go/slack"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/store"
)

// deliverPost says something in a channel about a referral, or about all of them.
func (c *Client) deliverPost(ctx context.Context, to place, d store.Delivery) (string, error) {
	post, err := body[dialog.Post](d)
	if err != nil {
		return "", err
	}
	return c.once(ctx, to.channel, d, func() (message, error) { return drawPost(post), nil })
}

// deliverDigest sums up in a channel what is open now.
func (c *Client) deliverDigest(ctx context.Context, to place, d store.Delivery) (string, error) {
	return c.once(ctx, to.channel, d, func() (message, error) {
		open, err := c.bot.Store.Open(ctx)
		if err != nil {
			return message{}, &bot.Later{After: patience} // the store's trouble, and nothing was sent
		}
		return drawDigest(dialog.Digest(open, c.bot.Facts(dialog.Chat{}))), nil
	})
}

// once posts a message in a channel that is fit for it, unless an earlier attempt has. What
// there is nothing of is not posted.
func (c *Client) once(ctx context.Context, channel string, d store.Delivery, draw func() (message, error)) (string, error) {
	if err := c.secluded(ctx, channel); err != nil {
		return "", err
	}
	if ts, err := c.foundAgain(ctx, channel, d); err != nil || ts != "" {
		return ts, err
	}
	m, err := draw()
	if err != nil || m.blocks == nil {
		return "", err
	}
	return c.put(ctx, channel, d, m)
}

// drawPost draws a post: who is to be notified, the words, and the way to the referral.
func drawPost(p dialog.Post) message {
	var blocks []slack.Block
	if who := mention(p.Notify); who != nil {
		blocks = append(blocks, who)
	}
	blocks = append(blocks, paragraphs(p.Text)...)
	if p.Ref != "" {
		blocks = append(blocks, actionButtons(p.Ref, []dialog.Choice{{Code: string(dialog.ActOpen), Label: clinicians.Open}})...)
	}
	return message{text: clinicians.Notification, blocks: blocks}
}

// drawDigest draws a digest, as far as one message holds it.
func drawDigest(card dialog.Card) message {
	if card.Title == "" {
		return message{}
	}
	all := append([]slack.Block{heading(card.Title)}, paragraphs(card.Summary)...)
	blocks := divided(append(all, written(card.Lines)...), mostMessageBlocks-1, mostMessage)[0]
	return message{text: clean(card.Summary), blocks: append(blocks, remark(dialog.Fill(clinicians.Digest, nil, "command", commandTriage)))}
}
