package redis

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"referralbot/dialog"
	"referralbot/store"
)

// errApart: the parts of one change must be written together, and cannot be.
var errApart = errors.New("what one change writes belongs to several chats")

// part is one part of the store. All its keys have one hash tag, so that one server of a
// cluster has them all.
type part struct {
	number int
	tag    string
}

func newParts(prefix string) (all [store.Partitions]part) {
	for n := range all {
		all[n] = part{n, fmt.Sprintf("%s{p:%d}:", prefix, n)}
	}
	return all
}

func (s *Store) part(number int) part { return s.parts[number] }

// key is that of one kind of thing in the part.
func (p part) key(kind string) string { return p.tag + kind }

// keyOf is that of the one thing of a kind that has the id.
func (p part) keyOf(kind, id string) string { return p.tag + kind + ":" + id }

// numbers gathers in which parts something lies.
type numbers struct {
	first int
	found bool
	apart bool
}

func (n *numbers) add(number int) {
	n.apart = n.apart || n.found && number != n.first
	if !n.found {
		n.first, n.found = number, true
	}
}

func (n *numbers) chat(c dialog.Chat) {
	if c != (dialog.Chat{}) {
		n.add(store.Partition(c))
	}
}

func (n *numbers) ref(ref string) {
	if ref != "" {
		n.add(partOfRef(ref))
	}
}

func (n *numbers) timers(all []store.Timer) {
	for _, t := range all {
		n.chat(t.Chat)
		n.ref(t.Ref)
	}
}

func (n *numbers) audit(all []dialog.Entry) {
	for _, e := range all {
		n.ref(e.Ref)
	}
}

// of returns the part in which c is written: its chat's, and where it names no chat and no
// referral, that of the first destination it names.
func of(c store.Change) (int, error) {
	var n numbers
	n.chat(c.Chat)
	if c.Conversation != nil {
		n.chat(c.Conversation.Chat)
	}
	if c.Referral != nil {
		n.ref(c.Referral.Ref)
	}
	if c.Roster != nil {
		n.add(slotsPart)
	}
	n.timers(c.Timers)
	n.timers(c.Fired)
	n.audit(c.Audit)
	for _, m := range c.Heard {
		n.add(partOfDestination(m.Destination))
	}
	if !n.found && len(c.Deliveries) > 0 {
		n.add(partOfDestination(c.Deliveries[0].Destination))
	}
	if n.apart {
		return 0, errApart
	}
	return n.first, nil
}

// ofErasure is of, for an erasure.
func ofErasure(e store.Erasure) (int, error) {
	var n numbers
	n.chat(e.Chat)
	n.ref(e.Ref)
	n.audit(e.Audit)
	if e.Destination != "" {
		n.add(partOfDestination(e.Destination))
	}
	if n.apart {
		return 0, errApart
	}
	return n.first, nil
}

// partOfRef reads the part that a reference begins with, as in "R17-…". What is not a
// reference belongs anywhere, and there is nothing there.
func partOfRef(ref string) int {
	digits, _, _ := strings.Cut(strings.TrimPrefix(ref, "R"), "-")
	n, err := strconv.ParseUint(digits, 10, 8)
	if err != nil || n >= store.Partitions {
		return 0
	}
	return int(n)
}

// partOfDestination is that of the chat for a chat's own destination, and agreed upon for
// any other.
func partOfDestination(destination string) int {
	platform, id, _ := strings.Cut(destination, ":")
	return store.Partition(dialog.Chat{Platform: platform, ID: id})
}
