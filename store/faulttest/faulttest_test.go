package faulttest

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestTable sees that rows written at once all stand in the table, in order, each in the place
// of what it said before, and that nothing else is touched.
func TestTable(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "README.md")
	if err := os.WriteFile(file, []byte("before\n"+begin+"\n| F2 | x | SQLite | 1 | 9 | 9 | old |\n"+end+"\nafter\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for _, r := range []Row{{ID: "F10", Fault: "y", How: "SQLite", Count: 3}, {ID: "F2", Fault: "x", How: "SQLite", Count: 2}, {ID: "F2", Fault: "x", How: "Redis", Count: 4}} {
		all.Go(func() {
			if err := put(file, r); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join(append(head, "| F2 | x | Redis | 4 | 0 | 0 |  |", "| F2 | x | SQLite | 2 | 0 | 0 |  |", "| F10 | y | SQLite | 3 | 0 | 0 |  |", end, "after", ""), "\n")
	if !strings.HasPrefix(string(got), "before\n"+begin+"\nMeasured on ") || !strings.HasSuffix(string(got), "\n\n"+want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if err := os.WriteFile(file, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	if put(file, Row{}) == nil {
		t.Error("a file without the marks is written to")
	}
}
