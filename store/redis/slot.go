package redis

import (
	"cmp"
	"context"
	crypto "crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/seal"
)

// All slots, and the roster, lie in one part, while the turns that take slots lie in any. So a
// slot is taken in two steps. A hold is taken before the change is written, and lapses if that
// is not. A slot to be booked is secured before; that it is booked is written with the change,
// in the list of what its part has to bring, and brought after that. Whoever finds a slot
// secured and past its time first has that brought which may have been written, and a change
// that comes later than half of that time is not written.
const (
	slotsPart    = 0
	usualSecured = 2 * time.Minute
)

// The kinds of record, as they are called where they are sealed.
const (
	kindSlot   = "slot"
	kindRoster = "roster"
)

// settles marks, in the list of what a part has to bring, what is to become of slots.
const settles = "+slot"

// slotTries is how often a slot is taken where what stands in the way may lapse.
const slotTries = 4

// slot is the payload of a rules.Taken.
type slot struct {
	Holder string `json:"holder"`
	With   string `json:"with,omitempty"`
}

func slotPlace(holder, lane, from, to, until string) seal.Place {
	return place(kindSlot, holder, 0, lane, from, to, until)
}

func rosterPlace(version int64) seal.Place { return place(kindRoster, kindRoster, version) }

// slotRecord is a slot on its way: whose, what stands first in its record, and its payload.
type slotRecord struct {
	holder, head string
	payload      []byte
}

func (s *Store) slotRecord(t rules.Taken) (slotRecord, error) {
	until := int64(0)
	if !t.Until.IsZero() {
		until = micros(t.Until)
	}
	holder, head := s.codec.ref(t.Holder), fmt.Sprint(t.Lane, " ", micros(t.From), " ", micros(t.To), " ", until)
	beside := strings.Fields(head)
	payload, err := s.codec.seal(slot{t.Holder, t.With}, slotPlace(holder, beside[0], beside[1], beside[2], beside[3]))
	return slotRecord{holder, head, payload}, err
}

// takeSlot takes the slot of c, which is written in the part number, and returns until when by
// the server's clock c may be written; 0 for ever.
func (s *Store) takeSlot(ctx context.Context, c store.Change, number int) (before int64, err error) {
	r, err := s.slotRecord(*c.Take)
	if err != nil {
		return 0, err
	}
	booked := c.Take.Until.IsZero()
	var known []any
	for range slotTries {
		p := s.call(slotsPart).keys(kindSlot)
		p.arg(micros(c.At), s.secured.Microseconds(), micros(c.At.Add(-store.SlotsKept)))
		p.arg(r.holder, c.Take.Lane, micros(c.Take.From), micros(c.Take.To), bit(booked), r.head, number, r.payload)
		p.arg(len(known) / 2).arg(known...)
		reply, err := s.run(ctx, slotScript, p)
		if err != nil {
			return 0, err
		}
		switch text(reply, 0) {
		case "taken":
			return 0, store.ErrSlotTaken
		case "ok":
			if !booked {
				return 0, nil
			}
			return integer(reply, 1) + (s.secured / 2).Microseconds(), nil
		case "unsure":
			if err := s.relay(ctx, int(integer(reply, 1))); err != nil {
				return 0, err
			}
			known = append(known, text(reply, 2), text(reply, 3))
		default:
			return 0, errReply
		}
	}
	return 0, store.ErrSlotTaken
}

// settling is what c makes of slots once it is written, as its part has to bring it; none if it
// makes nothing of them.
func (s *Store) settling(c store.Change) (all [][]byte, err error) {
	entry := func(holder, record string) {
		all = append(all, fmt.Appendf(nil, "%d %s %s %s %s", slotsPart, settles, crypto.Text(), holder, record))
	}
	if c.GiveUp != "" {
		entry(s.codec.ref(c.GiveUp), "")
	}
	if c.Take != nil && c.Take.Until.IsZero() {
		var r slotRecord
		r, err = s.slotRecord(*c.Take)
		entry(r.holder, r.head+" 0 0 "+string(r.payload))
	}
	return all, err
}

// settleSlot brings what settling has made.
func (s *Store) settleSlot(ctx context.Context, entry []byte) error {
	beside, record := fields(string(entry), 2)
	c := s.call(slotsPart).keys(kindSlot, "brought")
	c.arg(beside[0], beside[1], record, store.DuplicateWindow.Microseconds())
	_, err := s.run(ctx, settleScript, c)
	return err
}

// Taken implements store.Store.
func (s *Store) Taken(ctx context.Context, now time.Time) ([]rules.Taken, error) {
	records, err := s.client.HGetAll(ctx, s.part(slotsPart).key(kindSlot)).Result()
	if err != nil {
		return nil, within("taken slots", err)
	}
	var all []rules.Taken
	var damaged error
	for id, record := range records {
		if holder, held := strings.CutSuffix(id, ".h"); held && records[holder+".p"] != "" {
			continue // it is about to be booked
		}
		t, err := s.readTaken(id, record)
		damaged = cmp.Or(damaged, err)
		if t.Until.IsZero() || t.Until.After(now) {
			all = append(all, t)
		}
	}
	slices.SortFunc(all, rules.Taken.Compare)
	return all, within("taken slots", damaged)
}

// readTaken reads a record. What is secured counts as held. If the payload does not open the
// rest is there all the same, for the slot is taken.
func (s *Store) readTaken(id, record string) (rules.Taken, error) {
	beside, payload := fields(record, 6)
	holder := id[:max(0, strings.LastIndexByte(id, '.'))]
	t := rules.Taken{Slot: rules.Slot{Span: rules.Span{From: instant(number(beside[1])), To: instant(number(beside[2]))}, Lane: int(number(beside[0]))}}
	t.Until = instant(max(number(beside[3]), number(beside[4])))
	var p slot
	err := s.codec.open(payload, slotPlace(holder, beside[0], beside[1], beside[2], beside[3]), &p)
	t.Holder, t.With = p.Holder, p.With
	return t, err
}

// Roster implements store.Store.
func (s *Store) Roster(ctx context.Context) (dialog.Roster, error) {
	record, err := s.client.HGet(ctx, s.part(slotsPart).key(kindRoster), kindRoster).Result()
	if errors.Is(err, goredis.Nil) {
		return dialog.Roster{}, nil
	}
	if err != nil {
		return dialog.Roster{}, within("roster", err)
	}
	var r dialog.Roster
	beside, payload := fields(record, 1)
	version := number(beside[0])
	if err = s.codec.open(payload, rosterPlace(version), &r); err != nil {
		r = dialog.Roster{}
	}
	r.Version = version
	return r, within("roster", err)
}

func (s *Store) roster(p *call, r *dialog.Roster) {
	p.keys(kindRoster)
	if r == nil {
		p.arg(0)
		return
	}
	p.arg(1, r.Version, r.Version+1).sealed(s.codec.seal(r, rosterPlace(r.Version+1)))
}
