package slack

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/store"
)

const ref = "R17-7K3Q-F2M8-TQXB-9YRD"

func TestClaim(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	card := w.refer(ref)
	w.does(w.slack.PressMessage(carys, triage, card.TS, "act:claim"))
	w.until("the card says who has it", func() bool { return strings.Contains(text(w.cards(ref)), "Carys Bevan") })
	w.until("she is told", func() bool { return strings.Contains(w.told(carys), "You have claimed "+ref) })
	if cards := w.cards(ref); len(cards) != 1 || cards[0].TS != card.TS || strings.Contains(text(cards), "act:claim") {
		t.Errorf("the card was not redrawn in place: %s", text(cards))
	}

	w.does(w.slack.PressMessage(daniel, triage, card.TS, "act:claim"))
	w.until("he is told who has it", func() bool { return strings.Contains(w.told(daniel), "already claimed by Carys Bevan") })
	w.does(w.slack.PressMessage(carys, triage, card.TS, "act:claim"))
	w.until("she is told she has it", func() bool { return strings.Contains(w.told(carys), "You already have "+ref) })
	if got := w.referral(ref).Claimant; got != (dialog.Clinician{ID: carys, Name: "Carys Bevan"}) {
		t.Errorf("claimant %v", got)
	}
}

// Fifty clinicians press at once: one has it, and the others are told who.
func TestClaimRace(t *testing.T) {
	t.Parallel()
	const presses = 50
	o := sim.SlackOptions{}
	team := []string{sim.SlackBot}
	for i := range presses {
		id := fmt.Sprintf("U0RACER%04d", i)
		o.Users = append(o.Users, sim.SlackUser{ID: id, Name: id, RealName: "Racer " + id})
		team = append(team, id)
	}
	o.Channels = []sim.SlackChannel{{ID: triage, Name: "triage", Private: true, Members: team}}
	w := newWorld(t, o)
	card := w.refer(ref)
	var racers sync.WaitGroup
	for _, id := range team[1:] {
		racers.Go(func() {
			if err := w.slack.PressMessage(id, triage, card.TS, "act:claim"); err != nil {
				t.Error(err)
			}
		})
	}
	racers.Wait()
	w.until("everybody has been told something", func() bool {
		return !slices.ContainsFunc(team[1:], func(id string) bool { return w.told(id) == "" })
	})
	winner := w.referral(ref).Claimant
	for _, id := range team[1:] {
		want := "already claimed by " + winner.Name
		if id == winner.ID {
			want = "You have claimed"
		}
		if got := w.told(id); !strings.Contains(got, want) || strings.Count(got, ref) != 1 {
			t.Errorf("%s was told %q, want %q once", id, got, want)
		}
		if errs := w.slack.Errors(id); len(errs) > 0 {
			t.Errorf("%s saw %v", id, errs)
		}
	}
	if n := count(w.audited(ref), "claimed"); n != 1 {
		t.Errorf("claimed %d times", n)
	}
}

func count(all []string, one string) int {
	n := 0
	for _, s := range all {
		if s == one {
			n++
		}
	}
	return n
}

// Whoever is not a full member of the workspace and of the channel, now, may do nothing.
func TestRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		who    string
		before func(s *sim.Slack)
	}{
		{"guest", guest, func(*sim.Slack) {}},
		{"ultra restricted", daniel, func(s *sim.Slack) {
			s.ChangeUser(daniel, func(u *sim.SlackUser) { u.UltraRestricted = true })
		}},
		{"stranger", daniel, func(s *sim.Slack) { s.ChangeUser(daniel, func(u *sim.SlackUser) { u.Stranger = true }) }},
		{"other workspace", daniel, func(s *sim.Slack) { s.ChangeUser(daniel, func(u *sim.SlackUser) { u.Team = "T0OTHER" }) }},
		{"bot", daniel, func(s *sim.Slack) { s.ChangeUser(daniel, func(u *sim.SlackUser) { u.Bot = true }) }},
		{"deactivated", daniel, func(s *sim.Slack) { s.Deactivate(daniel) }},
		{"left the channel", daniel, func(s *sim.Slack) { s.Leave(triage, daniel) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sim.SlackOptions{})
			card := w.refer(ref)
			w.does(w.slack.PressMessage(carys, triage, card.TS, "act:claim"))
			w.until("there is a release", func() bool { return strings.Contains(text(w.cards(ref)), "act:release") })
			before := w.referral(ref)
			test.before(w.slack)
			if test.name == "left the channel" {
				w.forgotten()
			}
			for i, action := range []string{"claim", "open", "release"} {
				w.does(w.slack.PressMessage(test.who, triage, card.TS, "act:"+action))
				w.until(action+" is written down", func() bool { return count(w.audited(ref), "refused") == i+1 })
				w.until("they are told", func() bool {
					told := w.told(test.who) + w.direct(test.who)
					return strings.Count(told, "Only members") == i+1 || test.name == "deactivated"
				})
			}
			if diff := cmp.Diff(before, w.referral(ref)); diff != "" {
				t.Errorf("the referral changed: %s", diff)
			}
			if views := w.slack.Views(test.who); len(views) > 0 {
				t.Errorf("a view was opened: %s", text(views))
			}
		})
	}
}

