"""The feed as it is shown."""

from hobnob_client.feed.fewer import Fewer, Sort
from hobnob_client.feed.habits import Habits
from hobnob_client.feed.ranking import REASONS, chronological, rank
from hobnob_client.feed.reasons import Code
from hobnob_client.feed.talk import Talk
from tests.client.feed.community import DAY, HOUR, MINUTE, NOW, STRANGER, talk

MANY = 40


def threads() -> list[Talk]:
    """Some that go on, and five that somebody new has begun and nobody has answered."""
    going = [
        talk(f"t{n}", channel=f"c{n % 7}", begun_by=f"m{n % 9}", people=3, said=9, own=n % 3,
             last_ms=NOW - n * MINUTE)
        for n in range(MANY)
    ]  # fmt: skip
    waiting = [
        talk(f"w{n}", begun_by=f"new{n}", begun_ms=NOW - 4 * DAY + n, last_ms=NOW - 4 * DAY + n,
             newcomer=True)
        for n in range(5)
    ]  # fmt: skip
    return [*going, *waiting]


def test_every_thread_has_one_row() -> None:
    """None is lost, none comes twice; without any there is none."""
    assert rank([], STRANGER, NOW) == []
    keys = [row.scored.talk.key for row in rank(threads(), STRANGER, NOW)]
    assert sorted(map(str, keys)) == sorted(str(each.key) for each in threads())


def test_one_row_in_ten_is_there_for_somebody_new() -> None:
    """As long as there is one, at the end of the page, with that as its first reason."""
    rows = rank(threads(), STRANGER, NOW)
    explored = [at for at, row in enumerate(rows) if row.explored]
    assert explored == [9, 19, 29, 39]
    first, second = rows[9].reasons(STRANGER)
    assert (first.code, first.who) == (Code.EXPLORED, rows[9].scored.talk.begun_by)
    assert second.code is not Code.EXPLORED
    without = rank([each for each in threads() if not each.newcomer], STRANGER, NOW)
    assert not any(row.explored for row in without)


def test_who_is_found_out_about_stays_for_the_day() -> None:
    """The same draw shows the same thread; other draws show others."""
    shown = [
        next(
            row.scored.talk.key for row in rank(threads(), STRANGER, NOW, draw=day) if row.explored
        )
        for day in (1, 1, 2, 3, 4, 5)
    ]
    assert shown[0] == shown[1]
    assert len(set(shown)) > 1


def test_two_reasons_on_a_row() -> None:
    """That one is called comes before that it is recent."""
    habits = Habits(NOW - DAY)
    called = talk("t", called=True, own=2, people=2, said=4)
    (row,) = rank([called], habits, NOW)
    told = row.reasons(habits)
    assert len(told) == REASONS
    assert told[0].logit >= told[1].logit


def test_what_one_wants_fewer_of_is_gone_and_comes_back() -> None:
    """Taken back, the feed is as it was."""
    wish = Fewer(Sort.CHANNEL, "c1", NOW - HOUR)
    before = rank(threads(), STRANGER, NOW)
    without = rank(threads(), STRANGER, NOW, fewer=(wish,))
    assert {row.scored.talk.channel for row in before} - {
        row.scored.talk.channel for row in without
    } == {"c1"}
    assert rank(threads(), STRANGER, NOW, fewer=()) == before


def test_turned_off_it_is_the_order_of_time() -> None:
    """And of nothing else."""
    off = [str(each.key) for each in chronological(threads())]
    assert off[:3] == ["t0", "t1", "t2"]
    assert len(off) == len(threads())


def test_the_order_of_the_input_does_not_matter() -> None:
    """Threads have their places however they were read."""
    assert rank(threads()[::-1], STRANGER, NOW) == rank(threads(), STRANGER, NOW)
