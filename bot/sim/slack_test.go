package sim_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"

	"referralbot/bot/sim"
)

// slStart starts a workspace whose app is not told of messages in channels, its own among
// them, unless the test asks for that.
func slStart(t *testing.T, o sim.SlackOptions) *sim.Slack {
	t.Helper()
	if o.Events == nil {
		o.Events = []string{"message.im", "app_home_opened", "member_joined_channel", "member_left_channel", "app_uninstalled", "tokens_revoked"}
	}
	s := sim.NewSlack(o)
	t.Cleanup(s.Close)
	return s
}

// slCall calls a method with the bot token, as a form, and returns the answer.
func slCall(t *testing.T, s *sim.Slack, method string, args ...string) map[string]any {
	t.Helper()
	form := url.Values{"token": {s.BotToken()}}
	for i := 0; i < len(args); i += 2 {
		form.Set(args[i], args[i+1])
	}
	answer, err := http.PostForm(s.URL()+method, form)
	if err != nil {
		t.Fatal(err)
	}
	return slDecode(t, answer)
}

func slDecode(t *testing.T, answer *http.Response) map[string]any {
	t.Helper()
	defer answer.Body.Close()
	var got map[string]any
	if err := json.NewDecoder(answer.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	return got
}

// slGood calls a method that must succeed.
func slGood(t *testing.T, s *sim.Slack, method string, args ...string) map[string]any {
	t.Helper()
	got := slCall(t, s, method, args...)
	if got["ok"] != true {
		t.Fatalf("%s %v: %v", method, args, got)
	}
	return got
}

func slWait(t *testing.T, s *sim.Slack, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := s.Wait(ctx, holds); err != nil {
		t.Fatal("it never came to pass")
	}
}

// slApp is the app's end of one socket.
type slApp struct {
	t         *testing.T
	conn      *websocket.Conn
	envelopes chan slEnvelope
	pings     chan string
}

type slEnvelope struct {
	Type      string          `json:"type"`
	ID        string          `json:"envelope_id"`
	Attempt   int             `json:"retry_attempt"`
	Reason    string          `json:"reason"`
	Retry     string          `json:"retry_reason"`
	Answers   bool            `json:"accepts_response_payload"`
	Sockets   int             `json:"num_connections"`
	Payload   map[string]any  `json:"payload"`
	Connected json.RawMessage `json:"connection_info"`
}

func (e slEnvelope) event() map[string]any { return e.Payload["event"].(map[string]any) }
func (e slEnvelope) trigger() string       { return e.Payload["trigger_id"].(string) }

func slTicket(t *testing.T, s *sim.Slack) string {
	t.Helper()
	r, err := http.NewRequest("POST", s.URL()+"apps.connections.open", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.AppToken())
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return slDecode(t, answer)["url"].(string)
}

// slConnect opens a socket and takes its hello.
func slConnect(t *testing.T, s *sim.Slack) *slApp {
	t.Helper()
	app := slDial(t, slTicket(t, s))
	if hello := app.next(); hello.Type != "hello" {
		t.Fatalf("greeted with %+v", hello)
	}
	return app
}

func slDial(t *testing.T, address string) *slApp {
	t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial(address, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	app := &slApp{t: t, conn: conn, envelopes: make(chan slEnvelope, 100), pings: make(chan string, 100)}
	conn.SetPingHandler(func(data string) error { app.pings <- data; return nil })
	go func() {
		defer close(app.envelopes)
		for {
			var e slEnvelope
			if conn.ReadJSON(&e) != nil {
				return
			}
			app.envelopes <- e
		}
	}()
	return app
}

// next returns the next envelope.
func (a *slApp) next() slEnvelope {
	a.t.Helper()
	select {
	case e, ok := <-a.envelopes:
		if !ok {
			a.t.Fatal("the socket has ended")
		}
		return e
	case <-time.After(2 * time.Second):
		a.t.Fatal("no envelope")
	}
	panic("unreachable")
}

// quiet fails if anything comes within the given time.
func (a *slApp) quiet(for_ time.Duration) {
	a.t.Helper()
	select {
	case e := <-a.envelopes:
		a.t.Fatalf("unexpected %+v", e)
	case <-time.After(for_):
	}
}

func (a *slApp) ack(id string, payload any) {
	a.t.Helper()
	message := map[string]any{"envelope_id": id}
	if payload != nil {
		message["payload"] = payload
	}
	if err := a.conn.WriteJSON(message); err != nil {
		a.t.Fatal(err)
	}
}

const slSection = `[{"type":"section","text":{"type":"plain_text","text":"Hello"}}]`

func slButtons(ids ...string) string {
	var buttons []string
	for _, id := range ids {
		buttons = append(buttons, fmt.Sprintf(`{"type":"button","action_id":%q,"value":"R1","text":{"type":"plain_text","text":"Press"}}`, id))
	}
	return `[{"type":"actions","block_id":"acts","elements":[` + strings.Join(buttons, ",") + `]}]`
}

func TestSlackRefusals(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	s.ChangeChannel("CPUBLIC", func(c *sim.SlackChannel) { c.Name = "general" })
	s.ChangeChannel("CSECRET", func(c *sim.SlackChannel) { c.Private = true })
	s.ChangeChannel("CARCHIVE", func(c *sim.SlackChannel) { c.Private, c.Archived, c.Members = true, true, []string{sim.SlackBot} })
	s.ChangeUser("UGONE", func(u *sim.SlackUser) {})
	s.Deactivate("UGONE")
	typed := s.Say(sim.SlackHealthVisitor, "hello")
	dm := s.DM(sim.SlackHealthVisitor)[0].Channel
	mine := slGood(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "x")["ts"].(string)
	triage := sim.SlackTriage

	tests := []struct {
		name, method string
		args         []string
		want         string
	}{
		{"no such method", "chat.shout", nil, "unknown_method"},
		{"no such channel", "chat.postMessage", []string{"channel", "C1", "text", "x"}, "channel_not_found"},
		{"public channel it is not in", "chat.postMessage", []string{"channel", "CPUBLIC", "text", "x"}, "not_in_channel"},
		{"private channel it is not in", "chat.postMessage", []string{"channel", "CSECRET", "text", "x"}, "channel_not_found"},
		{"archived", "chat.postMessage", []string{"channel", "CARCHIVE", "text", "x"}, "is_archived"},
		{"deactivated user", "chat.postMessage", []string{"channel", "UGONE", "text", "x"}, "channel_not_found"},
		{"nothing to say", "chat.postMessage", []string{"channel", triage}, "no_text"},
		{"blocks not JSON", "chat.postMessage", []string{"channel", triage, "blocks", "{"}, "invalid_blocks_format"},
		{"blocks not a list", "chat.postMessage", []string{"channel", triage, "blocks", "{}"}, "invalid_blocks_format"},
		{"blocks too long in all", "chat.postMessage", []string{"channel", triage, "blocks", slLong(5, 2900)}, "msg_blocks_too_long"},
		{"no such thread", "chat.postMessage", []string{"channel", triage, "text", "x", "thread_ts", "1.2"}, "thread_not_found"},
		{"metadata without payload", "chat.postMessage", []string{"channel", triage, "text", "x", "metadata", `{"event_type":"a"}`}, "invalid_metadata_format"},
		{"ephemeral to a stranger to the channel", "chat.postEphemeral", []string{"channel", triage, "user", sim.SlackHealthVisitor, "text", "x"}, "user_not_in_channel"},
		{"ephemeral to nobody", "chat.postEphemeral", []string{"channel", triage, "text", "x"}, "invalid_arguments"},
		{"update by user id", "chat.update", []string{"channel", sim.SlackHealthVisitor, "ts", typed, "text", "x"}, "channel_not_found"},
		{"update of nothing", "chat.update", []string{"channel", triage, "ts", "1.2", "text", "x"}, "message_not_found"},
		{"update of a person's message", "chat.update", []string{"channel", dm, "ts", typed, "text", "x"}, "cant_update_message"},
		{"update too long", "chat.update", []string{"channel", triage, "ts", mine, "text", strings.Repeat("x", 4001)}, "msg_too_long"},
		{"delete of a person's message", "chat.delete", []string{"channel", dm, "ts", typed}, "cant_delete_message"},
		{"open with nobody", "conversations.open", nil, "users_list_not_supplied"},
		{"open with an unknown user", "conversations.open", []string{"users", "U1"}, "user_not_found"},
		{"open with a deactivated user", "conversations.open", []string{"users", "UGONE"}, "user_disabled"},
		{"info of a public channel", "conversations.info", []string{"channel", "CPUBLIC"}, "missing_scope"},
		{"info of a private channel it is not in", "conversations.info", []string{"channel", "CSECRET"}, "channel_not_found"},
		{"unknown user", "users.info", []string{"user", "U1"}, "user_not_found"},
		{"unknown group", "usergroups.users.list", []string{"usergroup", "S1"}, "no_such_subteam"},
		{"unknown trigger", "views.open", []string{"trigger_id", "1.2.3", "view", slModal("Title", "")}, "invalid_trigger_id"},
		{"update of no view", "views.update", []string{"view_id", "V1", "view", slModal("Title", "")}, "not_found"},
		{"home of nobody", "views.publish", []string{"user_id", "U1", "view", `{"type":"home","blocks":` + slSection + `}`}, "invalid_arguments"},
		{"modal as home", "views.publish", []string{"user_id", sim.SlackGuest, "view", slModal("Title", "")}, "invalid_arguments"},
		{"socket with the bot token", "apps.connections.open", nil, "not_allowed_token_type"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := slCall(t, s, tt.method, tt.args...); got["error"] != tt.want {
				t.Errorf("got %v, want %s", got, tt.want)
			}
		})
	}
}

// slLong is n section blocks of length characters each.
func slLong(n, length int) string {
	var blocks []string
	for range n {
		blocks = append(blocks, fmt.Sprintf(`{"type":"section","text":{"type":"plain_text","text":%q}}`, strings.Repeat("x", length)))
	}
	return "[" + strings.Join(blocks, ",") + "]"
}

func slModal(title, blocks string) string {
	if blocks == "" {
		blocks = slSection
	}
	return fmt.Sprintf(`{"type":"modal","title":{"type":"plain_text","text":%q},"submit":{"type":"plain_text","text":"Next"},"blocks":%s}`, title, blocks)
}

func TestSlackTokens(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	tests := []struct {
		name, header, kind, body, want string
	}{
		{"none", "", "application/x-www-form-urlencoded", "", "not_authed"},
		{"wrong", "Bearer xoxb-other", "application/x-www-form-urlencoded", "", "invalid_auth"},
		{"app token", "Bearer " + s.AppToken(), "application/x-www-form-urlencoded", "", "not_allowed_token_type"},
		{"in a JSON body", "", "application/json", `{"token":"` + s.BotToken() + `","users":"` + sim.SlackGuest + `"}`, "not_authed"},
		{"in a form", "", "application/x-www-form-urlencoded", "token=" + s.BotToken() + "&user=" + sim.SlackGuest, ""},
		{"in the header", "Bearer " + s.BotToken(), "application/x-www-form-urlencoded", "user=" + sim.SlackGuest, ""},
		{"multipart", "Bearer " + s.BotToken(), "multipart/form-data; boundary=b",
			"--b\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\n" + sim.SlackGuest + "\r\n--b--\r\n", ""},
		{"JSON", "Bearer " + s.BotToken(), "application/json", `{"users":"` + sim.SlackGuest + `"}`, ""},
		{"JSON to a method that only reads", "Bearer " + s.BotToken(), "application/json", `{"user":"` + sim.SlackGuest + `"}`, "user_not_found"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			method := "users.info"
			if strings.Contains(tt.body, "users") {
				method = "conversations.open" // which takes JSON
			}
			r, err := http.NewRequest("POST", s.URL()+method, strings.NewReader(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", tt.kind)
			if tt.header != "" {
				r.Header.Set("Authorization", tt.header)
			}
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := slDecode(t, answer)["error"].(string); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSlackScopesAndRevocation(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	s.DropScope("users:read")
	got := slCall(t, s, "users.info", "user", sim.SlackGuest)
	if got["error"] != "missing_scope" || got["needed"] != "users:read" || strings.Contains(got["provided"].(string), "users:read,") {
		t.Errorf("got %v", got)
	}
	s.Revoke()
	if got := slCall(t, s, "auth.test"); got["error"] != "token_revoked" {
		t.Errorf("got %v", got)
	}
	slTicket(t, s) // the app token lives on
}

func TestSlackShapes(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	text := func(n int) string { return fmt.Sprintf(`{"type":"plain_text","text":%q}`, strings.Repeat("é", n)) }
	options := func(n int) string {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf(`{"text":%s,"value":"v%d"}`, text(2), i))
		}
		return "[" + strings.Join(all, ",") + "]"
	}
	input := func(element string) string {
		return `[{"type":"input","block_id":"b","label":` + text(3) + `,"element":` + element + `}]`
	}
	modal := func(blocks string) []string {
		return []string{"views.open", "trigger_id", "1.2.3", "view", slModal("Title", blocks)}
	}
	post := func(blocks string) []string {
		return []string{"chat.postMessage", "channel", sim.SlackTriage, "text", "x", "blocks", blocks}
	}
	raw := func(view string) []string { return []string{"views.open", "trigger_id", "1.2.3", "view", view} }
	tests := []struct {
		name string
		call []string
		want string // part of a message; "" if the shape is right
	}{
		{"section of 3000", post(slLong(1, 3000)), ""},
		{"section of 3001", post(slLong(1, 3001)), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		{"empty text", post(`[{"type":"section","text":` + text(0) + `}]`), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
		{"section of nothing", post(`[{"type":"section"}]`), "must define either `text` or `fields` [json-pointer:/blocks/0/type]"},
		{"eleven fields", post(`[{"type":"section","fields":[` + strings.Repeat(text(1)+",", 10) + text(1) + `]}]`), "no more than 10 items allowed [json-pointer:/blocks/0/fields]"},
		{"51 blocks", post(slLong(51, 1)), "no more than 50 items allowed [json-pointer:/blocks]"},
		{"header of 151", post(`[{"type":"header","text":` + text(151) + `}]`), "must be less than 151 characters"},
		{"header with markup", post(`[{"type":"header","text":{"type":"mrkdwn","text":"x"}}]`), "unsupported type: mrkdwn"},
		{"unknown block", post(`[{"type":"banner"}]`), "unsupported type: banner [json-pointer:/blocks/0/type]"},
		{"unknown property", post(`[{"type":"divider","colour":"red"}]`), "invalid additional property: colour [json-pointer:/blocks/0]"},
		{"emoji in mrkdwn", post(`[{"type":"section","text":{"type":"mrkdwn","text":"x","emoji":true}}]`), "invalid additional property: emoji"},
		{"two blocks of one id", post(`[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}]`), "`block_id` must be unique [json-pointer:/blocks/1/block_id]"},
		{"two buttons of one id", post(slButtons("a", "a")), "`action_id` must be unique [json-pointer:/blocks/0/elements/1/action_id]"},
		{"26 buttons", post(slButtons(strings.Split(strings.Repeat("a,", 25)+"b", ",")...)), "no more than 25 items allowed"},
		{"button label of 76", post(`[{"type":"actions","elements":[{"type":"button","text":` + text(76) + `}]}]`), "must be less than 76 characters"},
		{"button value of 2001", post(strings.Replace(slButtons("a"), "R1", strings.Repeat("x", 2001), 1)), "must be less than 2001 characters"},
		{"button style", post(strings.Replace(slButtons("a"), `"value"`, `"style":"loud","value"`, 1)), "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]"},
		{"input in a message", post(input(`{"type":"plain_text_input"}`)), "unsupported type: input"},
		{"text input among actions", post(`[{"type":"actions","elements":[{"type":"plain_text_input"}]}]`), "unsupported type: plain_text_input"},

		{"modal", modal(input(`{"type":"plain_text_input"}`)), ""},
		{"title of 25", raw(slModal(strings.Repeat("x", 25), "")), "must be less than 25 characters [json-pointer:/view/title/text]"},
		{"no title", raw(`{"type":"modal","blocks":` + slSection + `}`), "missing required field: title [json-pointer:/view]"},
		{"no blocks", modal("[]"), "no fewer than 1 items allowed [json-pointer:/view/blocks]"},
		{"101 blocks", modal(slLong(101, 1)), "no more than 100 items allowed [json-pointer:/view/blocks]"},
		{"metadata of 3001", raw(strings.Replace(slModal("T", ""), `"blocks"`, `"private_metadata":"`+strings.Repeat("x", 3001)+`","blocks"`, 1)), "must be less than 3001 characters [json-pointer:/view/private_metadata]"},
		{"input without submit", raw(`{"type":"modal","title":` + text(1) + `,"blocks":` + input(`{"type":"plain_text_input"}`) + `}`), "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]"},
		{"button as an input", modal(input(`{"type":"button","text":` + text(1) + `}`)), "unsupported type: button"},
		{"ten radio buttons", modal(input(`{"type":"radio_buttons","options":` + options(10) + `}`)), ""},
		{"eleven radio buttons", modal(input(`{"type":"radio_buttons","options":` + options(11) + `}`)), "no more than 10 items allowed [json-pointer:/view/blocks/0/element/options]"},
		{"eleven checkboxes", modal(input(`{"type":"checkboxes","options":` + options(11) + `}`)), "no more than 10 items allowed"},
		{"a hundred options", modal(input(`{"type":"static_select","options":` + options(100) + `}`)), ""},
		{"101 options", modal(input(`{"type":"static_select","options":` + options(101) + `}`)), "no more than 100 items allowed"},
		{"no options at all", modal(input(`{"type":"static_select"}`)), "must define either `options` or `option_groups`"},
		{"initial option not offered", modal(input(`{"type":"radio_buttons","options":` + options(1) + `,"initial_option":{"text":` + text(1) + `,"value":"z"}}`)), "must match one of the options"},
		{"option value of 76", modal(input(`{"type":"radio_buttons","options":[{"text":` + text(1) + `,"value":"` + strings.Repeat("x", 76) + `"}]}`)), "must be less than 76 characters"},
		{"max_length of 3001", modal(input(`{"type":"plain_text_input","max_length":3001}`)), "must be an integer from 1 to 3000"},
		{"initial value longer than max_length", modal(input(`{"type":"plain_text_input","max_length":2,"initial_value":"abc"}`)), "must be less than 3 characters"},
		{"not an object", raw(`[]`), "must provide an object [json-pointer:/view]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := slCall(t, s, tt.call[0], tt.call[1:]...)
			if tt.want == "" {
				if got["error"] != nil && got["error"] != "invalid_trigger_id" {
					t.Fatalf("refused: %v", got)
				}
				return
			}
			words, _ := json.Marshal(got["response_metadata"])
			wanted, _ := json.Marshal(tt.want)
			if !strings.Contains(string(words), strings.Trim(string(wanted), `"`)) {
				t.Errorf("got %v, want %s", got, tt.want)
			}
		})
	}
}

func TestSlackMessagesStandAsEdited(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	post := slGood(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "New", "blocks", slButtons("claim"),
		"metadata", `{"event_type":"d","event_payload":{"id":"1"}}`)
	ts := post["ts"].(string)
	slGood(t, s, "chat.update", "channel", sim.SlackTriage, "ts", ts, "text", "Newer")
	m := s.Messages(sim.SlackTriage)[0]
	if m.Text != "Newer" || !m.Edited || len(m.Blocks) != 1 || m.Metadata == "" {
		t.Errorf("blocks and metadata left out of an update should stay: %+v", m)
	}
	slGood(t, s, "chat.update", "channel", sim.SlackTriage, "ts", ts, "text", "Newest", "blocks", "[]")
	if m := s.Messages(sim.SlackTriage)[0]; len(m.Blocks) != 0 {
		t.Errorf("an empty list should clear the blocks: %+v", m)
	}
	slGood(t, s, "chat.delete", "channel", sim.SlackTriage, "ts", ts)
	if left := s.Messages(sim.SlackTriage); len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
}

func TestSlackPostsByUserID(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	opened := slGood(t, s, "conversations.open", "users", sim.SlackHealthVisitor)["channel"].(map[string]any)["id"]
	posted := slGood(t, s, "chat.postMessage", "channel", sim.SlackHealthVisitor, "text", "x")["channel"]
	if opened != posted || len(s.DM(sim.SlackHealthVisitor)) != 1 {
		t.Errorf("opened %v, posted to %v", opened, posted)
	}
}

func TestSlackHistory(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	var all []string
	for i := range 3 {
		all = append(all, slGood(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", fmt.Sprint(i),
			"metadata", `{"event_type":"d","event_payload":{"id":"1"}}`)["ts"].(string))
	}
	slGood(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "in a thread", "thread_ts", all[0])
	texts := func(answer map[string]any) (found []string) {
		for _, m := range answer["messages"].([]any) {
			found = append(found, m.(map[string]any)["text"].(string))
		}
		return found
	}
	first := slGood(t, s, "conversations.history", "channel", sim.SlackTriage, "limit", "2", "include_all_metadata", "true")
	if diff := cmp.Diff([]string{"2", "1"}, texts(first)); diff != "" || first["has_more"] != true {
		t.Error(diff, first)
	}
	if m := first["messages"].([]any)[0].(map[string]any)["metadata"]; m == nil {
		t.Error("no metadata")
	}
	cursor := first["response_metadata"].(map[string]any)["next_cursor"].(string)
	rest := slGood(t, s, "conversations.history", "channel", sim.SlackTriage, "limit", "2", "cursor", cursor)
	if diff := cmp.Diff([]string{"0"}, texts(rest)); diff != "" {
		t.Error(diff)
	}
	since := slGood(t, s, "conversations.history", "channel", sim.SlackTriage, "oldest", all[1])
	if diff := cmp.Diff([]string{"2"}, texts(since)); diff != "" {
		t.Error(diff)
	}
	inclusive := slGood(t, s, "conversations.history", "channel", sim.SlackTriage, "oldest", all[1], "inclusive", "1")
	if diff := cmp.Diff([]string{"2", "1"}, texts(inclusive)); diff != "" {
		t.Error(diff)
	}
}

func TestSlackFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		fault  sim.Fault
		status int // 0: no answer
		posted int
	}{
		{"rate limit", sim.Fault{Kind: sim.RateLimit, RetryAfter: 1500 * time.Millisecond}, 429, 0},
		{"refused", sim.Fault{Kind: sim.Refuse, Error: "fatal_error"}, 200, 0},
		{"down", sim.Fault{Kind: sim.Down, Status: 503}, 503, 0},
		{"down after", sim.Fault{Kind: sim.Down, After: true}, 502, 1},
		{"reset", sim.Fault{Kind: sim.Reset}, 0, 0},
		{"reset after", sim.Fault{Kind: sim.Reset, After: true}, 0, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := slStart(t, sim.SlackOptions{})
			s.Fault("chat.postMessage", tt.fault)
			answer, err := http.PostForm(s.URL()+"chat.postMessage", url.Values{
				"token": {s.BotToken()}, "channel": {sim.SlackTriage}, "text": {"x"}})
			status := 0
			if err == nil {
				status = answer.StatusCode
				answer.Body.Close()
			}
			if status != tt.status || len(s.Messages(sim.SlackTriage)) != tt.posted {
				t.Errorf("status %d (%v), %d posted", status, err, len(s.Messages(sim.SlackTriage)))
			}
			if tt.status == 429 && answer.Header.Get("Retry-After") != "2" {
				t.Errorf("Retry-After %q, want whole seconds rounded up", answer.Header.Get("Retry-After"))
			}
			if calls := s.Calls(); len(calls) != 1 || calls[0].Params["channel"] != sim.SlackTriage || calls[0].Params["token"] != "" {
				t.Errorf("calls %+v", calls)
			}
			slGood(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "again")
		})
	}
}

func TestSlackPace(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{PostEvery: time.Minute})
	slGood(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "1")
	if got := slCall(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "2"); got["error"] != "ratelimited" {
		t.Errorf("got %v", got)
	}
	slGood(t, s, "chat.postMessage", "channel", sim.SlackSafety, "text", "another channel")
}

func TestSlackHistoryLags(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{ReadLag: time.Hour, ReadEvery: time.Hour})
	slGood(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "new")
	if got := slGood(t, s, "conversations.history", "channel", sim.SlackTriage)["messages"].([]any); len(got) > 0 {
		t.Errorf("shown at once: %v", got)
	}
	if got := slCall(t, s, "conversations.history", "channel", sim.SlackTriage); got["error"] != "ratelimited" {
		t.Errorf("read twice: %v", got)
	}
	slGood(t, s, "conversations.history", "channel", sim.SlackSafety)
}

