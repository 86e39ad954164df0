package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"referralbot/bot/sim"
)

// inFiles moves settings of env into files, as a deployment keeps its secrets.
func inFiles(t *testing.T, env map[string]string, names ...string) {
	t.Helper()
	for _, name := range names {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte(env[name]+"\n"), 0o400); err != nil {
			t.Fatal(err)
		}
		delete(env, name)
		env[name+inFile] = file
	}
}

func TestSettingsMayBeInFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	env := w.env()
	inFiles(t, env, "SLACK_APP_TOKEN", "SLACK_BOT_TOKEN", "TELEGRAM_TOKEN", "STORE", "TRIAGE_CHANNEL")
	if got := runWith(t, env, "", "check"); got.code != exitFine {
		t.Errorf("check: exit code %d\n%s%s", got.code, got.out, got.err)
	}
}

// TestFilesOfSettingsAreAllToldAtOnce: together with what else is wrong, and each thing once.
func TestFilesOfSettingsAreAllToldAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	env := w.env()
	inFiles(t, env, "SLACK_APP_TOKEN")
	env["SLACK_APP_TOKEN"] = "xapp-canary"
	delete(env, "SLACK_BOT_TOKEN")
	env["SLACK_BOT_TOKEN_FILE"] = "/nowhere/bot"
	env["SMTP_URL_FILE"] = os.DevNull
	env["STORE_FILE"], env["STORE"] = t.TempDir(), ""
	env["TRIAGE_CHANNEL"] = "#triage"
	for _, command := range []string{"serve", "check"} {
		got := runWith(t, env, "", command)
		if got.code != exitUsage || got.out != "" {
			t.Errorf("%s: exit code %d, wrote %q", command, got.code, got.out)
		}
		wantParts(t, command, got.err, []string{"SLACK_APP_TOKEN is given twice", "SLACK_BOT_TOKEN_FILE names a file that does not exist: /nowhere/bot",
			"SMTP_URL_FILE names a file with nothing in it", "STORE_FILE names a file that this user cannot read", "TRIAGE_CHANNEL must be"})
		if strings.Contains(got.err, "canary") || strings.Count(got.err, "SLACK_BOT_TOKEN") != 1 {
			t.Errorf("%s:\n%s", command, got.err)
		}
	}
	if got := runWith(t, map[string]string{"KEYS": w.keys, "STORE_FILE": "/nowhere/store"}, "", "stats"); got.code != exitUsage || !strings.Contains(got.err, "STORE_FILE") {
		t.Errorf("stats: exit code %d\n%s", got.code, got.err)
	}
}

// TestNoSecretIsAnArgument: arguments can be read by everybody on the machine.
func TestNoSecretIsAnArgument(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	for argument, setting := range map[string]string{
		"--slack-bot-token=xoxb-canary":              "SLACK_BOT_TOKEN",
		"--slack-app-token=xapp-canary":              "SLACK_APP_TOKEN",
		"--telegram-token=1:canary":                  "TELEGRAM_TOKEN",
		"--smtp-url=smtps://bot:canary@mail.example": "SMTP_URL",
		"--store=redis://bot:canary@redis.example":   "STORE",
	} {
		got := runWith(t, w.env(), "", "check", argument)
		if got.code != exitUsage || !strings.Contains(got.err, setting+", or in a file named in "+setting+"_FILE") || strings.Contains(got.err, "canary") {
			t.Errorf("%s: exit code %d\n%s", setting, got.code, got.err)
		}
	}
}
