package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/seal"
	"referralbot/store/sqlite"
)

const (
	visitor = sim.SlackHealthVisitor
	carys   = sim.SlackClinicianA
	daniel  = sim.SlackClinicianB
	guest   = sim.SlackGuest
	triage  = sim.SlackTriage
)

// world is a workspace, a store and the bot between them.
type world struct {
	*testing.T
	slack  *sim.Slack
	store  *flaky
	keys   *seal.Keys
	bot    *bot.Bot
	client *Client
	logged *logbook
	phone  phone // on which a parent reads
	began  time.Time
}

// flaky is a store that can be told to fail, or to take its time.
type flaky struct {
	store.Store
	mu   sync.Mutex
	down bool
	lag  time.Duration
}

func (f *flaky) slow(lag time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lag = lag
}

func (f *flaky) fail(down bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.down = down
}

func (f *flaky) Commit(ctx context.Context, c store.Change) ([]store.Delivery, error) {
	f.mu.Lock()
	down, lag := f.down, f.lag
	f.mu.Unlock()
	time.Sleep(lag)
	if down {
		return nil, fmt.Errorf("store: disk full at /secret/path")
	}
	return f.Store.Commit(ctx, c)
}

// logbook keeps what is logged.
type logbook struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// newWorld starts a workspace and the bot in it, and waits until both sockets are open.
func newWorld(t *testing.T, o sim.SlackOptions) *world {
	t.Helper()
	w := idleWorld(t, o)
	w.run()
	return w
}

// worldOf is newWorld for a service that has been changed.
func worldOf(t *testing.T, change func(*rules.Service)) *world {
	t.Helper()
	w := idleWorld(t, sim.SlackOptions{})
	service := *rules.DefaultService()
	change(&service)
	w.bot.Service = &service // before anything reads it
	w.run()
	return w
}

// run lets the bot hear and deliver, and waits until both sockets are open.
func (w *world) run() {
	w.Helper()
	w.Cleanup(w.start())
}

// start is run that can be stopped.
func (w *world) start() (stop func()) {
	w.Helper()
	ctx, cancel := context.WithCancel(w.Context())
	var running sync.WaitGroup
	running.Go(func() {
		if err := w.client.Run(ctx); err != nil {
			w.Errorf("Run: %v", err)
		}
	})
	running.Go(func() {
		w.bot.Deliver(ctx, map[string]bot.Messenger{Platform: w.client, "telegram": &w.phone})
	})
	w.until("both sockets are open", func() bool { return w.slack.Sockets() == 2 })
	return func() { cancel(); running.Wait() }
}

// process makes a client as a process that has just started does.
func (w *world) process(o Options) *Client {
	o.AppToken, o.BotToken, o.URL = w.slack.AppToken(), w.slack.BotToken(), w.slack.URL()
	return New(w.bot, o)
}

// idleWorld is a world in which nothing runs yet.
func idleWorld(t *testing.T, o sim.SlackOptions) *world {
	t.Helper()
	s := sim.NewSlack(o)
	t.Cleanup(s.Close)
	keys, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "bot.db"), keys)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	w := &world{T: t, slack: s, store: &flaky{Store: db}, keys: keys, logged: &logbook{}, began: time.Now()}
	w.bot = &bot.Bot{
		Store: w.store, Service: rules.DefaultService(),
		Log:    slog.New(slog.NewTextHandler(w.logged, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Triage: "slack:" + triage, Safety: "slack:" + sim.SlackSafety,
	}
	w.client = w.process(Options{})
	return w
}

// until waits for something to come about on anybody's screen or in the store.
func (w *world) until(what string, holds func() bool) {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), 30*time.Second)
	defer cancel()
	for !holds() {
		look, stop := context.WithTimeout(ctx, 10*time.Millisecond)
		err := w.slack.Wait(look, holds)
		stop()
		if err == nil {
			return
		}
		if ctx.Err() != nil {
			w.Fatalf("waited in vain until %s\nlog:\n%s", what, w.logged)
		}
	}
}

