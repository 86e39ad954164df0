package rules

import (
	"regexp"
	"strings"
)

// fearsRemoval is how people ask whether, or fear that, their baby will be taken from them.
var fearsRemoval = regexp.MustCompile(
	`\b(take|taking|taken|takes|remove|removed|removing|lose|losing)\b.{0,24}\b(baby|babies|child|children|kids|son|daughter|him|her|them)\b.{0,24}(\?|\b(away|off me|off us|from me|from us|social|services|care|if i)\b)` +
		`|\b(you|they|they're|theyre|social|services|ss|court|council)\b.{0,32}\b(take|taking|remove|removing)\b.{0,12}\b(baby|babies|child|children|kids|son|daughter|him|her|them)\b`)

// FearsRemoval reports whether words ask whether the baby will be taken away, or fear it.
// Many parents do; it is no sign of risk, and it deserves an answer.
func FearsRemoval(text string) bool { return fearsRemoval.MatchString(strings.ToLower(text)) }
