package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"referralbot/bot/sim"
	"referralbot/bot/slack"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/seal"
	"referralbot/store/sqlite"
)

// demoCmd is the whole product on this machine: a local Slack and Telegram, the bot with
// the adapters it always has, and a page to be everybody on.
type demoCmd struct {
	Listen string `env:"LISTEN" default:"127.0.0.1:0" help:"Where to serve the page; port 0 is any free one."`
}

//go:embed demo
var demoFiles embed.FS

// demo is everybody's screens, and the hands that can be lent to them. It holds the local
// Telegram and Slack and the clock; the bot runs in a process of its own, and what it stores
// is only read here.
type demo struct {
	watchers
	telegram *sim.Telegram
	slack    *sim.Slack
	store    store.Store
	clock    *clock
	bot      *botProcess // nil if somebody else runs it
	plays    *plays
	goal     atomic.Pointer[time.Time] // where the clock is on its way to
	last     atomic.Pointer[crash]
}

// demoVisitorChat is the health visitor's chat with the bot.
var demoVisitorChat = dialog.Chat{Platform: slack.Platform, ID: sim.SlackHealthVisitor}

// Run serves until ctx is done. It prints the page's address, and nothing else, on
// standard output. Nobody real is told the hours of cover, so they may be the example's.
func (c demoCmd) Run(ctx context.Context, io streams) error {
	folder, err := os.MkdirTemp("", "referralbot-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	d := &demo{clock: &clock{}, plays: newPlays()}
	d.telegram = sim.NewTelegram(sim.TelegramOptions{Names: firstNames(), Now: d.clock.now})
	defer d.telegram.Close()
	d.slack = sim.NewSlack(sim.SlackOptions{Now: d.clock.now})
	defer d.slack.Close()
	if err := d.prepare(filepath.Join(folder, "demo.db"), io); err != nil {
		return err
	}
	defer d.store.Close()
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	fmt.Fprintf(io.out, "http://%s/\n", listener.Addr())
	return together(ctx, d.bot.run, func(ctx context.Context) error { return serveHTTP(ctx, listener, d.routes(ctx)) })
}

// takingCalls is a service that takes calls, at hours that are an example, by the clinicians of
// the local Slack.
func takingCalls(s *rules.Service) *rules.Service {
	with := *s
	with.Calls.Hours = map[string][]string{}
	for _, day := range s.WorkingHours.Days {
		with.Calls.Hours[day] = []string{"09:30-12:00", "13:30-16:30"}
	}
	with.Calls.Clinicians = []rules.CallClinician{
		{Name: "Carys Bevan", Slack: sim.SlackClinicianA, RingsFrom: "01632 960100"},
		{Name: "Daniel Osei", Slack: sim.SlackClinicianB, RingsFrom: "01632 960102"},
	}
	return &with
}

// prepare makes the store, and what the bot needs to begin. What is stored can be read no more
// once the program ends, for its keys are kept nowhere.
func (d *demo) prepare(file string, io streams) error {
	keys, err := seal.New()
	if err != nil {
		return err
	}
	var open bytes.Buffer
	if err := keys.Write(&open); err != nil {
		return err
	}
	s := localSettings(d.telegram, d.slack, "sqlite:"+file)
	// A process that was killed is taken over from at once, and a local Slack shows at once what
	// it has accepted.
	s.times = times{Lease: 2 * time.Second, SlackQuiet: time.Second, SlackSweep: time.Minute}
	d.bot = &botProcess{first: order{Settings: &s, Keys: open.Bytes()}, clock: d.clock, log: io.err, change: d.wake}
	return d.openStore(file, keys)
}

// openStore makes the store in file, if there is none, and opens it to read.
func (d *demo) openStore(file string, keys *seal.Keys) error {
	made, err := sqlite.Open(file, keys)
	if err == nil {
		err = made.Close()
	}
	if err != nil {
		return err
	}
	read, err := sqlite.OpenReadOnly(file, keys)
	if err != nil {
		return err
	}
	read.Clock(d.clock.now)
	d.store = read
	return nil
}

// up reports whether the bot runs and is connected.
func (d *demo) up() bool { return (d.bot == nil || d.bot.runs()) && d.slack.Sockets() > 0 }

// assembleLocal puts the rooms together for a local Telegram and Slack. What is stored can
// be read no more once the program ends, for its keys are kept nowhere.
func assembleLocal(telegram *sim.Telegram, slack *sim.Slack, store string, log *slog.Logger) (*program, error) {
	keys, err := seal.New()
	if err != nil {
		return nil, err
	}
	return localSettings(telegram, slack, store).assemble(log, keys)
}

// localSettings are those for a local Telegram and Slack.
func localSettings(telegram *sim.Telegram, slack *sim.Slack, store string) settings {
	return settings{
		TelegramToken:  telegram.Token(),
		TelegramAPIURL: telegram.URL(),
		SlackAppToken:  slack.AppToken(),
		SlackBotToken:  slack.BotToken(),
		SlackAPIURL:    slack.URL(),
		TriageChannel:  sim.SlackTriage,
		SafetyChannel:  sim.SlackSafety,
		kept:           kept{Store: store},
	}
}

// serveHTTP answers on listener until ctx is done.
func serveHTTP(ctx context.Context, listener net.Listener, h http.Handler) error {
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	defer context.AfterFunc(ctx, func() { server.Close() })()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// routes returns everything the page asks for. Examples play until ctx is done.
func (d *demo) routes(ctx context.Context) http.Handler {
	files, err := fs.Sub(demoFiles, "demo")
	if err != nil {
		panic(err) // the folder is embedded
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(files))
	mux.HandleFunc("GET /snapshot", d.serveSnapshot)
	mux.HandleFunc("GET /examples", d.serveExamples)
	mux.HandleFunc("GET /events", d.serveEvents)
	mux.HandleFunc("POST /act", func(w http.ResponseWriter, r *http.Request) { d.serveAct(ctx, w, r) })
	return ownPagesOnly(mux)
}

// ownPagesOnly refuses what another site's page asks for. A site can be made to have this
// machine's address, but then it is asked for by a name, so names are refused.
func ownPagesOnly(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := r.Header.Get("Origin")
		if !isOwnHost(r.Host) || origin != "" && origin != "http://"+r.Host {
			http.Error(w, "not from here", http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		h.ServeHTTP(w, r)
	})
}

// isOwnHost reports whether host is localhost or an address, with or without a port.
func isOwnHost(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	return name == "localhost" || net.ParseIP(name) != nil
}

func (d *demo) serveSnapshot(w http.ResponseWriter, r *http.Request) {
	tell(w, d.snapshot(r.Context()))
}

// serveExamples lists the families that can be referred.
func (d *demo) serveExamples(w http.ResponseWriter, _ *http.Request) { tell(w, examples) }

func tell(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}

// tellAtMost is how often the page is told: more cannot be seen.
const tellAtMost = 40 * time.Millisecond

// serveEvents sends a snapshot now and after every change, as server-sent events.
func (d *demo) serveEvents(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	telegram, stop := d.telegram.Watch()
	defer stop()
	slack, stop := d.slack.Watch()
	defer stop()
	plays, stop := d.plays.seen.watch()
	defer stop()
	own, stop := d.watch()
	defer stop()
	for {
		data, err := json.Marshal(d.snapshot(r.Context()))
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", data); err != nil {
			return
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			return
		}
		if !rest(r.Context(), tellAtMost) {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-telegram:
		case <-slack:
		case <-plays:
		case <-own:
		}
	}
}

// serveAct does what the body asks on somebody's behalf.
func (d *demo) serveAct(ctx context.Context, w http.ResponseWriter, r *http.Request) {
	var a act
	if r.Header.Get("Content-Type") != "application/json" {
		http.Error(w, "not JSON", http.StatusUnsupportedMediaType)
		return
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&a); err != nil {
		http.Error(w, "not understood", http.StatusBadRequest)
		return
	}
	do, ok := acts[a.kind()]
	if !ok {
		http.Error(w, "nobody does that", http.StatusBadRequest)
		return
	}
	tell(w, do(ctx, d, a))
}
