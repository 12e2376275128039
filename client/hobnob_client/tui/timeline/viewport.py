"""Which lines of a long list are seen: an anchored viewport, pure.

The place is (the row at the bottom, how many of its lines are hidden below), never an offset from
the top nor a total height, so it costs the same at any length and stays where it is when rows
arrive above or below, change, or are drawn anew at another width (clients.md §4.2, variant iv).
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from hobnob_protocol.value import value

K = TypeVar("K")


@value
class Seen(Generic[K]):
    """A run of lines of one row: `first` is the first line seen, `count` (from 1) how many."""

    key: K
    first: int
    count: int


class Viewport(Generic[K]):
    """A window of `height` lines over rows that are known by key.

    `lines_of` counts a row's lines (from 1), `before` and `after` name its neighbours; all three
    are asked for few rows around the place. `precedes` tells whether its first row comes before its
    second. `last` names the newest row, None if there is none.
    """

    def __init__(
        self,
        lines_of: Callable[[K], int],
        before: Callable[[K], K | None],
        after: Callable[[K], K | None],
        precedes: Callable[[K, K], bool],
        last: Callable[[], K | None],
    ) -> None:
        self._lines_of = lines_of
        self._before = before
        self._after = after
        self._precedes = precedes
        self._last = last
        self.height = 0
        self.bottom: K | None = None
        """The row at the bottom; None follows the newest."""
        self.hidden = 0
        """So many lines of it lie below the window."""

    @property
    def follows(self) -> bool:
        """Does the window stay at the newest row?"""
        return self.bottom is None

    def seen(self) -> list[Seen[K]]:
        """What is in the window, from top to bottom; fewer than `height` lines only where the
        list itself is shorter."""
        key, hidden = self._place()
        found: list[Seen[K]] = []
        room = self.height
        while key is not None and room > 0:
            lines = self._lines_of(key) - hidden
            count = min(lines, room)
            if count > 0:
                found.append(Seen(key, lines - count, count))
                room -= count
            hidden = 0
            key = self._before(key)
        found.reverse()
        return found

    def lines(self, most: int) -> int:
        """How many lines all rows take, the newest first, counted up to `most` (from 1)."""
        key, found = self._last(), 0
        while key is not None and found < most:
            found += self._lines_of(key)
            key = self._before(key)
        return min(found, most)

    def scroll(self, lines: int) -> None:
        """Move the window: up to older lines if negative, else down. It stops where the oldest
        line is at the top, and follows the newest row once it reaches the end."""
        if lines < 0:
            self._up(min(-lines, self._room_above(-lines)))
        elif lines > 0:
            self._down(lines)

    def reveal(self, key: K) -> None:
        """Move the window as little as it takes to show the row `key`: all of it, or as much of
        its beginning as the window holds. It must be near the window."""
        above = 0
        for seen in self.seen():
            if seen.key == key:
                missing_below = self._lines_of(key) - seen.first - seen.count
                if seen.first:
                    self.scroll(-seen.first)
                elif missing_below > 0:
                    self.scroll(min(missing_below, above))
                return
            above += seen.count
        self._jump(key)

    def show_at(self, key: K, lines_below: int) -> None:
        """Put the last line of the row `key` so many lines above the bottom, as far as rows go."""
        self.bottom, self.hidden = key, 0
        self._down(lines_below)

    def show_from(self, key: K, lines_above: int) -> None:
        """Put the first line of the row `key` so many lines below the top, as far as rows go."""
        above, older = 0, self._before(key)
        while older is not None and above < lines_above:
            above += self._lines_of(older)
            older = self._before(older)
        self.bottom, self.hidden = key, self._lines_of(key) - 1
        self._down(self.height - 1 - min(above, lines_above))

    def to_end(self) -> None:
        """Follow the newest row."""
        self.bottom, self.hidden = None, 0

    def fill(self) -> None:
        """Leave no line empty above the oldest row while there is something below the window."""
        self._down(max(0, self.height - sum(run.count for run in self.seen())))

    def stay(self) -> None:
        """Stop following: what comes later does not move the window."""
        if self.bottom is None:
            self.bottom, self.hidden = self._last(), 0

    # How the place moves.

    def _place(self) -> tuple[K | None, int]:
        if self.bottom is None:
            return self._last(), 0
        return self.bottom, min(self.hidden, self._lines_of(self.bottom) - 1)

    def _up(self, lines: int) -> None:
        key, hidden = self._place()
        if key is None or lines <= 0:
            return
        hidden += lines
        while hidden >= self._lines_of(key):
            older = self._before(key)
            if older is None:
                hidden = self._lines_of(key) - 1
                break
            hidden -= self._lines_of(key)
            key = older
        self.bottom, self.hidden = key, hidden

    def _down(self, lines: int) -> None:
        key, hidden = self._place()
        if key is None:
            return
        hidden -= lines
        while hidden < 0:
            newer = self._after(key)
            if newer is None:
                break
            hidden += self._lines_of(newer)
            key = newer
        if hidden <= 0 and self._after(key) is None:
            self.to_end()
        else:
            self.bottom, self.hidden = key, max(hidden, 0)

    def _room_above(self, wanted: int) -> int:
        """How many lines lie above the window, counted up to `wanted`."""
        seen = self.seen()
        if not seen:
            return 0
        room = seen[0].first
        key = self._before(seen[0].key)
        while key is not None and room < wanted:
            room += self._lines_of(key)
            key = self._before(key)
        full = sum(run.count for run in seen) == self.height
        return min(room, wanted) if full else 0

    def _jump(self, key: K) -> None:
        """Show a row out of the window: at the top if it lies above, else at the bottom."""
        seen = self.seen()
        if seen and self._precedes(key, seen[0].key):
            self.bottom, self.hidden = key, 0
            lines = self._lines_of(key)
            if lines >= self.height:
                self.hidden = lines - self.height
            else:
                self._down(self.height - lines)
            return
        self.bottom, self.hidden = key, 0
        self.hidden = max(0, self._lines_of(key) - self.height)
        if self.hidden == 0 and self._after(key) is None:
            self.to_end()
