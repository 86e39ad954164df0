package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/seal"
	"referralbot/store/storetest"
)

// testKeys are the keys of every store here.
var testKeys = sync.OnceValue(func() *seal.Keys {
	keys, err := seal.New()
	if err != nil {
		panic(err)
	}
	return keys
})

func openAt(tb testing.TB, path string) *Store {
	tb.Helper()
	return openWith(tb, path, testKeys())
}

func openWith(tb testing.TB, path string, keys *seal.Keys) *Store {
	tb.Helper()
	s, err := Open(path, keys)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	return s
}

func newStore(tb testing.TB) *Store {
	tb.Helper()
	return openAt(tb, filepath.Join(tb.TempDir(), "store.db"))
}

// commit commits c, and leases nothing.
func commit(s *Store, c store.Change) error {
	_, err := s.Commit(context.Background(), c)
	return err
}

// turn is what one message from a person changes.
func turn(chat string, version int64) store.Change {
	destination := "telegram:" + chat
	return store.Change{
		Keys: []string{fmt.Sprintf("tg:%s:%d", chat, version)},
		At:   time.Now().Add(-time.Second),
		Conversation: &dialog.Conversation{
			Chat: dialog.Chat{Platform: "telegram", ID: chat}, Version: version, Stage: dialog.Asking,
		},
		Deliveries: []store.Delivery{
			{ID: "a", Destination: destination, Kind: "retire", Edits: "7K3QF2"},
			{ID: "b", Destination: destination, Kind: "reply", Name: "7K3QF2", Body: []byte(`{"text":"What is the baby's name?"}`)},
		},
	}
}

// TestStore runs the contract, and then sees that nothing it had the database do reads a
// whole table: a turn must not grow slower as the years go by.
func TestStore(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	queries := map[string]bool{}
	note := func(s *statements) {
		for query := range s.prepared {
			queries[query] = true
		}
	}
	t.Run("contract", func(t *testing.T) {
		storetest.Run(t, func(t *testing.T, place string, keys *seal.Keys) store.Store {
			s := openWith(t, filepath.Join(place, "store.db"), keys)
			t.Cleanup(func() {
				mu.Lock()
				defer mu.Unlock()
				note(s.reads)
				note(s.writer.statements)
			})
			return s
		})
	})
	if len(queries) < 30 {
		t.Errorf("the contract made only %d queries", len(queries))
	}
	s := newStore(t)
	for _, query := range slices.Sorted(maps.Keys(queries)) {
		if whole := strings.Contains(query, "count(*)") || query == allReferrals || query == allChains; !whole && reads(t, s, query) {
			t.Errorf("reads a whole table: %s", query)
		}
	}
	if !reads(t, s, "SELECT seq FROM delivery WHERE cause = ?") {
		t.Error("a query without an index was not noticed")
	}
}

