"""`hobnob sql`: the replica as tables, for questions nobody foresaw; nothing can be changed.

The file is opened read-only, and once our own views stand an authorizer lets nothing through but
reading: no writing, no other file, no setting (DESIGN §12 Faces). What the views show is in
client/README.md.
"""

import sqlite3
from collections.abc import Iterator
from typing import Final

from hobnob_client.failures import Exit, Failure
from hobnob_client.reading import Reader
from hobnob_client.store.database import SqliteDatabase
from hobnob_client.verbs.call import Call

VIEWS: Final = """
CREATE TEMP TABLE handles (account BLOB PRIMARY KEY, handle TEXT);
CREATE TEMP TABLE channels (stream BLOB PRIMARY KEY, channel TEXT, purpose TEXT, joined INTEGER);
CREATE TEMP VIEW messages AS
    SELECT
        strftime('%Y-%m-%dT%H:%M:%SZ', text.id / 1024000, 'unixepoch') AS at,
        channels.channel AS channel,
        lower(hex(text.target)) AS event,
        coalesce(handles.handle, lower(hex(text.author))) AS author,
        nullif(lower(hex(text.thread)), '') AS thread,
        text.text AS text
    FROM main.text AS text
    LEFT JOIN channels ON channels.stream = text.stream
    LEFT JOIN handles ON handles.account = text.author;
CREATE TEMP VIEW members AS
    SELECT handle, lower(hex(account)) AS account FROM handles;
"""
"""What a question may be asked of, beside the tables of the replica themselves."""

_ALLOWED: Final = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
_FORBIDDEN_FUNCTIONS: Final = frozenset({"load_extension", "fts3_tokenizer"})
ROWS_AT_ONCE: Final = 500


def run(call: Call) -> Exit:
    """Ask, and print what comes: a record a line, or columns with tabs between."""
    with call.reader() as reader:
        database = SqliteDatabase(str(call.profile.replica), read_only=True)
        try:
            _prepare(database.raw, reader)
            database.raw.set_authorizer(_authorize)
            for names, row in _rows(database.raw, call.words.query):
                values = [_shown(value) for value in row]
                record = dict(zip(names, values, strict=True))
                call.terminal.row(record, [_cell(value) for value in values])
        except (sqlite3.Error, UnicodeEncodeError) as wrong:
            # Bytes that are no UTF-8 reach us as half characters, which SQLite cannot be given.
            raise Failure(f"SQL: {wrong}", Exit.USAGE) from wrong
        finally:
            database.close()
    return Exit.OK


def _prepare(raw: sqlite3.Connection, reader: Reader) -> None:
    raw.execute("PRAGMA trusted_schema = OFF")
    raw.executescript(VIEWS)
    people = [(account, reader.handle(account)) for account, _ in reader.everybody()]
    raw.executemany("INSERT INTO temp.handles VALUES (?, ?)", people)
    channels = [
        (line.stream, line.channel.name, line.channel.purpose, line.joined)
        for line in reader.channels(counted=False)
    ]
    raw.executemany("INSERT INTO temp.channels VALUES (?, ?, ?, ?)", channels)


def _authorize(
    action: int, first: str | None, second: str | None, place: str | None, within: str | None
) -> int:
    if action not in _ALLOWED:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and second in _FORBIDDEN_FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def _rows(
    raw: sqlite3.Connection, query: str
) -> Iterator[tuple[tuple[str, ...], tuple[object, ...]]]:
    cursor = raw.execute(query)
    names = tuple(column[0] for column in cursor.description or ())
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        for row in rows:
            yield names, row


def _shown(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value


def _cell(value: object) -> str:
    return "" if value is None else str(value)
