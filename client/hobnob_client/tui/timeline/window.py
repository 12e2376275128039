"""The rows that are held in memory around the place one looks at; the rest stays in the replica.

Rows are read in pages on demand, in either direction, and forgotten at the other end. A reload
after a change reads the same stretch again, so what is looked at never moves.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from hobnob_client.tui.timeline.row import Row
from hobnob_protocol.ids import TargetId
from hobnob_sync.views.overlay import PENDING_SEQ

PAGE_ROWS: Final = 64
"""Read at once: some three screens."""
ABOVE_ROWS: Final = 16
"""Read above a place one goes to: what is seen of it; the rest comes as one walks there."""
AROUND_ROWS: Final = 16
"""Held on either side of what is seen when something has changed: what nobody looks at is not read
again, and comes back where one walks there."""
HELD_ROWS_MAX: Final = 384
"""Held at once: enough that a page up and a page down again read nothing."""
NEAR_ROWS_MAX: Final = 256
"""So far back from the end something counts as near: what is meant without being selected."""


class RowSource(Protocol):
    """Where rows come from: one list of messages, always in the order of `Row.order`."""

    def older(self, order: int | None, limit: int) -> Sequence[Row]:
        """At most `limit` (from 1) rows before `order` (None: the newest there are), oldest first;
        fewer only where the list begins."""
        ...

    def newer(self, order: int, limit: int) -> Sequence[Row]:
        """At most `limit` (from 1) rows after `order`, oldest first; fewer only at the end."""
        ...

    def extent(self) -> tuple[int, int] | None:
        """The orders between which all that is in the log stands; None where it would take long
        to know that."""
        ...


class Window:
    """A stretch of a list, without a hole; it grows as it is walked. Nothing is held until a place
    is asked for: who opens a channel at its first unread message reads nothing of its end."""

    def __init__(self, source: RowSource, opening_rows: int = PAGE_ROWS) -> None:
        """`opening_rows` (from 1) are read at the place where one comes: what mostly fills the
        screen."""
        self._source = source
        self._opening_rows = opening_rows
        self._rows: list[Row] = []
        self._places: dict[TargetId, int] = {}
        self._begins = False
        self._ends = False
        self._extent: tuple[int, int] | None = None
        self._asked = False

    @property
    def begins(self) -> bool:
        """Is the first row held the first there is in the replica?"""
        return self._begins

    @property
    def ends(self) -> bool:
        """Is the last row held the newest there is?"""
        return self._ends

    @property
    def rows(self) -> tuple[Row, ...]:
        """All that are held, oldest first; the newest there are where nobody has looked yet."""
        if not self._rows:
            self.last()
        return tuple(self._rows)

    def place(self, target: TargetId) -> int:
        """The how many-th of those that are held, from 0, a row is; it must be held."""
        return self._places[target]

    def distance(self, one: TargetId, other: TargetId) -> int:
        """So many rows one is from the other; as if they were far apart where one is not held."""
        first, second = self._places.get(one), self._places.get(other)
        return HELD_ROWS_MAX if first is None or second is None else abs(first - second)

    def extent(self) -> tuple[int, int] | None:
        """The orders between which all there is stands, as of the last reload: no row is read for
        it. None where that is not known."""
        if not self._asked:
            self._extent, self._asked = self._source.extent(), True
        return self._extent

    def row(self, target: TargetId) -> Row | None:
        """A held row."""
        place = self._places.get(target)
        return None if place is None else self._rows[place]

    def last(self) -> TargetId | None:
        """The newest row there is."""
        if not self._ends:
            self._read_end(self._opening_rows)
        return self._rows[-1].target if self._rows else None

    def newest(self) -> Iterator[Row]:
        """The newest rows there are, the newest first, up to `NEAR_ROWS_MAX`: read as far as they
        are asked for. What is held and looked at stays as it is."""
        page = self._rows[-NEAR_ROWS_MAX:] if self._ends else []
        order = page[0].order if page else None
        left, more = NEAR_ROWS_MAX - len(page), not (self._ends and self._begins)
        yield from reversed(page)
        while more and left:
            wanted = min(PAGE_ROWS, left)
            page = list(self._source.older(order, wanted))
            yield from reversed(page)
            left, more = left - len(page), len(page) == wanted
            order = page[0].order if page else None

    def before(self, target: TargetId) -> TargetId | None:
        """The row before a held one."""
        place = self._places.get(target)
        if place is None:
            return None
        if place == 0 and not self._begins:
            more = list(self._source.older(self._rows[0].order, PAGE_ROWS))
            self._begins = len(more) < PAGE_ROWS
            self._put(more + self._rows)
            place = len(more)
        return self._rows[place - 1].target if place else None

    def after(self, target: TargetId) -> TargetId | None:
        """The row after a held one."""
        place = self._places.get(target)
        if place is None:
            return None
        if place == len(self._rows) - 1 and not self._ends:
            more = list(self._source.newer(self._rows[-1].order, PAGE_ROWS))
            self._ends = len(more) < PAGE_ROWS
            self._put(self._rows + more)
        return self._rows[place + 1].target if place + 1 < len(self._rows) else None

    def precedes(self, one: TargetId, other: TargetId) -> bool:
        """Does the first row come before the second? Both must be held."""
        return self._places.get(one, -1) < self._places.get(other, -1)

    def reload(self) -> None:
        """Read the same stretch again, and what has come at its end if that was held."""
        self._asked = False
        if not (self._rows or self._ends):
            # Nobody has looked yet.
            return
        if not self._rows or self._rows[0].order >= PENDING_SEQ:
            # Where all that is held waits, all of it may be at another place by now.
            self._rows, self._ends = [], False
            self.last()
            return
        # What waited is at another place once the log has it; the first row in the log holds.
        first, count = self._rows[0].order, len(self._rows)
        found = list(self._source.newer(first - 1, count))
        if self._ends:
            while len(found) >= count:
                more = list(self._source.newer(found[-1].order, PAGE_ROWS))
                found += more
                if len(more) < PAGE_ROWS:
                    break
        self._put(found)

    def around(self, order: int, above_rows: int = ABOVE_ROWS) -> TargetId | None:
        """Hold the stretch around a place instead, `above_rows` (from 1) of it above; the row
        there, or the next after it."""
        older = list(self._source.older(order, above_rows))
        newer = list(self._source.newer(order - 1, self._opening_rows))
        self._begins = len(older) < above_rows
        self._ends = len(newer) < self._opening_rows
        self._put(older + newer)
        if newer:
            return newer[0].target
        return older[-1].target if older else None

    def trim(self, keep: TargetId) -> None:
        """Forget what is far from a row that is looked at."""
        place = self._places.get(keep)
        if place is None or len(self._rows) <= HELD_ROWS_MAX:
            return
        first = max(0, min(place - HELD_ROWS_MAX // 2, len(self._rows) - HELD_ROWS_MAX))
        self._cut(first, first + HELD_ROWS_MAX)

    def widen(self) -> None:
        """Hold a page more on either side, for whoever looks through what is around the place."""
        if self.rows:
            self.before(self._rows[0].target)
            self.after(self._rows[-1].target)

    def keep_near(self, target: TargetId, above_rows: int) -> None:
        """Forget what is further above a held row than so many rows, and what is far below it."""
        place = self._places.get(target)
        if place is not None:
            self._cut(max(0, place - above_rows - AROUND_ROWS), place + 1 + AROUND_ROWS)

    def newest_again(self, count: int) -> None:
        """Read so many (from 1) of the newest there are by now, and hold those alone, if anything
        was read before."""
        self._asked = False
        if self._rows or self._ends:
            self._read_end(count)

    def _read_end(self, count: int) -> None:
        self._put(list(self._source.older(None, count)))
        self._ends, self._begins = True, len(self._rows) < count

    def _cut(self, first: int, end: int) -> None:
        self._begins = self._begins and first == 0
        self._ends = self._ends and end >= len(self._rows)
        self._put(self._rows[first:end])

    def _put(self, rows: list[Row]) -> None:
        self._rows = rows
        self._places = {row.target: place for place, row in enumerate(rows)}
