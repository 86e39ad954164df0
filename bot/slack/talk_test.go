package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// family is a fictional family as a health visitor would enter it. Whatever could say who
// they are has a canary in it.
func family() map[string]any {
	return map[string]any{
		"consent": "yes", "stage": "born", "referrer_name": canary + " Visitor", "referrer_type": "health_visitor",
		"referrer_organisation": "Clinic of " + canary, "referrer_phone": "01632 960123", "referrer_email": "zanzibar@example.org",
		"parent_name": canary + " Parent", "parent_dob": "4 May 1990", "parent_nhs_number": "999 000 0018", "parent_address": "1 " + canary + " Road",
		"parent_postcode": "SS1 1AA", "parent_phone": "07700 900123", "contact_times": "mornings in " + canary, "safe_contact": []string{"call_ok"},
		"parent_gp": canary + " Surgery", "parent_gp_area": "essex", "needs": []string{"none"}, "carer_relationship": "mother", "carer_primary": "yes",
		"baby_name": canary + " Baby", "baby_dob": time.Now().AddDate(0, -5, 0).Format("2 January 2006"), "baby_gp_area": "same",
		"circumstances": []string{"none"}, "indicators": []string{"neg_consistent"},
		"concern":   "When the baby cries she turns away, and " + canary + " is all she says.",
		"pervasive": "consistent", "baby_impact": []string{"settling_crying"}, "factors": []string{"previous_loss"}, "mental_health": "none",
		"risk": []string{"none"}, "domestic_abuse": "none_known", "safeguarding": "none_known",
		"network": []string{"health_visitor"}, "network_detail": canary + " at the clinic", "wishes": "To feel " + canary,
	}
}

// secrets are what must be nowhere but in the store and on the screens it was meant for.
func secrets(w *world) []string {
	return []string{canary, "zanzibar", "900123", "960123", "999 000", "9990000018", "SS1 1AA", w.slack.AppToken(), w.slack.BotToken(), "xoxb-", "xapp-"}
}

// fill picks out of answers what a view asks for.
func fill(v sim.View, answers map[string]any) map[string]any {
	values := map[string]any{}
	for _, b := range v.Blocks {
		if value, ok := answers[b.ID]; ok && b.Element != nil {
			values[b.ID] = value
		}
	}
	return values
}

// complete submits forms until there is none, and returns how many there were.
func (w *world) complete(user string, v sim.View, answers map[string]any) int {
	w.Helper()
	for n := 1; n <= 20; n++ {
		if strings.Contains(v.PrivateMetadata, ":") || len(v.PrivateMetadata) > 16 || hasAny(v.PrivateMetadata, secrets(w)) {
			w.Errorf("private_metadata %q is more than a prompt", v.PrivateMetadata)
		}
		problems, next, cleared, err := w.slack.Submit(user, v.ID, fill(v, answers))
		if err != nil || len(problems) > 0 {
			w.Fatalf("submitting %q: %v %v", v.Title, problems, err)
		}
		if cleared {
			return n
		}
		if next.ID != v.ID {
			w.Errorf("%q came as another view, not as an update", next.Title)
		}
		v = *next
	}
	w.Fatal("no end of forms")
	return 0
}

func hasAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(x string) bool { return strings.Contains(s, x) })
}

// A whole referral, from /refer to the card, and nothing of it where it should not be.
func TestReferral(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.does(w.slack.Command(visitor, "/refer", ""))
	n := w.complete(visitor, w.front(visitor, func(v sim.View) bool { return v.CallbackID == formSection }), family())
	if n > 10 {
		t.Errorf("%d forms, want 10 at most", n)
	}
	w.until("there is a card", func() bool { return len(w.slack.Messages(triage)) == 1 })
	card := w.slack.Messages(triage)[0]
	for _, want := range []string{"Health visitor", "4–11 months", "act:claim", "act:open"} {
		if !strings.Contains(text(card), want) {
			t.Errorf("no %q on the card: %s", want, text(card))
		}
	}
	w.does(w.slack.PressMessage(carys, triage, card.TS, "act:open"))
	whole := w.front(carys, func(v sim.View) bool { return strings.HasPrefix(v.Title, "R") })
	if !strings.Contains(text(whole), canary+" Parent") {
		t.Errorf("the whole is not whole: %s", text(whole))
	}
	w.sweep()
	for _, call := range w.slack.Calls() {
		if p := call.Params; call.Method == "chat.postMessage" && (p["unfurl_links"] != "false" || p["unfurl_media"] != "false" || len(p["blocks"]) > mostMessage) {
			t.Errorf("posted with %v", p)
		}
	}
}

