package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"os"
	"strings"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// letterRead is a mail as the standard library reads it, and not the one that wrote it.
type letterRead struct {
	header   netmail.Header
	text     string
	form     []byte
	formName string
}

func read(t *testing.T, raw string) letterRead {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	got := letterRead{header: m.Header}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	if kind == "text/plain" {
		got.text = plain(t, m.Body)
		return got
	}
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return got
		}
		if err != nil {
			t.Fatal(err)
		}
		if p.FileName() == "" {
			got.text = plain(t, p)
			continue
		}
		got.formName = p.FileName()
		if got.form, err = io.ReadAll(base64.NewDecoder(base64.StdEncoding, p)); err != nil {
			t.Fatal(err)
		}
	}
}

func plain(t *testing.T, r io.Reader) string {
	t.Helper()
	b, err := io.ReadAll(quotedprintable.NewReader(r))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}

// vignette is one of the family stories.
func vignette(t *testing.T, id string) dialog.Referral {
	t.Helper()
	for _, r := range vignettes(t) {
		if strings.HasSuffix(r.Ref, id) {
			return r
		}
	}
	t.Fatalf("no vignette %s", id)
	return dialog.Referral{}
}

// TestMail sends what there is to be said, and reads what arrives.
func TestMail(t *testing.T) {
	t.Parallel()
	r := vignette(t, "V01")
	dates := "Reference: " + r.Ref + "\nReceived: 09:05 on 23 November 2026\nConfirm receipt by: 28 November 2026\n"
	for _, tt := range []struct {
		name  string
		carry string
		why   dialog.Why
		says  string
		form  bool
	}{
		{"the whole form", rules.CarryForm, dialog.WhySent, "A referral has been received. Its form is attached.", true},
		{"by reference", rules.CarryReference, dialog.WhySent, "A referral has been received. It is not in this mail.", false},
		{"nothing said of what it may carry", "", dialog.WhySent, "It is not in this mail.", false},
		{"a breach, where the form may go", rules.CarryForm, dialog.WhyBreach, "Nobody has confirmed the receipt of this referral in time.", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := newFaulty(t, nil)
			w := newWorld(t, server.url(), tt.carry, nil)
			d := w.store(r, tt.why)
			w.deliver()
			eventually(t, "the mail is handed in", w.idle)
			mails := server.kept()
			if len(mails) != 1 {
				t.Fatalf("%d mails, want 1", len(mails))
			}
			got := read(t, mails[0])
			if !strings.Contains(got.text, tt.says) || !strings.Contains(got.text, dates) {
				t.Errorf("it says:\n%s", got.text)
			}
			for name, want := range map[string]string{
				"Subject": r.Ref, "Message-Id": "<" + d.ID + "@example.org>", "To": "<" + mailbox + ">", "From": "<" + mailbox + ">", "Auto-Submitted": "auto-generated",
			} {
				if h := got.header.Get(name); h != want {
					t.Errorf("%s: %q, want %q", name, h, want)
				}
			}
			if tt.form != (got.form != nil) {
				t.Errorf("a form of %d bytes", len(got.form))
			}
			if tt.form && (got.formName != r.Ref+".pdf" || !bytes.Equal(got.form, mustForm(t, r))) {
				t.Errorf("the form %s is not the referral's", got.formName)
			}
			outside := strings.ReplaceAll(mails[0], "\r\n", "\n")
			if tt.form {
				outside, _, _ = strings.Cut(outside, "application/pdf")
			}
			for _, values := range r.Answers {
				for _, v := range values {
					if len(v) > 6 && strings.Contains(outside, v) {
						t.Errorf("outside the form stands an answer: %s", v)
					}
				}
			}
			if logged := w.log.String(); logged != "" {
				t.Errorf("logged: %s", logged)
			}
		})
	}
}

// mailed is what the audit of V01 says has been mailed, and what became of it.
func (w *world) mailed() string {
	w.Helper()
	var all []string
	entries, err := w.bot.Store.Audit(w.Context(), vignette(w.T, "V01").Ref)
	if err != nil {
		w.Fatal(err)
	}
	for _, e := range entries {
		if e.Action != "mailed" || e.Channel != Platform || e.Role != dialog.RoleService || e.ID == "" {
			w.Errorf("written down %+v", e)
		}
		all = append(all, e.Detail+" "+e.Result)
	}
	return strings.Join(all, "; ")
}

