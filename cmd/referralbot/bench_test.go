package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
	goredis "github.com/redis/go-redis/v9"

	"referralbot/bot/sim"
	"referralbot/store/redis/redistest"
)

// BenchmarkTurns reports the turns a second of the whole program, parents writing at once at
// a local Telegram, on each store.
func BenchmarkTurns(b *testing.B) {
	for _, talkers := range []int{1, 50, 500} {
		b.Run(fmt.Sprint("talkers=", talkers), func(b *testing.B) {
			b.Run("sqlite", func(b *testing.B) {
				benchProgram(b, b.N, talkers, "sqlite:"+filepath.Join(b.TempDir(), "bench.db")).report(b, "")
			})
			if redistest.Installed() {
				b.Run("redis", func(b *testing.B) { benchProgram(b, b.N, talkers, redistest.Own(b).URL()).report(b, "") })
			}
		})
	}
}

// BenchmarkBesideBare reports the same of the program on Redis and, by turns with it on the
// same server, of the least that a bot there can do: a handler of the library's own that gets
// one key, sets it, and answers. It logs where the program's own time goes:
//
//	go test ./cmd/referralbot -run '^$' -bench BesideBare -benchtime 20000x
//
// Time of the processors tells more than turns a second where others use them too. It counts
// the local Telegram, and the parents, of each.
func BenchmarkBesideBare(b *testing.B) {
	if !redistest.Installed() {
		b.Skip("redis-server is not installed")
	}
	const talkers, rounds = 500, 4
	server := redistest.Own(b)
	var ours, bare taken
	var where places
	for range rounds {
		turns := max(talkers, b.N/rounds)
		bare.add(benchOn(b, server, func() taken { return benchBare(b, turns, talkers, server.URL()) }))
		where.sample(b, func() {
			ours.add(benchOn(b, server, func() taken { return benchProgram(b, turns, talkers, server.URL()) }))
		})
	}
	ours.report(b, "")
	bare.report(b, "bare-")
	b.ReportMetric(ours.rate()/bare.rate(), "of-bare")
	b.ReportMetric(0, "ns/op")
	if b.N >= rounds*talkers {
		fmt.Print(where.table(ours.turns)) // b.Log would cut it short
	}
}

// benchOn empties a server, has it measured, and adds what it took of the processors itself.
func benchOn(b *testing.B, server *redistest.Server, measure func() taken) taken {
	b.Helper()
	o, err := goredis.ParseURL(server.URL())
	if err != nil {
		b.Fatal(err)
	}
	db := goredis.NewClient(o)
	defer db.Close()
	if err := db.FlushAll(b.Context()).Err(); err != nil {
		b.Fatal(err)
	}
	began := processTime(b, server.Process.Process.Pid)
	t := measure()
	t.there = processTime(b, server.Process.Process.Pid) - began
	return t
}

// processTime is what a process has used of the processors.
func processTime(b *testing.B, pid int) time.Duration {
	b.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // its name, in which anything may stand, ends so
	fields := strings.Fields(rest)
	const user, system = 11, 12
	var ticks int
	for _, at := range []int{user, system} {
		n, err := strconv.Atoi(fields[at])
		if err != nil {
			b.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * time.Second / 100
}

// taken is what turns took: by the clock, and of the processors, here and at the server.
type taken struct {
	load
	turns       int
	here, there time.Duration
}

func (t *taken) add(o taken) {
	t.took = append(t.took, o.took...)
	slices.Sort(t.took)
	t.whole, t.turns, t.here, t.there = t.whole+o.whole, t.turns+o.turns, t.here+o.here, t.there+o.there
}

func (t taken) rate() float64 { return float64(t.turns) / t.whole.Seconds() }

func (t taken) report(b *testing.B, of string) {
	each := func(d time.Duration) float64 { return float64(d.Microseconds()) / float64(t.turns) }
	b.ReportMetric(t.rate(), of+"turns/s")
	b.ReportMetric(float64(t.within(0.50).Microseconds()), of+"p50-µs")
	b.ReportMetric(float64(t.within(0.99).Microseconds()), of+"p99-µs")
	b.ReportMetric(each(t.here), of+"cpu-µs")
	if t.there > 0 {
		b.ReportMetric(each(t.there), of+"redis-cpu-µs")
	}
}

func benchProgram(b *testing.B, turns, talkers int, store string) taken {
	telegram := sim.NewTelegram(sim.TelegramOptions{})
	defer telegram.Close()
	slack := sim.NewSlack(sim.SlackOptions{})
	defer slack.Close()
	p, err := assembleLocal(telegram, slack, store, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	defer p.store.Close()
	p.bot.Unhurried = true
	return benchTurns(b, turns, talkers, telegram, func(ctx context.Context) error { return p.run(ctx) })
}

func benchBare(b *testing.B, turns, talkers int, store string) taken {
	telegram := sim.NewTelegram(sim.TelegramOptions{})
	defer telegram.Close()
	o, err := goredis.ParseURL(store)
	if err != nil {
		b.Fatal(err)
	}
	db := goredis.NewClient(o)
	defer db.Close()
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	handler := func(ctx context.Context, api *tg.Bot, u *models.Update) {
		key := "chat:" + strconv.FormatInt(u.Message.Chat.ID, 10)
		n, _ := db.Get(ctx, key).Int()
		db.Set(ctx, key, n+1, 0)
		api.SendMessage(ctx, &tg.SendMessageParams{
			ChatID: u.Message.Chat.ID, Text: fmt.Sprint("turn ", n),
			ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "Yes", CallbackData: "yes"}}}},
		})
	}
	api, err := tg.New(telegram.Token(), tg.WithServerURL(telegram.URL()), tg.WithDefaultHandler(handler), tg.WithSkipGetMe(),
		tg.WithHTTPClient(time.Minute, &http.Client{Transport: transport, Timeout: 70 * time.Second}))
	if err != nil {
		b.Fatal(err)
	}
	return benchTurns(b, turns, talkers, telegram, func(ctx context.Context) error { api.Start(ctx); return nil })
}

