package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/bot/slack"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/faulttest"
	"referralbot/store/redis/redistest"
)

// team makes so many clinicians.
func team(clinicians int) (o sim.SlackOptions, ids []string) {
	members := []string{sim.SlackBot}
	for n := range clinicians {
		id := fmt.Sprintf("U0CLIN%05d", n)
		ids = append(ids, id)
		o.Users = append(o.Users, sim.SlackUser{ID: id, Name: fmt.Sprintf("clinician%d", n), RealName: "Clinician " + id})
	}
	members = append(members, ids...)
	o.Channels = []sim.SlackChannel{
		{ID: sim.SlackTriage, Name: "triage", Private: true, Members: members},
		{ID: sim.SlackSafety, Name: "safety", Private: true, Members: []string{sim.SlackBot}},
	}
	return o, ids
}

// receive has a referral received, whose card the program is to post.
func (tr *trial) receive(db store.Store, n int) (ref string) {
	tr.Helper()
	ref = fmt.Sprintf("R%02d-%05d", n%store.Partitions, n)
	body, err := json.Marshal(bot.CardBody{Ref: ref})
	if err != nil {
		tr.Fatal(err)
	}
	r := dialog.Referral{Ref: ref, Kind: dialog.KindReferral, Status: dialog.Received, Audience: rules.Parent, DueAt: time.Now()}
	_, err = db.Commit(tr.Context(), store.Change{Keys: []string{ref}, Referral: &r, At: time.Now(), Deliveries: []store.Delivery{
		{ID: ref, Kind: bot.KindCard, Destination: slack.Platform + ":" + sim.SlackTriage, Name: ref, Body: body},
	}})
	if err != nil {
		tr.Fatal(err)
	}
	return ref
}

// card waits for the card of ref.
func (tr *trial) card(ref string) (card sim.SlackMessage) {
	tr.Helper()
	tr.until("the card of "+ref, func() bool {
		all := tr.slack.Messages(sim.SlackTriage)
		i := slices.IndexFunc(all, func(m sim.SlackMessage) bool { return strings.Contains(asJSON(m), ref) })
		if i >= 0 {
			card = all[i]
		}
		return i >= 0
	})
	return card
}

// TestFaultClaims has many clinicians claim each referral at once, from either of two processes,
// while every fifth answer of Redis is lost on its way. Each referral is one's, and who has it is
// never told that it is somebody else's. Some referrals are claimed beside each other, each by
// clinicians of its own.
func TestFaultClaims(t *testing.T) {
	t.Parallel()
	if redistest.Missing(t) {
		return
	}
	referrals, beside := faulttest.Count(1, 500), faulttest.Count(1, 4)
	clinicians, lost := faulttest.Count(20, 200), faulttest.Count(5, 20)
	o, ids := team(clinicians * beside)
	tr := newTrialWith(t, onRedis, true, o)
	tr.answering(tr.start(""))
	tr.answering(tr.start(""))
	tr.open()
	tr.until("Slack to be heard", func() bool { return tr.slack.Sockets() > 0 })
	row := faulttest.Row{ID: "F6", Fault: fmt.Sprintf("%d claims at once of each referral, %d %% of Redis's answers lost", clinicians, lost), How: "`serve`, two processes on Redis", Count: referrals}
	for first := 0; first < referrals; first += beside {
		cards := map[string]sim.SlackMessage{}
		for n := range beside {
			ref := tr.receive(tr.db, first+n)
			cards[ref] = tr.card(ref)
		}
		everybody := func(does func(id string, card sim.SlackMessage)) {
			var all sync.WaitGroup
			for n, ref := range slices.Sorted(maps.Keys(cards)) {
				for _, id := range ids[n*clinicians : (n+1)*clinicians] {
					all.Go(func() { does(id, cards[ref]) })
				}
			}
			all.Wait()
		}
		tr.proxy.Drop(lost)
		everybody(func(id string, card sim.SlackMessage) { tr.claim(id, card) })
		tr.proxy.Drop(0)
		everybody(tr.claimUntilTold)
		for ref := range cards {
			row.Doubled += tr.twiceClaimed(ref)
		}
		if done := first + beside; done%50 == 0 {
			tr.Logf("%d referrals of %d, %d answers lost", done, referrals, tr.proxy.Lost())
		}
	}
	row.Note = fmt.Sprintf("%d answers lost", tr.proxy.Lost())
	faulttest.Report(t, row)
}

