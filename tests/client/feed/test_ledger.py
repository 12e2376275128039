"""What was said becomes what is known of threads and of oneself."""

from dataclasses import replace
from typing import Any

import pytest

from hobnob_client.feed.ledger import ACTIVE_MS, ANSWERED_WITHIN_MS, RECENT_MAX, Ledger, Post
from hobnob_client.feed.talk import Talk
from tests.client.feed.community import DAY, HOUR, MINUTE, NOW

ME = "ana"


def said(author: str, ago_ms: int, **more: Any) -> Post:
    """One message in #garden."""
    return replace(Post("t", "garden", author, NOW - ago_ms), **more)


def only(ledger: Ledger, me: str = ME) -> Talk:
    """The only thread there is."""
    (found,) = ledger.talks(me, NOW)
    return found


def told(*posts: Post, me: str | None = ME) -> Ledger:
    """A ledger of these."""
    ledger = Ledger(me, announcements=("news",))
    for post in posts:
        ledger.add(post)
    return ledger


def test_a_thread_counts_messages_and_people() -> None:
    """And says who began it, who wrote last, and whether that is a question."""
    found = only(
        told(
            said("bob", 30 * HOUR),
            said("cem", 5 * HOUR),
            said("bob", HOUR, length=12, question=True),
        )
    )
    assert (found.said, found.people, found.begun_by, found.last_by) == (3, 2, "bob", "bob")
    assert (found.last_day, found.last_two_hours) == (2, 1)
    assert (found.length, found.question) == (12, True)
    assert (found.own, found.mine, found.called) == (0, False, False)


def test_ones_own_part_is_known() -> None:
    """How much one wrote, what came after it, and what one began."""
    ledger = told(said(ME, 4 * HOUR), said("bob", 3 * HOUR), said(ME, 2 * HOUR), said("bob", HOUR))
    assert (only(ledger).own, only(ledger).since_own, only(ledger).mine) == (2, 1, True)
    assert (only(ledger, "bob").own, only(ledger, "bob").since_own) == (2, 0)


@pytest.mark.parametrize("how", [{"answers": ME}, {"mentions": (ME,)}])
def test_being_called_lasts_until_one_writes(how: dict[str, object]) -> None:
    """Anywhere: who writes has looked."""
    called = told(said(ME, 3 * HOUR), said("bob", 2 * HOUR, **how))
    assert only(called).called
    called.add(said(ME, HOUR, thread="elsewhere"))
    assert not any(talk.called for talk in called.talks(ME, NOW))


def test_naming_oneself_calls_nobody() -> None:
    """A bump by one's own hand is none."""
    assert not only(told(said("bob", HOUR), said(ME, MINUTE, mentions=(ME,)))).called


def test_a_quiet_thread_is_no_candidate() -> None:
    """It is one again when somebody writes, and its past is still known."""
    ledger = told(said(ME, ACTIVE_MS + DAY), said("bob", HOUR, thread="other"))
    assert [talk.key for talk in ledger.talks(ME, NOW)] == ["other"]
    ledger.add(said("bob", MINUTE))
    assert [(talk.key, talk.own) for talk in ledger.talks(ME, NOW)] == [("t", 1), ("other", 0)]


def test_whoever_writes_next_answers() -> None:
    """The three before, if it is within days; and whomever they say they answer."""
    ledger = told(
        said("eve", ANSWERED_WITHIN_MS + 2 * DAY),
        said("bob", 4 * HOUR),
        said("cem", 3 * HOUR),
        said(ME, 2 * HOUR, answers="dan"),
        said("bob", HOUR),
    )
    habits = ledger.habits(ME, NOW)
    assert set(habits.answers) == {"bob", "cem", "dan"}
    assert set(habits.answered_by) == {"bob"}


def test_a_device_keeps_nobody_elses_habits() -> None:
    """Its ledger knows one member's alone; an evaluation's knows all."""
    posts = (said(ME, 2 * HOUR), said("bob", HOUR))
    assert told(*posts).habits("bob", NOW).written == 0
    assert told(*posts, me=None).habits("bob", NOW).written > 0


def test_ones_channels_are_known_beside_everybodys() -> None:
    """With when one wrote there last."""
    ledger = told(
        said(ME, DAY),
        said("bob", HOUR),
        Post("u", "kitchen", "bob", NOW - MINUTE),
    )
    habits = ledger.habits(ME, NOW)
    assert set(habits.written_in) == {"garden"}
    assert habits.wrote_in_ms == {"garden": NOW - DAY}
    assert (habits.wrote_ms, set(habits.said_in)) == (NOW - DAY, {"garden", "kitchen"})
    assert habits.said == pytest.approx(3, abs=0.1)


def test_a_storm_is_counted_up_to_its_bound() -> None:
    """A thread keeps the times of so many messages; their number it keeps whole."""
    found = only(told(*[said("bob", HOUR) for _ in range(3 * RECENT_MAX)]))
    assert (found.said, found.last_day) == (3 * RECENT_MAX, RECENT_MAX)


def test_what_one_passed_by_is_known() -> None:
    """Who wrote since one last wrote anywhere has not been passed by yet."""
    ledger = told(said("bob", 5 * HOUR), said("cem", 4 * HOUR), said(ME, 3 * HOUR, thread="other"))
    ledger.add(said("bob", HOUR))
    found = {talk.key: talk for talk in ledger.talks(ME, NOW)}["t"]
    assert (found.people, found.seen, found.latest) == (2, 1, ("bob", "cem"))


def test_joining_first_is_a_habit() -> None:
    """One's own threads are none that one joins; going on is no joining."""
    ledger = told(
        said(ME, 5 * HOUR, thread="mine"), said("bob", 5 * HOUR), said("bob", 4 * HOUR, thread="u")
    )
    ledger.add(said(ME, 3 * HOUR))
    ledger.add(said(ME, 2 * HOUR))
    assert ledger.habits(ME, NOW).joined_first == pytest.approx(1, abs=0.01)
    ledger.add(said("cem", HOUR, thread="u"))
    ledger.add(said(ME, MINUTE, thread="u"))
    habits = ledger.habits(ME, NOW)
    assert (habits.joined, habits.joined_first) == pytest.approx((2, 1), abs=0.01)


def test_somebody_new_and_an_announcement_are_marked() -> None:
    """New is who had written five messages or fewer."""
    busy = [said("bob", 3 * DAY, thread="long ago") for _ in range(6)]
    ledger = told(
        *busy, said("bob", 2 * HOUR, thread="by bob"), said("zoe", HOUR, thread="by zoe"),
        Post("n", "news", "bob", NOW),
    )  # fmt: skip
    found = {talk.key: talk for talk in ledger.talks(ME, NOW)}
    assert [found[key].newcomer for key in ("by bob", "by zoe")] == [False, True]
    assert [found[key].announcement for key in ("by zoe", "n")] == [False, True]


def test_a_thread_whose_beginning_is_not_known_was_begun_by_nobody() -> None:
    """It is neither one's own nor a newcomer's, and who joins it is not known to be first."""
    ledger = told(said("bob", 2 * HOUR, begins=False), said(ME, HOUR, begins=False))
    found = only(ledger)
    assert (found.begun_by, found.newcomer, found.unanswered) == (None, False, False)
    assert not only(told(said(ME, HOUR, begins=False))).mine
    habits = ledger.habits(ME, NOW)
    assert (habits.joined > 0, habits.joined_first) == (True, 0)
