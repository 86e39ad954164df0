package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"referralbot/bot/sim"
	"referralbot/dialog"
)

// TestMain lets this test binary stand for the program itself, so that tests can start,
// stop and kill the real thing.
func TestMain(m *testing.M) {
	if os.Getenv("REFERRALBOT_TEST_AS_PROGRAM") != "" || len(os.Args) == 2 && os.Args[1] == "demo-bot" {
		main()
		return
	}
	if spoilt := os.Getenv("REFERRALBOT_TEST_SPOILT"); spoilt != "" {
		serveSpoilt(spoilt)
		return
	}
	flag.Parse()
	if !raced {
		flag.Set("test.parallel", atOnce)
	}
	os.Exit(m.Run())
}

// atOnce is how many tests run beside each other: most of the time they wait.
const atOnce = "10"

// result is what one run of the program left.
type result struct {
	code     int
	out, err string
}

// runWith runs the program in this process with only the environment given.
func runWith(t *testing.T, env map[string]string, stdin string, args ...string) result {
	t.Helper()
	var out, err bytes.Buffer
	code := run(context.Background(), args, func(k string) string { return env[k] }, strings.NewReader(stdin), &out, &err)
	return result{code, out.String(), err.String()}
}

func TestRun(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		args  string
		stdin string
		code  int
		out   []string // found on standard output
		err   []string // found on standard error
	}{
		{name: "no command", code: 2, err: []string{"expected one of"}},
		{name: "unknown command", args: "fly", code: 2, err: []string{"fly"}},
		{name: "unknown flag", args: "version --fly", code: 2, err: []string{"--fly"}},
		{name: "help", args: "--help", out: []string{"demo", "serve", "assess", "Try the whole product"}},
		{name: "help of a command names the variables", args: "serve --help", out: []string{"$TELEGRAM_TOKEN", "$TRIAGE_CHANNEL", "$STORE"}},
		{name: "version", args: "version", out: []string{"referralbot ", "rules 1."}},
		{name: "manifest", args: "manifest", out: []string{"command: /refer", "callback_id: refer\n", "callback_id: refer_message", "message.im", "app_home_opened", "home_tab_enabled: true", "socket_mode_enabled: true", "chat:write", "users:read"}},
		{name: "profile", args: "profile", out: []string{"name: Together with Baby", "\n  example: true\n"}},
		{name: "graph", args: "graph", out: []string{"stateDiagram", "received", "asking"}},
		{name: "criteria", args: "criteria", out: []string{"area", "learning-disability"}},
		{name: "questions without an audience", args: "questions", code: 2, err: []string{"--audience"}},
		{name: "questions", args: "questions --audience parent", out: []string{"parent_name"}},
		{name: "chat without a side", args: "chat", code: 2, err: []string{"--as"}},
		{name: "chat", args: "chat --as parent", stdin: "1\n", out: []string{"999", "1. "}},
		{name: "risk", args: "risk", stdin: "I want to kill myself\nwe went to the park\n", out: []string{
			`{"text":"I want to kill myself","alert":true,"category":"suicide_selfharm"`,
			`{"text":"we went to the park","alert":false,"category":"","level":""}`}},
		{name: "stats of no store", args: "stats --store sqlite:/nowhere/at/all.db", code: 1, err: []string{"/nowhere/at/all.db"}},
		{name: "stats of another kind of store", args: "stats --store redis://127.0.0.1", code: 2, err: []string{"sqlite:"}},
		{name: "help of a command that is not whole", args: "keys new", code: 2, err: []string{"see referralbot keys new --help"}},
		{name: "questions for nobody", args: "questions --audience nurse", code: 2, err: []string{"parent", "see referralbot questions --help"}},
		{name: "words from a file of Windows'", args: "risk", stdin: "\ufeffI want to kill myself\r\n", out: []string{`{"text":"I want to kill myself","alert":true`}},
		{name: "a folder to read", args: "risk deploy", code: 1, err: []string{"deploy is a folder; name a file in it"}},
		{name: "a line too long, and one after it", args: "risk", stdin: strings.Repeat("a", maxLine+1) + "\nI want to kill myself\n", code: 1,
			out: []string{`"id":"line 1","error":"longer`, `"alert":true`}, err: []string{"some lines could not be read"}},
		{name: "more words than a line in a chat", args: "chat --as parent", stdin: strings.Repeat("a ", 50_000) + "\nI want to kill myself\n", out: []string{"[safety channel]"}},
		{name: "keys that are not there", args: "keys rotate /nowhere/at/all.keys", code: 1, err: []string{"there is no file /nowhere/at/all.keys"}},
		{name: "keys where no folder is", args: "keys new /nowhere/at/all.keys", code: 1, err: []string{"there is no folder /nowhere/at; make it"}},
		{name: "aside of no store", args: "aside --store sqlite:/nowhere/at/all.db", code: 1, err: []string{"does not exist: /nowhere/at/all.db; serve makes it"}},
		{name: "assess of no file", args: "assess /nowhere", code: 1, err: []string{"/nowhere"}},
		{name: "assess for no service", args: "assess --service /nowhere", code: 2, err: []string{"SERVICE", "/nowhere"}},
	}
	env := map[string]string{"KEYS": newKeys(t, t.TempDir())}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := runWith(t, env, tt.stdin, strings.Fields(tt.args)...)
			if got.code != tt.code {
				t.Errorf("exit code %d, want %d", got.code, tt.code)
			}
			wantParts(t, "standard output", got.out, tt.out)
			wantParts(t, "standard error", got.err, tt.err)
		})
	}
}

