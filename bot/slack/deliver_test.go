package slack

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/bot"
	"referralbot/bot/sim"
	"referralbot/dialog"
	"referralbot/rules"
)

// A card is posted once, however Slack fails on the way.
func TestCardThroughFaults(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		fault sim.Fault
		after time.Duration // how long it is to be left alone, if it is known that it was not posted
	}{
		{"rate limit", sim.Fault{Kind: sim.RateLimit, RetryAfter: time.Second}, time.Second},
		{"reset before", sim.Fault{Kind: sim.Reset}, 0},
		{"reset after it was accepted", sim.Fault{Kind: sim.Reset, After: true}, 0},
		{"5xx after it was accepted", sim.Fault{Kind: sim.Down, After: true}, 0},
		{"internal error", sim.Fault{Kind: sim.Refuse, Error: "internal_error"}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := idleWorld(t, sim.SlackOptions{})
			w.client.o.Quiet = 20 * time.Millisecond
			w.slack.Fault("chat.postMessage", test.fault)
			d := w.keep(ref)
			d.First = time.Now()
			_, err := w.client.Deliver(t.Context(), d)
			var later *bot.Later
			if errors.As(err, &later) != (test.after > 0) || later != nil && later.After < test.after {
				t.Fatalf("first attempt: %v", err)
			}
			for d.Attempt++; err != nil && d.Attempt < 5; d.Attempt++ {
				if _, err = w.client.Deliver(t.Context(), d); errors.As(err, &later) {
					time.Sleep(later.After)
				}
			}
			if n := len(w.cards(ref)); n != 1 || err != nil {
				t.Errorf("%d cards, %v", n, err)
			}
		})
	}
}

// A card that was posted without our knowing is found again, even after a restart.
func TestCardFoundAgain(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	d := delivery("d1", bot.KindCard, "slack:"+triage, ref, "", bot.CardBody{Ref: ref})
	first, err := w.client.put(t.Context(), triage, d, plainCard(ref))
	w.does(err)

	d.Attempt, d.First = 1, time.Now()
	var later *bot.Later
	if _, err := w.client.Deliver(t.Context(), d); !errors.As(err, &later) || later.After > time.Minute || later.After < 50*time.Second {
		t.Errorf("looked at once: %v", err)
	}
	w.bot.Now = func() time.Time { return time.Now().Add(2 * time.Minute) }
	d.Attempt = 2
	if got, err := w.client.Deliver(t.Context(), d); err != nil || got != first {
		t.Errorf("found %q, %v; want %q", got, err, first)
	}
	if n := len(w.cards(ref)); n != 1 {
		t.Errorf("%d cards", n)
	}
}

// An alert that Slack may have accepted is looked for at once. If Slack cannot say, it is posted
// again.
func TestAlertFoundAgain(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	d := delivery("d1", bot.KindAlert, "slack:"+sim.SlackSafety, "alert", "", dialog.Alert{Ref: ref, N: 1, Level: "URGENT", Category: "psychosis"})
	first, err := w.client.Deliver(t.Context(), d)
	w.does(err)
	d.Attempt, d.First = 1, time.Now()
	if got, err := w.client.Deliver(t.Context(), d); err != nil || got != first {
		t.Errorf("found %q, %v; want %q", got, err, first)
	}
	w.slack.Fault("conversations.history", sim.Fault{Kind: sim.Refuse, Error: "internal_error"})
	if got, err := w.client.Deliver(t.Context(), d); err != nil || got == first {
		t.Errorf("not told: %q, %v", got, err)
	}
	if n := len(w.slack.Messages(sim.SlackSafety)); n != 2 {
		t.Errorf("%d alerts", n)
	}
}

// If Slack will not have a card as it is drawn, a plain one is posted: a referral is never
// without a card.
func TestPlainCard(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.slack.Fault("chat.postMessage", sim.Fault{Kind: sim.Refuse, Error: "invalid_blocks"})
	card := w.refer(ref)
	if !strings.Contains(text(card), "act:open") || strings.Contains(text(card), "act:claim") {
		t.Errorf("card %s", text(card))
	}
	if !strings.Contains(w.logged.String(), "invalid_blocks") {
		t.Error("not logged")
	}
}

