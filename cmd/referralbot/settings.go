package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"referralbot/bot/mail"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/redis"
	"referralbot/store/seal"
	"referralbot/store/sqlite"
)

// settings are what serve and check are told. What is secret is given in the environment or in a
// file that it names, never as an argument: those can be read by everybody on the machine.
type settings struct {
	TelegramToken  string `secret:"" env:"TELEGRAM_TOKEN" placeholder:"TOKEN" help:"Token of the Telegram bot; without it parents cannot use Telegram."`
	TelegramAPIURL string `name:"telegram-api-url" env:"TELEGRAM_API_URL" default:"https://api.telegram.org" help:"Address of the Telegram Bot API."`
	SlackAppToken  string `secret:"" env:"SLACK_APP_TOKEN" placeholder:"TOKEN" help:"App-level token of the Slack app, beginning xapp-."`
	SlackBotToken  string `secret:"" env:"SLACK_BOT_TOKEN" placeholder:"TOKEN" help:"Bot token of the Slack app, beginning xoxb-."`
	SlackAPIURL    string `name:"slack-api-url" env:"SLACK_API_URL" default:"https://slack.com/api/" help:"Address of the Slack Web API."`
	TriageChannel  string `env:"TRIAGE_CHANNEL" placeholder:"ID" help:"Id of the private Slack channel in which clinicians claim referrals."`
	SafetyChannel  string `env:"SAFETY_CHANNEL" placeholder:"ID" help:"Id of the private Slack channel that is told when somebody may be at risk."`
	kept           `embed:""`
	Service        string `env:"SERVICE" placeholder:"FILE" help:"Profile of your service (YAML); without it, Together with Baby."`
	Listen         string `env:"LISTEN" placeholder:"ADDRESS" help:"Where to answer /healthz, /readyz and /metrics, Telegram's calls, and the calendars of clinicians' own calls, such as 127.0.0.1:8080; without it, nowhere."`
	PublicURL      string `name:"public-url" env:"PUBLIC_URL" placeholder:"URL" help:"Address at which Telegram reaches LISTEN over https, such as https://bot.example; without it, Telegram is polled."`
	times          `embed:""`
	LogFormat      string `env:"LOG_FORMAT" default:"text" help:"Form of the log on standard error: text or json."`
	LogLevel       string `env:"LOG_LEVEL" default:"info" help:"The least that is logged: info, warn or error."`

	// Now gives the time; nil means this machine's.
	Now func() time.Time `kong:"-" json:"-"`

	SMTPURL string `secret:"" name:"smtp-url" env:"SMTP_URL" placeholder:"URL" help:"Mail server, such as smtps://user:password@smtp.example.org; without it the mailbox is not told of referrals."`
}

// times are settings that are right as they are, but for tests, which cannot wait so long.
type times struct {
	Lease      time.Duration `env:"LEASE" default:"30s" help:"How long the work of a process that stopped without a word is left alone, before another takes it over."`
	SlackQuiet time.Duration `env:"SLACK_QUIET" default:"1m" help:"How long after an uncertain attempt a message that Slack accepted is sure to be found."`
	SlackSweep time.Duration `env:"SLACK_SWEEP" default:"10m" help:"How often second copies of a message are looked for in Slack."`
}

// requirement is one thing a setting must be, and how to mend it if it is not.
type requirement struct {
	setting string
	met     func(s settings) bool
	mend    string
}

var (
	telegramToken = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)
	slackAppToken = regexp.MustCompile(`^xapp-[A-Za-z0-9_-]+$`)
	slackBotToken = regexp.MustCompile(`^xoxb-[A-Za-z0-9_-]+$`)
	slackChannel  = regexp.MustCompile(`^[CG][A-Z0-9_]+$`)
)