// benchTurns takes so many turns, shared by the talkers, while the bot runs.
func benchTurns(b *testing.B, turns, talkers int, telegram *sim.Telegram, run actor) taken {
	c := benchCmd{Conversations: talkers, Turns: max(2, turns/talkers)}
	t := taken{turns: c.Conversations * c.Turns}
	began := processTime(b, os.Getpid())
	err := together(b.Context(), run, func(ctx context.Context) (err error) {
		t.load, err = c.talk(ctx, telegram)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	t.here = processTime(b, os.Getpid()) - began
	return t
}

// places are what the time of processors goes to. A sample belongs to the first whose function
// is in its stack, by the beginning of its name; of what is in the stack of none there is the
// library's and the runtime's own.
var placesOfTime = []struct{ what, functions string }{
	{"collecting garbage", "runtime.gcBgMarkWorker runtime.bgsweep runtime.gcAssistAlloc runtime.bgscavenge"},
	{"the local Telegram and the parents", "referralbot/bot/sim. referralbot/cmd/referralbot.benchCmd referralbot/cmd/referralbot.(*talker) net/http.(*conn)"},
	{"reading for risk", "referralbot/rules.DetectRisk"},
	{"the rest of the dialogue", "referralbot/dialog.Step"},
	{"sealing and JSON in the store", "referralbot/store/redis.codec"},
	{"asking Redis", "referralbot/store/redis. github.com/redis/go-redis"},
	{"calling Telegram: the body and its answer", "referralbot/bot/telegram.(*Client).Deliver github.com/go-telegram/bot"},
	{"calling Telegram: the connections", "net/http. net."},
	{"receiving", "referralbot/bot/telegram. encoding/json"},
	{"the rest of a turn", "referralbot/"},
}

// places counts the samples of a profile by what they belong to.
type places struct{ nanoseconds map[string]int64 }

// sample measures where the time of do goes.
func (p *places) sample(b *testing.B, do func()) {
	b.Helper()
	file := filepath.Join(b.TempDir(), "profile")
	out, err := os.Create(file)
	if err == nil {
		err = pprof.StartCPUProfile(out)
	}
	if err != nil { // -cpuprofile has it
		do()
		return
	}
	do()
	pprof.StopCPUProfile()
	out.Close()
	binary, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	traces, err := exec.Command("go", "tool", "pprof", "-traces", "-unit=ns", binary, file).Output()
	if err != nil {
		b.Fatal(err)
	}
	p.read(string(traces))
}

// read adds what pprof -traces prints: after a line of dashes the time of a stack and its
// innermost function, and then the others, one to a line.
func (p *places) read(traces string) {
	if p.nanoseconds == nil {
		p.nanoseconds = map[string]int64{}
	}
	_, stacks, _ := strings.Cut(traces, "-----------+")
	for stack := range strings.SplitSeq(stacks, "-----------+") {
		_, stack, _ = strings.Cut(stack, "\n")
		first := strings.Fields(stack)
		if len(first) < 2 {
			continue
		}
		ns, err := strconv.ParseInt(strings.TrimSuffix(first[0], "ns"), 10, 64)
		if err == nil {
			p.nanoseconds[placeOf(first[1:])] += ns
		}
	}
}

func placeOf(stack []string) string {
	for _, place := range placesOfTime {
		for function := range strings.FieldsSeq(place.functions) {
			if slices.ContainsFunc(stack, func(f string) bool { return strings.HasPrefix(f, function) }) {
				return place.what
			}
		}
	}
	return "the runtime"
}

// table is what a turn took of each place.
func (p *places) table(turns int) string {
	var all int64
	for _, ns := range p.nanoseconds {
		all += ns
	}
	var table strings.Builder
	table.WriteString("where the time of a turn goes, by samples:\n")
	for _, what := range slices.SortedFunc(maps.Keys(p.nanoseconds), func(a, b string) int { return cmp.Compare(p.nanoseconds[b], p.nanoseconds[a]) }) {
		ns := p.nanoseconds[what]
		fmt.Fprintf(&table, "%5.0f µs %3d %%  %s\n", float64(ns)/1e3/float64(turns), 100*ns/max(all, 1), what)
	}
	return table.String()
}
