package dialog

import (
	"slices"
)

// deed is one thing that a clinician can choose to do to a referral.
type deed struct {
	action       Action
	label, style string
	verb         string // what one does to it: "claim"
	from         []Status
	whose        whose
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
	{ActClaim, "Claim", "primary", "claim", []Status{Received}, anybodys, nil, nil, (*acting).claim},
	{ActAgree, "Second clinician: agree", "primary", "agree to the outcome of", inHand, seconds, nil, agreeSheet, (*acting).agree},
	{ActSendBack, "Second clinician: send back", "", "send back the outcome of", inHand, seconds, nil, sendBackSheet, (*acting).sendBack},
	{ActOpen, "Open", "", "open", []Status{Draft, Received, Claimed, Awaiting, Decided, Closed, Withdrawn}, anybodys, nil, nil, func(a *acting) { a.audit("opened", a.d.Reason) }},
	{ActConfirm, "Confirm receipt", "primary", "confirm receipt of", living, anybodys, confirmedReason, nil, (*acting).confirmReceipt},
}, outcomeDeeds(), []deed{
	{ActRelease, "Release", "", "release", []Status{Claimed}, holders, nil, releaseSheet, (*acting).release},
	{ActHandOver, "Hand over", "", "hand over", inHand, holders, nil, colleagueSheet, (*acting).handOver},
	{ActReassign, "Reassign (lead)", "", "reassign", living, leads, nil, colleagueSheet, (*acting).handOver},
	{ActReopen, "Reopen", "", "reopen", []Status{Decided, Closed}, freely, nil, nil, (*acting).reopen},
	{ActNote, "Add a note", "", "add a note to", anywhere, anybodys, nil, noteSheet, (*acting).note},
	{ActSnooze, "Put off until a day", "", "put off", living, freely, nil, snoozeSheet, (*acting).snooze},
	{ActJoin, "Join to the family's other referral", "", "join", anywhere, anybodys, nil, joinSheet, (*acting).join},
	{ActUnjoin, "Undo joining", "", "part", anywhere, anybodys, unjoinedReason, unjoinSheet, (*acting).unjoin},
	{ActEnter, "Take down a referral", "", "take down", []Status{""}, anybodys, nil, enterSheet, (*acting).enter},
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
	switch {
	case r.Status == Withdrawn && (!now || r.recalled()):
		return r.Ref + " has been taken back by the person who sent it. Nothing has changed."
	case d.action == ActClaim && r.held() && r.Claimant.ID == by.ID:
		return "You already have " + r.Ref + "."
	case d.action == ActClaim && r.held():
		return r.Ref + " is already claimed by " + r.Claimant.Name + "."
	case d.whose == holders && r.Status == Received:
		return "Nobody has claimed " + r.Ref + "."
	case d.whose == leads && !by.Lead:
		return "Only a lead can " + d.verb + " " + r.Ref + "."
	case d.whose == seconds && r.Proposed == nil:
		return "No outcome of " + r.Ref + " waits for a second clinician."
	case !now:
		return "You can't " + d.verb + " " + r.Ref + " now: it is " + r.standing() + "."
	case d.whose == seconds && r.Proposed.By.ID == by.ID:
		return "You have proposed this outcome of " + r.Ref + " yourself, so a second clinician is needed."
	case (d.whose == holders || d.whose == freely) && r.held() && r.Claimant.ID != by.ID:
		return r.Ref + " is claimed by " + r.Claimant.Name + ", so only they can " + d.verb + " it."
	case d.unless != nil:
		return d.unless(r, by)
	}
	return ""
}

func confirmedReason(r Referral, _ Clinician) string {
	if r.Confirmed.ID == "" {
		return ""
	}
	return "Receipt of " + r.Ref + " has been confirmed by " + r.Confirmed.Name + "."
}

func unjoinedReason(r Referral, _ Clinician) string {
	if len(r.Family) > 0 {
		return ""
	}
	return r.Ref + " is joined to no other."
}

// standings are the states as clinicians say them.
var standings = map[Status]string{
	Draft: "not sent", Received: "not claimed yet", Claimed: "claimed", Awaiting: "waiting for the referrer",
	Decided: "decided", Closed: "closed", Withdrawn: "taken back",
}

// standing says where it stands, and with whom.
func (r Referral) standing() string {
	if r.held() {
		return standings[r.Status] + ", with " + r.Claimant.Name
	}
	return standings[r.Status]
}

// buttonsOf are the buttons of a card, and the menu beside them: what whoever has it can do,
// and what others can. Whether the one who presses may is seen when they do.
func buttonsOf(r Referral) (buttons, more []Choice) {
	for _, d := range deeds {
		if d.action == ActEnter || !slices.ContainsFunc(onlookers(r), func(by Clinician) bool { return d.against(r, by) == "" }) {
			continue
		}
		c := Choice{Code: string(d.action), Label: d.label, Style: d.style}
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
