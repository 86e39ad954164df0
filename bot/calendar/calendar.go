// Package calendar wraps calendars as files (iCalendar, RFC 5545). It reads when clinicians
// are busy from the private addresses at which their calendars are published, writes the
// invitations to calls, and serves each clinician's calls as a calendar to subscribe to.
//
// Of a calendar that it reads it keeps stretches of time and nothing else: what an entry is
// about, where, and with whom is dropped line by line, before anything looks at it. What it
// writes names nobody. An address of a calendar is a secret, and stands in no error and no
// log. The package does not know what a call is about, and decides nothing.
package calendar

import (
	"time"

	"referralbot/rules"
)

// london is where times are that do not say where they are, and whole days.
var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil { // the zones are embedded by package rules
		panic(err)
	}
	return l
}()

// everything is a span in which there is no free moment.
var everything = rules.Span{To: time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)}