// twiceClaimed counts what shows ref to be claimed more or less than once, or its holder to have
// been told that it is another's.
func (tr *trial) twiceClaimed(ref string) (wrong int) {
	tr.Helper()
	r, err := tr.db.Referral(tr.Context(), ref)
	if err != nil {
		tr.Fatal(err)
	}
	entries, err := tr.db.Audit(tr.Context(), ref)
	if err != nil {
		tr.Fatal(err)
	}
	claims := slices.DeleteFunc(entries, func(e dialog.Entry) bool { return e.Action != "claimed" })
	if r.Status != dialog.Claimed || len(claims) != 1 || claims[0].Actor != r.Claimant.ID {
		wrong++
		tr.Errorf("%s: status %s, of %s, entries %+v", ref, r.Status, r.Claimant.ID, claims)
	}
	told := asJSON(tr.slack.Ephemerals(r.Claimant.ID)) + asJSON(tr.slack.DM(r.Claimant.ID))
	for line := range strings.SplitSeq(told, `"ts"`) {
		if i := strings.Index(line, "Clinician U0CLIN"); strings.Contains(line, ref) && i >= 0 && !strings.HasPrefix(line[i:], "Clinician "+r.Claimant.ID) {
			wrong++
			tr.Errorf("%s: its holder %s is told %s", ref, r.Claimant.ID, line)
		}
	}
	return wrong
}

// claimUntilTold has a clinician claim, in their own time, until told what came of it.
func (tr *trial) claimUntilTold(id string, card sim.SlackMessage) {
	for deadline := time.Now().Add(patience()); !tr.claim(id, card); time.Sleep(rand.N(time.Second)) {
		if time.Now().After(deadline) {
			tr.Errorf("%s is not told: %v, %s", id, tr.slack.Errors(id), asJSON(tr.slack.DM(id)))
			return
		}
	}
}

// claim has a clinician press, and reports whether they are then told what came of it, or the
// card says who has it. It is not so if they are told nothing, or to press again.
func (tr *trial) claim(id string, card sim.SlackMessage) bool {
	before, errors := tr.slack.Told(id), len(tr.slack.Errors(id))
	if tr.slack.PressMessage(id, card.Channel, card.TS, action(card, "claim")) != nil {
		return true
	}
	for late := time.Now().Add(2 * time.Second); tr.slack.Told(id) == before; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(late) {
			return false
		}
	}
	return len(tr.slack.Errors(id)) == errors && !strings.Contains(asJSON(tr.lastTold(id)), "again")
}

// lastTold is what somebody has been told last.
func (tr *trial) lastTold(id string) (last sim.SlackMessage) {
	for _, m := range append(tr.slack.Ephemerals(id), tr.slack.DM(id)...) {
		if m.TS > last.TS {
			last = m
		}
	}
	return last
}

// TestFaultRateLimits has Slack and Telegram refuse calls for a while, each time telling how
// long to wait. Nothing is called sooner than that, nothing is lost and the order is kept.
func TestFaultRateLimits(t *testing.T) {
	t.Parallel()
	onEach(t, false, func(tr *trial) {
		tr.start("")
		tr.open()
		most := faulttest.Count(1, 3)
		limited := func() (sim.Fault, bool) {
			return sim.Fault{Kind: sim.RateLimit, RetryAfter: time.Duration(1+rand.IntN(most)) * time.Second}, true
		}
		row := faulttest.Row{ID: "F8", Fault: fmt.Sprintf("status 429 to every post, 1 to %ds to wait", most), How: "`serve`, Slack and Telegram,"}
		tr.harmed(faulttest.Count(4, 50), faulttest.Count(1, 20), row, func(int) {
			tr.slack.Disturb("chat.postMessage", limited)
			tr.telegram.Fault("sendMessage", sim.Fault{Kind: sim.RateLimit, Times: 5, RetryAfter: time.Second})
			time.Sleep(time.Duration(faulttest.Count(1, 10)) * time.Second)
			tr.slack.Disturb("chat.postMessage", nil)
		}, tr.patient)
	})
}

// patient sees that nothing was sent to a chat sooner than Telegram asked.
func (tr *trial) patient() {
	tr.Helper()
	until := map[string]time.Time{}
	for _, c := range tr.telegram.Calls() {
		chat := c.Params["chat_id"]
		if c.Method != "sendMessage" {
			continue
		}
		if c.At.Before(until[chat]) {
			tr.Errorf("a chat is written to %v too early", until[chat].Sub(c.At))
		}
		if c.Refused != "" {
			until[chat] = c.At.Add(time.Second - 10*time.Millisecond)
		}
	}
}
