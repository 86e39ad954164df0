package sim

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// What Slack's client tells a person.
const (
	slTrouble = "We had some trouble connecting. Try again?"
	slSilence = "The app did not respond. Try again?"
)

// Command types a slash command, such as "/refer", in the direct messages with the bot.
func (s *Slack) Command(user, command, text string) error {
	return s.CommandIn(user, slDM(user), command, text)
}

// CommandIn types a slash command in a channel that user is in.
func (s *Slack) CommandIn(user, channel, command, text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dm(user)
	c := s.channels[channel]
	if c == nil || !slices.Contains(c.Members, user) {
		return fmt.Errorf("sim: %s is not in channel %s", user, channel)
	}
	e := s.ask("slash_commands", slJSON{"token": "sim", "team_id": slTeam, "team_domain": slDomain,
		"channel_id": c.ID, "channel_name": s.wireChannel(c)["name"], "user_id": user, "user_name": s.users[user].Name,
		"command": command, "text": text, "api_app_id": slAppID, "is_enterprise_install": "false",
		"response_url": s.replyURL(user, c.ID, ""), "trigger_id": s.trigger(user, false)})
	reason := "operation_timeout"
	if e == nil {
		reason = "dispatch_failed"
	}
	s.expect(user, e, fmt.Sprintf("%s failed with the error %q", command, reason), func(payload json.RawMessage) {
		if s.reply(slReply{user: user, channel: c.ID}, payload) != nil {
			s.mishap(user, fmt.Sprintf("%s failed with the error %q", command, "invalid_command_response"))
		}
	})
	return nil
}

// Shortcut chooses a global shortcut.
func (s *Slack) Shortcut(user, callbackID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users[user].ID == "" {
		return slNobody(user)
	}
	s.interactive(user, slJSON{"type": "shortcut", "callback_id": callbackID, "trigger_id": s.trigger(user, false)})
	return nil
}

// MessageShortcut chooses a shortcut from the menu of a message.
func (s *Slack) MessageShortcut(user, callbackID, channel, ts string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, err := s.onScreen(user, channel, ts)
	if err != nil {
		return err
	}
	s.interactive(user, slJSON{"type": "message_action", "callback_id": callbackID, "trigger_id": s.trigger(user, false),
		"channel": s.wireChannel(c), "message_ts": ts, "message": m.wire(), "response_url": s.replyURL(user, channel, ts)})
	return nil
}

// OpenHome opens the app's Home tab.
func (s *Slack) OpenHome(user string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.dm(user)
	if c == nil {
		return slNobody(user)
	}
	event := slJSON{"type": "app_home_opened", "user": user, "channel": c.ID, "tab": "home", "event_ts": s.ts()}
	if home := s.homes[user]; home != nil {
		event["view"] = s.wireView(home)
	}
	s.event("app_home_opened", event)
	return nil
}

// Say writes to the bot in direct messages, and returns the ts of the message, "" if there
// is no such user.
func (s *Slack) Say(user, text string) (ts string) { return s.say(user, slDM(user), "", text, nil) }

// SayIn writes in a channel, or in the thread under the message thread. The app hears of it
// only if it has subscribed to messages there.
func (s *Slack) SayIn(user, channel, thread, text string) (ts string) {
	return s.say(user, channel, thread, text, nil)
}

// SendFile sends the bot a file in direct messages. Only its name exists.
func (s *Slack) SendFile(user, name string) (ts string) {
	return s.say(user, slDM(user), "", "", slJSON{"subtype": "file_share",
		"files": []slJSON{{"id": "F0SIM", "name": name, "mode": "hosted", "user": user}}})
}

func (s *Slack) say(user, channel, thread, text string, more slJSON) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dm(user)
	c := s.channels[channel]
	if c == nil || !slices.Contains(c.Members, user) {
		return ""
	}
	m := &slMessage{SlackMessage: SlackMessage{User: user, Text: text, Thread: thread}, raw: slRich(text)}
	s.serial++
	m.client = fmt.Sprintf("00000000-0000-4000-8000-%012d", s.serial)
	s.put(c, m)
	s.said(c, m.wire(), more)
	return m.TS
}

// Edit rewrites a message of the user's own.
func (s *Slack) Edit(user, channel, ts, text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, err := s.written(user, channel, ts)
	if err != nil {
		return err
	}
	before := m.wire()
	m.Text, m.raw, m.Edited = text, slRich(text), true
	s.watch.wake()
	s.changed(c, "message_changed", slJSON{"message": m.wire(), "previous_message": before})
	return nil
}

// Delete removes a message of the user's own.
func (s *Slack) Delete(user, channel, ts string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, err := s.written(user, channel, ts)
	if err != nil {
		return err
	}
	s.remove(c, m)
	return nil
}

// written finds a message of the user's own.
func (s *Slack) written(user, channel, ts string) (*slChannel, *slMessage, error) {
	c, m, err := s.onScreen(user, channel, ts)
	if err == nil && m.User != user {
		err = fmt.Errorf("sim: message %s is not %s's own", ts, user)
	}
	return c, m, err
}

// PressMessage presses a button of a message in a channel, in the direct messages, or shown
// to the user alone; of a select, a menu or checkboxes it takes the values chosen. A button of
// which the message has several is named with its block: "block/action". The screen may lag: a button that an edit has since removed, or in a channel that the user has since
// left, can still be pressed.
func (s *Slack) PressMessage(user, channel, ts, actionID string, chosen ...string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, err := s.onScreen(user, channel, ts)
	if err != nil {
		return err
	}
	block, element, ok := s.action(m, actionID, chosen)
	if !ok {
		return fmt.Errorf("sim: message %s never had a button %q", ts, actionID)
	}
	payload, err := s.pressed(block, element, chosen)
	if err != nil {
		return err
	}
	payload["trigger_id"] = s.trigger(user, false)
	payload["channel"] = s.wireChannel(c)
	payload["container"] = slJSON{"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": m.Ephemeral}
	payload["state"] = slJSON{"values": slJSON{}}
	payload["response_url"] = s.replyURL(user, channel, ts)
	if !m.Ephemeral {
		payload["message"] = m.wire()
	}
	s.interactive(user, payload)
	return nil
}

