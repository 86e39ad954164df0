package main

import (
	_ "embed"
	"fmt"
)

//go:embed deploy/slack-manifest.yaml
var slackManifest string

// manifestCmd prints what to paste into Slack's "Create an app from a manifest".
type manifestCmd struct{}

// Run prints the manifest as YAML.
func (manifestCmd) Run(io streams) error {
	_, err := fmt.Fprint(io.out, slackManifest)
	return err
}
