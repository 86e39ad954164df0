package dialog

import "referralbot/rules"

// deedWords are what a deed is called on its button, and how one says that it is done.
type deedWords struct{ label, verb string }

// clinicianDeeds are all that can be done to a referral. An outcome has its own among them.
var clinicianDeeds = map[Action]deedWords{
	ActClaim:    {"Claim", "claim"},
	ActAgree:    {"Second clinician: agree", "agree to the outcome of"},
	ActSendBack: {"Second clinician: send back", "send back the outcome of"},
	ActOpen:     {"Open", "open"},
	ActConfirm:  {"Confirm receipt", "confirm receipt of"},
	ActOutcome:  {"Outcome: {outcome}", "record an outcome of"},
	ActRelease:  {"Release", "release"},
	ActHandOver: {"Hand over", "hand over"},
	ActReassign: {"Reassign (lead)", "reassign"},
	ActReopen:   {"Reopen", "reopen"},
	ActNote:     {"Add a note", "add a note to"},
	ActSnooze:   {"Put off until a day", "put off"},
	ActJoin:     {"Join to the family's other referral", "join"},
	ActUnjoin:   {"Undo joining", "part"},
	ActEnter:    {"Take down a referral", "take down"},
}

// refusals say why something is not done.
type refusals struct {
	takenBack, notNow, changed string
	yours, claimed, anothers   string
	nobodys, leads             string
	nothingProposed, yourOwn   string
	confirmed, notJoined       string
	complete                   string // it cannot be returned as incomplete
	noCall                     string
}

var clinicianRefusals = refusals{
	takenBack: "{ref} has been taken back by the person who sent it. Nothing has changed.",
	notNow:    "You can't {verb} {ref} now: it is {standing}.",
	changed:   "{ref} has changed since you opened this: it is now {standing}. Nothing of what you filled in has been done.",

	yours:    "You already have {ref}.",
	claimed:  "{ref} is already claimed by {name}.",
	anothers: "{ref} is claimed by {name}, so only they can {verb} it.",
	nobodys:  "Nobody has claimed {ref}.",
	leads:    "Only a lead can {verb} {ref}.",

	nothingProposed: "No outcome of {ref} waits for a second clinician.",
	yourOwn:         "You have proposed this outcome of {ref} yourself, so a second clinician is needed.",

	confirmed: "Receipt of {ref} has been confirmed by {name}.",
	notJoined: "{ref} is joined to no other.",
	complete:  "{ref} came through the bot, which lets nothing incomplete be sent. Please ask for more information instead.",
	noCall:    "No call about {ref} has been asked for.",
}

// sheetWords are what stands on a sheet: its title and button, each at most 24 characters, and its
// items by their keys.
type sheetWords struct {
	title, submit string
	items         map[string]question
}

// clinicianSheets are what is filled in before something is done.
var clinicianSheets = map[Action]sheetWords{
	ActRelease: {title: "Release", submit: "Release", items: map[string]question{
		"reason": {text: "Why are you releasing it?", options: []option{
			{"wrong_person", "It is for somebody else", nil},
			{"off_duty", "I am going off duty", nil},
			{"another_clinician", "It needs another clinician", nil},
			{"other", "Another reason", nil},
		}},
	}},
	ActHandOver: handOverSheet,
	ActReassign: handOverSheet,
	ActNote: {title: "Note", submit: "Keep", items: map[string]question{
		"note": {text: "Note for colleagues", hint: "It is shown to whoever opens the referral, and is no record of care."},
	}},
	ActSnooze: {title: "Put off", submit: "Put off", items: map[string]question{
		"until": {text: "Until when?", hint: "The promise to confirm receipt is not put off."},
	}},
	ActJoin: {title: "Join", submit: "Join", items: map[string]question{
		"ref": {text: "Reference of the family's other referral"},
	}},
	ActUnjoin: {title: "Undo joining", submit: "Undo", items: map[string]question{
		"ref": {text: "Which is not of this family?"},
	}},
	ActEnter: {title: "A referral to enter", submit: "Enter", items: map[string]question{
		"way": {text: "How did it come?", options: []option{
			{"email", "By email", nil},
			{"phone", "By telephone", nil},
			{"letter", "By letter", nil},
			{"meeting", "In person", nil},
			{"system", "From another system", nil},
		}},
		"received": {text: "When did it come?"},
	}},
	ActAgree: {title: "Second clinician", submit: "Agree"},
	ActSendBack: {title: "Second clinician", submit: "Send back", items: map[string]question{
		"why": {text: "Why?", hint: "It is kept as a note."},
	}},
	ActOutcome: {title: "{outcome}", submit: "Record", items: map[string]question{
		"joint":         {text: "Joint with the perinatal team", options: []option{{"agreed", "Joint working is agreed with them", nil}}},
		"joint_contact": {text: "Contact in the perinatal team"},
		"contact_with": {text: "Who was contacted?", options: []option{
			{"referrer", "The person who referred", nil},
			{"parent", "The parent", nil},
			{"other", "Somebody else in their care", nil},
		}},
		"contact_how": {text: "How?", options: []option{
			{"phone", "By telephone", nil},
			{"meeting", "In person or by video", nil},
			{"email", "By secure email", nil},
			{"bot", "By this bot", nil},
		}},
		"contact_on": {text: "When?"},
		"fields":     {text: "Questions to ask again", hint: "They are asked in the referrer's own chat. Tick none to ask only for a talk."},
		"from": {text: "Who is to give it?", options: []option{
			{"referrer", "The person who referred", nil},
			{"other", "Somebody else in their care", nil},
		}},
		"by":        {text: "By when?"},
		"recorded":  {text: "Summary of the advice", options: []option{{"yes", "It is in the clinical record", nil}}},
		"criteria":  {text: "Which criteria did it turn on?", hint: "Whoever referred is not told."},
		"resources": {text: "Where to?"},
		"next_step": {text: "Who takes the next step?", options: []option{
			{"referrer", "The person who referred", nil},
			{"parent", "The parent", nil},
			{"team", "This team", nil},
		}},
		"practitioner":  {text: "Practitioner or team"},
		"first_contact": {text: "First contact by"},
		"missing":       {text: "What is missing?"},
		"reason":        {text: "Reason", hint: "It is shown to whoever opens the referral, and to nobody else."},
		"tried":         {text: "They are {again}", options: []option{{"yes", "Attempt {n} of {most}", nil}}},
	}},
	ActArrange: {title: "When you take calls", submit: "Keep", items: map[string]question{
		"what": {text: "What shall be noted?", options: []option{
			{arrangeBlock, "I cannot take calls then", nil},
			{arrangeFree, "I can take calls then too", nil},
			{arrangeNothing, "Only take out what is ticked below", nil},
		}},
		"day":    {text: "On which day?"},
		"from":   {text: "From", hint: "For example 09:30."},
		"to":     {text: "To", hint: "For example 12:00."},
		"remove": {text: "Take out"},
	}},
}

