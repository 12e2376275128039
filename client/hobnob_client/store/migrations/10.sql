-- What is private to the account and shared by its devices.
CREATE TABLE private (
    name BLOB NOT NULL PRIMARY KEY,
    value BLOB NOT NULL,
    number INTEGER NOT NULL,
    base INTEGER NOT NULL,
    own_key BLOB NOT NULL,
    edited_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX private_edited ON private (edited_ms) WHERE edited_ms > 0;
