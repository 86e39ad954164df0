package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/bot/telegram"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// world is a local Slack and Telegram, a store, and the program as a process of its own.
type world struct {
	telegram *sim.Telegram
	slack    *sim.Slack
	file     string            // of the store
	profile  string            // the file of the service's
	keys     string            // the file
	more     map[string]string // settings besides
	log      *lockedBuffer
}

// manifestList returns the list of that name in the Slack app's manifest.
func manifestList(name string) []string {
	var items []string
	_, rest, _ := strings.Cut(slackManifest, "    "+name+":\n")
	for line := range strings.Lines(rest) {
		item, ok := strings.CutPrefix(line, "      - ")
		if !ok {
			break
		}
		item, _, _ = strings.Cut(item, "#")
		items = append(items, strings.TrimSpace(item))
	}
	return items
}

// lockedBuffer gathers what the process logs.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// newWorld makes one whose Slack has the app as the manifest describes it, so that the
// tests also show that the manifest suffices.
func newWorld(t *testing.T, o sim.SlackOptions) *world {
	t.Helper()
	return newWorldWith(t, o, sim.TelegramOptions{})
}

func newWorldWith(t *testing.T, o sim.SlackOptions, telegram sim.TelegramOptions) *world {
	t.Helper()
	o.Scopes, o.Events = manifestList("bot"), manifestList("bot_events")
	w := &world{
		telegram: sim.NewTelegram(telegram),
		slack:    sim.NewSlack(o),
		file:     filepath.Join(t.TempDir(), "referralbot.db"),
		profile:  ownProfile(t),
		log:      &lockedBuffer{},
	}
	w.keys = newKeys(t, filepath.Dir(w.file))
	t.Cleanup(w.telegram.Close)
	t.Cleanup(w.slack.Close)
	return w
}

// ownProfile writes the profile of a service that has hours of its own, as it would be made
// of the one that is printed, with what else is replaced, and returns the file's name.
func ownProfile(t *testing.T, replaced ...string) string {
	t.Helper()
	replaced = append([]string{"  example: true", "  example: false"}, replaced...)
	written := string(rules.DefaultProfile())
	for i := 0; i < len(replaced); i += 2 {
		if !strings.Contains(written, replaced[i]) {
			t.Fatalf("%q is not in the built-in profile", replaced[i])
		}
		written = strings.Replace(written, replaced[i], replaced[i+1], 1)
	}
	file := filepath.Join(t.TempDir(), "service.yaml")
	if err := os.WriteFile(file, []byte(written), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func (w *world) env() map[string]string {
	env := map[string]string{
		"TELEGRAM_TOKEN":   w.telegram.Token(),
		"TELEGRAM_API_URL": w.telegram.URL(),
		"SLACK_APP_TOKEN":  w.slack.AppToken(),
		"SLACK_BOT_TOKEN":  w.slack.BotToken(),
		"SLACK_API_URL":    w.slack.URL(),
		"TRIAGE_CHANNEL":   sim.SlackTriage,
		"SAFETY_CHANNEL":   sim.SlackSafety,
		"STORE":            "sqlite:" + w.file,
		"KEYS":             w.keys,
		"SERVICE":          w.profile,
	}
	maps.Copy(env, w.more)
	return env
}

// program is another process of the program.
func (w *world) program(args ...string) *exec.Cmd {
	program := exec.Command(os.Args[0], args...)
	program.Env = append(program.Env, "REFERRALBOT_TEST_AS_PROGRAM=1", "PATH="+os.Getenv("PATH"))
	for name, value := range w.env() {
		program.Env = append(program.Env, name+"="+value)
	}
	return program
}

// serve starts the program and returns once it hears both platforms. The test's end kills
// it, if it still runs.
func (w *world) serve(t *testing.T) *exec.Cmd {
	t.Helper()
	program := w.program("serve")
	program.Stdout, program.Stderr = w.log, w.log
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { program.Process.Kill(); program.Wait() })
	await(t, w, "the program to connect", func() bool {
		return w.slack.Sockets() > 0 && slices.ContainsFunc(w.telegram.Calls(), func(c sim.Call) bool { return c.Method == "getUpdates" })
	})
	return program
}

// reader opens the store beside the program.
func (w *world) reader(t *testing.T) store.Store {
	t.Helper()
	db, err := kept{Store: w.env()["STORE"], Keys: w.keys}.openToRead()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// await waits until holds does.
func await(t *testing.T, w *world, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s; the program's log:\n%s", what, w.log)
		}
	}
}

