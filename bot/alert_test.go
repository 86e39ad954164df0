package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/seal"
	"referralbot/store/sqlite"
)

// vigil is a bot with the real dialogue, a clock that stands still until it is moved, and a
// store that can be closed and opened again.
type vigil struct {
	*testing.T
	*Bot
	path string
	keys *seal.Keys
	now  time.Time
}

func newVigil(t *testing.T) *vigil {
	v := &vigil{T: t, Bot: newBot(t, nil, nil), path: filepath.Join(t.TempDir(), "vigil.db"), keys: newKeys(t), now: time.Now().Add(-48 * time.Hour)}
	service := *rules.DefaultService()
	service.Cover.OnCall = []rules.OnCall{{Name: "Ewa", Slack: "U0EWA"}}
	v.Bot.Service, v.Bot.Now = &service, func() time.Time { return v.now }
	v.Bot.Store.Close()
	v.open()
	return v
}

func (v *vigil) open() {
	v.Helper()
	s, err := sqlite.Open(v.path, v.keys)
	if err != nil {
		v.Fatal(err)
	}
	v.Cleanup(func() { s.Close() })
	v.Bot.Store = s
}

// restart closes the store and opens it again, as a new process would.
func (v *vigil) restart() {
	v.Helper()
	if err := v.Bot.Store.Close(); err != nil {
		v.Fatal(err)
	}
	v.open()
}

// after moves the clock and lets two processes fire what has become due.
func (v *vigil) after(d time.Duration) {
	v.Helper()
	v.now = v.now.Add(d)
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() { v.fireDue(v.Context()) })
	}
	both.Wait()
}

// alerted hands over what waits and lists what went to the safety channel, as the name of
// each message, or of the one it edits.
func (v *vigil) alerted() []string {
	v.Helper()
	var sent []string
	for {
		d, ok, err := v.Bot.Store.Take(v.Context(), time.Minute)
		if err != nil {
			v.Fatal(err)
		}
		if !ok {
			return sent
		}
		if d.Kind == KindAlert {
			name, ref, _ := strings.Cut(d.Name+d.Edits, ":R")
			_, step, _ := strings.Cut(ref, ":")
			if name += ":" + step; d.Edits != "" {
				name = "edit " + name
			}
			sent = append(sent, name)
		}
		if bytes.Contains(d.Body, []byte("canary")) && d.Destination == v.Safety {
			v.Errorf("the safety channel is told %s", d.Body)
		}
		if err := deliverOnce(v.Context(), v.Bot.Store, d, d.ID); err != nil {
			v.Fatal(err)
		}
	}
}

func (v *vigil) audited(ref string) string {
	v.Helper()
	entries, err := v.Bot.Store.Audit(v.Context(), ref)
	if err != nil {
		v.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, strings.TrimSpace(e.Action+" "+e.Detail))
	}
	return strings.Join(all, "; ")
}

func (v *vigil) wants(want ...string) {
	v.Helper()
	if got := v.alerted(); !slices.Equal(got, want) {
		v.Errorf("at %s the safety channel is told %q, want %q", v.now.Format("15:04"), got, want)
	}
}

// An alert of somebody who has agreed to nothing is passed on until there is nobody left,
// each step once, through restarts and with two processes.
func TestUnacknowledgedAlertIsPassedOn(t *testing.T) {
	t.Parallel()
	v := newVigil(t)
	c, out := mustHear(t, v.Bot, text("k1", "1", "i want to die, says the canary"))
	if len(out.Alerts) != 1 {
		t.Fatalf("%d alerts", len(out.Alerts))
	}
	v.wants("alert:1:0")
	v.after(15*time.Minute - time.Second)
	v.wants()
	v.restart()
	v.after(time.Second)
	v.wants("alert:1:1")
	v.restart()
	v.after(0)
	v.wants()
	v.after(15 * time.Minute)
	v.restart()
	v.wants("alert:1:2")
	for range 5 {
		v.after(time.Hour)
	}
	v.wants()
	if got := v.audited(c.Ref); got != "alerted suicide_selfharm; escalated alert 1, step 1; escalated alert 1, step 2; unacknowledged alert 1" {
		t.Errorf("audit: %s", got)
	}
	r, err := v.Bot.Store.Referral(t.Context(), c.Ref)
	if err != nil || r.Kind != dialog.KindDraft || len(r.Alerts) != 1 || r.Alerts[0].Step != 2 {
		t.Errorf("held %+v, %v", r.Alerts, err)
	}
}

