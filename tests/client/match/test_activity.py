"""What people did, and how it fades."""

from math import isclose, log1p

from hobnob_client.match.activity import ABOUT_MS, ANSWER_MS, Activity, Past, Post
from hobnob_client.match.features import NAMES, Situation, features
from hobnob_client.match.library import NOTHING, Knowledge
from hobnob_client.match.tally import HALF_LIFE_MS

NOW = 1_700_000_000_000
HOUR = 3_600_000


def _seen(*posts: tuple[int, str, str, str]) -> Activity[str, str]:
    activity = Activity[str, str]()
    for post in posts:
        activity.see(Post(*post))
    return activity


def test_the_first_to_answer_and_others_are_told_apart() -> None:
    """An answer is the first message in another's thread within a day of its beginning."""
    activity = _seen(
        (NOW, "rust", "t", "ana"),
        (NOW + 1, "rust", "t", "bob"),
        (NOW + 2, "rust", "t", "bob"),
        (NOW + 3, "rust", "t", "carol"),
        (NOW + ANSWER_MS + 1, "rust", "t", "late"),
        (NOW + ANSWER_MS + 2, "rust", "t", "ana"),
    )
    tallies = {who: activity.past(who).all for who in ("ana", "bob", "carol", "late")}
    assert [round(each.answered) for each in tallies.values()] == [0, 1, 1, 0]
    assert [round(each.firsts) for each in tallies.values()] == [0, 1, 0, 0]
    assert activity.answered_by("t") == {"bob", "carol", "late"}
    assert activity.began_by("t") == "ana"
    assert isclose(activity.past("bob").pair("ana", NOW + 1), 1)
    assert activity.past("ana").pair("bob", NOW) == 0


def test_what_somebody_did_counts_half_after_45_days() -> None:
    """Whether or not they wrote since."""
    past = _seen((NOW, "rust", "t", "ana"), (NOW + HALF_LIFE_MS, "c", "u", "ana")).past("ana")
    assert isclose(past.all.posts, 1.5)
    shown = _of(past, NOW + 2 * HALF_LIFE_MS, "c")
    assert isclose(shown["posts"], log1p(0.75))
    assert isclose(shown["posts_here"], log1p(0.5))


def test_whoever_is_long_gone_is_not_about() -> None:
    """Ninety days."""
    activity = _seen((NOW, "c", "t", "ana"), (NOW + 5, "c", "t", "bob"))
    assert list(activity.about(NOW + ABOUT_MS)) == ["bob"]


def test_hours_are_those_in_which_one_writes() -> None:
    """Somebody unknown is equally likely at any."""
    at_nine = NOW - NOW % (24 * HOUR) + 9 * HOUR
    posts = [(at_nine + day * 24 * HOUR, "c", str(day), "ana") for day in range(30)]
    past = _seen(*posts).past("ana")
    assert past.at_hour(9) > 1.9 * past.at_hour(10) > past.at_hour(20)
    assert isclose(Activity[str, str]().past("nobody").at_hour(3), 1 / 12)


def test_a_stranger_has_nothing_but_a_long_silence() -> None:
    """All features are there, and none of them is a surprise."""
    shown = _of(Activity[str, str]().past("nobody"), NOW, "c")
    assert tuple(shown) == NAMES
    assert {name for name, value in shown.items() if value > 0} == {"silent", "silent_here", "hour"}


def test_what_they_wrote_of_it_is_looked_at() -> None:
    """And what they answered."""
    past = _seen((NOW, "c", "t", "ana")).past("ana")
    row = features("ana", past, Knowledge(3.0, 1.0, 0.5), Situation("bob", "c", NOW))
    shown = dict(zip(NAMES, row, strict=True))
    assert isclose(shown["wrote_of_it"], log1p(3))
    assert isclose(shown["answered_of_it"], log1p(1))


def test_how_long_one_is_silent_is_told_of_the_channel_and_of_everywhere() -> None:
    """Ninety days at most, as if they had never been there."""
    past = _seen((NOW, "rust", "t", "ana"), (NOW + HOUR, "c", "u", "ana")).past("ana")
    there, later = _of(past, NOW + 2 * HOUR, "rust"), _of(past, NOW + 2 * ABOUT_MS, "rust")
    assert isclose(there["silent"], log1p(60))
    assert isclose(there["silent_here"], log1p(120))
    assert later["silent_here"] == _of(past, NOW, "elsewhere")["silent_here"]


def _of(past: Past[str, str], now_ms: int, channel: str) -> dict[str, float]:
    row = features("ana", past, NOTHING, Situation("bob", channel, now_ms))
    return dict(zip(NAMES, row, strict=True))
