package dialog

import "referralbot/rules"

// cardLines are the lines of cards, and of what is opened from them: what stands at their left, and
// what beside it.
type cardLines struct {
	// Of an alert.
	risk, reference, raisedBy, raisedAt, answering, contact Line
	acknowledged, passedOn, nobodyLeft                      Line

	// Of a referral, for everybody in the channel.
	from, baby, area, safety, relationship, flags, time, involved Line
	draft, call, callSuggested, callCancelled, talkFirst          Line
	received, receivedBy                                          Line // {way} is how it came
	confirmed, confirm, confirmBy                                 Line // receipt: done, while its clock stands, while it runs
	left, outcome, alert, chat, family, perhaps, notes            Line
	claimed, unclaimed, takenBack, closed                         Line
	nothing                                                       Line // on the morning's list

	// Of a referral, for whoever opens it.
	nothingLeft, unsent, firstAlert, promised           Line
	unread, safetyBand, relationshipBand, criteria      Line
	meanings, pleaseNote                                Line
	rings, endOfCall, rung, callWanted, missing         Line
	result, agreed, stoodStill, standsStill, more, note Line
	alerted, words                                      Line
}

var clinicianLines = cardLines{
	risk:         Line{"Risk", "{risk}"},
	reference:    Line{"Reference", "{ref}"},
	raisedBy:     Line{"Raised by", "{rule}"},
	raisedAt:     Line{"Raised at", "{time}"},
	answering:    Line{"Who was answering", "{audience}"},
	contact:      Line{"Contact", "{contact}"},
	acknowledged: Line{"Acknowledged by", "{name} at {time}"},
	passedOn:     Line{"Passed on to", "{name}"},
	nobodyLeft:   Line{"Nobody is left to tell", "Ring the service on {telephone}."},

	from:          Line{"From", "{source}"},
	baby:          Line{"Baby", "{age}"},
	area:          Line{"Area", "{home}"},
	safety:        Line{"Safety", "{band}"},
	relationship:  Line{"Relationship", "{band}"},
	flags:         Line{"Flags", "{flags}"},
	time:          Line{"Time", "{pressures}"},
	involved:      Line{"Involved", "{network}"},
	draft:         Line{"Draft", "not sent; {n} of {all} questions answered"},
	call:          Line{"Call", "{when} to {to}"},
	callSuggested: Line{"Call", "{when} to {to}; suggested: {name}, who has the fewest calls"},
	callCancelled: Line{"Call", "cancelled by the person who booked it"},
	talkFirst:     Line{"Talk first", "asked for a call ({when})"},
	received:      Line{"Received", "{time}"},
	receivedBy:    Line{"Received", "{time}, {way}"},
	confirmed:     Line{"Receipt confirmed", "by {name} at {time}"},
	confirm:       Line{"Confirm receipt", "nobody has yet; the clock {clock}"},
	confirmBy:     Line{"Confirm receipt by", "{day}; nobody has yet"},
	left:          Line{"Time left", "{left} (at {time})"},
	outcome:       Line{"Outcome", "{outcome}"},
	alert:         Line{"Alert", "{state}"},
	chat:          Line{"Chat", "messages to the referrer are not getting through"},
	family:        Line{"Joined with", "{refs}"},
	perhaps:       Line{"Perhaps", "{likeness}"},
	notes:         Line{"Notes", "{n}"},
	claimed:       Line{"Claimed by", "{name}"},
	unclaimed:     Line{"Claimed by", "nobody yet"},
	takenBack:     Line{"Taken back", "by the person who sent it; {name} had it"},
	closed:        Line{"Closed", "{outcome}"},
	nothing:       Line{"Open", "nothing"},

	nothingLeft:      Line{"Taken back", "by the person who sent it. There is nothing more to read."},
	unsent:           Line{"Draft", "Not sent, and it may be without consent. It is shown because of an alert, to protect somebody's vital interests."},
	firstAlert:       Line{"First alert", "{time}"},
	promised:         Line{"Confirm receipt by", "{day}"},
	unread:           Line{"Not read yet", "A fault of ours kept the answers from being read against the criteria."},
	safetyBand:       Line{"Safety band", "{band}"},
	relationshipBand: Line{"Relationship band", "{band}"},
	criteria:         Line{"Criteria", "{flags}"},
	meanings:         Line{"Notes", "{meanings}"},
	rings:            Line{"Rings", "{name}"},
	endOfCall:        Line{"What came of it", "{outcome}, {time}"},
	rung:             Line{"Rung without an answer", "{n} of {most} times"},
	missing:          Line{"Still unknown", "{fields}"},
	callWanted:       Line{"Call asked for", "{when}"},
	pleaseNote:       Line{"Please note", NotAnAssessment + " The bands and flags order the reading; a clinician decides."},
	result:           Line{"Outcome", "{outcome}, by {name} at {time}"},
	agreed:           Line{"Agreed by", "{name}"},
	stoodStill:       Line{"Clock of receipt", "stood still from {since} until {until}: {why}"},
	standsStill:      Line{"Clock of receipt", "stood still from {since}: {why}"},
	more:             Line{"More information", "given by the referrer at {time}"},
	note:             Line{"Note by {name}", "{note}"},
	alerted:          Line{"{time}", "{level}: {risk}; {state}"},
	words:            Line{"Words that raised it", "{words}"},
}

