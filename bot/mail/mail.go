// Package mail wraps the service's mail server. It tells the service's mailbox of a referral,
// with the referral as a form where the mailbox may carry that, and by its reference where it
// may not; that mail it writes from the referral as it is stored when the mail is sent. It also
// sends professionals the letters that go with their calls. It decides nothing and keeps nothing.
package mail

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// Platform is what destinations here begin with; the address follows.
const Platform = "mail"

// Destination is where mail to an address goes.
func Destination(address string) string { return Platform + ":" + address }

// patience is how long one mail may take: many a server reads a mail whole before it answers
// for it. It is within the lease that bot takes on a destination.
const patience = 20 * time.Second

// Options are what a Client needs.
type Options struct {
	Server Server
	// Roots are whose certificates are believed; nil means the system's.
	Roots *x509.CertPool
	// Invitation writes a call as a calendar, as it goes from one address to another.
	Invitation func(i dialog.Invite, from, to string) []byte
}

// Client writes mail through one server.
type Client struct {
	bot        *bot.Bot
	server     Server
	roots      *x509.CertPool
	invitation func(i dialog.Invite, from, to string) []byte
	within     time.Duration // how long one mail may take
}

// New returns a client. It makes no call yet.
func New(b *bot.Bot, o Options) *Client {
	return &Client{bot: b, server: o.Server, roots: o.Roots, invitation: o.Invitation, within: patience}
}

// Deliver sends one mail. It implements bot.Messenger. The id it returns is the Message-ID,
// which is the same however often the mail is sent.
func (c *Client) Deliver(ctx context.Context, d store.Delivery) (string, error) {
	id, err := c.deliver(ctx, d)
	if f, failed := errors.AsType[*failure](err); failed {
		c.bot.Log.Warn("mail", "delivery", d, "code", f.code, "smtp", f.smtp)
		err = f.means
	}
	return id, err
}

func (c *Client) deliver(ctx context.Context, d store.Delivery) (string, error) {
	if d.Kind == bot.KindLetter {
		return c.messageID(d), c.invite(ctx, d)
	}
	var about dialog.Mail
	if d.Kind != bot.KindMail || json.Unmarshal(d.Body, &about) != nil {
		return "", &failure{means: bot.ErrRefused, code: "unknown_kind"}
	}
	r, err := c.bot.Store.Referral(ctx, about.Ref)
	if errors.Is(err, store.ErrNotFound) || err == nil && r.Status == dialog.Withdrawn {
		return "", nil // erased or taken back since; there is nothing to tell
	}
	if err != nil {
		return "", &failure{means: &bot.Later{After: storePatience}, code: "store"}
	}
	m, err := c.write(r, about.Why)
	if err != nil {
		return "", &failure{means: bot.ErrRefused, code: "form"}
	}
	err = c.send(ctx, d, r, m)
	if f, failed := errors.AsType[*failure](err); failed && f.code == contentRefused && m.form != nil {
		c.bot.Log.Warn("mail", "delivery", d, "code", f.code, "smtp", f.smtp)
		err = c.send(ctx, d, r, c.byReference(r)) // better told of without its form than not at all
	}
	return c.messageID(d), err
}

// send posts a letter and writes down what has gone to the mailbox, or may have, and what it
// would not have.
// A letter of which that cannot be written is sent again, under the same Message-ID.
func (c *Client) send(ctx context.Context, d store.Delivery, r dialog.Referral, l letter) error {
	err := c.post(ctx, d, l)
	what, result := l.what(), dialog.Success
	if f, failed := errors.AsType[*failure](err); failed {
		if _, later := errors.AsType[*bot.Later](f.means); later {
			return err // nothing has left here
		}
		what, result = what+" "+f.code, dialog.Failure
	}
	e := dialog.Noted(r.Ref, c.bot.Facts(dialog.Chat{}).Now, "service", dialog.RoleService, "mailed", what)
	e.Channel, e.Result = Platform, result
	if noted := c.bot.Note(ctx, "mailed:"+d.ID+":"+what, e); noted != nil && err == nil {
		return &failure{means: &bot.Later{After: storePatience}, code: "store"}
	}
	return err
}

// post hands a letter over to the server.
func (c *Client) post(ctx context.Context, d store.Delivery, l letter) error {
	m, err := c.envelope(d, l)
	if err != nil {
		return &failure{means: bot.ErrBroken, code: addressNo}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.within)
	defer cancel()
	session, server, err := c.dial(ctx)
	if err != nil {
		return beforeSending(err)
	}
	defer session.CloseWithSMTPClient(server)
	return whileSending(session.SendWithSMTPClient(server, m))
}

