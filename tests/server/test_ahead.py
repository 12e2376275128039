"""Signatures that are checked ahead: the same answers, of which the step makes fewer itself."""

import pytest

from hobnob_protocol.event import Claim
from hobnob_server.limits import (
    AHEAD_CLAIMS_MIN,
    SECOND_ASKED_MAX,
    SECOND_ASKED_SOON,
    SECOND_CLAIMS,
)
from tests.server.seconds import MANY, Other, Place, claims, right, with_another


def test_what_was_checked_elsewhere_is_not_checked_again() -> None:
    """Right or wrong, the answers are the verifier's."""
    place, other = with_another()
    asked = claims()
    place.begin(asked)
    other.pace = MANY
    assert other.asked == asked
    place.ahead.foresee([])
    assert place.verified(asked) == [right(claim) for claim in asked]
    assert place.here.asked == []


def test_what_is_not_known_yet_is_not_waited_for() -> None:
    """The step goes on with the last ones: where both meet nothing is left."""
    place, other = with_another()
    asked = claims()
    place.begin(asked)
    as_fast = place.here.asked
    other.told = lambda: other.up_to(len(as_fast))  # type: ignore[method-assign]  # As the hub itself.
    assert place.verified(asked) == [right(claim) for claim in asked]
    assert place.here.asked == asked[: MANY // 2 - 1 : -1]


def test_what_was_answered_meanwhile_is_heard_first() -> None:
    """Nothing is checked here that is known there."""
    place, other = with_another()
    asked = claims()
    place.begin(asked)
    other.pace = MANY
    assert place.verified(asked) == [right(claim) for claim in asked]
    assert place.here.asked == []


def test_who_never_answers_keeps_nobody() -> None:
    """All is checked here, each once."""
    place, _ = with_another()
    asked = claims()
    place.begin(asked)
    assert place.verified(asked) == [right(claim) for claim in asked]
    assert sorted(place.here.asked) == sorted(asked)


def test_little_is_under_way_while_a_step_goes_on_and_more_before_it_rests() -> None:
    """What both check is checked twice; but nobody asks while a commit is written."""
    place, other = with_another()
    asked = claims(3 * SECOND_ASKED_MAX)
    place.begin(asked)
    assert other.owed == SECOND_ASKED_MAX
    other.pace = 2 * SECOND_ASKED_MAX
    place.ahead.verify(*asked[0])
    assert other.owed == SECOND_ASKED_SOON
    other.pace = 0
    place.ahead.foresee([])
    assert other.owed == SECOND_ASKED_MAX
    assert other.asked == asked[: len(other.asked)]


def test_the_next_step_is_begun_with() -> None:
    """After all of this one; then it is this one, whatever else it turns out to ask."""
    place, other = with_another()
    now, following, late = claims(), claims(message=b"next"), claims(message=b"late")
    place.begin(now)
    place.ahead.foresee(following[:20])
    place.ahead.foresee(following[20:])
    assert other.asked == now + following
    other.pace = 2 * MANY
    place.ahead.end()
    place.begin(following + late)
    assert other.asked == now + following + late
    assert place.verified(following) == [right(claim) for claim in following]
    assert place.here.asked == []
    assert place.verified(late) == [right(claim) for claim in late]


def test_what_a_step_did_itself_is_not_asked() -> None:
    """Only what was under way."""
    place, other = with_another()
    asked = claims(SECOND_ASKED_MAX + MANY)
    place.begin(asked)
    assert place.verified(asked) == [right(claim) for claim in asked]
    place.ahead.end()
    assert other.asked == asked[:SECOND_ASKED_MAX]


def test_another_question_is_another_answer() -> None:
    """Key, signature and message must all be the ones that were checked."""
    place, other = with_another()
    place.begin(claims())
    other.pace = MANY
    place.ahead.foresee([])
    key, _, message = claims()[4]
    others = [(key, b"\0", message), (b"other", b"\1", message), (key, b"\1", b"other")]
    assert place.verified(others) == [False, True, True]
    assert place.here.asked == others


def test_when_the_step_is_over_nothing_is_kept() -> None:
    """Asked again, it is checked again."""
    place, other = with_another()
    asked = claims()
    place.begin(asked)
    other.pace = MANY
    place.ahead.end()
    assert place.ahead.verify(*asked[1])
    assert place.here.asked == [asked[1]]


def test_who_has_nobody_to_ask_does_not_look_at_what_is_asked() -> None:
    """To say what will be checked takes a while: it is asked for where it is of use."""
    place = Place()
    place.ahead.begin(MANY, lambda: pytest.fail("nobody would be told"))
    place.ahead.end()
    other, _ = with_another()
    looked: list[list[Claim]] = []

    def look() -> list[Claim]:
        looked.append(claims())
        return looked[-1]

    other.ahead.begin(MANY, look)
    assert looked == [claims()]


def test_few_messages_start_nobody() -> None:
    """Nor many with pauses between; one process is enough, whatever else comes."""
    place = Place(Other())
    for _ in range(SECOND_CLAIMS):
        place.begin(claims(AHEAD_CLAIMS_MIN - 1))
    for _ in range(2):
        place.begin(claims(SECOND_CLAIMS - 1))
        place.begin([])
    assert place.started == 0
    assert not place.ahead.looks_further
    for _ in range(3):
        place.crowd()
    assert place.started == 1
    assert place.ahead.looks_further


def test_where_there_is_no_core_for_another_the_hub_goes_on_alone() -> None:
    """It may be given one later."""
    place = Place()
    place.crowd()
    asked = claims()
    place.begin(asked)
    place.ahead.foresee(asked)
    assert place.verified(asked) == [right(claim) for claim in asked]
    assert place.here.asked == asked
    assert place.started == 1
    place.other = Other()
    place.crowd()
    assert place.started == 2
    assert place.ahead.looks_further


def test_until_it_has_begun_it_is_asked_nothing() -> None:
    """It takes a while to start."""
    other = Other()
    other.begun = False
    place = Place(other)
    place.crowd()
    asked = claims()
    place.begin(asked)
    assert not place.ahead.looks_further
    assert place.verified(asked) == [right(claim) for claim in asked]
    assert place.here.asked == asked
    assert other.asked == []


def test_when_it_ends_the_hub_goes_on_alone_and_says_so() -> None:
    """In the midst of a step; it is not started again."""
    place, other = with_another()
    asked = claims()
    place.begin(asked)
    other.dead = True
    assert place.verified(asked) == [right(claim) for claim in asked]
    assert other.stopped
    assert "event=checker.end" in place.logged.getvalue()
    started = place.started
    place.crowd()
    assert place.started == started
    assert not place.ahead.looks_further


def test_when_it_cannot_be_asked_the_hub_goes_on_alone() -> None:
    """The same, found out while asking."""
    place, other = with_another()
    other.told = lambda: b""  # type: ignore[method-assign]  # Nothing is heard of its end.
    other.dead = True
    asked = claims()
    place.begin(asked)
    assert place.verified(asked) == [right(claim) for claim in asked]
    assert place.here.asked == asked
    assert other.stopped


def test_more_answers_than_questions_are_no_answers() -> None:
    """Whoever says so is not who was started."""
    place, other = with_another()
    asked = claims()
    place.begin(asked)
    other.told = lambda: bytes([1] * (MANY + 1))  # type: ignore[method-assign]  # Out of its mind.
    assert place.verified(asked) == [right(claim) for claim in asked]
    assert other.stopped


def test_it_ends_with_the_hub() -> None:
    """And a hub that has none has nothing to end."""
    place, other = with_another()
    place.ahead.stop()
    assert other.stopped
    Place().ahead.stop()
