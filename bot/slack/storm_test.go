package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/store"
)

// storm is how long people press, how many there are, and on how many cards.
type storm struct {
	lasts         time.Duration
	people, cards int
}

// TestStorm lets people press claim, release and outcomes on the same cards at random, some of
// whom may not: guests, leavers, strangers. In the end every card shows what is stored, nobody
// has done anything who may not, and nothing has been done that cannot be. FAULT_FULL=1 makes it
// a minute.
func TestStorm(t *testing.T) {
	t.Parallel()
	s := storm{lasts: time.Second, people: 200, cards: 20}
	if os.Getenv("FAULT_FULL") != "" {
		s.lasts = time.Minute
	}
	var o sim.SlackOptions
	may := map[string]bool{}
	members := []string{sim.SlackBot}
	for i := range s.people {
		u := sim.SlackUser{ID: fmt.Sprintf("U0PERSON%04d", i), RealName: fmt.Sprintf("Person %d", i)}
		members = append(members, u.ID)
		switch i % 5 {
		case 1:
			u.Restricted = true
		case 2:
			u.Stranger = true
		default:
			may[u.ID] = true
		}
		o.Users = append(o.Users, u)
	}
	o.Channels = []sim.SlackChannel{{ID: triage, Name: "triage", Private: true, Members: members}}
	o.AckWithin, o.TriggerLife = time.Minute, time.Minute // the machine may be slow; what is tested is what comes of it
	w := idleWorld(t, o)
	now := time.Now().UTC().Truncate(time.Second) // a card says how much time is left
	w.bot.Now = func() time.Time { return now }
	for _, u := range o.Users[3:] { // some leave after they have seen the cards
		if len(may) > s.people/2 && may[u.ID] {
			w.slack.Leave(triage, u.ID)
			delete(may, u.ID)
		}
	}
	w.run()
	var refs []string
	for i := range s.cards {
		refs = append(refs, numbered(i))
		w.keep(numbered(i))
	}
	w.until("the cards are posted", func() bool { return len(w.slack.Messages(triage)) == s.cards })

	ctx, stop := context.WithCancel(t.Context())
	var crowd sync.WaitGroup
	for i, u := range o.Users {
		crowd.Go(func() { w.pressing(ctx, i, u.ID, refs) })
	}
	paused(ctx, s.lasts)
	w.shortly(ctx, time.Minute, func() bool { return w.allHappened(refs) })
	stop()
	crowd.Wait()
	w.settled(time.Minute)

	done := map[string]int{}
	for _, ref := range refs {
		entries, err := w.store.Audit(t.Context(), ref)
		w.does(err)
		holder := ""
		for _, e := range entries {
			done[e.Action]++
			if e.Action != "refused" && !may[e.Actor] {
				t.Errorf("%s was %s by %s, who may not", ref, e.Action, e.Actor)
			}
			switch e.Action {
			case "claimed":
				if holder != "" {
					t.Errorf("%s was claimed by %s while %s had it", ref, e.Actor, holder)
				}
				holder = e.Actor
			case "reopened": // which gives it to whoever does
				holder = e.Actor
			case "released", "outcome":
				if holder != e.Actor {
					t.Errorf("%s was %s by %s while %q had it", ref, e.Action, e.Actor, holder)
				}
				if e.Action == "released" {
					holder = ""
				}
			}
		}
		w.asStored(ref)
	}
	w.chained(refs)
	t.Logf("done: %v", done)
	if !w.allHappened(refs) {
		t.Error("the test tests less than it says")
	}
}

// chained fails the test unless the audit of every one of refs is a chain as it was written.
func (w *world) chained(refs []string) {
	w.Helper()
	links := 0
	w.does(w.store.Chains(w.Context(), refs, func(c store.Chain) error {
		links += len(c.Links)
		if faults := c.Faults(w.keys.Sum); len(faults) > 0 {
			w.Errorf("%s: %v", c.Ref, faults)
		}
		return nil
	}))
	w.Logf("the audit has %d entries in chains", links)
	if links < len(refs) {
		w.Errorf("the audit has %d entries of %d referrals", links, len(refs))
	}
}

// allHappened reports whether everything that people can do here has been done at least once.
func (w *world) allHappened(refs []string) bool {
	var all []string
	for _, ref := range refs {
		all = append(all, w.audited(ref)...)
	}
	return !slices.ContainsFunc([]string{"claimed", "released", "outcome", "refused"}, func(a string) bool { return !slices.Contains(all, a) })
}

