"""What a member without a screen sees: all of it out of their replica."""

from typing import TypeVar

from hobnob_protocol import nouns
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    AccountId,
    EventId,
    StreamId,
    user_stream,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine.engine import ClientEngine
from hobnob_sync.keys import CellsKey, RangeKey
from hobnob_sync.testing.memory import MemoryReplicaStore

B = TypeVar("B", bound=Body)


class Sight:
    """Of one replica, whose engine runs beside it."""

    account: AccountId
    engine: ClientEngine
    store: MemoryReplicaStore

    def channels(self) -> dict[str, StreamId]:
        """The public channels by name."""
        key = CellsKey(DIRECTORY, nouns.CHANNEL, b"")
        found = self.store.load([key]).get(key)
        return {
            str(cell.value): StreamId(b"c:" + name[:16])
            for name, cell in found
            if name[16:] == b"name"
        }

    def channel(self, name: str) -> StreamId:
        """A public channel's stream."""
        return self.channels()[name]

    def holds(self, stream: StreamId) -> bool:
        """Is the stream in this replica, up to date as far as was announced?"""
        row = self.engine.state.streams.get(stream)
        return row is not None and row.hi >= row.head_seq

    def texts(self, channel: str = "general") -> list[str]:
        """All posts of a channel that this replica holds, in order; none before it knows of it."""
        stream = self.channels().get(channel)
        return [] if stream is None else [body.text for body in self.bodies(stream, Post)]

    def bodies(self, stream: StreamId, kind: type[B]) -> list[B]:
        """The bodies of one kind that this replica holds of a stream, in order."""
        key = RangeKey(stream, 1, 1_000_000, 1 << 40)
        found = [decode_event(entry.event) for entry in self.store.load([key]).get(key)]
        decoded = [STANDARD.decode(event.header.kind, event.body) for event in found if event.body]
        return [body for body in decoded if isinstance(body, kind)]

    def events(self, stream: StreamId) -> list[EventId]:
        """The ids of all events that this replica holds of a stream, in order."""
        key = RangeKey(stream, 1, 1_000_000, 1 << 40)
        return [entry.event_id for entry in self.store.load([key]).get(key)]

    def heads(self) -> dict[StreamId, tuple[int, bytes]]:
        """Where each stream stands here."""
        return {row.stream: (row.hi, row.head) for row in self.engine.state.streams.values()}

    @property
    def moderates(self) -> bool:
        """Does it read the moderators' stream?"""
        return MODERATION in self.engine.state.streams

    @property
    def own_stream(self) -> StreamId:
        """What only this member's devices read."""
        return user_stream(self.account)
