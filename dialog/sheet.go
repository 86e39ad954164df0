package dialog

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"referralbot/rules"
)

// Sheet is a short form that a clinician fills in before something is done to a referral.
type Sheet struct {
	Title string // at most 24 characters
	// Notices stand above the items.
	Notices []string
	Items   []SheetItem
	Submit  string // the words of the submit button, at most 24 characters
	// Turn travels with the sheet and comes back in the deed: what was opened before the
	// referral changed hands or state is not done to it after.
	Turn int
}

// SheetItem is one thing to fill in.
type SheetItem struct {
	Key   string // letters and _
	Label string
	Hint  string
	// Kind is a choice, a multi-choice, text, long text, a date (as "2026-11-30") or Colleague.
	Kind     rules.Type
	Options  []Choice // for choices and multi-choices; there may be more than ten
	Initial  []string
	Optional bool
	Max      int // the most characters, 0 for the platform's own limit
}

// Colleague is the kind of an item that is filled in with a clinician: two values, their id
// and their name as colleagues know them. Whoever asks sees to it that they are of the team.
const Colleague rules.Type = "colleague"

// SheetFor returns what must be filled in before the action can be done by somebody, or nil if
// nothing is, or if it cannot be done now. For ActEnter the referral is empty.
func SheetFor(r Referral, action Action, by Clinician, f Facts) *Sheet {
	d, ok := deedFor(action)
	if !ok || d.sheet == nil || d.against(r, by) != "" {
		return nil
	}
	return d.toFill(r, by, f).shown(r)
}

// sheet is a sheet with what the service makes of it. Where it has no title and no button it gets those
// of its action.
type sheet struct {
	title, submit string
	notices       []string
	items         []item
	// also finds what is wrong with the whole, nil for nothing.
	also func(filled map[string][]string, f Facts) map[string]string
}

// item is an item with the days that it may be. What it has no words for gets those of its key.
type item struct {
	SheetItem
	days days
	fill []string // what is filled into its words
}

// days says which days a date may be.
type days int

const (
	anyDay   days = iota
	ahead         // from today on
	lately        // up to today
	farthest = 366
)

// worded is s in the words of the sheet for an action.
func (s sheet) worded(action Action) sheet {
	w := clinicianVoice.sheets[action]
	s.title, s.submit, s.items = cmp.Or(s.title, w.title), cmp.Or(s.submit, w.submit), slices.Clone(s.items)
	for n := range s.items {
		i := &s.items[n]
		q := w.items[i.Key]
		i.Label, i.Hint = cmp.Or(i.Label, fill(q.text, i.fill...)), cmp.Or(i.Hint, q.hint)
		if i.Options == nil {
			i.Options = choices(q.options, i.fill...)
		}
	}
	return s
}

func (s sheet) shown(r Referral) *Sheet {
	out := &Sheet{Title: s.title, Notices: s.notices, Submit: s.submit, Turn: r.Turn()}
	for _, i := range s.items {
		out.Items = append(out.Items, i.SheetItem)
	}
	return out
}

// read returns the values of a sheet that are of its items, and what is wrong with them, nil
// for nothing.
func (s sheet) read(given map[string][]string, f Facts) (filled map[string][]string, mistakes map[string]string) {
	filled = map[string][]string{}
	for _, i := range s.items {
		var values []string
		for _, v := range given[i.Key] {
			if v = strings.TrimSpace(v); v != "" {
				values = append(values, v)
			}
		}
		if wrong := i.wrong(values, f); wrong != "" {
			mistakes = with(mistakes, i.Key, wrong)
		} else if len(values) > 0 {
			filled[i.Key] = values
		}
	}
	if s.also != nil {
		for key, wrong := range s.also(filled, f) {
			if mistakes[key] == "" {
				mistakes = with(mistakes, key, wrong)
			}
		}
	}
	return filled, mistakes
}

func with[V any](m map[string]V, key string, value V) map[string]V {
	if m == nil {
		m = map[string]V{}
	}
	m[key] = value
	return m
}

// wrong says what is wrong with the values of an item, "" for nothing.
func (i item) wrong(values []string, f Facts) string {
	switch {
	case len(values) == 0 && i.Optional:
		return ""
	case len(values) == 0:
		return clinicianVoice.mistakes.empty
	case chosen(i.Kind):
		for _, v := range values {
			if !slices.ContainsFunc(i.Options, func(o Choice) bool { return o.Code == v }) {
				return clinicianVoice.mistakes.choose
			}
		}
	case i.Kind == rules.TypeDate:
		return i.days.wrong(values[0], f)
	case i.Max > 0 && utf8.RuneCountInString(values[0]) > i.Max:
		return clinicianVoice.mistakes.long
	}
	return ""
}

func (d days) wrong(value string, f Facts) string {
	day, ok := rules.ParseISODate(value)
	today := rules.DateOf(f.Now)
	switch {
	case !ok || len(value) != len("2026-11-30"):
		return clinicianVoice.mistakes.noDay
	case d == ahead && today.DaysUntil(day) < 0:
		return clinicianVoice.mistakes.past
	case d == lately && today.DaysUntil(day) > 0:
		return clinicianVoice.mistakes.future
	case max(today.DaysUntil(day), day.DaysUntil(today)) > farthest:
		return clinicianVoice.mistakes.far
	}
	return ""
}

// choices are options as what can be chosen.
func choices(options []option, filled ...string) []Choice {
	var out []Choice
	for _, o := range options {
		out = append(out, Choice{Code: o.value, Label: fill(o.label, filled...)})
	}
	return out
}

func releaseSheet(Referral, Clinician, Facts) sheet {
	return sheet{items: []item{{SheetItem: SheetItem{Key: "reason", Kind: rules.TypeChoice}}}}
}

func colleagueSheet(Referral, Clinician, Facts) sheet {
	return sheet{items: []item{{SheetItem: SheetItem{Key: "colleague", Kind: Colleague}}}}
}

func noteSheet(Referral, Clinician, Facts) sheet {
	return sheet{items: []item{{SheetItem: SheetItem{Key: "note", Kind: rules.TypeLongText, Max: 2000}}}}
}

func snoozeSheet(_ Referral, _ Clinician, f Facts) sheet {
	tomorrow := rules.DateOf(f.Now).AddDays(1)
	return sheet{items: []item{{days: ahead, SheetItem: SheetItem{Key: "until", Kind: rules.TypeDate, Initial: []string{tomorrow.String()}}}}}
}

// dayWords is a day as people write it.
func dayWords(iso string) string {
	d, _ := rules.ParseISODate(iso)
	return d.Words()
}
