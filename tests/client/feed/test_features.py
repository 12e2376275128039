"""A thread as numbers."""

from dataclasses import replace

import pytest

from hobnob_client.feed.features import FEATURES, Feature, measure
from hobnob_client.feed.habits import Habits
from hobnob_client.feed.talk import Talk
from tests.client.feed.community import DAY, HOUR, MINUTE, NOW, STRANGER, talk


def number(feature: Feature, of: Talk, habits: Habits = STRANGER, beside: int = 1) -> float:
    """One number of a thread."""
    return measure(of, 0, beside, habits, NOW)[FEATURES.index(feature)]


def test_each_feature_has_one_number() -> None:
    """Also for whoever has never written, where nothing was ever said."""
    assert len(measure(talk("t"), 0, 1, STRANGER, NOW)) == len(FEATURES) == 26


@pytest.mark.parametrize(
    ("feature", "less", "more"),
    [
        (Feature.QUIET, talk("t", last_ms=NOW - MINUTE), talk("t", last_ms=NOW - DAY)),
        (Feature.AGE, talk("t", begun_ms=NOW - HOUR), talk("t", begun_ms=NOW - DAY)),
        (Feature.PEOPLE, talk("t", people=2), talk("t", people=9)),
        (Feature.UNANSWERED, talk("t", people=2), talk("t", people=1)),
        (Feature.HOURS, talk("t", last_two_hours=0), talk("t", last_two_hours=3)),
        (Feature.DAY, talk("t", last_day=1), talk("t", last_day=8)),
        (Feature.PART, talk("t"), talk("t", own=1)),
        (Feature.OWN, talk("t", own=1), talk("t", own=5)),
        (Feature.SINCE_OWN, talk("t", own=1), talk("t", own=1, since_own=4)),
        (Feature.BEGUN, talk("t"), talk("t", mine=True)),
        (Feature.CALLED, talk("t"), talk("t", called=True)),
        (Feature.SEEN, talk("t", people=4), talk("t", people=4, seen=3)),
        (Feature.LENGTH, talk("t", length=3), talk("t", length=900)),
        (Feature.QUESTION, talk("t", question=False), talk("t", question=None)),
        (Feature.QUESTION, talk("t", question=None), talk("t", question=True)),
    ],
)
def test_more_of_it_is_a_larger_number(feature: Feature, less: Talk, more: Talk) -> None:
    """Each feature measures what its name says."""
    assert number(feature, less) < number(feature, more)


def test_a_surprise_is_more_than_the_threads_usual_day() -> None:
    """Ten messages are none where ten a day are usual."""
    begun = NOW - 9 * DAY
    usual = talk("t", begun_ms=begun, last_ms=NOW, said=100, last_day=10)
    assert abs(number(Feature.SURPRISE, usual)) < 0.1
    assert number(Feature.SURPRISE, replace(usual, said=20)) > 1
    assert number(Feature.SURPRISE, replace(usual, last_day=0)) < -1


def test_habits_draw_to_channels_and_people() -> None:
    """Where one writes more than others do, whom one answers, who answers one."""
    habits = Habits(
        NOW - DAY, 10, {"garden": 9}, {"garden": NOW - HOUR}, {"bob": 3}, {"cem": 2}, said=100,
        said_in={"garden": 20, "kitchen": 80},
    )  # fmt: skip
    mine = talk("t", last_by="cem")
    other = talk("t", channel="kitchen", begun_by="eve", last_by="eve")
    for feature in (Feature.CHANNEL, Feature.ANSWERS_ME, Feature.I_ANSWER):
        assert number(feature, mine, habits) > number(feature, other, habits)
    assert number(Feature.CHANNEL_IDLE, mine, habits) < number(Feature.CHANNEL_IDLE, other, habits)
    assert number(Feature.CHANNEL_OWN, mine, habits) > 0
    assert number(Feature.CHANNEL_OWN, other, habits) == 0
    assert number(Feature.CHANNEL, mine) == number(Feature.CHANNEL, other) == 0


def test_what_one_writes_in_a_channel_is_spread_over_its_threads() -> None:
    """The more go on in it, the less is for each."""
    alone, among_many = (number(Feature.CHANNEL_THREADS, talk("t"), beside=n) for n in (1, 40))
    assert alone == 0 < among_many


def test_who_likes_to_answer_first_is_drawn_to_what_waits() -> None:
    """And only to that."""
    first, late = Habits(joined=9, joined_first=8), Habits(joined=9, joined_first=1)
    waits, goes_on = talk("t"), talk("t", people=2)
    assert number(Feature.FIRST, waits, first) > 0 > number(Feature.FIRST, waits, late)
    assert number(Feature.FIRST, waits) == number(Feature.FIRST, goes_on, first) == 0


def test_people_whom_one_answers_draw_wherever_they_write() -> None:
    """All who wrote lately."""
    habits = Habits(answers={"cem": 3, "eve": 1})
    with_both = talk("t", latest=("eve", "cem", "bob"))
    with_one = talk("t", latest=("eve", "bob"))
    assert number(Feature.KNOWN, with_both, habits) > number(Feature.KNOWN, with_one, habits) > 0
    assert number(Feature.KNOWN, with_both) == 0


def test_fresh_is_what_came_since_one_wrote() -> None:
    """Anywhere."""
    before, after = Habits(NOW - 2 * HOUR), Habits(NOW - MINUTE)
    assert number(Feature.FRESH, talk("t"), before) == 1
    assert number(Feature.FRESH, talk("t"), after) == 0


def test_a_clock_that_lags_breaks_nothing() -> None:
    """What was said in what is the future here was said now."""
    ahead = talk("t", begun_ms=NOW + DAY, last_ms=NOW + DAY)
    assert number(Feature.QUIET, ahead) == number(Feature.AGE, ahead) == 0
