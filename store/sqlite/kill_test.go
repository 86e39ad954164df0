package sqlite

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/store"
	"referralbot/store/faulttest"
	"referralbot/store/seal"
)

// talkers is how many conversations the child has at once.
const talkers = 4

// TestMain runs the tests, or is the child of one.
func TestMain(m *testing.M) {
	does := map[string]func(string, *seal.Keys) error{"open": openAndClose, "commit": commitUntilKilled}[os.Getenv("CHILD")]
	if does == nil {
		os.Exit(m.Run())
	}
	keys, err := seal.ReadFile(os.Getenv("CHILD_KEYS"))
	if err == nil {
		err = does(os.Getenv("CHILD_STORE"), keys)
	}
	os.Exit(report(err))
}

func report(err error) int {
	if err == nil {
		return 0
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// child is this test binary as another process.
func child(t *testing.T, does, path string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	keys, err := os.OpenFile(filepath.Join(t.TempDir(), "keys"), os.O_CREATE|os.O_WRONLY, 0o400)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(testKeys().Write(keys), keys.Close()); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(binary)
	c.Env = append(os.Environ(), "CHILD="+does, "CHILD_STORE="+path, "CHILD_KEYS="+keys.Name())
	return c
}

func openAndClose(path string, keys *seal.Keys) error {
	s, err := Open(path, keys)
	if err != nil {
		return err
	}
	return s.Close()
}

// commitUntilKilled commits turns of several conversations, prints the key of each that
// was acknowledged, and has what they queue handed over: of every other turn by itself, of
// the rest by a worker.
func commitUntilKilled(path string, keys *seal.Keys) error {
	s, err := Open(path, keys)
	if err != nil {
		return err
	}
	go func() {
		for {
			if d, found, err := s.Take(context.Background(), time.Minute); err == nil && found {
				_ = s.Start(context.Background(), d)
				_ = s.Done(context.Background(), d, "m1")
			}
		}
	}()
	var mu sync.Mutex
	var all sync.WaitGroup
	for i := range talkers {
		all.Go(func() {
			chat := dialog.Chat{Platform: "telegram", ID: fmt.Sprint(i)}
			for {
				c, err := s.Conversation(context.Background(), chat)
				change := turn(chat.ID, c.Version)
				if c.Version%2 == 0 {
					change.Lease = time.Minute
				}
				var leased []store.Delivery
				if err == nil {
					leased, err = s.Commit(context.Background(), change)
				}
				if err != nil {
					return
				}
				mu.Lock()
				fmt.Println(change.Keys[0])
				mu.Unlock()
				for _, d := range leased {
					_ = s.Done(context.Background(), d, "m1")
				}
			}
		})
	}
	all.Wait()
	return errors.New("could not go on")
}

// TestFaultProcessKilled kills a process in the midst of committing, again and again, and sees
// that every turn it acknowledged is there, once, and whole.
func TestFaultProcessKilled(t *testing.T) {
	t.Parallel()
	rounds := faulttest.Count(10, 1000)
	path := filepath.Join(t.TempDir(), "store.db")
	acknowledged := 0
	for range rounds {
		keys := killed(t, path)
		acknowledged += len(keys)
		s := openAt(t, path)
		for _, key := range keys {
			if _, err := s.Commit(t.Context(), store.Change{Keys: []string{key}}); !errors.Is(err, store.ErrDuplicate) {
				t.Fatalf("acknowledged turn %s: %v", key, err)
			}
		}
		intact(t, s)
		s.Close()
	}
	if acknowledged < rounds {
		t.Errorf("only %d turns were acknowledged in %d rounds", acknowledged, rounds)
	}
	faulttest.Report(t, faulttest.Row{
		ID: "F1", Fault: "process killed at random moments", How: "the store on SQLite", Count: rounds,
		Note: fmt.Sprint(acknowledged, " turns acknowledged"),
	})
}

// killed runs the child, kills it at a random moment and returns the keys it printed.
func killed(t *testing.T, path string) []string {
	t.Helper()
	var printed bytes.Buffer
	c := child(t, "commit", path)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = &printed
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	var keys []string
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if len(keys) == 0 { // it is at work
			time.AfterFunc(time.Duration(rand.IntN(60))*time.Millisecond, func() { _ = c.Process.Kill() })
		}
		keys = append(keys, lines.Text())
	}
	_ = c.Wait()
	if printed.Len() > 0 {
		t.Fatalf("the child failed: %s", strings.TrimSpace(printed.String()))
	}
	return keys
}

// intact sees that the file is sound and that no turn was written in part: there is a key
// for each version of a conversation, and each has queued two deliveries, the first of
// which is done with before the second.
func intact(t *testing.T, s *Store) {
	t.Helper()
	var sound string
	if _, err := s.reads.one(t.Context(), "PRAGMA integrity_check", nil, []any{&sound}); err != nil || sound != "ok" {
		t.Fatalf("integrity: %s, %v", sound, err)
	}
	turns, keys := 0, 0
	for i := range talkers {
		var version, waiting, attempted int
		destination := s.destination(fmt.Sprint("telegram:", i))
		for _, count := range []struct {
			query string
			arg   any
			dest  *int
		}{
			{"SELECT coalesce(sum(version), 0) FROM conversation WHERE chat = ?", s.chat(dialog.Chat{Platform: "telegram", ID: fmt.Sprint(i)}), &version},
			{"SELECT count(*) FROM delivery WHERE destination = ?", destination, &waiting},
			{"SELECT count(*) FROM delivery WHERE attempts > 0 AND destination = ?", destination, &attempted},
		} {
			if _, err := s.reads.one(t.Context(), count.query, []any{count.arg}, []any{count.dest}); err != nil {
				t.Fatal(err)
			}
		}
		if waiting > 2*version || attempted > 1 {
			t.Errorf("%d deliveries and %d attempts of %d turns", waiting, attempted, version)
		}
		turns += version
	}
	if _, err := s.reads.one(t.Context(), "SELECT count(*) FROM heard", nil, []any{&keys}); err != nil || keys != turns {
		t.Errorf("%d keys of %d turns, %v", keys, turns, err)
	}
}
