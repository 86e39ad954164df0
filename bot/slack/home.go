package slack

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"github.com/slack-go/slack"

	"referralbot/bot"
	"referralbot/dialog"
)

// onHome is how many of somebody's own referrals the Home tab shows.
const onHome = 20

// publishHome shows user the Home tab, as it is now.
func (c *Client) publishHome(ctx context.Context, user string) {
	own, err := c.own(ctx, user)
	if err != nil {
		c.log(slog.LevelError, "home", bot.Code(err))
		own = paragraphs("What you have sent cannot be shown just now.")
	}
	view := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: append(c.drawHome(), own...)}}
	_, err = c.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: view})
	c.note(slog.LevelWarn, "home", err)
}

// own draws what user has begun and sent.
func (c *Client) own(ctx context.Context, user string) ([]slack.Block, error) {
	conversation, err := c.bot.Store.Conversation(ctx, chatWith(user))
	if err != nil {
		return nil, err
	}
	all, err := c.bot.Store.Referrals(ctx)
	if err != nil {
		return nil, err
	}
	theirs := slices.DeleteFunc(all, func(r dialog.Referral) bool { return r.Chat != conversation.Chat })
	return drawOwn(dialog.Own(conversation, theirs, c.bot.Facts(conversation.Chat))), nil
}

func drawOwn(sections []dialog.Section) []slack.Block {
	blocks := []slack.Block{slack.NewDividerBlock(), heading("Your referrals")}
	if len(sections) == 0 {
		return append(blocks, paragraphs("You have none here yet.")...)
	}
	for _, s := range sections[:min(len(sections), onHome)] {
		blocks = append(blocks, paragraphs(s.Title)...)
		blocks = append(blocks, fields(s.Lines)...)
	}
	if more := len(sections) - onHome; more > 0 {
		blocks = append(blocks, remark(fmt.Sprintf("And %d earlier.", more)))
	}
	return blocks
}

// drawHome draws the Home tab: what the service is, how to refer to it, and where to turn
// when there is no time for that.
func (c *Client) drawHome() []slack.Block {
	s := c.bot.Service
	blocks := []slack.Block{heading(s.Name)}
	blocks = append(blocks, paragraphs("Refer a family to "+s.Name+", "+s.Provider+". "+
		"The questions are asked in short forms, and you can stop and come back. "+
		"You can ask to talk to a clinician at any point. Nobody is turned away by this bot: a clinician reads every referral.")...)
	blocks = append(blocks, slack.NewActionBlock("", button(pressRefer, pressRefer, "Make a referral", string(slack.StylePrimary))))
	blocks = append(blocks, slack.NewDividerBlock(), heading("If it is urgent"))
	blocks = append(blocks, paragraphs("If somebody is in danger now, ring 999. This service does not answer emergencies, "+
		"and nobody watches this bot at all hours.")...)
	for _, l := range c.numbers() {
		blocks = append(blocks, paragraphs(l)...)
	}
	return blocks
}

// numbers are the other places to turn to, as far as the service's profile gives them.
func (c *Client) numbers() []string {
	s := c.bot.Service
	var lines []string
	for _, n := range []struct{ words, number string }{
		{"Mental health crisis line: ", s.CrisisLine},
		{"The team, in working hours: ", s.Telephone},
		{"By email, never for anything urgent: ", s.Mailbox},
	} {
		if n.number != "" {
			lines = append(lines, n.words+n.number)
		}
	}
	return lines
}
