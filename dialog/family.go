package dialog

import (
	"slices"
	"strings"

	"referralbot/rules"
)

// Named is the reference of another referral that a deed names, "" if it names none. For it
// Facts.Referral is that referral, nil if there is no such.
func Named(d Deed) string {
	if d.Action != ActJoin {
		return ""
	}
	return strings.ToUpper(strings.TrimSpace(first(d.Filled["ref"])))
}

// Elsewhere is what a timer of a referral does to another one, whose part of the store may be
// another: no change can hold both. It reports false if it is a timer like any other.
func Elsewhere(t Timer) (ref string, d Deed, ok bool) {
	name, ref, _ := strings.Cut(t.Name, ":")
	action, ok := elsewhere[name]
	return ref, Deed{Action: action.with(Code(t.Ref))}, ok
}

var elsewhere = map[string]Action{
	"tell_joined": ActJoined, "tell_parted": ActParted, "tell_alike": ActAlike, "tell_sibling": ActSibling,
}

// join notes that another referral is of the same family. That one is told by a timer.
func (a *acting) join() {
	other := Named(a.d)
	a.ofFamily(other)
	a.out.Timers = append(a.out.Timers, Timer{Name: "tell_joined:" + other, At: a.f.Now, Ref: a.r.Ref})
	a.audit("joined", other)
	a.tell(a.said(clinicianVoice.told.joined, "other", other))
}

// ofFamily notes that another is of the same family, which it then no longer only may be.
func (a *acting) ofFamily(other string) {
	is := func(s string) bool { return s == other }
	a.r.Family = union(a.r.Family, []string{other})
	a.r.Alike = slices.DeleteFunc(slices.Clone(a.r.Alike), is)
	a.r.Siblings = slices.DeleteFunc(slices.Clone(a.r.Siblings), is)
}

func (a *acting) unjoin() {
	other := a.filled("ref")
	a.parted(other)
	a.out.Timers = append(a.out.Timers, Timer{Name: "tell_parted:" + other, At: a.f.Now, Ref: a.r.Ref})
	a.tell(a.said(clinicianVoice.told.parted, "other", other))
}

func (a *acting) joined(other string) {
	a.ofFamily(other)
	a.audit("joined", other)
}

func (a *acting) parted(other string) {
	a.r.Family = slices.DeleteFunc(slices.Clone(a.r.Family), func(s string) bool { return s == other })
	a.audit("parted", other)
}

// likeliest is the reference that is most likely to be joined, if there is one.
func likeliest(r Referral) []string {
	all := slices.Concat(r.Alike, r.Siblings)
	return all[:min(1, len(all))]
}

func joinSheet(r Referral, _ Clinician, f Facts) sheet {
	return sheet{items: []item{{SheetItem: SheetItem{
		Key: "ref", Kind: rules.TypeText, Max: 40, Initial: likeliest(r),
	}}}, also: func(filled map[string][]string, f Facts) map[string]string {
		switch {
		case len(filled["ref"]) == 0:
			return nil
		case f.Referral == nil || f.Referral.Kind == KindDraft:
			return map[string]string{"ref": clinicianVoice.mistakes.noReferral}
		case f.Referral.Ref == r.Ref:
			return map[string]string{"ref": clinicianVoice.mistakes.itself}
		}
		return nil
	}}
}

func unjoinSheet(r Referral, _ Clinician, _ Facts) sheet {
	var all []Choice
	for _, ref := range r.Family {
		all = append(all, Choice{Code: ref, Label: ref})
	}
	return sheet{items: []item{{SheetItem: SheetItem{Key: "ref", Kind: rules.TypeChoice, Options: all}}}}
}
