package redis

import (
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"os"
	"sync"
	"testing"

	"referralbot/store"
	"referralbot/store/redis/redistest"
	"referralbot/store/seal"
	"referralbot/store/storetest"
)

// ours are the servers that all tests share, started by the first that needs them.
var ours struct {
	one     func() (*redistest.Server, error)
	several func() (*cluster, error)
	// calm is held by who needs the cluster to be whole, and by who breaks it.
	calm sync.RWMutex
}

// TestMain runs the tests and ends the servers, or is the child of a test.
func TestMain(m *testing.M) {
	if os.Getenv("CHILD") == "talk" {
		os.Exit(report(talkUntilKilled()))
	}
	os.Exit(run(m))
}

func report(err error) int {
	if err == nil {
		return 0
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func run(m *testing.M) int {
	if !redistest.Installed() {
		if os.Getenv("CI") != "" {
			return report(errors.New("there is no " + redistest.Binary + " here: nothing of store/redis can be tested"))
		}
		flag.Parse()
		_ = flag.Set("test.run", "^(TestWithoutServerOnlyTheseTwoAreTested|TestAddress|TestParts)$")
		_ = flag.Set("test.bench", "")
		return m.Run()
	}
	folder, err := os.MkdirTemp("", "redis")
	if err != nil {
		return report(err)
	}
	defer os.RemoveAll(folder)
	var one *redistest.Server
	several := &cluster{}
	ours.one = sync.OnceValues(func() (s *redistest.Server, err error) {
		one, err = redistest.New(folder)
		return one, err
	})
	ours.several = sync.OnceValues(func() (*cluster, error) { return several, several.start(folder) })
	defer func() {
		for _, s := range append(several.servers, one) {
			if s != nil {
				s.Kill()
			}
		}
	}()
	return m.Run()
}

// TestWithoutServerOnlyTheseTwoAreTested says so where it is so.
func TestWithoutServerOnlyTheseTwoAreTested(t *testing.T) {
	if !redistest.Installed() {
		t.Logf("NOT TESTED: there is no %s here, so that nothing of store/redis was tested but TestAddress and TestParts", redistest.Binary)
	}
}

// address returns that of the server which the tests share.
func address(tb testing.TB) string {
	tb.Helper()
	s, err := ours.one()
	if err != nil {
		tb.Fatal(err)
	}
	return s.URL()
}

// shared returns the cluster which the tests share.
func shared(tb testing.TB) *cluster {
	tb.Helper()
	c, err := ours.several()
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// openAt opens the store at address, which it shares with others under the prefix.
func openAt(tb testing.TB, address string, keys *seal.Keys, options Options) *Store {
	tb.Helper()
	s, err := Open(tb.Context(), address, keys, options)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// newStore opens a store that nobody else uses, on the server which the tests share.
func newStore(tb testing.TB) *Store {
	tb.Helper()
	s := openAt(tb, address(tb), newKeys(tb), Options{Prefix: prefix(tb.TempDir())})
	tb.Cleanup(func() { s.Close() })
	return s
}

// prefix is one of its own for every place.
func prefix(place string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(place)))[:12] }

func newKeys(tb testing.TB) *seal.Keys {
	tb.Helper()
	keys, err := seal.New()
	if err != nil {
		tb.Fatal(err)
	}
	return keys
}

// TestServer runs the contract on one server.
func TestServer(t *testing.T) {
	t.Parallel()
	at := address(t)
	storetest.Run(t, func(t *testing.T, place string, keys *seal.Keys) store.Store {
		return openAt(t, at, keys, Options{Prefix: prefix(place)})
	})
}

// TestCluster runs the contract on a cluster.
func TestCluster(t *testing.T) {
	t.Parallel()
	ours.calm.RLock()
	defer ours.calm.RUnlock()
	c := shared(t)
	t.Run("contract", func(t *testing.T) {
		storetest.Run(t, func(t *testing.T, place string, keys *seal.Keys) store.Store {
			return openAt(t, c.address(), keys, Options{Prefix: prefix(place)})
		})
	})
}

// must is for what a test needs and is not about.
func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func commit(tb testing.TB, s *Store, c store.Change) []store.Delivery {
	tb.Helper()
	said, err := s.Commit(context.Background(), c)
	must(tb, err)
	return said
}
