// Package store says what is remembered and what may be relied on: one interface, its
// promises stated once as tests in store/storetest, and kept by every backend.
//
// A turn is written whole or not at all, together with everything it wants said. What
// is to be said waits as deliveries, in order at each destination, until an adapter has
// handed it over. The store knows no platform: a destination is a name.
package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"referralbot/dialog"
	"referralbot/rules"
)

// Errors a caller branches on. Every other error means that the store could not do
// what was asked, that nothing was changed, and that nothing may be acknowledged.
var (
	// ErrConflict: the conversation or referral is no longer at the version the change
	// was made from. Read again and redo.
	ErrConflict = errors.New("store: changed since it was read")
	// ErrDuplicate: one of the change's keys was heard before. Acknowledge, do nothing.
	ErrDuplicate = errors.New("store: heard before")
	// ErrSlotTaken: another has a slot in that lane that has a moment in common with the one
	// that was to be held or booked. Read again what is taken and redo.
	ErrSlotTaken = errors.New("store: slot taken")
	// ErrNotFound: there is no such referral.
	ErrNotFound = errors.New("store: not found")
	// ErrLeaseLost: the delivery's lease ran out and another worker may have it. Stop.
	ErrLeaseLost = errors.New("store: lease lost")
	// ErrDamaged: a record does not open. It was changed, swapped or put back by somebody
	// else, or its key is missing. The error says in which table, and nothing of it is shown.
	ErrDamaged = errors.New("store: damaged record")
)

// DuplicateWindow is how long the keys of inputs are remembered, at the least.
const DuplicateWindow = 7 * 24 * time.Hour

// MessagesKept is how long it is remembered which messages stand at a destination, and
// MostMessages how many of them a delivery that Clears is given.
const (
	MessagesKept = 48 * time.Hour
	MostMessages = 2000
)

// Store is the memory of the service. Every method may be called from many goroutines
// and, where the backend is shared, from many processes. Times are UTC.
type Store interface {
	// Conversation returns the conversation of chat, or, if there is none, an empty one
	// at version 0 with its Chat set. With ErrDamaged it returns an empty one at the version
	// that is stored, from which it can be begun anew.
	Conversation(ctx context.Context, chat dialog.Chat) (dialog.Conversation, error)
	// Referral returns the referral, or ErrNotFound.
	Referral(ctx context.Context, ref string) (dialog.Referral, error)
	// Open returns the referrals not closed or withdrawn, by due date. Open, Referrals and
	// Audit return what opens together with ErrDamaged, if something does not.
	Open(ctx context.Context) ([]dialog.Referral, error)
	// Referrals returns every referral, by due date.
	Referrals(ctx context.Context) ([]dialog.Referral, error)
	// Alike returns the referrals that are known by any of these traits, in no order. It returns
	// what opens together with ErrDamaged, if something does not.
	Alike(ctx context.Context, traits []string) ([]dialog.Referral, error)
	// Audit returns the entries of a referral, oldest first.
	Audit(ctx context.Context, ref string) ([]dialog.Entry, error)
	// Taken returns the slots that are booked, or held at now, the earliest first. Those that
	// were over SlotsKept before now may be missing.
	Taken(ctx context.Context, now time.Time) ([]rules.Taken, error)
	// Roster returns the roster, an empty one at version 0 if there is none.
	Roster(ctx context.Context) (dialog.Roster, error)
	// Chains calls see with the whole audit of every referral that has one, erased or not, in
	// no order, and stops at the first error that see returns. Known are references that it
	// may come upon: by them, too, a chain is given its Ref. It reads what is committed, and
	// what is committed meanwhile may or may not be among it.
	Chains(ctx context.Context, known []string, see func(Chain) error) error

	// Commit writes the change whole or not at all. It returns ErrDuplicate if any key
	// is known (and changes nothing), else ErrConflict if a version is not as expected
	// (and changes nothing), else ErrSlotTaken. Then nothing is changed, but that a slot may be
	// left held for a while: for as long as was asked for, or ten minutes where it was to be
	// booked. Once it has returned nil the change survives a crash of
	// the process and, where the backend promises it, a loss of power.
	//
	// If c.Lease is set it also leases the destinations to which c delivers and where
	// nothing was waiting and nobody was at work, and returns what c delivers there, in
	// order and begun, as after Take and Start: who commits a turn can hand over its reply
	// without asking again. What it does not return waits for Take. A backend may return
	// less than it could, and returns nothing whose Target or Messages depend on what comes
	// of a delivery before it.
	Commit(ctx context.Context, c Change) ([]Delivery, error)

	// Erase forgets what e names, whole or not at all, and keeps e.Audit. It returns
	// ErrConflict, and changes nothing, if the conversation is not at e.Version. What is
	// not there need not be forgotten. The audit before it stays: it names no family.
	Erase(ctx context.Context, e Erasure) error

	// Shown returns the platform's id of the first message delivered to destination
	// under name, or "" if none has been.
	Shown(ctx context.Context, destination, name string) (string, error)

	// Take leases the destination whose head delivery has been due longest and returns
	// that delivery, or false if none is due. No other Take returns a delivery of the
	// same destination until the lease has run out or the delivery is done with.
	// Deliveries of one destination are taken in the order they were committed. One that
	// does not open is set aside.
	Take(ctx context.Context, lease time.Duration) (Delivery, bool, error)
	// Start records that an attempt begins, before the call to the platform. From here
	// a crash leaves it uncertain whether the message was accepted. It returns
	// ErrLeaseLost once the lease has run out, though nobody else may have it yet; the
	// three calls below return it only once somebody else does.
	Start(ctx context.Context, d Delivery) error
	// Done records that the platform accepted the delivery, and under which id (may be
	// empty for an edit), removes it from the queue and frees the destination. Where it
	// took several messages, external is their ids separated by spaces, and the id is the
	// last of them. New ids are remembered for MessagesKept, and those in the Messages of
	// a delivery that Clears are forgotten, with all that came before them. If
	// d.Name is set, later deliveries that Edit that name find the id as their Target;
	// if not, the id stands for the name d Edits, so that an edit which had to be sent
	// anew is itself edited the next time.
	Done(ctx context.Context, d Delivery, external string) error
	// Retry frees the destination and makes the same delivery due again after the wait.
	// cause is a short code, never a message from outside.
	Retry(ctx context.Context, d Delivery, after time.Duration, cause string) error
	// Dead sets the delivery aside, frees the destination (or, as Done does, leaves the lease
	// to the next if d is Kept), and keeps the cause for the operator.
	Dead(ctx context.Context, d Delivery, cause string) error

	// Due returns up to n timers that are due at now, earliest first. A timer stays until a
	// Change that lists it in Fired is committed, so it fires exactly once. One that does not
	// open is set aside.
	Due(ctx context.Context, now time.Time, n int) ([]Timer, error)

	// Lease gives the part called name to holder for so long, unless another holder has
	// it and its time has not run out, and reports whether holder has it now. Asked again
	// by the same holder it lasts longer. A holder names one process, not one machine.
	Lease(ctx context.Context, name, holder string, last time.Duration) (bool, error)

	// Asides returns up to n of what was set aside, latest first.
	Asides(ctx context.Context, n int) ([]Aside, error)

	// Reseal seals anew up to n of the records that are sealed under an older key than the
	// present one, and returns how many it did: fewer than n when none is left.
	Reseal(ctx context.Context, n int) (int, error)

	// Tallies returns how often each thing was counted on each of the days from first to last,
	// both among them. What is not in dialog.Tallies is not returned.
	Tallies(ctx context.Context, first, last rules.Date) (map[dialog.Tally]int, error)

	// Queue returns what waits at a destination.
	Queue(ctx context.Context, destination string) (Queue, error)

	// Stats counts what an operator watches.
	Stats(ctx context.Context) (Stats, error)

	// Close frees the backend. Nothing may be called after it.
	Close() error
}

