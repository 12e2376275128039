"""What can be asked of a store, and what it answers with.

Every `Key` says what it asks for and carries the type of its answer. A store answers all keys it is
given at once, from one consistent snapshot.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Generic, TypeAlias, TypeVar

from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    PEOPLE,
    AccountId,
    DeviceId,
    EventId,
    Head,
    StreamId,
    TargetId,
)
from hobnob_protocol.kind import Value
from hobnob_protocol.value import value

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@value
class Entry:
    """One event in a log: `event` is its bytes as they travel, `head` the chain's value after."""

    seq: int
    at_ms: int
    event_id: EventId
    head: Head
    event: bytes


@value
class Cell:
    """One folded value and the seq that wrote it."""

    seq: int
    value: Value


@value
class Target:
    """What the hub remembers of an event that others may name.

    `live` is false once it is deleted, erased or hidden; `dead` is true once it is deleted or
    erased; `closed` is true of a poll that is closed. `mentions` are the accounts the event listed
    when first posted; `thread` is the root of the thread it belongs to by now; `title_seq` is where
    the thread under it was titled last, 0 for never.
    """

    seq: int
    account: AccountId
    kind: int
    live: bool
    thread: TargetId | None
    mentions: tuple[AccountId, ...] = ()
    dead: bool = False
    closed: bool = False
    title_seq: int = 0


# Keys: what `load` can be asked for.


@value
class Key(Generic[T_co]):
    """A question to a store whose answer is a `T`."""


@value
class KnownKey(Key["tuple[StreamId, int] | None"]):
    """Where an event is: (stream, seq), or None."""

    event: EventId


@value
class RangeKey(Key["tuple[Entry, ...]"]):
    """Entries of a stream from `first_seq` up: at most `limit` and at most `size_bytes` of event
    bytes, but at least one where there is one."""

    stream: StreamId
    first_seq: int
    limit: int
    size_bytes: int


@value
class HistoryKey(Key["tuple[Entry, ...]"]):
    """Hub: the newest entries of a stream from `first_seq` to just below `before_seq`, by seq: at
    most `limit` and at most `size_bytes` of event bytes, but at least one where there is one."""

    stream: StreamId
    first_seq: int
    before_seq: int
    limit: int
    size_bytes: int


@value
class CellKey(Key["Cell | None"]):
    """One cell."""

    stream: StreamId
    noun: str
    key: bytes


@value
class CellsKey(Key["tuple[tuple[bytes, Cell], ...]"]):
    """All cells of a noun whose key begins with `prefix`, in key order."""

    stream: StreamId
    noun: str
    prefix: bytes


@value
class EachCellKey(Key["Mapping[bytes, Cell]"]):
    """Replica: the cells of a noun at each of `keys`, by key; those that are not there are left
    out. One question for a whole page."""

    stream: StreamId
    noun: str
    keys: tuple[bytes, ...]


@value
class EachCellsKey(Key["Mapping[bytes, tuple[tuple[bytes, Cell], ...]]"]):
    """Replica: the cells of a noun under each of `prefixes`, by prefix, each in key order; prefixes
    under which there is none are left out. One question for a whole page."""

    stream: StreamId
    noun: str
    prefixes: tuple[bytes, ...]


@value
class TargetKey(Key["Target | None"]):
    """Hub: an event that others may name."""

    stream: StreamId
    target: TargetId


@value
class RefusedKey(Key["tuple[EventId, str] | None"]):
    """Hub: what a device was told about a refused push: (event, code)."""

    device: DeviceId
    push_no: int


@value
class ErasedKey(Key[bool]):
    """Hub: was this event erased?"""

    event: EventId


@value
class UnreadKey(Key["tuple[int, int]"]):
    """Hub: live roots of others after `after_seq`, and how many of them mention `account`."""

    stream: StreamId
    account: AccountId
    after_seq: int


@value
class RootsKey(Key["tuple[Entry, ...]"]):
    """Hub: what explains the live messages from `first_seq` to `last_seq` to who holds nothing
    below `before_seq`: the live roots of their threads that lie above `floor`, and where those were
    titled last. The newest first, at most `limit`, without what goes beyond `size_bytes` of event
    bytes."""

    stream: StreamId
    first_seq: int
    last_seq: int
    before_seq: int
    floor: int
    limit: int
    size_bytes: int

    def fitting(self, entries: Iterable[Entry]) -> "tuple[Entry, ...]":
        """Those that fit into `size_bytes`, the first before the others."""
        found: list[Entry] = []
        left_bytes = self.size_bytes
        for entry in entries:
            if len(entry.event) <= left_bytes:
                found.append(entry)
                left_bytes -= len(entry.event)
        return tuple(found)


