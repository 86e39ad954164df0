package dialog

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/rules"
)

// covered is a service with two people on call.
func covered() *rules.Service {
	s := *rules.DefaultService()
	s.Cover.OnCall = []rules.OnCall{{Name: "Ewa", Slack: "U0EWA"}, {Name: "Femi", Slack: "U0FEMI"}}
	return &s
}

// TestLifeOfAnAlert: nobody acknowledges it, so it goes to each person on the list and then
// to everybody with the telephone; whoever acknowledges it first has done so for good.
func TestLifeOfAnAlert(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	r := Referral{Ref: "R1", Status: Draft, Kind: KindDraft, Alerts: []Alert{
		{Ref: "R1", N: 1, Level: levelUrgent, At: start}, {Ref: "R1", N: 2, Level: levelEmergency, At: start},
	}}
	for i, step := range []struct {
		deed  Deed
		told  string // the notice
		audit string
		card  string // the title of what the safety channel is told, with who is notified
		timer string // minutes from now
	}{
		{Deed{Action: "escalate:1"}, "", "escalated alert 1, step 1", "URGENT: nobody has acknowledged this alert | Passed on to Ewa U0EWA", "escalate:1 15m0s"},
		{Deed{Action: "acknowledge:2", By: anna}, "You have acknowledged the alert about R1", "acknowledged alert 2", "Acknowledged: a person may be at risk | Acknowledged by Anna at 10:15 on 23 November 2026 ", ""},
		{Deed{Action: "escalate:2"}, "", "", "", ""},
		{Deed{Action: "acknowledge:2", By: anna}, "You have already acknowledged", "", "", ""},
		{Deed{Action: "acknowledge:2", By: ben}, "was acknowledged by Anna at 10:15", "", "", ""},
		{Deed{Action: "escalate:1"}, "", "escalated alert 1, step 2", "URGENT: nobody has acknowledged this alert | Passed on to Femi U0FEMI", "escalate:1 15m0s"},
		{Deed{Action: "escalate:1"}, "", "escalated alert 1, step 3; unacknowledged alert 1", "URGENT: nobody has acknowledged this alert | Nobody is left to tell Ring the service on 01621 866900. ", ""},
		{Deed{Action: "acknowledge:3", By: ben}, "not here any more", "", "", ""},
		{Deed{Action: "acknowledge", By: ben}, "not here any more", "", "", ""},
		{Deed{Action: "escalate:x"}, "", "", "", ""},
		{Deed{Action: "claim", By: ben}, "You can't claim R1 now: it is not sent", "refused claim", "", ""},
		{Deed{Action: "acknowledge:1", By: ben}, "You have acknowledged the alert about R1", "acknowledged alert 1", "Acknowledged: a person may be at risk | Acknowledged by Ben at 11:50 on 23 November 2026 ", ""},
	} {
		f := Facts{Now: start.Add(time.Duration(i) * 10 * time.Minute), Service: covered()}
		if i == 1 {
			f.Now = start.Add(15 * time.Minute)
		}
		before := fmt.Sprintf("%+v", r.Alerts)
		next, out, err := Act(r, step.deed, f)
		if err != nil {
			t.Fatalf("%d: %v", i, err)
		}
		if after := fmt.Sprintf("%+v", r.Alerts); before != after {
			t.Fatalf("%d: Act changed what it was given", i)
		}
		told, card, timer := "", "", ""
		var audit []string
		for _, n := range out.Notices {
			told = n.Text
			if strings.HasPrefix(string(step.deed.Action), "acknowledge") != n.Safety {
				t.Errorf("%d: told in the wrong channel", i)
			}
		}
		for _, e := range out.Audit {
			audit = append(audit, strings.TrimSpace(e.Action+" "+e.Detail))
		}
		for _, a := range out.Alerts {
			c := AlertCard(a, f)
			last := c.Lines[len(c.Lines)-1]
			card = c.Title + " | " + last.Label + " " + last.Value + " " + c.Notify
		}
		for _, set := range out.Timers {
			timer = set.Name + " " + set.At.Sub(f.Now).String()
			if set.Ref != "R1" {
				t.Errorf("%d: the timer belongs to %q", i, set.Ref)
			}
		}
		if !strings.HasPrefix(told, step.told) && !strings.Contains(told, step.told) || (step.told == "") != (told == "") {
			t.Errorf("%d: told %q, want %q", i, told, step.told)
		}
		for _, diff := range []string{cmp.Diff(step.audit, strings.Join(audit, "; ")), cmp.Diff(step.card, card), cmp.Diff(step.timer, timer)} {
			if diff != "" {
				t.Errorf("%d, %s: %s", i, step.deed.Action, diff)
			}
		}
		r = next
	}
	if got := alertState(r.Alerts); got != "acknowledged by Ben" && got != "acknowledged by Anna" {
		t.Errorf("the card says %q", got)
	}
}

