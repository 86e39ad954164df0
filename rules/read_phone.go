package rules

import (
	"regexp"
	"strings"
)

var (
	noPhoneWords = regexp.MustCompile(`(?i)^(?:none|no|nope|n/?a|no (?:tele)?phone(?: number)?|(?:i |we )?(?:do ?n[o'’]?t|haven'?t|have ?n[o'’]?t)(?: have| got)*(?: a| one| any)*(?: (?:tele)?phone)?(?: number)?)[.!]*$`)
	phoneRun     = regexp.MustCompile(`(?:\+|\b)[0-9][0-9 ()./-]*[0-9]`)
	country      = regexp.MustCompile(`^(?:\+44|0044|44)(?:\(?0\)?)?`)
	mobileForm   = regexp.MustCompile(`^07[1-9][0-9]{8}$`) // 070 is not a mobile, and costs the caller extra
	landlineForm = regexp.MustCompile(`^0[1-3][0-9]{8,9}$`)

	// besideNumber is what may stand between a number and the times beside it.
	besideNumber = " \t\n,;:.-–—()/"
)

// readPhone reads a telephone number of the United Kingdom, in national form with its
// usual spaces. The parent may have none. What else is said beside the parent's number
// is when to ring.
func readPhone(s *Spec, text string, _ *Case) Reading {
	switch {
	case text == "":
		return problem(ProblemEmpty)
	case s.Field == ParentPhone && noPhoneWords.MatchString(text):
		return value("none")
	}
	number, rest, ok := findPhone(text)
	if !ok {
		return problem(ProblemPhone)
	}
	r := value(number)
	if s.Field == ParentPhone && strings.ContainsAny(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") {
		r.Also = Answers{ContactTimes: {rest}}
	}
	return r
}

// findPhone returns the first number in text and the words around it.
func findPhone(text string) (number, rest string, ok bool) {
	for _, run := range phoneRun.FindAllStringIndex(text, -1) {
		for end := run[1]; end > run[0]; end = shorter(text, run[0], end) {
			if number, ok := parsePhone(text[run[0]:end]); ok {
				before := strings.Trim(text[:run[0]], besideNumber)
				after := strings.Trim(text[end:], besideNumber)
				return number, strings.TrimSpace(before + " " + after), true
			}
		}
	}
	return "", "", false
}

// shorter returns where the last group of digits of text[start:end] begins, so that a
// time typed after a number can be left off it.
func shorter(text string, start, end int) int {
	end = start + strings.LastIndexAny(text[start:end], " ()./-")
	for end > start && strings.IndexByte(" ()./-", text[end-1]) >= 0 {
		end--
	}
	return end
}

func parsePhone(text string) (string, bool) {
	bare := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ./-", r) {
			return -1
		}
		return r
	}, text)
	digits := strings.NewReplacer("(", "", ")", "").Replace(country.ReplaceAllString(bare, "0"))
	if mobileForm.MatchString(digits) || landlineForm.MatchString(digits) {
		return spaced(digits), true
	}
	return "", false
}

// areaCodes says how many digits of a national number stand before the first space, by
// how it begins; the first that fits decides. Numbers of the 3-4-4 and 4-3-4 kinds
// have a second space.
var areaCodes = []struct {
	form          *regexp.Regexp
	first, second int
}{
	{regexp.MustCompile(`^02`), 3, 4},
	{regexp.MustCompile(`^(?:03|011|01.1)`), 4, 3},
	{regexp.MustCompile(`^0`), 5, 0},
}

func spaced(digits string) string {
	for _, a := range areaCodes {
		if !a.form.MatchString(digits) {
			continue
		}
		if a.second == 0 {
			return digits[:a.first] + " " + digits[a.first:]
		}
		return digits[:a.first] + " " + digits[a.first:a.first+a.second] + " " + digits[a.first+a.second:]
	}
	return digits
}