// Where the parent does not agree, or has not been asked, the next page of the form says what
// can be done, and at the end of it nothing can be sent.
func TestNoAgreementInTheForm(t *testing.T) {
	t.Parallel()
	for consent, want := range map[string]string{"no": "The parent doesn't agree", "not_asked": "Please talk to the parent first"} {
		t.Run(consent, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sim.SlackOptions{})
			answers := family()
			answers["consent"] = consent
			w.does(w.slack.Command(visitor, "/refer", ""))
			v := w.front(visitor, func(v sim.View) bool { return v.CallbackID == formSection })
			_, next, _, err := w.slack.Submit(visitor, v.ID, fill(v, answers))
			w.does(err)
			page := text(next)
			for _, part := range []string{want, "ask us for advice without naming them", "don't wait for consent", "without naming anyone", "can't be sent before the parent agrees", "Talk it over first"} {
				if !strings.Contains(page, part) {
					t.Errorf("%q is not on the page: %s", part, page)
				}
			}
			for n := 0; next.Submit != "" && n < 20; n++ {
				v = *next
				if _, next, _, err = w.slack.Submit(visitor, v.ID, fill(v, answers)); err != nil || next == nil {
					t.Fatalf("after %q: %v", v.Title, err)
				}
			}
			if next.Title != "Almost there" || len(w.slack.Messages(triage)) > 0 || !w.conversation(visitor).SentAt.IsZero() {
				t.Errorf("it ends with %s", text(next))
			}
		})
	}
}

// sweep looks for secrets everywhere that they must not be.
func (w *world) sweep() {
	w.Helper()
	found := func(where, s string) {
		if hasAny(s, secrets(w)) {
			w.Errorf("a secret in %s: %s", where, s)
		}
	}
	found("the log", w.logged.String())
	found("the triage channel", text(w.slack.Messages(triage)))
	found("the safety channel", text(w.slack.Messages(sim.SlackSafety)))
	for _, u := range w.slack.Users() {
		found("a private notice", w.told(u.ID))
		for _, m := range w.slack.DM(u.ID) {
			if m.User != sim.SlackBot {
				continue
			}
			found("a notification", m.Text)
			found("metadata", m.Metadata)
			for _, b := range m.Blocks {
				for _, e := range b.Elements {
					found("a button", e.ActionID+" "+e.Value)
				}
			}
		}
	}
}

// What is wrong with a form is said at its inputs, and the good answers are kept.
func TestFormProblems(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.does(w.slack.Command(visitor, "/refer", ""))
	v := w.front(visitor, func(v sim.View) bool { return v.CallbackID == formSection })
	answers := family()
	answers["referrer_phone"] = "not a number"
	problems, next, cleared, err := w.slack.Submit(visitor, v.ID, fill(v, answers))
	if err != nil || cleared || problems["referrer_phone"] == "" || len(problems) != 1 || next.ID != v.ID {
		t.Fatalf("problems %v, cleared %v, %v", problems, cleared, err)
	}
	problems, next, _, err = w.slack.Submit(visitor, v.ID, map[string]any{"referrer_phone": "01632 960123"})
	if err != nil || len(problems) > 0 || next == nil || next.Title == v.Title {
		t.Fatalf("problems %v, next %v, %v", problems, next, err)
	}
}

