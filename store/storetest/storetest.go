// Package storetest states what a store.Store promises, as tests that every backend
// passes unchanged. It knows no backend: it sees only the interface, and learns what
// time it is there only by waiting for what must come about.
package storetest

import (
	"testing"

	"referralbot/store"
	"referralbot/store/seal"
)

// Open opens the store kept at place, an empty folder of the test's own when it is first
// used, under keys. Opened again after Close, as by the next process, it has what was left
// there; the keys may have been rotated meanwhile.
type Open func(t *testing.T, place string, keys *seal.Keys) store.Store

// Run runs the whole suite, every test on a store of its own.
func Run(t *testing.T, open Open) {
	for _, test := range []struct {
		name string
		run  func(f *fixture)
	}{
		{"what was never stored", neverStored},
		{"a conversation is read as it was stored", conversationRead},
		{"a referral is read as it was stored", referralRead},
		{"a version must be the one that is stored", versions},
		{"of fifty commits of one version one wins", versionRace},
		{"of fifty claims of one referral one wins", claimRace},

		{"any key heard before makes a duplicate", duplicates},
		{"a key named twice in one change is heard once", keyTwice},
		{"a duplicate beats a conflict", duplicateBeatsConflict},
		{"of fifty commits of one key one wins", keyRace},
		{"a change is written whole or not at all", whole},

		{"a delivery is taken as it was committed", deliveryTaken},
		{"deliveries of a destination are taken in order", inOrder},
		{"the destination due longest goes first", longestDueFirst},
		{"nothing is taken before it is due", notYetDue},
		{"a blocked destination delays no other", blockedDelaysNone},
		{"a retry waits and keeps its place", retryWaits},
		{"what is dead is set aside and the rest goes on", deadSetAside},
		{"eight workers keep order and take turns", workers},
		{"the queues agree with a model", model},

		{"a leased destination is not taken again", leasedOnce},
		{"a lease that has run out is taken with a higher fence", leaseRunsOut},
		{"who has lost the lease is told and changes nothing", leaseLost},
		{"a delivery is not begun after its lease", lateStart},
		{"what was accepted is recorded though the lease ran out", lateDone},
		{"an attempt counts from its start", attempts},

		{"a commit leases what it delivers", committedLeased},
		{"a commit leases no destination that is busy", committedBusy},
		{"what a commit may not lease waits", committedRefused},
		{"of fifty commits to one destination one is leased", committedRace},
		{"who loses one delivery loses those kept with it", keptLost},
		{"what is set aside leaves the lease to those kept with it", keptDead},
		{"each kept delivery has its turn", keptTurns},
		{"what is leased by a commit is taken once the lease has run out", committedLapses},
		{"nothing is kept once the lease has run out", keptLapses},
		{"what is leased by a commit knows what it changes", committedFilled},

		{"an edit finds the message it names", target},
		{"an edit sent anew is found by the next", sentAnew},
		{"shown is the first message of a name", shown},

		{"what stands in a chat is known, to be deleted", standing},
		{"what has been deleted is forgotten", cleared},
		{"more than can be deleted at once is let go", mostStanding},
		{"what was not heard does not stand", heardOnce},

		{"timers are due in order", timersDue},
		{"timers of one name are kept apart", timersApart},
		{"a timer set again is replaced", timerReplaced},
		{"a timer fires once", timerFires},
		{"of fifty firings of one timer one wins", timerRace},

		{"open referrals are listed by due date", openListed},
		{"what is erased is gone, and nothing else", erased},
		{"what has changed meanwhile is not erased", erasedMeanwhile},
		{"what is being said is not said again once erased", erasedLeased},
		{"the audit is kept in order", auditOrder},
		{"many append to few chains at once, and none fails", chained},
		{"a chain goes on through erasure and other keys", chainKept},
		{"referrals are found again by what they are known by", traitsFound},
		{"what waits at one place is counted", queueCounted},
		{"the counts are right", stats},
		{"what is tallied is counted by day", tallied},
		{"what is tallied is counted once", talliedOnce},
		{"tallies outlive what they were counted from", talliesKept},

		{"slots are held, booked, changed and given up", slotsKept},
		{"a slot is one person's", slotTaken},
		{"a slot is taken with all of its change", slotWhole},
		{"of fifty who book one slot one has it", slotRace},
		{"of fifty who take what overlaps no two have it", slotsRace},
		{"the roster is read as it was stored", rosterKept},
		{"of fifty changes of the roster one wins", rosterRace},

		{"a part is held by one at a time", partHeld},
		{"of fifty who ask for a part one has it", partRace},
		{"what was set aside is kept for a while", asidesKept},
		{"what is not set aside for good is forgotten", asidesForgotten},
		{"everything is readable while it is sealed anew", resealed},

		{"everything is there for the next process", reopened},
		{"a crash loses nothing, wherever it comes", crashes},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(newFixture(t, open))
		})
	}
}