// TestFaults says what each of a server's faults means, and what the operator reads.
func TestFaults(t *testing.T) {
	t.Parallel()
	later := &bot.Later{}
	for _, tt := range []struct {
		name string
		says map[string]string
		want error // nil for delivered
		code string
	}{
		{"well", nil, nil, ""},
		{"too busy to greet", map[string]string{"greeting": "421 busy"}, later, "busy"},
		{"no greeting for us", map[string]string{"greeting": "554 go away"}, bot.ErrBroken, "greeting_refused"},
		{"hangs up at once", map[string]string{"greeting": hangUp}, later, "no_connection"},
		{"says nothing", map[string]string{"greeting": silent}, later, "no_connection"},
		{"password refused", map[string]string{"AUTH": "535 5.7.8 canary no"}, bot.ErrBroken, "password_refused"},
		{"cannot look the password up", map[string]string{"AUTH": "454 4.7.0 later"}, later, "busy"},
		{"sender refused", map[string]string{"MAIL": "550 5.7.1 not you"}, bot.ErrBroken, "sender_refused"},
		{"mailbox unknown", map[string]string{"RCPT": "550 5.1.1 no box@example.org"}, bot.ErrBroken, "mailbox_refused"},
		{"mailbox full", map[string]string{"RCPT": "452 4.2.2 full"}, later, "busy"},
		{"put off as a stranger", map[string]string{"RCPT": "451 4.7.1 greylisted"}, later, "busy"},
		{"hangs up at the mailbox", map[string]string{"RCPT": hangUp}, later, "no_connection"},
		{"no mail now", map[string]string{"DATA": "421 shutting down"}, later, "busy"},
		{"content refused", map[string]string{".": "554 5.6.0 no"}, bot.ErrRefused, "content_refused"},
		{"mail not kept now", map[string]string{".": "451 4.3.0 disk"}, later, "busy"},
		{"hangs up after the mail", map[string]string{".": hangUp}, bot.ErrUncertain, "no_answer"},
		{"says nothing after the mail", map[string]string{".": silent}, bot.ErrUncertain, "no_answer"},
		{"hangs up once it has kept the mail", map[string]string{"QUIT": hangUp}, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			says := map[string][]string{}
			for verb, words := range tt.says {
				says[verb] = []string{words, words}
			}
			server := newFaulty(t, says)
			w := newWorld(t, strings.Replace(server.url(), "//", "//canary:canary@", 1), rules.CarryReference, nil)
			w.client.within = 200 * time.Millisecond
			_, err := w.client.Deliver(t.Context(), w.store(vignette(t, "V01"), dialog.WhySent))
			if _, isLater := errors.AsType[*bot.Later](err); isLater != (tt.want == later) || !isLater && !errors.Is(err, tt.want) {
				t.Errorf("error %v, want %v", err, tt.want)
			}
			logged := w.log.String()
			if (tt.code == "") != (logged == "") || !strings.Contains(logged, tt.code) {
				t.Errorf("logged %q, want the code %s", logged, tt.code)
			}
			wanted := map[bool]string{true: "mailbox reference " + tt.code + " failure", false: "mailbox reference success"}[tt.want != nil]
			if tt.want == later {
				wanted = ""
			}
			if got := w.mailed(); got != wanted {
				t.Errorf("written down %q, want %q", got, wanted)
			}
			if strings.Contains(logged, "canary") || strings.Contains(logged, mailbox) || err != nil && strings.Contains(err.Error(), "canary") {
				t.Errorf("too much is told: %v, %s", err, logged)
			}
		})
	}
}

