package dialog

import (
	"slices"
	"testing"
)

// TestMoves: looplab/fsm accepts tables it should not; these are the faults it lets through.
func TestMoves(t *testing.T) {
	t.Parallel()
	reached := map[Stage]bool{Stopped: true}
	seen := map[[2]string]bool{}
	for _, m := range conversationMoves {
		reached[m.to] = true
		for _, from := range m.from {
			if from == m.to {
				t.Errorf("%s leads from %s to itself", m.event, from)
			}
			if key := [2]string{m.event, string(from)}; seen[key] {
				t.Errorf("%s from %s stands twice", m.event, from)
			} else {
				seen[key] = true
			}
			if !slices.ContainsFunc(conversationMoves, func(n move) bool { return n.to == from }) {
				t.Errorf("nothing leads to %s", from)
			}
		}
	}
	for _, s := range []Stage{Greeting, Asking, Warning, Booking, Reviewing, Deleting, Recalling, Urgent, Sent, Stopped} {
		if !reached[s] {
			t.Errorf("%s is never reached", s)
		}
	}
	for _, m := range referralMoves {
		if slices.Contains(m.from, m.to) {
			t.Errorf("%s leads from %s to itself", m.action, m.to)
		}
	}
}

// TestFire: every event fired from every stage does what the table says and nothing else.
func TestFire(t *testing.T) {
	t.Parallel()
	for _, m := range conversationMoves {
		for _, from := range []Stage{Greeting, Asking, Warning, Booking, Reviewing, Deleting, Recalling, Urgent, Sent, Stopped} {
			to, err := fire(conversationEvents, string(from), m.event)
			legal := slices.Contains(m.from, from)
			if legal != (err == nil) || legal && to != string(m.to) || !legal && to != string(from) {
				t.Errorf("%s at %s: %s, %v", m.event, from, to, err)
			}
			if can(conversationEvents, string(from), m.event) != legal {
				t.Errorf("can %s at %s disagrees", m.event, from)
			}
		}
	}
}
