package slack

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/rules"
)

// led is a world whose lead is Daniel.
func led(t *testing.T) *world {
	t.Helper()
	return worldOf(t, func(s *rules.Service) { s.Triage.Leads = []string{daniel, "U0LEAD00002"} })
}

// outcome is the action of an outcome.
func outcome(code dialog.Code) dialog.Action { return dialog.ActOutcome + ":" + dialog.Action(code) }

// TestMoreInformation asks a professional a question again: they answer it in a form of their
// own, and it goes back to the same card and the same clinician.
func TestMoreInformation(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	card := w.sent(ref, rules.Professional)
	w.claims(carys, ref)
	w.submits(carys, w.chooses(carys, ref, outcome(dialog.MoreInfo)), map[string]any{"fields": []string{string(rules.Network), string(rules.NetworkDetail)}})
	w.shows(ref, "more information")
	w.ticking()
	ts, open := w.button(visitor, "Open the form")
	if got := w.direct(visitor); !strings.Contains(got, "would like to know more") || !strings.Contains(got, "Network involved") {
		t.Errorf("the professional reads %s", got)
	}
	w.does(w.slack.PressMessage(visitor, slDM, ts, open))
	v := w.front(visitor, func(v sim.View) bool { return v.CallbackID == formSection })
	_, next, _, err := w.slack.Submit(visitor, v.ID, map[string]any{"network": []string{"midwife"}, "network_detail": "Sam " + canary})
	if err != nil {
		t.Fatalf("then %s, %v", text(next), err)
	}
	w.until("it is answered", func() bool { return w.referral(ref).Status == dialog.Claimed })
	r := w.referral(ref)
	if r.Claimant.ID != carys || !r.Answers.Is(rules.Network, "midwife") || !r.Answers.Is(rules.NetworkDetail, "Sam "+canary) {
		t.Errorf("it came back to %s with %v", r.Claimant.ID, r.Answers[rules.Network])
	}
	w.notified(carys, "The referrer has answered")
	w.settled(10 * time.Second)
	w.asStored(ref)
	if all := w.cards(ref); all[0].TS != card.TS || strings.Contains(text(w.slack.Messages(triage)), canary) {
		t.Errorf("the channel shows %s", text(w.slack.Messages(triage)))
	}
	w.does(w.slack.PressMessage(carys, triage, card.TS, "act:open"))
	w.front(carys, func(v sim.View) bool { return strings.Contains(text(v), "Sam "+canary) })
}

// TestReceipt: to claim a referral is not to confirm its receipt, as its card says until somebody
// does, with one press; then whoever referred is told, each in their own words.
func TestReceipt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	for a, ref := range map[rules.Audience]string{rules.Professional: numbered(1), rules.Parent: numbered(2)} {
		w.sent(ref, a)
		w.claims(carys, ref)
		w.shows(ref, "; nobody has yet")
		if r := w.referral(ref); r.Confirmed.ID != "" || len(r.News) > 0 || !strings.Contains(text(w.cards(ref)), rules.DateOf(r.DueAt).Words()) {
			t.Errorf("confirmed by %q, news %v: %s", r.Confirmed.ID, r.News, text(w.cards(ref)))
		}
		w.does(w.slack.PressMessage(daniel, triage, w.cards(ref)[0].TS, "act:confirm"))
		w.shows(ref, "Receipt confirmed")
		if r := w.referral(ref); r.Confirmed.ID != daniel || r.Claimant.ID != carys {
			t.Errorf("confirmed by %q, with %q", r.Confirmed.ID, r.Claimant.ID)
		}
	}
	w.ticking()
	w.until("the professional is told", func() bool { return strings.Contains(w.direct(visitor), "has confirmed receipt of your referral") })
	reads := w.readsNews(rules.Parent)
	w.until("the parent is told", func() bool { return strings.Contains(reads(), "has seen what you sent") })
}

