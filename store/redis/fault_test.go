package redis

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/store"
	"referralbot/store/faulttest"
	"referralbot/store/redis/redistest"
	"referralbot/store/seal"
	"referralbot/store/storetest"
)

// ledger is what was acknowledged, by conversation.
type ledger struct {
	mu   sync.Mutex
	keys map[dialog.Chat][]string
}

func (l *ledger) add(chat dialog.Chat, key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.keys == nil {
		l.keys = map[dialog.Chat][]string{}
	}
	l.keys[chat] = append(l.keys[chat], key)
}

func (l *ledger) len() (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, keys := range l.keys {
		n += len(keys)
	}
	return n
}

func (l *ledger) note() string { return fmt.Sprint(l.len(), " turns acknowledged") }

// talk has a person say one thing after another until ctx ends. Each is heard again until
// it is acknowledged, as by a platform. What is to be said is handed over, if the store
// allows it, and counted.
func talk(ctx context.Context, s *Store, chat dialog.Chat, heard func(key string)) {
	for n := 0; ctx.Err() == nil; n++ {
		key := fmt.Sprintf("%s:%d:%d", chat.ID, n, rand.Uint64())
		for ctx.Err() == nil {
			if err := hear(s, chat, key); err == nil {
				heard(key)
				break
			}
			time.Sleep(time.Millisecond)
		}
	}
}

// hear hears one input once.
func hear(s *Store, chat dialog.Chat, key string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	c, err := s.Conversation(ctx, chat)
	if err != nil {
		return err
	}
	change := turn(c)
	change.Keys = []string{key}
	said, err := s.Commit(ctx, change)
	if errors.Is(err, store.ErrDuplicate) {
		return nil
	}
	for _, d := range said {
		_ = s.Done(ctx, d, "m"+key) // what is not done is taken again
	}
	return err
}

// intact sees that all that was acknowledged is there, once and whole: every key is known,
// and every conversation has as many versions as it has keys, whether or not they were
// acknowledged, and no more deliveries than two for each.
func intact(t *testing.T, s *Store, l *ledger) {
	t.Helper()
	ctx := context.Background()
	for chat, keys := range l.keys {
		for _, key := range keys {
			if _, err := s.Commit(ctx, store.Change{Chat: chat, Keys: []string{key}}); !errors.Is(err, store.ErrDuplicate) {
				t.Fatalf("acknowledged turn %s: %v", key, err)
			}
		}
		c, err := s.Conversation(ctx, chat)
		must(t, err)
		p := s.part(store.Partition(chat))
		known := s.client.ZCard(ctx, p.key("heard")).Val()
		waiting := s.client.LLen(ctx, p.keyOf("queue", s.codec.to(chat.Platform+":"+chat.ID))).Val()
		if c.Version != known || waiting > 2*c.Version {
			t.Errorf("%d versions of %d inputs heard, %d acknowledged, %d deliveries", c.Version, known, len(keys), waiting)
		}
	}
}

// apart are n chats, each in a part of its own.
func apart(n int) (chats []dialog.Chat) {
	taken := map[int]bool{}
	for i := 0; len(chats) < n; i++ {
		chat := talker(i)
		if p := store.Partition(chat); !taken[p] {
			taken[p] = true
			chats = append(chats, chat)
		}
	}
	return chats
}

// TestFaultServerKilled kills the server in the midst of turns, again and again, and sees
// that nothing acknowledged is lost and nothing is done twice. The server syncs always: told
// to do so every second, it also answers before it has even written while a sync is slow,
// and what it has not written is lost with it.
func TestFaultServerKilled(t *testing.T) {
	t.Parallel()
	own := redistest.Own(t, "--appendfsync", "always")
	s := openAt(t, own.URL(), newKeys(t), Options{})
	defer s.Close()
	var l ledger
	chats := apart(4)
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	for _, chat := range chats {
		all.Go(func() { talk(ctx, s, chat, func(key string) { l.add(chat, key) }) })
	}
	rounds := faulttest.Count(4, 200)
	for range rounds {
		before := l.len()
		awaitMore(t, &l, before)
		time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
		own.Kill()
		must(t, own.Start())
	}
	awaitMore(t, &l, l.len())
	stop()
	all.Wait()
	intact(t, s, &l)
	faulttest.Report(t, faulttest.Row{
		ID: "F11", Fault: "Redis killed and started again", How: "the store on Redis, `appendfsync always`", Count: rounds, Note: l.note(),
	})
}

