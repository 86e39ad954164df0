package sim

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"time"
)

const (
	slReplies   = 5
	slReplyLife = 30 * time.Minute
)

// A slReply is a response URL: leave to answer what a person did, a few times, without
// being in the channel.
type slReply struct {
	user, channel string
	ts            string // of the message that was pressed, "" after a command
	left          int
	expires       time.Time
}

// replyURL returns a new response URL.
func (s *Slack) replyURL(user, channel, ts string) string {
	id := s.id("reply")
	s.replies[id] = &slReply{user: user, channel: channel, ts: ts, left: slReplies, expires: time.Now().Add(slReplyLife)}
	return s.server.url + "/respond/" + id
}

func (s *Slack) serveResponse(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the caller is gone
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	reply := s.replies[r.PathValue("id")]
	switch {
	case reply == nil || time.Now().After(reply.expires):
		http.Error(w, "expired_url", http.StatusNotFound)
		return
	case reply.left == 0:
		http.Error(w, "used_url", http.StatusNotFound)
		return
	}
	reply.left--
	if err := s.reply(*reply, body); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	io.WriteString(w, "ok")
}

// reply shows what the app answers: to the person alone, unless it asks for the channel or
// for a change of the message that was pressed. An empty answer shows nothing.
func (s *Slack) reply(to slReply, body json.RawMessage) error {
	if len(body) == 0 || string(body) == "null" || string(body) == "{}" {
		return nil
	}
	a := slArgs{}
	a.addJSON(body)
	c := s.channels[to.channel]
	pressed := c.find(to.ts)
	if a.bool("delete_original") && pressed != nil {
		s.remove(c, pressed)
		return nil
	}
	if i := slices.IndexFunc(s.ephemerals[to.user], func(m *slMessage) bool { return m.TS == to.ts }); i >= 0 {
		pressed = s.ephemerals[to.user][i]
	}
	m, err := s.compose(a)
	if err != nil {
		return err
	}
	switch {
	case a.bool("replace_original") && pressed != nil:
		pressed.past = append(pressed.past, pressed.Blocks)
		pressed.Text, pressed.Blocks, pressed.raw = m.Text, m.Blocks, m.raw
		s.watch.wake()
	case a["response_type"] == "in_channel":
		s.put(c, m)
	default:
		s.whisper(c, to.user, m)
	}
	return nil
}
