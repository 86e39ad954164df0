package main

import (
	"math/rand/v2"
	"testing"
	"time"

	"referralbot/store/faulttest"
)

// TestFaultDiskFull fills the disk that the store is on while people refer themselves, and frees
// it again. What fits into what the store has of the disk goes on being heard; all else is
// refused, and heard when there is room. Redis ends itself then, as it does with appendfsync
// always, and is started again.
func TestFaultDiskFull(t *testing.T) {
	t.Parallel()
	onEach(t, true, func(tr *trial) {
		disk := faulttest.NewDisk(tr.T, 64)
		if disk == nil {
			return
		}
		tr.keepIn(disk.Folder)
		tr.start("")
		tr.open()
		row := faulttest.Row{ID: "F16", Fault: "disk full, and freed again", How: "`serve`, called by Telegram,"}
		tr.harmed(faulttest.Count(4, 50), faulttest.Count(2, 20), row, func(int) {
			refused := tr.front.refused.Load()
			if err := disk.Fill(); err != nil {
				tr.Fatal(err)
			}
			tr.until("it to refuse what cannot be written", func() bool {
				tr.onlookers++
				tr.telegram.Say(tr.onlookers, "hello") // the others may all be waiting for an answer
				time.Sleep(20 * time.Millisecond)
				return tr.front.refused.Load() > refused
			})
			time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond)
			if err := disk.Free(); err != nil {
				tr.Fatal(err)
			}
			if tr.redis != nil {
				tr.redis.Kill() // it has ended; this waits for it
				if err := tr.redis.Start(); err != nil {
					tr.Fatal(err)
				}
			}
		}, tr.noneEarly)
	})
}
