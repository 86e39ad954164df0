package telegram

import (
	"testing"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
)

// TestInvite sends a call as a file: with its words, without a sound, and to be kept. What
// Telegram answers means what it does of other messages.
func TestInvite(t *testing.T) {
	t.Parallel()
	s := newSim(t)
	s.Say(7, "hello")
	c := newClient(t, s.URL(), s.Token())
	c.file = func(i dialog.Invite) []byte { return []byte("the call " + i.UID + "\r\n") }
	r := reply("d1", dialog.Reply{Text: "Open it to keep the time.", Protect: true, Invite: &dialog.Invite{UID: "R1"}})
	if id, err := c.Deliver(t.Context(), r); err != nil || id != "2" {
		t.Fatalf("%q, %v", id, err)
	}
	got := s.Messages(7)[1]
	if got.Kind != "document" || got.Text != "Open it to keep the time." || got.File != "the call R1\r\n" || got.Protected || !got.Silent {
		t.Errorf("%+v", got)
	}
	if name := s.Calls()[0].Params["document"]; name != "call.ics" {
		t.Errorf("the file is called %q", name)
	}
	s.Fault("sendDocument", sim.Fault{Kind: sim.Reset, After: true})
	_, err := c.Deliver(t.Context(), r)
	sameError(t, err, bot.ErrUncertain)
	s.Block(7)
	_, err = c.Deliver(t.Context(), r)
	sameError(t, err, bot.ErrGone)
}