// Somebody who had pressed before and has left since is refused at once.
func TestLeaverIsForgotten(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	card := w.refer(ref)
	w.does(w.slack.PressMessage(daniel, triage, card.TS, "act:claim"))
	w.until("he has it", func() bool { return w.referral(ref).Claimant.ID == daniel })
	w.slack.Leave(triage, daniel)
	w.forgotten()
	w.does(w.slack.PressMessage(daniel, triage, card.TS, "act:open"))
	w.until("he is refused", func() bool { return count(w.audited(ref), "refused") == 1 })
	if n := count(w.audited(ref), "opened"); n != 0 {
		t.Error("opened all the same")
	}
}

// forgotten waits until it has been heard that somebody left.
func (w *world) forgotten() {
	w.Helper()
	w.until("it has been heard that somebody left", func() bool {
		w.client.staff.mu.Lock()
		defer w.client.staff.mu.Unlock()
		return w.client.staff.teams == nil
	})
}

func TestMembershipUnknown(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"users.info", "conversations.members"} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sim.SlackOptions{})
			card := w.refer(ref)
			w.slack.Fault(method, sim.Fault{Kind: sim.Down})
			w.does(w.slack.PressMessage(carys, triage, card.TS, "act:claim"))
			w.until("she is told to try again", func() bool { return strings.Contains(w.told(carys), "try again") })
			if got := w.audited(ref); len(got) != 0 || w.referral(ref).Claimant.ID != "" {
				t.Errorf("something was done: %v", got)
			}
			w.does(w.slack.PressMessage(carys, triage, card.TS, "act:claim"))
			w.until("she has it", func() bool { return w.referral(ref).Claimant.ID == carys })
		})
	}
}

// What is not stored is said not to be, and can be done again.
func TestClaimNotSaved(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	card := w.refer(ref)
	w.store.fail(true)
	w.does(w.slack.PressMessage(carys, triage, card.TS, "act:claim"))
	w.until("she is told so", func() bool { return strings.Contains(w.told(carys), "Not saved. Please press again.") })
	w.store.fail(false)
	w.does(w.slack.PressMessage(carys, triage, card.TS, "act:claim"))
	w.until("she has it", func() bool { return w.referral(ref).Claimant.ID == carys })
	if strings.Contains(w.logged.String(), "secret") {
		t.Errorf("the store's error was logged: %s", w.logged)
	}
}

// The whole of a referral is shown only once it has been written down that it was read.
func TestOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	card := w.refer(ref)
	w.store.fail(true)
	w.does(w.slack.PressMessage(carys, triage, card.TS, "act:open"))
	v := w.front(carys, func(v sim.View) bool { return v.Title == "Not opened" })
	if strings.Contains(text(v), canary) || len(w.audited(ref)) != 0 {
		t.Errorf("shown without being written down: %s", text(v))
	}
	w.does(w.slack.CloseView(carys, v.ID))
	w.store.fail(false)
	w.does(w.slack.PressMessage(carys, triage, card.TS, "act:open"))
	v = w.front(carys, func(v sim.View) bool { return v.Title == ref })
	for _, want := range []string{canary + " Parent", canary + " Baby", "The quick brown " + canary} {
		if !strings.Contains(text(v.Blocks), want) {
			t.Errorf("%q is not shown", want)
		}
	}
	if v.PrivateMetadata != "" || strings.Contains(text(v), "mrkdwn") {
		t.Errorf("not plain, or carries something: %s", text(v))
	}
	if got := w.audited(ref); !slices.Equal(got, []string{"opened"}) {
		t.Errorf("audit %v", got)
	}
	if strings.Contains(text(w.slack.Messages(triage)), canary) {
		t.Error("shown to the channel")
	}
}

