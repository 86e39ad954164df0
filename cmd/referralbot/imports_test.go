package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "referralbot"

// rooms says which other rooms the packages of each room may import. A room also holds
// the packages in its folders, unless they stand here themselves.
var rooms = map[string][]string{
	"rules":                 {},
	"dialog":                {"rules"},
	"store":                 {"rules", "dialog"},
	"store/seal":            {},
	"store/storetest":       {"rules", "dialog", "store", "store/seal"},
	"store/redis":           {"rules", "dialog", "store", "store/seal"},
	"store/redis/redistest": {},
	"store/sqlite":          {"rules", "dialog", "store", "store/seal"},
	"bot":                   {"rules", "dialog", "store"},
	"bot/slack":             {"rules", "dialog", "store", "bot"},
	"bot/telegram":          {"rules", "dialog", "store", "bot"},
	"bot/mail":              {"rules", "dialog", "store", "bot"},
	"bot/metrics":           {"rules", "dialog", "store", "bot"},
	"bot/record":            {"rules", "dialog"},
	"bot/calendar":          {"rules", "dialog", "store", "bot"},
	"bot/sim":               {},
	"store/faulttest":       {},
	"cmd": {"rules", "dialog", "store", "store/seal", "store/redis", "store/sqlite",
		"bot", "bot/slack", "bot/telegram", "bot/mail", "bot/metrics", "bot/record", "bot/calendar", "bot/sim"},
}

// inTests are the rooms that a room's tests may import besides: what they need to be
// tested against the real thing.
var inTests = map[string][]string{
	"store/redis":  {"store/storetest", "store/redis/redistest", "store/faulttest"},
	"store/sqlite": {"store/storetest", "store/faulttest"},
	"store/seal":   {"store/faulttest"},
	"cmd":          {"store/redis/redistest", "store/faulttest"},
	"bot":          {"store/faulttest", "store/seal", "store/sqlite", "store/redis", "store/redis/redistest", "bot/sim", "bot/telegram", "bot/slack"},
	"bot/slack":    {"store/faulttest", "store/seal", "store/sqlite", "bot/sim"},
	"bot/telegram": {"store/faulttest", "store/seal", "store/sqlite", "bot/sim"},
	"bot/mail":     {"store/seal", "store/sqlite"},
}

// libraries says in which one room each outside library lives.
var libraries = map[string]string{
	"github.com/alecthomas/kong":          "cmd",
	"github.com/arran4/golang-ical":       "bot/calendar",
	"github.com/chromedp/cdproto":         "cmd",
	"github.com/chromedp/chromedp":        "cmd",
	"github.com/go-fonts/dejavu":          "bot/mail",
	"github.com/go-pdf/fpdf":              "bot/mail",
	"github.com/go-telegram/bot":          "bot/telegram",
	"github.com/goccy/go-yaml":            "rules",
	"github.com/gorilla/websocket":        "bot/sim",
	"github.com/looplab/fsm":              "dialog",
	"github.com/mattn/go-isatty":          "cmd",
	"github.com/nyaruka/phonenumbers":     "rules",
	"github.com/prometheus/client_golang": "bot/metrics",
	"github.com/redis/go-redis":           "store/redis",
	"github.com/slack-go/slack":           "bot/slack",
	"github.com/teambition/rrule-go":      "bot/calendar",
	"github.com/tink-crypto/tink-go":      "store/seal",
	"github.com/wneessen/go-mail":         "bot/mail",
	"golang.org/x/image":                  "bot/mail",
	"golang.org/x/text":                   "bot/mail",
	"modernc.org/sqlite":                  "store/sqlite",
}

// forTests are the rooms that nothing but tests use.
var forTests = []string{"store/storetest", "store/redis/redistest", "store/faulttest"}

// anywhereInTests are the libraries that the tests of every room may use.
var anywhereInTests = []string{"github.com/google/go-cmp"}

// alsoInTests are the libraries that the tests of one room may use besides; those of cmd measure
// the program beside the least that can be made of them.
var alsoInTests = map[string][]string{
	"cmd":       {"github.com/go-telegram/bot", "github.com/redis/go-redis"},
	"bot/slack": {"github.com/goccy/go-yaml"}, // for the app's manifest
}

