"""Logs told event by event, folded into a store in memory, and read back by what a view asks for.

Whatever a view reads without having asked for it is a KeyError here, as it would be anywhere.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from hobnob_protocol.event import NOTHING_SEEN, Author, Event, Header
from hobnob_protocol.ids import (
    EMPTY_HEAD,
    AccountId,
    ChannelId,
    DeviceId,
    DeviceKey,
    EventId,
    StreamId,
    TargetId,
    channel_stream,
    user_stream,
)
from hobnob_protocol.kind import Body, Fact
from hobnob_protocol.registry import STANDARD
from hobnob_sync import fold
from hobnob_sync.client_engine.reading import Read
from hobnob_sync.fold.cells import CellsView, Overlay
from hobnob_sync.ports import Entry, Key, ReplicaTransaction
from hobnob_sync.testing.memory import MemoryReplicaStore
from hobnob_sync.views.overlay import PENDING_SEQ

ALICE: Final = AccountId(b"a" * 20)
BOB: Final = AccountId(b"b" * 20)
CAROL: Final = AccountId(b"c" * 20)
CHANNEL: Final = ChannelId(b"g" * 16)
GARDEN: Final = channel_stream(CHANNEL)
OWN: Final = user_stream(ALICE)
NOWHERE: Final = TargetId(b"nowhere to find!")


class Tale:
    """What was said, stream by stream; seqs count from 1 in each."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self.facts: list[Fact] = list(facts)
        self.told = len(self.facts)

    def fact(self, account: AccountId, body: Body, stream: StreamId, seq: int) -> Fact:
        """Something said, at a place of one's choice."""
        self.told += 1
        event = EventId(sha256(b"event %d" % self.told).digest())
        kind = STANDARD.of(type(body)).number
        return Fact(stream, seq, seq * 10, event, account, DeviceId(account[:8]), kind, 0, body)

    def tell(self, account: AccountId, body: Body, stream: StreamId = GARDEN) -> TargetId:
        """Somebody says something: its name."""
        seq = 1 + sum(fact.stream == stream for fact in self.facts)
        self.facts.append(self.fact(account, body, stream, seq))
        return self.facts[-1].target

    def wait(self, n: int, account: AccountId, body: Body, stream: StreamId = GARDEN) -> Read:
        """Somebody says something that stays in the outbox as number `n`."""
        return waiting_read(self.fact(account, body, stream, PENDING_SEQ + n))

    def store(self) -> MemoryReplicaStore:
        """A replica that holds it all, folded."""
        store = MemoryReplicaStore()
        store.commit(stored(self.facts))
        return store

    def cells(self, keys: Iterable[Key[object]], stream: StreamId = GARDEN) -> CellsView:
        """What the store answers for one stream."""
        return Overlay(stream, self.store().load(tuple(keys)))


def stored(facts: Iterable[Fact]) -> ReplicaTransaction:
    """The log and the cells of these events, folded in this order."""
    ordered = tuple(facts)
    transaction = ReplicaTransaction()
    for stream in dict.fromkeys(fact.stream for fact in ordered):
        cells = Overlay.fresh(stream)
        for fact in ordered:
            kind = STANDARD.get(fact.kind)
            if fact.stream == stream and kind is not None:
                fold.apply(cells, kind, fact)
        for (noun, key), cell in cells.changes().items():
            transaction.cells[(stream, noun, key)] = cell
    unique = {(fact.stream, fact.seq): fact for fact in ordered}
    for (stream, seq), fact in sorted(unique.items(), key=lambda item: item[0]):
        entry = Entry(seq, fact.at_ms, fact.event, EMPTY_HEAD, b"event")
        transaction.entries.append((stream, entry))
    return transaction


def waiting_read(fact: Fact) -> Read:
    """The event as the outbox would be read; nobody looks at its signature."""
    header = Header(fact.kind, fact.device, 1, 0, NOTHING_SEEN, fact.ts_seconds, bytes(32))
    event = Event(header, b"", b"", b"", b"")
    entry = Entry(fact.seq, fact.at_ms, fact.event, EMPTY_HEAD, b"event")
    author = Author(fact.account, fact.device, DeviceKey(bytes(32)))
    kind = STANDARD.get(fact.kind)
    writes = kind.writes(fact) if kind is not None else ()
    return Read(entry, event, author, fact, kind, "", writes)
