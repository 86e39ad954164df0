package rules

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Read makes a canonical answer to f of words typed by a person, or says what is wrong
// with them. It reads leniently and refuses rather than guesses: an answer it returns
// without Confirm is one the words can hardly mean otherwise. A choice is not read
// here: its labels belong to the dialogue. Read never panics, whatever the text.
func Read(f Field, text string, c Case) Reading {
	s, ok := specs[f]
	if !ok {
		return problem(ProblemEmpty)
	}
	read, ok := readers[s.Type]
	if !ok {
		return problem(ProblemEmpty)
	}
	return read(s, clean(text, s.Type), c.ready())
}

// reader reads cleaned text as an answer to s.
type reader func(s *Spec, text string, c *Case) Reading

var readers = map[Type]reader{
	TypeName:      readName,
	TypeText:      readText,
	TypeLongText:  readText,
	TypeDate:      readDate,
	TypePhone:     readPhone,
	TypeEmail:     readEmail,
	TypePostcode:  readPostcode,
	TypeNHSNumber: readNHSNumber,
	TypeList:      readList,
	TypeScores:    readScores,
}

func value(v string) Reading    { return Reading{Values: []string{v}} }
func problem(p Problem) Reading { return Reading{Problem: p} }

// clean makes text safe to keep: valid UTF-8, no control characters but the line end,
// and none that turn the direction of writing. In a structured answer the invisible
// characters go too, digits of other scripts become ASCII, and space is single. In
// free text joiners stay: some scripts, and emoji, are spelled with them.
func clean(text string, t Type) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	free := t == TypeText || t == TypeLongText
	text = strings.Map(func(r rune) rune { return cleanRune(r, free) }, text)
	if t == TypeLongText || t == TypeText || t == TypeList || t == TypeScores {
		return strings.TrimSpace(text)
	}
	return strings.Join(strings.Fields(text), " ")
}

func cleanRune(r rune, free bool) rune {
	switch {
	case r == '\n':
		return r
	case r == '\r', r == '\u2028', r == '\u2029':
		return '\n'
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
		return -1
	case free:
		return r
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		return -1
	}
	return asciiDigit(r)
}

// zeros are the noughts of the scripts whose digits people type; nine more follow each.
var zeros = []rune{'٠', '۰', '०', '০', '੦', '૦', '０'}

func asciiDigit(r rune) rune {
	for _, zero := range zeros {
		if zero <= r && r <= zero+9 {
			return '0' + r - zero
		}
	}
	return r
}

// fits checks the length of a free answer in characters.
func fits(s *Spec, text string, a Audience) Problem {
	least, most := s.Limits(a)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return ProblemEmpty
	case n < least:
		return ProblemTooShort
	case most > 0 && n > most:
		return ProblemTooLong
	}
	return ProblemNone
}

// readText reads free text. An address may be kept private, and may hold its postcode.
func readText(s *Spec, text string, c *Case) Reading {
	if p := fits(s, text, c.Audience); p != ProblemNone {
		return problem(p)
	}
	if s.Field == ParentAddress {
		return readAddress(text)
	}
	return value(text)
}

func readAddress(text string) Reading {
	if word := withheld(text); word != "" {
		return Reading{Values: []string{word}, Also: Answers{ParentPostcode: {word}}}
	}
	r := value(text)
	if postcode, ok := findPostcode(text); ok {
		r.Also = Answers{ParentPostcode: {postcode}}
	}
	return r
}

func readName(s *Spec, text string, c *Case) Reading {
	if p := fits(s, text, c.Audience); p != ProblemNone {
		return problem(p)
	}
	if !isName(text) {
		return problem(ProblemName)
	}
	return value(text)
}

// isName reports whether text has a letter and nothing that names have not.
func isName(text string) bool {
	return strings.ContainsFunc(text, unicode.IsLetter) && !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(" '-.’", r)
	})
}

var betweenNames = regexp.MustCompile(`(?i)\s*(?:[,;\n+&/]|\s+and\s+)\s*`)

// readList reads several names, each once.
func readList(s *Spec, text string, c *Case) Reading {
	var names []string
	for _, name := range betweenNames.Split(text, -1) {
		name = strings.Join(strings.Fields(strings.TrimPrefix(name, "and ")), " ")
		switch {
		case name == "" || slices.Contains(names, name):
			continue
		case utf8.RuneCountInString(name) > s.most:
			return problem(ProblemTooLong)
		case !isName(name):
			return problem(ProblemName)
		}
		names = append(names, name)
	}
	switch {
	case len(names) == 0:
		return problem(ProblemEmpty)
	case len(names) > mostBabies:
		return problem(ProblemTooLong)
	}
	return Reading{Values: names}
}

const mostBabies = 8

var emailIn = regexp.MustCompile(`(?i)[a-z0-9.!#$%&'*+/=?^_{}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+`)

// readEmail reads the one address in the text, whatever is written around it.
func readEmail(_ *Spec, text string, _ *Case) Reading {
	if text == "" {
		return problem(ProblemEmpty)
	}
	found := emailIn.FindAllString(strings.TrimPrefix(text, "mailto:"), 2)
	if len(found) != 1 || len(found[0]) > 254 || strings.Count(text, "@") != 1 {
		return problem(ProblemEmail)
	}
	local, domain, _ := strings.Cut(found[0], "@")
	return value(local + "@" + strings.ToLower(domain))
}

var nhsPrefix = regexp.MustCompile(`(?i)^nhs\s*(?:number|num|no|n)?\s*[.:#]*\s*`)

// readNHSNumber reads ten digits and checks the last of them. The answer is the digits.
func readNHSNumber(_ *Spec, text string, _ *Case) Reading {
	if text == "" {
		return problem(ProblemEmpty)
	}
	digits := strings.NewReplacer(" ", "", "-", "", "–", "", ".", "").Replace(nhsPrefix.ReplaceAllString(text, ""))
	switch {
	case len(digits) != 10 || strings.Trim(digits, "0123456789") != "":
		return problem(ProblemNHSNumber)
	case !validNHSNumber(digits):
		return problem(ProblemNHSCheck)
	}
	return value(digits)
}

// validNHSNumber reports whether the tenth digit is the check on the nine before it,
// modulo 11. Ten equal digits satisfy the sum and are nobody's number.
func validNHSNumber(digits string) bool {
	sum := 0
	for i := range 9 {
		sum += int(digits[i]-'0') * (10 - i)
	}
	check := (11 - sum%11) % 11
	return check == int(digits[9]-'0') && strings.Trim(digits, digits[:1]) != ""
}
