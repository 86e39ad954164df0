package dialog

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"referralbot/rules"
)

// News that is no outcome; outcomes go by their code.
const (
	newsSeen     = "SEEN"     // a person has confirmed receipt
	newsTalk     = "TALK"     // more information is wanted, in talking
	newsReopened = "REOPENED" // what was decided is looked at again
	timerNews    = "news"     // news is due, with the reference and its number: "news:R1:3"
)

// news tells the referrer something, in their chat: each piece has a timer of its own there,
// so that it is told exactly once.
func (a *acting) news(what string, with map[string]string) {
	if a.r.Chat == (Chat{}) {
		return
	}
	a.r.News = append(slices.Clip(a.r.News), News{What: what, At: a.f.Now, With: with})
	a.out.Timers = append(a.out.Timers, Timer{Name: piece{a.r.Ref, len(a.r.News)}.timer(), At: a.f.Now})
}

// piece is one piece of the news of a referral, by its number from 1.
type piece struct {
	ref string
	n   int
}

func (p piece) String() string { return p.ref + ":" + strconv.Itoa(p.n) }

func (p piece) timer() string { return timerNews + ":" + p.String() }

// pieceOf undoes String.
func pieceOf(s string) piece {
	ref, number, _ := strings.Cut(s, ":")
	n, _ := strconv.Atoi(number)
	return piece{ref, n}
}

// About is the reference of the referral that a step which hears in may need to know of, ""
// for none: Facts.Referral.
func About(c Conversation, in Input) string {
	name, news := strings.CutPrefix(in.Timer, timerNews+":")
	switch {
	case news:
		return pieceOf(name).ref
	case len(c.Owed) > 0 && asksToAnswer(in):
		return c.Owed[0]
	case len(c.Waiting) > 0:
		return pieceOf(c.Waiting[0]).ref
	case c.Held || !c.SentAt.IsZero():
		return c.Ref
	}
	return ""
}

func asksToAnswer(in Input) bool {
	return in.Press != nil && in.Press.Choice == codeAnswer || plain(in.Text) == codeAnswer
}

// newsDue hears that there is news. A professional is told at once. A parent is told only that
// there is something, if nobody else may see what comes on their phone, and the rest once they
// have said that they are somewhere private.
func (t *turn) newsDue(p piece) {
	r := t.f.Referral
	if r == nil || r.Ref != p.ref || p.n > len(r.News) {
		return
	}
	if t.c.Audience == rules.Professional {
		t.tellNews(p)
		t.flush()
		if t.atRest() {
			t.takeUp()
		}
		return
	}
	if told := len(t.c.Waiting) > 0 && t.c.Waiting[0] != p.String(); !told && mayWrite(r.Answers) {
		t.say(t.line(lineReminder))
	}
	t.c.Waiting = union(t.c.Waiting, []string{p.String()})
}

// mayWrite reports whether a message of our own accord is safe on a parent's phone.
func mayWrite(a rules.Answers) bool {
	contact := contactCode(a)
	return contact != "not_safe" && contact != "someone_else_sees"
}

// bring tells a parent who is somewhere private the news that waits for them. That of another
// referral comes by itself, in its turn.
func (t *turn) bring() {
	if len(t.c.Waiting) == 0 || !t.c.Answers.Is(rules.Private, "yes") || t.hold || len(t.card) > 0 {
		return
	}
	ref := pieceOf(t.c.Waiting[0]).ref
	var later []string
	for _, s := range t.c.Waiting {
		if p := pieceOf(s); p.ref != ref {
			later = append(later, s)
		} else {
			t.tellNews(p)
		}
	}
	if r := t.f.Referral; r != nil && r.Ref == ref && r.Booked.calledOff() && slices.Contains(t.c.Filed, ref) {
		t.flush()
		t.refile(ref, *r.Booked)
	}
	t.c.Waiting = later
	if later != nil {
		t.out.Timers = append(t.out.Timers, Timer{Name: pieceOf(later[0]).timer(), At: t.f.Now})
	}
	t.takeUp()
}

// tellNews says one piece of news in whole words.
func (t *turn) tellNews(p piece) {
	r := t.f.Referral
	if r == nil || r.Ref != p.ref || p.n > len(r.News) || r.Status == Withdrawn {
		return
	}
	n := r.News[p.n-1]
	if r.outOfDate(p, t.f.Now) {
		return
	}
	t.out.Audit = append(t.out.Audit, Noted(r.Ref, t.f.Now, "service", RoleService, "told", n.What).asked(t.c.Audience, r.RuleSet))
	t.lead = append(t.lead, t.worded(n.What, r, n.With))
	if n.With["joint"] != "" {
		t.lead = append(t.lead, t.worded(string(JointWithPerinatal), r, nil))
	}
	t.c.Owed = slices.DeleteFunc(slices.Clone(t.c.Owed), func(s string) bool { return s == r.Ref })
	if n.What == string(MoreInfo) && r.Status == Awaiting {
		t.c.Owed = append(t.c.Owed, r.Ref)
	} else if t.c.Ref == r.Ref && !slices.Contains([]string{newsSeen, newsCallWith, newsCallSoon}, n.What) {
		t.c.More = nil
	}
}

// worded is a piece of news in the words of its table.
func (t *turn) worded(what string, r *Referral, with map[string]string) string {
	var pairs []string
	if with["when"] != "" {
		with = maps.Clone(with)
		with["who"] = cmp.Or(with["who"], t.line(lineSomebody))
		if with["from"] != "" {
			with["from"] = " " + t.line(lineRingsFrom, "number", with["from"])
		}
	}
	for key, value := range with {
		pairs = append(pairs, key, value)
	}
	return t.fill(t.v.told(what, r), append(pairs, "ref", r.Ref)...)
}

