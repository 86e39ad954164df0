package redis

import (
	"context"

	"referralbot/store"
)

// turns let one at a time of this process do something in each part. In the channel of a part
// stands whoever has the turn.
type turns [store.Partitions]chan struct{}

func newTurns() (t turns) {
	for n := range t {
		t[n] = make(chan struct{}, 1)
	}
	return t
}

// await waits for the turn in a part, or returns an error if ctx ends first.
func (t *turns) await(ctx context.Context, number int) error {
	select {
	case t[number] <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// begin takes the turn in a part and reports true, or false if somebody has it.
func (t *turns) begin(number int) bool {
	select {
	case t[number] <- struct{}{}:
		return true
	default:
		return false
	}
}

// end gives the turn back.
func (t *turns) end(number int) { <-t[number] }
