package calendar

import (
	"time"

	ics "github.com/arran4/golang-ical"

	"referralbot/rules"
)

// Event is a call as calendars hold it.
type Event struct {
	// UID is the same as long as the call lives, however often it is changed, and no other
	// call's.
	UID string
	// Sequence grows with every change, by which a calendar knows the latest.
	Sequence int
	// Stamp is when it became what it is (UTC), so that the same event is the same bytes.
	Stamp time.Time
	rules.Span
	// Summary says what it is, in words that may stand on anybody's screen.
	Summary   string
	Tentative bool // it is not certain that it is theirs
	Cancelled bool
}

// product is who makes these calendars, as they say it themselves.
const product = "-//referralbot//calls//EN"

// Invitation writes an invitation to e, or that it is cancelled, as it goes with a mail from
// one address to another (RFC 5546).
func Invitation(e Event, from, to string) []byte {
	method := ics.MethodRequest
	if e.Cancelled {
		method = ics.MethodCancel
	}
	c, event := begin(e, method)
	event.SetOrganizer(from)
	event.AddAttendee(to, ics.ParticipationRoleReqParticipant, ics.ParticipationStatusNeedsAction, ics.WithRSVP(false))
	return written(c)
}

// File writes e as a file that somebody puts into their calendar themselves, or, if it is
// cancelled, with which they take it out again.
func File(e Event) []byte {
	method := ics.MethodPublish
	if e.Cancelled {
		method = ics.MethodCancel
	}
	c, _ := begin(e, method)
	return written(c)
}

// feed writes events as a calendar of that name to subscribe to.
func feed(name string, events []Event) []byte {
	c := empty(ics.MethodPublish)
	c.SetXWRCalName(name)
	c.SetRefreshInterval(refreshed, ics.WithValue(string(ics.ValueDataTypeDuration)))
	c.SetXPublishedTTL(refreshed)
	for _, e := range events {
		add(c, e)
	}
	return written(c)
}

// refreshed is how often a calendar that is subscribed to is to be looked at.
const refreshed = "PT15M"

func begin(e Event, method ics.Method) (*ics.Calendar, *ics.VEvent) {
	c := empty(method)
	return c, add(c, e)
}

func empty(method ics.Method) *ics.Calendar {
	c := &ics.Calendar{}
	c.SetVersion("2.0")
	c.SetProductId(product)
	c.SetMethod(method)
	return c
}

// add adds e to c. Its times are in UTC, which needs no zone to be understood.
func add(c *ics.Calendar, e Event) *ics.VEvent {
	event := c.AddEvent(e.UID)
	event.SetDtStampTime(e.Stamp)
	event.SetSequence(e.Sequence)
	event.SetStartAt(e.From)
	event.SetEndAt(e.To)
	event.SetSummary(e.Summary)
	event.SetClass(ics.ClassificationPrivate)
	event.SetStatus(e.status())
	event.SetTimeTransparency(ics.TransparencyOpaque)
	return event
}

func (e Event) status() ics.ObjectStatus {
	switch {
	case e.Cancelled:
		return ics.ObjectStatusCancelled
	case e.Tentative:
		return ics.ObjectStatusTentative
	}
	return ics.ObjectStatusConfirmed
}

// written is c with the ends of lines that RFC 5545 asks for: the library's own are the
// machine's.
func written(c *ics.Calendar) []byte { return []byte(c.Serialize(ics.WithNewLineWindows)) }
