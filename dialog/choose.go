package dialog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"referralbot/rules"
)

// Choosing is how far somebody has come with choosing a time for a call.
type Choosing struct {
	// Shown are the beginnings of the times offered (UTC), as their buttons are numbered, or
	// Days the days offered instead.
	Shown []time.Time `json:"shown,omitempty"`
	Days  []string    `json:"days,omitempty"`
	// Day, Half and After keep it to one day, to mornings or afternoons, and to what is not
	// before.
	Day   string    `json:"day,omitempty"`
	Half  string    `json:"half,omitempty"`
	After time.Time `json:"after,omitzero"`
	// Soonest and Latest are the ends of what fits that.
	Soonest time.Time `json:"soonest,omitzero"`
	Latest  time.Time `json:"latest,omitzero"`
	// Chosen is kept for them until they say yes; zero if nothing is.
	Chosen rules.Slot `json:"chosen,omitzero"`
	// Ring says that no time suits, and somebody is to ring them.
	Ring bool `json:"ring,omitempty"`
	// Changing says that it is for a call that is booked already.
	Changing bool `json:"changing,omitempty"`
}

// How much is offered at once: more is not read.
const (
	timesShown = 5
	daysShown  = 7
)

// booked is the call of this referral that is to come, nil if there is none.
func (t *turn) booked() *Call {
	c := t.call
	if r := t.f.Referral; c == nil && r != nil && r.Ref == t.c.Ref {
		c = r.Booked
	}
	if !c.ToCome() || !c.To.After(t.f.Now) {
		return nil
	}
	return c
}

// free are the times to be had, once the diary has been looked up.
func (t *turn) free() []rules.FreeCall {
	if t.f.Diary == nil {
		t.out.Look = true
		return nil
	}
	return t.f.Service.FreeCalls(t.f.Now, *t.f.Diary, t.c.Ref)
}

// offersTimes reports whether there are times to choose among, and not only somebody to ring.
func (t *turn) offersTimes() bool { return t.f.Service.Calls.Offered() && !t.c.Choosing.Ring }

// atBooked, confirming, choosing and askingTime report what the booking waits for, once there is a
// number, and it is one of them: a call that is booked is shown; a time that is kept waits for yes;
// times or days are offered; or somebody is to ring, and it is asked when.
func (t *turn) atBooked() bool   { return t.booked() != nil && !t.c.Choosing.Changing }
func (t *turn) confirming() bool { return !t.atBooked() && !t.c.Choosing.Chosen.From.IsZero() }
func (t *turn) choosing() bool {
	return !t.atBooked() && !t.confirming() && len(t.c.Choosing.Shown)+len(t.c.Choosing.Days) > 0
}
func (t *turn) amongTimes() bool { return t.choosing() && len(t.c.Choosing.Shown) > 0 }
func (t *turn) askingTime() bool {
	return t.askingWhen() && !t.atBooked() && !t.confirming() && !t.choosing()
}

// fitting are the free times that what has been said of day and half of the day leaves.
func (t *turn) fitting() []rules.FreeCall {
	return slices.DeleteFunc(t.free(), func(f rules.FreeCall) bool {
		return t.c.Choosing.Day != "" && rules.DateOf(f.From).String() != t.c.Choosing.Day ||
			t.c.Choosing.Half != "" && halfOf(f.From) != t.c.Choosing.Half
	})
}

func halfOf(at time.Time) string {
	if at.In(london).Hour() < 12 {
		return codeMornings
	}
	return codeAfternoons
}

// offerTimes offers the next few times. Where there is nothing as they would have it, it says so
// and offers what there is; where there is nothing at all, somebody rings.
func (t *turn) offerTimes() {
	t.c.Choosing.Chosen, t.c.Choosing.Days = rules.Slot{}, nil
	all := t.fitting()
	if len(all) == 0 && (t.c.Choosing.Day != "" || t.c.Choosing.Half != "") {
		t.lead = append(t.lead, t.line(lineCallNotThen))
		t.c.Choosing.Day, t.c.Choosing.Half = "", ""
		all = t.free()
	}
	if len(all) == 0 {
		t.c.Choosing = Choosing{Ring: !t.c.Choosing.Changing} // what is booked stays so
		if !t.out.Look {
			t.lead = append(t.lead, t.line(lineCallNone))
		}
		t.open("")
		return
	}
	n := t.first(all)
	t.c.Choosing.Shown, t.c.Choosing.Soonest, t.c.Choosing.Latest = nil, all[0].From, all[len(all)-1].From
	for _, f := range all[n:min(n+timesShown, len(all))] {
		t.c.Choosing.Shown = append(t.c.Choosing.Shown, f.From)
	}
	t.open("")
}

