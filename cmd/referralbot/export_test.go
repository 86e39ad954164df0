package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// keepAll makes a store with referrals of family stories, at many points of their life.
func keepAll(t *testing.T) kept {
	t.Helper()
	k := keep(t)
	db, err := k.open()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	for ref, r := range map[string]dialog.Referral{
		"R2": {Kind: dialog.KindReferral, Status: dialog.Claimed},
		"R3": {Kind: dialog.KindReferral, Status: dialog.Withdrawn},
		"R4": {Kind: dialog.KindDraft, Status: dialog.Draft},
		"R5": {Kind: dialog.KindCall, Status: dialog.Received},
		"R6": {Kind: dialog.KindReferral, Status: dialog.Closed, Life: dialog.Life{Results: []dialog.Result{{Code: dialog.Signposted, At: at}}}},
	} {
		v := rules.Vignettes()[0].Case
		r.Ref, r.Audience, r.Answers, r.Assessment, r.RuleSet = ref, v.Audience, v.Answers.With(rules.ReferrerType, "midwife"), rules.Assess(v), rules.RuleSetVersion
		r.Chat, r.ReceivedAt, r.DueAt = dialog.Chat{Platform: "slack", ID: ref}, at, at.AddDate(0, 0, 5)
		if _, err := db.Commit(t.Context(), store.Change{Referral: &r, At: at}); err != nil {
			t.Fatal(err)
		}
	}
	return k
}

// printed runs an export that must go well.
func printed(t *testing.T, k kept, args ...string) result {
	t.Helper()
	got := referrals(t, k, append([]string{"export"}, args...)...)
	if got.code != exitFine {
		t.Fatalf("export %v: exit code %d, %s", args, got.code, got.err)
	}
	return got
}

// exports are who exported a referral in what form, in order.
func exports(t *testing.T, k kept, ref string) string {
	t.Helper()
	db, err := k.openToRead()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	entries, err := db.Audit(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if e.Action == "exported" {
			out = append(out, e.Actor+" "+e.Detail)
		}
	}
	return strings.Join(out, ", ")
}

func TestExportOfOne(t *testing.T) {
	t.Parallel()
	k := keepAll(t)
	var bundle struct{ ResourceType, Type string }
	if got := printed(t, k, "R2", "--format", "fhir"); json.Unmarshal([]byte(got.out), &bundle) != nil || bundle.ResourceType != "Bundle" || bundle.Type != "collection" {
		t.Errorf("fhir: %.300s", got.out)
	}
	rows, err := csv.NewReader(strings.NewReader(printed(t, k, "R2", "--format", "csv").out)).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][0] != "R2" {
		t.Errorf("csv: %v, %v", rows, err)
	}
	if got := printed(t, k, "R2", "--format", "pdf"); !strings.HasPrefix(got.out, "%PDF-") {
		t.Errorf("pdf: %.30q", got.out)
	}
	if got := printed(t, k, "R2"); !strings.Contains(got.out, `"reference": "R2"`) {
		t.Errorf("json: %.300s", got.out)
	}
	if got := exports(t, k, "R2"); got != "sam fhir, sam csv, sam pdf, sam json" {
		t.Errorf("audited %s", got)
	}
	if got := runWith(t, k.env(), "", "audit", "show", "R2"); !strings.Contains(got.out, "exported it: fhir") {
		t.Errorf("audit show: %s", got.out)
	}
	for _, format := range []string{"fhir", "csv", "json"} {
		if got := printed(t, k, "R2", "--format", format); !strings.Contains(got.out, dialog.NotAnAssessment) {
			t.Errorf("%s does not say what it is not", format)
		}
	}
}

