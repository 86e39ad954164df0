package rules

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestVignettes reads the family stories, each with the verdicts clinicians expect.
func TestVignettes(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/vignettes.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	n := 0
	for lines.Scan() {
		n++
		line := append([]byte(nil), lines.Bytes()...)
		var want struct {
			ID, Title string
			Expected  struct {
				Verdicts map[Rule]Verdict
				Overall  Verdict
				Notes    []Note
			}
		}
		if err := json.Unmarshal(line, &want); err != nil {
			t.Fatal(err)
		}
		t.Run(want.ID, func(t *testing.T) {
			t.Parallel()
			id, c, err := ParseCase(line)
			if err != nil || id != want.ID {
				t.Fatalf("ParseCase = %q, %v", id, err)
			}
			got := Assess(c)
			if diff := cmp.Diff(want.Expected.Verdicts, got.Verdicts); diff != "" {
				t.Errorf("%s: verdicts (-want +got):\n%s", want.Title, diff)
			}
			if got.Overall != want.Expected.Overall {
				t.Errorf("overall = %s, want %s", got.Overall, want.Expected.Overall)
			}
			if diff := cmp.Diff(want.Expected.Notes, append([]Note{}, got.Notes...)); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
	if n != 24 {
		t.Errorf("%d vignettes, want 24", n)
	}
}
