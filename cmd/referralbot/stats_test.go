package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/rules"
)

// TestStatsWhileServing refers seven families through the program and has it report, in each form,
// while it runs: what is of five or more is told, nothing of anybody is, and it adds up.
func TestStatsWhileServing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.serve(t)
	mother := motherReferring(rules.DateOf(time.Now()))
	mother[rules.ParentName] = []string{"Zanthe Quillfeather"}
	w.parentRefers(t, mother)
	for n := range 6 {
		w.telegram.Say(int64(5000+n), "/start")
	}
	db := w.reader(t)
	await(t, w, "all to be heard", func() bool {
		s, err := db.Stats(t.Context())
		return err == nil && s.Conversations == 7 && s.Waiting == 0
	})
	reports := map[string]string{}
	for _, form := range []string{"", "--json", "--html"} {
		args := []string{"stats"}
		if form != "" {
			args = append(args, form)
		}
		out, err := w.program(args...).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v: %s", form, err, out)
		}
		reports[form] = string(out)
		for _, canary := range []string{"Zanthe", "Quillfeather", "5000", "07700", "CM2 9AB", w.telegram.Token()} {
			if strings.Contains(reports[form], canary) {
				t.Errorf("%q is in what %q prints", canary, form)
			}
		}
	}
	var report struct {
		From, To string
		Sections []struct {
			ID   string
			Rows []struct {
				ID    string
				Cells []any
			}
		}
	}
	if err := json.Unmarshal([]byte(reports["--json"]), &report); err != nil {
		t.Fatal(err)
	}
	if report.To != rules.DateOf(time.Now()).String() {
		t.Errorf("it goes to %s", report.To)
	}
	cells := map[string][]any{}
	for _, s := range report.Sections {
		for _, r := range s.Rows {
			cells[s.ID+" "+r.ID] = r.Cells
		}
	}
	for where, want := range map[string]string{
		"drafts parent":       `["<5",0,0,0,"withheld",5]`, // seven, to the nearest five
		"left_parent private": `[0,0,5,0]`,
		"sources all":         `["<5","withheld"]`,
		"now conversations":   `[7]`,
	} {
		if got := strings.ReplaceAll(asJSON(cells[where]), `\u003c`, "<"); got != want {
			t.Errorf("%s: %s, want %s", where, got, want)
		}
	}
	wantParts(t, "the text", reports[""], []string{"WHERE PARENTS GIVE UP", "Together with Baby, 20"})
	wantParts(t, "the page", reports["--html"], []string{"<!DOCTYPE html>", "Where parents give up</h2>"})
	if strings.Contains(reports["--html"], "http") && strings.Contains(reports["--html"], "://") {
		t.Error("the page asks for something")
	}
}

func TestStatsRefusesWrongPeriods(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"--from yesterday":                  "--from must be a day, such as 2026-04-01",
		"--from 2026-04 --to 31/12/2026":    "--to must be a day",
		"--from 2026-04-02 --to 2026-04-01": "2026-04-02 is after 2026-04-01",
		"--json --html":                     "--json and --html",
		"--service /nowhere/at/all.yaml":    "SERVICE names a file that does not exist",
	} {
		got := runWith(t, nil, "", append([]string{"stats"}, strings.Fields(args)...)...)
		if got.code != exitUsage || !strings.Contains(got.err, want) {
			t.Errorf("%s: exit code %d, said %q, want %q", args, got.code, got.err, want)
		}
	}
}
