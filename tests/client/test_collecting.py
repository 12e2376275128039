"""Garbage is looked for seldom in a program of ours."""

import gc
from collections.abc import Iterator

import pytest

from hobnob_client.collecting import COLLECT_OBJECTS, collect_seldom


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Other tests find the collector as it was."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_what_a_transaction_makes_is_not_looked_at() -> None:
    """The threshold is ours, and what is loaded by now is left alone."""
    collect_seldom()
    assert gc.get_threshold()[0] == COLLECT_OBJECTS
    assert gc.get_freeze_count() > 0
