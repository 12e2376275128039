-- A message's text is found by its place.
DROP INDEX text_target;
ALTER TABLE text RENAME TO text_by_name;
CREATE TABLE text (
    id INTEGER NOT NULL PRIMARY KEY,
    stream BLOB NOT NULL,
    target BLOB NOT NULL,
    author BLOB NOT NULL,
    thread BLOB NOT NULL,
    seq INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;
INSERT INTO text (id, stream, target, author, thread, seq, text)
    SELECT said.id, said.stream, said.target, said.author, said.thread,
        coalesce(cell.seq, 0), said.text
    FROM text_by_name AS said
    LEFT JOIN place ON place.stream = said.stream AND place.noun = 'message'
    LEFT JOIN cell INDEXED BY cell_key ON cell.place = place.place AND cell.key = said.target;
DROP TABLE text_by_name;
CREATE INDEX text_place ON text (stream, seq);
