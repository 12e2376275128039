"""The plainest WebSocket frame a client sends, read without the library: binary, whole, masked, of
less than 64 KiB (RFC 6455 §5.2).

Nearly all frames are of this sort and come by themselves. To the library each costs as much as all
the hub then does with it. Whatever is not of this sort, or not here to its last byte, is the
library's, and so is everything behind it until its parser stands between two frames again.
"""

from typing import Final

from websockets.server import ServerProtocol
from websockets.streams import StreamReader

try:
    from websockets.speedups import apply_mask
except ImportError:
    # The library in Python alone.
    from websockets.utils import apply_mask

_BINARY: Final = 0x82
"""FIN and opcode 2, no extension."""
_MASKED: Final = 0x80
_SHORT_MAX: Final = 125
_MIDDLE: Final = 126
"""Stands for a length in the next two bytes."""
_MASK_BYTES: Final = 4


def plain_frame(data: bytes, start: int, size_bytes_max: int) -> tuple[bytes, int] | None:
    """What a frame that begins at `start` carries, and where it ends; None where that is not for us
    to say."""
    mask_at = start + 2
    if len(data) < mask_at or data[start] != _BINARY or data[start + 1] < _MASKED:
        return None
    size_bytes = data[start + 1] - _MASKED
    if size_bytes > _SHORT_MAX:
        if size_bytes > _MIDDLE or len(data) < mask_at + 2:
            return None
        size_bytes = int.from_bytes(data[mask_at : mask_at + 2], "big")
        mask_at += 2
        if size_bytes > size_bytes_max:
            return None
    begin = mask_at + _MASK_BYTES
    end = begin + size_bytes
    if len(data) < end:
        return None
    return apply_mask(data[begin:end], data[mask_at:begin]), end


def is_between_frames(protocol: ServerProtocol) -> bool:
    """Does the library's parser hold nothing, and wait for the first byte of a frame? False where
    it is not known, as for a library that has changed."""
    at: object = protocol.parser
    while (inner := getattr(at, "gi_yieldfrom", None)) is not None:
        at = inner
    return getattr(at, "gi_code", None) is StreamReader.at_eof.__code__