// requirements is the table of everything that can be known to be wrong before anything
// is started.
var requirements = []requirement{
	{"TELEGRAM_TOKEN", func(s settings) bool { return s.TelegramToken == "" || telegramToken.MatchString(s.TelegramToken) },
		"is not of the form 123456:ABC…; copy it again from @BotFather, or leave it out to run without Telegram"},
	{"TELEGRAM_API_URL", func(s settings) bool { return isHTTP(s.TelegramAPIURL) },
		"is not an http or https address; leave it out to use Telegram's own"},
	{"SLACK_APP_TOKEN", func(s settings) bool { return slackAppToken.MatchString(s.SlackAppToken) },
		"must be a token beginning xapp-; make one with connections:write in your Slack app under Basic Information, App-Level Tokens"},
	{"SLACK_BOT_TOKEN", func(s settings) bool { return slackBotToken.MatchString(s.SlackBotToken) },
		"must be a token beginning xoxb-; find it in your Slack app under OAuth & Permissions"},
	{"SLACK_API_URL", func(s settings) bool { return isHTTP(s.SlackAPIURL) },
		"is not an http or https address; leave it out to use Slack's own"},
	{"TRIAGE_CHANNEL", func(s settings) bool { return slackChannel.MatchString(s.TriageChannel) },
		"must be a channel's id such as C0123456789, not its name; it stands at the foot of the channel's details in Slack"},
	{"SAFETY_CHANNEL", func(s settings) bool { return slackChannel.MatchString(s.SafetyChannel) },
		"must be a channel's id such as C0123456789, not its name; it may be the triage channel's"},
	{"STORE", func(s settings) bool { return storeFile(s.Store) != "" || redis.Valid(s.Store) == nil }, noStore},
	{"STORE_WAIT", func(s settings) bool { return s.StoreWait == 0 || s.StoreWait > 0 && storeFile(s.Store) == "" },
		"must be the number of replicas of Redis that confirm a write, such as 1; leave it out with any other store"},
	{"STORE", func(s settings) bool { return storeFile(s.Store) == "" || isFolder(filepath.Dir(storeFile(s.Store))) },
		"names a file in a folder that is not there; make the folder first"},
	{"KEYS", func(s settings) bool { return s.Keys != "" }, noKeys},
	{"SMTP_URL", func(s settings) bool { _, err := mail.ParseServer(s.SMTPURL); return s.SMTPURL == "" || err == nil },
		mail.ErrServer.Error()},
	{"SERVICE", func(s settings) bool { return s.TelegramToken == "" || !s.exampleCover() },
		"still has the example's hours of cover, and parents would be told them: run referralbot profile > service.yaml, " +
			"put your own hours under cover with example: false, and name the file in SERVICE; or leave out TELEGRAM_TOKEN"},
	{"LEASE", func(s settings) bool { return s.Lease >= time.Second }, "must be a second at least, such as 30s"},
	{"SLACK_QUIET", func(s settings) bool { return s.SlackQuiet > 0 }, "must be a time, such as 1m"},
	{"SLACK_SWEEP", func(s settings) bool { return s.SlackSweep > 0 }, "must be a time, such as 10m"},
	{"LOG_FORMAT", func(s settings) bool { return s.LogFormat == "text" || s.LogFormat == "json" },
		"must be text or json"},
	{"LOG_LEVEL", func(s settings) bool { return slices.Contains(logLevels, s.LogLevel) },
		"must be info, warn or error"},
	{"LISTEN", func(s settings) bool { return s.Listen == "" || isAddress(s.Listen) },
		"must be an address and a port, such as 127.0.0.1:8080"},
	{"LISTEN", func(s settings) bool { return s.PublicURL == "" || s.Listen != "" },
		"must be set together with PUBLIC_URL: it is where Telegram's calls arrive"},
	{"PUBLIC_URL", func(s settings) bool { return s.PublicURL == "" || isPublic(s.PublicURL) },
		"must be an https address without a path, such as https://bot.example; leave it out to poll Telegram"},
}

// exampleCover reports whether the hours at which somebody watches the alerts are nobody's own.
// A profile that cannot be read, or has no hours, is told as that.
func (s settings) exampleCover() bool {
	service, err := readService(s.Service)
	return err == nil && service.Cover.Example
}

// check returns every fault of the settings at once, each with how to mend it, or nil.
func (s settings) check() error {
	var faults usageError
	for _, r := range requirements {
		if !r.met(s) {
			faults = append(faults, r.setting+" "+r.mend)
		}
	}
	if _, err := s.keys(); s.Keys != "" && err != nil {
		faults = append(faults, err.Error())
	}
	if _, err := readService(s.Service); err != nil {
		faults = append(faults, "SERVICE "+err.Error())
	}
	if len(faults) == 0 {
		return nil
	}
	return faults
}

