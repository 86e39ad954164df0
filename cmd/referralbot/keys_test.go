package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/store"
)

func contentOf(t *testing.T, file string) []byte {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestKeysAreMadeOnce(t *testing.T) {
	t.Parallel()
	file := newKeys(t, t.TempDir())
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o400 {
		t.Errorf("mode %v, %v, want 0400", info.Mode(), err)
	}
	before := contentOf(t, file)
	got := runWith(t, nil, "", "keys", "new", file)
	if got.code != exitFailed || !strings.Contains(got.err, "already") {
		t.Errorf("a second time: exit code %d, %s", got.code, got.err)
	}
	if !bytes.Equal(before, contentOf(t, file)) {
		t.Error("the file was overwritten")
	}
	if got := runWith(t, nil, "", "keys", "new", filepath.Join(t.TempDir(), "missing", "keys")); got.code != exitFailed {
		t.Errorf("in a folder that is not there: exit code %d", got.code)
	}
}

func TestKeysAreRotated(t *testing.T) {
	t.Parallel()
	k := keep(t)
	before := contentOf(t, k.Keys)
	if got := runWith(t, nil, "", "keys", "rotate", k.Keys); got.code != exitFine || !strings.Contains(got.out, "start serve again") {
		t.Fatalf("exit code %d, %s%s", got.code, got.out, got.err)
	}
	if bytes.Equal(before, contentOf(t, k.Keys)) {
		t.Error("the file has no new key")
	}
	files, err := os.ReadDir(filepath.Dir(k.Keys))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || strings.Contains(f.Name(), "next") || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("left %s with mode %v, %v", f.Name(), info.Mode(), err)
		}
	}
	if got := referrals(t, k, "show", "R1"); got.code != exitFine || !strings.Contains(got.out, "Tess Marlowe") {
		t.Errorf("show: exit code %d, %s%s", got.code, got.out, got.err)
	}
	if err := os.Chmod(k.Keys, 0o440); err != nil {
		t.Fatal(err)
	}
	if got := runWith(t, nil, "", "keys", "rotate", k.Keys); got.code != exitFailed || !strings.Contains(got.err, "chmod 400") {
		t.Errorf("of a file that others may read: exit code %d, %s", got.code, got.err)
	}
}

// TestServeSealsAnew rotates the keys and sees that the program then seals everything
// anew by itself.
func TestServeSealsAnew(t *testing.T) {
	t.Parallel()
	k := keep(t)
	if got := runWith(t, nil, "", "keys", "rotate", k.Keys); got.code != exitFine {
		t.Fatal(got.err)
	}
	db, err := k.open()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var log lockedBuffer
	p := &program{store: db, bot: &bot.Bot{Log: slog.New(slog.NewTextHandler(&log, nil))}}
	ctx, stop := context.WithCancel(t.Context())
	over := make(chan error)
	go func() { over <- p.reseal(ctx) }()
	for deadline := time.Now().Add(10 * time.Second); !strings.Contains(log.String(), "anew=3"); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not everything is sealed anew: %s", log.String())
		}
	}
	stop()
	if err := <-over; err != nil {
		t.Error(err)
	}
	if n, err := db.Reseal(t.Context(), 10); err != nil || n != 0 {
		t.Errorf("%d were left, %v", n, err)
	}
}

func TestWithoutTheRightKeys(t *testing.T) {
	t.Parallel()
	k := keep(t)
	file := strings.TrimPrefix(k.Store, "sqlite:")
	before := contentOf(t, file)
	open := filepath.Join(t.TempDir(), "open.keys")
	if err := os.WriteFile(open, contentOf(t, k.Keys), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, keys string
		code       int
		want       string
	}{
		{"none", "", exitUsage, "referralbot keys new"},
		{"no file", filepath.Join(t.TempDir(), "missing"), exitUsage, "does not exist"},
		{"a file that others may read", open, exitUsage, "chmod 400"},
		{"others", newKeys(t, t.TempDir()), exitFailed, "sealed under other keys"},
	} {
		for _, args := range [][]string{
			{"stats"}, {"referrals", "list"}, {"referrals", "erase", "R1", "--reason", "asked"}, {"aside"}, {"backup", filepath.Join(t.TempDir(), "b")},
		} {
			got := runWith(t, kept{Store: k.Store, Keys: test.keys}.env(), "", args...)
			if got.code != test.code || !strings.Contains(got.err, test.want) {
				t.Errorf("%s, %s: exit code %d, %s", test.name, args[0], got.code, got.err)
			}
		}
	}
	if !bytes.Equal(before, contentOf(t, file)) {
		t.Error("the store was touched")
	}
}

