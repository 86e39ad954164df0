package storetest

import (
	"errors"
	"fmt"
	"time"
)

var errElse = errors.New("somebody else has it")

// ask has holder ask for a part.
func (f *fixture) ask(name, holder string, last time.Duration) bool {
	f.Helper()
	has, err := f.Lease(f.ctx(), name, holder, last)
	f.must(err)
	return has
}

func partHeld(f *fixture) {
	f.same("the first has it", true, f.ask("telegram", "one", ages))
	f.same("the second has it", false, f.ask("telegram", "two", ages))
	f.same("the first has it longer", true, f.ask("telegram", "one", ages))
	f.same("the second has another part", true, f.ask("sweep", "two", ages))
	f.same("the first has that", false, f.ask("sweep", "one", brief))

	start := time.Now()
	f.same("the second has it until it runs out", true, f.ask("sweep", "two", brief))
	for !f.ask("sweep", "one", ages) {
		if time.Since(start) > 10*time.Second {
			f.Fatal("the part is never free")
		}
		time.Sleep(time.Millisecond)
	}
	if held := time.Since(start); held < brief-time.Millisecond {
		f.Errorf("taken over after %v, held for %v", held, brief)
	}
	f.same("the second has it back", false, f.ask("sweep", "two", ages))
}

func partRace(f *fixture) {
	f.race(errElse, func(i int) error {
		has, err := f.Lease(f.ctx(), "telegram", fmt.Sprint(i), ages)
		if err == nil && !has {
			err = errElse
		}
		return err
	})
}
