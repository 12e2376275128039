-- Whom devices have shown, and who has asked whom; never what for.
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