// TestSecondClinician: where an alert has been raised, nobody decides alone.
func TestSecondClinician(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	card := w.sent(ref, rules.Professional, dialog.Alert{Ref: ref, N: 1, Category: "suicide_selfharm", Acknowledged: dialog.Clinician{ID: daniel, Name: "Daniel Osei"}})
	w.claims(carys, ref)
	v := w.chooses(carys, ref, outcome(dialog.Advice))
	if v.Submit != "Propose" || !strings.Contains(text(v), "second clinician has to agree") {
		t.Errorf("the sheet is %s", text(v))
	}
	w.submits(carys, v, nil)
	w.shows(ref, "proposed by Carys Bevan")
	if r := w.referral(ref); r.Proposed == nil || len(r.Results) > 0 {
		t.Error("it was decided by one")
	}
	w.does(w.slack.PressMessage(carys, triage, card.TS, "act:agree"))
	own := w.front(carys, func(v sim.View) bool { return strings.Contains(text(v), "proposed this outcome") })
	w.does(w.slack.CloseView(carys, own.ID))

	w.does(w.slack.PressMessage(daniel, triage, card.TS, "act:send_back"))
	w.submits(daniel, w.sheet(daniel), nil)
	w.until("it is back", func() bool { return w.referral(ref).Proposed == nil })
	w.until("the card says so", func() bool { return !strings.Contains(text(w.cards(ref)), "proposed by") })
	w.submits(carys, w.chooses(carys, ref, outcome(dialog.Advice)), nil)
	w.shows(ref, "act:agree")
	w.does(w.slack.PressMessage(daniel, triage, card.TS, "act:agree"))
	w.submits(daniel, w.sheet(daniel), nil)
	w.shows(ref, "by Carys Bevan and Daniel Osei")
	if got := w.referral(ref).Results; len(got) != 1 || got[0].Agreed.ID != daniel {
		t.Errorf("decided %+v", got)
	}
}

// TestSheetOpensInTime: a sheet opens though the store takes longer than Slack lets a view be
// opened after a press.
func TestSheetOpensInTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{TriggerLife: 500 * time.Millisecond})
	card := w.sent(ref, rules.Parent)
	w.claims(carys, ref)
	w.settled(10 * time.Second)
	w.store.slow(600 * time.Millisecond)
	w.does(w.slack.PressMessage(carys, triage, card.TS, "act:release"))
	w.front(carys, func(v sim.View) bool { return v.Title == "One moment" })
	w.sheet(carys)
}

// TestStaleSheet does nothing of what was filled in while the referral went elsewhere, and says
// so where it was filled in.
func TestStaleSheet(t *testing.T) {
	t.Parallel()
	w := led(t)
	w.sent(ref, rules.Parent)
	w.claims(carys, ref)
	old := w.chooses(carys, ref, outcome(dialog.Advice))
	w.submits(daniel, w.chooses(daniel, ref, dialog.ActReassign), map[string]any{"colleague": daniel})
	w.until("he has it", func() bool { return w.referral(ref).Claimant.ID == daniel })
	_, next, _, err := w.slack.Submit(carys, old.ID, sheetful(old))
	if err != nil || next == nil || next.Submit != "" || !strings.Contains(text(next), ref) {
		t.Fatalf("she is shown %s, %v", text(next), err)
	}
	if r := w.referral(ref); len(r.Results) > 0 || r.Claimant.ID != daniel || !slices.Contains(w.audited(ref), "refused") {
		t.Errorf("it was done all the same: %+v", r.Results)
	}
}

// TestStalePress: what a screen still shows and is not valid any more is answered to whoever
// pressed it, and changes nothing.
func TestStalePress(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	card := w.sent(ref, rules.Parent)
	w.claims(carys, ref)
	w.submits(carys, w.chooses(carys, ref, outcome(dialog.Advice)), nil)
	w.shows(ref, "Closed")
	if all := w.cards(ref); len(all[0].Blocks) != 2 { // one line, and what can be pressed
		t.Errorf("a closed card is %s", text(all[0].Blocks))
	}
	before := w.referral(ref)
	for _, press := range []struct{ action, option, want string }{
		{"act:claim", "", "already"},
		{"act:release", "", "release"},
		{pressMenu, ref + ":outcome:SIGNPOSTED", "record an outcome"},
		{pressMenu, ref + ":hand_over", "hand over"},
	} {
		told := len(w.slack.Ephemerals(daniel))
		if press.option == "" {
			w.does(w.slack.PressMessage(daniel, triage, card.TS, press.action))
		} else {
			w.does(w.slack.PressMessage(daniel, triage, card.TS, press.action, press.option))
		}
		w.until("he is told why", func() bool { return len(w.slack.Ephemerals(daniel)) > told })
		if press.option != "" {
			v := w.front(daniel, func(v sim.View) bool { return v.Title != "One moment" })
			if v.Submit != "" || !strings.Contains(text(v), ref) {
				t.Errorf("%v: he is shown %s", press, text(v))
			}
			w.does(w.slack.CloseView(daniel, v.ID))
		}
	}
	if after := w.referral(ref); after.Version != before.Version {
		t.Errorf("it changed: %+v", after)
	}
	if strings.Contains(w.told(carys), "Daniel") {
		t.Error("others are told of it")
	}
}

