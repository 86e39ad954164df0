package sim

import (
	"cmp"
	"maps"
	"slices"
)

// Messages returns what stands in a channel now, oldest first, threads included.
func (s *Slack) Messages(channel string) []SlackMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	if c == nil {
		return nil
	}
	return slSeen(c.messages)
}

// DM returns what stands in the direct messages between user and the bot now, oldest first.
func (s *Slack) DM(user string) []SlackMessage { return s.Messages(slDM(user)) }

// Ephemerals returns the messages that only user has been shown, oldest first. Slack keeps
// them until the client reloads; here they stay.
func (s *Slack) Ephemerals(user string) []SlackMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slSeen(s.ephemerals[user])
}

// Views returns the modals user has open, the one in front last.
func (s *Slack) Views(user string) []View {
	s.mu.Lock()
	defer s.mu.Unlock()
	var views []View
	for _, id := range s.stacks[user] {
		views = append(views, s.views[id].seen())
	}
	return views
}

// Home returns the app's Home tab as published for user, nil if it never was.
func (s *Slack) Home(user string) *View {
	s.mu.Lock()
	defer s.mu.Unlock()
	home := s.homes[user]
	if home == nil {
		return nil
	}
	v := home.seen()
	return &v
}

// Errors returns what Slack's client has told user went wrong, oldest first: most often
// that the app did not answer within three seconds.
func (s *Slack) Errors(user string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.mishaps[user])
}

// Told is how often user has been told something apart from others: in direct messages, in
// messages that only they have been shown, and by Slack's client that something went wrong.
func (s *Slack) Told(user string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	told := len(s.ephemerals[user]) + len(s.mishaps[user])
	if dm := s.channels[slDM(user)]; dm != nil {
		told += len(dm.messages)
	}
	return told
}

// Users returns the people of the workspace, by id; the bot is not among them.
func (s *Slack) Users() []SlackUser {
	s.mu.Lock()
	defer s.mu.Unlock()
	people := maps.Clone(s.users)
	delete(people, SlackBot)
	return slices.SortedFunc(maps.Values(people), func(a, b SlackUser) int { return cmp.Compare(a.ID, b.ID) })
}

// mishap tells user that something went wrong, as Slack's client would.
func (s *Slack) mishap(user, words string) {
	s.mishaps[user] = append(s.mishaps[user], words)
	s.watch.wake()
}

func slSeen(messages []*slMessage) []SlackMessage {
	seen := make([]SlackMessage, len(messages))
	for i, m := range messages {
		seen[i] = m.SlackMessage
	}
	return seen
}
