package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"referralbot/bot/sim"
)

// TestServeBesideSim does what somebody new does: the platforms in one process, the bot in
// another with the settings that the first has written, and a parent on the page.
func TestServeBesideSim(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "try")
	ctx, stop := context.WithCancel(context.Background())
	out, stdout := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"sim", folder}, func(string) string { return "" }, strings.NewReader(""), stdout, io.Discard)
		stdout.Close()
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitFine {
			t.Errorf("it ended with code %d", code)
		}
	})
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	go io.Copy(io.Discard, lines)
	page, _, _ := strings.Cut(first, " ")
	settings, err := os.ReadFile(filepath.Join(folder, settingsFile))
	if err != nil {
		t.Fatal(err)
	}
	program := exec.Command(os.Args[0], "serve")
	program.Env = append(strings.Fields(string(settings)), "REFERRALBOT_TEST_AS_PROGRAM=1")
	w := &world{log: &lockedBuffer{}}
	program.Stdout, program.Stderr = w.log, w.log
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kill(program) })
	seen := func() (s struct {
		Bot     vitals
		Parents []struct{ Messages []sim.TelegramMessage }
	}) {
		resp, err := http.Get(page + "snapshot")
		if err != nil {
			return s
		}
		defer resp.Body.Close()
		json.NewDecoder(resp.Body).Decode(&s)
		return s
	}
	await(t, w, "the page to say that the bot runs", func() bool { s := seen(); return s.Bot.Up && s.Bot.Apart })
	resp, err := http.Post(page+"act", "application/json", strings.NewReader(`{"who":"parent","do":"say","text":"/start"}`))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	await(t, w, "the parent to be answered", func() bool {
		s := seen()
		return len(s.Parents) > 0 && len(s.Parents[0].Messages) > 2
	})
}

// TestSimFurnishesOnce: what is in the folder already is somebody's.
func TestSimFurnishesOnce(t *testing.T) {
	t.Parallel()
	s := settings{kept: kept{Keys: filepath.Join(t.TempDir(), "keys")}, Service: ownProfile(t)}
	before, err := os.ReadFile(s.Service)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := furnish(s); err != nil {
			t.Fatal(err)
		}
	}
	if after, err := os.ReadFile(s.Service); err != nil || string(after) != string(before) {
		t.Errorf("the profile is another: %v", err)
	}
	if _, err := s.keys(); err != nil {
		t.Error(err)
	}
}
