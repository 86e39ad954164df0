package slack

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/faulttest"
)

// faulty strikes one call in ten with each of a 5xx, a silence and a reset, half of them after
// the call has taken effect.
func faulty() func() (sim.Fault, bool) {
	kinds := []sim.FaultKind{sim.Down, sim.Hang, sim.Reset}
	return func() (sim.Fault, bool) {
		n := rand.IntN(10)
		if n >= len(kinds) {
			return sim.Fault{}, false
		}
		return sim.Fault{Kind: kinds[n], After: kinds[n] == sim.Reset || rand.IntN(2) == 0}, true
	}
}

// hasty is a store under which the waits after what is uncertain are short.
type hasty struct{ store.Store }

func (h hasty) Retry(ctx context.Context, d store.Delivery, after time.Duration, cause string) error {
	if cause == "uncertain" {
		after /= 20
	}
	return h.Store.Retry(ctx, d, after, cause)
}

// TestFaultPosting posts many cards to a Slack that fails three times in ten, often after it
// has taken the card, and that shows late what it has taken: none is lost, and none stands
// twice once all is at rest.
func TestFaultPosting(t *testing.T) {
	t.Parallel()
	o := sim.SlackOptions{ReadLag: 150 * time.Millisecond}
	if faulttest.Full() {
		o.ReadLag = 2 * time.Second
	}
	postedThrough(t, o, faulttest.Count(60, 10_000), faulttest.Count(12, 250), faulttest.Row{
		ID: "F9", Fault: "a tenth each of status 5xx, no answer and resets, mostly after Slack has taken the card", How: "Slack's adapter",
	})
}

// TestFaultHistory does so at a Slack that shows what it has taken later still, and lets a
// channel be read only now and then.
func TestFaultHistory(t *testing.T) {
	t.Parallel()
	o := sim.SlackOptions{ReadLag: 300 * time.Millisecond, ReadEvery: 200 * time.Millisecond}
	if faulttest.Full() {
		o = sim.SlackOptions{ReadLag: 5 * time.Second, ReadEvery: 2 * time.Second}
	}
	postedThrough(t, o, faulttest.Count(24, 1000), faulttest.Count(12, 50), faulttest.Row{
		ID: "F10", Fault: fmt.Sprintf("the same, and what Slack has taken can be read after %v, once in %v", o.ReadLag, o.ReadEvery), How: "Slack's adapter",
	})
}

// postedThrough posts so many cards to a faulty Slack.
func postedThrough(t *testing.T, o sim.SlackOptions, cards, channels int, row faulttest.Row) {
	t.Helper()
	for i := range channels {
		o.Channels = append(o.Channels, sim.SlackChannel{ID: fmt.Sprintf("C0CLINIC%03d", i), Private: true, Members: []string{sim.SlackBot}})
	}
	w := idleWorld(t, o)
	w.bot.Store = hasty{w.bot.Store}
	w.client = w.process(Options{CallWithin: 250 * time.Millisecond, Quiet: 40 * time.Millisecond})
	w.slack.Disturb("chat.postMessage", faulty())
	for i := range cards {
		ref := fmt.Sprintf("R-%05d", i)
		r := dialog.Referral{Ref: ref, Kind: dialog.KindReferral, Status: dialog.Received, Audience: rules.Parent, DueAt: time.Now()}
		d := delivery(ref, bot.KindCard, "slack:"+o.Channels[i%channels].ID, ref, "", bot.CardBody{Ref: ref})
		w.commit(store.Change{Keys: []string{ref}, Referral: &r, Deliveries: []store.Delivery{d}, At: time.Now()})
	}
	w.deliverAll()
	posted, twice := w.standing(o.Channels)

	time.Sleep(o.ReadLag + o.ReadEvery + w.client.o.Quiet) // what was taken last is shown, and at rest
	w.slack.Disturb("chat.postMessage", nil)
	w.client.o.Quiet = 0
	for _, channel := range o.Channels {
		if _, err := w.client.sweepOne(t.Context(), "slack:"+channel.ID); err != nil {
			t.Error(err)
		}
	}
	rest, left := w.standing(o.Channels)
	if posted != cards || rest != cards || left != 0 {
		t.Errorf("%d cards stand, and after the sweep %d and %d copies; want %d and 0", posted, rest, left, cards)
	}
	for _, channel := range o.Channels {
		for _, m := range w.slack.Messages(channel.ID) {
			ref := strings.TrimPrefix(m.Blocks[0].ID, nameBlock)
			if ts, err := w.store.Shown(t.Context(), "slack:"+channel.ID, ref); err != nil || ts != m.TS {
				t.Errorf("%s stands as %s and is edited as %q, %v", ref, m.TS, ts, err)
			}
		}
	}
	row.Count, row.Lost, row.Doubled = cards, max(0, cards-rest), left
	row.Note = fmt.Sprintf("cards; %d copies before the sweep", twice)
	faulttest.Report(t, row)
}

