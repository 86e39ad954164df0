package main

import (
	"fmt"

	"referralbot/rules"
)

// criteriaCmd prints the criteria for a clinician to read.
type criteriaCmd struct{}

// Run prints each criterion: the guidance's own words, and how they are read.
func (criteriaCmd) Run(io streams) error {
	fmt.Fprintf(io.out, "# The criteria, version %s\n\nIn each list the first line that holds decides. Nobody is turned away by any of them.\n", rules.RuleSetVersion)
	for _, c := range rules.Criteria() {
		if _, err := fmt.Fprintf(io.out, "\n## %s (%s)\n\n> %s\n\nSentences %s.\n\n%s", c.Title, c.Rule, c.Source, c.Sentences, c.Prose); err != nil {
			return err
		}
	}
	return nil
}
