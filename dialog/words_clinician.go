package dialog

import "referralbot/rules"

// teamVoice is every sentence said to the clinicians about referrals. A translation is one more
// teamVoice.
type teamVoice struct {
	deeds    map[Action]deedWords
	refusals refusals
	sheets   map[Action]sheetWords
	besides  besides
	mistakes mistakes
	told     told

	lines   cardLines
	titles  cardTitles
	phrases cardPhrases

	// What is called by its name in the rules or in what is kept.
	fields    map[rules.Field]string
	waits     map[wait]string
	standings map[Status]string // in a sentence
	statuses  map[Status]string // by themselves
	risks     map[string]string
	levels    map[string]string
	audiences map[rules.Audience]string
	contacts  map[string]string
	bands     map[string]string
	discreet  map[string]string
	verdicts  map[rules.Verdict]string
	ages      map[age]string
	homes     map[rules.Home]string
	pressures map[rules.Note]string
	places    map[Place]string
}

var clinicianVoice = teamVoice{
	deeds: clinicianDeeds, refusals: clinicianRefusals, sheets: clinicianSheets, besides: clinicianBesides, mistakes: clinicianMistakes,
	told:  toldClinicians,
	lines: clinicianLines, titles: clinicianTitles, phrases: clinicianPhrases,

	fields: clinicianFields, waits: clinicianWaits, standings: clinicianStandings, statuses: clinicianStatuses,
	risks: clinicianRisks, levels: clinicianLevels, audiences: clinicianAudiences, contacts: clinicianContacts,
	bands: clinicianBands, discreet: discreetReasons, verdicts: clinicianVerdicts,
	ages: clinicianAges, homes: clinicianHomes, pressures: clinicianPressures, places: clinicianPlaces,
}

// ToClinicians are the words of the team's screens.
var ToClinicians = ClinicianScreens{
	Notification: "A referral",

	Open: "Open", More: "More", Earlier: "Earlier",
	WriteNote: "Write a note", NoteOn: "Write a note about",
	NotOpened: "Not opened", Card: "Referral {ref}",
	OpenIsWritten: "Open shows the whole referral to you alone, and is written down.",
	Board:         "Open referrals", BoardEmpty: "Nothing is open.",
	BoardUnread: "The list cannot be read just now. Please try again in a moment.",
	Digest:      "{command} lists all that is open, for you alone.",
	Home:        "For the team", HomeOpen: "Open referrals: {n}. Type {command} in any channel to list them, for you alone.",
	NotAsked:     "We could not check with Slack that you are one of the team. Please try again in a moment.",
	AskedFor:     "We could not check with Slack that they are one of the team. Please try again in a moment.",
	NotOfTheTeam: "They are not a member of the clinicians' channel, so they cannot have a referral. Please choose somebody else.",
	NotTheTeam:   "Only members of the clinicians' channel can do that. Nothing has changed.",
	NamesSomebody: "What you have just written may say who a family is: a name, a date of birth, a number or an address. " +
		"Everybody here can read it, and it stays in the history. Please delete it. What belongs to a referral can go into a note, which only the team can open.",
	Gone:    "That referral is not here any more.",
	TooLate: "It could not be opened in time. Please press again.",
	Static:  "Nothing has changed.",

	MailForm:      "A referral has been received. Its form is attached.",
	MailReference: "A referral has been received. It is not in this mail.",
	MailOverdue:   "Nobody has confirmed the receipt of this referral in time.",
	Mail: `{what}

Reference: {ref}
Received: {received}
Confirm receipt by: {confirm}

To read it, press Open on the card of this reference in the clinicians' Slack channel.

A program has sent this mail. Please do not answer it with anything about a family.
`,

	Form: "Referral form", FormOf: "Referral form {ref}", FormPage: "Page {n} of {pages}",
	FormTelephone: "Telephone {telephone}",
	FormLacks:     "Some of it is in letters that this form cannot print; {mark} stands in their place. The bot has all of it: open {ref} in Slack.",
	FormWithheld:  "withheld here: home may not be safe. It can be read where the referral is opened.",
	FormFlags:     "Flags: they order the reading, and turn nobody away", FormNone: "None",
	FormClear: "By the answers, every criterion of the guidance is clear.", FormSource: "The guidance says: “{source}”",
	FormFlagged: map[rules.Verdict]string{
		rules.Discuss:        "to be discussed",
		rules.LikelyExcluded: "may not fit",
		rules.Unknown:        "not known yet",
	},
}
