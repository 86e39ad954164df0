package slack

import (
	"context"
	"sync"
	"time"
)

// mostWaiting is how much of one person's may wait its turn. What comes beyond that is not
// taken, and Slack brings it again.
const mostWaiting = 64

// lanes do the work of one person in the order it came, and of different people at once.
// The zero value is ready to use.
type lanes struct {
	mu      sync.Mutex
	waiting map[string][]func() // what is to be done in each lane that is busy
	closed  bool                // nothing more is taken
	busy    sync.WaitGroup
}

// do has work done after all that was given before for the same lane. It passes to work
// whether it had to wait, and reports false if the lane is full, or all are closed, and work
// will not be done.
func (l *lanes) do(lane string, work func(queued bool)) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	queue, busy := l.waiting[lane]
	if l.closed || len(queue) >= mostWaiting {
		return false
	}
	if l.waiting == nil {
		l.waiting = map[string][]func(){}
	}
	l.waiting[lane] = append(queue, func() { work(busy) })
	if !busy {
		l.busy.Go(func() { l.drain(lane) })
	}
	return true
}

// drain does what waits in lane until nothing does.
func (l *lanes) drain(lane string) {
	for {
		work := l.next(lane)
		if work == nil {
			return
		}
		work()
	}
}

// next takes the first of what waits in lane, or closes the lane and returns nil.
func (l *lanes) next(lane string) func() {
	l.mu.Lock()
	defer l.mu.Unlock()
	queue := l.waiting[lane]
	if len(queue) == 0 {
		delete(l.waiting, lane)
		return nil
	}
	l.waiting[lane] = queue[1:]
	return queue[0]
}

// finish takes nothing more and waits until all lanes are empty, but no longer than within.
func (l *lanes) finish(within time.Duration) {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	go func() {
		defer cancel()
		l.busy.Wait()
	}()
	<-ctx.Done()
}
