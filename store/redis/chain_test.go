package redis

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/store"
)

// The referrals of the tests of the audit.
const (
	inA = "R05-A"
	inB = "R06-B"
)

// view writes down that a referral was read.
func view(t *testing.T, s *Store, refs ...string) {
	t.Helper()
	for _, ref := range refs {
		e := dialog.Entry{Ref: ref, At: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC), Actor: "U1", Action: "opened"}
		commit(t, s, store.Change{Audit: []dialog.Entry{e}})
	}
}

// chains returns every chain by its reference, and what is wrong with them by themselves.
func chains(t *testing.T, s *Store) (all map[string]store.Chain, alone []store.Fault) {
	t.Helper()
	all = map[string]store.Chain{}
	must(t, s.Chains(t.Context(), []string{inA, inB}, func(c store.Chain) error {
		all[c.Ref] = c
		alone = append(alone, c.Faults(s.keys.Sum)...)
		return nil
	}))
	return all, alone
}

// TestTampering does to the audit of A, of five entries, and of B, of one, what can be done to
// it without the keys. What does not show by itself shows against the heads.
func TestTampering(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name           string
		do             func(t *testing.T, s *Store, a, b string)
		alone, against []store.Fault
	}{
		{name: "nothing", do: func(*testing.T, *Store, string, string) {}},
		{
			name:  "changed",
			do:    func(t *testing.T, s *Store, a, _ string) { must(t, s.client.LSet(t.Context(), a, 2, "garbage").Err()) },
			alone: []store.Fault{{Ref: inA, From: 3, What: store.Changed}},
		}, {
			name:  "the only one changed",
			do:    func(t *testing.T, s *Store, _, b string) { must(t, s.client.LSet(t.Context(), b, 0, "garbage").Err()) },
			alone: []store.Fault{{Ref: inB, From: 1, What: store.Changed}},
		}, {
			name: "deleted",
			do: func(t *testing.T, s *Store, a, _ string) {
				must(t, s.client.LRem(t.Context(), a, 1, s.client.LIndex(t.Context(), a, 1).Val()).Err())
			},
			alone: []store.Fault{{Ref: inA, From: 2, What: store.Missing}},
		}, {
			name: "copied",
			do: func(t *testing.T, s *Store, a, _ string) {
				must(t, s.client.RPush(t.Context(), a, s.client.LIndex(t.Context(), a, 1).Val()).Err())
			},
			alone: []store.Fault{{Ref: inA, From: 2, What: store.Inserted}},
		}, {
			name: "copied from another",
			do: func(t *testing.T, s *Store, a, b string) {
				must(t, s.client.RPush(t.Context(), b, s.client.LIndex(t.Context(), a, 1).Val()).Err())
			},
			alone: []store.Fault{{Ref: inB, From: 2, What: store.Changed}},
		}, {
			name: "swapped",
			do: func(t *testing.T, s *Store, a, _ string) {
				two, three := s.client.LIndex(t.Context(), a, 1).Val(), s.client.LIndex(t.Context(), a, 2).Val()
				must(t, errors.Join(s.client.LSet(t.Context(), a, 1, three).Err(), s.client.LSet(t.Context(), a, 2, two).Err()))
			},
			alone: []store.Fault{{Ref: inA, From: 2, What: store.Misplaced}},
		}, {
			name:    "cut off",
			do:      func(t *testing.T, s *Store, a, _ string) { must(t, s.client.LTrim(t.Context(), a, 0, 2).Err()) },
			against: []store.Fault{{Ref: inA, From: 4, What: store.Cut}},
		}, {
			name: "cut off, and gone on",
			do: func(t *testing.T, s *Store, a, _ string) {
				must(t, s.client.LTrim(t.Context(), a, 0, 2).Err())
				commit(t, s, store.Change{Audit: slices.Repeat([]dialog.Entry{{Ref: inA, Actor: "U2", Action: "opened"}}, 3)})
			},
			against: []store.Fault{{Ref: inA, From: 5, What: store.Other}}, // others made the last two
		}, {
			name:    "gone",
			do:      func(t *testing.T, s *Store, _, b string) { must(t, s.client.Del(t.Context(), b).Err()) },
			against: []store.Fault{{Ref: inB, From: 1, What: store.Gone}},
		}, {
			name: "no longer listed",
			do: func(t *testing.T, s *Store, _, _ string) {
				must(t, s.client.Del(t.Context(), s.part(5).key("audited"), s.part(6).key("audited")).Err())
			},
			against: []store.Fault{{Ref: inA, From: 1, What: store.Gone}, {Ref: inB, From: 1, What: store.Gone}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newStore(t)
			view(t, s, inA, inA, inB, inA, inA, inA)
			before, alone := chains(t, s)
			if len(before) != 2 || len(alone) > 0 {
				t.Fatal(before, alone)
			}
			test.do(t, s, s.part(5).keyOf(kindAudit, s.codec.ref(inA)), s.part(6).keyOf(kindAudit, s.codec.ref(inB)))
			after, alone := chains(t, s)
			if diff := cmp.Diff(test.alone, alone); diff != "" {
				t.Errorf("alone (-want +got):\n%s", diff)
			}
			var against []store.Fault
			for ref, c := range before {
				if f, wrong := after[ref].Since(c.Head()); wrong {
					against = append(against, f)
				}
			}
			slices.SortFunc(against, func(a, b store.Fault) int { return strings.Compare(a.Ref, b.Ref) })
			if diff := cmp.Diff(test.against, against); diff != "" {
				t.Errorf("against the heads (-want +got):\n%s", diff)
			}
		})
	}
}

// TestChainGoesOn sees that a damaged chain is added to, and shows where it is damaged.
func TestChainGoesOn(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	view(t, s, inA, inA, inA)
	must(t, s.client.LSet(t.Context(), s.part(5).keyOf(kindAudit, s.codec.ref(inA)), -1, "garbage").Err())
	view(t, s, inA, inA)
	want := []store.Fault{{Ref: inA, From: 3, What: store.Changed}}
	if _, alone := chains(t, s); !cmp.Equal(want, alone) {
		t.Errorf("found %v, want %v", alone, want)
	}
	if entries, err := s.Audit(t.Context(), inA); len(entries) != 4 || !errors.Is(err, store.ErrDamaged) {
		t.Errorf("read %d entries, %v", len(entries), err)
	}
}

// TestManyProcesses has processes of their own add to one chain, none of which knows what the
// others do.
func TestManyProcesses(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	keys, at := s.keys, address(t)
	const processes, views = 8, 25
	var all sync.WaitGroup
	for range processes {
		other := openAt(t, at, keys, s.options)
		t.Cleanup(func() { other.Close() })
		all.Go(func() {
			for range views {
				if _, err := other.Commit(context.Background(), store.Change{Audit: []dialog.Entry{{Ref: inA}}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if read, alone := chains(t, s); len(alone) > 0 || len(read[inA].Links) != processes*views {
		t.Errorf("%d links, %v", len(read[inA].Links), alone)
	}
}
