"""Reads a calendar from standard input and validates it with vobject. Prints its events: UID,
SEQUENCE, STATUS, DTSTART, DTEND and SUMMARY, separated by tabs, after a line with its METHOD."""

import sys

import vobject

calendars = list(vobject.readComponents(sys.stdin.buffer.read().decode("utf-8"), validate=True))
assert len(calendars) == 1, "one calendar, not %d" % len(calendars)
calendar = calendars[0]
calendar.validate(raiseException=True)
print(calendar.method.value)
for event in calendar.contents.get("vevent", []):
    event.validate(raiseException=True)
    utc = lambda line: line.value.strftime("%Y-%m-%d %H:%M %Z")
    print("\t".join([
        event.uid.value, event.sequence.value, event.status.value,
        utc(event.dtstart), utc(event.dtend), event.summary.value,
    ]))
