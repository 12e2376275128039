"""Kept searches as lines of the list: each stands there as a channel does, with what is unread."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from hobnob_client import term_safe
from hobnob_client.catalogue import later
from hobnob_client.reading import Reader
from hobnob_client.tui.listing import OPEN, heading
from hobnob_client.tui.widgets.channel_list import COUNT_MAX, Item
from hobnob_protocol.value import record

if TYPE_CHECKING:
    from hobnob_client.reading.beside import Beside
    from hobnob_client.reading.finder import Finder

SEARCHES: Final = later("Searches")


@record
class _Line:
    query: str
    unread: int = 0
    counted: bool = False


class KeptSearches:
    """The queries one keeps, counted when there is time."""

    def __init__(self, reader: Reader, beside: "Beside") -> None:
        self._reader = reader
        self._beside = beside
        self._lines: dict[str, _Line] = {}

    def changed(self) -> None:
        """Something was said, or read, or kept: look again."""
        before, self._lines = self._lines, {}
        for query in self._reader.searches():
            unread = before[query].unread if query in before else 0
            self._lines[query] = _Line(query, unread)

    @property
    def uncounted(self) -> int:
        """How many are still to be counted."""
        return sum(not line.counted for line in self._lines.values())

    async def count_one(self) -> bool:
        """Count one search, beside the screen; is there another to count?"""
        left = [line for line in self._lines.values() if not line.counted]
        if not left:
            return False
        line = left[0]
        query = line.query
        line.unread = await self._beside.ask(lambda finder: unread_in(finder, query))
        line.counted = True
        return len(left) > 1

    def close(self) -> None:
        """Nobody counts any more."""
        self._beside.close()

    def keeps(self, query: str) -> bool:
        """Is it kept?"""
        return query in self._lines

    def among(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """The list with the searches in it, before what is only open to join."""
        if not self._lines:
            return tuple(items)
        own = [heading(SEARCHES), *(_item(line) for line in self._lines.values())]
        open_name = heading(OPEN).name
        at = next(
            (nth for nth, item in enumerate(items) if item.name == open_name or not item.joined),
            len(items),
        )
        return (*items[:at], *own, *items[at:])


def unread_in(finder: "Finder", query: str) -> int:
    """How many unread messages it finds, at most one more than a list shows."""
    wanted = finder.understand(f"{query} is:unread", typing=False).wanted
    return len(finder.hits(wanted, COUNT_MAX + 1))


def _item(line: _Line) -> Item:
    label = term_safe.name(line.query, "?")
    return Item(f"search {line.query}", f"/{label}", unread=line.unread, query=line.query)