// envelope addresses a letter. Nothing in its headers says more than the reference.
func (c *Client) envelope(d store.Delivery, l letter) (*gomail.Msg, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := errors.Join(m.From(c.from()), m.To(strings.TrimPrefix(d.Destination, Platform+":"))); err != nil {
		return nil, err
	}
	m.SetMessageIDWithValue(c.messageID(d))
	m.SetDateWithValue(c.bot.Facts(dialog.Chat{}).Now)
	m.SetGenHeader("Auto-Submitted", "auto-generated") // so that nobody's absence answers it
	m.Subject(l.subject)
	m.SetBodyString(gomail.TypeTextPlain, l.text)
	if l.invitation != nil {
		return m, attachInvitation(m, l)
	}
	if l.form == nil {
		return m, nil
	}
	return m, m.AttachReader(l.subject+".pdf", bytes.NewReader(l.form), gomail.WithFileContentType("application/pdf"))
}

// from is who the mail is from: the mailbox itself, unless the server's address says.
func (c *Client) from() string {
	if c.server.from != "" {
		return c.server.from
	}
	return c.bot.Service.Mailbox
}

// messageID is the same for every attempt at d, so that a mail that comes twice, because an
// answer was lost, is known for the same.
func (c *Client) messageID(d store.Delivery) string {
	_, domain, _ := strings.Cut(c.from(), "@")
	return d.ID + "@" + domain
}

// dial opens a session: encrypted, and with the password given, if there is one.
func (c *Client) dial(ctx context.Context) (*gomail.Client, *smtp.Client, error) {
	o := []gomail.Option{gomail.WithPort(c.server.port), gomail.WithTimeout(c.within), gomail.WithoutNoop(), gomail.WithoutRset(),
		gomail.WithTLSConfig(c.tls()), gomail.WithTLSPolicy(c.server.policy()), gomail.WithDialContextFunc(c.connect)}
	if c.server.user != "" {
		o = append(o, gomail.WithUsername(c.server.user), gomail.WithPassword(c.server.password),
			gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
	}
	session, err := gomail.NewClient(c.server.host, o...)
	if err != nil {
		return nil, nil, err
	}
	server, err := session.DialToSMTPClientWithContext(ctx)
	return session, server, err
}

func (c *Client) tls() *tls.Config {
	return &tls.Config{ServerName: c.server.host, RootCAs: c.roots, MinVersion: tls.VersionTLS12}
}

// connect opens a connection that ends when its context was to, whatever the library grants
// it later.
func (c *Client) connect(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	end, _ := ctx.Deadline()
	held := bounded{conn, end}
	if !c.server.implicit {
		return held, nil
	}
	secure := tls.Client(held, c.tls())
	if err := secure.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return secure, nil
}

// bounded is a connection that nobody can grant more time.
type bounded struct {
	net.Conn
	end time.Time
}

// SetDeadline sets when the connection ends, but not past its bound.
func (b bounded) SetDeadline(t time.Time) error {
	if t.After(b.end) {
		t = b.end
	}
	return b.Conn.SetDeadline(t)
}

// Check reports whether the server can be reached, is who it says, and accepts the password.
// It sends no mail. Its error says how to mend it, and has no password in it.
func (c *Client) Check(ctx context.Context) error {
	session, server, err := c.dial(ctx)
	if err != nil {
		f := beforeSending(err)
		return fmt.Errorf("%s (%s): %s", net.JoinHostPort(c.server.host, strconv.Itoa(c.server.port)), f.code, mends[f.code])
	}
	session.CloseWithSMTPClient(server)
	return nil
}

// letter is what is sent: a subject that says no more than a reference, plain words, and the
// form or an invitation, nil for none.
type letter struct {
	subject, text    string
	form, invitation []byte
	method           string // of the invitation: what is to be done with it
}

// what says what a letter brings to the mailbox, as a code.
func (l letter) what() string {
	if l.form != nil {
		return "mailbox form"
	}
	return "mailbox reference"
}

// write writes the letter about r.
func (c *Client) write(r dialog.Referral, why dialog.Why) (letter, error) {
	if why == dialog.WhyBreach {
		return c.overdue(r), nil
	}
	if c.bot.Service.Mail.Carry != rules.CarryForm {
		return c.byReference(r), nil
	}
	form, err := Form(r, c.bot.Service)
	return letter{subject: r.Ref, text: said(words.MailForm, r), form: form}, err
}

func (c *Client) byReference(r dialog.Referral) letter {
	return letter{subject: r.Ref, text: said(words.MailReference, r)}
}

func (c *Client) overdue(r dialog.Referral) letter {
	return letter{subject: r.Ref, text: said(words.MailOverdue, r)}
}

// said is the text of a letter: what it is about, the dates, and where the referral is.
func said(what string, r dialog.Referral) string {
	return dialog.Fill(words.Mail, nil, "what", what, "ref", r.Ref, "received", clock(r.ReceivedAt), "confirm", rules.DateOf(r.DueAt).Words())
}

// words are those of our own that a clinician reads in a mail.
var words = dialog.ToClinicians

// clock is a time of day as people say it, in Europe/London.
func clock(at time.Time) string { return at.In(london).Format("15:04 on 2 January 2006") }

var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil { // the zones are embedded by package rules
		panic(err)
	}
	return l
}()
