// Package faulttest counts what the fault tests do. Where FAULT_FULL=1 asks for their full
// counts, it also writes what became of each into the table of the README, or of the file that
// FAULT_TABLE names. Tests alone use it.
package faulttest

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Full reports whether the full counts are asked for.
func Full() bool { return os.Getenv("FAULT_FULL") != "" }

// Count returns few, or many where the full counts are asked for.
func Count(few, many int) int {
	if Full() {
		return many
	}
	return few
}

// noDisk says that there is no small disk.
func noDisk(tb testing.TB, why error) {
	tb.Helper()
	if os.Getenv("CI") != "" {
		tb.Errorf("no small disk can be mounted: %v", why)
		return
	}
	tb.Logf("NOT TESTED: no small disk can be mounted (%v), so that no full one was met", why)
}

// A Row is what became of one fault, met in one way.
type Row struct {
	ID      string // such as F1
	Fault   string
	How     string // it was met: by what, on which store
	Count   int    // how often
	Lost    int    // of what had been acknowledged
	Doubled int    // done or shown more than once
	Note    string
}

// The marks between which the table stands in its file.
const (
	begin = "<!-- faults -->"
	end   = "<!-- /faults -->"
)

var head = []string{
	"| | fault | how | count | lost | doubled | |",
	"|---|---|---|--:|--:|--:|---|",
}

func (r Row) cells() string {
	return fmt.Sprintf("| %s | %s | %s | %d | %d | %d | %s |", r.ID, r.Fault, r.How, r.Count, r.Lost, r.Doubled, r.Note)
}

// key is what two rows have in common of which one takes the other's place.
func key(line string) string {
	cells := strings.Split(line, " | ")
	return strings.Join(cells[:min(3, len(cells))], "|")
}

// Report logs r and, where the full counts are asked for, puts it into the table, in the place
// of what it said there before.
func Report(tb testing.TB, r Row) {
	tb.Helper()
	if tb.Failed() {
		r.Note = "FAILED " + r.Note
	}
	tb.Logf("%s %s, %s: %d times, %d lost, %d doubled. %s", r.ID, r.Fault, r.How, r.Count, r.Lost, r.Doubled, r.Note)
	if !Full() {
		return
	}
	if err := put(cmp.Or(os.Getenv("FAULT_TABLE"), readme()), r); err != nil {
		tb.Errorf("the table of faults: %v", err)
	}
}

// readme is that of the module.
func readme() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..", "README.md")
}

// put writes r into the table in file. The tests of several packages, and several trials of one
// test, do so at once: the file's folder is locked meanwhile, as the file itself is replaced as a
// whole, so that nobody meets half of it.
func put(file string, r Row) error {
	folder, err := os.Open(filepath.Dir(file))
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX); err != nil {
		return err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	next, err := with(string(text), r)
	if err != nil {
		return err
	}
	return replace(file, next)
}

// replace puts text in the place of what file says.
func replace(file, text string) error {
	was, err := os.Stat(file)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file))
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Chmod(was.Mode()), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), file)
}

// with returns text with r in its table.
func with(text string, r Row) (string, error) {
	before, rest, found := strings.Cut(text, begin+"\n")
	old, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		return "", fmt.Errorf("%q and %q are not in it", begin, end)
	}
	rows := []string{r.cells()}
	for line := range strings.Lines(old) {
		line = strings.TrimSuffix(line, "\n")
		if isRow.MatchString(line) && key(line) != key(r.cells()) {
			rows = append(rows, line)
		}
	}
	slices.SortFunc(rows, func(a, b string) int { return cmp.Or(compareIDs(a, b), cmp.Compare(a, b)) })
	lines := append([]string{"Measured on " + machine() + ".", ""}, append(head, rows...)...)
	return before + begin + "\n" + strings.Join(lines, "\n") + "\n" + end + after, nil
}

// isRow matches a row of the table, with the letter and the number of its ID.
var isRow = regexp.MustCompile(`^\| ([A-Z])([0-9]+) \|`)

// compareIDs orders rows by the letters of their IDs and then by the numbers.
func compareIDs(a, b string) int {
	one, other := isRow.FindStringSubmatch(a), isRow.FindStringSubmatch(b)
	return cmp.Or(cmp.Compare(one[1], other[1]), len(one[2])-len(other[2]), cmp.Compare(one[2], other[2]))
}

// machine says when and where this runs.
func machine() string {
	processor := runtime.GOARCH
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			processor = strings.TrimSpace(value)
			break
		}
	}
	return fmt.Sprintf("%s, %s, %d processors (%s), %s", time.Now().Format("2 January 2006"), runtime.GOOS, runtime.NumCPU(), processor, runtime.Version())
}
