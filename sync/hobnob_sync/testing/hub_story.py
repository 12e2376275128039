"""Random transactions of a hub that no store may refuse, and questions about what they left."""

from dataclasses import replace
from typing import Final

from hobnob_protocol.ids import (
    DIRECTORY,
    AccountId,
    ChannelId,
    DeviceId,
    Epoch,
    EventId,
    Head,
    ReplicaId,
    StreamId,
    TargetId,
    channel_stream,
)
from hobnob_protocol.kind import Value
from hobnob_sync.keys import (
    Cell,
    CellKey,
    CellsKey,
    Entry,
    ErasedKey,
    HistoryKey,
    Key,
    KnownKey,
    RangeKey,
    RefusedKey,
    RootsKey,
    SealRecordRow,
    SealRecordsKey,
    Target,
    TargetKey,
    UnreadKey,
)
from hobnob_sync.ports import DeviceRow, HubTransaction, LineageRow, StreamRow
from hobnob_sync.testing.draws import Draws
from hobnob_sync.testing.memory import MemoryEventStore

STREAMS: Final = (
    DIRECTORY,
    *(channel_stream(ChannelId(bytes((n,)) * 16)) for n in (0, 7, 255)),
)
NOUNS: Final = frozenset({"role", "grant"})
"""What a boot is asked for; other cells have other nouns."""
ALL_NOUNS: Final = ("message", "role", "grant", "reaction")
# Few bytes, with both ends among them, make keys that are prefixes and neighbours of each other.
KEYS: Final = tuple(
    bytes(key)
    for size in (0, 1, 2, 3)
    for key in ((0,) * size, (255,) * size, (97,) * size, (97, 255, 0)[:size], (97, 98, 255)[:size])
)
ACCOUNTS: Final = tuple(AccountId(bytes((n,)) * 20) for n in range(4))
DEVICES: Final = tuple(DeviceId(bytes((n,)) * 8) for n in range(3))


class HubStory:
    """Each `next` is a transaction that was committed to `model`, a store in memory, as well."""

    def __init__(self, seed: int) -> None:
        self.draws: Final = Draws(seed)
        self.model: Final = MemoryEventStore()
        self._last: dict[StreamId, int] = {}
        self._events: list[EventId] = [EventId(bytes(32))]
        self._targets: dict[tuple[StreamId, TargetId], Target] = {}

    def next(self) -> HubTransaction:
        """The next transaction, committed to the model already."""
        draws = self.draws
        transaction = HubTransaction()
        for _ in range(draws.below(4)):
            self._post(transaction, draws.choice(STREAMS))
        draw_cells(draws, transaction.cells)
        if self._targets and draws.one_in(2):
            place = draws.choice(list(self._targets))
            self._change(transaction, place)
        device = draws.choice(DEVICES)
        if draws.one_in(2):
            row = DeviceRow(device, draws.below(100), ReplicaId(draws.bytes(8)))
            transaction.devices[device] = row
        if draws.one_in(3):
            refused = (device, draws.below(5), draws.choice(self._events), "gone")
            transaction.refused.append(refused)
        if draws.one_in(4):
            transaction.erased.append(draws.choice(self._events))
        if draws.one_in(2):
            transaction.seal_records[device] = self._seal_record(device)
        if draws.one_in(8):
            transaction.lineage = self._lineage()
        draw_meta(draws, transaction.meta)
        self.model.commit(transaction)
        return transaction

    def _post(self, transaction: HubTransaction, stream: StreamId) -> None:
        draws = self.draws
        seq = self._last[stream] = self._last.get(stream, 0) + 1
        entry = draw_entry(draws, seq)
        transaction.entries.append((stream, entry))
        self._events.append(entry.event_id)
        number = STREAMS.index(stream) + 1
        transaction.streams[stream] = StreamRow(
            stream, number, seq, entry.head, entry.at_ms, draws.below(seq + 1), draws.below(1 << 42)
        )
        target = TargetId(entry.event_id[:16])
        account = draws.choice(ACCOUNTS)
        mentions = tuple(one for one in ACCOUNTS if draws.one_in(3))
        thread = draws.choice((None, target, TargetId(draws.bytes(16))))
        if draws.one_in(2) and self._targets:
            thread = draws.choice(list(self._targets))[1]
        row = Target(seq, account, draws.below(40), not draws.one_in(5), thread, mentions)
        transaction.targets[(stream, target)] = self._targets[(stream, target)] = row

    def _change(self, transaction: HubTransaction, place: tuple[StreamId, TargetId]) -> None:
        draws = self.draws
        row = replace(
            self._targets[place],
            live=draws.one_in(2),
            dead=draws.one_in(2),
            closed=draws.one_in(2),
            title_seq=draws.below(self._last[place[0]] + 1),
        )
        transaction.targets[place] = self._targets[place] = row
        if row.dead:
            transaction.strips.append((place[0], row.seq, draws.bytes(5)))

    def _seal_record(self, device: DeviceId) -> SealRecordRow | None:
        draws = self.draws
        if draws.one_in(4):
            return None
        account = draws.choice(ACCOUNTS)
        record, signature = draws.bytes(draws.below(9)), draws.bytes(64)
        return SealRecordRow(device, account, draws.below(1 << 53), record, signature)

    def _lineage(self) -> list[LineageRow]:
        draws = self.draws
        return [
            LineageRow(
                Epoch(bytes((place,)) * 8),
                tuple(
                    (stream, draws.below(9), Head(draws.bytes(32)))
                    for stream in STREAMS
                    if draws.one_in(2)
                ),
            )
            for place in range(draws.below(3))
        ]

    # Asking.

    def questions(self) -> list[Key[object]]:
        """Some questions, also about what is not there."""
        draws = self.draws
        stream, device = draws.choice(STREAMS), draws.choice(DEVICES)
        event = draws.choice(self._events)
        return [
            KnownKey(event),
            ErasedKey(event),
            draw_range(draws, stream),
            CellKey(stream, draws.choice(ALL_NOUNS), draws.choice(KEYS)),
            CellsKey(stream, draws.choice(ALL_NOUNS), draws.choice(KEYS)),
            TargetKey(stream, TargetId(event[:16])),
            RefusedKey(device, draws.below(5)),
            UnreadKey(stream, draws.choice(ACCOUNTS), draws.below(20)),
            SealRecordsKey(draws.choice(ACCOUNTS)),
            draw_roots(draws, stream),
            draw_history(draws, stream),
        ]

    def every_question(self) -> list[Key[object]]:
        """Questions about all there is."""
        found: list[Key[object]] = [
            *all_about_shelves(STREAMS, self._events),
            *(ErasedKey(event) for event in self._events),
            *(TargetKey(*place) for place in self._targets),
            *(SealRecordsKey(account) for account in ACCOUNTS),
            *(RefusedKey(device, push_no) for device in DEVICES for push_no in range(5)),
        ]
        for stream in STREAMS:
            for account in ACCOUNTS:
                found += (UnreadKey(stream, account, seq) for seq in (-1, 0, 3, 10, 1000))
            found.append(RootsKey(stream, 1, 1 << 50, 1 << 50, 0, 1 << 50, 1 << 50))
            found += (draw_roots(self.draws, stream) for _ in range(5))
        return found


