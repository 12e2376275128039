"""Entries of several lines are walked as a whole."""

import asyncio
from collections.abc import Callable

from textual.app import App, ComposeResult

from hobnob_client.tui.widgets.card_list import Card, CardList

CARDS = tuple(Card(bytes([nth]), f"@m{nth}", ("one", "two")) for nth in range(9))


class Shelf(App[None]):
    """The list alone."""

    def compose(self) -> ComposeResult:
        """Nine lines high."""
        yield CardList()


def seen(act: Callable[[CardList], object]) -> tuple[list[str], bytes]:
    """What is drawn after something was done to the list, and what is under its cursor."""

    async def look() -> tuple[list[str], bytes]:
        async with Shelf().run_test(size=(12, 7)) as pilot:
            shown = pilot.app.query_one(CardList)
            shown.put(CARDS)
            act(shown)
            lines = [shown.render_line(y).text.rstrip() for y in range(7)]
            return lines, shown.card.key if shown.card is not None else b""

    return asyncio.run(look())


def test_the_selected_entry_is_seen_as_a_whole() -> None:
    """Marked in each of its lines, at either end and between."""
    lines, key = seen(lambda shown: shown.move(0))
    assert (lines[:4], key) == (["▌@m0", "▌  one", "▌  two", " @m1"], b"\0")
    lines, key = seen(lambda shown: shown.move(4))
    assert (lines[2:5], key) == (["▌@m4", "▌  one", "▌  two"], b"\4")
    lines, key = seen(lambda shown: shown.move(99))
    assert (lines[-3:], key) == (["▌@m8", "▌  one", "▌  two"], b"\x08")


def test_the_cursor_stays_on_its_entry_when_others_come_and_go() -> None:
    """Where it is gone, the next is under it; in an empty list nothing is."""

    def shrink(shown: CardList) -> None:
        shown.move(4)
        shown.put(CARDS[2:])

    assert seen(shrink)[1] == b"\4"

    def lose(shown: CardList) -> None:
        shown.move(8)
        shown.put(CARDS[:3])

    assert seen(lose)[1] == b"\2"
    assert seen(lambda shown: shown.put(())) == ([""] * 7, b"")


def test_the_first_entry_is_reached_below_a_heading() -> None:
    """There is none above it."""
    headed = (Card(b"h", "one part", is_heading=True), *CARDS)

    def walk(shown: CardList) -> None:
        shown.put(headed)
        shown.move(3)
        shown.move(-len(headed))

    assert seen(walk)[1] == b"\0"
