"""Keeps the searchable texts: what `text` and its index hold follows the cells of the log.

A batch of the log's newest unindexed events is taken at a time, in one transaction with the mark of
how far it came, so a crash repeats or loses nothing. It runs behind the pages: on a first big sync
text is readable before it can be found. Whatever an event may have changed is derived anew from the
cells and put in place of what was there, so any order and any repetition gives the same texts.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hobnob_client.finding import marks
from hobnob_client.finding.marks import Trait
from hobnob_client.term_safe import body as safe_body
from hobnob_client.term_safe import line as safe_line
from hobnob_client.texts import Text, TextRows
from hobnob_protocol import nouns
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.kinds.polls import Poll
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.value import value
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.opened import PREFIX as OPENED
from hobnob_sync.opened import opened_stream
from hobnob_sync.ports import EachCellsKey, ReplicaStream, ReplicaTransaction
from hobnob_sync.ports_sql import Database
from hobnob_sync.shelf_sql import SqlShelf
from hobnob_sync.views import elsewhere, message, thread
from hobnob_sync.views.message import Message
from hobnob_sync.views.thread import Heading

SEARCHED: Final = (b"c:", OPENED)
"""The streams whose texts can be searched: channels, and conversations once opened."""
BATCH_EVENTS: Final = 500
"""Events of one transaction: a page's worth, some ten milliseconds."""

_TOUCHING: Final = (*message.NOUNS, nouns.THREAD)
"""The cells that what is found depends upon; the key of each begins with the message's name."""
_POLL: Final = STANDARD.of(Poll).number
_NO_HEADING: Final = Heading("", False, None, False)

TOUCHED: Final = f"""
    SELECT DISTINCT substr(cell.key, 1, 16) FROM place CROSS JOIN cell USING (place)
    WHERE place.stream = ? AND place.noun IN ({", ".join("?" * len(_TOUCHING))})
        AND cell.seq BETWEEN ? AND ?
"""
HAS_THREADS: Final = "SELECT 1 FROM place WHERE stream = ? AND noun = ?"
INDEXED: Final = "SELECT stream, lo, hi FROM indexed"
PUT_INDEXED: Final = "INSERT OR REPLACE INTO indexed (stream, lo, hi) VALUES (?, ?, ?)"
DROP_INDEXED: Final = "DELETE FROM indexed WHERE stream = ?"


@value
class Batch:
    """Events from `first` to `last` of a stream, and the marks once they are indexed."""

    stream: StreamId
    first: int
    last: int
    lo: int
    hi: int


class TextIndex:
    """The searchable texts of one replica, on the connection its pages are written with."""

    def __init__(self, shelf: SqlShelf, database: Database) -> None:
        self._shelf = shelf
        self._database = database
        self._rows = TextRows(database)

    def follow(self, transaction: ReplicaTransaction) -> None:
        """Inside the transaction that writes this: what is purged or erased cannot be found."""
        gone = (*transaction.purges, *(stream for stream, _ in transaction.orphaned))
        for stream in dict.fromkeys(opened_stream(each) for each in gone):
            self._rows.drop_stream(stream)
            self._database.run(DROP_INDEXED, [(stream,)])
        for stream, seq, _ in transaction.strips:
            self._rows.drop(stream, (seq,))

    def advance(self, streams: Mapping[StreamId, ReplicaStream]) -> bool:
        """Index one batch; False where everything that is held is indexed."""
        with self._database.transaction():
            batch = self._next(streams)
            if batch is None:
                return False
            self.refresh(batch.stream, self._touched(batch))
            self._database.run(PUT_INDEXED, [(batch.stream, batch.lo, batch.hi)])
        return True

    def _next(self, streams: Mapping[StreamId, ReplicaStream]) -> Batch | None:
        """What comes first: what is newer than the marks, then what is older; newest first."""
        marks = {stream: (lo, hi) for stream, lo, hi in self._database.query(INDEXED)}
        older: Batch | None = None
        for row in streams.values():
            if row.stream[:2] not in SEARCHED or row.hi < row.lo:
                continue
            lo, hi = marks.get(row.stream, (row.hi + 1, row.hi))
            if hi < row.hi:
                last = min(row.hi, hi + BATCH_EVENTS)
                return Batch(row.stream, hi + 1, last, lo, last)
            if lo > row.lo and older is None:
                first = max(row.lo, lo - BATCH_EVENTS)
                older = Batch(row.stream, first, lo - 1, first, hi)
        return older

    def _touched(self, batch: Batch) -> tuple[TargetId, ...]:
        """The messages that events of the batch are, or were the last to act upon; where a later
        one has acted, that one touches them."""
        place = (batch.stream, *_TOUCHING, batch.first, batch.last)
        return tuple(TargetId(key) for (key,) in self._database.query(TOUCHED, place))

    def refresh(self, stream: StreamId, touched: Iterable[TargetId]) -> None:
        """Have these messages found by what they say now, inside a transaction."""
        targets = tuple(touched)
        asked = message.asks_each(stream, targets)
        headed = bool(self._database.query(HAS_THREADS, (stream, nouns.THREAD)))
        if headed:
            asked = (*asked, EachCellsKey(stream, nouns.THREAD, targets))
        cells = Overlay(stream, self._shelf.load(asked))
        found = [shown for target in targets if (shown := message.view(cells, target)) is not None]
        self._rows.drop(stream, [shown.order for shown in found])
        self._rows.put(
            stream,
            [
                _text(stream, shown, thread.view(cells, shown.target) if headed else _NO_HEADING)
                for shown in found
                if shown.dead is None and shown.hidden is None and shown.text
            ],
        )


def _text(stream: StreamId, shown: Message, heading: Heading) -> Text:
    said = safe_body(shown.text)
    roots = () if shown.thread is None else (shown.thread,)
    if heading.title:
        # A title is of the messages under it, and of the one that it stands above.
        roots = (*roots, shown.target)
    found = marks.together(
        stream, shown.author, roots, shown.mentions, _traits(stream, shown, heading, said)
    )
    return Text(
        shown.at_ms,
        shown.target,
        shown.author,
        shown.thread or b"",
        shown.order,
        said,
        safe_line(heading.title),
        found,
    )


def _traits(stream: StreamId, shown: Message, heading: Heading, said: str) -> Iterator[Trait]:
    yield from marks.shapes(said)
    imported = shown.imported
    if shown.kind == _POLL or (imported is not None and elsewhere.kind(imported) == elsewhere.POLL):
        yield Trait.POLL
    for trait, holds in (
        (Trait.EDITED, shown.edited),
        (Trait.IMPORTED, imported is not None),
        (Trait.SEALED, stream[:2] == OPENED),
        (Trait.REPLY, shown.thread is not None),
        (Trait.RESOLVED, heading.resolved),
        (Trait.ANSWERED, heading.answer is not None),
    ):
        if holds:
            yield trait