// does fails the test if what a person did was not possible.
func (w *world) does(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// refer puts a referral into the triage channel, as if a parent had sent it, and returns
// its card.
func (w *world) refer(ref string) sim.SlackMessage {
	w.Helper()
	w.keep(ref)
	w.until("the card is posted", func() bool { return len(w.cards(ref)) == 1 })
	return w.cards(ref)[0]
}

// keep stores a referral and its card, which it returns, as it waits to be posted.
func (w *world) keep(ref string) store.Delivery {
	w.Helper()
	card := cardOf(ref)
	w.known(ref, card)
	return card
}

func cardOf(ref string) store.Delivery {
	return delivery(ref, bot.KindCard, "slack:"+triage, ref, "", bot.CardBody{Ref: ref})
}

// known commits a referral, and what is to be said of it.
func (w *world) known(ref string, said ...store.Delivery) {
	w.Helper()
	r := dialog.Referral{
		Ref: ref, Kind: dialog.KindReferral, Status: dialog.Received, Audience: rules.Parent,
		Chat:       dialog.Chat{Platform: "telegram", ID: "7700900"},
		Answers:    canaries(),
		Assessment: rules.Assessment{Overall: rules.Clear},
		ReceivedAt: time.Now().UTC(), DueAt: time.Now().UTC(),
	}
	w.commit(store.Change{Keys: []string{"test:" + ref}, Referral: &r, At: time.Now().UTC(), Deliveries: said})
}

func (w *world) commit(c store.Change) {
	w.Helper()
	if _, err := w.store.Commit(w.Context(), c); err != nil {
		w.Fatal(err)
	}
}

func delivery(id, kind, destination, name, edits string, body any) store.Delivery {
	raw, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return store.Delivery{ID: id, Kind: kind, Destination: destination, Name: name, Edits: edits, Body: raw}
}

// cards are the cards of a referral in the triage channel.
func (w *world) cards(ref string) []sim.SlackMessage {
	return slices.DeleteFunc(w.slack.Messages(triage), func(m sim.SlackMessage) bool {
		return m.User != sim.SlackBot || m.Blocks[0].Text == nil || !isCard(m.Blocks[0].Text.Text, ref)
	})
}

// isCard reports whether words begin the card of a referral.
func isCard(words, ref string) bool {
	title, _, _ := strings.Cut(words, " · ") // of one that is closed
	return title == "Referral "+ref || title == "Call asked for "+ref
}

// referral is the referral as it is stored.
func (w *world) referral(ref string) dialog.Referral {
	w.Helper()
	r, err := w.store.Referral(w.Context(), ref)
	if err != nil {
		w.Fatal(err)
	}
	return r
}

// audited are the actions in the audit of a referral.
func (w *world) audited(ref string) []string {
	w.Helper()
	entries, err := w.store.Audit(w.Context(), ref)
	if err != nil {
		w.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Action)
	}
	return out
}

// told is all that user alone has been shown in channels, as one text.
func (w *world) told(user string) string {
	var all []string
	for _, m := range w.slack.Ephemerals(user) {
		all = append(all, text(m))
	}
	return strings.Join(all, "\n")
}

// direct is all that stands in the direct messages with user, as one text.
func (w *world) direct(user string) string {
	var all []string
	for _, m := range w.slack.DM(user) {
		all = append(all, text(m))
	}
	return strings.Join(all, "\n")
}

// text is v as JSON, for looking for something anywhere in it.
func text(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// front waits for a modal of user's and returns the one in front.
func (w *world) front(user string, fits func(sim.View) bool) sim.View {
	w.Helper()
	var v sim.View
	w.until("a fitting view is open", func() bool {
		views := w.slack.Views(user)
		if len(views) == 0 {
			return false
		}
		v = views[len(views)-1]
		return fits(v)
	})
	return v
}

// sheet waits for a sheet of user's to be open.
func (w *world) sheet(user string) sim.View {
	w.Helper()
	return w.front(user, func(v sim.View) bool { return v.CallbackID == formSheet })
}

// button finds a button of the latest direct message to user that has one so labelled.
func (w *world) button(user, label string) (ts, action string) {
	w.Helper()
	w.until("there is a button "+label, func() bool {
		for _, m := range slices.Backward(w.slack.DM(user)) {
			for _, b := range m.Blocks {
				for _, e := range b.Elements {
					if e.Text != nil && strings.Contains(e.Text.Text, label) {
						ts, action = m.TS, e.ActionID
						return true
					}
				}
			}
		}
		return false
	})
	return ts, action
}

// canary is a mark that no answer but ours has.
const canary = "Zanzibar"

// canaries are answers of a fictional family, each unmistakable.
func canaries() rules.Answers {
	return rules.Answers{
		rules.Stage:           {"born"},
		rules.ParentName:      {canary + " Parent"},
		rules.BabyName:        {canary + " Baby"},
		rules.BabyDOB:         {"2026-06-15"},
		rules.ParentPhone:     {"07700 900123"},
		rules.ParentNHSNumber: {"9990000018"},
		rules.ParentPostcode:  {"SS1 1AA"},
		rules.Concern:         {"The quick brown " + canary + " jumps"},
	}
}
