package sim_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"

	"referralbot/bot/sim"
)

func TestSlackSockets(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{PingEvery: 10 * time.Millisecond})
	var first *slApp
	for i := range 10 {
		app := slDial(t, slTicket(t, s))
		if hello := app.next(); hello.Type != "hello" || hello.Sockets != i+1 {
			t.Fatalf("socket %d greeted with %+v", i, hello)
		}
		if first == nil {
			first = app
		}
	}
	if told := slDial(t, slTicket(t, s)).next(); told.Type != "disconnect" || told.Reason != "too_many_websockets" {
		t.Errorf("the eleventh was told %+v", told)
	}
	for range 2 {
		select {
		case <-first.pings:
		case <-time.After(time.Second):
			t.Fatal("no ping")
		}
	}
	s.Drop()
	slWait(t, s, func() bool { return s.Sockets() == 0 })
}

func TestSlackTicketsAreForOneUse(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	address := slTicket(t, s)
	slDial(t, address)
	if _, _, err := websocket.DefaultDialer.Dial(address, nil); err == nil {
		t.Error("a ticket was good twice")
	}
}

func TestSlackRefresh(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	old, young := slConnect(t, s), slConnect(t, s)
	s.Refresh(1)
	if told := old.next(); told.Type != "disconnect" || told.Reason != "refresh_requested" {
		t.Errorf("told %+v", told)
	}
	for range 3 {
		s.Say(sim.SlackHealthVisitor, "hello")
		young.ack(young.next().ID, nil)
	}
	old.quiet(10 * time.Millisecond)
}

func TestSlackMessageEvents(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	app := slConnect(t, s)
	next := func() map[string]any {
		e := app.next()
		app.ack(e.ID, nil)
		if e.Type != "events_api" || e.Answers || e.Attempt != 0 {
			t.Errorf("envelope %+v", e)
		}
		return e.event()
	}
	ts := s.Say(sim.SlackHealthVisitor, "1 < 2 & a@example.org, http://example.org/x")
	said := next()
	want := "1 &lt; 2 &amp; <mailto:a@example.org|a@example.org>, <http://example.org/x>"
	if said["text"] != want || said["ts"] != ts || said["channel_type"] != "im" || said["client_msg_id"] == nil || said["bot_id"] != nil {
		t.Errorf("event %v", said)
	}
	if seen := s.DM(sim.SlackHealthVisitor)[0].Text; strings.Contains(seen, "&lt;") {
		t.Errorf("a person sees %q", seen)
	}
	slGood(t, s, "chat.postMessage", "channel", sim.SlackHealthVisitor, "text", "hello")
	if own := next(); own["bot_id"] == nil || own["user"] != sim.SlackBot {
		t.Errorf("the bot's own message came as %v", own)
	}
	dm := said["channel"].(string)
	if err := s.Edit(sim.SlackHealthVisitor, dm, ts, "3"); err != nil {
		t.Fatal(err)
	}
	if edited := next(); edited["subtype"] != "message_changed" || edited["message"].(map[string]any)["text"] != "3" {
		t.Errorf("event %v", edited)
	}
	if err := s.Delete(sim.SlackHealthVisitor, dm, ts); err != nil {
		t.Fatal(err)
	}
	if deleted := next(); deleted["subtype"] != "message_deleted" || deleted["deleted_ts"] != ts {
		t.Errorf("event %v", deleted)
	}
	s.SendFile(sim.SlackHealthVisitor, "letter.pdf")
	if file := next(); file["subtype"] != "file_share" {
		t.Errorf("event %v", file)
	}
	if err := s.OpenHome(sim.SlackHealthVisitor); err != nil {
		t.Fatal(err)
	}
	if home := next(); home["type"] != "app_home_opened" || home["tab"] != "home" {
		t.Errorf("event %v", home)
	}
	s.Leave(sim.SlackTriage, sim.SlackGuest)
	if left := next(); left["type"] != "member_left_channel" || left["user"] != sim.SlackGuest {
		t.Errorf("event %v", left)
	}
	s.SayIn(sim.SlackClinicianA, sim.SlackTriage, "", "not subscribed to")
	if s.SayIn(sim.SlackHealthVisitor, sim.SlackTriage, "", "not a member") != "" {
		t.Error("a stranger wrote in a channel")
	}
	app.quiet(10 * time.Millisecond)
}

