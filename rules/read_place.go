package rules

import (
	"regexp"
	"strings"
)

var (
	postcodeForm = regexp.MustCompile(`^([A-PR-UWYZ][0-9][0-9A-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?|GIR) ([0-9][ABD-HJLNP-UW-Z]{2})$`)
	districtForm = regexp.MustCompile(`^([A-PR-UWYZ][0-9][0-9A-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)$`)
	sectorForm   = regexp.MustCompile(`^([A-Z]{1,2}[0-9][0-9A-Z]?) [0-9]$`)
	dummyForm    = regexp.MustCompile(`^ZZ99 3[A-Z]{2}$`)
	forcesForm   = regexp.MustCompile(`^BFPO ?([0-9]{1,4})$`)

	// postcodeIn finds what may be a postcode among other words.
	postcodeIn = regexp.MustCompile(`(?i)\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9OI][A-Z]{2}\b`)

	privateWords = regexp.MustCompile(`(?i)^(?:(?:it'?s|it is|its|this is|please keep(?: it)?|keep it|i want it|address is|postcode is)\s+)?(?:private|confidential|withheld|secret|hidden|(?:i'?d |i would )?(?:rather|prefer) not(?: to)?(?: say)?)(?:,? please)?[.!]*$`)
	refugeWord   = regexp.MustCompile(`(?i)\brefuge\b`)
	refugeStreet = regexp.MustCompile(`(?i)\brefuge (?:road|rd|street|st|lane|ln|close|way|avenue|ave|drive|cottages?|house)\b`)
	noAbodeWords = regexp.MustCompile(`(?i)^(?:nfa|no fixed (?:abode|address)|homeless|(?:i am|i'?m|we are|we'?re) homeless|sofa ?surfing)[.!]*$`)
	unknownWords = regexp.MustCompile(`(?i)^(?:unknown|not known|(?:i )?(?:do ?n[o']?t|dont|don’t) know(?: it| yet)?|(?:i'?m )?not sure|unsure|no idea|\?+)[.!]*$`)
)

// The health service's own codes for people without a postcode.
const (
	noFixedAbode    = "ZZ99 3VZ"
	postcodeUnknown = "ZZ99 3WZ"
)

// withheld returns "refuge" or "private" if that is what the words say, else "". Of
// words about a refuge nothing else is kept: where it is must never be written down.
func withheld(text string) string {
	switch {
	case refugeWord.MatchString(text) && !refugeStreet.MatchString(text):
		return "refuge"
	case privateWords.MatchString(text):
		return "private"
	}
	return ""
}

// readPostcode reads a postcode, or only its district for those who would not give
// more. Of a whole address typed here the address is kept beside it.
func readPostcode(s *Spec, text string, _ *Case) Reading {
	switch word := withheld(text); {
	case text == "":
		return problem(ProblemEmpty)
	case word != "":
		return value(word)
	case noAbodeWords.MatchString(text):
		return value(noFixedAbode)
	case unknownWords.MatchString(text):
		return value(postcodeUnknown)
	}
	if postcode, ok := parsePostcode(text); ok {
		return value(postcode)
	}
	postcode, ok := findPostcode(text)
	if !ok {
		return problem(ProblemPostcode)
	}
	r := value(postcode)
	if s.Field == ParentPostcode {
		r.Also = Answers{ParentAddress: {text}}
	}
	return r
}

// parsePostcode reads text as nothing but a postcode, in its canonical form: capitals,
// and one space before the last three.
func parsePostcode(text string) (string, bool) {
	spaced := strings.ToUpper(strings.TrimSpace(text))
	if m := sectorForm.FindStringSubmatch(spaced); m != nil && districtForm.MatchString(m[1]) {
		return m[1], true
	}
	if m := forcesForm.FindStringSubmatch(spaced); m != nil {
		return "BFPO " + m[1], true
	}
	if districtForm.MatchString(spaced) {
		return spaced, true
	}
	bare := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .,-–", r) {
			return -1
		}
		return r
	}, spaced)
	if len(bare) < 5 || len(bare) > 7 || strings.Trim(bare, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		return "", false
	}
	postcode := bare[:len(bare)-3] + " " + repairInward(bare[len(bare)-3:])
	return postcode, postcodeForm.MatchString(postcode) || dummyForm.MatchString(postcode)
}

// repairInward puts right the letters O and I where only a digit can stand. The other
// two places are letters that are never O or I, so there a nought is simply wrong.
func repairInward(inward string) string {
	switch inward[0] {
	case 'O':
		return "0" + inward[1:]
	case 'I':
		return "1" + inward[1:]
	}
	return inward
}

// findPostcode returns the last postcode among other words.
func findPostcode(text string) (string, bool) {
	found := postcodeIn.FindAllString(text, -1)
	for i := len(found) - 1; i >= 0; i-- {
		if postcode, ok := parsePostcode(found[i]); ok {
			return postcode, true
		}
	}
	return "", false
}