// told is a piece of news in the words for whoever sent r.
func (v *voice) told(what string, r *Referral) string {
	text := v.news[what]
	if r.Kind == KindCall {
		text = cmp.Or(v.newsOfCall[what], text)
	}
	if r.Kind == KindCall && r.Answers.Is(rules.Stage, lossNoBaby) {
		text = cmp.Or(v.newsOfLoss[what], text)
	}
	return text
}

// atRest reports whether nothing is under way that other questions would disturb.
func (t *turn) atRest() bool {
	begun := len(t.c.Answers.Without(rules.Private)) > 0
	return (t.done() || !begun) && !slices.Contains([]Stage{Urgent, Booking, Deleting, Recalling}, t.c.Stage)
}

// takeUp opens again the questions that the clinicians have asked again, and nothing else. What
// is under way is finished first.
func (t *turn) takeUp() {
	r := t.f.Referral
	if r == nil || r.Status != Awaiting || !slices.Contains(t.c.Owed, r.Ref) {
		return
	}
	if t.c.Ref != r.Ref {
		if !t.atRest() {
			t.lead = append(t.lead, t.line(lineMoreLater))
			return
		}
		t.turnTo(*r)
	}
	t.c.More = slices.Clone(r.Wanted.Fields)
	if t.c.Audience == rules.Professional {
		t.to(Asking, evAsk)
	}
}

// turnTo makes this the conversation of another referral of the same person.
func (t *turn) turnTo(r Referral) {
	t.retire()
	private := t.c.Answers[rules.Private]
	t.c = Conversation{
		Chat: t.c.Chat, Audience: t.c.Audience, Version: t.c.Version, Stage: t.c.Stage, Forms: t.c.Forms,
		HeardAt: t.c.HeardAt, Waiting: t.c.Waiting, Owed: t.c.Owed, Filed: t.c.Filed,
		Ref: r.Ref, SentAt: r.ReceivedAt, Held: true, Warned: []string{welcomed},
	}
	t.set(r.Answers.Without(rules.Private))
	if private != nil {
		t.set(t.c.Answers.With(rules.Private, private...))
	}
	for _, a := range r.Alerts { // the next is numbered after them
		t.c.Alerted = append(t.c.Alerted, a.Rule+"=before")
	}
	t.alerted, t.before = t.c, t.c.Answers
}

// answerNow is asked for by whoever has put off what they were asked.
func (t *turn) answerNow() {
	if len(t.c.Owed) == 0 {
		t.lead = append(t.lead, t.line(lineNothingAsked))
		t.showAgain()
		return
	}
	t.takeUp()
	if len(t.c.More) == 0 {
		t.showAgain()
	} else if t.c.Audience == rules.Parent {
		t.to(Asking, evAsk)
	}
}

// replied notes that a question which was opened again has been answered or left as it was,
// and, when it was the last, gives the answers to whoever asked.
func (t *turn) replied(f rules.Field) {
	if !slices.Contains(t.c.More, f) {
		return
	}
	if t.c.More = without(t.c.More, f); len(t.c.More) > 0 {
		return
	}
	t.c.More = nil
	t.c.Owed = slices.DeleteFunc(slices.Clone(t.c.Owed), func(s string) bool { return s == t.c.Ref })
	t.handBack = true
	t.lead = append(t.lead, t.line(lineMoreThanks))
}

// handedBack is what the clinicians get of it, at the end of the turn.
func (t *turn) handedBack() {
	if t.handBack {
		t.out.Deed, t.out.DeedTo = &Deed{Action: ActAnswer, Answers: t.kept()}, t.c.Ref
	}
}

// afterLoss says where things stand with a parent who has asked for nothing but a call.
func (t *turn) afterLoss() string {
	b, r := t.booked(), t.f.Referral
	switch {
	case b != nil:
		return t.line(lineCallStands, "when", At(b.From))
	case t.call != nil: // cancelled just now
		return t.line(lineLossOver)
	case r == nil || r.Ref != t.c.Ref, r.CallWanted && slices.Contains([]Status{Received, Claimed, Awaiting}, r.Status):
		return t.line(lineLossWait)
	}
	return t.line(lineLossOver)
}

// standing says where what was sent stands, if that is known.
func (t *turn) standing() string {
	if t.mourns() {
		return t.afterLoss()
	}
	r := t.f.Referral
	if r == nil || r.Ref != t.c.Ref {
		return t.line(lineSentWait)
	}
	status, due := r.Status, r.due(t.f)
	if t.handBack {
		status, due = Claimed, r.resumed(t.f).DueAt
	}
	l, ok := standingLines[status]
	promised := r.unconfirmed() && status != Awaiting
	switch {
	case promised && due.Before(t.f.Now):
		l = lineStandLate
	case status == Received && !promised:
		l = lineStandSeen
	case promised && status == Claimed:
		l = lineStandTaken
	case !ok:
		return t.line(lineSentWait, "date", rules.DateOf(due).Words())
	}
	seen, since, day := "", "", ""
	if !r.ConfirmedAt.IsZero() {
		seen = rules.DateOf(r.ConfirmedAt).Words()
	}
	if n := len(r.Results); n > 0 {
		since = rules.DateOf(r.Results[n-1].At).Words()
	}
	if r.Wanted.By != "" {
		day = dayWords(r.Wanted.By)
	}
	return t.line(l, "seen", seen, "since", since, "day", day, "date", rules.DateOf(due).Words()) + "\n\n" + t.line(lineSentTail)
}

// standingLines say where a referral stands, by its state, once a person has confirmed receipt.
// Before that the promise stands.
var standingLines = map[Status]line{
	Claimed: lineStandClaimed, Awaiting: lineStandAwaiting, Decided: lineStandDecided, Closed: lineStandClosed,
}
