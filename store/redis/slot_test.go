package redis

import (
	"errors"
	"strings"
	"testing"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
)

// booking is a change of the chat that books the slot of an hour.
func booking(s *Store, id string, hours int) store.Change {
	chat := dialog.Chat{Platform: "test", ID: id}
	from := time.Unix(1_800_000_000, 0).Add(time.Duration(hours) * time.Hour).UTC()
	return store.Change{Chat: chat, Keys: []string{rules.DateOf(from).String() + id + from.String()}, At: s.now(), Take: &rules.Taken{
		Slot: rules.Slot{Span: rules.Span{From: from, To: from.Add(time.Hour)}}, Holder: refOf(chat),
	}}
}

// secure does of c what a process does that is killed before the change is written.
func secure(t *testing.T, s *Store, c store.Change) (before int64) {
	t.Helper()
	number, err := of(c)
	must(t, err)
	before, err = s.takeSlot(t.Context(), c, number)
	must(t, err)
	return before
}

// writeOnly writes c as a process does that is killed right after, and returns what the script
// replied.
func writeOnly(t *testing.T, s *Store, c store.Change, before int64) string {
	t.Helper()
	number, err := of(c)
	must(t, err)
	settling, err := s.settling(c)
	must(t, err)
	queues, away := s.sort(c, number)
	reply, err := s.run(t.Context(), commitScript, s.commitCall(number, c, queues, outward{away, settling, before}, nil))
	must(t, err)
	return text(reply, 0)
}

// lapse lets the time pass for which slots are secured.
func lapse(t *testing.T, s *Store) {
	t.Helper()
	key := s.part(slotsPart).key(kindSlot)
	all, err := s.client.HGetAll(t.Context(), key).Result()
	must(t, err)
	for id, record := range all {
		beside, payload := fields(record, 6)
		if strings.HasSuffix(id, ".p") {
			beside[4] = "1"
			must(t, s.client.HSet(t.Context(), key, id, header(payload, beside...)).Err())
		}
	}
}

func bookedBy(t *testing.T, s *Store) []string {
	t.Helper()
	all, err := s.Taken(t.Context(), s.now())
	must(t, err)
	var who []string
	for _, taken := range all {
		if taken.Until.IsZero() {
			who = append(who, taken.Holder)
		}
	}
	return who
}

// TestSlotCrashes leaves slots as a process leaves them that dies at each step of a booking, and
// sees that whoever comes next neither gets what is booked nor is kept from what is not.
func TestSlotCrashes(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(t *testing.T, s *Store, mine, others store.Change){
		"secured and no more": func(t *testing.T, s *Store, mine, others store.Change) {
			before := secure(t, s, mine)
			if _, err := s.Commit(t.Context(), others); !errors.Is(err, store.ErrSlotTaken) {
				t.Errorf("another gets %v at once", err)
			}
			lapse(t, s)
			commit(t, s, others)
			if reply := writeOnly(t, s, mine, before-s.secured.Microseconds()); reply != "late" {
				t.Errorf("what comes too late gets %s", reply)
			}
		},
		"written and not brought": func(t *testing.T, s *Store, mine, others store.Change) {
			if reply := writeOnly(t, s, mine, secure(t, s, mine)); reply != "written" {
				t.Fatal(reply)
			}
			lapse(t, s)
			if _, err := s.Commit(t.Context(), others); !errors.Is(err, store.ErrSlotTaken) {
				t.Errorf("another gets %v", err)
			}
		},
		"written, and given up, and neither brought": func(t *testing.T, s *Store, mine, others store.Change) {
			writeOnly(t, s, mine, secure(t, s, mine))
			writeOnly(t, s, store.Change{Chat: mine.Chat, GiveUp: mine.Take.Holder, At: s.now()}, 0)
			lapse(t, s)
			commit(t, s, others)
		},
		"written, and another booked instead before it was brought": func(t *testing.T, s *Store, mine, others store.Change) {
			writeOnly(t, s, mine, secure(t, s, mine))
			commit(t, s, booking(s, mine.Chat.ID, 5))
			commit(t, s, others)
			if who := bookedBy(t, s); len(who) != 2 {
				t.Errorf("booked: %v", who)
			}
		},
		"the next is secured while the first still may be written": func(t *testing.T, s *Store, mine, others store.Change) {
			before := secure(t, s, mine)
			if _, err := s.Commit(t.Context(), booking(s, mine.Chat.ID, 5)); !errors.Is(err, store.ErrSlotTaken) {
				t.Errorf("one person secures two: %v", err)
			}
			if reply := writeOnly(t, s, mine, before); reply != "written" {
				t.Fatal(reply)
			}
			must(t, s.relayAll(t.Context()))
			if _, err := s.Commit(t.Context(), others); !errors.Is(err, store.ErrSlotTaken) {
				t.Errorf("another gets %v", err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openAt(t, address(t), newKeys(t), Options{Prefix: prefix(t.TempDir())})
			defer s.Close()
			end(t, s, booking(s, "1", 0), booking(s, "2", 0))
		})
	}
}
