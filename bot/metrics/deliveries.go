package metrics

import (
	"context"
	"errors"
	"time"

	"referralbot/bot"
	"referralbot/store"
)

// messenger counts what another hands over.
type messenger struct {
	*Meter
	bot.Messenger
}

// Messenger returns b, with all that it hands over counted.
func (m *Meter) Messenger(b bot.Messenger) bot.Messenger { return messenger{m, b} }

// Deliver implements bot.Messenger.
func (m messenger) Deliver(ctx context.Context, d store.Delivery) (string, error) {
	external, err := m.Messenger.Deliver(ctx, d)
	m.deliveries.WithLabelValues(d.Kind, outcomeOf(err)).Inc()
	if err == nil && !d.At.IsZero() { // what goes past the queue was never committed
		m.delivery.WithLabelValues(d.Kind).Observe(time.Since(d.At).Seconds())
	}
	return external, err
}

// outcomeOf is what came of an attempt, as the bot takes it.
func outcomeOf(err error) string {
	switch {
	case err == nil:
		return "done"
	case errors.As(err, new(*bot.Later)):
		return "later"
	case errors.Is(err, bot.ErrGone):
		return "gone"
	case errors.Is(err, bot.ErrRefused):
		return "refused"
	case errors.Is(err, bot.ErrBroken):
		return "broken"
	}
	return "uncertain"
}