// first is the place of the first time to show.
func (t *turn) first(all []rules.FreeCall) int {
	n := slices.IndexFunc(all, func(f rules.FreeCall) bool { return !f.From.Before(t.c.Choosing.After) })
	if n < 0 {
		n = max(0, len(all)-timesShown)
	}
	return n
}

// turnPage shows the times so many pages on.
func (t *turn) turnPage(by int) {
	if all := t.fitting(); len(all) > 0 {
		n := t.first(all) + by*timesShown
		t.c.Choosing.After = all[min(max(n, 0), len(all)-1)].From
	}
	t.offerTimes()
}

// earlier and later report whether there are times before and after those shown.
func (t *turn) earlier() bool {
	return t.amongTimes() && !t.c.Choosing.Shown[0].Equal(t.c.Choosing.Soonest)
}

func (t *turn) later() bool {
	shown := t.c.Choosing.Shown
	return t.amongTimes() && !shown[len(shown)-1].Equal(t.c.Choosing.Latest)
}

// half keeps it to mornings or afternoons, of the same day where it has any.
func (t *turn) half(half string) {
	t.c.Choosing.Half, t.c.Choosing.After = half, time.Time{}
	if len(t.fitting()) == 0 {
		t.c.Choosing.Day = ""
	}
	t.offerTimes()
}

// anotherDay offers the days on which there is anything.
func (t *turn) anotherDay() {
	t.c.Choosing = Choosing{Changing: t.c.Choosing.Changing}
	for _, f := range t.free() {
		if day := rules.DateOf(f.From).String(); !slices.Contains(t.c.Choosing.Days, day) && len(t.c.Choosing.Days) < daysShown {
			t.c.Choosing.Days = append(t.c.Choosing.Days, day)
		}
	}
	if len(t.c.Choosing.Days) == 0 {
		t.offerTimes()
		return
	}
	t.open("")
}

// timeChoices are the buttons of the times or days offered.
func (t *turn) timeChoices() []Choice {
	var out []Choice
	if !t.choosing() {
		return nil
	}
	for i, at := range t.c.Choosing.Shown {
		out = append(out, Choice{Code: codeTime + strconv.Itoa(i+1), Label: At(at)})
	}
	for i, day := range t.c.Choosing.Days {
		out = append(out, Choice{Code: codeDay + strconv.Itoa(i+1), Label: dayOfWeek(day)})
	}
	return out
}

// How the codes of times and days begin.
const (
	codeTime = "time_"
	codeDay  = "day_"
)

func dayOfWeek(iso string) string {
	d, _ := rules.ParseISODate(iso)
	return startOf(d).In(london).Format(everybody.day)
}

// chooseTime hears a button of the times or days offered.
func (t *turn) chooseTime(code string) bool {
	if !slices.ContainsFunc(t.timeChoices(), func(c Choice) bool { return c.Code == code }) {
		return false
	}
	if n, ok := strings.CutPrefix(code, codeDay); ok {
		i, _ := strconv.Atoi(n)
		t.c.Choosing = Choosing{Day: t.c.Choosing.Days[i-1], Changing: t.c.Choosing.Changing}
		t.offerTimes()
		return true
	}
	i, _ := strconv.Atoi(strings.TrimPrefix(code, codeTime))
	t.keepTime(t.c.Choosing.Shown[i-1])
	return true
}

// freeAt is the slot to be had that begins then.
func (t *turn) freeAt(at time.Time) (rules.FreeCall, bool) {
	for _, f := range t.free() {
		if f.From.Equal(at) {
			return f, true
		}
	}
	return rules.FreeCall{}, false
}

