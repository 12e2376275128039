-- What is private to the account and shared by its devices, in the clear: what holds under each name,
-- with the number it has at the hub (0: none) and the one its author had before them. `own_key` is the
-- key it was last seen under. `edited_ms` is when it was changed here and is not at the hub yet, else 0.
CREATE TABLE private (
    name BLOB NOT NULL PRIMARY KEY,
    value BLOB NOT NULL,
    number INTEGER NOT NULL,
    base INTEGER NOT NULL,
    own_key BLOB NOT NULL,
    edited_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX private_edited ON private (edited_ms) WHERE edited_ms > 0;
