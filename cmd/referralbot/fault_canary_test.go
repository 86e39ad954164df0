package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/rules"
	"referralbot/store/faulttest"
)

// plantedIn puts a canary into every free answer of f, and what else people are known by in the
// others, and returns the canaries. No two are the same.
func plantedIn(f family, begin string) (canaries []string) {
	known := map[rules.Field]struct{ answer, canary string }{
		rules.ParentDOB:     {"7 May 1991", "7 May 1991"},
		rules.BabyDOB:       {f[rules.BabyDOB][0], f[rules.BabyDOB][0]},
		rules.ParentPhone:   {"07700 900177", "900177"},
		rules.ReferrerPhone: {"01632 960177", "960177"},
		rules.ReferrerEmail: {begin + "mail@example.nhs.uk", begin + "mail"},
	}
	for _, field := range slices.Sorted(maps.Keys(f)) {
		s, _ := rules.Lookup(field)
		if k, ok := known[field]; ok {
			f[field], canaries = []string{k.answer}, append(canaries, k.canary)
		} else if slices.Contains([]rules.Type{rules.TypeText, rules.TypeLongText, rules.TypeName}, s.Type) {
			canary := begin + string(rune('a'+len(canaries))) + "feather"
			f[field], canaries = []string{"The " + canary + " canary"}, append(canaries, canary)
		}
	}
	return canaries
}

// TestFaultCanaries plants canaries in every answer that can be typed and in whatever else comes
// from outside, kills the program in the midst of it, and looks for them everywhere but on the
// screens of those who typed them: in what is stored too, of which everything is sealed.
func TestFaultCanaries(t *testing.T) {
	t.Parallel()
	onEach(t, true, func(tr *trial) {
		program := tr.start("")
		tr.answering(program)
		tr.open()
		const stranger = 739100177123
		canaries := []string{
			tr.telegram.Token(), tr.slack.BotToken(), tr.slack.AppToken(), fmt.Sprint(stranger),
			"zqpayload", "zqsaid", "zqedited", "zqpress", "zqdirect", "zqfile", "zqcommand", "zqdied", "zqreal", "zqaltered", "zqtriage",
			"CM2 9AB", "CM9 6EG", "1991-05-07",
		}
		mother, visitor := motherReferring(rules.DateOf(time.Now())), visitorReferring(rules.DateOf(time.Now()))
		canaries = append(canaries, plantedIn(mother, "zqm")...)
		canaries = append(canaries, plantedIn(visitor, "zqv")...)
		mother[rules.Concern] = []string{"I want to kill myself, " + mother[rules.Concern][0]}
		if len(canaries) < 40 {
			tr.Errorf("only %d canaries: %q", len(canaries), canaries)
		}

		tr.telegram.Say(stranger, "/start zqpayload")
		tr.telegram.Edit(stranger, tr.telegram.Say(stranger, "zqsaid, I want to die"), "zqedited")
		tr.telegram.Press(stranger, 1, "zqpress:yes")
		tr.telegram.Poison(stranger)
		tr.telegram.Send(stranger, "voice")
		tr.slack.ChangeUser(sim.SlackHealthVisitor, func(u *sim.SlackUser) { u.RealName = "Zqreal Name" })
		tr.slack.Say(sim.SlackHealthVisitor, "zqdirect, she wants to die")
		direct := tr.slack.DM(sim.SlackHealthVisitor)[0]
		if err := tr.slack.Edit(sim.SlackHealthVisitor, direct.Channel, direct.TS, "zqaltered"); err != nil {
			tr.Fatal(err)
		}
		tr.slack.SendFile(sim.SlackHealthVisitor, "zqfile.pdf")
		for command, text := range map[string]string{"/refer": "zqcommand", "/triage": "zqtriage"} {
			if err := tr.slack.Command(sim.SlackHealthVisitor, command, text); err != nil {
				tr.Fatal(err)
			}
		}
		d := &demo{telegram: tr.telegram, slack: tr.slack, store: tr.db, plays: newPlays()}
		tr.refersAsParent(tr.T, d, mother)
		tr.telegram.Say(stranger, "zqdied, I want to die")
		kill(program)
		program = tr.start("")
		address := tr.answering(program)
		tr.until("Slack to be heard", func() bool { return tr.slack.Sockets() > 0 })
		tr.refersAsVisitor(tr.T, d, visitor)
		tr.until("both cards and an alert", func() bool {
			stats, err := tr.db.Stats(tr.Context())
			return err == nil && stats.Waiting == 0 && len(cards(tr.slack.Messages(sim.SlackTriage))) == 2 && len(tr.slack.Messages(sim.SlackSafety)) > 0
		})

		places := tr.stored()
		places["the log"] = tr.log.String()
		places["the triage channel"] = asJSON(tr.slack.Messages(sim.SlackTriage))
		places["the safety channel"] = asJSON(tr.slack.Messages(sim.SlackSafety))
		places["Slack notifications"] = strings.Join(notifications(tr.slack), "\n")
		places["what buttons carry"] = strings.Join(carried(tr.world), "\n")
		places["the metrics"] = tr.answers(address, "/metrics")
		places["the state of health"] = tr.answers(address, "/readyz")
		arguments, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", program.Process.Pid))
		places["the arguments"] = string(arguments) + " "
		row := faulttest.Row{ID: "F27", Fault: "canaries in whatever is typed, pressed and sent", How: "`serve` on " + tr.on, Count: len(canaries)}
		for where, text := range places {
			if text == "" {
				tr.Errorf("there is nothing in %s", where)
			}
			text = strings.ToLower(text)
			for _, canary := range canaries {
				if strings.Contains(text, strings.ToLower(canary)) {
					row.Lost++
					tr.Errorf("%q is in %s", canary, where)
				}
			}
		}
		row.Note = fmt.Sprintf("canaries, looked for in %d files and other places", len(places))
		faulttest.Report(tr.T, row)
	})
}

// stored returns what is in each file of the store, those of its log among them, and of a dump.
func (tr *trial) stored() map[string]string {
	tr.Helper()
	folder := filepath.Dir(tr.file)
	if tr.redis != nil {
		folder = tr.redis.Folder
		if said, err := tr.redis.Do("SAVE"); err != nil || said != "+OK" {
			tr.Fatal(said, err)
		}
	}
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, f fs.DirEntry, err error) error {
		if err != nil || f.IsDir() || path == tr.keys {
			return err
		}
		content, err := os.ReadFile(path)
		if len(bytes.TrimSpace(content)) > 0 {
			files[f.Name()] = string(content)
		}
		return err
	})
	if err != nil {
		tr.Fatal(err)
	}
	for _, kind := range map[string][]string{onSQLite: {".db", ".db-wal"}, onRedis: {".aof", ".rdb"}}[tr.on] {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(files)), func(name string) bool { return strings.HasSuffix(name, kind) }) {
			tr.Errorf("there is no file %s among %q", kind, slices.Sorted(maps.Keys(files)))
		}
	}
	return files
}

// answers is what the program answers there.
func (tr *trial) answers(address, path string) string {
	tr.Helper()
	resp, err := http.Get("http://" + address + path)
	if err != nil {
		tr.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		tr.Fatal(err)
	}
	return string(body)
}
