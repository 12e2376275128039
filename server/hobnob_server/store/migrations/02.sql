-- What is unread is counted without reading the messages.
DROP INDEX target_seq;
CREATE INDEX target_seq ON target (stream, seq, account, live) WHERE live;
CREATE INDEX mention_account ON mention (account, stream, target);
