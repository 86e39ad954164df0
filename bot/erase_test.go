package bot

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

func TestErase(t *testing.T) {
	t.Parallel()
	v := newVigil(t)
	mustHear(t, v.Bot, text("k1", "", "i want to die"))
	c, _ := mustHear(t, v.Bot, text("k2", "", "canary"))
	if err := v.Erase(t.Context(), c.Ref, "operator", "asked"); !errors.Is(err, ErrAlarming) {
		t.Errorf("with an alert open: %v", err)
	}
	anna := dialog.Clinician{ID: "U1", Name: "Anna"}
	if _, _, err := v.Act(t.Context(), c.Ref, "ack", dialog.Deed{Action: "acknowledge:1", By: anna}); err != nil {
		t.Fatal(err)
	}
	if err := v.Erase(t.Context(), c.Ref, "operator", "asked"); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Bot.Store.Referral(t.Context(), c.Ref); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("still held: %v", err)
	}
	if left, err := v.Bot.Store.Conversation(t.Context(), someone); err != nil || left.Version != 0 {
		t.Errorf("still talking at version %d, %v", left.Version, err)
	}
	if got, want := v.audited(c.Ref), "alerted suicide_selfharm; acknowledged alert 1; erased asked"; got != want {
		t.Errorf("audited %q, want %q", got, want)
	}
	if err := v.Erase(t.Context(), c.Ref, "operator", "asked"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("erased twice: %v", err)
	}
}

// TestEraseLeavesWhatIsAboutSomethingElse: the chat has gone on to another referral.
func TestEraseLeavesWhatIsAboutSomethingElse(t *testing.T) {
	t.Parallel()
	b := newBot(t, nil, nil)
	sentReferral(t, b, "R1")
	c, _ := b.Store.Conversation(t.Context(), someone)
	c.Ref = "R2"
	if _, err := b.Store.Commit(t.Context(), store.Change{Conversation: &c}); err != nil {
		t.Fatal(err)
	}
	if err := b.Erase(t.Context(), "R1", "operator", "asked"); err != nil {
		t.Fatal(err)
	}
	if c, err := b.Store.Conversation(t.Context(), someone); err != nil || c.Ref != "R2" {
		t.Errorf("the conversation is about %q, %v", c.Ref, err)
	}
}

// days moves the clock and lets two processes fire what has become due, until nothing is.
func (v *vigil) days(n int) {
	v.Helper()
	v.after(time.Duration(n) * 24 * time.Hour)
	for range 5 {
		v.after(0)
	}
}

func (v *vigil) talking() bool {
	v.Helper()
	c, err := v.Bot.Store.Conversation(v.Context(), someone)
	if err != nil {
		v.Fatal(err)
	}
	return c.Version > 0
}

// TestRetention: a draft goes fourteen days after its last message, through restarts.
func TestRetention(t *testing.T) {
	t.Parallel()
	v := newVigil(t)
	begun := rules.DateOf(v.now)
	c, _ := mustHear(t, v.Bot, text("k1", "", "hi"))
	v.days(10)
	mustHear(t, v.Bot, text("k2", "", "yes"))
	v.restart()
	v.days(13)
	if !v.talking() {
		t.Fatal("erased a day early")
	}
	v.days(1)
	if v.talking() {
		t.Fatal("not erased")
	}
	if got := v.audited(c.Ref); got != "erased retention" {
		t.Errorf("audited %q", got)
	}
	if due, err := v.Bot.Store.Due(t.Context(), v.now.AddDate(1, 0, 0), 10); err != nil || len(due) > 0 {
		t.Errorf("still due: %v, %v", due, err)
	}
	begunAnew := rules.DateOf(v.now)
	if c, _ := mustHear(t, v.Bot, text("k3", "", "hi")); c.Version != 1 {
		t.Errorf("begun anew at version %d", c.Version)
	}
	if got := drafts(t, v.Bot); got != 1 {
		t.Errorf("%d drafts, want the next", got)
	}
	v.days(14)
	if v.talking() {
		t.Error("the next draft is not erased")
	}
	if got := drafts(t, v.Bot); got != 0 {
		t.Errorf("%d drafts, want none", got)
	}
	tallied, err := v.Bot.Store.Tallies(t.Context(), begun, rules.DateOf(v.now))
	if err != nil {
		t.Fatal(err)
	}
	want := map[dialog.Tally]int{}
	for _, one := range []dialog.Tally{
		{Name: dialog.CountBegun}, {Name: dialog.CountLeft, By: "consent"}, {Name: dialog.CountShown, By: "private"}, {Name: dialog.CountShown, By: "consent"},
	} {
		one.Audience, one.Day = rules.Parent, begun
		want[one]++
	}
	for _, one := range []dialog.Tally{{Name: dialog.CountBegun}, {Name: dialog.CountLeft, By: "private"}, {Name: dialog.CountShown, By: "private"}} {
		one.Audience, one.Day = rules.Parent, begunAnew
		want[one]++
	}
	if diff := cmp.Diff(want, tallied); diff != "" {
		t.Errorf("tallied (-want +got):\n%s", diff)
	}
}

