package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/bot/sim"
	"referralbot/bot/telegram"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/faulttest"
	"referralbot/store/redis/redistest"
)

// trial is a world in which the program, on one of the stores, is harmed while people refer
// themselves.
type trial struct {
	*testing.T
	*world
	on    string // the store, as the table calls it
	kept  kept
	redis *redistest.Server // nil on SQLite
	proxy *redistest.Proxy  // between the program and it
	front *front            // nil where Telegram is polled
	db    store.Store       // the same, to read

	mu     sync.Mutex
	people []*mother
	// onlookers is the last of those who say something besides.
	onlookers int64
	turns     atomic.Int64 // taken by all of them
	again     atomic.Int64 // presses that Telegram kept too long
	wanted    rules.Answers
}

// Where a trial is held.
const (
	onSQLite = "SQLite"
	onRedis  = "Redis"
)

// onEach holds a trial on each store.
func onEach(t *testing.T, called bool, hold func(*trial)) {
	for _, on := range []string{onSQLite, onRedis} {
		t.Run(on, func(t *testing.T) {
			t.Parallel()
			if on == onSQLite || !redistest.Missing(t) {
				hold(newTrial(t, on, called))
			}
		})
	}
}

// newTrial makes one in which Telegram calls, or is polled. A second of Telegram's is short.
func newTrial(t *testing.T, on string, called bool) *trial {
	t.Helper()
	return newTrialWith(t, on, called, sim.SlackOptions{})
}

func newTrialWith(t *testing.T, on string, called bool, o sim.SlackOptions) *trial {
	t.Helper()
	o.Redeliver = []time.Duration{50 * time.Millisecond, 200 * time.Millisecond, time.Second, 3 * time.Second}
	tr := &trial{T: t, on: on, onlookers: 1_000_000}
	tr.world = newWorldWith(t, o, sim.TelegramOptions{Second: 50 * time.Millisecond})
	tr.keepIn(filepath.Dir(tr.file))
	if called {
		tr.front = newFront(t)
	}
	return tr
}

// keepIn has everything kept in a folder, on Redis by a server of the trial's own.
func (tr *trial) keepIn(folder string) {
	tr.Helper()
	tr.kept = kept{Store: "sqlite:" + filepath.Join(folder, "referralbot.db"), Keys: tr.keys}
	if tr.on != onRedis {
		return
	}
	var err error
	if tr.redis, err = redistest.New(folder, "--appendfsync", "always"); err != nil {
		tr.Fatal(err)
	}
	tr.Cleanup(tr.redis.Kill)
	tr.proxy = redistest.NewProxy(tr.T, tr.redis.Address())
	tr.kept.Store = tr.redis.URL()
}

// command is the program, to be started as one more process: the command line's serve, or,
// where spoilt names something that goes wrong inside, the same with that.
func (tr *trial) command(spoilt string) *exec.Cmd {
	program := exec.Command(os.Args[0], "serve")
	program.Env = []string{"REFERRALBOT_TEST_AS_PROGRAM=1", "PATH=" + os.Getenv("PATH"), "LEASE=1s", "SLACK_QUIET=300ms", "SLACK_SWEEP=2s"}
	if spoilt != "" {
		program.Env[0] = "REFERRALBOT_TEST_SPOILT=" + spoilt
	}
	env := tr.env()
	env["STORE"] = tr.kept.Store
	if tr.proxy != nil {
		env["STORE"] = tr.proxy.URL()
	}
	if tr.front != nil {
		env["PUBLIC_URL"], env["LISTEN"] = tr.front.URL, freeAddress(tr.T)
	}
	for name, value := range env {
		program.Env = append(program.Env, name+"="+value)
	}
	program.Stdout, program.Stderr = tr.log, tr.log
	return program
}

