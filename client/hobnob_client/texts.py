"""The rows of searchable texts and their words: found, dropped, put at the first free place.

Always many at a time: a statement for each costs more than what it does.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.value import value
from hobnob_sync.ports_sql import Database, Row
from hobnob_sync.shelf_sql import EACH_MAX, batched

PLACES: Final = 1_024
"""Places for texts of one millisecond."""

_WORDS: Final = "SELECT id, text, title, marks FROM text"
OF_STREAM: Final = f"{_WORDS} WHERE stream = ?"
FOUND: Final = f"{_WORDS} WHERE stream = ? AND seq IN ({{wanted}})"
LAST_PLACES: Final = """
    WITH wanted (base) AS (VALUES {wanted})
    SELECT base, (SELECT max(id) FROM text WHERE id >= base AND id < base + ?) FROM wanted
"""
PUT: Final = """
    INSERT INTO text (id, stream, target, author, thread, seq, text, title, marks)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
PUT_WORDS: Final = "INSERT INTO text_index (rowid, text, title, marks) VALUES (?, ?, ?, ?)"
DROP: Final = "DELETE FROM text WHERE id = ?"
# An index without its own copy of the text must be told what to forget.
DROP_WORDS: Final = """
    INSERT INTO text_index (text_index, rowid, text, title, marks) VALUES ('delete', ?, ?, ?, ?)
"""


@value
class Text:
    """A text to be found: what it says is safe to show; `thread` is empty outside of any, `seq` is
    where the message stands in its stream, `title` that of the thread it is the root of, `marks`
    what else it is found by."""

    at_ms: int
    target: TargetId
    author: AccountId
    thread: bytes
    seq: int
    said: str
    title: str
    marks: str


class TextRows:
    """The texts of one replica, inside the transactions of whoever calls."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def drop_stream(self, stream: StreamId) -> None:
        """Nothing of this stream is found any more."""
        self._drop(self._database.query(OF_STREAM, (stream,)))

    def drop(self, stream: StreamId, seqs: Sequence[int]) -> None:
        """What stands at these places of the stream is not found any more."""
        for some in batched(seqs, EACH_MAX):
            sql = FOUND.format(wanted=", ".join("?" * len(some)))
            self._drop(self._database.query(sql, (stream, *some)))

    def put(self, stream: StreamId, texts: Sequence[Text]) -> None:
        """These are found from now on, none of which was before."""
        placed = zip(self._places([text.at_ms for text in texts]), texts, strict=True)
        # The index of words takes rows that ascend as they come, and any other by way of the disk.
        rows = [
            (
                *(place, stream, text.target, text.author, text.thread, text.seq),
                *(text.said, text.title, text.marks),
            )
            for place, text in sorted(placed, key=lambda found: found[0])
        ]
        self._database.run(PUT, rows)
        self._database.run(PUT_WORDS, [(row[0], *row[-3:]) for row in rows])

    def _places(self, moments: Sequence[int]) -> list[int]:
        """The first free place of each moment; of a later one where a thousand texts share it."""
        free = self._free(tuple(dict.fromkeys(moments)))
        found: list[int] = []
        for moment in moments:
            at_ms = moment
            while free[at_ms] >= (at_ms + 1) * PLACES:
                at_ms += 1
                if at_ms not in free:
                    free.update(self._free((at_ms,)))
            found.append(free[at_ms])
            free[at_ms] += 1
        return found

    def _free(self, moments: Sequence[int]) -> dict[int, int]:
        """The place after the last that is taken of each moment."""
        free: dict[int, int] = {}
        for some in batched(moments, EACH_MAX):
            sql = LAST_PLACES.format(wanted=", ".join(["(?)"] * len(some)))
            bases = [at_ms * PLACES for at_ms in some]
            for base, last in self._database.query(sql, (*bases, PLACES)):
                free[base // PLACES] = base if last is None else last + 1
        return free

    def _drop(self, rows: Iterable[Row]) -> None:
        gone = sorted(rows)
        self._database.run(DROP_WORDS, gone)
        self._database.run(DROP, [row[:1] for row in gone])