# What both sorts of store are told and asked.


def draw_entry(draws: Draws, seq: int) -> Entry:
    """Some event at `seq`, the only one of its id."""
    event_id, head = EventId(draws.bytes(32)), Head(draws.bytes(32))
    return Entry(seq, draws.below(1 << 42), event_id, head, draws.bytes(1 + draws.below(32)))


def draw_value(draws: Draws, depth: int = 0) -> Value:
    """Some value of a cell."""
    sort = draws.below(7 if depth < 3 else 6)
    if sort == 6:
        return tuple(draw_value(draws, depth + 1) for _ in range(draws.below(4)))
    plain: tuple[Value, ...] = (None, True, False, draws.below(1 << 60) - (1 << 59))
    texts: tuple[Value, ...] = (draws.bytes(draws.below(33)), draws.bytes(4).hex() + "ü\0")
    return (draws.choice(plain), *plain[:3], *texts)[sort]


def draw_cells(draws: Draws, cells: dict[tuple[StreamId, str, bytes], Cell | None]) -> None:
    """Write and remove a few cells."""
    for _ in range(draws.below(8)):
        place = (draws.choice(STREAMS), draws.choice(ALL_NOUNS), draws.choice(KEYS))
        gone = draws.one_in(3)
        cells[place] = None if gone else Cell(draws.below(1 << 40), draw_value(draws))


def draw_meta(draws: Draws, meta: dict[str, bytes]) -> None:
    """Write a small value, or remove one."""
    if draws.one_in(3):
        meta[draws.choice(("epoch", "name", "ü"))] = draws.bytes(draws.below(3))


def draw_range(draws: Draws, stream: StreamId) -> RangeKey:
    """Some part of a log."""
    return RangeKey(stream, draws.below(12), draws.below(12), draws.below(200))


def draw_history(draws: Draws, stream: StreamId) -> HistoryKey:
    """What a part of a log ends with."""
    first = draws.below(12)
    return HistoryKey(stream, first, first + draws.below(12), draws.below(12), draws.below(200))


def draw_roots(draws: Draws, stream: StreamId) -> RootsKey:
    """What some part of a log refers to."""
    first = draws.below(30)
    seqs = (first, first + draws.below(30), 1 + draws.below(40), draws.below(6))
    return RootsKey(stream, *seqs, 1 + draws.below(9), draws.below(200))


def all_about_shelves(streams: tuple[StreamId, ...], events: list[EventId]) -> list[Key[object]]:
    """Questions about all logs and cells."""
    return [
        *(KnownKey(event) for event in events),
        *(RangeKey(stream, 0, 1 << 50, 1 << 50) for stream in streams),
        *(CellKey(stream, noun, key) for stream in streams for noun in ALL_NOUNS for key in KEYS),
        *(CellsKey(stream, noun, key) for stream in streams for noun in ALL_NOUNS for key in KEYS),
    ]
