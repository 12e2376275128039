"""Random transactions of a replica that no store may refuse, and questions about what they left."""

from typing import Final

from hobnob_protocol.ids import EventId, GrantId, Head, StreamId
from hobnob_sync.gapless import Run
from hobnob_sync.keys import (
    CellKey,
    CellsKey,
    ContextKey,
    EachCellKey,
    EachCellsKey,
    Entry,
    Key,
    KnownKey,
)
from hobnob_sync.ports import OrphanRow, OutboxRow, ReplicaStream, ReplicaTransaction, TrayRow
from hobnob_sync.testing.draws import Draws
from hobnob_sync.testing.hub_story import (
    ALL_NOUNS,
    KEYS,
    STREAMS,
    all_about_shelves,
    draw_cells,
    draw_entry,
    draw_meta,
    draw_range,
)
from hobnob_sync.testing.memory import MemoryReplicaStore


class ReplicaStory:
    """Each `next` is a transaction that was committed to `model`, a store in memory, as well."""

    def __init__(self, seed: int) -> None:
        self.draws: Final = Draws(seed)
        self.model: Final = MemoryReplicaStore()
        self.runs: Final[dict[StreamId, Run]] = {}
        """What is held of each stream of which anything is."""
        self._events: list[EventId] = [EventId(bytes(32))]

    def next(self) -> ReplicaTransaction:
        """The next transaction, committed to the model already."""
        draws = self.draws
        transaction = ReplicaTransaction()
        if draws.one_in(10):
            self._purge(transaction, draws.choice(STREAMS))
        if draws.one_in(8):
            self._orphan(transaction, draws.choice(STREAMS))
        for _ in range(draws.below(3)):
            self._page(transaction, draws.choice(STREAMS))
        draw_cells(draws, transaction.cells)
        self._rows(transaction)
        draw_meta(draws, transaction.meta)
        self.model.commit(transaction)
        return transaction

    def _purge(self, transaction: ReplicaTransaction, stream: StreamId) -> None:
        transaction.purges.append(stream)
        self.runs.pop(stream, None)

    def _orphan(self, transaction: ReplicaTransaction, stream: StreamId) -> None:
        lo, hi = self.runs.pop(stream, (1, 0))
        above = max(0, lo - 1 + self.draws.below(hi - lo + 3))
        transaction.orphaned.append((stream, above))
        if min(hi, above) >= lo:
            self.runs[stream] = (lo, min(hi, above))

    def _page(self, transaction: ReplicaTransaction, stream: StreamId) -> None:
        draws = self.draws
        count = 1 + draws.below(4)
        if stream not in self.runs:
            lo = 1 + draws.below(20)
            seqs = range(lo, lo + count)
            self.runs[stream] = (lo, lo + count - 1)
        elif draws.one_in(3):
            lo, hi = self.runs[stream]
            seqs = range(max(1, lo - count), lo)
            self.runs[stream] = (seqs.start, hi)
        else:
            lo, hi = self.runs[stream]
            seqs = range(hi + 1, hi + 1 + count)
            self.runs[stream] = (lo, hi + count)
        for seq in seqs:
            entry = draw_entry(draws, seq)
            self._events.append(entry.event_id)
            transaction.entries.append((stream, entry))
        lo, hi = self.runs[stream]
        if draws.one_in(3):
            transaction.strips.append((stream, lo + draws.below(hi - lo + 1), draws.bytes(3)))
        transaction.streams[stream] = ReplicaStream(
            stream,
            STREAMS.index(stream),
            GrantId(draws.bytes(8)),
            draws.below(9),
            lo,
            hi,
            Head(draws.bytes(32)),
            Head(draws.bytes(32)),
            draws.below(99),
            draws.below(99),
            draws.below(99),
        )

    def _rows(self, transaction: ReplicaTransaction) -> None:
        draws = self.draws
        stream, event = draws.choice(STREAMS), draws.choice(self._events)
        seq, gone = draws.below(5), draws.one_in(3)
        if draws.one_in(2):
            row = OutboxRow(seq, draws.below(9), stream, event, draws.bytes(9), "acked", seq)
            transaction.outbox[seq] = None if gone else row
        if draws.one_in(3):
            tray = TrayRow(seq, stream, event, draws.bytes(9), "gone")
            transaction.tray[seq] = None if gone else tray
        if draws.one_in(3):
            orphan = OrphanRow(stream, seq, draws.below(99), event, draws.bytes(9))
            transaction.orphans[event] = None if gone else orphan
        if draws.one_in(9):
            transaction.unoffered.append(draws.choice(STREAMS))
        if draws.one_in(4):
            entry: Entry = draw_entry(draws, draws.choice((seq, 50 + seq)))
            transaction.context.append((stream, entry))
            if draws.one_in(3):
                transaction.strips.append((stream, 50 + draws.below(5), draws.bytes(3)))

    # Asking.

    def questions(self) -> list[Key[object]]:
        """Some questions, also about what is not there."""
        draws = self.draws
        stream = draws.choice(STREAMS)
        return [
            KnownKey(draws.choice(self._events)),
            draw_range(draws, stream),
            CellKey(stream, draws.choice(ALL_NOUNS), draws.choice(KEYS)),
            CellsKey(stream, draws.choice(ALL_NOUNS), draws.choice(KEYS)),
            EachCellKey(stream, draws.choice(ALL_NOUNS), KEYS),
            EachCellsKey(stream, draws.choice(ALL_NOUNS), KEYS),
            ContextKey(stream),
        ]

    def every_question(self) -> list[Key[object]]:
        """Questions about all there is."""
        context = [ContextKey(stream) for stream in STREAMS]
        return [*all_about_shelves(STREAMS, self._events), *context]