// pressing presses this and that as one person until ctx ends, each time until they see
// something come of it.
func (w *world) pressing(ctx context.Context, n int, user string, refs []string) {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	last := refs[0]
	for paused(ctx, time.Duration(r.IntN(200))*time.Millisecond) {
		ref := last // which may be theirs by now
		if r.IntN(4) == 0 {
			ref = refs[r.IntN(len(refs))]
		}
		card := w.cards(ref)[0]
		stored := w.referral(ref)
		if stored.Claimant.ID == user || w.referral(last).Claimant.ID != user {
			last = ref
		}
		action, chosen := anyPress(r, ref, stored.Status, stored.Claimant.ID == user)
		told := len(w.slack.Ephemerals(user))
		if w.slack.PressMessage(user, triage, card.TS, action, chosen...) != nil {
			continue // the card has never had that
		}
		w.shortly(ctx, 5*time.Second, func() bool {
			views := w.slack.Views(user)
			return len(w.slack.Ephemerals(user)) > told || len(views) > 0 && views[0].Title != "One moment"
		})
		w.fillIn(ctx, user)
	}
}

// shortly waits until something holds, but not for long. It looks rather than watches, for many
// who watch the same workspace are woken by everything.
func (w *world) shortly(ctx context.Context, within time.Duration, holds func() bool) {
	ctx, stop := context.WithTimeout(ctx, within)
	defer stop()
	for !holds() && paused(ctx, 25*time.Millisecond) {
	}
}

// anyPress is a button of a card, or an option of its menu. It is mostly one that makes sense.
func anyPress(r *rand.Rand, ref string, status dialog.Status, theirs bool) (action string, chosen []string) {
	outcomes := []string{"ADVICE_CONSULTATION", "ACCEPTED_FOR_ASSESSMENT", "MORE_INFO", "ASSESSED", "DUPLICATE"}
	outcome := ref + ":outcome:" + outcomes[r.IntN(len(outcomes))]
	senseless := r.IntN(4) == 0
	switch {
	case senseless && r.IntN(2) == 0, status == dialog.Received:
		return "act:claim", nil
	case theirs && r.IntN(2) == 0, senseless && r.IntN(2) == 0:
		return "act:release", nil
	case status == dialog.Closed, status == dialog.Decided && r.IntN(2) == 0:
		return pressMenu, []string{ref + ":reopen"}
	}
	return pressMenu, []string{outcome}
}

// fillIn fills in the sheet that stands open, if one does, and closes whatever is left.
func (w *world) fillIn(ctx context.Context, user string) {
	for _, v := range slices.Backward(w.slack.Views(user)) {
		if v.CallbackID == formSheet {
			_, _, _, err := w.slack.Submit(user, v.ID, sheetful(v))
			if errors.Is(err, sim.ErrSlackTrouble) && ctx.Err() == nil {
				w.Errorf("%s: a sheet was not answered", user)
			}
		}
		_ = w.slack.CloseView(user, v.ID) // it may have closed by itself
	}
}

// sheetful is something in every input of a sheet that has nothing in it.
func sheetful(v sim.View) map[string]any {
	values := map[string]any{}
	for _, b := range v.Blocks {
		switch e := b.Element; {
		case e == nil || len(e.Initial) > 0 || b.Optional:
		case len(e.Options) > 0:
			values[b.ID] = e.Options[0].Value
		case e.Type == "plain_text_input":
			values[b.ID] = "Some words"
		case e.Type == "users_select":
			values[b.ID] = daniel
		}
	}
	return values
}

// settled waits until all that is to be said has been.
func (w *world) settled(within time.Duration) {
	w.Helper()
	ctx, stop := context.WithTimeout(w.Context(), within)
	defer stop()
	for {
		s, err := w.store.Stats(ctx)
		w.does(err)
		if s.Waiting == 0 {
			return
		}
		if !paused(ctx, 20*time.Millisecond) {
			w.Fatalf("%d deliveries wait", s.Waiting)
		}
	}
}

func paused(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// asStored fails the test unless the channel has one card of a referral, as it is stored. A card
// tells how much time was left when it was drawn: at some moment since the test began.
func (w *world) asStored(ref string) {
	w.Helper()
	cards := w.cards(ref)
	r := w.referral(ref)
	if len(cards) != 1 {
		w.Fatalf("%s has %d cards", ref, len(cards))
	}
	facts, shown := w.bot.Facts(r.Chat), shapeOf(cards[0].Blocks)
	stored := func() []string { return shapeOf(drawCard(r.Ref, dialog.CardOf(r, facts)).blocks) }
	diff := cmp.Diff(stored(), shown)
	for ; !slices.Equal(stored(), shown); facts.Now = facts.Now.Add(-time.Second) {
		if facts.Now.Before(w.began) {
			w.Fatalf("the card of %s is not as stored: %s", ref, diff)
		}
	}
}

// shapeOf is what can be seen of blocks and pressed in them, whoever drew them.
func shapeOf(blocks any) []string {
	var seen []sim.SlackBlock
	if err := json.Unmarshal([]byte(text(blocks)), &seen); err != nil {
		panic(err)
	}
	var lines []string
	for _, b := range seen {
		b.ID = "" // Slack names those that we do not
		lines = append(lines, text(b))
	}
	return lines
}
