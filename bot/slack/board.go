package slack

import (
	"context"
	"log/slog"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"referralbot/bot"
	"referralbot/dialog"
)

// The clinicians' commands, and the word after it that takes down a referral which came by another
// way. Any other command begins a referral.
const (
	commandTriage = "/triage"
	commandCalls  = "/availability"
	wordEnter     = "enter"
)

// onBoard is how many referrals a page of the board has.
const onBoard = 10

// atTriage hears /triage: it shows the board to whoever typed it, if they are one of the team,
// and to nobody else.
func (c *Client) atTriage(ctx context.Context, env *envelope, cmd slack.SlashCommand) {
	who, may := c.entitled(ctx, cmd.UserID, c.triage())
	switch {
	case may == unknown:
		env.ack(shown(inWords(clinicians.NotAsked)))
	case may == refused:
		c.log(slog.LevelWarn, "command", "not_the_team")
		env.ack(shown(inWords(clinicians.NotTheTeam)))
	case strings.EqualFold(strings.TrimSpace(cmd.Text), wordEnter):
		c.fillInFor(ctx, env, cmd, dialog.Deed{Action: dialog.ActEnter, By: who})
	default:
		env.ack(shown(c.board(ctx, who, 0)))
	}
}

// atAvailability hears /availability: it asks whoever typed it when they can be talked to, if they
// are one of the team.
func (c *Client) atAvailability(ctx context.Context, env *envelope, cmd slack.SlashCommand) {
	who, may := c.entitled(ctx, cmd.UserID, c.triage())
	switch may {
	case unknown:
		env.ack(shown(inWords(clinicians.NotAsked)))
	case refused:
		c.log(slog.LevelWarn, "command", "not_the_team")
		env.ack(shown(inWords(clinicians.NotTheTeam)))
	default:
		c.fillInFor(ctx, env, cmd, dialog.Deed{Action: dialog.ActArrange, By: who})
	}
}

// fillInFor asks for what a deed of no referral needs.
func (c *Client) fillInFor(ctx context.Context, env *envelope, cmd slack.SlashCommand, deed dialog.Deed) {
	view := c.openView(ctx, cmd.TriggerID, moment())
	if view == "" {
		env.ack(shown(inWords(clinicians.TooLate)))
		return
	}
	r, out, err := c.deed(ctx, "", keyOfCommand(cmd), deed)
	env.ack(nil)
	c.turnView(ctx, view, c.cameOf(r, deed, out, err))
}

// pressedBoard turns the page of a board, which is then of this moment.
func (c *Client) pressedBoard(ctx context.Context, env *envelope, cb *slack.InteractionCallback) {
	who, ok := c.admit(ctx, env, cb, "", dialog.ActOpen)
	if !ok {
		return
	}
	env.ack(nil)
	page, _ := strconv.Atoi(cb.ActionCallback.BlockActions[0].Value) // 0, the first page, if it is no number
	m := c.board(ctx, who, page)
	err := slack.PostWebhookContext(ctx, cb.ResponseURL, &slack.WebhookMessage{
		ReplaceOriginal: true, Text: m.text, Blocks: &slack.Blocks{BlockSet: m.blocks},
	})
	c.note(slog.LevelWarn, "board", err)
}

// board is a page of what is open, what needs a human first.
func (c *Client) board(ctx context.Context, who dialog.Clinician, page int) message {
	open, err := c.bot.Store.Open(ctx)
	if err != nil {
		c.log(slog.LevelError, "board", bot.Code(err))
		return inWords(clinicians.BoardUnread)
	}
	lines := dialog.Board(open, who, c.bot.Facts(dialog.Chat{}))
	if len(lines) == 0 {
		return inWords(clinicians.BoardEmpty)
	}
	pages := (len(lines) + onBoard - 1) / onBoard
	page = min(max(page, 0), pages-1)
	rows := lines[page*onBoard : min((page+1)*onBoard, len(lines))]
	return message{text: neutral, blocks: drawBoard(rows, page, pages)}
}

// drawBoard draws one page of the board.
func drawBoard(rows []dialog.Line, page, pages int) []slack.Block {
	blocks := []slack.Block{heading(clinicians.Board)}
	for _, l := range rows {
		open := slack.NewAccessory(button(pressAction+string(dialog.ActOpen), l.Label, clinicians.Open, ""))
		blocks = append(blocks, slack.NewSectionBlock(plain(l.Label+"\n"+l.Value, mostField), nil, open, slack.SectionBlockOptionBlockID(l.Label)))
	}
	return append(blocks, turning(page, pages, func(to int) (id, value string) {
		return pressBoard + strconv.Itoa(to), strconv.Itoa(to)
	})...)
}

// shown is a message as the answer to a command, for whoever typed it alone.
func shown(m message) map[string]any {
	return map[string]any{"response_type": slack.ResponseTypeEphemeral, "text": m.text, "blocks": m.blocks}
}

// inWords is a message of nothing but words.
func inWords(s string) message { return message{text: neutral, blocks: paragraphs(s)} }
