-- Cells lie in the order of the seqs that wrote them, not in that of their keys.
ALTER TABLE cell RENAME TO cell_by_key;
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
INSERT INTO place (stream, noun) SELECT DISTINCT stream, noun FROM cell_by_key;
INSERT INTO cell (place, seq, key, value)
    SELECT place, seq, key, value FROM cell_by_key JOIN place USING (stream, noun)
    ORDER BY place, seq, key;
DROP TABLE cell_by_key;
