package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/rules"
)

// TestHideLeavesOneBlandLine hides a chat in which a whole referral was made and sent, from
// the button offered after sending, and with a restart between.
func TestHideLeavesOneBlandLine(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	program := w.serve(t)
	w.parentRefers(t, motherReferring(rules.DateOf(time.Now())))
	db := w.reader(t)
	await(t, w, "everything to be said", func() bool {
		s, err := db.Stats(t.Context())
		return err == nil && s.Waiting == 0
	})
	said := len(w.telegram.Messages(demoParent))
	program.Process.Kill()
	program.Wait()
	w.serve(t)
	if _, err := w.telegram.PressLabel(demoParent, "Hide this chat"); err != nil {
		t.Fatal(err)
	}
	shows := func(want ...string) func() bool {
		return func() bool {
			return slices.EqualFunc(w.telegram.Messages(demoParent), want, func(m sim.TelegramMessage, w string) bool {
				return strings.HasPrefix(m.Text, w)
			})
		}
	}
	await(t, w, fmt.Sprintf("the chat of %d messages to be emptied", said), shows("OK."))

	c, err := db.Conversation(t.Context(), parentChat)
	if err != nil || c.Ref == "" || len(c.Answers) == 0 {
		t.Errorf("the answers are gone: %v", err)
	}
	w.telegram.Say(demoParent, "hi")
	await(t, w, "the question whether they are private", shows("OK.", "hi", "Are you somewhere private"))
}