func TestExportOfSeveral(t *testing.T) {
	t.Parallel()
	k := keepAll(t)
	got := printed(t, k, "--all", "--format", "fhir")
	if lines := strings.Split(strings.TrimSpace(got.out), "\n"); len(lines) != 3 || !json.Valid([]byte(lines[0])) || !json.Valid([]byte(lines[2])) {
		t.Errorf("fhir: %d lines", len(lines))
	}
	if !strings.Contains(got.err, "agreement now: 3") {
		t.Errorf("fhir: %s", got.err)
	}
	for ref, want := range map[string]string{"R1": "sam fhir", "R2": "sam fhir", "R3": "", "R4": "", "R5": "", "R6": "sam fhir"} {
		if got := exports(t, k, ref); got != want {
			t.Errorf("%s: audited %q, want %q", ref, got, want)
		}
	}
	for _, tt := range []struct {
		args []string
		want string // the references in the table
	}{
		{[]string{"--all"}, "R1 R2 R6"},
		{[]string{"R6", "R2"}, "R6 R2"},
		{[]string{"--all", "--status", "claimed,closed"}, "R2 R6"},
		{[]string{"--all", "--since", "2026-11-23"}, "R1"},
		{[]string{"--all", "--since", "2026-12"}, ""},
	} {
		out := printed(t, k, append(tt.args, "--format", "csv")...).out
		rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var refs []string
		for _, row := range rows[1:] {
			refs = append(refs, row[0])
		}
		if len(tt.args) > 0 && tt.args[0] == "--all" {
			slices.Sort(refs)
		}
		if got := strings.Join(refs, " "); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.args, got, tt.want)
		}
	}
	if got := printed(t, k, "--all"); strings.Count(got.out, "\n") != 6 || got.err != "" {
		t.Errorf("json: %d lines, %s", strings.Count(got.out, "\n"), got.err)
	}
	if got := printed(t, k, "--all", "--status", "awaiting", "--format", "fhir"); got.out != "" || !strings.Contains(got.err, "no referral to export") {
		t.Errorf("of none: %q, %q", got.out, got.err)
	}
}

func TestExportToFiles(t *testing.T) {
	t.Parallel()
	k, folder := keepAll(t), t.TempDir()
	file := filepath.Join(folder, "r2.json")
	got := printed(t, k, "R2", "--format", "fhir", "--out", file)
	if data, err := os.ReadFile(file); err != nil || !json.Valid(data) || strings.Contains(got.out+got.err, "Tess") || !strings.Contains(got.out, file) {
		t.Errorf("%v, %s%s", err, got.out, got.err)
	}
	if got := referrals(t, k, "export", "R2", "--out", file); got.code != exitFailed || !strings.Contains(got.err, "a file "+file+" already") {
		t.Errorf("once more: exit code %d, %s", got.code, got.err)
	}
	if got := exports(t, k, "R2"); got != "sam fhir" {
		t.Errorf("audited %s: nothing came of the second", got)
	}
	printed(t, k, "--all", "--format", "pdf", "--out", folder)
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
		if info, err := e.Info(); err != nil || info.Mode() != 0o600 {
			t.Errorf("%s: %v, %v", e.Name(), info.Mode(), err)
		}
	}
	if got := strings.Join(names, " "); got != "R1.pdf R2.pdf R6.pdf r2.json" {
		t.Errorf("there are %s", got)
	}
	if got := referrals(t, k, "export", "R2", "--format", "pdf", "--out", folder); got.code != exitFailed || !strings.Contains(got.err, "R2.pdf already") {
		t.Errorf("once more into the folder: exit code %d, %s", got.code, got.err)
	}
}

