package slack

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"referralbot/dialog"
)

// answer is whether somebody may act on referrals.
type answer int

const (
	unknown answer = iota // Slack could not be asked
	allowed
	refused
)

// staff remembers for a short while who may act on referrals. The zero value remembers nobody.
type staff struct {
	mu     sync.Mutex
	teams  map[string]team // by channel
	people map[string]person
}

type team struct {
	members []string
	listed  time.Time
}

type person struct {
	slack.User
	seen time.Time
}

// forget makes staff ask Slack again, since somebody came or went.
func (s *staff) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.teams, s.people = nil, nil
}

// entitled says whether user may act on referrals now, and who they are: a full member of
// the workspace, and of one of the channels.
func (c *Client) entitled(ctx context.Context, user string, channels ...string) (dialog.Clinician, answer) {
	who := dialog.Clinician{ID: user}
	u, err := c.person(ctx, user)
	if code(err) == "user_not_found" {
		return who, refused
	}
	if err != nil {
		return who, unknown
	}
	who.Name = clean(cmp.Or(u.RealName, u.Profile.RealName, u.Name))
	who.Lead = slices.Contains(c.bot.Service.Triage.Leads, user)
	if !full(u) || !c.ours(u.TeamID) {
		return who, refused
	}
	may := refused
	for _, channel := range channels {
		members, err := c.members(ctx, channel)
		if err == nil && slices.Contains(members, user) {
			return who, allowed
		}
		if err != nil {
			may = unknown
		}
	}
	return who, may
}

// full reports whether u is a person of the workspace, and not its guest or a stranger.
func full(u slack.User) bool {
	return !(u.Deleted || u.IsBot || u.IsAppUser || u.IsRestricted || u.IsUltraRestricted || u.IsStranger)
}

// person returns what Slack says of user.
func (c *Client) person(ctx context.Context, user string) (slack.User, error) {
	c.staff.mu.Lock()
	p := c.staff.people[user]
	c.staff.mu.Unlock()
	if c.fresh(p.seen) {
		return p.User, nil
	}
	u, err := c.api.GetUserInfoContext(ctx, user)
	if err != nil {
		return slack.User{}, err
	}
	c.staff.mu.Lock()
	defer c.staff.mu.Unlock()
	if c.staff.people == nil {
		c.staff.people = map[string]person{}
	}
	c.staff.people[user] = person{*u, c.now()}
	return *u, nil
}

// members lists the members of a channel. Whoever asks while one is being listed waits for
// that list.
func (c *Client) members(ctx context.Context, channel string) ([]string, error) {
	c.staff.mu.Lock()
	defer c.staff.mu.Unlock()
	if known := c.staff.teams[channel]; c.fresh(known.listed) {
		return known.members, nil
	}
	asked := c.now()
	p := &slack.GetUsersInConversationParameters{ChannelID: channel, Limit: 200}
	var all []string
	for {
		some, next, err := c.api.GetUsersInConversationContext(ctx, p)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		if p.Cursor = next; next == "" {
			if c.staff.teams == nil {
				c.staff.teams = map[string]team{}
			}
			c.staff.teams[channel] = team{all, asked}
			return all, nil
		}
	}
}

// fresh reports whether what was learnt at t may still be relied on.
func (c *Client) fresh(t time.Time) bool {
	age := c.now().Sub(t)
	return age >= 0 && age < c.o.Trust
}
