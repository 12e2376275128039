"""Whoever needs help in the demo world finds more than the loudest five."""

import re
from collections import Counter

import pytest

from hobnob.demo.world import Need
from tests.hobnob.demo import HANDLES, MESSAGES, WORLD

LOUDEST = {by for by, _ in Counter(message.by for message in MESSAGES.values()).most_common(5)}
SMALL = {"with", "from", "that", "only", "over", "into", "it's", "this", "than", "they", "its"}


def content(text: str) -> set[str]:
    """The words of a text that carry its meaning, roughly without their endings."""
    found = re.findall(r"[a-z0-9]+", text.lower())
    return {re.sub(r"(ing|ed|s)$", "", word) for word in found if len(word) > 2} - SMALL


def test_the_five_loudest_are_no_tie() -> None:
    """The sixth writes less than the fifth, so that who is meant is clear."""
    counts = [n for _, n in Counter(m.by for m in MESSAGES.values()).most_common(6)]
    assert counts[4] > counts[5]


def test_there_are_twelve_needs() -> None:
    """Each asked once."""
    assert len({need.text for need in WORLD.needs}) == len(WORLD.needs) >= 12


@pytest.mark.parametrize("need", WORLD.needs, ids=lambda need: need.text)
def test_a_need_finds_three_quieter_people(need: Need) -> None:
    """Each with messages of their own that speak of it."""
    helpers = [handle for handle, _ in need.helpers]
    assert set(helpers) <= HANDLES
    assert len(set(helpers) - LOUDEST) >= 3
    for handle, shown in need.helpers:
        assert shown
        for id in shown:
            assert MESSAGES[id].by == handle, id
            assert content(need.text) & content(MESSAGES[id].text), id


def test_needs_are_met_by_many() -> None:
    """Not the same three for everything."""
    assert len({handle for need in WORLD.needs for handle, _ in need.helpers}) >= 15


def test_who_helps_with_most_comes_first() -> None:
    """Everybody who helps with anything, once."""
    counted = Counter(handle for need in WORLD.needs for handle, _ in need.helpers)
    helpers = WORLD.helpers()
    assert sorted(helpers) == sorted(counted)
    assert [counted[handle] for handle in helpers] == sorted(counted.values(), reverse=True)
