package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/slack-go/slack"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/store"
)

// The words of our own that people are shown.
var (
	professionals = dialog.ToProfessionals
	clinicians    = dialog.ToClinicians
)

// neutral is what a notification says in place of words that are nobody else's business: it can
// be read on a locked screen.
var neutral = professionals.Notification

// mostMessageBlocks is how many blocks a message may have.
const mostMessageBlocks = 50

// message is something to be posted: blocks, and what a notification shows instead.
type message struct {
	text   string
	blocks []slack.Block
}

// options are the message as slack-go takes it. Nothing in it is looked up or expanded.
func (m message) options() []slack.MsgOption {
	return []slack.MsgOption{
		slack.MsgOptionText(m.text, true),
		slack.MsgOptionBlocks(m.blocks...),
		slack.MsgOptionDisableLinkUnfurl(),
		slack.MsgOptionDisableMediaUnfurl(),
	}
}

// deliveries says how each kind of delivery is handed over.
var deliveries = map[string]func(*Client, context.Context, place, store.Delivery) (string, error){
	bot.KindReply:  (*Client).deliverReply,
	bot.KindRetire: (*Client).retire,
	bot.KindCard:   (*Client).deliverCard,
	bot.KindAlert:  (*Client).deliverAlert,
	bot.KindNotice: (*Client).deliverNotice,
	bot.KindPost:   (*Client).deliverPost,
	bot.KindDigest: (*Client).deliverDigest,
}

// Deliver hands d over, as bot.Messenger asks. The id it returns is the ts of the message.
func (c *Client) Deliver(ctx context.Context, d store.Delivery) (string, error) {
	deliver, ok := deliveries[d.Kind]
	if !ok {
		return "", fmt.Errorf("slack: %w: unknown kind", bot.ErrRefused)
	}
	to := placeOf(d.Destination)
	ts, err := deliver(c, ctx, to, d)
	err = judge(to, err)
	c.attempts.note(d, err, c.now())
	return ts, c.alarm(to, err)
}

// body reads what a delivery holds.
func body[T any](d store.Delivery) (T, error) {
	var v T
	if json.Unmarshal(d.Body, &v) != nil {
		return v, slack.SlackErrorResponse{Err: "invalid_arguments"}
	}
	return v, nil
}

// deliverReply says something to a person. What is too long for one message is said in
// several, the last of which has the buttons.
func (c *Client) deliverReply(ctx context.Context, to place, d store.Delivery) (string, error) {
	reply, err := body[dialog.Reply](d)
	if err != nil {
		return "", err
	}
	channel, err := c.directWith(ctx, to.user)
	if err != nil {
		return "", err
	}
	if ts := c.already(ctx, channel, d); ts != "" {
		return ts, nil
	}
	parts := drawReply(reply)
	last := len(parts) - 1
	for _, part := range parts[:last] {
		if d.Target != "" {
			continue // an edit: these stand above it already
		}
		if _, _, err := c.api.PostMessageContext(ctx, channel, part.options()...); err != nil {
			return "", err
		}
	}
	return c.put(ctx, channel, d, parts[last])
}

// drawReply draws a reply as one message or more.
func drawReply(r dialog.Reply) []message {
	buttons := linkButtons(r.Links)
	buttons = append(buttons, promptButtons(r.Prompt, r.Choices)...)
	if r.Form {
		open := dialog.Choice{Code: openTheForm, Label: professionals.OpenForm, Style: string(slack.StylePrimary)}
		buttons = append(buttons, promptButtons(r.Prompt, []dialog.Choice{open})...)
	}
	buttons = append(buttons, promptButtons(r.Prompt, r.Aside)...)
	var parts []message
	for _, run := range divided(paragraphs(r.Text), mostMessageBlocks-len(buttons), mostMessage-weight(buttons)) {
		parts = append(parts, message{text: neutral, blocks: run})
	}
	last := &parts[len(parts)-1]
	last.blocks = append(last.blocks, buttons...)
	return parts
}

