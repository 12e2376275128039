"""Which posts nobody has answered."""

from dataclasses import replace
from typing import Any, Final

import pytest

from hobnob_client.care.waiting import Post, followed
from hobnob_client.finding import marks
from hobnob_protocol.ids import AccountId, StreamId, TargetId

GARDEN: Final = StreamId(b"c:" + b"g" * 16)
LI: Final = AccountId(b"l" * 20)
BO: Final = AccountId(b"b" * 20)
CI: Final = AccountId(b"c" * 20)


def post(number: int, author: AccountId, **more: Any) -> Post:
    """The post of that number, so many minutes after the first."""
    return replace(
        Post(GARDEN, TargetId(bytes((number,)) * 16), author, None, number * 60_000, "a text"),
        **more,
    )


FIRST: Final = post(1, LI)


def open_after(*more: Post) -> list[tuple[TargetId, bool]]:
    """What waits after Li's first post and what came then, Bo being known and the bot silent."""
    known = post(0, BO), post(0, BO, target=TargetId(b"k" * 16), thread=TargetId(b"\0" * 16))
    found = followed((*known, FIRST, *more), {CI}).open
    return [(one.post.target, one.first) for one in found if one.post.author == LI]


def test_a_first_post_waits() -> None:
    """Whether it asks or not; what its author adds answers nothing."""
    assert open_after() == [(FIRST.target, True)]
    assert open_after(post(2, LI, thread=FIRST.target)) == [(FIRST.target, True)]


@pytest.mark.parametrize(
    "how",
    [
        {"thread": FIRST.target},
        {"reply": FIRST.target},
        {"mentions": frozenset((marks.of_mention(LI),))},
    ],
)
def test_an_answer_stands_under_it_or_names_it_or_its_author(how: dict[str, Any]) -> None:
    """By somebody who is no bot; what is said beside it answers nobody."""
    assert open_after(post(2, BO, **how)) == []
    assert open_after(post(2, CI, **how)) == [(FIRST.target, True)]
    assert open_after(post(2, BO)) == [(FIRST.target, True)]


def test_a_mention_elsewhere_is_no_answer() -> None:
    """It may be about something else."""
    mention = frozenset((marks.of_mention(LI),))
    elsewhere = post(2, BO, mentions=mention, stream=StreamId(b"c:" + b"h" * 16))
    assert open_after(elsewhere) == [(FIRST.target, True)]


def test_a_later_post_waits_if_it_asks_outside_of_a_thread() -> None:
    """Of an answered author too."""
    answer = post(2, BO, reply=FIRST.target)
    asked = post(3, LI, asks=True)
    assert open_after(answer, asked) == [(asked.target, False)]
    assert open_after(answer, replace(asked, asks=False)) == []
    assert open_after(answer, replace(asked, thread=FIRST.target)) == []


def test_what_is_solved_does_not_wait() -> None:
    """Somebody has said so, or accepted an answer."""
    answer = post(2, BO, reply=FIRST.target)
    assert open_after(answer, post(3, LI, asks=True, solved=True)) == []


def test_a_first_post_in_a_thread_waits_for_what_comes_under_the_same_root() -> None:
    """What was said there before answers nobody."""
    root = TargetId(b"r" * 16)
    first = replace(FIRST, thread=root)

    def left(*more: Post) -> list[TargetId]:
        begun = post(0, BO, target=root)
        return [one.post.target for one in followed((begun, first, *more), ()).open if one.first]

    assert left() == [first.target]
    assert left(post(2, BO, thread=root)) == []


def test_who_names_themselves_does_not_answer_themselves() -> None:
    """Neither do they use up the answer of somebody who names them later, which is one for all."""
    own = frozenset({marks.of_mention(LI)})
    asked = post(2, LI, asks=True, mentions=own)
    assert [target for target, _ in open_after(asked)] == [FIRST.target, asked.target]
    assert open_after(asked, post(3, BO, mentions=own)) == []
