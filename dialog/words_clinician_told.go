package dialog

// told is what clinicians are told once something has come about, privately or in their channel.
type told struct {
	claimed, claimedCall             string // the second of a call that is booked
	stillToConfirm, confirmByHand    string // after claimed, while receipt is not confirmed
	released, handedOver, handedOn   string
	confirmed, confirmedAndTold      string
	stillToTell                      string // where the bot cannot tell the referrer
	reopened, noted, putOff          string
	entered, stillMissing            string
	joined, parted                   string
	outcome, toAdd                   string
	proposed, agreed, sentBack       string
	answered                         string
	takenBack, takenBackAlert        string
	acknowledged, acknowledgedBefore string
	acknowledgedBy, noAlert          string

	unconfirmed, stillUnconfirmed string
	unclaimed, stillUnclaimed     string
	stillProposed, freeAgain      string
	unanswered, putOffUntilToday  string

	callUnclaimed, callOver        string
	callCancelled, callMoved       string
	callGivenBack, callAway        string
	callReach                      string // more is known of how to reach them
	blockIn, blockOut, blockBooked string // what is noted of when calls are taken
}

var toldClinicians = told{
	claimed:          "You have claimed {ref}. Open shows the whole referral.",
	stillToConfirm:   "Its receipt is still to be confirmed: Confirm receipt on the card tells whoever referred.",
	confirmByHand:    "Its receipt is still to be confirmed: tell whoever referred, and then press Confirm receipt on the card.",
	claimedCall:      "Its call is on {when}.",
	released:         "You have released {ref}.",
	handedOver:       "{ref} is now with {to}, given by {by}.",
	handedOn:         "{ref} is now with {to}, given by {by}; {from} had it.",
	confirmed:        "Receipt of {ref} is confirmed.",
	confirmedAndTold: "Receipt of {ref} is confirmed, and its referrer is told.",
	stillToTell:      "It did not come through the bot, so please tell whoever referred.",
	reopened:         "You have reopened {ref}, and it is yours.",
	noted:            "Your note on {ref} is kept. Open shows it.",
	putOff:           "{ref} is put off until {day}.",
	entered:          "You have entered it as {ref}. Its card is in the channel.",
	stillMissing:     "Still missing: {fields}.",
	joined:           "{ref} is joined to {other}. Each stays a referral of its own.",
	parted:           "{ref} is no longer joined to {other}.",

	outcome:  "The outcome of {ref} is recorded: {outcome}.",
	toAdd:    "What they have to add: {fields}.",
	proposed: "{name} proposes an outcome of {ref}: {outcome}. An alert has been raised about it, so a second clinician has to agree.",
	agreed:   "{name} agrees: {ref} is {standing}.",
	sentBack: "{name} sends the outcome of {ref} back. Open shows why.",

	answered:       "The referrer has answered what was asked about {ref}. Open shows it.",
	takenBack:      "{ref}, which you have claimed, has been taken back by the person who sent it. Please go no further with it.",
	takenBackAlert: "An alert about it is still open: please see to that first.",

	acknowledged:       "You have acknowledged the alert about {ref}. Open shows what is known. Please follow your safeguarding procedure now.",
	acknowledgedBefore: "You have already acknowledged this alert about {ref}.",
	acknowledgedBy:     "This alert about {ref} was acknowledged by {name} at {time}.",
	noAlert:            "That alert is not here any more.",

	unconfirmed:      "Nobody has confirmed receipt of {ref} yet. It is promised by the end of {day}. One press confirms it.",
	stillUnconfirmed: "Receipt of {ref} is still not confirmed, and is promised by the end of {day}.",
	unclaimed:        "Nobody has claimed {ref} yet.",
	stillUnclaimed:   "{ref} is still not claimed.",
	stillProposed:    "The outcome proposed for {ref} still waits for a second clinician.",
	freeAgain:        "{ref} is free to claim again: {name} had it, and nothing was done about it in time.",
	unanswered:       "The referrer has not answered what was asked about {ref} by {day}.",
	putOffUntilToday: "{ref} was put off until today.",

	callUnclaimed: "Nobody has claimed the call about {ref} on {when} yet.",
	callOver:      "What came of the call about {ref} on {when}? Please record it.",
	callCancelled: "The call about {ref} on {when} has been cancelled by the person who booked it.",
	callMoved:     "The call about {ref} has been moved from {was} to {when}.",
	callGivenBack: "{ref} is free to claim again: {name} had it, and is away when its call is, on {when}.",
	callReach:     "There is more on how to reach whoever asked for the call about {ref}. Open shows it.",
	callAway:      "{name} has {ref}, and is away when its call is, on {when}: please hand it over.",

	blockIn:     "It is noted: {block}.",
	blockOut:    "It is taken out.",
	blockBooked: "You have a call then: {refs}. It stays booked; please hand it over.",
}
