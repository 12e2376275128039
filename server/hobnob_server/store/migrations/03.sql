-- The newest seal record of each device.
CREATE TABLE seal_record (
    device BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    not_before_seconds INTEGER NOT NULL,
    record BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX seal_record_account ON seal_record (account, device);
