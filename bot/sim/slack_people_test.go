package sim_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/bot/sim"
)

const slForm = `[
	{"type":"section","block_id":"intro","text":{"type":"plain_text","text":"About the baby"}},
	{"type":"input","block_id":"name","label":{"type":"plain_text","text":"Name"},"element":{"type":"plain_text_input","action_id":"name","max_length":10}},
	{"type":"input","block_id":"home","label":{"type":"plain_text","text":"Lives"},"element":{"type":"radio_buttons","action_id":"home",
		"options":[{"text":{"type":"plain_text","text":"Here"},"value":"here"},{"text":{"type":"plain_text","text":"There"},"value":"there"}],
		"initial_option":{"text":{"type":"plain_text","text":"Here"},"value":"here"}}},
	{"type":"input","block_id":"worries","optional":true,"label":{"type":"plain_text","text":"Worries"},"element":{"type":"checkboxes","action_id":"worries",
		"options":[{"text":{"type":"plain_text","text":"Sleep"},"value":"sleep"},{"text":{"type":"plain_text","text":"Feeding"},"value":"feeding"}]}},
	{"type":"actions","block_id":"acts","elements":[{"type":"button","action_id":"back","value":"p:back","text":{"type":"plain_text","text":"Back"}}]}
]`

// slOpen has the health visitor open a modal by command and returns it.
func slOpen(t *testing.T, s *sim.Slack, app *slApp, view string) sim.View {
	t.Helper()
	if err := s.Command(sim.SlackHealthVisitor, "/refer", ""); err != nil {
		t.Fatal(err)
	}
	e := app.next()
	slGood(t, s, "views.open", "trigger_id", e.trigger(), "view", view)
	app.ack(e.ID, nil)
	views := s.Views(sim.SlackHealthVisitor)
	return views[len(views)-1]
}

type slResult struct {
	Problems map[string]string
	Title    string // of the modal then in front
	Cleared  bool
	Err      error
}

// slSubmit submits a modal, which the app answers with payload, and returns what the person
// saw and what the app got.
func slSubmit(t *testing.T, s *sim.Slack, app *slApp, v sim.View, values map[string]any, payload any) (slResult, slEnvelope) {
	t.Helper()
	done := make(chan slResult)
	go func() {
		var r slResult
		var next *sim.View
		r.Problems, next, r.Cleared, r.Err = s.Submit(sim.SlackHealthVisitor, v.ID, values)
		if next != nil {
			r.Title = next.Title
		}
		done <- r
	}()
	e := app.next()
	app.ack(e.ID, payload)
	return <-done, e
}

func TestSlackTriggers(t *testing.T) {
	t.Parallel()
	trigger := func(s *sim.Slack) string {
		app := slConnect(t, s)
		if err := s.Shortcut(sim.SlackHealthVisitor, "refer"); err != nil {
			t.Fatal(err)
		}
		e := app.next()
		app.ack(e.ID, nil)
		return e.trigger()
	}
	s := slStart(t, sim.SlackOptions{})
	id := trigger(s)
	if got := slCall(t, s, "views.open", "trigger_id", id, "view", "{}"); got["error"] != "invalid_arguments" {
		t.Errorf("got %v", got)
	}
	slGood(t, s, "views.open", "trigger_id", id, "view", slModal("A refused view leaves it", ""))
	if got := slCall(t, s, "views.open", "trigger_id", id, "view", slModal("Two", "")); got["error"] != "exchanged_trigger_id" {
		t.Errorf("got %v", got)
	}
	short := slStart(t, sim.SlackOptions{TriggerLife: time.Nanosecond})
	if got := slCall(t, short, "views.open", "trigger_id", trigger(short), "view", slModal("Three", "")); got["error"] != "expired_trigger_id" {
		t.Errorf("got %v", got)
	}
}

