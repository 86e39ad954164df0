// Package record draws referrals for other systems: FHIR R4 for a patient record, and CSV for a
// spreadsheet. It is drawing and nothing else: the same referral and service give the same
// bytes. It knows no store, writes no file, and leaves it to others who may have what it draws.
package record

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"referralbot/dialog"
	"referralbot/rules"
)

// Refusal says why r may not go into another system's record, nil if it may. What was never
// sent, or only asked for a call, may be without the parent's agreement, and what was taken back,
// or was closed because they do not agree, is nobody's to pass on.
func Refusal(r dialog.Referral) error {
	switch {
	case r.Status == dialog.Withdrawn:
		return fmt.Errorf("%s has been taken back by the person who sent it", r.Ref)
	case r.Kind == dialog.KindDraft:
		return fmt.Errorf("%s was never sent: it is a draft, kept because of an alert", r.Ref)
	case r.Kind == dialog.KindCall:
		return fmt.Errorf("%s is a request to talk, and no referral", r.Ref)
	case r.Status == dialog.Closed && slices.Contains([]dialog.Code{dialog.NoConsent, dialog.WithdrawnByParent}, r.Outcome()):
		return fmt.Errorf("%s was closed because the parent does not agree to it", r.Ref)
	}
	return nil
}

// clean is text as every format can carry it; "" if nothing is left to be read.
func clean(text string) string { return strings.TrimSpace(strings.Map(printable, text)) }

// printable leaves out control characters, and knows no white space but spaces, tabs and line
// ends.
func printable(r rune) rune {
	switch {
	case strings.ContainsRune("\n\t\r", r):
		return r
	case unicode.IsSpace(r), r == '\ufeff':
		return ' '
	case unicode.IsControl(r):
		return -1
	}
	return r
}

// notKnown is an answer that says that it is not known.
const notKnown = "unknown"

// known is the answer to a field that is not chosen from a list, "" if there is none that says
// anything.
func known(r dialog.Referral, f rules.Field) string {
	if v := clean(r.Answers.One(f)); v != notKnown {
		return v
	}
	return ""
}
