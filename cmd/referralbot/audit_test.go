package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// audited puts entries into the audit of a store.
func audited(t *testing.T, k kept, entries ...dialog.Entry) {
	t.Helper()
	db, err := k.open()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, e := range entries {
		if _, err := db.Commit(t.Context(), store.Change{Audit: []dialog.Entry{e}, At: e.At}); err != nil {
			t.Fatal(err)
		}
	}
}

// exportHeads keeps the heads of a store in a file, as an operator does.
func exportHeads(t *testing.T, k kept) (file string) {
	t.Helper()
	got := runWith(t, k.env(), "", "audit", "heads")
	if got.code != exitFine || got.err != "" {
		t.Fatalf("heads: exit code %d, %s", got.code, got.err)
	}
	file = filepath.Join(t.TempDir(), "heads")
	if err := os.WriteFile(file, []byte(got.out), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAuditShow(t *testing.T) {
	t.Parallel()
	k := keep(t)
	summer := time.Date(2026, 7, 22, 23, 30, 5, 0, time.UTC)
	audited(t, k, dialog.Entry{Ref: "R1", At: summer, Actor: "U7", Action: "refused", Detail: "claim", RuleSet: "1.0.0"},
		dialog.Entry{Ref: "R1", At: summer, Actor: "service", Action: "danced"})
	got := runWith(t, k.env(), "", "audit", "show", "R1")
	if got.code != exitFine || got.err != "" {
		t.Fatalf("exit code %d, %s", got.code, got.err)
	}
	lines := strings.Split(strings.TrimSpace(got.out), "\n")
	for n, parts := range [][]string{
		{"IN LONDON", "UTC", "WHO"},
		{"23 November 2026 09:00:00 GMT", "2026-11-23 09:00:00", "who referred", "sent it"},
		{"23 July 2026 00:30:05 BST", "2026-07-22 23:30:05", "U7", "was refused: claim", "1.0.0"},
		{"the bot", "danced"},
		{"sam", "read this audit"},
	} {
		if len(lines) != 5 {
			t.Fatalf("%d lines:\n%s", len(lines), got.out)
		}
		wantParts(t, "a line", lines[n], parts)
	}
	if got := referrals(t, k, "erase", "R1", "--reason", "asked"); got.code != exitFine {
		t.Fatal(got.err)
	}
	if got := runWith(t, k.env(), "", "audit", "show", "R1"); got.code != exitFine || !strings.Contains(got.out, "erased it: asked") {
		t.Errorf("once erased: exit code %d, %s%s", got.code, got.out, got.err)
	}
	if got := runWith(t, k.env(), "", "audit", "show", "R2"); got.code != exitFailed || !strings.Contains(got.err, "there is no audit of R2") {
		t.Errorf("of another: exit code %d, %s%s", got.code, got.out, got.err)
	}
	if got := runWith(t, k.env(), "", "audit", "verify"); got.code != exitFine || !strings.Contains(got.out, "6 entries of 1 referral") {
		t.Errorf("verify: exit code %d, %s%s", got.code, got.out, got.err)
	}
}

// TestAuditVerify does to a store what somebody might who has its file, and sees what verify
// says of it.
func TestAuditVerify(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		do      string // to the file
		alone   string // what is said without heads, "" if nothing is wrong
		against string // what is said with them
	}{
		{name: "nothing"},
		{name: "gone on", do: "UPDATE heard SET at = at"},
		{name: "changed", do: "UPDATE audit SET payload = x'00' WHERE seq = 2", alone: "R1: entry 2 is changed"},
		{name: "deleted", do: "DELETE FROM audit WHERE seq = 2", alone: "R1: entry 2 is missing"},
		{name: "copied", do: "INSERT INTO audit (record, ref, payload) SELECT record, ref, payload FROM audit WHERE seq = 2", alone: "R1: entry 2 is inserted"},
		{name: "moved", do: "UPDATE audit SET seq = 9 WHERE seq = 2", alone: "R1: entry 2 is out of order"},
		{name: "cut off", do: "DELETE FROM audit WHERE seq = 3", against: "R1: entry 3 is cut off"},
		{name: "all gone", do: "DELETE FROM audit", alone: "R1: entry 1 is gone", against: "R2: entry 1 is gone"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			k := keep(t)
			now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
			audited(t, k, dialog.Entry{Ref: "R1", At: now, Actor: "U1", Action: "claimed"}, dialog.Entry{Ref: "R1", At: now, Actor: "U1", Action: "opened"},
				dialog.Entry{Ref: "R2", At: now, Actor: "service", Action: "erased"})
			heads := exportHeads(t, k)
			if test.do != "" {
				audited(t, k, dialog.Entry{Ref: "R3", At: now, Actor: "U1", Action: "claimed"})
				tamper(t, k, "DROP TRIGGER audit_kept", "DROP TRIGGER audit_fixed", test.do)
			}
			for _, ask := range []struct {
				args []string
				want string
			}{{nil, test.alone}, {[]string{"--heads", heads}, test.alone + test.against}} {
				got := runWith(t, k.env(), "", append([]string{"audit", "verify"}, ask.args...)...)
				fine := ask.want == ""
				if (got.code == exitFine) != fine || (got.code == exitFailed) == fine || strings.Contains(got.out, "as it was written") != fine {
					t.Errorf("%v: exit code %d, %s%s", ask.args, got.code, got.out, got.err)
				}
				wanted := []string{test.alone}
				if ask.args != nil {
					wanted = append(wanted, test.against)
				}
				wantParts(t, "what is said", got.out, wanted)
			}
		})
	}
}

