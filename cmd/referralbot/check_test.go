package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/store/redis/redistest"
)

// TestCheckNamesOldNumbers: the built-in numbers were last looked at on 13 September 2026.
func TestCheckNamesOldNumbers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		day       string
		says, not string
	}{
		{"2026-11-23", "hidden from people, because nobody has checked these yet: Bliss, ", "Samaritans"},
		{"2027-03-13", "Bliss", "six months"},
		{"2027-03-14", "nobody has checked these in six months: Emergency services, NHS 111 mental health option, Samaritans, Shout, ", "six months: Bliss"},
	} {
		t.Run(tt.day, func(t *testing.T) {
			t.Parallel()
			day, err := time.Parse(time.DateOnly, tt.day)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(checkCmd{}.oldNumbers(day), "\n")
			if !strings.Contains(got, tt.says) || strings.Contains(got, tt.not) {
				t.Errorf("want %q and no %q, got:\n%s", tt.says, tt.not, got)
			}
		})
	}
}

// TestCheckFindsEachFault spoils one thing after another, and sees that check says which it is
// and how to mend it, and nothing else.
func TestCheckFindsEachFault(t *testing.T) {
	t.Parallel()
	channel := func(id string, change func(*sim.SlackChannel)) func(*world) {
		return func(w *world) { w.slack.ChangeChannel(id, change) }
	}
	set := func(name, value string) func(*world) {
		return func(w *world) { w.more = map[string]string{name: value} }
	}
	for name, tt := range map[string]struct {
		spoil func(*world)
		fault string // how its line goes on
		mend  string // within it
	}{
		"bot token revoked":      {func(w *world) { w.slack.Revoke() }, "Slack: Slack does not know the bot: token_revoked", "SLACK_BOT_TOKEN: install"},
		"another's bot token":    {set("SLACK_BOT_TOKEN", "xoxb-another"), "Slack: Slack does not know the bot: invalid_auth", "SLACK_BOT_TOKEN: install"},
		"another's app token":    {set("SLACK_APP_TOKEN", "xapp-another"), "Slack: Slack does not open a socket: invalid_auth", "connections:write"},
		"Slack away":             {set("SLACK_API_URL", "http://127.0.0.1:1/api/"), "Slack: Slack does not open a socket: no_connection", "this machine can reach Slack"},
		"no such channel":        {set("TRIAGE_CHANNEL", "C0NOWHERE"), "Slack: TRIAGE_CHANNEL: Slack does not show the channel: channel_not_found", "invite the bot"},
		"not invited":            {func(w *world) { w.slack.Leave(sim.SlackSafety, sim.SlackBot) }, "Slack: SAFETY_CHANNEL: Slack does not show the channel: channel_not_found", "invite the bot"},
		"shared":                 {channel(sim.SlackTriage, func(c *sim.SlackChannel) { c.ExtShared = true }), "Slack: TRIAGE_CHANNEL: the channel is shared", "stop sharing"},
		"archived":               {channel(sim.SlackSafety, func(c *sim.SlackChannel) { c.Archived = true }), "Slack: SAFETY_CHANNEL: the channel is archived", "unarchive"},
		"public":                 {channel(sim.SlackTriage, func(c *sim.SlackChannel) { c.Private = false }), "Slack: TRIAGE_CHANNEL: the channel is not private", "make it private"},
		"Telegram token refused": {func(w *world) { w.telegram.Revoke(true) }, "Telegram: telegram: the token is refused", "@BotFather"},
		"Telegram away":          {set("TELEGRAM_API_URL", "http://127.0.0.1:1"), "Telegram: it does not answer", "this machine can reach it"},
		"mail away":              {set("SMTP_URL", "smtp://127.0.0.1:1"), "mail: 127.0.0.1:1 (no_connection): nobody answers there", "the port of SMTP_URL"},
		"Redis away":             {set("STORE", "redis://127.0.0.1:1"), "store: redis: open: ", "see that it runs"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sim.SlackOptions{})
			tt.spoil(w)
			got := runWith(t, w.env(), "", "check")
			if got.code != exitFailed {
				t.Errorf("exit code %d, want %d", got.code, exitFailed)
			}
			var faults []string
			for line := range strings.Lines(got.out) {
				if fault, ok := strings.CutPrefix(line, "✗ "); ok {
					faults = append(faults, strings.TrimSpace(fault))
				}
			}
			if name == "Slack away" && len(faults) == 2 {
				faults = faults[:1] // neither token can be tried
			}
			if len(faults) != 1 || !strings.HasPrefix(faults[0], tt.fault) || !strings.Contains(faults[0], tt.mend) {
				t.Errorf("want one fault, %q with %q, got:\n%s%s", tt.fault, tt.mend, got.out, got.err)
			}
		})
	}
}

