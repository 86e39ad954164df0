package mail

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/textproto"
	"strings"
	"syscall"
	"time"

	gomail "github.com/wneessen/go-mail"

	"referralbot/bot"
)

// failure is why a mail has not been accepted: one of bot's errors of Deliver, and for the
// operator a code of ours and the server's, 0 if it gave none. What the server said beside it
// is dropped, since it may repeat an address or a password.
type failure struct {
	means error
	code  string
	smtp  int
}

// Error is the code.
func (f *failure) Error() string { return f.code }

// Unwrap is what it means.
func (f *failure) Unwrap() error { return f.means }

// How long to wait after a definite no for now. A server that puts off strangers expects them
// after some minutes.
const (
	storePatience  = time.Second
	serverPatience = time.Minute
	busyPatience   = 5 * time.Minute
)

// The codes that more than one place has to know.
const (
	contentRefused = "content_refused"
	noConnection   = "no_connection"
	noTLS          = "no_encryption"
	passwordNo     = "password_refused"
	greetingNo     = "greeting_refused"
	addressNo      = "address"
	mailboxRefused = "mailbox_refused"
)

// mends says how to mend what Check may find.
var mends = map[string]string{
	noConnection: "nobody answers there; check the host and the port of SMTP_URL, and that this machine may connect to it",
	noTLS:        "the connection cannot be encrypted, or the server is not who it says; check the host of SMTP_URL, smtps for port 465 and smtp for 587, and that its certificate is one this machine believes",
	passwordNo:   "check the user and the password of SMTP_URL, and that the account may send by SMTP",
	greetingNo:   "the server speaks to nobody from here; ask whoever runs it",
	"busy":       "the server asks to be tried later; check again in some minutes",
}

// beforeSending judges an error met before any mail was offered: nothing has been sent.
func beforeSending(err error) *failure {
	inAuth := strings.Contains(err.Error(), "AUTH")
	if answer, ok := errors.AsType[*textproto.Error](err); ok {
		switch {
		case answer.Code < 500:
			return &failure{&bot.Later{After: busyPatience}, "busy", answer.Code}
		case inAuth:
			return &failure{bot.ErrBroken, passwordNo, answer.Code}
		}
		return &failure{bot.ErrBroken, greetingNo, answer.Code}
	}
	switch {
	case isTLS(err):
		return &failure{bot.ErrBroken, noTLS, 0}
	case isGone(err):
		return &failure{&bot.Later{After: serverPatience}, noConnection, 0}
	case inAuth:
		return &failure{bot.ErrBroken, passwordNo, 0}
	case strings.Contains(err.Error(), "STARTTLS"):
		return &failure{bot.ErrBroken, noTLS, 0}
	}
	return &failure{&bot.Later{After: serverPatience}, noConnection, 0}
}

// isTLS reports whether err is that the other side cannot be believed, or speaks no TLS.
func isTLS(err error) bool {
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, record := errors.AsType[tls.RecordHeaderError](err)
	_, alert := errors.AsType[tls.AlertError](err)
	return certificate || record || alert
}

// isGone reports whether err is of the network.
func isGone(err error) bool {
	_, network := errors.AsType[net.Error](err)
	return network || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET)
}

// refusals say what a definite no means, by what it was said to.
var refusals = map[gomail.SendErrReason]failure{
	gomail.ErrSMTPMailFrom:  {means: bot.ErrBroken, code: "sender_refused"},
	gomail.ErrSMTPRcptTo:    {means: bot.ErrBroken, code: mailboxRefused},
	gomail.ErrSMTPData:      {means: bot.ErrRefused, code: contentRefused},
	gomail.ErrSMTPDataClose: {means: bot.ErrRefused, code: contentRefused},
}

// offered are the steps after which a server that falls silent may have the whole mail.
var offered = map[gomail.SendErrReason]bool{
	gomail.ErrWriteContent: true, gomail.ErrSMTPDataClose: true, gomail.ErrAmbiguous: true,
}

// whileSending judges an error met while a mail was offered, nil for none.
func whileSending(err error) error {
	if err == nil {
		return nil
	}
	e, ok := errors.AsType[*gomail.SendError](err)
	if !ok {
		return &failure{bot.ErrUncertain, "no_answer", 0}
	}
	refused, known := refusals[e.Reason]
	code := e.ErrorCode()
	switch {
	case code >= 400 && code < 500:
		return &failure{&bot.Later{After: busyPatience}, "busy", code}
	case code >= 500 && known:
		refused.smtp = code
		return &refused
	case offered[e.Reason]:
		return &failure{bot.ErrUncertain, "no_answer", code}
	}
	return &failure{&bot.Later{After: serverPatience}, noConnection, code}
}