func drafts(t *testing.T, b *Bot) int {
	t.Helper()
	all, err := Drafts(t.Context(), b.Store)
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

func TestRetentionWaits(t *testing.T) {
	t.Parallel()
	t.Run("for whoever has sent it", func(t *testing.T) {
		t.Parallel()
		v := newVigil(t)
		c, _ := mustHear(t, v.Bot, text("k1", "", "hi"))
		c.SentAt = v.now
		if _, err := v.Bot.Store.Commit(t.Context(), store.Change{Conversation: &c}); err != nil {
			t.Fatal(err)
		}
		v.days(20)
		if due, _ := v.Bot.Store.Due(t.Context(), v.now.AddDate(1, 0, 0), 10); !v.talking() || len(due) > 0 {
			t.Errorf("erased, or timers left: %v", due)
		}
	})
	t.Run("under legal hold", func(t *testing.T) {
		t.Parallel()
		v := newVigil(t)
		v.Bot.Service.Retention.LegalHold = true
		c, _ := mustHear(t, v.Bot, text("k1", "", "hi"))
		v.days(20)
		if !v.talking() {
			t.Fatal("erased")
		}
		if err := v.Erase(t.Context(), c.Ref, "operator", "asked"); !errors.Is(err, ErrLegalHold) {
			t.Errorf("an operator is told %v", err)
		}
		v.Bot.Service.Retention.LegalHold = false
		v.days(1)
		if v.talking() {
			t.Error("not erased once it is over")
		}
	})
	t.Run("for an alert", func(t *testing.T) {
		t.Parallel()
		v := newVigil(t)
		c, _ := mustHear(t, v.Bot, text("k1", "", "i want to die"))
		v.days(20)
		if _, err := v.Bot.Store.Referral(t.Context(), c.Ref); err != nil || !v.talking() {
			t.Fatalf("erased: %v", err)
		}
		if _, _, err := v.Act(t.Context(), c.Ref, "ack", dialog.Deed{Action: "acknowledge:1", By: dialog.Clinician{ID: "U1"}}); err != nil {
			t.Fatal(err)
		}
		v.days(1)
		if _, err := v.Bot.Store.Referral(t.Context(), c.Ref); !errors.Is(err, store.ErrNotFound) || v.talking() {
			t.Errorf("not erased once it is acknowledged: %v", err)
		}
	})
}

// TestRetentionOfWhatIsTakenBack: it goes thirty days later.
func TestRetentionOfWhatIsTakenBack(t *testing.T) {
	t.Parallel()
	v := newVigil(t)
	for i, words := range []string{"hi", "yes", "human", "no phone", "any time"} {
		mustHear(t, v.Bot, text(fmt.Sprint("k", i), "", words))
	}
	c, _ := mustHear(t, v.Bot, text("w1", "", "withdraw"))
	mustHear(t, v.Bot, text("w2", "", "yes"))
	v.days(29)
	if r, err := v.Bot.Store.Referral(t.Context(), c.Ref); err != nil || r.Status != dialog.Withdrawn {
		t.Fatalf("%s, %v", r.Status, err)
	}
	v.days(1)
	if _, err := v.Bot.Store.Referral(t.Context(), c.Ref); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("not erased: %v", err)
	}
}
