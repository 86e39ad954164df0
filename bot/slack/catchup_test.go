package slack

import (
	"strings"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/store"
)

// forgetful is a workspace that does not bring a second time what was not acknowledged.
func forgetful() sim.SlackOptions { return sim.SlackOptions{Redeliver: []time.Duration{}} }

// talking is a world in which the visitor has been asked for consent.
func talking(t *testing.T, o Options) (w *world, stop func()) {
	t.Helper()
	w = idleWorld(t, forgetful())
	w.client = w.process(o)
	stop = w.start()
	w.slack.Say(visitor, "start a referral")
	w.button(visitor, "knows and agrees")
	return w, stop
}

// missed says three things, of which none comes: the answer to what was asked, what is written
// before the next question can be seen, and, from somebody else, a first word.
func (w *world) missed() {
	w.slack.DropEvents(true)
	w.slack.Say(visitor, "Yes, knows and agrees")
	w.slack.Say(visitor, "yes")
	w.slack.Say(carys, "start a referral")
	w.slack.DropEvents(false)
}

// heardAll waits until what was missed is heard: the answer is kept, what could not be meant
// as one is asked again, and each was heard once.
func (w *world) heardAll() {
	w.Helper()
	w.until("the answer is kept", func() bool { return w.conversation(visitor).Answers.Is("consent", "yes") })
	w.until("both are heard", func() bool { return w.conversation(visitor).Version == 3 })
	w.until("the first word is answered", func() bool { return strings.Contains(w.direct(carys), "knows and agrees") })
	if c := w.conversation(visitor); len(c.Answers) != 1 {
		w.Errorf("%d answers, want one: what was written before the question was shown is none", len(c.Answers))
	}
	read := w.calls("users.conversations")
	w.until("all has been read once more", func() bool { return w.calls("users.conversations") >= read+2 })
	if a, b := w.conversation(visitor).Version, w.conversation(carys).Version; a != 3 || b != 1 {
		w.Errorf("heard %d times and %d times, want 3 and 1", a, b)
	}
}

// Slack loses events while the sockets stay open.
func TestBlackout(t *testing.T) {
	t.Parallel()
	w, stop := talking(t, swift())
	defer stop()
	w.missed()
	w.heardAll()
}

// Events are lost while no socket is open.
func TestGap(t *testing.T) {
	t.Parallel()
	o := swift()
	o.ReadEvery = time.Hour
	w, stop := talking(t, o)
	defer stop()
	w.until("what was there at the start has been read", func() bool { return w.calls("users.conversations") > 0 })
	w.slack.Drop()
	w.missed()
	w.until("the answer is kept", func() bool { return w.conversation(visitor).Answers.Is("consent", "yes") })
}

// Things are written while no process runs.
func TestDown(t *testing.T) {
	t.Parallel()
	w, stop := talking(t, swift())
	stop()
	w.slack.Say(visitor, "Yes, knows and agrees")
	w.slack.Say(visitor, "yes")
	w.slack.Say(carys, "start a referral")
	w.client = w.process(swift())
	defer w.start()()
	w.heardAll()
}

// What cannot be stored is read back again, in order.
func TestCatchUpWhileStoreIsDown(t *testing.T) {
	t.Parallel()
	w, stop := talking(t, swift())
	defer stop()
	w.store.fail(true)
	w.missed()
	w.until("it has been tried", func() bool { return strings.Contains(w.logged.String(), "doing=message") })
	w.store.fail(false)
	w.heardAll()
}

// One person of whom Slack says nothing keeps nobody else waiting.
func TestCatchUpWithOthers(t *testing.T) {
	t.Parallel()
	w, stop := talking(t, swift())
	defer stop()
	w.slack.Fault("conversations.history", sim.Fault{Kind: sim.Refuse, Error: "channel_not_found", Times: 2})
	w.missed()
	w.heardAll()
}

// Of two processes one reads back at a time.
func TestOneCatchesUp(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, forgetful())
	w.client = w.process(swift())
	other := w.process(swift())
	if !other.holds(t.Context(), partCatchUp, time.Hour) {
		t.Fatal("the part is not to be had")
	}
	defer w.start()()
	w.until("it has swept", func() bool { return w.calls("conversations.history") > 0 })
	if n := w.calls("users.conversations"); n > 0 {
		t.Errorf("read back %d times beside another", n)
	}
	other.giveBack(t.Context(), partCatchUp)
	w.until("it reads back", func() bool { return w.calls("users.conversations") > 0 })
}

// How far back is read: somewhat further than was heard, but never what was heard so long ago
// that it would not be recognised.
func TestReadBack(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	now := time.Now()
	w.bot.Now = func() time.Time { return now }
	for _, test := range []struct {
		name  string
		heard time.Time
		read  time.Time
		want  time.Time
	}{
		{"never heard", time.Time{}, time.Time{}, now.Add(-readBack)},
		{"heard long ago", now.AddDate(0, -1, 0), time.Time{}, now.Add(-readBack)},
		{"heard lately", now.Add(-2 * time.Hour), time.Time{}, now.Add(-3 * time.Hour)},
		{"read back before", now.Add(-2 * time.Hour), now.Add(-time.Minute), now.Add(-time.Minute)},
	} {
		delete(w.client.read, "D1")
		if !test.read.IsZero() {
			w.client.read["D1"] = test.read
		}
		if got := w.client.readFrom(direct{"D1", visitor, test.heard}); !got.Equal(test.want) {
			t.Errorf("%s: from %v, want %v", test.name, got, test.want)
		}
	}
	if readBack >= store.DuplicateWindow {
		t.Error("further back than what was heard is known")
	}
}