// reads reports whether the query reads a whole table, or sorts what it has read.
func reads(t *testing.T, s *Store, query string) bool {
	t.Helper()
	args := make([]any, strings.Count(query, "?"))
	whole := false
	err := s.reads.each(t.Context(), "EXPLAIN QUERY PLAN "+query, args, func(rows *sql.Rows) error {
		var id, parent, unused int
		var detail string
		err := rows.Scan(&id, &parent, &unused, &detail)
		open := strings.HasSuffix(detail, "referral_open") // the index of what is asked for
		whole = whole || strings.HasPrefix(detail, "SCAN") && !open && detail != "SCAN CONSTANT ROW" || strings.Contains(detail, "TEMP B-TREE")
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return whole
}

// TestClock sees that a store goes by the clock it is given: what is due in an hour is
// handed over once its hour has come there.
func TestClock(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	var ahead time.Duration
	s.Clock(func() time.Time { return time.Now().Add(ahead) })
	later := store.Change{At: time.Now().Add(time.Hour), Deliveries: []store.Delivery{{ID: "a", Destination: "slack:C1", Kind: "reply", Body: []byte("{}")}}}
	if err := commit(s, later); err != nil {
		t.Fatal(err)
	}
	take := func() bool {
		_, ok, err := s.Take(t.Context(), time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if take() {
		t.Error("it was handed over an hour early")
	}
	if ahead = time.Hour + time.Second; !take() {
		t.Error("it was not handed over in its hour")
	}
}

func TestOneWriter(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store.db")
	s := openAt(t, path)
	for name, open := range map[string]func() error{
		"in this process":    func() error { _, err := Open(path, testKeys()); return err },
		"in another process": func() error { return child(t, "open", path).Run() },
	} {
		if err := open(); err == nil {
			t.Errorf("a second writer %s was let in", name)
		}
	}
	if _, err := Open(path, testKeys()); !errors.Is(err, ErrInUse) {
		t.Errorf("a second writer was told %v", err)
	}
	if err := commit(s, turn("1", 0)); err != nil {
		t.Errorf("the first writer can no longer write: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := child(t, "open", path).Run(); err != nil {
		t.Errorf("after Close the next process was refused: %v", err)
	}
}

func TestReadOnly(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store.db")
	if _, err := OpenReadOnly(path, testKeys()); err == nil {
		t.Error("a file that is not there was opened")
	}
	s := openAt(t, path)
	look := func(version int64) {
		t.Helper()
		r, err := OpenReadOnly(path, testKeys())
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		c, err := r.Conversation(t.Context(), dialog.Chat{Platform: "telegram", ID: "1"})
		if err != nil || c.Version != version {
			t.Errorf("read version %d, %v, want %d", c.Version, err, version)
		}
		if err := commit(r, turn("1", version)); !errors.Is(err, errReadOnly) {
			t.Errorf("a write returned %v", err)
		}
	}
	look(0)
	if err := commit(s, turn("1", 0)); err != nil {
		t.Fatal(err)
	}
	look(1)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	look(1)
}

// TestToAudit: who only reads can write that down while another process writes, and nothing
// else; the chain is that of both.
func TestToAudit(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store.db")
	if _, err := OpenToAudit(path, testKeys()); err == nil {
		t.Error("a file that is not there was opened")
	}
	s := openAt(t, path)
	beside, err := OpenToAudit(path, testKeys())
	if err != nil {
		t.Fatal(err)
	}
	defer beside.Close()
	if err := commit(beside, turn("1", 0)); !errors.Is(err, errReadOnly) {
		t.Errorf("a turn returned %v", err)
	}
	if err := beside.Erase(t.Context(), store.Erasure{Ref: "R1"}); !errors.Is(err, errReadOnly) {
		t.Errorf("an erasure returned %v", err)
	}
	const each = 50
	var both sync.WaitGroup
	for who, db := range map[string]*Store{"U1": s, "sam": beside} {
		both.Go(func() {
			for range each {
				if err := commit(db, store.Change{Audit: []dialog.Entry{{Ref: "R1", At: time.Now(), Actor: who, Action: "opened"}}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	err = s.Chains(t.Context(), nil, func(c store.Chain) error {
		if len(c.Links) != 2*each || len(c.Faults(testKeys().Sum)) > 0 {
			t.Errorf("%d links, with faults %v", len(c.Links), c.Faults(testKeys().Sum))
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestOnlyItsUserMayRead(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "a folder? of 100% #1")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "store.db")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, path)
	if err := commit(s, turn("1", 0)); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name())
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v, want 0600", f.Name(), info.Mode(), err)
		}
	}
	want := []string{"store.db", "store.db-shm", "store.db-wal", "store.db.lock"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000",
		"temp_store": "2", "trusted_schema": "0", "user_version": "5", "secure_delete": "1",
	} {
		var got string
		if _, err := s.writer.one(t.Context(), "PRAGMA "+pragma, nil, []any{&got}); err != nil || got != want {
			t.Errorf("%s is %s, %v, want %s", pragma, got, err, want)
		}
	}
}

// TestEarlierReleases opens a file that lacks what came later: whoever writes adds it, and whoever
// only reads says what to do.
func TestEarlierReleases(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store.db")
	s := openAt(t, path)
	chat := dialog.Chat{Platform: "telegram", ID: "1001"}
	if _, err := s.Commit(t.Context(), store.Change{Conversation: &dialog.Conversation{Chat: chat, Stage: dialog.Asking}}); err != nil {
		t.Fatal(err)
	}
	for _, change := range []string{"DROP TABLE tally", "DROP TABLE slot", "DROP TABLE roster", "PRAGMA user_version = 2"} {
		if err := s.writer.do(change); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	if _, err := OpenReadOnly(path, testKeys()); !errors.Is(err, errOlder) {
		t.Errorf("opened for reading: %v, want %v", err, errOlder)
	}
	others, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, others); !errors.Is(err, errKeys) {
		t.Errorf("opened under other keys: %v, want %v", err, errKeys)
	}
	s = openAt(t, path)
	c, err := s.Conversation(t.Context(), chat)
	if err != nil || c.Stage != dialog.Asking {
		t.Errorf("what was there is now %v, %v", c, err)
	}
	day := rules.Date{Year: 2026, Month: 3, Day: 2}
	sent := dialog.Tally{Name: dialog.CountSent, Audience: rules.Parent, Day: day}
	if _, err := s.Commit(t.Context(), store.Change{Tallies: []dialog.Tally{sent}}); err != nil {
		t.Fatal(err)
	}
	if taken, err := s.Taken(t.Context(), time.Now()); err != nil || len(taken) > 0 {
		t.Errorf("taken %v, %v", taken, err)
	}
	if all, err := s.Tallies(t.Context(), day, day); err != nil || all[sent] != 1 {
		t.Errorf("tallied %v, %v", all, err)
	}
}

func TestRefusedFiles(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, change string
		want         error
	}{
		{"a newer release's", "PRAGMA user_version = 6", errNewer},
		{"an unsealed release's", "PRAGMA user_version = 1", errClear},
		{"one that is not ours", "PRAGMA user_version = 0", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "store.db")
			s := openAt(t, path)
			if err := s.writer.do(test.change); err != nil {
				t.Fatal(err)
			}
			s.Close()
			for name, open := range map[string]func(string, *seal.Keys) (*Store, error){"Open": Open, "OpenReadOnly": OpenReadOnly} {
				if _, err := open(path, testKeys()); err == nil || test.want != nil && !errors.Is(err, test.want) {
					t.Errorf("%s returned %v, want %v", name, err, test.want)
				}
			}
		})
	}
	if s, err := Open(filepath.Join(t.TempDir(), "missing", "store.db"), testKeys()); err == nil {
		t.Errorf("opened %v in a folder that is not there", s)
	}
}

// TestNextProcessNeedNotWait sees that what a process had leased when it died is due as
// soon as the next one opens the file.
func TestNextProcessNeedNotWait(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store.db")
	s := openAt(t, path)
	if err := commit(s, turn("1", 0)); err != nil {
		t.Fatal(err)
	}
	if _, found, err := s.Take(t.Context(), time.Hour); err != nil || !found {
		t.Fatal(found, err)
	}
	s.Close()
	if d, found, err := openAt(t, path).Take(t.Context(), time.Hour); err != nil || !found || d.ID != "a" {
		t.Errorf("took %v, %v, %v", d, found, err)
	}
}

// TestForgetting sees that keys go once the window has passed, and not before.
func TestForgetting(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	now := time.Now()
	s.now = func() time.Time { return now }
	hear := func(keys ...string) error { return commit(s, store.Change{Keys: keys}) }
	for i := range 20 {
		if err := hear(fmt.Sprint("old ", i)); err != nil {
			t.Fatal(err)
		}
	}
	now = now.Add(store.DuplicateWindow)
	if err := hear("old 0"); !errors.Is(err, store.ErrDuplicate) {
		t.Errorf("within the window: %v", err)
	}
	now = now.Add(time.Second)
	for i := range 3 {
		if err := hear(fmt.Sprint("new ", i)); err != nil {
			t.Fatal(err)
		}
	}
	var kept int
	if _, err := s.reads.one(t.Context(), "SELECT count(*) FROM heard", nil, []any{&kept}); err != nil || kept != 3 {
		t.Errorf("%d keys are kept, %v, want the 3 new ones", kept, err)
	}
	if err := hear("old 0"); err != nil {
		t.Errorf("after the window: %v", err)
	}
}

// TestStandingIsForgotten sees that an id is kept for as long as a platform lets its
// message be deleted, and that none is left over afterwards.
func TestStandingIsForgotten(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return now }
	must := func(c store.Change) {
		t.Helper()
		if err := commit(s, c); err != nil {
			t.Fatal(err)
		}
	}
	heard := func(n int) store.Change {
		c := store.Change{}
		for i := range n {
			c.Heard = append(c.Heard, store.Message{Destination: "telegram:1", ID: fmt.Sprint(i)})
		}
		return c
	}
	standing := func() int {
		t.Helper()
		ids, err := s.standing(t.Context(), s.reads, "telegram:1")
		if err != nil {
			t.Fatal(err)
		}
		return len(ids)
	}
	must(heard(40))
	now = now.Add(store.MessagesKept)
	must(heard(1))
	if n := standing(); n != 41 {
		t.Errorf("%d are known while they may be deleted, want 41", n)
	}
	now = now.Add(time.Second)
	if n := standing(); n != 1 {
		t.Errorf("%d are known once the others may not be deleted, want 1", n)
	}
	for range 3 {
		must(store.Change{})
	}
	var kept int
	if _, err := s.reads.one(t.Context(), "SELECT count(*) FROM standing", nil, []any{&kept}); err != nil || kept != 1 {
		t.Errorf("%d are kept, %v, want 1", kept, err)
	}
}

// TestFullDisk sees that a full disk is an error that changes nothing, and that writing
// goes on when there is room again.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	if err := commit(s, turn("1", 0)); err != nil {
		t.Fatal(err)
	}
	if err := s.writer.do("PRAGMA max_page_count = 1"); err != nil { // as many as there are
		t.Fatal(err)
	}
	large := turn("1", 1)
	large.Conversation.Warned = []string{strings.Repeat("long ", 50_000)}
	if err := commit(s, large); err == nil {
		t.Fatal("committed to a full disk")
	}
	c, err := s.Conversation(t.Context(), large.Conversation.Chat)
	if err != nil || c.Version != 1 {
		t.Errorf("version %d, %v, want 1", c.Version, err)
	}
	if err := s.writer.do("PRAGMA max_page_count = 100000"); err != nil {
		t.Fatal(err)
	}
	if err := commit(s, large); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

// TestDamagedRecord sees that what cannot be read is an error that quotes nothing, and that
// a delivery which cannot be read delays nobody.
func TestDamagedRecord(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	chat := dialog.Chat{Platform: "telegram", ID: "1"}
	for _, chat := range []string{"1", "2"} {
		if err := commit(s, turn(chat, 0)); err != nil {
			t.Fatal(err)
		}
	}
	garbled, err := s.keys.Seal([]byte(`{"sent_at":"canary"}`), conversationPlace(s.chat(chat), 1))
	if err != nil {
		t.Fatal(err)
	}
	for query, payload := range map[string][]byte{
		"UPDATE conversation SET payload = ? WHERE chat = '" + s.chat(chat) + "'":                   garbled,
		"UPDATE delivery SET payload = ? WHERE destination = '" + s.destination("telegram:1") + "'": []byte("canary"),
	} {
		if _, err := s.writer.exec(t.Context(), query, payload); err != nil {
			t.Fatal(err)
		}
	}
	if d, found, err := s.Take(t.Context(), time.Hour); err != nil || !found || d.Destination != "telegram:2" {
		t.Errorf("took %v, %v, %v", d, found, err)
	}
	if d, found, err := s.Take(t.Context(), time.Hour); err != nil || found {
		t.Errorf("then took %v, %v", d, err)
	}
	aside, err := s.Asides(t.Context(), 10)
	if err != nil || len(aside) != 2 || aside[0].Cause != "damaged" || aside[0].Kind != "delivery" || aside[0].Body != nil {
		t.Errorf("set aside %v, %v", aside, err)
	}
	c, err := s.Conversation(t.Context(), chat)
	quiet(t, err)
	if !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), "conversation") {
		t.Errorf("got error %v", err)
	}
	if diff := cmp.Diff(dialog.Conversation{Chat: chat, Version: 1}, c); diff != "" {
		t.Errorf("to be begun anew (-want +got):\n%s", diff)
	}
	if err := commit(s, store.Change{Conversation: &c}); err != nil {
		t.Errorf("begun anew: %v", err)
	}
	if c, err := s.Conversation(t.Context(), chat); err != nil || c.Version != 2 {
		t.Errorf("read again: version %d, %v", c.Version, err)
	}

	invalid := turn("3", 0)
	invalid.Deliveries[0].Body = []byte("canary")
	quiet(t, commit(s, invalid))
}

// quiet sees that there is an error and that it says nothing of what could not be read,
// not even the character that the JSON package stopped at.
func quiet(t *testing.T, err error) {
	t.Helper()
	if err == nil || strings.Contains(err.Error(), "canary") || strings.Contains(err.Error(), "'c'") {
		t.Errorf("got error %v", err)
	}
}

// TestBatch sees that writes committed together stay each whole or nothing.
func TestBatch(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	const chats = 100
	errs := make([]error, 2*chats)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { // each turn twice, in any order
			errs[i] = commit(s, turn(fmt.Sprint(i/2), 0))
		})
	}
	all.Wait()
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	for i, err := range errs {
		if want := i < chats; want != (err == nil) || !want && !errors.Is(err, store.ErrDuplicate) {
			t.Fatalf("outcome %d is %v", i, err)
		}
	}
	got, err := s.Stats(t.Context())
	if err != nil || got.Conversations != chats || got.Waiting != 2*chats {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestSpoiltBatch sees that when the file refuses a batch, nobody in it is told that
// anything was written, and that writing goes on.
func TestSpoiltBatch(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	good := job{outcome: make(chan error, 1), run: func(db *statements) error {
		_, err := db.exec(ctx, "INSERT INTO heard (key, at) VALUES ('good', 0)")
		return err
	}}
	bad := job{outcome: make(chan error, 1), run: func(db *statements) error { // found out at the commit
		_, err := db.exec(ctx, "PRAGMA defer_foreign_keys = 1")
		if err == nil {
			_, err = db.exec(ctx, "INSERT INTO delivery (record, destination, at, payload) VALUES ('', 'nowhere', 0, x'')")
		}
		return err
	}}
	s.writer.commit([]job{good, bad})
	for _, outcome := range []chan error{good.outcome, bad.outcome} {
		if <-outcome == nil {
			t.Error("a write of a batch that failed was acknowledged")
		}
	}
	if err := commit(s, store.Change{Keys: []string{"good"}}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestClosed(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	for range 2 {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
	if err := commit(s, turn("1", 0)); !errors.Is(err, errClosed) {
		t.Errorf("Commit after Close: %v", err)
	}
}
