"""Encodings to try things on, and what a decoder finds wrong with them."""

from typing import Final

import pytest

from hobnob_protocol.codec import decode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.limits import (
    ITEMS_MAX,
)

ROWS: Final = ITEMS_MAX // 64 - 1
ROW: Final = b"\xdc\x00\x3f" + b"\x00" * 63
"""An array of 63 elements: 64 items."""


def refused(data: bytes, size_bytes_max: int = 1 << 20) -> str:
    """The rule that `data` breaks."""
    with pytest.raises(ProtocolError) as caught:
        decode(data, size_bytes_max)
    return caught.value.rule


def nested(depth: int) -> bytes:
    """Nil within so many arrays."""
    return b"\x91" * depth + b"\xc0"


def array(*elements: bytes) -> bytes:
    """An array of 16 or more encoded elements."""
    return b"\xdc" + len(elements).to_bytes(2, "big") + b"".join(elements)
