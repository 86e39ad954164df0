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

var elsewhere = map[string]Action{"tell_joined": ActJoined, "tell_parted": ActParted}

// join notes that another referral is of the same family. That one is told by a timer.
func (a *acting) join() {
	other := Named(a.d)
	a.r.Family = union(a.r.Family, []string{other})
	a.r.Alike = slices.DeleteFunc(slices.Clone(a.r.Alike), func(s string) bool { return s == other })
	a.out.Timers = append(a.out.Timers, Timer{Name: "tell_joined:" + other, At: a.f.Now, Ref: a.r.Ref})
	a.audit("joined", other)
	a.tell(a.r.Ref + " is joined to " + other + ". Each stays a referral of its own.")
}

func (a *acting) unjoin() {
	other := a.filled("ref")
	a.parted(other)
	a.out.Timers = append(a.out.Timers, Timer{Name: "tell_parted:" + other, At: a.f.Now, Ref: a.r.Ref})
	a.tell(a.r.Ref + " is no longer joined to " + other + ".")
}

func (a *acting) joined(other string) {
	a.r.Family = union(a.r.Family, []string{other})
	a.audit("joined", other)
}

func (a *acting) parted(other string) {
	a.r.Family = slices.DeleteFunc(slices.Clone(a.r.Family), func(s string) bool { return s == other })
	a.audit("parted", other)
}

func joinSheet(r Referral, _ Clinician, f Facts) sheet {
	return sheet{title: "Join", submit: "Join", items: []item{{SheetItem: SheetItem{
		Key: "ref", Label: "Reference of the family's other referral", Kind: rules.TypeText, Max: 40, Initial: r.Alike[:min(1, len(r.Alike))],
	}}}, also: func(filled map[string][]string, f Facts) map[string]string {
		switch {
		case len(filled["ref"]) == 0:
			return nil
		case f.Referral == nil || f.Referral.Kind == KindDraft:
			return map[string]string{"ref": "There is no referral of this reference."}
		case f.Referral.Ref == r.Ref:
			return map[string]string{"ref": "That is this referral itself."}
		}
		return nil
	}}
}

func unjoinSheet(r Referral, _ Clinician, _ Facts) sheet {
	var all []string
	for _, ref := range r.Family {
		all = append(all, ref, ref)
	}
	return sheet{title: "Undo joining", submit: "Undo", items: []item{{SheetItem: SheetItem{
		Key: "ref", Label: "Which is not of this family?", Kind: rules.TypeChoice, Options: choices(all...),
	}}}}
}
