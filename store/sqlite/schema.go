package sqlite

import (
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"referralbot/store/seal"
)

//go:embed schema.sql
var schema string

// schemaVersion is the version of schema.sql, kept in the file as its user_version.
const schemaVersion = 5

// oldestSchema is the earliest that what is missing can be added to.
const oldestSchema = 2

var (
	errOlder   = errors.New("made by an earlier release: start the bot once, which brings it up to date")
	errNewer   = errors.New("made by a newer release")
	errClear   = errors.New("made by a release that did not seal what it stored: begin with a new file, and destroy this one once nobody needs it")
	errKeys    = errors.New("sealed under other keys than these; use the keys it was made with")
	errForeign = errors.New("not a database of this program")
	errOldLib  = errors.New("needs SQLite 3.51.3 or later, as earlier releases may damage the file")
)

// prepare brings the file to the present schema, and frees what the process that wrote
// to it last had leased: that process is gone, or the lock would not be ours.
func (s *Store) prepare(db *sql.DB) error {
	if err := checkLibrary(db); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := s.create(tx); err != nil {
		return err
	}
	if err := s.markKeys(tx); err != nil {
		return err
	}
	const free = "UPDATE destination SET due = ?, leased = 0, fence = fence + ? WHERE leased"
	if _, err := tx.Exec(free, micros(s.now()), stride); err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM lease"); err != nil {
		return err
	}
	return tx.Commit()
}

// create makes the tables in a file that has none, and those that are missing in one of an
// earlier release, and checks that it is sealed under the keys.
func (s *Store) create(tx *sql.Tx) error {
	err := checkSchema(tx)
	if err == nil || errors.Is(err, errOlder) {
		if wrong := s.checkKeys(tx); err == nil || wrong != nil {
			return wrong
		}
	} else if err := checkEmpty(tx, err); err != nil {
		return err
	}
	for statement := range strings.SplitSeq(schema, ";\n") {
		if _, err := tx.Exec(statement); err != nil {
			return err
		}
	}
	_, err = tx.Exec(fmt.Sprintf("PRAGMA user_version = %d", schemaVersion))
	return err
}

// checkEmpty returns wrong, unless that is errForeign and there is nothing in the file.
func checkEmpty(q querier, wrong error) error {
	var tables int
	if err := q.QueryRow("SELECT count(*) FROM sqlite_master").Scan(&tables); err != nil {
		return err
	}
	if errors.Is(wrong, errForeign) && tables == 0 {
		return nil
	}
	return wrong
}

// keysRow is the row of meta that opens under the keys of the file, and holds a name that
// they make.
const keysRow = "keys"

func metaPlace() seal.Place { return place("meta", keysRow, 0) }

// markKeys seals that row under the present key: from now on there is more in the file
// than older keys open.
func (s *Store) markKeys(tx *sql.Tx) error {
	const query = "INSERT INTO meta (name, payload) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET payload = excluded.payload"
	payload, err := s.encode(s.keys.Name(keysRow), metaPlace())
	if err != nil {
		return err
	}
	_, err = tx.Exec(query, keysRow, payload)
	return err
}

// checkKeys returns errKeys if the file is sealed under other keys.
func (s *Store) checkKeys(q querier) error {
	var payload []byte
	if err := q.QueryRow("SELECT payload FROM meta WHERE name = ?", keysRow).Scan(&payload); err != nil {
		return err
	}
	var name string
	if err := s.decode(payload, metaPlace(), &name); err != nil || name != s.keys.Name(keysRow) {
		return errKeys
	}
	return nil
}

// querier is a pool or a transaction.
type querier interface {
	QueryRow(query string, args ...any) *sql.Row
}

// checkSchema returns errOlder, errNewer, errClear or errForeign if the file is not at the present schema.
func checkSchema(q querier) error {
	var found int
	if err := q.QueryRow("PRAGMA user_version").Scan(&found); err != nil {
		return err
	}
	switch {
	case found > schemaVersion:
		return errNewer
	case found == 1:
		return errClear
	case found < oldestSchema:
		return errForeign
	case found < schemaVersion:
		return errOlder
	}
	return nil
}

// checkLibrary returns errOldLib if SQLite has the fault by which a checkpoint could
// damage a database in WAL mode.
func checkLibrary(q querier) error {
	var major, minor, patch int
	var found string
	if err := q.QueryRow("SELECT sqlite_version()").Scan(&found); err != nil {
		return err
	}
	if _, err := fmt.Sscanf(found, "%d.%d.%d", &major, &minor, &patch); err != nil {
		return fmt.Errorf("version of SQLite %q: %w", found, err)
	}
	if major*1_000_000+minor*1_000+patch < 3_051_003 {
		return errOldLib
	}
	return nil
}
