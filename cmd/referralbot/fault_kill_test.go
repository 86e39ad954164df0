package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/store"
	"referralbot/store/faulttest"
	"referralbot/store/redis/redistest"
)

// TestFaultKilled kills the program with kill -9 at random moments while people refer
// themselves. Nothing that they said is lost and nothing is done twice.
func TestFaultKilled(t *testing.T) {
	t.Parallel()
	onEach(t, false, func(tr *trial) {
		program := tr.start("")
		tr.open()
		people := faulttest.Count(5, 50)
		row := faulttest.Row{ID: "F1", Fault: "program killed at random moments", How: fmt.Sprintf("`serve`, %d chats", people)}
		tr.harmed(people, faulttest.Count(6, 1000), row, func(n int) {
			if n%50 == 49 {
				tr.leftAlone(people)
			}
			time.Sleep(time.Duration(15+rand.IntN(60)) * time.Millisecond)
			kill(program)
			program = tr.start("")
		})
	})
}

// leftAlone waits for two turns of each of so many people, as few or many as each takes. A
// program that never heard all that there was, for as long as Telegram keeps a press, takes
// presses for lost and shows people their questions again, which are turns that nobody counts.
func (tr *trial) leftAlone(people int) {
	tr.Helper()
	enough := tr.turns.Load() + int64(2*people)
	tr.until("people to get on for a while", func() bool { return tr.turns.Load() > enough })
}

// crashes are the points at which the program dies: before or after the nth time that it asks
// this of the store, n up to most, or in a call of Slack.
var crashes = []struct {
	point string
	most  int
}{
	{"before Conversation", 12}, {"after Conversation", 12}, {"before Commit", 12}, {"after Commit", 12},
	{"before Take", 6}, {"after Take", 3}, {"before Start", 3}, {"after Start", 3}, {"before Done", 12}, {"after Done", 12},
	{"before Retry", 1}, {"after Retry", 1}, {"before Due", 1}, {"after Due", 1}, {"before Shown", 2}, {"after Shown", 2},
	{"before Lease", 2}, {"after Lease", 2}, {point: "in a call, before it is taken"}, {point: "in a call, after it is taken"},
}

// TestFaultCrashPoints has the program killed between one thing and the next, wherever it asks
// something of the store, and while Slack is called. Who writes that they are in danger has the
// safety channel told of it, and no alert stands there twice.
func TestFaultCrashPoints(t *testing.T) {
	t.Parallel()
	onEach(t, false, func(tr *trial) {
		rest := tr.start("")
		tr.open()
		people, times, each := faulttest.Count(4, 20), faulttest.Count(3, 50), faulttest.Count(1, len(crashes))
		next, inDanger := rand.IntN(len(crashes)), 0
		row := faulttest.Row{ID: "F2", Fault: fmt.Sprintf("program killed at %d named points", len(crashes)), How: "`serve`, 20 chats"}
		tr.harmedWith(people, times, &row, func(int) {
			kill(rest)
			for range each {
				inDanger += tr.crash(crashes[next].point, crashes[next].most)
				next = (next + 1) % len(crashes)
				row.Count++
			}
			rest = tr.start("")
			tr.leftAlone(people)
		}, func() {
			tr.until("an alert of each in danger, and none twice", func() bool {
				alerts, marks := tr.slack.Messages(sim.SlackSafety), map[string]bool{}
				for _, m := range alerts {
					marks[cmp.Or(m.Metadata, m.TS)] = true // what is said past the store has no mark, and is said again in the store's time
				}
				return len(alerts) >= inDanger && len(marks) == len(alerts)
			})
		})
	})
}

// crash runs the program until it dies at a point, as often as that takes, and returns how many
// people have said for it that they are in danger.
func (tr *trial) crash(point string, most int) (inDanger int) {
	tr.Helper()
	after, calls := strings.CutPrefix(point, "in a call, ")
	for range 20 {
		if calls {
			inDanger++
			tr.onlookers++
			tr.telegram.Say(tr.onlookers, "I want to die")
		}
		if strings.HasSuffix(point, "Retry") {
			tr.telegram.Fault("sendMessage", sim.Fault{Kind: sim.RateLimit, Times: 3, RetryAfter: 100 * time.Millisecond})
		}
		switch {
		case calls && tr.dieInCall(strings.HasPrefix(after, "after")):
			return inDanger
		case !calls && tr.dies(tr.command(fmt.Sprint(point, " ", 1+rand.IntN(most)))):
			return inDanger
		}
	}
	tr.Errorf("the program does not come to the point: %s", point)
	return inDanger
}

