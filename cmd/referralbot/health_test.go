package main

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"referralbot/bot/sim"
	"referralbot/store/redis/redistest"
)

// asked is what a path of the program answers, in one line.
func asked(t *testing.T, address, path string) (status int, answer string) {
	t.Helper()
	status, answer = askedFor(t, address, path)
	return status, strings.ReplaceAll(strings.TrimSpace(answer), "\n", " ")
}

// askedFor is what a path of the program answers.
func askedFor(t *testing.T, address, path string) (status int, answer string) {
	t.Helper()
	resp, err := http.Get("http://" + address + path)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// TestReadiness has the program itself say what is wrong while it runs, and that it is not when
// it is mended. The program goes on all the while.
func TestReadiness(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	address := freeAddress(t)
	w.more = map[string]string{"LISTEN": address}
	w.serve(t)
	says := func(want string) {
		t.Helper()
		got := ""
		await(t, w, "/readyz to say "+want, func() bool {
			status, answer := asked(t, address, "/readyz")
			got = answer
			return status == http.StatusOK && answer == want
		})
		if status, answer := asked(t, address, "/healthz"); status != http.StatusOK || answer != "ok" {
			t.Errorf("/healthz: %d %s, while /readyz says %s", status, answer, got)
		}
	}
	says("ok")
	w.slack.Leave(sim.SlackTriage, sim.SlackBot)
	says("degraded slack_triage_channel_channel_not_found")
	w.telegram.Revoke(true)
	w.telegram.Say(1, "/start")
	says("degraded slack_triage_channel_channel_not_found telegram_token_refused")
	w.slack.Join(sim.SlackTriage, sim.SlackBot)
	w.telegram.Revoke(false)
	says("ok")
	w.slack.Revoke()
	says("degraded slack_bot_token_token_revoked")
	if !strings.Contains(w.log.String(), "check SLACK_BOT_TOKEN") {
		t.Errorf("the log does not say how to mend it:\n%s", w.log)
	}
}

// TestNotReadyWithoutRedis: what cannot be kept cannot be heard, so nobody should be led here.
func TestNotReadyWithoutRedis(t *testing.T) {
	t.Parallel()
	if redistest.Missing(t) {
		return
	}
	w := newWorld(t, sim.SlackOptions{})
	redis := redistest.Own(t, "--appendfsync", "always")
	address := freeAddress(t)
	w.more = map[string]string{"LISTEN": address, "STORE": redis.URL()}
	w.serve(t)
	ready := func(want string) {
		t.Helper()
		await(t, w, "/readyz to say "+want, func() bool { _, answer := asked(t, address, "/readyz"); return answer == want })
	}
	ready("ok")
	for _, line := range []struct{ do, says string }{
		{"CONFIG SET maxmemory 1", "not ready store_not_written"}, // full
		{"CONFIG SET maxmemory 0", "ok"},
	} {
		if said, err := redis.Do(line.do); err != nil || said != "+OK" {
			t.Fatalf("%s: %s, %v", line.do, said, err)
		}
		ready(line.says)
	}
	redis.Kill()
	ready("not ready store_not_written store_not_read")
	if status, _ := asked(t, address, "/healthz"); status != http.StatusOK {
		t.Error("it would be started anew, which mends nothing")
	}
	if err := redis.Start(); err != nil {
		t.Fatal(err)
	}
	ready("ok")
}
