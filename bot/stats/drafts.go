package stats

import (
	"time"

	"referralbot/dialog"
	"referralbot/rules"
)

// silence is after how long without a word a draft counts as left where it stands.
const silence = 24 * time.Hour

// fate is what has become of the drafts of one audience.
type fate struct {
	begun, sent, ended, left, silent, going int

	at             map[dialog.Place]int // left or silent there
	shown, skipped map[dialog.Place]int
}

// fateOf counts the drafts begun in the period: those that are done with as they were tallied
// then, and those that are still kept as they stand now.
func (f facts) fateOf(who rules.Audience) fate {
	out := fate{at: map[dialog.Place]int{}, shown: map[dialog.Place]int{}, skipped: map[dialog.Place]int{}}
	add := func(t dialog.Tally, n int) {
		switch p := dialog.Place(t.By); t.Name {
		case dialog.CountBegun:
			out.begun += n
		case dialog.CountSent:
			out.sent += n
		case dialog.CountEnded:
			out.ended += n
		case dialog.CountLeft:
			out.left += n
			out.at[p] += n
		case dialog.CountShown:
			out.shown[p] += n
		case dialog.CountSkipped:
			out.skipped[p] += n
		}
	}
	for t, n := range f.Tallies {
		if t.Audience == who {
			add(t, n)
		}
	}
	for _, c := range f.Drafts {
		if c.Audience != who || c.BegunAt.IsZero() || !f.period.has(c.BegunAt) {
			continue
		}
		var at dialog.Place
		for _, t := range c.Left() {
			if t.Name == dialog.CountLeft {
				at = dialog.Place(t.By)
				continue
			}
			add(t, 1)
		}
		if f.now.Sub(c.HeardAt) < silence {
			out.going++
			continue
		}
		out.silent++
		out.at[at]++
	}
	return out
}

func drafts(f facts) Section {
	s := Section{ID: "drafts", Title: "What became of what was begun", Drawn: 5,
		About: "Everything begun in this time, sent or not. Ended is a chat that came to its end with nothing to send, after a loss; given up was deleted, refused, begun anew, " +
			"or forgotten because nothing more was heard; silent is kept, with nothing heard for a day.",
		Columns: []Column{
			{"sent", "Sent", Number}, {"ended", "Ended", Number}, {"left", "Given up", Number}, {"silent", "Silent", Number}, {"going", "Under way", Number}, {"begun", "Begun", Number},
		}}
	for _, who := range audiences {
		is := f.fateOf(who.audience)
		parts := []int{is.sent, is.ended, is.left, is.silent, is.going}
		told := protect(parts...)
		s.Rows = append(s.Rows, Row{ID: string(who.audience), Title: who.title, Cells: append(told, whole(told, parts...))})
	}
	return s
}

func droppedByProfessionals(f facts) Section {
	return f.dropped(rules.Professional, "Where professionals give up")
}

func droppedByParents(f facts) Section { return f.dropped(rules.Parent, "Where parents give up") }

func (f facts) dropped(who rules.Audience, title string) Section {
	s := Section{ID: "left_" + string(who), Title: title, Drawn: 1,
		About: "By the question that was put last to somebody who gave up or fell silent; in a form, by its first. Each draft counts once at each question it came to. " +
			"Put to and skipped are to the nearest five, since one follows from another.",
		Columns: []Column{{"left", "Left here", Number}, {"share", "Of those it was put to", Share}, {"shown", "Put to", Number}, {"skipped", "Skipped", Number}}}
	is := f.fateOf(who)
	var places []dialog.Place
	var parts []int
	for _, p := range dialog.Places() {
		if is.shown[p] > 0 {
			places, parts = append(places, p), append(parts, is.at[p])
		}
	}
	for i, c := range protect(parts...) {
		p := places[i]
		rate := share(c, about(is.shown[p]))
		s.Rows = append(s.Rows, Row{ID: string(p), Title: p.Title(), Cells: []Cell{c, rate, about(is.shown[p]), about(is.skipped[p])}})
	}
	return s
}
