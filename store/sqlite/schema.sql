-- Times are microseconds since 1970, UTC. Everything said or known of a person is in a
-- payload, and sealed; what stands beside it is what the queries need. Whatever a row is
-- found by is a name, made by codec, or a random record. Where a payload's row may change
-- without it, the payload is sealed together with what stands beside it.
--
-- A release adds tables and changes none, so that all of this is made in a new file and what is
-- missing in one of an older release.

-- One sealed row, by which it shows whether the keys are those of this file.
CREATE TABLE IF NOT EXISTS meta (
	name    TEXT PRIMARY KEY,
	payload BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS heard (
	key TEXT PRIMARY KEY,
	at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS heard_at ON heard (at);

CREATE TABLE IF NOT EXISTS conversation (
	chat    TEXT PRIMARY KEY,
	version INTEGER NOT NULL,
	payload BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS referral (
	ref     TEXT PRIMARY KEY,
	version INTEGER NOT NULL,
	status  TEXT NOT NULL,
	due     INTEGER NOT NULL,
	payload BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS referral_open ON referral (due, ref) WHERE status NOT IN ('closed', 'withdrawn');

-- One row per destination for ever, so that its fence never goes back. Due is when its
-- head may be taken: the end of the lease while it is leased, null when nothing waits.
CREATE TABLE IF NOT EXISTS destination (
	key    TEXT PRIMARY KEY,
	due    INTEGER,
	fence  INTEGER NOT NULL DEFAULT 0,
	leased INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS destination_due ON destination (due) WHERE due IS NOT NULL;

-- What waits. The head of a destination is its lowest seq; a row leaves when it is done.
CREATE TABLE IF NOT EXISTS delivery (
	seq         INTEGER PRIMARY KEY,
	record      TEXT NOT NULL,
	destination TEXT NOT NULL REFERENCES destination (key),
	at          INTEGER NOT NULL,
	attempts    INTEGER NOT NULL DEFAULT 0,
	first       INTEGER,
	cause       TEXT NOT NULL DEFAULT '',
	payload     BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS delivery_queue ON delivery (destination, seq, at);

-- What was set aside. A payload that comes from another table stays as it was sealed
-- there; the owner is a destination's name, or a chat's.
CREATE TABLE IF NOT EXISTS aside (
	seq     INTEGER PRIMARY KEY,
	origin  TEXT NOT NULL,
	record  TEXT NOT NULL,
	owner   TEXT NOT NULL,
	at      INTEGER NOT NULL,
	cause   TEXT NOT NULL,
	payload BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS aside_at ON aside (at);
CREATE INDEX IF NOT EXISTS aside_of ON aside (owner);

-- The platform's ids of what was handed over under a name. Kept with the conversations:
-- a card is edited for as long as its referral is open.
CREATE TABLE IF NOT EXISTS message (
	destination TEXT NOT NULL,
	name        TEXT NOT NULL,
	first       TEXT NOT NULL,
	latest      TEXT NOT NULL,
	PRIMARY KEY (destination, name)
) STRICT, WITHOUT ROWID;

-- The platform's ids of what stands at a destination, for as long as it may be deleted.
CREATE TABLE IF NOT EXISTS standing (
	seq         INTEGER PRIMARY KEY,
	destination TEXT NOT NULL,
	at          INTEGER NOT NULL,
	id          TEXT NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS standing_of ON standing (destination, seq);

CREATE TABLE IF NOT EXISTS timer (
	key     TEXT PRIMARY KEY,
	owner   TEXT NOT NULL,
	at      INTEGER NOT NULL,
	payload BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS timer_at ON timer (at);
CREATE INDEX IF NOT EXISTS timer_of ON timer (owner);

CREATE TABLE IF NOT EXISTS audit (
	seq     INTEGER PRIMARY KEY,
	record  TEXT NOT NULL,
	ref     TEXT NOT NULL,
	payload BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS audit_ref ON audit (ref, seq);

-- Nothing but a payload that is sealed anew ever changes.
CREATE TRIGGER IF NOT EXISTS audit_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END;
CREATE TRIGGER IF NOT EXISTS audit_fixed BEFORE UPDATE OF seq, record, ref ON audit BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END;

-- How often something was counted on a day. Not even what was counted is to be read here: with
-- few people, one more may tell of one of them.
CREATE TABLE IF NOT EXISTS tally (
	day  TEXT NOT NULL,
	name TEXT NOT NULL,
	n    INTEGER NOT NULL,
	PRIMARY KEY (day, name)
) STRICT, WITHOUT ROWID;

-- Who has which part of the work, until when.
CREATE TABLE IF NOT EXISTS lease (
	name   TEXT PRIMARY KEY,
	holder TEXT NOT NULL,
	until  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What referrals are known by again: blinded, so that nobody can tell what it is.
CREATE TABLE IF NOT EXISTS trait (
	token TEXT NOT NULL,
	ref   TEXT NOT NULL,
	PRIMARY KEY (token, ref)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS trait_of ON trait (ref);

-- The slots of calls. One has one row for what is booked for its holder and one for what
-- is held; until is when a hold lapses, 0 for a booking.
CREATE TABLE IF NOT EXISTS slot (
	holder  TEXT NOT NULL,
	booked  INTEGER NOT NULL,
	lane    INTEGER NOT NULL,
	since   INTEGER NOT NULL,
	ends    INTEGER NOT NULL,
	until   INTEGER NOT NULL,
	payload BLOB NOT NULL,
	PRIMARY KEY (holder, booked)
) STRICT;

CREATE INDEX IF NOT EXISTS slot_at ON slot (ends);

-- One row: when clinicians can be talked to beside the hours of the profile.
CREATE TABLE IF NOT EXISTS roster (
	name    TEXT PRIMARY KEY,
	version INTEGER NOT NULL,
	payload BLOB NOT NULL
) STRICT, WITHOUT ROWID;
