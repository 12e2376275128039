"""For pytest: the fixture `community`."""

from collections.abc import Iterator

import pytest

from hobnob.testing import Community


@pytest.fixture
def community() -> Iterator[Community]:
    """A hub with the channel #general and nobody in it, of its own for each test."""
    with Community() as fresh:
        yield fresh
