package redis

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/redis/redistest"
)

// talkers are how many conversations go on at once.
var talkers = []int{1, 50, 500}

// turn is what one message from a person changes.
func turn(c dialog.Conversation) store.Change {
	destination := c.Chat.Platform + ":" + c.Chat.ID
	c.Stage = dialog.Asking
	c.Answers = rules.Answers{rules.ParentName: {"Amira Example"}, rules.ParentPhone: {"07700 900123"}, rules.Needs: {"bsl", "large_print"}}
	key := fmt.Sprintf("tg:%s:%d", c.Chat.ID, c.Version)
	return store.Change{
		Chat: c.Chat, Keys: []string{key}, At: time.Now().Add(-time.Second), Conversation: &c, Lease: time.Minute,
		Heard: []store.Message{{Destination: destination, ID: fmt.Sprint(2 * c.Version)}},
		Deliveries: []store.Delivery{
			{ID: key + "a", Destination: destination, Kind: "retire", Edits: fmt.Sprint("P", c.Version-1)},
			{ID: key + "b", Destination: destination, Kind: "reply", Name: fmt.Sprint("P", c.Version), Body: []byte(`{"text":"What is the baby's name?"}`)},
		},
	}
}

// talker is somebody who talks to the bot.
func talker(n int) dialog.Chat { return dialog.Chat{Platform: "telegram", ID: fmt.Sprint(1000 + n)} }

// oneTurn goes through one turn as the bot does: it reads, commits, and records that what was
// said has been handed over.
func oneTurn(ctx context.Context, s *Store, chat dialog.Chat) error {
	c, err := s.Conversation(ctx, chat)
	if err != nil {
		return err
	}
	said, err := s.Commit(ctx, turn(c))
	if err != nil {
		return err
	}
	if len(said) != 2 {
		return fmt.Errorf("%d deliveries leased, want 2", len(said))
	}
	for _, d := range said {
		external := ""
		if d.Kind == "reply" {
			external = fmt.Sprint(2*c.Version + 1)
		}
		if err := s.Done(ctx, d, external); err != nil {
			return err
		}
	}
	return nil
}

// trips counts how often the store asks the server and waits.
type trips struct{ n atomic.Int64 }

func (t *trips) DialHook(next goredis.DialHook) goredis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

func (t *trips) ProcessHook(next goredis.ProcessHook) goredis.ProcessHook {
	return func(ctx context.Context, cmd goredis.Cmder) error { t.n.Add(1); return next(ctx, cmd) }
}

func (t *trips) ProcessPipelineHook(next goredis.ProcessPipelineHook) goredis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []goredis.Cmder) error { t.n.Add(1); return next(ctx, cmds) }
}

// benchStore is a store of its own on the shared server.
func benchStore(b testing.TB) (*Store, *trips) {
	b.Helper()
	s := openAt(b, address(b), newKeys(b), Options{Prefix: fmt.Sprint("bench", time.Now().UnixNano())})
	b.Cleanup(func() { s.Close() })
	counted := &trips{}
	s.client.AddHook(counted)
	return s, counted
}

// TestTripsOfATurn: before its reply is on the way a turn waits for the server twice, to read and
// to commit, and for each of its messages once more, when that has been handed over.
func TestTripsOfATurn(t *testing.T) {
	s, counted := benchStore(t)
	for range 2 { // scripts are loaded by the first
		counted.n.Store(0)
		c, err := s.Conversation(t.Context(), talker(0))
		if err != nil {
			t.Fatal(err)
		}
		said, err := s.Commit(t.Context(), turn(c))
		if err != nil || len(said) != 2 {
			t.Fatalf("%d deliveries leased, %v", len(said), err)
		}
		before := counted.n.Load()
		for _, d := range said {
			if err := s.Done(t.Context(), d, ""); err != nil {
				t.Fatal(err)
			}
		}
		if c.Version > 0 && (before != 2 || counted.n.Load() != 4) {
			t.Errorf("%d trips before the reply, %d in all; want 2 and 4", before, counted.n.Load())
		}
	}
}

// share has workers do the b.N things between them.
func share(b *testing.B, workers int, do func(worker int) error) {
	var all sync.WaitGroup
	for worker := range workers {
		all.Go(func() {
			for range (b.N + worker) / workers {
				if err := do(worker); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

// BenchmarkTurn goes through whole turns: a read, a commit and two deliveries done.
func BenchmarkTurn(b *testing.B) {
	for _, n := range talkers {
		b.Run(fmt.Sprint("conversations=", n), func(b *testing.B) {
			s, counted := benchStore(b)
			b.ReportAllocs()
			b.ResetTimer()
			share(b, n, func(worker int) error { return oneTurn(b.Context(), s, talker(worker)) })
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
			b.ReportMetric(float64(counted.n.Load())/float64(b.N), "trips/turn")
		})
	}
}

// BenchmarkCommit commits whole turns, which nobody hands over.
func BenchmarkCommit(b *testing.B) {
	for _, n := range talkers {
		b.Run(fmt.Sprint("conversations=", n), func(b *testing.B) {
			s, _ := benchStore(b)
			versions := make([]int64, n)
			b.ReportAllocs()
			b.ResetTimer()
			share(b, n, func(worker int) error {
				_, err := s.Commit(b.Context(), turn(dialog.Conversation{Chat: talker(worker), Version: versions[worker]}))
				versions[worker]++
				return err
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
		})
	}
}

// BenchmarkBare is what a bot does that promises nothing: one GET and one SET a message.
func BenchmarkBare(b *testing.B) {
	for _, n := range talkers {
		b.Run(fmt.Sprint("conversations=", n), func(b *testing.B) {
			s, _ := benchStore(b)
			value := make([]byte, 700)
			b.ReportAllocs()
			b.ResetTimer()
			share(b, n, func(worker int) error {
				key := fmt.Sprint(s.options.Prefix, worker)
				if err := s.client.Get(b.Context(), key).Err(); found(err) != nil {
					return err
				}
				return s.client.Set(b.Context(), key, value, 0).Err()
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
		})
	}
}

// BenchmarkIdle tells how much memory a conversation needs that nobody has said anything in
// for a while: what is left of twenty turns once it is all said.
func BenchmarkIdle(b *testing.B) {
	const turns, conversations = 20, 64
	for b.Loop() {
		own, err := redistest.New(b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		s := openAt(b, "redis://"+own.Address(), newKeys(b), Options{})
		before := used(b, s)
		for n := range conversations {
			for range turns {
				if err := oneTurn(b.Context(), s, talker(n)); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(used(b, s)-before)/conversations, "B/conversation")
		s.Close()
		own.Kill()
	}
}

// used is how much memory all that the server keeps takes.
func used(b *testing.B, s *Store) (total int64) {
	b.Helper()
	keys, err := s.client.Keys(b.Context(), "*").Result()
	if err != nil {
		b.Fatal(err)
	}
	for _, key := range keys {
		if strings.Contains(key, ":did:") { // gone within a minute
			continue
		}
		n, err := s.client.MemoryUsage(b.Context(), key, 0).Result()
		if err != nil {
			b.Fatal(err)
		}
		total += n
	}
	return total
}
