package main

import (
	"bufio"
	"errors"
	"io"
	"os"
)

// maxLine is the most that one line of input may hold, in bytes.
const maxLine = 1 << 20

var errLongLine = errors.New("longer than 1 MB")

// input opens file, or returns stdin if file is "" or "-".
func input(file string, stdin io.Reader) (io.ReadCloser, error) {
	if file == "" || file == "-" {
		return io.NopCloser(stdin), nil
	}
	return os.Open(file)
}

// eachLine calls do with every line of r, numbered from 1 and without its ending. A line
// over maxLine is passed as empty, with errLongLine. It stops at the first error of do.
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
