package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"text/tabwriter"
	"time"

	"referralbot/bot/sim"
)

// benchCmd puts the bot under a load of parents who write all at once, at a local
// Telegram, and says how it bears it.
type benchCmd struct {
	Store         string `env:"STORE" placeholder:"STORE" help:"Store to put under load: sqlite:FILE or redis://…, empty and used for nothing else; without it, a file that is thrown away."`
	Conversations int    `default:"50" help:"How many write at once."`
	Turns         int    `default:"40" help:"How many turns each takes."`
}

// benchWithin is how long one answer may take before the run is given up.
const benchWithin = 30 * time.Second

// Run takes the turns and prints what they took.
func (c benchCmd) Run(ctx context.Context, io streams) error {
	if c.Conversations < 1 || c.Turns < 1 {
		return usageError{"--conversations and --turns must be 1 or more"}
	}
	folder, err := os.MkdirTemp("", "referralbot-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if c.Store == "" {
		c.Store = "sqlite:" + filepath.Join(folder, "bench.db")
	}
	telegram := sim.NewTelegram(sim.TelegramOptions{})
	defer telegram.Close()
	slack := sim.NewSlack(sim.SlackOptions{})
	defer slack.Close()
	p, err := assembleLocal(telegram, slack, c.Store, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer p.store.Close()
	p.bot.Unhurried = true
	var l load
	err = together(ctx, func(ctx context.Context) error { return p.run(ctx) }, func(ctx context.Context) (err error) {
		l, err = c.talk(ctx, telegram)
		return err
	})
	if err != nil {
		return err
	}
	return l.print(io)
}

// load is how the turns went.
type load struct {
	took  []time.Duration // of each turn, from its words to the answer on the screen; shortest first
	whole time.Duration
}

// talk has everybody begin, and then take their turns, and measures the turns.
func (c benchCmd) talk(ctx context.Context, t *sim.Telegram) (load, error) {
	all := make([]time.Duration, c.Conversations*c.Turns)
	errs := make([]error, c.Conversations)
	var begun, ended sync.WaitGroup
	start := make(chan struct{})
	begun.Add(c.Conversations)
	for i := range c.Conversations {
		ended.Go(func() {
			parent := talker{telegram: t, user: int64(5_000_000 + i)}
			_, errs[i] = parent.turn(ctx, "/start")
			begun.Done()
			<-start
			for n := range c.Turns {
				if errs[i] == nil {
					all[i*c.Turns+n], errs[i] = parent.turn(ctx, []string{"yes", "/back"}[n%2])
				}
			}
		})
	}
	begun.Wait()
	from := time.Now()
	close(start)
	ended.Wait()
	whole := time.Since(from)
	slices.Sort(all)
	return load{all, whole}, errors.Join(errs...)
}

// talker is one parent. What was last on their screen tells what is new.
type talker struct {
	telegram *sim.Telegram
	user     int64
	last     int
}

// turn says something and waits for the answer with its buttons.
func (t *talker) turn(ctx context.Context, words string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, benchWithin)
	defer cancel()
	from := time.Now()
	t.last = t.telegram.Say(t.user, words)
	err := t.telegram.Wait(ctx, t.user, func(messages []sim.TelegramMessage) bool {
		latest := messages[len(messages)-1]
		return latest.ID > t.last && latest.FromBot && latest.Buttons != nil
	})
	if err != nil {
		return 0, fmt.Errorf("no answer within %v", benchWithin)
	}
	return time.Since(from), nil
}

// print says how the turns went.
func (l load) print(io streams) error {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	w := tabwriter.NewWriter(io.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "turns\t%d\n", len(l.took))
	fmt.Fprintf(w, "turns a second\t%.0f\n", float64(len(l.took))/l.whole.Seconds())
	fmt.Fprintf(w, "half within\t%v\n", l.within(0.50))
	fmt.Fprintf(w, "99 of 100 within\t%v\n", l.within(0.99))
	fmt.Fprintf(w, "memory, the local Telegram's too\t%d MB\n", memory.Sys>>20)
	return w.Flush()
}

func (l load) within(share float64) time.Duration {
	return l.took[int(share*float64(len(l.took)-1))].Round(10 * time.Microsecond)
}
