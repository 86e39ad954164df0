package rules

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestVignettes reads the family stories, each with the verdicts clinicians expect.
func TestVignettes(t *testing.T) {
	t.Parallel()
	all := Vignettes()
	if len(all) != 24 {
		t.Errorf("%d vignettes, want 24", len(all))
	}
	for _, v := range all {
		t.Run(v.ID, func(t *testing.T) {
			t.Parallel()
			got := Assess(v.Case)
			if diff := cmp.Diff(v.Expected.Verdicts, got.Verdicts); diff != "" {
				t.Errorf("%s: verdicts (-want +got):\n%s", v.Title, diff)
			}
			if got.Overall != v.Expected.Overall {
				t.Errorf("overall = %s, want %s", got.Overall, v.Expected.Overall)
			}
			if diff := cmp.Diff(v.Expected.Notes, append([]Note{}, got.Notes...)); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}
