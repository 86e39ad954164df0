package redis

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referralbot/dialog"
	"referralbot/store"
	"referralbot/store/faulttest"
)

// people are those of whom a damaged store holds something: one record of each kind.
func people() []dialog.Chat { return apart(2) }

func refOf(chat dialog.Chat) string {
	return fmt.Sprintf("R%02d-%s", store.Partition(chat), chat.ID)
}

// kinds are those of the records that people have.
var kinds = []string{kindConversation, kindReferral, kindTimer, kindAudit, kindDelivery, kindAside}

// peopled makes a store with the people, and returns what some of their records held before
// the latest change.
func peopled(t *testing.T) (s *Store, before map[string]string) {
	t.Helper()
	s, before = newStore(t), map[string]string{}
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for _, chat := range people() {
		for version := range int64(2) {
			commit(t, s, store.Change{
				Chat: chat, At: noon,
				Conversation: &dialog.Conversation{Chat: chat, Version: version},
				Referral:     &dialog.Referral{Ref: refOf(chat), Version: version, Status: dialog.Received, DueAt: noon},
				Timers:       []store.Timer{{Chat: chat, Name: "nudge", At: noon.Add(time.Duration(version) * time.Second)}},
			})
			for _, kind := range kinds[:3] {
				if version == 0 {
					before[kind+chat.ID] = recordOf(t, s, kind, chat)
				}
			}
		}
		commit(t, s, store.Change{
			Chat: chat, At: noon,
			Deliveries: []store.Delivery{{ID: "d" + chat.ID, Destination: "telegram:" + chat.ID, Kind: "reply"}},
			Audit:      []dialog.Entry{{Ref: refOf(chat), Action: "sent", Actor: chat.ID}},
			Aside:      []store.Aside{{ID: chat.ID, Kind: "input", Cause: "panic", At: time.Now()}},
		})
	}
	return s, before
}

// where returns the key that holds a person's record of a kind, and its field if that is a hash.
func where(s *Store, kind string, chat dialog.Chat) (key, field string) {
	p := s.part(store.Partition(chat))
	switch kind {
	case kindConversation:
		return p.key(kind), s.codec.chat(chat)
	case kindReferral:
		return p.key(kind), s.codec.ref(refOf(chat))
	case kindTimer:
		return p.key(kind), s.codec.timer(store.Timer{Chat: chat, Name: "nudge"})
	case kindAudit:
		return p.keyOf(kind, s.codec.ref(refOf(chat))), ""
	case kindDelivery:
		return p.keyOf("queue", s.codec.to("telegram:"+chat.ID)), ""
	}
	return p.key(kind), ""
}

func recordOf(t *testing.T, s *Store, kind string, chat dialog.Chat) string {
	t.Helper()
	key, field := where(s, kind, chat)
	if field != "" {
		record, err := s.client.HGet(t.Context(), key, field).Result()
		must(t, err)
		return record
	}
	if kind == kindAside {
		all, err := s.client.ZRange(t.Context(), key, 0, 0).Result()
		must(t, err)
		return all[0]
	}
	record, err := s.client.LIndex(t.Context(), key, 0).Result()
	must(t, err)
	return record
}

func put(t *testing.T, s *Store, kind string, chat dialog.Chat, record string) {
	t.Helper()
	key, field := where(s, kind, chat)
	if field != "" {
		must(t, s.client.HSet(t.Context(), key, field, record).Err())
		return
	}
	if kind == kindAside {
		old := recordOf(t, s, kind, chat)
		at := s.client.ZScore(t.Context(), key, old).Val()
		must(t, s.client.ZRem(t.Context(), key, old).Err())
		must(t, s.client.Do(t.Context(), "zadd", key, at, record).Err())
		return
	}
	must(t, s.client.LSet(t.Context(), key, 0, record).Err())
}

// besides is how many fields stand before the payload of a record of each kind.
var besides = map[string]int{
	kindConversation: 1, kindReferral: 3, kindTimer: 1, kindAudit: 1, kindDelivery: 6, kindAside: 4,
}

// with returns record with another payload.
func with(kind, record string, payload []byte) string {
	beside, _ := fields(record, besides[kind])
	return string(header(payload, beside...))
}

func payloadOf(kind, record string) []byte {
	_, payload := fields(record, besides[kind])
	return payload
}