// dieInCall runs the program until it posts something, kills it before or after Slack has taken
// that, and reports whether it came to it.
func (tr *trial) dieInCall(after bool) bool {
	defer tr.slack.Disturb("chat.postMessage", nil)
	program, died := tr.command(""), make(chan struct{})
	var met atomic.Bool
	tr.slack.Disturb("chat.postMessage", func() (sim.Fault, bool) {
		met.Store(true)
		program.Process.Kill()
		<-died
		return sim.Fault{Kind: sim.Hang, After: after}, true
	})
	tr.dies(program)
	close(died)
	return met.Load()
}

// dies starts program, waits until it is dead, and reports whether it has killed itself. One
// that does not for a while is killed.
func (tr *trial) dies(program *exec.Cmd) bool {
	tr.Helper()
	if err := program.Start(); err != nil {
		tr.Fatal(err)
	}
	late := time.AfterFunc(3*time.Second, func() { program.Process.Kill() })
	program.Wait()
	return late.Stop() && program.ProcessState.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL
}

// serveSpoilt is serve with something that goes wrong inside, for tests alone.
func serveSpoilt(how string) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c serveCmd
	parser, err := kong.New(&c, kong.Resolvers(&environment{getenv: os.Getenv}))
	if err == nil {
		_, err = parser.Parse(nil)
	}
	if err != nil {
		report(err, os.Stderr)
		os.Exit(exitUsage)
	}
	os.Exit(report(c.serveSpoilt(ctx, how), os.Stderr))
}

func (c serveCmd) serveSpoilt(ctx context.Context, how string) error {
	keys, err := c.keys()
	if err != nil {
		return err
	}
	p, err := c.assemble(slog.New(slog.NewTextHandler(os.Stderr, nil)), keys)
	if err != nil {
		return err
	}
	defer p.store.Close()
	point, nth, _ := cutLast(how)
	left := &atomic.Int64{}
	left.Store(int64(nth))
	p.bot.Store = deadly{Store: p.store, point: point, left: left}
	return p.run(ctx)
}

// cutLast parts a number from the words before it.
func cutLast(s string) (words string, n int, err error) {
	i := strings.LastIndex(s, " ")
	n, err = strconv.Atoi(s[i+1:])
	return s[:max(i, 0)], n, err
}

// deadly is a store that kills its process at the nth time that a point is met.
type deadly struct {
	store.Store
	point string
	left  *atomic.Int64
}

// at is a point.
func (d deadly) at(point string) {
	if point == d.point && d.left.Add(-1) == 0 {
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {} // until it is dead
	}
}

// around asks the store something between two points.
func around[T any](d deadly, what string, ask func() (T, error)) (T, error) {
	d.at("before " + what)
	defer d.at("after " + what)
	return ask()
}

func (d deadly) Conversation(ctx context.Context, chat dialog.Chat) (dialog.Conversation, error) {
	return around(d, "Conversation", func() (dialog.Conversation, error) { return d.Store.Conversation(ctx, chat) })
}

func (d deadly) Commit(ctx context.Context, c store.Change) ([]store.Delivery, error) {
	return around(d, "Commit", func() ([]store.Delivery, error) { return d.Store.Commit(ctx, c) })
}

func (d deadly) Shown(ctx context.Context, destination, name string) (string, error) {
	return around(d, "Shown", func() (string, error) { return d.Store.Shown(ctx, destination, name) })
}

func (d deadly) Take(ctx context.Context, lease time.Duration) (store.Delivery, bool, error) {
	d.at("before Take")
	taken, ok, err := d.Store.Take(ctx, lease)
	if ok {
		d.at("after Take")
	}
	return taken, ok, err
}

func (d deadly) Start(ctx context.Context, taken store.Delivery) error {
	_, err := around(d, "Start", func() (any, error) { return nil, d.Store.Start(ctx, taken) })
	return err
}

func (d deadly) Done(ctx context.Context, taken store.Delivery, external string) error {
	_, err := around(d, "Done", func() (any, error) { return nil, d.Store.Done(ctx, taken, external) })
	return err
}

func (d deadly) Retry(ctx context.Context, taken store.Delivery, after time.Duration, cause string) error {
	_, err := around(d, "Retry", func() (any, error) { return nil, d.Store.Retry(ctx, taken, after, cause) })
	return err
}

