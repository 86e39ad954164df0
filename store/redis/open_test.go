package redis

import (
	"context"
	"errors"
	"strings"
	"testing"

	"referralbot/store"
	"referralbot/store/redis/redistest"
)

// TestOpenRefuses gives each reason there is for not opening a store.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		options []string
		err     error
	}{
		{"no append-only file", []string{"--appendonly", "no"}, errAppendOnly},
		{"eviction", []string{"--maxmemory-policy", "allkeys-lru"}, errEviction},
		{"one node of a cluster", []string{"--cluster-enabled", "yes"}, errPlain},
		{"a replica", []string{"--replicaof", "127.0.0.1 1"}, errReplica},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			own := redistest.Own(t, tt.options...)
			s, err := Open(t.Context(), own.URL(), newKeys(t), Options{})
			if !errors.Is(err, tt.err) || s != nil || !strings.Contains(err.Error(), own.Address()) {
				t.Errorf("got %v, want %v of %s", err, tt.err, own.Address())
			}
		})
	}
	t.Run("an old server", func(t *testing.T) {
		t.Parallel()
		old := map[string]string{"redis_version": "6.2.14", "aof_enabled": "1", "maxmemory_policy": "noeviction"}
		if err := keepsItsWord(old); !errors.Is(err, errVersion) {
			t.Errorf("got %v, want %v", err, errVersion)
		}
		old["redis_version"] = "8.0.1"
		must(t, keepsItsWord(old))
	})
	t.Run("other keys", func(t *testing.T) {
		t.Parallel()
		s := newStore(t)
		commit(t, s, store.Change{Keys: []string{"update 1"}})
		if _, err := Open(t.Context(), address(t), newKeys(t), s.options); !errors.Is(err, errKeys) {
			t.Errorf("got %v, want %v", err, errKeys)
		}
		rotated, err := s.keys.Rotate()
		must(t, err)
		openAt(t, address(t), rotated, s.options).Close()
	})
	for name, tt := range map[string]struct {
		made meta
		want error
	}{
		"other parts":                {meta{Partitions: 32, Format: format}, errPartitions},
		"a newer release's":          {meta{Partitions: store.Partitions, Format: format + 1}, errNewer},
		"before formats had numbers": {meta{Partitions: store.Partitions}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStore(t)
			sealed, err := s.codec.seal(tt.made, metaPlace())
			must(t, err)
			must(t, s.client.Set(t.Context(), s.part(0).key(kindMeta), sealed, 0).Err())
			again, err := Open(t.Context(), address(t), s.keys, s.options)
			if !errors.Is(err, tt.want) {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
			if err != nil {
				return
			}
			defer again.Close()
			sealed, err = s.client.Get(t.Context(), s.part(0).key(kindMeta)).Bytes()
			must(t, err)
			var noted meta
			must(t, s.codec.open(sealed, metaPlace(), &noted))
			if noted.Format != format {
				t.Errorf("the format noted is %d, want %d", noted.Format, format)
			}
		})
	}
	t.Run("nobody there", func(t *testing.T) {
		t.Parallel()
		if _, err := Open(t.Context(), "redis://127.0.0.1:1", newKeys(t), Options{}); err == nil {
			t.Error("opened")
		}
	})
	t.Run("given up", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := Open(ctx, address(t), newKeys(t), Options{Prefix: "given up"}); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want %v", err, context.Canceled)
		}
	})
}

// TestRemarks: what may be lost on a server that is taken all the same is said.
func TestRemarks(t *testing.T) {
	t.Parallel()
	for sync, want := range map[string]string{"always": "", "everysec": "set appendfsync always", "no": "set appendfsync always"} {
		s := openAt(t, redistest.Own(t, "--appendfsync", sync).URL(), newKeys(t), Options{})
		defer s.Close()
		if got := strings.Join(s.Remarks(t.Context()), "; "); !strings.Contains(got, want) || (got == "") != (want == "") {
			t.Errorf("appendfsync %s: %q, want %q", sync, got, want)
		}
	}
	for replicas, told := range map[int]bool{0: true, 1: false} {
		s := openAt(t, shared(t).address(), newKeys(t), Options{Prefix: prefix(t.TempDir()), Replicas: replicas})
		defer s.Close()
		got := strings.Join(s.Remarks(t.Context()), "; ")
		if strings.Contains(got, "STORE_WAIT=1") != told {
			t.Errorf("a cluster, waiting for %d replicas: %q", replicas, got)
		}
	}
}
