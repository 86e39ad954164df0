package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"sync"
	"time"

	"referralbot/store/seal"
)

// demoBotCmd is the bot of a demo in a process of its own, so that it can be killed like any
// other. It is told on standard input what to do, and answers each order with a line once
// it is done. When the orders end it finishes what is in hand and stops: it never outlives
// the demo.
type demoBotCmd struct{}

// order is what the demo's bot is told: in the first what it needs to begin, and in every
// one by how much its clock is to be ahead of this machine's.
type order struct {
	Settings *settings       `json:"settings,omitempty"`
	Keys     json.RawMessage `json:"keys,omitempty"` // open, and kept nowhere
	Ahead    time.Duration   `json:"ahead"`
}

// Run obeys until the orders end. The hours of cover may be the example's, for nobody real
// is told them.
func (demoBotCmd) Run(ctx context.Context, io streams) error {
	orders := json.NewDecoder(io.in)
	var first order
	if err := orders.Decode(&first); err != nil || first.Settings == nil {
		return usageError{"this is the demo's own bot, which only the demo starts: referralbot demo"}
	}
	keys, err := seal.Read(bytes.NewReader(first.Keys))
	if err != nil {
		return err
	}
	var c clock
	c.set(first.Ahead)
	first.Settings.Now = c.now
	p, err := first.Settings.assemble(slog.New(slog.NewTextHandler(io.err, &slog.HandlerOptions{Level: slog.LevelError})), keys)
	if err != nil {
		return err
	}
	defer p.store.Close()
	p.bot.Service = takingCalls(p.bot.Service)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		defer stop()
		for next := first; ; next = (order{}) {
			fmt.Fprintln(io.out, "done")
			if orders.Decode(&next) != nil {
				return
			}
			c.set(next.Ahead)
		}
	}()
	return p.run(ctx)
}

// The times of the demo's bot.
const (
	down     = 3 * time.Second // after it was killed, for people to go on writing meanwhile
	drainFor = 5 * time.Second
)

// botProcess keeps the demo's bot running, and kills it when asked to.
type botProcess struct {
	first  order // without the time
	clock  *clock
	log    io.Writer
	change func() // called when it has started or ended

	mu     sync.Mutex
	kill   func() error // nil while it does not run
	orders *json.Encoder
	done   *bufio.Reader
}

// run runs the bot until ctx ends, and starts it again whenever it is killed. It returns
// early if it cannot be started at all.
func (b *botProcess) run(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := b.once(ctx); err != nil {
			return err
		}
		b.change()
		rest(ctx, down)
	}
	return nil
}

// once runs one process until it ends. Its error is that it could not be started.
func (b *botProcess) once(ctx context.Context) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, program, "demo-bot")
	cmd.Env = []string{} // its settings come with its orders
	cmd.Stderr = b.log
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	cmd.Cancel, cmd.WaitDelay = stdin.Close, drainFor
	if err := cmd.Start(); err != nil {
		return err
	}
	b.mu.Lock()
	b.orders, b.done = json.NewEncoder(stdin), bufio.NewReader(stdout)
	begun := b.tell(b.first)
	if begun == nil {
		b.kill = cmd.Process.Kill
	}
	b.mu.Unlock()
	b.change()
	ended := cmd.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.kill = nil
	if begun != nil && ctx.Err() == nil {
		return errors.Join(fmt.Errorf("the demo's bot did not start: %w", begun), ended)
	}
	return nil
}

// tell gives an order and waits until it is obeyed. The caller holds the lock.
func (b *botProcess) tell(o order) error {
	o.Ahead = b.clock.is()
	if err := b.orders.Encode(o); err != nil {
		return err
	}
	_, err := b.done.ReadString('\n')
	return err
}

// runs reports whether the bot runs now.
func (b *botProcess) runs() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.kill != nil
}

// crash kills the bot where it stands, and reports whether it was running.
func (b *botProcess) crash() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.kill != nil && b.kill() == nil
}

// move moves the clock of everybody so far ahead. A bot that does not run begins with it.
func (b *botProcess) move(ahead time.Duration) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clock.set(ahead)
	if b.kill == nil {
		return nil
	}
	return b.tell(order{})
}
