package dialog

import (
	"slices"
	"strings"

	"referralbot/rules"
)

// Traits are what a referral may be known by again, when the same family is referred once more:
// each is a number or a few dates that hardly anybody else shares. They say who somebody is, and
// are stored only as keyed sums. What is not sent, or taken back, has none.
func Traits(r Referral) []string {
	if r.Kind == KindDraft || r.Status == Withdrawn {
		return nil
	}
	one := func(f rules.Field) string {
		value := strings.ToUpper(strings.Join(strings.Fields(r.Answers.One(f)), ""))
		if value == "NONE" || value == "PRIVATE" || value == "REFUGE" || value == "UNKNOWN" {
			return ""
		}
		return value
	}
	var out []string
	for _, t := range traits {
		parts := []string{t.name}
		for _, f := range t.of {
			parts = append(parts, one(f))
		}
		if !slices.Contains(parts, "") {
			out = append(out, strings.Join(parts, " "))
		}
	}
	return out
}

// KnownBy are all traits under which a referral is found again: its family's, and where it was
// sent from.
func KnownBy(r Referral) []string {
	known := Traits(r)
	if r.Chat != (Chat{}) {
		known = append(known, SentFrom(r.Chat))
	}
	return known
}

// SentFrom is the trait that all referrals share which were sent from one chat.
func SentFrom(c Chat) string { return strings.Join([]string{"from", c.Platform, c.ID}, " ") }

// traits are all there are of a family. Numbers of the health service have one name, whoever's they are: a
// mother's may have been put down as her baby's. A telephone is a parent's own; a date of birth is
// many people's, and counts with where they live or with another.
var traits = []struct {
	name string
	of   []rules.Field
}{
	{"nhs", []rules.Field{rules.ParentNHSNumber}},
	{"nhs", []rules.Field{rules.BabyNHSNumber}},
	{"phone", []rules.Field{rules.ParentPhone}},
	{"parent at", []rules.Field{rules.ParentDOB, rules.ParentPostcode}},
	{"baby at", []rules.Field{rules.BabyDOB, rules.ParentPostcode}},
	{"parent and baby", []rules.Field{rules.ParentDOB, rules.BabyDOB}},
	{"parent and baby", []rules.Field{rules.ParentDOB, rules.EDD}},
}

// likeness is what another referral may be to one.
type likeness int

const (
	unlike  likeness = iota
	alike            // of the same family, perhaps of the same baby
	sibling          // of the same family, and of another baby
)

// likenessOf says what other may be to r: a clinician decides what it is.
func likenessOf(r, other Referral) likeness {
	theirs := Traits(other)
	shared := func(t string) bool { return slices.Contains(theirs, t) }
	switch {
	case r.Ref == other.Ref || slices.Contains(r.Family, other.Ref) || !slices.ContainsFunc(Traits(r), shared):
		return unlike
	case anotherBaby(r.Answers, other.Answers):
		return sibling
	}
	return alike
}

// anotherBaby reports whether two families' answers are of two babies, as far as they tell.
func anotherBaby(a, b rules.Answers) bool {
	differ := func(f rules.Field) bool { return a.Has(f) && b.Has(f) && a.One(f) != b.One(f) }
	born, same := a.Has(rules.BabyDOB) && b.Has(rules.BabyDOB), !differ(rules.BabyDOB)
	switch {
	case a.Has(rules.BabyNHSNumber) && b.Has(rules.BabyNHSNumber):
		return differ(rules.BabyNHSNumber)
	case born && same: // twins have names of their own
		return firstName(a) != "" && firstName(b) != "" && firstName(a) != firstName(b)
	case born:
		return true
	}
	x, known := bornOrDue(a)
	y, both := bornOrDue(b)
	return known && both && max(x.DaysUntil(y), y.DaysUntil(x)) > oneBirth
}

// oneBirth is how many days a baby's birth, and when it was expected, may lie apart.
const oneBirth = 140

// bornOrDue is when a baby was born or is expected.
func bornOrDue(a rules.Answers) (rules.Date, bool) {
	if d, ok := rules.ParseISODate(a.One(rules.BabyDOB)); ok {
		return d, true
	}
	return rules.ParseISODate(a.One(rules.EDD))
}

func firstName(a rules.Answers) string {
	first, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(a.One(rules.BabyName))), " ")
	return first
}

// Compares reports whether a deed has to know the other referrals that share a trait with the one
// it is done to: Facts.Alike.
func Compares(d Deed) bool { return d.Action == ActCompare }

// compare notes which other referrals may be of the same family. Each of them is told of this one
// by a timer, for it may lie in another part of the store. Nothing is joined by it.
func (a *acting) compare(string) {
	was := slices.Concat(a.r.Alike, a.r.Siblings)
	a.r.Alike, a.r.Siblings = nil, nil
	for _, other := range a.f.Alike {
		switch likenessOf(a.r, other) {
		case alike:
			a.r.Alike = union(a.r.Alike, []string{other.Ref})
		case sibling:
			a.r.Siblings = union(a.r.Siblings, []string{other.Ref})
		}
	}
	for _, found := range []struct {
		refs   []string
		action Action
	}{{a.r.Alike, ActAlike}, {a.r.Siblings, ActSibling}} {
		for _, ref := range found.refs {
			if !slices.Contains(was, ref) {
				a.audit(string(found.action), ref)
			}
			a.out.Timers = append(a.out.Timers, Timer{Name: "tell_" + string(found.action) + ":" + ref, At: a.f.Now, Ref: a.r.Ref})
		}
	}
}

// mayBe notes that another referral has been found to be like this one.
func (a *acting) mayBe(ref string) {
	a.r.Alike, a.r.Siblings = a.foundLike(ref, a.r.Alike, a.r.Siblings)
}

// maySibling notes likewise that it may be of a sibling.
func (a *acting) maySibling(ref string) {
	a.r.Siblings, a.r.Alike = a.foundLike(ref, a.r.Siblings, a.r.Alike)
}

// foundLike adds a reference to those of one likeness, and takes it from those of the other.
func (a *acting) foundLike(ref string, to, from []string) (in, out []string) {
	if slices.Contains(a.r.Family, ref) || slices.Contains(to, ref) {
		return to, from
	}
	action, _, _ := strings.Cut(string(a.d.Action), ":")
	a.audit(action, ref)
	return union(to, []string{ref}), slices.DeleteFunc(slices.Clone(from), func(s string) bool { return s == ref })
}

// maybeFamily says which other referrals may be of the same family, "" for none.
func maybeFamily(r Referral) string {
	var all []string
	for _, found := range []struct {
		words string
		refs  []string
	}{{clinicianVoice.phrases.sameFamily, r.Alike}, {clinicianVoice.phrases.sibling, r.Siblings}} {
		if found.refs != nil {
			all = append(all, fill(found.words, "refs", strings.Join(found.refs, ", ")))
		}
	}
	return strings.Join(all, "; ")
}
