package sqlite

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/faulttest"
	"referralbot/store/seal"
	"referralbot/store/storetest"
)

// people are those of whom a damaged store holds something. Each has one record in each
// table, and has had another before it.
var people = []string{"1", "2"}

// peopled makes a store with the people, and returns its file's content, and what their
// records held before.
func peopled(t *testing.T) (content []byte, before map[string][]byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "store.db")
	s, before := openAt(t, path), map[string][]byte{}
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for _, person := range people {
		chat := dialog.Chat{Platform: "telegram", ID: person}
		for version := range int64(2) {
			if err := commit(s, store.Change{
				Chat: chat, At: noon,
				Conversation: &dialog.Conversation{Chat: chat, Version: version, Ref: "R" + person},
				Referral:     &dialog.Referral{Ref: "R" + person, Version: version, Status: dialog.Received, DueAt: noon},
				Timers:       []store.Timer{{Chat: chat, Name: "nudge " + person, At: noon.Add(time.Duration(version) * time.Second)}},
			}); err != nil {
				t.Fatal(err)
			}
			for _, table := range []string{"conversation", "referral", "timer"} {
				if version == 0 {
					before[table+person] = payloadOf(t, s, table, person)
				}
			}
		}
		if err := commit(s, store.Change{
			Chat: chat, At: noon,
			Deliveries: []store.Delivery{{ID: "delivery " + person, Destination: "telegram:" + person, Kind: "reply"}},
			Audit:      []dialog.Entry{{Ref: "R" + person, Action: "sent", Actor: person}},
			Aside:      []store.Aside{{ID: "input " + person, Kind: "input", Cause: "panic", At: s.now()}},
		}); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content, before
}

// rowOf is the condition that finds a person's row in a table.
func rowOf(s *Store, table, person string) string {
	chat := dialog.Chat{Platform: "telegram", ID: person}
	return map[string]string{
		"conversation": "chat = '" + s.chat(chat) + "'",
		"referral":     "ref = '" + s.ref("R"+person) + "'",
		"delivery":     "destination = '" + s.destination("telegram:"+person) + "'",
		"aside":        "owner = '" + s.chat(chat) + "'",
		"timer":        "owner = '" + s.owner(chat, "") + "'",
		"audit":        "ref = '" + s.ref("R"+person) + "'",
	}[table]
}

func payloadOf(t *testing.T, s *Store, table, person string) (payload []byte) {
	t.Helper()
	query := "SELECT payload FROM " + table + " WHERE " + rowOf(s, table, person)
	if found, err := s.reads.one(t.Context(), query, nil, []any{&payload}); err != nil || !found {
		t.Fatal(found, err)
	}
	return payload
}

func put(t *testing.T, s *Store, table, person string, payload []byte) {
	t.Helper()
	query := "UPDATE " + table + " SET payload = ? WHERE " + rowOf(s, table, person)
	if n, err := s.writer.exec(t.Context(), query, payload); err != nil || n != 1 {
		t.Fatal(n, err)
	}
}

// seen is all that can be read of the people, a line for each record: its table, whose it
// is, and what it holds.
func seen(t *testing.T, s *Store) (lines []string) {
	t.Helper()
	see := func(table, person string, v any, err error) {
		held, marshalled := json.Marshal(v)
		if err := errors.Join(err, marshalled); err == nil {
			lines = append(lines, fmt.Sprintf("%s %s %s", table, person, held))
		} else if !errors.Is(err, store.ErrDamaged) {
			t.Fatalf("%s: %v", table, err)
		}
	}
	for _, person := range people {
		c, err := s.Conversation(t.Context(), dialog.Chat{Platform: "telegram", ID: person})
		see("conversation", person, c, err)
		r, err := s.Referral(t.Context(), "R"+person)
		see("referral", person, r, err)
		entries, err := s.Audit(t.Context(), "R"+person)
		see("nothing", person, nil, err)
		for _, e := range entries {
			see("audit", e.Actor, e, nil)
		}
	}
	open, err := s.Open(t.Context())
	see("nothing", "", nil, err)
	for _, r := range open {
		see("referral", strings.TrimPrefix(r.Ref, "R"), "listed", nil)
	}
	due, err := s.Due(t.Context(), s.now(), 10)
	for _, timer := range due {
		see("timer", timer.Chat.ID, timer, err)
	}
	for d, found, err := s.Take(t.Context(), time.Hour); found || err != nil; d, found, err = s.Take(t.Context(), time.Hour) {
		see("delivery", strings.TrimPrefix(d.Destination, "telegram:"), string(d.ID), err)
	}
	aside, err := s.Asides(t.Context(), 10)
	for _, a := range aside {
		if a.Cause != damaged {
			see("aside", strings.TrimPrefix(a.ID, "input "), a, err)
		}
	}
	return slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, "nothing") })
}

