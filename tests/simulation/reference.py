"""The slow and simple truth: a whole log of the hub, folded anew, and what is unread in it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from hobnob_protocol import nouns
from hobnob_protocol.codec import decode
from hobnob_protocol.ids import AccountId, DeviceKey, EventId, StreamId
from hobnob_protocol.kind import Fact
from hobnob_protocol.registry import STANDARD, Registry
from hobnob_sync import fold
from hobnob_sync.fold.cells import CellsView, Overlay
from hobnob_sync.hub_engine import judging
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.ports import Cell, Entry, EventStore
from tests.simulation.stores import entries_of

Cells = dict[tuple[str, bytes], Cell]


def first_key(link: bytes) -> DeviceKey:
    """The device key a genesis link begins with."""
    payload = cast("tuple[object, ...]", decode(link))[5]
    return cast("tuple[DeviceKey, ...]", payload)[0]


def fold_onto(state: HubState, stream: StreamId, cells: Overlay, entry: Entry) -> None:
    """Fold one entry, by what the hub knows of accounts and today's clients of kinds."""
    found = judging.read(state, STANDARD, stream, entry.event)
    if found.kind is None or found.author is None or found.event is None:
        return
    header = found.event.header
    fact = Fact(
        stream,
        entry.seq,
        entry.at_ms,
        entry.event_id,
        found.author.account,
        found.author.device,
        header.kind,
        header.ts_seconds,
        found.body,
    )
    fold.apply(cells, found.kind, fact)


def fold_log(state: HubState, stream: StreamId, entries: Iterable[Entry]) -> Cells:
    """The cells of a log."""
    cells = Overlay.fresh(stream)
    for entry in entries:
        fold_onto(state, stream, cells, entry)
    return {place: cell for place, cell in cells.changes().items() if cell is not None}


class LogReader:
    """Folds the logs of a hub's store as far as they have grown, and anew for what was before.

    `originals` are the bodies that stood in a log before what is later in it took them away.
    """

    def __init__(self, store: EventStore, originals: Mapping[EventId, bytes]) -> None:
        self._store = store
        self._originals = originals
        self._folded: dict[StreamId, tuple[int, Overlay]] = {}

    def forget(self) -> None:
        """Another history begins."""
        self._folded.clear()

    def cells(self, state: HubState, stream: StreamId, seq: int) -> CellsView:
        """The cells of a stream as they stood at `seq`."""
        done, cells = self._folded.get(stream, (0, Overlay.fresh(stream)))
        if done > seq:
            before = Overlay.fresh(stream)
            for entry in entries_of(self._store, stream, 1)[:seq]:
                fold_onto(state, stream, before, self._whole(entry))
            return before
        for entry in entries_of(self._store, stream, done + 1)[: seq - done]:
            fold_onto(state, stream, cells, self._whole(entry))
        self._folded[stream] = (seq, cells)
        return cells

    def _whole(self, entry: Entry) -> Entry:
        return replace(entry, event=self._originals.get(entry.event_id, entry.event))


def unread(
    cells: CellsView, account: AccountId, after_seq: int, known: Registry = STANDARD
) -> tuple[int, int]:
    """Live messages of others beyond `after_seq`, and how many of them mention `account`
    (DESIGN §12 Counts); of the kinds that are `known`, for an old client cannot see others."""
    found = mentions = 0
    for key, cell in cells.scan(nouns.MESSAGE, b""):
        if cell.seq <= after_seq:
            continue
        message = nouns.MessageValue(*cast("tuple[Any, ...]", cell.value))
        hidden = cells.get(nouns.HIDDEN, key)
        dead = cells.get(nouns.DEAD, key) or cells.get(nouns.DEAD, key + message.account)
        if known.get(message.kind) is None:
            continue
        if message.account == account or dead or (hidden is not None and hidden.value):
            continue
        found += 1
        mentions += account in message.mentions
    return found, mentions