// people lends its hands to the visitor and the parent, without hesitation.
func (w *world) people(t *testing.T) *demo {
	return &demo{telegram: w.telegram, slack: w.slack, store: w.reader(t), plays: newPlays()}
}

var parentChat = dialog.Chat{Platform: telegram.Platform, ID: fmt.Sprint(demoParent)}

// cards returns the messages in a channel that have a button.
func cards(messages []sim.SlackMessage) []sim.SlackMessage {
	return slices.DeleteFunc(messages, func(m sim.SlackMessage) bool { return action(m, "claim") == "" && action(m, "open") == "" })
}

// action returns the id of the button of m that does what is asked, or "".
func action(m sim.SlackMessage, what string) string {
	for _, b := range m.Blocks {
		for _, e := range b.Elements {
			if e.Type == "button" && strings.HasSuffix(e.ActionID, what) {
				return e.ActionID
			}
		}
	}
	return ""
}

func TestParentRefersAndClinicianClaims(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.serve(t)
	answers := w.parentRefers(t, motherReferring(rules.DateOf(time.Now())))
	if answers > 32 {
		t.Errorf("it took %d answers, want at most 32", answers)
	}
	t.Logf("%d answers", answers)
	w.claimOnly(t)
}

// parentRefers refers the parent's own family and returns how many answers that took,
// boxes ticked not counted.
func (w *world) parentRefers(t *testing.T, f family) int {
	t.Helper()
	return w.refersAsParent(t, w.people(t), f)
}

// refersAsParent lends d's hands to it.
func (w *world) refersAsParent(t *testing.T, d *demo, f family) int {
	t.Helper()
	p := writer{demo: d, pen: pen{d.plays, asParent}, family: f, user: demoParent}
	answers := 0
	c, ok := p.start(t.Context(), parentChat)
	for n := 0; n < mostTurns && ok && c.Stage != dialog.Sent; n++ {
		before := c.Asked.ID
		if c, ok = p.answer(t.Context(), c); c.Asked.ID != before {
			answers++
		}
	}
	if c.Stage != dialog.Sent {
		_, codes := p.buttons(c.Asked.ID)
		t.Fatalf("stuck at stage %s, field %q, buttons %v; the program's log:\n%s", c.Stage, c.Asked.Field, codes, w.log)
	}
	return answers
}

// claimOnly waits for the one card, claims it, and sees that there is still but one.
func (w *world) claimOnly(t *testing.T) {
	t.Helper()
	await(t, w, "the card", func() bool { return len(cards(w.slack.Messages(sim.SlackTriage))) > 0 })
	card := cards(w.slack.Messages(sim.SlackTriage))[0]
	if err := w.slack.PressMessage(sim.SlackClinicianA, card.Channel, card.TS, action(card, "claim")); err != nil {
		t.Fatal(err)
	}
	await(t, w, "the card to say who claimed it", func() bool {
		now := cards(w.slack.Messages(sim.SlackTriage))
		return len(now) == 1 && action(now[0], "claim") == "" && strings.Contains(asJSON(now[0]), "Carys")
	})
}

func TestProfessionalRefersAndClinicianClaims(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.serve(t)
	submits := w.visitorRefers(t, visitorReferring(rules.DateOf(time.Now())))
	if submits > 10 {
		t.Errorf("it took %d submits, want at most 10", submits)
	}
	t.Logf("%d submits", submits)
	w.claimOnly(t)
}

// visitorRefers refers a family through the forms and returns how many pages that took.
func (w *world) visitorRefers(t *testing.T, f family) int {
	t.Helper()
	return w.refersAsVisitor(t, w.people(t), f)
}

// refersAsVisitor lends d's hands to it.
func (w *world) refersAsVisitor(t *testing.T, d *demo, f family) int {
	t.Helper()
	p := filler{demo: d, pen: pen{d.plays, asVisitor}, family: f, user: sim.SlackHealthVisitor}
	pages := 0
	last := ""
	var v sim.View
	ok := false
	await(t, w, "the first page", func() bool { // Slack's patience may run out on a busy machine
		v, ok = p.start(t.Context())
		return ok
	})
	for ; ok; pages++ {
		last = asJSON(v)
		v, ok = p.page(t.Context(), v)
	}
	if len(w.slack.Views(p.user)) > 0 {
		t.Fatalf("stuck on page %d: %s\nSlack said %q; the program's log:\n%s", pages, last, w.slack.Errors(p.user), w.log)
	}
	return pages
}

