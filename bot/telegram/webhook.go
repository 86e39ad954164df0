package telegram

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"net/http"
	"time"

	tg "github.com/go-telegram/bot"

	"referralbot/bot"
)

// WebhookPath is where Webhook is to be served.
const WebhookPath = "/telegram/updates"

// How a webhook is called, and how long it may take.
const (
	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
	updateMost   = 1 << 20                 // bytes of an update; Telegram's own are of 64 KiB at most
	callsMost    = 40                      // calls at once that Telegram is asked to make
	hearingsMost = 128                     // hearings at once, those included that took too long
	answerWithin = 1500 * time.Millisecond // what is not committed by then is to be brought again; the rest of two seconds is for a busy machine
	hearWithin   = 5 * time.Second         // how long a hearing may go on after that
	drainWithin  = 3 * time.Second         // for the hearings in hand at the end
	againAfter   = "1"                     // second, before Telegram brings again what was not committed
)

// beCalled has Telegram bring what happens to Webhook, until ctx ends. The address and the
// secret are the same for every process with this token, so that any may set them and each
// be called. Whether Telegram can call cannot be known while nobody writes: it is taken to be
// able to for as long as there is a process.
func (c *Client) beCalled(ctx context.Context, b *bot.Bot) error {
	defer c.hearings.drain(drainWithin)
	if err := c.persist(ctx, func() error { return c.setWebhook(ctx) }); err != nil {
		return err
	}
	c.introduce(ctx, b.Service)
	for ok := true; ok; ok = rest(ctx, pressLife/5) {
		b.Present(ctx, Platform, pressLife)
	}
	return nil
}

func (c *Client) setWebhook(ctx context.Context) error {
	err := c.call(ctx, "setWebhook", &tg.SetWebhookParams{
		URL:            c.public + WebhookPath,
		MaxConnections: callsMost,
		AllowedUpdates: kinds,
		SecretToken:    c.secret(),
	}, nil)
	if errors.Is(err, bot.ErrRefused) {
		return errWebhook
	}
	if err == nil {
		c.taken.Store(true)
		err = c.setCommands(ctx)
	}
	return tokenOr(err)
}

// secret is what Telegram shows that it is Telegram who calls. It is made of the token, which
// nobody else has, so that there is nothing to set and nothing to keep.
func (c *Client) secret() string {
	mac := hmac.New(sha256.New, []byte(c.token))
	mac.Write([]byte("webhook secret"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// Webhook is what Telegram calls, once for each update, if Options.Public is set. It answers
// 200 with nothing in it only when what happened is committed, was before, or is set aside;
// 503 if it could not be within about two seconds, so that Telegram brings it again; and
// something else to whoever is not Telegram. Of one chat Telegram brings the next message
// when the one before has been answered so.
func (c *Client) Webhook(b *bot.Bot) http.Handler {
	secret := []byte(c.secret())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if shown := r.Header.Values(secretHeader); len(shown) != 1 || subtle.ConstantTimeCompare([]byte(shown[0]), secret) != 1 {
			refuse(w, http.StatusUnauthorized)
			return
		}
		e, status := readUpdate(w, r)
		if status == http.StatusOK {
			status = c.bring(r.Context(), b, e)
		}
		if status != http.StatusOK {
			refuse(w, status)
		}
	})
}

func refuse(w http.ResponseWriter, status int) {
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", againAfter)
	}
	http.Error(w, http.StatusText(status), status)
}

// readUpdate reads the update that r brings, or returns a status that says why it is none.
func readUpdate(w http.ResponseWriter, r *http.Request) (event, int) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		return event{}, http.StatusMethodNotAllowed
	case err != nil || kind != "application/json":
		return event{}, http.StatusUnsupportedMediaType
	case r.ContentLength > updateMost:
		return event{}, http.StatusRequestEntityTooLarge
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, updateMost))
	if errors.As(err, new(*http.MaxBytesError)) {
		return event{}, http.StatusRequestEntityTooLarge
	}
	if err != nil {
		return event{}, http.StatusBadRequest
	}
	e, err := eventOf(body)
	if err != nil {
		return event{}, http.StatusBadRequest
	}
	return e, http.StatusOK
}

// bring has e heard, and returns what Telegram is to be told of it. A hearing that takes too
// long goes on; brought again, e is known by its keys.
func (c *Client) bring(ctx context.Context, b *bot.Bot, e event) int {
	heard := make(chan error, 1)
	begun := c.hearings.try(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), hearWithin)
		defer cancel()
		heard <- c.hearOne(ctx, b, e, false)
	})
	if !begun {
		e.meanwhile(ctx, b)
		return http.StatusServiceUnavailable
	}
	select {
	case err := <-heard:
		if err == nil {
			return http.StatusOK
		}
		c.log.Warn("telegram", "code", err.Error())
	case <-time.After(answerWithin):
		c.log.Warn("telegram", "code", "not heard in time")
	}
	return http.StatusServiceUnavailable
}
