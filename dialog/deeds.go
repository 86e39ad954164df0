package dialog

import (
	"slices"
	"strings"
)

// deed is one thing that a clinician can choose to do to a referral.
type deed struct {
	action Action
	style  string
	from   []Status
	whose  whose
	// unless is any other reason against it, nil for none.
	unless func(Referral, Clinician) string
	// sheet is what is filled in before, nil for nothing.
	sheet func(Referral, Clinician, Facts) sheet
	do    func(*acting)
}

// whose says who may do a deed.
type whose int

const (
	anybodys whose = iota
	holders        // whoever has it
	freely         // whoever has it, and anybody while nobody does
	leads
	seconds // anybody but who proposed the outcome
)

var (
	living   = []Status{Received, Claimed, Awaiting, Decided}
	inHand   = []Status{Claimed, Awaiting, Decided}
	anywhere = append(slices.Clip(living), Closed)
)

// deeds are all there are, in the order of buttons and menus.
var deeds = slices.Concat([]deed{
	{ActClaim, "primary", []Status{Received}, anybodys, nil, nil, (*acting).claim},
	{ActAgree, "primary", inHand, seconds, nil, agreeSheet, (*acting).agree},
	{ActSendBack, "", inHand, seconds, nil, sendBackSheet, (*acting).sendBack},
	{ActOpen, "", []Status{Draft, Received, Claimed, Awaiting, Decided, Closed, Withdrawn}, anybodys, nil, nil, func(a *acting) { a.audit("opened", a.d.Reason) }},
	{ActConfirm, "primary", living, anybodys, confirmedReason, nil, (*acting).confirmReceipt},
}, outcomeDeeds(), []deed{
	{ActRelease, "", []Status{Claimed}, holders, nil, releaseSheet, (*acting).release},
	{ActHandOver, "", inHand, holders, nil, colleagueSheet, (*acting).handOver},
	{ActReassign, "", living, leads, nil, colleagueSheet, (*acting).handOver},
	{ActReopen, "", []Status{Decided, Closed}, freely, nil, nil, (*acting).reopen},
	{ActNote, "", anywhere, anybodys, nil, noteSheet, (*acting).note},
	{ActSnooze, "", living, freely, nil, snoozeSheet, (*acting).snooze},
	{ActJoin, "", anywhere, anybodys, nil, joinSheet, (*acting).join},
	{ActUnjoin, "", anywhere, anybodys, unjoinedReason, unjoinSheet, (*acting).unjoin},
	{ActEnter, "", []Status{""}, anybodys, nil, enterSheet, (*acting).enter},
})

func deedFor(action Action) (deed, bool) {
	for _, d := range deeds {
		if d.action == action {
			return d, true
		}
	}
	return deed{}, false
}

// Can lists the actions that are valid now for a clinician, in the order of buttons.
func Can(r Referral, by Clinician) []Action {
	out := []Action{}
	for _, d := range deeds {
		if d.against(r, by) == "" {
			out = append(out, d.action)
		}
	}
	return out
}

// against says why a deed cannot be done by somebody now; "" if it can.
func (d deed) against(r Referral, by Clinician) string {
	now := slices.Contains(d.from, r.Status)
	w, why := &clinicianVoice.refusals, ""
	switch {
	case r.Status == Withdrawn && (!now || r.recalled()):
		why = w.takenBack
	case d.action == ActClaim && r.held() && r.Claimant.ID == by.ID:
		why = w.yours
	case d.action == ActClaim && r.held():
		why = w.claimed
	case d.whose == holders && r.Status == Received:
		why = w.nobodys
	case d.whose == leads && !by.Lead:
		why = w.leads
	case d.whose == seconds && r.Proposed == nil:
		why = w.nothingProposed
	case !now:
		why = w.notNow
	case d.whose == seconds && r.Proposed.By.ID == by.ID:
		why = w.yourOwn
	case (d.whose == holders || d.whose == freely) && r.held() && r.Claimant.ID != by.ID:
		why = w.anothers
	case d.unless != nil:
		return d.unless(r, by)
	default:
		return ""
	}
	return fill(why, "ref", r.Ref, "name", r.Claimant.Name, "verb", d.words().verb, "standing", r.standing())
}

// words are what it is called.
func (d deed) words() deedWords {
	action, code, _ := strings.Cut(string(d.action), ":")
	w := clinicianVoice.deeds[Action(action)]
	w.label = fill(w.label, "outcome", Code(code).within())
	return w
}

// toFill is what is filled in before it, in words; d has a sheet.
func (d deed) toFill(r Referral, by Clinician, f Facts) sheet {
	action, _, _ := strings.Cut(string(d.action), ":")
	return d.sheet(r, by, f).worded(Action(action))
}

func confirmedReason(r Referral, _ Clinician) string {
	if r.Confirmed.ID == "" {
		return ""
	}
	return fill(clinicianVoice.refusals.confirmed, "ref", r.Ref, "name", r.Confirmed.Name)
}

func unjoinedReason(r Referral, _ Clinician) string {
	if len(r.Family) > 0 {
		return ""
	}
	return fill(clinicianVoice.refusals.notJoined, "ref", r.Ref)
}

// standing says where it stands, and with whom.
func (r Referral) standing() string {
	standing := clinicianVoice.standings[r.Status]
	if r.held() {
		return fill(clinicianVoice.phrases.inHand, "standing", standing, "name", r.Claimant.Name)
	}
	return standing
}

// buttonsOf are the buttons of a card, and the menu beside them: what whoever has it can do,
// and what others can. Whether the one who presses may is seen when they do.
func buttonsOf(r Referral) (buttons, more []Choice) {
	for _, d := range deeds {
		if d.action == ActEnter || !slices.ContainsFunc(onlookers(r), func(by Clinician) bool { return d.against(r, by) == "" }) {
			continue
		}
		c := Choice{Code: string(d.action), Label: d.words().label, Style: d.style}
		if slices.Contains(inSight, d.action) {
			buttons = append(buttons, c)
		} else {
			more = append(more, c)
		}
	}
	return buttons, more
}

// onlookers are a person of each kind who may press a card.
func onlookers(r Referral) []Clinician {
	return []Clinician{r.Claimant, {ID: "another"}, {ID: "lead", Lead: true}}
}

// inSight are the actions that have a button of their own.
var inSight = []Action{ActClaim, ActAgree, ActSendBack, ActOpen, ActConfirm, ActRelease}
