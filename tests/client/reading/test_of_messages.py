"""Which message a name means."""

from collections.abc import Iterator

import pytest

from hobnob.testing import Community
from hobnob_protocol.ids import target_of
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.reactions import React


@pytest.fixture
def community() -> Iterator[Community]:
    """Time begins at 0."""
    with Community() as fresh:
        yield fresh


@pytest.mark.parametrize("online", [True, False])
def test_a_message_is_named_by_the_beginning_of_its_id_or_all_of_it(
    community: Community, online: bool
) -> None:
    """In either case, of an odd or even length; also while it waits. Nothing of another id."""
    ada = community.user("ada")
    if not online:
        ada.cut()
    stream = ada.stream("general")
    event = ada.seat.say(stream, Post("hello")).event_id
    community.settle()
    name, target = event.hex(), target_of(event)
    reader = ada.seat.reader
    for letters in (4, 7, 31, 32, 33, 63, 64):
        assert reader.target(stream, name[:letters]) == target
    assert reader.target(stream, name.upper()) == target
    other = "0" if name[-1] != "0" else "1"
    assert reader.target(stream, name[:-1] + other) is None
    for nothing in ("", name[:3], name + "0", "nonesuch"):
        assert reader.target(stream, nothing) is None


def test_only_messages_are_named(community: Community) -> None:
    """Not what acts upon one."""
    ada = community.user("ada")
    stream = ada.stream("general")
    said = ada.seat.say(stream, Post("hello")).event_id
    given = ada.seat.say(stream, React(target_of(said), "🎉", True)).event_id
    community.settle()
    assert ada.seat.reader.target(stream, given.hex()[:16]) is None
    assert ada.seat.reader.target(stream, given.hex()) is None
