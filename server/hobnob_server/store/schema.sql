-- The hub's database. One row of `log` is one event as it travels; cells are what the fold made.

CREATE TABLE log (
    stream BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    id BLOB NOT NULL,
    head BLOB NOT NULL,
    event BLOB NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX log_id ON log (id);

CREATE TABLE stream (
    stream BLOB NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    seq INTEGER NOT NULL,
    head BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    checkpoint_seq INTEGER NOT NULL DEFAULT 0,
    checkpoint_ms INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE cell (
    stream BLOB NOT NULL,
    noun TEXT NOT NULL,
    key BLOB NOT NULL,
    seq INTEGER NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (stream, noun, key)
) STRICT, WITHOUT ROWID;

-- Events of the log that others may name, by the beginnings of their ids, and what unread counts are
-- counted from. Ids fall anywhere in a tree and are in one already, `log_id`: what is said last
-- lies here beside what was said before it.
CREATE TABLE target (
    stream BLOB NOT NULL,
    seq INTEGER NOT NULL,
    account BLOB NOT NULL,
    kind INTEGER NOT NULL,
    thread BLOB,
    live INTEGER NOT NULL DEFAULT 1,
    dead INTEGER NOT NULL DEFAULT 0,
    closed INTEGER NOT NULL DEFAULT 0,
    title_seq INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (
    stream BLOB NOT NULL,
    seq INTEGER NOT NULL,
    place INTEGER NOT NULL,
    account BLOB NOT NULL,
    PRIMARY KEY (stream, seq, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX mention_account ON mention (account, stream, seq);

CREATE TABLE device (
    device BLOB NOT NULL PRIMARY KEY,
    last_push_no INTEGER NOT NULL,
    replica BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE refused (
    device BLOB NOT NULL,
    push_no INTEGER NOT NULL,
    id BLOB NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (device, push_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE erased (
    id BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- The newest record of each device; how a key is made is no matter of the hub.
CREATE TABLE seal_record (
    device BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    not_before_seconds INTEGER NOT NULL,
    record BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX seal_record_account ON seal_record (account, device);

CREATE TABLE lineage (
    place INTEGER NOT NULL PRIMARY KEY,
    epoch BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE fork (
    epoch BLOB NOT NULL,
    stream BLOB NOT NULL,
    seq INTEGER NOT NULL,
    head BLOB NOT NULL,
    PRIMARY KEY (epoch, stream)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Whom devices have shown, and who has asked whom; never what for. What a person was asked and shown
-- of late, and what they saw, are lists of moments of one week.
CREATE TABLE load_person (
    account BLOB NOT NULL PRIMARY KEY,
    asked BLOB NOT NULL,
    shown BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE load_asker (
    account BLOB NOT NULL PRIMARY KEY,
    week BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE load_request (
    request BLOB NOT NULL PRIMARY KEY,
    asker BLOB NOT NULL,
    asked BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    accepted_ms INTEGER NOT NULL,
    follows BLOB,
    followed INTEGER NOT NULL,
    told INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX load_request_asker ON load_request (asker, at_ms);

CREATE INDEX load_request_asked ON load_request (asked, at_ms);

CREATE INDEX load_request_at ON load_request (at_ms);