// keepTime keeps a time for them for a while, and asks whether to book it.
func (t *turn) keepTime(at time.Time) {
	f, ok := t.freeAt(at)
	if !ok {
		t.gone()
		return
	}
	t.c.Choosing.Chosen = f.Slot
	t.out.Take = &rules.Taken{Slot: f.Slot, Holder: t.c.Ref, With: t.rings(f), Until: t.f.Now.Add(time.Duration(t.f.Service.Calls.Hold) * time.Minute)}
	t.open("")
}

// gone says that a time has just been taken by somebody else, and offers the next.
func (t *turn) gone() {
	if !t.out.Look {
		t.lead = append(t.lead, t.line(lineCallGone))
	}
	t.offerTimes()
}

// rings is the id of who is to ring then: who has it already if they can, or else who has the
// fewest calls.
func (t *turn) rings(f rules.FreeCall) string {
	if holder := t.holder().ID; holder != "" && !t.awayAt(holder, f) {
		return holder
	}
	return first(f.Who)
}

// awayAt reports whether a clinician cannot ring then. Of one whom the profile does not list only
// what they themselves have said is known.
func (t *turn) awayAt(who string, f rules.FreeCall) bool {
	if _, listed := t.f.Service.Calls.Clinician(who); listed {
		return !slices.Contains(f.Who, who)
	}
	return slices.Contains(t.f.Diary.Away(f.Span), who)
}

// holder is who has the referral now.
func (t *turn) holder() Clinician {
	if r := t.f.Referral; r != nil && r.Ref == t.c.Ref && r.held() {
		return r.Claimant
	}
	return Clinician{}
}

// bookIt books the time that has been kept, if it still is to be had.
func (t *turn) bookIt() {
	f, ok := t.freeAt(t.c.Choosing.Chosen.From)
	if !ok {
		t.gone()
		return
	}
	was := t.booked()
	with := t.rings(f)
	t.out.Take = &rules.Taken{Slot: f.Slot, Holder: t.c.Ref, With: with}
	t.call = &Call{Slot: f.Slot, BookedAt: t.f.Now, With: t.clinician(with)}
	if r := t.f.Referral; r != nil && r.Ref == t.c.Ref {
		t.call = booked(*r, Referral{Booked: t.call})
	}
	t.c.Call, t.c.CallTimes, t.c.Choosing, t.asksCall = true, "", Choosing{}, true
	t.submit(KindCall)
	t.out.Referral.Booked = t.call
	t.out.Timers = append(t.out.Timers, clocks(*t.out.Referral, t.f)...)
	action := "call_booked"
	if was != nil {
		action = "call_changed"
		t.tellOfChange(*was, f)
	}
	if r := t.f.Referral; was == nil && (r == nil || r.Ref != t.c.Ref || !r.Booked.calledOff()) {
		t.unfile(t.c.Ref) // what they have as a file is over
	}
	t.refile(t.c.Ref, *t.call)
	t.giveBack(f)
	t.audit(action, "")
	t.open("")
}

// tellOfChange tells the clinicians that a call has been changed, and who has it above all; one
// who is away then is told more: see giveBack.
func (t *turn) tellOfChange(was Call, f rules.FreeCall) {
	text := fill(clinicianVoice.told.callMoved, "ref", t.c.Ref, "was", At(was.From), "when", At(f.From))
	notify := t.holder().ID
	if notify != "" && t.awayAt(notify, f) {
		notify = ""
	}
	t.out.Posts = append(t.out.Posts, Post{Ref: t.c.Ref, Text: text, Notify: notify})
}

// giveBack takes the referral from whoever has it and is away at the time of the call, so that
// somebody who is there claims it. Where something of theirs is under way they are asked to hand
// it over.
func (t *turn) giveBack(f rules.FreeCall) {
	holder := t.holder()
	if holder.ID == "" || !t.awayAt(holder.ID, f) {
		return
	}
	if t.f.Referral.mayBeGivenBack() {
		t.out.Deed, t.out.DeedTo = &Deed{Action: ActGiveBack}, t.c.Ref
		return
	}
	text := fill(clinicianVoice.told.callAway, "name", holder.Name, "ref", t.c.Ref, "when", At(f.From))
	t.out.Posts = append(t.out.Posts, Post{Ref: t.c.Ref, Text: text, Notify: holder.ID})
}