func TestBackupBesideTheBot(t *testing.T) {
	t.Parallel()
	k := keep(t)
	db, err := k.open()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	file := filepath.Join(t.TempDir(), "backup.db")
	if got := runWith(t, k.env(), "", "backup", file); got.code != exitFine || !strings.Contains(got.out, "opens under the keys") {
		t.Fatalf("exit code %d, %s%s", got.code, got.out, got.err)
	}
	if got := runWith(t, k.env(), "", "backup", file); got.code != exitFailed || !strings.Contains(got.err, "already") {
		t.Errorf("a second time: exit code %d, %s", got.code, got.err)
	}
	restored := kept{Store: "sqlite:" + file, Keys: k.Keys}
	if got := referrals(t, restored, "show", "R1"); got.code != exitFine || !strings.Contains(got.out, "Tess Marlowe") || got.err != "" {
		t.Errorf("restored: exit code %d, %s%s", got.code, got.out, got.err)
	}
}

func TestAside(t *testing.T) {
	t.Parallel()
	k := keep(t)
	db, err := k.open()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Now().UTC().Add(-time.Hour)
	_, err = db.Commit(t.Context(), store.Change{At: at, Aside: []store.Aside{
		{ID: "telegram:1:41", Kind: "input", Cause: "panic", At: at, Body: []byte(`{"text":"my name is Tess"}`)},
		{ID: "telegram:1:42", Kind: "input", Cause: "undecodable", At: at},
		{ID: "slack:1", Kind: "input", Cause: "fault", At: at, Body: []byte(`{"Ref":"R1","Deed":{}}`)},
		{ID: "telegram:1:44", Kind: "input", Cause: "fault", At: at, Body: []byte(`{"Chat":{"platform":"telegram","id":"1001"}}`)},
	}})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	got := runWith(t, k.env(), "", "aside")
	if want := "telegram:1:41  input  panic        " + at.Format(time.DateTime); got.code != exitFine || !strings.Contains(got.out, want) || strings.Contains(got.out, "Tess") {
		t.Errorf("list: exit code %d, %s%s", got.code, got.out, got.err)
	}
	got = runWith(t, k.env(), "", "aside", "show", "telegram:1:41")
	if got.code != exitFine || !strings.Contains(got.out, "my name is Tess") || got.err != "" {
		t.Errorf("show: exit code %d, %s%s", got.code, got.out, got.err)
	}
	for _, id := range []string{"slack:1", "telegram:1:44"} { // one names the referral, one the chat that it is of
		if got := runWith(t, k.env(), "", "aside", "show", id); got.code != exitFine || got.err != "" {
			t.Errorf("show %s: exit code %d, %s", id, got.code, got.err)
		}
	}
	for ref, times := range map[string]int{"R1": 2, "aside": 1} {
		if got := runWith(t, k.env(), "", "audit", "show", ref); strings.Count(got.out, "read what was set aside of it") != times || strings.Contains(got.out, "telegram:1") {
			t.Errorf("audited of %s:\n%s%s", ref, got.out, got.err)
		}
	}
	for id, want := range map[string]string{"telegram:1:42": "does not open, or held nothing", "telegram:1:43": "nothing is set aside"} {
		if got := runWith(t, k.env(), "", "aside", "show", id); got.code != exitFailed || !strings.Contains(got.err, want) {
			t.Errorf("show %s: exit code %d, %s", id, got.code, got.err)
		}
	}
}
