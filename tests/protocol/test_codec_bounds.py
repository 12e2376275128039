"""What one value may cost: depth, items, bytes, and the memory of whoever reads it."""

import tracemalloc

import pytest

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.limits import (
    ARRAY_ITEMS_MAX,
    DEPTH_MAX,
    FRAME_BYTES_MAX,
    ITEMS_MAX,
    MAP_ITEMS_MAX,
)
from tests.protocol.encoded import ROW, ROWS, array, nested, refused


def test_depth_is_bounded() -> None:
    """As deep as allowed, and one deeper."""
    decode(nested(DEPTH_MAX))
    assert refused(nested(DEPTH_MAX + 1)) == "depth"
    assert refused(nested(5_000)) == "depth"
    assert refused(b"\x81\xa1a" * (DEPTH_MAX + 1) + b"\xc0") == "depth"


def test_the_items_of_a_value_are_bounded() -> None:
    """Every element counts, and so does every array."""
    spare = ITEMS_MAX - 1 - 64 * ROWS
    full = array(*[ROW] * ROWS, *[b"\x00"] * spare)
    assert encode(decode(full)) == full
    assert refused(array(*[ROW] * ROWS, *[b"\x00"] * (spare + 1))) == "items"


def test_keys_are_items_too() -> None:
    """A map of 64 pairs is 129 items: 31 of them fit."""
    pairs = b"".join(b"\xa2%02d\x00" % n for n in range(MAP_ITEMS_MAX))
    whole = b"\xde\x00\x40" + pairs
    spare = ITEMS_MAX - 1 - 129 * 31
    full = array(*[whole] * 31, *[b"\x00"] * spare)
    assert encode(decode(full)) == full
    assert refused(array(*[whole] * 31, *[b"\x00"] * (spare + 1))) == "items"


def test_arrays_and_maps_are_bounded() -> None:
    """One element more than allowed, and claims of far more."""
    assert refused(array(*[b"\x00"] * (ARRAY_ITEMS_MAX + 1))) == "array_items"
    pairs = b"".join(b"\xa2%02d\x00" % n for n in range(MAP_ITEMS_MAX + 1))
    assert refused(b"\xde\x00\x41" + pairs) == "map_items"
    assert refused(b"\xdd\xff\xff\xff\xff") == "array_items"
    assert refused(b"\xdf\xff\xff\xff\xff") == "map_items"


@pytest.mark.parametrize(
    "claim",
    [
        b"\xdc\x04\x00" * 21_000,
        b"\xde\x00\x40\xa1a" * 13_000,
        b"\xdc\x04\x00" + (b"\xdc\x04\x00" + b"\x80" * 1_000) * 60,
        b"\xdc\x04\x00" + b"\x80" * 65_000,
        b"\xdb\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xdd\xff\xff\xff\xff",
        b"\xc9\xff\xff\xff\xff\x01",
    ],
)
def test_claims_cost_little_memory(claim: bytes) -> None:
    """One hostile frame never makes a hub hold more than 16 MiB for a moment."""
    tracemalloc.start()
    try:
        refused(claim, 65_536)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < 16 * 1024 * 1024


def test_a_claim_beyond_the_bytes_is_refused() -> None:
    """Lengths that lie cost nothing."""
    assert refused(b"\xc6\xff\xff\xff\xff") == "truncated"
    assert refused(b"\xdb\xff\xff\xff\xff") == "truncated"


def test_the_size_is_bounded() -> None:
    """As large as its place allows, and one byte more."""
    data = encode(b"x" * 98)
    assert len(data) == 100
    assert decode(data, 100) == b"x" * 98
    assert refused(data, 99) == "size"


def test_without_a_bound_it_is_a_frames() -> None:
    """One WebSocket message."""
    whole = b"\x92\xc5\xff\xfb" + b"x" * (FRAME_BYTES_MAX - 5) + b"\x00"
    assert len(whole) == FRAME_BYTES_MAX
    assert decode(whole) == (whole[4:-1], 0)
    with pytest.raises(ProtocolError, match="size"):
        decode(whole + b"\x00")
