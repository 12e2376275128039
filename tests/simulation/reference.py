"""The slow and simple truth: a whole log of the hub, folded anew, and what is unread in it."""

from typing import Any, cast

from hobnob_protocol import nouns
from hobnob_protocol.codec import decode
from hobnob_protocol.ids import AccountId, DeviceKey, StreamId
from hobnob_protocol.kind import Fact
from hobnob_protocol.registry import STANDARD
from hobnob_sync import fold
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.hub_engine import judging
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.ports import Cell, Entry

Cells = dict[tuple[str, bytes], Cell]


def first_key(link: bytes) -> DeviceKey:
    """The device key a genesis link begins with."""
    payload = cast("tuple[object, ...]", decode(link))[5]
    return cast("tuple[DeviceKey, ...]", payload)[0]


def fold_log(state: HubState, stream: StreamId, entries: tuple[Entry, ...]) -> Cells:
    """The cells of a log, by what the hub knows of accounts and today's clients of kinds."""
    cells = Overlay.fresh(stream)
    for entry in entries:
        found = judging.read(state, STANDARD, stream, entry.event)
        if found.kind is None or found.author is None or found.event is None:
            continue
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
    return {place: cell for place, cell in cells.changes().items() if cell is not None}


def unread(cells: Cells, account: AccountId, after_seq: int) -> tuple[int, int]:
    """Live messages of others beyond `after_seq`, and how many of them mention `account`
    (DESIGN §12 Counts)."""
    found = mentions = 0
    for (noun, key), cell in cells.items():
        if noun != nouns.MESSAGE or cell.seq <= after_seq:
            continue
        message = nouns.MessageValue(*cast("tuple[Any, ...]", cell.value))
        hidden = cells.get((nouns.HIDDEN, key))
        dead = (nouns.DEAD, key) in cells or (nouns.DEAD, key + message.account) in cells
        if message.account == account or dead or (hidden is not None and hidden.value):
            continue
        found += 1
        mentions += account in message.mentions
    return found, mentions
