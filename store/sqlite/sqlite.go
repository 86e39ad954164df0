// Package sqlite keeps the store in one SQLite file on the local disk. A commit that has
// been acknowledged survives a killed process and, where the disk keeps its word, a loss
// of power.
//
// One process writes, and a lock beside the file sees to it; others may read, and write down in
// the audit that they do. Nothing in
// the file says who anybody is or what they said: it is sealed, as package seal says. In
// the clear are times, versions, the status of referrals and the platforms' ids of
// messages. The package knows nothing of conversations or platforms beyond what
// store.Change names: it reads no answer and no word.
package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"time"

	"referralbot/store"
	"referralbot/store/seal"
)

var _ store.Store = (*Store)(nil)

// readers is how many reads may go on at once, beside the writer.
const readers = 4

// Store is a store.Store in one file.
type Store struct {
	codec
	reads  *statements
	writer *writer        // nil when opened for reading only
	beside bool           // another process writes: nothing but the audit may be added to
	opened []func() error // closes what was opened, last first
	now    func() time.Time
	resealing
}

// Open opens the database at path for reading and writing. If there is none it makes one
// that only this user may read. It fails at once if another Store has it open for
// writing, in this process or another, if a newer release has made it, and if it is sealed
// under other keys than these; then nothing in it is touched.
func Open(path string, keys *seal.Keys) (*Store, error) {
	return open(path, keys, (*Store).openLock, (*Store).openWriter, (*Store).openReads)
}

// OpenReadOnly opens the database at path beside the process that writes to it, if there
// is one. The methods that write return an error.
func OpenReadOnly(path string, keys *seal.Keys) (*Store, error) {
	return open(path, keys, (*Store).openReads)
}

// OpenToAudit opens the database at path beside the process that writes to it, if there is one,
// to read what has to be written down when it is read: of what writes, Commit takes a change
// that has nothing but Audit. All else that writes returns an error.
func OpenToAudit(path string, keys *seal.Keys) (*Store, error) {
	return open(path, keys, (*Store).openReads, (*Store).openBeside)
}

func open(path string, keys *seal.Keys, parts ...func(s *Store, path string) error) (*Store, error) {
	s := &Store{codec: codec{keys}, now: time.Now}
	for _, part := range parts {
		if err := part(s, path); err != nil {
			return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), s.Close())
		}
	}
	return s, nil
}

// Clock makes now the time that the store goes by, instead of this machine's. It must be
// called before anything else is, and now must never go back.
func (s *Store) Clock(now func() time.Time) { s.now = now }

// Close waits for the writes in hand and closes the file.
func (s *Store) Close() error {
	var errs []error
	for n := len(s.opened); n > 0; n-- {
		errs = append(errs, s.opened[n-1]())
	}
	s.opened = nil
	return errors.Join(errs...)
}

func (s *Store) openLock(path string) error {
	unlock, err := lock(path + ".lock")
	if err != nil {
		return err
	}
	s.opened = append(s.opened, unlock)
	return nil
}

func (s *Store) openWriter(path string) error {
	if err := private(path); err != nil {
		return err
	}
	db, err := openDB(path, 1, writing())
	if err != nil {
		return err
	}
	s.opened = append(s.opened, db.Close)
	if err := s.prepare(db); err != nil {
		return err
	}
	return s.openConnection(db)
}

// openBeside opens a connection that writes without what only the process may do that has the
// lock. SQLite itself lets one connection write at a time, and has the other wait.
func (s *Store) openBeside(path string) error {
	settings := writing()
	settings.Set("mode", "rw")
	db, err := openDB(path, 1, settings)
	if err != nil {
		return err
	}
	s.opened, s.beside = append(s.opened, db.Close), true
	return s.openConnection(db)
}

func writing() url.Values {
	return url.Values{"_journal_mode": {"WAL"}, "_synchronous": {"FULL"}, "_txlock": {"immediate"}}
}

func (s *Store) openConnection(db *sql.DB) (err error) {
	if s.writer, err = newWriter(db); err == nil {
		s.opened = append(s.opened, s.writer.close)
	}
	return err
}

func (s *Store) openReads(path string) error {
	db, err := openDB(path, readers, url.Values{"mode": {"ro"}})
	if err != nil {
		return err
	}
	s.reads = newStatements(db)
	s.opened = append(s.opened, db.Close, s.reads.close)
	if err := checkSchema(db); err != nil {
		return err
	}
	return s.checkKeys(db)
}

// openDB opens the file at path with up to n connections.
func openDB(path string, n int, settings url.Values) (*sql.DB, error) {
	settings["_pragma"] = []string{"foreign_keys(1)", "temp_store(MEMORY)", "trusted_schema(0)", "mmap_size(0)", "secure_delete(1)"}
	settings.Set("_busy_timeout", "5000") // milliseconds
	settings.Set("_error_rc", "1")        // or "cannot open" reads "out of memory"
	db, err := sql.Open("sqlite", fileName(path, settings))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

// fileName is what the driver calls the file at path: a URI, in which any path is safe.
func fileName(path string, settings url.Values) string {
	name := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: settings.Encode()}
	return name.String()
}