// Nothing is posted to a channel in which others could read it.
func TestSecluded(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		change func(*sim.SlackChannel)
	}{
		{"public", func(c *sim.SlackChannel) { c.Private = false }},
		{"shared", func(c *sim.SlackChannel) { c.ExtShared = true }},
		{"archived", func(c *sim.SlackChannel) { c.Archived = true }},
	} {
		for channel, d := range map[string]string{triage: bot.KindCard, sim.SlackSafety: bot.KindAlert} {
			t.Run(test.name+" "+d, func(t *testing.T) {
				t.Parallel()
				w := idleWorld(t, sim.SlackOptions{})
				w.slack.ChangeChannel(channel, test.change)
				var body any = bot.CardBody{Ref: ref}
				if d == bot.KindAlert {
					body = dialog.Alert{Ref: ref}
				}
				_, err := w.client.Deliver(t.Context(), delivery("d", d, "slack:"+channel, "", "", body))
				if !errors.Is(err, bot.ErrBroken) || len(w.slack.Messages(channel)) > 0 {
					t.Errorf("Deliver: %v, %d messages", err, len(w.slack.Messages(channel)))
				}
				if p := w.client.Check(t.Context()); len(p) != 1 {
					t.Errorf("Check finds %v", p)
				}
			})
		}
	}
}

// If Slack cannot say who reads a channel, nothing is posted there, and nothing is in doubt.
func TestSeclusionUnknown(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	w.slack.Fault("conversations.info", sim.Fault{Kind: sim.Down})
	var later *bot.Later
	_, err := w.client.Deliver(t.Context(), delivery("d", bot.KindCard, "slack:"+triage, "", "", bot.CardBody{Ref: ref}))
	if !errors.As(err, &later) {
		t.Errorf("Deliver: %v", err)
	}
}

func TestAlert(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	a := dialog.Alert{Ref: ref, Category: "harm_baby", Level: "URGENT", Rule: "risk", At: time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC),
		Audience: rules.Parent, Contact: "someone_else_sees"}
	_, err := w.client.Deliver(t.Context(), delivery("d", bot.KindAlert, "slack:"+sim.SlackSafety, "", "", a))
	w.does(err)
	got := text(w.slack.Messages(sim.SlackSafety))
	for _, want := range []string{"URGENT", "Harm to the baby", ref, "Somebody else may see", "parent", "13:00"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
}

// A notice reaches a clinician who cannot be shown it in the channel.
func TestNoticeByDirectMessage(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	d := delivery("d", bot.KindNotice, "slack:"+triage+"/"+visitor, "", "", dialog.Notice{To: visitor, Text: "for you alone"})
	_, err := w.client.Deliver(t.Context(), d)
	w.does(err)
	if got := w.direct(visitor); !strings.Contains(got, "for you alone") || strings.Contains(w.slack.DM(visitor)[0].Text, "alone") {
		t.Errorf("direct messages: %s", got)
	}
	d.Destination = "slack:" + triage + "/" + carys
	_, err = w.client.Deliver(t.Context(), d)
	w.does(err)
	if !strings.Contains(w.told(carys), "for you alone") || w.direct(carys) != "" {
		t.Errorf("told %q, direct %q", w.told(carys), w.direct(carys))
	}
}

// A reply is edited in place, retired, and posted anew if it is gone.
func TestReplyInPlace(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	reply := dialog.Reply{Prompt: "P1", Text: "Tick some", Choices: []dialog.Choice{{Code: "a", Label: "One"}}, Form: true}
	d := delivery("d1", bot.KindReply, "slack:"+visitor, "P1", "", reply)
	ts, err := w.client.Deliver(t.Context(), d)
	w.does(err)

	reply.Choices[0].Ticked = true
	d = delivery("d2", bot.KindReply, "slack:"+visitor, "", "P1", reply)
	d.Target = ts
	if got, err := w.client.Deliver(t.Context(), d); err != nil || got != ts {
		t.Errorf("edited %q, %v", got, err)
	}
	dm := w.slack.DM(visitor)
	if len(dm) != 1 || !strings.Contains(text(dm), "✓ One") || !strings.Contains(text(dm), `"p:P1:form"`) {
		t.Errorf("edited to %s", text(dm))
	}

	d = delivery("d3", bot.KindRetire, "slack:"+visitor, "", "P1", nil)
	d.Target = ts
	for range 2 { // the second time there are none left
		if _, err := w.client.Deliver(t.Context(), d); err != nil {
			t.Error(err)
		}
	}
	if dm = w.slack.DM(visitor); strings.Contains(text(dm), "actions") || !strings.Contains(text(dm), "Tick some") {
		t.Errorf("retired to %s", text(dm))
	}
	d.Target = "1.000001"
	if _, err := w.client.Deliver(t.Context(), d); err != nil {
		t.Errorf("retiring what is gone: %v", err)
	}
	d = delivery("d4", bot.KindReply, "slack:"+visitor, "", "P1", reply)
	d.Target = "1.000001"
	if got, err := w.client.Deliver(t.Context(), d); err != nil || got == d.Target || len(w.slack.DM(visitor)) != 2 {
		t.Errorf("editing what is gone: %q, %v", got, err)
	}
}

