package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"referralbot/rules"
	"referralbot/store"
)

// Scramble has so many people want one of a few slots at once, each trying the next that is not
// known to be taken, and again where s does not answer. It sees that no slot is booked for two, and that
// who was told that one is theirs has that one and no other, and returns how often either does
// not hold. Every round has slots of its own.
func Scramble(t testing.TB, s store.Store, round, people, slots int) (lost, doubled int) {
	t.Helper()
	const lasts = 30 * time.Minute
	begin := time.Now().Add(48 * time.Hour).Truncate(time.Hour).Add(time.Duration(round*slots) * lasts).UTC()
	slot := func(n int) rules.Slot {
		from := begin.Add(time.Duration(n%slots) * lasts)
		return rules.Slot{Span: rules.Span{From: from, To: from.Add(lasts)}}
	}
	book := func(who string, n int) bool {
		c := store.Change{Keys: []string{fmt.Sprint(who, " slot ", n)}, At: time.Now(), Take: &rules.Taken{Slot: slot(n), Holder: who}}
		for {
			_, err := s.Commit(context.Background(), c)
			switch {
			case err == nil, errors.Is(err, store.ErrDuplicate): // that is what the answer that was lost said
				return true
			case errors.Is(err, store.ErrSlotTaken):
				return false
			}
		}
	}
	told := map[string]time.Time{}
	gone := make([]atomic.Bool, slots) // as far as is known
	var mu sync.Mutex
	var all sync.WaitGroup
	for i := range people {
		all.Go(func() {
			who := fmt.Sprintf("R%02d-%d-%d", i%store.Partitions, round, i)
			for n := range slots {
				if gone[(i+n)%slots].Load() {
					continue
				}
				booked := book(who, i+n)
				gone[(i+n)%slots].Store(true)
				if booked {
					mu.Lock()
					defer mu.Unlock()
					told[who] = slot(i + n).From
					return
				}
			}
		})
	}
	all.Wait()
	booked := map[string]time.Time{}
	for end := time.Now().Add(20 * time.Second); len(booked) < len(told) && time.Now().Before(end); {
		_, _, _ = s.Take(context.Background(), time.Minute) // brings what has still to be brought
		taken, err := s.Taken(context.Background(), time.Now())
		if err != nil {
			continue // its answer was lost
		}
		clear(booked)
		whose := map[time.Time]string{}
		for _, a := range taken {
			if !a.Until.IsZero() || a.From.Before(begin) || !a.From.Before(begin.Add(time.Duration(slots)*lasts)) {
				continue
			}
			if whose[a.From] != "" || !booked[a.Holder].IsZero() {
				t.Errorf("%v is %s's and %s's, who has another at %v", a.From, whose[a.From], a.Holder, booked[a.Holder])
				doubled++
			}
			whose[a.From], booked[a.Holder] = a.Holder, a.From
		}
	}
	for who, from := range told {
		if !booked[who].Equal(from) {
			t.Errorf("%s was told of %v and has %v", who, from, booked[who])
			lost++
		}
	}
	if len(told) == 0 || len(booked) != len(told) {
		t.Errorf("%d were told that a slot is theirs, and %d have one", len(told), len(booked))
	}
	return lost, doubled
}