// seen is all that can be read of the people, a line for each record: its kind, whose it
// is, and what it holds.
func seen(t *testing.T, s *Store) (lines []string) {
	t.Helper()
	see := func(kind, person string, v any, err error) {
		held, marshalled := json.Marshal(v)
		if err := errors.Join(err, marshalled); err == nil {
			lines = append(lines, fmt.Sprintf("%s %s %s", kind, person, held))
		} else if !errors.Is(err, store.ErrDamaged) {
			t.Fatalf("%s: %v", kind, err)
		}
	}
	for _, chat := range people() {
		c, err := s.Conversation(t.Context(), chat)
		see(kindConversation, chat.ID, c, err)
		r, err := s.Referral(t.Context(), refOf(chat))
		see(kindReferral, chat.ID, r, err)
		entries, err := s.Audit(t.Context(), refOf(chat))
		see("nothing", "", nil, err)
		for _, e := range entries {
			see(kindAudit, e.Actor, e, nil)
		}
	}
	for _, list := range []func() ([]dialog.Referral, error){
		func() ([]dialog.Referral, error) { return s.Open(t.Context()) },
		func() ([]dialog.Referral, error) { return s.Referrals(t.Context()) },
	} {
		all, err := list()
		see("nothing", "", nil, err)
		for _, r := range all {
			see(kindReferral, r.Ref[4:], "listed", nil)
		}
	}
	due, err := s.Due(t.Context(), s.now(), 10)
	for _, timer := range due {
		see(kindTimer, timer.Chat.ID, timer, err)
	}
	for d, found, err := s.Take(t.Context(), time.Hour); found || err != nil; d, found, err = s.Take(t.Context(), time.Hour) {
		see(kindDelivery, d.ID[1:], d.ID, err)
	}
	aside, err := s.Asides(t.Context(), 10)
	for _, a := range aside {
		if a.Cause != damaged && a.Body == nil && a.Kind == "input" {
			see(kindAside, a.ID, a.Cause, err)
		}
	}
	slices.Sort(lines) // a reader may find them in any order
	return slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, "nothing") })
}

// TestFaultDamageIsNeverShown does to records what can be done to them without the keys, and sees
// that nothing is shown of those, and everything of the others.
func TestFaultDamageIsNeverShown(t *testing.T) {
	t.Parallel()
	whole := func() []string { s, _ := peopled(t); return seen(t, s) }()
	one, two := people()[0], people()[1]
	if len(whole) != 8*len(people()) {
		t.Fatalf("only this is seen of an undamaged store: %q", whole)
	}
	cases := 0
	damage := func(what, kind string, to []dialog.Chat, do func(s *Store, before map[string]string)) {
		t.Helper()
		cases++
		s, before := peopled(t)
		do(s, before)
		want := slices.DeleteFunc(slices.Clone(whole), func(line string) bool {
			return slices.ContainsFunc(to, func(c dialog.Chat) bool { return strings.HasPrefix(line, kind+" "+c.ID+" ") })
		})
		if diff := cmp.Diff(want, seen(t, s)); diff != "" {
			t.Errorf("%s, in %s (-want +got):\n%s", what, kind, diff)
		}
	}
	first := []dialog.Chat{one}
	for _, kind := range kinds {
		damage("two swapped", kind, people(), func(s *Store, _ map[string]string) {
			a, b := recordOf(t, s, kind, one), recordOf(t, s, kind, two)
			put(t, s, kind, one, with(kind, a, payloadOf(kind, b)))
			put(t, s, kind, two, with(kind, b, payloadOf(kind, a)))
		})
		for what, payload := range map[string][]byte{"cut short": nil, "emptied": {}, "in the clear": []byte(`{"id":"forged"}`)} {
			damage(what, kind, first, func(s *Store, _ map[string]string) {
				record := recordOf(t, s, kind, one)
				if what == "cut short" {
					payload = payloadOf(kind, record)[:20]
				}
				put(t, s, kind, one, with(kind, record, payload))
			})
		}
		damage("not a record", kind, first, func(s *Store, _ map[string]string) {
			if kind == kindDelivery { // its script reads what stands beside, and nothing but a script writes there
				put(t, s, kind, one, with(kind, recordOf(t, s, kind, one), []byte("1 2 3")))
				return
			}
			put(t, s, kind, one, "garbage")
		})
	}
	for _, kind := range kinds[:3] {
		damage("put back beside the present version", kind, first, func(s *Store, before map[string]string) {
			put(t, s, kind, one, with(kind, recordOf(t, s, kind, one), payloadOf(kind, before[kind+one.ID])))
		})
	}
	for n := range faulttest.Count(30, 500) {
		kind := kinds[n%len(kinds)]
		damage("a bit turned", kind, first, func(s *Store, _ map[string]string) {
			record := recordOf(t, s, kind, one)
			payload := payloadOf(kind, record)
			bit := rand.IntN(8 * len(payload))
			payload[bit/8] ^= 1 << (bit % 8)
			put(t, s, kind, one, with(kind, record, payload))
		})
	}
	faulttest.Report(t, faulttest.Row{
		ID: "F17", Fault: "records damaged, swapped or put back", How: "the store on Redis", Count: cases, Note: "none shown, all others read",
	})
}

// TestBegunAnew sees that a conversation that does not open can be begun anew from its version.
func TestBegunAnew(t *testing.T) {
	t.Parallel()
	s, _ := peopled(t)
	chat := people()[0]
	put(t, s, kindConversation, chat, with(kindConversation, recordOf(t, s, kindConversation, chat), []byte("garbage")))
	c, err := s.Conversation(t.Context(), chat)
	if want := (dialog.Conversation{Chat: chat, Version: 2}); !errors.Is(err, store.ErrDamaged) || !cmp.Equal(c, want) {
		t.Fatalf("got %v, %v; want %v, %v", c, err, want, store.ErrDamaged)
	}
	commit(t, s, store.Change{Conversation: &c})
	if c, err = s.Conversation(t.Context(), chat); err != nil || c.Version != 3 {
		t.Errorf("begun anew: version %d, %v", c.Version, err)
	}
}
