package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrInUse is why a file is not opened for writing while another Store has it so.
var ErrInUse = errors.New("another process is writing to it")

// lock takes the lock file at path, for as long as the process lives or until unlock is
// called. The file is an empty database held in an exclusive transaction: SQLite knows
// how to lock a file on every system, and lets go of it when the process dies.
func lock(path string) (unlock func() error, err error) {
	if err := private(path); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", fileName(path, url.Values{"_journal_mode": {"MEMORY"}}))
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(context.Background())
	if err == nil {
		_, err = conn.ExecContext(context.Background(), "BEGIN EXCLUSIVE")
	}
	if busy := (*sqlite.Error)(nil); errors.As(err, &busy) && busy.Code() == sqlite3.SQLITE_BUSY {
		err = ErrInUse
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return func() error { return errors.Join(conn.Close(), db.Close()) }, nil
}

// private makes the file at path if there is none, and sees that only this user may read
// it. It never opens a file that exists: closing it again would let go of the locks that
// this process holds on it.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return os.Chmod(path, 0o600)
	}
	if err != nil {
		return err
	}
	return f.Close()
}
