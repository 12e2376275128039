"""Counted once for one moment, the past is what it is when it fades from post to post."""

from random import Random

import pytest

from hobnob_client.durations import HOUR_MS
from hobnob_client.match.activity import Activity, Past, Post
from hobnob_client.match.as_of import AsOf

BEGUN = 1_700_000_000_000
PEOPLE = ("ana", "bob", "cem", "dan")


def posts(count: int = 300, seed: int = 1) -> list[Post[str, str]]:
    """Some people talk for some months, in two channels and many threads."""
    draw, at_ms = Random(seed), BEGUN
    found: list[Post[str, str]] = []
    for _ in range(count):
        at_ms += draw.randrange(20 * HOUR_MS)
        channel = draw.choice(("ops", "rust"))
        thread = f"{channel}{draw.randrange(40)}"
        found.append(Post(at_ms, channel, thread, draw.choice(PEOPLE)))
    return found


def test_it_is_what_fades_from_post_to_post() -> None:
    """Every count, every hour, every pair."""
    activity, said = Activity[str, str](), posts()
    now_ms = said[-1].at_ms + 7 * HOUR_MS
    as_of = AsOf[str, str](PEOPLE[:2], now_ms)
    for post in said:
        activity.see(post)
        as_of.see(post)
    for who in PEOPLE[:2]:
        one, other = activity.past(who), as_of.past(who)
        assert _numbers(other, now_ms) == pytest.approx(_numbers(one, now_ms))
        assert (one.posts, one.last_ms) == (other.posts, other.last_ms)


def test_only_who_is_asked_about_is_counted() -> None:
    """Who wrote within ninety days is about."""
    said = posts()
    now_ms = said[-1].at_ms
    as_of = AsOf[str, str](("ana",), now_ms)
    for post in said:
        as_of.see(post)
    assert as_of.past("bob").posts == 0
    assert (as_of.about("ana"), as_of.about("bob")) == (True, False)


def _numbers(past: Past[str, str], now_ms: int) -> list[float]:
    found = list[float]()
    for tally in (past.all, past.channels["ops"], past.channels["rust"]):
        tally.move(now_ms)
        found += (tally.posts, tally.answered, tally.firsts, tally.began, tally.lately)
        found.append(float(tally.last_ms or 0))
    found += [past.at_hour(hour) for hour in range(24)]
    return [*found, *(past.pair(who, now_ms) for who in PEOPLE)]
