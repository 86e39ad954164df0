package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// destination is the queue of what is said in chat.
func destination(chat dialog.Chat) string { return chat.Platform + ":" + chat.ID }

// chatOf undoes destination.
func chatOf(destination string) dialog.Chat {
	platform, id, _ := strings.Cut(destination, ":")
	return dialog.Chat{Platform: platform, ID: id}
}

// change writes down what an outcome asks of the world. Replies go to chat, and the first
// key makes the ids of deliveries and of the audit's entries. was is the referral that it is
// about, as it was before; nil for none. The conversation is the caller's to add.
func (b *Bot) change(chat dialog.Chat, keys []string, was *dialog.Referral, out dialog.Outcome, now time.Time) (store.Change, error) {
	if len(keys) == 0 {
		return store.Change{}, fmt.Errorf("%w: nothing to know the input by", ErrFault)
	}
	o := outbox{key: keys[0]}
	person := destination(chat)
	if out.Hide {
		o.hide(person)
	}
	for _, prompt := range out.Retire {
		o.put(person, KindRetire, "", prompt, nil)
	}
	for _, r := range out.Replies {
		o.reply(person, r)
	}
	if out.Referral != nil {
		o.card(b.Triage, *out.Referral)
	}
	for _, a := range out.Alerts {
		o.alert(b.Safety, a)
	}
	for _, n := range out.Notices {
		channel := b.Triage
		if n.Safety {
			channel = b.Safety
		}
		o.put(channel+"/"+n.To, KindNotice, "", "", n)
	}
	for _, p := range out.Posts {
		o.put(b.Triage, KindPost, "", "", p)
	}
	for _, m := range out.Mails {
		o.mail(b.Mailbox, m)
	}
	var traits []string
	if r := out.Referral; r != nil {
		traits = dialog.KnownBy(*r)
		for _, l := range dialog.Letters(was, *r, b.Service, now) {
			o.letter(b.Mailbox, l)
		}
	}
	return store.Change{
		Chat:       chat,
		Keys:       keys,
		Referral:   out.Referral,
		Traits:     traits,
		Deliveries: o.deliveries,
		Timers:     timers(chat, out.Timers),
		Audit:      b.witnessed(chat, keys[0], was, out),
		Take:       out.Take,
		GiveUp:     out.GiveUp,
		Tallies:    out.Tallies,
		At:         now,
	}, o.err
}

// timers gives each timer to the referral it names, or else to the chat.
func timers(chat dialog.Chat, set []dialog.Timer) []store.Timer {
	var out []store.Timer
	for _, t := range set {
		timer := store.Timer{Ref: t.Ref, Name: t.Name, At: t.At}
		if t.Ref == "" {
			timer.Chat = chat
		}
		out = append(out, timer)
	}
	return out
}

// outbox gathers the deliveries of one change, and the first error in doing so.
type outbox struct {
	key        string
	deliveries []store.Delivery
	err        error
}

func (o *outbox) put(destination, kind, name, edits string, body any) {
	raw, err := json.Marshal(body)
	if err != nil && o.err == nil {
		o.err = fmt.Errorf("%w: %s cannot be written down", ErrFault, kind)
	}
	o.deliveries = append(o.deliveries, store.Delivery{
		ID:          deliveryID(o.key, len(o.deliveries)),
		Destination: destination,
		Kind:        kind,
		Name:        name,
		Edits:       edits,
		Body:        raw,
	})
}

// hide deletes what stands in a chat, before anything more is said there.
func (o *outbox) hide(to string) {
	o.put(to, KindHide, "", "", nil)
	o.deliveries[len(o.deliveries)-1].Clears = true
}

func (o *outbox) reply(to string, r dialog.Reply) {
	switch r.Again {
	case dialog.InPlace:
		o.put(to, KindReply, "", r.Prompt, r)
	case dialog.Moved:
		o.put(to, KindRetire, "", r.Prompt, nil)
		o.put(to, KindReply, r.Prompt, "", r)
	default:
		o.put(to, KindReply, r.Prompt, "", r)
	}
}

// card posts the card of a new referral, or draws a changed one anew, which posts the card
// of what was a draft before. A draft has none.
func (o *outbox) card(to string, r dialog.Referral) {
	switch {
	case r.Kind == dialog.KindDraft:
	case r.Version == 0:
		o.put(to, KindCard, r.Ref, "", CardBody{r.Ref})
	default:
		o.put(to, KindCard, "", r.Ref, CardBody{r.Ref})
	}
}

// alert posts an alert, each time that it is passed on anew, so that it is noticed. Once it
// is acknowledged every message of it is drawn anew.
func (o *outbox) alert(to string, a dialog.Alert) {
	if a.Acknowledged.ID == "" {
		o.put(to, KindAlert, alertName(a), "", a)
		return
	}
	for ; a.Step >= 0; a.Step-- {
		o.put(to, KindAlert, "", alertName(a), a)
	}
}

// mail tells the mailbox, if there is one to be told.
func (o *outbox) mail(to string, m dialog.Mail) {
	if to != "" {
		o.put(to, KindMail, "", "", m)
	}
}

// letter goes where mail to the mailbox does, but to somebody else, if mail is sent at all.
func (o *outbox) letter(mailbox string, l dialog.Letter) {
	if mailbox != "" {
		o.put(destination(dialog.Chat{Platform: chatOf(mailbox).Platform, ID: l.To}), KindLetter, "", "", l)
	}
}

// alertName is what the message of an alert, at the step it is at, is called.
func alertName(a dialog.Alert) string { return fmt.Sprintf("alert:%s:%d:%d", a.Ref, a.N, a.Step) }

// deliveryID is the same however often the turn is made anew.
func deliveryID(key string, index int) string {
	sum := sha256.Sum256([]byte(key + "#" + strconv.Itoa(index)))
	return hex.EncodeToString(sum[:12])
}
