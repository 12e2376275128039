-- What another device of the account has handed over.
CREATE TABLE handed (
    id BLOB NOT NULL PRIMARY KEY,
    stream BLOB NOT NULL,
    said BLOB NOT NULL,
    salt BLOB NOT NULL,
    departed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
