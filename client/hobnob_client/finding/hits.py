"""Finding texts, newest first: what a query wants, asked of the replica's index."""

import re
import unicodedata
from dataclasses import replace
from typing import Final

from hobnob_client.finding import marks
from hobnob_client.finding.meaning import Wanted
from hobnob_client.finding.terms import any_of, quoted
from hobnob_client.texts import PLACES
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.value import value
from hobnob_sync.ports_sql import Database

LOOKED_AT_MAX: Final = 4_000
"""Texts looked at one by one for a word of which one letter is typed: some ten milliseconds. Where
they hold too few such words, the words are few, and the index has them soon."""
AT_ONCE: Final = 500
STREAMS_MAX: Final = 64
"""Streams that are named to the index; of more it is asked for all."""

_FROM: Final = """
    FROM text_index CROSS JOIN text ON text.id = text_index.rowid
    WHERE text_index MATCH ? AND text_index.rowid >= ? AND text_index.rowid < ?
"""
FIND: Final = f"""
    SELECT text.id, text.stream, text.target, text.author, text.seq, text.text, text.title {_FROM}
"""
COUNT: Final = f"SELECT count(*) {_FROM}"
COUNT_WORDS: Final = """
    SELECT count(*) FROM text_index
    WHERE text_index MATCH ? AND text_index.rowid >= ? AND text_index.rowid < ?
"""
"""The same where nothing is asked that the index does not know."""
NEWEST: Final = " ORDER BY text_index.rowid DESC LIMIT ?"
OLDEST: Final = " ORDER BY text_index.rowid LIMIT ?"
APART: Final = " AND NOT (text_index.rowid >= ? AND text_index.rowid < ?)"
UNREAD: Final = """ AND {sense} EXISTS (
    WITH read (stream, seq) AS (VALUES {places})
    SELECT 1 FROM read
    WHERE read.stream = text.stream AND read.seq < text.seq AND text.author <> ?
)"""
AMONG: Final = " AND text_index.rowid IN ({places})"
# A sign before a column keeps SQLite from asking the index once for each of what is excluded.
NOT_AMONG: Final = " AND +text_index.rowid NOT IN ({places})"


@value
class Hit:
    """One text found. `text` is safe to show; `place` orders hits, later ones are higher; `seq` is
    where the message stands in its stream, `title` that of the thread it is the root of."""

    place: int
    stream: StreamId
    target: TargetId
    author: AccountId
    seq: int
    text: str
    title: str = ""

    @property
    def at_ms(self) -> int:
        """When it was said, to the millisecond or a little later."""
        return self.place // PLACES


_NOBODY: Final = AccountId(b"")


@value
class Moment:
    """What only the moment tells: how far each stream that has more is read and by whom, the first
    place of what is unread, and the places of saved texts."""

    me: AccountId = _NOBODY
    read: tuple[tuple[StreamId, int], ...] = ()
    unread_from: int = 0
    saved: tuple[int, ...] = ()


NO_MOMENT: Final = Moment()


@value
class Bounds:
    """The conditions of a query beyond its words, as text and parameters."""

    where: str
    row: tuple[object, ...]


def find(
    database: Database,
    wanted: Wanted,
    limit: int,
    *,
    moment: Moment = NO_MOMENT,
    below: int | None = None,
) -> tuple[Hit, ...]:
    """Up to `limit` texts that are wanted, newest first, below a place if one is given."""
    beyond = wanted.beyond if below is None else min(below, wanted.beyond)
    return _find(database, wanted, limit, moment, _Stretch(_first(wanted, moment), beyond, NEWEST))


def find_after(
    database: Database, wanted: Wanted, limit: int, place: int, *, moment: Moment = NO_MOMENT
) -> tuple[Hit, ...]:
    """Up to `limit` texts that are wanted, oldest first, from behind a place on."""
    first = max(_first(wanted, moment), place + 1)
    return _find(database, wanted, limit, moment, _Stretch(first, wanted.beyond, OLDEST))


def count(database: Database, wanted: Wanted, moment: Moment, first: int, beyond: int) -> int:
    """How many texts from place `first` up to `beyond` are wanted."""
    first, beyond = max(first, wanted.first), min(beyond, wanted.beyond)
    if not wanted.match or first >= beyond:
        return 0
    extra = _extra(wanted, moment)
    sql = (COUNT if extra.where else COUNT_WORDS) + extra.where
    found: int = database.query(sql, (wanted.match, first, beyond, *extra.row))[0][0]
    return found


@value
class _Stretch:
    """From place `first` up to `beyond`, in this order."""

    first: int
    beyond: int
    order: str

    def behind(self, hit: Hit) -> "_Stretch":
        """What is left of it after that hit."""
        if self.order == NEWEST:
            return replace(self, beyond=hit.place)
        return replace(self, first=hit.place + 1)


def _first(wanted: Wanted, moment: Moment) -> int:
    return max(wanted.first, moment.unread_from) if wanted.unread else wanted.first


def _find(
    database: Database, wanted: Wanted, limit: int, moment: Moment, stretch: _Stretch
) -> tuple[Hit, ...]:
    if not wanted.match or stretch.first >= stretch.beyond:
        return ()
    extra = _extra(wanted, moment)
    within = _within(wanted, moment)

    def some(match: str, of: _Stretch, most: int) -> tuple[Hit, ...]:
        row = (f"({match}){within}", of.first, of.beyond, *extra.row, most)
        return tuple(Hit(*each) for each in database.query(FIND + extra.where + of.order, row))

    if not wanted.initial:
        return some(wanted.match, stretch, limit)
    begun = _begun(wanted.initial)
    found: list[Hit] = []
    left = stretch
    for _ in range(LOOKED_AT_MAX // AT_ONCE):
        several = some(wanted.match, left, AT_ONCE)
        found += [hit for hit in several if begun.search(_plain(f"{hit.title}\n{hit.text}"))]
        if len(found) >= limit or len(several) < AT_ONCE:
            return tuple(found[:limit])
        left = left.behind(several[-1])
    return some(f"{quoted(wanted.initial)}* AND ({wanted.match})", stretch, limit)


def _within(wanted: Wanted, moment: Moment) -> str:
    """The streams where something is unread, if that is asked: no other is looked through."""
    if not wanted.unread or not 0 < len(moment.read) <= STREAMS_MAX:
        return ""
    streams = [quoted(marks.of_stream(stream)) for stream, _ in moment.read]
    return f" AND {any_of(streams)}"


def _extra(wanted: Wanted, moment: Moment) -> Bounds:
    where, row = "", list[object]()
    for stretch in wanted.apart:
        where += APART
        row += stretch
    if wanted.unread is not None:
        read = moment.read or ((StreamId(b""), 0),)
        where += UNREAD.format(
            sense="" if wanted.unread else "NOT", places=", ".join(["(?, ?)"] * len(read))
        )
        row += [*(value for each in read for value in each), moment.me]
    if wanted.saved is not None:
        among = AMONG if wanted.saved else NOT_AMONG
        where += among.format(places=", ".join("?" * len(moment.saved)))
        row += moment.saved
    return Bounds(where, tuple(row))


def _begun(letter: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){re.escape(_plain(letter))}")


def _plain(text: str) -> str:
    """As the index reads letters: small, and without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in apart if not unicodedata.combining(char))