// A reply too long for a message comes whole, in several, with the buttons on the last.
func TestLongReply(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	long := strings.Repeat("A paragraph of some length, to be read.\n\n", 700) + "The end."
	reply := dialog.Reply{Prompt: "P1", Text: long, Choices: []dialog.Choice{{Code: "ok", Label: "OK"}}}
	ts, err := w.client.Deliver(t.Context(), delivery("d", bot.KindReply, "slack:"+visitor, "P1", "", reply))
	w.does(err)
	dm := w.slack.DM(visitor)
	if n := strings.Count(text(dm), "A paragraph"); n != 700 || len(dm) < 2 || dm[len(dm)-1].TS != ts {
		t.Errorf("%d paragraphs in %d messages", n, len(dm))
	}
	for i, m := range dm {
		if weight(m.Blocks) > 13_000 || strings.Contains(text(m), `"p:P1:ok"`) != (i == len(dm)-1) {
			t.Errorf("message %d has %d bytes: %.80s", i, weight(m.Blocks), text(m))
		}
	}
}

func TestPerson(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	_, err := w.client.Deliver(t.Context(), delivery("d", bot.KindReply, "slack:U0NOBODY", "", "", dialog.Reply{Text: "hello"}))
	if !errors.Is(err, bot.ErrGone) {
		t.Errorf("a reply to nobody: %v", err)
	}
	_, err = w.client.Deliver(t.Context(), delivery("d", "letter", "slack:"+visitor, "", "", nil))
	if !errors.Is(err, bot.ErrRefused) {
		t.Errorf("an unknown kind: %v", err)
	}
	w.slack.Revoke()
	_, err = w.client.Deliver(t.Context(), delivery("d", bot.KindReply, "slack:"+visitor, "", "", dialog.Reply{Text: "hello"}))
	if !errors.Is(err, bot.ErrBroken) {
		t.Errorf("with a revoked token: %v", err)
	}
}

// No error of Deliver says what was sent, to whom, or with which token.
func TestErrorsAreDiscreet(t *testing.T) {
	t.Parallel()
	w := idleWorld(t, sim.SlackOptions{})
	echo := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body := make([]byte, 4096)
		n, _ := r.Body.Read(body)
		rw.WriteHeader(http.StatusTeapot)
		rw.Write(body[:n])
	}))
	echoing := echo.URL
	defer echo.Close()
	dead := httptest.NewServer(nil)
	dead.Close()
	for _, url := range []string{echoing, dead.URL} {
		client := New(w.bot, Options{BotToken: "xoxb-1-" + canary, URL: url + "/api/"})
		_, err := client.Deliver(t.Context(), delivery("d", bot.KindReply, "slack:U0"+canary, "", "", dialog.Reply{Text: canary}))
		if err == nil || strings.Contains(err.Error(), canary) || strings.Contains(err.Error(), "127.0.0.1") {
			t.Errorf("error %v", err)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		spoil func(s *sim.Slack)
		want  []string // a part of each problem, in order
	}{
		{"all is well", func(*sim.Slack) {}, nil},
		{"scope", func(s *sim.Slack) { s.DropScope("groups:history") }, []string{"groups:history"}},
		{"token", func(s *sim.Slack) { s.Revoke() }, []string{"token_revoked"}},
		{"not invited", func(s *sim.Slack) { s.Leave(triage, sim.SlackBot) }, []string{"TRIAGE_CHANNEL"}},
		{"both", func(s *sim.Slack) {
			s.ChangeChannel(triage, func(c *sim.SlackChannel) { c.Private = false })
			s.ChangeChannel(sim.SlackSafety, func(c *sim.SlackChannel) { c.ExtShared = true })
		}, []string{"TRIAGE_CHANNEL: the channel is not private", "SAFETY_CHANNEL: the channel is shared"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := idleWorld(t, sim.SlackOptions{})
			test.spoil(w.slack)
			found := w.client.Check(t.Context())
			if len(found) != len(test.want) {
				t.Fatalf("found %v", found)
			}
			for i, p := range found {
				if !strings.Contains(p.What, test.want[i]) || p.Mend == "" || hasAny(p.What+p.Mend, []string{"xoxb", "xapp-1"}) {
					t.Errorf("found %+v, want %q", p, test.want[i])
				}
			}
		})
	}
}

func TestPlaceOf(t *testing.T) {
	t.Parallel()
	for destination, want := range map[string]place{
		"slack:U1":    {user: "U1"},
		"slack:W1":    {user: "W1"},
		"slack:C1":    {channel: "C1"},
		"slack:G1":    {channel: "G1"},
		"slack:C1/U1": {channel: "C1", user: "U1"},
	} {
		if diff := cmp.Diff(want, placeOf(destination), cmp.AllowUnexported(place{})); diff != "" {
			t.Errorf("%s: %s", destination, diff)
		}
	}
}
