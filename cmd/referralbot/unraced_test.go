//go:build !race

package main

// raced reports whether the race detector watches, which makes everything many times slower.
const raced = false
