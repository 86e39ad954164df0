package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// toOperators are the files of the adapters whose words are for operators: what check finds, and
// what is logged.
var toOperators = []string{
	"bot/slack/check.go", "bot/slack/rooms.go", "bot/slack/socket.go",
	"bot/telegram/telegram.go", "bot/telegram/webhook.go",
	"bot/mail/errors.go", "bot/mail/server.go",
}

// inNoChat are the rooms that say nothing to those who refer or claim: tests, other systems and
// Prometheus read them, in the words of their standards, or nobody does, and whoever runs the service reads a report.
var inNoChat = []string{"bot/sim", "bot/record", "bot/metrics", "bot/stats", "bot/calendar"}

// worded is what words for people look like: a label such as "Open", or a sentence.
var worded = regexp.MustCompile(`^[A-Z][a-z]+([ ,.?!:…]|$)|[a-z]{2,} [a-z]{2,} [a-z]{2,}.*[.?!]\s*$`)

// TestAdaptersHaveNoWordsOfTheirOwn: what people read stands in dialog, in one table for each
// audience, so that a translation is one more table.
func TestAdaptersHaveNoWordsOfTheirOwn(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{"../../bot/*.go", "../../bot/*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, path := range files {
			name := filepath.ToSlash(strings.TrimPrefix(path, "../../"))
			if strings.HasSuffix(name, "_test.go") || slices.Contains(inNoChat, filepath.Dir(name)) || slices.Contains(toOperators, name) {
				continue
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && !saysToPeople(call) {
					return false
				}
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
					if text, _ := strconv.Unquote(l.Value); worded.MatchString(text) {
						t.Errorf("%s:%d says %q", name, set.Position(l.Pos()).Line, text)
					}
				}
				return true
			})
		}
	}
}

// saysToPeople reports whether what is given to a call may be read by people: errors, headers and
// the log are not.
func saysToPeople(call *ast.CallExpr) bool {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	return !slices.Contains([]string{"New", "Errorf", "Error", "Info", "Warn", "Log", "log", "note", "Set", "Get", "SetGenHeader", "panic", "trouble", "Is"}, name)
}
