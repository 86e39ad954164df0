package slack

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"referralbot/bot"
)

// Problem is something of Slack's side that must be mended before the bot can serve.
type Problem struct {
	Code string // a short word for it, fit for a log and for whoever watches the bot
	What string // what is wrong, without a token in it
	Who  string // the member id of somebody in the profile, for the operator and not for the log
	Mend string // how to mend it
	// Remark says that the bot does its work all the same.
	Remark bool

	passing bool // Slack could not be asked, and perhaps nothing is wrong
}

type scope struct {
	name, purpose string
	may           bool // be missing: something is then less convenient
}

// scopes is what the bot token must be allowed to do, and what for.
var scopes = []scope{
	{"chat:write", "post cards and messages", false},
	{"commands", "offer /refer, /triage, /availability and the shortcuts", false},
	{"users:read", "see who is a full member", false},
	{mayLook, "see who is in the private triage channel", false},
	{"groups:history", "find a card that was posted without an answer, and warn of names typed beside one", false},
	{"users:read.email", "offer professionals their own email in the form", true},
	{"im:read", "find the direct messages to read back after a gap", false},
	{"im:write", "open direct messages", false},
	{"im:history", "hear direct messages, and take buttons off old ones", false},
}

// Check tries both tokens, and looks at both channels and at the people whom the profile names.
// It returns all that is wrong.
func (c *Client) Check(ctx context.Context) []Problem {
	var found []Problem
	if _, _, err := c.api.StartSocketModeContext(ctx); err != nil {
		found = append(found, problem(aboutAppToken, "Slack does not open a socket", err, mendAppToken))
	}
	return append(found, c.checkBot(ctx)...)
}

// noScope is Slack's word for that a scope is missing, and mayLook the scope with which private
// channels are looked at.
const (
	noScope = "missing_scope"
	mayLook = "groups:read"
)

// lacks is the code of that a scope is missing.
func lacks(scope string) string { return noScope + "_" + strings.ReplaceAll(scope, ":", "_") }

// aboutAppToken is how the code of whatever is wrong with the app token begins.
const aboutAppToken = "app_token"

// How to mend what is wrong with a token.
const (
	mendAppToken = "check SLACK_APP_TOKEN: an app-level token with the scope connections:write, of an app with Socket Mode on"
	mendBotToken = "check SLACK_BOT_TOKEN: install the app in the workspace and copy its bot token"
)

// mendAway is what to do where Slack did not say that anything is wrong.
const mendAway = "see that this machine can reach Slack over https, and try again"

// noSocket is that Slack is not connected.
var noSocket = Problem{Code: "no_socket", What: "Slack is not connected", Mend: mendAway}

// problem is one that a call met. What passes by itself is not put down to a setting.
func problem(about, what string, err error, mend string) Problem {
	p := Problem{Code: about + "_" + code(err), What: what + ": " + code(err), Mend: mend}
	if !fatal[code(err)] && !errors.Is(judge(place{channel: about}, err), bot.ErrBroken) {
		p.Mend, p.passing = mendAway, true
	}
	return p
}

// checkBot tries the bot token, and looks at both channels and at the people whom the
// profile names.
func (c *Client) checkBot(ctx context.Context) []Problem {
	me, err := c.api.AuthTestContext(ctx)
	if err != nil {
		return []Problem{problem("bot_token", "Slack does not know the bot", err, mendBotToken)}
	}
	found := missing(me.Header)
	blind := slices.ContainsFunc(found, func(p Problem) bool { return p.Code == lacks(mayLook) })
	for _, at := range c.channels() {
		if !blind { // or what there is to mend has been told
			found = append(found, c.checkChannel(ctx, at)...)
		}
	}
	return append(found, c.checkPeople(ctx)...)
}

// channel is one that a setting names.
type channel struct{ setting, code, id string }

// channels are those that must be fit to be told of referrals. Both may be one.
func (c *Client) channels() []channel {
	both := []channel{{"TRIAGE_CHANNEL", "triage_channel", c.triage()}, {"SAFETY_CHANNEL", "safety_channel", c.safety()}}
	if both[0].id == both[1].id {
		return both[:1]
	}
	return both
}

// checkPeople finds those in the profile who would not be notified of what they are to be told.
func (c *Client) checkPeople(ctx context.Context) []Problem {
	var found []Problem
	see := func(id, channel, code, where, setting string) {
		if _, may := c.entitled(ctx, id, channel); may == refused {
			found = append(found, Problem{Code: code + "_not_a_member", What: where + " names somebody who is no full member of " + setting, Who: id,
				Mend: "invite them in it, or correct the member id in the service profile"})
		}
	}
	for _, who := range c.bot.Service.Cover.OnCall {
		see(who.Slack, c.safety(), "on_call", "cover.on_call", "SAFETY_CHANNEL")
	}
	for _, lead := range c.bot.Service.Triage.Leads {
		see(lead, c.triage(), "lead", "triage.leads", "TRIAGE_CHANNEL")
	}
	for _, who := range c.bot.Service.Calls.Clinicians {
		see(who.Slack, c.triage(), "clinician", "calls.clinicians", "TRIAGE_CHANNEL")
	}
	return found
}

// missing names the scopes that the bot token lacks, if Slack says which it has.
func missing(answer http.Header) []Problem {
	given := answer.Values("X-OAuth-Scopes")
	if given == nil {
		return nil
	}
	has := strings.FieldsFunc(strings.Join(given, ","), func(r rune) bool { return r == ',' || r == ' ' })
	var found []Problem
	for _, s := range scopes {
		if !slices.Contains(has, s.name) {
			found = append(found, Problem{Code: lacks(s.name), Remark: s.may, What: "the scope " + s.name + " is missing, which is needed to " + s.purpose,
				Mend: "add it under OAuth & Permissions and install the app again"})
		}
	}
	return found
}

// checkChannel looks at one channel.
func (c *Client) checkChannel(ctx context.Context, at channel) []Problem {
	info, err := c.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: at.id})
	if code(err) == noScope { // the one that it takes to look at public channels
		info, err = &slack.Channel{}, nil
		info.IsMember = true
	}
	if err != nil {
		return []Problem{problem(at.code, at.setting+": Slack does not show the channel", err,
			"check that it is the id of a private channel, and invite the bot in it")}
	}
	var found []Problem
	for _, f := range flaws {
		if f.has(info) {
			found = append(found, Problem{Code: at.code + "_" + f.Code, What: at.setting + ": the channel " + f.What, Mend: f.Mend})
		}
	}
	return found
}
