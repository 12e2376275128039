-- What another device of the account has handed over, by the ids of sealed events: shown only once
-- the log holds the event, and moved to `opened` where it is what that event commits to.
CREATE TABLE handed (
    id BLOB NOT NULL PRIMARY KEY,
    stream BLOB NOT NULL,
    said BLOB NOT NULL,
    salt BLOB NOT NULL,
    departed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
