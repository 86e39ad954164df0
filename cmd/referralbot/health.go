package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// ailing is something that can say what is wrong with it now, in codes: none if nothing is.
type ailing interface{ Ailing() []string }

// health answers /healthz while the program runs, and /readyz: "ok" if it can keep what it hears
// and reaches those it must; 503 and why not, if it can keep nothing; and 200 with "degraded"
// where it hears and keeps, but something outside needs an operator. It then wants to be heard
// all the same: a parent in danger is answered also while Slack is away.
//
// The answer is codes, one to a line, and says nothing of anybody.
type health struct {
	db    store.Store
	parts map[string]ailing // by how their codes begin

	mu      sync.Mutex
	tried   time.Time
	failing []string // of the store
}

const (
	probeEvery = time.Second // however often it is asked
	probePart  = "readyz"
)

// What can be wrong with a store.
const (
	notWritten = "store_not_written"
	notRead    = "store_not_read"
)

// ServeHTTP answers /readyz.
func (h *health) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	failing := h.store(r.Context())
	var degraded []string
	for name, part := range h.parts {
		for _, code := range part.Ailing() {
			degraded = append(degraded, name+"_"+code)
		}
	}
	slices.Sort(degraded)
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	word := "ok"
	switch {
	case len(failing) > 0:
		w.WriteHeader(http.StatusServiceUnavailable)
		word = "not ready"
	case len(degraded) > 0:
		word = "degraded"
	}
	fmt.Fprintln(w, strings.Join(append(append([]string{word}, failing...), degraded...), "\n"))
}

// store writes to the store and reads from it, and returns what cannot be done.
func (h *health) store(ctx context.Context) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if time.Since(h.tried) < probeEvery {
		return h.failing
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), probeWithin)
	defer cancel()
	h.failing = nil
	// All processes are one holder here, so that each of them writes.
	if _, err := h.db.Lease(ctx, probePart, probePart, time.Minute); err != nil {
		h.failing = append(h.failing, notWritten)
	}
	if _, err := h.db.Conversation(ctx, dialog.Chat{Platform: probePart}); err != nil {
		h.failing = append(h.failing, notRead)
	}
	h.tried = time.Now()
	return h.failing
}

// health is that of the program.
func (p *program) health() *health {
	h := &health{db: p.store, parts: map[string]ailing{"slack": p.slack}}
	if p.telegram != nil {
		h.parts["telegram"] = p.telegram
	}
	return h
}
