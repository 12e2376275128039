"""The tables both SQLite stores have alike: `log`, `cell` and `meta`, and the keys they answer."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar, cast

from hobnob_protocol.codec import decode, pack
from hobnob_protocol.errors import ProtocolError, StoreBroken
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kind import Value
from hobnob_protocol.value import value
from hobnob_sync.gapless import Run
from hobnob_sync.keys import (
    Cell,
    CellKey,
    CellsKey,
    EachCellKey,
    EachCellsKey,
    Entry,
    Key,
    KnownKey,
    Loaded,
    RangeKey,
)
from hobnob_sync.ports_sql import Database, Row

T = TypeVar("T")

VALUE_BYTES_MAX: Final = 1 << 20
"""A cell is made of one event's fields; this is far above any."""

CHUNK_ROWS: Final = 128
"""A range is read in pieces, so that one bounded by bytes reads little beyond its bound."""

EACH_MAX: Final = 128
"""Places looked up by one statement: a page's events take few, and SQLite's bound is far above."""

MANY: Final = 64
"""Keys of one sort that are looked up by one query; what is left of it is filled with NULLs, which
match nothing, so that there is one statement to prepare."""


def of_many(select: str) -> str:
    """A query that finds `MANY` ids, `wanted`, by one step down a tree each."""
    return f"WITH wanted (id) AS (VALUES {', '.join(['(?)'] * MANY)}) {select}"


KNOWN: Final = "SELECT stream, seq FROM log WHERE id = ?"
KNOWN_MANY: Final = of_many("SELECT id, stream, seq FROM wanted CROSS JOIN log USING (id)")
RANGE: Final = """
    SELECT seq, at_ms, id, head, event
    FROM log WHERE stream = ? AND seq >= ? ORDER BY seq LIMIT ?
"""
# Each end is one step down the tree; asking for both in one aggregate would walk the stream.
HELD: Final = """
    SELECT
        (SELECT min(seq) FROM log WHERE stream = ?1),
        (SELECT max(seq) FROM log WHERE stream = ?1)
"""
CELL: Final = "SELECT seq, value FROM cell WHERE stream = ? AND noun = ? AND key = ?"
CELLS: Final = """
    SELECT key, seq, value
    FROM cell WHERE stream = ? AND noun = ? AND key >= ? AND key < ? ORDER BY key
"""
CELLS_TO_THE_END: Final = """
    SELECT key, seq, value
    FROM cell WHERE stream = ? AND noun = ? AND key >= ? ORDER BY key
"""
# One statement for many places: SQLite steps from one to the next, not Python.
EACH_CELL: Final = """
    SELECT key, seq, value FROM cell WHERE stream = ? AND noun = ? AND key IN ({places})
"""
EACH_CELLS: Final = """
    WITH wanted (low, high) AS (VALUES {places})
    SELECT wanted.low, cell.key, cell.seq, cell.value
    FROM wanted CROSS JOIN cell
        ON cell.stream = ? AND cell.noun = ? AND cell.key >= wanted.low AND cell.key < wanted.high
    ORDER BY wanted.low, cell.key
"""
# The streams are hopped through, not walked: a stream has thousands of cells of other nouns.
RESIDENT: Final = """
    WITH RECURSIVE place (stream) AS (
        SELECT min(stream) FROM cell
        UNION ALL
        SELECT (SELECT min(cell.stream) FROM cell WHERE cell.stream > place.stream)
        FROM place WHERE place.stream IS NOT NULL
    )
    SELECT cell.stream, cell.key, cell.seq, cell.value
    FROM place CROSS JOIN cell ON cell.stream = place.stream AND cell.noun = ?
"""

PUT_ENTRY: Final = """
    INSERT INTO log (stream, seq, at_ms, id, head, event) VALUES (?, ?, ?, ?, ?, ?)
"""
STRIP: Final = "UPDATE log SET event = ?3 WHERE stream = ?1 AND seq = ?2"
DROP_CELL: Final = "DELETE FROM cell WHERE stream = ? AND noun = ? AND key = ?"
PUT_CELL: Final = """
    INSERT OR REPLACE INTO cell (stream, noun, key, seq, value) VALUES (?, ?, ?, ?, ?)
"""
DROP_META: Final = "DELETE FROM meta WHERE key = ?"
PUT_META: Final = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"


