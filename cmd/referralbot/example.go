package main

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"referralbot/bot/sim"
	"referralbot/bot/telegram"
	"referralbot/dialog"
	"referralbot/rules"
)

// Codes of buttons that belong to no question, in the order in which an example prefers
// them: it goes on, and sends.
var goOn = []string{"done", "carry_on", "send", "yes", "new", "start_again", "form", "skip"}

const (
	longestWait = 15 * time.Second // for the bot to answer
	look        = 20 * time.Millisecond
	mostTurns   = 100 // in one example, in case an answer of it is not taken
)

// play lets somebody refer the family of e.
func (d *demo) play(e example) func(context.Context, pen) {
	return func(ctx context.Context, p pen) {
		answers := e.answers(rules.DateOf(d.clock.now()))
		if e.Audience == rules.Parent {
			writer{demo: d, pen: p, family: answers, user: demoParents[e.Who].id}.refer(ctx)
			return
		}
		filler{demo: d, pen: p, family: answers, user: sim.SlackHealthVisitor}.refer(ctx)
	}
}

// refer makes the whole referral.
func (w writer) refer(ctx context.Context) {
	c, ok := w.start(ctx, chatOf(w.user))
	for n := 0; n < mostTurns && ok && c.Stage != dialog.Sent; n++ {
		c, ok = w.answer(ctx, c)
	}
}

// chatOf is the chat in Telegram with a person.
func chatOf(user int64) dialog.Chat {
	return dialog.Chat{Platform: telegram.Platform, ID: strconv.FormatInt(user, 10)}
}

// writer answers for a parent in Telegram.
type writer struct {
	*demo
	pen
	family
	user int64
}

// start begins a referral, unless one is under way.
func (w writer) start(ctx context.Context, chat dialog.Chat) (dialog.Conversation, bool) {
	c, ok := w.conversation(ctx, chat, 0)
	if !ok || c.Stage == dialog.Asking || c.Stage == dialog.Warning || c.Stage == dialog.Reviewing {
		return c, ok
	}
	return w.say(ctx, c, "/start")
}

// answer gives the next answer to what the parent is asked, or goes on if it is given. It
// reports false if there is no way to do either.
func (w writer) answer(ctx context.Context, c dialog.Conversation) (dialog.Conversation, bool) {
	message, codes := w.buttons(c.Asked.ID)
	left := w.left(c.Asked)
	if len(left) > 0 && !slices.Contains(codes, left[0]) {
		return w.say(ctx, c, strings.Join(left, ", "))
	}
	for _, code := range slices.Concat(left, goOn) {
		if slices.Contains(codes, code) {
			return w.press(ctx, c, message, code)
		}
	}
	return c, false
}

// left returns the values of the answer to a prompt that have not been given yet.
func (w writer) left(asked dialog.Prompt) []string {
	if asked.Confirming {
		return nil
	}
	given := func(value string) bool { return slices.Contains(asked.Draft, value) }
	return slices.DeleteFunc(slices.Clone(w.family[asked.Field]), given)
}

// say types and sends text, and waits until the bot has answered.
func (w writer) say(ctx context.Context, c dialog.Conversation, text string) (dialog.Conversation, bool) {
	if !w.write(ctx, text) {
		return c, false
	}
	w.telegram.Say(w.user, text)
	w.clear()
	return w.conversation(ctx, c.Chat, c.Version+1)
}

// press presses a button, and waits until the bot has answered.
func (w writer) press(ctx context.Context, c dialog.Conversation, message int, code string) (dialog.Conversation, bool) {
	w.telegram.Press(w.user, message, c.Asked.ID+":"+code)
	return w.conversation(ctx, c.Chat, c.Version+1)
}

// buttons returns the message with the buttons of prompt, and their codes.
func (w writer) buttons(prompt string) (message int, codes []string) {
	for _, m := range w.telegram.Messages(w.user) {
		for _, b := range slices.Concat(m.Buttons...) {
			if code, ok := strings.CutPrefix(b.Data, prompt+":"); ok {
				message, codes = m.ID, append(codes, code)
			}
		}
	}
	return message, codes
}

// conversation waits until chat is at version or later and shows its open prompt, and
// then for the time it takes to read it. It reports false if that does not come to be.
func (w writer) conversation(ctx context.Context, chat dialog.Chat, version int64) (dialog.Conversation, bool) {
	ctx, cancel := context.WithTimeout(ctx, longestWait)
	defer cancel()
	for {
		c, err := w.store.Conversation(ctx, chat)
		if err == nil && c.Version >= version && w.shows(c) {
			return c, w.rest(ctx, breath)
		}
		if !rest(ctx, look) {
			return c, false
		}
	}
}

// shows reports whether the prompt now open in c is on the screen as it now is: with its
// buttons, and with one to go on if something has been given towards its answer.
func (w writer) shows(c dialog.Conversation) bool {
	if c.Asked.ID == "" {
		return true
	}
	_, codes := w.buttons(c.Asked.ID)
	return slices.Contains(codes, "done") || slices.Contains(codes, "yes") || len(codes) > 0 && len(c.Asked.Draft) == 0
}

// filler fills in forms for the health visitor in Slack.
type filler struct {
	*demo
	pen
	family
	user string
}

// refer makes the whole referral.
func (f filler) refer(ctx context.Context) {
	for v, ok := f.start(ctx); ok; {
		v, ok = f.page(ctx, v)
	}
}

