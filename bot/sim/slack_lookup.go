package sim

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

func (s *Slack) authTest(slArgs) (slJSON, error) {
	return slJSON{"url": "https://" + slDomain + ".slack.com/", "team": slTeamName, "user": s.users[SlackBot].Name,
		"team_id": slTeam, "user_id": SlackBot, "bot_id": slBotID, "is_enterprise_install": false}, nil
}

// conversationsOpen opens the direct messages with one user.
func (s *Slack) conversationsOpen(a slArgs) (slJSON, error) {
	user := a["users"]
	switch {
	case a["channel"] != "" && s.channels[a["channel"]] != nil:
		user = s.channels[a["channel"]].IM
	case user == "":
		return nil, slError{code: "users_list_not_supplied"}
	case strings.Contains(user, ","):
		return nil, slError{code: "missing_scope", needed: "mpim:write", provided: strings.Join(s.scopes, ",")}
	}
	already := s.channels[slDM(user)] != nil
	c := s.dm(user)
	switch {
	case c == nil:
		return nil, slError{code: "user_not_found"}
	case s.users[user].Deleted:
		return nil, slError{code: "user_disabled"}
	}
	channel := slJSON{"id": c.ID}
	if a.bool("return_im") {
		channel = c.wire()
	}
	return slJSON{"no_op": already, "already_open": already, "channel": channel}, nil
}

// visible finds a channel the bot may look at. The scope needed is that of its kind, so
// a bot made for private channels is told missing_scope of a public one.
func (s *Slack) visible(id, right string) (*slChannel, error) {
	c := s.channels[id]
	if c == nil || c.Private && !slices.Contains(c.Members, SlackBot) {
		return nil, slError{code: "channel_not_found"}
	}
	_, family := c.kind()
	return c, s.needs(family + ":" + right)
}

func (s *Slack) conversationsInfo(a slArgs) (slJSON, error) {
	c, err := s.visible(a["channel"], "read")
	if err != nil {
		return nil, err
	}
	return slJSON{"channel": c.wire()}, nil
}

func (c *slChannel) wire() slJSON {
	if c.IM != "" {
		return slJSON{"id": c.ID, "is_im": true, "user": c.IM, "is_archived": c.Archived, "is_open": true}
	}
	return slJSON{"id": c.ID, "name": c.Name, "is_channel": true, "is_group": false, "is_im": false, "is_mpim": false,
		"is_private": c.Private, "is_archived": c.Archived, "is_ext_shared": c.ExtShared, "is_shared": c.ExtShared,
		"is_org_shared": false, "is_member": slices.Contains(c.Members, SlackBot), "num_members": len(c.Members)}
}

// conversationsMembers pages through the members of a channel, a hundred at a time unless
// the call says otherwise.
func (s *Slack) conversationsMembers(a slArgs) (slJSON, error) {
	c, err := s.visible(a["channel"], "read")
	if err != nil {
		return nil, err
	}
	page, next := slPage(c.Members, a)
	return slJSON{"members": page, "response_metadata": slJSON{"next_cursor": next}}, nil
}

// conversationsHistory pages through a channel's messages outside threads, newest first.
func (s *Slack) conversationsHistory(a slArgs) (slJSON, error) {
	c, err := s.visible(a["channel"], "history")
	if err == nil && !slices.Contains(c.Members, SlackBot) {
		err = slError{code: "not_in_channel"}
	}
	if err != nil {
		return nil, err
	}
	now := s.o.Now()
	if wait := c.nextRead.Sub(now); s.o.ReadEvery > 0 && wait > 0 {
		return nil, slError{code: "ratelimited", after: wait}
	}
	c.nextRead = now.Add(s.o.ReadEvery)
	var found []slJSON
	for _, m := range slices.Backward(c.messages) {
		if m.Thread == "" && slWithin(m.TS, a) && now.Sub(m.At) >= s.o.ReadLag {
			found = append(found, m.history(a.bool("include_all_metadata")))
		}
	}
	page, next := slPage(found, a)
	return slJSON{"messages": page, "has_more": next != "", "response_metadata": slJSON{"next_cursor": next}}, nil
}

