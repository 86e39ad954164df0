package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"referralbot/store"
	"referralbot/store/seal"
)

// kept are the settings by which the store is found and opened.
type kept struct {
	Store     string `env:"STORE" default:"sqlite:referralbot.db" help:"Where everything is kept: sqlite:FILE, or redis://HOST:PORT, or several hosts with commas between them for a cluster."`
	StoreWait int    `env:"STORE_WAIT" placeholder:"N" help:"How many replicas of Redis must have a write before it is acknowledged; without it, none."`
	Keys      string `env:"KEYS" placeholder:"FILE" help:"File of the keys that everything is sealed under; see the command keys."`
}

const noKeys = "must name the file of the keys that everything is sealed under; make one, " +
	"once and for all, with: referralbot keys new referralbot.keys"

// keys reads the keys.
func (k kept) keys() (*seal.Keys, error) {
	if k.Keys == "" {
		return nil, usageError{"KEYS " + noKeys}
	}
	keys, err := seal.ReadFile(k.Keys)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usageError{fmt.Sprintf("KEYS names a file that does not exist: %s; "+
			"if nothing is stored yet, make it with: referralbot keys new %[1]s", k.Keys)}
	}
	if err != nil {
		return nil, usageError{"KEYS: " + err.Error()}
	}
	return keys, nil
}

// open opens the store.
func (k kept) open() (store.Store, error) {
	keys, err := k.keys()
	if err != nil {
		return nil, err
	}
	return openStore(k, keys)
}

// openToRead opens the store beside the process that writes to it, if there is one.
func (k kept) openToRead() (store.Store, error) {
	keys, err := k.keys()
	if err != nil {
		return nil, err
	}
	return openStoreToRead(k, keys)
}

// openToAudit is openToRead, for what is written down when it is read.
func (k kept) openToAudit() (store.Store, error) {
	keys, err := k.keys()
	if err != nil {
		return nil, err
	}
	return openStoreToAudit(k, keys)
}

// keysCmd makes and renews the keys that everything is sealed under.
type keysCmd struct {
	New    newKeysCmd    `cmd:"" help:"Make a file of keys, once, before anything is stored."`
	Rotate rotateKeysCmd `cmd:"" help:"Put a new key into a file of keys; what the old ones have sealed is sealed anew once serve starts again."`
}

type newKeysCmd struct {
	File string `arg:"" help:"The file to make."`
}

// Run makes the file. It never overwrites one: without its keys a store is lost.
func (c newKeysCmd) Run(io streams) error {
	keys, err := seal.New()
	if err != nil {
		return err
	}
	if err := writeKeys(c.File, keys); err != nil {
		return err
	}
	fmt.Fprintf(io.out, "%s holds the keys, and only you may read it. Name it in KEYS.\n"+
		"Keep a copy in another place than the store and its backups: whoever has both can read everything,\n"+
		"and without the keys nobody ever can.\n", c.File)
	return nil
}

type rotateKeysCmd struct {
	File string `arg:"" help:"The file of keys."`
}

// Run replaces the file by one with a new key, which writes, and all the keys it had.
func (c rotateKeysCmd) Run(io streams) error {
	keys, err := seal.ReadFile(c.File)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no file %s", c.File)
	}
	if err != nil {
		return err
	}
	if keys, err = keys.Rotate(); err != nil {
		return err
	}
	next := c.File + ".next"
	if err := writeKeys(next, keys); err != nil {
		return err
	}
	if err := os.Rename(next, c.File); err != nil {
		return errors.Join(err, os.Remove(next))
	}
	fmt.Fprintf(io.out, "%s has a new key. Copy the file to where its copy is kept, then start serve again, once every serve\n"+
		"that shares the store has stopped: it seals everything anew beside its work. The old keys stay in the file, for\n"+
		"backups made before now.\n", c.File)
	return nil
}

// writeKeys makes a file that only its owner may read, and sees it on the disk. Where
// there is a file already it fails.
func writeKeys(path string, keys *seal.Keys) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o400)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("there is a file %s already, and it may be the only one that opens a store; nothing was changed", path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no folder %s; make it first", filepath.Dir(path))
	}
	if err != nil {
		return err
	}
	if err := errors.Join(keys.Write(f), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder sees the names of a folder's files on the disk.
func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// How what older keys have sealed is sealed anew: so much at once, and with such a pause,
// that nobody who is heard meanwhile notices.
const (
	resealAtOnce = 50
	resealPause  = 200 * time.Millisecond
	resealAgain  = time.Minute // after an error
)

// reseal seals anew what older keys have sealed. It does not stop the rest: what they have
// sealed can be read all the same.
func (p *program) reseal(ctx context.Context) error {
	total, wait := 0, time.Duration(0)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
		n, err := p.store.Reseal(ctx, resealAtOnce)
		total += n
		switch {
		case err != nil:
			p.bot.Log.Warn("what older keys have sealed is not all sealed anew yet", "err", err)
			wait = resealAgain
		case n == resealAtOnce:
			wait = resealPause
		default:
			p.bot.Log.Info("everything is sealed under the present key", "anew", total)
			<-ctx.Done()
			return nil
		}
	}
}
