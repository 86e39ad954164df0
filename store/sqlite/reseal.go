package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"referralbot/store/seal"
)

// sealedTable is a table with payloads.
type sealedTable struct {
	name  string
	row   string // the column that identifies a row, and by which rows are in order
	first any    // comes before every row
	place string // the columns that the place of a payload is made of
}

// sealedTables are all of them but meta, which every process seals anew. Their places are those that codec makes.
var sealedTables = [...]sealedTable{
	{"conversation", "chat", "", "'conversation', chat, 'payload', version"},
	{"referral", "ref", "", "'referral', ref, 'payload ' || status || ' ' || due, version"},
	{"delivery", "seq", 0, "'delivery', record, 'payload ' || destination, 0"},
	{"aside", "seq", 0, "origin, record, 'payload ' || owner, 0"},
	{"timer", "key", "", "'timer', key, 'payload ' || owner, at"},
	{"slot", "rowid", 0, "'slot', holder, 'payload ' || lane || ' ' || since || ' ' || ends, until"},
	{"roster", "name", "", "'roster', name, 'payload', version"},
	{"audit", "seq", 0, "'audit', record, 'payload ' || ref, 0"},
}

// sealedRow is one payload and where it stands.
type sealedRow struct {
	row     any
	place   seal.Place
	payload []byte
}

// after returns up to n rows after the one given whose payload does not begin with mark.
func (t sealedTable) after(ctx context.Context, db *statements, row any, mark []byte, n int) (found []sealedRow, err error) {
	query := fmt.Sprintf("SELECT %[2]s, %[3]s, payload FROM %[1]s WHERE %[2]s > ? AND substr(payload, 1, ?) <> ? ORDER BY %[2]s LIMIT ?",
		t.name, t.row, t.place)
	err = db.each(ctx, query, []any{row, len(mark), mark, n}, func(rows *sql.Rows) error {
		var r sealedRow
		err := rows.Scan(&r.row, &r.place.Table, &r.place.ID, &r.place.Field, &r.place.Version, &r.payload)
		found = append(found, r)
		return err
	})
	return found, err
}

// put puts a payload in place of the one that r has, unless that has changed meanwhile.
func (t sealedTable) put(r sealedRow, payload []byte) step {
	query := fmt.Sprintf("UPDATE %s SET payload = ? WHERE %s = ? AND payload = ?", t.name, t.row)
	return step{query, []any{payload, r.row, r.payload}, nil}
}

// resealing is how far the search for older seals has come. What is written meanwhile is
// sealed under the present key, so nothing need be looked at twice; a process that begins
// the search anew finds what is left.
type resealing struct {
	mu    sync.Mutex
	table int // of sealedTables
	row   any // the last that was looked at, nil for none
}

// Reseal implements store.Store. What does not open stays as it is.
func (s *Store) Reseal(ctx context.Context, n int) (int, error) {
	at := &s.resealing
	at.mu.Lock()
	defer at.mu.Unlock()
	table, row := at.table, at.row
	var steps []step
	for table < len(sealedTables) && len(steps) < n {
		t := sealedTables[table]
		if row == nil {
			row = t.first
		}
		want := n - len(steps)
		found, err := t.after(ctx, s.reads, row, s.keys.Mark(), want)
		if err != nil {
			return 0, within("reseal", err)
		}
		for _, r := range found {
			row = r.row
			if payload, err := s.anew(r); err == nil {
				steps = append(steps, t.put(r, payload))
			}
		}
		if len(found) < want {
			table, row = table+1, nil
		}
	}
	if err := s.apply(ctx, "reseal", steps...); err != nil {
		return 0, err
	}
	at.table, at.row = table%len(sealedTables), row
	return len(steps), nil
}

// anew seals the payload of r under the present key.
func (s *Store) anew(r sealedRow) ([]byte, error) {
	plain, err := s.keys.Open(r.payload, r.place)
	if err != nil {
		return nil, err
	}
	return s.keys.Seal(plain, r.place)
}
