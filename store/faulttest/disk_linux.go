package faulttest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A Disk is a small one in memory, which can be filled.
type Disk struct{ Folder string }

// NewDisk returns one of so many megabytes, which ends with the test, or nil, having said so
// loudly, where this process may not mount one. It fails the test where CI is set.
func NewDisk(tb testing.TB, megabytes int) *Disk {
	tb.Helper()
	d := &Disk{tb.TempDir()}
	err := syscall.Mount("tmpfs", d.Folder, "tmpfs", 0, fmt.Sprintf("size=%dm", megabytes))
	if err != nil {
		noDisk(tb, err)
		return nil
	}
	tb.Cleanup(func() { syscall.Unmount(d.Folder, syscall.MNT_DETACH) })
	return d
}

func (d *Disk) ballast() string { return filepath.Join(d.Folder, "ballast") }

// Fill leaves no room on it.
func (d *Disk) Fill() error {
	f, err := os.Create(d.ballast())
	if err != nil {
		return err
	}
	defer f.Close()
	for some := make([]byte, 1<<16); len(some) > 0; {
		if _, err = f.Write(some); err != nil {
			some = some[:len(some)/2] // what is left of it
		}
	}
	if !errors.Is(err, syscall.ENOSPC) {
		return err
	}
	return nil
}

// Free frees what Fill took.
func (d *Disk) Free() error { return os.Remove(d.ballast()) }
