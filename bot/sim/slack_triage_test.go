package sim_test

import (
	"strings"
	"testing"
	"time"

	"referralbot/bot/sim"
)

// A menu of a message acts by one of its options, and by no other.
func TestSlackMenu(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	app := slConnect(t, s)
	ts := slGood(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "x", "blocks", `[{"type":"actions","elements":[
		{"type":"overflow","action_id":"menu","options":[{"text":{"type":"plain_text","text":"Release"},"value":"R1:release"}]},
		{"type":"users_select","action_id":"who"}]}]`)["ts"].(string)
	for _, chosen := range [][]string{nil, {"R1:dance"}, {"R1:release", "R1:release"}} {
		if err := s.PressMessage(sim.SlackClinicianA, sim.SlackTriage, ts, "menu", chosen...); err == nil {
			t.Errorf("%q was chosen", chosen)
		}
	}
	if err := s.PressMessage(sim.SlackClinicianA, sim.SlackTriage, ts, "who", "U0NOBODY"); err == nil {
		t.Error("somebody was chosen who is not there")
	}
	if err := s.PressMessage(sim.SlackClinicianA, sim.SlackTriage, ts, "menu", "R1:release"); err != nil {
		t.Fatal(err)
	}
	action := app.next().Payload["actions"].([]any)[0].(map[string]any)
	if action["type"] != "overflow" || action["selected_option"].(map[string]any)["value"] != "R1:release" {
		t.Errorf("got %v", action)
	}
	slGood(t, s, "chat.update", "channel", sim.SlackTriage, "ts", ts, "text", "x", "blocks", `[{"type":"actions","elements":[
		{"type":"overflow","action_id":"menu","options":[{"text":{"type":"plain_text","text":"Claim"},"value":"R1:claim"}]}]}]`)
	if err := s.PressMessage(sim.SlackClinicianA, sim.SlackTriage, ts, "menu", "R1:release"); err != nil {
		t.Errorf("on a screen that lags: %v", err)
	}
	app.next()
	if err := s.PressMessage(sim.SlackClinicianA, sim.SlackTriage, ts, "who", sim.SlackClinicianB); err != nil {
		t.Fatal(err)
	}
	action = app.next().Payload["actions"].([]any)[0].(map[string]any)
	if action["type"] != "users_select" || action["selected_user"] != sim.SlackClinicianB {
		t.Errorf("got %v", action)
	}
}

// Two buttons of one name are told apart by their blocks.
func TestSlackPressInBlock(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	app := slConnect(t, s)
	row := func(ref string) string {
		return `{"type":"section","block_id":"` + ref + `","text":{"type":"plain_text","text":"x"},
			"accessory":{"type":"button","action_id":"open","value":"` + ref + `","text":{"type":"plain_text","text":"Open"}}}`
	}
	ts := slGood(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "x", "blocks", "["+row("R1")+","+row("R2")+"]")["ts"].(string)
	if err := s.PressMessage(sim.SlackClinicianA, sim.SlackTriage, ts, "R2/open"); err != nil {
		t.Fatal(err)
	}
	if action := app.next().Payload["actions"].([]any)[0].(map[string]any); action["value"] != "R2" || action["action_id"] != "open" {
		t.Errorf("got %v", action)
	}
	if err := s.PressMessage(sim.SlackClinicianA, sim.SlackTriage, ts, "R3/open"); err == nil {
		t.Error("pressed a button of a block that is not there")
	}
}

// A form asks for a day and for a person, and takes no other.
func TestSlackPickers(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	app := slConnect(t, s)
	v := slOpen(t, s, app, slModal("One", `[
		{"type":"input","block_id":"day","label":{"type":"plain_text","text":"Day"},"element":{"type":"datepicker","action_id":"day","initial_date":"2026-11-30"}},
		{"type":"input","block_id":"who","label":{"type":"plain_text","text":"Who"},"element":{"type":"users_select","action_id":"who"}}]`))
	if r, err := slWrong(s, v, map[string]any{"who": sim.SlackClinicianB, "day": "30/11/2026"}); err != nil || r["day"] == "" {
		t.Errorf("a day in another form: %v, %v", r, err)
	}
	if _, err := slWrong(s, v, map[string]any{"who": "U0NOBODY"}); err == nil {
		t.Error("nobody was chosen")
	}
	_, e := slSubmit(t, s, app, v, map[string]any{"who": sim.SlackGuest, "day": "2026-12-01"}, nil)
	state := e.Payload["view"].(map[string]any)["state"].(map[string]any)["values"].(map[string]any)
	if who := state["who"].(map[string]any)["who"].(map[string]any); who["type"] != "users_select" || who["selected_user"] != sim.SlackGuest {
		t.Errorf("got %v", who)
	}
	if day := state["day"].(map[string]any)["day"].(map[string]any); day["selected_date"] != "2026-12-01" {
		t.Errorf("got %v", day)
	}
}

