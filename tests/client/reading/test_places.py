"""Places in a log, as a member's own replica has them."""

from collections.abc import Iterator

import pytest

from hobnob.testing import Community
from hobnob_protocol.ids import DIRECTORY, ChannelId, channel_stream

NOWHERE = channel_stream(ChannelId(bytes(16)))


@pytest.fixture
def community() -> Iterator[Community]:
    """Time begins at 0."""
    with Community() as fresh:
        yield fresh


def test_a_moment_falls_before_the_first_event_that_is_not_older(community: Community) -> None:
    """Found in any log by its time: before it, at it, between two, beyond the last."""
    ada = community.user("ada")
    stream = ada.stream("general")
    for _ in range(5):
        community.wait(10)
        ada.say("hello")
    reader = ada.seat.reader
    row = reader.held(stream)
    assert row is not None
    for seq in range(row.lo, row.hi + 1):
        entry = reader.entry(stream, seq)
        assert entry is not None
        assert reader.first_since(stream, entry.at_ms) == seq
        assert reader.first_since(stream, entry.at_ms + 1) == seq + 1
    assert reader.first_since(stream, 0) == row.lo


def test_where_nothing_is_held_nothing_stands(community: Community) -> None:
    """Neither beyond the end of a log nor in one that is not ours."""
    ada = community.user("ada")
    assert ada.seat.reader.entry(ada.stream("general"), 100) is None
    assert ada.seat.reader.entry(NOWHERE, 1) is None
    assert ada.seat.reader.first_since(NOWHERE, 0) == 1


def test_a_stream_is_ours_since_it_was_granted(community: Community) -> None:
    """The grant in one's own stream says when; what needs no grant has none."""
    community.user("ada")
    community.wait(10)
    ben = community.user("ben")
    reader = ben.seat.reader
    stream = ben.stream("general")
    joined = reader.first_since(stream, reader.granted_ms(stream) or 0)
    entry = reader.entry(stream, joined)
    assert entry is not None
    assert entry.at_ms == reader.granted_ms(stream)
    assert reader.granted_ms(DIRECTORY) is None


def test_a_role_is_the_hubs(community: Community) -> None:
    """Whoever was given none is a member."""
    ada = community.user("ada")
    assert ada.seat.reader.role(ada.account) == "member"
