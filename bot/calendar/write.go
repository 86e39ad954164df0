package calendar

import (
	ics "github.com/arran4/golang-ical"

	"referralbot/dialog"
)

// product is who makes these calendars, as they say it themselves.
const product = "-//referralbot//calls//EN"

// Invitation writes an invitation to a call, or that it is cancelled, as it goes with a mail from
// one address to another (RFC 5546).
func Invitation(i dialog.Invite, from, to string) []byte {
	method := ics.MethodRequest
	if i.Cancelled {
		method = ics.MethodCancel
	}
	c, event := begin(i, method)
	event.SetOrganizer(from)
	event.AddAttendee(to, ics.ParticipationRoleReqParticipant, ics.ParticipationStatusNeedsAction)
	return written(c)
}

// File writes a call as a file that somebody puts into their calendar themselves, or, if it is
// cancelled, with which they take it out again.
func File(i dialog.Invite) []byte {
	method := ics.MethodPublish
	if i.Cancelled {
		method = ics.MethodCancel
	}
	c, _ := begin(i, method)
	return written(c)
}

// feed writes calls as a calendar of that name to subscribe to.
func feed(name string, invites []dialog.Invite) []byte {
	c := empty(ics.MethodPublish)
	c.SetXWRCalName(name)
	c.SetRefreshInterval(refreshed, ics.WithValue(string(ics.ValueDataTypeDuration)))
	c.SetXPublishedTTL(refreshed)
	for _, i := range invites {
		add(c, i)
	}
	return written(c)
}

// refreshed is how often a calendar that is subscribed to is to be looked at.
const refreshed = "PT15M"

func begin(i dialog.Invite, method ics.Method) (*ics.Calendar, *ics.VEvent) {
	c := empty(method)
	return c, add(c, i)
}

func empty(method ics.Method) *ics.Calendar {
	c := &ics.Calendar{}
	c.SetVersion("2.0")
	c.SetProductId(product)
	c.SetMethod(method)
	return c
}

// add adds i to c. Its times are in UTC, which needs no zone to be understood.
func add(c *ics.Calendar, i dialog.Invite) *ics.VEvent {
	event := c.AddEvent(i.UID)
	event.SetDtStampTime(i.Stamp)
	event.SetSequence(i.Sequence)
	event.SetStartAt(i.From)
	event.SetEndAt(i.To)
	event.SetSummary(i.Summary)
	event.SetClass(ics.ClassificationPrivate)
	event.SetStatus(status(i))
	event.SetTimeTransparency(ics.TransparencyOpaque)
	return event
}

func status(i dialog.Invite) ics.ObjectStatus {
	switch {
	case i.Cancelled:
		return ics.ObjectStatusCancelled
	case i.Tentative:
		return ics.ObjectStatusTentative
	}
	return ics.ObjectStatusConfirmed
}

// written is c with the ends of lines that RFC 5545 asks for: the library's own are the
// machine's.
func written(c *ics.Calendar) []byte { return []byte(c.Serialize(ics.WithNewLineWindows)) }