// TestFaultDamageIsNeverShown does to records all that can be done to them without the keys, and
// sees that nothing is shown of those, and everything of the others.
func TestFaultDamageIsNeverShown(t *testing.T) {
	t.Parallel()
	content, before := peopled(t)
	folder := t.TempDir()
	fresh := func(name string) *Store {
		path := filepath.Join(folder, name+".db")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return openAt(t, path)
	}
	whole := seen(t, fresh("whole"))
	if len(whole) != 7*len(people) {
		t.Fatalf("only this is seen of an undamaged store: %q", whole)
	}
	cases := 0
	// damage does something to the records that some people have in a table.
	damage := func(what, table string, to []string, do func(s *Store)) {
		t.Helper()
		cases++
		s := fresh(fmt.Sprint(cases))
		defer s.Close()
		do(s)
		want := slices.DeleteFunc(slices.Clone(whole), func(line string) bool {
			return slices.ContainsFunc(to, func(person string) bool { return strings.HasPrefix(line, table+" "+person+" ") })
		})
		if diff := cmp.Diff(want, seen(t, s)); diff != "" {
			t.Errorf("%s, in %s (-want +got):\n%s", what, table, diff)
		}
	}
	first := people[:1]
	for _, table := range []string{"conversation", "referral", "delivery", "aside", "timer", "audit"} {
		damage("two swapped", table, people, func(s *Store) {
			one, two := payloadOf(t, s, table, "1"), payloadOf(t, s, table, "2")
			put(t, s, table, "1", two)
			put(t, s, table, "2", one)
		})
		damage("another's put there as well", table, first, func(s *Store) { put(t, s, table, "1", payloadOf(t, s, table, "2")) })
		damage("cut short", table, first, func(s *Store) { put(t, s, table, "1", payloadOf(t, s, table, "1")[:20]) })
		damage("emptied", table, first, func(s *Store) { put(t, s, table, "1", []byte{}) })
		damage("in the clear", table, first, func(s *Store) { put(t, s, table, "1", []byte(`{"id":"forged"}`)) })
		if older := before[table+"1"]; older != nil {
			damage("put back", table, first, func(s *Store) { put(t, s, table, "1", older) })
		}
	}
	for _, change := range []struct{ table, set string }{
		{"conversation", "version = version + 1"},
		{"conversation", "version = version - 1"},
		{"referral", "version = version + 1"},
		{"referral", "status = 'claimed'"},
		{"referral", "due = due + 1"},
		{"timer", "at = at - 1"},
		{"delivery", "(record, payload) = (SELECT record, payload FROM delivery ORDER BY seq DESC LIMIT 1)"},
		{"aside", "record = (SELECT record FROM aside ORDER BY seq DESC LIMIT 1)"},
		{"audit", "record = (SELECT record FROM audit ORDER BY seq DESC LIMIT 1)"},
		{"timer", "another's"},
		{"aside", "another's"},
		{"audit", "another's"},
	} {
		damage(change.set, change.table, first, func(s *Store) {
			set := change.set
			if set == "another's" {
				set = rowOf(s, change.table, "2")
			}
			tampered(t, s, "DROP TRIGGER audit_fixed")
			if n, err := s.writer.exec(t.Context(), "UPDATE "+change.table+" SET "+set+" WHERE "+rowOf(s, change.table, "1")); err != nil || n != 1 {
				t.Fatal(n, err)
			}
		})
	}
	for n := range faulttest.Count(30, 500) {
		table := []string{"conversation", "referral", "delivery", "aside", "timer", "audit"}[n%6]
		damage("a bit turned", table, first, func(s *Store) {
			payload := payloadOf(t, s, table, "1")
			bit := rand.IntN(8 * len(payload))
			payload[bit/8] ^= 1 << (bit % 8)
			put(t, s, table, "1", payload)
		})
	}
	faulttest.Report(t, faulttest.Row{
		ID: "F17", Fault: "records damaged, swapped or put back", How: "the store on SQLite", Count: cases, Note: "none shown, all others read",
	})
}

