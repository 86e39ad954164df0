package slack

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/slack-go/slack"
)

// Problem is something of Slack's side that must be mended before the bot can serve.
type Problem struct {
	What string // what is wrong, without a token in it
	Mend string // how to mend it
}

// scopes is what the bot token must be allowed to do, and what for.
var scopes = []struct{ name, purpose string }{
	{"chat:write", "post cards and messages"},
	{"commands", "offer /refer, /triage and the shortcuts"},
	{"users:read", "see who is a full member"},
	{"groups:read", "see who is in the private triage channel"},
	{"groups:history", "find a card that was posted without an answer, and warn of names typed beside one"},
	{"im:read", "find the direct messages to read back after a gap"},
	{"im:write", "open direct messages"},
	{"im:history", "hear direct messages, and take buttons off old ones"},
}

// Check tries both tokens, and looks at both channels and at who is on call. It returns all
// that is wrong.
func (c *Client) Check(ctx context.Context) []Problem {
	var found []Problem
	if _, _, err := c.api.StartSocketModeContext(ctx); err != nil {
		found = append(found, Problem{"Slack does not open a socket: " + code(err),
			"check SLACK_APP_TOKEN: an app-level token with the scope connections:write, of an app with Socket Mode on"})
	}
	me, err := c.api.AuthTestContext(ctx)
	if err != nil {
		return append(found, Problem{"Slack does not know the bot: " + code(err),
			"check SLACK_BOT_TOKEN: install the app in the workspace and copy its bot token"})
	}
	found = append(found, missing(me.Header)...)
	for _, at := range []struct{ name, id string }{
		{"TRIAGE_CHANNEL", c.triage()},
		{"SAFETY_CHANNEL", placeOf(c.bot.Safety).channel},
	} {
		found = append(found, c.checkChannel(ctx, at.name, at.id)...)
	}
	return append(found, c.checkOnCall(ctx)...)
}

// checkOnCall finds those to whom alerts are to be passed on and who would not be notified.
func (c *Client) checkOnCall(ctx context.Context) []Problem {
	var found []Problem
	for _, who := range c.bot.Service.Cover.OnCall {
		if _, may := c.entitled(ctx, who.Slack, c.safety()); may == refused {
			found = append(found, Problem{"cover.on_call: " + who.Slack + " is no full member of SAFETY_CHANNEL",
				"invite them in it, or correct the member id in the service profile"})
		}
	}
	return found
}

// missing names the scopes that the bot token lacks, if Slack says which it has.
func missing(answer http.Header) []Problem {
	given := answer.Get("X-OAuth-Scopes")
	if given == "" {
		return nil
	}
	has := strings.FieldsFunc(given, func(r rune) bool { return r == ',' || r == ' ' })
	var found []Problem
	for _, s := range scopes {
		if !slices.Contains(has, s.name) {
			found = append(found, Problem{"the scope " + s.name + " is missing, which is needed to " + s.purpose,
				"add it under OAuth & Permissions and install the app again"})
		}
	}
	return found
}

// checkChannel looks at one channel.
func (c *Client) checkChannel(ctx context.Context, name, id string) []Problem {
	info, err := c.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: id})
	if err != nil {
		return []Problem{{name + ": Slack does not show the channel: " + code(err),
			"check that it is the id of a private channel, and invite the bot in it"}}
	}
	var found []Problem
	for _, f := range flaws {
		if f.has(info) {
			found = append(found, Problem{name + ": the channel " + f.What, f.Mend})
		}
	}
	return found
}
