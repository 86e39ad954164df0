package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"referralbot/bot/sim"
	"referralbot/rules"
)

// simCmd is everybody but the bot: a local Slack and Telegram, and the demo's page to be its
// people on. The bot is served beside it, as it would be beside the real ones.
type simCmd struct {
	Folder string `arg:"" help:"Where to put what the bot needs: keys, a service profile, a store, and the settings that name them."`
	Listen string `env:"LISTEN" default:"127.0.0.1:0" help:"Where to serve the page; port 0 is any free one."`
}

// settingsFile is what the settings are put into, as shells, Docker and systemd read them.
const settingsFile = "settings.env"

// Run makes what is not in the folder yet, prints how the bot is to be started and the page's
// address, and serves until ctx is done.
func (c simCmd) Run(ctx context.Context, to streams) error {
	folder, err := filepath.Abs(c.Folder)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	d := &demo{clock: &clock{}, plays: newPlays()}
	d.telegram = sim.NewTelegram(sim.TelegramOptions{Names: firstNames()})
	defer d.telegram.Close()
	d.slack = sim.NewSlack(sim.SlackOptions{})
	defer d.slack.Close()
	s := localSettings(d.telegram, d.slack, "sqlite:"+filepath.Join(folder, "referralbot.db"))
	s.Keys, s.Service = filepath.Join(folder, "referralbot.keys"), filepath.Join(folder, "service.yaml")
	if err := furnish(s); err != nil {
		return err
	}
	keys, err := s.keys()
	if err != nil {
		return err
	}
	if err := d.openStore(storeFile(s.Store), keys); err != nil {
		return err
	}
	defer d.store.Close()
	named := filepath.Join(folder, settingsFile)
	if err := os.WriteFile(named, []byte(asVariables(s)), 0o600); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	fmt.Fprintf(to.out, "http://%s/ is the page. Start the bot in another terminal, in the folder you are in here, with\n\n"+
		"  set -a; . '%s'; set +a; %s serve\n\nand with check in the place of serve, everything is tried and nothing posted.\n", listener.Addr(), named, called())
	return serveHTTP(ctx, listener, d.routes(ctx))
}

// called is how this program is called: by go run, which puts it where go builds things, or by
// its name.
func called() string {
	if strings.HasPrefix(os.Args[0], os.TempDir()) && strings.Contains(os.Args[0], "go-build") {
		return "go run ./cmd/referralbot"
	}
	return os.Args[0]
}

// furnish makes the keys and the profile that s names, where they are not there. Nobody real is
// told the hours of cover, so they may be the example's.
func furnish(s settings) error {
	if _, err := os.Stat(s.Keys); errors.Is(err, fs.ErrNotExist) {
		if err := (newKeysCmd{File: s.Keys}).Run(streams{out: io.Discard}); err != nil {
			return err
		}
	}
	if _, err := os.Stat(s.Service); errors.Is(err, fs.ErrNotExist) {
		profile := strings.Replace(string(rules.DefaultProfile()), "\n  example: true\n", "\n  example: false\n", 1)
		return os.WriteFile(s.Service, []byte(profile), 0o600)
	}
	return nil
}

// asVariables is a line for each setting that is set, as the environment has it.
func asVariables(s settings) string {
	lines := []string{
		"SLACK_API_URL=" + s.SlackAPIURL, "SLACK_APP_TOKEN=" + s.SlackAppToken, "SLACK_BOT_TOKEN=" + s.SlackBotToken,
		"TRIAGE_CHANNEL=" + s.TriageChannel, "SAFETY_CHANNEL=" + s.SafetyChannel,
		"TELEGRAM_API_URL=" + s.TelegramAPIURL, "TELEGRAM_TOKEN=" + s.TelegramToken,
		"STORE=" + s.Store, "KEYS=" + s.Keys, "SERVICE=" + s.Service,
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}