// A review that is too long for an acknowledgement, as one in Bengali soon is, comes all
// the same, whole.
func TestLongReview(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	answers := family()
	answers["mental_health"], answers["perinatal_team"], answers["mh_impact"] = "current", "no", "yes_evidence"
	answers["safeguarding"], answers["needs"], answers["indicators"] = "early_help", []string{"interpreter"}, []string{"other"}
	long := []string{"concern", "mh_detail", "network_detail", "wishes", "contact_times", "parent_address",
		"social_worker", "needs_detail", "indicators_other", "parent_gp", "referrer_organisation"}
	for _, field := range long {
		answers[field] = strings.Repeat("আমার শিশু ", 300) + "end of " + field
	}
	w.does(w.slack.Command(visitor, "/refer", ""))
	v := w.front(visitor, func(v sim.View) bool { return v.CallbackID == formSection })
	for v.Submit != "Send" {
		problems, next, _, err := w.slack.Submit(visitor, v.ID, fill(v, shorten(v, answers)))
		if err != nil || len(problems) > 0 || next == nil {
			t.Fatalf("%q: %v %v", v.Title, problems, err)
		}
		if v = *next; v.Title == "One moment" {
			v = w.front(visitor, func(v sim.View) bool { return v.Title != "One moment" })
		}
	}
	if weight(v) < mostAnswer {
		t.Fatalf("a review of %d bytes: the test tests nothing", weight(v))
	}
	for _, field := range long {
		if want := "end of " + field; !strings.Contains(text(v), want) {
			t.Errorf("%q is not in the review", want)
		}
	}
}

// shorten cuts answers to what the inputs of a view take, keeping their ends.
func shorten(v sim.View, answers map[string]any) map[string]any {
	cut := maps.Clone(answers)
	for _, b := range v.Blocks {
		if s, ok := cut[b.ID].(string); ok && b.Element != nil && b.Element.MaxLength > 0 {
			if r := []rune(s); len(r) > b.Element.MaxLength {
				cut[b.ID] = string(r[len(r)-b.Element.MaxLength:])
			}
		}
	}
	return cut
}

// A Send on a review that is no longer of what would be sent sends nothing.
func TestReviewOutOfDate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.does(w.slack.Command(visitor, "/refer", ""))
	v := w.front(visitor, func(v sim.View) bool { return v.CallbackID == formSection })
	for v.Submit != "Send" {
		_, next, _, err := w.slack.Submit(visitor, v.ID, fill(v, family()))
		if err != nil || next == nil {
			t.Fatalf("%q: %v", v.Title, err)
		}
		v = *next
	}
	before := w.conversation(visitor)
	ts, action := w.button(visitor, "Save")
	w.does(w.slack.PressMessage(visitor, slDM, ts, action))
	w.until("the prompt is another", func() bool { return w.conversation(visitor).Asked.ID != before.Asked.ID })
	if _, _, _, err := w.slack.Submit(visitor, v.ID, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := w.store.Referral(t.Context(), before.Ref); err == nil {
		t.Error("sent from an old review")
	}
}

// slDM is the channel of the health visitor's direct messages.
const slDM = "D0HEALTHVIS"

func (w *world) conversation(user string) dialog.Conversation {
	w.Helper()
	c, err := w.store.Conversation(w.Context(), chatWith(user))
	if err != nil {
		w.Fatal(err)
	}
	return c
}

// However a referral is asked for, it begins, and a form opens.
func TestWaysIn(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		do   func(w *world) error
	}{
		{"command", func(w *world) error { return w.slack.Command(visitor, "/refer", canary) }},
		{"shortcut", func(w *world) error { return w.slack.Shortcut(visitor, "refer") }},
		{"message shortcut", func(w *world) error {
			ts := w.slack.SayIn(carys, triage, "", "About "+canary)
			return w.slack.MessageShortcut(carys, "refer_message", triage, ts)
		}},
		{"home", func(w *world) error {
			if err := w.slack.OpenHome(visitor); err != nil {
				return err
			}
			w.until("there is a Home tab", func() bool { return w.slack.Home(visitor) != nil })
			home := w.slack.Home(visitor)
			if !strings.Contains(text(home), "999") || !strings.Contains(text(home), w.bot.Service.Name) {
				w.Errorf("the Home tab says %s", text(home))
			}
			return w.slack.PressView(visitor, home.ID, "refer")
		}},
		{"button", func(w *world) error {
			w.slack.Say(visitor, "start a referral")
			ts, action := w.button(visitor, "Open the form")
			before := w.conversation(visitor)
			defer func() {
				w.front(visitor, func(sim.View) bool { return true })
				if after := w.conversation(visitor); after.Version != before.Version {
					w.Error("opening the form changed the conversation")
				}
			}()
			return w.slack.PressMessage(visitor, slDM, ts, action)
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sim.SlackOptions{})
			w.does(test.do(w))
			who := visitor
			if test.name == "message shortcut" {
				who = carys
			}
			v := w.front(who, func(v sim.View) bool { return v.CallbackID == formSection })
			c := w.conversation(who)
			if strings.Contains(text(v), canary) || strings.Contains(text(c), canary) {
				t.Error("words that were not an answer were taken")
			}
		})
	}
}

