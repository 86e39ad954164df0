package redis

import (
	"context"
	"slices"
	"strconv"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// Queue implements store.Store.
func (s *Store) Queue(ctx context.Context, destination string) (store.Queue, error) {
	key := s.part(partOfDestination(destination)).keyOf("queue", s.codec.to(destination))
	pipe := s.client.Pipeline()
	length, head := pipe.LLen(ctx, key), pipe.LIndex(ctx, key, 0)
	if _, err := pipe.Exec(ctx); found(err) != nil {
		return store.Queue{}, within("queue", err)
	}
	q := store.Queue{Waiting: int(length.Val())}
	if head.Val() != "" {
		beside, _ := fields(head.Val(), 2)
		q.Oldest, q.Attempts = s.now().Sub(instant(number(beside[0]))), int(number(beside[1]))
	}
	return q, nil
}

// counts is what one part is asked for the statistics.
type counts struct {
	conversations, relayed, aside *goredis.IntCmd
	referrals                     *goredis.MapStringStringCmd
	due                           *goredis.StringSliceCmd
}

// Tallies implements store.Store.
func (s *Store) Tallies(ctx context.Context, first, last rules.Date) (map[dialog.Tally]int, error) {
	known := map[string]dialog.Tally{}
	for _, t := range dialog.Tallies() {
		known[s.codec.tally(t)] = t
	}
	all := map[dialog.Tally]int{}
	err := each(ctx, s, everyPart(), func(pipe goredis.Pipeliner, p part) *goredis.MapStringStringCmd {
		return pipe.HGetAll(ctx, p.key(kindTally))
	}, func(_ part, counted map[string]string) {
		for what, n := range counted {
			day, name, _ := strings.Cut(what, " ")
			if t, ok := known[name]; ok && first.String() <= day && day <= last.String() {
				t.Day, _ = rules.ParseISODate(day)
				all[t] += int(number(n))
			}
		}
	})
	return all, within("tallies", err)
}

// Stats implements store.Store.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	stats, now := store.Stats{Referrals: map[dialog.Status]int{}}, s.now()
	kept := strconv.FormatInt(micros(now.Add(-store.AsideKept)), 10)
	pipe := s.client.Pipeline()
	all := make([]counts, store.Partitions)
	for n := range all {
		p := s.part(n)
		all[n] = counts{
			conversations: pipe.HLen(ctx, p.key(kindConversation)),
			relayed:       pipe.LLen(ctx, p.key("relay")),
			aside:         pipe.ZCount(ctx, p.key(kindAside), kept, "+inf"),
			referrals:     pipe.HGetAll(ctx, p.key("count")),
			due:           pipe.ZRange(ctx, p.key("due"), 0, -1),
		}
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return stats, within("stats", err)
	}
	for _, c := range all {
		stats.Conversations += int(c.conversations.Val())
		stats.Waiting += int(c.relayed.Val())
		stats.Aside += int(c.aside.Val())
		for status, count := range c.referrals.Val() {
			if n := int(number(count)); n > 0 {
				stats.Referrals[dialog.Status(status)] += n
			}
		}
	}
	waiting, oldest, err := s.waiting(ctx, all)
	stats.Waiting += waiting
	if oldest > 0 {
		stats.OldestWaiting = now.Sub(instant(oldest))
	}
	return stats, within("stats", err)
}

// waiting counts what waits in the queues that are due at some time, and returns when the
// oldest of it was committed.
func (s *Store) waiting(ctx context.Context, all []counts) (n int, oldest int64, err error) {
	pipe := s.client.Pipeline()
	var lengths []*goredis.IntCmd
	var heads []*goredis.StringCmd
	for i, c := range all {
		for _, destination := range c.due.Val() {
			queue := s.part(i).keyOf("queue", destination)
			lengths, heads = append(lengths, pipe.LLen(ctx, queue)), append(heads, pipe.LIndex(ctx, queue, 0))
		}
	}
	if _, err := pipe.Exec(ctx); found(err) != nil {
		return 0, 0, err
	}
	var committed []int64
	for i := range lengths {
		n += int(lengths[i].Val())
		if head := heads[i].Val(); head != "" { // or it has been handed over meanwhile
			beside, _ := fields(head, 1)
			committed = append(committed, number(beside[0]))
		}
	}
	if len(committed) > 0 {
		oldest = slices.Min(committed)
	}
	return n, oldest, nil
}
