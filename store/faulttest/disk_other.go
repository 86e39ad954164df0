//go:build !linux

package faulttest

import (
	"errors"
	"testing"
)

// A Disk is a small one in memory, which can be filled. There is none here.
type Disk struct{ Folder string }

// NewDisk returns nil, having said so loudly. It fails the test where CI is set.
func NewDisk(tb testing.TB, _ int) *Disk {
	tb.Helper()
	noDisk(tb, errors.ErrUnsupported)
	return nil
}

// Fill leaves no room on it.
func (d *Disk) Fill() error { return errors.ErrUnsupported }

// Free frees what Fill took.
func (d *Disk) Free() error { return errors.ErrUnsupported }
