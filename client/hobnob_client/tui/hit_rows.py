"""The hits of a query as a list of messages, the newest last; and what stands around one."""

from collections.abc import Callable, Sequence
from typing import Final

from hobnob_client.catalogue import t
from hobnob_client.finding.hits import Hit, Moment
from hobnob_client.finding.meaning import Wanted
from hobnob_client.reading import Reader
from hobnob_client.reading.finder import Finder
from hobnob_client.tui import titles
from hobnob_client.tui.rows import RowMaker, author
from hobnob_client.tui.timeline.row import Row
from hobnob_protocol.ids import StreamId
from hobnob_protocol.value import value
from hobnob_sync.opened import is_conversation

FIRST_HITS: Final = 64
"""Found at once as one types: what the list reads first."""


@value
class HitRows:
    """As a `RowSource`. `newest` are the first hits, found already; the rest is found as one walks.
    Each row stands as if in a thread of its own, so that it says where it was said."""

    reader: Reader
    finder: Finder
    wanted: Wanted
    moment: Moment
    newest: tuple[Hit, ...]
    place_name: Callable[[StreamId], str]

    def older(self, order: int | None, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        if order is None and (len(self.newest) < FIRST_HITS or limit <= FIRST_HITS):
            return [self._row(hit) for hit in reversed(self.newest[:limit])]
        hits = self.finder.hits(self.wanted, limit, below=order, moment=self.moment)
        return [self._row(hit) for hit in reversed(hits)]

    def newer(self, order: int, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        hits = self.finder.hits_after(self.wanted, limit, order, self.moment)
        return [self._row(hit) for hit in hits]

    def extent(self) -> None:
        """As a `RowSource`: where many are found, nobody looks for the first."""

    def hit(self, row: Row) -> Hit | None:
        """The hit that a row shows."""
        hits = self.finder.hits(self.wanted, 1, below=row.order + 1, moment=self.moment)
        return hits[0] if hits and hits[0].place == row.order else None

    def around(self, hit: Hit, count: int) -> tuple[list[Row], list[Row]]:
        """So many messages before a hit in its place, and as many behind it."""
        before = self.reader.before(hit.stream, hit.seq, count).messages
        after = self.reader.after(hit.stream, hit.seq, count).messages[:count]
        maker = RowMaker(self.reader, hit.stream, (*before, *after))
        rows = [maker.row(each, in_thread=True) for each in (*before, *after)]
        return rows[: len(before)], rows[len(before) :]

    def _row(self, hit: Hit) -> Row:
        by, place = author(self.reader, hit.author), self.place_name(hit.stream)
        return Row(
            hit.target,
            hit.place,
            by.name,
            hit.at_ms,
            hit.text,
            bot=by.bot,
            thread=hit.target,
            # The mark first: a long name may be cut.
            quote=f"{t(titles.SEALED)} · {place}" if is_conversation(hit.stream) else place,
            title=hit.title,
        )
