package slack

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

// calls says which method of Slack's each call of the library's makes, and which scopes of the
// bot token that needs in the channels we have: private ones, and direct messages.
var calls = map[string]struct {
	method string
	scopes []string
}{
	"AuthTestContext":                {"auth.test", nil},
	"StartSocketModeContext":         {"apps.connections.open", nil}, // by the app token
	"PostMessageContext":             {"chat.postMessage", []string{"chat:write"}},
	"PostEphemeralContext":           {"chat.postEphemeral", []string{"chat:write"}},
	"UpdateMessageContext":           {"chat.update", []string{"chat:write"}},
	"DeleteMessageContext":           {"chat.delete", []string{"chat:write"}},
	"OpenConversationContext":        {"conversations.open", []string{"im:write"}},
	"GetConversationInfoContext":     {"conversations.info", []string{"groups:read"}},
	"GetUsersInConversationContext":  {"conversations.members", []string{"groups:read"}},
	"GetConversationHistoryContext":  {"conversations.history", []string{"groups:history", "im:history"}},
	"GetConversationsForUserContext": {"users.conversations", []string{"im:read"}},
	"GetUserInfoContext":             {"users.info", []string{"users:read", "users:read.email"}},
	"OpenViewContext":                {"views.open", nil},
	"PushViewContext":                {"views.push", nil},
	"UpdateViewContext":              {"views.update", nil},
	"PublishViewContext":             {"views.publish", nil},
}

// heardEvents says which events each of the library's types stands for, and which scope each
// needs.
var heardEvents = map[string]map[string]string{
	"MessageEvent":             {"message.im": "im:history", "message.groups": "groups:history"},
	"AppHomeOpenedEvent":       {"app_home_opened": ""},
	"MemberJoinedChannelEvent": {"member_joined_channel": "groups:read"},
	"MemberLeftChannelEvent":   {"member_left_channel": "groups:read"},
	"TokensRevokedEvent":       {"tokens_revoked": ""},
	"AppUninstalledEvent":      {"app_uninstalled": ""},
}

// manifest reads the manifest as strictly as the library's type of it allows.
func manifest(t *testing.T) slack.Manifest {
	t.Helper()
	written, err := os.ReadFile("../../cmd/referralbot/deploy/slack-manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var m slack.Manifest
	if err := yaml.NewDecoder(bytes.NewReader(written), yaml.Strict()).Decode(&m); err != nil {
		t.Fatal(err)
	}
	return m
}

// TestManifestIsWhatTheCodeUses reads which calls the code makes, which events it hears and
// which commands and shortcuts it knows, and holds the manifest to those: nothing is missing,
// and nothing is asked for that is not used.
func TestManifestIsWhatTheCodeUses(t *testing.T) {
	t.Parallel()
	m := manifest(t)
	used := read(t)
	scopes := map[string]bool{"commands": true}
	for call := range used.calls {
		known, ok := calls[call]
		if !ok {
			t.Errorf("%s is called, and nothing says which scopes it needs", call)
		}
		for _, s := range known.scopes {
			scopes[s] = true
		}
	}
	events := map[string]bool{}
	for kind := range used.events {
		if heardEvents[kind] == nil {
			t.Errorf("%s is heard, and nothing says which events those are", kind)
		}
		for event, scope := range heardEvents[kind] {
			events[event] = true
			if scope != "" && !scopes[scope] {
				t.Errorf("%s needs %s, which no call does", event, scope)
			}
		}
	}
	same := func(what string, inManifest, inCode []string) {
		t.Helper()
		if diff := cmp.Diff(slices.Sorted(slices.Values(inCode)), slices.Sorted(slices.Values(inManifest))); diff != "" {
			t.Errorf("%s: the code uses (-), the manifest has (+):\n%s", what, diff)
		}
	}
	same("scopes that check tries", m.OAuthConfig.Scopes.Bot, scopesOf())
	same("events", m.Settings.EventSubscriptions.BotEvents, slices.Collect(maps.Keys(events)))
	var named, found []string
	for _, c := range m.Features.SlashCommands {
		named = append(named, c.Command)
	}
	same("commands", named, slices.Collect(maps.Keys(commands)))
	for _, s := range m.Features.Shortcuts {
		found = append(found, s.CallbackID)
	}
	same("shortcuts", found, slices.Collect(maps.Keys(shortcuts)))
}

// TestManifestSays what the app needs to be switched on, and nothing that is not for one
// workspace alone. Slack's limits are those of its app manifest reference.
func TestManifestSays(t *testing.T) {
	t.Parallel()
	m := manifest(t)
	for what, holds := range map[string]bool{
		"home tab":                       m.Features.AppHome.HomeTabEnabled,
		"messages tab":                   m.Features.AppHome.MessagesTabEnabled && !m.Features.AppHome.MessagesTabReadOnlyEnabled,
		"interactivity":                  m.Settings.Interactivity != nil && m.Settings.Interactivity.IsEnabled,
		"socket mode":                    m.Settings.SocketModeEnabled,
		"no organisation, no rotation":   !m.Settings.OrgDeployEnabled && !m.Settings.TokenRotationEnabled,
		"no scope of a person's":         len(m.OAuthConfig.Scopes.User) == 0,
		"a name of at most 35":           m.Display.Name != "" && len(m.Display.Name) <= 35,
		"a description of at most 140":   m.Display.Description != "" && len(m.Display.Description) <= 140,
		"a long one of 174 to 4000":      len(m.Display.LongDescription) >= 174 && len(m.Display.LongDescription) <= 4000,
		"a bot's name of at most 80":     m.Features.BotUser.DisplayName != "" && len(m.Features.BotUser.DisplayName) <= 80,
		"no address, for it is not told": m.Settings.Interactivity.RequestUrl == "" && m.Settings.EventSubscriptions.RequestUrl == "",
	} {
		if !holds {
			t.Errorf("not so: %s", what)
		}
	}
}

func scopesOf() (names []string) {
	for _, s := range scopes {
		names = append(names, s.name)
	}
	return names
}

// uses is what the code of this package calls and hears of Slack.
type uses struct{ calls, events map[string]bool }

// read reads the code of this package, but for its tests.
func read(t *testing.T) uses {
	t.Helper()
	u := uses{map[string]bool{}, map[string]bool{}}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, u.note)
	}
	if len(u.calls) < 10 || len(u.events) < 4 {
		t.Fatalf("too little is found: %v", u)
	}
	return u
}

func (u uses) note(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.SelectorExpr: // c.api.Call
		if x, ok := n.X.(*ast.SelectorExpr); ok && x.Sel.Name == "api" {
			u.calls[n.Sel.Name] = true
		}
	case *ast.CaseClause: // case *slackevents.Type:
		for _, e := range n.List {
			star, ok := e.(*ast.StarExpr)
			if !ok {
				continue
			}
			if of, ok := star.X.(*ast.SelectorExpr); ok && of.X.(*ast.Ident).Name == "slackevents" {
				u.events[of.Sel.Name] = true
			}
		}
	}
	return true
}
