"""Habits fade."""

import pytest

from hobnob_client.feed.decay import HALF_LIFE_MS, Fading

BEGIN_MS = 1_000_000


def test_a_count_halves_in_its_half_life() -> None:
    """And what is added then counts whole."""
    count = Fading()
    for _ in range(4):
        count.add(BEGIN_MS)
    assert count.now(BEGIN_MS + HALF_LIFE_MS) == pytest.approx(2)
    count.add(BEGIN_MS + HALF_LIFE_MS)
    assert count.now(BEGIN_MS + HALF_LIFE_MS) == pytest.approx(3)
    assert count.now(BEGIN_MS + 2 * HALF_LIFE_MS) == pytest.approx(1.5)


def test_a_moment_before_the_last_adds_nothing() -> None:
    """Clocks differ; a count does not grow by that."""
    count = Fading(2.0, BEGIN_MS)
    assert count.now(BEGIN_MS - HALF_LIFE_MS) == 2