// TestCheckNamesEveryMissingScope: of those in the manifest, each by itself and all together.
func TestCheckNamesEveryMissingScope(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	all := manifestList("bot")
	for _, scope := range all {
		w.slack.DropScope(scope)
		got := runWith(t, w.env(), "", "check")
		want := exitFailed
		if scope == "users:read.email" {
			want = exitFine // where it is the only one
			w.slack.Reinstall()
			w.slack.DropScope(scope)
			got = runWith(t, w.env(), "", "check")
		}
		if got.code != want || !strings.Contains(got.out, "the scope "+scope+" is missing") {
			t.Errorf("without %s: exit code %d\n%s", scope, got.code, got.out)
		}
	}
	for _, scope := range all {
		w.slack.DropScope(scope)
	}
	got := runWith(t, w.env(), "", "check")
	for _, scope := range all {
		if !strings.Contains(got.out, "the scope "+scope+" is missing") {
			t.Errorf("without any, %s is not named:\n%s", scope, got.out)
		}
	}
}

// TestCheckFindsEveryFaultAtOnce: one run tells all there is to mend.
func TestCheckFindsEveryFaultAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorldWith(t, sim.SlackOptions{}, sim.TelegramOptions{Joins: true})
	w.more = map[string]string{"SMTP_URL": "smtp://127.0.0.1:1", "STORE": "sqlite:" + w.file + "/not/a/folder.db"}
	if got := runWith(t, w.env(), "", "check"); got.code != exitUsage || !strings.Contains(got.err, "STORE names a file in a folder that is not there") {
		t.Errorf("exit code %d\n%s", got.code, got.err)
	}
	delete(w.more, "STORE")
	w.slack.DropScope("im:write")
	w.slack.Leave(sim.SlackTriage, sim.SlackBot)
	w.slack.ChangeChannel(sim.SlackSafety, func(c *sim.SlackChannel) { c.Archived, c.ExtShared = true, true })
	got := runWith(t, w.env(), "", "check")
	if got.code != exitFailed {
		t.Errorf("exit code %d", got.code)
	}
	wantParts(t, "check", got.out, []string{"✓ settings", "✓ store", "im:write", "TRIAGE_CHANNEL: ", "SAFETY_CHANNEL: the channel is archived",
		"SAFETY_CHANNEL: the channel is shared", "! Telegram: the bot can be put into groups", "✓ Telegram", "✗ mail"})
}

// TestCheckTriesTheStore: it is written and read, also while the bot has it, and nothing is left.
func TestCheckTriesTheStore(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	if got := runWith(t, w.env(), "", "check"); got.code != exitFine {
		t.Errorf("before there is one: exit code %d\n%s", got.code, got.out)
	}
	if _, err := os.Stat(w.file); !os.IsNotExist(err) {
		t.Errorf("it made one: %v", err)
	}
	w.serve(t)
	got := runWith(t, w.env(), "", "check")
	if got.code != exitFine || !strings.Contains(got.out, "! store: another process is writing to it") {
		t.Errorf("beside the bot: exit code %d\n%s", got.code, got.out)
	}
	w.keys = newKeys(t, t.TempDir())
	if got := runWith(t, w.env(), "", "check"); got.code != exitFailed || !strings.Contains(got.out, "✗ store: ") || !strings.Contains(got.out, "other keys") {
		t.Errorf("with other keys: exit code %d\n%s", got.code, got.out)
	}
}

// TestCheckTriesRedis: all that would lose something is named at once.
func TestCheckTriesRedis(t *testing.T) {
	t.Parallel()
	if redistest.Missing(t) {
		return
	}
	for name, tt := range map[string]struct {
		options []string
		code    int
		says    []string
	}{
		"as it should be": {[]string{"--appendfsync", "always"}, exitFine, []string{"✓ store"}},
		"every second":    {nil, exitFine, []string{"! store: ", "appendfsync always", "✓ store"}},
		"forgetful":       {[]string{"--appendonly", "no", "--maxmemory-policy", "allkeys-lru"}, exitFailed, []string{"set appendonly yes", "set maxmemory-policy noeviction"}},
		"full":            {[]string{"--appendfsync", "always", "--maxmemory", "1"}, exitFailed, []string{"✗ store: "}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sim.SlackOptions{})
			w.more = map[string]string{"STORE": redistest.Own(t, tt.options...).URL()}
			got := runWith(t, w.env(), "", "check")
			if got.code != tt.code {
				t.Errorf("exit code %d, want %d", got.code, tt.code)
			}
			wantParts(t, "check", got.out, tt.says)
		})
	}
}

// TestServeTellsWhatRedisMayLose: it serves all the same, and says so where it starts.
func TestServeTellsWhatRedisMayLose(t *testing.T) {
	t.Parallel()
	if redistest.Missing(t) {
		return
	}
	for sync, told := range map[string]bool{"always": false, "everysec": true} {
		w := newWorld(t, sim.SlackOptions{})
		w.more = map[string]string{"STORE": redistest.Own(t, "--appendfsync", sync).URL()}
		w.serve(t)
		if got := strings.Contains(w.log.String(), "level=WARN") && strings.Contains(w.log.String(), "set appendfsync always"); got != told {
			t.Errorf("appendfsync %s: told %v, want %v:\n%s", sync, got, told, w.log)
		}
	}
}
