"""What needs care, in which order, and how much of it."""

from typing import Final

from hobnob_client.care.needs import NEEDS_MAX, NEW_MS, Need, Sort, of_buddies, of_waiting, ordered
from hobnob_client.care.waiting import Waiting
from hobnob_client.durations import DAY_MS, HOUR_MS
from hobnob_client.onboarding.welcome import ASKED, WANTED
from hobnob_protocol.ids import StreamId, TargetId
from tests.client.care.test_waiting import BO, CI, LI, post

NOW: Final = NEW_MS + 3_600_000
JOINED: Final = {LI: NOW - NEW_MS, BO: NOW - NEW_MS - 1}


def sorts(*waits: Waiting) -> list[Sort]:
    """What is found of these who wait."""
    return [each.sort for each in of_waiting(waits, {CI}, lambda who: JOINED.get(who, 0), NOW)]


def test_a_newcomer_is_who_joined_at_most_fourteen_days_ago() -> None:
    """To the millisecond; of whom it is not known is none."""
    assert sorts(Waiting(post(61, LI), True)) == [Sort.NEWCOMER]
    assert sorts(Waiting(post(61, BO), True)) == []
    assert sorts(Waiting(post(61, CI), True)) == []


def test_what_was_said_before_somebody_came_is_no_first_post() -> None:
    """It was brought along."""
    assert sorts(Waiting(post(59, LI), True)) == []


def test_a_first_post_that_asks_is_told_once() -> None:
    """As a newcomer's."""
    assert sorts(Waiting(post(61, LI, asks=True), True)) == [Sort.NEWCOMER]
    assert sorts(Waiting(post(61, LI, asks=True), False)) == [Sort.QUESTION]


def test_who_is_shown_around_by_nobody_is_told_of_after_a_while() -> None:
    """An hour where nobody could be asked, a day where somebody is silent; newcomers alone."""

    def alone(said: str, waited_ms: int) -> int:
        wants, joined_ms = [(LI, said)], NOW - waited_ms
        return len(of_buddies(wants, {CI}, lambda _: joined_ms, NOW))

    for said, patience_ms in ((WANTED, HOUR_MS), (ASKED, DAY_MS)):
        assert alone(said, patience_ms - 1) == 0
        assert alone(said, patience_ms) == 1
        assert alone(said, NEW_MS) == 1
        assert alone(said, NEW_MS + 1) == 0
    assert alone("", NEW_MS) == 0
    assert of_buddies([(CI, WANTED)], {CI}, lambda _: NOW - DAY_MS, NOW) == ()


def test_the_oldest_needs_are_kept() -> None:
    """However many there are."""
    stream = StreamId(b"c:" + b"g" * 16)
    many = [
        Need(Sort.QUESTION, TargetId(at.to_bytes(16, "big")), at, LI, stream, None)
        for at in reversed(range(NEEDS_MAX + 1))
    ]
    assert [need.since_ms for need in ordered(many)] == list(range(NEEDS_MAX))