func wantParts(t *testing.T, where, text string, parts []string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in %s:\n%.2000s", part, where, text)
		}
	}
}

func TestSettingsAreAllToldAtOnce(t *testing.T) {
	t.Parallel()
	env := map[string]string{
		"TELEGRAM_TOKEN":   "canary-telegram",
		"TELEGRAM_API_URL": "telegram",
		"SLACK_APP_TOKEN":  "xoxb-canary-app",
		"SLACK_API_URL":    "ftp://slack",
		"TRIAGE_CHANNEL":   "#triage",
		"STORE":            "redis://127.0.0.1",
		"SERVICE":          "/nowhere/service.yaml",
		"LISTEN":           "8080",
		"PUBLIC_URL":       "http://bot.example",
		"SMTP_URL":         "smtp://bot:canary@",
	}
	for _, command := range []string{"serve", "check"} {
		got := runWith(t, env, "", command)
		if got.code != exitUsage {
			t.Errorf("%s: exit code %d, want %d", command, got.code, exitUsage)
		}
		wantParts(t, command, got.err, []string{"TELEGRAM_TOKEN", "TELEGRAM_API_URL", "SLACK_APP_TOKEN", "SLACK_BOT_TOKEN",
			"SLACK_API_URL", "TRIAGE_CHANNEL", "SAFETY_CHANNEL", "STORE", "KEYS", "SERVICE", "LISTEN", "PUBLIC_URL", "SMTP_URL"})
		if strings.Contains(got.err, "canary") {
			t.Errorf("%s repeats a token:\n%s", command, got.err)
		}
		if got.out != "" {
			t.Errorf("%s wrote %q to standard output", command, got.out)
		}
	}
}

// TestParentChannelNeedsCover: with parents let in, a profile must have hours of cover, and not
// the example's. What is told is enough to mend it, from nothing but the program.
func TestParentChannelNeedsCover(t *testing.T) {
	t.Parallel()
	printed := filepath.Join(t.TempDir(), "service.yaml")
	if err := os.WriteFile(printed, []byte(runWith(t, nil, "", "profile").out), 0o600); err != nil {
		t.Fatal(err)
	}
	const example = "SERVICE still has the example's hours of cover"
	for _, tt := range []struct {
		name, profile string
		parents       bool
		want          string // "" for nothing to mend
	}{
		{"the built-in profile", "", true, example},
		{"as it was printed", printed, true, example},
		{"without days", ownProfile(t, "  days: [Mon, Tue, Wed, Thu, Fri]\n", ""), true, "cover.days: missing"},
		{"without hours", ownProfile(t, "  from: \"09:00\"\n", ""), true, "cover.from: want a time"},
		{"without cover", ownProfile(t, "\ncover:\n", "\nuncovered:\n"), true, "cover.days: missing"},
		{"hours of their own", ownProfile(t), true, ""},
		{"no parents", "", false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sim.SlackOptions{})
			env := w.env()
			env["SERVICE"] = tt.profile
			if !tt.parents {
				delete(env, "TELEGRAM_TOKEN")
			}
			if tt.want == "" {
				if got := runWith(t, env, "", "check"); got.code != exitFine {
					t.Errorf("check: exit code %d\n%s%s", got.code, got.out, got.err)
				}
				return
			}
			for _, command := range []string{"serve", "check"} {
				got := runWith(t, env, "", command)
				if got.code != exitUsage || got.out != "" {
					t.Errorf("%s: exit code %d, want %d; it wrote %q", command, got.code, exitUsage, got.out)
				}
				wantParts(t, command, got.err, []string{tt.want})
				if tt.want == example {
					wantParts(t, command, got.err, []string{"referralbot profile > service.yaml", "example: false", "TELEGRAM_TOKEN"})
				}
			}
			if len(w.telegram.Calls()) > 0 || len(w.slack.Messages(sim.SlackTriage)) > 0 {
				t.Error("it began all the same")
			}
		})
	}
}

func TestAddressesMayEndAnyhow(t *testing.T) {
	t.Parallel()
	rooted := httptest.NewServer(http.NotFoundHandler()) // a Slack whose methods are not under /api/
	defer rooted.Close()
	for given, want := range map[string]string{
		"http://127.0.0.1:1":          "http://127.0.0.1:1/api/", // nobody is there to say
		"http://127.0.0.1:1/":         "http://127.0.0.1:1/api/",
		"http://127.0.0.1:1/api":      "http://127.0.0.1:1/api/",
		"http://127.0.0.1:1/api/":     "http://127.0.0.1:1/api/",
		"http://127.0.0.1:1/slack/v1": "http://127.0.0.1:1/slack/v1/",
		rooted.URL:                    rooted.URL + "/",
	} {
		if got := (settings{SlackAPIURL: given}).slackURL(); got != want {
			t.Errorf("Slack: %s becomes %s, want %s", given, got, want)
		}
	}
	s := settings{TelegramAPIURL: "http://127.0.0.1:1/"}
	if got := s.telegramURL(); got != "http://127.0.0.1:1" {
		t.Errorf("Telegram: becomes %s", got)
	}
}

