package rules

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
)

// ParseService reads a service profile. It is strict: a key it does not know is an
// error, and so is a particular left out. Every problem is reported at once, joined,
// each with its place in the file and how to mend it.
func ParseService(data []byte) (*Service, error) {
	var tree any
	if err := yaml.Unmarshal(data, &tree); err != nil {
		return nil, fmt.Errorf("service profile: not YAML: %w", err)
	}
	problems := unknownKeys("", tree, reflect.TypeFor[Service]())
	var s Service
	if err := yaml.Unmarshal(data, &s); err != nil {
		problems = append(problems, fmt.Errorf("a value is of the wrong kind: %w", err))
		return nil, inProfile(problems)
	}
	problems = append(problems, s.problems()...)
	if len(problems) > 0 {
		return nil, inProfile(problems)
	}
	s.place()
	return &s, nil
}

func inProfile(problems []error) error {
	return fmt.Errorf("service profile:\n%w", errors.Join(problems...))
}

// unknownKeys names the keys of tree that a value of type t has no place for.
func unknownKeys(path string, tree any, t reflect.Type) []error {
	var problems []error
	switch node := tree.(type) {
	case []any:
		if t.Kind() == reflect.Slice {
			for i, x := range node {
				problems = append(problems, unknownKeys(fmt.Sprintf("%s[%d]", path, i), x, t.Elem())...)
			}
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(node)) {
			under, known := typeUnder(t, key)
			if !known {
				problems = append(problems, fmt.Errorf("%s: no such key; take it out or correct its spelling", dotted(path, key)))
				continue
			}
			problems = append(problems, unknownKeys(dotted(path, key), node[key], under)...)
		}
	}
	return problems
}

// typeUnder returns the type of what stands under key in a value of type t.
func typeUnder(t reflect.Type, key string) (reflect.Type, bool) {
	switch t.Kind() {
	case reflect.Map:
		return t.Elem(), true
	case reflect.Struct:
		for i := range t.NumField() {
			if tag := t.Field(i).Tag.Get("yaml"); tag == key {
				return t.Field(i).Type, true
			}
		}
	}
	return nil, false
}

func dotted(path, key string) string { return strings.TrimPrefix(path+"."+key, ".") }

var (
	clockForm = regexp.MustCompile(`^(?:[01][0-9]|2[0-3]):[0-5][0-9]$`)
	mailForm  = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
	idForm    = regexp.MustCompile(`^[a-z0-9_]+$`)

	// memberForm is a Slack member's id. It stands in a mention, so nothing else may.
	memberForm = regexp.MustCompile(`^[UW][A-Z0-9]{2,20}$`)

	weekdays   = []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
	situations = []string{crisis, "safeguarding", "domestic_abuse", "intrusive_thoughts", "birth_trauma", "neonatal", "substance_use"}
)

// problems returns everything wrong with s.
func (s *Service) problems() []error {
	var p faults
	for _, f := range []struct{ key, value string }{
		{"name", s.Name}, {"team", s.Team}, {"provider", s.Provider}, {"address", s.Address},
		{"telephone", s.Telephone}, {"mailbox", s.Mailbox}, {"crisis_line", s.CrisisLine},
	} {
		p.unless(strings.TrimSpace(f.value) != "", "%s: missing; write it", f.key)
	}
	p.unless(s.Mailbox == "" || mailForm.MatchString(s.Mailbox), "mailbox: not an email address; write one like name@example.org")
	p.unless(s.AgeLimitMonths > 0, "age_limit_months: want a number above 0, such as 24")
	p.unless(s.ConfirmReceipt.Days > 0, "confirm_receipt.days: want a number above 0, such as 5")
	p.unless(s.Retention.DraftsDays > 0, "retention.drafts_days: want a number above 0, such as 14")
	p.unless(s.Retention.HandedOverDays > 0, "retention.handed_over_days: want a number above 0, such as 30")
	p.unless(len(s.Councils) > 0, "councils: missing; list the councils of the area")
	s.Cover.check(&p)
	s.Area.check(&p)
	s.checkPlaces(&p)
	return p
}

