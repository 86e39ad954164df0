package mail

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"log/slog"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"referralbot/bot"
	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/seal"
	"referralbot/store/sqlite"
)

const mailbox = "box@example.org"

// world is a bot with a store, a client of a mail server, and what is logged.
type world struct {
	*testing.T
	bot    *bot.Bot
	client *Client
	log    *syncBuffer
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// newWorld returns a world whose mailbox may carry so much.
func newWorld(t *testing.T, server, carry string, roots *x509.CertPool) *world {
	t.Helper()
	keys, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "test.db"), keys)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	service := *rules.DefaultService()
	service.Mailbox, service.Mail.Carry = mailbox, carry
	log := new(syncBuffer)
	b := &bot.Bot{Store: db, Service: &service, Log: slog.New(slog.NewTextHandler(log, nil)), Mailbox: Destination(mailbox)}
	address, err := ParseServer(server)
	if err != nil {
		t.Fatal(err)
	}
	return &world{T: t, bot: b, client: New(b, Options{Server: address, Roots: roots}), log: log}
}

// store keeps a referral, and queues a mail about it.
func (w *world) store(r dialog.Referral, why dialog.Why) store.Delivery {
	w.Helper()
	body, err := json.Marshal(dialog.Mail{Ref: r.Ref, Why: why})
	if err != nil {
		w.Fatal(err)
	}
	d := store.Delivery{ID: "d" + string(why), Destination: w.bot.Mailbox, Kind: bot.KindMail, Body: body}
	if _, err := w.bot.Store.Commit(w.Context(), store.Change{Chat: r.Chat, Keys: []string{"k"}, Referral: &r, Deliveries: []store.Delivery{d}, At: time.Now()}); err != nil {
		w.Fatal(err)
	}
	return d
}

// deliver lets the bot deliver what is queued until the test ends.
func (w *world) deliver() {
	w.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.bot.Deliver(ctx, map[string]bot.Messenger{Platform: w.client}) }()
	w.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			w.Errorf("Deliver: %v", err)
		}
	})
}

// eventually waits until holds does.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not in time: %s", what)
		}
	}
}

// idle reports whether nothing waits to be delivered, and nothing was set aside.
func (w *world) idle() bool {
	s, err := w.bot.Store.Stats(w.Context())
	return err == nil && s.Waiting == 0 && s.Aside == 0
}

// faulty is a mail server that answers as it is told to. It has no encryption.
type faulty struct {
	listener net.Listener
	mu       sync.Mutex
	says     map[string][]string // what is said to each verb instead, the first time, the second, …; "." is the end of a mail
	mails    []string            // those it has read whole, answered for or not
}

// Words of a faulty server's that are not said.
const (
	hangUp = "hang up"
	silent = "silent"
)

func newFaulty(t *testing.T, says map[string][]string) *faulty {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &faulty{listener: l, says: says}
	var sessions sync.WaitGroup
	sessions.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			sessions.Go(func() {
				stop := context.AfterFunc(t.Context(), func() { c.Close() })
				defer stop()
				defer c.Close()
				f.talk(c)
			})
		}
	})
	t.Cleanup(func() { l.Close(); sessions.Wait() })
	return f
}

func (f *faulty) url() string { return "smtp://" + f.listener.Addr().String() }

// talk serves one session.
func (f *faulty) talk(c net.Conn) {
	lines := bufio.NewReader(c)
	if _, on := f.answer(c, "greeting", "220 here"); !on {
		return
	}
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		verb, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(line)), " ")
		usual := map[string]string{"DATA": "354 go on", "QUIT": "221 bye", "AUTH": "235 known", "EHLO": "250-here\r\n250 AUTH PLAIN"}
		said, on := f.answer(c, verb, cmp.Or(usual[verb], "250 ok"))
		if on && strings.HasPrefix(said, "354") {
			on = f.read(lines, c)
		}
		if !on {
			return
		}
	}
}

// read reads a mail and answers for it.
func (f *faulty) read(lines *bufio.Reader, c net.Conn) bool {
	var mail strings.Builder
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		mail.WriteString(line)
	}
	f.mu.Lock()
	f.mails = append(f.mails, mail.String())
	f.mu.Unlock()
	_, on := f.answer(c, ".", "250 kept")
	return on
}

// answer says what it is told to, or else what is usual, and returns it, and whether to go on.
func (f *faulty) answer(c net.Conn, to, usual string) (said string, on bool) {
	f.mu.Lock()
	said = usual
	if told := f.says[to]; len(told) > 0 {
		said, f.says[to] = told[0], told[1:]
	}
	f.mu.Unlock()
	switch said {
	case hangUp:
		return said, false
	case silent:
		c.Read(make([]byte, 1)) // until the other side gives up
		return said, false
	}
	fmt.Fprintf(c, "%s\r\n", said)
	return said, !strings.HasPrefix(said, "221") && !strings.HasPrefix(said, "421")
}

// kept are the mails it has read.
func (f *faulty) kept() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.mails...)
}

// aiosmtpd is a real mail server, of Debian.
type aiosmtpd struct {
	implicit, starttls string // its ports
	folder             string // where it puts what it accepts
	roots              *x509.CertPool
}

// python is Debian's own, which has Debian's packages.
const python = "/usr/bin/python3"

// newAiosmtpd starts the server. Where it is not installed it returns nil and says so, and
// where CI is set that is a failure.
func newAiosmtpd(t *testing.T) *aiosmtpd {
	t.Helper()
	if err := exec.Command(python, "-c", "import aiosmtpd").Run(); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("aiosmtpd is not installed: apt-get install python3-aiosmtpd")
		}
		t.Log("NOT TESTED on a real mail server: aiosmtpd is not installed (python3-aiosmtpd)")
		return nil
	}
	certificate, key, roots := newCertificate(t)
	s := &aiosmtpd{folder: t.TempDir(), roots: roots}
	cmd := exec.Command(python, "-W", "ignore", "testdata/smtpd.py", certificate, key, s.folder)
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stdin.Close(); cmd.Wait() })
	if _, err := fmt.Fscan(stdout, &s.implicit, &s.starttls); err != nil {
		t.Fatal(err)
	}
	return s
}

// mails are those the server has accepted, by the order of their names.
func (s *aiosmtpd) mails(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(s.folder, "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, name := range names {
		mail, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(mail))
	}
	return out
}

// newCertificate makes a certificate for this machine, and who is to be believed for it.
func newCertificate(t *testing.T) (certificate, key string, roots *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, about, about, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	roots = x509.NewCertPool()
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots.AddCert(parsed)
	folder := t.TempDir()
	write := func(name, kind string, der []byte) string {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	return write("certificate.pem", "CERTIFICATE", der), write("key.pem", "PRIVATE KEY", secret), roots
}
