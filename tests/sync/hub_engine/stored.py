"""What a hub's process has on its disk, as a story asks for it."""

from typing import TypeVar

from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import (
    EMPTY_HEAD,
    Head,
    StreamId,
    TargetId,
)
from hobnob_protocol.kind import Body, Value
from hobnob_sync.ports import CellKey, Entry, Target, TargetKey
from tests.sync.hub_engine.process import Process

B = TypeVar("B", bound=Body)


class Stored(Process):
    """A process whose store can be read."""

    @property
    def general(self) -> StreamId:
        """The channel everybody is put into."""
        return self.engine.state.names["general"]

    def log(self, stream: StreamId) -> tuple[Entry, ...]:
        """What the store holds of a stream."""
        held = self.store.logs.get(stream)
        return () if held is None else tuple(held.entries)

    def bodies(self, stream: StreamId, kind: type[B]) -> list[B]:
        """The bodies of one kind that a stream holds, in order."""
        events = [decode_event(entry.event) for entry in self.log(stream)]
        found = [
            self.registry.decode(event.header.kind, event.body) for event in events if event.body
        ]
        return [body for body in found if isinstance(body, kind)]

    def target(self, stream: StreamId, target: TargetId) -> Target:
        """What is remembered of a message."""
        key = TargetKey(stream, target)
        found = self.store.load([key]).get(key)
        assert found is not None
        return found

    def head(self, stream: StreamId, seq: int) -> Head:
        """The head of a stream at a place."""
        return self.log(stream)[seq - 1].head if seq else EMPTY_HEAD

    def cell(self, stream: StreamId, noun: str, key: bytes) -> Value:
        """A cell's value as the store holds it, None without one."""
        found = self.store.load([CellKey(stream, noun, key)]).get(CellKey(stream, noun, key))
        return None if found is None else found.value
