"""Where one was when the screen was left, as the bytes that a profile keeps: a place, how far up in
it, and what had the keys."""

from datetime import date
from enum import IntEnum
from typing import Final

from hobnob_protocol.codec import Wire, decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import StreamId, TargetId, stream_type
from hobnob_protocol.value import value

NOTE: Final = "screen:left-off"
"""Under which name a profile keeps it."""
BYTES_MAX: Final = 1_024
HIDDEN_LINES_MAX: Final = 100_000
"""More than a message has lines at any width."""
_TARGET_BYTES: Final = 16


class Keys(IntEnum):
    """What had the keys."""

    LIST = 0
    CHANNEL = 1
    CHANNEL_FIELD = 2
    THREAD = 3
    THREAD_FIELD = 4


@value
class Spot:
    """How a list of messages lay: its lowest message that was seen, so many `hidden` lines of it
    below the edge; whether it `follows` what comes; the selected message and where the unread
    began, None for none."""

    bottom: TargetId | None
    hidden: int = 0
    follows: bool = True
    selected: TargetId | None = None
    unread_from: TargetId | None = None


@value
class LeftOff:
    """The open place on that `day`; `thread` is the first message of one beside it, and how it
    lay."""

    day: date
    stream: StreamId
    spot: Spot
    thread: tuple[TargetId, Spot] | None
    keys: Keys


def to_bytes(left: LeftOff | None) -> bytes:
    """`[day, stream, keys, spot, [root, spot] or nothing]`; no bytes for nowhere."""
    if left is None:
        return b""
    thread = () if left.thread is None else (left.thread[0], _spot(left.thread[1]))
    told = (left.day.toordinal(), left.stream, int(left.keys), _spot(left.spot), thread)
    return encode(told)


def _spot(spot: Spot) -> tuple[bytes, int, bool, bytes, bytes]:
    named = (spot.bottom or b"", spot.selected or b"", spot.unread_from or b"")
    return named[0], spot.hidden, spot.follows, named[1], named[2]


def from_bytes(kept: bytes, today: date) -> LeftOff | None:
    """As `to_bytes` gave it; None for what is damaged, or of another day than `today`."""
    try:
        found = decode(kept, BYTES_MAX) if kept else ()
    except ProtocolError:
        return None
    match found:
        case (int() as day, bytes() as stream, int() as keys, spot, tuple() as thread) if (
            day == today.toordinal() and stream_type(StreamId(stream)) is not None
        ):
            place, had = _read_spot(spot), _keys(keys)
            beside = None if not thread else _read_thread(thread)
            if place is None or had is None or bool(thread) != bool(beside):
                return None
            if had in (Keys.THREAD, Keys.THREAD_FIELD) and beside is None:
                return None
            return LeftOff(today, StreamId(stream), place, beside, had)
        case _:
            return None


def _keys(number: int) -> Keys | None:
    return Keys(number) if number in tuple(Keys) else None


def _read_thread(found: Wire) -> tuple[TargetId, Spot] | None:
    match found:
        case (bytes() as root, told):
            spot, first = _read_spot(told), _target(root)
            return None if spot is None or first is None else (first, spot)
        case _:
            return None


def _read_spot(found: Wire) -> Spot | None:
    match found:
        case (
            bytes() as bottom,
            int() as hidden,
            bool() as follows,
            bytes() as selected,
            bytes() as unread_from,
        ) if 0 <= hidden <= HIDDEN_LINES_MAX:
            return Spot(_target(bottom), hidden, follows, _target(selected), _target(unread_from))
        case _:
            return None


def _target(found: bytes) -> TargetId | None:
    return TargetId(found) if len(found) == _TARGET_BYTES else None
