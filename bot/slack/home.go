package slack

import (
	"context"
	"log/slog"

	"github.com/slack-go/slack"
)

// publishHome shows user the Home tab.
func (c *Client) publishHome(ctx context.Context, user string) {
	view := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: c.drawHome()}}
	_, err := c.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: view})
	c.note(slog.LevelWarn, "home", err)
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
