package dialog

import "referralbot/rules"

// section is a part of the questionnaire: a page of the form, and a step of the progress.
type section struct {
	from rules.Field // its first field; it runs to the first of the next
}

// sections are in asking order.
var sections = []section{
	{rules.Private},
	{rules.ParentName},
	{rules.ParentGP},
	{rules.BabyName},
	{rules.Circumstances},
	{rules.Pervasive},
	{rules.Risk},
	{rules.Network},
}

func (s section) title() string { return everybody.sections[s.from] }

// sectionIndex maps each field to the place of its section.
var sectionIndex = func() map[rules.Field]int {
	index, now := map[rules.Field]int{}, 0
	for _, s := range rules.Fields() {
		if now+1 < len(sections) && sections[now+1].from == s.Field {
			now++
		}
		index[s.Field] = now
	}
	return index
}()

func sectionOf(f rules.Field) section { return sections[sectionIndex[f]] }

// optionalBeside are optional questions whose condition is answered on the same page: the
// form shows them from the start, beside the question that opens them.
var optionalBeside = map[rules.Field]rules.Field{
	rules.NeedsDetail:     rules.Needs,
	rules.BabyGP:          rules.BabyGPArea,
	rules.CareplanDetail:  rules.Careplan,
	rules.IndicatorsOther: rules.Indicators,
	rules.MHDetail:        rules.MentalHealth,
	rules.SocialWorker:    rules.Safeguarding,
}
