"""See fewer is a wish that fades, and that can be taken back."""

import pytest

from hobnob_client.feed.fewer import Fewer, Sort, Wishes, left
from tests.client.feed.community import DAY, NOW, talk


@pytest.mark.parametrize(
    ("days", "remains"),
    [(0, 0), (13.9, 0), (14, 0.2), (48, 0.2), (49, 0.4), (84, 0.6), (119, 0.8), (154, 1), (900, 1)],
)
def test_it_hides_for_two_weeks_and_comes_back_in_steps(days: float, remains: float) -> None:
    """A fifth after 14 days, all of it after 140 more."""
    assert left(NOW - round(days * DAY), NOW) == remains


@pytest.mark.parametrize(
    ("sort", "name"), [(Sort.THREAD, "t"), (Sort.CHANNEL, "garden"), (Sort.BEGUN_BY, "bob")]
)
def test_it_is_about_a_thread_a_channel_or_who_begins(sort: Sort, name: str) -> None:
    """And about nothing else."""
    wishes = Wishes((Fewer(sort, name, NOW),), NOW)
    assert wishes.of(talk("t")) == 0
    assert wishes.of(talk("u", channel="kitchen", begun_by="cem")) == 1


def test_the_strongest_wish_counts() -> None:
    """Of several, and of the same said again."""
    old, new = (Fewer(Sort.CHANNEL, "garden", NOW - days * DAY) for days in (60, 20))
    for wishes in ((old, new), (new, old)):
        assert Wishes(wishes, NOW).of(talk("t")) == 0.2
