package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"referralbot/bot/calendar"
	"referralbot/bot/telegram"
)

// What may be asked of the program over HTTP, by whoever can reach it.
const (
	headerWithin  = 5 * time.Second
	requestWithin = 10 * time.Second // a request and all its body
	answerWithin  = 15 * time.Second
	idleFor       = time.Minute
	headerMost    = 16 << 10 // bytes
	requestsMost  = 256      // at once
	finishWithin  = 5 * time.Second
)

// answerHTTP answers over listener until ctx is done, and then finishes what is in hand.
func answerHTTP(ctx context.Context, listener net.Listener, h http.Handler) error {
	server := &http.Server{
		Handler:           sheltered(h),
		ReadHeaderTimeout: headerWithin,
		ReadTimeout:       requestWithin,
		WriteTimeout:      answerWithin,
		IdleTimeout:       idleFor,
		MaxHeaderBytes:    headerMost,
		ErrorLog:          log.New(io.Discard, "", 0), // it would tell of addresses
	}
	finished := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishWithin)
		defer cancel()
		finished <- errors.Join(server.Shutdown(ctx), server.Close())
	})
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		stop()
		return err
	}
	<-finished // what was still under way then is not acknowledged
	return nil
}

// sheltered lets h see no more requests at once than it can bear, and keeps a fault of ours
// from telling the log what it was about.
func sheltered(h http.Handler) http.Handler {
	free := make(chan struct{}, requestsMost)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case free <- struct{}{}:
			defer func() { <-free }()
		default:
			http.Error(w, "too much at once", http.StatusServiceUnavailable)
			return
		}
		defer func() {
			if recover() != nil {
				http.Error(w, "a fault", http.StatusInternalServerError)
			}
		}()
		h.ServeHTTP(w, r)
	})
}

// routes is what the program answers.
func (p *program) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.Handle("GET /readyz", p.health())
	mux.Handle("GET /metrics", p.meter.Handler())
	if p.called {
		mux.Handle(telegram.WebhookPath, p.telegram.Webhook(p.bot))
	}
	mux.Handle("GET "+calendar.FeedPath, p.feeds)
	return mux
}
