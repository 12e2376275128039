"""One value, one encoding: what is accepted is canonical, what is not names its rule."""

import tracemalloc
from enum import StrEnum
from typing import Final, NamedTuple

import pytest

from hobnob_protocol.codec import RULES, decode, encode, pack
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.limits import (
    ARRAY_ITEMS_MAX,
    DEPTH_MAX,
    FRAME_BYTES_MAX,
    ITEMS_MAX,
    MAP_ITEMS_MAX,
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


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        127,
        128,
        255,
        256,
        65_535,
        65_536,
        2**32 - 1,
        2**32,
        2**64 - 1,
        -1,
        -32,
        -33,
        -128,
        -129,
        -32_768,
        -32_769,
        -(2**31),
        -(2**31) - 1,
        -(2**63),
        "",
        "x" * 31,
        "x" * 32,
        "ü" * 200,
        "x" * 65_536,
        b"",
        b"x" * 255,
        b"x" * 256,
        b"x" * 65_536,
        (),
        (1,) * 15,
        (1,) * 16,
        (1,) * ARRAY_ITEMS_MAX,
        {},
        {"a": 1, "b": (None, {"c": b""})},
        {f"{n:02}": n for n in range(MAP_ITEMS_MAX)},
    ],
)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    """Every value within the bounds survives its one encoding."""
    assert decode(encode(value), 1 << 20) == value
    assert pack(decode(encode(value), 1 << 20)) == encode(value)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "truncated"),
        (b"\x91", "truncated"),
        (b"\xc4\x05abc", "truncated"),
        (b"\xcd\x01", "truncated"),
        (b"\xa3ab", "truncated"),
        (b"\x81\xa1a", "truncated"),
        (b"\x81", "truncated"),
        (b"\xc1", "reserved"),
        (b"\x01\x02", "trailing"),
        (b"\x91\x01\xff", "trailing"),
        (b"\xcc\x7f", "integer"),
        (b"\xcd\x00\xff", "integer"),
        (b"\xce\x00\x00\xff\xff", "integer"),
        (b"\xcf\x00\x00\x00\x00\xff\xff\xff\xff", "integer"),
        (b"\xd0\x00", "integer"),
        (b"\xd0\xe0", "integer"),
        (b"\xd1\xff\x80", "integer"),
        (b"\xd2\xff\xff\x80\x00", "integer"),
        (b"\xd3\xff\xff\xff\xff\x80\x00\x00\x00", "integer"),
        (b"\xcc\x00", "integer"),
        (b"\xcd\x00\x00", "integer"),
        (b"\xd0\x7f", "integer"),
        (b"\xd1\x7f\xff", "integer"),
        (b"\xd2\x7f\xff\xff\xff", "integer"),
        (b"\xd3\x7f\xff\xff\xff\xff\xff\xff\xff", "integer"),
        (b"\xd3" + bytes(8), "integer"),
        (b"\xd9\x01a", "length"),
        (b"\xd9\x1f" + b"a" * 31, "length"),
        (b"\xda\x00\xff" + b"a" * 255, "length"),
        (b"\xdb\x00\x00\xff\xff" + b"a" * 65_535, "length"),
        (b"\xc5\x00\xff" + b"a" * 255, "length"),
        (b"\xc6\x00\x00\xff\xff" + b"a" * 65_535, "length"),
        (b"\xdc\x00\x0f" + b"\x01" * 15, "length"),
        (b"\xdd\x00\x00\x00\x01\x01", "length"),
        (b"\xde\x00\x01\xa1a\x01", "length"),
        (b"\xdf\x00\x00\x00\x01\xa1a\x01", "length"),
        (b"\xca\x00\x00\x00\x00", "float"),
        (b"\xcb" + bytes(8), "float"),
        (b"\x91\xcb" + bytes(8), "float"),
        (b"\x91\xca\x7f\xc0\x00\x00", "float"),
        (b"\x81\xa1a\xcb" + bytes(8), "float"),
        (b"\xd4\x01\x00", "ext"),
        (b"\xc7\x00\x01", "ext"),
        (b"\xc8\x00\x00\x01", "ext"),
        (b"\xc9\x00\x00\x00\x00\x01", "ext"),
        (b"\xd5\x01ab", "ext"),
        (b"\xd6\xff\x00\x00\x00\x00", "ext"),
        (b"\x91\xd4\x01\x00", "ext"),
        (b"\xa1\xff", "utf8"),
        (b"\xa2\xc0\x80", "utf8"),
        (b"\xa3\xed\xa0\x80", "utf8"),
        (b"\x82\xa1a\x01\xa1a\x02", "duplicate_key"),
        (b"\x82\xa1b\x01\xa1a\x02", "key_order"),
        (b"\x82\xa2aa\x01\xa1a\x02", "key_order"),
        (b"\x81\x01\x02", "key_type"),
        (b"\x81\xc4\x01a\x02", "key_type"),
        (b"\x81\xc0\x02", "key_type"),
        (b"\x81\x80\x02", "key_type"),
        (b"\x81\x90\x02", "key_type"),
        (b"\x81\x81\xa1a\x02\x02", "key_type"),
        (b"\x91\x81\x01\x02", "key_type"),
    ],
)
def test_what_is_not_canonical_names_its_rule(data: bytes, rule: str) -> None:
    """Each wrong encoding breaks exactly the rule it should."""
    assert refused(data) == rule


