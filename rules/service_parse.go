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
	p.unless(s.Guidance == "" || s.GuidancePage() != "", "guidance: not an address on the web; write one like example.org/refer, or leave it out")
	p.unless(slices.Contains([]string{"", CarryForm, CarryReference}, s.Mail.Carry), "mail.carry: %q is not known; want %s or %s", s.Mail.Carry, CarryForm, CarryReference)
	p.unless(s.AgeLimitMonths > 0, "age_limit_months: want a number above 0, such as 24")
	s.ConfirmReceipt.check(&p)
	s.WorkingHours.check("working_hours", &p)
	for _, day := range s.Closed {
		_, err := time.Parse(time.DateOnly, day)
		p.unless(err == nil, "closed: %q is not a day; want one such as 2026-12-24", day)
	}
	s.Calls.check(&p)
	s.Triage.check(s.WorkingHours, &p)
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

func (c ConfirmReceipt) check(p *faults) {
	p.unless(c.Days > 0, "confirm_receipt.days: want a number above 0, such as 5")
	p.unless(c.RemindOn > 0, "confirm_receipt.remind_on_day: want a number above 0, such as 3")
	p.unless(c.RemindOn <= c.LeadOn && c.LeadOn <= c.Days, "confirm_receipt.tell_lead_on_day: want a day from remind_on_day to days, such as 4")
}

func (h Hours) check(at string, p *faults) {
	p.unless(len(h.Days) > 0, "%s.days: missing; list days such as [Mon, Tue]", at)
	for _, day := range h.Days {
		p.unless(slices.Contains(weekdays, day), "%s.days: %q is not a day; want one of %s", at, day, strings.Join(weekdays, ", "))
	}
	p.unless(clockForm.MatchString(h.From), `%s.from: want a time such as "09:00"`, at)
	p.unless(clockForm.MatchString(h.To), `%s.to: want a time such as "17:00"`, at)
	p.unless(h.From < h.To, "%s: to must be later than from", at)
}

func (t Triage) check(h Hours, p *faults) {
	for i, lead := range t.Leads {
		p.unless(memberForm.MatchString(lead), "triage.leads[%d]: %q is not a Slack member id; want one such as U012AB3CD", i, lead)
	}
	p.unless(t.RemindAfterHours > 0, "triage.unclaimed_remind_working_hours: want a number above 0, such as 4")
	p.unless(t.EscalateAfterDays > 0, "triage.unclaimed_escalate_working_days: want a number above 0, such as 1")
	p.unless(t.ReleaseAfterDays > 0, "triage.release_after_working_days: want a number above 0, such as 1")
	day := wallClock(h.To) - wallClock(h.From)
	p.unless(t.EscalateAfterDays <= 0 || time.Duration(t.RemindAfterHours)*time.Hour < time.Duration(t.EscalateAfterDays)*day,
		"triage.unclaimed_remind_working_hours: want fewer hours than the working days after which it is escalated have")
	p.unless(clockForm.MatchString(t.DigestAt), `triage.digest_at: want a time such as "09:00"`)
	p.unless(h.From <= t.DigestAt && t.DigestAt < h.To, "triage.digest_at: want a time within working_hours")
}

func (c Cover) check(p *faults) {
	Hours{c.Days, c.From, c.To}.check("cover", p)
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
