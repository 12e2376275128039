"""Where something is unread, by urgency: what addresses me first, muted places not at all."""

from collections.abc import Sequence
from typing import Final

from hobnob_client.tui.action_tables.places import HOT_NUMBERS
from hobnob_client.tui.timeline.wrap import fit
from hobnob_client.tui.widgets.channel_list import COUNT_MAX, Item
from hobnob_protocol.value import value

HOT_MAX: Final = len(HOT_NUMBERS)
"""As many as there are digits for `Alt`."""
NAME_CELLS: Final = 12
"""So much of a name is told: it is to be known again, and several are to be seen."""


@value
class Hot:
    """A place with something unread; `number` is its digit, `mentions` how much addresses me."""

    number: int
    item: Item

    @property
    def is_urgent(self) -> bool:
        """Does something there address me?"""
        return bool(self.item.mentions)

    @property
    def style(self) -> str:
        """How it is drawn there."""
        return "bold $text-warning" if self.is_urgent else ""

    @property
    def words(self) -> str:
        """It in the line at the top: "1 #rust 7", with an @ where it addresses me."""
        at = "@" if self.is_urgent else ""
        count = f"{self.item.unread}" if self.item.unread <= COUNT_MAX else f"{COUNT_MAX}+"
        return f"{self.number} {fit(self.item.label, NAME_CELLS)} {at}{count}"


def hot_words(items: Sequence[Item], opened: str) -> tuple[tuple[str, str], ...]:
    """They as words of the line at the top, each with its style."""
    return tuple((each.words, each.style) for each in hotlist(items, opened))


def hotlist(items: Sequence[Item], opened: str) -> tuple[Hot, ...]:
    """The hot places among the lines of the list, but the one that is `opened`, by name; in each
    of the two sorts as they stand in the list."""
    found = [
        item
        for item in items
        if item.unread and not item.muted and item.opens and item.name != opened
    ]
    found.sort(key=lambda item: not item.mentions)
    return tuple(Hot(nth, item) for nth, item in enumerate(found[:HOT_MAX], 1))
