// Package bot is what happens: it hears what the platforms bring, commits each turn, and
// hands over what is to be said. It decides nothing that dialog could decide and stores
// nothing but through store. The adapters in its folders each wrap one outside system and
// never meet.
package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"referralbot/store"
)

// Kinds of delivery, and what their bodies hold.
const (
	KindReply  = "reply"  // a dialog.Reply, to a person's chat
	KindRetire = "retire" // nothing: the message named by Edits loses its buttons
	KindHide   = "hide"   // nothing: the messages of the delivery are deleted
	KindCard   = "card"   // a CardBody: the card is drawn from the stored referral when it is sent
	KindAlert  = "alert"  // a dialog.Alert, to the safety channel: drawn as it stands when it is sent
	KindNotice = "notice" // a dialog.Notice, to one clinician
	KindPost   = "post"   // a dialog.Post, to the triage channel
	KindMail   = "mail"   // a dialog.Mail, to the service's mailbox: written from the stored referral when it is sent
	KindLetter = "letter" // a dialog.Letter, to a professional's own mailbox
)

// CardBody names the referral whose card is to be drawn.
type CardBody struct {
	Ref string `json:"ref"`
}

// Messenger hands deliveries over to one platform.
type Messenger interface {
	// Deliver sends d, or edits the message d.Target if d.Edits is set (sending it anew
	// if Target is empty, except for a retire, which then has nothing to do). It returns
	// the platform's id of the message, or of each, separated by spaces and the one with
	// the buttons last, if it took several. Its error is one of those below; any other error
	// is taken as Uncertain. It never puts a token, a name or words into an error.
	Deliver(ctx context.Context, d store.Delivery) (external string, err error)
}

// Errors of Deliver.
var (
	// ErrUncertain: the platform may have accepted the message.
	ErrUncertain = errors.New("uncertain")
	// ErrGone: this destination takes no messages any more (blocked, deleted).
	ErrGone = errors.New("gone")
	// ErrRefused: the platform will never accept this message; a fault of ours.
	ErrRefused = errors.New("refused")
	// ErrBroken: the platform will accept nothing until an operator mends something
	// (token revoked, not in the channel). Everything is kept.
	ErrBroken = errors.New("broken")
)

// Later is a definite no for now: nothing was sent, and nothing is to be tried before
// After has passed.
type Later struct {
	After time.Duration
}

// Error says for how long.
func (l *Later) Error() string { return fmt.Sprintf("later, after %v", l.After) }