func TestNobodyOnCall(t *testing.T) {
	t.Parallel()
	f := Facts{Now: time.Now(), Service: rules.DefaultService()}
	r := Referral{Ref: "R1", Alerts: []Alert{{Ref: "R1", N: 1, Level: levelUrgent}}}
	_, out, err := Act(r, Deed{Action: "escalate:1"}, f)
	if err != nil || len(out.Alerts) != 1 || len(out.Timers) != 0 || len(out.Audit) != 2 {
		t.Fatalf("%+v, %v", out, err)
	}
	if c := AlertCard(out.Alerts[0], f); c.Notify != "" || !strings.Contains(fmt.Sprint(c.Lines), f.Service.Telephone) {
		t.Errorf("card %+v", c)
	}
}

func TestAlertState(t *testing.T) {
	t.Parallel()
	open, done := Alert{N: 1}, Alert{N: 2, Acknowledged: anna}
	for want, alerts := range map[string][]Alert{
		"": nil, "open": {open}, "acknowledged by Anna": {done},
	} {
		if got := alertState(alerts); got != want {
			t.Errorf("%v: %q", alerts, got)
		}
	}
	if alertState([]Alert{open, done}) != "open" || alertState([]Alert{done, open}) != "open" {
		t.Error("one is open, and it is not said")
	}
	card := fmt.Sprint(CardOf(Referral{Ref: "R1", Kind: KindReferral, Alerts: []Alert{open}}, Facts{Service: covered()}).Lines)
	if !strings.Contains(card, "{Alert open}") {
		t.Errorf("card %s", card)
	}
}

// hears lets a parent say things one after the other and keeps what the clinicians come to
// hold of each reference.
type hears struct {
	*talk
	held   map[string]Referral
	alerts []Alert
	timers []Timer
}

func newHears(t *testing.T) *hears { return &hears{talk: newTalk(t), held: map[string]Referral{}} }

func (h *hears) says(words ...string) {
	h.t.Helper()
	for _, w := range words {
		out := h.hear(h.input(w))
		h.alerts, h.timers = append(h.alerts, out.Alerts...), append(h.timers, out.Timers...)
		if r := out.Referral; r != nil {
			h.held[r.Ref] = *r
		} else if len(out.Alerts) > 0 {
			h.t.Fatalf("%q raised an alert and nothing is held", w)
		}
	}
}

// TestAlertBeforeAnythingIsSent: the first words of somebody who has agreed to nothing
// reach a clinician, and so does what they say after.
func TestAlertBeforeAnythingIsSent(t *testing.T) {
	t.Parallel()
	h := newHears(t)
	h.says("i want to die")
	ref := h.c.Ref
	r := h.held[ref]
	if len(h.alerts) != 1 || len(r.Alerts) != 1 || r.Alerts[0] != h.alerts[0] || r.Alerts[0].N != 1 || r.Alerts[0].Ref != ref {
		t.Fatalf("alerts %+v, held %+v", h.alerts, r.Alerts)
	}
	if r.Kind != KindDraft || r.Status != Draft || !slices.Equal(r.Heard, []string{"i want to die"}) || !r.DueAt.Equal(h.now.Add(15*time.Minute)) {
		t.Errorf("held as %s, %s, heard %q, due %v", r.Kind, r.Status, r.Heard, r.DueAt)
	}
	want := []Timer{{Name: "escalate:1", At: h.now.Add(15 * time.Minute), Ref: ref}}
	if diff := cmp.Diff(want, h.timers); diff != "" {
		t.Error(diff)
	}
	whole := fmt.Sprintf("%+v", Whole(r, h.facts()))
	for _, has := range []string{"Not sent, and it may be without consent", "vital interests", "i want to die", "Suicide or self-harm; open"} {
		if !strings.Contains(whole, has) {
			t.Errorf("the draft lacks %q: %s", has, whole)
		}
	}
	if strings.Contains(whole, "Confirm receipt") {
		t.Error("a draft promises a receipt")
	}
	if got := Can(r, anna); !slices.Equal(got, []Action{ActOpen}) {
		t.Errorf("a draft can be %v", got)
	}
}

