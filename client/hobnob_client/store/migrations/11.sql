-- Beginnings of four letters are found at one step, too.
DROP TABLE text_index;
CREATE VIRTUAL TABLE text_index USING fts5 (
    text, title, marks, content='text', content_rowid='id', prefix='2 3 4',
    tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO text_index (text_index) VALUES ('rebuild');
