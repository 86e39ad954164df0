package telegram

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"referralbot/bot"
)

// answerMost is how many bytes of an answer are read: 100 updates of at most 64 KiB, with room.
const answerMost = 16 << 20

// A refusal is what Telegram answers when it does not do what it is asked to. Its words may
// hold anything, and are for nobody to read.
type refusal struct {
	status int
	words  string
	after  time.Duration // before which it is not to be asked again
}

func (r *refusal) Error() string { return fmt.Sprintf("telegram: status %d", r.status) }

// call has Telegram do something and reads what it says of it into result, if that is not nil.
// Its errors are those of bot, which hold neither the token nor anything that was said.
func (c *Client) call(ctx context.Context, method string, params, result any) error {
	return failure(c.post(ctx, sendWithin, method, params, result))
}

// post makes one call. Its errors are not for the log: they may hold the token. The library
// could call too, but it sends each parameter as a part of a multipart body, made by a
// goroutine of its own: that costs more than all else about a call.
func (c *Client) post(ctx context.Context, within time.Duration, method string, params, result any) error {
	body, err := json.Marshal(cmp.Or(params, any(struct{}{}))) // Telegram takes no null
	if err != nil {
		return err
	}
	return c.exchange(ctx, within, method, "application/json", body, result)
}

// upload makes one call that hands over a file too, under the name of a parameter.
func (c *Client) upload(ctx context.Context, method string, params map[string]string, param, name string, file []byte, result any) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, p := range slices.Sorted(maps.Keys(params)) {
		if err := form.WriteField(p, params[p]); err != nil {
			return err
		}
	}
	part, err := form.CreateFormFile(param, name)
	if err != nil {
		return err
	}
	if _, err := part.Write(file); err != nil {
		return err
	}
	if err := form.Close(); err != nil {
		return err
	}
	return failure(c.exchange(ctx, sendWithin, method, form.FormDataContentType(), body.Bytes(), result))
}

// exchange sends the body of a call, of some kind, and reads the answer.
func (c *Client) exchange(ctx context.Context, within time.Duration, method, kind string, body []byte, result any) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url+"/bot"+c.token+"/"+method, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", kind)
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, answerMost))
	if err != nil {
		return err
	}
	return read(raw, resp.StatusCode, result)
}

// read reads an answer. What is not Telegram's own, such as a page of somebody's on the way, is
// trouble, whatever its status.
func read(raw []byte, status int, result any) error {
	answer := struct {
		OK          bool   `json:"ok"`
		Result      any    `json:"result"`
		Status      int    `json:"error_code"`
		Description string `json:"description"`
		Parameters  struct {
			RetryAfter int `json:"retry_after"`
		} `json:"parameters"`
	}{Result: cmp.Or(result, any(new(json.RawMessage)))}
	if json.Unmarshal(raw, &answer) != nil {
		return trouble(fmt.Sprintf("unreadable, status %d", status))
	}
	if !answer.OK {
		return &refusal{cmp.Or(answer.Status, status), answer.Description, time.Duration(answer.Parameters.RetryAfter) * time.Second}
	}
	return nil
}

// refusals say what Telegram's refusals mean to bot. The first row that fits counts.
var refusals = []struct {
	status int
	words  string
	means  error
}{
	{http.StatusBadRequest, "message is not modified", nil},   // it is as it should be
	{http.StatusBadRequest, "message to edit not found", nil}, // the person deleted it
	{http.StatusBadRequest, "chat not found", bot.ErrGone},
	{http.StatusBadRequest, "", bot.ErrRefused},
	{http.StatusForbidden, "", bot.ErrGone},
	{http.StatusUnauthorized, "", bot.ErrBroken},
	{http.StatusNotFound, "", bot.ErrBroken},
}

// failure makes one of bot's errors of one of post's.
func failure(err error) error {
	if err == nil {
		return nil
	}
	if dial := (*net.OpError)(nil); errors.As(err, &dial) && dial.Op == "dial" {
		return &bot.Later{After: time.Second}
	}
	refused := (*refusal)(nil)
	if !errors.As(err, &refused) {
		return bot.ErrUncertain
	}
	if refused.status == http.StatusTooManyRequests {
		return &bot.Later{After: max(refused.after, time.Second)}
	}
	for _, r := range refusals {
		if r.status == refused.status && strings.Contains(refused.words, r.words) {
			return r.means
		}
	}
	return bot.ErrUncertain
}