// besides are what else stands on a sheet.
type besides struct {
	propose, second      string // the button and the notice where a second clinician has to agree
	proposed             string // what they are to agree to
	again, notAgain      string // what {again} says of somebody who has not answered
	noHours, calls, feed string // above when calls are taken: above a list, and above an address
}

var clinicianBesides = besides{
	propose:  "Propose",
	second:   "An alert has been raised about this referral, so a second clinician has to agree.",
	proposed: "{name} proposes: {outcome}.",
	again:    "rung again: they are asked to choose another time",
	notAgain: "not rung again: they are told how to reach us",
	noHours:  "The service profile has no hours for calls, so nobody is offered a time to choose.",
	calls:    "Your calls to come:",
	feed:     "To have your calls in your own calendar, subscribe there to this address. It is for you alone: whoever has it can read when your calls are.",
}

// mistakes say what is wrong with what was filled in.
type mistakes struct {
	empty, choose, long                    string
	noDay, past, future, far               string // a day
	referrerOnly, jointContact, jointTick  string
	noReferral, itself                     string // a reference
	from, to, order, nothingTicked, isOver string // times, of the day
}

var clinicianMistakes = mistakes{
	empty:  "Please fill this in.",
	choose: "Please choose from the list.",
	long:   "Please shorten this.",

	noDay:  "Please choose a day.",
	past:   "Please choose a day from today on.",
	future: "Please choose a day up to today.",
	far:    "Please choose a day within a year.",

	referrerOnly: "Only the person who referred can be asked in their chat.",
	jointContact: "Please name the contact in the perinatal team.",
	jointTick:    "Please tick that it is agreed, or leave the contact out.",

	noReferral: "There is no referral of this reference.",
	itself:     "That is this referral itself.",

	from:          "Please write a time such as 09:30.",
	to:            "Please write a time such as 12:00.",
	order:         "Please write a time after the one above.",
	nothingTicked: "Nothing is ticked to be taken out.",
	isOver:        "That is over already.",
}

// clinicianFields are the fields that clinicians call otherwise than those who are asked.
var clinicianFields = map[rules.Field]string{
	rules.ReferrerName:         "Referrer's name",
	rules.ReferrerType:         "Referrer's role",
	rules.ReferrerOrganisation: "Referrer's organisation",
	rules.ReferrerPhone:        "Referrer's phone",
	rules.ReferrerEmail:        "Referrer's email",
	rules.Private:              "In a private place",
	rules.GPSharing:            "May tell the GP",
	rules.SafeNow:              "Able to keep safe now",
}

// handOverSheet is the same whoever gives a referral to a colleague.
var handOverSheet = sheetWords{title: "Hand over", submit: "Hand over", items: map[string]question{
	"colleague": {text: "Who takes it?", hint: "They are told in the channel."},
}}