// In direct messages choices can be pressed or typed, and an old button changes nothing.
func TestTalk(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.slack.Say(visitor, "start a referral")
	ts, action := w.button(visitor, "knows and agrees")
	w.does(w.slack.PressMessage(visitor, slDM, ts, action))
	w.until("the answer is kept", func() bool { return w.conversation(visitor).Answers.Is("consent", "yes") })
	w.button(visitor, "unborn")
	w.slack.Say(visitor, "a baby already born")
	w.until("so is the next", func() bool { return w.conversation(visitor).Answers.Is("stage", "born") })

	w.until("the old buttons are gone", func() bool {
		i := slices.IndexFunc(w.slack.DM(visitor), func(m sim.SlackMessage) bool { return m.TS == ts })
		return !strings.Contains(text(w.slack.DM(visitor)[i]), action)
	})
	before := w.conversation(visitor)
	w.does(w.slack.PressMessage(visitor, slDM, ts, strings.Replace(action, ":yes", ":no", 1)))
	w.until("it is said to be old", func() bool {
		return strings.Contains(w.direct(visitor), "earlier") || strings.Contains(w.direct(visitor), "old")
	})
	if after := w.conversation(visitor); !after.Answers.Is("consent", "yes") || len(after.Answers) != len(before.Answers) {
		t.Errorf("an old button changed the answers")
	}
}

// Every event may come twice; each is heard once.
func TestRepeatedEvents(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.slack.RepeatEvents(true)
	w.slack.Say(visitor, "start a referral")
	w.button(visitor, "knows and agrees")
	w.slack.Say(visitor, "Yes, knows and agrees")
	w.until("it is heard", func() bool { return w.conversation(visitor).Answers.Has("consent") })
	w.client.lanes.finish(time.Second)
	if c := w.conversation(visitor); c.Version != 2 || len(c.Answers) != 1 {
		t.Errorf("heard %d times, answers %v", c.Version, slices.Collect(maps.Keys(c.Answers)))
	}
}

// quick is a workspace whose clocks run fast.
func quick() sim.SlackOptions {
	return sim.SlackOptions{AckWithin: 200 * time.Millisecond, Redeliver: []time.Duration{0, 50 * time.Millisecond, 50 * time.Millisecond}}
}

// While the store is down nothing is acknowledged, and Slack brings it again.
func TestStoreDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quick())
	w.store.fail(true)
	w.slack.Say(visitor, "start a referral")
	w.until("it has been tried", func() bool { return strings.Contains(w.logged.String(), "doing=message") })
	w.store.fail(false)
	w.until("it is heard", func() bool { return w.conversation(visitor).Version == 1 })
}

const dutyCard = "safeguarding duty. Have you told"

