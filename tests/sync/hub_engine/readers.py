"""Somebody who follows what somebody says, and what the hub sends to them."""

from hobnob_protocol.frames import BackPage, Frame, Open, Page
from hobnob_protocol.ids import StreamId
from tests.sync.hub_engine.scene import Hub, Member


def two() -> tuple[Hub, Member, Member]:
    """A hub, who talks, and who follows the first channel there."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    hub.follow(bob, hub.general)
    hub.sent(bob.conn)
    return hub, alice, bob


def seqs(frames: list[Frame]) -> list[int]:
    """The first seq of each page."""
    return [frame.first_seq for frame in frames if isinstance(frame, Page | BackPage)]


def opening(hub: Hub, member: Member, *streams: StreamId) -> Open:
    """A wish for these streams, from where the member stands."""
    return Open(tuple(hub.open_stream(member, stream) for stream in streams))
