package sqlite

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// BenchmarkCommit commits whole turns: a conversation, two deliveries and a key. Each commit
// waits for the disk, and those of several conversations wait for it together.
func BenchmarkCommit(b *testing.B) {
	for _, talkers := range []int{1, 50, 500} {
		b.Run(fmt.Sprint("talkers=", talkers), func(b *testing.B) {
			s := newStore(b)
			b.ReportAllocs()
			b.ResetTimer()
			share(b, talkers, func(talker, i int) error {
				_, err := s.Commit(b.Context(), turn(fmt.Sprint(talker), int64(i)))
				return err
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
		})
	}
}

// BenchmarkTurn reads a conversation, commits the next turn of it and hands over what that
// says: all that the store has to do with one message from a person.
func BenchmarkTurn(b *testing.B) {
	for _, talkers := range []int{1, 50, 500} {
		b.Run(fmt.Sprint("talkers=", talkers), func(b *testing.B) {
			s := newStore(b)
			b.ReportAllocs()
			b.ResetTimer()
			share(b, talkers, func(talker, _ int) error {
				chat := fmt.Sprint(talker)
				c, err := s.Conversation(b.Context(), dialog.Chat{Platform: "telegram", ID: chat})
				if err != nil {
					return err
				}
				change := turn(chat, c.Version)
				change.Lease = time.Minute
				leased, err := s.Commit(b.Context(), change)
				if err == nil && len(leased) != 2 {
					err = fmt.Errorf("%d deliveries are leased, want 2", len(leased))
				}
				for _, d := range leased {
					err = errors.Join(err, s.Done(b.Context(), d, "m1"))
				}
				return err
			})
		})
	}
}

// BenchmarkTakeDone takes, begins and finishes deliveries to a hundred destinations.
func BenchmarkTakeDone(b *testing.B) {
	for _, workers := range []int{1, 8} {
		b.Run(fmt.Sprint("workers=", workers), func(b *testing.B) {
			s := newStore(b)
			for range b.N/200 + workers {
				var c store.Change
				for chat := range 100 {
					c.Deliveries = append(c.Deliveries, turn(fmt.Sprint(chat), 0).Deliveries...)
				}
				if _, err := s.Commit(b.Context(), c); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportAllocs()
			b.ResetTimer()
			share(b, workers, func(int, int) error {
				d, found, err := s.Take(b.Context(), time.Minute)
				if err != nil || !found {
					return fmt.Errorf("took %v: %w", found, err)
				}
				if err := s.Start(b.Context(), d); err != nil {
					return err
				}
				return s.Done(b.Context(), d, "m1")
			})
		})
	}
}

// share has workers do the b.N things between them, each counting its own from 0.
func share(b *testing.B, workers int, do func(worker, i int) error) {
	var all sync.WaitGroup
	for worker := range workers {
		all.Go(func() {
			for i := range (b.N + worker) / workers {
				if err := do(worker, i); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}