// cardTitles stand over cards and their parts; those in pairs are followed by what notifies of them.
type cardTitles struct {
	referral, referralIs, call, callIs           string
	alert, alertPassedOn, alertAcknowledged      string
	morning, morningNothing, morningIs, morningN string // {counts} are several of the last
	about, history, alerts                       string // parts of what is opened
}

var clinicianTitles = cardTitles{
	referral: "Referral {ref}", referralIs: "Referral {ref}: {status}",
	call: "Call asked for {ref}", callIs: "Call asked for {ref}: {status}",
	alert:             "{level}: a person may be at risk",
	alertPassedOn:     "{level}: nobody has acknowledged this alert",
	alertAcknowledged: "Acknowledged: a person may be at risk",
	morning:           "This morning",
	morningNothing:    "Nothing is open this morning.",
	morningIs:         "This morning: {counts}.",
	morningN:          "{referrals} {waits}",
	about:             "This referral",
	history:           "Since then",
	alerts:            "Alerts",
}

// cardPhrases are what is filled into the lines of cards.
type cardPhrases struct {
	acknowledge, acknowledgeOne                              string // buttons
	acknowledged, unacknowledged                             string // the {state} of an alert
	noReference                                              string // of an alert that could not be kept
	self, professional                                       string // a {source}
	flag, noFlags                                            string
	nobody, colleague, both                                  string // a {name}
	sometime                                                 string // when a call is wanted that only the referral says
	proposed, decided, jointly                               string // an {outcome}
	cancelled                                                string // an {outcome} of a call
	sameFamily, sibling                                      string // a {likeness}
	inHand                                                   string // where it stands, with whom
	with, yours                                              string // beside what it waits for
	clockStands, receiptLeft, putOff, releasedAt, answerLeft string // what is due
	overdue, left, moment                                    string // how much time
	days, hours, minutes, referrals                          count
	away, free                                               string // of the roster: "away Tuesday 1 December at 10:00 to 12:00"
}

var clinicianPhrases = cardPhrases{
	acknowledge:    "Acknowledge",
	acknowledgeOne: "Acknowledge: {risk}",
	acknowledged:   "acknowledged by {name}",
	unacknowledged: "open",
	noReference:    "none: nothing could be saved just now",
	self:           "Parent (self-referral)",
	professional:   "Professional",
	flag:           "{rule}: {verdict}",
	noFlags:        "none",
	nobody:         "nobody",
	colleague:      "a colleague",
	both:           "{name} and {second}",
	sometime:       "time in the referral",
	proposed:       "{outcome} proposed by {name}; a second clinician has to agree",
	decided:        "{outcome}, by {name} on {day}",
	jointly:        "{outcome}, jointly with the perinatal team",
	cancelled:      "cancelled by the person",
	sameFamily:     "may be the same family as {refs}",
	sibling:        "may be a sibling of {refs}",
	inHand:         "{standing}, with {name}",
	with:           "with {name}",
	yours:          "yours",
	clockStands:    "the clock of receipt {clock}",
	receiptLeft:    "receipt: {left}",
	putOff:         "put off until {day}",
	releasedAt:     "released at {time} unless something is done",
	answerLeft:     "answer: {left}",
	overdue:        "overdue by {span}",
	left:           "{span} left",
	moment:         "less than a minute",
	days:           count{"{n} day", "{n} days"},
	hours:          count{"{n} hour", "{n} hours"},
	minutes:        count{"{n} minute", "{n} minutes"},
	referrals:      count{"{n} referral", "{n} referrals"},
	away:           "away {when} to {to}",
	free:           "free {when} to {to}",
}