// clinician is who has the id, as the person who is rung is told it.
func (t *turn) clinician(id string) Clinician { return ringer(t.f, Clinician{ID: id}) }

// ringer is a clinician by the name that the profile has for whoever is rung, if it has one.
func ringer(f Facts, who Clinician) Clinician {
	if c, ok := f.Service.Calls.Clinician(who.ID); ok {
		return Clinician{ID: who.ID, Name: c.Name}
	}
	if who.Name == "" && f.Diary != nil {
		for _, b := range f.Diary.Blocks {
			if b.Who == who.ID {
				who.Name = b.Name
			}
		}
	}
	return Clinician{ID: who.ID, Name: who.Name}
}

// inTime reports whether a call can still be changed or cancelled here, and says so if not.
func (t *turn) inTime() bool {
	b := t.booked()
	if b == nil {
		t.showAgain()
		return false
	}
	if t.f.Now.After(b.From.Add(-time.Duration(t.f.Service.Calls.CutOff) * time.Hour)) {
		t.lead = append(t.lead, t.line(lineCallTooLate))
		t.showAgain()
		return false
	}
	return true
}

func (t *turn) changeCall() {
	if t.inTime() {
		t.c.Call, t.c.Choosing = false, Choosing{Changing: true}
		t.offerTimes()
	}
}

func (t *turn) cancelCall() {
	if !t.inTime() {
		return
	}
	call := t.booked().cancelled(t.f.Now)
	t.call = &call
	t.c.Call, t.c.Choosing = false, Choosing{}
	t.out.Deed, t.out.DeedTo, t.out.GiveUp = &Deed{Action: ActCancelCall}, t.c.Ref, t.c.Ref
	t.lead = append(t.lead, t.line(lineCallCancelled))
	t.refile(t.c.Ref, call)
	t.noCall()
}

// keepCall leaves a call as it is booked.
func (t *turn) keepCall() {
	t.c.Choosing = Choosing{}
	t.open("")
}

// someoneRings leaves the times, for somebody to ring.
func (t *turn) someoneRings() {
	t.c.Choosing = Choosing{Ring: true}
	t.open("")
}

// otherTime goes back to the times.
func (t *turn) otherTime() {
	t.c.Choosing.Chosen = rules.Slot{}
	t.offerTimes()
}

// wantsCall reports whether a call has been asked for that has not come to its end, which the
// clinicians note on what they hold and not in the conversation.
func (t *turn) wantsCall() bool {
	r := t.f.Referral
	return t.c.Call && (t.asksCall || r == nil || r.Ref != t.c.Ref || r.CallWanted && r.Status != Closed)
}

// callText is what is said above the buttons of the booking.
func (t *turn) callText() string {
	text := t.callStands()
	if t.numberless() && (t.atBooked() || t.wantsCall()) {
		text = t.line(lineCallNoNumber) + "\n\n" + text
	}
	return text
}

func (t *turn) callStands() string {
	switch {
	case t.atBooked():
		b := t.booked()
		who := t.line(lineSomebody)
		if holder := t.holder(); holder.ID != "" && holder.ID == b.With.ID {
			who = cmp.Or(ringer(t.f, holder).Name, who)
		}
		return t.line(lineCallBooked, "who", who, "when", At(b.From), "hours", strconv.Itoa(t.f.Service.Calls.CutOff))
	case t.c.Call && !t.wantsCall() && t.done():
		return t.standing()
	case t.c.Call && !t.wantsCall():
		return t.line(lineResume)
	case t.c.Call && t.mourns():
		return t.line(lineCallOnly)
	case t.c.Call:
		return t.line(lineCallAsked)
	case t.confirming():
		return t.line(lineCallKept, "when", At(t.c.Choosing.Chosen.From), "minutes", strconv.Itoa(t.f.Service.Calls.Hold))
	case t.choosing() && len(t.c.Choosing.Days) > 0:
		return t.line(lineCallDays)
	case t.choosing():
		return t.line(lineCallOffer)
	}
	return t.line(lineCallTimes)
}
