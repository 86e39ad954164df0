package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"referralbot/bot/sim"
)

// startDemo runs the demo until the test ends and returns the page's address.
func startDemo(t *testing.T) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, stdout := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"demo"}, func(string) string { return "" }, strings.NewReader(""), stdout, io.Discard)
		stdout.Close()
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitFine {
			t.Errorf("the demo ended with code %d", code)
		}
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(address)
}

func TestDemoAnswersItsOwnPageOnly(t *testing.T) {
	t.Parallel()
	address := startDemo(t)
	own := strings.TrimSuffix(address, "/")
	tests := []struct {
		name   string
		method string
		path   string
		header http.Header
		host   string
		body   string
		code   int
		want   string
	}{
		{name: "the page", method: "GET", path: "/", code: 200, want: "What the bot knows"},
		{name: "that nobody watches", method: "GET", path: "/", code: 200, want: "so are the hours"},
		{name: "the families", method: "GET", path: "/examples", code: 200, want: `"id":"V24"`},
		{name: "its script", method: "GET", path: "/page.js", code: 200, want: "EventSource"},
		{name: "its style", method: "GET", path: "/demo.css", code: 200, want: "color-scheme: light dark"},
		{name: "a snapshot", method: "GET", path: "/snapshot", code: 200, want: `"messages":[]`},
		{name: "what is not there", method: "GET", path: "/nothing", code: 404},
		{name: "an act", method: "POST", path: "/act", header: http.Header{"Origin": {own}}, body: `{"who":"parent","do":"say","text":"hello"}`, code: 200},
		{name: "an act that nobody does", method: "POST", path: "/act", body: `{"who":"parent","do":"fly"}`, code: 400},
		{name: "a family that is not there", method: "POST", path: "/act", body: `{"who":"demo","do":"example","example":"V99"}`, code: 200, want: "no such family"},
		{name: "a clock put back", method: "POST", path: "/act", body: `{"who":"demo","do":"advance","text":"yesterday"}`, code: 200, want: "cannot be moved"},
		{name: "no JSON", method: "POST", path: "/act", body: `{`, code: 400},
		{name: "another site's form", method: "POST", path: "/act", header: http.Header{"Content-Type": {"text/plain"}}, body: `{"who":"parent","do":"say"}`, code: 415},
		{name: "another site's script", method: "POST", path: "/act", header: http.Header{"Origin": {"https://example.org"}}, body: `{"who":"parent","do":"say"}`, code: 403},
		{name: "another site by its own name", method: "GET", path: "/snapshot", host: "example.org", code: 403},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := http.NewRequest(tt.method, own+tt.path, strings.NewReader(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/json")
			for name, values := range tt.header {
				r.Header[name] = values
			}
			r.Host = tt.host
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			if policy := answer.Header.Get("Content-Security-Policy"); tt.code == 200 && !strings.HasPrefix(policy, "default-src 'self';") {
				t.Errorf("the page may ask others: %q", policy)
			}
			body, err := io.ReadAll(answer.Body)
			if err != nil || answer.StatusCode != tt.code || !strings.Contains(string(body), tt.want) {
				t.Errorf("answered %d, want %d with %q:\n%.500s\n%v", answer.StatusCode, tt.code, tt.want, body, err)
			}
		})
	}
}

func TestDemoTellsOfChanges(t *testing.T) {
	t.Parallel()
	address := startDemo(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", address+"events", nil)
	if err != nil {
		t.Fatal(err)
	}
	events, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	said, err := http.Post(address+"act", "application/json", strings.NewReader(`{"who":"parent","do":"say","text":"/start"}`))
	if err != nil {
		t.Fatal(err)
	}
	said.Body.Close()
	lines := bufio.NewReaderSize(events.Body, 1<<20)
	for line := ""; !strings.Contains(line, "In an emergency call 999"); {
		if line, err = lines.ReadString('\n'); err != nil {
			t.Fatalf("the bot's answer was not told: %v", err)
		}
	}
}

// TestExampleStops sees that an example that is stopped leaves nothing behind.
func TestExampleStops(t *testing.T) {
	t.Parallel()
	p := newPlays()
	changed, stop := p.seen.watch()
	defer stop()
	begun := make(chan struct{})
	example := func(ctx context.Context, pen pen) {
		close(begun)
		if pen.write(ctx, strings.Repeat("a long text ", 100)) {
			t.Error("it was not stopped")
		}
	}
	p.start(t.Context(), asParent, true, example)
	<-begun
	if !p.of(asParent).On {
		t.Error("it does not play")
	}
	p.stop(asParent)
	for p.of(asParent).On {
		<-changed
	}
	if now := p.of(asParent); now.Text != "" || now.Values != nil {
		t.Errorf("left behind: %+v", now)
	}
}

func TestPageOfAnExampleIsTold(t *testing.T) {
	t.Parallel()
	p := newPlays()
	hand := pen{p, asVisitor}
	hand.tick(t.Context(), "indicators", []string{"a", "b"})
	hand.fill(t.Context(), "concern", []string{"words"})
	now := p.of(asVisitor)
	if got := strings.Join(now.Values["indicators"], " ") + " " + strings.Join(now.Values["concern"], " "); got != "a b words" {
		t.Errorf("on the screen: %q", got)
	}
	one := fingerprint(sim.View{ID: "V1", Blocks: []sim.SlackBlock{{ID: "a"}}})
	if two := fingerprint(sim.View{ID: "V1", Blocks: []sim.SlackBlock{{ID: "b"}}}); one == two {
		t.Error("two pages of one window are taken for one")
	}
}