func TestOneOfFiftyClaims(t *testing.T) {
	t.Parallel()
	const clinicians = 50
	o := sim.SlackOptions{
		Users:    []sim.SlackUser{{ID: sim.SlackHealthVisitor, Name: "helen.marsh", RealName: "Helen Marsh"}},
		Channels: []sim.SlackChannel{{ID: sim.SlackTriage, Name: "triage", Private: true}, {ID: sim.SlackSafety, Name: "safety", Private: true, Members: []string{sim.SlackBot}}},
	}
	members := []string{sim.SlackBot}
	for n := range clinicians {
		id := fmt.Sprintf("U0CLIN%05d", n)
		o.Users = append(o.Users, sim.SlackUser{ID: id, Name: fmt.Sprintf("clinician%d", n), RealName: fmt.Sprintf("Clinician %d", n)})
		members = append(members, id)
	}
	o.Channels[0].Members = members
	w := newWorld(t, o)
	w.serve(t)
	w.visitorRefers(t, visitorReferring(rules.DateOf(time.Now())))
	await(t, w, "the card", func() bool { return len(cards(w.slack.Messages(sim.SlackTriage))) == 1 })
	card := cards(w.slack.Messages(sim.SlackTriage))[0]
	var group sync.WaitGroup
	for _, id := range members[1:] {
		group.Go(func() {
			if err := w.slack.PressMessage(id, card.Channel, card.TS, action(card, "claim")); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	told := func(id string) int { return len(w.slack.Ephemerals(id)) + len(w.slack.DM(id)) }
	await(t, w, "everybody to be told", func() bool {
		return !slices.ContainsFunc(members[1:], func(id string) bool { return told(id) == 0 })
	})
	db := w.reader(t)
	open, err := db.Open(t.Context())
	if err != nil || len(open) != 1 {
		t.Fatalf("%d open referrals, %v", len(open), err)
	}
	entries, err := db.Audit(t.Context(), open[0].Ref)
	if err != nil {
		t.Fatal(err)
	}
	claimed := slices.DeleteFunc(entries, func(e dialog.Entry) bool { return e.Action != "claimed" })
	if len(claimed) != 1 || claimed[0].Actor != open[0].Claimant.ID || open[0].Status != dialog.Claimed {
		t.Errorf("status %s, claimed by %s; entries: %+v", open[0].Status, open[0].Claimant.ID, claimed)
	}
	if out, err := w.program("audit", "verify").CombinedOutput(); err != nil || !strings.Contains(string(out), "of 1 referrals") {
		t.Errorf("audit verify: %v, %s", err, out)
	}
}

// TestNothingIsLostWhenKilled kills the program in the middle of what forty people wrote.
func TestNothingIsLostWhenKilled(t *testing.T) {
	t.Parallel()
	for _, heard := range []int{1, 12, 30} {
		t.Run(fmt.Sprintf("after %d were heard", heard), func(t *testing.T) {
			t.Parallel()
			killAfter(t, heard)
		})
	}
}

func killAfter(t *testing.T, heard int) {
	const people = 40
	w := newWorld(t, sim.SlackOptions{})
	for n := range people {
		w.telegram.Say(int64(1000+n), "/start")
	}
	program := w.serve(t)
	await(t, w, "some to be heard", func() bool {
		db, err := kept{Store: w.env()["STORE"], Keys: w.keys}.openToRead()
		if err != nil {
			return false
		}
		defer db.Close()
		s, err := db.Stats(t.Context())
		return err == nil && s.Conversations >= heard
	})
	if err := program.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	program.Wait()
	w.serve(t)
	greeted := func(n int) bool {
		return slices.ContainsFunc(w.telegram.Messages(int64(1000+n)), func(m sim.TelegramMessage) bool { return m.FromBot })
	}
	await(t, w, "all to be answered", func() bool {
		for n := range people {
			if !greeted(n) {
				return false
			}
		}
		return true
	})
	db := w.reader(t)
	for n := range people {
		c, err := db.Conversation(t.Context(), dialog.Chat{Platform: telegram.Platform, ID: fmt.Sprint(1000 + n)})
		if err != nil || c.Version != 1 {
			t.Errorf("person %d was heard %d times, %v", n, c.Version, err)
		}
	}
}

func TestDrains(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	program := w.serve(t)
	if err := program.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	stopped := make(chan error, 1)
	go func() { stopped <- program.Wait() }()
	select {
	case err := <-stopped:
		if err != nil {
			t.Errorf("%v; its log:\n%s", err, w.log)
		}
	case <-time.After(15 * time.Second):
		t.Errorf("it still runs; its log:\n%s", w.log)
	}
	wantParts(t, "the log", w.log.String(), []string{"serving", "stopped"})
}

func TestCheckAgainstLocalPlatforms(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(*world, map[string]string)
		code  int
		want  string
	}{
		{"all well", func(*world, map[string]string) {}, 0, "✓ Slack"},
		{"without Telegram", func(_ *world, env map[string]string) { delete(env, "TELEGRAM_TOKEN") }, 0, "left out"},
		{"wrong Telegram token", func(_ *world, env map[string]string) { env["TELEGRAM_TOKEN"] = "1:wrong" }, 1, "✗ Telegram"},
		{"wrong Slack token", func(_ *world, env map[string]string) { env["SLACK_BOT_TOKEN"] = "xoxb-wrong" }, 1, "✗ Slack"},
		{"missing scope", func(w *world, _ map[string]string) { w.slack.DropScope("groups:read") }, 1, "groups:read"},
		{"public channel", func(w *world, _ map[string]string) {
			w.slack.ChangeChannel(sim.SlackTriage, func(c *sim.SlackChannel) { c.Private = false })
		}, 1, "TRIAGE_CHANNEL"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sim.SlackOptions{})
			env := w.env()
			tt.spoil(w, env)
			got := runWith(t, env, "", "check")
			if got.code != tt.code {
				t.Errorf("exit code %d, want %d\n%s%s", got.code, tt.code, got.out, got.err)
			}
			wantParts(t, "standard output", got.out, []string{tt.want})
			if posted := len(w.slack.Messages(sim.SlackTriage)) + len(w.slack.Messages(sim.SlackSafety)); posted > 0 {
				t.Errorf("it posts %d messages", posted)
			}
			for _, secret := range []string{w.telegram.Token(), w.slack.BotToken(), w.slack.AppToken()} {
				if strings.Contains(got.out+got.err, secret) {
					t.Error("it repeats a token")
				}
			}
		})
	}
}

