-- What the fold made of the log. A message's key is an event's id, which is as good as random: in the
-- order of the keys each message of a page of history would lie, and be written, far from the others.
-- In the order of the seqs that wrote them they lie together, and only the small index is scattered.
CREATE TABLE place (
    place INTEGER NOT NULL PRIMARY KEY,
    stream BLOB NOT NULL,
    noun TEXT NOT NULL,
    UNIQUE (stream, noun)
) STRICT;

CREATE TABLE cell (
    place INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    key BLOB NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (place, seq, key)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX cell_key ON cell (place, key);
