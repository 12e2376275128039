"""One value, one encoding: what is accepted is canonical, what is not names its rule."""

import pytest

from hobnob_protocol.codec import RULES, decode, encode, pack
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.limits import (
    ARRAY_ITEMS_MAX,
    DEPTH_MAX,
    ITEMS_MAX,
    MAP_ITEMS_MAX,
)
from tests.protocol.encoded import ROW, ROWS, array, nested, refused


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


def test_every_rule_is_known_by_name() -> None:
    """The table of the specification has each rule a decoder may name."""
    assert set(RULES) == {
        "array_items", "depth", "duplicate_key", "ext", "float", "items", "key_order", "key_type",
        "length", "integer", "map_items", "reserved", "size", "trailing", "truncated", "utf8",
    }  # fmt: skip
    assert all(text for text in RULES.values())
