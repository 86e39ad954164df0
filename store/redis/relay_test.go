package redis

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/store"
	"referralbot/store/redis/redistest"
)

// card is a change of a chat that has something to say elsewhere.
func card(chat dialog.Chat, n int) store.Change {
	id := fmt.Sprintf("%s:%04d", chat.ID, n)
	return store.Change{
		Chat: chat, Keys: []string{id},
		Deliveries: []store.Delivery{{ID: id, Destination: "slack:C1", Kind: "card"}},
	}
}

// commitOnly commits c as a process does that is killed right after.
func commitOnly(t *testing.T, s *Store, c store.Change) {
	t.Helper()
	number, err := of(c)
	must(t, err)
	queues, away := s.sort(c, number)
	if len(away) == 0 {
		t.Fatal("it says nothing elsewhere")
	}
	reply, err := s.run(context.Background(), commitScript, s.commitCall(number, c, queues, outward{deliveries: away}, nil))
	must(t, err)
	if text(reply, 0) != "written" {
		t.Fatal(reply)
	}
}

// TestRelay leaves what is to be said elsewhere as crashes at any point leave it, and has
// many processes find it at once: each is said once, and in the order of its source.
func TestRelay(t *testing.T) {
	t.Parallel()
	crashed, chats := newStore(t), apart(4)
	for n := range 20 {
		for _, chat := range chats {
			commitOnly(t, crashed, card(chat, n))
		}
	}
	// One was killed after it had brought the first, and before it had forgotten that.
	from := crashed.part(store.Partition(chats[0])).key("relay")
	entry := crashed.client.LIndex(t.Context(), from, 0).Val()
	must(t, crashed.relay(t.Context(), store.Partition(chats[0])))
	must(t, crashed.client.LPush(t.Context(), from, entry).Err())

	before, err := crashed.Stats(t.Context())
	must(t, err)
	if before.Waiting != 81 { // the first is counted where it is and where it came from
		t.Errorf("%d wait, want 81", before.Waiting)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			s := openAt(t, address(t), crashed.keys, crashed.options)
			defer s.Close()
			if err := s.relayAll(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	said := map[string][]string{}
	for d, found, err := crashed.Take(t.Context(), time.Hour); found; d, found, err = crashed.Take(t.Context(), time.Hour) {
		must(t, err)
		must(t, crashed.Done(t.Context(), d, ""))
		source, _, _ := strings.Cut(d.ID, ":")
		said[source] = append(said[source], d.ID)
	}
	for _, chat := range chats {
		if ids := said[chat.ID]; len(ids) != 20 || !slices.IsSorted(ids) {
			t.Errorf("%s: %q", chat.ID, ids)
		}
	}
}

// TestRelayFound sees that Take finds what a process left that was killed.
func TestRelayFound(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	commitOnly(t, s, card(talker(1), 0))
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if _, found, err := s.Take(t.Context(), time.Hour); found || err != nil {
			must(t, err)
			return
		}
	}
	t.Error("never found")
}

// TestRelayMadeAnew sees that a change which a lost master took with it, and which is made
// anew by the platform's next delivery, says nothing twice.
func TestRelayMadeAnew(t *testing.T) {
	t.Parallel()
	s, chat := newStore(t), talker(1)
	commit(t, s, card(chat, 0))
	p := s.part(store.Partition(chat))
	must(t, s.client.Del(t.Context(), p.key("heard")).Err()) // as if it had never been
	commit(t, s, card(chat, 0))
	stats, err := s.Stats(t.Context())
	must(t, err)
	if stats.Waiting != 1 {
		t.Errorf("%d wait, want 1", stats.Waiting)
	}
}

// TestReplyLost sees that a commit which is sent again gets the reply it got the first time,
// with what was leased to it.
func TestReplyLost(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	c := turn(dialog.Conversation{Chat: talker(1)})
	number, err := of(c)
	must(t, err)
	queues, away := s.sort(c, number)
	call := s.commitCall(number, c, queues, outward{deliveries: away}, nil)
	first, err := s.run(t.Context(), commitScript, call)
	must(t, err)
	again, err := s.run(t.Context(), commitScript, call)
	must(t, err)
	if one, two := leased(c, queues, first), leased(c, queues, again); len(one) != 2 || fmt.Sprintf("%#v", one) != fmt.Sprintf("%#v", two) {
		t.Errorf("leased at first %v, and then %v", one, two)
	}
	if _, err := s.Commit(t.Context(), c); !errors.Is(err, store.ErrDuplicate) {
		t.Errorf("made anew: %v", err)
	}
}

// TestReplicas sees that nothing is acknowledged that no replica has: neither a commit, nor
// one that was made before, nor that a delivery is begun.
func TestReplicas(t *testing.T) {
	t.Parallel()
	master := redistest.Own(t, "--repl-diskless-sync-delay", "0")
	replica := redistest.Own(t, "--replicaof", fmt.Sprint("127.0.0.1 ", master.Port))
	s := openAt(t, master.URL(), newKeys(t), Options{Replicas: 1, ReplicasWithin: 50 * time.Millisecond})
	defer s.Close()
	c := turn(dialog.Conversation{Chat: talker(1)})
	c.Lease = 0
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if _, err := s.Commit(t.Context(), c); err == nil || errors.Is(err, store.ErrDuplicate) {
			break // the replica has caught up
		} else if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
	d, found, err := s.Take(t.Context(), time.Hour)
	if !found {
		t.Fatal(found, err)
	}

	must(t, replica.Process.Process.Signal(syscall.SIGSTOP))
	refused := turn(dialog.Conversation{Chat: talker(1), Version: 1})
	for what, do := range map[string]func() error{
		"a commit": func() error { _, err := s.Commit(t.Context(), refused); return err },
		"another": func() error {
			_, err := s.Commit(t.Context(), store.Change{Chat: talker(2), Keys: []string{"update"}})
			return err
		},
		"a beginning": func() error { return s.Start(t.Context(), d) },
		"a part": func() error {
			_, err := s.Lease(t.Context(), "telegram", "me", time.Hour)
			return err
		},
	} {
		if err := do(); !errors.Is(err, errUnconfirmed) {
			t.Errorf("%s that no replica has: %v", what, err)
		}
	}
	if _, err := s.Commit(t.Context(), refused); !errors.Is(err, errUnconfirmed) {
		t.Errorf("a duplicate of what no replica has: %v", err)
	}
	must(t, replica.Process.Process.Signal(syscall.SIGCONT))
	for deadline := time.Now().Add(10 * time.Second); ; {
		if _, err := s.Commit(t.Context(), refused); errors.Is(err, store.ErrDuplicate) {
			break
		} else if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
	must(t, s.Start(t.Context(), d))
}