// TestNobodyThere has no server at all.
func TestNobodyThere(t *testing.T) {
	t.Parallel()
	server := newFaulty(t, nil)
	server.listener.Close()
	w := newWorld(t, server.url(), rules.CarryReference, nil)
	_, err := w.client.Deliver(t.Context(), w.store(vignette(t, "V01"), dialog.WhySent))
	if _, later := errors.AsType[*bot.Later](err); !later {
		t.Errorf("error %v", err)
	}
	if err := w.client.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "nobody answers there") {
		t.Errorf("Check: %v", err)
	}
}

// TestAMailThatMayHaveArrivedIsSentAgainAsTheSame: the server keeps the mail and its answer is
// lost.
func TestAMailThatMayHaveArrivedIsSentAgainAsTheSame(t *testing.T) {
	t.Parallel()
	server := newFaulty(t, map[string][]string{".": {hangUp}})
	w := newWorld(t, server.url(), rules.CarryForm, nil)
	w.store(vignette(t, "V01"), dialog.WhySent)
	w.deliver()
	eventually(t, "the mail is handed in", w.idle)
	mails := server.kept()
	if len(mails) != 2 {
		t.Fatalf("%d mails, want 2", len(mails))
	}
	first, second := read(t, mails[0]), read(t, mails[1])
	if id := first.header.Get("Message-Id"); id == "" || id != second.header.Get("Message-Id") {
		t.Errorf("the ids are %q and %q", id, second.header.Get("Message-Id"))
	}
	if first.form == nil || !bytes.Equal(first.form, second.form) {
		t.Error("the forms differ")
	}
	if got := w.mailed(); got != "mailbox form no_answer failure; mailbox form success" {
		t.Errorf("written down %q", got)
	}
}

// TestAFormThatIsRefusedIsToldOf: a server that will not have the form is given the reference.
func TestAFormThatIsRefusedIsToldOf(t *testing.T) {
	t.Parallel()
	for _, at := range []string{"DATA", "."} {
		t.Run(at, func(t *testing.T) {
			t.Parallel()
			server := newFaulty(t, map[string][]string{at: {"552 5.3.4 too much"}})
			w := newWorld(t, server.url(), rules.CarryForm, nil)
			w.store(vignette(t, "V01"), dialog.WhySent)
			w.deliver()
			eventually(t, "the mail is handed in", w.idle)
			mails := server.kept()
			last := read(t, mails[len(mails)-1])
			if last.form != nil || !strings.Contains(last.text, "It is not in this mail.") {
				t.Errorf("sent in its place:\n%s", last.text)
			}
			if !strings.Contains(w.log.String(), "content_refused") {
				t.Error("the operator is not told")
			}
			if got := w.mailed(); got != "mailbox form content_refused failure; mailbox reference success" {
				t.Errorf("written down %q", got)
			}
		})
	}
}

// TestNothingIsToldOfWhatIsGone: erased or taken back before its mail went.
func TestNothingIsToldOfWhatIsGone(t *testing.T) {
	t.Parallel()
	server := newFaulty(t, nil)
	w := newWorld(t, server.url(), rules.CarryForm, nil)
	r := vignette(t, "V01")
	r.Status = dialog.Withdrawn
	d := w.store(r, dialog.WhySent)
	erased := d
	erased.Body = []byte(`{"ref":"R99","why":"sent"}`)
	for _, d := range []store.Delivery{d, erased} {
		if _, err := w.client.Deliver(t.Context(), d); err != nil {
			t.Error(err)
		}
	}
	if n := len(server.kept()); n != 0 {
		t.Errorf("%d mails", n)
	}
}

// TestOtherKindsAreRefused: nothing but a mail is sent as one.
func TestOtherKindsAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, newFaulty(t, nil).url(), rules.CarryForm, nil)
	for _, d := range []store.Delivery{{Kind: bot.KindCard}, {Kind: bot.KindMail, Body: []byte("canary")}} {
		if _, err := w.client.Deliver(t.Context(), d); !errors.Is(err, bot.ErrRefused) {
			t.Errorf("%s: %v", d.Kind, err)
		}
	}
}

