package sqlite

import (
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"time"
)

//go:embed schema.sql
var schema string

// schemaVersion is the version of schema.sql, kept in the file as its user_version.
const schemaVersion = 1

var (
	errNewer   = errors.New("made by a newer release")
	errForeign = errors.New("not a database of this program")
	errOldLib  = errors.New("needs SQLite 3.51.3 or later, as earlier releases may damage the file")
)

// prepare brings the file to the present schema, and frees what the process that wrote
// to it last had leased: that process is gone, or the lock would not be ours.
func prepare(db *sql.DB, now time.Time) error {
	if err := checkLibrary(db); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := create(tx); err != nil {
		return err
	}
	if _, err := tx.Exec("UPDATE destination SET due = ?, leased = 0, fence = fence + 1 WHERE leased", micros(now)); err != nil {
		return err
	}
	return tx.Commit()
}

// create makes the tables in a file that has none.
func create(tx *sql.Tx) error {
	err := checkSchema(tx)
	if !errors.Is(err, errForeign) {
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

// querier is a pool or a transaction.
type querier interface {
	QueryRow(query string, args ...any) *sql.Row
}

// checkSchema returns errNewer or errForeign if the file is not at the present schema.
func checkSchema(q querier) error {
	var found int
	if err := q.QueryRow("PRAGMA user_version").Scan(&found); err != nil {
		return err
	}
	switch {
	case found > schemaVersion:
		return errNewer
	case found < schemaVersion:
		return errForeign
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
