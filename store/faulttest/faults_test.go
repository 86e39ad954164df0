package faulttest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// faults are those that are met, by what they are called in the table.
var faults = map[string]string{
	"F1": "killed at random moments", "F2": "killed at named points", "F4": "duplicates", "F5": "another order",
	"F6": "claims at once", "F7": "slots wanted at once", "F8": "rate limits", "F9": "posts with an unknown end", "F10": "history that lags",
	"F11": "Redis killed", "F12": "a master lost", "F13": "nothing passes to the store", "F15": "a process stopped for a while",
	"F16": "a full disk", "F17": "damaged records", "F19": "clocks that jump", "F21": "Telegram away", "F22": "a slow store",
	"F23": "bodies made to harm", "F24": "random input", "F25": "floods", "F26": "members who leave", "F27": "canaries", "F31": "poison",
}

// testFunctions calls see with every function of the module's tests and the folder it is in.
func testFunctions(t *testing.T, see func(folder string, f *ast.FuncDecl)) {
	t.Helper()
	top := filepath.Dir(readme())
	err := filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(top, filepath.Dir(path))
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				see(filepath.ToSlash(folder), f)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestEveryFaultIsMet sees that every fault is named by a test that -run Fault runs, and that no
// test names one that is not in the list.
func TestEveryFaultIsMet(t *testing.T) {
	t.Parallel()
	id := regexp.MustCompile(`^"F[0-9]+"$`)
	met := map[string][]string{}
	testFunctions(t, func(folder string, f *ast.FuncDecl) {
		ast.Inspect(f, func(n ast.Node) bool {
			row, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			for _, e := range row.Elts {
				pair, ok := e.(*ast.KeyValueExpr)
				if !ok {
					continue
				}
				name, _ := pair.Key.(*ast.Ident)
				value, _ := pair.Value.(*ast.BasicLit)
				if name == nil || name.Name != "ID" || value == nil || !id.MatchString(value.Value) || f.Name.Name == "TestTable" {
					continue
				}
				if !strings.HasPrefix(f.Name.Name, "TestFault") {
					t.Errorf("%s.%s names fault %s and is not run by -run Fault", folder, f.Name.Name, value.Value)
				}
				fault := strings.Trim(value.Value, `"`)
				met[fault] = append(met[fault], folder+"."+f.Name.Name)
			}
			return true
		})
	})
	for fault, what := range faults {
		if len(met[fault]) == 0 {
			t.Errorf("%s, %s, is met by no test", fault, what)
		}
	}
	for _, fault := range slices.Sorted(maps.Keys(met)) {
		t.Logf("%s %s: %s", fault, faults[fault], strings.Join(slices.Compact(slices.Sorted(slices.Values(met[fault]))), ", "))
		if faults[fault] == "" {
			t.Errorf("%s is not in the list", fault)
		}
	}
}

// TestFaultRandomInput sees that there are fuzz targets wherever something from outside is read,
// and, where the full counts are asked for, gives each of them random input.
func TestFaultRandomInput(t *testing.T) {
	t.Parallel()
	targets := map[string][]string{}
	testFunctions(t, func(folder string, f *ast.FuncDecl) {
		if strings.HasPrefix(f.Name.Name, "Fuzz") {
			targets[folder] = append(targets[folder], f.Name.Name)
		}
	})
	for _, folder := range []string{"rules", "dialog", "bot/telegram", "bot/slack", "store/seal"} {
		if len(targets[folder]) == 0 {
			t.Errorf("%s has no fuzz target", folder)
		}
	}
	if !Full() {
		return
	}
	row := Row{ID: "F24", Fault: "random input", How: "every fuzz target for about a minute"}
	for _, folder := range slices.Sorted(maps.Keys(targets)) {
		for _, target := range targets[folder] {
			few := 1000
			began := time.Now()
			fuzzed(t, folder, target, few)
			many := few * max(1, int(time.Minute/time.Since(began)))
			fuzzed(t, folder, target, many)
			row.Count += few + many
			row.Note = strings.TrimPrefix(fmt.Sprintf("%s, %s %d", row.Note, target, few+many), ", ")
		}
	}
	Report(t, row)
}

// fuzzed calls a target so often. It is not given a time: at the end of that, go test up to 1.26
// may fail without reason (golang/go#75804).
func fuzzed(t *testing.T, folder, target string, times int) {
	t.Helper()
	fuzz := exec.Command("go", "test", "-run", "^$", "-fuzz", "^"+target+"$", "-fuzztime", fmt.Sprint(times, "x"), "-fuzzminimizetime", "1x", "./"+folder)
	fuzz.Dir = filepath.Dir(readme())
	if out, err := fuzz.CombinedOutput(); err != nil {
		t.Errorf("%s in %s: %v\n%s", target, folder, err, out)
	}
	t.Logf("%s in %s: %d times", target, folder, times)
}
