"""What is said but not yet in our log, on top of what is: view = base ⊕ overlay (sync.md §2.4).

Waiting events are folded by the same fold at order key (∞, n), above every seq of a log, over cells
that stay as they are. So rebase is building this anew, and a refusal is one row less. As long as a
row is in the outbox its act is in every view (S14); once the log holds the event, the base does.
"""

from collections.abc import Iterable
from typing import Final

from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import EMPTY_HEAD, StreamId, TargetId
from hobnob_protocol.sealing.said import said_id
from hobnob_sync import fold
from hobnob_sync.client_engine.reading import Read, interpret
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.opened import conversation_of, opened_stream
from hobnob_sync.ports import Cell, Entry, Key, OutboxRow, TrayRow

PENDING_SEQ: Final = 1 << 50
"""Waiting event n stands at this seq + n: above what any log reaches, within what a seq may be."""


def log_seq(seq: int) -> int | None:
    """The place in the log, None for what still waits."""
    return seq if seq < PENDING_SEQ else None


def waiting(state: ReplicaState, stream: StreamId) -> tuple[Read, ...]:
    """Our own events of `stream` that our log does not hold yet, queued or acknowledged, in the
    order they were said. A row that has rotted shows nothing; the hub will refuse it."""
    reads = (_read(state, stream, row) for row in state.outbox.values())
    return tuple(read for read in reads if read is not None)


def refusals(state: ReplicaState, stream: StreamId) -> dict[TargetId, tuple[str, ...]]:
    """Why our own acts upon messages of `stream` lie in the tray: the codes, oldest first, by the
    message acted upon, which for a message is itself."""
    found: dict[TargetId, tuple[str, ...]] = {}
    for row in state.tray.values():
        read = _read(state, stream, row)
        if read is not None and read.kind is not None:
            named: object = getattr(read.fact.body, read.kind.target, None)
            target = TargetId(named) if isinstance(named, bytes) else read.fact.target
            found[target] = (*found.get(target, ()), row.code)
    return found


def _read(state: ReplicaState, stream: StreamId, row: OutboxRow | TrayRow) -> Read | None:
    """One of our own events, in its place above the log; None where it is not of this stream, or
    its bytes are no event. What goes out under seal is read in the opened stream."""
    under_seal = bool(row.said) and opened_stream(row.stream) == stream
    if row.stream != stream and not under_seal:
        return None
    data = row.said if under_seal else row.event
    try:
        event = decode_event(data)
    except ProtocolError:
        return None
    event_id = row.event_id
    if under_seal:
        event_id = said_id(conversation_of(stream), state.account, event.salt)
    # No hub has stamped it: its author's clock is all there is, and only a label.
    at_ms = event.header.ts_seconds * 1_000
    entry = Entry(PENDING_SEQ + row.n, at_ms, event_id, EMPTY_HEAD, data)
    return interpret(state, stream, entry, event, state.identity.author)


def asks(reads: Iterable[Read], keys: Iterable[Key[object]] = ()) -> tuple[Key[object], ...]:
    """What folding `reads` wants to know, and `keys`, which a view wants; each once."""
    wanted = dict.fromkeys(keys)
    for read in reads:
        if read.kind is not None:
            wanted |= dict.fromkeys(fold.asks(read.kind, read.fact, read.fact.stream))
    return tuple(wanted)


class Pending:
    """The cells of one stream with waiting events folded over them: a `CellsView`.

    `base` is only read. Where it answers only what was loaded, load `asks(reads, ...)`.
    """

    def __init__(self, base: CellsView, reads: Iterable[Read]) -> None:
        self._base = base
        self._top: dict[str, dict[bytes, Cell | None]] = {}
        for read in reads:
            if read.kind is not None:
                fold.apply(self, read.kind, read.fact)

    def get(self, noun: str, key: bytes) -> Cell | None:
        """One cell, as it will be."""
        top = self._top.get(noun, {})
        return top[key] if key in top else self._base.get(noun, key)

    def scan(self, noun: str, prefix: bytes) -> tuple[tuple[bytes, Cell], ...]:
        """The cells of a noun under a prefix as they will be, in key order."""
        found: dict[bytes, Cell | None] = dict(self._base.scan(noun, prefix))
        for key, cell in self._top.get(noun, {}).items():
            if key.startswith(prefix):
                found[key] = cell
        return tuple((key, cell) for key, cell in sorted(found.items()) if cell is not None)

    def put(self, noun: str, key: bytes, cell: Cell) -> None:
        """For the fold: write a cell above the base."""
        self._top.setdefault(noun, {})[key] = cell

    def drop(self, noun: str, key: bytes) -> None:
        """For the fold: hide a cell of the base."""
        self._top.setdefault(noun, {})[key] = None