// listed is what `go list` says of one package.
type listed struct {
	ImportPath   string
	Standard     bool
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	t.Parallel()
	packages := listPackages(t)
	for _, p := range packages {
		room := roomOf(p.ImportPath)
		if room == "" {
			t.Errorf("%s belongs to no room", p.ImportPath)
			continue
		}
		for _, fault := range wrongImports(room, p) {
			t.Errorf("%s may not import %s", p.ImportPath, fault)
		}
	}
	if len(packages) < 6 {
		t.Fatalf("go list found only %d packages", len(packages))
	}
}

// TestWrongImportsAreFound plants a fault of each kind.
func TestWrongImportsAreFound(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		room string
		p    listed
		want []string
	}{
		{"another room", "rules", listed{Imports: []string{"referralbot/dialog"}}, []string{"referralbot/dialog"}},
		{"a backend from the bot", "bot", listed{Imports: []string{"referralbot/store/sqlite"}}, []string{"referralbot/store/sqlite"}},
		{"a backend from the bot's tests", "bot", listed{TestImports: []string{"referralbot/store/sqlite"}}, nil},
		{"one adapter from another", "bot/slack", listed{XTestImports: []string{"referralbot/bot/telegram"}}, []string{"referralbot/bot/telegram"}},
		{"a library in its room", "dialog", listed{Imports: []string{"github.com/looplab/fsm"}}, nil},
		{"a library in another room", "bot", listed{Imports: []string{"github.com/looplab/fsm"}}, []string{"github.com/looplab/fsm"}},
		{"a library's folder", "bot", listed{Imports: []string{"github.com/slack-go/slack/socketmode"}}, []string{"github.com/slack-go/slack/socketmode"}},
		{"an unknown library", "cmd", listed{Imports: []string{"example.org/x"}}, []string{"example.org/x"}},
		{"comparing in tests", "rules", listed{TestImports: []string{"github.com/google/go-cmp/cmp"}}, nil},
		{"comparing outside tests", "rules", listed{Imports: []string{"github.com/google/go-cmp/cmp"}}, []string{"github.com/google/go-cmp/cmp"}},
		{"the standard library", "rules", listed{Imports: []string{"slices", "net/url"}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := wrongImports(tt.room, tt.p); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// wrongImports returns the imports of p that room may not have.
func wrongImports(room string, p listed) []string {
	var wrong []string
	for _, path := range p.Imports {
		if !mayImport(room, path, slices.Contains(forTests, room)) {
			wrong = append(wrong, path)
		}
	}
	for _, path := range slices.Concat(p.TestImports, p.XTestImports) {
		if !mayImport(room, path, true) {
			wrong = append(wrong, path)
		}
	}
	return wrong
}

func mayImport(room, path string, test bool) bool {
	if strings.HasPrefix(path, module+"/") {
		other := roomOf(path)
		return other == room || slices.Contains(rooms[room], other) || test && slices.Contains(inTests[room], other)
	}
	if !strings.Contains(strings.Split(path, "/")[0], ".") {
		return true // the standard library
	}
	if test && slices.ContainsFunc(slices.Concat(anywhereInTests, alsoInTests[room]), func(lib string) bool { return within(path, lib) }) {
		return true
	}
	for lib, home := range libraries {
		if within(path, lib) {
			return home == room
		}
	}
	return false
}

// roomOf returns the innermost room that path is in, or "".
func roomOf(path string) string {
	innermost := ""
	for room := range rooms {
		if within(path, module+"/"+room) && len(room) > len(innermost) {
			innermost = room
		}
	}
	return innermost
}

func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

// listPackages returns what go list says of every package of the module, those behind build tags
// included.
func listPackages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-e", "-tags", "browser", "-json=ImportPath,Imports,TestImports,XTestImports", module+"/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var packages []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		switch err := dec.Decode(&p); {
		case errors.Is(err, io.EOF):
			return packages
		case err != nil:
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}
