package dialog

import (
	"slices"
	"strconv"
	"strings"

	"referralbot/rules"
)

// voice is every sentence said to one audience. A translation is one more voice.
// Words in braces are filled in when they are said: {service}, {telephone}, {ref} …
type voice struct {
	lines     map[line]string
	problems  map[rules.Problem]string
	questions map[rules.Field]question
	// flags are the warnings, by criterion and verdict.
	flags map[flag]string
	// cards are the answers to a sign of risk, by category; the key "" is the card
	// shown when urgent help is asked for.
	cards map[string]string
	// news is what is told of a referral once it is sent, by what has become of it; outcomes
	// go by their code.
	news map[string]string
	// newsOfCall is the same for who has sent nothing but the wish to talk, and newsOfLoss for who
	// has after a loss, where the words are others.
	newsOfCall, newsOfLoss map[string]string
	// options are the labels of answers that many questions share.
	shared map[string]option
}

// question is how one field is asked.
type question struct {
	title   string // what it is called in the review and on buttons
	text    string
	hint    string // an example of a good answer
	why     string // why it is asked
	options []option
	// secret keeps the answer out of the review: it says only that there is one.
	secret bool
}

// option is one answer to choose.
type option struct {
	value string
	label string
	also  []string // other words people use for it
}

// flag is a verdict of one criterion.
type flag struct {
	rule    rules.Rule
	verdict rules.Verdict
}

// line names a sentence that belongs to no question.
type line string

