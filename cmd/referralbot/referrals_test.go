package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// keep makes a store with one referral of a parent's, and returns its settings.
func keep(t *testing.T, alerts ...dialog.Alert) kept {
	t.Helper()
	folder := t.TempDir()
	k := kept{Store: "sqlite:" + filepath.Join(folder, "referrals.db"), Keys: newKeys(t, folder)}
	db, err := k.open()
	if err != nil {
		t.Fatal(err)
	}
	chat, now := dialog.Chat{Platform: "telegram", ID: "1001"}, time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	answers := rules.Answers{rules.ParentName: {"Tess Marlowe"}, rules.Stage: {"born"}}
	_, err = db.Commit(t.Context(), store.Change{
		Conversation: &dialog.Conversation{Chat: chat, Audience: rules.Parent, Ref: "R1", Answers: answers, Stage: dialog.Sent},
		Referral: &dialog.Referral{
			Ref: "R1", Kind: dialog.KindReferral, Chat: chat, Audience: rules.Parent, Status: dialog.Received,
			Answers: answers, ReceivedAt: now, DueAt: now.AddDate(0, 0, 5), Alerts: alerts,
		},
		Audit: []dialog.Entry{{Ref: "R1", At: now, Actor: "referrer", Action: "sent"}},
		At:    now,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return k
}

// newKeys makes a file of keys in a folder.
func newKeys(t *testing.T, folder string) string {
	t.Helper()
	file := filepath.Join(folder, "referralbot.keys")
	if got := runWith(t, nil, "", "keys", "new", file); got.code != exitFine {
		t.Fatal(got.err)
	}
	return file
}

func (k kept) env() map[string]string {
	return map[string]string{"STORE": k.Store, "KEYS": k.Keys, "USER": "sam"}
}

func referrals(t *testing.T, k kept, args ...string) result {
	t.Helper()
	return runWith(t, k.env(), "", append([]string{"referrals"}, args...)...)
}

func TestReferrals(t *testing.T) {
	t.Parallel()
	k := keep(t)
	if got := referrals(t, k, "list"); got.code != exitFine || strings.Contains(got.out, "Tess") ||
		!strings.Contains(got.out, "R1         referral  received  2026-11-23  2026-11-28") {
		t.Errorf("list: exit code %d, %s%s", got.code, got.out, got.err)
	}
	if got := referrals(t, k, "show", "R1"); got.code != exitFine || !strings.Contains(got.out, ": Tess Marlowe") || got.err != "" {
		t.Errorf("show: exit code %d, %s%s", got.code, got.out, got.err)
	}
	got := referrals(t, k, "export", "r1")
	var out exported
	if err := json.Unmarshal([]byte(got.out), &out); err != nil || got.code != exitFine || out.Conversation == nil {
		t.Fatalf("export: exit code %d, %v, %s%s", got.code, err, got.out, got.err)
	}
	var did []string
	for _, e := range out.Audit {
		did = append(did, e.Actor+" "+e.Action)
	}
	if got := strings.Join(did, ", "); got != "referrer sent, sam shown, sam exported" {
		t.Errorf("audited %s", got)
	}
	if got := out.Referral.Answers.One(rules.ParentName); got != "Tess Marlowe" || len(out.Readable) == 0 {
		t.Errorf("exported %q and %d sections", got, len(out.Readable))
	}
	if got := referrals(t, k, "erase", "R1"); got.code != exitUsage || !strings.Contains(got.err, "--reason") {
		t.Errorf("without a reason: exit code %d, %s", got.code, got.err)
	}
	if got := referrals(t, k, "erase", "R1", "--reason", "asked"); got.code != exitFine || !strings.Contains(got.out, "R1 is erased") {
		t.Errorf("erase: exit code %d, %s%s", got.code, got.out, got.err)
	}
	for _, args := range [][]string{{"show", "R1"}, {"export", "--person", "R1"}, {"export", "R1", "--format", "fhir"}, {"erase", "R1", "--reason", "asked"}} {
		if got := referrals(t, k, args...); got.code != exitFailed || !strings.Contains(got.err, "there is no referral R1") {
			t.Errorf("%s once erased: exit code %d, %s%s", args[0], got.code, got.out, got.err)
		}
	}
}

// TestReferralsBesideTheBot: while the bot has the store, what only reads goes on and is written
// down, and nothing is erased.
func TestReferralsBesideTheBot(t *testing.T) {
	t.Parallel()
	k := keep(t)
	db, err := k.open()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if got := referrals(t, k, "show", "R1"); got.code != exitFine || !strings.Contains(got.out, "Tess Marlowe") || got.err != "" {
		t.Errorf("show: exit code %d, %s%s", got.code, got.out, got.err)
	}
	if got := runWith(t, k.env(), "", "audit", "show", "R1"); got.code != exitFine || got.err != "" {
		t.Errorf("audit: exit code %d, %s", got.code, got.err)
	}
	entries, err := db.Audit(t.Context(), "R1")
	if err != nil || len(entries) != 3 || entries[1].Action != "shown" || entries[2].Action != "audit_shown" {
		t.Errorf("written down: %+v, %v", entries, err)
	}
	for _, e := range entries[1:] {
		if e.Actor != "sam" || e.Role != dialog.RoleOperator || e.Channel != "command_line" || e.Result != dialog.Success || len(e.ID) == 0 {
			t.Errorf("written down: %+v", e)
		}
	}
	if got := referrals(t, k, "erase", "R1", "--reason", "asked"); got.code != exitFailed || !strings.Contains(got.err, "stop the bot") {
		t.Errorf("erase: exit code %d, %s%s", got.code, got.out, got.err)
	}
	if _, err := db.Referral(t.Context(), "R1"); err != nil {
		t.Errorf("after that: %v", err)
	}
}

// TestNothingIsShownUnwritten: what cannot be written into the audit is not shown.
func TestNothingIsShownUnwritten(t *testing.T) {
	t.Parallel()
	k := keep(t)
	tamper(t, k, "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END")
	for _, args := range [][]string{{"referrals", "show", "R1"}, {"referrals", "export", "--person", "R1"}, {"audit", "show", "R1"}} {
		got := runWith(t, k.env(), "", args...)
		if got.code != exitFailed || got.out != "" || !strings.Contains(got.err, "so it is not shown") {
			t.Errorf("%v: exit code %d, %s%s", args, got.code, got.out, got.err)
		}
	}
}

func TestReferralsWithAnOpenAlert(t *testing.T) {
	t.Parallel()
	k := keep(t, dialog.Alert{Ref: "R1", N: 1})
	if got := referrals(t, k, "list"); !strings.Contains(got.out, "open") {
		t.Errorf("list: %s", got.out)
	}
	if got := referrals(t, k, "erase", "R1", "--reason", "asked"); got.code != exitFailed || !strings.Contains(got.err, "acknowledge it first") {
		t.Errorf("erase: exit code %d, %s%s", got.code, got.out, got.err)
	}
	if got := referrals(t, kept{Store: "sqlite:/nowhere/at/all.db", Keys: k.Keys}, "erase", "R1", "--reason", "asked"); got.code != exitFailed {
		t.Errorf("erase of no store: exit code %d", got.code)
	}
}
