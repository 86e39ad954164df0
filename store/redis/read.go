package redis

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"referralbot/dialog"
	"referralbot/store"
)

// Conversation implements store.Store.
func (s *Store) Conversation(ctx context.Context, chat dialog.Chat) (dialog.Conversation, error) {
	c, id := dialog.Conversation{Chat: chat}, s.codec.chat(chat)
	record, err := s.client.HGet(ctx, s.part(store.Partition(chat)).key(kindConversation), id).Result()
	if err != nil {
		return c, within("conversation", found(err))
	}
	beside, payload := fields(record, 1)
	version := number(beside[0])
	if err = s.codec.open(payload, conversationPlace(id, version), &c); err != nil {
		c = dialog.Conversation{Chat: chat}
	}
	c.Version = version
	return c, within("conversation", err)
}

// found is err, unless it says no more than that there is nothing.
func found(err error) error {
	if errors.Is(err, goredis.Nil) {
		return nil
	}
	return err
}

// Referral implements store.Store.
func (s *Store) Referral(ctx context.Context, ref string) (dialog.Referral, error) {
	id := s.codec.ref(ref)
	record, err := s.client.HGet(ctx, s.part(partOfRef(ref)).key(kindReferral), id).Result()
	if errors.Is(err, goredis.Nil) {
		return dialog.Referral{}, store.ErrNotFound
	}
	if err != nil {
		return dialog.Referral{}, within("referral", err)
	}
	r, err := s.readReferral(id, record)
	return r, within("referral", err)
}

func (s *Store) readReferral(id, record string) (dialog.Referral, error) {
	beside, payload := fields(record, 3)
	var r dialog.Referral
	version := number(beside[0])
	if err := s.codec.open(payload, referralPlace(id, version, beside[1], number(beside[2])), &r); err != nil {
		return dialog.Referral{}, err
	}
	r.Version = version
	return r, nil
}

// Open implements store.Store.
func (s *Store) Open(ctx context.Context) ([]dialog.Referral, error) {
	ids := map[int][]string{}
	err := each(ctx, s, everyPart(), func(pipe goredis.Pipeliner, p part) *goredis.StringSliceCmd {
		return pipe.ZRange(ctx, p.key("open"), 0, -1)
	}, func(p part, open []string) {
		if len(open) > 0 {
			ids[p.number] = open
		}
	})
	if err != nil {
		return nil, within("open referrals", err)
	}
	all, err := s.referralsOf(ctx, ids)
	return byDue(all), within("open referrals", err)
}

// referralsOf returns those that have the names, by part, and open, and store.ErrDamaged if there
// are others.
func (s *Store) referralsOf(ctx context.Context, ids map[int][]string) ([]dialog.Referral, error) {
	var all []dialog.Referral
	var damaged error
	err := each(ctx, s, slices.Collect(maps.Keys(ids)), func(pipe goredis.Pipeliner, p part) *goredis.SliceCmd {
		return pipe.HMGet(ctx, p.key(kindReferral), ids[p.number]...)
	}, func(p part, records []any) {
		for n, id := range ids[p.number] {
			if record, is := records[n].(string); is { // or it was erased meanwhile
				r, err := s.readReferral(id, record)
				all, damaged = gather(all, r, damaged, err)
			}
		}
	})
	return all, cmp.Or(err, damaged)
}

// Referrals implements store.Store.
func (s *Store) Referrals(ctx context.Context) ([]dialog.Referral, error) {
	var all []dialog.Referral
	var damaged error
	err := each(ctx, s, everyPart(), func(pipe goredis.Pipeliner, p part) *goredis.MapStringStringCmd {
		return pipe.HGetAll(ctx, p.key(kindReferral))
	}, func(_ part, records map[string]string) {
		for id, record := range records {
			r, err := s.readReferral(id, record)
			all, damaged = gather(all, r, damaged, err)
		}
	})
	return byDue(all), within("referrals", cmp.Or(err, damaged))
}

