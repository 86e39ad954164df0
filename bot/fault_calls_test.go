package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/faulttest"
	"referralbot/store/redis"
	"referralbot/store/redis/redistest"
	"referralbot/store/seal"
	"referralbot/store/sqlite"
)

// TestMain runs the tests, or is the process of one that is killed.
func TestMain(m *testing.M) {
	if os.Getenv("RACE_STORE") != "" {
		if err := raceAsToldTo(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// A race is for the twenty slots of one day: five times, four calls at once.
const (
	raceSlots  = 20
	raceAtOnce = 4
	raceTimes  = raceSlots / raceAtOnce
)

// racers is how many race: more than there are slots.
var racers = faulttest.Count(60, 200)

// raceDay is a day on which the race is open, which is over by now; it is the same for all who
// take part, even past midnight.
var raceDay = func() rules.Date {
	if day, ok := rules.ParseISODate(os.Getenv("RACE_DAY")); ok {
		return day
	}
	day := rules.DateOf(time.Now()).AddDays(-1)
	for rules.BankHoliday(day) != "" {
		day = day.AddDays(-1)
	}
	return day
}()

// raceBot is a bot whose service takes calls on that day, at noon of the day before.
func raceBot(s store.Store) *Bot {
	service := *rules.DefaultService()
	service.Calls = rules.Calls{Hours: map[string][]string{}, Length: 30, Buffer: 10, Horizon: 1, AtOnce: raceAtOnce, Hold: 10, CutOff: 1, Attempts: 3}
	for _, day := range []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"} {
		service.Calls.Hours[day] = []string{"09:00-12:10"}
	}
	noon, _ := time.Parse(time.RFC3339, raceDay.AddDays(-1).String()+"T13:00:00Z")
	return &Bot{
		Store: s, Service: &service, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Triage: "slack:C1", Safety: "slack:C2",
		Unhurried: true, Now: func() time.Time { return noon },
	}
}

func racer(n int) dialog.Chat { return dialog.Chat{Platform: "race", ID: strconv.Itoa(n)} }

// dawdles reports whether a racer chooses a time and never says whether to book it.
func dawdles(n int) bool { return n%5 == 2 }

// untilDone does something again until a busy server has had the time for it.
func untilDone[T any](do func() (T, error)) (v T, err error) {
	for range 100 {
		if v, err = do(); err == nil || errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrLeaseLost) {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	return v, err
}

// run lets a racer go on from wherever they are until they have what they can get.
func run(ctx context.Context, b *Bot, n int) error {
	for {
		c, err := untilDone(func() (dialog.Conversation, error) { return b.Store.Conversation(ctx, racer(n)) })
		if err != nil {
			return err
		}
		in := dialog.Input{}
		press := func(code string) { in.Press = &dialog.Press{Prompt: c.Asked.ID, Choice: code} }
		choosing := c.Choosing
		switch {
		case c.Call:
			return nil
		case c.Stage != dialog.Booking:
			in.Text = "human"
		case c.Asked.Field != "":
			in.Text = "01632 960101"
		case !choosing.Chosen.From.IsZero() && dawdles(n):
			return nil
		case !choosing.Chosen.From.IsZero():
			press("book_it")
		case len(choosing.Shown) > 0:
			press("time_" + strconv.Itoa(1+(n+int(c.Version))%len(choosing.Shown)))
		default:
			press("any_time")
		}
		heard := Heard{Chat: racer(n), Audience: rules.Professional, Keys: []string{fmt.Sprintf("race:%d:%d", n, c.Version)}, Input: in}
		_, err = untilDone(func() (any, error) { _, _, err := b.Hear(ctx, heard); return nil, err })
		if err != nil {
			return err
		}
	}
}

// raceAll lets the racers from one number to another run, sixteen at a time.
func raceAll(b *Bot, from, to int) error {
	next := make(chan int, to-from)
	for _, n := range rand.Perm(to - from) {
		next <- from + n
	}
	close(next)
	errs := make([]error, 16)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			for n := range next {
				errs[i] = errors.Join(errs[i], run(context.Background(), b, n))
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// track is where a race takes place.
type track struct {
	redis  string // the address of the servers, "" for SQLite
	place  string // the file, or what comes before every key
	keys   string // the file
	runner int    // how many processes race at once
}

func (tr track) open() (store.Store, error) {
	keys, err := seal.ReadFile(tr.keys)
	if err != nil {
		return nil, err
	}
	if tr.redis == "" {
		return sqlite.Open(tr.place, keys)
	}
	return redis.Open(context.Background(), tr.redis, keys, redis.Options{Prefix: tr.place})
}

// raceAsToldTo is the process of a race.
func raceAsToldTo() error {
	tr := track{redis: os.Getenv("RACE_STORE"), place: os.Getenv("RACE_PLACE"), keys: os.Getenv("RACE_KEYS")}
	if tr.redis == "sqlite" {
		tr.redis = ""
	}
	s, err := tr.open()
	if err != nil {
		return err
	}
	defer s.Close()
	from, _ := strconv.Atoi(os.Getenv("RACE_FROM"))
	to, _ := strconv.Atoi(os.Getenv("RACE_TO"))
	return raceAll(raceBot(s), from, to)
}

// process starts one of the processes of a race.
func (tr track) process(t *testing.T, i int) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0])
	on := tr.redis
	if on == "" {
		on = "sqlite"
	}
	c.Env = append(os.Environ(), "RACE_STORE="+on, "RACE_DAY="+raceDay.String(), "RACE_PLACE="+tr.place, "RACE_KEYS="+tr.keys,
		fmt.Sprint("RACE_FROM=", i*racers/tr.runner), fmt.Sprint("RACE_TO=", (i+1)*racers/tr.runner))
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

// race lets all race, and kills each process now and then, until all have what they can get. It
// returns how often it killed one.
func (tr track) race(t *testing.T, kills int) int {
	t.Helper()
	var all sync.WaitGroup
	killed := make([]int, tr.runner)
	for i := range tr.runner {
		all.Go(func() {
			for {
				c := tr.process(t, i)
				done := make(chan error, 1)
				go func() { done <- c.Wait() }()
				late := time.Duration(20+rand.IntN(250)) * time.Millisecond
				if killed[i] == kills {
					late = time.Minute
				}
				select {
				case err := <-done:
					if err != nil {
						t.Errorf("a process ended with %v", err)
					}
					return
				case <-time.After(late):
					_ = c.Process.Kill()
					<-done
					if killed[i]++; killed[i] > kills {
						t.Error("a race does not end")
						return
					}
				}
			}
		})
	}
	all.Wait()
	n := 0
	for _, k := range killed {
		n += k
	}
	return n
}

// lastSaid is what each racer was told last.
func lastSaid(t *testing.T, s store.Store) map[string]string {
	t.Helper()
	var mu sync.Mutex
	said := map[string]string{}
	var all sync.WaitGroup
	for range 32 {
		all.Go(func() {
			for {
				found := false
				d, err := untilDone(func() (d store.Delivery, err error) {
					d, found, err = s.Take(context.Background(), 10*time.Second)
					return d, err
				})
				if err != nil {
					t.Error(err)
					return
				}
				if !found { // or what was taken is waited for, though a busy server's answer did not come
					left, err := untilDone(func() (store.Stats, error) { return s.Stats(context.Background()) })
					if err != nil || left.Waiting == 0 {
						return
					}
					time.Sleep(60 * time.Millisecond) // a store on several servers looks no more often
					continue
				}
				var r dialog.Reply
				if name, ok := strings.CutPrefix(d.Destination, "race:"); ok && d.Kind == KindReply && json.Unmarshal(d.Body, &r) == nil {
					mu.Lock()
					said[name] = r.Text
					mu.Unlock()
				}
				_, err = untilDone(func() (any, error) {
					return nil, errors.Join(s.Start(context.Background(), d), s.Done(context.Background(), d, "1"))
				})
				if err != nil && !errors.Is(err, store.ErrLeaseLost) { // it was done, and the answer came too late
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	return said
}

// judge sees that no slot has two, that everybody was told the truth, and that what was only held
// is free again once the hold has lapsed, for somebody who comes then. It returns how many slots
// had lapsed.
func (tr track) judge(t *testing.T) int {
	t.Helper()
	s, err := tr.open()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	b := raceBot(s)
	said := lastSaid(t, s)
	taken, err := untilDone(func() ([]rules.Taken, error) { return s.Taken(t.Context(), b.now()) })
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]rules.Taken{}
	booked := 0
	for i, a := range taken {
		for _, other := range taken[i+1:] {
			if a.Lane == other.Lane && a.Overlaps(other.Span) || a.Holder == other.Holder {
				t.Errorf("two have %v: %+v and %+v", a.Slot, a, other)
			}
		}
		held[a.Holder] = a
		if a.Until.IsZero() {
			booked++
		}
	}
	for n := range racers {
		c, err := untilDone(func() (dialog.Conversation, error) { return s.Conversation(t.Context(), racer(n)) })
		if err != nil {
			t.Fatal(err)
		}
		told, has := said[strconv.Itoa(n)], held[c.Ref]
		r, err := untilDone(func() (dialog.Referral, error) { return s.Referral(t.Context(), c.Ref) })
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			t.Fatal(err)
		}
		truth := "We've asked a clinician to ring you."
		switch {
		case has.Holder != "" && has.Until.IsZero():
			truth = "Your call is booked. A clinician will ring you on " + dialog.At(has.From) + "."
			if !r.Booked.ToCome() || r.Booked.Span != has.Span {
				t.Errorf("%d has %v, and the clinicians %+v", n, has.Span, r.Booked)
			}
		case has.Holder != "":
			truth = dialog.At(has.From) + ". It is kept for you"
		case r.Booked != nil:
			t.Errorf("%d has nothing, and the clinicians %+v", n, r.Booked)
		}
		if !strings.HasPrefix(told, truth) {
			t.Errorf("%d was told %q, and the truth is %q", n, told, truth)
		}
	}
	if len(taken) != raceSlots {
		t.Errorf("%d are taken, want %d", len(taken), raceSlots)
	}

	noon := b.now()
	b.Now = func() time.Time { return noon.Add(11 * time.Minute) }
	for n := range raceSlots - booked {
		if err := run(t.Context(), b, 5*(racers+n)); err != nil { // none of these dawdles
			t.Error(err)
		}
	}
	taken, err = untilDone(func() ([]rules.Taken, error) { return s.Taken(t.Context(), b.now()) })
	if err != nil || len(taken) != raceSlots {
		t.Errorf("once the holds have lapsed %d are taken, %v", len(taken), err)
	}
	for _, a := range taken {
		if !a.Until.IsZero() {
			t.Errorf("%+v is still held", a)
		}
	}
	return raceSlots - booked
}

// TestFaultCalls has two hundred people race for twenty slots while the processes that hear them
// are killed.
func TestFaultCalls(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(t *testing.T, keys string) func(round int) track{
		"SQLite": func(t *testing.T, keys string) func(int) track {
			folder := t.TempDir()
			return func(round int) track {
				return track{place: filepath.Join(folder, fmt.Sprint(round, ".db")), keys: keys, runner: 1}
			}
		},
		"a Redis Cluster": func(t *testing.T, keys string) func(int) track {
			if redistest.Missing(t) {
				return nil
			}
			address := redistest.Cluster(t)
			return func(round int) track {
				return track{redis: address, place: fmt.Sprint("round", round), keys: keys, runner: 2}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			keys := filepath.Join(t.TempDir(), "keys")
			f, err := os.OpenFile(keys, os.O_CREATE|os.O_WRONLY, 0o600)
			if err == nil {
				err = errors.Join(newKeys(t).Write(f), f.Close())
			}
			if err != nil {
				t.Fatal(err)
			}
			on := start(t, keys)
			if on == nil {
				return
			}
			rounds, kills, lapsed := faulttest.Count(1, 200), 0, 0
			for round := range rounds {
				tr := on(round)
				kills += tr.race(t, 2)
				lapsed += tr.judge(t)
				if t.Failed() {
					t.Fatalf("in round %d", round)
				}
				t.Logf("round %d: %d kills, %d lapsed so far", round, kills, lapsed)
			}
			if lapsed == 0 && faulttest.Full() {
				t.Error("no hold has lapsed")
			}
			faulttest.Report(t, faulttest.Row{
				ID: "F7", Fault: fmt.Sprint(racers, " people race for ", raceSlots, " slots of calls, processes killed"), How: "`bot.Hear`, " + name, Count: rounds,
				Note: fmt.Sprint(kills, " kills; one booking a slot, everybody told the truth, ", lapsed, " lapsed holds free again"),
			})
		})
	}
}