// start starts the program. It need not answer yet.
func (tr *trial) start(spoilt string) *exec.Cmd {
	tr.Helper()
	program := tr.command(spoilt)
	if err := program.Start(); err != nil {
		tr.Fatal(err)
	}
	tr.Cleanup(func() { kill(program) })
	if tr.front != nil {
		tr.front.leadTo(listens(program))
	}
	return program
}

// listens is where a process started by start answers.
func listens(program *exec.Cmd) string {
	for _, setting := range program.Env {
		if address, ok := strings.CutPrefix(setting, "LISTEN="); ok {
			return address
		}
	}
	return ""
}

// kill kills a process as a crash does.
func kill(program *exec.Cmd) {
	program.Process.Kill()
	program.Wait()
}

// open opens the store beside the program, which has made it.
func (tr *trial) open() {
	tr.Helper()
	tr.until("the store to be there", func() bool {
		var err error
		tr.db, err = tr.kept.openToRead()
		return err == nil
	})
	tr.Cleanup(func() { tr.db.Close() })
}

// patience is for how long something is waited for that must come in the end: in the full
// counts, while many are waiting and all is killed again and again, it may take long.
func patience() time.Duration { return time.Duration(faulttest.Count(3, 15)) * time.Minute }

// until waits until holds does.
func (tr *trial) until(what string, holds func() bool) {
	tr.Helper()
	for deadline := time.Now().Add(patience()); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			log := tr.log.String()
			tr.Fatalf("waited in vain for %s; the end of the program's log:\n%s", what, log[max(0, len(log)-4000):])
		}
	}
}

// mother is one who refers herself, and has done so much for it.
type mother struct {
	writer
	chat    dialog.Chat
	inputs  int64
	pressed func() // the press that waits for an answer, if it is one
}

// refer lets so many people refer themselves at once, each anew when she has done so, until
// enough is closed and all are done.
func (tr *trial) refer(people int, enough <-chan struct{}) (done func()) {
	var all sync.WaitGroup
	for range people {
		all.Go(func() {
			for tr.referOnce() {
				select {
				case <-enough:
					return
				default:
				}
			}
		})
	}
	return all.Wait
}

// referOnce lets a new person refer herself and reports whether she could.
func (tr *trial) referOnce() bool {
	p := tr.newPerson()
	d := &demo{telegram: tr.telegram, slack: tr.slack, store: tr.db, plays: newPlays()}
	p.writer.demo, p.writer.pen = d, pen{d.plays, asParent}
	p.act("/start", 0, "")
	for deadline := time.Now().Add(patience()); time.Now().Before(deadline); {
		answered, late := context.WithTimeout(tr.Context(), pressLife)
		c, ok := p.conversation(answered, p.chat, p.inputs)
		late()
		if !ok {
			tr.pressAgain(p)
			continue
		}
		deadline = time.Now().Add(patience())
		tr.turns.Add(1)
		if c.Stage == dialog.Sent {
			return true
		}
		if !p.goOn(c) {
			tr.Errorf("person %d: no way to go on from stage %s, field %q", p.user, c.Stage, c.Asked.Field)
			return false
		}
	}
	c, err := tr.db.Conversation(context.Background(), p.chat)
	tr.Errorf("person %d is not answered: %d inputs, version %d, stage %s, field %s, %v; Telegram keeps %d", p.user, p.inputs, c.Version, c.Stage, c.Asked.Field, err, tr.telegram.Pending())
	return false
}

func (tr *trial) newPerson() *mother {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	user := int64(1000 + len(tr.people))
	p := &mother{writer: writer{family: motherReferring(rules.DateOf(time.Now())), user: user}}
	p.chat = dialog.Chat{Platform: telegram.Platform, ID: strconv.FormatInt(user, 10)}
	tr.people = append(tr.people, p)
	return p
}

// pressLife is how long Telegram keeps a press.
const pressLife = 150 * 50 * time.Millisecond