// awaitMore waits until more than before is acknowledged.
func awaitMore(t *testing.T, l *ledger, before int) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); l.len() == before; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("nothing is acknowledged any more")
		}
	}
}

// TestFaultProcessKilled kills the process that uses the store, again and again.
func TestFaultProcessKilled(t *testing.T) {
	t.Parallel()
	keys := newKeys(t)
	at, options := address(t), Options{Prefix: prefix(t.TempDir())}
	var l ledger
	rounds := faulttest.Count(5, 1000)
	for range rounds {
		killed(t, at, options.Prefix, keys, &l)
	}
	s := openAt(t, at, keys, options)
	defer s.Close()
	intact(t, s, &l)
	faulttest.Report(t, faulttest.Row{
		ID: "F1", Fault: "process killed at random moments", How: "the store on Redis", Count: rounds, Note: l.note(),
	})
}

// killed runs this test binary as another process that talks, kills it at a random moment
// and adds what it has acknowledged.
func killed(t *testing.T, address, prefix string, keys *seal.Keys, l *ledger) {
	t.Helper()
	binary, err := os.Executable()
	must(t, err)
	c := exec.Command(binary)
	c.Env = append(os.Environ(), "CHILD=talk", "CHILD_STORE="+address, "CHILD_PREFIX="+prefix)
	var in, failed bytes.Buffer
	must(t, keys.Write(&in))
	c.Stdin, c.Stderr = &in, &failed
	out, err := c.StdoutPipe()
	must(t, err)
	must(t, c.Start())
	lines := bufio.NewScanner(out)
	for first := true; lines.Scan(); first = false {
		if first { // it is at work
			time.AfterFunc(time.Duration(rand.IntN(60))*time.Millisecond, func() { _ = c.Process.Kill() })
		}
		id, key, _ := strings.Cut(lines.Text(), " ")
		l.add(dialog.Chat{Platform: "telegram", ID: id}, key)
	}
	_ = c.Wait()
	if failed.Len() > 0 {
		t.Fatalf("the child failed: %s", failed.String())
	}
}

// talkUntilKilled is that process. It prints what it has acknowledged.
func talkUntilKilled() error {
	keys, err := seal.Read(os.Stdin)
	if err != nil {
		return err
	}
	s, err := Open(context.Background(), os.Getenv("CHILD_STORE"), keys, Options{Prefix: os.Getenv("CHILD_PREFIX")})
	if err != nil {
		return err
	}
	var mu sync.Mutex
	var all sync.WaitGroup
	for _, chat := range apart(4) {
		all.Go(func() {
			talk(context.Background(), s, chat, func(key string) {
				mu.Lock()
				defer mu.Unlock()
				fmt.Println(chat.ID, key)
			})
		})
	}
	all.Wait()
	return errors.New("could not go on")
}

// TestFaultMasterLost has a cluster lose the master of somebody's conversation under load,
// after the replicas have fallen behind, and sees that nothing acknowledged is lost and that
// it goes on within ten seconds.
func TestFaultMasterLost(t *testing.T) {
	t.Parallel()
	ours.calm.Lock()
	defer ours.calm.Unlock()
	c := shared(t)
	s := openAt(t, c.address(), newKeys(t), Options{Prefix: prefix(t.TempDir()), Replicas: 1})
	defer s.Close()
	chats := apart(8)
	var l ledger
	var worst time.Duration
	rounds := faulttest.Count(1, 100)
	for range rounds {
		ctx, stop := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for _, chat := range chats {
			all.Go(func() { talk(ctx, s, chat, func(key string) { l.add(chat, key) }) })
		}
		awaitMore(t, &l, l.len())
		worst = max(worst, c.loseMaster(t, s, chats[0], &l))
		stop()
		all.Wait()
		must(t, c.heal())
	}
	intact(t, s, &l)
	if worst > 10*time.Second {
		t.Errorf("it took %v to go on, want ten seconds at most", worst)
	}
	faulttest.Report(t, faulttest.Row{
		ID: "F12", Fault: "master killed after its replicas were held up", How: "the store on a cluster, `STORE_WAIT=1`", Count: rounds,
		Note: fmt.Sprintf("%s; on again within %v", l.note(), worst.Round(100*time.Millisecond)),
	})
}

