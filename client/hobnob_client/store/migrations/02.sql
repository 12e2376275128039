-- What can be searched, newest first by its ids.
CREATE TABLE text (
    id INTEGER NOT NULL PRIMARY KEY,
    stream BLOB NOT NULL,
    target BLOB NOT NULL,
    author BLOB NOT NULL,
    thread BLOB NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX text_target ON text (target);
CREATE VIRTUAL TABLE text_index USING fts5 (
    text, content='text', content_rowid='id', prefix='2 3',
    tokenize='unicode61 remove_diacritics 2'
);
CREATE TABLE indexed (
    stream BLOB NOT NULL PRIMARY KEY,
    lo INTEGER NOT NULL,
    hi INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
