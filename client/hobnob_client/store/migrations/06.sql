-- What conversations say, beside their sealed logs, and what was said in what waits to be sent.
ALTER TABLE outbox ADD COLUMN said BLOB NOT NULL DEFAULT x'';
ALTER TABLE tray ADD COLUMN said BLOB NOT NULL DEFAULT x'';
CREATE TABLE opened (
    id BLOB NOT NULL PRIMARY KEY,
    stream BLOB NOT NULL,
    said BLOB NOT NULL,
    salt BLOB NOT NULL,
    departed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX opened_stream ON opened (stream);
CREATE TABLE laid (
    stream BLOB NOT NULL PRIMARY KEY,
    lo INTEGER NOT NULL,
    hi INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE awaiting (
    stream BLOB NOT NULL,
    seq INTEGER NOT NULL,
    code TEXT NOT NULL,
    about BLOB NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE session_start (
    stream BLOB NOT NULL,
    device BLOB NOT NULL,
    sid BLOB NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (stream, device, sid, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE seal_record (
    device BLOB NOT NULL PRIMARY KEY,
    record BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT, WITHOUT ROWID;
