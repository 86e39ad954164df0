package main

import (
	"bufio"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/bot/mail"
	"referralbot/bot/sim"
	"referralbot/rules"
	"referralbot/store"
)

// postbox is a mail server on this machine that keeps everything.
type postbox struct {
	url   string
	mu    sync.Mutex
	mails []string
}

func newPostbox(t *testing.T) *postbox {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &postbox{url: "smtp://" + l.Addr().String()}
	var sessions sync.WaitGroup
	sessions.Go(func() {
		for c, err := l.Accept(); err == nil; c, err = l.Accept() {
			sessions.Go(func() { defer c.Close(); p.talk(c) })
		}
	})
	t.Cleanup(func() { l.Close(); sessions.Wait() })
	return p
}

// talk serves one session, which the other side ends.
func (p *postbox) talk(c net.Conn) {
	c.SetDeadline(time.Now().Add(20 * time.Second))
	fmt.Fprint(c, "220 here\r\n")
	reading, mail := false, ""
	for lines := bufio.NewScanner(c); lines.Scan(); {
		switch line := lines.Text(); {
		case reading && line == ".":
			p.mu.Lock()
			p.mails = append(p.mails, mail)
			p.mu.Unlock()
			reading, mail = false, ""
			fmt.Fprint(c, "250 kept\r\n")
		case reading:
			mail += line + "\n"
		case line == "DATA":
			reading = true
			fmt.Fprint(c, "354 go on\r\n")
		default:
			fmt.Fprint(c, "250 ok\r\n")
		}
	}
}

func (p *postbox) kept() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.mails)
}

// TestTheMailboxIsToldOnce: a referral is sent, and the mailbox hears of it once, with its form
// or without.
func TestTheMailboxIsToldOnce(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, profile string
		form          bool
	}{
		{"by reference", ownProfile(t), false},
		{"with its form", ownProfile(t, "carry: reference", "carry: form"), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := newPostbox(t)
			w := newWorld(t, sim.SlackOptions{})
			w.profile, w.more = tt.profile, map[string]string{"SMTP_URL": p.url}
			w.serve(t)
			w.visitorRefers(t, visitorReferring(rules.DateOf(time.Now())))
			await(t, w, "the mail", func() bool { return len(p.kept()) > 0 })
			w.claimOnly(t)
			if n := len(p.kept()); n != 1 {
				t.Fatalf("%d mails, want 1", n)
			}
			mail := p.kept()[0]
			wantParts(t, "the mail", mail, []string{"Subject: R", "To: <" + rules.DefaultService().Mailbox + ">"})
			if strings.Contains(mail, "application/pdf") != tt.form || strings.Contains(mail, "Marlowe") {
				t.Errorf("the mail is not as it should be:\n%.2000s", mail)
			}
			got := runWith(t, w.env(), "", "check")
			wantParts(t, "check", got.out, []string{"✓ mail"})
			if n := len(p.kept()); n != 1 {
				t.Errorf("check sent %d mails", n-1)
			}
		})
	}
}

// TestWithoutAMailServer: it is said once, nothing piles up, and check says so.
func TestWithoutAMailServer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sim.SlackOptions{})
	w.serve(t)
	w.visitorRefers(t, visitorReferring(rules.DateOf(time.Now())))
	db := w.reader(t)
	await(t, w, "everything to be delivered", func() bool {
		s, err := db.Stats(t.Context())
		return err == nil && len(s.Referrals) > 0 && s.Waiting == 0
	})
	if n := strings.Count(w.log.String(), "SMTP_URL"); n != 1 {
		t.Errorf("SMTP_URL is named %d times, want once:\n%s", n, w.log)
	}
	wantParts(t, "check", runWith(t, w.env(), "", "check").out, []string{"mail is left out"})
}

// TestMailTroubles: what has not gone to the mailbox is told apart from all other messages.
func TestMailTroubles(t *testing.T) {
	t.Parallel()
	k, service := keep(t), rules.DefaultService()
	db, err := k.open()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	said := func() string { return strings.Join(mailTroubles(t.Context(), db, service), "\n") }
	take := func() store.Delivery {
		d, found, err := db.Take(t.Context(), time.Hour)
		if err == nil && found {
			err = db.Start(t.Context(), d)
		}
		if err != nil || !found {
			t.Fatal(found, err)
		}
		return d
	}
	at := time.Now().UTC().Add(-time.Hour)
	for i := range 3 {
		to := mail.Destination(service.Mailbox)
		_, err := db.Commit(t.Context(), store.Change{At: at, Deliveries: []store.Delivery{{ID: fmt.Sprint("d", i), Destination: to, Kind: bot.KindMail}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := said(); got != "" {
		t.Errorf("before any is tried: %s", got)
	}
	if err := db.Dead(t.Context(), take(), "refused"); err != nil {
		t.Fatal(err)
	}
	if err := db.Retry(t.Context(), take(), time.Hour, "broken"); err != nil {
		t.Fatal(err)
	}
	if got := said(); !strings.Contains(got, "mail that waits: 2, the first since 1h0m") || !strings.Contains(got, "after 1 attempts") ||
		!strings.Contains(got, "in the last thirty days: 1;") || strings.Contains(got, service.Mailbox) {
		t.Errorf("told: %s", got)
	}
}