@value
class SealRecordRow:
    """Hub: the newest seal record of a device, its signature, and what of it the hub looks at."""

    device: DeviceId
    account: AccountId
    not_before_seconds: int
    record: bytes
    signature: bytes


@value
class SealRecordsKey(Key["tuple[SealRecordRow, ...]"]):
    """Hub: the seal records of an account's devices, in the order of their ids."""

    account: AccountId


@value
class ContextKey(Key["tuple[Entry, ...]"]):
    """Replica: thread roots and titles from below the held range, by seq. They are signed events
    that stand in no chain: their heads mean nothing, their seqs are the hub's word."""

    stream: StreamId


@value
class OrphanRow:
    """One event of a log the hub no longer has."""

    stream: StreamId
    seq: int
    at_ms: int
    event_id: EventId
    event: bytes

    @property
    def place(self) -> "OrphanPlace":
        """Where it stands among orphans: by need of its stream (who people are, what they may do,
        what is ours, then what was said), then in its old order."""
        stream = self.stream
        rank = ORPHAN_RANKS.get(stream[:3], 3 if stream[:2] == b"u:" else 4)
        return rank, stream, self.seq, self.event_id


OrphanPlace: TypeAlias = tuple[int, StreamId, int, EventId]
ORPHAN_RANKS: Final = {bytes(PEOPLE): 0, bytes(DIRECTORY): 1, bytes(MODERATION): 2}
ORPHANS_AT_ONCE: Final = 1_024
"""Orphans kept in memory, however many the store holds: some frames' worth."""


@value
class OrphansKey(Key["tuple[OrphanRow, ...]"]):
    """Replica: the orphans after a place, None for the first of all, in the order of their places:
    `ORPHANS_AT_ONCE` and, if there are more, one beyond."""

    after: OrphanPlace | None


class Loaded:
    """The answers to a batch of keys."""

    __slots__ = ("_answers", "_each_cell", "_each_cells")

    def __init__(self, answers: Mapping[Key[object], object]) -> None:
        # Sound by the port's contract: a store answers each key with its own type.
        self._answers: Mapping[Any, Any] = answers
        self._each_cell: dict[tuple[StreamId, str], dict[bytes, Cell | None]] | None = None
        self._each_cells: dict[
            tuple[StreamId, str], dict[bytes, tuple[tuple[bytes, Cell], ...]]
        ] = {}

    def __bool__(self) -> bool:
        """Was anything asked?"""
        return bool(self._answers)

    def get(self, key: Key[T]) -> T:
        """The answer to `key`; KeyError if it was not asked, which is a bug in `needs`."""
        found: T = self._answers[key]
        return found

    def cell(self, stream: StreamId, noun: str, key: bytes) -> Cell | None:
        """One cell, whichever key has asked for it; KeyError if none has."""
        place = self._placed().get((stream, noun))
        if place is not None and key in place:
            return place[key]
        return self.get(CellKey(stream, noun, key))

    def cells(self, stream: StreamId, noun: str, prefix: bytes) -> tuple[tuple[bytes, Cell], ...]:
        """The cells under a prefix, whichever key has asked for them; KeyError if none has."""
        self._placed()
        place = self._each_cells.get((stream, noun))
        if place is not None and prefix in place:
            return place[prefix]
        return self.get(CellsKey(stream, noun, prefix))

    def _placed(self) -> dict[tuple[StreamId, str], dict[bytes, Cell | None]]:
        """What was asked for in pages, laid out once, when it is first looked for."""
        if self._each_cell is not None:
            return self._each_cell
        found = self._each_cell = {}
        for key in self._answers:
            if isinstance(key, EachCellKey):
                place = found.setdefault((key.stream, key.noun), {})
                place.update(dict.fromkeys(key.keys))
                place.update(self.get(key))
            elif isinstance(key, EachCellsKey):
                under = self._each_cells.setdefault((key.stream, key.noun), {})
                under.update(dict.fromkeys(key.prefixes, ()))
                under.update(self.get(key))
        return found

    def merged(self, other: "Loaded") -> "Loaded":
        """The answers of both."""
        return Loaded({**self._answers, **other._answers})

    def has(self, key: Key[object]) -> bool:
        """Was `key` asked?"""
        return key in self._answers

    def has_all(self, keys: Iterable[Key[object]]) -> bool:
        """Were all of them?"""
        return all(map(self._answers.__contains__, keys))