// TestReassign: a lead, and nobody else, gives a referral to somebody, and only to somebody of
// the team.
func TestReassign(t *testing.T) {
	t.Parallel()
	const robot = "U0ROBOT0000"
	w := led(t)
	w.slack.ChangeUser(robot, func(u *sim.SlackUser) { u.RealName, u.Bot = "Robot", true })
	w.slack.Join(triage, robot)
	card := w.sent(ref, rules.Parent)
	w.claims(carys, ref)
	w.does(w.slack.PressMessage(carys, triage, card.TS, pressMenu, ref+":reassign"))
	v := w.front(carys, func(v sim.View) bool { return strings.Contains(text(v), "Only a lead") })
	w.does(w.slack.CloseView(carys, v.ID))

	v = w.chooses(daniel, ref, dialog.ActReassign)
	for _, nobody := range []string{visitor, guest, robot} {
		problems, _, _, err := w.slack.Submit(daniel, v.ID, map[string]any{"colleague": nobody})
		if err != nil || problems["colleague"] != clinicians.NotOfTheTeam {
			t.Errorf("%s: %v, %v", nobody, problems, err)
		}
	}
	w.client.staff.forget()
	w.slack.Fault("conversations.members", sim.Fault{Kind: sim.Down, Times: 1})
	if _, next, _, err := w.slack.Submit(daniel, v.ID, map[string]any{"colleague": carys}); err != nil || !strings.Contains(text(next), clinicians.NotAsked) {
		t.Errorf("when nobody can be looked up he is shown %s, %v", text(next), err)
	} else {
		w.does(w.slack.CloseView(daniel, next.ID))
	}
	if w.referral(ref).Claimant.ID != carys {
		t.Error("it was given away")
	}
	w.submits(daniel, v, map[string]any{"colleague": daniel})
	w.until("he has it", func() bool { return w.referral(ref).Claimant == dialog.Clinician{ID: daniel, Name: "Daniel Osei"} })
	w.shows(ref, "Daniel Osei")
	w.notified(daniel, "is now with Daniel Osei")
}

// notified waits until somebody is notified of something in the triage channel.
func (w *world) notified(user, words string) {
	w.Helper()
	w.until("they are notified", func() bool {
		return slices.ContainsFunc(w.slack.Messages(triage), func(m sim.SlackMessage) bool {
			return strings.Contains(text(m), words) && slices.Equal(mentioned(m), []string{"<@" + user + ">"})
		})
	})
}

// TestNotEntitled: whoever may not press a button may choose nothing from a menu and send no
// sheet either, though it was open before.
func TestNotEntitled(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	card := w.sent(ref, rules.Parent)
	w.claims(daniel, ref)
	open := w.chooses(daniel, ref, outcome(dialog.Advice))
	w.does(w.slack.PressMessage(guest, triage, card.TS, pressMenu, ref+":outcome:ADVICE_CONSULTATION"))
	w.until("the guest is refused", func() bool { return count(w.audited(ref), "refused") == 1 })
	w.slack.Leave(triage, daniel)
	w.forgotten()
	if _, _, _, err := w.slack.Submit(daniel, open.ID, sheetful(open)); err != nil {
		t.Fatal(err)
	}
	w.until("he is refused", func() bool { return count(w.audited(ref), "refused") == 2 })
	w.until("he is told", func() bool { return strings.Contains(w.told(daniel)+w.direct(daniel), "Only members") })
	if r := w.referral(ref); len(r.Results) > 0 || len(w.slack.Views(guest)) > 0 {
		t.Errorf("they were obeyed: %+v", r)
	}
}

