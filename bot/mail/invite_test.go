package mail

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// invitation is one to a professional, and what it looks like to a calendar.
func invitation(t *testing.T, cancelled bool) (store.Delivery, string) {
	t.Helper()
	l := dialog.Letter{To: "sam@example.org", Subject: "R1: your call", Text: "Tuesday 30 March at 10:00.", Invite: dialog.Invite{UID: "R1", Cancelled: cancelled}}
	body, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	return store.Delivery{ID: "d1", Destination: Destination(l.To), Kind: bot.KindLetter, Body: body}, calendarOf(l.Invite, "", "")
}

// calendarOf stands for the calendar that is written elsewhere: its lines, too, end in CRLF, and
// one is long.
func calendarOf(i dialog.Invite, from, to string) string {
	return strings.Repeat("=é", 300) + "\r\n" + i.UID + "\r\n"
}

func (w *world) invites() {
	w.client.invitation = func(i dialog.Invite, from, to string) []byte {
		if from != mailbox || to != "sam@example.org" {
			w.Errorf("from %s to %s", from, to)
		}
		return []byte(calendarOf(i, from, to))
	}
}

// TestInvitation sends one, and reads it as the standard library does: it is there for calendars
// that look in the text and for those that look for a file.
func TestInvitation(t *testing.T) {
	t.Parallel()
	for _, cancelled := range []bool{false, true} {
		server := newFaulty(t, nil)
		w := newWorld(t, server.url(), rules.CarryForm, nil)
		w.invites()
		d, want := invitation(t, cancelled)
		for range 2 {
			if id, err := w.client.Deliver(t.Context(), d); err != nil || id != "d1@example.org" {
				t.Fatalf("%q, %v", id, err)
			}
		}
		mails := server.kept()
		if len(mails) != 2 {
			t.Fatalf("%d mails", len(mails))
		}
		invited(t, mails[0], map[bool]string{false: "REQUEST", true: "CANCEL"}[cancelled], want)
		if w.log.String() != "" {
			t.Errorf("logged %s", w.log)
		}
	}
}

// TestInvitationByARealServer sends one through a server that nobody here has written.
func TestInvitationByARealServer(t *testing.T) {
	t.Parallel()
	server := newAiosmtpd(t)
	if server == nil {
		return
	}
	w := newWorld(t, "smtps://bot:p%40ss%3Aword@127.0.0.1:"+server.implicit, rules.CarryForm, server.roots)
	w.invites()
	d, want := invitation(t, false)
	if _, err := w.client.Deliver(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	eventually(t, "it is handed in", func() bool { return len(server.mails(t)) == 1 })
	invited(t, server.mails(t)[0], "REQUEST", want)
}

// invited has a mail be an invitation as it is to be.
func invited(t *testing.T, mail, method, calendar string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(mail))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"Subject": "R1: your call", "To": "<sam@example.org>", "From": "<" + mailbox + ">", "Message-Id": "<d1@example.org>"} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	parts := partsOf(t, m.Header.Get("Content-Type"), m.Body)
	if got := parts["text/calendar; charset=UTF-8; method="+method]; got != calendar {
		t.Errorf("the calendar is %q of %q", got, parts)
	}
	if got := parts["application/ics; name=invite.ics"]; got != calendar {
		t.Errorf("the file is %q of %q", got, parts)
	}
	if got := parts["text/plain; charset=UTF-8"]; !strings.HasPrefix(got, "Tuesday 30 March at 10:00.") {
		t.Errorf("it says %q", got)
	}
}

// partsOf are the parts of a mail, those of its parts included, by their kind.
func partsOf(t *testing.T, kind string, body io.Reader) map[string]string {
	t.Helper()
	media, params, err := mime.ParseMediaType(kind)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	if !strings.HasPrefix(media, "multipart/") {
		b, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		all[mime.FormatMediaType(media, params)] = string(b)
		return all
	}
	for parts := multipart.NewReader(body, params["boundary"]); ; {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		var content io.Reader = p
		if p.Header.Get("Content-Transfer-Encoding") == "base64" {
			content = base64.NewDecoder(base64.StdEncoding, p)
		}
		for k, v := range partsOf(t, p.Header.Get("Content-Type"), content) {
			all[k] = v
		}
	}
}

// TestInvitationToNobody has an address that somebody gave be none: it is let go, and not tried
// for ever as the service's own is. It is in no log.
func TestInvitationToNobody(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, to string
		says     map[string][]string
		want     error
	}{
		{"no such mailbox", "sam@example.org", map[string][]string{"RCPT": {"550 5.1.1 no sam@example.org"}}, bot.ErrGone},
		{"no address", "sam@", nil, bot.ErrGone},
		{"the sender refused", "sam@example.org", map[string][]string{"MAIL": {"550 5.7.1 not you"}}, bot.ErrBroken},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, newFaulty(t, tt.says).url(), rules.CarryForm, nil)
			w.invites()
			w.client.within = time.Second
			d, _ := invitation(t, false)
			d.Destination = Destination(tt.to)
			if _, err := w.client.Deliver(t.Context(), d); !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
			if strings.Contains(w.log.String(), "sam@") || strings.Contains(w.log.String(), "March") {
				t.Errorf("logged %s", w.log)
			}
		})
	}
}
