package sqlite

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"referralbot/store"
)

// BenchmarkCommit commits whole turns: a conversation, two deliveries and a key.
func BenchmarkCommit(b *testing.B) {
	for _, talkers := range []int{1, 50} {
		b.Run(fmt.Sprint("talkers=", talkers), func(b *testing.B) {
			s := newStore(b)
			b.ReportAllocs()
			b.ResetTimer()
			share(b, talkers, func(talker, i int) error {
				return s.Commit(b.Context(), turn(fmt.Sprint(talker), int64(i)))
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
				if err := s.Commit(b.Context(), c); err != nil {
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
