package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/store"
)

// Deliver hands over a reply, takes the buttons from one, or deletes what stands in a chat.
// It implements bot.Messenger.
func (c *Client) Deliver(ctx context.Context, d store.Delivery) (string, error) {
	chat, err := strconv.ParseInt(strings.TrimPrefix(d.Destination, Platform+":"), 10, 64)
	if err != nil {
		return "", bot.ErrRefused
	}
	switch d.Kind {
	case bot.KindReply:
		return c.reply(ctx, chat, d)
	case bot.KindRetire:
		return d.Target, c.retire(ctx, chat, d)
	case bot.KindHide:
		return "", c.hide(ctx, chat, d.Messages)
	}
	return "", bot.ErrRefused
}

func (c *Client) reply(ctx context.Context, chat int64, d store.Delivery) (string, error) {
	var r dialog.Reply
	if err := json.Unmarshal(d.Body, &r); err != nil {
		return "", bot.ErrRefused
	}
	if r.Invite != nil {
		return c.sendInvite(ctx, chat, r)
	}
	parts := split(r.Text, textMost)
	if target, err := strconv.Atoi(d.Target); err == nil && d.Edits != "" {
		return d.Target, c.edit(ctx, chat, target, parts[len(parts)-1], r)
	}
	return c.send(ctx, chat, d.ID, parts, r)
}

// send sends the parts of a reply, the buttons with the last, and returns their ids. It goes
// on with the part at which an earlier attempt stopped.
func (c *Client) send(ctx context.Context, chat int64, delivery string, parts []string, r dialog.Reply) (string, error) {
	done, _ := c.sent.Load(delivery)
	ids, _ := done.([]string)
	for i := len(ids); i < len(parts); i++ {
		p := &tg.SendMessageParams{
			ChatID:             chat,
			Text:               parts[i],
			LinkPreviewOptions: noPreview(),
			// A telephone on the table shows what it is notified of.
			DisableNotification: true,
			ProtectContent:      r.Protect,
		}
		if i == len(parts)-1 {
			p.ReplyMarkup = keyboard(r)
		}
		var sent struct {
			ID int `json:"message_id"`
		}
		if err := c.call(ctx, "sendMessage", p, &sent); err != nil {
			c.remember(delivery, ids, err)
			return "", err
		}
		ids = append(ids, strconv.Itoa(sent.ID))
	}
	c.sent.Delete(delivery)
	return strings.Join(ids, " "), nil
}

// inviteName is what the file of a call is called: others may see it on the screen.
const inviteName = "call.ics"

// sendInvite sends a call as a file, under its words. It can be saved, or it would be of no use.
func (c *Client) sendInvite(ctx context.Context, chat int64, r dialog.Reply) (string, error) {
	params := map[string]string{"chat_id": strconv.FormatInt(chat, 10), "caption": r.Text, "disable_notification": "true"}
	var sent struct {
		ID int `json:"message_id"`
	}
	if err := c.upload(ctx, "sendDocument", params, "document", inviteName, c.file(*r.Invite), &sent); err != nil {
		return "", err
	}
	return strconv.Itoa(sent.ID), nil
}

// remember notes which parts were accepted, if another attempt will be made.
func (c *Client) remember(delivery string, ids []string, err error) {
	if len(ids) == 0 || errors.Is(err, bot.ErrGone) || errors.Is(err, bot.ErrRefused) {
		c.sent.Delete(delivery)
		return
	}
	c.sent.Store(delivery, ids)
}

// edit changes a message sent before. Of a reply in several parts it is the last.
func (c *Client) edit(ctx context.Context, chat int64, id int, text string, r dialog.Reply) error {
	return c.call(ctx, "editMessageText", &tg.EditMessageTextParams{
		ChatID:             chat,
		MessageID:          id,
		Text:               text,
		LinkPreviewOptions: noPreview(),
		ReplyMarkup:        keyboard(r),
	}, nil)
}

// retire takes the buttons from a message. Telegram does so when none are given. Links go too:
// their addresses stand in the words, where they can be tapped.
func (c *Client) retire(ctx context.Context, chat int64, d store.Delivery) error {
	id, err := strconv.Atoi(d.Target)
	if err != nil {
		return nil // it was never shown
	}
	return c.call(ctx, "editMessageReplyMarkup", &tg.EditMessageReplyMarkupParams{ChatID: chat, MessageID: id}, nil)
}

// deletesMost is how many messages Telegram deletes at a time.
const deletesMost = 100

// hide deletes messages, the newest first, since they are on the screen.
func (c *Client) hide(ctx context.Context, chat int64, messages []string) error {
	var ids []int
	for _, m := range messages {
		if id, err := strconv.Atoi(m); err == nil {
			ids = append(ids, id)
		}
	}
	for some := range slices.Chunk(ids, deletesMost) {
		if err := c.delete(ctx, chat, some); err != nil {
			return err
		}
	}
	return nil
}

// delete deletes messages. Where they are refused because of some that cannot be deleted,
// it halves them until each of those stands alone, and leaves it.
func (c *Client) delete(ctx context.Context, chat int64, ids []int) error {
	err := c.call(ctx, "deleteMessages", &tg.DeleteMessagesParams{ChatID: chat, MessageIDs: ids}, nil)
	if !errors.Is(err, bot.ErrRefused) {
		return err
	}
	if len(ids) == 1 {
		return nil
	}
	half := len(ids) / 2
	if err := c.delete(ctx, chat, ids[:half]); err != nil {
		return err
	}
	return c.delete(ctx, chat, ids[half:])
}

func noPreview() *models.LinkPreviewOptions {
	disabled := true
	return &models.LinkPreviewOptions{IsDisabled: &disabled}
}
