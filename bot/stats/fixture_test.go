package stats

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
)

// The year of the tests.
var (
	newYear = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	theYear = Period{From: rules.Date{Year: 2026, Month: 1, Day: 1}, To: rules.Date{Year: 2026, Month: 12, Day: 31}}
	anna    = dialog.Clinician{ID: "U1", Name: "Anna"}
	ben     = dialog.Clinician{ID: "U2", Name: "Ben"}
)

// year is a year of a service being made.
type year struct {
	Data
	now      time.Time
	service  *rules.Service
	rnd      *rand.Rand
	turns    int
	families int // referred so far
}

// aYear is a year of a service: the vignettes, each as often as there were families like it, with
// what clinicians have done with them, and the drafts of those who did not send. It is made once:
// no test may change it.
var aYear = sync.OnceValue(func() *year {
	y := &year{now: newYear, service: rules.DefaultService(), rnd: rand.New(rand.NewPCG(2026, 1))}
	y.Audits, y.Tallies = map[string][]dialog.Entry{}, map[dialog.Tally]int{}
	for i, v := range rules.Vignettes() {
		for n := range 1 + (i*7)%11 {
			y.now = newYear.Add(time.Duration(y.families) * 58 * time.Hour)
			y.refer(v.Case, endings[(i+n)%len(endings)])
		}
	}
	for n := range 90 {
		y.now = newYear.Add(time.Duration(n) * 90 * time.Hour)
		y.draft(n)
	}
	y.now = time.Date(2026, 12, 30, 12, 0, 0, 0, time.UTC)
	y.Standing.Waiting, y.Standing.OldestWaiting, y.Standing.Conversations = 3, 2*time.Minute, len(y.Drafts)
	y.Standing.Referrals = map[dialog.Status]int{}
	for _, r := range y.Referrals {
		y.Standing.Referrals[r.Status]++
	}
	return y
})

func (y *year) facts() dialog.Facts {
	y.turns++
	return dialog.Facts{Now: y.now, Reference: fmt.Sprintf("R00-%04d", y.turns), Nonce: fmt.Sprint("n", y.turns), Service: y.service}
}

// endings are what may be done with a referral after it is claimed: outcomes, one after the other,
// "" for none.
var endings = [][]dialog.Code{
	{dialog.Accepted}, {dialog.Signposted}, {dialog.Advice}, {dialog.Accepted, dialog.Assessed, dialog.Intervention}, {dialog.MoreInfo},
	{dialog.Accepted}, {}, {dialog.MoreInfo, dialog.Accepted}, {dialog.NoConsent}, {dialog.Advice},
}

// Who refers whom, as far as the vignettes do not say.
var (
	referrers = []string{"health_visitor", "gp", "health_visitor", "midwife", "perinatal_mh", "health_visitor", "gp", "health_visitor", "midwife", "third_sector", "social_care"}
	ethnic    = []string{"A", "A", "C", "A", "N", "A", "Z", "A", "J", "A", "A", "C", "A"}
)

// refer has one family referred, and clinicians do what they do.
func (y *year) refer(c rules.Case, codes []dialog.Code) {
	f := y.facts()
	y.families++
	n := y.families
	if c.Audience == rules.Professional {
		c.Answers = c.Answers.With(rules.ReferrerType, referrers[n%len(referrers)]).With(rules.Ethnicity, ethnic[n%len(ethnic)])
	}
	c.Answers = c.Answers.With(rules.Needs, [][]string{{"none"}, {"none"}, {"interpreter"}, {"none"}, {"bsl", "other"}}[(n*7+n/3)%5]...)
	r := dialog.Referral{
		Ref: f.Reference, Kind: dialog.KindReferral, Chat: dialog.Chat{Platform: "test", ID: f.Reference}, Audience: c.Audience, Status: dialog.Received,
		Answers: c.Answers, Assessment: rules.Assess(c), RuleSet: rules.RuleSetVersion, ReceivedAt: y.now, DueAt: y.service.Calendar().DueAt(y.now),
		CallWanted: n%4 == 0,
	}
	if n%8 == 0 {
		from := y.now.Add(72 * time.Hour)
		r.Booked = &dialog.Call{Slot: rules.Slot{Span: rules.Span{From: from, To: from.Add(30 * time.Minute)}}, BookedAt: y.now}
	}
	if n%6 == 0 {
		r.Alerts = []dialog.Alert{{Ref: r.Ref, N: 1, Level: []string{"URGENT", "EMERGENCY"}[n%12/6], Category: "suicide_selfharm", At: y.now}}
	}
	do := func(after time.Duration, d dialog.Deed) {
		y.now = y.now.Add(after)
		next, out, err := dialog.Act(r, d, y.facts())
		if err != nil || out.Refused != "" || len(out.Mistakes) > 0 {
			panic(fmt.Sprint(d.Action, err, out.Refused, out.Mistakes))
		}
		r = next
		y.Audits[r.Ref] = append(y.Audits[r.Ref], out.Audit...)
	}
	if len(r.Alerts) > 0 && n%18 > 0 {
		do(time.Duration(n%40)*time.Minute, dialog.Deed{Action: "acknowledge:1", By: ben})
	}
	if n%9 == 0 {
		do(7*24*time.Hour, dialog.Deed{Action: "receipt_breach"})
	}
	if n%7 > 0 {
		do(time.Duration(n%50)*time.Hour, dialog.Deed{Action: dialog.ActClaim, By: anna})
		do(time.Hour, dialog.Deed{Action: dialog.ActConfirm, By: anna})
		if r.CallWanted {
			y.decide(&r, do, []dialog.Code{dialog.CallTogether, dialog.CallNoAnswer, dialog.CallNotNeeded}[n/4%3])
		}
		for _, code := range codes {
			y.decide(&r, do, code)
		}
	}
	if r.Booked.ToCome() && n%3 == 0 {
		do(time.Hour, dialog.Deed{Action: dialog.ActCancelCall})
	}
	if n%31 == 0 {
		do(time.Hour, dialog.Deed{Action: dialog.ActWithdraw})
	}
	y.Referrals = append(y.Referrals, r)
}

