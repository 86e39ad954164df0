package rules

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:embed vignettes.jsonl
var vignettesFile []byte

// Vignette is the story of an invented family, and what clinicians expect the criteria to
// say of it. The telephone and NHS numbers in it are of the ranges kept for fiction.
type Vignette struct {
	ID, Title string
	Case      Case `json:"-"` // with the embedded profile
	Expected  struct {
		Verdicts map[Rule]Verdict
		Overall  Verdict
		Notes    []Note
	}
}

// Vignettes returns the family stories by which the criteria are held to the guidance. The
// criteria's tests read them, and so does whoever wants families to try something with.
func Vignettes() []Vignette {
	var all []Vignette
	for line := range bytes.Lines(vignettesFile) {
		v, err := parseVignette(line)
		if err != nil {
			panic(fmt.Sprintf("vignette %d: %v", len(all)+1, err)) // the file is embedded, and a test reads it
		}
		all = append(all, v)
	}
	return all
}

func parseVignette(line []byte) (v Vignette, err error) {
	if err := json.Unmarshal(line, &v); err != nil {
		return v, err
	}
	v.ID, v.Case, err = ParseCase(line)
	return v, err
}