func TestExportRefused(t *testing.T) {
	t.Parallel()
	k := keepAll(t)
	for _, tt := range []struct {
		args string
		code int
		says string
	}{
		{"", exitUsage, "name a reference"},
		{"R1 --all", exitUsage, "not both"},
		{"R1 --since 2026-11-23", exitUsage, "--all"},
		{"--all --since yesterday", exitUsage, "a day such as 2026-11-23"},
		{"--all --status open", exitUsage, "draft, received, claimed"},
		{"R1 --format xml", exitUsage, "fhir"},
		{"--person R1 --format fhir", exitUsage, "leave out --format"},
		{"--all --format pdf", exitUsage, "a PDF is of one referral, and these are 3"},
		{"R1 R9 R3 --format fhir", exitFailed, "there is no referral R9"},
		{"R1 R9 R3 --format fhir", exitFailed, "R3 has been taken back"},
		{"R4 --format csv", exitFailed, "R4 was never sent"},
		{"R5 --format pdf", exitFailed, "R5 is a request to talk"},
		{"R1 --out /nowhere/at/all.json", exitFailed, "there is no folder /nowhere/at"},
	} {
		got := referrals(t, k, append([]string{"export"}, strings.Fields(tt.args)...)...)
		if got.code != tt.code || !strings.Contains(got.err, tt.says) || got.out != "" {
			t.Errorf("%s: exit code %d, %s%.100s", tt.args, got.code, got.err, got.out)
		}
	}
	if got := exports(t, k, "R1"); got != "" {
		t.Errorf("audited %s: nothing was exported", got)
	}
	for _, ref := range []string{"R3", "R4", "R5"} { // whatever is held of somebody is theirs to have
		if got := printed(t, k, "--person", ref); !strings.Contains(got.out, `"reference": "`+ref+`"`) {
			t.Errorf("%s: %.100s", ref, got.out)
		}
	}
}

func TestListToChooseFrom(t *testing.T) {
	t.Parallel()
	k := keepAll(t)
	got := referrals(t, k, "list", "--status", "closed", "--since", "2026-11-01")
	if lines := strings.Split(strings.TrimSpace(got.out), "\n"); got.code != exitFine || len(lines) != 2 ||
		strings.Join(strings.Fields(lines[1]), " ") != "R6 referral closed 2026-11-20 2026-11-25 midwife SIGNPOSTED" {
		t.Errorf("exit code %d, %s%s", got.code, got.out, got.err)
	}
	if got := referrals(t, k, "list", "--status", "open", "--since", "then"); got.code != exitUsage || strings.Count(got.err, "must be") != 2 {
		t.Errorf("exit code %d, %s", got.code, got.err)
	}
}

// TestReferralIsExported: from a parent's first word to a bundle for the patient record, through
// the program itself, beside the bot and once it has stopped.
func TestReferralIsExported(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	bot := w.serve(t)
	w.parentRefers(t, motherReferring(rules.DateOf(time.Now())))
	w.claimOnly(t)

	var out, said bytes.Buffer
	beside := w.program("referrals", "export", "--all", "--format", "fhir")
	beside.Stdout, beside.Stderr = &out, &said
	if err := beside.Run(); err != nil || said.Len() > 0 {
		t.Fatalf("beside the bot: %v, %s", err, said.String())
	}
	for _, part := range []string{demoParentName, "Robin Thornley", "8 Sample Street", `"status": "accepted"`, "Carys", "The parent agrees", dialog.NotAnAssessment, "Questionnaire/parent|"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("%s is not in the bundle", part)
		}
	}
	for _, part := range []string{"Thornley", "Sample Street", "07700"} {
		if strings.Contains(said.String()+w.log.String(), part) {
			t.Errorf("%s is told on the side", part)
		}
	}

	if err := bot.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := bot.Wait(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "bundle.json")
	if out, err := w.program("referrals", "export", "--all", "--format", "fhir", "--out", file).CombinedOutput(); err != nil {
		t.Fatalf("%v, %s", err, out)
	}
	if again, err := os.ReadFile(file); err != nil || !bytes.Equal(again, out.Bytes()) {
		t.Errorf("exported again it is another: %v", err)
	}
	k := kept{Store: "sqlite:" + w.file, Keys: w.keys}
	all := runWith(t, k.env(), "", "referrals", "list")
	ref := strings.Fields(strings.Split(all.out, "\n")[1])[0]
	if got := exports(t, k, ref); strings.Count(got, " fhir") != 2 {
		t.Errorf("audited %q", got)
	}
}
