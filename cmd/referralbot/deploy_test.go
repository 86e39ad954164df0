package main

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/rules"
	"referralbot/store/redis/redistest"
)

// deployed reads a file of those that are there to be taken.
func deployed(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// settingName is what the name of a setting looks like where one is given.
var settingName = regexp.MustCompile(`(?m)^\s+(?:- )?([A-Z][A-Z_]+): |^Environment=([A-Z][A-Z_]+)=|ENV (.*)`)

// TestDeployedSettingsExist: what the files of deploy and the Dockerfile set is there to be set.
func TestDeployedSettingsExist(t *testing.T) {
	t.Parallel()
	known := settingNames()
	image, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"compose.yaml": deployed(t, "compose.yaml"), "referralbot.service": deployed(t, "referralbot.service"), "Dockerfile": string(image),
	} {
		found := 0
		for _, match := range settingName.FindAllStringSubmatch(text, -1) {
			for _, given := range strings.Fields(match[1] + " " + match[2] + " " + match[3]) {
				setting, _, _ := strings.Cut(given, "=")
				found++
				if !slices.Contains(known, strings.TrimSuffix(setting, inFile)) {
					t.Errorf("%s sets %s, which is no setting", name, setting)
				}
			}
		}
		if found < 3 {
			t.Errorf("%s sets %d settings", name, found)
		}
	}
}

// TestRedisOfTheComposeFile runs Redis as the compose file does, and with the users that go with it,
// and refers a family and claims the referral there.
func TestRedisOfTheComposeFile(t *testing.T) {
	t.Parallel()
	if redistest.Missing(t) {
		return
	}
	users := filepath.Join(t.TempDir(), "users.acl")
	if err := os.WriteFile(users, []byte(strings.Replace(deployed(t, "redis-users.acl"), "PASSWORD", "a-password", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	var options []string
	for line := range strings.Lines(deployed(t, "redis.conf")) {
		words := strings.Fields(line)
		switch {
		case len(words) != 2 || words[0] == "#" || words[0] == "dir": // this machine's is another
		case words[0] == "aclfile":
			options = append(options, "--aclfile", users)
		default:
			options = append(options, "--"+words[0], strings.Trim(words[1], `"`))
		}
	}
	redis := redistest.Own(t, options...)
	w := newWorld(t, sim.SlackOptions{})
	w.more = map[string]string{"STORE": strings.Replace(redis.URL(), "redis://", "redis://bot:a-password@", 1)}
	got := runWith(t, w.env(), "", "check")
	if got.code != exitFine || strings.Contains(got.out, "! store") {
		t.Errorf("check: exit code %d\n%s", got.code, got.out)
	}
	w.serve(t)
	w.visitorRefers(t, visitorReferring(rules.DateOf(time.Now())))
	w.claimOnly(t)
	if said, err := redis.Do("INFO"); err != nil || !strings.HasPrefix(said, "-NO") {
		t.Errorf("whoever has no password is answered %q, %v", said, err)
	}
}

// settingNames are the names of all settings.
func settingNames() (names []string) {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[settings]()) {
		if name := f.Tag.Get("env"); name != "" {
			names = append(names, name)
		}
	}
	return names
}