// pressAgain does what people do if nothing comes of a press, which Telegram has kept too long.
func (tr *trial) pressAgain(p *mother) {
	if p.pressed == nil || tr.telegram.PressWaits(p.user) {
		return
	}
	if c, err := tr.db.Conversation(tr.Context(), p.chat); err == nil && c.Version < p.inputs {
		tr.again.Add(1)
		p.pressed()
	}
}

// act types text, or presses where there is none.
func (p *mother) act(text string, message int, data string) {
	p.inputs++
	p.pressed = nil
	if text == "" {
		p.pressed = func() { p.telegram.Press(p.user, message, data) }
	}
	if text != "" {
		p.telegram.Say(p.user, text)
		return
	}
	p.telegram.Press(p.user, message, data)
}

// goOn gives the next answer, as writer does, and waits for nothing.
func (p *mother) goOn(c dialog.Conversation) bool {
	message, codes := p.buttons(c.Asked.ID)
	left := p.left(c.Asked)
	if len(left) > 0 && !slices.Contains(codes, left[0]) {
		p.act(left[0], 0, "")
		return true
	}
	for _, code := range slices.Concat(left, goOn) {
		if slices.Contains(codes, code) {
			p.act("", message, c.Asked.ID+":"+code)
			return true
		}
	}
	return false
}

// harmed has people refer themselves while harm is done, so many times, each time after they
// got on since the last. It sees that all is well in the end, and what else is to be seen, and
// reports it.
func (tr *trial) harmed(people, times int, row faulttest.Row, harm func(n int), see ...func()) {
	tr.Helper()
	tr.harmedWith(people, times, &row, harm, see...)
}

// harmedWith is harmed where harm has something to add to the row.
func (tr *trial) harmedWith(people, times int, row *faulttest.Row, harm func(n int), see ...func()) {
	tr.Helper()
	enough := make(chan struct{})
	finish := sync.OnceFunc(func() { close(enough) })
	defer finish()
	done := tr.refer(people, enough)
	for n := range times {
		before := tr.turns.Load()
		tr.until("people to get on", func() bool { return tr.turns.Load() > before || tr.Failed() })
		if tr.Failed() {
			break
		}
		harm(n)
		if n%50 == 49 {
			tr.Logf("%d times of %d; %d turns", n+1, times, tr.turns.Load())
		}
	}
	finish()
	done()
	row.Count, row.How = max(row.Count, times), strings.TrimSpace(row.How+" on "+tr.on)
	tr.settle(row)
	for _, see := range see {
		see()
	}
	faulttest.Report(tr.T, *row)
}

// settle waits until nothing is left to do and counts what was lost and what was done twice.
func (tr *trial) settle(row *faulttest.Row) {
	tr.Helper()
	tr.until("everything to be heard and said", func() bool {
		stats, err := tr.db.Stats(tr.Context())
		return err == nil && stats.Waiting == 0 && tr.telegram.Pending() == 0
	})
	tr.until("one card of each referral", func() bool { return len(tr.wrongCards()) == 0 })
	again, inputs := 0, int64(0)
	for _, p := range tr.people {
		inputs += p.inputs
		again += shownAgain(tr.telegram.Messages(p.user))
		c, err := tr.db.Conversation(tr.Context(), p.chat)
		if err != nil {
			tr.Fatal(err)
		}
		if tr.wanted == nil {
			tr.wanted = c.Answers
		}
		if diff := cmp.Diff(tr.wanted, c.Answers); diff != "" || c.Version < p.inputs {
			row.Lost++
			tr.Errorf("person %d: %d inputs, version %d, answers %s", p.user, p.inputs, c.Version, diff)
		}
		if c.Version > p.inputs {
			row.Doubled++
			tr.Errorf("person %d: %d inputs, version %d", p.user, p.inputs, c.Version)
		}
	}
	if tr.front != nil {
		row.Note = strings.TrimSpace(fmt.Sprintf("answered within %v. %s", time.Duration(tr.front.slowest.Load()).Round(10*time.Millisecond), row.Note))
	}
	row.Note = strings.TrimSpace(fmt.Sprintf("%d inputs of %d referrals, %d messages shown again, %d presses out of date. %s", inputs, len(tr.people), again, tr.again.Load(), row.Note))
}