// TestFaultMembership: while somebody who leaves the team presses, the press is either obeyed,
// as one of a member, or refused and written down; once Slack has said that they left, none is
// obeyed; and while Slack cannot say, nothing is done.
func TestFaultMembership(t *testing.T) {
	t.Parallel()
	times := faulttest.Count(5, 500)
	w := newWorld(t, sim.SlackOptions{})
	known := func(want answer) func() bool {
		return func() bool { _, may := w.client.entitled(t.Context(), daniel, triage); return may == want }
	}
	for i := range times {
		ref := fmt.Sprintf("R-%05d", i)
		card := w.refer(ref)
		obeyed := func() int { return count(w.audited(ref), "claimed") + count(w.audited(ref), "opened") }
		denied := func() int { return count(w.audited(ref), "refused") }

		w.slack.Fault("users.info", sim.Fault{Kind: sim.Down})
		w.client.staff.forget()
		w.does(w.slack.PressMessage(daniel, triage, card.TS, "act:claim"))
		w.until("he is told to try again", func() bool { return strings.Count(w.told(daniel), "try again") == i+1 })
		if obeyed()+denied() > 0 {
			t.Errorf("%s: decided without Slack's word", ref)
		}

		w.does(w.slack.PressMessage(daniel, triage, card.TS, "act:claim"))
		w.slack.Leave(triage, daniel)
		w.until("the press is decided", func() bool { return obeyed()+denied() == 1 })
		w.until("it is known that he left", known(refused))
		before := denied()
		w.does(w.slack.PressMessage(daniel, triage, card.TS, "act:claim"))
		w.until("the next is refused", func() bool { return denied() == before+1 })
		w.slack.Join(triage, daniel)
		w.until("it is known that he is back", known(allowed))
	}
	faulttest.Report(t, faulttest.Row{ID: "F26", Fault: "a clinician leaves the channel while pressing, and Slack cannot say who is in it", How: "Slack's adapter",
		Count: times, Note: "obeyed as a member's or refused, and refused thereafter"})
}

// deliverAll delivers until nothing waits.
func (w *world) deliverAll() {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), 15*time.Minute)
	defer cancel()
	var delivering sync.WaitGroup
	delivering.Go(func() { w.bot.Deliver(ctx, map[string]bot.Messenger{Platform: w.client}) })
	for ctx.Err() == nil {
		stats, err := w.store.Stats(ctx)
		w.does(err)
		if stats.Waiting == 0 {
			break
		}
		rest(ctx, 20*time.Millisecond)
	}
	cancel()
	delivering.Wait()
}

// standing counts the deliveries that stand in channels, and the copies beyond the first.
func (w *world) standing(channels []sim.SlackChannel) (posted, copies int) {
	for _, channel := range channels {
		marks := map[string]bool{}
		all := w.slack.Messages(channel.ID)
		for _, m := range all {
			marks[m.Metadata] = true
		}
		posted, copies = posted+len(marks), copies+len(all)-len(marks)
	}
	return posted, copies
}