// Change is one turn's whole effect.
type Change struct {
	// Chat is whose turn it is: the chat of the Conversation, of the Referral, and of the
	// referrals of the timers and the audit. It may be left out where those name a referral,
	// whose reference says as much. A backend may keep all that is of one chat in one place,
	// and find a change's keys only there: an input must always be heard for the same chat.
	// Deliveries may go anywhere.
	Chat dialog.Chat
	// Keys are the ids of the inputs it hears, unique across platforms. Any key heard
	// within DuplicateWindow makes the change a duplicate.
	Keys []string
	// Conversation is to be stored at Version+1 if the stored version is Version.
	// Nil leaves the conversation alone.
	Conversation *dialog.Conversation
	// Referral likewise. A referral at Version 0 is new.
	Referral *dialog.Referral
	// Traits are what the Referral is known by, in place of what it was known by before. They
	// say who somebody is, and are kept only as keyed sums (a blind index), until the referral
	// is erased.
	Traits []string
	// Roster likewise. It has no chat: whoever changes it changes nothing else of one.
	Roster *dialog.Roster
	// Take is a slot that is held for a reference until Take.Until, or, if that is zero, booked.
	// A reference has one slot held at the most, and one booked: what it takes replaces the one
	// it had of that kind, and with what it books it gives up what it held. What it has itself
	// keeps nothing from it. Holds are judged by At.
	Take *rules.Taken
	// GiveUp is a reference that gives up all that it has.
	GiveUp string
	// Deliveries are appended to their destinations' queues in order. Only ID,
	// Destination, Kind, Name, Edits, Clears and Body are read.
	Deliveries []Delivery
	// Timers are set; one with the same Chat, Ref and Name is replaced.
	Timers []Timer
	// Fired are timers this change has heard; they are removed. If one of them is no
	// longer there, as when another process fired it first or it has been set to
	// another time, Commit returns ErrDuplicate and changes nothing.
	Fired []Timer
	// Audit is appended to the entries of each referral, each as the next link of its chain.
	// That others append to the same chain meanwhile is no conflict.
	Audit []dialog.Entry
	// Tallies are counted, each once more. What is counted is never forgotten.
	Tallies []dialog.Tally
	// Heard are the messages it hears. They are remembered for MessagesKept.
	Heard []Message
	// Aside is what could not be dealt with.
	Aside []Aside
	// Lease is for how long the deliveries are to be the caller's; see Commit.
	Lease time.Duration
	// At is the time of the change (UTC): deliveries are due from it.
	At time.Time
}

