package redistest

import (
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Proxy stands between a store and its server, and spoils what passes as it is told. It may
// be told otherwise at any time.
type Proxy struct {
	listener net.Listener
	server   string

	drop     atomic.Int32 // replies of a hundred that are lost, with their connections
	delay    atomic.Int64 // of every reply
	mu       sync.Mutex
	changed  *sync.Cond
	stalled  [2]bool // nothing passes to the server, or from it
	lost     atomic.Int64
	stopping bool
}

// The two ways in which something passes.
const (
	ToServer   = 0
	FromServer = 1
)

// NewProxy starts one before the server at address.
func NewProxy(tb testing.TB, address string) *Proxy {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	p := &Proxy{listener: l, server: address}
	p.changed = sync.NewCond(&p.mu)
	go p.serve()
	tb.Cleanup(p.close)
	return p
}

// URL is its address as a store is told it.
func (p *Proxy) URL() string { return "redis://" + p.listener.Addr().String() }

// Drop loses so many replies of a hundred: the command is done, and then the connection ends.
func (p *Proxy) Drop(percent int) { p.drop.Store(int32(percent)) }

// Lost is how many replies were lost.
func (p *Proxy) Lost() int { return int(p.lost.Load()) }

// Delay has every reply come so much later.
func (p *Proxy) Delay(d time.Duration) { p.delay.Store(int64(d)) }

// Stall lets nothing pass one way, and keeps it, or lets it pass again.
func (p *Proxy) Stall(way int, stalled bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stalled[way] = stalled
	p.changed.Broadcast()
}

func (p *Proxy) close() {
	p.listener.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopping = true
	p.changed.Broadcast()
}

func (p *Proxy) serve() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		go p.join(client)
	}
}

func (p *Proxy) join(client net.Conn) {
	server, err := net.Dial("tcp", p.server)
	if err != nil {
		client.Close()
		return
	}
	go p.pass(server, client, ToServer)
	p.pass(client, server, FromServer)
}

// pass brings what comes from one to the other until either ends.
func (p *Proxy) pass(to, from net.Conn, way int) {
	defer to.Close()
	defer from.Close()
	buffer := make([]byte, 1<<16)
	for {
		n, err := from.Read(buffer)
		if err != nil || !p.let(way) {
			return
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// let waits until something may pass, and reports whether it does.
func (p *Proxy) let(way int) bool {
	if way == FromServer {
		if rand.Int32N(100) < p.drop.Load() {
			p.lost.Add(1)
			return false
		}
		time.Sleep(time.Duration(p.delay.Load()))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.stalled[way] && !p.stopping {
		p.changed.Wait()
	}
	return !p.stopping
}
