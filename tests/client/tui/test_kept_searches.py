"""Kept searches stand in the list, with what is unread in them."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date

from hobnob.testing import Community
from hobnob_client.reading import Reader
from hobnob_client.reading.finder import Finder
from hobnob_client.tui.kept_searches import SEARCHES, KeptSearches
from hobnob_client.tui.listing import OPEN, heading
from hobnob_client.tui.widgets.channel_list import Item


class Keeping:
    """A reader of somebody who keeps these queries, and what answers beside it."""

    def __init__(self, reader: Reader, *queries: str) -> None:
        self._finder = reader.finder(UTC, lambda: date(2026, 3, 31))
        self.queries = queries
        self.closed = False

    async def ask(self, question: Callable[[Finder], int]) -> int:
        """At once."""
        return question(self._finder)

    def close(self) -> None:
        """It is told."""
        self.closed = True

    def searches(self) -> tuple[str, ...]:
        """As of now."""
        return self.queries


def test_each_is_a_line_with_what_is_unread_in_it() -> None:
    """Counted one at a time; until then the count is as before."""
    with Community() as community:
        ada, ben = community.user("ada"), community.user("ben")
        ben.say("the wheel")
        ben.say("the disc")
        community.wait(1)
        while ada.seat.index_some():
            pass
        reader = Keeping(ada.seat.reader, "disc", "from:ben", "from:nobody wheel")
        kept = KeptSearches(reader, reader)  # type: ignore[arg-type]  # all of both that is asked
        kept.changed()
        assert [asyncio.run(kept.count_one()) for _ in range(4)] == [True, True, False, False]
        found = kept.among(())
        assert [(item.label, item.unread) for item in found] == [
            (SEARCHES, 0),
            ("/disc", 1),
            ("/from:ben", 2),
            ("/from:nobody wheel", 1),
        ]
        reader.queries = ("from:ben",)
        kept.changed()
        assert (kept.keeps("from:ben"), kept.keeps("disc")) == (True, False)
        assert [item.unread for item in kept.among(())] == [0, 2]
        kept.close()
        assert reader.closed


def test_they_stand_before_what_is_only_open_to_join() -> None:
    """And none at all takes no line."""
    with Community() as community:
        reader = Keeping(community.user("ada").seat.reader)
        kept = KeptSearches(reader, reader)  # type: ignore[arg-type]  # all of both that is asked
        joined, other = Item("1", "#general"), Item("2", "#rust (join)", joined=False)
        kept.changed()
        assert kept.among((joined, other)) == (joined, other)
        reader.queries = ("wal",)
        kept.changed()
        labels = [item.label for item in kept.among((joined, heading(OPEN), other))]
        assert labels == ["#general", SEARCHES, "/wal", OPEN, "#rust (join)"]
        assert [item.label for item in kept.among((joined, other))][1] == SEARCHES
