package faulttest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// table makes a file with a table of those lines.
func table(t *testing.T, lines ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "README.md")
	text := "before\n" + begin + "\n" + strings.Join(append(lines, end), "\n") + "\nafter\n"
	if err := os.WriteFile(file, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestTable sees that rows stand in the table in order, each in the place of what it said
// before, and that nothing else is touched.
func TestTable(t *testing.T) {
	t.Parallel()
	file := table(t, "| F2 | x | SQLite | 1 | 9 | 9 | old |", "| D1 | z | SQLite | 1 | 0 | 0 | ended |")
	for _, r := range []Row{{ID: "F10", Fault: "y", How: "SQLite", Count: 3}, {ID: "F2", Fault: "x", How: "SQLite", Count: 2}, {ID: "F2", Fault: "x", How: "Redis", Count: 4}} {
		if err := put(file, r); err != nil {
			t.Error(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join(append(head, "| D1 | z | SQLite | 1 | 0 | 0 | ended |", "| F2 | x | Redis | 4 | 0 | 0 |  |",
		"| F2 | x | SQLite | 2 | 0 | 0 |  |", "| F10 | y | SQLite | 3 | 0 | 0 |  |", end, "after", ""), "\n")
	if !strings.HasPrefix(string(got), "before\n"+begin+"\nMeasured on ") || !strings.HasSuffix(string(got), "\n\n"+want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if is, err := os.Stat(file); err != nil || is.Mode() != 0o640 {
		t.Errorf("its mode is %v, %v", is.Mode(), err)
	}
	if err := os.WriteFile(file, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	if put(file, Row{}) == nil {
		t.Error("a file without the marks is written to")
	}
}

// TestRowsWrittenAtOnce sees that of rows that are written at once none is lost, and that who
// reads meanwhile never meets half a file.
func TestRowsWrittenAtOnce(t *testing.T) {
	t.Parallel()
	const rows = 60
	file := table(t)
	var all sync.WaitGroup
	for n := range rows {
		all.Go(func() {
			if err := put(file, Row{ID: fmt.Sprint("F", n), Note: strings.Repeat("much ", 2000)}); err != nil {
				t.Error(err)
			}
			if text, err := os.ReadFile(file); err != nil || !strings.HasSuffix(string(text), end+"\nafter\n") {
				t.Errorf("half a file is read, %v", err)
			}
		})
	}
	all.Wait()
	text, err := os.ReadFile(file)
	if n := strings.Count(string(text), "\n| F"); err != nil || n != rows {
		t.Errorf("%d rows stand in the table, want %d; %v", n, rows, err)
	}
	if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) != 1 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
}
