package metrics

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"referralbot/dialog"
	"referralbot/store"
)

// So that asking often costs little, what was read of the store is told again for so long, and
// referrals that are over, of which there are ever more, are read again after a while only.
const (
	readAgain = 5 * time.Second
	overAgain = 5 * time.Minute
)

// statuses are those a referral can have.
var statuses = []dialog.Status{
	dialog.Draft, dialog.Received, dialog.Claimed, dialog.Awaiting, dialog.Decided, dialog.Closed, dialog.Withdrawn,
}

// standing reads, when it is asked, how things stand in the store.
type standing struct {
	store   store.Store
	sockets func() int

	mu    sync.Mutex
	read  time.Time
	last  state
	all   time.Time        // when all referrals were last read
	known map[string]heeds // by reference
}

// heeds is what is to be heeded of one referral.
type heeds struct {
	breached bool
	alerts   []time.Time // that nobody has acknowledged
}

func heedsOf(r dialog.Referral) heeds {
	h := heeds{breached: !r.BreachedAt.IsZero()}
	for _, a := range r.Alerts {
		if a.Acknowledged.ID == "" {
			h.alerts = append(h.alerts, a.At)
		}
	}
	return h
}

// state is how things stand.
type state struct {
	up       bool
	stats    store.Stats
	open     int           // alerts that nobody has acknowledged
	oldest   time.Duration // how long the oldest of them has waited
	breached int           // referrals whose receipt was not confirmed in time
}

// Watch has how things stand in s, and how many sockets there are, told from now on.
func (m *Meter) Watch(s store.Store, sockets func() int) {
	m.registry.MustRegister(&standing{store: s, sockets: sockets})
}

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(namespace+"_"+name, help, labels, nil)
}

var (
	storeUp       = describe("store_up", "Whether the store could be read just now. If not, what follows from it is left out.")
	conversations = describe("conversations", "Conversations stored.")
	referrals     = describe("referrals", "Referrals stored, by where they stand.", "status")
	breaches      = describe("receipt_breaches", "Referrals stored whose receipt nobody had confirmed in time.")
	alertsOpen    = describe("alerts_open", "Alerts that nobody has acknowledged.")
	alertOldest   = describe("alert_oldest_seconds", "How long the oldest alert that nobody has acknowledged has waited.")
	waiting       = describe("outbox_waiting", "Messages not yet handed over.")
	waitingOldest = describe("outbox_oldest_seconds", "How long the oldest of them has waited.")
	aside         = describe("dead_letters", "What could not be dealt with and is kept for an operator.")
	sockets       = describe("slack_sockets", "Connections with Slack that are open.")
)

// Describe implements prometheus.Collector.
func (s *standing) Describe(descs chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		storeUp, conversations, referrals, breaches, alertsOpen, alertOldest, waiting, waitingOldest, aside, sockets,
	} {
		descs <- d
	}
}

// Collect implements prometheus.Collector.
func (s *standing) Collect(to chan<- prometheus.Metric) {
	tell := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	tell(sockets, float64(s.sockets()))
	now := s.now()
	if !now.up {
		tell(storeUp, 0)
		return
	}
	tell(storeUp, 1)
	tell(conversations, float64(now.stats.Conversations))
	for _, status := range statuses {
		tell(referrals, float64(now.stats.Referrals[status]), string(status))
	}
	tell(breaches, float64(now.breached))
	tell(alertsOpen, float64(now.open))
	tell(alertOldest, now.oldest.Seconds())
	tell(waiting, float64(now.stats.Waiting))
	tell(waitingOldest, now.stats.OldestWaiting.Seconds())
	tell(aside, float64(now.stats.Aside))
}

// now is how things stand, or stood a moment ago.
func (s *standing) now() state {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.read) >= readAgain {
		s.last, s.read = s.look(), time.Now()
	}
	return s.last
}

func (s *standing) look() state {
	ctx, cancel := context.WithTimeout(context.Background(), askedWithin)
	defer cancel()
	var now state
	var err error
	if now.stats, err = s.store.Stats(ctx); err != nil {
		return state{}
	}
	if err := s.heed(ctx); err != nil {
		return state{}
	}
	for _, h := range s.known {
		if h.breached {
			now.breached++
		}
		for _, at := range h.alerts {
			now.open++
			now.oldest = max(now.oldest, time.Since(at))
		}
	}
	now.up = true
	return now
}

// heed reads the referrals that are open, or all if it is time for that. Of what does not open
// the others say nothing.
func (s *standing) heed(ctx context.Context) error {
	read := s.store.Open
	whole := time.Since(s.all) >= overAgain
	if whole {
		read = s.store.Referrals
	}
	all, err := read(ctx)
	if err != nil && !errors.Is(err, store.ErrDamaged) {
		return err
	}
	if whole {
		s.known, s.all = map[string]heeds{}, time.Now()
	}
	for _, r := range all {
		s.known[r.Ref] = heedsOf(r)
	}
	return nil
}
