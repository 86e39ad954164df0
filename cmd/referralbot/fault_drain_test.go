package main

import (
	"fmt"
	"syscall"
	"testing"
	"time"

	"referralbot/store/faulttest"
)

// drainWithin is how long the program may take to finish what is in hand: less than what
// Compose and systemd are told to wait.
const drainWithin = 20 * time.Second

// TestFaultDrained has the program end as an upgrade ends it, with SIGTERM, in the middle of what
// many people do, and start again. It ends by itself, and nothing is lost, nor done or shown twice.
func TestFaultDrained(t *testing.T) {
	t.Parallel()
	onEach(t, false, func(tr *trial) {
		people := faulttest.Count(8, 500)
		tr.more = map[string]string{"LEASE": "30s"} // calls have the time that they really have
		program := tr.start("")
		tr.open()
		slowest, waiting := time.Duration(0), 0
		row := faulttest.Row{ID: "D1", Fault: "program told to end (SIGTERM) and started again", How: fmt.Sprintf("`serve`, %d chats", people)}
		tr.harmedWith(people, faulttest.Count(2, 10), &row, func(int) {
			tr.until("it to hear both platforms", func() bool { return tr.slack.Sockets() > 0 })
			began := time.Now()
			if err := program.Process.Signal(syscall.SIGTERM); err != nil {
				tr.Error(err)
			}
			late := time.AfterFunc(drainWithin, func() { program.Process.Kill() })
			if err := program.Wait(); err != nil {
				log := tr.log.String()
				tr.Errorf("it did not end by itself within %v: %v; the end of its log:\n%s", drainWithin, err, log[max(0, len(log)-3000):])
			}
			late.Stop()
			slowest = max(slowest, time.Since(began))
			stats, err := tr.db.Stats(tr.Context())
			if err != nil {
				tr.Error(err)
			}
			waiting = max(waiting, stats.Waiting)
			row.Note = fmt.Sprintf("ended within %v, at most %d messages left for the next.", slowest.Round(time.Millisecond), waiting)
			program = tr.start("")
		})
		for _, p := range tr.people {
			if n := shownAgain(tr.telegram.Messages(p.user)); n > 0 {
				tr.Errorf("person %d is shown %d messages twice", p.user, n)
			}
		}
	})
}
