package mail

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	gomail "github.com/wneessen/go-mail"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/store"
)

// invitationName is what the file of an invitation is called.
const invitationName = "invite.ics"

// invite sends a professional what has become of their call, for their calendar. An address
// that is none, as somebody may have given it, is let go.
func (c *Client) invite(ctx context.Context, d store.Delivery) error {
	var l dialog.Letter
	if json.Unmarshal(d.Body, &l) != nil {
		return &failure{means: bot.ErrRefused, code: "unknown_kind"}
	}
	method := "REQUEST"
	if l.Invite.Cancelled {
		method = "CANCEL"
	}
	err := c.post(ctx, d, letter{subject: l.Subject, text: l.Text, invitation: c.invitation(l.Invite, c.from(), l.To), method: method})
	if f, failed := errors.AsType[*failure](err); failed && (f.code == addressNo || f.code == mailboxRefused) {
		f.means = bot.ErrGone
	}
	return err
}

// attachInvitation adds an invitation to m in both ways that calendars look for it: as another
// form of the text, and as a file. Its lines end as they must, so nothing may mend them on the way.
func attachInvitation(m *gomail.Msg, l letter) error {
	kind := gomail.ContentType("text/calendar; method=" + l.method)
	m.AddAlternativeString(kind, string(l.invitation), gomail.WithPartEncoding(gomail.EncodingB64))
	return m.AttachReader(invitationName, bytes.NewReader(l.invitation), gomail.WithFileContentType("application/ics"))
}
