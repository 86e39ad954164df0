package dialog

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"referralbot/rules"
)

// ActArrange is a clinician's adding to when they can be talked to, or taking from it. It is of no
// referral.
const ActArrange Action = "arrange"

// pastKept is how long what is over stays on the roster.
const pastKept = 7 * 24 * time.Hour

// Arrange changes the roster for one clinician, from the values of the sheet for ActArrange; if
// there are none the outcome has the sheet. It changes nothing it is given. Facts.Diary has the
// calls that are booked.
func Arrange(r Roster, d Deed, f Facts) (Roster, Outcome, error) {
	s := rosterSheet(r, d.By, f)
	if d.Filled == nil {
		return r, Outcome{Sheet: s.shown(Referral{})}, nil
	}
	filled, mistakes := s.read(d.Filled, f)
	if mistakes != nil {
		return r, Outcome{Mistakes: mistakes}, nil
	}
	out := r
	out.Blocks = slices.DeleteFunc(slices.Clone(r.Blocks), func(b rules.Block) bool {
		return b.Who == d.By.ID && slices.Contains(filled["remove"], b.ID) || b.To.Before(f.Now.Add(-pastKept))
	})
	said := []string{clinicianVoice.told.blockOut}
	if what := first(filled["what"]); what != arrangeNothing {
		span, _ := spanIn(filled)
		b := rules.Block{ID: f.Nonce, Who: d.By.ID, Name: d.By.Name, Span: span, Free: what == arrangeFree}
		out.Blocks = append(out.Blocks, b)
		said = []string{fill(clinicianVoice.told.blockIn, "block", blockWords(b)), stillBooked(b, f)}
	}
	return out, Outcome{Notices: []Notice{{To: d.By.ID, Text: inTurn(said...)}}}, nil
}

// What can be done to the roster.
const (
	arrangeBlock   = "block"
	arrangeFree    = "free"
	arrangeNothing = "nothing"
)

func rosterSheet(r Roster, by Clinician, f Facts) sheet {
	own := slices.DeleteFunc(slices.Clone(r.Blocks), func(b rules.Block) bool { return b.Who != by.ID || !b.To.After(f.Now) })
	slices.SortFunc(own, func(a, b rules.Block) int { return a.From.Compare(b.From) })
	s := sheet{also: wrongSpan, items: []item{
		{SheetItem: SheetItem{Key: "what", Kind: rules.TypeChoice, Initial: []string{arrangeBlock}}},
		{days: ahead, SheetItem: SheetItem{Key: "day", Kind: rules.TypeDate, Initial: []string{rules.DateOf(f.Now).String()}}},
		{SheetItem: SheetItem{Key: "from", Kind: rules.TypeText, Optional: true, Max: 10}},
		{SheetItem: SheetItem{Key: "to", Kind: rules.TypeText, Optional: true, Max: 10}},
	}}
	if !f.Service.Calls.Offered() {
		s.notices = append(s.notices, clinicianVoice.besides.noHours)
	}
	if len(own) > 0 {
		remove := SheetItem{Key: "remove", Kind: rules.TypeMulti, Optional: true}
		for _, b := range own[:min(len(own), mostBlocks)] {
			remove.Options = append(remove.Options, Choice{Code: b.ID, Label: blockWords(b)})
		}
		s.items = append(s.items, item{SheetItem: remove})
	}
	if calls := callsOf(by.ID, f); len(calls) > 0 {
		s.notices = append(s.notices, clinicianVoice.besides.calls+"\n"+strings.Join(calls, "\n"))
	}
	if f.Feed != "" {
		s.notices = append(s.notices, clinicianVoice.besides.feed+"\n"+f.Feed)
	}
	return s.worded(ActArrange)
}

// mostBlocks is how many of them a sheet lists.
const mostBlocks = 10

// callsOf are the calls booked with a clinician, each with its reference.
func callsOf(who string, f Facts) []string {
	var out []string
	if f.Diary == nil {
		return nil
	}
	for _, t := range f.Diary.Taken {
		if t.With == who && t.Until.IsZero() && t.To.After(f.Now) {
			out = append(out, "• "+At(t.From)+": "+t.Holder)
		}
	}
	return out
}

// blockWords says what a block is: "away Tuesday 1 December at 10:00 to 12:00".
func blockWords(b rules.Block) string {
	what := clinicianVoice.phrases.away
	if b.Free {
		what = clinicianVoice.phrases.free
	}
	return fill(what, "when", At(b.From), "to", b.To.In(london).Format("15:04"))
}

// stillBooked names the calls that a block leaves where they are.
func stillBooked(b rules.Block, f Facts) string {
	if b.Free || f.Diary == nil {
		return ""
	}
	var refs []string
	for _, t := range f.Diary.Taken {
		if t.With == b.Who && t.Until.IsZero() && t.Overlaps(b.Span) {
			refs = append(refs, t.Holder)
		}
	}
	if refs == nil {
		return ""
	}
	return fill(clinicianVoice.told.blockBooked, "refs", strings.Join(refs, ", "))
}

var wallForm = regexp.MustCompile(`^(\d{1,2})(?:[:.](\d{2}))?$`)

// wallTime reads "9", "9:30" or "09.30" as a time of a day in London.
func wallTime(day, clock string) (time.Time, bool) {
	m := wallForm.FindStringSubmatch(strings.TrimSpace(clock))
	d, ok := rules.ParseISODate(day)
	if m == nil || !ok {
		return time.Time{}, false
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(cmp.Or(m[2], "0"))
	if hour > 23 || minute > 59 {
		return time.Time{}, false
	}
	return time.Date(d.Year, d.Month, d.Day, hour, minute, 0, 0, london).UTC(), true
}

// spanIn reads the span of a sheet, and says what is wrong with it, by key.
func spanIn(filled map[string][]string) (rules.Span, map[string]string) {
	day := first(filled["day"])
	from, okFrom := wallTime(day, first(filled["from"]))
	to, okTo := wallTime(day, first(filled["to"]))
	switch {
	case !okFrom:
		return rules.Span{}, map[string]string{"from": clinicianVoice.mistakes.from}
	case !okTo:
		return rules.Span{}, map[string]string{"to": clinicianVoice.mistakes.to}
	case !from.Before(to):
		return rules.Span{}, map[string]string{"to": clinicianVoice.mistakes.order}
	}
	return rules.Span{From: from, To: to}, nil
}

func wrongSpan(filled map[string][]string, f Facts) map[string]string {
	if first(filled["what"]) == arrangeNothing {
		if len(filled["remove"]) == 0 {
			return map[string]string{"what": clinicianVoice.mistakes.nothingTicked}
		}
		return nil
	}
	span, wrong := spanIn(filled)
	if wrong == nil && !span.To.After(f.Now) {
		return map[string]string{"to": clinicianVoice.mistakes.isOver}
	}
	return wrong
}