def test_what_is_right_is_not_blamed_for_what_follows() -> None:
    """The slow reading knows every form at its least and at its most."""
    integers = [0, 127, 128, 255, 256, 65_535, 65_536, 2**32 - 1, 2**32, 2**63, 2**64 - 1]
    integers += [-1, -32, -33, -128, -129, -32_768, -32_769, -(2**31), -(2**31) - 1, -(2**63)]
    texts = ["", "x" * 31, "x" * 32, "x" * 255, "x" * 256, "\u00fc" * 400, "x" * 65_536]
    bins = [b"", b"\xff" * 255, b"\xff" * 256, b"\xff" * 65_536]
    arrays = [(), (1,) * 15, (1,) * 16, (None, True, False) * 100, (0,) * ARRAY_ITEMS_MAX]
    maps: list[object] = [{}, {f"{n:02}": n for n in range(15)}, {f"{n:02}": n for n in range(16)}]
    maps += [{f"{n:040}": n for n in range(MAP_ITEMS_MAX)}, {"": {"x" * 300: 0}}]
    good = [encode(value) for value in (*integers, *texts, *bins, *arrays, *maps)]
    good += [nested(DEPTH_MAX - 1), b"\x81\xa1a" * (DEPTH_MAX - 1) + b"\xc0"]
    for each in good:
        assert encode(decode(each, 1 << 20)) == each
        assert refused(b"\x92" + each + b"\xc1") == "reserved"
    full = array(*[ROW] * ROWS, *[b"\x00"] * (ITEMS_MAX - 1 - 64 * ROWS))
    at_the_bottom = [
        b"\x91" * DEPTH_MAX + plain for plain in (b"\xa0", b"\x7f", b"\xe0", b"\xc4\x00")
    ]
    for each in (full, *at_the_bottom):
        assert refused(each + b"\xc1") == "trailing"
    for each in good[:-2]:
        assert refused(b"\x92\x81\xa1a" + each + b"\xc1") == "reserved"
        assert refused(each + b"\xc1") == "trailing"


def test_how_much_follows_is_told() -> None:
    """A detail for the log."""
    with pytest.raises(ProtocolError, match="trailing: 3 bytes"):
        decode(b"\x01\x01\x02\x03")


def test_depth_is_bounded() -> None:
    """As deep as allowed, and one deeper."""
    decode(nested(DEPTH_MAX))
    assert refused(nested(DEPTH_MAX + 1)) == "depth"
    assert refused(nested(5_000)) == "depth"
    assert refused(b"\x81\xa1a" * (DEPTH_MAX + 1) + b"\xc0") == "depth"


