package sim

import (
	"slices"
	"strings"
)

// ChangeUser lets change rewrite a user: to deactivate, to restrict. A user not yet known
// is added.
func (s *Slack) ChangeUser(id string, change func(*SlackUser)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.users[id]
	u.ID = id
	change(&u)
	s.users[id] = u
	s.watch.wake()
}

// Deactivate ends a user's account. A client that has not heard of it may still press.
func (s *Slack) Deactivate(user string) {
	s.ChangeUser(user, func(u *SlackUser) { u.Deleted = true })
}

// ChangeChannel lets change rewrite a channel: to archive, share, rename or open it to all.
// A channel not yet known is added. Members come and go by Join and Leave.
func (s *Slack) ChangeChannel(id string, change func(*SlackChannel)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.channels[id] == nil {
		s.addChannel(SlackChannel{ID: id})
	}
	c := s.channels[id]
	change(&c.SlackChannel)
	c.ID = id
	c.remember()
	s.watch.wake()
}

// Join makes user, or SlackBot, a member of channel.
func (s *Slack) Join(channel, user string) {
	s.member(channel, user, "member_joined_channel", func(c *slChannel) {
		if !slices.Contains(c.Members, user) {
			c.Members = append(c.Members, user)
			c.remember()
		}
	})
}

// Leave ends the membership of user, or SlackBot, in channel.
func (s *Slack) Leave(channel, user string) {
	s.member(channel, user, "member_left_channel", func(c *slChannel) {
		c.Members = slices.DeleteFunc(c.Members, func(m string) bool { return m == user })
	})
}

// member changes who is in a channel and tells the app, if it was there to see.
func (s *Slack) member(channel, user, event string, change func(*slChannel)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	if c == nil {
		return
	}
	sees := slices.Contains(c.Members, SlackBot)
	change(c)
	s.watch.wake()
	if sees || slices.Contains(c.Members, SlackBot) {
		letter, _ := c.kind()
		s.event(event, slJSON{"type": event, "user": user, "channel": channel,
			"channel_type": letter, "team": slTeam, "event_ts": s.ts()})
	}
}

// DropScope takes a scope from the bot token, so that methods that need it answer
// missing_scope.
func (s *Slack) DropScope(scope string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scopes = slices.DeleteFunc(s.scopes, func(x string) bool { return x == scope })
}

// Revoke ends the bot token: every method but apps.connections.open answers token_revoked.
func (s *Slack) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = true
	s.event("tokens_revoked", slJSON{"type": "tokens_revoked", "tokens": slJSON{"bot": []string{SlackBot}}})
}

// Reinstall makes the bot token good again and gives it the scopes it had at first.
func (s *Slack) Reinstall() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked, s.scopes = false, slices.Clone(s.o.Scopes)
}

func (s *Slack) addChannel(c SlackChannel) *slChannel {
	c.Members = slices.Clone(c.Members)
	added := &slChannel{SlackChannel: c, ever: map[string]bool{}}
	added.remember()
	s.channels[c.ID] = added
	return added
}

func (c *slChannel) remember() {
	for _, m := range c.Members {
		c.ever[m] = true
	}
}

// kind returns the letter by which events tell one kind of channel from another, and the
// word for it in scopes and in the names of events.
func (c *slChannel) kind() (letter, family string) {
	switch {
	case c.IM != "":
		return "D", "im"
	case c.Private:
		return "G", "groups"
	}
	return "C", "channels"
}

// find returns the message with that ts, nil if there is none.
func (c *slChannel) find(ts string) *slMessage {
	i := slices.IndexFunc(c.messages, func(m *slMessage) bool { return m.TS == ts })
	if i < 0 {
		return nil
	}
	return c.messages[i]
}

// slDM is the id of the direct messages between user and the bot.
func slDM(user string) string { return "D" + strings.TrimPrefix(user, "U") }

// dm returns the direct messages between user and the bot, opening them if need be, nil
// if there is no such user.
func (s *Slack) dm(user string) *slChannel {
	if s.users[user].ID == "" || user == SlackBot {
		return nil
	}
	if c := s.channels[slDM(user)]; c != nil {
		return c
	}
	return s.addChannel(SlackChannel{ID: slDM(user), IM: user, Members: []string{user, SlackBot}})
}