func tamper(t *testing.T, k kept, queries ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", strings.TrimPrefix(k.Store, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, query := range queries {
		if _, err := db.ExecContext(t.Context(), query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
}

// TestAuditHeads sees that the file of heads names nobody, and is taken only as it was printed.
func TestAuditHeads(t *testing.T) {
	t.Parallel()
	k := keep(t)
	audited(t, k, dialog.Entry{Ref: "R2", Actor: "U012AB3CD", Action: "claimed"})
	file := exportHeads(t, k)
	text := string(contentOf(t, file))
	for _, word := range []string{"U012AB3CD", "claimed", "referrer", "sent"} {
		if strings.Contains(text, word) {
			t.Errorf("%s is in the heads:\n%s", word, text)
		}
	}
	lines := strings.SplitAfter(text, "\n")
	if len(lines) != 5 || !strings.HasPrefix(lines[1], "R1 1 ") || !strings.HasPrefix(lines[2], "R2 1 ") {
		t.Fatalf("heads:\n%s", text)
	}
	for name, edited := range map[string]string{
		"a line less":      lines[0] + lines[1] + lines[3],
		"a line twice":     lines[0] + lines[1] + lines[1] + lines[2] + lines[3],
		"another number":   strings.Replace(text, "R1 1", "R1 2", 1),
		"another day":      strings.Replace(text, " 20", " 21", 1),
		"no sum":           lines[0] + lines[1] + lines[2],
		"something behind": text + "R3 1 x\n",
		"empty":            "",
	} {
		other := filepath.Join(t.TempDir(), "heads")
		if err := os.WriteFile(other, []byte(edited), 0o600); err != nil {
			t.Fatal(err)
		}
		got := runWith(t, k.env(), "", "audit", "verify", "--heads", other)
		if got.code != exitFailed || !strings.Contains(got.err, "is not as audit heads printed it") {
			t.Errorf("%s: exit code %d, %s%s", name, got.code, got.out, got.err)
		}
	}
	if got := runWith(t, keep(t).env(), "", "audit", "verify", "--heads", file); got.code != exitFailed || !strings.Contains(got.err, "another store") {
		t.Errorf("of another store: exit code %d, %s%s", got.code, got.out, got.err)
	}
	if got := runWith(t, k.env(), "", "audit", "verify", "--heads", file); got.code != exitFine || !strings.Contains(got.out, "Nothing is missing of what there was at") {
		t.Errorf("as it was printed: exit code %d, %s%s", got.code, got.out, got.err)
	}
}
