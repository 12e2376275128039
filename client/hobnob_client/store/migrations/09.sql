-- What is found by more than words is made of the cells, behind the pages: newest first.
DROP TABLE text_index;
DROP TABLE text;
DROP TABLE indexed;
CREATE TABLE text (
    id INTEGER NOT NULL PRIMARY KEY,
    stream BLOB NOT NULL,
    target BLOB NOT NULL,
    author BLOB NOT NULL,
    thread BLOB NOT NULL,
    seq INTEGER NOT NULL,
    text TEXT NOT NULL,
    title TEXT NOT NULL,
    marks TEXT NOT NULL
) STRICT;
CREATE INDEX text_place ON text (stream, seq);
CREATE VIRTUAL TABLE text_index USING fts5 (
    text, title, marks, content='text', content_rowid='id', prefix='2 3',
    tokenize='unicode61 remove_diacritics 2'
);
CREATE TABLE indexed (
    stream BLOB NOT NULL PRIMARY KEY,
    lo INTEGER NOT NULL,
    hi INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
