package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
)

// page is the demo's page, as a program reads it.
type page struct {
	t       *testing.T
	address string
}

// act does what a person would do on the page.
func (p page) act(a act) {
	p.t.Helper()
	body, err := json.Marshal(a)
	if err != nil {
		p.t.Fatal(err)
	}
	r, err := http.Post(p.address+"act", "application/json", bytes.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	defer r.Body.Close()
	var said answer
	if err := json.NewDecoder(r.Body).Decode(&said); err != nil || r.StatusCode != 200 || said.Error != "" {
		p.t.Fatalf("%+v: %d, %v, %v", a, r.StatusCode, said.Error, err)
	}
}

// until looks at the page until holds does.
func (p page) until(what string, holds func(snapshot) bool) snapshot {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", p.address+"events", nil)
	if err != nil {
		p.t.Fatal(err)
	}
	events, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer events.Body.Close()
	for lines := bufio.NewReader(events.Body); ; {
		line, err := lines.ReadString('\n')
		if err != nil {
			p.t.Fatalf("waiting for %s: %v", what, err)
		}
		data, isData := strings.CutPrefix(line, "data: ")
		if !isData {
			continue
		}
		var s snapshot
		if err := json.Unmarshal([]byte(data), &s); err != nil {
			p.t.Fatal(err)
		}
		if holds(s) {
			return s
		}
	}
}

// knowsOf is what the bot knows from somebody on the page.
func (s snapshot) knowsOf(who string) knows {
	if who == asVisitor {
		return *s.Visitor.Knows
	}
	for _, p := range s.Parents {
		if p.Who == who {
			return p.Knows
		}
	}
	return knows{}
}

// plays reports whether an example plays for who.
func (s snapshot) plays(who string) bool {
	if who == asVisitor {
		return s.Visitor.Play.On
	}
	for _, p := range s.Parents {
		if p.Who == who {
			return p.Play.On
		}
	}
	return false
}

// refer plays an example to its end and returns what the page shows then.
func (p page) refer(id string) snapshot {
	p.t.Helper()
	e, _ := exampleOf(id)
	p.act(act{Who: asNobody, Do: "example", Example: id, Instant: true})
	return p.until("the end of "+id, func(s snapshot) bool { return !s.plays(e.Who) })
}

// TestDemoExamples refers every family, and sees that the criteria come to what clinicians
// expect of it.
func TestDemoExamples(t *testing.T) {
	t.Parallel()
	p := page{t, startDemo(t)}
	expected := map[string]rules.Verdict{}
	for _, v := range rules.Vignettes() {
		for _, c := range rules.Criteria() {
			expected[v.ID+c.Title] = v.Expected.Verdicts[c.Rule]
		}
	}
	refer := func(t *testing.T, e example) {
		k := page{t, p.address}.refer(e.ID).knowsOf(e.Who)
		stops := e.ID == "V17" // its due date is past, and the story ends there
		if stops != (k.Stage != dialog.Sent) || len(k.Told) < 8 {
			t.Errorf("it ends at %q with %d answers; missing: %q", k.Stage, len(k.Told), k.Missing)
		}
		for _, c := range k.Criteria {
			if want := expected[e.ID+c.Title]; want != "" && want != c.Verdict && !(stops && c.Verdict == rules.Unknown) {
				t.Errorf("%s is %s, want %s", c.Title, c.Verdict, want)
			}
		}
	}
	for _, e := range examples {
		t.Run(e.ID, func(t *testing.T) {
			if e.Who != asVisitor { // who can refer but one family at a time
				t.Parallel()
			}
			refer(t, e)
		})
	}
}

// TestDemoCrash kills the bot while a parent is writing. What she writes meanwhile is heard
// when it is back, and nothing that was told is lost.
func TestDemoCrash(t *testing.T) {
	t.Parallel()
	p := page{t, startDemo(t)}
	p.act(act{Who: asNobody, Do: "example", Example: "mother"})
	p.until("some answers", func(s snapshot) bool { return len(s.knowsOf(asParent).Told) >= 5 })
	p.act(act{Who: asNobody, Do: "crash"})
	p.until("the crash", func(s snapshot) bool { return !s.Bot.Up })
	p.act(act{Who: asNobody, Do: "stop", Text: asParent})
	s := p.until("the bot to be back", func(s snapshot) bool { return s.Bot.Crash != nil && s.Bot.Crash.After != nil })
	if c := s.Bot.Crash; c.Before.Answers < 5 || c.After.Answers < c.Before.Answers || c.After.Unheard != 0 {
		t.Errorf("before %+v, after %+v", c.Before, *c.After)
	}
	if k := p.refer("mother").knowsOf(asParent); k.Stage != dialog.Sent {
		t.Errorf("afterwards the referral comes to %q", k.Stage)
	}
}

// TestDemoClock moves the clock until nobody has confirmed receipt in time.
func TestDemoClock(t *testing.T) {
	t.Parallel()
	p := page{t, startDemo(t)}
	begun := p.refer("mother").Now
	p.act(act{Who: asNobody, Do: "advance", Text: "week"})
	s := p.until("the clock to arrive", func(s snapshot) bool { return s.Moving == nil && s.Now.Sub(begun) > 6*24*time.Hour })
	for _, said := range []string{"Nobody has claimed", "is still not confirmed", "overdue for receipt"} {
		if !strings.Contains(asJSON(s.Triage), said) {
			t.Errorf("nobody said %q in the triage channel", said)
		}
	}
	for n, m := range s.Triage[1:] {
		if m.At.Before(s.Triage[n].At) {
			t.Error("something happened before what came before it")
		}
	}
}