// Danger does not wait for the store. When it returns what was written is heard, and the
// clinicians are told again, with a reference.
func TestDangerWhileStoreIsDown(t *testing.T) {
	t.Parallel()
	o := quick()
	o.Redeliver = slices.Repeat([]time.Duration{50 * time.Millisecond}, 200)
	w := newWorld(t, o)
	w.store.fail(true)
	cards := func() int { return strings.Count(w.direct(visitor), dutyCard) }
	alerts := func() int { return len(w.slack.Messages(sim.SlackSafety)) }
	w.slack.Say(visitor, "Mum says she wants to die")
	w.until("the card is given and the clinicians are told", func() bool { return cards() == 1 && alerts() == 1 })
	if alert := text(w.slack.Messages(sim.SlackSafety)); hasAny(alert, secrets(w)) || hasAny(alert, []string{"wants", "Acknowledge", visitor}) {
		t.Errorf("the alert says too much, or has a button that leads nowhere: %s", alert)
	}
	w.until("Slack has brought it again", func() bool { return strings.Count(w.logged.String(), "doing=message") >= 2 })
	if cards() != 1 || alerts() != 1 {
		t.Errorf("brought again, %d cards and %d alerts", cards(), alerts())
	}
	w.store.fail(false)
	w.until("it is heard", func() bool { return w.conversation(visitor).Version == 1 })
	w.until("the clinicians are told with the reference", func() bool {
		return strings.Contains(text(w.slack.Messages(sim.SlackSafety)), w.conversation(visitor).Ref)
	})
	if cards() != 1 {
		t.Errorf("%d cards, want one", cards())
	}
}

func TestDangerInFormWhileStoreIsDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.does(w.slack.Command(visitor, "/refer", ""))
	v := w.front(visitor, func(v sim.View) bool { return v.CallbackID == formSection })
	w.store.fail(true)
	in := fill(v, family())
	in["referrer_organisation"] = canary + ": she said she would kill herself"
	_, next, _, err := w.slack.Submit(visitor, v.ID, in)
	if err != nil || next.Title != "Not done" {
		t.Fatalf("next %s, %v", text(next), err)
	}
	w.until("it is answered and the clinicians are told", func() bool {
		return strings.Count(w.direct(visitor), dutyCard) == 1 && len(w.slack.Messages(sim.SlackSafety)) == 1
	})
	if alert := text(w.slack.Messages(sim.SlackSafety)); hasAny(alert, secrets(w)) {
		t.Errorf("the alert says too much: %s", alert)
	}
}

// broken is a store that gives conversations that the dialogue cannot go on with.
type broken struct{ store.Store }

func (b broken) Conversation(ctx context.Context, chat dialog.Chat) (dialog.Conversation, error) {
	c, err := b.Store.Conversation(ctx, chat)
	c.Stage = "no such stage"
	return c, err
}

// Of a fault of ours they are told once, where they wrote, however often Slack brings it.
func TestFaultIsTold(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, quick())
	w.bot.Store = broken{w.bot.Store}
	w.run()
	w.slack.RepeatEvents(true)
	w.slack.Say(visitor, "start a referral")
	w.until("it is told", func() bool { return strings.Contains(w.direct(visitor), "Something went wrong on my side") })
	w.client.lanes.finish(time.Second)
	if n := strings.Count(text(w.slack.DM(visitor)), "Something went wrong"); n != 1 || strings.Contains(w.told(visitor), "went wrong") {
		t.Errorf("told %d times: %s", n, w.direct(visitor))
	}
}

// A form that cannot be stored says so, keeps what was entered, and can be sent again.
func TestFormNotSaved(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.does(w.slack.Command(visitor, "/refer", ""))
	v := w.front(visitor, func(v sim.View) bool { return v.CallbackID == formSection })
	w.store.fail(true)
	_, next, _, err := w.slack.Submit(visitor, v.ID, fill(v, family()))
	if err != nil || next.Title != "Not done" || !strings.Contains(text(next), "999") {
		t.Fatalf("next %s, %v", text(next), err)
	}
	w.store.fail(false)
	w.does(w.slack.CloseView(visitor, next.ID))
	_, next, _, err = w.slack.Submit(visitor, v.ID, nil)
	if err != nil || next == nil || next.Title == v.Title {
		t.Fatalf("next %s, %v", text(next), err)
	}
}

// A command that cannot be stored is answered where it was typed.
func TestCommandNotSaved(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.store.fail(true)
	w.does(w.slack.Command(visitor, "/refer", ""))
	w.until("it is said", func() bool { return strings.Contains(w.told(visitor), "Not saved") })
	if errs := w.slack.Errors(visitor); len(errs) > 0 || len(w.slack.Views(visitor)) > 0 {
		t.Errorf("errors %v, views %d", errs, len(w.slack.Views(visitor)))
	}
}

