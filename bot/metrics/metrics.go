// Package metrics tells Prometheus how the bot does: how long turns and deliveries take and
// what comes of them, what the store answers, and, each time it is asked, what waits and what
// is open. It wraps prometheus/client_golang.
//
// It knows no person, no chat and no referral: whatever is counted is counted by words of a
// closed list.
package metrics

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"referralbot/bot"
)

// Meter counts what happens. Its methods may be called from many goroutines.
type Meter struct {
	registry   *prometheus.Registry
	turns      *prometheus.CounterVec
	turn       *prometheus.HistogramVec
	heard      *prometheus.GaugeVec
	deliveries *prometheus.CounterVec
	delivery   *prometheus.HistogramVec
	calls      *prometheus.CounterVec
	call       *prometheus.HistogramVec
}

// The buckets of the histograms, in seconds: a turn or a call that is slow takes tens of
// milliseconds, and a delivery that waits for a platform may take hours.
var (
	quick = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
	slow  = []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 4 * 3600}
)

// New returns a Meter that has counted nothing.
func New() *Meter {
	m := &Meter{
		registry:   prometheus.NewRegistry(),
		turns:      counter("turns_total", "Inputs heard, by who was heard and what came of it.", "who", "result"),
		turn:       histogram("turn_seconds", "From hearing an input to its turn being committed.", quick, "who"),
		heard:      gauge("last_heard_timestamp_seconds", "When something was last heard from a platform, in seconds since 1970.", "platform"),
		deliveries: counter("deliveries_total", "Attempts to hand a message over, by its kind and what came of it.", "kind", "result"),
		delivery:   histogram("delivery_seconds", "From a message being committed to its platform having taken it.", slow, "kind"),
		calls:      counter("store_calls_total", "Calls of the store, and what came of them.", "call", "result"),
		call:       histogram("store_seconds", "How long a call of the store took.", quick, "call"),
	}
	m.registry.MustRegister(m.turns, m.turn, m.heard, m.deliveries, m.delivery, m.calls, m.call,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

const namespace = "referralbot"

func counter(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

func gauge(name, help string, labels ...string) *prometheus.GaugeVec {
	return prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

func histogram(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: namespace, Name: name, Help: help, Buckets: buckets}, labels)
}

// askedWithin is how long it may take to answer.
const askedWithin = 10 * time.Second

// Handler answers in the form that Prometheus reads.
func (m *Meter) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: askedWithin})
}

// Turn counts something that was heard. It is a bot's Measure.
func (m *Meter) Turn(t bot.Turn) {
	m.turns.WithLabelValues(t.Who, t.Result).Inc()
	if t.Result == bot.ResultCommitted {
		m.turn.WithLabelValues(t.Who).Observe(t.Took.Seconds())
	}
	if t.Platform != "" {
		m.heard.WithLabelValues(t.Platform).SetToCurrentTime()
	}
}
