"""Threads whose roots lie below what a member opens, and what goes along with it."""

from hobnob_protocol.frames import Page, Placed
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.kinds.messages import Post
from tests.sync.hub_engine.scene import Hub, Member


def thread(hub: Hub, member: Member, stream: StreamId, between: int = 60) -> tuple[TargetId, int]:
    """A root, so many posts after it, a reply: the name of the root, and its seq."""
    root = hub.told(member, stream, Post("root"))
    seq = len(hub.log(stream))
    for start in range(0, between, 60):
        hub.fill(member, stream, min(60, between - start))
    hub.told(member, stream, Post("reply", root))
    return root, seq


def placed(hub: Hub, stream: StreamId, *seqs: int) -> tuple[Placed, ...]:
    """Events of a log as they travel beside a page."""
    entries = [hub.log(stream)[seq - 1] for seq in seqs]
    return tuple(Placed(entry.seq, entry.at_ms, entry.event) for entry in entries)


def tail(hub: Hub, member: Member, stream: StreamId, count: int = 50) -> Page:
    """The one page of a tail that a member opens."""
    hub.open(member, hub.open_stream(member, stream, tail=count))
    hub.rest()
    (page,) = hub.take(member, Page)
    return page
