package main

import "sync"

// watchers are those who look at the page. Each is told that something has changed, and
// then looks for itself.
type watchers struct {
	mu  sync.Mutex
	all map[chan struct{}]bool
}

// watch returns a channel that holds a value after any change since it was last read, and
// a function that ends the watch.
func (ws *watchers) watch() (<-chan struct{}, func()) {
	w := make(chan struct{}, 1)
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.all == nil {
		ws.all = map[chan struct{}]bool{}
	}
	ws.all[w] = true
	return w, func() {
		ws.mu.Lock()
		defer ws.mu.Unlock()
		delete(ws.all, w)
	}
}

// wake tells everybody that something has changed.
func (ws *watchers) wake() {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	for w := range ws.all {
		select {
		case w <- struct{}{}:
		default: // it is behind, and will look
		}
	}
}
