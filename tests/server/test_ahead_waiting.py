"""Signatures that are checked ahead: who waits for an answer, and how long."""

from hobnob_server.limits import SECOND_ASKED_MAX, WAIT_CLAIMS_MIN, WAIT_SECONDS
from tests.server.seconds import answering, claims, right


def test_of_many_those_that_are_not_known_yet_are_waited_for() -> None:
    """The hub checks none itself while the other goes on, and has it asked as much as it may."""
    place, other = answering()
    asked = claims(2 * SECOND_ASKED_MAX)
    other.wakes = 40
    place.begin(asked)
    assert place.verified(asked[:1]) == [right(asked[0])]
    assert other.owed == SECOND_ASKED_MAX
    assert other.asked == asked[: SECOND_ASKED_MAX + 40]
    assert place.verified(asked) == [right(claim) for claim in asked]
    assert place.here.asked == []
    assert other.asked == asked


def test_what_is_known_is_not_waited_for() -> None:
    """Nor what is only heard when it is asked for."""
    place, other = answering()
    asked = claims(SECOND_ASKED_MAX)
    place.begin(asked)
    other.pace = SECOND_ASKED_MAX
    assert place.verified(asked) == [right(claim) for claim in asked]
    assert other.waited == []
    assert place.here.asked == []


def test_a_few_are_not_waited_for() -> None:
    """One alone least of all: it is checked at once, as all are up to a bound."""
    for count in (1, WAIT_CLAIMS_MIN - 1):
        place, other = answering()
        asked = claims(count)
        other.wakes = 1
        place.begin(asked)
        assert place.verified(asked) == [right(claim) for claim in asked]
        assert other.waited == []
        assert sorted(place.here.asked) == sorted(asked)


def test_who_hangs_is_waited_for_once() -> None:
    """All else is checked here, in that step and the next ones, until an answer comes."""
    place, other = answering()
    for step in (b"first", b"second", b"third"):
        asked = claims(SECOND_ASKED_MAX, step)
        place.begin(asked)
        assert place.verified(asked) == [right(claim) for claim in asked]
        place.ahead.end()
        assert sorted(place.here.asked) == sorted(asked)
        assert other.waited == [WAIT_SECONDS]
        assert other.owed <= SECOND_ASKED_MAX
        place.here.asked.clear()
    other.pace = SECOND_ASKED_MAX
    asked = claims(SECOND_ASKED_MAX, b"fourth")
    place.begin(asked)
    other.pace = 0
    assert place.verified(asked) == [right(claim) for claim in asked]
    assert other.waited == [WAIT_SECONDS] * 2


def test_who_is_slow_is_waited_for_so_long_in_all() -> None:
    """Then the step does its part of it."""
    place, other = answering()
    asked = claims(SECOND_ASKED_MAX)
    other.wakes = 1
    place.begin(asked)
    assert place.verified(asked) == [right(claim) for claim in asked]
    assert 100 <= len(other.waited) <= 101
    assert place.here.asked


def test_who_ends_while_it_is_waited_for_is_done_without() -> None:
    """The step that waits goes on at once."""
    place, other = answering()
    asked = claims(SECOND_ASKED_MAX)
    place.begin(asked)

    def wait(seconds: float) -> float:
        other.waited.append(seconds)
        other.dead = True
        return 0.0

    other.wait = wait  # type: ignore[method-assign]  # It dies just then.
    assert place.verified(asked) == [right(claim) for claim in asked]
    assert place.here.asked == asked
    assert other.waited == [WAIT_SECONDS]
    assert other.stopped