// TestMenu does what the menu of a card offers beside outcomes, each by its own sheet. None of the
// words that are typed comes into the channel.
func TestMenu(t *testing.T) {
	t.Parallel()
	const other = "R17-7K3Q-F2M8-TQXB-0002"
	w := newWorld(t, sim.SlackOptions{})
	w.keep(other)
	w.sent(ref, rules.Parent)
	w.claims(carys, ref)
	day := rules.DateOf(time.Now().AddDate(0, 0, 9))
	for _, step := range []struct {
		action dialog.Action
		values map[string]any
		done   func(dialog.Referral) bool
	}{
		{dialog.ActNote, map[string]any{"note": canary + " rang"}, func(r dialog.Referral) bool { return len(r.Notes) == 1 && r.Notes[0].Text == canary+" rang" }},
		{dialog.ActSnooze, map[string]any{"until": day.String()}, func(r dialog.Referral) bool { return rules.DateOf(r.SnoozedUntil).Compare(day) >= 0 }},
		{dialog.ActJoin, map[string]any{"ref": strings.ToLower(other)}, func(r dialog.Referral) bool { return slices.Equal(r.Family, []string{other}) }},
		{dialog.ActUnjoin, map[string]any{"ref": other}, func(r dialog.Referral) bool { return len(r.Family) == 0 }},
		{dialog.ActHandOver, map[string]any{"colleague": daniel}, func(r dialog.Referral) bool { return r.Claimant.ID == daniel }},
	} {
		w.submits(carys, w.chooses(carys, ref, step.action), step.values)
		w.until(string(step.action)+" is done", func() bool { return step.done(w.referral(ref)) })
	}
	v := w.chooses(carys, ref, dialog.ActJoin)
	if problems, _, _, err := w.slack.Submit(carys, v.ID, map[string]any{"ref": "R1"}); err != nil || problems["ref"] == "" {
		t.Errorf("joined to nothing: %v, %v", problems, err)
	}
	w.settled(10 * time.Second)
	w.asStored(ref)
	if got := text(w.slack.Messages(triage)); strings.Contains(got, canary) {
		t.Errorf("the channel shows %s", got)
	}
}

// TestEnter takes down a referral that came by another way, which may then be returned as
// incomplete.
func TestEnter(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.does(w.slack.CommandIn(carys, triage, "/triage", " Enter "))
	v := w.sheet(carys)
	if problems, _, _, err := w.slack.Submit(carys, v.ID, map[string]any{"way": "email", "referrer_type": "gp", "parent_phone": "12"}); err != nil || problems["parent_phone"] == "" {
		t.Errorf("a number that is none: %v, %v", problems, err)
	}
	w.submits(carys, v, map[string]any{"way": "email", "referrer_type": "gp", "parent_name": canary + " Parent", "parent_phone": "07700 900123"})
	w.until("its card is posted", func() bool { return len(w.slack.Messages(triage)) == 1 })
	card := w.slack.Messages(triage)[0]
	if got := text(card); !strings.Contains(got, "by email") || strings.Contains(got, canary) || strings.Contains(got, "900123") {
		t.Errorf("the card is %s", got)
	}
	all, err := w.store.Referrals(t.Context())
	w.does(err)
	entered := all[0].Ref
	w.until("she is told", func() bool { return strings.Contains(w.told(carys), "You have entered it as "+entered) })
	w.claims(carys, entered)
	w.submits(carys, w.chooses(carys, entered, outcome(dialog.ReturnedIncomplete)), nil)
	w.shows(entered, "returned as incomplete")
	w.until("she is told what is to be added", func() bool { return strings.Contains(w.told(carys), "What they have to add: Who it is about; ") })
}