// An alert acknowledged is passed on to nobody, and every message of it is drawn anew.
func TestAcknowledgedAlertIsPassedOnToNobody(t *testing.T) {
	t.Parallel()
	v := newVigil(t)
	c, _ := mustHear(t, v.Bot, text("k1", "1", "i want to die"))
	v.after(16 * time.Minute)
	v.wants("alert:1:0", "alert:1:1")
	v.restart()
	for i, who := range []string{"U1", "U2"} {
		deed := dialog.Deed{Action: "acknowledge:1", By: dialog.Clinician{ID: who, Name: "Clinician " + who}}
		_, out, err := v.Act(t.Context(), c.Ref, "press"+who, deed)
		if err != nil || len(out.Notices) != 1 || len(out.Alerts) != 1-i {
			t.Errorf("%s: %+v, %v", who, out, err)
		}
	}
	v.wants("edit alert:1:1", "edit alert:1:0")
	v.after(time.Hour)
	v.wants()
	if due, err := v.Bot.Store.Due(t.Context(), v.now.Add(24*time.Hour), 9); len(due) != 0 || err != nil {
		t.Errorf("still to come: %v, %v", due, err)
	}
	if got := v.audited(c.Ref); strings.Count(got, "acknowledged") != 1 {
		t.Errorf("audit: %s", got)
	}
}

// breaks makes every step of v's a fault of ours.
func (v *vigil) breaks() {
	v.Bot.step = func(dialog.Conversation, dialog.Input, dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
		panic("canary")
	}
}

// hearInVain lets v hear words that meet a fault of ours.
func (v *vigil) hearInVain(h Heard) {
	v.Helper()
	if _, _, err := v.Hear(v.Context(), h); !errors.Is(err, ErrFault) {
		v.Fatalf("Hear: %v, want a fault", err)
	}
}

// An input that was given up for a fault of ours raises an alert like any other: it leads to
// the person, and is acknowledged, or passed on once, though it comes again.
func TestAlertOfAFault(t *testing.T) {
	t.Parallel()
	begin := func(t *testing.T, brokenFrom int) (*vigil, string) {
		v := newVigil(t)
		hear := []func(Heard){func(h Heard) { mustHear(t, v.Bot, h) }, v.hearInVain}
		for i, words := range []string{"/start", "yes", "i want to die, says the canary"} {
			if i == brokenFrom {
				v.breaks()
			}
			broken := 0
			if i >= brokenFrom {
				broken = 1
			}
			hear[broken](text(words, "", words))
			v.restart()
			hear[broken](text(words, "", words)) // the platform brings it again
		}
		v.wants("alert:1:0")
		c, err := v.Bot.Store.Conversation(t.Context(), someone)
		if err != nil || c.Ref == "" {
			t.Fatalf("no reference, %v", err)
		}
		return v, c.Ref
	}
	for name, brokenFrom := range map[string]int{"never heard before": 0, "heard before": 2} {
		t.Run(name+", acknowledged", func(t *testing.T) {
			t.Parallel()
			v, ref := begin(t, brokenFrom)
			r, _, err := v.Act(t.Context(), ref, "press1", dialog.Deed{Action: dialog.ActOpen, By: dialog.Clinician{ID: "U1", Name: "Anna"}})
			if err != nil || r.Chat != someone || len(r.Alerts) != 1 {
				t.Fatalf("opened %+v, %v", r.Alerts, err)
			}
			whole := fmt.Sprint(dialog.Whole(r, v.Facts(r.Chat)))
			for _, want := range []string{"i want to die, says the canary", "Not read yet", "Not sent"} {
				if !strings.Contains(whole, want) {
					t.Errorf("%q cannot be read in %s", want, whole)
				}
			}
			if private := strings.Contains(whole, "In a private place"); private != (brokenFrom > 1) {
				t.Errorf("what was answered before: %v", whole)
			}
			card := dialog.AlertCard(r.Alerts[0], v.Facts(r.Chat))
			if len(card.Buttons) != 2 || card.Buttons[0].Code != "open" || card.Buttons[1].Code != "acknowledge:1" {
				t.Errorf("buttons %+v", card.Buttons)
			}
			if _, _, err := v.Act(t.Context(), ref, "press2", dialog.Deed{Action: "acknowledge:1", By: dialog.Clinician{ID: "U1", Name: "Anna"}}); err != nil {
				t.Fatal(err)
			}
			v.wants("edit alert:1:0")
			v.after(time.Hour)
			v.wants()
		})
		t.Run(name+", passed on", func(t *testing.T) {
			t.Parallel()
			v, ref := begin(t, brokenFrom)
			v.after(15*time.Minute - time.Second)
			v.wants()
			v.restart()
			v.after(time.Second)
			v.wants("alert:1:1")
			v.restart()
			v.after(0)
			v.wants()
			if got := v.audited(ref); got != "alerted suicide_selfharm; escalated alert 1, step 1" {
				t.Errorf("audit: %s", got)
			}
		})
	}
}