// PressView presses a button in the modal in front or in the Home tab; of a select or of
// checkboxes outside the form's inputs it takes the values chosen.
func (s *Slack) PressView(user, viewID, actionID string, chosen ...string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.inFront(user, viewID)
	if err != nil {
		return err
	}
	block, element, ok := slAction(v.Blocks, actionID)
	if !ok {
		return fmt.Errorf("sim: view %s has no button %q", viewID, actionID)
	}
	payload, err := s.pressed(block, element, chosen)
	if err != nil {
		return err
	}
	payload["trigger_id"] = s.trigger(user, v.Type == "modal")
	payload["container"] = slJSON{"type": "view", "view_id": v.ID}
	payload["view"] = s.wireView(v)
	s.interactive(user, payload)
	return nil
}

func (s *Slack) pressed(b SlackBlock, e SlackElement, chosen []string) (slJSON, error) {
	if err := s.takes(&e, chosen); err != nil {
		return nil, fmt.Errorf("sim: %q: %w", e.ActionID, err)
	}
	if e.Type == "overflow" && len(chosen) != 1 {
		return nil, fmt.Errorf("sim: a menu acts by one of its options: %q", e.ActionID)
	}
	action := e.state(chosen)
	if e.Type == "button" {
		action = slJSON{"type": "button", "text": e.Text}
		if e.Value != "" {
			action["value"] = e.Value
		}
	}
	action["action_id"], action["block_id"], action["action_ts"] = e.ActionID, b.ID, s.ts()
	return slJSON{"type": "block_actions", "actions": []slJSON{action}}, nil
}

// interactive sends what a person did to the app, and tells the person if it is not
// acknowledged.
func (s *Slack) interactive(user string, payload slJSON) {
	e := s.ask("interactive", s.interaction(user, payload))
	s.expect(user, e, slSilence, func(json.RawMessage) {})
}

// ask sends an envelope that may be answered. It is sent only once: Slack repeats events,
// but no interaction.
func (s *Slack) ask(kind string, payload slJSON) *slEnvelope {
	return s.post(slJSON{"type": kind, "accepts_response_payload": true, "payload": payload})
}

// interaction adds what every interaction says.
func (s *Slack) interaction(user string, payload slJSON) slJSON {
	all := slJSON{"token": "sim", "api_app_id": slAppID, "team": slJSON{"id": slTeam, "domain": slDomain},
		"enterprise": nil, "is_enterprise_install": false, "action_ts": s.ts(),
		"user": slJSON{"id": user, "username": s.users[user].Name, "name": s.users[user].Name, "team_id": s.users[user].team()}}
	maps.Copy(all, payload)
	return all
}

// expect calls acked with the mutex held once e is acknowledged, or tells user that it
// failed.
func (s *Slack) expect(user string, e *slEnvelope, failed string, acked func(json.RawMessage)) {
	go func() {
		payload, ok := s.await(e)
		s.mu.Lock()
		defer s.mu.Unlock()
		if ok {
			acked(payload)
			return
		}
		s.mishap(user, failed)
	}()
}

// onScreen finds a message that user can see, or could before leaving the channel.
func (s *Slack) onScreen(user, channel, ts string) (*slChannel, *slMessage, error) {
	c := s.channels[channel]
	if c == nil || c.Private && !c.ever[user] || c.IM != "" && c.IM != user {
		return nil, nil, fmt.Errorf("sim: %s has never been in channel %s", user, channel)
	}
	if m := c.find(ts); m != nil {
		return c, m, nil
	}
	i := slices.IndexFunc(s.ephemerals[user], func(m *slMessage) bool { return m.Channel == channel && m.TS == ts })
	if i < 0 {
		return nil, nil, fmt.Errorf("sim: no message %s in channel %s", ts, channel)
	}
	return c, s.ephemerals[user][i], nil
}

// action finds a button of the message as it is or ever was, if it can be one that takes the
// values chosen.
func (s *Slack) action(m *slMessage, action string, chosen []string) (block SlackBlock, element SlackElement, found bool) {
	for _, blocks := range append([][]SlackBlock{m.Blocks}, m.past...) {
		b, e, ok := slAction(blocks, action)
		if ok && s.takes(&e, chosen) == nil {
			return b, e, true
		}
		if ok && !found {
			block, element, found = b, e, true
		}
	}
	return block, element, found
}

// inFront finds a view that user can use: the modal in front, or the Home tab.
func (s *Slack) inFront(user, id string) (*slView, error) {
	v, stack := s.views[id], s.stacks[user]
	if v == nil || v.User != user {
		return nil, fmt.Errorf("sim: %s has no view %s open", user, id)
	}
	if v.Type == "modal" && stack[len(stack)-1] != id {
		return nil, fmt.Errorf("sim: view %s is behind another", id)
	}
	return v, nil
}

func (s *Slack) front(user string) *View {
	stack := s.stacks[user]
	if len(stack) == 0 {
		return nil
	}
	v := s.views[stack[len(stack)-1]].seen()
	return &v
}

func (s *Slack) wireChannel(c *slChannel) slJSON {
	name := c.Name
	if c.IM != "" {
		name = "directmessage"
	}
	return slJSON{"id": c.ID, "name": name}
}

func slNobody(user string) error { return fmt.Errorf("sim: no user %s", user) }