// TestPerhapsTheSameFamily: what comes twice is found by what is known of the family, on both cards
// and without a word of theirs; whether it is the same, a clinician says.
func TestPerhapsTheSameFamily(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.ticking()
	entered := map[string]string{} // by the baby
	for _, family := range []map[string]any{
		{"parent_phone": "07700 900123", "baby_name": "Robin " + canary, "baby_dob": "20 June 2026"},
		{"parent_phone": "+44 7700 900123", "baby_name": "robin", "baby_dob": "20/06/2026", "parent_name": canary},
		{"parent_phone": "(07700) 900 123", "baby_name": "Wren", "baby_dob": "1 March 2025"},
		{"parent_phone": "07700 900124", "baby_name": "Robin", "baby_dob": "20 June 2026"},
	} {
		w.does(w.slack.CommandIn(carys, triage, "/triage", "enter"))
		family["way"], family["referrer_type"], family["stage"] = "email", "gp", "born"
		w.submits(carys, w.sheet(carys), family)
		w.until("its card is posted", func() bool { return len(w.slack.Messages(triage)) == len(entered)+1 })
		all, err := w.store.Referrals(t.Context())
		w.does(err)
		for _, r := range all {
			entered[r.Answers.One(rules.BabyName)+r.Answers.One(rules.ParentPhone)] = r.Ref
		}
	}
	first, again := entered["Robin "+canary+"07700 900123"], entered["robin07700 900123"]
	wren, other := entered["Wren07700 900123"], entered["Robin07700 900124"]
	w.shows(first, "may be the same family as "+again+"; may be a sibling of "+wren)
	w.shows(again, "may be the same family as "+first+"; may be a sibling of "+wren)
	w.shows(wren, "may be a sibling of ")
	w.settled(10 * time.Second)
	if got := text(w.slack.Messages(triage)); strings.Contains(text(w.cards(other)), "may be") || strings.Contains(got, canary) || strings.Contains(strings.ReplaceAll(got, " ", ""), "07700900") {
		t.Errorf("the channel shows %s", got)
	}
	for _, ref := range []string{first, again, wren} {
		if r := w.referral(ref); len(r.Family) > 0 {
			t.Errorf("%s is joined by nobody to %v", ref, r.Family)
		}
	}
	v := w.chooses(daniel, first, dialog.ActJoin)
	if got := text(v); !strings.Contains(got, again) {
		t.Errorf("it is to be joined to %s", got)
	}
	w.submits(daniel, v, map[string]any{"ref": again})
	for ref, joined := range map[string]string{first: again, again: first} {
		w.until("it is joined", func() bool { return slices.Equal(w.referral(ref).Family, []string{joined}) })
		w.until("and no longer only perhaps", func() bool { return !strings.Contains(text(w.cards(ref)), "same family") })
	}
}

// TestSheetsHaveTheirView: whatever may have to be filled in has a view opened for it before
// anything is read.
func TestSheetsHaveTheirView(t *testing.T) {
	t.Parallel()
	facts := dialog.Facts{Now: time.Now().UTC(), Service: rules.DefaultService()}
	by := dialog.Clinician{ID: carys, Name: "Carys Bevan", Lead: true}
	for _, status := range []dialog.Status{dialog.Received, dialog.Claimed, dialog.Awaiting, dialog.Decided, dialog.Closed} {
		r := dialog.Referral{Ref: ref, Status: status, Answers: canaries(), ReceivedAt: facts.Now}
		if status != dialog.Received {
			r.Claimant = by
		}
		r.Family, r.Proposed = []string{"R2"}, &dialog.Result{Code: dialog.Advice, By: dialog.Clinician{ID: daniel}}
		for _, action := range dialog.Can(r, by) {
			kind, _, _ := strings.Cut(string(action), ":")
			if actions[dialog.Action(kind)] == nil {
				t.Errorf("%s can be done and not be pressed", action)
			}
			sheet := dialog.SheetFor(r, action, by, facts)
			if asks := sheet != nil; asks != asked(dialog.Action(kind)) {
				t.Errorf("%s while %s: a sheet is %t", action, status, asks)
			}
			if sheet != nil {
				fits(t, drawSheet(ref, action, *sheet))
			}
		}
	}
}

// asked reports whether a press of action opens a view first.
func asked(action dialog.Action) bool {
	return reflect.ValueOf(actions[action]).Pointer() == reflect.ValueOf((*Client).ask).Pointer()
}

// fits fails the test if Slack would not show a view whole.
func fits(t *testing.T, v *slack.ModalViewRequest) {
	t.Helper()
	if strings.Contains(v.Title.Text+v.Submit.Text, "…") || strings.Contains(text(v), "mrkdwn") || strings.Contains(text(v), canary) {
		t.Errorf("view %s", text(v))
	}
	for _, b := range v.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok && strings.Contains(text(in.Element), "…") {
			t.Errorf("input %s", text(in))
		}
	}
}