// faults gathers problems.
type faults []error

func (f *faults) unless(ok bool, format string, args ...any) {
	if !ok {
		*f = append(*f, fmt.Errorf(format, args...))
	}
}

func (c Cover) check(p *faults) {
	p.unless(len(c.Days) > 0, "cover.days: missing; list days such as [Mon, Tue]")
	for _, day := range c.Days {
		p.unless(slices.Contains(weekdays, day), "cover.days: %q is not a day; want one of %s", day, strings.Join(weekdays, ", "))
	}
	p.unless(clockForm.MatchString(c.From), `cover.from: want a time such as "09:00"`)
	p.unless(clockForm.MatchString(c.To), `cover.to: want a time such as "17:00"`)
	p.unless(c.From < c.To, "cover: to must be later than from")
	p.unless(c.AcknowledgeWithin > 0, "cover.acknowledge_within_minutes: want a number above 0, such as 15")
	for i, who := range c.OnCall {
		p.unless(strings.TrimSpace(who.Name) != "", "cover.on_call[%d].name: missing; write it as colleagues know them", i)
		p.unless(memberForm.MatchString(who.Slack), "cover.on_call[%d].slack: %q is not a Slack member id; want one such as U012AB3CD", i, who.Slack)
	}
}

func (a Area) check(p *faults) {
	p.unless(len(a.Inside)+len(a.Border) > 0, "area: missing; list the districts inside it")
	for _, d := range a.Inside {
		p.unless(districtForm.MatchString(d), "area.inside: %q is not a postcode district; want one such as CM9", d)
	}
	for _, d := range slices.Sorted(maps.Keys(a.Border)) {
		p.unless(districtForm.MatchString(d), "area.border: %q is not a postcode district; want one such as CM9", d)
		sectors := slices.Sorted(slices.Values(slices.Concat(a.Border[d].In, a.Border[d].Out, a.Border[d].Straddle)))
		p.unless(len(sectors) > 0 && sectors[0] >= 0 && sectors[len(sectors)-1] <= 9, "area.border.%s: want sectors from 0 to 9 under in, out or straddle", d)
		p.unless(len(slices.Compact(sectors)) == len(a.Border[d].In)+len(a.Border[d].Out)+len(a.Border[d].Straddle),
			"area.border.%s: a sector stands twice; keep it in one list", d)
	}
}

func (s *Service) checkPlaces(p *faults) {
	ids := map[string]bool{}
	for i, r := range s.Places {
		at := fmt.Sprintf("resources[%d]", i)
		p.unless(idForm.MatchString(r.ID), "%s.id: want small letters, digits and _", at)
		p.unless(!ids[r.ID], "%s.id: %q stands twice; give it another", at, r.ID)
		ids[r.ID] = true
		p.unless(r.Name != "" && r.Purpose != "" && r.Contact != "", "%s: name, for and contact are all needed", at)
		p.unless(slices.Contains([]string{"A", "B", believed}, r.Grade), "%s.grade: want A, B or C", at)
		_, err := time.Parse(time.DateOnly, r.Checked)
		p.unless(r.Checked == "" || err == nil, "%s.last_checked: want a day such as 2026-09-13, or nothing", at)
		p.unless(len(r.With) > 0, "%s.with: missing; list the criteria or situations it goes with", at)
		for _, w := range r.With {
			p.unless(goesWith(w), "%s.with: %q is no criterion or situation; want one of %s", at, w, strings.Join(situations, ", "))
		}
		for _, a := range r.Audience {
			p.unless(a == Professional || a == Parent, "%s.audience: want professional or parent", at)
		}
	}
}

func goesWith(w string) bool {
	return slices.Contains(situations, w) || slices.Contains(Rules(), Rule(w))
}