// SlotsKept is how long slots are kept once they are over.
const SlotsKept = 30 * 24 * time.Hour

// AsideKept is how long what was set aside is kept.
const AsideKept = 30 * 24 * time.Hour

// Aside is something that could not be dealt with and is kept for a while for an operator:
// a delivery that no platform takes, or an input that meets a fault of ours again and again.
// What does not open is there without its Body, under an ID and a Kind of the backend's and
// with the Cause "damaged". As JSON it is what a backend seals of it.
type Aside struct {
	ID    string          `json:"id"`   // the delivery's, or the input's key
	Kind  string          `json:"kind"` // the delivery's, or "input"
	Cause string          `json:"-"`    // a short code
	At    time.Time       `json:"-"`
	Body  json.RawMessage `json:"body,omitempty"` // what it held: what people said may be in it
}

// LogValue withholds the body.
func (a Aside) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", a.ID), slog.String("kind", a.Kind), slog.String("cause", a.Cause))
}

// String withholds the body.
func (a Aside) String() string { return a.Kind + " " + a.ID }

// Erasure is what is to be forgotten.
type Erasure struct {
	// Ref is the referral, with its traits, timers and slots; "" for none.
	Ref string
	// Chat is whose conversation, with its timers; zero for none. Version is the version
	// it was read at.
	Chat    dialog.Chat
	Version int64
	// Destination is where nothing that waits is said any more, and of whose messages
	// nothing is remembered; "" for none.
	Destination string
	// Audit is what is kept of it.
	Audit []dialog.Entry
	// Tallies are counted with it.
	Tallies []dialog.Tally
}

// Message is one that stands at a destination.
type Message struct {
	Destination string
	ID          string // the platform's
}

// Delivery is one message on its way, or one edit of a message. As JSON it is what a backend
// seals of it.
type Delivery struct {
	// ID is the same however often the change is made anew: it is derived from the
	// input's key and the place in the change.
	ID string `json:"id"`
	// Destination is where it goes, such as "telegram:123" or "slack:C1": one queue,
	// one call at a time.
	Destination string `json:"destination"`
	// Kind says what Body is: reply, retire, hide, card, alert, notice, mail.
	Kind string `json:"kind"`
	// Name is what later deliveries call the message that this one makes, such as a
	// prompt's id or a referral's reference. May be empty.
	Name string `json:"name,omitempty"`
	// Edits is the Name of an earlier message at this destination that this delivery
	// changes. Empty for a new message.
	Edits string `json:"edits,omitempty"`
	// Clears says that this delivery deletes whatever stands at the destination.
	Clears bool            `json:"clears,omitempty"`
	Body   json.RawMessage `json:"body,omitempty"`

	// What follows is filled in by Take.

	At time.Time `json:"-"` // when it was committed
	// Kept says that the next delivery of the destination is leased with this one: Done
	// leaves the lease to it, and begins it, unless the lease has run out.
	Kept    bool      `json:"-"`
	Fence   int64     `json:"-"` // grows with every lease of the destination
	Attempt int       `json:"-"` // attempts begun before this one
	First   time.Time `json:"-"` // when the first attempt began; zero if none
	Target  string    `json:"-"` // the platform's id of the latest message named Edits, "" if none
	// Messages are the platform's ids of what was last delivered to the destination and
	// heard from it, newest first, if the delivery Clears.
	Messages []string `json:"-"`
}

// LogValue withholds the body and the destination.
func (d Delivery) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", d.ID), slog.String("kind", d.Kind), slog.Int("attempt", d.Attempt))
}

// String withholds the body and the destination.
func (d Delivery) String() string { return d.Kind + " " + d.ID }

// Partitions is how many parts a shared store is divided into, whatever its size. A
// reference carries the part of its chat, so that everything one turn writes lies in one.
const Partitions = 64

// Partition returns the part of the store, from 0, in which everything of chat is kept.
func Partition(chat dialog.Chat) int {
	sum := sha256.Sum256([]byte(chat.Platform + "|" + chat.ID))
	return int(binary.BigEndian.Uint32(sum[:4]) % Partitions)
}

// Timer is something due at At for a conversation (Chat set) or a referral (Ref set). As JSON
// it is what a backend seals of it.
type Timer struct {
	Chat dialog.Chat `json:"chat"`
	Ref  string      `json:"ref,omitempty"`
	Name string      `json:"name"`
	At   time.Time   `json:"-"`
}

// Queue is what waits at one destination.
type Queue struct {
	Waiting  int           // deliveries not yet handed over
	Oldest   time.Duration // age of the first of them
	Attempts int           // how often the first of them has been tried
}

// Stats are counts for the operator. They identify nobody.
type Stats struct {
	Conversations int
	Referrals     map[dialog.Status]int
	Waiting       int           // deliveries not yet handed over
	OldestWaiting time.Duration // age of the oldest of them
	Aside         int           // set aside, and still kept
}