// TestDraftFollowsTheConversation from its alert to its being sent, or deleted.
func TestDraftFollowsTheConversation(t *testing.T) {
	t.Parallel()
	before := rules.Answers{
		rules.Private: {"yes"}, rules.Consent: {"yes"}, rules.Stage: {"born"}, rules.ParentName: {"Ana Maru"},
		rules.ParentPhone: {"07700 900104"}, rules.BabyName: {"Kit"}, rules.SafeContact: {"call_ok"},
	}
	begun := func(t *testing.T) *hears {
		h := newHears(t)
		h.c.Ref, h.c.Answers, h.c.Stage, h.c.Warned, h.c.HeardAt = "R9", before, Asking, []string{welcomed}, h.now
		h.says("i am going to kill myself tonight")
		if h.c.Ref != "R9" || h.held["R9"].Kind != KindDraft || len(h.held) != 1 {
			t.Fatalf("held %v", h.held)
		}
		return h
	}
	t.Run("answered on", func(t *testing.T) {
		t.Parallel()
		h := begun(t)
		c := h.c
		c.Stage, c.Asked = Asking, Prompt{ID: "x", Field: rules.ParentDOB}
		_, out, err := Step(c, Input{Text: "4 March 1996"}, h.facts())
		if err != nil || out.Referral == nil || !out.Referral.Answers.Has(rules.ParentDOB) || out.Referral.Kind != KindDraft || len(out.Alerts) > 0 {
			t.Errorf("held %+v, %v", out.Referral, err)
		}
	})
	t.Run("deleted", func(t *testing.T) {
		t.Parallel()
		h := begun(t)
		h.says("delete")
		if h.c.Stage == Deleting {
			h.says("[Delete]")
		}
		r := h.held["R9"]
		if len(h.c.Answers) > 0 || len(h.held) != 1 {
			t.Fatalf("not deleted: %v, held %v", h.c.Answers, h.held)
		}
		if r.Answers.Has(rules.BabyName) || r.Answers.One(rules.ParentPhone) != "07700 900104" || len(r.Alerts) != 1 || len(r.Heard) != 1 || r.Kind != KindDraft {
			t.Errorf("kept %v, %d alerts, heard %q", sorted(r.Answers), len(r.Alerts), r.Heard)
		}
	})
	t.Run("a call asked for", func(t *testing.T) {
		t.Parallel()
		h := begun(t)
		h.says("human")
		h.says("[Any time]")
		if r := h.held["R9"]; r.Kind != KindCall || r.Status != Received || len(r.Alerts) != 1 || !r.CallWanted {
			t.Errorf("held as %s, %s, %d alerts", r.Kind, r.Status, len(r.Alerts))
		}
	})
}

// TestMergeKeepsAlerts whichever way what is held and what comes stand to each other.
func TestMergeKeepsAlerts(t *testing.T) {
	t.Parallel()
	early, late := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC), time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	one, two := Alert{N: 1, Acknowledged: anna}, Alert{N: 2}
	made := func(k Kind, s Status, at time.Time, words string, alerts ...Alert) Referral {
		return Referral{Ref: "R1", Kind: k, Status: s, ReceivedAt: at, Heard: []string{words}, Alerts: alerts, Answers: rules.Answers{rules.Wishes: {string(k)}}}
	}
	for _, c := range []struct {
		name         string
		stored, sent Referral
		kind         Kind
		status       Status
		received     time.Time
		answers      Kind // whose answers are kept
	}{
		{"draft again", made(KindDraft, Draft, early, "a", one), made(KindDraft, Draft, late, "b", two), KindDraft, Draft, early, KindDraft},
		{"draft sent", made(KindDraft, Draft, early, "a", one), made(KindReferral, Received, late, "b", two), KindReferral, Received, late, KindReferral},
		{"call, then alert", made(KindCall, Claimed, early, "a", one), made(KindDraft, Draft, late, "b", two), KindCall, Claimed, early, KindDraft},
		{"sent, then alert", made(KindReferral, Claimed, early, "a", one), made(KindDraft, Draft, late, "b", two), KindReferral, Claimed, early, KindReferral},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := Merge(c.stored, c.sent)
			if got.Kind != c.kind || got.Status != c.status || got.ReceivedAt != c.received || got.Answers.One(rules.Wishes) != string(c.answers) {
				t.Errorf("%s, %s, %v, answers of the %s", got.Kind, got.Status, got.ReceivedAt, got.Answers.One(rules.Wishes))
			}
			if diff := cmp.Diff([]Alert{one, two}, got.Alerts); diff != "" || !slices.Equal(got.Heard, []string{"a", "b"}) {
				t.Errorf("heard %q, alerts %s", got.Heard, diff)
			}
		})
	}
}

// TestAlertTellsNobodyWhoTheyAre: whatever has been answered, the safety channel is told
// none of it.
func TestAlertTellsNobodyWhoTheyAre(t *testing.T) {
	t.Parallel()
	h := newTalk(t)
	h.c.Ref, h.c.Answers, h.c.Stage, h.c.Warned = "R9", secrets, Asking, []string{welcomed}
	out := h.hear(Input{Text: "canary words: i want to die, Zanzibar"})
	if len(out.Alerts) == 0 {
		t.Fatal("no alert")
	}
	for step := range 4 {
		a := out.Alerts[0]
		a.Step = step
		card := fmt.Sprintf("%+v %+v", a, AlertCard(a, Facts{Service: covered()}))
		for _, leak := range []string{"Quillfeather", "Zanzibar", "anary", "07700", "Xerxes", "1996", "CM2", "999000"} {
			if strings.Contains(card, leak) {
				t.Errorf("step %d says %q: %s", step, leak, card)
			}
		}
	}
}
