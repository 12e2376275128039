-- Targets and mentions lie by place, not by name.
ALTER TABLE target RENAME TO former_target;
ALTER TABLE mention RENAME TO former_mention;
DROP INDEX mention_account;
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
INSERT INTO target
    SELECT stream, seq, account, kind, thread, live, dead, closed, title_seq
    FROM former_target ORDER BY stream, seq;
INSERT INTO mention
    SELECT stream, target.seq, place, mention.account
    FROM former_mention AS mention JOIN former_target AS target USING (stream, target)
    ORDER BY stream, target.seq, place;
DROP TABLE former_mention;
DROP TABLE former_target;
CREATE INDEX mention_account ON mention (account, stream, seq);