@value
class CellTable:
    """How cells are kept: the statements on them, each of which takes stream and noun first but for
    the lists of places before them. `place` makes room for a (stream, noun), "" where none is
    needed; `number` finds it, and `put` takes that in place of both."""

    one: str = CELL
    under: str = CELLS
    to_the_end: str = CELLS_TO_THE_END
    each: str = EACH_CELL
    each_under: str = EACH_CELLS
    resident: str = RESIDENT
    any: str = ""
    place: str = ""
    number: str = ""
    drop: str = DROP_CELL
    put: str = PUT_CELL


BY_KEY: Final = CellTable()
"""Cells in the order of their keys."""


class SqlShelf:
    """Answers the keys both stores know; a store adds its own."""

    def __init__(self, database: Database, table: CellTable = BY_KEY) -> None:
        self._database = database
        self._table = table
        self._answer: Final[dict[type[object], Callable[[Any], object]]] = {
            KnownKey: self._known,
            RangeKey: self._range,
            CellKey: self._cell,
            CellsKey: self._cells,
            EachCellKey: self._each_cell,
            EachCellsKey: self._each_cells,
        }
        self._answer_many: Final[dict[type[object], Callable[[Any], Mapping[Any, object]]]] = {
            KnownKey: self._known_many,
        }

    def load(self, keys: Sequence[Key[object]]) -> Loaded:
        """Answer every key, all from one state."""
        by_sort: dict[type[object], list[Key[object]]] = {}
        for key in keys:
            by_sort.setdefault(type(key), []).append(key)
        answers: dict[Key[object], object] = {}
        with self._database.snapshot():
            for sort, asked in by_sort.items():
                many = self._answer_many.get(sort) if len(asked) > 1 else None
                if many is not None:
                    answers.update(many(asked))
                else:
                    answer = self._answer[sort]
                    answers.update((key, answer(key)) for key in asked)
        return Loaded(answers)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _known(self, key: KnownKey) -> object:
        rows = self._database.query(KNOWN, (key.event,))
        return rows[0] if rows else None

    def _known_many(self, keys: Sequence[KnownKey]) -> Mapping[KnownKey, object]:
        found = {
            event: (stream, seq)
            for event, stream, seq in self.matching(KNOWN_MANY, [key.event for key in keys])
        }
        return {key: found.get(key.event) for key in keys}

    def matching(self, sql: str, ids: Sequence[bytes]) -> Iterator[Row]:
        """The rows of a query `of_many`, for any number of ids."""
        for start in range(0, len(ids), MANY):
            some = ids[start : start + MANY]
            yield from self._database.query(sql, (*some, *[None] * (MANY - len(some))))

    def _range(self, key: RangeKey) -> object:
        found: list[Entry] = []
        used = 0
        seq = key.first_seq
        while len(found) < key.limit:
            limit = min(CHUNK_ROWS, key.limit - len(found))
            rows = self._database.query(RANGE, (key.stream, seq, limit))
            for row in rows:
                used += len(row[4])
                if found and used > key.size_bytes:
                    return tuple(found)
                found.append(Entry(*row))
            if len(rows) < limit:
                break
            seq = found[-1].seq + 1
        return tuple(found)

    def _cell(self, key: CellKey) -> object:
        rows = self._database.query(self._table.one, (key.stream, key.noun, key.key))
        return to_cell(*rows[0]) if rows else None

    def _cells(self, key: CellsKey) -> tuple[tuple[bytes, Cell], ...]:
        end = after_prefix(key.prefix)
        place = (key.stream, key.noun, key.prefix)
        if end is None:
            rows = self._database.query(self._table.to_the_end, place)
        else:
            rows = self._database.query(self._table.under, (*place, end))
        return tuple((name, to_cell(seq, value)) for name, seq, value in rows)

    def _each_cell(self, key: EachCellKey) -> object:
        found: dict[bytes, Cell] = {}
        if not self._any(key.stream, key.noun):
            return found
        for names in batched(tuple(dict.fromkeys(key.keys)), EACH_MAX):
            sql = self._table.each.format(places=", ".join("?" * len(names)))
            for name, seq, held in self._database.query(sql, (key.stream, key.noun, *names)):
                found[name] = to_cell(seq, held)
        return found

    def _each_cells(self, key: EachCellsKey) -> object:
        found: dict[bytes, tuple[tuple[bytes, Cell], ...]] = {}
        if not self._any(key.stream, key.noun):
            return found
        for prefixes in batched(tuple(dict.fromkeys(key.prefixes)), EACH_MAX):
            ends = [(prefix, after_prefix(prefix)) for prefix in prefixes]
            bounded = [place for place in ends if place[1] is not None]
            places = [bound for place in bounded for bound in place]
            sql = self._table.each_under.format(places=", ".join(["(?, ?)"] * len(bounded)))
            rows = self._database.query(sql, (*places, key.stream, key.noun)) if bounded else ()
            for prefix, name, seq, held in rows:
                found[prefix] = (*found.get(prefix, ()), (name, to_cell(seq, held)))
            # Nothing bounds what begins with the last of all bytes.
            for prefix, _ in (place for place in ends if place[1] is None):
                cells = self._cells(CellsKey(key.stream, key.noun, prefix))
                found.update({prefix: cells} if cells else {})
        return found

    def _any(self, stream: StreamId, noun: str) -> bool:
        """May there be a cell of this noun? Most channels have none of most nouns: asked once for a
        page, not for each of its messages."""
        return not self._table.any or bool(self._database.query(self._table.any, (stream, noun)))

    # Booting.

    def resident(self, nouns: frozenset[str]) -> tuple[tuple[StreamId, str, bytes, Cell], ...]:
        """All cells of some nouns, by stream, noun and key."""
        cells = [
            (stream, noun, key, to_cell(seq, value))
            for noun in sorted(nouns)
            for stream, key, seq, value in self._database.query(self._table.resident, (noun,))
        ]
        return tuple(sorted(cells, key=lambda found: found[:3]))

    def meta(self) -> dict[str, bytes]:
        """All small values by their names."""
        return dict(self._database.query("SELECT key, value FROM meta ORDER BY key"))

    # Committing, inside the transaction of the store.

    def held(self, stream: StreamId) -> Run | None:
        """The seqs of a stream that are there."""
        lo, hi = self._database.query(HELD, (stream,))[0]
        return None if lo is None else (lo, hi)

    def put_entries(self, entries: Sequence[tuple[StreamId, Entry]]) -> None:
        """Write entries; the store has seen that they leave no hole."""
        self._database.run(PUT_ENTRY, (log_row(stream, entry) for stream, entry in entries))

    def put_strips(self, strips: Iterable[tuple[StreamId, int, bytes]]) -> None:
        """Put other bytes in entries' places; what is not held needs none."""
        self._database.run(STRIP, strips)

    def put_cells(self, cells: Mapping[tuple[StreamId, str, bytes], Cell | None]) -> None:
        """Write or remove cells."""
        gone = (place for place, cell in cells.items() if cell is None)
        self._database.run(self._table.drop, gone)
        # Folds make values of the fields of bodies, which have travelled or were made to.
        written = [(place, cell) for place, cell in cells.items() if cell is not None]
        places: dict[tuple[StreamId, str], Sequence[object]]
        places = {place[:2]: place[:2] for place, _ in written}
        if self._table.place:
            self._database.run(self._table.place, places)
            # Once for all cells of a place, not by each that is written.
            places = {at: self._database.query(self._table.number, at)[0] for at in places}
        self._database.run(
            self._table.put,
            ((*places[place[:2]], place[2], cell.seq, pack(cell.value)) for place, cell in written),
        )

    def put_meta(self, meta: Mapping[str, bytes]) -> None:
        """Write small values, or remove those that are empty."""
        self._database.run(DROP_META, ((name,) for name, value in meta.items() if not value))
        self._database.run(PUT_META, (item for item in meta.items() if item[1]))