def array(*elements: bytes) -> bytes:
    """An array of 16 or more encoded elements."""
    return b"\xdc" + len(elements).to_bytes(2, "big") + b"".join(elements)


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


# What this side makes.


class Word(StrEnum):
    """A code, as frames carry them."""

    YES = "yes"


class Pair(NamedTuple):
    """A row, as stores keep them."""

    name: str
    size: float


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (True, b"\xc3"),
        ([1, [2, ()]], b"\x92\x01\x92\x02\x90"),
        ((1, {"a": [b"b"]}), b"\x92\x01\x81\xa1a\x91\xc4\x01b"),
        (Word.YES, b"\xa3yes"),
        ((Word.YES, 1), b"\x92\xa3yes\x01"),
        (Pair("a", 2), b"\x92\xa1a\x02"),
        ([Pair("a", 2)], b"\x91\x92\xa1a\x02"),
        ({Word.YES: 1}, b"\x81\xa3yes\x01"),
        ({"a": 1, "z": 2, "\u00e4": 3, "\uffff": 4, "\U00010000": 5}, None),
    ],
)
def test_values_are_encoded_as_what_they_are(value: object, data: bytes | None) -> None:
    """Lists are arrays, an enum's member its string, a named tuple its fields."""
    made = encode(value)
    assert data is None or made == data
    assert encode(decode(made)) == made


@pytest.mark.parametrize("value", [object(), {1, 2}, 2**64, -(2**63) - 1, "\ud800", ("\udfff",)])
def test_what_cannot_travel_is_the_callers_fault(value: object) -> None:
    """Values without an encoding are a bug of this side."""
    with pytest.raises(UsageError, match="does not travel"):
        encode(value)
    assert encode((1,)) == b"\x91\x01"


def deep(depth: int) -> object:
    """Arrays within arrays."""
    value: object = None
    for _ in range(depth):
        value = (value,)
    return value


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (1.0, "float"),
        ([1.0], "float"),
        (((0,), float("nan")), "float"),
        (Pair("a", 2.0), "float"),
        ({"a": {"b": 1.0}}, "float"),
        ({"b": 1, "a": 2}, "key_order"),
        (({"a": 1, "B": 2},), "key_order"),
        ({"\U00010000": 1, "\uffff": 2}, "key_order"),
        ({1: 2}, "key_type"),
        ({b"a": 2}, "key_type"),
        ({"a": 1, b"b": 2}, "key_type"),
        ([0] * (ARRAY_ITEMS_MAX + 1), "array_items"),
        ([[0] * (ARRAY_ITEMS_MAX + 1)], "array_items"),
        ({f"{n:02}": n for n in range(MAP_ITEMS_MAX + 1)}, "map_items"),
        (((0,) * 63,) * (ROWS + 1), "items"),
        (deep(DEPTH_MAX + 1), "depth"),
        ((deep(DEPTH_MAX),), "depth"),
        (deep(600), "depth"),
        (deep(2_000), "recursion"),
    ],
)
def test_what_the_other_side_would_refuse_is_never_made(value: object, rule: str) -> None:
    """The rule is named as the decoder would name it."""
    with pytest.raises(UsageError, match=rule):
        encode(value)


def test_the_deepest_and_the_widest_values_are_made() -> None:
    """Each bound is inclusive."""
    assert encode(deep(DEPTH_MAX)) == nested(DEPTH_MAX)
    assert len(encode([0] * ARRAY_ITEMS_MAX)) == 3 + ARRAY_ITEMS_MAX
    assert len(encode({f"{n:02}": n for n in range(MAP_ITEMS_MAX)})) == 3 + 4 * MAP_ITEMS_MAX


def test_every_rule_is_known_by_name() -> None:
    """The table of the specification has each rule a decoder may name."""
    assert set(RULES) == {
        "array_items", "depth", "duplicate_key", "ext", "float", "items", "key_order", "key_type",
        "length", "integer", "map_items", "reserved", "size", "trailing", "truncated", "utf8",
    }  # fmt: skip
    assert all(text for text in RULES.values())
