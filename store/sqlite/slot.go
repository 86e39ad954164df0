package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
	"referralbot/store"
	"referralbot/store/seal"
)

// slot is the payload of a rules.Taken.
type slot struct {
	Holder string `json:"holder"`
	With   string `json:"with,omitempty"`
}

func slotPlace(holder string, lane int, from, to, until int64) seal.Place {
	return place("slot", holder, until, fmt.Sprint(lane), fmt.Sprint(from), fmt.Sprint(to))
}

func rosterPlace(version int64) seal.Place { return place("roster", rosterRow, version) }

// rosterRow is the only row of the roster.
const rosterRow = "roster"

// take holds or books a slot, unless another has one in its lane that is in the way.
func (p *script) take(t *rules.Taken, at time.Time) {
	const (
		giveUp = "DELETE FROM slot WHERE holder = ?1 AND booked <= ?2"
		insert = `INSERT INTO slot (holder, booked, lane, since, ends, until, payload) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
			WHERE NOT EXISTS (SELECT 1 FROM slot INDEXED BY slot_at WHERE ends > ?4 AND since < ?5 AND lane = ?3 AND holder <> ?1 AND (booked OR until > ?8))`
		forget = "DELETE FROM slot INDEXED BY slot_at WHERE ends < ?"
	)
	if t == nil {
		return
	}
	holder, from, to, until := p.ref(t.Holder), micros(t.From), micros(t.To), int64(0)
	if !t.Until.IsZero() {
		until = micros(t.Until)
	}
	booked := until == 0
	p.add(nil, giveUp, holder, booked)
	payload := p.payload(slot{t.Holder, t.With}, slotPlace(holder, t.Lane, from, to, until))
	p.add(store.ErrSlotTaken, insert, holder, booked, t.Lane, from, to, until, payload, micros(at))
	p.add(nil, forget, micros(at.Add(-store.SlotsKept)))
}

func (p *script) giveUp(holder string) {
	if holder != "" {
		p.add(nil, "DELETE FROM slot WHERE holder = ?", p.ref(holder))
	}
}

func (p *script) roster(r *dialog.Roster) {
	const (
		insert = "INSERT INTO roster (payload, name, version) VALUES (?, ?, ? + 1) ON CONFLICT DO NOTHING"
		update = "UPDATE roster SET payload = ?, version = version + 1 WHERE name = ? AND version = ?"
	)
	if r == nil {
		return
	}
	query := update
	if r.Version == 0 {
		query = insert
	}
	p.add(store.ErrConflict, query, p.payload(r, rosterPlace(r.Version+1)), rosterRow, r.Version)
}

// Taken implements store.Store.
func (s *Store) Taken(ctx context.Context, now time.Time) ([]rules.Taken, error) {
	const query = `SELECT holder, lane, since, ends, until, payload FROM slot INDEXED BY slot_at
		WHERE ends >= ? AND (booked OR until > ?)`
	var all []rules.Taken
	var damaged error
	err := s.reads.each(ctx, query, []any{micros(now.Add(-store.SlotsKept)), micros(now)}, func(rows *sql.Rows) error {
		var holder string
		var lane int
		var from, to, until int64
		var payload []byte
		if err := rows.Scan(&holder, &lane, &from, &to, &until, &payload); err != nil {
			return err
		}
		var p slot
		if err := s.decode(payload, slotPlace(holder, lane, from, to, until), &p); err != nil {
			damaged = err
		}
		t := rules.Taken{Slot: rules.Slot{Span: rules.Span{From: instant(from), To: instant(to)}, Lane: lane}, Holder: p.Holder, With: p.With}
		if until > 0 {
			t.Until = instant(until)
		}
		all = append(all, t)
		return nil
	})
	slices.SortFunc(all, rules.Taken.Compare)
	return all, within("taken slots", cmp.Or(err, damaged))
}

// Roster implements store.Store.
func (s *Store) Roster(ctx context.Context) (dialog.Roster, error) {
	var r dialog.Roster
	var version int64
	var payload []byte
	found, err := s.reads.one(ctx, "SELECT version, payload FROM roster WHERE name = ?", []any{rosterRow}, []any{&version, &payload})
	if err == nil && found {
		err = s.decode(payload, rosterPlace(version), &r)
	}
	if err != nil {
		r = dialog.Roster{}
	}
	r.Version = version
	return r, within("roster", err)
}