// Slack renews sockets as it pleases, or they break, and nothing of what people say is lost for it.
func TestRefresh(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quick())
	const people = 12
	for i := range people {
		user := fmt.Sprintf("U0PERSON%03d", i)
		w.slack.ChangeUser(user, func(u *sim.SlackUser) { u.RealName = user })
		w.slack.Say(user, "start a referral")
		if i%3 == 0 {
			w.slack.Refresh(1)
		}
		if i == people/2 {
			w.slack.Drop()
		}
	}
	w.until("everybody has been heard once", func() bool {
		for i := range people {
			if w.conversation(fmt.Sprintf("U0PERSON%03d", i)).Version != 1 {
				return false
			}
		}
		return true
	})
}

// Only what a person of the workspace newly writes in direct messages is heard.
func TestNotHeard(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	w.does(w.client.introduce(t.Context()))
	team := w.client.home()
	said := slackevents.MessageEvent{User: visitor, Text: "start a referral", ChannelType: "im", Channel: slDM, TimeStamp: "1.000001"}
	edit := func(now slack.Msg, before string) func(*slackevents.MessageEvent) {
		now.User, now.Text, now.Timestamp = visitor, said.Text, "1.000000"
		return func(m *slackevents.MessageEvent) {
			m.SubType, m.User, m.Text = "message_changed", "", ""
			m.Message, m.PreviousMessage = &now, &slack.Msg{Text: before}
		}
	}
	hear := func(team string, change func(*slackevents.MessageEvent)) int64 {
		m := said
		change(&m)
		e := slackevents.EventsAPIEvent{TeamID: team, InnerEvent: slackevents.EventsAPIInnerEvent{Data: &m}}
		w.client.event(t.Context(), &envelope{acked: true}, e)
		return w.conversation(visitor).Version
	}
	for _, test := range []struct {
		name   string
		team   string
		change func(*slackevents.MessageEvent)
	}{
		{"another workspace", "T0OTHER", func(*slackevents.MessageEvent) {}},
		{"a bot", team, func(m *slackevents.MessageEvent) { m.BotID = "B1" }},
		{"an edit of nothing", team, func(m *slackevents.MessageEvent) { m.SubType = "message_changed" }},
		{"an edit of ours", team, edit(slack.Msg{BotID: "B1"}, "")},
		{"what a link shows", team, edit(slack.Msg{}, said.Text)},
		{"the note of a deletion", team, edit(slack.Msg{SubType: "tombstone"}, "")},
		{"a deletion", team, func(m *slackevents.MessageEvent) { m.SubType = "message_deleted" }},
		{"a channel", team, func(m *slackevents.MessageEvent) { m.ChannelType = "group" }},
		{"nobody", team, func(m *slackevents.MessageEvent) { m.User = "" }},
	} {
		if v := hear(test.team, test.change); v != 0 {
			t.Errorf("%s was heard", test.name)
		}
	}
	if v := hear(team, func(*slackevents.MessageEvent) {}); v != 1 {
		t.Error("words were not heard: the test tests nothing")
	}
	if hear(team, func(m *slackevents.MessageEvent) { m.TimeStamp = "1.000002"; m.SubType = "file_share" }) != 2 {
		t.Error("a file was met with silence")
	}
	rewrite := edit(slack.Msg{}, "before")
	if hear(team, func(m *slackevents.MessageEvent) { rewrite(m); m.TimeStamp = "1.000003" }) != 3 {
		t.Error("an edit of their words was not heard")
	}
}

