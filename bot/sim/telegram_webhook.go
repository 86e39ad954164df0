package sim

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"time"
)

// How a webhook is called.
const (
	tgWebhookConnections = 40
	tgWebhookTimeout     = 60   // of Telegram's seconds
	tgMaxBackoff         = 60   // of Telegram's seconds
	tgMaxRetryAfter      = 3600 // of Telegram's seconds
)

// tgWebhook is where updates are posted. Each line of updates is served in its order, one
// at a time; a line that failed is left alone for a while, and the others go on.
type tgWebhook struct {
	url      string
	secret   string
	max      int // posts at once
	posting  int
	busy     map[int64]bool // lines being posted or left alone
	failures map[int64]int  // in a row, by line
	lastErr  string
	lastAt   time.Time
	ctx      context.Context // ends with the webhook
	stop     context.CancelFunc
}

var tgSecret = regexp.MustCompile(`^[A-Za-z0-9_-]{0,256}$`)

func (t *Telegram) setWebhook(params tgParams) (any, *tgRefusal) {
	if params["url"] == "" {
		return t.deleteWebhook(params)
	}
	address, err := url.Parse(params["url"])
	switch {
	case err != nil || address.Host == "":
		return nil, tgBad("bad webhook: invalid webhook URL specified")
	case !tgSecret.MatchString(params["secret_token"]):
		return nil, tgBad("secret token contains unallowed characters")
	}
	t.dropWebhook(params)
	t.endPoll("terminated by setWebhook request")
	t.queue.setAllowed(params)
	wh := &tgWebhook{
		url:      params["url"],
		secret:   params["secret_token"],
		max:      params.integer("max_connections", tgWebhookConnections, 1, 100),
		busy:     map[int64]bool{},
		failures: map[int64]int{},
	}
	wh.ctx, wh.stop = context.WithCancel(t.server.ctx)
	t.queue.webhook = wh
	t.pump()
	return true, nil
}

func (t *Telegram) deleteWebhook(params tgParams) (any, *tgRefusal) {
	t.dropWebhook(params)
	return true, nil
}

func (t *Telegram) dropWebhook(params tgParams) {
	if wh := t.queue.webhook; wh != nil {
		wh.stop()
		t.queue.webhook = nil
	}
	if params.flag("drop_pending_updates") {
		t.queue.waiting = nil
	}
}

func (t *Telegram) getWebhookInfo(tgParams) (any, *tgRefusal) {
	t.expire()
	info := map[string]any{
		"url": "", "has_custom_certificate": false,
		"pending_update_count": len(t.queue.waiting),
		"allowed_updates":      t.queue.allowed,
	}
	wh := t.queue.webhook
	if wh == nil {
		return info, nil
	}
	info["url"], info["max_connections"] = wh.url, wh.max
	if wh.lastErr != "" {
		info["last_error_message"], info["last_error_date"] = wh.lastErr, wh.lastAt.Unix()
	}
	return info, nil
}

// pump posts the first update of every line that is free. It wants t.mu.
func (t *Telegram) pump() {
	wh := t.queue.webhook
	if wh == nil {
		return
	}
	t.expire()
	for _, u := range t.queue.waiting {
		if wh.posting == wh.max {
			return
		}
		if wh.busy[u.line] {
			continue
		}
		wh.busy[u.line] = true
		wh.posting++
		go t.deliver(wh, u)
	}
}

// deliver posts u once. If that fails its line is left alone for a while.
func (t *Telegram) deliver(wh *tgWebhook, u tgUpdate) {
	retryAfter, err := wh.post(u, tgWebhookTimeout*t.second)
	t.mu.Lock()
	defer t.mu.Unlock()
	wh.posting--
	if err == nil {
		t.queue.confirm(func(other tgUpdate) bool { return other.id == u.id })
		delete(wh.failures, u.line)
		t.release(wh, u.line)
		return
	}
	wh.lastErr, wh.lastAt = err.Error(), t.now()
	seconds := retryAfter
	if seconds == 0 {
		seconds = min(1<<min(wh.failures[u.line], 10), tgMaxBackoff)
	}
	wh.failures[u.line]++
	time.AfterFunc(time.Duration(seconds)*t.second, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.release(wh, u.line)
	})
	t.pump() // a connection is free for another line
}

// release frees a line, unless wh is the bot's webhook no more. It wants t.mu.
func (t *Telegram) release(wh *tgWebhook, line int64) {
	delete(wh.busy, line)
	if t.queue.webhook == wh {
		t.pump()
	}
	t.changes.wake()
}

// post posts u and returns how many seconds the bot asks to be left alone, 0 if it does
// not say.
func (wh *tgWebhook) post(u tgUpdate, timeout time.Duration) (retryAfter int, err error) {
	ctx, cancel := context.WithTimeout(wh.ctx, timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, wh.url, bytes.NewReader(u.body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	if wh.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", wh.secret)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, fmt.Errorf("connection failed: %w", err)
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, resp.Body)
	if resp.StatusCode/100 == 2 {
		return 0, nil
	}
	retryAfter, _ = strconv.Atoi(resp.Header.Get("Retry-After"))
	return min(max(retryAfter, 0), tgMaxRetryAfter), fmt.Errorf("wrong response from the webhook: %s", resp.Status)
}
