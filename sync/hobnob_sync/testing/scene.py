"""The few names and values that every check of a store is told with."""

from collections.abc import Callable
from hashlib import sha256
from typing import Final

from hobnob_protocol.errors import HobnobError
from hobnob_protocol.ids import (
    AccountId,
    ChannelId,
    DeviceId,
    EventId,
    Head,
    StreamId,
    TargetId,
    channel_stream,
)
from hobnob_sync.keys import (
    CellKey,
    CellsKey,
    EachCellKey,
    EachCellsKey,
    Entry,
    Key,
    KnownKey,
    RangeKey,
)
from hobnob_sync.ports import EventStore, ReplicaStore

GARDEN: Final = channel_stream(ChannelId(b"g" * 16))
CELLAR: Final = channel_stream(ChannelId(b"c" * 16))
ALICE: Final = AccountId(b"a" * 20)
BOB: Final = AccountId(b"b" * 20)
LAPTOP: Final = DeviceId(b"laptop!!")
ALL: Final = 1 << 50
"""More than there is of anything."""


def entry(seq: int, word: str = "") -> Entry:
    """Some event at `seq`; `word` tells events of one seq apart."""
    name = f"{seq}{word}".encode()
    event = EventId(sha256(name).digest())
    return Entry(seq, seq * 10, event, Head(sha256(b"head" + name).digest()), b"event " + name)


def target(seq: int) -> TargetId:
    """The name of the event at `seq`."""
    return TargetId(entry(seq).event_id[:16])


NOTHING: Final[tuple[tuple[Key[object], object], ...]] = (
    (KnownKey(entry(1).event_id), None),
    (RangeKey(GARDEN, 1, 10, ALL), ()),
    (CellKey(GARDEN, "noun", b"key"), None),
    (CellsKey(GARDEN, "noun", b""), ()),
    (EachCellKey(GARDEN, "noun", (b"key", b"other")), {}),
    (EachCellsKey(GARDEN, "noun", (b"", b"key")), {}),
)
"""What an empty store answers."""


def entries_of(
    store: EventStore | ReplicaStore,
    first: int = 1,
    limit: int = ALL,
    size_bytes: int = ALL,
    stream: StreamId = GARDEN,
) -> tuple[Entry, ...]:
    """A range of the garden's log."""
    key = RangeKey(stream, first, limit, size_bytes)
    return store.load((key,)).get(key)


def refuses(error: type[HobnobError], act: Callable[[], object]) -> None:
    """`act` raises that very error."""
    try:
        act()
    except error:
        return
    raise AssertionError(f"{error.__name__} was expected")