// slackURL returns the address of the Slack Web API, ending in a slash as the client needs.
// An address with a path is taken as it is. One without may be meant either way: Slack's own
// methods are under /api/, so that is what is meant unless there is nothing there.
func (s settings) slackURL() string {
	base := strings.TrimRight(s.SlackAPIURL, "/")
	if u, err := url.Parse(base); err != nil || u.Path != "" {
		return base + "/"
	}
	client := http.Client{Timeout: probeWithin}
	resp, err := client.Post(base+"/api/auth.test", "application/x-www-form-urlencoded", nil)
	if err != nil {
		return base + "/api/"
	}
	resp.Body.Close()
	if resp.StatusCode == http.StatusNotFound {
		return base + "/"
	}
	return base + "/api/"
}

// probeWithin is how long it may take to find out where a Slack other than Slack's own has
// its methods.
const probeWithin = 2 * time.Second

// telegramURL returns the address of the Telegram Bot API without an ending.
func (s settings) telegramURL() string {
	return strings.TrimRight(s.TelegramAPIURL, "/")
}

// logLevels are what the log can be told to begin at. Nothing is logged below the first.
var logLevels = []string{"info", "warn", "error"}

// log returns the logger the settings ask for.
func (s settings) log(io streams) *slog.Logger {
	var o slog.HandlerOptions
	var level slog.Level
	if level.UnmarshalText([]byte(s.LogLevel)) == nil {
		o.Level = level
	}
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(io.err, &o))
	}
	return slog.New(slog.NewTextHandler(io.err, &o))
}

// storeFile returns the file that a STORE setting names, or "" if it names none.
func storeFile(setting string) string {
	file, found := strings.CutPrefix(setting, "sqlite:")
	if !found {
		return ""
	}
	return file
}

// openStore opens the store that the settings name.
func openStore(k kept, keys *seal.Keys) (store.Store, error) {
	if file := storeFile(k.Store); file != "" {
		return sqlite.Open(file, keys)
	}
	return openRedis(k, keys)
}

// openStoreToRead opens it beside the process that writes to it, if there is one.
func openStoreToRead(k kept, keys *seal.Keys) (store.Store, error) {
	return openBeside(k, keys, sqlite.OpenReadOnly)
}

// openStoreToAudit opens it likewise, to write into the audit what is read.
func openStoreToAudit(k kept, keys *seal.Keys) (store.Store, error) {
	return openBeside(k, keys, sqlite.OpenToAudit)
}

// openBeside opens a store that is there. None is made.
func openBeside(k kept, keys *seal.Keys, open func(string, *seal.Keys) (*sqlite.Store, error)) (store.Store, error) {
	file := storeFile(k.Store)
	if file == "" {
		return openRedis(k, keys)
	}
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("STORE names a file that does not exist: %s; serve makes it when it first starts", file)
	}
	return open(file, keys)
}

const noStore = "must be sqlite: and the name of a file, or the address of Redis, such as redis://localhost:6379, " +
	"or that of a cluster with its hosts, such as redis://one:6379,two:6379,three:6379"

// redisWithin is how long it may take to find Redis and to see that it keeps its word.
const redisWithin = 10 * time.Second

func openRedis(k kept, keys *seal.Keys) (store.Store, error) {
	if redis.Valid(k.Store) != nil {
		return nil, usageError{"STORE " + noStore}
	}
	ctx, cancel := context.WithTimeout(context.Background(), redisWithin)
	defer cancel()
	return redis.Open(ctx, k.Store, keys, redis.Options{Replicas: k.StoreWait})
}

// readService returns the profile in file, or the built-in one if file is "".
func readService(file string) (*rules.Service, error) {
	if file == "" {
		return rules.DefaultService(), nil
	}
	data, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("names a file that does not exist: %s", file)
	}
	if err != nil {
		return nil, err
	}
	return rules.ParseService(data)
}

func isHTTP(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// isPublic reports whether Telegram may call address, or a local stand-in of it on this machine.
func isPublic(address string) bool {
	u, err := url.Parse(strings.TrimRight(address, "/"))
	if err != nil || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func isAddress(address string) bool {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n > 0
}