// loseMaster holds up the replicas of the master that has chat, kills the master, lets them
// go on, and returns how long it took until that chat was heard again.
func (c *cluster) loseMaster(t *testing.T, s *Store, chat dialog.Chat, l *ledger) time.Duration {
	t.Helper()
	master, followers, err := c.serving(s, chat)
	must(t, err)
	for _, f := range followers {
		must(t, f.Process.Process.Signal(syscall.SIGSTOP))
	}
	time.Sleep(300 * time.Millisecond) // in which nothing is confirmed
	master.Kill()
	for _, f := range followers {
		must(t, f.Process.Process.Signal(syscall.SIGCONT))
	}
	start := time.Now()
	key := fmt.Sprint("after ", start.UnixNano())
	for hear(s, chat, key) != nil {
		if time.Since(start) > 30*time.Second {
			t.Fatal("nothing is acknowledged any more")
		}
	}
	l.add(chat, key)
	return time.Since(start)
}

// openLossy opens a store that loses every fifth reply once it is open.
func openLossy(t *testing.T) (*Store, *redistest.Proxy) {
	t.Helper()
	one, err := ours.one()
	must(t, err)
	p := redistest.NewProxy(t, one.Address())
	s := openAt(t, p.URL(), newKeys(t), Options{Prefix: prefix(t.TempDir())})
	t.Cleanup(func() { s.Close() })
	p.Drop(20)
	return s, p
}

// TestFaultRepliesLost has every fifth reply lost on its way, and sees that what is done
// again until it is acknowledged is done once.
func TestFaultRepliesLost(t *testing.T) {
	t.Parallel()
	s, lossy := openLossy(t)
	var all sync.WaitGroup
	chats, each := apart(4), faulttest.Count(60, 750)
	for _, chat := range chats {
		all.Go(func() {
			for n := range each {
				key := fmt.Sprint(chat.ID, ":", n)
				for hear(s, chat, key) != nil {
				}
			}
		})
	}
	all.Wait()
	for _, chat := range chats {
		c, err := untilRead(func() (dialog.Conversation, error) { return s.Conversation(t.Context(), chat) })
		must(t, err)
		if c.Version != int64(each) {
			t.Errorf("%d versions of %d inputs", c.Version, each)
		}
	}
	faulttest.Report(t, faulttest.Row{
		ID: "F13", Fault: "every fifth reply of Redis lost", How: "the store on Redis", Count: lossy.Lost(),
		Note: fmt.Sprintf("%d inputs, each applied once", each*len(chats)),
	})
}

// untilRead reads again until it succeeds.
func untilRead[T any](read func() (T, error)) (v T, err error) {
	for range 100 {
		if v, err = read(); err == nil {
			break
		}
	}
	return v, err
}

// TestFaultClaims has many clinicians claim one referral at once while every fifth reply is
// lost, and sees that one of them has it and never hears that another has.
func TestFaultClaims(t *testing.T) {
	t.Parallel()
	s, _ := openLossy(t)
	referrals, clinicians := faulttest.Count(5, 500), faulttest.Count(20, 200)
	for n := range referrals {
		ref := fmt.Sprintf("R07-%d", n)
		_, err := untilRead(func() (any, error) {
			_, err := s.Commit(t.Context(), store.Change{Keys: []string{ref}, Referral: &dialog.Referral{Ref: ref, Status: dialog.Received}})
			if errors.Is(err, store.ErrDuplicate) {
				err = nil
			}
			return nil, err
		})
		must(t, err)
		var all sync.WaitGroup
		var mu sync.Mutex
		told := map[string]string{}
		for i := range clinicians {
			all.Go(func() {
				me := fmt.Sprint("U", i)
				holder := claim(s, ref, me)
				mu.Lock()
				defer mu.Unlock()
				told[me] = holder
			})
		}
		all.Wait()
		r, err := untilRead(func() (dialog.Referral, error) { return s.Referral(t.Context(), ref) })
		must(t, err)
		audit, err := untilRead(func() ([]dialog.Entry, error) { return s.Audit(t.Context(), ref) })
		must(t, err)
		if r.Version != 2 || len(audit) != 1 {
			t.Errorf("claimed %d times, with %d entries", r.Version-1, len(audit))
		}
		for me, holder := range told {
			if holder != r.Claimant.ID {
				t.Errorf("%s was told that %s has it, but it is %s", me, holder, r.Claimant.ID)
			}
		}
	}
	faulttest.Report(t, faulttest.Row{
		ID: "F6", Fault: fmt.Sprint(clinicians, " claims of one referral at once, every fifth reply lost"), How: "the store on Redis", Count: referrals,
		Note: "one holder each, and all were told who",
	})
}