// decide records an outcome, with its sheet filled in as far as it must be.
func (y *year) decide(r *dialog.Referral, do func(time.Duration, dialog.Deed), code dialog.Code) {
	if r.Status == dialog.Awaiting {
		do(30*time.Hour, dialog.Deed{Action: dialog.ActAnswer, Answers: r.Answers})
	}
	action := dialog.ActOutcome + ":" + dialog.Action(code)
	_, out, err := dialog.Act(*r, dialog.Deed{Action: action, By: anna}, y.facts())
	if err != nil || out.Sheet == nil {
		panic(fmt.Sprint(code, err, out.Refused))
	}
	filled := map[string][]string{}
	for _, i := range out.Sheet.Items {
		switch {
		case i.Key == "criteria" && y.families%2 == 0:
			for _, rule := range rules.Rules() {
				if r.Assessment.Verdicts[rule] != rules.Clear {
					filled[i.Key] = append(filled[i.Key], string(rule))
				}
			}
		case i.Optional:
		case i.Key == "by", i.Key == "first_contact":
			filled[i.Key] = []string{rules.DateOf(y.now).AddDays(30).String()}
		case len(i.Initial) > 0:
			filled[i.Key] = i.Initial
		case len(i.Options) > 0:
			filled[i.Key] = []string{i.Options[0].Code}
		default:
			filled[i.Key] = []string{"something"}
		}
	}
	do(time.Duration(20+y.rnd.IntN(200))*time.Hour, dialog.Deed{Action: action, By: anna, Filled: filled, Turn: r.Turn()})
	if r.Proposed != nil {
		do(3*time.Hour, dialog.Deed{Action: dialog.ActAgree, By: ben, Filled: map[string][]string{}, Turn: r.Turn()})
	}
}

// draft has somebody begin, answer so many questions, and then send, delete, or fall silent.
func (y *year) draft(n int) {
	c := dialog.Conversation{Chat: dialog.Chat{Platform: "test", ID: fmt.Sprint("draft", n)}, Audience: []rules.Audience{rules.Parent, rules.Professional}[n%3/2]}
	v := rules.Vignettes()[n%24]
	hear := func(in dialog.Input) dialog.Outcome {
		y.now = y.now.Add(time.Duration(10+y.rnd.IntN(50)) * time.Second)
		next, out, err := dialog.Step(c, in, y.facts())
		if err != nil {
			panic(err)
		}
		c = next
		for _, t := range out.Tallies {
			y.Tallies[t]++
		}
		return out
	}
	out := hear(dialog.Input{Text: "/start"})
	for range []int{2, 7, 15, 22, 60, 60, 60, 60, 60, 60}[n%10] {
		if c.Stage == dialog.Sent || c.Stage == dialog.Stopped || len(out.Replies) == 0 {
			break
		}
		out = hear(y.answer(c, v.Case, out.Replies[len(out.Replies)-1]))
	}
	switch {
	case !c.Unsent():
	case n%4 == 0:
		hear(dialog.Input{Text: "delete"})
		hear(dialog.Input{Text: "delete"})
	case n%4 == 1:
		for _, t := range c.Left() {
			y.Tallies[t]++
		}
	default:
		y.Drafts = append(y.Drafts, c)
	}
}

// answer is what somebody like those of the vignette says.
func (y *year) answer(c dialog.Conversation, like rules.Case, r dialog.Reply) dialog.Input {
	press := func(code string) dialog.Input {
		return dialog.Input{Press: &dialog.Press{Prompt: c.Asked.ID, Choice: code}}
	}
	if c.Asked.Field == "" || c.Asked.Confirming {
		for _, want := range []string{"yes", "send", "carry_on", "safe", "not_now"} {
			for _, choice := range r.Choices {
				if choice.Code == want {
					return press(want)
				}
			}
		}
		return dialog.Input{Text: "yes"}
	}
	given := like.Answers[c.Asked.Field]
	s, _ := rules.Lookup(c.Asked.Field)
	switch {
	case s.Type == rules.TypeMulti && len(c.Asked.Draft) > 0, s.Type == rules.TypeLongText && len(c.Asked.Draft) > 0:
		return press("done")
	case len(given) > 0 && len(r.Choices) > 0 && len(given) == 1:
		return press(given[0])
	case len(given) > 0 && s.Type != rules.TypeMulti:
		if d, ok := rules.ParseISODate(given[0]); ok {
			return dialog.Input{Text: d.Words()}
		}
		return dialog.Input{Text: given[0]}
	case len(r.Choices) > 0:
		return press(r.Choices[0].Code)
	case s.Type == rules.TypeLongText:
		return dialog.Input{Text: "I do not feel close to my baby."}
	}
	return dialog.Input{Text: "not known"}
}
