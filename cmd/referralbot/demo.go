package main

import (
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
	"time"

	"referralbot/bot/sim"
	"referralbot/rules"
	"referralbot/store/seal"
)

// demoCmd is the whole product on this machine: a local Slack and Telegram, the bot with
// the adapters it always has, and a page to be everybody on.
type demoCmd struct {
	Listen string `env:"LISTEN" default:"127.0.0.1:0" help:"Where to serve the page; port 0 is any free one."`
}

//go:embed demo
var demoFiles embed.FS

// Run serves until ctx is done. It prints the page's address, and nothing else, on
// standard output. Nobody real is told the hours of cover, so they may be the example's.
func (c demoCmd) Run(ctx context.Context, io streams) error {
	folder, err := os.MkdirTemp("", "referralbot-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	telegram := sim.NewTelegram(sim.TelegramOptions{Names: map[int64]string{demoParent: "Maya"}})
	defer telegram.Close()
	slack := sim.NewSlack(sim.SlackOptions{})
	defer slack.Close()
	log := slog.New(slog.NewTextHandler(io.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	p, err := assembleLocal(telegram, slack, "sqlite:"+filepath.Join(folder, "demo.db"), log)
	if err != nil {
		return err
	}
	defer p.store.Close()
	p.bot.Service = takingCalls(p.bot.Service)
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	fmt.Fprintf(io.out, "http://%s/\n", listener.Addr())
	d := newDemo(telegram, slack, p.store)
	return p.run(ctx, func(ctx context.Context) error { return serveHTTP(ctx, listener, d.routes(ctx)) })
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

// assembleLocal puts the rooms together for a local Telegram and Slack. What is stored can
// be read no more once the program ends, for its keys are kept nowhere.
func assembleLocal(telegram *sim.Telegram, slack *sim.Slack, store string, log *slog.Logger) (*program, error) {
	keys, err := seal.New()
	if err != nil {
		return nil, err
	}
	s := settings{
		TelegramToken:  telegram.Token(),
		TelegramAPIURL: telegram.URL(),
		SlackAppToken:  slack.AppToken(),
		SlackBotToken:  slack.BotToken(),
		SlackAPIURL:    slack.URL(),
		TriageChannel:  sim.SlackTriage,
		SafetyChannel:  sim.SlackSafety,
		kept:           kept{Store: store},
	}
	return s.assemble(log, keys)
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
		w.Header().Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'")
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

func (d *demo) serveSnapshot(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(d.snapshot())
}

// serveEvents sends a snapshot now and after every change, as server-sent events.
func (d *demo) serveEvents(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	telegram, stop := d.telegram.Watch()
	defer stop()
	slack, stop := d.slack.Watch()
	defer stop()
	plays, stop := d.plays.watch()
	defer stop()
	for {
		data, err := json.Marshal(d.snapshot())
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", data); err != nil {
			return
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-telegram:
		case <-slack:
		case <-plays:
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
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(do(ctx, d, a))
}