// The sentences every voice has.
const (
	lineLost          line = "lost"     // what was kept does not open any more
	lineTooMuch       line = "too_much" // it came too fast
	lineStart         line = "start"
	lineLimits        line = "limits"
	lineResume        line = "resume"
	lineResumeSent    line = "resume_sent"
	lineStale         line = "stale"         // a button of an earlier message
	lineGap           line = "gap"           // a press may have been lost
	lineUnseen        line = "unseen"        // words that came before the question
	lineNotAnOption   line = "not_an_option" // words that match no answer
	lineNoneFits      line = "none_fits"     // "I don't know" where no answer says so
	lineQuestion      line = "question"      // a question in place of an answer
	lineTickOne       line = "tick_one"      // Done with nothing ticked
	lineAlone         line = "alone"         // none of these, with one of these
	lineOneOf         line = "one_of"        // both of two alternatives left blank
	lineConfirmDate   line = "confirm_date"  // {value}. Is that right?
	lineRetypeDate    line = "retype_date"   // the same in a form
	lineEcho          line = "echo"          // {title}: {value}
	lineConfirmNo     line = "confirm_no"    // asked again after "no"
	lineKept          line = "kept"          // "I don't know" kept as an answer
	lineCannotSkip    line = "cannot_skip"   // skip where it is needed
	lineDraftKept     line = "draft_kept"    // what was half said is still there
	lineMore          line = "more"          // write more or Done
	lineLongFull      line = "long_full"     // this part did not fit
	lineWhyNothing    line = "why_nothing"   // why do you ask, with nothing asked
	lineNothingBack   line = "nothing_back"  // back at the first question
	lineHelp          line = "help"
	linePrivacy       line = "privacy" // the whole notice
	lineDrafts        line = "drafts"  // within it: how long a draft is kept
	lineFooter        line = "footer"  // beneath every prompt
	lineProgress      line = "progress"
	lineTalkOffer     line = "talk_offer"   // beneath every warning
	lineTalkUnnamed   line = "talk_unnamed" // the same where the parent has not agreed
	lineNotMedia      line = "not_media"
	lineEdited        line = "edited"
	linePrivateLater  line = "private_later"
	lineConsentNo     line = "consent_no"
	lineConsentMore   line = "consent_more"
	lineDeleteAsk     line = "delete_ask"
	lineDeleted       line = "deleted"
	lineDeletedSent   line = "deleted_sent"
	lineAllDeleted    line = "all_deleted"  // within what is said of deleting: nothing is kept
	lineMostDeleted   line = "most_deleted" // the same after an alert; see leastKept
	lineWithdrawAsk   line = "withdraw_ask"
	lineWithdrawn     line = "withdrawn"
	lineNothingSent   line = "nothing_sent" // nothing to take back
	lineStopped       line = "stopped"
	lineHidden        line = "hidden"
	lineSaved         line = "saved"
	lineReminder      line = "reminder" // says nothing of what it is about
	lineRemindSet     line = "remind_set"
	lineReview        line = "review"
	lineReviewForm    line = "review_form"
	lineMissing       line = "missing"
	lineAnswered      line = "answered" // stands for an answer not repeated
	lineSkipped       line = "skipped"
	lineChangeWhich   line = "change_which"
	lineChangeKeep    line = "change_keep"
	lineReceipt       line = "receipt"
	lineSentWait      line = "sent_wait"
	lineSentTail      line = "sent_tail"      // beneath each of the next five
	lineStandSeen     line = "stand_seen"     // receipt is confirmed, on {seen}
	lineStandTaken    line = "stand_taken"    // a clinician has it, and nobody has confirmed receipt
	lineStandLate     line = "stand_late"     // the promise to confirm receipt was not kept
	lineStandClaimed  line = "stand_claimed"  // a clinician has it
	lineStandAwaiting line = "stand_awaiting" // more has been asked for, by {day}
	lineStandDecided  line = "stand_decided"  // an outcome is recorded, on {since}
	lineStandClosed   line = "stand_closed"   // likewise, and nothing more is to come
	lineMoreLater     line = "more_later"     // something else is under way
	lineMoreThanks    line = "more_thanks"    // all that was asked is answered
	lineNothingAsked  line = "nothing_asked"  // "answer" where nothing is
	lineCallNumber    line = "call_number"
	lineCallTimes     line = "call_times"
	lineCallAsked     line = "call_asked"
	lineCallOffer     line = "call_offer"     // the next free times
	lineCallDays      line = "call_days"      // the days that have any
	lineCallNone      line = "call_none"      // there is no free time at all
	lineCallNotThen   line = "call_not_then"  // none as it was wished
	lineCallGone      line = "call_gone"      // somebody was faster
	lineCallKept      line = "call_kept"      // {when} is kept for so long
	lineCallBooked    line = "call_booked"    // {when}
	lineCallNoNumber  line = "call_no_number" // there is none to ring
	lineCallRecall    line = "call_recall"    // asked before a call that is all they have asked for is taken back
	lineCallDeleted   line = "call_deleted"   // the same is left standing, and the answers here are deleted
	lineCallTooLate   line = "call_too_late"  // to change or cancel it here
	lineCallCancelled line = "call_cancelled" // by the person
	lineCallStands    line = "call_stands"    // within where it stands: {when}
	lineCallFile      line = "call_file"      // beneath the call as a file for a calendar
	lineCallFileNew   line = "call_file_new"  // the same, once it has been changed
	lineCallFileOff   line = "call_file_off"  // the same, once it is cancelled
	lineLetterBooked  line = "letter_booked"  // a mail with the invitation: its subject, then its text
	lineLetterMoved   line = "letter_moved"   // the same, once the call has been changed
	lineLetterOff     line = "letter_off"     // the same, once it does not take place
	lineSomebody      line = "somebody"       // who rings, where nobody can be named yet
	lineRingsFrom     line = "rings_from"     // the {number} that is seen then
	lineCallOnly      line = "call_only"      // the closing words where only a call was wanted
	lineLossName      line = "loss_name"      // only a first name is needed
	lineLossSorry     line = "loss_sorry"     // condolence before anything is asked
	lineLossSafe      line = "loss_safe"      // whether they are safe, with no word of a baby
	lineResumeLoss    line = "resume_loss"    // before one of the next two
	lineLossWait      line = "loss_wait"      // a call is still to come
	lineLossOver      line = "loss_over"      // none is
	lineLossEnd       line = "loss_end"       // the closing words where no call is wanted
	lineTools         line = "tools"          // the screening tools that gather evidence
	lineNearLimit     line = "near_limit"     // the baby is nearly two
	lineUnder18       line = "under_18"       // the parent is a child themselves
	lineFormOnly      line = "form_only"      // this one is answered in the form
	lineFormNext      line = "form_next"      // where we are: {section}
	lineTold          line = "told"           // the team has been told, and somebody watches
	lineToldAway      line = "told_away"      // the same while nobody does
	lineTelling       line = "telling"        // the same while nothing can be saved
	lineToldAlready   line = "told_already"   // deleting what was told cannot untell it
	lineFear          line = "fear"           // will you take my baby?
	lineAway          line = "away"           // nobody watches now
	lineBack          line = "back"           // come back after half an hour
	lineMediaRisk     line = "media_risk"     // a voice note where safety was asked about
	lineSafeNow       line = "safe_now"       // answered not safe
	lineUrgentWait    line = "urgent_wait"    // still in the urgent stage
	lineUrgentOK      line = "urgent_ok"
	lineResources     line = "resources"     // {list}
	linePage          line = "page"          // a button that opens the page of {name}
	lineGuidance      line = "guidance"      // within help: where the guidance is, {page}
	lineGuidancePage  line = "guidance_page" // a button that opens it
	lineRegulator     line = "regulator"     // whom to complain to
	lineNotSaved      line = "not_saved"     // while nothing can be stored
	lineSavedAgain    line = "saved_again"   // what had to wait is heard now
	lineOurFault      line = "our_fault"     // a fault of ours, met again and again
)

