package sim

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// A server is an HTTP server on a free port of the loopback.
type server struct {
	url  string // without a slash at its end
	http *http.Server
	ctx  context.Context // ends on close, and with it every request
	stop context.CancelFunc
}

// startServer panics if the loopback has no port left, since nothing can be done without.
func startServer(h http.Handler) *server {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic("sim: " + err.Error())
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &server{
		url:  "http://" + listener.Addr().String(),
		http: &http.Server{Handler: h, BaseContext: func(net.Listener) context.Context { return ctx }},
		ctx:  ctx,
		stop: stop,
	}
	go s.http.Serve(listener)
	return s
}

// close ends every request, those that hang included, and frees the port.
func (s *server) close() {
	s.stop()
	s.http.Close()
}

// watchers are those who want to be woken by every change.
type watchers struct {
	mu    sync.Mutex
	chans map[chan struct{}]bool
}

// watch returns a channel that holds a value after any change since it was last read, and
// a function that ends the watch.
func (ws *watchers) watch() (<-chan struct{}, func()) {
	ch := make(chan struct{}, 1)
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.chans == nil {
		ws.chans = map[chan struct{}]bool{}
	}
	ws.chans[ch] = true
	return ch, func() {
		ws.mu.Lock()
		defer ws.mu.Unlock()
		delete(ws.chans, ch)
	}
}

func (ws *watchers) wake() {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	for ch := range ws.chans {
		select {
		case ch <- struct{}{}:
		default: // it has not yet seen the last change
		}
	}
}

// wait returns nil once holds does, which it asks again after every change.
func (ws *watchers) wait(ctx context.Context, holds func() bool) error {
	changed, end := ws.watch()
	defer end()
	for !holds() {
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