func TestSlackSubmit(t *testing.T) {
	t.Parallel()
	type payload = map[string]any
	view := func(title string) payload {
		return payload{"type": "modal", "title": payload{"type": "plain_text", "text": title},
			"blocks": []payload{{"type": "divider"}}}
	}
	tests := []struct {
		name   string
		answer any
		want   slResult
	}{
		{"no answer closes", nil, slResult{Cleared: true}},
		{"empty answer closes", payload{}, slResult{Cleared: true}},
		{"clear", payload{"response_action": "clear"}, slResult{Cleared: true}},
		{"update", payload{"response_action": "update", "view": view("Two")}, slResult{Title: "Two"}},
		{"push", payload{"response_action": "push", "view": view("Two")}, slResult{Title: "Two"}},
		{"errors", payload{"response_action": "errors", "errors": payload{"name": "Too short"}},
			slResult{Title: "One", Problems: map[string]string{"name": "Too short"}}},
		{"errors of a block that is no input", payload{"response_action": "errors", "errors": payload{"intro": "No"}},
			slResult{Title: "One", Err: sim.ErrSlackTrouble}},
		{"no errors", payload{"response_action": "errors"}, slResult{Title: "One", Err: sim.ErrSlackTrouble}},
		{"update to nothing", payload{"response_action": "update"}, slResult{Title: "One", Err: sim.ErrSlackTrouble}},
		{"update too long", payload{"response_action": "update", "view": view("A title that is far too long")}, slResult{Title: "One", Err: sim.ErrSlackTrouble}},
		{"unknown action", payload{"response_action": "dance"}, slResult{Title: "One", Err: sim.ErrSlackTrouble}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := slStart(t, sim.SlackOptions{})
			app := slConnect(t, s)
			v := slOpen(t, s, app, slModal("One", slForm))
			got, e := slSubmit(t, s, app, v, map[string]any{"name": "Robin", "worries": []string{"sleep", "feeding"}}, tt.answer)
			if !errors.Is(got.Err, tt.want.Err) {
				t.Errorf("error %v", got.Err)
			}
			got.Err, tt.want.Err = nil, nil
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			option := func(label, value string) payload {
				return payload{"text": payload{"type": "plain_text", "text": label}, "value": value}
			}
			want := payload{
				"name":    payload{"name": payload{"type": "plain_text_input", "value": "Robin"}},
				"home":    payload{"home": payload{"type": "radio_buttons", "selected_option": option("Here", "here")}},
				"worries": payload{"worries": payload{"type": "checkboxes", "selected_options": []any{option("Sleep", "sleep"), option("Feeding", "feeding")}}},
			}
			state := e.Payload["view"].(payload)["state"].(payload)["values"]
			if diff := cmp.Diff(want, state); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSlackSubmitStaysWithTheClient(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	app := slConnect(t, s)
	v := slOpen(t, s, app, slModal("One", slForm))
	problems, next, cleared, err := s.Submit(sim.SlackHealthVisitor, v.ID, nil)
	if problems["name"] == "" || len(problems) != 1 || next == nil || cleared || err != nil {
		t.Errorf("blank: %v %v %v %v", problems, next, cleared, err)
	}
	impossible := []map[string]any{
		{"home": "elsewhere"}, {"home": []string{"here", "there"}}, {"name": "far too many letters"}, {"nobody": "x"}, {"name": 3},
	}
	for _, values := range impossible {
		if _, _, _, err := s.Submit(sim.SlackHealthVisitor, v.ID, values); err == nil {
			t.Errorf("%v was taken", values)
		}
	}
	app.quiet(10 * time.Millisecond)
}

func TestSlackSubmitUnanswered(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{AckWithin: 20 * time.Millisecond})
	app := slConnect(t, s)
	v := slOpen(t, s, app, slModal("One", slForm))
	_, next, cleared, err := s.Submit(sim.SlackHealthVisitor, v.ID, map[string]any{"name": "Robin"})
	if !errors.Is(err, sim.ErrSlackTrouble) || next == nil || cleared {
		t.Errorf("got %v %v %v", next, cleared, err)
	}
	if diff := cmp.Diff([]string{"We had some trouble connecting. Try again?"}, s.Errors(sim.SlackHealthVisitor)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Robin"}, s.Views(sim.SlackHealthVisitor)[0].Entered["name"]); diff != "" {
		t.Errorf("what was typed is gone: %s", diff)
	}
}

func TestSlackUpdateKeepsWhatWasEntered(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	app := slConnect(t, s)
	v := slOpen(t, s, app, slModal("One", slForm))
	if err := s.Fill(sim.SlackHealthVisitor, v.ID, map[string]any{"name": "Robin", "home": "there"}); err != nil {
		t.Fatal(err)
	}
	other := `[{"type":"input","block_id":"home","label":{"type":"plain_text","text":"Lives"},"element":{"type":"plain_text_input","action_id":"home"}},
		{"type":"input","block_id":"name","label":{"type":"plain_text","text":"Name"},"element":{"type":"plain_text_input","action_id":"name"}}]`
	updated := slGood(t, s, "views.update", "view_id", v.ID, "view", slModal("Two", other))["view"].(map[string]any)
	want := map[string][]string{"name": {"Robin"}}
	if diff := cmp.Diff(want, s.Views(sim.SlackHealthVisitor)[0].Entered); diff != "" {
		t.Error(diff)
	}
	hash := updated["hash"].(string)
	slGood(t, s, "views.update", "view_id", v.ID, "hash", hash, "view", slModal("Three", ""))
	if got := slCall(t, s, "views.update", "view_id", v.ID, "hash", hash, "view", slModal("Four", "")); got["error"] != "hash_conflict" {
		t.Errorf("got %v", got)
	}
}

func TestSlackStack(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	app := slConnect(t, s)
	v := slOpen(t, s, app, slModal("1", slButtons("more")))
	for _, title := range []string{"2", "3", "4"} {
		if err := s.PressView(sim.SlackHealthVisitor, v.ID, "more"); err != nil {
			t.Fatal(err)
		}
		e := app.next()
		app.ack(e.ID, nil)
		got := slCall(t, s, "views.push", "trigger_id", e.trigger(), "view", slModal(title, slButtons("more")))
		if wantFull := title == "4"; (got["error"] == "push_limit_reached") != wantFull {
			t.Fatalf("push %s: %v", title, got)
		}
		views := s.Views(sim.SlackHealthVisitor)
		v = views[len(views)-1]
	}
	if err := s.PressView(sim.SlackHealthVisitor, s.Views(sim.SlackHealthVisitor)[0].ID, "more"); err == nil {
		t.Error("a view behind another was pressed")
	}
	if err := s.CloseView(sim.SlackHealthVisitor, v.ID); err != nil {
		t.Fatal(err)
	}
	if views := s.Views(sim.SlackHealthVisitor); len(views) != 2 || views[1].Title != "2" {
		t.Errorf("left open: %+v", views)
	}
	if got := slCall(t, s, "views.update", "view_id", v.ID, "view", slModal("5", "")); got["error"] != "not_found" {
		t.Errorf("a closed view was updated: %v", got)
	}
}

func TestSlackPress(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	app := slConnect(t, s)
	ts := slGood(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "New", "blocks", slButtons("claim"))["ts"].(string)
	slGood(t, s, "chat.update", "channel", sim.SlackTriage, "ts", ts, "text", "Claimed", "blocks", slButtons("release"))
	whispered := slGood(t, s, "chat.postEphemeral", "channel", sim.SlackTriage, "user", sim.SlackClinicianA, "text", "x", "blocks", slButtons("undo"))["message_ts"].(string)
	s.Leave(sim.SlackTriage, sim.SlackClinicianB)
	app.ack(app.next().ID, nil)
	tests := []struct {
		name, user, ts, action string
		want                   bool
	}{
		{"a button", sim.SlackClinicianA, ts, "release", true},
		{"a button since removed", sim.SlackClinicianA, ts, "claim", true},
		{"after leaving", sim.SlackClinicianB, ts, "release", true},
		{"never a member", sim.SlackHealthVisitor, ts, "release", false},
		{"no such button", sim.SlackClinicianA, ts, "dance", false},
		{"no such message", sim.SlackClinicianA, "1.2", "claim", false},
		{"shown to her alone", sim.SlackClinicianA, whispered, "undo", true},
		{"shown to another", sim.SlackGuest, whispered, "undo", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := s.PressMessage(tt.user, sim.SlackTriage, tt.ts, tt.action)
			if (err == nil) != tt.want {
				t.Fatal(err)
			}
			if err != nil {
				return
			}
			e := app.next()
			app.ack(e.ID, nil)
			action := e.Payload["actions"].([]any)[0].(map[string]any)
			if e.Payload["user"].(map[string]any)["id"] != tt.user || action["action_id"] != tt.action || action["value"] != "R1" {
				t.Errorf("got %v", e.Payload)
			}
		})
	}
}

func TestSlackChoose(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	app := slConnect(t, s)
	ts := slGood(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "x", "blocks", `[{"type":"actions","elements":[
		{"type":"static_select","action_id":"who","options":[{"text":{"type":"plain_text","text":"Me"},"value":"me"}]}]}]`)["ts"].(string)
	if err := s.PressMessage(sim.SlackClinicianA, sim.SlackTriage, ts, "who", "you"); err == nil {
		t.Error("chose what is not offered")
	}
	if err := s.PressMessage(sim.SlackClinicianA, sim.SlackTriage, ts, "who", "me"); err != nil {
		t.Fatal(err)
	}
	action := app.next().Payload["actions"].([]any)[0].(map[string]any)
	if action["selected_option"].(map[string]any)["value"] != "me" || action["type"] != "static_select" {
		t.Errorf("got %v", action)
	}
}

func TestSlackMessageShortcut(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	app := slConnect(t, s)
	ts := s.SayIn(sim.SlackClinicianA, sim.SlackTriage, "", "A family to see")
	if err := s.MessageShortcut(sim.SlackClinicianB, "refer_message", sim.SlackTriage, ts); err != nil {
		t.Fatal(err)
	}
	e := app.next()
	if e.Payload["type"] != "message_action" || e.Payload["callback_id"] != "refer_message" || e.Payload["message"].(map[string]any)["ts"] != ts {
		t.Errorf("got %v", e.Payload)
	}
	slGood(t, s, "views.open", "trigger_id", e.trigger(), "view", slModal("One", ""))
	if len(s.Views(sim.SlackClinicianB)) != 1 {
		t.Error("no modal")
	}
}

func TestSlackHome(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	app := slConnect(t, s)
	if s.Home(sim.SlackGuest) != nil {
		t.Error("a Home tab before any was published")
	}
	publish := func(args ...string) map[string]any {
		return slCall(t, s, "views.publish", append(args, "user_id", sim.SlackGuest, "view", `{"type":"home","blocks":`+slButtons("refer")+`}`)...)
	}
	hash := publish()["view"].(map[string]any)["hash"].(string)
	publish()
	if got := publish("hash", hash); got["error"] != "hash_conflict" {
		t.Errorf("got %v", got)
	}
	if err := s.PressView(sim.SlackGuest, s.Home(sim.SlackGuest).ID, "refer"); err != nil {
		t.Fatal(err)
	}
	e := app.next()
	slGood(t, s, "views.open", "trigger_id", e.trigger(), "view", slModal("One", ""))
}

func TestSlackViewClosed(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	app := slConnect(t, s)
	v := slOpen(t, s, app, `{"type":"modal","notify_on_close":true,"title":{"type":"plain_text","text":"One"},"blocks":`+slSection+`}`)
	if err := s.CloseView(sim.SlackHealthVisitor, v.ID); err != nil {
		t.Fatal(err)
	}
	if e := app.next(); e.Payload["type"] != "view_closed" || e.Payload["view"].(map[string]any)["id"] != v.ID {
		t.Errorf("got %v", e.Payload)
	}
}

func TestSlackResponseURL(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	app := slConnect(t, s)
	if err := s.Command(sim.SlackHealthVisitor, "/refer", ""); err != nil {
		t.Fatal(err)
	}
	e := app.next()
	app.ack(e.ID, map[string]any{"text": "One moment"})
	slWait(t, s, func() bool { return len(s.Ephemerals(sim.SlackHealthVisitor)) == 1 })
	address := e.Payload["response_url"].(string)
	for range 5 {
		if status, words := slPostJSON(t, address, `{"text":"More"}`); status != 200 || words != "ok" {
			t.Fatal(status, words)
		}
	}
	if status, words := slPostJSON(t, address, `{"text":"More"}`); status != 404 || words != "used_url" {
		t.Error(status, words)
	}
	if got := len(s.Ephemerals(sim.SlackHealthVisitor)); got != 6 {
		t.Errorf("%d shown", got)
	}

	ts := slGood(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "New", "blocks", slButtons("claim"))["ts"].(string)
	if err := s.PressMessage(sim.SlackClinicianA, sim.SlackTriage, ts, "claim"); err != nil {
		t.Fatal(err)
	}
	address = app.next().Payload["response_url"].(string)
	slPostJSON(t, address, `{"text":"Claimed","replace_original":true}`)
	if m := s.Messages(sim.SlackTriage)[0]; m.Text != "Claimed" {
		t.Errorf("stands as %+v", m)
	}
	slPostJSON(t, address, `{"delete_original":true}`)
	if left := s.Messages(sim.SlackTriage); len(left) != 0 {
		t.Errorf("left %+v", left)
	}
}