// A second alert has its own number and its own clock, and what has been answered since the
// first is kept with it.
func TestEveryAlertHasItsOwnClock(t *testing.T) {
	t.Parallel()
	v := newVigil(t)
	c, _ := mustHear(t, v.Bot, text("k1", "1", "i want to die"))
	v.wants("alert:1:0")
	v.after(10 * time.Minute)
	mustHear(t, v.Bot, text("k2", "2", "he hits me and i am scared of him"))
	v.wants("alert:2:0")
	v.after(5 * time.Minute)
	v.wants("alert:1:1")
	v.after(10 * time.Minute)
	v.wants("alert:2:1")
	r, err := v.Bot.Store.Referral(t.Context(), c.Ref)
	if err != nil || len(r.Alerts) != 2 || len(r.Heard) != 2 {
		t.Errorf("held %+v, heard %q, %v", r.Alerts, r.Heard, err)
	}
}

// A draft has no card until it becomes something sent, and then it has one.
func TestDraftHasNoCardUntilItIsSent(t *testing.T) {
	t.Parallel()
	kinds := []dialog.Kind{dialog.KindDraft, dialog.KindDraft, dialog.KindCall, dialog.KindReferral}
	step := func(c dialog.Conversation, in dialog.Input, f dialog.Facts) (dialog.Conversation, dialog.Outcome, error) {
		r := &dialog.Referral{Ref: "R1", Chat: c.Chat, Kind: kinds[len(c.Alerted)], Status: dialog.Received}
		if r.Kind == dialog.KindDraft {
			r.Status = dialog.Draft
		}
		c.Alerted = append(c.Alerted, in.Text)
		return c, dialog.Outcome{Referral: r}, nil
	}
	b := newBot(t, step, nil)
	var cards []string
	for i, kind := range kinds {
		mustHear(t, b, text(string(rune('a'+i)), "", string(kind)))
		for {
			d, ok, err := b.Store.Take(t.Context(), time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				break
			}
			var body CardBody
			if json.Unmarshal(d.Body, &body) != nil || body.Ref != "R1" {
				t.Errorf("delivers %s", d.Body)
			}
			cards = append(cards, string(kind)+" "+d.Kind+" over "+dash(d.Target))
			if err := deliverOnce(t.Context(), b.Store, d, "ts1"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if want := []string{"call card over -", "referral card over ts1"}; !slices.Equal(cards, want) {
		t.Errorf("cards: %q, want %q", cards, want)
	}
}

func deliverOnce(ctx context.Context, s store.Store, d store.Delivery, external string) error {
	if err := s.Start(ctx, d); err != nil {
		return err
	}
	return s.Done(ctx, d, external)
}
