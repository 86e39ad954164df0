package calendar

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"referralbot/rules"
)

// The times of watching calendars.
const (
	usualEvery  = 10 * time.Minute
	retryFirst  = time.Minute
	keptFor     = 24 * time.Hour // what was last read, while nothing newer can be
	startSpread = 5 * time.Second
)

// Watch keeps at hand when clinicians are busy, from their own calendars, so that nobody has
// to wait for one who asks.
//
// What cannot be read is kept for 24 hours as it last was. After that, and before it has been
// read for the first time, nobody can tell when that clinician is free, and they are taken to
// be busy: a call that nobody makes does more harm than a time that is not offered.
type Watch struct {
	log     *slog.Logger
	fetcher fetcher
	ahead   time.Duration
	every   time.Duration
	sources []*source
}

// source is one calendar of one clinician.
type source struct {
	who     rules.CallClinician
	n       int // which of theirs it is, from 1
	address rules.Secret

	mu     sync.Mutex
	busy   busy
	readAt time.Time // zero before the first time
	state  state     // as it was logged
}

// state is how it stands with a calendar: why it could not be read the last time, "" if it
// could, and whether its owner is taken to be busy since.
type state struct {
	code string
	busy bool
}

// NewWatch watches the calendars that the profile names. It makes no call yet.
func NewWatch(c rules.Calls, log *slog.Logger) *Watch {
	w := &Watch{log: log, fetcher: newFetcher(), ahead: time.Duration(c.Horizon+2) * day, every: usualEvery}
	for _, who := range c.Clinicians {
		for i, address := range who.Calendars {
			w.sources = append(w.sources, &source{who: who, n: i + 1, address: address})
		}
	}
	return w
}

// Busy returns when each clinician who has a calendar is busy, by their ids, from now until
// beyond the profile's horizon.
func (w *Watch) Busy(now time.Time) map[string][]rules.Span {
	all := map[string][]rules.Span{}
	for _, s := range w.sources {
		all[s.who.Slack] = append(all[s.who.Slack], s.spans(now)...)
	}
	return all
}

// spans is when its owner is busy by this calendar.
func (s *source) spans(now time.Time) []rules.Span {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.known(now) {
		return []rules.Span{everything}
	}
	return s.busy.spans
}

// known reports whether it is known what is in the calendar.
func (s *source) known(now time.Time) bool { return !s.readAt.IsZero() && now.Sub(s.readAt) <= keptFor }

// Run reads the calendars again and again until ctx is done.
func (w *Watch) Run(ctx context.Context) error {
	var all sync.WaitGroup
	for i, s := range w.sources {
		all.Go(func() { w.follow(ctx, s, min(startSpread, time.Duration(i)*100*time.Millisecond)) })
	}
	<-ctx.Done()
	all.Wait()
	return nil
}

// follow reads one calendar again and again, the first time after a wait, and sooner while it
// cannot be read.
func (w *Watch) follow(ctx context.Context, s *source, wait time.Duration) {
	retry := retryFirst
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		if err := w.refresh(ctx, s); err != nil {
			wait, retry = min(retry, w.every), min(2*retry, w.every)
			continue
		}
		retry, wait = retryFirst, w.every+rand.N(w.every/10+1)
	}
}

// refresh reads one calendar. It logs how it stands with it when that changes.
func (w *Watch) refresh(ctx context.Context, s *source) error {
	now := time.Now()
	b, err := w.fetcher.fetch(ctx, s.address, w.window(now))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	is := state{codeOf(err), err != nil && !s.known(now)}
	switch {
	case is == s.state:
	case err != nil:
		w.log.Warn("calendar", "clinician", s.who.Slack, "calendar", s.n, "code", is.code, "taken_as_busy", is.busy)
	default:
		w.log.Info("calendar", "clinician", s.who.Slack, "calendar", s.n, "code", "read_again")
	}
	if s.state = is; err != nil {
		return err
	}
	if b.unreadable > s.busy.unreadable {
		w.log.Warn("calendar", "clinician", s.who.Slack, "calendar", s.n, "code", "unreadable_entries", "entries", b.unreadable)
	}
	s.busy, s.readAt = b, now
	return nil
}

// window is what is read of a calendar, with what is needed of it while it is kept.
func (w *Watch) window(now time.Time) rules.Span {
	return rules.Span{From: now.Add(-day), To: now.Add(w.ahead + keptFor)}
}

// Check reads every calendar once. It returns what is wrong with each and how to mend it, and
// what is only worth knowing, by the name of its clinician.
func (w *Watch) Check(ctx context.Context) (faults, remarks []string) {
	results := make([]struct {
		busy busy
		err  error
	}, len(w.sources))
	var all sync.WaitGroup
	for i, s := range w.sources {
		all.Go(func() { results[i].busy, results[i].err = w.fetcher.fetch(ctx, s.address, w.window(time.Now())) })
	}
	all.Wait()
	for i, s := range w.sources {
		what := fmt.Sprintf("calendar %d of %s", s.n, s.who.Name)
		if f, failed := errors.AsType[failure](results[i].err); failed {
			faults = append(faults, fmt.Sprintf("%s (%s): %s", what, f, f.mend()))
		}
		if n := results[i].busy.unreadable; n > 0 {
			remarks = append(remarks, fmt.Sprintf("%s: nobody can tell when %d of its entries are, and they keep no time free; open them there and save them anew", what, n))
		}
	}
	return faults, remarks
}

// codeOf is the code of a failure, "" for none.
func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