func TestSlackRedelivery(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{AckWithin: 10 * time.Millisecond, Redeliver: []time.Duration{0, time.Millisecond, time.Millisecond}})
	app := slConnect(t, s)
	s.Say(sim.SlackHealthVisitor, "unheard")
	var attempts []string
	ids, envelopes := map[any]bool{}, map[string]bool{}
	for range 4 {
		e := app.next()
		attempts = append(attempts, fmt.Sprint(e.Attempt, " ", e.Retry))
		ids[e.Payload["event_id"]], envelopes[e.ID] = true, true
	}
	if diff := cmp.Diff([]string{"0 ", "1 timeout", "2 timeout", "3 timeout"}, attempts); diff != "" || len(ids) != 1 || len(envelopes) != 4 {
		t.Error(diff, ids, envelopes)
	}
	app.quiet(30 * time.Millisecond)
}

func TestSlackRedeliveryEndsWithAnAck(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{AckWithin: 150 * time.Millisecond})
	app := slConnect(t, s)
	s.Say(sim.SlackHealthVisitor, "heard the second time")
	app.next()
	app.ack(app.next().ID, nil)
	app.quiet(200 * time.Millisecond)
}

func TestSlackEventsWaitForASocket(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{Redeliver: slices.Repeat([]time.Duration{10 * time.Millisecond}, 100)})
	s.Say(sim.SlackHealthVisitor, "is anybody there?")
	if e := slConnect(t, s).next(); e.Attempt == 0 {
		t.Errorf("an event from before the socket came as new: %+v", e)
	}
}

func TestSlackAcknowledgements(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		ack  func(got, other *slApp, id string)
		want bool // heard
	}{
		{"on its socket", func(got, _ *slApp, id string) { got.ack(id, nil) }, true},
		{"on another socket", func(_, other *slApp, id string) { other.ack(id, nil) }, false},
		{"of something else", func(got, _ *slApp, _ string) { got.ack("other", nil) }, false},
		{"too long", func(got, _ *slApp, id string) { got.ack(id, strings.Repeat("x", 20*1024)) }, false},
		{"not JSON", func(got, _ *slApp, _ string) { got.conn.WriteMessage(websocket.TextMessage, []byte("ok")) }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := slStart(t, sim.SlackOptions{AckWithin: 150 * time.Millisecond})
			one, two := slConnect(t, s), slConnect(t, s)
			if err := s.Command(sim.SlackHealthVisitor, "/refer", ""); err != nil {
				t.Fatal(err)
			}
			select {
			case e := <-one.envelopes:
				tt.ack(one, two, e.ID)
			case e := <-two.envelopes:
				tt.ack(two, one, e.ID)
			}
			if tt.want {
				time.Sleep(200 * time.Millisecond) // nothing must happen
			} else {
				slWait(t, s, func() bool { return len(s.Errors(sim.SlackHealthVisitor)) == 1 })
			}
			if got := len(s.Errors(sim.SlackHealthVisitor)) == 0; got != tt.want {
				t.Errorf("heard: %v, want %v", got, tt.want)
			}
		})
	}
}

func TestSlackEventsDroppedAndRepeated(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	app := slConnect(t, s)
	s.DropEvents(true)
	s.Say(sim.SlackHealthVisitor, "lost")
	s.DropEvents(false)
	s.RepeatEvents(true)
	s.Say(sim.SlackHealthVisitor, "twice")
	one, two := app.next(), app.next()
	app.ack(one.ID, nil)
	if one.event()["text"] != "twice" || one.Payload["event_id"] != two.Payload["event_id"] || one.ID == two.ID || two.Attempt != 1 {
		t.Errorf("got %+v and %+v", one, two)
	}
}
