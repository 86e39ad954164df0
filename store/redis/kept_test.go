package redis

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/redis/redistest"
	"referralbot/store/storetest"
)

// TestNothingIsInTheClear plants canaries in everything that is stored, does everything
// that is done to it, and looks for them in every file of the server. What stays is sealed,
// and what the contract does not let go has no end.
func TestNothingIsInTheClear(t *testing.T) {
	t.Parallel()
	own := redistest.Own(t)
	s := openAt(t, own.URL(), newKeys(t), Options{})
	defer s.Close()
	var c store.Change
	c.Conversation, c.Referral = &dialog.Conversation{}, &dialog.Referral{}
	n := storetest.Plant(&c) + storetest.Plant(c.Conversation) + storetest.Plant(c.Referral)
	if n < 40 {
		t.Errorf("only %d canaries", n)
	}
	chat := dialog.Chat{Platform: "telegram", ID: "canary"}
	ref := refOf(chat)
	c.Chat, c.Conversation.Chat, c.Referral.Chat, c.Referral.Ref, c.Audit[0].Ref = chat, chat, chat, ref, ref
	c.Timers[0].Chat, c.Timers[0].Ref = chat, ref
	c.Take, c.GiveUp = &rules.Taken{Holder: ref, With: "canary"}, ref
	c.Referral.Status, c.Aside[0].Cause, c.Aside[0].At = dialog.Received, "panic", s.now() // these are clear
	c.Heard[0] = store.Message{Destination: "telegram:canary", ID: "1"}
	c.Fired, c.At = nil, s.now().Add(-time.Hour)
	c.Deliveries = append(c.Deliveries, c.Deliveries[0], c.Deliveries[0])
	c.Deliveries[1].Destination = "telegram:canary"
	commit(t, s, c)
	c.Keys, c.Conversation.Version, c.Referral.Version = nil, 1, 1
	commit(t, s, c)
	for _, end := range []func(d store.Delivery) error{
		func(d store.Delivery) error { return s.Done(t.Context(), d, "1") },
		func(d store.Delivery) error { return s.Dead(t.Context(), d, "refused") },
	} {
		d, found, err := s.Take(t.Context(), time.Hour)
		if !found {
			t.Fatal(found, err)
		}
		must(t, errors.Join(s.Start(t.Context(), d), end(d)))
	}
	commit(t, s, store.Change{Take: &rules.Taken{Holder: ref, With: "canary", Until: s.now()}, Chat: chat})
	commit(t, s, store.Change{Roster: &dialog.Roster{Blocks: []rules.Block{{ID: "canary", Who: "canary"}}}})
	_, err := s.Lease(t.Context(), "canary", "canary", time.Hour)
	must(t, err)

	ends(t, s)
	must(t, s.client.Save(t.Context()).Err())
	looked := 0
	must(t, filepath.WalkDir(own.Folder, func(path string, f fs.DirEntry, err error) error {
		if err != nil || f.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if at := bytes.Index(content, []byte("canary")); at >= 0 {
			t.Errorf("%s has a canary: %q", f.Name(), content[max(0, at-40):at+20])
		}
		if len(content) > 1000 {
			looked++
		}
		return err
	}))
	if looked < 2 {
		t.Errorf("looked into %d files only: the append-only file and a dump were to be there", looked)
	}
}

// ends sees that every key is of a part, and that only those end by themselves that may.
func ends(t *testing.T, s *Store) {
	t.Helper()
	letGo := []string{"did", "standing", kindAside, "held"}
	keys, err := s.client.Keys(t.Context(), "*").Result()
	must(t, err)
	if len(keys) < 15 {
		t.Errorf("only %d keys: %q", len(keys), keys)
	}
	for _, key := range keys {
		tag, rest, _ := strings.Cut(key, ":")
		number, kind, found := strings.Cut(rest, "}:")
		kind, _, _ = strings.Cut(kind, ":")
		if tag != "{p" || number == "" || !found {
			t.Errorf("%s is of no part", key)
		}
		ends := s.client.TTL(t.Context(), key).Val() > 0
		if ends && !slices.Contains(letGo, kind) {
			t.Errorf("%s ends by itself", key)
		}
	}
}

// TestForgetting sees that keys of inputs are forgotten after their time, some with each
// change.
func TestForgetting(t *testing.T) {
	t.Parallel()
	s, chat := newStore(t), talker(1)
	heard := s.part(store.Partition(chat)).key("heard")
	old := float64(micros(time.Now().Add(-store.DuplicateWindow - time.Minute)))
	for _, key := range []string{"a", "b", "c"} {
		must(t, s.client.Do(t.Context(), "zadd", heard, old, s.codec.input(key)).Err())
	}
	commit(t, s, store.Change{Chat: chat, Keys: []string{"d"}})
	if n := s.client.ZCard(t.Context(), heard).Val(); n != 1 {
		t.Errorf("%d keys are remembered, want the new one", n)
	}
	commit(t, s, store.Change{Chat: chat, Keys: []string{"a"}})
	if _, err := s.Commit(t.Context(), store.Change{Chat: chat, Keys: []string{"d"}}); !errors.Is(err, store.ErrDuplicate) {
		t.Errorf("the new one: %v", err)
	}
}
