"""Of two values of one name the later holds, and what is lost by that is told."""

import pytest

from hobnob_client.sealing.meeting import Held, Met, meet
from hobnob_protocol.kinds.private import OwnKeyId
from hobnob_protocol.sealing.own import Cell

OLD, NEW = OwnKeyId(b"o" * 16), OwnKeyId(b"n" * 16)


def held(value: bytes, number: int, base: int = 0, edited_ms: int = 0) -> Held:
    """What holds here."""
    return Held(b"name", value, number, base, OLD, edited_ms)


def met(here: Held | None, value: bytes, number: int, base: int = 0, mine: bool = False) -> Met:
    """What comes of it when a cell is opened."""
    return meet(here, Cell(b"name", base, value), number, NEW, mine=mine)


def found(value: bytes, number: int, base: int = 0, edited_ms: int = 0) -> Held:
    """What holds then, as the cell has it."""
    return Held(b"name", value, number, base, NEW, edited_ms)


def test_where_nothing_is_held_what_comes_holds() -> None:
    """Whatever it is."""
    assert met(None, b"a", 5, 3) == Met(found(b"a", 5, 3))
    assert met(None, b"", 5) == Met(found(b"", 5))


@pytest.mark.parametrize("value", [b"b", b""])
def test_what_follows_takes_the_place_of_what_was_before(value: bytes) -> None:
    """Its author had it before them: nothing is lost."""
    assert met(held(b"a", 5), value, 9, 5) == Met(found(value, 9, 5))


def test_what_was_written_beside_it_and_later_holds() -> None:
    """What its author had not seen is lost, and told, but for what the winner says too."""
    assert met(held(b"a", 5, 2), b"b", 9, 2) == Met(found(b"b", 9, 2), held(b"a", 5, 2))
    assert met(held(b"a", 5, 2), b"a and b", 9, 2) == Met(found(b"a and b", 9, 2))
    assert met(held(b"", 5, 2), b"b", 9, 2) == Met(found(b"b", 9, 2))


def test_what_comes_late_is_lost_unless_it_was_seen() -> None:
    """By who wrote what holds; and what is shown again is nothing new."""
    here = held(b"b", 9, 4)
    assert met(here, b"a", 4) == met(here, b"a", 3) == Met(here)
    assert met(here, b"a", 5, 4) == Met(here, found(b"a", 5, 4))


def test_the_same_once_more_is_under_another_key() -> None:
    """That is all that is new."""
    assert met(held(b"a", 5, 2), b"a", 5, 2) == Met(found(b"a", 5, 2))


def test_two_of_one_number_meet_alike_everywhere() -> None:
    """The greater bytes stay, whichever comes first."""
    assert met(held(b"a", 5), b"b", 5) == Met(found(b"b", 5), held(b"a", 5))
    here = held(b"b", 5)
    assert met(here, b"a", 5) == Met(here, found(b"a", 5))


def test_what_was_changed_here_since_is_later_or_earlier() -> None:
    """The later one holds; what was changed here stays to be sealed after what it has met."""
    here = held(b"a", 5, 0, edited_ms=20)
    assert met(here, b"b", 9, 5) == Met(found(b"a", 9, 5, 20), found(b"b", 9, 5))
    assert met(here, b"b", 30, 5) == Met(found(b"b", 30, 5), here)
    assert met(here, b"a", 30, 5) == Met(found(b"a", 30, 5))
    assert met(held(b"", 5, 0, 20), b"", 30, 5) == Met(found(b"", 30, 5))


def test_ones_own_words_come_back() -> None:
    """What was sealed is at the hub now; what was changed since, is not."""
    assert met(held(b"a", 0, 0, 5), b"a", 5, mine=True) == Met(found(b"a", 5))
    assert met(held(b"a, b", 0, 0, 8), b"a", 5, mine=True) == Met(found(b"a, b", 5, 0, 8))
    assert met(held(b"", 0, 0, 8), b"a", 5, mine=True) == Met(found(b"", 5, 0, 8))


def test_what_is_shown_again_changes_nothing_that_was_changed_here() -> None:
    """An older one, one its author had seen, one under a new key."""
    here = held(b"a", 9, 4, edited_ms=20)
    assert met(here, b"b", 3) == Met(here)
    assert met(here, b"b", 5) == Met(here, found(b"b", 5))
    assert met(here, b"b", 9, 4) == Met(Held(b"name", b"a", 9, 4, NEW, 20))


def test_what_was_written_at_the_very_same_time_is_not_taken_for_what_was_before() -> None:
    """Nothing seals one value twice under one key, but oneself."""
    here = found(b"a", 9, 4, edited_ms=20)
    assert met(here, b"b", 9, 4) == Met(here, found(b"b", 9, 4))
    assert met(here, b"b", 9, 4, mine=True) == Met(here)
