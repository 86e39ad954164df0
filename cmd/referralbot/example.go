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

// family is what somebody who refers would answer, by field. Typed answers are as typed.
type family map[rules.Field][]string

// motherReferring answers for the parent in Telegram.
func motherReferring(today rules.Date) family {
	return family{
		rules.Private:           {"yes"},
		rules.Consent:           {"yes"},
		rules.GPSharing:         {"yes"},
		rules.Stage:             {"born"},
		rules.ParentName:        {demoParentName},
		rules.ParentDOB:         {"14 March 1997"},
		rules.ParentAddress:     {"8 Sample Street, Chelmsford, CM2 9AB"},
		rules.ParentPostcode:    {"CM2 9AB"},
		rules.ParentPhone:       {"07700 900123, weekday mornings"},
		rules.ContactTimes:      {"Weekday mornings"},
		rules.SafeContact:       {"call_ok", "text_ok"},
		rules.ParentGP:          {"Sample Street Surgery, Chelmsford"},
		rules.ParentGPArea:      {"essex"},
		rules.Needs:             {"none"},
		rules.CarerRelationship: {"mother"},
		rules.CarerPrimary:      {"yes"},
		rules.BabyName:          {"Robin Thornley"},
		rules.BabyDOB:           {today.AddDays(-131).Words()},
		rules.BabyGPArea:        {"same"},
		rules.Circumstances:     {"none"},
		rules.Concern: {"The birth was frightening and we were apart for a week. I look after him, " +
			"but most days I feel nothing when I hold him, and I can't tell what he wants from me."},
		rules.Indicators:      {"neg_consistent", "cues_misread"},
		rules.Pervasive:       {"consistent"},
		rules.Factors:         {"birth_trauma", "neonatal_admission"},
		rules.MentalHealth:    {"none"},
		rules.Risk:            {"none"},
		rules.DomesticAbuse:   {"none_known"},
		rules.Network:         {"health_visitor", "family_friends"},
		rules.PerinatalTeam:   {"no"},
		rules.ParentCouncil:   {"Chelmsford"},
		rules.CarerConsistent: {"yes"},
	}
}

// visitorReferring answers for the health visitor in Slack, about another family.
func visitorReferring(today rules.Date) family {
	return family{
		rules.Consent:              {"yes"},
		rules.GPSharing:            {"yes"},
		rules.Stage:                {"born"},
		rules.ReferrerName:         {"Helen Marsh"},
		rules.ReferrerType:         {"health_visitor"},
		rules.ReferrerOrganisation: {"Health visiting, Mid Essex"},
		rules.ReferrerPhone:        {"01632 960145"},
		rules.ReferrerEmail:        {"helen.marsh@example.nhs.uk"},
		rules.ParentName:           {"Tess Marlowe"},
		rules.ParentDOB:            {"11 February 1996"},
		rules.ParentAddress:        {"3 Example Lane, Maldon"},
		rules.ParentPostcode:       {"CM9 6EG"},
		rules.ParentPhone:          {"07700 900101"},
		rules.ContactTimes:         {"Afternoons"},
		rules.SafeContact:          {"call_ok", "voicemail_ok"},
		rules.ParentGP:             {"Example Lane Surgery, Maldon"},
		rules.ParentGPArea:         {"essex"},
		rules.Needs:                {"none"},
		rules.CarerRelationship:    {"mother"},
		rules.CarerPrimary:         {"yes"},
		rules.BabyName:             {"Ivy Marlowe"},
		rules.BabyDOB:              {today.AddDays(-156).Words()},
		rules.BabySex:              {"female"},
		rules.BabyGPArea:           {"same"},
		rules.Circumstances:        {"none"},
		rules.Concern: {"Emergency section, then nine days on the neonatal unit. Tess says she feels nothing when " +
			"she looks at Ivy, and this has not shifted in four months. She turns away when Ivy cries; " +
			"her mother does most feeds."},
		rules.Indicators:      {"neg_consistent", "avoids_baby", "baby_seeks_others"},
		rules.Pervasive:       {"consistent"},
		rules.BabyImpact:      {"eye_contact_social", "feeding_weight"},
		rules.Factors:         {"birth_trauma", "neonatal_admission"},
		rules.MentalHealth:    {"none"},
		rules.Risk:            {"none"},
		rules.DomesticAbuse:   {"none_known"},
		rules.Safeguarding:    {"none_known"},
		rules.Network:         {"health_visitor", "family_friends"},
		rules.Wishes:          {"To enjoy being with her daughter."},
		rules.CarerConsistent: {"yes"},
	}
}

// Codes of buttons that belong to no question, in the order in which an example prefers
// them: it goes on, and sends.
var goOn = []string{"done", "carry_on", "send", "yes", "new", "start_again", "form", "skip"}

const (
	longestWait = 15 * time.Second // for the bot to answer
	look        = 50 * time.Millisecond
	mostTurns   = 100 // in one example, in case an answer of it is not taken
)

// playParent lets the parent refer herself.
func (d *demo) playParent(ctx context.Context, p pen) {
	w := writer{demo: d, pen: p, family: motherReferring(rules.DateOf(time.Now())), user: demoParent}
	chat := dialog.Chat{Platform: telegram.Platform, ID: strconv.FormatInt(demoParent, 10)}
	c, ok := w.start(ctx, chat)
	for n := 0; n < mostTurns && ok && c.Stage != dialog.Sent; n++ {
		c, ok = w.answer(ctx, c)
	}
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
		return w.say(ctx, c, left[0])
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

// playVisitor lets the health visitor refer a family through the forms.
func (d *demo) playVisitor(ctx context.Context, p pen) {
	f := filler{demo: d, pen: p, family: visitorReferring(rules.DateOf(time.Now())), user: sim.SlackHealthVisitor}
	for v, ok := f.start(ctx); ok; {
		v, ok = f.page(ctx, v)
	}
}

// filler fills in forms for the health visitor in Slack.
type filler struct {
	*demo
	pen
	family
	user string
}

// start opens the form, unless it is open.
func (f filler) start(ctx context.Context) (sim.View, bool) {
	if len(f.slack.Views(f.user)) == 0 && f.slack.Command(f.user, "/refer", "") != nil {
		return sim.View{}, false
	}
	return f.next(ctx, "")
}

// page deals with the page in front and returns the next, or false if there is none.
func (f filler) page(ctx context.Context, v sim.View) (sim.View, bool) {
	if !f.rest(ctx, turnPage) {
		return v, false
	}
	if err := f.send(ctx, v); err != nil {
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
		answer := f.family[rules.Field(b.ID)]
		if b.Type != "input" || len(answer) == 0 {
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