func (d deadly) Due(ctx context.Context, now time.Time, n int) ([]store.Timer, error) {
	return around(d, "Due", func() ([]store.Timer, error) { return d.Store.Due(ctx, now, n) })
}

func (d deadly) Lease(ctx context.Context, name, holder string, last time.Duration) (bool, error) {
	return around(d, "Lease", func() (bool, error) { return d.Store.Lease(ctx, name, holder, last) })
}

// onRedisAlone holds a trial on Redis, before which there is a proxy.
func onRedisAlone(t *testing.T, hold func(*trial)) {
	t.Helper()
	if !redistest.Missing(t) {
		hold(newTrial(t, onRedis, true))
	}
}

// TestFaultServerRestarted kills the Redis server and starts it again while people refer
// themselves. While it is down nothing is acknowledged.
func TestFaultServerRestarted(t *testing.T) {
	t.Parallel()
	onRedisAlone(t, func(tr *trial) {
		tr.start("")
		tr.open()
		row := faulttest.Row{ID: "F11", Fault: "Redis killed and started again", How: "`serve`, called by Telegram,"}
		tr.harmed(faulttest.Count(4, 50), faulttest.Count(3, 200), row, func(n int) {
			tr.redis.Kill()
			tr.front.down.Store(int64(n + 1))
			time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond)
			tr.front.down.Store(0)
			if err := tr.redis.Start(); err != nil {
				tr.Fatal(err)
			}
		}, tr.noneEarly)
	})
}

// noneEarly sees that nothing was acknowledged that could not be stored, and that everything
// was answered in time.
func (tr *trial) noneEarly() {
	tr.Helper()
	if n := tr.front.early.Load(); n > 0 {
		tr.Errorf("%d were acknowledged while nothing could be stored", n)
	}
	if took := time.Duration(tr.front.slowest.Load()); took > 2500*time.Millisecond {
		tr.Errorf("one was answered after %v", took)
	}
}

// TestFaultPartition lets nothing pass between the program and Redis, first one way and then
// the other.
func TestFaultPartition(t *testing.T) {
	t.Parallel()
	for way, name := range []string{redistest.ToServer: "to Redis", redistest.FromServer: "from Redis"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onRedisAlone(t, func(tr *trial) {
				tr.start("")
				tr.open()
				lasts := time.Duration(faulttest.Count(2, 6)) * time.Second // longer than the program takes to answer
				row := faulttest.Row{ID: "F13", Fault: fmt.Sprintf("nothing passes %s for %v", name, lasts), How: "`serve`, called by Telegram,"}
				tr.harmed(faulttest.Count(4, 50), faulttest.Count(1, 50), row, func(n int) {
					tr.proxy.Stall(way, true)
					time.Sleep(10 * time.Millisecond) // what has just passed is acknowledged
					tr.front.down.Store(int64(n + 1))
					time.Sleep(lasts)
					tr.front.down.Store(0)
					tr.proxy.Stall(way, false)
				}, tr.noneEarly)
			})
		})
	}
}

// TestFaultSlowStore has Redis answer two seconds late.
func TestFaultSlowStore(t *testing.T) {
	t.Parallel()
	onRedisAlone(t, func(tr *trial) {
		tr.start("")
		tr.open()
		row := faulttest.Row{ID: "F22", Fault: "every answer of Redis two seconds late for 3s", How: "`serve`, called by Telegram,"}
		tr.harmed(faulttest.Count(4, 50), faulttest.Count(1, 20), row, func(int) {
			tr.proxy.Delay(2 * time.Second)
			time.Sleep(3 * time.Second)
			tr.proxy.Delay(0)
		}, tr.noneEarly)
	})
}

// TestFaultStopped stops one of two processes that share a Redis for longer than its leases
// last, and lets it go on.
func TestFaultStopped(t *testing.T) {
	t.Parallel()
	onRedisAlone(t, func(tr *trial) {
		programs := []*exec.Cmd{tr.start(""), tr.start("")}
		tr.open()
		row := faulttest.Row{ID: "F15", Fault: "one of two processes stopped for longer than its leases of 1s", How: "`serve`, called by Telegram,"}
		tr.harmed(faulttest.Count(4, 50), faulttest.Count(2, 200), row, func(n int) {
			program := programs[n%2].Process
			err := program.Signal(syscall.SIGSTOP)
			time.Sleep(1200 * time.Millisecond)
			if err := errors.Join(err, program.Signal(syscall.SIGCONT)); err != nil {
				tr.Fatal(err)
			}
		})
	})
}
