package redis

import (
	"context"

	goredis "github.com/redis/go-redis/v9"

	"referralbot/store"
)

// relay brings what was committed in a part and goes elsewhere to where it goes, in the
// order in which it was committed. Several processes may do so at once: each of them brings
// what the others may not have brought yet, and what has been brought before is known there.
// It is forgotten here only once it is there. Within this process one at a time does so, and
// who comes meanwhile leaves it to that or to Take: else as many as commit at once would all
// bring the same.
func (s *Store) relay(ctx context.Context, from int) error {
	if !s.relaying.begin(from) {
		return nil
	}
	defer s.relaying.end(from)
	key := s.part(from).key("relay")
	entries, err := s.client.LRange(ctx, key, 0, -1).Result()
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if err := s.bring(ctx, entry); err != nil {
			return err
		}
		if err := s.client.LRem(ctx, key, 1, entry).Err(); err != nil {
			return err
		}
	}
	return nil
}

// bring brings a delivery, or what is to become of a slot.
func (s *Store) bring(ctx context.Context, entry string) error {
	beside, item := fields(entry, 2)
	to, destination := int(number(beside[0])), beside[1]
	if destination == settles {
		return s.settleSlot(ctx, item)
	}
	in, _ := fields(string(item), 4)
	c := s.call(to).keys("due").key("queue", destination).keys("brought")
	c.arg(destination, in[3], item, store.DuplicateWindow.Microseconds())
	_, err := s.run(ctx, appendScript, c)
	if err == nil {
		s.touch(to)
	}
	return err
}

// relayAll brings what any process has left behind.
func (s *Store) relayAll(ctx context.Context) error {
	var from []int
	err := each(ctx, s, everyPart(), func(pipe goredis.Pipeliner, p part) *goredis.IntCmd {
		return pipe.LLen(ctx, p.key("relay"))
	}, func(p part, length int64) {
		if length > 0 {
			from = append(from, p.number)
		}
	})
	for _, number := range from {
		if failed := s.relay(ctx, number); failed != nil && err == nil {
			err = failed
		}
	}
	return err
}
