package main

import (
	"math/rand/v2"
	"testing"
	"time"

	"referralbot/store/faulttest"
)

// TestFaultDiskFull fills the disk that the store is on while people refer themselves, and frees
// it again. Nothing is acknowledged that could not be written. Redis ends itself then, as it
// does with appendfsync always, and is started again when there is room.
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
		tr.harmed(faulttest.Count(8, 50), faulttest.Count(2, 20), row, func(int) {
			refused := tr.front.refused.Load()
			if err := disk.Fill(); err != nil {
				tr.Fatal(err)
			}
			tr.until("it to be refused what cannot be written", func() bool { return tr.front.refused.Load() > refused })
			tr.front.down.Store(true)
			time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond)
			tr.front.down.Store(false)
			if err := disk.Free(); err != nil {
				tr.Fatal(err)
			}
			if tr.redis != nil {
				tr.redis.Kill() // it has ended; this waits for it
				if err := tr.redis.Start(); err != nil {
					tr.Fatal(err)
				}
			}
		})
		tr.noneEarly()
	})
}