// TestRealServer hands mail to a server that nobody here has written, both ways of encryption.
func TestRealServer(t *testing.T) {
	t.Parallel()
	server := newAiosmtpd(t)
	if server == nil {
		return
	}
	addresses := map[string]string{
		"implicit": "smtps://bot:p%40ss%3Aword@127.0.0.1:" + server.implicit + "?from=bot@example.org",
		"STARTTLS": "smtp://bot:p%40ss%3Aword@127.0.0.1:" + server.starttls + "?from=bot@example.org",
	}
	for name, address := range addresses {
		t.Run(name, func(t *testing.T) {
			before := len(server.mails(t))
			w := newWorld(t, address, rules.CarryForm, server.roots)
			if err := w.client.Check(t.Context()); err != nil {
				t.Fatalf("Check: %v", err)
			}
			if n := len(server.mails(t)); n != before {
				t.Fatalf("Check sent %d mails", n-before)
			}
			r := vignette(t, "V01")
			w.store(r, dialog.WhySent)
			w.deliver()
			eventually(t, "the mail is handed in", w.idle)
			mails := server.mails(t)
			if len(mails) != before+1 {
				t.Fatalf("%d mails, want one more than %d; logged: %s", len(mails), before, w.log)
			}
			got := read(t, mails[len(mails)-1])
			if !bytes.Equal(got.form, mustForm(t, r)) || got.header.Get("From") != "<bot@example.org>" {
				t.Errorf("from %s, with a form of %d bytes", got.header.Get("From"), len(got.form))
			}
		})
	}
	t.Run("a mailbox it does not have", func(t *testing.T) {
		w := newWorld(t, addresses["implicit"], rules.CarryReference, server.roots)
		w.bot.Mailbox = Destination("nobody@example.org")
		_, err := w.client.Deliver(t.Context(), w.store(vignette(t, "V01"), dialog.WhySent))
		if !errors.Is(err, bot.ErrBroken) || !strings.Contains(w.log.String(), "code=mailbox_refused smtp=550") {
			t.Errorf("%v, logged %s", err, w.log)
		}
	})
	for _, tt := range []struct {
		name, address string
		believe       bool
		says          string
	}{
		{"a wrong password", strings.Replace(addresses["implicit"], "p%40ss", "canary", 1), true, "check the user and the password"},
		{"a wrong password after STARTTLS", strings.Replace(addresses["STARTTLS"], "p%40ss", "canary", 1), true, "check the user and the password"},
		{"a certificate not believed", addresses["implicit"], false, "its certificate is one this machine believes"},
		{"a certificate not believed after STARTTLS", addresses["STARTTLS"], false, "its certificate is one this machine believes"},
		{"smtps where STARTTLS is meant", "smtps://127.0.0.1:" + server.starttls, true, "smtps for port 465"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			roots := server.roots
			if !tt.believe {
				roots = nil
			}
			w := newWorld(t, tt.address, rules.CarryForm, roots)
			if err := w.client.Check(t.Context()); err == nil || !strings.Contains(err.Error(), tt.says) || strings.Contains(err.Error(), "canary") {
				t.Errorf("Check: %v", err)
			}
			_, err := w.client.Deliver(t.Context(), w.store(vignette(t, "V01"), dialog.WhySent))
			if !errors.Is(err, bot.ErrBroken) || strings.Contains(w.log.String(), "canary") {
				t.Errorf("%v, logged %s", err, w.log)
			}
		})
	}
}

// TestNobodyGrantsAConnectionMoreTime: the library grants time at every step, and all of them
// together must end within the lease.
func TestNobodyGrantsAConnectionMoreTime(t *testing.T) {
	t.Parallel()
	here, there := net.Pipe()
	defer here.Close()
	defer there.Close()
	c := bounded{here, time.Now().Add(10 * time.Millisecond)}
	if err := c.SetDeadline(time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("read: %v", err)
	}
}

// TestPlainIsForThisMachineOnly: a server elsewhere without encryption is given nothing.
func TestPlainIsForThisMachineOnly(t *testing.T) {
	t.Parallel()
	server := newFaulty(t, nil)
	w := newWorld(t, strings.Replace(server.url(), "//", "//bot:canary@", 1), rules.CarryForm, nil)
	w.client.server.here = false
	if err := w.client.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "cannot be encrypted") {
		t.Errorf("Check: %v", err)
	}
}
