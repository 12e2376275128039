-- What sealed events say, by their ids: the keys that opened them are deleted, so this is kept.
-- `said` is what was sealed, `salt` what opens its commitment before a moderator (empty for one's
-- own, which was never opened), `departed` whether its author was in the conversation no more.
CREATE TABLE opened (
    id BLOB NOT NULL PRIMARY KEY,
    stream BLOB NOT NULL,
    said BLOB NOT NULL,
    salt BLOB NOT NULL,
    departed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX opened_stream ON opened (stream);

-- Which part of a conversation's log is laid out opened.
CREATE TABLE laid (
    stream BLOB NOT NULL PRIMARY KEY,
    lo INTEGER NOT NULL,
    hi INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Sealed events that may be opened yet: what they wait for, and whose (an account, a session).
CREATE TABLE awaiting (
    stream BLOB NOT NULL,
    seq INTEGER NOT NULL,
    code TEXT NOT NULL,
    about BLOB NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;

-- Where the starts of sessions stand: a session is opened again by them.
CREATE TABLE session_start (
    stream BLOB NOT NULL,
    device BLOB NOT NULL,
    sid BLOB NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (stream, device, sid, seq)
) STRICT, WITHOUT ROWID;

-- The newest seal record of each device: who forgets them can be shown old ones.
CREATE TABLE seal_record (
    device BLOB NOT NULL PRIMARY KEY,
    record BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT, WITHOUT ROWID;
