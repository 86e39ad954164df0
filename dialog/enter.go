package dialog

import (
	"slices"
	"strings"
	"time"

	"referralbot/rules"
)

// entered are the fields that are asked for of a referral that came by another way: enough to
// know who it is about and to reach them. More can be asked for later.
var entered = []rules.Field{
	rules.ReferrerType, rules.ReferrerName, rules.ReferrerOrganisation, rules.ReferrerPhone, rules.ReferrerEmail,
	rules.ParentName, rules.ParentDOB, rules.ParentPhone, rules.ParentPostcode,
	rules.Stage, rules.BabyName, rules.BabyDOB, rules.EDD, rules.Consent, rules.Concern,
}

func enterSheet(_ Referral, _ Clinician, f Facts) sheet {
	t := enterer(f)
	s := sheet{items: []item{
		{SheetItem: SheetItem{Key: "way", Kind: rules.TypeChoice}},
		{days: lately, SheetItem: SheetItem{Key: "received", Kind: rules.TypeDate, Initial: []string{rules.DateOf(f.Now).String()}}},
	}, also: func(filled map[string][]string, _ Facts) map[string]string {
		_, wrong := t.entries(filled)
		return wrong
	}}
	for _, field := range entered {
		s.items = append(s.items, item{SheetItem: t.blank(field)})
	}
	return s
}

// enterer reads as a professional's form is read.
func enterer(f Facts) *turn { return begin(Conversation{Audience: rules.Professional}, f) }

// blank is a field as an item of a sheet. None of them is required: what came is taken down.
func (t *turn) blank(f rules.Field) SheetItem {
	in := t.input(f)
	out := SheetItem{Key: string(f), Label: clinicianTitle(f), Hint: in.Hint, Kind: rules.TypeText, Optional: f != rules.ReferrerType, Max: in.Max}
	switch in.Type {
	case rules.TypeChoice, rules.TypeMulti, rules.TypeLongText:
		out.Kind, out.Options = in.Type, in.Options
	}
	return out
}

// entries reads the fields of the sheet, and says what is wrong with them.
func (t *turn) entries(filled map[string][]string) (rules.Answers, map[string]string) {
	var wrong map[string]string
	t.set(rules.Answers{})
	for _, f := range entered {
		r, problem := t.readInput(f, filled[string(f)])
		if problem != "" {
			wrong = with(wrong, string(f), problem)
			continue
		}
		if len(r.Values) > 0 {
			t.set(t.c.Answers.With(f, r.Values...))
		}
	}
	return t.c.Answers, wrong
}

// enter takes down a referral that came by another way. It has no chat: who referred is told by
// whoever contacts them.
func (a *acting) enter() {
	t := enterer(a.f)
	answers, _ := t.entries(a.d.Filled)
	received := a.receivedAt()
	t.c.Ref = a.f.Reference
	a.r = *t.referral(KindReferral, received)
	a.r.Answers, a.r.QuestionSet, a.r.ConsentWording = answers, "", ""
	a.r.Entered = a.filled("way")
	a.audit("entered", a.r.Entered)
	lacks := ""
	if missing := rules.Missing(t.cas()); len(missing) > 0 {
		lacks = fill(clinicianVoice.told.stillMissing, "fields", titlesOf(missing))
	}
	a.tell(a.said(clinicianVoice.told.entered), lacks)
}

// receivedAt is when it came: now, or, if that was on an earlier day, at the end of that day.
func (a *acting) receivedAt() time.Time {
	day, _ := rules.ParseISODate(a.filled("received"))
	if end := startOf(day.AddDays(1)).Add(-time.Second); end.Before(a.f.Now) {
		return end
	}
	return a.f.Now
}

func titlesOf(fields []rules.Field) string {
	var out []string
	for _, f := range fields {
		if t := clinicianTitle(f); !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return strings.Join(out, "; ")
}