// wrongCards are the references of those whose referral has no card, or more than one.
func (tr *trial) wrongCards() (wrong []string) {
	shown := asJSON(cards(tr.slack.Messages(sim.SlackTriage)))
	count := map[string]int{}
	for _, m := range cards(tr.slack.Messages(sim.SlackTriage)) {
		count[m.Metadata]++
	}
	for _, p := range tr.people {
		c, err := tr.db.Conversation(tr.Context(), p.chat)
		if err != nil || c.Ref == "" || !strings.Contains(shown, c.Ref) {
			wrong = append(wrong, c.Ref)
		}
	}
	if len(cards(tr.slack.Messages(sim.SlackTriage))) != len(tr.people) || len(count) != len(tr.people) {
		wrong = append(wrong, "more cards than referrals")
	}
	return wrong
}

// shownAgain counts the prompts that stand in a chat more than once. Telegram cannot be asked
// whether it has shown something, so that what is uncertain is sent again.
func shownAgain(messages []sim.TelegramMessage) int {
	prompts, again := map[string]bool{}, 0
	for _, m := range messages {
		buttons := slices.Concat(m.Buttons...)
		if len(buttons) == 0 {
			continue
		}
		id, _, _ := strings.Cut(buttons[0].Data, ":")
		if id != "" && prompts[id] {
			again++
		}
		prompts[id] = true
	}
	return again
}

// front stands where the internet does: it brings Telegram's calls to one of the processes.
type front struct {
	*httptest.Server
	mu      sync.Mutex
	to      []string
	next    int
	dark    atomic.Bool                     // nobody is reached
	down    atomic.Int64                    // which time it is that nothing can be stored, so that nothing may be acknowledged; 0 for none
	late    func(body []byte) time.Duration // by how much a call is held up; nil for none
	taken   atomic.Int64
	refused atomic.Int64 // with 503, by the program
	early   atomic.Int64 // acknowledged although nothing could be stored
	slowest atomic.Int64 // of the answers
}

func newFront(t *testing.T) *front {
	f := &front{}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

// leadTo leads to one more process. There may be two: who came before them has gone.
func (f *front) leadTo(address string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.to = append(f.to, address)
	f.to = f.to[max(0, len(f.to)-2):]
}

// ServeHTTP brings one call to the next process that there is.
func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil || f.dark.Load() {
		http.Error(w, "dark", http.StatusServiceUnavailable)
		return
	}
	if f.late != nil {
		time.Sleep(f.late(body))
	}
	f.mu.Lock()
	to := slices.Clone(f.to)
	f.next++
	next := f.next
	f.mu.Unlock()
	for n := range to {
		down := f.down.Load()
		status, err := bring(r, to[(next+n)%len(to)], body, &f.slowest)
		if err != nil {
			continue
		}
		if status == http.StatusServiceUnavailable {
			f.refused.Add(1)
		}
		if f.taken.Add(1); down > 0 && f.down.Load() == down && status == http.StatusOK {
			f.early.Add(1)
		}
		w.WriteHeader(status)
		return
	}
	http.Error(w, "nobody", http.StatusServiceUnavailable)
}

// caller has patience of three seconds, which are Slack's.
var caller = &http.Client{Timeout: 3 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}

// bring brings one call to address and returns how it was answered.
func bring(r *http.Request, address string, body []byte, slowest *atomic.Int64) (int, error) {
	out, err := http.NewRequestWithContext(r.Context(), r.Method, "http://"+address+r.URL.Path, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	out.Header = r.Header.Clone()
	began := time.Now()
	resp, err := caller.Do(out)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, resp.Body)
	for took := int64(time.Since(began)); ; {
		most := slowest.Load()
		if took <= most || slowest.CompareAndSwap(most, took) {
			return resp.StatusCode, nil
		}
	}
}
