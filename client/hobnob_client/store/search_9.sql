-- What could be searched as of version 9 of the schema; search.sql says how it is now.
-- What can be searched: the newest text of each live message, made safe to show. `id` is the time
-- it shows in ms × 1,024 and the first free place after it, so that newest first is the order of ids.
-- `title` is that of the thread it is the root of; `marks` are words no text can hold, for all that
-- is asked beyond words: who said it, where, to whom, and what it has or is.
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

-- A message is found by its place: one by names would be written all over for each page of history.
CREATE INDEX text_place ON text (stream, seq);

-- A word of which two or three letters are typed is looked up like a whole one; longer beginnings
-- are few enough to be gathered.
CREATE VIRTUAL TABLE text_index USING fts5 (
    text, title, marks, content='text', content_rowid='id', prefix='2 3',
    tokenize='unicode61 remove_diacritics 2'
);

-- Which part of a stream's log `text` tells of; it may lag behind.
CREATE TABLE indexed (
    stream BLOB NOT NULL PRIMARY KEY,
    lo INTEGER NOT NULL,
    hi INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
