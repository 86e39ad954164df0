package bot

import (
	"context"
	"strconv"
	"strings"
	"time"

	"referralbot/dialog"
)

// How long to wait for a prompt on its way to be shown, and how often to look.
const (
	shownWithin = 600 * time.Millisecond
	shownEvery  = 10 * time.Millisecond
	askedOnceIn = 5 // looks at what this process knows, for one at the store
)

// unseen reports whether the words of h were sent before the prompt now open in c was
// shown, so that they cannot be meant as its answer. Somebody who sends "yes" twice in
// a row answers one question with it, not two.
func (b *Bot) unseen(ctx context.Context, c dialog.Conversation, h Heard) (bool, error) {
	if c.Version == 0 || c.Asked.ID == "" || h.Message == "" || h.Input.Text == "" {
		return false, nil
	}
	shown, err := b.shown(ctx, destination(h.Chat), c.Asked.ID, h.Queued)
	return shown == "" || earlier(h.Message, shown), err
}

// shown returns the platform's id of the message that first showed prompt, or "". If it is
// not shown yet it is usually just on its way, and its answer may arrive before the
// platform's word that it was delivered, so shown waits a little, unless told not to. What
// this process has shown lately it knows without the store, which is asked now and then.
func (b *Bot) shown(ctx context.Context, destination, prompt string, now bool) (string, error) {
	give := time.Now().Add(shownWithin)
	for n := 0; ; n++ {
		id, err := b.fresh.get(shownKey(destination, prompt)), error(nil)
		if id == "" && n%askedOnceIn == 0 {
			id, err = b.Store.Shown(ctx, destination, prompt)
		}
		if err != nil || id != "" || now || time.Now().After(give) {
			return id, err
		}
		if !pause(ctx, shownEvery) {
			return "", ctx.Err()
		}
	}
}

// shownKey is what the message first shown under a name at a destination is known by.
func shownKey(destination, name string) string { return destination + " " + name }

// lastOf returns the last of a delivery's ids, which is the message's that has the buttons.
func lastOf(external string) string {
	return external[strings.LastIndexByte(external, ' ')+1:]
}

// earlier compares two of a platform's message ids, which are numbers, perhaps with a
// point in them as in "1712345678.000100".
func earlier(a, b string) bool {
	x, errX := strconv.ParseUint(strings.ReplaceAll(a, ".", ""), 10, 64)
	y, errY := strconv.ParseUint(strings.ReplaceAll(b, ".", ""), 10, 64)
	return errX == nil && errY == nil && x < y
}
