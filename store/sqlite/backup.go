package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"referralbot/store"
)

// Backup copies everything, as it is at this moment, to a new file at path that only this
// user may read, and sees that the copy is sound and opens. It works beside the process
// that writes. It returns fs.ErrExist if there is a file at path, and leaves none there if
// it fails.
func (s *Store) Backup(ctx context.Context, path string) error {
	return within("backup", s.backup(ctx, path, path+".part"))
}

func (s *Store) backup(ctx context.Context, path, part string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", path, errors.Join(err, fs.ErrExist))
	}
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) { // a crash left it
		return err
	}
	defer os.Remove(part) // not there once it has its name
	if err := private(part); err != nil {
		return err
	}
	if _, err := s.reads.exec(ctx, "VACUUM INTO ?", part); err != nil {
		return err
	}
	if err := s.verify(ctx, part); err != nil {
		return err
	}
	if err := flush(part); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return flush(filepath.Dir(path))
}

// tried is how many records of a table are tried in a copy. One that opens will do: what
// is damaged in the store is damaged in its copy, and no reason to have none.
const tried = 16

// verify sees that the copy at path is sound, and that of each table a record opens.
func (s *Store) verify(ctx context.Context, path string) error {
	copied, err := OpenReadOnly(path, s.keys)
	if err != nil {
		return err
	}
	defer copied.Close()
	var sound string
	if _, err := copied.reads.one(ctx, "PRAGMA integrity_check", nil, []any{&sound}); err != nil {
		return err
	}
	if sound != "ok" {
		return errors.New("the copy is not sound")
	}
	for _, t := range sealedTables {
		found, err := t.after(ctx, copied.reads, t.first, []byte{0}, tried) // nothing begins so
		if err != nil {
			return err
		}
		opens := func(r sealedRow) bool { _, err := s.keys.Open(r.payload, r.place); return err == nil }
		if len(found) > 0 && !slices.ContainsFunc(found, opens) {
			return fmt.Errorf("%w: in %s, in the copy", store.ErrDamaged, t.name)
		}
	}
	return nil
}

// flush has a file or a folder written through to the disk.
func flush(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
