package main

import (
	"fmt"

	"referralbot/dialog"
)

// graphCmd prints the two state machines, as they stand in the README.
type graphCmd struct{}

// Run prints both diagrams as Mermaid.
func (graphCmd) Run(io streams) error {
	graph, err := dialog.Graph()
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(io.out, graph)
	return err
}
