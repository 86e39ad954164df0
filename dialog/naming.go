package dialog

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"referralbot/rules"
)

// Naming reports whether words may say who a family is: what looks like a date of birth, a
// telephone number, an NHS number or a postcode, or an answer of an open referral that names
// somebody or their home. Of the latter it returns the reference.
func Naming(words string, open []Referral, f Facts) (ref string, found bool) {
	words = reference.ReplaceAllString(words, " ")
	t := typedWords{inWords(words), capitals(words), written.FindAllString(words, -1)}
	for _, r := range open {
		if t.name(r, f) {
			return r.Ref, true
		}
	}
	return "", t.identify(words, f)
}

// typedWords is what somebody has written, as it is looked at: its words in small letters, those
// that begin with a capital by themselves, and what may be dates.
type typedWords struct {
	all      string
	capitals map[string]bool
	dates    []string
}

// reference is what a referral is called, which says nothing of anybody.
var reference = regexp.MustCompile(`(?i)\bR[0-9]{2}(?:-[0-9A-Z]{4}){4}\b`)

// written finds what may be a date with its year.
var written = regexp.MustCompile(`(?i)\b(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2} ?[./-] ?[0-9]{1,2} ?[./-] ?(?:[0-9]{4}|[0-9]{2})|` +
	`[0-9]{1,2}(?:st|nd|rd|th)?(?: of)?[ -]` + months + `[a-z]*,?[ -]'?(?:[0-9]{4}|[0-9]{2})|` + months + `[a-z]* [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4})\b`)

const months = `(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)`

// numbers are what identifies by its form alone: where it may be among other words, and the
// field whose reader knows one.
var numbers = []struct {
	form  *regexp.Regexp
	field rules.Field
}{
	{regexp.MustCompile(`(?s).+`), rules.ReferrerPhone}, // its reader finds one among words
	{regexp.MustCompile(`\b[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}\b`), rules.ParentNHSNumber},
	{regexp.MustCompile(`(?i)\b[A-Z]{1,2}[0-9][0-9A-Z]?\s?[0-9][A-Z]{2}\b`), rules.ParentPostcode},
}

// identify reports whether something in words identifies somebody by its form alone.
func (t typedWords) identify(words string, f Facts) bool {
	for _, n := range numbers {
		for _, found := range n.form.FindAllString(words, -1) {
			if _, ok := readAs(n.field, found, f); ok {
				return true
			}
		}
	}
	return slices.ContainsFunc(t.dates, func(d string) bool {
		_, baby := readAs(rules.BabyDOB, d, f)
		_, parent := readAs(rules.ParentDOB, d, f)
		return baby || parent
	})
}

// readAs reads words as an answer, if they are one.
func readAs(field rules.Field, words string, f Facts) (string, bool) {
	c := rules.Case{Audience: rules.Professional, Today: rules.DateOf(f.Now), Service: f.Service}
	read := rules.Read(field, words, c)
	if read.Problem != rules.ProblemNone || len(read.Values) == 0 {
		return "", false
	}
	return read.Values[0], true
}

// names are the fields that hold names, each of which says who it is about by itself, and
// wholes those that do so only as a whole.
var (
	names  = []rules.Field{rules.ParentName, rules.BabyName, rules.BabiesNames, rules.ReferrerName, rules.SocialWorker}
	wholes = []rules.Field{rules.ParentAddress, rules.ParentGP, rules.BabyGP, rules.ReferrerEmail}
)

// name reports whether they give away an answer of r's that identifies somebody.
func (t typedWords) name(r Referral, f Facts) bool {
	for _, field := range names {
		for _, name := range r.Answers[field] {
			if t.say(name) || slices.ContainsFunc(strings.Fields(name), t.sayName) {
				return true
			}
		}
	}
	for _, field := range wholes {
		if whole := r.Answers.One(field); t.say(whole) || field == rules.ParentAddress && t.sayHouse(whole) {
			return true
		}
	}
	return slices.ContainsFunc(t.dates, func(d string) bool {
		due, ok := readAs(rules.EDD, d, f)
		return ok && r.Answers.Is(rules.EDD, due)
	})
}

// inWords is text as its words in small letters, with a space before and after each.
func inWords(text string) string {
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	return " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), apart), " ") + " "
}

// capitals are the words that begin with a capital, in small letters.
func capitals(text string) map[string]bool {
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("-'’", r) }
	found := map[string]bool{}
	for _, w := range strings.FieldsFunc(text, apart) {
		if first, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(first) {
			w = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(w), "'s"), "’s")
			found[w] = true
		}
	}
	return found
}

// say reports whether they have all words of an answer, one after the other. What is shorter
// than a name says nothing.
func (t typedWords) say(answer string) bool {
	want := inWords(answer)
	return len(want) > len(" Jo ") && strings.Contains(t.all, want)
}

// sayName reports whether they have one name, with its capital: many a name is a word too.
func (t typedWords) sayName(name string) bool {
	name = strings.TrimFunc(name, func(r rune) bool { return !unicode.IsLetter(r) })
	return utf8.RuneCountInString(name) >= 3 && t.capitals[strings.ToLower(name)]
}

// sayHouse reports whether they have the first line of an address.
func (t typedWords) sayHouse(address string) bool {
	line, _, _ := strings.Cut(strings.ReplaceAll(address, "\n", ","), ",")
	return strings.ContainsAny(line, "0123456789") && strings.Contains(strings.TrimSpace(line), " ") && t.say(line)
}
