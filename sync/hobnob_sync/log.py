"""The arithmetic of a log: how heads chain and how the hub's time goes (DESIGN §12)."""

from hashlib import sha256
from struct import Struct
from typing import Final

from hobnob_protocol.ids import EventId, Head

_STAMP: Final = Struct(">QQ")


def next_head(head: Head, event: EventId, seq: int, at_ms: int) -> Head:
    """`head_n = SHA-256(head_{n-1} ‖ id_n ‖ uint64 seq ‖ uint64 at_ms)`, big-endian."""
    return Head(sha256(head + event + _STAMP.pack(seq, at_ms)).digest())


def next_at(previous_ms: int, now_ms: int) -> int:
    """The time of the next event of a stream: the clock's, but never before the last event's."""
    return max(previous_ms, now_ms)