def batched(items: Sequence[T], count: int) -> Iterator[Sequence[T]]:
    """The items in their order, so many at a time."""
    for start in range(0, len(items), count):
        yield items[start : start + count]


def log_row(stream: StreamId, entry: Entry) -> tuple[object, ...]:
    """An entry as `log` and tables of its form hold it."""
    return (stream, entry.seq, entry.at_ms, entry.event_id, entry.head, entry.event)


def by_stream(entries: Iterable[tuple[StreamId, Entry]]) -> dict[StreamId, list[int]]:
    """The seqs of some entries, stream by stream."""
    seqs: dict[StreamId, list[int]] = {}
    for stream, entry in entries:
        seqs.setdefault(stream, []).append(entry.seq)
    return seqs


def after_prefix(prefix: bytes) -> bytes | None:
    """The first key behind all that begin with `prefix`; None where nothing is (b"", all 0xff)."""
    short = prefix.rstrip(b"\xff")
    return short[:-1] + bytes((short[-1] + 1,)) if short else None


def to_cell(seq: int, value: bytes) -> Cell:
    """A cell as a row holds it; StoreBroken where that has rotted."""
    try:
        # Only what `encode` made of a Value is ever written to a cell: no map is in it.
        return Cell(seq, cast("Value", decode(value, VALUE_BYTES_MAX)))
    except ProtocolError as rotten:
        raise StoreBroken(f"a cell does not decode: {rotten}") from rotten