func TestSlackConversations(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	slGood(t, s, "conversations.open", "users", sim.SlackHealthVisitor)
	ids := func(types string) (found []string) {
		for _, c := range slGood(t, s, "users.conversations", "types", types)["channels"].([]any) {
			found = append(found, c.(map[string]any)["id"].(string))
		}
		return found
	}
	if diff := cmp.Diff([]string{"D0HEALTHVIS"}, ids("im")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{sim.SlackSafety, sim.SlackTriage, "D0HEALTHVIS"}, ids("private_channel,im")); diff != "" {
		t.Error(diff)
	}
	s.DropScope("im:read")
	for types, want := range map[string]string{"im": "missing_scope", "": "missing_scope", "attic": "invalid_types"} {
		if got := slCall(t, s, "users.conversations", "types", types); got["error"] != want {
			t.Errorf("types %q: %v", types, got)
		}
	}
}

func TestSlackDisturb(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	n := 0
	s.Disturb("chat.postMessage", func() (sim.Fault, bool) {
		n++
		return sim.Fault{Kind: sim.Refuse, Error: "fatal_error"}, n == 2
	})
	for i, want := range []any{nil, "fatal_error", nil} {
		if got := slCall(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "x")["error"]; got != want {
			t.Errorf("call %d: %v, want %v", i, got, want)
		}
	}
	s.Disturb("chat.postMessage", nil)
	slGood(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "x")
	if n != 3 {
		t.Errorf("asked %d times", n)
	}
}

func TestSlackSnapshotsAreJSON(t *testing.T) {
	t.Parallel()
	s := slStart(t, sim.SlackOptions{})
	slGood(t, s, "chat.postMessage", "channel", sim.SlackTriage, "text", "x", "blocks", slButtons("claim"))
	before := s.Messages(sim.SlackTriage)
	text, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	var after []sim.SlackMessage
	if err := json.Unmarshal(text, &after); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error(diff)
	}
	if user := s.Users(); len(user) != 4 {
		t.Errorf("users %+v", user)
	}
}

func slPostJSON(t *testing.T, address, body string) (int, string) {
	t.Helper()
	answer, err := http.Post(address, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	words, _ := io.ReadAll(answer.Body)
	return answer.StatusCode, strings.TrimSpace(string(words))
}
