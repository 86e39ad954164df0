package slack

import (
	"context"
	"log/slog"
	"slices"
	"strconv"

	"github.com/slack-go/slack"

	"referralbot/bot"
	"referralbot/dialog"
)

// onHome is how many of somebody's own referrals the Home tab shows.
const onHome = 20

// publishHome shows user the Home tab, as it is now.
func (c *Client) publishHome(ctx context.Context, user string) {
	blocks, err := c.drawHome(ctx, user)
	if err != nil {
		c.log(slog.LevelError, "home", bot.Code(err))
		blocks = append(c.drawService(professionals.HomeBegin), paragraphs(professionals.HomeUnread)...)
	}
	view := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}
	_, err = c.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: view})
	c.note(slog.LevelWarn, "home", err)
}

// drawHome draws the Home tab of user: what the service is, how much is open if they are of the
// team, and what they have begun and sent themselves.
func (c *Client) drawHome(ctx context.Context, user string) ([]slack.Block, error) {
	conversation, err := c.bot.Store.Conversation(ctx, chatWith(user))
	if err != nil {
		return nil, err
	}
	theirs, err := c.bot.Store.Alike(ctx, []string{dialog.SentFrom(conversation.Chat)})
	if err != nil {
		return nil, err
	}
	begin := professionals.HomeBegin
	if conversation.Unsent() && len(conversation.Answers) > 0 {
		begin = professionals.HomeGoOn
	}
	return slices.Concat(
		c.drawService(begin),
		c.drawTeam(ctx, user),
		drawOwn(dialog.Own(conversation, theirs, c.bot.Facts(conversation.Chat))),
	), nil
}

// drawTeam says to one of the team how much is open. Nobody else is told.
func (c *Client) drawTeam(ctx context.Context, user string) []slack.Block {
	if _, may := c.entitled(ctx, user, c.triage()); may != allowed {
		return nil
	}
	open, err := c.bot.Store.Open(ctx)
	if err != nil {
		c.log(slog.LevelError, "home", bot.Code(err))
		return nil
	}
	words := dialog.Fill(clinicians.HomeOpen, nil, "n", strconv.Itoa(len(open)), "command", commandTriage)
	return append([]slack.Block{slack.NewDividerBlock(), heading(clinicians.Home)}, paragraphs(words)...)
}

func drawOwn(sections []dialog.Section) []slack.Block {
	blocks := []slack.Block{slack.NewDividerBlock(), heading(professionals.HomeOwn)}
	if len(sections) == 0 {
		return append(blocks, paragraphs(professionals.HomeNone)...)
	}
	for _, s := range sections[:min(len(sections), onHome)] {
		blocks = append(blocks, paragraphs(s.Title)...)
		blocks = append(blocks, fields(s.Lines)...)
	}
	if more := len(sections) - onHome; more > 0 {
		blocks = append(blocks, remark(dialog.Fill(professionals.HomeMore, nil, "n", strconv.Itoa(more))))
	}
	return blocks
}

// drawService draws what the service is, how to refer to it, and where to turn when there is no
// time for that.
func (c *Client) drawService(begin string) []slack.Block {
	s := c.bot.Service
	blocks := []slack.Block{heading(s.Name)}
	blocks = append(blocks, paragraphs(dialog.Fill(professionals.Home, s))...)
	blocks = append(blocks, slack.NewActionBlock("", button(pressRefer, pressRefer, begin, string(slack.StylePrimary))))
	if url := s.GuidancePage(); url != "" {
		blocks = append(blocks, linkButtons([]dialog.Link{{Label: professionals.GuidancePage, URL: url}})...)
	}
	blocks = append(blocks, slack.NewDividerBlock(), heading(professionals.HomeUrgent))
	blocks = append(blocks, paragraphs(professionals.HomeDanger)...)
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
		{professionals.HomeCrisis, s.CrisisLine},
		{professionals.HomeTelephone, s.Telephone},
		{professionals.HomeMails, s.Mailbox},
	} {
		if n.number != "" {
			lines = append(lines, dialog.Fill(n.words, s))
		}
	}
	return lines
}