// An edit is read for risk, once however often Slack brings it, and is never an answer. The
// bot's own edits are not heard, so that it does not talk to itself.
func TestEditIsReadForRisk(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.slack.RepeatEvents(true)
	w.slack.Say(visitor, "start")
	ts, _ := w.button(visitor, "Yes, knows and agrees")
	said := w.slack.Say(visitor, "yes")
	w.until("it is answered", func() bool { return w.conversation(visitor).Answers.Is(rules.Consent, "yes") })
	channel := w.slack.DM(visitor)[0].Channel
	before := w.conversation(visitor)

	w.does(w.slack.Edit(visitor, channel, said, "no"))
	w.until("the edit is heard", func() bool { return strings.Contains(w.direct(visitor), "don't follow edits") })
	w.does(w.slack.Edit(visitor, channel, said, "Mum says she wants to kill herself"))
	w.until("the alert is posted", func() bool { return len(w.alerts()) > 0 })
	w.until("the card is given", func() bool { return strings.Contains(w.direct(visitor), "0345 603 7627") })
	w.until("all is said", func() bool {
		s, err := w.store.Stats(t.Context())
		return err == nil && s.Waiting == 0
	})

	after := w.conversation(visitor)
	if !after.Answers.Is(rules.Consent, "yes") || after.Asked.Field != before.Asked.Field || after.Version != before.Version+2 {
		t.Errorf("it was used: %s is asked after %s, %d turns later", after.Asked.Field, before.Asked.Field, after.Version-before.Version)
	}
	if n := len(w.alerts()); n != 1 {
		t.Errorf("%d alerts", n)
	}
	edited := slices.ContainsFunc(w.slack.DM(visitor), func(m sim.SlackMessage) bool { return m.TS == ts && m.User == sim.SlackBot && m.Edited })
	if !edited {
		t.Error("the bot has edited nothing of its own: the test tests less than it says")
	}
}

// Another user's press in the lane beside is not held up by one that hangs.
func TestLanes(t *testing.T) {
	t.Parallel()
	var l lanes
	hung, release := make(chan struct{}), make(chan struct{})
	l.do("slow", func(bool) { close(hung); <-release })
	<-hung
	order := make(chan string, 3)
	l.do("slow", func(queued bool) { order <- fmt.Sprint("slow second ", queued) })
	l.do("quick", func(queued bool) { order <- fmt.Sprint("quick ", queued) })
	if got := <-order; got != "quick false" {
		t.Errorf("first done: %s", got)
	}
	close(release)
	if got := <-order; got != "slow second true" {
		t.Errorf("then done: %s", got)
	}
	l.finish(time.Second)
	if len(l.waiting) != 0 {
		t.Error("a lane was left open")
	}
}

func TestLaneIsBounded(t *testing.T) {
	t.Parallel()
	var l lanes
	release := make(chan struct{})
	l.do("flood", func(bool) { <-release })
	taken := 0
	for range 10 * mostWaiting {
		if l.do("flood", func(bool) {}) {
			taken++
		}
	}
	if taken == 0 || taken > mostWaiting {
		t.Errorf("took %d", taken)
	}
	close(release)
	l.finish(time.Second)
}

// The same press has the same key, and no other press has it.
func TestKeys(t *testing.T) {
	t.Parallel()
	press := func(user, ts, value string) string {
		var cb slack.InteractionCallback
		raw := fmt.Sprintf(`{"type":"block_actions","team":{"id":"T"},"user":{"id":%q},"container":{"message_ts":"1.1"},
			"actions":[{"action_id":"a","block_id":"b","type":"button","value":%q,"action_ts":%q}]}`, user, value, ts)
		if err := json.Unmarshal([]byte(raw), &cb); err != nil {
			t.Fatal(err)
		}
		return keyOf(&cb)
	}
	first := press("U1", "2.2", "v")
	if press("U1", "2.2", "v") != first {
		t.Error("the same press has two keys")
	}
	for _, other := range []string{press("U2", "2.2", "v"), press("U1", "2.3", "v"), press("U1", "2.2", "w")} {
		if other == first {
			t.Error("two presses have one key")
		}
	}
}

// A token that Slack does not take ends Run, which does not repeat it.
func TestTokenRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, app, token string }{
		{"bot token", "", "xoxb-0-wrong"},
		{"app token", "xapp-0-wrong", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := idleWorld(t, sim.SlackOptions{})
			o := Options{AppToken: w.slack.AppToken(), BotToken: w.slack.BotToken(), URL: w.slack.URL()}
			if test.app != "" {
				o.AppToken = test.app
			}
			if test.token != "" {
				o.BotToken = test.token
			}
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			err := New(w.bot, o).Run(ctx)
			if err == nil || !strings.Contains(err.Error(), test.name) || strings.Contains(err.Error(), "wrong") {
				t.Errorf("Run: %v", err)
			}
		})
	}
}
