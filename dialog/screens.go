package dialog

import "referralbot/rules"

// What a platform shows by itself, beside what is said in a conversation: menus, labels of its own
// buttons, and what it says where something did not come about. There is a table of it for each
// audience, beside the rest of what is said to them. Words in braces are filled in by Fill.

// Fill puts the particulars of a service, and whatever else is given as name and value, in the
// place of the words in braces: {service}, {provider}, {telephone}, {mailbox}, {crisis_line} …
func Fill(text string, s *rules.Service, pairs ...string) string {
	if s != nil {
		pairs = append(pairs, "service", s.Name, "provider", s.Provider, "telephone", s.Telephone, "mailbox", s.Mailbox, "crisis_line", s.CrisisLine)
	}
	return fill(text, pairs...)
}

// Command is something that can be typed or chosen from a menu.
type Command struct{ Name, Does string }

// ParentScreens are what parents are shown.
type ParentScreens struct {
	Commands []Command
	// Introduction stands in a chat before its first message, Summary beside the bot's name. Both
	// can be seen over a shoulder: they name no trouble.
	Introduction, Summary string
}

// ProfessionalScreens are what professionals are shown.
type ProfessionalScreens struct {
	Notification string // all that a locked screen shows

	OpenForm, Next, Close string // labels
	NotDone               string // the title over what did not come about
	Wait, Waiting         string // the title and the words of what is on its way
	GoOn, GoOnIn          string // the title and the words where there is no form to fill in

	NotSaved  string
	Danger    string // what to do in danger, with
	Telephone string // how to reach the team, if there is a number

	Home, HomeBegin, HomeGoOn            string // what the service is, and the button
	GuidancePage                         string // a button that opens the page of whom to refer
	HomeUrgent, HomeDanger               string // a heading and the words under it
	HomeCrisis, HomeTelephone, HomeMails string // each only where the service has one
	HomeOwn, HomeNone, HomeMore          string // a heading, none there, {n} more than fit
	HomeUnread                           string // they cannot be read now

	own  ownWords
	form formWords
}

// ownWords are what professionals read of their own referrals.
type ownWords struct {
	unsent                            string // a title
	workedOn, kept                    Line
	sent, callWanted, now             Line
	confirmed, stands, late, promised Line // receipt: done, while its clock stands, and while it runs
	wanted, call, outcome             Line
	standings                         map[Status]string
}

// formWords are the titles and the buttons of their forms, of at most 24 characters each.
type formWords struct {
	more, missing, review, call                    string // titles; the others are sections
	next, carryOn, send, change, askCall, pickCall string // labels
}

// ClinicianScreens are what the team is shown.
type ClinicianScreens struct {
	Notification string // all that a locked screen shows of a referral

	Open, More, Earlier   string // labels
	WriteNote, NoteOn     string // labels
	NotOpened, Card       string // titles; a card that cannot be drawn is of {ref}
	OpenIsWritten         string // at the foot of a card
	Board, BoardEmpty     string
	BoardUnread           string // it cannot be read now
	Digest                string // at its foot, with {command}
	Home, HomeOpen        string // a heading, and the words under it, with {n} and {command}
	NotAsked, AskedFor    string // it could not be seen whether they, or a colleague, are of the team
	NotOfTheTeam          string // of a colleague
	NotTheTeam            string // to somebody who pressed what only clinicians may press
	NamesSomebody         string // to whoever writes beside the cards what may say who a family is
	Gone, TooLate, Static string // the referral, the press; nothing has changed

	MailForm, MailReference, MailOverdue string // what a mail is about
	Mail                                 string // the rest of it, with {what}, {ref}, {received} and {confirm}

	Form, FormOf, FormPage string // titles, and the foot with {n} and {pages}
	FormTelephone          string
	FormLacks              string // {mark} stands for letters that it cannot print
	FormWithheld           string // in the place of an answer that could tell where the family is
	FormFlags, FormNone    string // a heading, and a line where there are none
	FormClear, FormSource  string // what that line says, and what each flag says, with {source}
	// FormFlagged are the verdicts that a clinician is to look at.
	FormFlagged map[rules.Verdict]string
}
