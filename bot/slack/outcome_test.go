package slack

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// parent is the chat of the parent who sends referrals in these tests.
var parent = dialog.Chat{Platform: "telegram", ID: "7700900"}

// phone is a parent's phone: what has been said to them.
type phone struct {
	mu   sync.Mutex
	said []dialog.Reply
}

func (p *phone) Deliver(_ context.Context, d store.Delivery) (string, error) {
	var r dialog.Reply
	if d.Kind == bot.KindReply {
		if err := json.Unmarshal(d.Body, &r); err != nil {
			return "", err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.said = append(p.said, r)
	return "", nil
}

func (p *phone) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []string
	for _, r := range p.said {
		all = append(all, r.Text)
	}
	return strings.Join(all, "\n")
}

// sent is a referral that a parent or a professional has sent, all of it clear, and its card.
func (w *world) sent(ref string, a rules.Audience, alerts ...dialog.Alert) sim.SlackMessage {
	w.Helper()
	now := time.Now().UTC()
	answers := canaries().With(rules.Consent, "yes").With(rules.SafeContact, "text_ok").With(rules.Network, "gp")
	chat := chatWith(visitor)
	if a == rules.Parent {
		chat = parent
	}
	c := dialog.Conversation{Chat: chat, Audience: a, Stage: dialog.Sent, Ref: ref, Answers: answers, Held: true,
		Forms: a == rules.Professional, Warned: []string{"welcome"}, SentAt: now, HeardAt: now.Add(-time.Hour)}
	r := dialog.Referral{Ref: ref, Kind: dialog.KindReferral, Chat: chat, Audience: a, Status: dialog.Received, Answers: answers,
		Assessment: rules.Assessment{Overall: rules.Clear}, RuleSet: rules.RuleSetVersion, ReceivedAt: now, DueAt: now.AddDate(0, 0, 5), Alerts: alerts}
	w.commit(store.Change{Keys: []string{"test:" + ref}, Conversation: &c, Referral: &r, Traits: dialog.KnownBy(r), At: now,
		Deliveries: []store.Delivery{delivery(ref, bot.KindCard, "slack:"+triage, ref, "", bot.CardBody{Ref: ref})}})
	w.until("the card is posted", func() bool { return len(w.cards(ref)) == 1 })
	return w.cards(ref)[0]
}

// ticking lets the timers fire.
func (w *world) ticking() {
	w.Helper()
	ctx, cancel := context.WithCancel(w.Context())
	var running sync.WaitGroup
	running.Go(func() { w.bot.Timers(ctx) })
	w.Cleanup(func() { cancel(); running.Wait() })
}

// shows waits until the card of a referral says something.
func (w *world) shows(ref, words string) {
	w.Helper()
	w.until("the card says "+words, func() bool { return strings.Contains(text(w.cards(ref)), words) })
}

// claims lets somebody claim a referral.
func (w *world) claims(user, ref string) {
	w.Helper()
	w.shows(ref, "act:claim") // which comes after the person has been answered
	w.does(w.slack.PressMessage(user, triage, w.cards(ref)[0].TS, "act:claim"))
	w.until("they have it", func() bool { return w.referral(ref).Claimant.ID == user })
	w.shows(ref, "act:release")
}

// chooses opens the sheet of an action in the menu of a card.
func (w *world) chooses(user, ref string, action dialog.Action) sim.View {
	w.Helper()
	option := ref + ":" + string(action)
	w.until("the menu has "+option, func() bool { return strings.Contains(text(w.cards(ref)), option) })
	w.does(w.slack.PressMessage(user, triage, w.cards(ref)[0].TS, pressMenu, option))
	return w.sheet(user)
}

// submits sends a sheet with some values in it, and something in every other input that needs
// it, and sees that it was taken.
func (w *world) submits(user string, v sim.View, values map[string]any) {
	w.Helper()
	all := sheetful(v)
	for key, value := range values {
		all[key] = value
	}
	problems, next, cleared, err := w.slack.Submit(user, v.ID, all)
	if err != nil || !cleared {
		w.Fatalf("sheet %q: problems %v, then %s, %v", v.Title, problems, text(next), err)
	}
}

// readsNews lets the referrer read what has come for them: a professional in their direct
// messages, a parent once they have said that they are somewhere private.
func (w *world) readsNews(a rules.Audience) func() string {
	w.Helper()
	if a == rules.Professional {
		return func() string { return w.direct(visitor) }
	}
	w.until("the parent is told that there is something", func() bool { return strings.Contains(w.phone.String(), "START") })
	if got := w.phone.String(); strings.Contains(got, "R17") || strings.Contains(got, "referral") {
		w.Errorf("the notification says %q", got)
	}
	for i, words := range []string{"START", "yes"} {
		_, _, err := w.bot.Hear(w.Context(), bot.Heard{Chat: parent, Audience: rules.Parent,
			Keys: []string{"parent:" + words + string(rune('0'+i))}, Input: dialog.Input{Text: words}})
		w.does(err)
	}
	return w.phone.String
}

// step is one outcome on the way of a referral: what is filled in, what the card then says, and
// what the referrer reads.
type step struct {
	code                       dialog.Code
	values                     map[string]any
	card, professional, parent string
}

// TestOutcomes brings a referral of each audience to each outcome: the card says so, and the
// referrer reads it in their own words.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	accepted := step{dialog.Accepted, nil, "accepted for assessment", "is accepted for assessment", "like to meet"}
	joint := map[string]any{"joint": []string{"agreed"}, "joint_contact": "Dr Ames"}
	for _, way := range [][]step{
		{{dialog.MoreInfo, nil, "more information", "we'd like to talk before deciding", "We'd like to talk with you before we say what could help"}},
		{{dialog.Advice, nil, "advice and consultation", "given advice and consultation", "Nothing is open with us now"}},
		{{dialog.Signposted, map[string]any{"resources": []string{"samaritans"}}, "signposted", "Samaritans: 116 123", "Samaritans: 116 123"}},
		{{dialog.Accepted, joint, "jointly with the perinatal team", "perinatal mental health team works on it jointly", "Two NHS teams"}},
		{accepted, {dialog.Assessed, nil, "assessed", "has been assessed", "Thank you for meeting with us"},
			{dialog.Formulation, nil, "team formulation", "has formulated what is needed", "talked about what could help you and your baby"},
			{dialog.Intervention, nil, "intervention", "works with the family", "will go on seeing you and your baby"}},
		{accepted, {dialog.SignpostedAfter, map[string]any{"resources": []string{"shout"}}, "signposted after", "Shout: text SHOUT", "Shout: text SHOUT"}},
		{{dialog.Duplicate, nil, "duplicate", "came more than once", "sent us this more than once"}},
		{{dialog.WithdrawnByParent, nil, "withdrawn by the parent", "asked the team to go no further", "You asked the team to stop"}},
		{{dialog.NoConsent, nil, "no consent", "does not agree", "have not said yes to this"}},
		{{dialog.TransferredOut, nil, "transferred out of area", "passed to the service for the area", "another team for the place where you live"}},
		{{dialog.EscalatedSafeguarding, nil, "safeguarding", "safeguarding procedure", "would like to talk with you about it"}},
	} {
		last := way[len(way)-1]
		t.Run(last.card, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sim.SlackOptions{})
			refs := map[rules.Audience]string{rules.Professional: numbered(1), rules.Parent: numbered(2)}
			for a, ref := range refs {
				w.sent(ref, a)
				w.claims(carys, ref)
				for _, s := range way {
					w.submits(carys, w.chooses(carys, ref, dialog.ActOutcome+":"+dialog.Action(s.code)), s.values)
					w.shows(ref, s.card)
				}
			}
			w.ticking()
			for a, ref := range refs {
				reads := w.readsNews(a)
				for _, s := range way {
					words := map[rules.Audience]string{rules.Professional: s.professional, rules.Parent: s.parent}[a]
					w.until("the "+string(a)+" reads "+words, func() bool { return strings.Contains(reads(), words) })
				}
				for _, never := range []string{"ejected", "xcluded", "Some words", canary} {
					if strings.Contains(reads(), never) || strings.Contains(text(w.slack.Messages(triage)), never) {
						t.Errorf("%q is said", never)
					}
				}
				w.settled(10 * time.Second)
				w.asStored(ref)
			}
			if errs := slices.Concat(w.slack.Errors(carys), w.slack.Errors(visitor)); len(errs) > 0 {
				t.Errorf("they saw %v", errs)
			}
		})
	}
}
