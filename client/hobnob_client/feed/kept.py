"""Wishes to see fewer as the bytes that a device keeps, and one's other devices read."""

from collections.abc import Sequence
from typing import Final

from hobnob_client.feed.fewer import HIDDEN_MS, STEP_MS, STEPS, Fewer, Sort
from hobnob_client.feed.source import Spot
from hobnob_client.reading.fewer import HeldFewer
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import StreamId, TargetId, stream_type

FEWER_MAX: Final = 200
"""The newest; the oldest are forgotten beyond."""
FORGOTTEN_MS: Final = HIDDEN_MS + len(STEPS) * STEP_MS
"""What is older takes nothing away any more."""
BYTES_MAX: Final = 32_768
_ROOT_BYTES: Final = 16


def to_bytes(wishes: Sequence[Fewer], now_ms: int) -> bytes:
    """Those of threads that still count: `[[stream, root, since_ms], …]`, `root` no bytes for the
    talk of a channel; no bytes for none."""
    kept = [
        (each.name.stream, each.name.root or b"", each.since_ms)
        for each in wishes
        if isinstance(each.name, Spot) and now_ms - each.since_ms < FORGOTTEN_MS
    ]
    return encode(tuple(kept[-FEWER_MAX:])) if kept else b""


def all_of(held: HeldFewer) -> tuple[Fewer, ...]:
    """Those of all one's devices."""
    return tuple(wish for kept in (*held.others, held.own) for wish in from_bytes(kept))


def from_bytes(kept: bytes) -> tuple[Fewer, ...]:
    """As `to_bytes` gave it; what is damaged is left out."""
    try:
        found = decode(kept, BYTES_MAX) if kept else ()
    except ProtocolError:
        return ()
    wishes: list[Fewer] = []
    for each in found if type(found) is tuple else ():
        match each:
            case (bytes() as stream, bytes() as root, int() as since_ms) if stream_type(
                StreamId(stream)
            ) is not None and len(root) in (0, _ROOT_BYTES):
                spot = Spot(StreamId(stream), TargetId(root) if root else None)
                wishes.append(Fewer(Sort.THREAD, spot, since_ms))
            case _:
                pass
    return tuple(wishes[-FEWER_MAX:])
