"""A board is asked for again while the hub may not have counted what came."""

from itertools import pairwise

from hobnob_client.recognition.limits import AGAIN_SECONDS, COUNTED_SECONDS
from hobnob_client.recognition.recounting import Recounting


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


def asked_until_counted(recounting: Recounting, clock: Clock) -> list[float]:
    """When it is asked, as long as that is due."""
    asked: list[float] = []
    while (due_seconds := recounting.due_seconds) is not None:
        clock.seconds += due_seconds
        recounting.ask()
        asked.append(clock.seconds)
    return asked


def test_it_is_asked_again_until_what_came_before_is_surely_counted() -> None:
    """And not more often than is allowed."""
    clock = Clock()
    recounting = Recounting(clock)
    recounting.hear()
    heard = clock.seconds
    clock.seconds += 1.0
    recounting.ask()
    asked = asked_until_counted(recounting, clock)
    assert asked[-1] - heard >= COUNTED_SECONDS
    assert all(later - sooner >= AGAIN_SECONDS for sooner, later in pairwise(asked))


def test_where_nothing_came_lately_it_is_asked_once() -> None:
    """Neither nothing at all, nor what came long ago."""
    clock = Clock()
    recounting = Recounting(clock)
    recounting.ask()
    assert recounting.due_seconds is None
    recounting.hear()
    clock.seconds += COUNTED_SECONDS
    recounting.ask()
    assert recounting.due_seconds is None


def test_what_comes_after_an_answer_is_asked_for() -> None:
    """At once, if the last question is some time ago."""
    clock = Clock()
    recounting = Recounting(clock)
    recounting.ask()
    clock.seconds += AGAIN_SECONDS + 1.0
    recounting.hear()
    assert recounting.due_seconds == 0.0
    recounting.ask()
    assert recounting.due_seconds == AGAIN_SECONDS
