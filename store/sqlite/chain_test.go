package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/store"
)

// tampered does to the file what nobody but somebody who has it would do.
func tampered(t *testing.T, s *Store, queries ...string) {
	t.Helper()
	for _, query := range queries {
		if _, err := s.writer.exec(t.Context(), query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
}

// view writes down that a referral was read.
func view(t *testing.T, s *Store, ref, actor string) {
	t.Helper()
	e := dialog.Entry{Ref: ref, At: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC), Actor: actor, Action: "opened"}
	if err := commit(s, store.Change{Audit: []dialog.Entry{e}}); err != nil {
		t.Fatal(err)
	}
}

// audited makes a store with the chains of two referrals, A of five entries and B of one, and
// returns its file's content, and the heads.
func audited(t *testing.T) (content []byte, heads []store.Head) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "store.db")
	s := openAt(t, path)
	for _, ref := range []string{"A", "A", "B", "A", "A", "A"} {
		view(t, s, ref, "U1")
	}
	if err := s.Chains(t.Context(), nil, func(c store.Chain) error {
		heads = append(heads, c.Head())
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content, heads
}

// faults are all that are found in s, alone and against the heads.
func faults(t *testing.T, s *Store, heads []store.Head) (alone, against []store.Fault) {
	t.Helper()
	chains := map[string]store.Chain{}
	if err := s.Chains(t.Context(), []string{"A", "B"}, func(c store.Chain) error {
		alone = append(alone, c.Faults(s.keys.Sum)...)
		chains[c.Ref] = c
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, h := range heads {
		if f, wrong := chains[h.Ref].Since(h); wrong {
			against = append(against, f)
		}
	}
	return alone, against
}

// TestTampering does to the audit all that can be done to it without the keys. What does not
// show by itself shows against the heads.
func TestTampering(t *testing.T) {
	t.Parallel()
	content, heads := audited(t)
	fresh := func(t *testing.T) *Store {
		path := filepath.Join(t.TempDir(), "store.db")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		s := openAt(t, path)
		tampered(t, s, "DROP TRIGGER audit_kept", "DROP TRIGGER audit_fixed")
		return s
	}
	// The rows of A are 1, 2, 4, 5 and 6; that of B is 3.
	const twice = "INSERT INTO audit (record, ref, payload) SELECT record, ref, payload FROM audit WHERE seq = 2"
	swap := []string{"UPDATE audit SET seq = 7 WHERE seq = 2", "UPDATE audit SET seq = 2 WHERE seq = 4", "UPDATE audit SET seq = 4 WHERE seq = 7"}
	for _, test := range []struct {
		name           string
		queries        []string
		alone, against []store.Fault
	}{
		{name: "nothing"},
		{name: "changed", queries: []string{"UPDATE audit SET payload = zeroblob(100) WHERE seq = 4"},
			alone: []store.Fault{{Ref: "A", From: 3, What: store.Changed}}},
		{name: "the only one changed", queries: []string{"UPDATE audit SET payload = zeroblob(100) WHERE seq = 3"},
			alone: []store.Fault{{Ref: "B", From: 1, What: store.Changed}}},
		{name: "the last changed", queries: []string{"UPDATE audit SET payload = zeroblob(100) WHERE seq = 6"},
			alone: []store.Fault{{Ref: "A", From: 5, What: store.Changed}}},
		{name: "deleted", queries: []string{"DELETE FROM audit WHERE seq IN (2, 4)"},
			alone: []store.Fault{{Ref: "A", From: 2, What: store.Missing}}},
		{name: "the first deleted", queries: []string{"DELETE FROM audit WHERE seq = 1"},
			alone: []store.Fault{{Ref: "A", From: 1, What: store.Missing}}},
		{name: "copied to the end", queries: []string{twice},
			alone: []store.Fault{{Ref: "A", From: 2, What: store.Inserted}}},
		{name: "copied from another chain", queries: []string{"INSERT INTO audit (record, ref, payload) SELECT record, (SELECT ref FROM audit WHERE seq = 3), payload FROM audit WHERE seq = 2"},
			alone: []store.Fault{{Ref: "B", From: 2, What: store.Changed}}},
		{name: "swapped", queries: swap,
			alone: []store.Fault{{Ref: "A", From: 2, What: store.Misplaced}}},
		{name: "moved to the front", queries: []string{"UPDATE audit SET seq = -1 WHERE seq = 5"},
			alone: []store.Fault{{Ref: "A", From: 1, What: store.Misplaced}}},
		{name: "cut off", queries: []string{"DELETE FROM audit WHERE seq >= 5"},
			against: []store.Fault{{Ref: "A", From: 4, What: store.Cut}}},
		{name: "one chain gone", queries: []string{"DELETE FROM audit WHERE seq = 3"},
			against: []store.Fault{{Ref: "B", From: 1, What: store.Gone}}},
		{name: "all gone", queries: []string{"DELETE FROM audit"},
			against: []store.Fault{{Ref: "A", From: 1, What: store.Gone}, {Ref: "B", From: 1, What: store.Gone}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := fresh(t)
			tampered(t, s, test.queries...)
			alone, against := faults(t, s, heads)
			if diff := cmp.Diff(test.alone, alone); diff != "" {
				t.Errorf("alone (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.against, sorted(against)); diff != "" {
				t.Errorf("against the heads (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPutBack puts the whole file back to what it was, which shows against later heads, also
// once it has gone on.
func TestPutBack(t *testing.T) {
	t.Parallel()
	content, _ := audited(t)
	folder := t.TempDir()
	put := func(name string) *Store {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return openAt(t, path)
	}
	s := put("real.db")
	view(t, s, "A", "U1")
	view(t, s, "C", "U1")
	var heads []store.Head
	if err := s.Chains(t.Context(), nil, func(c store.Chain) error {
		heads = append(heads, c.Head())
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	back := put("back.db")
	want := []store.Fault{{Ref: "A", From: 6, What: store.Cut}, {Ref: "C", From: 1, What: store.Gone}}
	if alone, against := faults(t, back, heads); len(alone) > 0 || !cmp.Equal(want, sorted(against)) {
		t.Errorf("put back: %v, %v", alone, against)
	}
	view(t, back, "A", "U2")
	view(t, back, "A", "U2")
	want[0] = store.Fault{Ref: "A", From: 6, What: store.Other}
	if alone, against := faults(t, back, heads); len(alone) > 0 || !cmp.Equal(want, sorted(against)) {
		t.Errorf("put back, and gone on: %v, %v", alone, against)
	}
}

// TestChainGoesOn sees that a damaged chain is added to, and shows where it is damaged.
func TestChainGoesOn(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	for range 3 {
		view(t, s, "A", "U1")
	}
	tampered(t, s, "UPDATE audit SET payload = x'00' WHERE seq = 3")
	view(t, s, "A", "U1")
	view(t, s, "A", "U1")
	want := []store.Fault{{Ref: "A", From: 3, What: store.Changed}}
	if alone, _ := faults(t, s, nil); !cmp.Equal(want, alone) {
		t.Errorf("found %v, want %v", alone, want)
	}
	if entries, err := s.Audit(t.Context(), "A"); len(entries) != 4 || !errors.Is(err, store.ErrDamaged) {
		t.Errorf("read %d entries, %v", len(entries), err)
	}
}

// TestAuditIsOnlyAddedTo sees that no mistake of ours or of an operator's takes away from it.
func TestAuditIsOnlyAddedTo(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	view(t, s, "A", "U1")
	for _, query := range []string{"DELETE FROM audit", "UPDATE audit SET ref = 'B'", "UPDATE audit SET seq = 7"} {
		if _, err := s.writer.exec(t.Context(), query); err == nil {
			t.Errorf("%s: done", query)
		}
	}
}

// sorted puts faults in the order of their references.
func sorted(all []store.Fault) []store.Fault {
	slices.SortFunc(all, func(a, b store.Fault) int { return strings.Compare(a.Ref, b.Ref) })
	return all
}