// What follows is called by what it is in the rules, or in what is kept.

// clinicianWaits are what referrals may wait for.
var clinicianWaits = map[wait]string{
	waitsAlert:     "with an open alert",
	waitsPutOff:    "put off",
	waitsOverdue:   "overdue for receipt",
	waitsSecond:    "waiting for a second clinician",
	waitsReceipt:   "waiting for receipt",
	waitsClaim:     "free to claim",
	waitsClinician: "claimed",
	waitsReferrer:  "waiting for the referrer",
	waitsNothing:   "decided",
}

// clinicianStandings are the states in a sentence, clinicianStatuses by themselves.
var (
	clinicianStandings = map[Status]string{
		Draft: "not sent", Received: "not claimed yet", Claimed: "claimed", Awaiting: "waiting for the referrer",
		Decided: "decided", Closed: "closed", Withdrawn: "taken back",
	}
	clinicianStatuses = map[Status]string{
		Draft: "draft", Received: "received", Claimed: "claimed", Awaiting: "awaiting",
		Decided: "decided", Closed: "closed", Withdrawn: "withdrawn",
	}
)

// clinicianRisks are the categories of alerts.
var clinicianRisks = map[string]string{
	rules.CategorySuicide:   "Suicide or self-harm",
	rules.CategoryHarmBaby:  "Harm to the baby",
	rules.CategoryAbuse:     "Domestic abuse",
	rules.CategoryPsychosis: "Signs of psychosis",
	rules.CategoryDanger:    "Immediate danger",
	categoryTalk:            "Asks to talk to somebody",
	categoryOther:           "Harm from or to others",
}

var clinicianLevels = map[string]string{levelUrgent: "URGENT", levelEmergency: "EMERGENCY"}

var clinicianAudiences = map[rules.Audience]string{rules.Parent: "parent", rules.Professional: "professional"}

// clinicianContacts are the codes of safe contact.
var clinicianContacts = map[string]string{
	"ok":                "Safe to ring",
	"someone_else_sees": "Somebody else may see or answer",
	"text_only":         "Text only: do not ring",
	"no_calls":          "Do not ring or text",
	"not_safe":          "Not safe to ring",
	"not_known":         "Not known whether it is safe to ring",
}

// clinicianBands are the bands of safety, and that of the relationship which has no reasons beside
// it. They order the reading; a clinician sets the priority.
var clinicianBands = map[string]string{"S3": "S3 now", "S2": "S2 same day", "S1": "S1 known", "S0": "S0 none known", "L0": "L0 nothing told of it"}

// discreetReasons are those of a band that would tell a channel about abuse, drink or drugs, and
// what the channel reads for them.
var discreetReasons = map[string]string{
	"unsafe home":    "safety question",
	"unsafe before":  "safety question",
	"safety unsure":  "safety question",
	"harm by others": "safety question",
	"substance use":  "safety question",
}

var clinicianVerdicts = map[rules.Verdict]string{rules.Discuss: "discuss", rules.LikelyExcluded: "may not fit"}

// clinicianAges are the bands by which the channel knows babies.
var clinicianAges = map[age]string{
	agePregnant: "pregnant",
	ageTo3:      "0–3 months",
	ageTo11:     "4–11 months",
	ageTo23:     "12–23 months",
	ageOver:     "over 24 months",
	ageUnknown:  "born, age not given",
	ageLoss:     "after a loss",
	ageUnsaid:   "not said yet",
}

// clinicianHomes are the bands by which the channel knows where they live.
var clinicianHomes = map[rules.Home]string{
	rules.HomeIn:       "home in the area",
	rules.HomeOut:      "home outside the area",
	rules.HomeStraddle: "home at the border",
	rules.HomeRefuge:   "address withheld",
	rules.HomeUnknown:  "home not known",
}

// clinicianPressures are the notes about time. Dates themselves stay in the referral.
var clinicianPressures = map[rules.Note]string{
	noteNearLimit: "baby is two within eight weeks",
	noteNearTerm:  "due within six weeks, or overdue",
}

// clinicianPlaces are where a draft may stand, beside at a question.
var clinicianPlaces = map[Place]string{
	PlaceWarning: "Told that something may not fit",
	PlaceBooking: "Arranging a call",
	PlaceReview:  "Checking the answers before sending",
	PlaceStart:   "Before anything was asked",
}
