package redis

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"referralbot/store"
)

const (
	headsLooked = 4           // how many destinations of a part are looked at at once
	lookWithin  = time.Second // what has not answered by then is left out
)

// touch notes that there may be something to take in the part.
func (s *Store) touch(number int) { s.touched.Or(1 << number) }

// waitingAt is a destination at which something waits, and since when or until when.
type waitingAt struct {
	part
	destination string
	due         float64
}

// Take implements store.Store. It looks where this process itself has left something to be
// taken, and now and then everywhere: what comes from elsewhere, or becomes due, is taken
// with a delay of no more than Options.LookEvery.
func (s *Store) Take(ctx context.Context, lease time.Duration) (store.Delivery, bool, error) {
	now := s.now().UnixNano()
	everywhere := now-s.looked.Load() >= s.options.LookEvery.Nanoseconds()
	if !everywhere {
		touched := s.touched.Swap(0)
		d, found, err := s.takeIn(ctx, numbersIn(touched), lease)
		if found || err != nil {
			s.touched.Or(touched)
		}
		return d, found, within("take", err)
	}
	s.looked.Store(now)
	err := s.relayAll(ctx)
	d, found, failed := s.takeIn(ctx, everyPart(), lease)
	if found {
		s.looked.Store(0) // there may be more
	}
	return d, found, within("take", cmp.Or(failed, err))
}

// numbersIn returns the numbers of the bits that are set.
func numbersIn(set uint64) (all []int) {
	for ; set != 0; set &= set - 1 {
		all = append(all, bits.TrailingZeros64(set))
	}
	return all
}

// takeIn takes what has been due longest in the parts with these numbers. That one of them
// cannot be reached keeps nothing back in the others.
func (s *Store) takeIn(ctx context.Context, numbers []int, lease time.Duration) (store.Delivery, bool, error) {
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	for {
		var waiting []waitingAt
		failed := each(ctx, s, numbers, func(pipe goredis.Pipeliner, p part) *goredis.ZSliceCmd {
			return pipe.ZRangeWithScores(ctx, p.key("due"), 0, headsLooked-1)
		}, func(p part, heads []goredis.Z) {
			for _, z := range heads {
				waiting = append(waiting, waitingAt{p, member(z), z.Score})
			}
		})
		slices.SortFunc(waiting, func(a, b waitingAt) int { return cmp.Compare(a.due, b.due) })
		d, outcome, err := s.takeFirst(ctx, waiting, lease)
		switch {
		case outcome == taken:
			return d, true, nil
		case outcome == none || ctx.Err() != nil:
			return d, false, cmp.Or(err, failed)
		}
	}
}

// outcome is what came of trying to take something.
type outcome int

const (
	none  outcome = iota // nothing is due
	moved                // another worker was faster: look again
	taken
)

// takeFirst takes the first of those who wait, longest first, that is still to be had.
func (s *Store) takeFirst(ctx context.Context, waiting []waitingAt, lease time.Duration) (d store.Delivery, last outcome, err error) {
	for _, w := range waiting {
		reply, failed := s.run(ctx, takeScript, s.takeCall(w, lease))
		if failed != nil {
			err = failed
			continue
		}
		switch reply {
		case "early": // and so are all that follow
			return d, last, err
		case "moved":
			last = moved
			continue
		}
		d, failed := s.readDelivery(w.destination, reply)
		if failed == nil {
			return d, taken, nil
		}
		if failed := s.bury(ctx, w.part, w.destination, store.Delivery{Fence: integer(reply, 0)}, damaged); failed != nil {
			return d, none, failed
		}
		last = moved
	}
	return d, last, err
}

func (s *Store) takeCall(w waitingAt, lease time.Duration) *call {
	c := &call{part: w.part}
	c.keys("due", "lease", "fence").key("queue", w.destination).key("shown", w.destination).key("standing", w.destination)
	return c.arg(w.destination, strconv.FormatFloat(w.due, 'f', -1, 64), lease.Microseconds(),
		store.MessagesKept.Microseconds(), store.MostMessages)
}

// readDelivery reads what the script has taken at a destination.
func (s *Store) readDelivery(destination string, reply any) (store.Delivery, error) {
	beside, payload := fields(text(reply, 1), 6)
	var d store.Delivery
	if err := s.codec.open(payload, deliveryPlace(beside[3], destination), &d); err != nil {
		return store.Delivery{}, err
	}
	d.At, d.Fence = instant(number(beside[0])), integer(reply, 0)
	d.Attempt, d.First = int(number(beside[1])), instant(number(beside[2]))
	d.Target, d.Messages = text(reply, 2), texts(reply, 3)
	return d, nil
}

// What the scripts about a delivery reply.
const (
	lost int64 = iota // the lease is another's, and nothing was done
	settled
	more // and there is something to be taken where it was
)

// settle runs a script about a delivery that is held.
func (s *Store) settle(ctx context.Context, what string, sc script, c *call) error {
	reply, err := s.run(ctx, sc, c)
	if err != nil {
		return within(what, err)
	}
	switch reply {
	case lost:
		return store.ErrLeaseLost
	case more:
		s.touch(c.number)
	}
	return nil
}

// Start implements store.Store.
func (s *Store) Start(ctx context.Context, d store.Delivery) error {
	id, p := s.codec.to(d.Destination), partOfDestination(d.Destination)
	c := s.call(p).keys("due", "lease").key("queue", id).arg(id, d.Fence)
	return s.settle(ctx, "start", startScript, c)
}

// Done implements store.Store.
func (s *Store) Done(ctx context.Context, d store.Delivery, external string) error {
	id, p := s.codec.to(d.Destination), partOfDestination(d.Destination)
	last, name, cleared := "", "", ""
	var stands []any
	for id := range strings.FieldsSeq(external) {
		if last = id; id != d.Target {
			stands = append(stands, id)
		}
	}
	if last != "" {
		name = s.codec.message(cmp.Or(d.Name, d.Edits))
	}
	if len(d.Messages) > 0 {
		cleared = d.Messages[0]
	}
	c := s.call(p).keys("due", "lease").key("queue", id).key("shown", id).key("standing", id)
	c.arg(id, d.Fence, bit(d.Kept), name, last, cleared, len(stands)).arg(stands...)
	c.arg(store.MessagesKept.Microseconds(), store.MostMessages)
	return s.settle(ctx, "done", doneScript, c)
}

// Retry implements store.Store. The cause is not kept: what it was is in the log of who
// tried.
func (s *Store) Retry(ctx context.Context, d store.Delivery, after time.Duration, _ string) error {
	id, p := s.codec.to(d.Destination), partOfDestination(d.Destination)
	c := s.call(p).keys("due", "lease").arg(id, d.Fence, after.Microseconds())
	return s.settle(ctx, "retry", retryScript, c)
}

// Dead implements store.Store.
func (s *Store) Dead(ctx context.Context, d store.Delivery, cause string) error {
	p := s.part(partOfDestination(d.Destination))
	return s.bury(ctx, p, s.codec.to(d.Destination), d, cause)
}

// bury sets the head of a destination aside, as it is sealed.
func (s *Store) bury(ctx context.Context, p part, destination string, d store.Delivery, cause string) error {
	c := s.call(p.number).keys("due", "lease").key("queue", destination).keys(kindAside)
	c.arg(destination, d.Fence, bit(d.Kept), code(cause), store.AsideKept.Microseconds())
	return s.settle(ctx, "dead", deadScript, c)
}