// claim has me press until there is an answer, and returns who the answer says has it.
func claim(s *Store, ref, me string) (holder string) {
	for {
		r, err := s.Referral(context.Background(), ref)
		if err != nil {
			continue
		}
		if r.Claimant.ID != "" {
			return r.Claimant.ID
		}
		r.Status, r.Claimant = dialog.Claimed, dialog.Clinician{ID: me}
		change := store.Change{Keys: []string{ref + me}, Referral: &r, Audit: []dialog.Entry{{Ref: ref, Actor: me, Action: "claimed"}}}
		if _, err := s.Commit(context.Background(), change); err == nil {
			return me
		}
	}
}

// TestFaultDuplicates delivers every update three times, shuffled, to two processes.
func TestFaultDuplicates(t *testing.T) {
	t.Parallel()
	one := newStore(t)
	two := openAt(t, address(t), one.keys, one.options)
	defer two.Close()
	updates, people := faulttest.Count(600, 10_000), 20
	deliveries := make(chan int, 3*updates)
	for _, n := range rand.Perm(3 * updates) {
		deliveries <- n % updates
	}
	close(deliveries)
	var all sync.WaitGroup
	var applied, known atomic.Int64
	for _, s := range []*Store{one, two, one, two, one, two, one, two} {
		all.Go(func() {
			for n := range deliveries {
				duplicate, err := update(s, talker(n%people), fmt.Sprint("update ", n))
				if err != nil {
					t.Error(err)
				}
				if duplicate {
					known.Add(1)
				} else {
					applied.Add(1)
				}
			}
		})
	}
	all.Wait()
	var sum int64
	for n := range people {
		c, err := one.Conversation(t.Context(), talker(n))
		must(t, err)
		sum += c.Version
	}
	stats, err := one.Stats(t.Context())
	must(t, err)
	if sum != int64(updates) || applied.Load() != sum || known.Load() != 2*sum || stats.Waiting != 2*updates {
		t.Errorf("%d updates: %d versions, %d applied, %d known, %d deliveries wait", updates, sum, applied.Load(), known.Load(), stats.Waiting)
	}
	faulttest.Report(t, faulttest.Row{
		ID: "F4", Fault: "every update three times, shuffled", How: "two processes on Redis", Count: updates, Note: "applied once each",
	})
}

// update hears one update, as often as it is changed meanwhile.
func update(s *Store, chat dialog.Chat, key string) (duplicate bool, err error) {
	for {
		c, err := s.Conversation(context.Background(), chat)
		if err != nil {
			return false, err
		}
		change := turn(c)
		change.Keys, change.Lease = []string{key}, 0
		_, err = s.Commit(context.Background(), change)
		switch {
		case errors.Is(err, store.ErrConflict):
			continue
		case errors.Is(err, store.ErrDuplicate):
			return true, nil
		}
		return false, err
	}
}

// TestFaultSlots has many people want one of a few slots at once while every fifth reply is
// lost, and sees that none is two people's.
func TestFaultSlots(t *testing.T) {
	t.Parallel()
	s, lossy := openLossy(t)
	rounds, people, slots := faulttest.Count(2, 200), faulttest.Count(40, 200), 20
	row := faulttest.Row{ID: "F7", Fault: fmt.Sprintf("%d people want one of %d slots at once, every fifth reply lost", people, slots), How: "the store on Redis", Count: rounds}
	for round := range rounds {
		lost, doubled := storetest.Scramble(t, s, round, people, slots)
		row.Lost, row.Doubled = row.Lost+lost, row.Doubled+doubled
	}
	row.Note = fmt.Sprintf("%d replies lost; who was told so has a slot, and nobody the same", lossy.Lost())
	faulttest.Report(t, row)
}