// put posts a message, or edits the one that d names. A message that is no longer there to
// be edited is posted anew.
func (c *Client) put(ctx context.Context, channel string, d store.Delivery, m message) (string, error) {
	if there, err := c.edit(ctx, channel, d.Target, m); there || err != nil {
		return d.Target, err
	}
	return c.post(ctx, channel, d, m)
}

// edit edits the message ts, and reports whether it is there to be edited.
func (c *Client) edit(ctx context.Context, channel, ts string, m message) (bool, error) {
	if ts == "" {
		return false, nil
	}
	_, _, _, err := c.api.UpdateMessageContext(ctx, channel, ts, m.options()...)
	if code(err) == "message_not_found" {
		return false, nil
	}
	return err == nil, err
}

func (c *Client) post(ctx context.Context, channel string, d store.Delivery, m message) (string, error) {
	_, ts, err := c.api.PostMessageContext(ctx, channel, append(m.options(), slack.MsgOptionMetadata(mark(d)))...)
	return ts, err
}

// retireTries is how often it is tried to take the buttons off a message.
const retireTries = 3

// retire takes the buttons off a message and leaves its words, and its links: words with an
// address in them open nothing by themselves here. It is a courtesy, since a
// button of an old prompt changes nothing: where it cannot be done, nothing waits for it.
func (c *Client) retire(ctx context.Context, to place, d store.Delivery) (string, error) {
	ts, err := c.takeButtonsOff(ctx, to, d)
	_, later := errors.AsType[*bot.Later](judge(to, err))
	if err == nil || later || d.Attempt+1 < retireTries && errors.Is(judge(to, err), bot.ErrUncertain) {
		return ts, err
	}
	c.note(slog.LevelInfo, "taking buttons off", err)
	return d.Target, nil
}

func (c *Client) takeButtonsOff(ctx context.Context, to place, d store.Delivery) (string, error) {
	if d.Target == "" {
		return "", nil
	}
	channel, err := c.directWith(ctx, to.user)
	if err != nil {
		return "", err
	}
	blocks, err := c.blocksOf(ctx, channel, d.Target)
	if err != nil {
		return "", err
	}
	kept := withoutButtons(blocks)
	if len(kept) == len(blocks) {
		return d.Target, nil // none left, or the message is gone
	}
	_, _, _, err = c.api.UpdateMessageContext(ctx, channel, d.Target, message{text: neutral, blocks: kept}.options()...)
	if code(err) == "message_not_found" {
		err = nil
	}
	return d.Target, err
}

// blocksOf reads the blocks of a message as it stands; none, if it is gone.
func (c *Client) blocksOf(ctx context.Context, channel, ts string) ([]slack.Block, error) {
	history, err := c.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
		ChannelID: channel, Latest: ts, Oldest: ts, Inclusive: true, Limit: 1,
	})
	if err != nil || len(history.Messages) == 0 || history.Messages[0].Timestamp != ts {
		return nil, err
	}
	return history.Messages[0].Blocks.BlockSet, nil
}

// withoutButtons returns blocks without what can be pressed to answer.
func withoutButtons(blocks []slack.Block) []slack.Block {
	var kept []slack.Block
	for _, b := range blocks {
		if b.BlockType() != slack.MBTAction || strings.HasPrefix(b.ID(), rowOfLinks) {
			kept = append(kept, b)
		}
	}
	return kept
}

// deliverNotice says something to one clinician: on their screen in the channel, or, if
// they cannot be shown it there, in direct messages.
func (c *Client) deliverNotice(ctx context.Context, to place, d store.Delivery) (string, error) {
	notice, err := body[dialog.Notice](d)
	if err != nil {
		return "", err
	}
	m := message{text: neutral, blocks: paragraphs(notice.Text)}
	ts, err := c.api.PostEphemeralContext(ctx, to.channel, to.user, m.options()...)
	if err = judge(to, err); !errors.Is(err, bot.ErrGone) && !errors.Is(err, bot.ErrBroken) {
		return ts, err
	}
	c.log(slog.LevelInfo, "notice", "by_direct_message")
	channel, err := c.directWith(ctx, to.user)
	if err == nil {
		ts, err = c.put(ctx, channel, d, m)
	}
	return ts, judge(place{user: to.user}, err)
}
