package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/mattn/go-isatty"
)

// maxLine is the most that one line of input may hold, in bytes.
const maxLine = 1 << 20

var errLongLine = errors.New("longer than 1 MB")

// input opens file, or returns standard input if file is "" or "-". Whoever is to type it is told
// what is wanted.
func input(file, wanted string, s streams) (io.ReadCloser, error) {
	switch info, err := os.Stat(file); {
	case file == "" || file == "-":
		if isTerminal(s.in) {
			fmt.Fprintf(s.err, "Type %s, and Ctrl-D at the end.\n", wanted)
		}
		return io.NopCloser(s.in), nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no file %s", file)
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("%s is a folder; name a file in it", file)
	}
	return os.Open(file)
}

// isTerminal reports whether somebody sits at the other end.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// byteOrderMark stands before the first line of many a file that was written on Windows.
const byteOrderMark = "\ufeff"

// eachLine calls do with every line of r, numbered from 1 and without its ending or a mark before
// the first. A line over maxLine is passed as empty, with errLongLine. It stops at the first error
// of do.
func eachLine(r io.Reader, do func(n int, line []byte, err error) error) error {
	br := bufio.NewReaderSize(r, 64<<10)
	for n := 1; ; n++ {
		line, fault, err := readLine(br)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte(byteOrderMark))
		}
		if err := do(n, line, fault); err != nil {
			return err
		}
	}
}

// readLine returns the next line, or errLongLine as its fault. The error is the reader's.
func readLine(br *bufio.Reader) (line []byte, fault, err error) {
	for more := true; more; {
		var part []byte
		part, more, err = br.ReadLine()
		if err != nil {
			return nil, nil, err
		}
		if len(line)+len(part) > maxLine {
			line, fault = nil, errLongLine
		}
		if fault == nil {
			line = append(line, part...)
		}
	}
	return line, fault, nil
}