// Labels of buttons that belong to no question.
const (
	codeBack      = "back"
	codeWhy       = "why"
	codeSkip      = "skip"
	codeDone      = "done"
	codeYes       = "yes"
	codeNo        = "no"
	codeUrgent    = "urgent"
	codeTalk      = "talk_first"
	codeCarryOn   = "carry_on"
	codeSend      = "send"
	codeChange    = "change"
	codeSave      = "save"
	codeDelete    = "delete"
	codeRestart   = "start_again"
	codeWithdraw  = "withdraw"  // ask
	codeTakeBack  = "take_back" // asked, and meant
	codeForget    = "forget"
	codeForm      = "form"
	codeKeep      = "keep"
	codeRemind    = "remind"
	codeHide      = "hide"
	codeSafe      = "im_safe"
	codeCalled    = "ive_called"
	codeWithMe    = "someone_here"
	codeMorning   = "morning"
	codeAfternoon = "afternoon"
	codeAnyTime   = "any_time"

	codeBookIt     = "book_it"
	codeOtherTime  = "other_time"
	codeEarlier    = "earlier"
	codeLater      = "later"
	codeAnotherDay = "another_day"
	codeMornings   = "mornings"
	codeAfternoons = "afternoons"
	codeRingMe     = "ring_me"
	codeChangeCall = "change_call"
	codeCancelCall = "cancel_call"
	codeKeepCall   = "keep_call"
	codeToCalendar = "to_calendar"

	codeNotNow = "not_now"
	codeNewOne = "new"
	codeAnswer = "answer" // what the clinicians have asked
)

// count is a number of things: of one, and of any other number.
type count struct{ one, many string }

func (c count) of(n int) string {
	text := c.many
	if n == 1 {
		text = c.one
	}
	return fill(text, "n", strconv.Itoa(n))
}

// inTurn are sentences that follow each other, without those that say nothing.
func inTurn(sentences ...string) string {
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), " ")
}

// filled is l with its words in braces filled in.
func (l Line) filled(pairs ...string) Line {
	return Line{fill(l.Label, pairs...), fill(l.Value, pairs...)}
}

// fill replaces the words in braces.
func fill(text string, pairs ...string) string {
	return filledIn(text, func(name string) (string, bool) { return pairedWith(name, pairs) })
}

// pairedWith is the value of a name in pairs, and whether there is one.
func pairedWith(name string, pairs []string) (value string, given bool) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == name {
			return pairs[i+1], true
		}
	}
	return "", false
}

// filledIn is text with a value in the place of each name in braces that has one. What a value
// has in braces stays as it is.
func filledIn(text string, value func(name string) (string, bool)) string {
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		if v, known := value(name); closed && known {
			b.WriteString(v)
			text = after
		} else {
			b.WriteByte('{')
			text = rest
		}
	}
}
