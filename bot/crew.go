package bot

import (
	"context"
	"sync"
	"time"

	"referralbot/store"
)

// atOnce is how many turns may be handing over what they committed. What is beyond that
// waits to be taken.
const atOnce = 512

// finishWithin is for how long those at work begin another call once nobody may join any more.
const finishWithin = 10 * time.Second

// crew is who is at work handing over what they have just committed. The zero value takes
// nobody on.
type crew struct {
	mu     sync.Mutex
	places int
	closed time.Time // when it was; zero while it is not
	busy   sync.WaitGroup
}

// open lets people join.
func (c *crew) open() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.places, c.closed = atOnce, time.Time{}
}

// close lets nobody join any more and waits for those at work.
func (c *crew) close() {
	c.mu.Lock()
	c.places, c.closed = -atOnce, time.Now()
	c.mu.Unlock()
	c.busy.Wait()
}

// join reports whether there was a place, which must be left.
func (c *crew) join() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.places <= 0 {
		return false
	}
	c.places--
	c.busy.Add(1)
	return true
}

// late reports whether it was closed so long ago that no other call may begin.
func (c *crew) late() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.closed.IsZero() && time.Since(c.closed) > finishWithin
}

func (c *crew) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.places++
	c.busy.Done()
}

// commit writes c. While there is a place in the crew, what c delivers to where nothing
// waits is handed over at once, without asking the store for it again.
func (b *Bot) commit(ctx context.Context, c store.Change) error {
	joined := len(c.Deliveries) > 0 && b.crew.join()
	if joined {
		c.Lease = b.lease()
	}
	begun, err := b.Store.Commit(ctx, c)
	if err == nil {
		b.bell.ring()
	}
	if joined {
		go func() {
			defer b.crew.leave()
			b.handOverAll(context.WithoutCancel(ctx), begun, c.Lease)
		}()
	}
	return err
}

// handOverAll hands over what has just been leased, at each destination in order and at
// all of them at once.
func (b *Bot) handOverAll(ctx context.Context, begun []store.Delivery, lease time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, lease)
	defer cancel()
	runs := map[string][]store.Delivery{}
	for _, d := range begun {
		runs[d.Destination] = append(runs[d.Destination], d)
	}
	var all sync.WaitGroup
	for _, run := range runs {
		all.Go(func() { b.handOverRun(ctx, run) })
	}
	all.Wait()
	b.bell.ring()
}

// handOverRun makes one attempt at each delivery of one destination, as long as every one
// before it was settled for good, the lease, which ends with ctx, leaves time for a call, and it is
// not late. What is left is taken again.
func (b *Bot) handOverRun(ctx context.Context, run []store.Delivery) {
	for i, d := range run {
		if end, _ := ctx.Deadline(); i > 0 && (time.Until(end) < b.callWithin() || b.crew.late()) {
			return
		}
		if !b.handOver(ctx, d) {
			return
		}
	}
}
