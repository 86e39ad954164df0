package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
)

// backupCmd copies the store. It may run beside serve.
type backupCmd struct {
	kept
	File string `arg:"" help:"The file to make; there must be none of that name."`
}

// Run makes the copy, which is sealed as the store is.
func (c backupCmd) Run(ctx context.Context, io streams) error {
	db, err := c.openToRead()
	if err != nil {
		return err
	}
	defer db.Close()
	copier, ok := db.(interface {
		Backup(ctx context.Context, path string) error
	})
	if !ok {
		return errors.New("this copies a store in a file; of Redis, keep copies of its own files, and never together with the keys")
	}
	if err := copier.Backup(ctx, c.File); errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("there is a file %s already; give each backup a name of its own", c.File)
	} else if err != nil {
		return err
	}
	fmt.Fprintf(io.out, "%s is a copy of everything, and opens under the keys. Keep it in another place than they are.\n", c.File)
	return nil
}
