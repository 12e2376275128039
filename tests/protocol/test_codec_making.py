"""What this side makes: one encoding a value, and never one that the other would refuse."""

from enum import StrEnum
from typing import NamedTuple

import pytest

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import UsageError
from hobnob_protocol.limits import (
    ARRAY_ITEMS_MAX,
    DEPTH_MAX,
    MAP_ITEMS_MAX,
)
from tests.protocol.encoded import ROWS, nested


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
