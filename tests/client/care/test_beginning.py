"""A newcomer's first steps: whom, where, and what."""

from typing import Any, Final

from hobnob_client.care.beginning import (
    RECENTLY_MS,
    Beginning,
    Step,
    somebody,
    thread,
    welcoming,
    without,
)
from hobnob_client.care.needs import NEW_MS
from hobnob_client.care.waiting import Post, followed
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from tests.client.care.test_waiting import BO, CI, GARDEN, LI, post

ME: Final = AccountId(b"\0" * 20)
JOINED: Final = {LI: 0}


def at_first(_who: AccountId) -> int:
    """Everybody came as time began."""
    return 0


def joined(who: AccountId) -> int:
    """So did Li, and all others before."""
    return JOINED.get(who, -NEW_MS)


def nothing(_stream: StreamId, _root: TargetId) -> bool:
    """No thread is muted."""
    return False


def everything(_stream: StreamId, _root: TargetId) -> bool:
    """Each of them is."""
    return True


def met(posts: list[Post], now_ms: int = 600_000, **more: Any) -> AccountId | None:
    """Whom one is led to."""
    agreed, caring = more.get("agreed", {BO}), more.get("caring", {CI})
    answers = followed(posts, ()).answers
    found = somebody(posts, answers, agreed, caring, joined, ME, now_ms)
    return None if found is None else found.account


def test_who_answers_newcomers_is_met_with_the_answer() -> None:
    """Before those who only wrote something."""
    first = post(1, LI)
    posts = [post(0, CI), first, post(2, BO, reply=first.target), post(3, CI), post(4, BO)]
    found = somebody(posts, followed(posts, ()).answers, {BO}, {CI}, at_first, ME, 600_000)
    assert found is not None
    assert (found.account, found.post.target, found.answered) == (BO, posts[2].target, 1)
    assert found.agreed
    assert met(posts) == BO


def test_who_neither_agrees_nor_holds_a_role_is_not_met() -> None:
    """Nor who wrote nothing for a week."""
    posts = [post(1, BO), post(2, CI)]
    assert met(posts, agreed=(), caring=()) is None
    assert met(posts, agreed={BO}, caring=()) == BO
    assert met(posts, posts[0].at_ms + RECENTLY_MS + 1, caring=()) is None


def test_newcomers_are_led_to_different_people() -> None:
    """By their account, among the three nearest."""
    posts = [post(1, BO), post(2, CI), post(3, LI)]

    def led(nth: int) -> AccountId:
        me = AccountId(bytes((nth,)) * 20)
        found = somebody(posts, (), {BO, CI, LI}, (), at_first, me, 600_000)
        assert found is not None
        return found.account

    assert {led(nth) for nth in range(3)} == {BO, CI, LI}


def talk(number: int, *authors: AccountId, **more: Any) -> list[Post]:
    """A thread that these write in, one after the other."""
    root = post(number, authors[0], **more)
    rest = [post(number + nth, each, thread=root.target) for nth, each in enumerate(authors) if nth]
    return [root, *rest]


def test_one_joins_the_talk_of_most_people() -> None:
    """Three at least, of the last week, not solved and not muted."""
    small, great = talk(10, BO, CI), talk(20, BO, CI, LI)
    found = thread([*small, *great], nothing, 3_000_000)
    assert found is not None
    assert (found.root, found.newest, found.people) == (great[0].target, great[2], 3)
    assert thread(small, nothing, 3_000_000) is None
    assert thread(great, everything, 3_000_000) is None
    assert thread(great, nothing, great[2].at_ms + RECENTLY_MS + 1) is None
    assert thread(talk(20, BO, CI, LI, solved=True), nothing, 3_000_000) is None


def test_one_says_hello_where_others_do() -> None:
    """In the channel for it, else in the general one, else in the first."""
    one, two = StreamId(b"c:" + b"1" * 16), StreamId(b"c:" + b"2" * 16)
    assert welcoming([(one, "general"), (two, "welcome")]) == two
    assert welcoming([(one, "rust"), (two, "general")]) == two
    assert welcoming([(one, "rust"), (two, "sqlite")]) == one
    assert welcoming([]) is None


def test_what_is_passed_is_left_out() -> None:
    """And nothing else."""
    whole = Beginning(hello=GARDEN)
    assert without(whole, {Step.PERSON}) == whole
    assert without(whole, {Step.HELLO}) == Beginning()
