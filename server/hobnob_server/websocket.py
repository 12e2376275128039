"""The one WebSocket frame a hub sends: binary, whole, unmasked (RFC 6455 §5.2).

It is built once for all who get it; the library would build it anew for each of them.
"""

from typing import Final

_BINARY: Final = 0x82
"""FIN and opcode 2."""
_SHORT_MAX: Final = 125
_MIDDLE_MAX: Final = 0xFFFF


def binary_frame(payload: bytes) -> bytes:
    """`payload` as it travels."""
    size = len(payload)
    if size <= _SHORT_MAX:
        return bytes((_BINARY, size)) + payload
    if size <= _MIDDLE_MAX:
        return bytes((_BINARY, 126)) + size.to_bytes(2, "big") + payload
    return bytes((_BINARY, 127)) + size.to_bytes(8, "big") + payload
