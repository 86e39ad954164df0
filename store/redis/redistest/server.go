// Package redistest starts Redis servers for tests, kills them, and stands between them and
// a store to spoil what passes. Tests alone use it.
package redistest

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Binary is the server that is started.
const Binary = "redis-server"

// Installed reports whether there is one.
func Installed() bool {
	_, err := exec.LookPath(Binary)
	return err == nil
}

// Missing reports whether there is none, and says loudly what is not tested for that. It fails
// the test where CI is set.
func Missing(tb testing.TB) bool {
	tb.Helper()
	switch {
	case Installed():
		return false
	case os.Getenv("CI") != "":
		tb.Errorf("there is no %s here", Binary)
	default:
		tb.Logf("NOT TESTED: there is no %s here, so that this was not tested on Redis", Binary)
	}
	return true
}

// starts are commands on their way to the one thread that starts them. A process that is to
// die with its parent dies with the thread that started it, so that one must stay.
var starts = func() chan func() {
	all := make(chan func())
	go func() {
		runtime.LockOSThread()
		for start := range all {
			start()
		}
	}()
	return all
}()

// Server is one redis-server.
type Server struct {
	Folder  string
	Port    int
	Options []string // of its command line, besides the usual
	Process *exec.Cmd
}

// tries is at how many ports a server is started before it is given up.
const tries = 5

// New starts a server with the options, in a folder within parent. It syncs every second.
func New(parent string, options ...string) (*Server, error) {
	folder, err := os.MkdirTemp(parent, "redis")
	if err != nil {
		return nil, err
	}
	s := &Server{Folder: folder, Options: options}
	for range tries { // somebody may take a port between our look and the server's
		s.Port = freePort()
		if err = s.Start(); err == nil {
			return s, nil
		}
		s.Kill()
	}
	return nil, err
}

// Own starts a server for one test, which kills it in the end.
func Own(tb testing.TB, options ...string) *Server {
	tb.Helper()
	s, err := New(tb.TempDir(), options...)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.Kill)
	return s
}

// Ports that a server may have: those from which systems connect begin above them and above
// the port that a cluster adds, so that a server which is killed finds its own again.
const (
	lowestPort  = 10_000
	highestPort = 22_000
	clusterAdds = 10_000
)

// freePort returns a port that nobody has at the moment, and where the port that a cluster
// adds is free too.
func freePort() int {
	for {
		port := lowestPort + rand.IntN(highestPort-lowestPort)
		if free(port) && free(port+clusterAdds) {
			return port
		}
	}
}

func free(port int) bool {
	l, err := net.Listen("tcp", fmt.Sprint("127.0.0.1:", port))
	return err == nil && l.Close() == nil
}

// Address is where it listens, as a host and a port.
func (s *Server) Address() string { return fmt.Sprint("127.0.0.1:", s.Port) }

// URL is its address as a store is told it.
func (s *Server) URL() string { return "redis://" + s.Address() }

// Start starts the server, once more if it was killed, and waits until it answers.
func (s *Server) Start() error {
	args := []string{
		"--port", fmt.Sprint(s.Port), "--bind", "127.0.0.1", "--dir", s.Folder, "--save", "",
		"--appendonly", "yes", "--appendfsync", "everysec", "--daemonize", "no", "--loglevel", "warning",
		"--maxmemory-policy", "noeviction", "--logfile", filepath.Join(s.Folder, "log"),
	}
	s.Process = exec.Command(Binary, append(args, s.Options...)...)
	dieWithUs(s.Process)
	done := make(chan error)
	starts <- func() { done <- s.Process.Start() }
	if err := <-done; err != nil {
		return err
	}
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if said, err := s.Do("PING"); err == nil && said == "+PONG" {
			return s.ours()
		}
	}
	log, _ := os.ReadFile(filepath.Join(s.Folder, "log"))
	return fmt.Errorf("%s does not answer: %s", s.Address(), log)
}

// ours returns an error if another server answers at the port, as far as it can be told.
func (s *Server) ours() error {
	conn, err := net.DialTimeout("tcp", s.Address(), time.Second)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := errors.Join(conn.SetDeadline(time.Now().Add(10*time.Second)), write(conn, "INFO server\r\n")); err != nil {
		return err
	}
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		pid, said := strings.CutPrefix(lines.Text(), "process_id:")
		switch {
		case said && pid != fmt.Sprint(s.Process.Process.Pid):
			return fmt.Errorf("%s is another server's, of process %s", s.Address(), pid)
		case said, strings.HasPrefix(lines.Text(), "-NOPERM"): // a server with users of its own tells nobody
			return nil
		}
	}
	return fmt.Errorf("%s does not say whose it is", s.Address())
}

// Kill kills the server as a crash does.
func (s *Server) Kill() {
	if s.Process != nil && s.Process.Process != nil {
		_ = s.Process.Process.Kill()
		_ = s.Process.Wait()
	}
}

// Do has the server do what the line says and returns the first line of its answer.
func (s *Server) Do(line string) (string, error) {
	conn, err := net.DialTimeout("tcp", s.Address(), time.Second)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	err = errors.Join(conn.SetDeadline(time.Now().Add(10*time.Second)), write(conn, line+"\r\n"))
	if err != nil {
		return "", err
	}
	said, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return "", err
	}
	return said[:len(said)-2], nil
}

func write(conn net.Conn, text string) error {
	_, err := conn.Write([]byte(text))
	return err
}
