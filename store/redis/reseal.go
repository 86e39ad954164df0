package redis

import (
	"bytes"
	"context"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"referralbot/store"
	"referralbot/store/seal"
)

// sealedKind says where the records of a kind are, and what stands beside their payloads.
type sealedKind struct {
	holds  string // what their keys are: hash, list or zset
	beside int
	// keys are those of the part which hold them.
	keys func(ctx context.Context, s *Store, p part) ([]string, error)
	// place is that of the payload of a record: id is its field in a hash, of what its key
	// ends in.
	place func(of, id string, beside []string) seal.Place
}

// sealedKinds are all the kinds of record with payloads. What is on its way from one part
// to another is not among them: it is brought there first. Nor is what the store knows of
// itself, which Open seals anew.
var sealedKinds = []sealedKind{
	{"hash", 1, oneKey(kindConversation), func(_, id string, b []string) seal.Place {
		return conversationPlace(id, number(b[0]))
	}},
	{"hash", 3, oneKey(kindReferral), func(_, id string, b []string) seal.Place {
		return referralPlace(id, number(b[0]), b[1], number(b[2]))
	}},
	{"hash", 1, oneKey(kindTimer), func(_, id string, b []string) seal.Place { return timerPlace(id, number(b[0])) }},
	{"hash", 6, oneKey(kindSlot), func(_, id string, b []string) seal.Place {
		return slotPlace(id[:max(0, strings.LastIndexByte(id, '.'))], b[0], b[1], b[2], b[3])
	}},
	{"hash", 1, oneKey(kindRoster), func(_, _ string, b []string) seal.Place { return rosterPlace(number(b[0])) }},
	{"zset", 4, oneKey(kindAside), func(_, _ string, b []string) seal.Place { return asidePlace(b[0], b[1], b[2]) }},
	{"list", 6, queueKeys, func(of, _ string, b []string) seal.Place { return deliveryPlace(b[3], of) }},
	{"list", 1, auditKeys, func(of, _ string, b []string) seal.Place { return auditPlace(b[0], of) }},
}

func oneKey(kind string) func(context.Context, *Store, part) ([]string, error) {
	return func(_ context.Context, _ *Store, p part) ([]string, error) { return []string{p.key(kind)}, nil }
}

func queueKeys(ctx context.Context, s *Store, p part) ([]string, error) {
	return p.keysFor("queue", s.client.ZRange(ctx, p.key("due"), 0, -1))
}

func auditKeys(ctx context.Context, s *Store, p part) ([]string, error) {
	return p.keysFor(kindAudit, s.client.SMembers(ctx, p.key("audited")))
}

// keysFor are the keys of one kind of thing, one for each of the ids that are listed.
func (p part) keysFor(kind string, listed *goredis.StringSliceCmd) ([]string, error) {
	all, err := listed.Result()
	for i, id := range all {
		all[i] = p.keyOf(kind, id)
	}
	return all, err
}

// stale is a record that is sealed under an older key.
type stale struct {
	sealedKind
	key, id string
	value   string // as it stands
	head    []byte // what stands before its payload
	plain   []byte
	place   seal.Place
}

// Reseal implements store.Store. It goes on in the part where it last found something.
func (s *Store) Reseal(ctx context.Context, n int) (int, error) {
	if err := s.relayAll(ctx); err != nil {
		return 0, within("reseal", err)
	}
	total := 0
	for number := int(s.resealing.Load()); number < store.Partitions; number++ {
		s.resealing.Store(int32(number))
		done, err := s.resealPart(ctx, s.part(number), n-total)
		if total += done; err != nil || total == n {
			return total, within("reseal", err)
		}
	}
	s.resealing.Store(0)
	return total, nil
}

// resealPart seals up to n records of the part anew.
func (s *Store) resealPart(ctx context.Context, p part, n int) (int, error) {
	all, err := s.stale(ctx, p, n)
	if err != nil {
		return 0, err
	}
	for i, r := range all {
		payload, err := s.keys.Seal(r.plain, r.place)
		if err != nil {
			return i, err
		}
		c := &call{part: p, names: []string{r.key}}
		c.arg(r.holds, r.id, r.value, append(r.head, payload...))
		if _, err := s.run(ctx, resealScript, c); err != nil {
			return i, err
		}
	}
	return len(all), nil
}

// stale finds up to n records of the part that are sealed under an older key. What does not
// open cannot be sealed anew, and is left.
func (s *Store) stale(ctx context.Context, p part, n int) (all []stale, err error) {
	for _, kind := range sealedKinds {
		keys, err := kind.keys(ctx, s, p)
		if err != nil {
			return nil, err
		}
		for _, key := range keys {
			values, err := s.values(ctx, kind.holds, key)
			if err != nil {
				return nil, err
			}
			for id, value := range values {
				if len(all) == n {
					return all, nil
				}
				if r, is := s.staleRecord(kind, key, id, value); is {
					all = append(all, r)
				}
			}
		}
	}
	return all, nil
}

func (s *Store) staleRecord(kind sealedKind, key, id, value string) (stale, bool) {
	beside, payload := fields(value, kind.beside)
	if payload == nil || s.keys.Current(payload) {
		return stale{}, false
	}
	place := kind.place(key[strings.LastIndexByte(key, ':')+1:], id, beside)
	plain, err := s.keys.Open(payload, place)
	head := bytes.TrimSuffix([]byte(value), payload)
	return stale{kind, key, id, value, head, plain, place}, err == nil
}

// values are the records that a key holds, by their fields if it is a hash, and by nothing
// that is of use if not.
func (s *Store) values(ctx context.Context, holds, key string) (map[string]string, error) {
	var list []string
	var err error
	switch holds {
	case "hash":
		return s.client.HGetAll(ctx, key).Result()
	case "list":
		list, err = s.client.LRange(ctx, key, 0, -1).Result()
	case "zset":
		list, err = s.client.ZRange(ctx, key, 0, -1).Result()
	}
	values := map[string]string{}
	for _, v := range list {
		values[v] = v
	}
	return values, err
}
