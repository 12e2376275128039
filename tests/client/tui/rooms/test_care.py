"""Who needs care, as entries of a room and of Home."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import pytest

from hobnob.testing import Community, User
from hobnob_client.care.needs import Need, Sort
from hobnob_client.tui.listing import place_name
from hobnob_client.tui.rooms import care
from hobnob_client.tui.rooms.contents import Contents, Standing
from hobnob_client.tui.rooms.line import Line
from hobnob_client.tui.rooms.line import Sort as Kind
from hobnob_protocol.ids import TargetId

HOUR_MS: Final = 3_600_000
NOW: Final = 100 * HOUR_MS


@pytest.fixture
def community() -> Iterator[Community]:
    """A hub with #general."""
    with Community() as fresh:
        yield fresh


def contents(ada: User) -> Contents:
    """Reads somebody's replica."""
    return Contents(ada.seat.reader, partial(place_name, ada.seat.reader))


def told(ada: User, *needs: Need) -> tuple[Line, ...]:
    """What these say on somebody's screen."""
    return care.entries(contents(ada), needs, NOW)


def need(ada: User, sort: Sort, name: bytes, hours: int, text: str) -> Need:
    """One of ada's in #general, so many hours old."""
    target = TargetId(name * 16)
    since_ms = NOW - hours * HOUR_MS
    return Need(sort, target, since_ms, ada.account, ada.stream("general"), target, None, text)


def test_an_entry_says_who_where_since_when_and_leads_there(community: Community) -> None:
    """On one line each."""
    ada = community.user("ada")
    (line,) = told(ada, need(ada, Sort.NEWCOMER, b"1", 3, "hello\nall"))
    assert (line.sign, line.who, line.where, line.text) == ("◇", "ada", "#general", "hello all")
    assert line.why == "new here, and the first message has no answer for 3 hours"
    assert (line.stream, line.target) == (ada.stream("general"), TargetId(b"1" * 16))


def test_what_was_said_in_private_leads_nowhere(community: Community) -> None:
    """Its report says enough."""
    ada = community.user("ada")
    where = (ada.account, ada.stream("general"), None, None)
    report = Need(Sort.REPORT, TargetId(b"r" * 16), NOW, *where, "buy", ada.account, "ads")
    (line,) = told(ada, report)
    assert (line.stream, line.target, line.where) == (None, None, "")
    assert line.why == "reported by ada, 1 minute ago: ads"


def test_home_counts_each_sort_on_the_one_who_has_waited_longest(community: Community) -> None:
    """Behind what needs oneself, before what can wait."""
    ada = community.user("ada")
    needs = (
        need(ada, Sort.QUESTION, b"1", 9, "why?"),
        need(ada, Sort.NEWCOMER, b"2", 3, "hello"),
        need(ada, Sort.NEWCOMER, b"3", 1, "good day"),
    )
    counted = care.at_home(contents(ada), needs, NOW)
    assert [(line.why, line.text) for line in counted] == [
        ("2 newcomers wait for a first answer", "hello"),
        ("1 question has no answer", "why?"),
    ]
    mine = Line(b"m", Kind.MESSAGE, "@", "ben", "#general")
    wait = Line(b"w", Kind.PLACE, "#", "", "#general", later=True)
    home = care.onto(Standing((mine, wait), needs=1, wait=4), counted)
    assert home.lines == (mine, *counted, wait)
    assert (home.needs, home.wait) == (3, 4)