// Alike implements store.Store.
func (s *Store) Alike(ctx context.Context, traits []string) ([]dialog.Referral, error) {
	refs := map[int]map[string]bool{}
	for _, t := range traits {
		token := s.keys.Blind(t)
		err := each(ctx, s, everyPart(), func(pipe goredis.Pipeliner, p part) *goredis.StringSliceCmd {
			return pipe.ZRangeArgs(ctx, goredis.ZRangeArgs{Key: p.key("known"), Start: "[" + token + " ", Stop: "(" + token + "!", ByLex: true})
		}, func(p part, pairs []string) {
			for _, pair := range pairs {
				if refs[p.number] == nil {
					refs[p.number] = map[string]bool{}
				}
				refs[p.number][strings.TrimPrefix(pair, token+" ")] = true
			}
		})
		if err != nil {
			return nil, within("alike", err)
		}
	}
	ids := map[int][]string{}
	for number, all := range refs {
		ids[number] = slices.Collect(maps.Keys(all))
	}
	all, err := s.referralsOf(ctx, ids)
	return all, within("alike", err)
}

// gather adds what was read to all, unless it is damaged.
func gather[T any](all []T, v T, damaged, err error) ([]T, error) {
	if err != nil {
		return all, cmp.Or(damaged, err)
	}
	return append(all, v), damaged
}

func byDue(all []dialog.Referral) []dialog.Referral {
	slices.SortFunc(all, func(a, b dialog.Referral) int {
		return cmp.Or(a.DueAt.Compare(b.DueAt), strings.Compare(a.Ref, b.Ref))
	})
	return all
}

// Shown implements store.Store.
func (s *Store) Shown(ctx context.Context, destination, name string) (string, error) {
	id := s.codec.to(destination)
	ids, err := s.client.HGet(ctx, s.part(partOfDestination(destination)).keyOf("shown", id), s.codec.message(name)).Result()
	first, _, _ := strings.Cut(ids, " ")
	return first, within("shown", found(err))
}

// dueTimer is a timer as its part has it.
type dueTimer struct {
	part
	id string
	at int64
}

// Due implements store.Store.
func (s *Store) Due(ctx context.Context, now time.Time, n int) ([]store.Timer, error) {
	var due []dueTimer
	err := each(ctx, s, everyPart(), func(pipe goredis.Pipeliner, p part) *goredis.ZSliceCmd {
		return pipe.ZRangeArgsWithScores(ctx, goredis.ZRangeArgs{
			Key: p.key("timers"), Start: "-inf", Stop: micros(now), ByScore: true, Count: int64(n),
		})
	}, func(p part, all []goredis.Z) {
		for _, z := range all {
			due = append(due, dueTimer{p, member(z), int64(z.Score)})
		}
	})
	if err != nil && len(due) == 0 { // one part that cannot be reached holds up no other
		return nil, within("due", err)
	}
	slices.SortStableFunc(due, func(a, b dueTimer) int { return cmp.Compare(a.at, b.at) })
	due = due[:min(n, len(due))]
	timers, err := s.readTimers(ctx, due)
	return timers, within("due", err)
}

// readTimers reads those that are still there, and sets aside those that do not open.
func (s *Store) readTimers(ctx context.Context, due []dueTimer) ([]store.Timer, error) {
	pipe := s.client.Pipeline()
	cmds := make([]*goredis.StringCmd, len(due))
	for i, d := range due {
		cmds[i] = pipe.HGet(ctx, d.key(kindTimer), d.id)
	}
	_, _ = pipe.Exec(ctx) // each has its own error
	var timers []store.Timer
	for i, d := range due {
		record, err := cmds[i].Result()
		if errors.Is(err, goredis.Nil) {
			continue
		}
		var t store.Timer
		if err == nil {
			_, payload := fields(record, 1)
			err = s.codec.open(payload, timerPlace(d.id, d.at), &t)
		}
		if errors.Is(err, store.ErrDamaged) {
			err = s.setTimerAside(ctx, d)
		} else if err == nil {
			t.At = instant(d.at)
			timers = append(timers, t)
		}
		if err != nil {
			return nil, err
		}
	}
	return timers, nil
}
