"""Frames to bytes and back.

A frame is an array of its `op` and its fields in order (`layout`). Nested values are arrays too; a
page's events are one flat array `[at_ms, event, at_ms, event, …]`, so stored bytes are joined,
never encoded again. Trailing fields at their default are left out, unknown trailing elements
ignored.
"""

from typing import Final

from hobnob_protocol.codec import decode, encode, pack
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.frames import Credit, Frame
from hobnob_protocol.layout import layout_of
from hobnob_protocol.limits import FRAME_BYTES_MAX
from hobnob_protocol.senders import SENDERS

FRAMES: Final = tuple(SENDERS)
"""Every frame, in the order of the specification."""

_BY_OP: Final[dict[int, type[Frame]]] = {frame.op: frame for frame in FRAMES}
"""Read when the first of them travels: few do in one process."""

_CREDIT: Final = bytes((0x92, Credit.op))
"""Begins each CREDIT: an array of two, its op."""
_CREDIT_NUMBER: Final = len(_CREDIT) + 1
"""Where its number has its bytes, behind one that says how many there are."""
_CREDIT_BYTES_MAX: Final = _CREDIT_NUMBER + 4
"""One that gives back less than 4 GiB."""


def encode_frame(frame: Frame) -> bytes:
    """The bytes of a frame.

    UsageError where they would exceed `FRAME_BYTES_MAX` or a value does not travel at all; fields
    are not checked otherwise, their types are.
    """
    data = encode((frame.op, *layout_of(type(frame)).write(frame)))
    if len(data) > FRAME_BYTES_MAX:
        raise UsageError(f"{type(frame).__name__} of {len(data)} bytes: no peer would take it")
    return data


def encode_unsigned(frame: Frame) -> bytes:
    """The bytes of a frame whose last field is its signature, without that field: what it signs."""
    return encode((frame.op, *layout_of(type(frame)).write(frame)[:-1]))


def decode_frame(data: bytes, size_bytes_max: int = FRAME_BYTES_MAX) -> Frame:
    """The frame of `data`, every field within its bounds.

    ProtocolError with the name of a rule of the codec's or of `layout.RULES`, and the field.
    """
    value = decode(data, size_bytes_max)
    if type(value) is not tuple or not value:
        raise ProtocolError("frame.array")
    op = value[0]
    # An exact type: true equals 1 and would find a HELLO.
    cls = _BY_OP.get(op) if type(op) is int else None
    if cls is None:
        raise ProtocolError("frame.op", f"{op!r:.20}")
    return layout_of(cls).build(value[1:])


def credited_bytes(data: bytes) -> int:
    """What the CREDIT gives back whose bytes these are, which is the most of what a hub is sent by
    far; 0 of anything else, and of one of which it takes `decode_frame` to say what it is."""
    if not data.startswith(_CREDIT) or len(data) > _CREDIT_BYTES_MAX:
        return 0
    size_bytes = int.from_bytes(data[_CREDIT_NUMBER:], "big")
    # A value has one encoding: whatever has these bytes is this one.
    return size_bytes if pack((Credit.op, size_bytes)) == data else 0
