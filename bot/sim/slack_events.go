package sim

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// DropEvents makes events vanish without any later try, as in an outage at Slack, until it
// is called with false. Presses, commands and forms still arrive.
func (s *Slack) DropEvents(drop bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mute = drop
}

// RepeatEvents makes every event come twice, acknowledged or not, until it is called with
// false.
func (s *Slack) RepeatEvents(repeat bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.twice = repeat
}

// event tells the app that something happened, if it has subscribed to such events, and
// tells it again as long as it does not acknowledge. The mutex is held.
func (s *Slack) event(name string, inner slJSON) {
	if s.mute || !slices.Contains(s.o.Events, name) {
		return
	}
	payload := slJSON{"token": "sim", "team_id": slTeam, "context_team_id": slTeam, "api_app_id": slAppID,
		"type": "event_callback", "event": inner, "event_id": s.id("Ev"), "event_time": time.Now().Unix(),
		"is_ext_shared_channel": false, "authorizations": []slJSON{{"team_id": slTeam, "user_id": SlackBot,
			"is_bot": true, "is_enterprise_install": false, "enterprise_id": nil}}}
	go s.pursue(s.postEvent(payload, 0), payload)
	if s.twice {
		s.postEvent(payload, 1)
	}
}

func (s *Slack) postEvent(payload slJSON, attempt int) *slEnvelope {
	reason := ""
	if attempt > 0 {
		reason = "timeout"
	}
	return s.post(slJSON{"type": "events_api", "accepts_response_payload": false, "payload": payload,
		"retry_attempt": attempt, "retry_reason": reason})
}

// pursue sends an event again until it is acknowledged or Slack gives up.
func (s *Slack) pursue(e *slEnvelope, payload slJSON) {
	for i, wait := range s.o.Redeliver {
		if _, ok := s.await(e); ok {
			return
		}
		select {
		case <-time.After(wait):
		case <-s.done.Done():
			return
		}
		s.mu.Lock()
		e = s.postEvent(payload, i+1)
		s.mu.Unlock()
	}
	s.await(e)
}

// said tells the app of a message, its own included.
func (s *Slack) said(c *slChannel, message slJSON, more slJSON) {
	_, family := c.kind()
	event := slJSON{"channel": c.ID, "channel_type": strings.TrimSuffix(family, "s"), "event_ts": s.ts()}
	maps.Copy(event, message)
	maps.Copy(event, more)
	s.event("message."+family, event)
}

// changed tells the app that a message was rewritten or removed.
func (s *Slack) changed(c *slChannel, subtype string, more slJSON) {
	s.said(c, slJSON{"type": "message", "subtype": subtype, "hidden": true, "ts": s.ts()}, more)
}

// slLink finds what Slack makes a link of.
var slLink = regexp.MustCompile(`https?://[^\s|]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+`)

// slTyped is a typed text as apps receive it: three characters escaped, and what looks
// like an address made a link.
func slTyped(text string) string {
	text = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
	return slLink.ReplaceAllStringFunc(text, func(found string) string {
		if strings.HasPrefix(found, "http") {
			return "<" + found + ">"
		}
		return "<mailto:" + found + "|" + found + ">"
	})
}

// slRich is a typed text as the rich_text block that Slack makes of it.
func slRich(text string) []any {
	return []any{slJSON{"type": "rich_text", "block_id": "rich", "elements": []any{
		slJSON{"type": "rich_text_section", "elements": []any{slJSON{"type": "text", "text": text}}}}}}
}