// start opens the form, unless it is open. A draft about another family is deleted first.
func (f filler) start(ctx context.Context) (sim.View, bool) {
	connected := func() bool { return f.slack.Sockets() > 0 }
	if !f.until(ctx, connected) || !f.makeRoom(ctx) {
		return sim.View{}, false
	}
	if len(f.slack.Views(f.user)) == 0 && f.slack.Command(f.user, "/refer", "") != nil {
		return sim.View{}, false
	}
	return f.next(ctx, "")
}

// makeRoom deletes what has been begun about another family. It reports false if that does
// not come to be.
func (f filler) makeRoom(ctx context.Context) bool {
	c, err := f.store.Conversation(ctx, demoVisitorChat)
	name := c.Answers.One(rules.ParentName)
	if err != nil || !c.Unsent() || name == "" || slices.Equal(f.family[rules.ParentName], []string{name}) {
		return err == nil
	}
	for _, v := range f.slack.Views(f.user) {
		f.slack.CloseView(f.user, v.ID)
	}
	for _, words := range []string{"delete", "delete it"} {
		if !f.write(ctx, words) {
			return false
		}
		f.slack.Say(f.user, words)
		f.clear()
		before := c.Version
		if !f.until(ctx, func() bool {
			c, err = f.store.Conversation(ctx, demoVisitorChat)
			return err == nil && c.Version > before
		}) {
			return false
		}
	}
	return !c.Unsent()
}

// page deals with the page in front and returns the next, or false if there is none. What
// the bot does not answer, as when it has been killed, is sent again.
func (f filler) page(ctx context.Context, v sim.View) (sim.View, bool) {
	if !f.rest(ctx, turnPage) {
		return v, false
	}
	err := f.send(ctx, v)
	if errors.Is(err, sim.ErrSlackTrouble) {
		return v, true
	}
	if err != nil {
		return v, false
	}
	return f.next(ctx, fingerprint(v))
}

// errNoWay means that a page offers the example no way to go on.
var errNoWay = errors.New("no way to go on")

// send fills in and submits a page, or presses the button that goes on from it.
func (f filler) send(ctx context.Context, v sim.View) error {
	if v.Submit == "" {
		return f.pressOn(v)
	}
	values, ok := f.fillIn(ctx, v)
	if !ok {
		return context.Cause(ctx)
	}
	problems, _, _, err := f.slack.Submit(f.user, v.ID, values)
	f.clear()
	if err == nil && len(problems) > 0 {
		return errNoWay
	}
	return err
}

// pressOn presses the button by which a page with nothing to submit goes on.
func (f filler) pressOn(v sim.View) error {
	for _, b := range v.Blocks {
		for _, e := range b.Elements {
			if e.Type == "button" && slices.ContainsFunc(goOn, func(code string) bool { return strings.HasSuffix(e.ActionID, code) }) {
				return f.slack.PressView(f.user, v.ID, e.ActionID)
			}
		}
	}
	return errNoWay
}

// fillIn fills in a page before everybody's eyes and returns what to submit.
func (f filler) fillIn(ctx context.Context, v sim.View) (map[string]any, bool) {
	values := map[string]any{}
	for _, b := range v.Blocks {
		if b.Type != "input" {
			continue
		}
		answer := options(b.Element, f.family[rules.Field(b.ID)])
		if len(answer) == 0 && !b.Optional {
			answer = nothingTo(b.Element)
		}
		if len(answer) == 0 {
			continue
		}
		values[b.ID] = answer
		enter := f.tick
		if len(b.Element.Options) == 0 {
			enter = f.fill
		}
		if !enter(ctx, b.ID, answer) {
			return nil, false
		}
	}
	return values, f.rest(ctx, breath)
}

// options are the values of the options that an answer means, some by their labels, as the
// names of babies. Where there are none to choose they are the answer.
func options(e *sim.SlackElement, answer []string) []string {
	meant := slices.Clone(answer)
	for _, o := range e.Options {
		if n := slices.Index(meant, o.Text.Text); n >= 0 {
			meant[n] = o.Value
		}
	}
	return meant
}

// nothingToSay are the answers that say least, in the order in which an example prefers them.
var nothingToSay = []string{"none", "none_known", "not_observed", "no", "unsure", "prefer_not"}

// nothingTo is the answer that says least to a question which must be answered.
func nothingTo(e *sim.SlackElement) []string {
	for _, value := range nothingToSay {
		if slices.ContainsFunc(e.Options, func(o sim.SlackOption) bool { return o.Value == value }) {
			return []string{value}
		}
	}
	return nil
}

// next waits for a page that is not the last one. It reports false if there is none: the
// referral has been sent.
func (f filler) next(ctx context.Context, last string) (sim.View, bool) {
	ctx, cancel := context.WithTimeout(ctx, longestWait)
	defer cancel()
	for {
		views := f.slack.Views(f.user)
		if len(views) > 0 && fingerprint(views[len(views)-1]) != last {
			return views[len(views)-1], true
		}
		if len(views) == 0 && last != "" || !rest(ctx, look) {
			return sim.View{}, false
		}
	}
}

// fingerprint tells one page of a form from the next.
func fingerprint(v sim.View) string {
	parts := []string{v.ID, v.Title, v.PrivateMetadata}
	for _, b := range v.Blocks {
		parts = append(parts, b.ID)
	}
	return strings.Join(parts, "|")
}
