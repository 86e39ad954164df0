package main

import (
	"fmt"
	"runtime/debug"

	"referralbot/rules"
)

// versionCmd prints which program this is and which rules it reads referrals by.
type versionCmd struct{}

// Run prints the version on one line.
func (versionCmd) Run(io streams) error {
	_, err := fmt.Fprintf(io.out, "referralbot %s, rules %s\n", version(), rules.RuleSetVersion)
	return err
}

// version returns the module's version, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	return info.Main.Version
}
