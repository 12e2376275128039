"""Hits as a list of messages: read a page at a time in both directions, and what stands around."""

from collections.abc import Iterator
from datetime import UTC, date

import pytest

from hobnob.testing import Community, User
from hobnob_client.reading.finder import Finder
from hobnob_client.tui.hit_rows import FIRST_HITS, HitRows
from hobnob_client.tui.timeline.window import Window

COUNT = 150


@pytest.fixture(scope="module")
def ada() -> Iterator[User]:
    """Ada, who has said much, every third of it about wheels."""
    with Community() as community:
        ada = community.user("ada")
        for nth in range(COUNT):
            ada.say(f"{'disc' if nth % 3 else 'wheel'} {nth}")
            community.wait(1)
        while ada.seat.index_some():
            pass
        yield ada


def rows(ada: User, query: str, place: str = "#general") -> HitRows:
    """What a query finds, as one types it."""
    finder: Finder = ada.seat.reader.finder(UTC, lambda: date(2026, 3, 31))
    wanted = finder.understand(query, typing=True).wanted
    moment = finder.moment(wanted)
    newest = finder.hits(wanted, FIRST_HITS, moment=moment)
    return HitRows(ada.seat.reader, finder, wanted, moment, newest, lambda _stream: place)


@pytest.mark.parametrize(("query", "step"), [("wheel ", 3), ("from:me ", 1), ("w", 3)])
def test_all_hits_can_be_walked_through_in_both_directions(
    ada: User, query: str, step: int
) -> None:
    """Each once, whichever page it lies on; each says where it was said."""
    window = Window(rows(ada, query))
    wanted = [str(nth) for nth in range(0, COUNT, step)]
    place, found = window.last(), list[str]()
    while place is not None:
        row = window.row(place)
        assert row is not None
        assert row.quote == "#general"
        found.append(row.text.split()[1])
        place = window.before(place)
    assert found == wanted[::-1]
    place = window.around(0)
    for number in wanted:
        assert place is not None
        row = window.row(place)
        assert row is not None
        assert row.text.split()[1] == number
        place = window.after(place)
    assert place is None


def test_a_hit_knows_what_stands_around_it(ada: User) -> None:
    """In its place, whether that was found or not; less where the place ends."""
    found = rows(ada, '"wheel 3"')
    (row,) = found.older(None, 5)
    hit = found.hit(row)
    assert hit is not None
    before, after = found.around(hit, 2)
    assert [each.text for each in before] == ["disc 1", "disc 2"]
    assert [each.text for each in after] == ["disc 4", "disc 5"]
    last = rows(ada, '"disc 149"')
    (row,) = last.older(None, 5)
    hit = last.hit(row)
    assert hit is not None
    assert last.around(hit, 1)[1] == []


def test_among_hits_of_all_places_those_that_are_sealed_are_marked() -> None:
    """Before the name of the conversation, which may be cut."""
    with Community() as community:
        ada, _ = community.user("ada"), community.user("bob")
        community.settle()
        for channel in ("general", "@bob"):
            ada.say(f"a wheel for {channel}", channel)
        community.settle()
        while ada.seat.index_some():
            pass
        found = {row.text: row.quote for row in rows(ada, "wheel ", "there").older(None, 5)}
    assert found == {"a wheel for general": "there", "a wheel for @bob": "sealed · there"}
