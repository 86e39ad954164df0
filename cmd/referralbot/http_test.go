package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"referralbot/bot/sim"
	"referralbot/bot/telegram"
)

// freeAddress is one that nobody listened at a moment ago.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// TestServeIsCalledByTelegram runs the program behind a public address: Telegram calls it,
// nobody else may, and what happened while it was away is brought once it is back.
func TestServeIsCalledByTelegram(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	address := freeAddress(t)
	env := w.env()
	maps.Copy(env, map[string]string{"LISTEN": address, "PUBLIC_URL": "http://" + address + "/"})
	start := func() (stop func()) {
		ctx, cancel := context.WithCancel(context.Background())
		code := make(chan int, 1)
		go func() {
			code <- run(ctx, []string{"serve"}, func(name string) string { return env[name] }, strings.NewReader(""), w.log, w.log)
		}()
		return func() {
			t.Helper()
			cancel()
			if got := <-code; got != exitFine {
				t.Errorf("exit code %d; log:\n%s", got, w.log)
			}
		}
	}
	stop := start()
	w.telegram.Say(1, "/start")
	answers := func(user int64) bool {
		return slices.ContainsFunc(w.telegram.Messages(user), func(m sim.TelegramMessage) bool { return m.FromBot && len(m.Buttons) > 0 })
	}
	await(t, w, "the first answer", func() bool { return answers(1) })
	for path, want := range map[string]int{
		telegram.WebhookPath: http.StatusUnauthorized, // it is not Telegram who asks
		"/slack/events":      http.StatusNotFound,     // Slack is heard over its sockets alone
		"/":                  http.StatusNotFound,
	} {
		resp, err := http.Post("http://"+address+path, "application/json", strings.NewReader(`{"type":"url_verification","challenge":"canary"}`))
		if err != nil {
			t.Fatal(err)
		}
		answer, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != want || strings.Contains(string(answer), "canary") {
			t.Errorf("%s: status %d, want %d; answered %q", path, resp.StatusCode, want, answer)
		}
	}
	stop()
	w.telegram.Say(2, "/start")
	stop = start()
	await(t, w, "the second answer", func() bool { return answers(2) })
	stop()
	for _, c := range w.telegram.Calls() {
		if c.Method == "getUpdates" || c.Method == "deleteWebhook" {
			t.Errorf("it calls %s", c.Method)
		}
	}
}

func TestPublicAddresses(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://bot.example":           true,
		"https://bot.example/":          true,
		"https://bot.example:8443":      true,
		"http://127.0.0.1:8080":         true,
		"http://localhost:8080":         true,
		"http://[::1]:8080":             true,
		"http://bot.example":            false,
		"http://192.0.2.1":              false,
		"http://localhost.example":      false,
		"https://bot.example/path":      false,
		"https://bot.example?a=b":       false,
		"https://user:word@bot.example": false,
		"bot.example":                   false,
		"https://":                      false,
	} {
		if got := isPublic(address); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

// answering serves h until the test or stop ends it.
func answering(t *testing.T, h http.HandlerFunc) (address string, stop func()) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- answerHTTP(ctx, listener, h) }()
	t.Cleanup(cancel)
	return listener.Addr().String(), func() {
		t.Helper()
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

func TestWhatIsInHandIsAnsweredAtTheEnd(t *testing.T) {
	t.Parallel()
	begun, let := make(chan struct{}), make(chan struct{})
	address, stop := answering(t, func(w http.ResponseWriter, _ *http.Request) {
		close(begun)
		<-let
		fmt.Fprint(w, "done")
	})
	answer := make(chan string, 1)
	go func() {
		resp, err := http.Get("http://" + address)
		if err != nil {
			answer <- err.Error()
			return
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		answer <- string(body)
	}()
	<-begun
	go func() {
		for { // the end has begun once nobody new is let in
			conn, err := net.Dial("tcp", address)
			if err != nil {
				close(let)
				return
			}
			conn.Close()
		}
	}()
	stop()
	if got := <-answer; got != "done" {
		t.Errorf("answered %q", got)
	}
}

// TestSlowAndManyHarmNobody: those who never finish asking are sent away in time, and no
// more are let in at once than can be borne.
func TestSlowAndManyHarmNobody(t *testing.T) {
	t.Parallel()
	busy, let := make(chan struct{}, requestsMost), make(chan struct{})
	address, stop := answering(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/hold":
			busy <- struct{}{}
			<-let
		case "/panic":
			panic("canary")
		}
	})
	var slow []net.Conn
	for range 100 {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprint(conn, "POST / HTTP/1.1\r\nHost: bot\r\nX-Slow: ")
		slow = append(slow, conn)
	}
	status := func(path string) int {
		resp, err := http.Get("http://" + address + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	if got := status("/"); got != http.StatusOK {
		t.Errorf("beside the slow ones: status %d", got)
	}
	if got := status("/panic"); got != http.StatusInternalServerError {
		t.Errorf("after a fault: status %d", got)
	}
	for range requestsMost {
		go http.Get("http://" + address + "/hold")
	}
	for range requestsMost {
		<-busy
	}
	if got := status("/"); got != http.StatusServiceUnavailable {
		t.Errorf("one too many: status %d", got)
	}
	close(let)
	for _, conn := range slow {
		conn.SetReadDeadline(time.Now().Add(headerWithin + 3*time.Second))
		if _, err := io.Copy(io.Discard, conn); err != nil {
			t.Fatalf("it is not sent away: %v", err)
		}
	}
	stop()
}