// notifications returns the texts that Slack shows on a locked screen.
func notifications(s *sim.Slack) []string {
	var texts []string
	for _, u := range s.Users() {
		for _, m := range append(s.DM(u.ID), s.Ephemerals(u.ID)...) {
			if m.User == sim.SlackBot {
				texts = append(texts, m.Text)
			}
		}
	}
	return texts
}

// carried returns what buttons send back, on both platforms.
func carried(w *world) []string {
	var values []string
	for _, m := range w.telegram.Messages(demoParent) {
		for _, b := range slices.Concat(m.Buttons...) {
			values = append(values, b.Data)
		}
	}
	messages := append(w.slack.DM(sim.SlackHealthVisitor), w.slack.Messages(sim.SlackTriage)...)
	for _, m := range messages {
		values = append(values, m.Metadata)
		for _, b := range m.Blocks {
			for _, e := range b.Elements {
				values = append(values, e.ActionID, e.Value)
			}
		}
	}
	return values
}

func asJSON(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // it came as JSON
	}
	return string(data)
}

func TestManifestLists(t *testing.T) {
	t.Parallel()
	scopes := []string{"chat:write", "commands", "groups:history", "groups:read", "im:history", "im:read", "im:write", "users:read", "users:read.email"}
	if got := manifestList("bot"); !slices.Equal(got, scopes) {
		t.Errorf("scopes %q, want %q", got, scopes)
	}
	events := []string{"app_home_opened", "app_uninstalled", "member_joined_channel", "member_left_channel", "message.groups", "message.im", "tokens_revoked"}
	if got := manifestList("bot_events"); !slices.Equal(got, events) {
		t.Errorf("events %q, want %q", got, events)
	}
}

// TestTogether sees that the first actor to return stops the others.
func TestTogether(t *testing.T) {
	t.Parallel()
	broken := fmt.Errorf("broken")
	forever := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	if err := together(t.Context(), forever, func(context.Context) error { return broken }); err == nil || err.Error() != "broken" {
		t.Errorf("got %v, want broken", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := together(ctx, forever, forever); err != nil {
		t.Errorf("stopped from outside: %v", err)
	}
}

// TestLastOut sees that the last actor is stopped only after the others have returned.
func TestLastOut(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	var order []string
	err := lastOut(ctx,
		func(ctx context.Context) error { <-ctx.Done(); order = append(order, "last"); return nil },
		func(ctx context.Context) error { cancel(); <-ctx.Done(); order = append(order, "first"); return nil },
	)
	if err != nil || !slices.Equal(order, []string{"first", "last"}) {
		t.Errorf("order %v, error %v", order, err)
	}
	broken := fmt.Errorf("broken")
	err = lastOut(t.Context(),
		func(context.Context) error { return broken },
		func(ctx context.Context) error { <-ctx.Done(); return nil },
	)
	if err == nil || err.Error() != "broken" {
		t.Errorf("when the last fails: %v", err)
	}
}
