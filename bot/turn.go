package bot

import (
	"errors"
	"time"

	"referralbot/dialog"
	"referralbot/store"
)

// Turn is one thing that was heard and what came of it, for whoever measures.
type Turn struct {
	Platform string // that it came from; "" for a timer
	Who      string // "parent", "professional", "clinician", or "service" for a timer
	Result   string
	Took     time.Duration
}

// What may come of a turn.
const (
	ResultCommitted = "committed"
	ResultDuplicate = "duplicate" // it had been heard before
	ResultHeldBack  = "held_back" // too much of one chat at once
	ResultConflict  = "conflict"  // what it was heard against kept changing
	ResultFault     = "fault"     // of ours
	ResultNotFound  = "not_found" // what it was about is not there
	ResultStore     = "store"     // the store could not be read or written
)

// errHeldBack stands for an input that was not heard.
var errHeldBack = errors.New("held back")

// measure tells how a turn ended that began at a time.
func (b *Bot) measure(t Turn, began time.Time, err error) {
	if b.Measure == nil {
		return
	}
	t.Took, t.Result = time.Since(began), ResultStore
	for _, known := range []struct {
		err    error
		result string
	}{
		{nil, ResultCommitted}, {errHeldBack, ResultHeldBack}, {ErrFault, ResultFault},
		{store.ErrDuplicate, ResultDuplicate}, {store.ErrConflict, ResultConflict}, {store.ErrNotFound, ResultNotFound},
	} {
		if errors.Is(err, known.err) {
			t.Result = known.result
		}
	}
	b.Measure(t)
}

// service is who does what a timer asks for.
const service = "service"

// turn is who is heard in h, and where.
func (h Heard) turn() Turn {
	if h.Input.Timer != "" {
		return Turn{Who: service}
	}
	return Turn{Platform: h.Chat.Platform, Who: string(h.Audience)}
}

// turnOf is who does a deed. Clinicians are where the triage channel is.
func (b *Bot) turnOf(deed dialog.Deed) Turn {
	if deed.By.ID == "" {
		return Turn{Who: service}
	}
	return Turn{Platform: chatOf(b.Triage).Platform, Who: "clinician"}
}