func (m *slMessage) history(metadata bool) slJSON {
	w := m.wire()
	if metadata && m.Metadata != "" {
		w["metadata"] = json.RawMessage(m.Metadata)
	}
	return w
}

// slWithin says whether ts lies between oldest and latest, which count only if inclusive.
func slWithin(ts string, a slArgs) bool {
	at, oldest, latest := slMicros(ts), slMicros(a["oldest"]), slMicros(a["latest"])
	if latest == 0 {
		latest = math.MaxInt64
	}
	if a.bool("inclusive") {
		return oldest <= at && at <= latest
	}
	return oldest < at && at < latest
}

// slMicros reads a ts, with or without a fraction, 0 if it is none.
func slMicros(ts string) int64 {
	whole, part, _ := strings.Cut(ts, ".")
	seconds, _ := strconv.ParseInt(whole, 10, 64)
	micros, _ := strconv.ParseInt((part + "000000")[:6], 10, 64)
	return seconds*1e6 + micros
}

// slPage returns the items from the call's cursor on, and the cursor after them.
func slPage[T any](items []T, a slArgs) (page []T, next string) {
	limit, err := strconv.Atoi(a["limit"])
	if err != nil || limit < 1 {
		limit = 100
	}
	from, _ := strconv.Atoi(a["cursor"])
	from = min(max(from, 0), len(items))
	to := min(from+limit, len(items))
	if to < len(items) {
		next = strconv.Itoa(to)
	}
	return append([]T{}, items[from:to]...), next
}

// usersConversations pages through the channels the bot is in, of the types asked for.
func (s *Slack) usersConversations(a slArgs) (slJSON, error) {
	types := strings.Split(a["types"], ",")
	if a["types"] == "" {
		types = []string{"public_channel"}
	}
	var found []slJSON
	for _, t := range types {
		family, known := map[string]string{"public_channel": "channels", "private_channel": "groups", "im": "im"}[strings.TrimSpace(t)]
		if !known {
			return nil, slError{code: "invalid_types"}
		}
		if err := s.needs(family + ":read"); err != nil {
			return nil, err
		}
		for _, id := range slices.Sorted(maps.Keys(s.channels)) {
			c := s.channels[id]
			if _, f := c.kind(); f == family && slices.Contains(c.Members, SlackBot) {
				found = append(found, c.wire())
			}
		}
	}
	page, next := slPage(found, a)
	return slJSON{"channels": page, "response_metadata": slJSON{"next_cursor": next}}, nil
}

func (s *Slack) usersInfo(a slArgs) (slJSON, error) {
	u, ok := s.users[a["user"]]
	if !ok {
		return nil, slError{code: "user_not_found"}
	}
	w := u.wire()
	if profile := w["profile"].(slJSON); slices.Contains(s.scopes, "users:read.email") {
		profile["email"] = u.Email
	}
	return slJSON{"user": w}, nil
}

func (u SlackUser) team() string {
	if u.Team == "" {
		return slTeam
	}
	return u.Team
}

func (u SlackUser) wire() slJSON {
	w := slJSON{"id": u.ID, "team_id": u.team(), "name": u.Name, "real_name": u.RealName, "deleted": u.Deleted,
		"tz": "Europe/London", "is_admin": false, "is_owner": false, "is_bot": u.Bot, "is_app_user": false,
		"is_restricted": u.Restricted, "is_ultra_restricted": u.UltraRestricted,
		"profile": slJSON{"real_name": u.RealName, "display_name": u.Name, "title": u.Title, "phone": u.Phone, "team": u.team()}}
	if u.Stranger {
		w["is_stranger"] = true
	}
	return w
}

func (s *Slack) groupUsers(a slArgs) (slJSON, error) {
	users, ok := s.o.Groups[a["usergroup"]]
	if !ok {
		return nil, slError{code: "no_such_subteam"}
	}
	return slJSON{"users": slices.Clone(users)}, nil
}