func TestRelease(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	card := w.refer(ref)
	w.does(w.slack.PressMessage(carys, triage, card.TS, "act:claim"))
	w.until("she has it", func() bool { return strings.Contains(text(w.cards(ref)), "act:release") })

	w.does(w.slack.PressMessage(daniel, triage, card.TS, "act:release"))
	v := w.front(daniel, func(v sim.View) bool { return strings.Contains(text(v), "claimed by Carys Bevan") })
	if v.Submit != "" || w.referral(ref).Claimant.ID != carys {
		t.Error("he could release it")
	}

	w.does(w.slack.PressMessage(carys, triage, card.TS, "act:release"))
	v = w.sheet(carys)
	if problems, _, _, _ := w.slack.Submit(carys, v.ID, nil); problems["reason"] == "" {
		t.Error("no reason was asked for")
	}
	w.store.fail(true)
	_, next, _, err := w.slack.Submit(carys, v.ID, map[string]any{"reason": "off_duty"})
	if err != nil || !strings.Contains(text(next), "Not saved") {
		t.Fatalf("with the store down: %s, %v", text(next), err)
	}
	w.store.fail(false)
	w.does(w.slack.CloseView(carys, next.ID))
	if _, _, cleared, err := w.slack.Submit(carys, v.ID, nil); err != nil || !cleared {
		t.Fatalf("submit: cleared %v, %v", cleared, err)
	}
	w.until("it can be claimed again", func() bool { return strings.Contains(text(w.cards(ref)), "act:claim") })
	entries, _ := w.store.Audit(t.Context(), ref)
	last := entries[slices.IndexFunc(entries, func(e dialog.Entry) bool { return e.Action == "released" })]
	if last.Detail != "off_duty" || last.Actor != carys {
		t.Errorf("audited as %+v", last)
	}
}

// A press that comes from anywhere but the two channels is not obeyed.
func TestPressFromElsewhere(t *testing.T) {
	t.Parallel()
	const elsewhere = "C0ELSEWHERE"
	w := newWorld(t, sim.SlackOptions{})
	w.refer(ref)
	w.slack.ChangeChannel(elsewhere, func(c *sim.SlackChannel) {
		c.Private, c.Members = true, []string{sim.SlackBot, carys}
	})
	_, err := w.client.put(t.Context(), elsewhere, delivery("x", bot.KindCard, "", "", "", nil), plainCard(ref))
	w.does(err)
	m := w.slack.Messages(elsewhere)[0]
	w.does(w.slack.PressMessage(carys, elsewhere, m.TS, "act:open"))
	w.until("it is written down", func() bool { return count(w.audited(ref), "refused") == 1 })
	if len(w.slack.Views(carys)) > 0 {
		t.Error("opened")
	}
}

// A page is turned only once that has been written down too.
func TestPageTurned(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	card := w.refer(ref)
	r := w.referral(ref)
	r.Answers = r.Answers.With("concern", strings.Repeat("so long that it fills pages ", 12_000))
	w.commit(store.Change{Referral: &r})
	w.does(w.slack.PressMessage(carys, triage, card.TS, "act:open"))
	first := w.front(carys, func(v sim.View) bool { return v.Title == ref })
	w.does(w.slack.PressView(carys, first.ID, pressPage+"1"))
	w.front(carys, func(v sim.View) bool { return strings.Contains(text(v.Blocks), pressPage+"0") })
	entries, err := w.store.Audit(t.Context(), ref)
	if err != nil || len(entries) != 2 || entries[1].Action != "opened" || entries[1].Detail != "page 2" || entries[1].Actor != carys {
		t.Errorf("audited %+v, %v", entries, err)
	}
	w.store.fail(true)
	w.does(w.slack.PressView(carys, first.ID, pressPage+"0"))
	v := w.front(carys, func(v sim.View) bool { return v.Title == "Not opened" })
	if strings.Contains(text(v), canary) {
		t.Errorf("shown without being written down: %s", text(v))
	}
}

// A referral longer than one view is read page by page, and nothing of it is left out.
func TestPages(t *testing.T) {
	t.Parallel()
	c := idleWorld(t, sim.SlackOptions{}).client
	r := dialog.Referral{Ref: ref, Audience: "parent", Answers: canaries(), ReceivedAt: time.Now()}
	var long []string
	for i := range 4000 {
		long = append(long, fmt.Sprintf("word%04d and some more beside it to make it long, so long that it fills pages", i))
	}
	r.Answers = r.Answers.With("concern", strings.Join(long, " "))
	seen := ""
	page, pages := 0, 0
	for {
		view := c.drawWhole(r, page)
		if n := len(view.Blocks.BlockSet); n > 100 || weight(view) > 250_000 {
			t.Fatalf("page %d has %d blocks and %d bytes", page, n, weight(view))
		}
		body := text(view)
		seen, pages = seen+body, pages+1
		if !strings.Contains(body, fmt.Sprintf(`%s%d"`, pressPage, page+1)) {
			break
		}
		page++
	}
	if pages < 2 {
		t.Fatal("only one page: the test tests nothing")
	}
	for i := range long {
		if word := fmt.Sprintf("word%04d", i); !strings.Contains(seen, word) {
			t.Fatalf("%s is on none of %d pages", word, pages)
		}
	}
}
