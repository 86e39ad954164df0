package redis

import (
	"cmp"
	"context"
	"errors"
	"slices"

	goredis "github.com/redis/go-redis/v9"

	"referralbot/store"
)

// damaged is the cause of what is set aside because it does not open.
const damaged = "damaged"

// Asides implements store.Store. Of what does not open, the id is that of its record, and
// the kind says where it comes from.
func (s *Store) Asides(ctx context.Context, n int) ([]store.Aside, error) {
	var all []store.Aside
	err := each(ctx, s, everyPart(), func(pipe goredis.Pipeliner, p part) *goredis.ZSliceCmd {
		return pipe.ZRangeArgsWithScores(ctx, goredis.ZRangeArgs{
			Key: p.key(kindAside), Start: "+inf", Stop: micros(s.now().Add(-store.AsideKept)), ByScore: true, Rev: true, Count: int64(n),
		})
	}, func(_ part, found []goredis.Z) {
		for _, z := range found {
			all = append(all, s.readAside(z))
		}
	})
	slices.SortStableFunc(all, func(a, b store.Aside) int { return b.At.Compare(a.At) })
	return all[:min(n, len(all))], within("asides", err)
}

func (s *Store) readAside(z goredis.Z) store.Aside {
	beside, payload := fields(member(z), 4)
	origin, record, owner, cause := beside[0], beside[1], beside[2], uncode(beside[3])
	a := store.Aside{}
	if err := s.codec.open(payload, asidePlace(origin, record, owner), &a); errors.Is(err, store.ErrDamaged) {
		a, cause = store.Aside{ID: record, Kind: origin}, cmp.Or(cause, damaged)
	}
	a.Cause, a.At = cause, instant(int64(z.Score))
	return a
}

// setTimerAside takes a timer that does not open out of the way of the others.
func (s *Store) setTimerAside(ctx context.Context, d dueTimer) error {
	c := s.call(d.number).keys(kindTimer, "timers", kindAside)
	c.arg(d.id, ownerOf(d.id), damaged, store.AsideKept.Microseconds())
	_, err := s.run(ctx, timerScript, c)
	return err
}