func TestAssess(t *testing.T) {
	t.Parallel()
	in := strings.Join([]string{
		`{"id":"A","audience":"professional","today":"2026-11-23","answers":{"stage":"born","consent":"yes"}}`,
		`not json`,
		`{"id":"B","audience":"professional","today":"2026-11-23","answers":{"no_such_field":"canary"}}`,
		``,
		`{"id":"C","audience":"parent","today":"2026-11-23","answers":{}}`,
	}, "\n")
	got := runWith(t, nil, in, "assess")
	if got.code != exitFailed {
		t.Errorf("exit code %d, want %d", got.code, exitFailed)
	}
	lines := strings.Split(strings.TrimSpace(got.out), "\n")
	if len(lines) != 4 {
		t.Fatalf("%d lines, want 4:\n%s", len(lines), got.out)
	}
	for i, want := range []struct {
		id  string
		bad bool
	}{{"A", false}, {"line 2", true}, {"B", true}, {"C", false}} {
		var line map[string]any
		if err := json.Unmarshal([]byte(lines[i]), &line); err != nil {
			t.Fatal(err)
		}
		if line["id"] != want.id {
			t.Errorf("line %d has id %v, want %v", i, line["id"], want.id)
		}
		if _, bad := line["error"]; bad != want.bad {
			t.Errorf("%s: has an error: %v, want %v", want.id, bad, want.bad)
		}
		if strings.Contains(lines[i], "null") || strings.Contains(lines[i], "canary") {
			t.Errorf("%s: %s", want.id, lines[i])
		}
		if !want.bad && line["overall"] != "incomplete" {
			t.Errorf("%s: overall %v", want.id, line["overall"])
		}
	}
}

func TestQuestionsAsJSON(t *testing.T) {
	t.Parallel()
	for _, audience := range []string{"parent", "professional"} {
		got := runWith(t, nil, "", "questions", "--json", "--audience", audience)
		var questions []dialog.Question
		if err := json.Unmarshal([]byte(got.out), &questions); err != nil || got.code != exitFine || len(questions) < 30 {
			t.Fatalf("%s: exit code %d, %d questions, %v", audience, got.code, len(questions), err)
		}
		for _, q := range questions {
			if q.Field == "" || q.Text == "" || q.Options == nil {
				t.Errorf("%s: %+v", audience, q)
			}
		}
	}
}

func TestLongLinesAreRefusedAndTheRestRead(t *testing.T) {
	t.Parallel()
	in := strings.Repeat("x", maxLine+1) + "\n" + `{"id":"A","audience":"parent","today":"2026-11-23","answers":{}}` + "\n"
	got := runWith(t, nil, in, "assess")
	wantParts(t, "standard output", got.out, []string{`{"id":"line 1","error":"longer than 1 MB"}`, `{"id":"A",`})
}

// TestCriteriaAreThoseReviewed sees that what is printed is what clinicians have reviewed.
func TestCriteriaAreThoseReviewed(t *testing.T) {
	t.Parallel()
	reviewed, err := os.ReadFile("../../rules/testdata/criteria.md")
	if err != nil {
		t.Fatal(err)
	}
	if got := runWith(t, nil, "", "criteria"); got.out != string(reviewed) {
		t.Errorf("what is printed is not rules/testdata/criteria.md:\n%.1000s", got.out)
	}
}

// TestVignettes sees that assess reads each of the guidance's vignettes.
func TestVignettes(t *testing.T) {
	t.Parallel()
	got := runWith(t, nil, "", "assess", "../../rules/vignettes.jsonl")
	if lines := strings.Count(got.out, "\n"); got.code != exitFine || lines != 24 {
		t.Errorf("exit code %d and %d lines, want 24:\n%.2000s", got.code, lines, got.out)
	}
}

// TestREADME holds the README to the program.
func TestREADME(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(data)
	graph, err := dialog.Graph()
	if err != nil {
		t.Fatal(err)
	}
	for _, diagram := range strings.Split(graph, "%% ")[1:] {
		if block := "```mermaid\n%% " + strings.TrimSpace(diagram) + "\n```"; !strings.Contains(readme, block) {
			t.Errorf("a diagram is out of date (go run ./cmd/referralbot graph); it should be:\n%s", block)
		}
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[settings]()) {
		_, hidden := f.Tag.Lookup("hidden")
		if name := f.Tag.Get("env"); !hidden && !strings.Contains(readme, "`"+name+"`") {
			t.Errorf("the README does not tell of the setting %s", name)
		}
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[commands]()) {
		_, hidden := f.Tag.Lookup("hidden")
		if name := strings.ToLower(f.Name); !hidden && !strings.Contains(readme, name) {
			t.Errorf("the README does not tell of the command %s", name)
		}
	}
}