// TestNothingIsInTheClear plants canaries in everything that is stored, does everything
// that is done to it, and looks for them in every file.
func TestNothingIsInTheClear(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "store.db")
	s := openAt(t, path)
	var c store.Change
	c.Conversation, c.Referral = &dialog.Conversation{}, &dialog.Referral{}
	n := storetest.Plant(&c) + storetest.Plant(c.Conversation) + storetest.Plant(c.Referral)
	if n < 40 {
		t.Errorf("only %d canaries", n)
	}
	c.Referral.Status, c.Aside[0].Cause, c.Aside[0].At = dialog.Received, "panic", s.now() // these are clear
	c.Heard[0].ID = "1"
	c.Take, c.Roster = &rules.Taken{}, &dialog.Roster{}
	storetest.Plant(c.Take)
	storetest.Plant(c.Roster)
	c.Fired, c.At = nil, s.now().Add(-time.Hour)
	commit := func(c store.Change) {
		t.Helper()
		if err := commit(s, c); err != nil {
			t.Fatal(err)
		}
	}
	commit(c)
	c.Keys, c.Conversation.Version, c.Referral.Version, c.Roster.Version = nil, 1, 1, 1
	commit(c)
	for _, end := range []func(d store.Delivery) error{
		func(d store.Delivery) error { return s.Done(t.Context(), d, "1") },
		func(d store.Delivery) error { return s.Dead(t.Context(), d, "refused") },
	} {
		d, found, err := s.Take(t.Context(), time.Hour)
		if err != nil || !found {
			t.Fatal(found, err)
		}
		if err := errors.Join(s.Start(t.Context(), d), end(d)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Lease(t.Context(), "canary", "canary", time.Hour); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), filepath.Join(folder, "backup.db")); err != nil {
		t.Fatal(err)
	}
	look := func(when string, want ...string) {
		t.Helper()
		files, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range files {
			names = append(names, f.Name())
			content, err := os.ReadFile(filepath.Join(folder, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			if at := bytes.Index(content, []byte("canary")); at >= 0 {
				t.Errorf("%s, %s has a canary: %q", when, f.Name(), content[max(0, at-40):at+20])
			}
		}
		if diff := cmp.Diff(want, names); diff != "" {
			t.Errorf("%s, there are files (-want +got):\n%s", when, diff)
		}
	}
	look("open", "backup.db", "store.db", "store.db-shm", "store.db-wal", "store.db.lock")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	look("closed", "backup.db", "store.db", "store.db.lock")
}

func TestOtherKeys(t *testing.T) {
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
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	others, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func(string, *seal.Keys) (*Store, error){"Open": Open, "OpenReadOnly": OpenReadOnly} {
		if _, err := open(path, others); !errors.Is(err, errKeys) {
			t.Errorf("%s with other keys returned %v", name, err)
		}
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was touched, %v", err)
	}
	rotated, err := testKeys().Rotate()
	if err != nil {
		t.Fatal(err)
	}
	openWith(t, path, rotated).Close()
	if _, err := Open(path, testKeys()); !errors.Is(err, errKeys) {
		t.Errorf("with the keys of before, once there are newer ones: %v", err)
	}
	s = openWith(t, path, rotated)
	for done := 1; done > 0; {
		if done, err = s.Reseal(t.Context(), 100); err != nil {
			t.Fatal(err)
		}
	}
	for _, table := range sealedTables {
		left, err := table.after(t.Context(), s.reads, table.first, rotated.Mark(), 10)
		if err != nil || len(left) > 0 {
			t.Errorf("%s: %d are sealed under an old key, %v", table.name, len(left), err)
		}
	}
}

// TestResealMeetsDamage sees that what does not open is left as it is, and the rest sealed anew.
func TestResealMeetsDamage(t *testing.T) {
	t.Parallel()
	content, _ := peopled(t)
	path := filepath.Join(t.TempDir(), "store.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	rotated, err := testKeys().Rotate()
	if err != nil {
		t.Fatal(err)
	}
	s := openWith(t, path, rotated)
	whole := seen(t, s)
	garbage := []byte("garbage")
	put(t, s, "conversation", "1", garbage)
	total := 0
	for done := 1; done > 0; total += done {
		if done, err = s.Reseal(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
	if want := 11; total != want {
		t.Errorf("%d were sealed anew, want %d", total, want)
	}
	if got := payloadOf(t, s, "conversation", "1"); !bytes.Equal(got, garbage) {
		t.Error("what does not open was changed")
	}
	left := slices.DeleteFunc(whole, func(line string) bool {
		return strings.HasPrefix(line, "conversation 1") || strings.HasPrefix(line, "delivery")
	})
	if diff := cmp.Diff(left, seen(t, s)); diff != "" {
		t.Errorf("seen (-want +got):\n%s", diff)
	}
}

func TestBackup(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path, copied := filepath.Join(folder, "store.db"), filepath.Join(folder, "a folder? of 100% #1", "copy.db")
	if err := os.Mkdir(filepath.Dir(copied), 0o700); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, path)
	if err := commit(s, turn("1", 0)); err != nil {
		t.Fatal(err)
	}
	beside, err := OpenReadOnly(path, testKeys())
	if err != nil {
		t.Fatal(err)
	}
	defer beside.Close()
	if err := os.WriteFile(copied+".part", []byte("left by a crash"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := beside.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if err := commit(s, turn("1", 1)); err != nil {
		t.Errorf("the bot can no longer write: %v", err)
	}
	if err := beside.Backup(t.Context(), copied); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over the copy: %v", err)
	}
	if err := beside.Backup(t.Context(), filepath.Join(folder, "missing", "copy.db")); err == nil {
		t.Error("copied into a folder that is not there")
	}
	files, err := os.ReadDir(filepath.Dir(copied))
	if err != nil || len(files) != 1 {
		t.Fatalf("there are %v, %v, want the copy alone", files, err)
	}
	if info, err := files[0].Info(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v, want 0600", info.Mode(), err)
	}
	restored := openAt(t, copied)
	c, err := restored.Conversation(t.Context(), dialog.Chat{Platform: "telegram", ID: "1"})
	if err != nil || c.Version != 1 {
		t.Errorf("restored version %d, %v, want 1", c.Version, err)
	}
	if err := commit(restored, turn("1", 1)); err != nil {
		t.Errorf("restored, it cannot be written: %v", err)
	}
}

// TestBackupIsTried sees that a copy of which nothing opens is not kept, and that one
// damaged record does not prevent a copy.
func TestBackupIsTried(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	for _, chat := range []string{"1", "2"} {
		if err := commit(s, turn(chat, 0)); err != nil {
			t.Fatal(err)
		}
	}
	folder := t.TempDir()
	for n, chat := range []string{"1", "2"} {
		query := "UPDATE conversation SET payload = x'010203' WHERE chat = ?"
		if _, err := s.writer.exec(t.Context(), query, s.chat(dialog.Chat{Platform: "telegram", ID: chat})); err != nil {
			t.Fatal(err)
		}
		err := s.Backup(t.Context(), filepath.Join(folder, chat))
		if damaged := n == 1; damaged != errors.Is(err, store.ErrDamaged) || !damaged && err != nil {
			t.Errorf("with %d of 2 damaged: %v", n+1, err)
		}
	}
	if files, err := os.ReadDir(folder); err != nil || len(files) != 1 {
		t.Errorf("there are %v, %v, want the first copy alone", files, err)
	}
}
