-- The index of words begins anew: beginnings of two or three letters are found at one step.
DROP TABLE text_index;
CREATE VIRTUAL TABLE text_index USING fts5 (
    text, content='text', content_rowid='id', prefix='2 3',
    tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO text_index (text_index) VALUES ('rebuild');
