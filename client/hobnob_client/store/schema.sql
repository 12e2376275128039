-- The replica's database. One row of `log` is one event as it travels; cells (cell.sql) are what the
-- fold made.

-- There is no index by id: no engine of a client asks where an event is, and one kept in an order of
-- chance would cost as much as the log.
CREATE TABLE log (
    stream BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    id BLOB NOT NULL,
    head BLOB NOT NULL,
    event BLOB NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;

-- What is held of each stream: `lo` to `hi`, linked at both ends.
CREATE TABLE stream (
    stream BLOB NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    grant_id BLOB NOT NULL,
    floor INTEGER NOT NULL,
    lo INTEGER NOT NULL,
    hi INTEGER NOT NULL,
    base BLOB NOT NULL,
    head BLOB NOT NULL,
    head_seq INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0,
    mentions INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Thread roots and titles from below the held range, for display only.
CREATE TABLE context (
    stream BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    id BLOB NOT NULL,
    head BLOB NOT NULL,
    event BLOB NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    n INTEGER NOT NULL PRIMARY KEY,
    push_no INTEGER NOT NULL,
    stream BLOB NOT NULL,
    id BLOB NOT NULL,
    event BLOB NOT NULL,
    state TEXT NOT NULL,
    seq INTEGER NOT NULL DEFAULT 0,
    said BLOB NOT NULL DEFAULT x''
) STRICT;

CREATE TABLE tray (
    n INTEGER NOT NULL PRIMARY KEY,
    stream BLOB NOT NULL,
    id BLOB NOT NULL,
    event BLOB NOT NULL,
    code TEXT NOT NULL,
    said BLOB NOT NULL DEFAULT x''
) STRICT;

-- Events of a log the hub no longer has.
CREATE TABLE orphan (
    id BLOB NOT NULL PRIMARY KEY,
    stream BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    event BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