func slWrong(s *sim.Slack, v sim.View, values map[string]any) (map[string]string, error) {
	problems, _, _, err := s.Submit(v.User, v.ID, values)
	return problems, err
}

// A command can be typed wherever somebody is, and what answers it is theirs alone, its next
// page included.
func TestSlackCommandInAChannel(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	app := slConnect(t, s)
	if err := s.CommandIn(sim.SlackHealthVisitor, sim.SlackTriage, "/triage", ""); err == nil {
		t.Error("typed in a channel that she is not in")
	}
	if err := s.CommandIn(sim.SlackClinicianA, sim.SlackTriage, "/triage", "enter"); err != nil {
		t.Fatal(err)
	}
	e := app.next()
	if e.Payload["channel_id"] != sim.SlackTriage || e.Payload["text"] != "enter" || e.Payload["command"] != "/triage" {
		t.Errorf("got %v", e.Payload)
	}
	app.ack(e.ID, map[string]any{"response_type": "ephemeral", "text": "One", "blocks": []map[string]any{
		{"type": "actions", "elements": []map[string]any{{"type": "button", "action_id": "board1", "value": "1",
			"text": map[string]any{"type": "plain_text", "text": "More"}}}}}})
	slWait(t, s, func() bool { return len(s.Ephemerals(sim.SlackClinicianA)) == 1 })
	shown := s.Ephemerals(sim.SlackClinicianA)[0]
	if err := s.PressMessage(sim.SlackClinicianA, sim.SlackTriage, shown.TS, "board1"); err != nil {
		t.Fatal(err)
	}
	press := app.next()
	if in := press.Payload["container"].(map[string]any); in["is_ephemeral"] != true {
		t.Errorf("container %v", in)
	}
	slPostJSON(t, press.Payload["response_url"].(string), `{"text":"Two","replace_original":true}`)
	if all := s.Ephemerals(sim.SlackClinicianA); len(all) != 1 || all[0].Text != "Two" {
		t.Errorf("she sees %v", all)
	}
	if err := s.CommandIn(sim.SlackClinicianA, sim.SlackTriage, "/triage", ""); err != nil {
		t.Fatal(err)
	}
	app.ack(app.next().ID, map[string]any{"text": "x", "blocks": []map[string]any{{"type": "dance"}}})
	slWait(t, s, func() bool { return len(s.Errors(sim.SlackClinicianA)) == 1 })
}

// The app hears what is written in its channels and under its messages, and can answer whoever
// wrote it alone, there.
func TestSlackThread(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{Events: []string{"message.groups"}})
	app := slConnect(t, s)
	card := slGood(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "x")["ts"].(string)
	app.ack(app.next().ID, nil) // its own
	s.SayIn(sim.SlackClinicianA, sim.SlackTriage, card, "who is this?")
	e := app.next()
	app.ack(e.ID, nil)
	if said := e.event(); said["thread_ts"] != card || said["channel_type"] != "group" || said["text"] != "who is this?" {
		t.Errorf("event %v", said)
	}
	slGood(t, s, "chat.postEphemeral", "channel", sim.SlackTriage, "user", sim.SlackClinicianA, "thread_ts", card, "text", "nobody")
	if all := s.Ephemerals(sim.SlackClinicianA); len(all) != 1 || all[0].Thread != card || !strings.Contains(all[0].Text, "nobody") {
		t.Errorf("she sees %v", all)
	}
	app.quiet(10 * time.Millisecond)
}
