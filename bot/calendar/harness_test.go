package calendar

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"referralbot/rules"
)

// python is Debian's own, which has Debian's packages.
const python = "/usr/bin/python3"

// missing reports whether a tool is missing, and says so. Where CI is set that is a failure.
func missing(t *testing.T, what, pack string, tried error) bool {
	t.Helper()
	if tried == nil {
		return false
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is not installed: apt-get install %s", what, pack)
	}
	t.Logf("NOT TESTED with %s, which is not installed (%s)", what, pack)
	return true
}

// validated has vobject validate a calendar and returns how it reads it, nil where it is not
// installed.
func validated(t *testing.T, calendar []byte) []string {
	t.Helper()
	if missing(t, "vobject", "python3-vobject", exec.Command(python, "-c", "import vobject").Run()) {
		return nil
	}
	cmd := exec.Command(python, "-W", "ignore", "testdata/validate.py")
	cmd.Stdin = bytes.NewReader(calendar)
	var faults bytes.Buffer
	cmd.Stderr = &faults
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("vobject: %v\n%s\nof\n%s", err, &faults, calendar)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// wellFormed has the lines of a calendar end and fold as RFC 5545 says in 3.1.
func wellFormed(t *testing.T, calendar []byte) {
	t.Helper()
	if bytes.Count(calendar, []byte("\n")) != bytes.Count(calendar, []byte("\r\n")) || bytes.Count(calendar, []byte("\r")) != bytes.Count(calendar, []byte("\r\n")) {
		t.Errorf("a line does not end in CRLF:\n%q", calendar)
	}
	if !bytes.HasSuffix(calendar, []byte("END:VCALENDAR\r\n")) {
		t.Errorf("it does not end:\n%q", calendar)
	}
	for line := range strings.SplitSeq(string(calendar), "\r\n") {
		if len(line) > 75 || strings.ToValidUTF8(line, "?") != line {
			t.Errorf("%d octets: %q", len(line), line)
		}
	}
}

// radicale is a real calendar server, of Debian.
type radicale struct{ url string }

// newRadicale starts the server, or returns nil where it is not installed.
func newRadicale(t *testing.T) *radicale {
	t.Helper()
	path, err := exec.LookPath("radicale")
	if missing(t, "a real calendar server (radicale)", "radicale", err) {
		return nil
	}
	folder, address := t.TempDir(), freeAddress(t)
	config := filepath.Join(folder, "config")
	settings := fmt.Sprintf("[server]\nhosts = %s\n[auth]\ntype = none\n[rights]\ntype = authenticated\n[web]\ntype = none\n[storage]\nfilesystem_folder = %s\n",
		address, filepath.Join(folder, "data"))
	if err := os.WriteFile(config, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "--config", config)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	eventually(t, "radicale answers", func() bool {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
	return &radicale{"http://anna:secret@" + address}
}

// freeAddress is one of this machine at which nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// put puts a calendar there.
func (r *radicale) put(t *testing.T, path, calendar string) rules.Secret {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, r.url+path, strings.NewReader(calendar))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "text/calendar")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusCreated {
		t.Fatal(answer.Status)
	}
	return rules.Secret(r.url + path)
}

// eventually waits until holds does.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not in time: %s", what)
		}
	}
}

// publisher publishes calendars as Outlook and Google do, and fails as it is told to.
type publisher struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string]http.HandlerFunc // by path
	asked   map[string]int
}

func newPublisher(t *testing.T) *publisher {
	t.Helper()
	p := &publisher{answers: map[string]http.HandlerFunc{}, asked: map[string]int{}}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		answer := p.answers[r.URL.Path]
		p.asked[r.URL.Path]++
		p.mu.Unlock()
		if answer == nil {
			answer = http.NotFound
		}
		answer(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

// answer makes a path be answered so from now on, and returns its address.
func (p *publisher) answer(path string, with http.HandlerFunc) rules.Secret {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answers[path] = with
	return rules.Secret(p.URL + path)
}

// times is how often a path was asked for.
func (p *publisher) times(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[path]
}

func publish(calendar string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, calendar) }
}

// logged is a log that can be read while it is written.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// watch watches the calendars of one clinician.
func watch(addresses ...rules.Secret) (*Watch, *logged) {
	l := new(logged)
	calls := rules.Calls{Horizon: 14, Clinicians: []rules.CallClinician{{Name: "Anna", Slack: "UANNA", Calendars: addresses}}}
	return NewWatch(calls, slog.New(slog.NewTextHandler(l, nil))), l
}

// run lets w run until the test ends.
func run(t *testing.T, w *Watch) {
	t.Helper()
	var ended sync.WaitGroup
	ended.Go(func() { w.Run(t.Context()) })
	t.Cleanup(ended.Wait) // the test's context is done by then
}
